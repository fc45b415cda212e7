// An action that no table knows is asked of GitHub, when the person wants that.
import { card, form, openWorkflow, shownYaml } from "./support/journey.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const OLD = "1".repeat(40);
const NEW = "2".repeat(40);
const WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo/tool@v1\n      - uses: octo/gone@v9\n";
const ACTION =
  "name: Tool\ninputs:\n  level:\n    description: How much of it\n    required: true\n  fast:\n    default: 'true'\n" +
  "runs:\n  using: node24\n  main: x.js\n";

test("an unknown action gets its inputs and its newest version from GitHub, and a missing one says so", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  const tags = { v1: OLD, v2: NEW, "v2.0.0": NEW };
  github.others = { "octo/tool": { files: { "action.yml": ACTION }, tags } };
  await github.serve(page);
  await openWorkflow(page, WORKFLOW);
  await card(page, "a").click();
  await form(page).getByRole("button", { name: /octo\/tool@v1/ }).first().click();
  const ask = form(page).getByRole("button", { name: "Ask GitHub for its inputs" });
  await ask.click();
  await form(page).getByRole("textbox", { name: /^level/ }).fill("3");
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v1\n        with:\n          level: '3'\n");
  await expect(ask).toHaveCount(0);
  await expectAccessible(page);
  await form(page).getByRole("button", { name: "Use v2, the newest version" }).click();
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v2\n");

  await form(page).getByRole("button", { name: "a", exact: true }).click();
  await form(page).getByRole("button", { name: /octo\/gone@v9/ }).first().click();
  await ask.click();
  await expect(form(page).getByText(/octo\/gone/).last()).toBeVisible();
  await expect(form(page).getByRole("button", { name: "Ask again" })).toBeVisible();
});

const versions = (page) => form(page).getByRole("combobox", { name: "Version of the action" });
const MANY = { "v3.1.0": "3".repeat(40), v3: "3".repeat(40), "v2.5": "2".repeat(40), v2: "2".repeat(40), v1: OLD, "v4.0.0-rc.1": NEW };
const NEWEST_FIRST = ["v3.1.0 (newest)", "v3 (now v3.1.0)", "v2.5", "v2 (now v2.5)", "v1"];

async function serveMany(page, files = { "action.yml": ACTION }) {
  const github = new GitHub({ "README.md": "hello\n" });
  github.others = { "octo/tool": { files, tags: MANY } };
  await github.serve(page);
  return github;
}

test("once GitHub was asked, the tags are the versions to choose from, and only the newest is called so", async ({ page }) => {
  await serveMany(page);
  const steps = ["v1", "v2.5", "main"].map((ref) => `      - uses: octo/tool@${ref}\n`);
  await openWorkflow(page, WORKFLOW.split("      - uses")[0] + steps.join(""));
  const choose = (ref) => card(page, "a").getByRole("treeitem", { name: `Step octo/tool@${ref}` }).click();
  const listed = () => versions(page).getByRole("option").allTextContents();
  await choose("v1");
  await expect(versions(page)).toHaveCount(0);
  await form(page).getByRole("button", { name: "Ask GitHub for its inputs" }).click();
  await expect.poll(listed).toEqual(NEWEST_FIRST);
  await expect(form(page).getByRole("button", { name: "Use v3, the newest version" })).toBeVisible();
  // Of the others of the same action the versions are known, too.
  await choose("v2.5");
  await expect.poll(listed).toEqual(NEWEST_FIRST);
  await expect(form(page).getByRole("button", { name: "Use v3.1.0, the newest version" })).toBeVisible();
  await choose("main");
  await expect.poll(listed).toEqual(["main (as written)", ...NEWEST_FIRST]);
  await versions(page).selectOption("v2");
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v2\n");
});

