// The rules: found by search and by address, read, tried, and reached from a problem.
import { expectAccessible } from "./support/axe.mjs";
import { drawer, fixture, openWorkflow, run } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const list = (page) => page.getByRole("navigation", { name: "Rules" });
const article = (page) => page.getByRole("article");

test("a rule is searched, read, and tried", async ({ page }) => {
  await open(page);
  await run(page, "Look up what the checks find");
  await expect(page).toHaveURL(/#rules$/);
  await page.getByRole("searchbox", { name: "Search rules" }).fill("cycle");
  await list(page).getByRole("link", { name: /wait for each other/i }).click();
  await expect(page).toHaveURL(/#rules=needs-cycle$/);
  await expect(page).toHaveTitle(/needs-cycle/);
  await expect(article(page).getByText(/none can start/)).toBeVisible();
  await article(page).getByRole("button", { name: "Try it in the editor" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: /error/ })).toBeVisible();
  await page.goBack();
  await expect(article(page).getByRole("heading", { name: "Right" })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search rules" })).toBeVisible();
});

test("a problem leads to its rule, and back", async ({ page }) => {
  await openWorkflow(page, fixture("problems.yml"));
  await page.getByRole("banner").getByRole("button", { name: /errors?/ }).click();
  await drawer(page).getByRole("link", { name: "unknown-need" }).first().click();
  await expect(page).toHaveURL(/#rules=unknown-need$/);
  await expect(list(page).locator("[aria-current=page]")).toHaveCount(1);
  await page.getByRole("banner").getByRole("button", { name: /^Back to/ }).click();
  await expect(page).toHaveURL(/#draft=/);
  await expect(page.getByRole("banner").getByRole("button", { name: /errors?/ })).toBeVisible();
});

test("a rule is opened by its address; one that is not there shows the list", async ({ page }) => {
  await open(page, "#rules=script-injection");
  await expect(article(page).getByRole("heading", { level: 2 })).toContainText(/script/i);
  await expectAccessible(page);
  await open(page, "#rules=no-such-rule");
  await expect(article(page).getByText("What is checked, and how loudly")).toBeVisible();
  await expectAccessible(page);
});

test("on a phone the list makes way for the rule", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "#rules");
  await list(page).getByRole("link").first().click();
  await expect(list(page)).toBeHidden();
  await article(page).getByRole("link", { name: "All rules" }).click();
  await expect(list(page)).toBeVisible();
});
