// A text with a broken line: the jobs around it stay, and what is added goes where it belongs.
import { caretAfter, card, code, drawer, expectYaml, form, graph, openWorkflow, replaced, shownYaml } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo 1
  b:
    runs-on: ubuntu-latest
    steps:
      - run: echo 2
`;
const counts = (page) => page.getByRole("banner").getByRole("button", { name: /errors?|warnings?|No problems/ });
const jobs = (page) => graph(page).getByRole("treeitem", { name: /^Job / });

test("a word that is typed between two jobs hides neither, and a job is added behind both", async ({ page }) => {
  await openWorkflow(page, text);
  await caretAfter(page, "run: echo 1");
  // The editor indents the new line as deeply as the one above.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("foo");
  const broken = replaced(text, "echo 1\n", "echo 1\nfoo\n");
  await expectYaml(page, broken);
  await expect(counts(page)).toHaveAccessibleName(/1 error/);
  await expect(jobs(page)).toHaveCount(2);
  await card(page, "b").getByText("b", { exact: true }).click();
  await expect(card(page, "b")).toHaveAttribute("aria-selected", "true");

  await graph(page).getByRole("button", { name: "Add a job", exact: true }).click();
  await page.keyboard.press("Enter");
  await expect(jobs(page)).toHaveCount(3);
  const added = (await shownYaml(page)).split("\n");
  expect(added.slice(0, 11).join("\n")).toBe(broken.trimEnd());
  expect(added[11]).toMatch(/^ {2}\S+:$/);
});

test("a job is added behind one that ends in broken text", async ({ page }) => {
  const broken = `${text}      - run: echo "3\n`;
  await openWorkflow(page, broken);
  await graph(page).getByRole("button", { name: "Add a job", exact: true }).click();
  await page.keyboard.press("Enter");
  await expect(jobs(page)).toHaveCount(3);
  await expect.poll(() => shownYaml(page)).toContain(`${broken}  build:\n`);
});

test("of what Git could not merge both versions are shown, and each conflict is one problem", async ({ page }) => {
  const merged = replaced(text, "  b:\n", "<<<<<<< HEAD\n  b:\n").concat(
    "=======\n  c:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo 3\n>>>>>>> branch\n",
  );
  await openWorkflow(page, merged);
  await expect(jobs(page)).toHaveCount(3);
  await expect(counts(page)).toHaveAccessibleName(/1 error/);
  await counts(page).click();
  const row = drawer(page).getByRole("tabpanel", { name: "Problems" }).getByRole("listitem");
  await expect(row).toContainText(/Git could not merge two versions here.*line 17/);
});

test("a file in which no job can be read says so, and leads to what is wrong", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs: {\n");
  await expect(graph(page).getByText("The file cannot be read as it is")).toBeVisible();
  await expect(graph(page).getByText("No jobs yet")).toHaveCount(0);
  const place = graph(page).locator(".graph-empty-place");
  await expect(place.getByRole("button", { name: "Add a job" })).toHaveCount(0);
  // Nor is a job offered in the form, and why is said there.
  await expect(form(page).getByRole("button", { name: "Add a job" })).toBeDisabled();
  await expect(form(page)).toContainText("so that a job has no place in it");
  await place.getByRole("button", { name: "Go to the first problem" }).click();
  await expect(page.getByRole("status").filter({ hasText: "never closed" })).toBeVisible();
  await expect(code(page).locator(".line-selected")).not.toHaveCount(0);
});

test("a field whose line is broken takes no letters, and leads to the line", async ({ page }) => {
  const broken = replaced(text, "  b:\n", "  b:\n    name: \"It\n").replace("run: echo 2", "if: 'x'y\n        run: echo 2");
  await openWorkflow(page, broken);
  await card(page, "b").click({ position: { x: 40, y: 12 } });
  const place = form(page).locator("[data-field='jobs.b.name']");
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await expect(name).not.toBeEditable();
  await expect(place).toContainText("Nothing can be written here while line 8 of the file is not YAML.");
  // What stands there is seen as it stands.
  await expect(name).toHaveValue('"It');
  await name.click();
  await page.keyboard.type("abc");
  await expect(name).toHaveValue('"It');
  await expectYaml(page, broken);
  // What has lines of its own is written all the same.
  await form(page).locator("[id='field-jobs.b.if']").fill("always()");
  await expect.poll(() => shownYaml(page)).toContain("    if: always()\n");
  await place.getByRole("button", { name: "Go to line 8" }).click();
  await expect(code(page).locator(".line-selected")).not.toHaveCount(0);
  // As soon as the line is mended, the field takes letters.
  await caretAfter(page, 'name: "It');
  await page.keyboard.type('"');
  await expect(name).toBeEditable();
  await expect(name).toHaveValue("It");
  await expect(place).not.toContainText("Nothing can be written");

  // A key that would stand in a broken line tells so to whoever comes to it.
  await graph(page).getByRole("treeitem", { name: /^Step Run echo 2/ }).click();
  const own = form(page).getByRole("textbox", { name: "Name", exact: true });
  await own.click();
  await expect(own).not.toBeEditable();
  await expect(form(page).locator("[data-field='jobs.b.steps[0].name']")).toContainText("Nothing can be written here while line");
});
