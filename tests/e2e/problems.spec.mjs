// Problems: in the text, in the list, on the graph and in the form; a click goes there, a fix is applied.
import { card, chooseFile, code, drawer, expectYaml, fixture, form, graph, openWorkflow, replaced, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("problems.yml");
const rows = (page) => drawer(page).getByRole("tabpanel", { name: "Problems" }).getByRole("listitem");
const counts = (page) => page.getByRole("banner").getByRole("button", { name: /errors?|warnings?|No problems/ });

test.beforeEach(({ page }) => openWorkflow(page, text));

test("they are underlined, listed, counted, and marked on the graph", async ({ page }) => {
  await expect(code(page).locator(".squiggly-error")).toHaveCount(2);
  await expect(code(page).locator(".squiggly-warning")).toHaveCount(1);
  await expect(counts(page)).toHaveAccessibleName(/2 errors.*1 warning/);
  await counts(page).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText(/There is no job .*biuld.* did you mean .*build/);
  await expect(rows(page).first()).toContainText("line 12");
  await expect(card(page, "test")).toHaveAccessibleName(/2 problems/);
  await expect(card(page, "deploy")).toHaveAccessibleName(/1 problem/);
  await expect(graph(page).getByRole("treeitem", { name: /^Job build,/ })).not.toHaveAccessibleName(/problem/);

  await card(page, "test").getByText("test", { exact: true }).click();
  await expect(form(page).getByText(/There is no job/)).toBeVisible();
});

test("severities are filtered", async ({ page }) => {
  await counts(page).click();
  const show = drawer(page).getByRole("group", { name: "Show" });
  await show.getByRole("button", { name: "2 errors" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("actr");
  await show.getByRole("button", { name: "1 warning" }).click();
  await expect(drawer(page).getByText("All problems are filtered out.")).toBeVisible();
});

test("a fix in the list is applied, named, and taken back", async ({ page }) => {
  await counts(page).click();
  const fix = rows(page).first().getByRole("button", { name: /build/ }).last();
  const title = (await fix.innerText()).trim();
  await fix.click();
  await expectYaml(page, replaced(text, "biuld", "build"));
  await expect(rows(page)).toHaveCount(2);
  const told = toast(page, title);
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);
  await expect(rows(page)).toHaveCount(3);
});

test("F8 and Shift+F8 walk through them, Ctrl+. fixes where one is", async ({ page }) => {
  await card(page, "build").focus();
  await page.keyboard.press("F8");
  await expect(toast(page, /There is no job/)).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("test");
  await page.keyboard.press("F8");
  await expect(toast(page, /has no property/)).toBeVisible();
  await page.keyboard.press("F8");
  await expect(toast(page, /timeout-minute/)).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("deploy");
  await page.keyboard.press("ControlOrMeta+.");
  await expectYaml(page, replaced(text, "timeout-minute:", "timeout-minutes:"));
  await page.keyboard.press("Shift+F8");
  await expect(toast(page, /has no property/)).toBeVisible();
});

test("the full editor offers the fix where the caret is", async ({ page }) => {
  await code(page).getByText("biuld").click();
  await page.keyboard.press("ControlOrMeta+.");
  await page.getByText(/^(Change|Use|Replace|Write|Rename).*build/).last().click();
  await expectYaml(page, replaced(text, "biuld", "build"));
});

test("all that is safe is fixed at once", async ({ page }) => {
  const right = fixture("ci.yml");
  const shouted = replaced(replaced(right, "needs: lint", "Needs: lint"), "needs: test", "NEEDS: test");
  await chooseFile(page, "shouted.yml", shouted);
  await expectYaml(page, shouted);
  await counts(page).click();
  await drawer(page).getByRole("button", { name: "Fix 2 safely" }).click();
  await expect(toast(page, "Fixed 2 problems.")).toBeVisible();
  await expectYaml(page, right);
  await expect(drawer(page).getByText("No problems found")).toBeVisible();
});
