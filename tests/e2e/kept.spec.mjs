// Nothing that is done by keys leaves somebody nowhere: not what is done, nor that it is taken back and done again.
import { card, code, crumbs, editorIsReady, expectYaml, form, graph, openWorkflow, run, shownYaml, step, tabTo } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = `name: CI
on:
  push:
  pull_request:
jobs:
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - name: Ship
        run: ./ship.sh
  build:
    runs-on: ubuntu-latest
    steps:
      - name: One
        run: echo 1
      - name: Two
        run: echo 2
      - name: Three
        run: echo 3
`;
const row = (page, name) => form(page).getByRole("button", { name }).first();

/** Presses keys one after the other; after each, something in `place` has the focus once the page has come to rest. */
async function pressIn(page, place, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
    await expect(place.locator(":focus"), `after ${key}`).toHaveCount(1);
  }
}

test.beforeEach(({ page }) => openWorkflow(page, text));

test("a row of the form keeps it while it is moved, and moved back", async ({ page }) => {
  for (const name of [/^Code is pushed/, /^deploy \d/]) {
    await row(page, name).focus();
    for (const key of ["Alt+ArrowDown", "ControlOrMeta+z", "ControlOrMeta+Shift+z", "ControlOrMeta+z"]) {
      await pressIn(page, form(page), key);
      await expect(row(page, name)).toBeFocused();
    }
  }
  await row(page, /^build \d/).click();
  await row(page, /^1 One/).focus();
  await pressIn(page, form(page), "Alt+ArrowDown");
  await expect(row(page, /^2 One/)).toBeFocused();
  await pressIn(page, form(page), "ControlOrMeta+z");
  await expect(row(page, /^1 One/)).toBeFocused();
  await expectYaml(page, text);
});

test("a button that moves a row is there to be pressed again", async ({ page }) => {
  await row(page, /^build \d/).click();
  await row(page, /^1 One/).focus();
  await row(page, "Move One down").focus();
  await pressIn(page, form(page), "Enter");
  await expect(row(page, "Move One down")).toBeFocused();
  await pressIn(page, form(page), "Enter");
  // At the end the other one is left.
  await expect(row(page, "Move One up")).toBeFocused();
  await expect(row(page, /^3 One/)).toBeVisible();
  await pressIn(page, form(page), "Enter", "Enter");
  await expect(row(page, "Move One down")).toBeFocused();
  await pressIn(page, form(page), "ControlOrMeta+z");
  await expect(row(page, "Move One down")).toBeFocused();
  await pressIn(page, form(page), "ControlOrMeta+Shift+z");
  await expectYaml(page, text);
});

