// What the mouse holds in the graph: it is let go of when something comes between, and it can reach beyond the pane.
import { card, expectYaml, form, graph, openWorkflow, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const shared = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: &st
      - name: One
        run: a1
  test:
    runs-on: ubuntu-latest
    steps: *st
  t3:
    runs-on: ubuntu-latest
    needs: test
    steps: [{run: z}]
`;
const calm = (page) =>
  page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
const middle = async (element) => {
  const { x, y, width, height } = await element.boundingBox();
  return [x + width / 2, y + height / 2];
};

/** Changes the name of a step that two jobs share, and leaves the field by a press on `target`: that asks. */
async function pressThatAsks(page, target) {
  await openWorkflow(page, shared);
  await step(page, "One").last().click();
  await expect(form(page).getByRole("heading", { name: "One" })).toBeVisible();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).pressSequentially("X");
  const { x, y } = await target.boundingBox();
  await page.mouse.move(x + 60, y + 10);
  await page.mouse.down();
  const question = page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
  await expect(question).toBeVisible();
  await page.mouse.up();
  await question.getByRole("button", { name: "Detach and change it here" }).click();
  await expect(question).toBeHidden();
  await expect.poll(() => shownYaml(page)).toMatch(/X/);
}

test("a question takes the step out of the hand that was pressed when it came", async ({ page }) => {
  await pressThatAsks(page, step(page, "Run z"));
  const before = await shownYaml(page);
  const [x, y] = await middle(card(page, "build"));
  await page.mouse.move(x - 30, y - 20, { steps: 6 });
  await page.mouse.move(x, y + 8, { steps: 6 });
  await expect(graph(page).locator(".graph-ghost")).toHaveCount(0);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(300);
  await expectYaml(page, before);
});

test("a question takes the graph out of the hand that was pressed when it came", async ({ page }) => {
  await pressThatAsks(page, card(page, "t3"));
  await calm(page);
  const before = await card(page, "build").boundingBox();
  const [x, y] = await middle(card(page, "t3"));
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.move(x - 60, y - 80, { steps: 6 });
  const after = await card(page, "build").boundingBox();
  expect([after.x, after.y]).toEqual([before.x, before.y]);
});

const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: a1
      - run: a2
  b:
    needs: a
    runs-on: ubuntu-latest
    steps:
      - run: b1
`;

test("what is held is let go of when the window is left, and when the pointer comes back with nothing pressed", async ({ page }) => {
  await openWorkflow(page, text);
  const ghost = graph(page).locator(".graph-ghost");
  const grab = async () => {
    const [x, y] = await middle(step(page, "Run a1"));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 60, { steps: 5 });
    await expect(ghost).toHaveCount(1);
  };
  await grab();
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(ghost).toHaveCount(0);
  await page.mouse.up();
  await grab();
  await graph(page).locator(".graph-view").dispatchEvent("pointermove", { bubbles: true, buttons: 0 });
  await expect(ghost).toHaveCount(0);
  await page.mouse.up();
  await grab();
  await graph(page).locator(".graph-view").dispatchEvent("lostpointercapture", { bubbles: true });
  await expect(ghost).toHaveCount(0);
  await page.mouse.up();
  await expectYaml(page, text);
});

test("a job that is dragged onto another one waits for it, and the ground moves the view", async ({ page }) => {
  const before = text.replace("    needs: a\n", "");
  await openWorkflow(page, before);
  await calm(page);
  const drag = async (from, to) => {
    await page.mouse.move(...(await middle(from)));
    await page.mouse.down();
    await page.mouse.move(...(await middle(to)), { steps: 8 });
  };
  const title = (job) => card(page, job).locator(".graph-card-head");
  await drag(title("b"), title("a"));
  await expect(graph(page).locator(".graph-reason")).toHaveText("b waits for a");
  await page.mouse.up();
  await expectYaml(page, before.replace("  b:\n", "  b:\n    needs: a\n"));

  // The other way round there would be a circle.
  await drag(title("a"), title("b"));
  await expect(graph(page).locator(".graph-reason.is-refused")).toContainText("neither would ever start");
  await page.mouse.up();
  await expectYaml(page, before.replace("  b:\n", "  b:\n    needs: a\n"));

  // Let go of beside all jobs, nothing comes of it.
  const pane = await graph(page).locator(".graph-view").boundingBox();
  await page.mouse.move(...(await middle(title("a"))));
  await page.mouse.down();
  await page.mouse.move(pane.x + 20, pane.y + pane.height - 90, { steps: 8 });
  await page.mouse.up();
  await expectYaml(page, before.replace("  b:\n", "  b:\n    needs: a\n"));
  const { x } = await card(page, "a").boundingBox();
  await page.mouse.move(pane.x + 20, pane.y + pane.height - 90);
  await page.mouse.down();
  await page.mouse.move(pane.x + 50, pane.y + pane.height - 90, { steps: 4 });
  await page.mouse.up();
  expect((await card(page, "a").boundingBox()).x).toBeCloseTo(x + 30, 0);
});

