// A GitHub for journeys: answers the page's requests from a real git repository, and refuses each request that GitHub's
// description of its API does not allow. It runs in the test's process; `page.route` hands it what the page asks.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "libsodium-wrappers";
import { TOKEN } from "./token.mjs";
import { describe } from "../../contract/description.mjs";

export const API = "https://api.github.com";
export { TOKEN };
const AT = "2026-01-02T03:04:05Z";
const EXPOSED =
  "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-OAuth-Scopes, X-GitHub-SSO";

export class GitHub {
  /** Every request: method, path, whether with the token. */
  requests = [];
  /** What was wrong with requests and answers by the description. */
  complaints = [];
  pulls = [];
  secrets = {};
  variables = {};
  environments = [];
  /** Repositories of actions, by name: their tags with commits, and their files: the same at every ref but those `at` some. */
  others = {};
  /** How many questions were answered with “not modified”, which GitHub does not count. */
  unchanged = 0;
  /**
   * Called with each request; what it returns is the answer. `"lose"` loses the answer of what was done, `"half"` breaks it
   * off, `"abort"` loses the request.
   */
  intercept = () => undefined;
  /** Whether only the token's owner sees the repository. */
  isPrivate = false;
  push = true;
  scopes = "repo, workflow";
  /** Values that were created, by `STORE NAME`; a secret's as its box was opened with the private key. */
  values = {};
  /** Runners of the organization. */
  sharedRunners = [];
  /** Whose the repository is: `User` or `Organization`. */
  ownerKind = "User";

  /** `api` is where it answers, by the description of that name. */
  constructor(files, { owner = "octo", name = "hello", branch = "main", api = API, description = "api.github.com" } = {}) {
    Object.assign(this, { owner, name, branch, base: api, description: describe(description) });
    this.folder = mkdtempSync(join(tmpdir(), "stepladder-github-"));
    this.git(["init", "--bare", "--quiet", `--initial-branch=${branch}`]);
    this.commit(files, { message: "First commit" });
  }