test("a job that others wait for is removed by keys, and the keys go on", async ({ page }) => {
  await card(page, "build").focus();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("button", { name: "Remove it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card(page, "deploy")).toBeFocused();
  await expect(card(page, "deploy")).toHaveAttribute("aria-selected", "true");
  await pressIn(page, graph(page), "ControlOrMeta+z");
  await expect(card(page, "build")).toBeFocused();
  await expect(card(page, "build")).toHaveAttribute("aria-selected", "true");
  await pressIn(page, graph(page), "ArrowUp");
  await pressIn(page, graph(page), "ControlOrMeta+Shift+z", "ControlOrMeta+z");
  await expectYaml(page, text);
});

test("who takes a copy back is at the job that was copied", async ({ page }) => {
  await card(page, "deploy").focus();
  await page.keyboard.press("d");
  await expect(card(page, "deploy-2")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "deploy-2")).toHaveCount(0);
  await expect(card(page, "deploy")).toBeFocused();
  await expect(card(page, "deploy")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(card(page, "deploy-2")).toBeFocused();
  await expect(card(page, "deploy-2")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Delete");
  await expect(card(page, "deploy-2")).toHaveCount(0);
  await expectYaml(page, text);
});

test("a step that was moved by keys is still the selected one when that is taken back", async ({ page }) => {
  await card(page, "build").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(step(page, "One")).toHaveAttribute("aria-selected", "true");
  await pressIn(page, graph(page), "Alt+Shift+ArrowDown");
  await expect.poll(() => shownYaml(page)).toMatch(/Two[\s\S]*One/);
  await pressIn(page, graph(page), "ControlOrMeta+z");
  await expect(step(page, "One")).toHaveAttribute("aria-selected", "true");
  await expectYaml(page, text);
});

test("whatever the keys of the graph do, they can go on", async ({ page }) => {
  const [undo, redo] = ["ControlOrMeta+z", "ControlOrMeta+Shift+z"];
  const place = graph(page);
  // The job among the others: the focus stays with it, whichever place it has.
  await card(page, "build").focus();
  for (const key of ["Alt+Shift+ArrowUp", undo, redo, undo]) {
    await pressIn(page, place, key);
    await expect(card(page, "build")).toBeFocused();
  }
  await pressIn(page, place, "e", "e", "n", "Escape", undo, redo, undo, "c", "Escape", "F2", "Escape");
  await expectYaml(page, text);

  const menu = async (job, item) => {
    await card(page, job).focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: item }).focus();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(250);
  };
  await menu("build", "Add a job after it");
  await pressIn(page, place, "Escape", undo, redo, undo);
  await menu("build", "Duplicate");
  await pressIn(page, place, undo, redo, undo);
  await expect(card(page, "build")).toBeFocused();
  await menu("deploy", "Remove");
  await pressIn(page, place, undo, redo, undo);
  await menu("build", "Switch off");
  await pressIn(page, place, undo, redo, undo);
  await expectYaml(page, text);

  const edge = place.locator(".graph-edge-hit").last();
  const [x, y] = await edge.evaluate((path) => {
    const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return [middle.x, middle.y];
  });
  await page.mouse.click(x, y);
  await pressIn(page, place, "Delete", undo, redo, undo);
  await expectYaml(page, text);

  // A step that is added is filled in at once, in its form.
  await card(page, "build").focus();
  await pressIn(page, form(page), "s", undo, redo, undo);
  await expectYaml(page, text);
});

test("a pane that comes back by a key leaves it beside", async ({ page }) => {
  for (let times = 0; times < 2; times += 1) {
    await page.getByRole("button", { name: "Hide the form" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Show the form" })).toBeFocused();
    await page.keyboard.press("Alt+2");
    await expect(form(page)).toBeVisible();
    await page.waitForTimeout(250);
    await expect(page.locator(".pane :focus")).toHaveCount(1);
  }
});

test("Esc and then Tab leaves the editor of the YAML, where Tab indents", async ({ page }) => {
  await editorIsReady(page);
  const editor = code(page).getByRole("textbox", { name: /Escape, then Tab leaves/ });
  await code(page).locator(".view-line").last().click();
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toBe(`${text}  `);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(editor).toBeFocused();
  // A letter in between, and it indents as before.
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toBe(`${text}  `);
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(code(page).locator(":focus")).toHaveCount(0);
  await expect(page.locator(":focus")).toHaveCount(1);
  await tabTo(page, editor, { key: "Shift+Tab", most: 3 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  await expect(editor).not.toBeFocused();
  await expect(page.locator(":focus")).toHaveCount(1);
  await expectYaml(page, text);
});

test("the palette says which keys draw an edge, travel steps and move, and does it as well", async ({ page }) => {
  await card(page, "build").getByText("build", { exact: true }).click();
  await page.keyboard.press("ControlOrMeta+k");
  const lines = page.getByRole("listbox", { name: "Found" }).getByRole("option");
  const search = page.getByRole("dialog", { name: "Find a command, job or step" }).getByRole("combobox");
  for (const [query, keys] of [
    ["Draw an edge", "C on the graph"],
    ["next step", "Alt+↓ on the graph"],
    ["former step", "Alt+↑ on the graph"],
    ["Move the selected job or step up", "Alt+Shift+↑ on the graph"],
    ["Move the selected job or step down", "Alt+Shift+↓ on the graph"],
    ["Go to the triggers", "Home on the graph"],
    ["Go to the last job", "End on the graph"],
    ["Open the form of the selected", "Enter on the graph"],
    ["Open the menu of the selected", "Shift+F10 on the graph"],
    ["Tab move the focus", "Esc, then Tab leaves it"],
  ]) {
    await search.fill(query);
    await expect(lines.first()).toContainText(keys);
  }
  await page.keyboard.press("Escape");
  await run(page, "next step of the selected");
  await expect(step(page, "One")).toHaveAttribute("aria-selected", "true");
  await expect(card(page, "build")).toBeFocused();
  await card(page, "deploy").getByText("deploy", { exact: true }).click();
  await run(page, "former step of the selected");
  await expect(step(page, "Ship")).toHaveAttribute("aria-selected", "true");
  await expectYaml(page, text);
  await run(page, "Tab move the focus");
  await expect(page.getByText("Tab moves the focus out of the editor now")).toBeVisible();
  const editor = code(page).getByRole("textbox", { name: /Escape, then Tab leaves/ });
  await code(page).locator(".view-line").first().click();
  await expect(editor).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
  await code(page).locator(".view-line").first().click();
  await page.keyboard.press("Control+m");
  await expect(page.getByText("Tab indents in the editor now")).toBeVisible();
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  await expectYaml(page, `  ${text}`);
});

test("a step goes to another job by its menu", async ({ page }) => {
  await step(page, "Two").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Move to job deploy" }).click();
  await expect.poll(() => shownYaml(page)).toMatch(/ship\.sh\n {6}- name: Two\n {8}run: echo 2\n {2}build:/);
  await expect(card(page, "deploy")).toBeFocused();
  await expect(crumbs(page)).toContainText("Step 2");
});

test("who chooses a template finds the keys on the graph", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Retrain, retest, release/ }).click();
  await page.getByRole("button", { name: "Use this template" }).click();
  await expect(graph(page).locator(":focus")).toHaveAttribute("role", "treeitem");
});

test("a step switched off and on again is as it was written", async ({ page }) => {
  const file = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - name: One
        if: "!cancelled()"
        run: ls
      - name: Two
        if: '' # none
        run: ls
      - name: Three
        if: \${{ false }} # for now
        run: ls
`;
  await openWorkflow(page, file);
  for (const [name, between] of [
    ["One", file.replace('"!cancelled()"', '"false && (!cancelled())"')],
    ["Two", file.replace("''", "false")],
    ["Three", file.replace("        if: ${{ false }} # for now\n", "")],
  ]) {
    await step(page, name).click();
    const runs = form(page).getByRole("switch", { name: "The step runs" });
    await runs.press(" ");
    await expectYaml(page, between);
    await runs.press(" ");
    await expectYaml(page, file);
  }
});
