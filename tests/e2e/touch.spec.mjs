// The graph with a finger: a quick one moves the view, one that rests takes a step or gets the menu.
import { card, code, expectYaml, graph, step } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const STEP = (name) => `      - name: ${name}\n        run: echo ${name}\n`;
const job = (id, ...steps) => `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map(STEP).join("")}`;
const file = (...jobs) => `on: push\njobs:\n${jobs.join("")}`;
const text = file(job("build", "One", "Two", "Three"), job("test", "Four"));
const menu = (page) => page.getByRole("menu", { name: "What to do" });
const tab = (page, name) => page.getByRole("tablist", { name: "Panes" }).getByRole("tab", { name });

/** The page with `text` in its graph, and a finger. */
async function begin(page, opened = text) {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(opened);
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await graph(page).getByRole("button", { name: /^Show all of it/ }).tap();
  await expect(card(page, "test")).toBeInViewport({ ratio: 0.99 });
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
  const client = await page.context().newCDPSession(page);
  return (type, x, y) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y, id: 1 }] });
}

async function middle(element) {
  const { x, y, width, height } = await element.boundingBox();
  return [x + width / 2, y + height / 2];
}

async function glide(page, touch, [x, y], [endX, endY]) {
  for (let part = 1; part <= 8; part += 1) {
    await touch("touchMove", x + ((endX - x) * part) / 8, y + ((endY - y) * part) / 8);
    await page.waitForTimeout(16);
  }
}

async function expectFile(page, expected) {
  // The browser may take the first tap for the end of the gesture before it.
  await expect(async () => {
    await tab(page, "YAML").tap();
    await expect(code(page).locator(".view-lines, textarea").first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expectYaml(page, expected);
}

test("a step that a finger rests on is carried to another job @phone", async ({ page }) => {
  const touch = await begin(page);
  const before = await card(page, "build").boundingBox();
  const [from, to] = [await middle(step(page, "Two")), await middle(step(page, "Four"))];
  await touch("touchStart", ...from);
  await expect(graph(page).locator(".graph-ghost")).toHaveText("Two");
  await glide(page, touch, from, [to[0], to[1] + 6]);
  await expect(graph(page).locator(".graph-drop")).toBeVisible();
  await touch("touchEnd");
  await expect(graph(page).locator(".graph-ghost")).toHaveCount(0);
  await expect(menu(page)).toHaveCount(0);
  await expect(card(page, "build")).toHaveAccessibleName(/2 steps/);
  // The view has stayed where it was.
  expect((await card(page, "build").boundingBox()).x).toBeCloseTo(before.x, 0);
  await expectFile(page, file(job("build", "One", "Three"), job("test", "Four", "Two")));
});

test("the last step is carried by its middle where the graph runs down, and told in the pane why it cannot be there @phone", async ({ page }) => {
  const calling = "  test:\n    needs: build\n    uses: ./.github/workflows/other.yml\n";
  const touch = await begin(page, file(job("build", "One", "Two"), calling));
  await expect(graph(page).locator(".graph-plane.is-down")).toHaveCount(1);
  const [from, to] = [await middle(step(page, "Two")), await middle(card(page, "test"))];
  await touch("touchStart", from[0], from[1] + 6);
  await expect(graph(page).locator(".graph-ghost")).toHaveText("Two");
  await glide(page, touch, from, to);
  await expect(graph(page).locator(".graph-ghost-reason")).toBeVisible();
  const [pane, told] = [await graph(page).locator(".graph-view").boundingBox(), await graph(page).locator(".graph-ghost").boundingBox()];
  expect(told.x).toBeGreaterThanOrEqual(pane.x);
  expect(told.x + told.width).toBeLessThanOrEqual(pane.x + pane.width);
  await touch("touchEnd");
});

test("a finger that moves at once moves the view, with a step below it too @phone", async ({ page }) => {
  const touch = await begin(page);
  const before = await card(page, "build").boundingBox();
  const [x, y] = await middle(step(page, "Two"));
  await touch("touchStart", x, y);
  await glide(page, touch, [x, y], [x + 60, y + 40]);
  await page.waitForTimeout(500);
  await expect(graph(page).locator(".graph-ghost")).toHaveCount(0);
  await touch("touchMove", x + 61, y + 41);
  await touch("touchEnd");
  await expect.poll(async () => (await card(page, "build").boundingBox()).x - before.x).toBeGreaterThan(30);
  await expectFile(page, text);
});

test("a step gets its menu when the finger does not move, and goes to another job by it @phone", async ({ page }) => {
  const touch = await begin(page);
  const [x, y] = await middle(step(page, "Two"));
  await touch("touchStart", x, y);
  await expect(graph(page).locator(".graph-ghost")).toHaveText("Two");
  // The browser asks while the finger is down: what becomes of the step is not decided yet.
  await contextMenu(page, x, y);
  await expect(menu(page)).toHaveCount(0);
  await touch("touchEnd");
  await expect(menu(page)).toBeVisible();
  await page.waitForTimeout(400);
  await menu(page).getByRole("menuitem", { name: "Move to job test" }).tap();
  await expect(menu(page)).toHaveCount(0);
  await expectFile(page, file(job("build", "One", "Three"), job("test", "Four", "Two")));
});

/** What a browser does when a finger has rested long enough. */
const contextMenu = (page, clientX, clientY) =>
  page.evaluate(
    ([clientX, clientY]) => {
      const init = { bubbles: true, cancelable: true, clientX, clientY, pointerType: "touch" };
      document.elementFromPoint(clientX, clientY).dispatchEvent(new PointerEvent("contextmenu", init));
    },
    [clientX, clientY],
  );

test("the menu that a finger asks for outlives the finger, and the view stays @phone", async ({ page }) => {
  const touch = await begin(page);
  const box = await card(page, "build").boundingBox();
  for (const [x, y] of [[box.x + box.width / 2, box.y + 14], [box.x + box.width / 2, box.y - 40]]) {
    await touch("touchStart", x, y);
    await contextMenu(page, x, y);
    await expect(menu(page)).toBeVisible();
    await glide(page, touch, [x, y], [x + 30, y + 20]);
    await touch("touchEnd");
    await page.waitForTimeout(400);
    await expect(menu(page)).toBeVisible();
    const now = await card(page, "build").boundingBox();
    expect(Math.hypot(now.x - box.x, now.y - box.y), "how far the view has moved").toBeLessThan(5);
    // A finger that has not moved at all would be a click to some browsers, on what lies below it now.
    await page.keyboard.press("Escape");
    await touch("touchStart", x, y);
    await contextMenu(page, x, y);
    await touch("touchEnd");
    await page.waitForTimeout(400);
    await expect(menu(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(menu(page)).toHaveCount(0);
  }
  await expectFile(page, text);
});
