// Whatever goes wrong on the way to GitHub is told in one sentence with what to do; what is safe is tried again by itself.
import { checkOn, giveToken, openFrom } from "./support/account.mjs";
import { editorIsReady, fixture, form, shownYaml } from "./support/journey.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, open, test } from "./support/test.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const CI = fixture("ci.yml");
const PATH = ".github/workflows/ci.yml";
const REPOSITORY = "/repos/octo/hello";

async function look(page) {
  await open(page);
  return openFrom(page, "octo/hello");
}

const answer = (status, message, headers = {}) => ({ status, json: { message, documentation_url: "x" }, headers });
const soon = String(Math.floor(Date.now() / 1000) + 1800);
const used = { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": soon };
for (const [name, reply, told] of [
  ["the hour's requests are used up", answer(403, "API rate limit exceeded", used), /requests to GitHub are used up: wait \d+ minutes and try again; with a token there are 5,000/],
  ["GitHub asks to slow down, with a time", answer(403, "You have exceeded a secondary rate limit", { "retry-after": "120" }), /asks to slow down: wait 2 minutes and try again/],
  ["GitHub asks to slow down, without one", answer(429, "Too many requests"), /asks to slow down: wait 1 minute and try again/],
  ["a token is not accepted", answer(401, "Bad credentials"), /mistyped, expired or revoked; sign in with a new one/],
  ["only some may see it", answer(403, "Forbidden"), /only to those who sign in/],
  ["there is no such thing, or no right to see it", answer(404, "Not Found"), /check the name, or sign in if it is private/],
  ["it is switched off", answer(410, "Gone"), /is switched off in this repository/],
  ["the repository is empty", answer(409, "Git Repository is empty."), /make its first commit on GitHub/],
  ["GitHub does not accept the question", answer(422, "Validation Failed"), /GitHub does not accept .*“Validation Failed”/],
  ["GitHub has a problem of its own", answer(503, "Unavailable"), /a problem of its own \(status 503\); wait a minute and try again/],
  ["half an answer comes", { status: 200, text: '{"full_name":"octo/hel' }, /broke off or is not GitHub's; try again, and check whether a proxy/],
  ["a proxy answers instead", { status: 200, text: "<html>Please log in</html>" }, /check whether a proxy stands between/],
  ["the network is gone", "abort", /cannot be reached .*; check the connection and try again/],
]) {
  test(`${name}: one sentence with what to do, and trying again works`, async ({ page }) => {
    const github = new GitHub({ [PATH]: CI });
    await github.serve(page);
    github.intercept = () => reply;
    const found = await look(page);
    await expect(found.getByRole("alert")).toHaveText(told);
    const sentence = (await found.getByRole("alert").textContent()).replace(/ Sign in$/, "");
    expect(sentence.match(/\.(\s|$)/g), sentence).toHaveLength(1);
    github.intercept = () => undefined;
    if (/used up|slow down/.test(sentence)) {
      // Who does not wait is told again, and GitHub is left alone until then.
      const before = github.requests.length;
      await found.getByRole("button", { name: "Look" }).click();
      await expect(found.getByRole("alert")).toHaveText(/wait \d+ (seconds|minutes?) and try again/);
      expect(github.requests).toHaveLength(before);
      await page.clock.setFixedTime(Date.now() + 3_600_000);
    }
    await found.getByRole("button", { name: "Look" }).click();
    await expect(found.getByRole("button", { name: /ci\.yml/ })).toBeVisible();
    github.close();
  });
}

test("a short wait that GitHub asks for is kept by itself", async ({ page }) => {
  const github = new GitHub({ [PATH]: CI });
  await github.serve(page);
  let asked = 0;
  github.intercept = ({ path }) => (path === REPOSITORY && asked++ === 0 ? answer(429, "Too many requests", { "retry-after": "1" }) : undefined);
  const found = await look(page);
  await expect(found.getByRole("button", { name: /ci\.yml/ })).toBeVisible();
  expect(asked).toBe(2);
  github.close();
});

test("what has not changed is asked again without counting", async ({ page }) => {
  const github = new GitHub({ [PATH]: fixture("secrets.yml") });
  await github.serve(page);
  const found = await look(page);
  await found.getByRole("button", { name: /ci\.yml/ }).click();
  await editorIsReady(page);
  await checkOn(page);
  const counted = github.requests.length - github.unchanged;
  await checkOn(page);
  expect(github.unchanged).toBeGreaterThan(0);
  expect(github.requests.length - github.unchanged, "requests that count").toBe(counted);
  await expect(page.getByText(`${60 - counted} of 60 requests left`)).toBeVisible();
  github.close();
});

test("no answer in time is given up, and told", async ({ page }) => {
  const github = new GitHub({ [PATH]: CI });
  await github.serve(page);
  await page.addInitScript(() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = () => timeout(200);
  });
  github.intercept = () => new Promise(() => {});
  const found = await look(page);
  await expect(found.getByRole("alert")).toHaveText(/GitHub took too long for .*; try again/);
});

test("what only reads is asked again by itself, a little later", async ({ page }) => {
  const github = new GitHub({ [PATH]: CI });
  await github.serve(page);
  let failures = 0;
  github.intercept = ({ path }) => (path === REPOSITORY && failures++ < 2 ? answer(502, "Bad Gateway") : undefined);
  const found = await look(page);
  await expect(found.getByRole("button", { name: /ci\.yml/ })).toBeVisible();
  expect(failures).toBeGreaterThan(2);
  github.close();
});

for (const [name, reply, told] of [
  ["the organization wants single sign-on", answer(403, "Resource protected by organization SAML enforcement", { "x-github-sso": "required; url=https://github.com/orgs/octo/sso?authorization_request=A" }), /authorized for single sign-on: do that on GitHub and try again/],
  ["the token may not write workflows", answer(403, "Resource not accessible by personal access token"), /takes the permission “Contents: write”/],
  ["GitHub refuses what is written", answer(422, "Validation Failed: <b>no</b>"), /“Validation Failed: <b>no<\/b>”/],
  ["GitHub has a problem", answer(500, "Server Error"), /a problem of its own/],
]) {
  test(`while committing, ${name}: nothing is lost, and it goes on where it stopped`, async ({ page }) => {
    const github = new GitHub({ [PATH]: CI });
    await github.serve(page);
    const found = await look(page);
    await found.getByRole("button", { name: /ci\.yml/ }).click();
    await editorIsReady(page);
    await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Renamed");
    await page.keyboard.press("Tab");
    await expect.poll(() => shownYaml(page)).toContain("name: Renamed");
    await page.getByRole("button", { name: "Commit…" }).click();
    const commit = page.getByRole("dialog", { name: "Commit to GitHub" });
    await giveToken(commit);
    await commit.getByRole("radio", { name: "Commit to main" }).check();
    github.intercept = ({ method, path }) => (method === "POST" && path.endsWith("/git/trees") ? reply : undefined);
    await commit.getByRole("button", { name: "Commit", exact: true }).click();
    await expect(commit.getByRole("alert")).toHaveText(told, { timeout: 30_000 });
    if (name.includes("sign-on")) {
      await expect(commit.getByRole("link", { name: "Authorize the token on GitHub" })).toHaveAttribute("href", /^https:\/\/github\.com\/orgs\/octo\/sso/);
    }
    expect(github.log()).toEqual(["First commit"]);
    github.intercept = () => undefined;
    await commit.getByRole("button", { name: "Try again" }).click();
    await expect(commit.getByText("Committed")).toBeVisible();
    expect(github.log()).toEqual(["Update ci.yml", "First commit"]);
    expect(github.text(PATH)).toContain("name: Renamed\n");
    expect(github.complaints).toEqual([]);
    github.close();
  });
}

test("a whole session on a public repository stays far below sixty requests, also after loading the page again", async ({ page }) => {
  const github = new GitHub({ [PATH]: CI, ".github/workflows/other.yml": fixture("secrets.yml"), "setup/action.yml": "name: x\nruns:\n  using: composite\n  steps: []\n" });
  await github.serve(page);
  for (let round = 0; round < 3; round += 1) {
    const found = await look(page);
    for (const name of [/ci\.yml/, /other\.yml/, /action\.yml/]) {
      await found.getByRole("button", { name }).click();
      await expect(found).toBeHidden();
      await openFrom(page, "octo/hello");
      await expect(found.getByRole("button", { name: /ci\.yml/ })).toBeVisible();
    }
    if (round === 0) await expect(found.getByText(/of 60 requests left/)).toBeVisible();
    await page.goto("about:blank");
  }
  console.log(`A session on a public repository took ${github.requests.length - github.unchanged} of the 60 requests of an hour.`);
  expect(github.requests.length - github.unchanged, "requests of a limit of 60 an hour").toBeLessThan(12);
  github.close();
});
