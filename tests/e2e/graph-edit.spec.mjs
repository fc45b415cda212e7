// The graph while it is edited: what is told, what lies above what, and what can be pressed.
import { card, expectYaml, graph, openWorkflow, run, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const job = (id, more, ...steps) =>
  `  ${id}:\n${more}    runs-on: ubuntu-latest\n    steps:\n${steps.map((name) => `      - run: ${name}\n`).join("")}`;
const text = `on: push\njobs:\n${job("a", "", "a1")}${job("b", "    needs: a\n", "b1")}${job("c", "    needs: b\n", "c1", "c2", "c3")}`;
const said = (page) => graph(page).locator("> .graph > [role=status], .graph > [role=status]").last();
const calm = (page) =>
  page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));

test("the button that removes an edge has one size, and stays in the pane", async ({ page }) => {
  await openWorkflow(page, text);
  for (let pressed = 0; pressed < 3; pressed += 1) await graph(page).getByRole("button", { name: /^Smaller/ }).click();
  await calm(page);
  await graph(page).locator(".graph-edge-hit").first().dispatchEvent("click");
  const remove = graph(page).getByRole("button", { name: /^Remove: b waits for a/ });
  await expect(remove).toBeVisible();
  await calm(page);
  const size = await remove.boundingBox();
  expect(size.width).toBeGreaterThan(24);
  expect(size.height).toBeGreaterThan(24);
  // Moved out of the pane, the edge leaves its button within.
  const pane = await graph(page).locator(".graph-view").boundingBox();
  await page.mouse.move(pane.x + pane.width - 20, pane.y + pane.height / 2);
  for (let turned = 0; turned < 8; turned += 1) await page.mouse.wheel(0, 200);
  await calm(page);
  const box = await remove.boundingBox();
  expect(box.y).toBeGreaterThanOrEqual(pane.y);
  await remove.click();
  await expectYaml(page, text.replace("    needs: a\n", ""));
});

test("a step or a job that moves is told with its new place", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Run c1").click();
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect(said(page)).toHaveText("Step 2 of 3: Run c1");
  await card(page, "b").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect(said(page)).toHaveText("Job 3 of 3: b");
});

test("why a name was refused is no longer told once another one is taken", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "b").focus();
  await page.keyboard.press("F2");
  const field = graph(page).getByRole("textbox", { name: "New name of job b" });
  await field.fill("x y");
  await page.keyboard.press("Enter");
  await expect(page.locator(".toast-error")).toContainText("x y");
  await field.fill("better");
  await page.keyboard.press("Enter");
  await expect(card(page, "better")).toBeVisible();
  await expect(page.locator(".toast-error")).toHaveCount(0);
});

test("why a name was refused is no longer told once no other one is wanted", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "b").focus();
  await page.keyboard.press("F2");
  await graph(page).getByRole("textbox", { name: "New name of job b" }).fill("x y");
  await page.keyboard.press("Enter");
  await expect(page.locator(".toast-error")).toContainText("x y");
  await page.keyboard.press("Escape");
  await expect(page.locator(".toast-error")).toHaveCount(0);
  await expect(card(page, "b")).toBeFocused();
});

test("a runner group stands on the card beside its labels", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: {group: big, labels: [x, y]}\n    steps: [{run: z}]\n");
  await expect(card(page, "a").locator(".graph-card-below")).toHaveText("big: x, y");
  await expect(card(page, "a")).toHaveAccessibleName(/runs on big: x, y/);
});

test("an edge is drawn above the cards, and from the menu of a job", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "a").focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: /^Draw an edge/ }).click();
  await expect(said(page)).toContainText("Go to the job that shall wait for a");
  await page.keyboard.press("End");
  const above = await graph(page).evaluate((pane) => {
    const line = pane.querySelector("path.graph-drawn");
    return Boolean(line.compareDocumentPosition(pane.querySelector(".graph-cards")) & Node.DOCUMENT_POSITION_PRECEDING);
  });
  expect(above).toBe(true);
  await page.keyboard.press("Enter");
  await expectYaml(page, text.replace("    needs: b\n", "    needs: [b, a]\n"));
});

test("where broken text keeps the old name of a job, that is told", async ({ page }) => {
  await openWorkflow(page, `${text}  d:\n    needs: [b\n    runs-on: x\n`);
  await card(page, "b").focus();
  await page.keyboard.press("F2");
  await graph(page).getByRole("textbox", { name: "New name of job b" }).fill("better");
  await page.keyboard.press("Enter");
  await expect(card(page, "better")).toBeVisible();
  await expect(toast(page, /b still stands in line 20, which cannot be read/)).toBeVisible();
});

test("an edge is removed by keys, and by the palette", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "b").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("x");
  await expect(said(page)).toContainText("b waits for a");
  await expect(graph(page).getByRole("button", { name: "Remove: b waits for a" })).toBeVisible();
  await page.keyboard.press("x");
  await expect(said(page)).toContainText("c waits for b");
  await page.keyboard.press("x");
  await page.keyboard.press("Delete");
  const cut = text.replace("    needs: a\n", "");
  await expectYaml(page, cut);
  await expect(card(page, "b")).toBeFocused();
  // Of one edge there is nothing to choose.
  await run(page, "delete edge");
  await expectYaml(page, cut.replace("    needs: b\n", ""));
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  // Of several, somebody chooses.
  await card(page, "b").focus();
  await page.keyboard.press("Space");
  await run(page, "remove an edge");
  await expect(said(page)).toContainText("b waits for a: Delete removes that");
  await page.keyboard.press("Delete");
  await expectYaml(page, cut);
});

test("what keys of the graph do, the palette does as well", async ({ page }) => {
  await openWorkflow(page, text.replace("  c:\n", "  c:\n    strategy:\n      matrix:\n        os: [x, y]\n"));
  await card(page, "c").focus();
  await page.keyboard.press("Space");
  await run(page, "jobs that come of a matrix");
  await expect(page.getByText("os x")).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await run(page, "menu of the selected");
  const menu = page.getByRole("menu", { name: "What to do" });
  await expect(menu.getByRole("menuitem", { name: /^Open the form/ })).toBeVisible();
  await expect(menu.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await run(page, "go to the triggers");
  await expect(graph(page).getByRole("treeitem").first()).toBeFocused();
  await run(page, "go to the last job");
  await expect(card(page, "c")).toBeFocused();
  await run(page, "open the form of the selected");
  await expect(page.locator(".form :focus")).toHaveCount(1);
});

test("all keys are listed at a press of ? and from the palette, but not while somebody types", async ({ page }) => {
  await openWorkflow(page, text);
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await card(page, "a").focus();
  await page.keyboard.press("Shift+?");
  await expect(list).toBeVisible();
  await expect(list.locator(".shortcut").filter({ hasText: "Undo" })).toContainText(/Ctrl Z|⌘Z/);
  await expect(list.locator(".shortcut").filter({ hasText: "Draw an edge" })).toContainText("C");
  await expect(list.locator(".shortcut").filter({ hasText: "List the jobs that come of a matrix" })).toContainText("M");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(card(page, "a")).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.press("Shift+?");
  await expect(graph(page).getByRole("textbox", { name: "New name of job a" })).toHaveValue("?");
  await expect(list).toBeHidden();
  await page.keyboard.press("Escape");
  await run(page, "keyboard shortcuts");
  await expect(list).toBeVisible();
});