  git(args, input) {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    for (const who of ["AUTHOR", "COMMITTER"]) Object.assign(env, { [`GIT_${who}_NAME`]: "Octo", [`GIT_${who}_EMAIL`]: "octo@example.com" });
    const options = { cwd: this.folder, env, input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] };
    return execFileSync("git", args, options).replace(/\n$/, "");
  }

  has(name) {
    try {
      return this.git(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    } catch {
      return undefined;
    }
  }

  tree(base, files) {
    const index = join(this.folder, `index-${Math.random()}`);
    const run = (args, input) =>
      execFileSync("git", args, { cwd: this.folder, env: { ...process.env, GIT_INDEX_FILE: index }, input, encoding: "utf8" }).trim();
    if (base) run(["read-tree", base]);
    for (const [path, text] of Object.entries(files)) {
      const sha = run(["hash-object", "-w", "--stdin"], text);
      run(["update-index", "--add", "--cacheinfo", `100644,${sha},${path}`]);
    }
    const tree = run(["write-tree"]);
    rmSync(index, { force: true });
    return tree;
  }

  /** Somebody commits to a branch. */
  commit(files, { branch = this.branch, message = "Somebody's change" } = {}) {
    const parent = this.has(`refs/heads/${branch}`);
    const tree = this.tree(parent, files);
    const sha = this.git(["commit-tree", tree, ...(parent ? ["-p", parent] : []), "-m", message]);
    this.git(["update-ref", `refs/heads/${branch}`, sha]);
    return sha;
  }

  /** The text of a file of a branch, as git has it. */
  text(path, branch = this.branch) {
    const options = { cwd: this.folder, encoding: "utf8" };
    return execFileSync("git", ["cat-file", "blob", `${branch}:${path}`], options);
  }

  /** Subjects of the commits of a branch, the latest first. */
  log(branch = this.branch) {
    return this.git(["log", "--format=%s", branch]).split("\n");
  }

  /** The pair that secrets are sealed with and opened. */
  async pair() {
    await sodium.ready;
    this.keys ??= sodium.crypto_box_keypair();
    return this.keys;
  }

  /** Opens the box of a secret; one that is not sealed with the public key does not open. */
  open(box) {
    const bytes = sodium.crypto_box_seal_open(Buffer.from(box, "base64"), this.keys.publicKey, this.keys.privateKey);
    return Buffer.from(bytes).toString("utf8");
  }

  /** Names of a store: of the repository, of one of its environments, of its organization. */
  names(store, what) {
    return (this[what][store] ??= []);
  }

  /** Answers all that the page asks of the API, and checks at the end that git finds the repository whole. */
  async serve(page) {
    await this.pair();
    await page.route(`${this.base}/**`, async (route) => {
      const request = route.request();
      const url = new URL(request.url().replace(this.base, API));
      const path = url.pathname + url.search;
      const body = request.postData() ? JSON.parse(request.postData()) : undefined;
      const signedIn = (await request.headerValue("authorization")) === `Bearer ${TOKEN}`;
      this.requests.push({ method: request.method(), path, signedIn });
      const wrong = this.description.requestComplaints(request.method(), path, body).map((text) => `${request.method()} ${path}: ${text}`);
      this.complaints.push(...wrong);
      const early = await this.intercept({ method: request.method(), path, body });
      if (early === "abort") return route.abort("connectionfailed");
      const isOwn = !early || early === "lose" || early === "half";
      const answer = isOwn ? this.answer(request.method(), url, body, signedIn) : early;
      if (early === "lose") return route.abort("connectionfailed");
      let text = answer.text ?? (answer.json === undefined ? "" : JSON.stringify(answer.json));
      if (early === "half") text = text.slice(0, text.length / 2);
      const etag = `W/"${createHash("sha256").update(text).digest("hex")}"`;
      const cached = request.method() === "GET" && answer.status < 300;
      const isKnown = cached && (await request.headerValue("if-none-match")) === etag;
      if (isKnown) this.unchanged += 1;
      if (answer.status < 300 && answer.status !== 203) {
        const odd = this.description.answerComplaints(request.method(), path, answer.status, answer.json);
        this.complaints.push(...odd.map((text) => `${request.method()} ${path}: ${text}`));
      }
      return route.fulfill({
        status: isKnown ? 304 : answer.status === 203 ? 200 : answer.status,
        headers: {
          "access-control-allow-origin": "*",
          "access-control-expose-headers": EXPOSED,
          "x-ratelimit-limit": signedIn ? "5000" : "60",
          "x-ratelimit-remaining": String((signedIn ? 5000 : 60) - (this.requests.length - this.unchanged)),
          "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 1800),
          ...(signedIn && this.scopes ? { "x-oauth-scopes": this.scopes } : {}),
          ...(cached ? { etag } : {}),
          ...answer.headers,
        },
        contentType: "application/json; charset=utf-8",
        body: isKnown ? "" : text,
      });
    });
  }

  /** The files of a gist, by its id. */
  gists = {};

  close() {
    this.git(["fsck", "--strict"]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  answer(method, url, body, signedIn) {
    const not = (status, message) => ({ status, json: { message, documentation_url: "https://docs.github.com" } });
    const path = decodeURIComponent(url.pathname);
    if (path === "/user") return signedIn ? { status: 200, json: this.user() } : not(401, "Bad credentials");
    const gist = /^\/gists\/([^/]+)$/.exec(path)?.[1];
    if (gist) {
      const files = Object.entries(this.gists[gist] ?? {}).map(([name, content]) => [name, { filename: name, truncated: false, content }]);
      return files.length > 0 ? { status: 203, json: { id: gist, files: Object.fromEntries(files) } } : not(404, "Not Found");
    }
    if (path === `/orgs/${this.owner}/actions/runners`) {
      return signedIn ? { status: 200, json: { total_count: this.sharedRunners.length, runners: this.sharedRunners } } : not(401, "Requires authentication");
    }
    const shared = new RegExp(`^/orgs/${this.owner}(/actions/.*)$`).exec(path);
    if (shared) return signedIn ? this.settings("organization", shared[1], method, body, not) : not(401, "Requires authentication");
    const prefix = `/repos/${this.owner}/${this.name}`;
    const here = path.toLowerCase().startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/");
    const other = /^\/repos\/([^/]+\/[^/]+)(\/.*)$/.exec(path);
    if (method === "GET" && other && this.others[other[1]]) return this.other(this.others[other[1]], other[2], url, not);
    if (!here || (this.isPrivate && !signedIn)) return not(404, "Not Found");
    if (method !== "GET" && !signedIn) return not(401, "Requires authentication");
    if (method !== "GET" && !this.push) return not(403, "Resource not accessible by personal access token");
    const rest = path.slice(prefix.length);
    const [, environment, inside] = /^\/environments\/([^/]+)(\/.*)$/.exec(rest) ?? [];
    if (environment && !this.environments.some(({ name }) => name === environment)) return not(404, "Not Found");
    const set = this.settings(environment ?? "repository", environment ? `/actions${inside}` : rest, method, body, not);
    if (set) return set;
    for (const [verb, pattern, answer] of ROUTES) {
      const match = verb === method && pattern.exec(rest);
      if (match) return answer(this, match.slice(1), { body, query: url.searchParams, not });
    }
    return not(404, "Not Found");
  }

  other({ files: same, tags, at = {} }, rest, url, not) {
    const api = (path) => `${this.base}/repos/other/other${path}`;
    if (rest === "/tags") {
      const json = Object.entries(tags).map(([name, sha]) => ({ name, node_id: "T", zipball_url: api("/z"), tarball_url: api("/t"), commit: { sha, url: api("/c") } }));
      return { status: 200, json };
    }
    const path = rest.replace("/contents/", "");
    const ref = url.searchParams.get("ref");
    const files = at[ref] ?? same;
    const known = [...Object.keys(tags), ...Object.values(tags)].includes(ref);
    if (!known || !(path in files)) return not(404, "Not Found");
    return { status: 203, json: { type: "file", encoding: "base64", sha: "x", content: Buffer.from(files[path]).toString("base64") } };
  }

  /** Secrets and variables of a store; `undefined` for anything else. */
  settings(store, path, method, body, not) {
    const [, what, name] = /^\/actions\/(secrets|variables)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (!what) return undefined;
    // An environment has names of its own where a journey says so.
    const shared = store === "repository" || store === "organization" ? store : "environment";
    const names = this.names(this[what][`environment ${store}`] ? `environment ${store}` : shared, what);
    if (what === "secrets" && name === "public-key") {
      return { status: 200, json: { key_id: "42", key: Buffer.from(this.keys.publicKey).toString("base64") } };
    }
    if (method === "GET" && !name) return named(names, what);
    const known = names.includes(name ?? body?.name);
    const whose = store === "organization" ? { visibility: "private" } : {};
    if (method === "GET") return known ? { status: 200, json: { ...named([name], what).json[what][0], ...whose } } : not(404, "Not Found");
    if (what === "variables" && method === "POST" && known) return not(409, "Already exists - Variable already exists");
    if (method === "PATCH" && !known) return not(404, "Not Found");
    if (!known) names.push(name ?? body.name);
    this.values[`${store} ${name ?? body.name}`] = what === "secrets" ? this.open(body.encrypted_value) : body.value;
    if (method === "PATCH" || known) return { status: 204 };
    return { status: 201, json: {} };
  }

  api(path) {
    return `${this.base}/repos/${this.owner}/${this.name}${path}`;
  }

  user() {
    const urls = Object.fromEntries(
      ["url", "html_url", "followers_url", "following_url", "gists_url", "starred_url", "subscriptions_url",
        "organizations_url", "repos_url", "events_url", "received_events_url", "avatar_url"].map((key) => [key, `${this.base}/users/${this.owner}`]),
    );
    return { login: this.owner, id: 1, node_id: "U_1", gravatar_id: "", type: "User", site_admin: false, name: null, company: null,
      blog: null, location: null, email: null, hireable: null, bio: null, public_repos: 1, public_gists: 0, followers: 0,
      following: 0, created_at: AT, updated_at: AT, ...urls };
  }
}

const commitObject = (github, sha) => ({
  sha, node_id: "C_1", url: github.api(`/git/commits/${sha}`), html_url: github.api(`/commit/${sha}`),
  author: { date: AT, name: "Octo", email: "octo@example.com" }, committer: { date: AT, name: "Octo", email: "octo@example.com" },
  message: github.git(["log", "-1", "--format=%B", sha]), parents: [],
  tree: { sha: github.git(["rev-parse", `${sha}^{tree}`]), url: github.api("/git/trees") },
  verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
});

const reference = (github, branch, sha) => ({
  ref: `refs/heads/${branch}`, node_id: "R_1", url: github.api(`/git/refs/heads/${branch}`),
  object: { type: "commit", sha, url: github.api(`/git/commits/${sha}`) },
});

const named = (names, key) => ({
  status: 200,
  json: { total_count: names.length, [key]: names.map((name) => ({ name, created_at: AT, updated_at: AT, ...(key === "variables" ? { value: "1" } : {}) })) },
});

/** Pull requests and repositories have far more fields than the page reads: their answers, marked by 203, are not compared. */
const ROUTES = [
  ["GET", /^$/, (github) => ({ status: 203, json: {
    full_name: `${github.owner}/${github.name}`, default_branch: github.branch, private: github.isPrivate, archived: false,
    id: 7, owner: { login: github.owner, type: github.ownerKind }, permissions: { push: github.push, admin: github.push, pull: true },
  } })],
  ["GET", /^\/branches$/, (github) => ({ status: 200, json: github
    .git(["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"]).split("\n")
    .map((line) => line.split(" "))
    .map(([name, sha]) => ({ name, protected: false, commit: { sha, url: github.api(`/commits/${sha}`) } })) })],
  ["GET", /^\/git\/trees\/(.+)$/, (github, [name], { not }) => {
    const commit = github.has(name) ?? github.has(`refs/heads/${name}`);
    if (!commit) return not(404, "Not Found");
    const lines = github.git(["ls-tree", "-r", "-t", "-z", commit]).split("\0").filter(Boolean);
    const tree = lines.map((line) => {
      const [about, path] = line.split("\t");
      const [mode, type, sha] = about.split(" ");
      return { path, mode, type, sha, url: github.api(`/git/blobs/${sha}`) };
    });
    return { status: 200, json: { sha: github.git(["rev-parse", `${commit}^{tree}`]), url: github.api("/git/trees"), tree, truncated: false } };
  }],
  ["GET", /^\/contents\/(.+)$/, (github, [path], { query, not }) => {
    const commit = github.has(query.get("ref")) ?? github.has(`refs/heads/${query.get("ref")}`);
    try {
      const text = github.text(path, commit);
      const sha = github.git(["rev-parse", `${commit}:${path}`]);
      const content = Buffer.from(text).toString("base64").replace(/(.{60})/g, "$1\n");
      return { status: 200, json: { type: "file", encoding: "base64", size: text.length, name: path.split("/").at(-1), path, content, sha,
        url: github.api(`/contents/${path}`), git_url: null, html_url: null, download_url: null,
        _links: { self: github.api(`/contents/${path}`), git: null, html: null } } };
    } catch {
      return not(404, "Not Found");
    }
  }],
  ["GET", /^\/git\/ref\/heads\/(.+)$/, (github, [branch], { not }) => {
    const sha = github.has(`refs/heads/${branch}`);
    return sha ? { status: 200, json: reference(github, branch, sha) } : not(404, "Not Found");
  }],
  ["GET", /^\/git\/commits\/(.+)$/, (github, [sha]) => ({ status: 200, json: commitObject(github, sha) })],
  ["POST", /^\/git\/trees$/, (github, _, { body }) => {
    const sha = github.tree(body.base_tree, Object.fromEntries(body.tree.map(({ path, content }) => [path, content])));
    return { status: 201, json: { sha, url: github.api(`/git/trees/${sha}`), truncated: false, tree: [] } };
  }],
  ["POST", /^\/git\/commits$/, (github, _, { body }) => {
    const parents = body.parents.flatMap((parent) => ["-p", parent]);
    const sha = github.git(["commit-tree", body.tree, ...parents, "-m", body.message]);
    return { status: 201, json: commitObject(github, sha) };
  }],
  ["POST", /^\/git\/refs$/, (github, _, { body, not }) => {
    const branch = body.ref.replace("refs/heads/", "");
    if (github.has(body.ref)) return not(422, "Reference already exists");
    github.git(["update-ref", body.ref, body.sha]);
    return { status: 201, json: reference(github, branch, body.sha) };
  }],
  ["PATCH", /^\/git\/refs\/heads\/(.+)$/, (github, [branch], { body, not }) => {
    const old = github.has(`refs/heads/${branch}`);
    try {
      github.git(["merge-base", "--is-ancestor", old, body.sha]);
    } catch {
      return not(422, "Update is not a fast forward");
    }
    github.git(["update-ref", `refs/heads/${branch}`, body.sha, old]);
    return { status: 200, json: reference(github, branch, body.sha) };
  }],
  ["GET", /^\/compare\/(.+)\.\.\.(.+)$/, (github, [base, head], { not }) => {
    const tip = github.has(`refs/heads/${head}`);
    if (!tip) return not(404, "Not Found");
    try {
      github.git(["merge-base", "--is-ancestor", base, tip]);
      return { status: 203, json: { status: tip === base ? "identical" : "ahead" } };
    } catch {
      return { status: 203, json: { status: "diverged" } };
    }
  }],
  ["GET", /^\/pulls$/, (github, _, { query }) => {
    const fitting = github.pulls.filter((pull) => `${github.owner}:${pull.head}` === query.get("head"));
    return { status: 203, json: fitting.map(({ number }) => ({ number, html_url: `https://github.com/octo/hello/pull/${number}` })) };
  }],
  ["POST", /^\/pulls$/, (github, _, { body }) => {
    github.pulls.push({ number: github.pulls.length + 1, ...body });
    return { status: 203, json: { number: github.pulls.length, html_url: "https://github.com/octo/hello/pull/1" } };
  }],
  ["GET", /^\/environments$/, (github) => ({ status: 203, json: { total_count: github.environments.length, environments: github.environments } })],
  ["GET", /^\/actions\/organization-(secrets|variables)$/, (github, [what]) => named(github.names("organization", what), what)],
  ["GET", /^\/actions\/runners$/, () => ({ status: 200, json: { total_count: 0, runners: [] } })],
  ["GET", /^\/actions\/permissions\/workflow$/, () => ({ status: 200, json: { default_workflow_permissions: "write", can_approve_pull_request_reviews: false } })],
  ["GET", /^\/actions\/permissions$/, () => ({ status: 200, json: { enabled: true, allowed_actions: "all", sha_pinning_required: false } })],
];
