// What is not downloaded yet is there again after closing the tab.
import { card, caretAfter, editorIsReady, expectYaml, fixture, form, openWorkflow, replaced } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const changed = replaced(text, "name: CI\n", "name: CI, changed\n");

async function openAndChange(page) {
  await openWorkflow(page, text, "checks.yml");
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("CI, changed");
  await expectYaml(page, changed);
}

test("the draft is there when the tab was closed", async ({ page, context }) => {
  await openAndChange(page);
  await expect(page.getByText("Draft saved")).toBeVisible();
  await page.close();

  const next = await context.newPage();
  await open(next);
  const drafts = next.getByRole("region", { name: "Continue where you left off" });
  await drafts.getByRole("button", { name: /^checks\.yml .*just now/ }).click();
  await editorIsReady(next);
  await expectYaml(next, changed);
  await expect(next.getByRole("img", { name: "Changed since it was opened" })).toBeVisible();
  await expect(next.getByRole("textbox", { name: "File name" })).toHaveValue("checks.yml");
});

test("a reload right after a keystroke loses nothing", async ({ page }) => {
  await openWorkflow(page, text);
  await caretAfter(page, "name: CI");
  await page.keyboard.type("!");
  await expect(form(page).getByRole("textbox", { name: "Name", exact: true })).toHaveValue("CI!");
  await page.reload();
  await editorIsReady(page);
  await expectYaml(page, replaced(text, "name: CI\n", "name: CI!\n"));
});

test("back and forth in the browser lead to the start page and to the draft", async ({ page }) => {
  await openAndChange(page);
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await editorIsReady(page);
  await expectYaml(page, changed);
  await expect(card(page, "lint")).toBeVisible();
});

test("a draft is deleted, and that is taken back", async ({ page }) => {
  await openAndChange(page);
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  const draft = page.getByRole("button", { name: /^checks\.yml/ });
  await page.getByRole("button", { name: "Delete the draft checks.yml" }).click();
  await expect(draft).toHaveCount(0);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(draft).toBeVisible();
});

test("a template that was only looked at leaves no draft", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Hello, world/ }).click();
  await page.getByRole("button", { name: "Use this template" }).click();
  await expect(card(page, "Say hello")).toBeVisible();
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "Browse templates" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Continue where you left off" })).toHaveCount(0);
});
