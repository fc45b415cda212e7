// The workflow in sentences: they lead to their lines, follow the selection, and are told word by word on demand.
import { card, drawer, expectMarked, fixture, openWorkflow } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const panel = (page) => drawer(page).getByRole("tabpanel", { name: "Explain" });

test.beforeEach(async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await drawer(page).getByRole("tab", { name: "Explain" }).click();
});

test("a sentence leads to its lines, and a selection to its sentence", async ({ page }) => {
  await expect(panel(page)).toContainText("It starts when something is pushed to the branch main.");
  await panel(page).getByRole("button", { name: /“Unit tests” runs npm test/ }).click();
  await expectMarked(page, 16, 17);
  await page.getByRole("button", { name: /^Show all of it/ }).click();
  await card(page, "deploy").getByText("./deploy.sh").click();
  await expect(panel(page).getByRole("button", { name: /runs .\/deploy.sh/ })).toHaveAttribute("aria-current", "true");
});

test("every word is explained for beginners, with the documentation", async ({ page }) => {
  await expect(panel(page).getByText(/Ids of the jobs that must be done/)).toHaveCount(0);
  await panel(page).getByLabel("Explain every key, context and function").check();
  await expect(panel(page).getByText(/Ids of the jobs that must be done/).first()).toBeVisible();
  const docs = panel(page).getByRole("link", { name: "GitHub's documentation about needs" }).first();
  await expect(docs).toHaveAttribute("href", /docs\.github\.com.*#jobsjob_idneeds$/);
});

test("the glossary is searched", async ({ page }) => {
  await panel(page).getByRole("button", { name: "Glossary" }).click();
  await panel(page).getByRole("searchbox", { name: "Search the glossary" }).fill("queue");
  await expect(panel(page).getByText("Merge queue", { exact: true })).toBeVisible();
  await expect(panel(page).getByText("Artifact", { exact: true })).toHaveCount(0);
});
