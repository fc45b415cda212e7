// Workflows are opened from GitHub and committed there, against a stand-in with a real git repository behind it.
import { card, editorIsReady, expectYaml, fixture, run, shownYaml, toast } from "./support/journey.mjs";
import { giveToken, openFrom } from "./support/account.mjs";
import { API, GitHub, TOKEN } from "./support/github.mjs";
import { expect, open, test as base } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

const CI = fixture("ci.yml");
const PATH = ".github/workflows/ci.yml";
const ACTION = "name: Local\ndescription: Here\nruns:\n  using: composite\n  steps: []\n";

const test = base.extend({
  files: [{ [PATH]: CI, ".github/workflows/other.yml": fixture("secrets.yml"), "setup/action.yml": ACTION }, { option: true }],
  github: async ({ page, files }, use) => {
    const github = new GitHub(files);
    await github.serve(page);
    await use(github);
    expect(github.complaints, "what GitHub's description does not allow").toEqual([]);
    github.close();
  },
});
test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const dialog = (page, name) => page.getByRole("dialog", { name });

/** Opens ci.yml, changes its name, and asks to commit it. */
async function changeAndCommit(page) {
  await open(page);
  await openFrom(page, `https://github.com/octo/hello/blob/main/${PATH}`);
  await editorIsReady(page);
  await page.getByRole("region", { name: "Form", exact: true }).getByRole("textbox", { name: "Name", exact: true }).fill("Renamed");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain("name: Renamed");
  await page.getByRole("button", { name: "Commit…" }).click();
  const commit = dialog(page, "Commit to GitHub");
  await giveToken(commit);
  return commit;
}

test("a public repository is opened without a token, and its files are listed", async ({ page, github }) => {
  await open(page);
  const found = await openFrom(page, "octo/hello");
  await expect(found.getByRole("heading", { name: "octo/hello" })).toBeVisible();
  await expect(found.getByRole("button", { name: /setup\/\s*action\.yml/ })).toBeVisible();
  await expectAccessible(page);
  await found.getByRole("button", { name: /ci\.yml/ }).click();
  await editorIsReady(page);
  await expect(card(page, "test")).toBeVisible();
  await expectYaml(page, CI);
  expect(github.requests.filter((request) => request.signedIn)).toEqual([]);
  expect(github.requests.length, "requests of a limit of 60 an hour").toBeLessThan(6);
});

test("several files are opened at once, and answers are not asked for twice", async ({ page, github }) => {
  await open(page);
  let found = await openFrom(page, "octo/hello@main");
  await found.getByRole("checkbox", { name: /ci\.yml/ }).check();
  await found.getByRole("checkbox", { name: /other\.yml/ }).check();
  await found.getByRole("button", { name: "Open 2 files" }).click();
  await expect(toast(page, /Opened 2 files/)).toBeVisible();
  const before = github.requests.length;
  await page.reload();
  found = await openFrom(page, "octo/hello@main");
  await expect(found.getByRole("button", { name: /ci\.yml/ })).toBeVisible();
  expect(github.requests.length).toBe(before);
});

