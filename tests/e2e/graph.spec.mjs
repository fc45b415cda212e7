// The graph: looked at, travelled, and edited in place.
import { card, expectYaml, fixture, graph, openWorkflow, replaced, run, shownYaml, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const percent = (page) => graph(page).getByRole("button", { name: /^Zoom \d+%/ });
const zoom = async (page) => Number((await percent(page).innerText()).replace("%", ""));
const box = (page, job) => card(page, job).boundingBox();
/** The box of a card once it no longer glides. */
async function still(page, job) {
  let last;
  await expect
    .poll(async () => {
      const now = JSON.stringify(await box(page, job));
      const same = now === last;
      last = now;
      return same;
    })
    .toBe(true);
  return JSON.parse(last);
}
/** The edges, as their titles tell them. */
const edges = (page) => graph(page).locator("svg title");
const edge = (page, title) => edges(page).filter({ hasText: title });

test.beforeEach(({ page }) => openWorkflow(page, text));

test("is zoomed and moved, and all of it shown", async ({ page }) => {
  const first = await zoom(page);
  await graph(page).getByRole("button", { name: /^Larger/ }).click();
  await expect.poll(() => zoom(page)).toBe(Math.round(first * 1.25));
  await graph(page).getByRole("button", { name: /^Smaller/ }).click();
  await graph(page).getByRole("button", { name: /^Smaller/ }).click();
  await expect.poll(() => zoom(page)).toBeLessThan(first);
  await percent(page).click();
  await expect(percent(page)).toHaveText("100%");
  await graph(page).getByRole("button", { name: /^Show all of it/ }).click();
  await expect(card(page, "lint")).toBeInViewport({ ratio: 0.99 });
  await expect(card(page, "deploy")).toBeInViewport({ ratio: 0.99 });

  const before = await still(page, "lint");
  const pane = await graph(page).boundingBox();
  // On the ground, beside all cards.
  const [x, y] = [pane.x + 12, pane.y + pane.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y - 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await box(page, "lint")).x - before.x)).toBe(60);
  await expect.poll(async () => Math.round((await box(page, "lint")).y - before.y)).toBe(-40);

  await page.mouse.wheel(0, 30);
  await expect.poll(async () => Math.round((await box(page, "lint")).y - before.y)).toBe(-70);
  const now = await zoom(page);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -50);
  await page.keyboard.up("Control");
  await expect.poll(() => zoom(page)).toBeGreaterThan(now);
});

