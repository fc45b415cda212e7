// What is wrong is told in the form where it is about, and once.
import { card, expectYaml, form, openWorkflow, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const steps = "    steps:\n      - run: make\n";
const workflow = (job, before = "on: push\n") => `${before}jobs:\n${job}`;
const problems = (page) => form(page).locator(".field-problem");
/** Opens the form of a job: its steps have forms of their own. */
const openJob = (page, id) => card(page, id).click({ position: { x: 40, y: 12 } });
const at = (page, field) => form(page).locator(`[data-field='${field}']`).first();
/** What `place` says is wrong, which the form says nowhere else. */
async function expectTold(page, place, words) {
  await expect(place.locator(".field-problem").filter({ hasText: words })).toHaveCount(1);
  await expect(problems(page).filter({ hasText: words })).toHaveCount(1);
}
const top = (page) => form(page).locator(".form-section").first();

test("what a job lacks is told at its field, and what is wrong with the job below its id", async ({ page }) => {
  await openWorkflow(page, workflow(`  a:\n${steps}`));
  await openJob(page, "a");
  await expectTold(page, at(page, "jobs.a.runs-on"), "runs-on is missing");
  await form(page).getByRole("button", { name: "Add runs-on: ubuntu-latest" }).click();
  await expect(problems(page).filter({ hasText: "runs-on" })).toHaveCount(0);

  await openWorkflow(page, workflow(`  my job:\n    runs-on: ubuntu-latest\n${steps}`));
  await openJob(page, "my job");
  await expectTold(page, top(page), "it has a space, but");

  await openWorkflow(page, workflow("  a:\n    runs-on: ubuntu-latest\n"));
  await openJob(page, "a");
  await expectTold(page, form(page).locator("[aria-labelledby=form-steps]"), "has no steps");

  await openWorkflow(page, workflow("  a:\n"));
  await openJob(page, "a");
  await expectTold(page, top(page), "a is empty");

  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n    runs-on: windows-latest\n${steps}`));
  await openJob(page, "a");
  await expectTold(page, at(page, "jobs.a.runs-on"), "runs-on is already there");

  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n${steps}    uses: ./.github/workflows/b.yml\n`));
  await openJob(page, "a");
  await expectTold(page, form(page).locator("[aria-labelledby=form-steps]"), "uses and steps exclude each other");
  await expectTold(page, at(page, "jobs.a.runs-on"), "uses and runs-on exclude each other");
});

