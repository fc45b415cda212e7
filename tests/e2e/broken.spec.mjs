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