test("is travelled by keys", async ({ page }) => {
  // In a tall pane the graph runs down.
  await card(page, "lint").focus();
  await page.keyboard.press("ArrowDown");
  await expect(card(page, "test")).toBeFocused();
  await expect(card(page, "test")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(card(page, "deploy")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.getByRole("treeitem", { name: /^Starts when/ })).toBeFocused();
  await page.keyboard.press("End");
  await expect(card(page, "deploy")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(step(page, "Report")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(step(page, "Report")).toHaveAttribute("aria-selected", "false");
  await expect(card(page, "test")).toHaveAttribute("aria-selected", "true");
});

test("gets a job, which is named at once", async ({ page }) => {
  await graph(page).getByRole("button", { name: "Add a job" }).click();
  const name = graph(page).getByRole("textbox", { name: /^New name of job/ });
  await expect(name).toBeFocused();
  await page.keyboard.type("notify");
  await page.keyboard.press("Enter");
  await expect(card(page, "notify")).toBeVisible();
  await expect.poll(() => shownYaml(page)).toContain("\n  notify:\n    runs-on: ubuntu-latest\n");
});

test("keeps the keys when the card that has them goes", async ({ page }) => {
  const cards = page.locator(".graph-card");
  const count = await cards.count();
  await graph(page).getByRole("button", { name: "Add a job" }).click();
  await expect(page.getByRole("textbox", { name: /^New name of job/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(cards.last()).toBeFocused();
  // A caret among cards is seen by nobody, and costs the browser a walk through all of them in each frame.
  await expect.poll(() => page.evaluate(() => getSelection().type)).toBe("None");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(cards).toHaveCount(count);
  await expect(cards.last()).toBeFocused();
  await expect(page.locator(".graph-card[tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Home");
  await expect(cards.first()).toBeFocused();
});

test("renames a job in place, with all that needs it", async ({ page }) => {
  await card(page, "lint").getByText("lint", { exact: true }).dblclick();
  await page.keyboard.type("style");
  await page.keyboard.press("Enter");
  await expect(card(page, "style")).toBeVisible();
  await expectYaml(page, replaced(replaced(text, "  lint:", "  style:"), "needs: lint", "needs: style"));

  await card(page, "test").getByText("test", { exact: true }).dblclick();
  await page.keyboard.type("deploy");
  await page.keyboard.press("Enter");
  await expect(toast(page, /deploy/)).toBeVisible();
  await expect(card(page, "test")).toBeVisible();
});

/** The point of a card from which edges are drawn. */
async function port(page, job) {
  const { x, y, width, height } = await card(page, job).locator("[data-port=out]").boundingBox();
  return [x + width / 2, y + height / 2];
}

/** Draws from one card to another one, and stops before letting go. */
async function draw(page, from, to) {
  const b = await box(page, to);
  await page.mouse.move(...(await port(page, from)));
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 6 });
}

/** Clicks on the line of an edge, near its end, where no other one runs. */
async function clickEdge(page, title) {
  const line = edge(page, title).locator("xpath=..").locator("path").first();
  const { x, y } = await line.evaluate((path) => {
    const point = path.getPointAtLength(path.getTotalLength() - 24);
    const { x, y } = point.matrixTransform(path.getScreenCTM());
    return { x, y };
  });
  await page.mouse.click(x, y);
}

test("joins two jobs, and parts them again", async ({ page }) => {
  await graph(page).getByRole("button", { name: /^Show all of it/ }).click();
  await expect(edges(page)).toHaveText(["The triggers start lint", "test waits for lint", "deploy waits for test"]);
  await draw(page, "lint", "deploy");
  await expect(graph(page).getByText("deploy waits for lint", { exact: true }).last()).toBeVisible();
  await page.mouse.up();
  await expectYaml(page, replaced(text, "needs: test", "needs: [test, lint]"));
  await expect(edge(page, "deploy waits for lint")).toHaveCount(1);

  await clickEdge(page, "deploy waits for lint");
  await graph(page).getByRole("button", { name: "Remove: deploy waits for lint" }).click();
  await expect(edge(page, "deploy waits for lint")).toHaveCount(0);
  await expectYaml(page, text);
  const told = toast(page, /lint/);
  await told.getByRole("button", { name: "Undo" }).click();
  await expect(edge(page, "deploy waits for lint")).toHaveCount(1);
});

test("refuses a circle, and says why", async ({ page }) => {
  await graph(page).getByRole("button", { name: /^Show all of it/ }).click();
  await draw(page, "deploy", "lint");
  await expect(graph(page).locator(".graph-reason")).toContainText(/lint.*deploy|deploy.*lint/);
  await page.mouse.up();
  await expect(page.locator(".toast")).toHaveCount(0);
  await expectYaml(page, text);
});

test("an edge drawn into the open adds a job that waits", async ({ page }) => {
  await graph(page).getByRole("button", { name: /^Show all of it/ }).click();
  const pane = await graph(page).boundingBox();
  const [x, y] = await port(page, "test");
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width * 0.9, y + 20, { steps: 6 });
  await expect(graph(page).getByText("Drop on a job, or here to add one")).toBeVisible();
  await page.mouse.up();
  await page.keyboard.type("coverage");
  await page.keyboard.press("Enter");
  await expect(card(page, "coverage")).toHaveAccessibleName(/needs test/);
});

test("has menus for jobs, steps and the ground", async ({ page }) => {
  const menu = page.getByRole("menu", { name: "What to do" });
  await card(page, "lint").getByText("lint", { exact: true }).click({ button: "right" });
  await menu.getByRole("menuitem", { name: /^Duplicate/ }).click();
  await expect(page.getByRole("treeitem", { name: /^Job lint/ })).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);

  await step(page, "Report").click({ button: "right" });
  await menu.getByRole("menuitem", { name: "Switch off" }).click();
  await expect.poll(() => shownYaml(page)).toMatch(/if: (\$\{\{ )?false/);
  await page.keyboard.press("ControlOrMeta+z");

  await step(page, "Report").click({ button: "right" });
  await menu.getByRole("menuitem", { name: /^Remove/ }).click();
  await expectYaml(page, replaced(text, "      - name: Report\n        run: npm run report\n", ""));
});

test("says what to do when there is no job", async ({ page }) => {
  for (const job of ["deploy", "test", "lint"]) {
    await card(page, job).focus();
    await page.keyboard.press("Delete");
    await expect(card(page, job)).toHaveCount(0);
  }
  await expect(graph(page).getByText("No jobs yet")).toBeVisible();
  await graph(page).getByRole("button", { name: "Add a job" }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("treeitem", { name: /^Job / })).toHaveCount(1);
});

test("a workflow that is too large to be read at once begins where it starts", async ({ page }) => {
  const tests = Array.from({ length: 40 }, (_, at) => `  test-${at}: {needs: build, runs-on: ubuntu-latest, steps: [{run: make}]}\n`);
  const all = tests.map((_, at) => `test-${at}`).join(", ");
  const wide = `on: push\njobs:\n  build: {runs-on: ubuntu-latest, steps: [{run: make}]}\n${tests.join("")}  deploy: {needs: [${all}], runs-on: ubuntu-latest, steps: [{run: make}]}\n`;
  await openWorkflow(page, wide, "wide.yml");
  await expect(graph(page).getByRole("treeitem", { name: /^Starts when/ })).toBeInViewport();
  await expect(card(page, "build")).toBeInViewport();
});

test("runs from left to right or from top to bottom as somebody wishes, also on the next visit", async ({ page }) => {
  const way = async () => {
    const [first, then] = [await still(page, "lint"), await still(page, "test")];
    return then.x > first.x + first.width ? "right" : then.y > first.y + first.height ? "down" : "neither";
  };
  const before = await way();
  const other = before === "down" ? "right" : "down";
  await card(page, "lint").click();
  await page.keyboard.press("t");
  await expect.poll(way).toBe(other);
  await page.reload();
  await expect(card(page, "lint")).toBeVisible();
  await expect.poll(way).toBe(other);
  await graph(page).getByRole("button", { name: /^Turn the graph/ }).click();
  await expect.poll(way).toBe(before);
  await run(page, "Turn the graph");
  await expect.poll(way).toBe(other);
});

test("many jobs that wait for nothing stand in several columns, and all can be seen at once", async ({ page }) => {
  const ids = Array.from({ length: 45 }, (_, at) => `job-${at}`);
  const jobs = ids.map((id) => `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make all of it and then some more of what takes long to say\n`).join("");
  await openWorkflow(page, `on: push\njobs:\n${jobs}`);
  await graph(page).getByRole("button", { name: /^Show all of it/ }).click();
  await expect.poll(() => zoom(page)).toBeGreaterThan(24);
  for (const id of ["job-0", "job-22", "job-44"]) await expect(card(page, id)).toBeInViewport({ ratio: 0.99 });
  // From afar the steps are bars, which end within their cards.
  const out = await card(page, "job-0").evaluate((card) => {
    const edge = card.getBoundingClientRect().right;
    return [...card.querySelectorAll(".graph-step-title")].filter((bar) => bar.getBoundingClientRect().right > edge).length;
  });
  expect(out).toBe(0);
});

test.describe("in little room", () => {
  test.use({ viewport: { width: 720, height: 560 } });

  test("two jobs that were joined are both in view, wherever the new order has put them", async ({ page }) => {
    const jobs = ["alpha", "beta", "gamma", "delta"].map((id) => `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`);
    await openWorkflow(page, `on: push\njobs:\n${jobs.join("")}`);
    await percent(page).click();
    await card(page, "alpha").click();
    await page.keyboard.press("c");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toMatch(/beta:\n    needs: alpha/);
    await still(page, "beta");
    await expect(card(page, "alpha")).toBeInViewport({ ratio: 0.9 });
    await expect(card(page, "beta")).toBeInViewport({ ratio: 0.9 });
  });
});