test("what is wrong with a step, a trigger, a service and the workflow is told in its form", async ({ page }) => {
  await openWorkflow(page, workflow("  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Nothing\n      - run: make\n        uses: actions/checkout@v4\n"));
  await step(page, "Nothing").click();
  await expect(problems(page).filter({ hasText: "needs one of" })).toHaveCount(1);
  await form(page).getByRole("button", { name: "a", exact: true }).click();
  await form(page).locator(".items .item-main").nth(1).click();
  await expect(problems(page).filter({ hasText: "exclude each other" })).toHaveCount(1);

  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n    services:\n      db:\n${steps}`));
  await openJob(page, "a");
  const db = form(page).getByRole("group", { name: "db", exact: true });
  await expectTold(page, db, "db is empty");
  await expect(db.getByText("Image", { exact: true })).toBeVisible();

  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n    container:\n      env:\n        A: b\n${steps}`));
  await openJob(page, "a");
  await expectTold(page, at(page, "jobs.a.container.image"), "has no image");

  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n${steps}`, "on: psuh\n"));
  await form(page).getByRole("button", { name: /psuh/ }).first().click();
  await expectTold(page, top(page), "psuh");

  await openWorkflow(page, "name: CI\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
  await expectTold(page, form(page).locator("[aria-labelledby=form-triggers]"), "on is missing");

  await openWorkflow(page, "name: CI\non: push\njobs:\n");
  await expect(problems(page).filter({ hasText: "jobs" })).toHaveCount(1);
});

test("no problem is told twice", async ({ page }) => {
  await openWorkflow(page, workflow(`  a:\n    runs-on:\n      group: \n      lables: x\n${steps}`));
  await openJob(page, "a");
  await expect(problems(page).filter({ hasText: "lables" })).toHaveCount(1);
  await expect(problems(page).filter({ hasText: "group is empty" })).toHaveCount(1);

  const exclude = "        exclude:\n          - sytem: x\n          - os: x\n";
  await openWorkflow(page, workflow(`  a:\n    strategy:\n      matrix:\n        os: [x, y]\n${exclude}    runs-on: \${{ matrix.os }}\n${steps}`));
  await openJob(page, "a");
  const excluded = form(page).getByRole("region", { name: "Leave combinations out" });
  await expect(excluded.locator(".field-problem").filter({ hasText: "sytem" })).toHaveCount(1);
  await excluded.locator(".value-open").first().click();
  await expect(excluded.locator(".pairs")).toBeVisible();
  await expect(excluded.locator(".field-problem").filter({ hasText: "sytem" })).toHaveCount(1);
});

test("a matrix row that repeats a list shows its values, and one more is asked about", async ({ page }) => {
  const text = workflow(`  z:\n    strategy:\n      matrix: {n: &n [1, 2]}\n    runs-on: x-\${{ matrix.n }}\n${steps}  a:\n    strategy:\n      matrix: {k: *n}\n    runs-on: x-\${{ matrix.k }}\n${steps}`);
  await openWorkflow(page, text);
  await openJob(page, "a");
  const row = form(page).getByRole("group", { name: "Row k of the matrix" });
  await expect(row.locator(".chip")).toHaveText([/1/, /2/]);
  await expect(row).toContainText("Repeats what stands at the anchor &n");
  await row.getByRole("textbox", { name: "Another value of k" }).fill("3");
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog");
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: /only|alone|here/i }).click();
  await expectYaml(page, text.replace("*n", "[1, 2, 3]"));
});

test("a single value where a list belongs says so, and becomes one at a press", async ({ page }) => {
  const text = workflow(`  a:\n    strategy:\n      matrix:\n        os: ubuntu-latest\n    runs-on: \${{ matrix.os }}\n${steps}`);
  await openWorkflow(page, text);
  await openJob(page, "a");
  const row = form(page).getByRole("group", { name: "Row os of the matrix" });
  await expectTold(page, row, "os");
  await expect(form(page)).not.toContainText("an expression computes");
  await expect(card(page, "a").locator(".is-matrix")).toHaveAttribute("title", /where a list belongs/);
  await row.getByRole("button", { name: "Make os a list" }).click();
  await expectYaml(page, text.replace("os: ubuntu-latest", "os: [ubuntu-latest]"));
  await expect(row.locator(".field-problem")).toHaveCount(0);
});

test("scopes that go at once can be had back", async ({ page }) => {
  const text = workflow(`  a:\n    runs-on: ubuntu-latest\n    permissions:\n      contents: read\n      issues: write\n${steps}`);
  for (const choice of ["read-all", "nothing", ""]) {
    await openWorkflow(page, text);
    await openJob(page, "a");
    await form(page).getByLabel("Permissions", { exact: true }).selectOption(choice);
    await toast(page, /permissions/).getByRole("button", { name: "Undo" }).click();
    await expectYaml(page, text);
  }
});

test("each pattern of a list is told by its name, and how many more there are is told until they are wanted", async ({ page }) => {
  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n${steps}`, "on:\n  push:\n    branches: [/a, /b, /c, /d, /e]\n"));
  await form(page).getByRole("button", { name: /^Code is pushed/ }).first().click();
  const place = at(page, "on.push.branches");
  for (const name of ["/a", "/b", "/c"]) await expectTold(page, place, `so ${name} matches nothing`);
  await expect(place.locator(".field-problem")).toHaveCount(3);
  const more = place.getByRole("button", { name: "and 2 more" });
  await more.click();
  await expect(more).toHaveCount(0);
  for (const name of ["/d", "/e"]) await expectTold(page, place, `so ${name} matches nothing`);
  // Each is mended by its own button.
  await place.locator(".field-problem").filter({ hasText: "so /d " }).getByRole("button").click();
  await expect(place.locator(".field-problem").filter({ hasText: "so /d " })).toHaveCount(0);
  await expect(place.locator(".field-problem")).toHaveCount(4);
});

test("what was said of a former value goes with it, and its place stays until there is more to say", async ({ page }) => {
  await openWorkflow(page, workflow(`  a:\n    runs-on: ubuntu-latest\n    if: github.nope == 'x'\n${steps}`));
  await openJob(page, "a");
  const place = at(page, "jobs.a.if");
  const told = (name) => place.locator(".field-problem").filter({ hasText: new RegExp(`\\b${name}\\b`) });
  await expect(told("nope")).toBeVisible();
  const condition = place.locator("#field-jobs\\.a\\.if");
  await condition.evaluate((field) => {
    field.focus();
    field.setSelectionRange("github.nope".length, "github.nope".length);
  });
  const height = (await place.boundingBox()).height;
  await page.keyboard.type("s");
  await expect(told("nope")).toBeHidden({ timeout: 400 });
  expect((await place.boundingBox()).height).toBe(height);
  await expect(told("nopes")).toBeVisible();
});

test("an alias without its anchor says so, and gives its place to a value", async ({ page }) => {
  const text = workflow(`  b:\n    runs-on: ubuntu-latest\n${steps}  a:\n    needs: *nope\n    runs-on: ubuntu-latest\n${steps}`);
  await openWorkflow(page, text);
  await openJob(page, "a");
  const place = at(page, "jobs.a.needs");
  await expect(place).toContainText("Without an anchor &nope this says nothing.");
  await expectTold(page, place, "No anchor &nope stands above");
  await expect(place).not.toContainText("Repeats what");
  await place.getByRole("button", { name: "Write a value instead" }).click();
  await expectYaml(page, text.replace(" *nope", ""));
  await place.getByRole("checkbox", { name: "b" }).check();
  await expectYaml(page, text.replace("*nope", "b"));
});
