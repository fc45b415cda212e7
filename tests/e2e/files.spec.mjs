// Several files are open at once, and know of each other.
import { code, drawer, editorIsReady, expectYaml, fixture, form, openWorkflow, chooseFile, run, shownYaml, step, toast } from "./support/journey.mjs";
import { giveToken, openFrom } from "./support/account.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, open, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const CALLER = "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      level: 3\n  local:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          wrong: x\n";
const BUILD = "on:\n  workflow_call:\n    inputs:\n      leve:\n        type: number\n        required: true\njobs:\n  run:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const SETUP = "name: Setup\ndescription: Here\ninputs:\n  right:\n    description: x\nruns:\n  using: composite\n  steps: []\n";
const row = (page) => page.getByRole("navigation", { name: "Open files" });
const problems = (page) => page.getByRole("tabpanel", { name: "Problems" }).getByRole("listitem");

test("files are open side by side, each with its own history, and are there again after loading the page", async ({ page }) => {
  const [one, two] = [fixture("ci.yml"), fixture("secrets.yml")];
  await openWorkflow(page, one, "one.yml");
  await expect(row(page)).toHaveCount(0);
  await chooseFile(page, "two.yml", two);
  await expect(row(page).getByRole("button", { name: "two.yml", exact: true })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);
  await row(page).getByRole("button", { name: "one.yml", exact: true }).click();
  await expectYaml(page, one);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Changed");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain("name: Changed");
  await page.keyboard.press("Alt+PageDown");
  await expect.poll(() => shownYaml(page)).not.toContain("name: Changed");
  await page.keyboard.press("Alt+PageUp");
  await expect.poll(() => shownYaml(page)).toContain("name: Changed");
  // The history came along.
  await page.getByRole("button", { name: /^Undo: / }).click();
  await expectYaml(page, one);
  await page.reload();
  await editorIsReady(page);
  await expect(row(page).getByRole("listitem")).toHaveCount(2);
  await row(page).getByRole("button", { name: "Close one.yml" }).click();
  await expect(row(page)).toHaveCount(0);
  await expect.poll(() => shownYaml(page)).toContain(two.split("\n")[0]);
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await expect(page.getByRole("button", { name: /^one\.yml/ })).toBeVisible();
});

test("what a workflow refers to in its repository is read, and an open file counts before the one of the repository", async ({ page }) => {
  const caller = ".github/workflows/caller.yml";
  const github = new GitHub({ [caller]: CALLER, ".github/workflows/build.yml": BUILD, "setup/action.yml": SETUP });
  await github.serve(page);
  await open(page, `?url=https://github.com/octo/hello/blob/main/${caller}`);
  await page.getByRole("button", { name: "Look", exact: true }).click();
  await editorIsReady(page);
  await run(page, "show problems");
  await expect(problems(page).filter({ hasText: "wrong" })).toBeVisible();
  await expect(problems(page).filter({ hasText: "leve" })).not.toHaveCount(0);
  const found = await openFrom(page, "octo/hello@main");
  await found.getByRole("button", { name: /build\.yml/ }).click();
  await expect.poll(() => shownYaml(page)).toContain("leve:");
  await form(page).waitFor();
  // The mistake is in the called file: it is put right there, and the caller is right without a commit.
  await code(page).getByText("leve:").click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("l");
  await expect.poll(() => shownYaml(page)).toContain("level:");
  await row(page).getByRole("button", { name: "caller.yml", exact: true }).click();
  await expect.poll(() => shownYaml(page)).toContain("uses: ./setup");
  await expect(problems(page).filter({ hasText: "leve" })).toHaveCount(0);
  await expect(problems(page).filter({ hasText: "wrong" })).toBeVisible();
  expect(github.complaints).toEqual([]);
  github.close();
});

