// One history for all views, in words.
import {
  card,
  caretAfter,
  code,
  download,
  expectYaml,
  fixture,
  form,
  graph,
  markedLines,
  openWorkflow,
  pick,
  step,
  toast,
} from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const history = (page) => page.getByRole("group", { name: "History" });
const undo = (page) => history(page).getByRole("button").first();
const redo = (page) => history(page).getByRole("button").last();

test.beforeEach(({ page }) => openWorkflow(page, text));

test("changes of every view are undone and redone in order, from every view", async ({ page }) => {
  await expect(undo(page)).toBeDisabled();
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.press("End");
  await name.pressSequentially("CD");
  const one = text.replace("name: CI", "name: CICD");
  await expectYaml(page, one);

  await card(page, "deploy").focus();
  await page.keyboard.press("Delete");
  await expect(card(page, "deploy")).toHaveCount(0);
  const two = one.slice(0, one.indexOf("  deploy:"));
  await expectYaml(page, two);

  await caretAfter(page, "run: npm test");
  await page.keyboard.type("s");
  const three = two.replace("npm test", "npm tests");
  await expectYaml(page, three);

  await expect(undo(page)).toHaveAccessibleName(/^Undo: typing/);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, two);
  await expect(undo(page)).toHaveAccessibleName(/^Undo: remove job deploy/);
  await expect(redo(page)).toHaveAccessibleName(/^Redo: typing/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "deploy")).toBeVisible();
  await expectYaml(page, one);
  await form(page).getByRole("button", { name: "CICD", exact: true }).click();
  await name.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await expect(name).toHaveValue("CI");
  await expect(undo(page)).toBeDisabled();
  await expect(page.getByRole("img", { name: "Changed since it was opened" })).toHaveCount(0);

  await redo(page).click();
  await expectYaml(page, one);
  await card(page, "lint").focus();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expectYaml(page, two);
  await code(page).getByText("npm test").click();
  await page.keyboard.press("ControlOrMeta+y");
  await expectYaml(page, three);
  await expect(redo(page)).toBeDisabled();
  expect((await download(page)).text).toBe(three);
});

test("a removal names itself and is taken back at once", async ({ page }) => {
  await step(page, "Report").click();
  await form(page).getByRole("button", { name: "Remove this step" }).click();
  const told = toast(page, /^Remove step/);
  await expect(told).toBeVisible();
  await picture(page, "undo");
  await told.getByRole("button", { name: "Undo" }).click();
  await expect(step(page, "Report")).toBeVisible();
  await expectYaml(page, text);
  await expect(told).toHaveCount(0);
});

test("a new change after an undo leaves nothing to redo", async ({ page }) => {
  await graph(page).getByRole("button", { name: "Add a job" }).click();
  await page.keyboard.press("Escape");
  await undo(page).click();
  await expect(redo(page)).toBeEnabled();
  await pick(page, "Add a trigger", "workflow_dispatch");
  await expect(redo(page)).toBeDisabled();
});

test("a step of the history is told to screen readers, and the mark stays on what is selected", async ({ page }) => {
  await card(page, "test").click();
  await expect.poll(() => markedLines(page)).not.toEqual([]);
  const before = await markedLines(page);
  await form(page).locator("li.item").filter({ hasText: "Report" }).locator(".item-main").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => markedLines(page)).toEqual(before);
  const said = page.getByRole("status", { name: "History" });
  await page.keyboard.press("ControlOrMeta+z");
  await expect(said).toHaveText(/^Undone: move/);
  await expect.poll(() => markedLines(page)).toEqual(before);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(said).toHaveText(/^Done again: move/);
});