test("the middle of the last step is the step's, not the port's below it", async ({ page }) => {
  await openWorkflow(page, text);
  await expect(graph(page).locator(".graph-plane.is-down")).toHaveCount(1);
  const box = await step(page, "Run a2").boundingBox();
  const at = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x, y).closest("[data-step], [data-port]").dataset.port ?? "step",
    [box.x + box.width / 2, box.y + box.height - 2],
  );
  expect(at).toBe("step");
});

test("the view goes along with an edge that is drawn to its end", async ({ page }) => {
  const jobs = Array.from({ length: 14 }, (_, at) => `  job${at}:\n${at ? `    needs: job${at - 1}\n` : ""}    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`);
  await openWorkflow(page, `on: push\njobs:\n${jobs.join("")}`);
  await calm(page);
  const before = await card(page, "job1").boundingBox();
  const [x, y] = await middle(card(page, "job1").locator("[data-port=out]"));
  const pane = await graph(page).locator(".graph-view").boundingBox();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 5, y + 20, { steps: 3 });
  await page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height - 5, { steps: 6 });
  await expect.poll(async () => before.y - (await card(page, "job1").boundingBox()).y).toBeGreaterThan(300);
  await page.keyboard.press("Escape");
  await page.mouse.up();
});

test("why an edge cannot be drawn is told once, in the pane, also to who draws by keys", async ({ page }) => {
  await openWorkflow(page, text);
  const reason = graph(page).locator(".graph-reason");
  const said = graph(page).locator(".graph > [role=status]");
  await page.mouse.move(...(await middle(card(page, "b").locator("[data-port=out]"))));
  await page.mouse.down();
  await page.mouse.move(...(await middle(card(page, "a"))), { steps: 6 });
  await expect(reason).toContainText("neither would ever start");
  await expect(said).toContainText("neither would ever start");
  const inside = async () => {
    const [pane, told] = [await graph(page).locator(".graph-view").boundingBox(), await reason.boundingBox()];
    expect(told.x).toBeGreaterThanOrEqual(pane.x);
    expect(told.x + told.width).toBeLessThanOrEqual(pane.x + pane.width);
  };
  await inside();
  await page.mouse.up();
  // It stays a moment, where it is.
  await expect(reason).toHaveText(/neither would ever start/);
  await expect(page.locator(".toast")).toHaveCount(0);

  await card(page, "b").focus();
  await page.keyboard.press("c");
  await expect(reason).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  await expect(reason).toContainText("neither would ever start");
  await inside();
  await page.keyboard.press("Enter");
  await expect(said).toContainText("No edge: ");
  await page.keyboard.press("Escape");
  await expect(reason).toHaveCount(0);
  await expectYaml(page, text);
});

test("the keys act on the step that is selected, and so does the menu", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "a").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("d");
  await expectYaml(page, text.replace("      - run: a1\n", "      - run: a1\n      - run: a1\n"));
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Shift+F10");
  const menu = page.getByRole("menu", { name: "What to do" });
  await expect(menu.getByRole("menuitem", { name: /^Duplicate/ })).toContainText("D");
  await menu.getByRole("menuitem", { name: /^Move down/ }).click();
  await expectYaml(page, text.replace("      - run: a1\n      - run: a2\n", "      - run: a2\n      - run: a1\n"));
});
