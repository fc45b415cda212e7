// Lists of things to do, and lists to choose from, by keys: going along them does nothing; Enter does.
import { card, crumbs, expectYaml, fixture, form, graph, openPick, openWorkflow, pick, replaced, shownYaml, step } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const opener = (page, name) => form(page).getByRole("button", { name, exact: true });
const marked = (page) => page.locator(".pick-panel").getByRole("option", { selected: true });

test.describe("by keys", () => {
  test.beforeEach(({ page }) => openWorkflow(page, text));

  test("a trigger is found by its words or its name, and added at Enter", async ({ page }) => {
    const add = opener(page, "Add a trigger");
    await add.focus();
    await page.keyboard.press("ArrowDown");
    const list = page.getByRole("listbox", { name: "Add a trigger" });
    const search = page.getByRole("combobox", { name: "Add a trigger: search" });
    await expect(search).toBeFocused();
    await expect(list.getByText("Often used")).toBeVisible();
    for (let times = 0; times < 12; times += 1) await page.keyboard.press("ArrowDown");
    await expect(marked(page)).toBeInViewport();
    await expect(search).toHaveAttribute("aria-activedescendant", await marked(page).getAttribute("id"));
    await page.keyboard.press("Escape");
    await expect(list).toBeHidden();
    await expect(add).toBeFocused();
    await expectYaml(page, text);
    await page.keyboard.press("Enter");
    await search.fill("comment review");
    await expect(list.getByRole("option").first()).toContainText("pull_request_review_comment");
    await search.fill("release");
    await expect(marked(page)).toContainText("release");
    await picture(page, "pick");
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toContain("  release:");
    await expect(list).toBeHidden();
  });

  test("Tab leaves a list behind, and so does a click beside it", async ({ page }) => {
    const list = await openPick(page, "Add a trigger");
    await page.keyboard.press("Tab");
    await expect(list).toBeHidden();
    await expect(form(page).locator(":focus")).toHaveCount(1);
    await openPick(page, "Add a trigger");
    await form(page).getByRole("heading", { name: "Starts when" }).click();
    await expect(list).toBeHidden();
    await openPick(page, "Add a trigger");
    await opener(page, "Add a trigger").click();
    await expect(list).toBeHidden();
    await expectYaml(page, text);
  });

  test("a short list is gone along by arrows and letters", async ({ page }) => {
    await card(page, "test").click();
    await opener(page, "Add a step of another kind").focus();
    await page.keyboard.press("Enter");
    const list = page.getByRole("listbox", { name: "Add a step of another kind" });
    await expect(list).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(marked(page)).toContainText("Wait for a background step");
    await page.keyboard.type("wait for all");
    await expect(marked(page)).toContainText("Wait for all background steps");
    await expectYaml(page, text);
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toContain("      - wait-all: true");
  });

  test("a step goes to another job", async ({ page }) => {
    await step(page, "Unit tests").click();
    await pick(page, "Move this step to another job", "deploy");
    await expect(crumbs(page)).toContainText("deploy");
  });

  test("what the token may do changes when the choice is made, not on the way to it", async ({ page }) => {
    const whole = form(page).getByRole("combobox", { name: "Permissions", exact: true });
    await pick(page, "Let it do more", "packages");
    await expect(whole).toHaveValue("chosen");
    const chosen = replaced(text, "  contents: read\n", "  contents: read\n  packages: read\n");
    await expectYaml(page, chosen);
    await whole.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(form(page).getByText("Enter takes it, Escape does not.")).toBeVisible();
    await expectYaml(page, chosen);
    await page.keyboard.press("Escape");
    await expect(whole).toHaveValue("chosen");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expectYaml(page, chosen);
    await page.keyboard.press("Enter");
    await expectYaml(page, replaced(text, "permissions:\n  contents: read\n", "permissions: {}\n"));
    // Who leaves it has chosen.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await expectYaml(page, text);
  });
});

test.describe("the focus stays with what somebody works on", () => {
  test("a job's form begins with the job", async ({ page }) => {
    await openWorkflow(page, text);
    await card(page, "lint").focus();
    await page.keyboard.press("Enter");
    await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toBeFocused();
    await graph(page).getByRole("treeitem").first().focus();
    await page.keyboard.press("Enter");
    await expect(form(page).getByRole("textbox", { name: "Name", exact: true })).toBeFocused();
  });

  test("a name that is not changed after all leads back to its button", async ({ page }) => {
    const services = "    services:\n      db:\n        image: postgres:18\n      cache:\n        image: redis:8\n";
    await openWorkflow(page, replaced(text, "  deploy:\n", `  deploy:\n${services}`));
    await form(page).getByRole("button", { name: /^deploy \d+ step/ }).click();
    for (const key of ["Escape", "Enter"]) {
      const rename = form(page).getByRole("button", { name: "Rename db", exact: true });
      await rename.focus();
      await page.keyboard.press("Enter");
      await expect(form(page).getByRole("textbox", { name: "New name of db" })).toBeFocused();
      await page.keyboard.press(key);
      await expect(rename).toBeFocused();
    }
  });

  test("a job that calls a workflow from now on is asked which", async ({ page }) => {
    await openWorkflow(page, text);
    await card(page, "deploy").click();
    const calls = form(page).getByRole("button", { name: "Calls a workflow" });
    await calls.focus();
    await page.keyboard.press("Enter");
    const which = form(page).getByRole("textbox", { name: "Which workflow?" });
    await expect(which).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(calls).toBeFocused();
    await page.keyboard.press("Enter");
    await which.fill("./.github/workflows/deploy.yml");
    await form(page).getByRole("button", { name: "Call it" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toContain("uses: ./.github/workflows/deploy.yml");
    await expect(form(page).locator("[data-field='jobs.deploy.uses'] :focus")).toHaveCount(1);
  });
});
