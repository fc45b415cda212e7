// What is not downloaded yet is there again after closing the tab.
import { card, caretAfter, editorIsReady, expectYaml, fixture, form, openWorkflow, replaced, run } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

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

test("an earlier version is looked at and taken back", async ({ page }) => {
  await openAndChange(page);
  // Leaving the file keeps a version of it.
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await page.goBack();
  await editorIsReady(page);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("CI, again");
  await page.keyboard.press("Tab");
  await expectYaml(page, replaced(text, "name: CI\n", "name: CI, again\n"));
  await run(page, "earlier version");
  const versions = page.getByRole("dialog", { name: "Versions of this draft" });
  await expect(versions.getByRole("listitem")).toHaveCount(2);
  await expect(versions.getByRole("region", { name: "Changes of this file" })).toContainText("+name: CI, changed");
  await expectAccessible(page);
  await versions.getByRole("button", { name: "Take this version back" }).click();
  await expectYaml(page, changed);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, replaced(text, "name: CI\n", "name: CI, again\n"));
});

test("drafts that were kept before there was a database are still there", async ({ page }) => {
  const draft = { file: ".github/workflows/old.yml", text, original: text, saved: 1_700_000_000_000, template: false };
  await page.addInitScript((json) => {
    if (!sessionStorage.getItem("once")) localStorage.setItem("stepladder.draft.old1", json);
    sessionStorage.setItem("once", "yes");
  }, JSON.stringify(draft));
  await open(page);
  const old = page.getByRole("button", { name: /^old\.yml/ });
  await expect(old).toBeVisible();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("stepladder.draft.old1"))).toBeNull();
  await page.reload();
  await old.click();
  await editorIsReady(page);
  await expectYaml(page, text);
});

test.describe("two tabs", () => {
  const field = (page) => form(page).getByRole("textbox", { name: "Name", exact: true });
  const asked = (page) => page.getByRole("dialog", { name: "checks.yml is open in another tab" });

  test("do not overwrite each other: the second one is told and takes over", async ({ page, context }) => {
    await openAndChange(page);
    await expect(page.getByText("Draft saved")).toBeVisible();
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(asked(other)).toBeVisible();
    await expectAccessible(other);
    // What is typed at the very last is not lost.
    await field(page).fill("CI, last");
    await page.keyboard.press("Tab");
    await asked(other).getByRole("button", { name: "Take over here" }).click();
    await editorIsReady(other);
    await expectYaml(other, replaced(text, "name: CI\n", "name: CI, last\n"));
    const told = page.getByRole("dialog", { name: "checks.yml was taken over" });
    await expect(told).toBeVisible();
    await field(other).fill("CI, other");
    await other.keyboard.press("Tab");
    await expect(other.getByText("Draft saved")).toBeVisible();
    await told.getByRole("button", { name: "Take it back" }).click();
    await expectYaml(page, replaced(text, "name: CI\n", "name: CI, other\n"));
  });

  test("work on a draft and on its copy", async ({ page, context }) => {
    await openAndChange(page);
    await expect(page.getByText("Draft saved")).toBeVisible();
    const other = await context.newPage();
    await other.goto(page.url());
    await asked(other).getByRole("button", { name: "Work on a copy" }).click();
    await editorIsReady(other);
    await expectYaml(other, changed);
    await field(other).fill("CI, copy");
    await other.keyboard.press("Tab");
    await expect(other.getByText("Draft saved")).toBeVisible();
    await page.reload();
    await editorIsReady(page);
    await expectYaml(page, changed);
  });
});
