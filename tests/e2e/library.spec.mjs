// The library of actions: found and taken by keys, in a dialog that stays where it is.
import { API, GitHub } from "./support/github.mjs";
import { card, form, openWorkflow, shownYaml } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const text = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const library = (page) => page.getByRole("dialog", { name: "Add an action" });
const search = (page) => library(page).getByRole("combobox", { name: "Search actions" });

async function openLibrary(page) {
  await openWorkflow(page, text);
  await card(page, "build").click();
  await form(page).getByRole("button", { name: "Add an action" }).click();
}

test("arrows choose, Enter takes, and the dialog does not move", async ({ page }) => {
  await openLibrary(page);
  const whole = async () => Object.values(await library(page).boundingBox()).map(Math.round);
  await library(page).evaluate((dialog) => Promise.all(dialog.getAnimations().map((animation) => animation.finished)));
  const box = await whole();
  const options = library(page).getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await search(page).fill("setup-");
  await page.keyboard.press("ArrowRight");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(options.first()).toHaveAttribute("aria-selected", "false");
  await expect(search(page)).toHaveAttribute("aria-activedescendant", await options.nth(1).getAttribute("id"));
  const uses = await options.nth(1).locator("code").textContent();
  await search(page).press("Enter");
  await expect(library(page)).toBeHidden();
  await expect.poll(() => shownYaml(page)).toContain(`- uses: ${uses.split("@")[0]}@`);

  await card(page, "build").click();
  await form(page).getByRole("button", { name: "Add an action" }).click();
  await search(page).fill("nothing is called so");
  await expect(library(page)).toContainText("No known action fits");
  await expect.poll(whole).toEqual(box);
});

test("arrows go where the cards stand", async ({ page }) => {
  await openLibrary(page);
  const options = library(page).getByRole("option");
  const marked = library(page).locator('[role=option][aria-selected="true"]');
  const box = async (line) => Object.fromEntries(Object.entries(await line.boundingBox()).map(([key, value]) => [key, Math.round(value)]));
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  const first = await box(options.first());
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await box(marked)).y).toBeGreaterThan(first.y);
  expect((await box(marked)).x).toBe(first.x);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await box(marked)).x).toBeGreaterThan(first.x);
  await page.keyboard.press("ArrowUp");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  // What the caret needs it gets.
  await search(page).fill("setup");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("x");
  await expect(search(page)).toHaveValue("sxetup");
});

test("an action without a version takes its newest", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.others = { "octo/tool": { files: {}, tags: { v1: "1".repeat(40), v2: "2".repeat(40), "v2.0.0": "2".repeat(40) } } };
  await github.serve(page);
  await openLibrary(page);
  await search(page).fill("octo/tool");
  await expect(library(page).getByRole("option").first()).toContainText("Use the newest version of");
  await search(page).press("Enter");
  await expect(library(page)).toBeHidden();
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v2\n");
  github.close();
});

test("actions of the repository, images and pasted addresses are taken as they are meant", async ({ page }) => {
  await openLibrary(page);
  const first = library(page).getByRole("option").first();
  const told = library(page).getByRole("status");
  for (const [typed, uses] of [
    ["https://github.com/octo/tool/tree/v2", "octo/tool@v2"],
    ["https://github.com/marketplace/actions/setup-python", "actions/setup-python@"],
    ["- uses: octo/tool@v3 # the tool", "octo/tool@v3"],
    ["docker://alpine:3", "docker://alpine:3"],
    ["./.github/actions/x", "./.github/actions/x"],
  ]) {
    await search(page).fill(typed);
    await expect(first.locator("code")).toContainText(uses);
  }
  await expect(library(page).getByRole("option")).toHaveCount(1);
  for (const [typed, why] of [
    ["./x@main", "it has no version: type ./x."],
    ["https://example.com/a/b", "leads to no repository on GitHub"],
    ["octo/tool/.github/workflows/ci.yml@v1", "a job calls it as a whole"],
  ]) {
    await search(page).fill(typed);
    await expect(told).toContainText(why);
    await expect(library(page).getByRole("option")).toHaveCount(0);
  }
  await search(page).fill("./.github/actions/x");
  await search(page).press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("      - uses: ./.github/actions/x\n");
});

test("a slip of a finger finds the action that was meant", async ({ page }) => {
  await openLibrary(page);
  for (const [typed, uses] of [["chekout", "actions/checkout@"], ["setup pyton", "actions/setup-python@"]]) {
    await search(page).fill(typed);
    await expect(library(page).getByRole("option").first().locator("code")).toContainText(uses);
  }
});

test("an input that the action requires and that is still empty is told in the form and on the card", async ({ page }) => {
  await openLibrary(page);
  await search(page).fill("actions/upload-artifact");
  await search(page).press("Enter");
  await expect(library(page)).toBeHidden();
  const path = form(page).locator("[data-field$='with.path']");
  const told = path.getByText("path is empty, and actions/upload-artifact", { exact: false });
  const line = page.locator(".graph-step").last();
  const count = page.getByRole("banner").getByRole("button", { name: "1 warning" });
  await expect(told).toHaveCount(1);
  await expect(line).toHaveAccessibleName(/1 warning/);
  await expect(count).toBeVisible();
  await path.getByRole("textbox").fill("dist");
  await expect(told).toHaveCount(0);
  await expect(line).not.toHaveAccessibleName(/warning/);
  await expect(count).toHaveCount(0);
  await path.getByRole("textbox").fill("");
  await expect(told).toHaveCount(1);
  await expect(count).toBeVisible();
});
