// One selection in all views: what is selected in one is selected in the others.
import { card, code, crumbs, drawer, expectMarked, fixture, form, openWorkflow, run, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const status = (page) => page.getByRole("navigation", { name: "Selection" });

/** The job `test` of ci.yml is selected everywhere. */
async function expectJob(page) {
  await expect(card(page, "test")).toHaveAttribute("aria-selected", "true");
  await expect(card(page, "lint")).toHaveAttribute("aria-selected", "false");
  await expect(crumbs(page).getByRole("button", { name: "test" })).toHaveAttribute("aria-current", "page");
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("test");
  await expectMarked(page, 12, 19);
  await expect(status(page)).toHaveText(/test$/);
}

/** The step `Unit tests` of ci.yml is selected everywhere. */
async function expectStep(page) {
  await expect(step(page, "Unit tests")).toHaveAttribute("aria-selected", "true");
  await expect(step(page, "Report")).toHaveAttribute("aria-selected", "false");
  await expect(form(page).getByRole("heading", { name: "Unit tests" })).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Unit tests");
  await expectMarked(page, 16, 17);
  await expect(status(page)).toHaveText(/Unit tests$/);
}

test.describe("a selection", () => {
  test.beforeEach(({ page }) => openWorkflow(page, fixture("ci.yml")));

  test("in the graph is followed by form and YAML", async ({ page }) => {
    await card(page, "test").getByText("test", { exact: true }).click();
    await expectJob(page);
    await step(page, "Unit tests").click();
    await expectStep(page);
  });

  test("in the form is followed by graph and YAML", async ({ page }) => {
    await form(page).getByRole("button", { name: /^test 2 steps/ }).click();
    await expectJob(page);
    await form(page).getByRole("button", { name: /Unit tests script$/ }).click();
    await expectStep(page);
    await crumbs(page).getByRole("button", { name: "test" }).click();
    await expectJob(page);
  });

  test("in the YAML is followed by graph and form", async ({ page }) => {
    await code(page).getByText("needs: lint").click();
    await expectJob(page);
    await code(page).getByText("npm test").click();
    await expectStep(page);
    await code(page).getByText("branches").click();
    await expect(form(page).getByRole("heading", { name: "Code is pushed" })).toBeVisible();
    await expectMarked(page, 3, 4);
  });

  test("is reached by the palette, and left upwards by Escape", async ({ page }) => {
    await run(page, "unit");
    await expectStep(page);
    await card(page, "test").focus();
    await page.keyboard.press("Escape");
    await expectJob(page);
    await page.keyboard.press("Escape");
    await expect(form(page).getByRole("heading", { name: "Starts when" })).toBeVisible();
  });
});

test("a problem in the list is followed by graph, form and YAML", async ({ page }) => {
  await openWorkflow(page, fixture("problems.yml"));
  await page.getByRole("banner").getByRole("button", { name: /2 errors/ }).click();
  await drawer(page).getByRole("button", { name: /There is no job `?biuld/ }).click();
  await expect(card(page, "test")).toHaveAttribute("aria-selected", "true");
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("test");
  await expectMarked(page, 10, 14);
});