test("of a version that is not there, those are offered that are", async ({ page }) => {
  await serveMany(page, {});
  await openWorkflow(page, WORKFLOW.replaceAll("@v1", "@v9"));
  await card(page, "a").getByRole("treeitem", { name: "Step octo/tool@v9" }).click();
  await form(page).getByRole("button", { name: "Ask GitHub for its inputs" }).click();
  await expect(form(page).getByRole("button", { name: "Ask again" })).toBeVisible();
  await expect.poll(() => versions(page).getByRole("option").allTextContents()).toEqual(["v9 (as written)", ...NEWEST_FIRST]);
});

test("what is taken from GitHub through the library comes with its inputs and its versions", async ({ page }) => {
  await serveMany(page);
  await openWorkflow(page, WORKFLOW.split("      - uses")[0] + "      - run: make\n");
  await card(page, "a").click();
  await form(page).getByRole("button", { name: "Add an action" }).click();
  await page.getByRole("combobox", { name: "Search actions" }).fill("https://github.com/octo/tool");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v3\n        with:\n          level: ");
  await card(page, "a").getByRole("treeitem", { name: "Step Tool" }).or(card(page, "a").getByRole("treeitem", { name: "Step octo/tool@v3" })).click();
  await expect.poll(() => versions(page).getByRole("option").allTextContents()).toEqual(NEWEST_FIRST);
  await expect(versions(page)).toHaveValue("v3");
  await expect(form(page).getByRole("textbox", { name: /^level/ })).toBeVisible();
});

test("an action of which only the names of its inputs are known tells the rest once GitHub is asked", async ({ page }) => {
  const metadata =
    "name: Codecov\ninputs:\n  fail_ci_if_error:\n    description: Whether a failed upload fails the step\n    default: 'false'\n" +
    "runs:\n  using: composite\n  steps: []\n";
  const github = new GitHub({ "README.md": "hello\n" });
  github.others = { "codecov/codecov-action": { files: { "action.yml": metadata }, tags: { v4: OLD } } };
  await github.serve(page);
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: codecov/codecov-action@v4\n        with:\n          fail_ci_if_error: true\n");
  await card(page, "a").click();
  await form(page).getByRole("button", { name: /codecov-action@v4/ }).first().click();
  await expect(form(page).getByRole("textbox", { name: /^fail_ci_if_error/ })).toBeVisible();
  await form(page).getByRole("button", { name: /^Ask GitHub for its inputs/ }).click();
  await expect(form(page).getByRole("switch", { name: /^fail_ci_if_error/ })).toBeChecked();
  await expect(form(page).getByRole("button", { name: /^What is fail_ci_if_error/ })).toBeVisible();
});

for (const action of ["Swatinem/rust-cache@v2", "golangci/golangci-lint-action@v6", "peaceiris/actions-gh-pages@v3", "github/codeql-action/init@v3"]) {
  test(`what the inputs of ${action} mean can be asked`, async ({ page }) => {
    await openWorkflow(page, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: It\n        uses: ${action}\n`);
    await card(page, "a").click();
    await form(page).getByRole("button", { name: /It/ }).first().click();
    await expect(form(page).getByRole("button", { name: /^Ask GitHub for its inputs/ })).toBeVisible();
  });
}

test("a version that was looked up by its commit is known by its tag, and told in short beside another", async ({ page }) => {
  await serveMany(page);
  const steps = [OLD, "v1", "main"].map((ref) => `      - uses: octo/tool@${ref}\n`);
  await openWorkflow(page, WORKFLOW.split("      - uses")[0] + steps.join(""));
  const choose = (at) => card(page, "a").getByRole("treeitem", { name: /^Step / }).nth(at).click();
  const level = form(page).getByRole("textbox", { name: /^level/ });
  const note = form(page).getByText(/The inputs of this version are not known/);
  await choose(0);
  await form(page).getByRole("button", { name: "Ask GitHub for its inputs" }).click();
  await expect(level).toBeVisible();
  await choose(1);
  await expect(form(page).getByRole("heading", { name: "octo/tool@v1" })).toBeVisible();
  await expect(level).toBeVisible();
  await expect(note).toHaveCount(0);
  await choose(2);
  await expect(note).toHaveText(`The inputs of this version are not known; these are those of v1 (${OLD.slice(0, 7)}).`);
});