test("several files go into one commit", async ({ page }) => {
  const files = { ".github/workflows/one.yml": fixture("ci.yml"), ".github/workflows/two.yml": fixture("secrets.yml") };
  const github = new GitHub(files);
  await github.serve(page);
  await open(page);
  const found = await openFrom(page, "octo/hello@main");
  for (const name of ["one", "two"]) await found.getByRole("checkbox", { name: new RegExp(`${name}\\.yml`) }).check();
  await found.getByRole("button", { name: "Open 2 files" }).click();
  await expect(toast(page, /Opened 2 files/)).toBeVisible();
  await editorIsReady(page);
  for (const name of ["two", "one"]) {
    await row(page).getByRole("button", { name: new RegExp(`^${name}\\.yml`) }).click();
    await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue(`${name}.yml`);
    await form(page).getByRole("textbox", { name: "Name", exact: true }).fill(`Renamed ${name}`);
    await page.keyboard.press("Tab");
    await expect.poll(() => shownYaml(page)).toContain(`name: Renamed ${name}`);
  }
  // A new file beside them can go along too.
  await chooseFile(page, "three.yml", "on: push\njobs: {}\n");
  await expect.poll(() => shownYaml(page)).toContain("jobs: {}");
  await row(page).getByRole("button", { name: /^one\.yml/ }).click();
  await expect.poll(() => shownYaml(page)).toContain("name: Renamed one");
  await page.getByRole("button", { name: "Commit…" }).click();
  const commit = page.getByRole("dialog", { name: "Commit to GitHub" });
  await giveToken(commit);
  await expect(commit.getByRole("checkbox", { name: /two\.yml/ })).toBeChecked();
  await expect(commit.getByRole("checkbox", { name: /three\.yml/ })).not.toBeChecked();
  await commit.getByRole("checkbox", { name: /three\.yml/ }).check();
  await expect(commit.getByRole("region", { name: /^Changes of/ })).toHaveCount(3);
  await expectAccessible(page);
  await commit.getByRole("radio", { name: "Commit to main" }).check();
  await commit.getByRole("textbox", { name: "Message" }).fill("Three at once");
  await commit.getByRole("button", { name: "Commit", exact: true }).click();
  await expect(commit.getByText("Committed")).toBeVisible();
  expect(github.log()).toEqual(["Three at once", "First commit"]);
  expect(github.text(".github/workflows/one.yml")).toContain("name: Renamed one\n");
  expect(github.text(".github/workflows/two.yml")).toContain("name: Renamed two\n");
  expect(github.text(".github/workflows/three.yml")).toBe("on: push\njobs: {}\n");
  await commit.getByRole("button", { name: "Done" }).click();
  await expect(row(page).getByRole("img", { name: "changed" })).toHaveCount(0);
  expect(github.complaints).toEqual([]);
  github.close();
});

test("a problem of the drawer stays with its file", async ({ page }) => {
  await openWorkflow(page, fixture("problems.yml"), "bad.yml");
  await chooseFile(page, "good.yml", fixture("ci.yml"));
  await expect.poll(() => shownYaml(page)).toContain("name: CI");
  await expect(drawer(page).getByRole("tab", { name: "Problems", exact: true })).toBeVisible();
});

test("a template is opened together with the workflow that it calls", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page);
  await page.waitForLoadState("networkidle");
  expect(asked.filter((url) => /block-/.test(url)), "nothing is loaded before it is wanted").toEqual([]);
  await open(page, "?template=block-caller");
  const preview = page.getByRole("dialog");
  await expect(preview.getByRole("checkbox", { name: "Open what it calls, too: build.yml" })).toBeChecked();
  await preview.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue("call-build.yml");
  await expect(row(page).getByRole("button", { name: "build.yml", exact: true })).toBeVisible();
  await run(page, "show problems");
  await expect(problems(page)).toHaveCount(0);
  await row(page).getByRole("button", { name: "build.yml", exact: true }).click();
  await expect.poll(() => shownYaml(page)).toContain("workflow_call");
  await page.reload();
  await editorIsReady(page);
  await expect(row(page).getByRole("listitem")).toHaveCount(2);
});

test("without what it calls, a template is opened alone", async ({ page }) => {
  await open(page, "?template=block-caller");
  const preview = page.getByRole("dialog");
  await preview.getByRole("checkbox", { name: /Open what it calls, too/ }).uncheck();
  await preview.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await expect(row(page)).toHaveCount(0);
});

test("a tab that a question comes between is gone to after the answer", async ({ page }) => {
  await openWorkflow(page, fixture("secrets.yml"), "two.yml");
  const server = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - id: server\n        run: serve\n        background: true\n      - wait: server\n";
  await chooseFile(page, "one.yml", server);
  await expect(row(page).getByRole("button", { name: "one.yml", exact: true })).toHaveAttribute("aria-current", "page");
  await step(page, "Run serve").click();
  const question = page.getByRole("dialog", { name: /server/ });
  const press = async (name) => {
    await form(page).getByRole("textbox", { name: "Id", exact: true }).fill("");
    const box = await row(page).getByRole("button", { name, exact: true }).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.waitForTimeout(100);
    await page.mouse.up();
  };
  await press("two.yml");
  await expect(question).toContainText("After the answer: Go to two.yml.");
  await page.keyboard.press("Escape");
  await expect(row(page).getByRole("button", { name: "one.yml", exact: true })).toHaveAttribute("aria-current", "page");
  await press("two.yml");
  await question.locator(".question-answers button").first().click();
  await expect(row(page).getByRole("button", { name: "two.yml", exact: true })).toHaveAttribute("aria-current", "page");
  await row(page).getByRole("button", { name: /^one\.yml/ }).click();
  await expect.poll(() => shownYaml(page)).toContain("run: serve");
  expect(await shownYaml(page)).not.toContain("id: server");
});