test.describe("workflows that others call", () => {
  test.use({ files: { [PATH]: CI, ".github/workflows/build.yml": "on: workflow_call\njobs: {}\n" } });
  test("are marked in the list", async ({ page, github }) => {
    await open(page);
    const found = await openFrom(page, "octo/hello");
    await expect(found.getByRole("listitem").filter({ hasText: "build.yml" })).toContainText("reusable");
    await expect(found.getByRole("listitem").filter({ hasText: "ci.yml" })).not.toContainText("reusable");
    expect(github.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});

test("what cannot be opened says what to do", async ({ page, github }) => {
  await open(page);
  const found = await openFrom(page, "octo/nothing");
  await expect(found.getByRole("alert")).toHaveText(/GitHub shows no repository octo\/nothing to the public: check the name, or sign in/);
  const field = found.getByRole("textbox", { name: "Repository, file or gist" });
  await field.fill("https://example.com/octo/hello");
  await page.keyboard.press("Enter");
  await expect(found.getByRole("alert")).toHaveText(/only github\.com can be read here/);
  github.intercept = () => ({ status: 403, json: { message: "limit" }, headers: { "x-ratelimit-remaining": "0" } });
  await field.fill("octo/hello");
  await page.keyboard.press("Enter");
  await expect(found.getByRole("alert")).toHaveText(/used up: wait \d+ minutes and try again; with a token there are 5,000/);
});

test("a change becomes a pull request, and the token goes to the API alone", async ({ page, github }) => {
  const elsewhere = [];
  page.on("request", async (request) => {
    const sent = request.url() + JSON.stringify(await request.allHeaders()) + (request.postData() ?? "");
    if (!request.url().startsWith(`${API}/`) && sent.includes(TOKEN)) elsewhere.push(request.url());
    if (request.url().includes(TOKEN)) elsewhere.push(request.url());
  });
  const commit = await changeAndCommit(page);
  const changes = commit.getByRole("region", { name: `Changes of ${PATH}` });
  await expect(changes).toContainText("+name: Renamed");
  await expectAccessible(page);
  await expect(commit.getByRole("radio", { name: /pull request into main/ })).toBeChecked();
  await commit.getByRole("textbox", { name: "Name of the new branch" }).fill("topic/rename");
  await commit.getByRole("textbox", { name: "Message" }).fill("Rename it");
  await commit.getByRole("button", { name: "Open the pull request" }).click();
  await expect(commit.getByText("The pull request is open")).toBeVisible();
  await expect(commit.getByRole("link", { name: /Pull request #1/ })).toHaveAttribute("href", "https://github.com/octo/hello/pull/1");
  expect(github.text(PATH, "topic/rename")).toContain("name: Renamed\n");
  expect(github.text(PATH)).toBe(CI);
  expect(github.log("topic/rename")).toEqual(["Rename it", "First commit"]);
  expect(github.pulls).toHaveLength(1);
  expect(github.pulls[0]).toMatchObject({ title: "Rename it", head: "topic/rename", base: "main" });
  expect(github.pulls[0].body).toContain(PATH);
  expect(elsewhere).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))).not.toContain(TOKEN);
});

test("a change is committed to the branch, and what others did meanwhile stays", async ({ page, github }) => {
  const commit = await changeAndCommit(page);
  await expect(commit.getByRole("region", { name: `Changes of ${PATH}` })).toBeVisible();
  await commit.getByRole("radio", { name: "Commit to main" }).check();
  // Somebody is quicker, at the end of the same file.
  github.commit({ [PATH]: `${CI}# the end\n` });
  await commit.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(commit.getByText(/Somebody committed to the branch just now/)).toBeVisible();
  await expect(commit.getByText(/both changes are in this/)).toBeVisible();
  await commit.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(commit.getByText("Committed")).toBeVisible();
  expect(github.text(PATH)).toMatch(/^name: Renamed\n[\s\S]*# the end\n$/);
  expect(github.log()).toEqual(["Update ci.yml", "Somebody's change", "First commit"]);
  await commit.getByRole("button", { name: "Done" }).click();
  await expect.poll(() => shownYaml(page)).toContain("# the end");
  await expect(page.getByRole("img", { name: "Changed since it was opened" })).toHaveCount(0);
});

test("a change is committed to a new branch, without a pull request", async ({ page, github }) => {
  const commit = await changeAndCommit(page);
  await commit.getByRole("radio", { name: "Commit to a new branch" }).check();
  await commit.getByRole("textbox", { name: "Name of the new branch" }).fill("topic/rename");
  await commit.getByRole("button", { name: "Commit to the new branch" }).click();
  await expect(commit.getByText("Committed")).toBeVisible();
  expect(github.text(PATH, "topic/rename")).toContain("name: Renamed\n");
  expect(github.text(PATH)).toBe(CI);
  expect(github.log("topic/rename")).toEqual(["Update ci.yml", "First commit"]);
  expect(github.pulls).toEqual([]);
});

test("a conflict is shown side by side, and nothing is overwritten before the person chooses", async ({ page, github }) => {
  const lines = CI.split("\n");
  github.intercept = ({ method, path }) => {
    // Between opening and committing, somebody changes the same line.
    if (method === "GET" && path === "/user") github.commit({ [PATH]: ["name: Theirs", ...lines.slice(1)].join("\n") });
    return undefined;
  };
  const commit = await changeAndCommit(page);
  const conflict = commit.getByRole("region", { name: new RegExp(`^Conflict 1 of `) });
  await expect(conflict.getByRole("region", { name: "Yours" })).toContainText("name: Renamed");
  await expect(conflict.getByRole("region", { name: "On main" })).toContainText("name: Theirs");
  await expect(commit.getByRole("button", { name: "Open the pull request" })).toBeDisabled();
  await commit.getByRole("radio", { name: "Commit to main" }).check();
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await commit.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(commit.getByText("Committed")).toBeVisible();
  expect(github.text(PATH)).toContain("name: Renamed\n");
  expect(github.log()).toHaveLength(3);
});

for (const [how, what] of [["lose", "lost"], ["half", "half"]]) test(`${what} answers make no second commit and no second pull request`, async ({ page, github }) => {
  const lost = new Set();
  github.intercept = ({ method, path }) => {
    // The first time, each of what changes something is done, and its answer is lost.
    if (method === "GET" || lost.has(path)) return undefined;
    lost.add(path);
    return how;
  };
  const commit = await changeAndCommit(page);
  await commit.getByRole("button", { name: "Open the pull request" }).click();
  await expect(commit.getByText("The pull request is open")).toBeVisible({ timeout: 30_000 });
  expect(github.pulls).toHaveLength(1);
  expect(github.log(github.pulls[0].head)).toHaveLength(2);
  expect(lost.size, "files, commit, branch, pull request").toBe(4);
});

test("a new file is added to a repository", async ({ page, github }) => {
  await open(page);
  await page.getByRole("button", { name: "New workflow" }).click();
  await editorIsReady(page);
  await page.getByRole("textbox", { name: "File name" }).fill("new.yml");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Commit…" }).click();
  const commit = dialog(page, "Commit to GitHub");
  await giveToken(commit);
  await commit.getByRole("textbox", { name: "Repository" }).fill("octo/hello");
  await commit.getByRole("button", { name: "Show what changes" }).click();
  await expect(commit.getByText("new file")).toBeVisible();
  await commit.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(commit.getByText("Committed")).toBeVisible();
  expect(github.text(".github/workflows/new.yml")).toContain("name: My workflow\n");
});

test("a wrong token is told at once, a right one is kept as chosen and forgotten with one click", async ({ page, github }) => {
  await open(page);
  await run(page, "sign in to github");
  const form = dialog(page, "Sign in to GitHub");
  await expectAccessible(page);
  await giveToken(form, "ghp_wrong");
  await expect(form.getByRole("alert")).toHaveText(/does not accept the token/);
  const link = form.getByRole("link", { name: "Make a token on GitHub" });
  await expect(link).toHaveAttribute("href", /^https:\/\/github\.com\/settings\/personal-access-tokens\/new\?.*&contents=write/);
  await form.getByRole("radio", { name: /On this device/ }).check();
  await giveToken(form);
  await expect(form.getByText("Signed in to github.com as")).toBeVisible();
  await page.reload();
  await run(page, "sign in to github");
  await expect(form.getByText("Signed in to github.com as")).toBeVisible();
  await form.getByRole("button", { name: "Sign out and forget the token" }).click();
  await expect(form.getByRole("textbox", { name: "Paste it" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(TOKEN);
  expect(github.requests.every(({ path }) => path === "/user")).toBe(true);
});

const HOSTILE = `.github/workflows/<img src=x onerror=alert(1)>.yml`;
test.describe("hostile names", () => {
  test.use({ files: { [HOSTILE]: 'name: "<script>alert(1)</script>"\non: push\n', [PATH]: CI } });
  test("are text", async ({ page, github }) => {
    page.on("dialog", () => github.complaints.push("a script ran"));
    await open(page);
    const found = await openFrom(page, "octo/hello");
    await found.getByRole("button", { name: /onerror/ }).click();
    await editorIsReady(page);
    await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue("<img src=x onerror=alert(1)>.yml");
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });
});
