// The frame: colours, panes, drawer, palette; as they were left.
import { card, code, drawer, editorIsReady, fixture, form, graph, openWorkflow, run } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = fixture("ci.yml");

const isDark = (page) =>
  page.evaluate(() => {
    const [red] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number);
    return red < 128;
  });

test("colours follow the system, or the switch, which is remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  const shown = (dark) => expect.poll(() => isDark(page)).toBe(dark);
  await shown(true);
  await page.emulateMedia({ colorScheme: "light" });
  await shown(false);
  const next = page.getByRole("button", { name: /^Colours:/ });
  await next.click();
  await expect(next).toHaveAccessibleName(/^Colours: light/);
  await next.click();
  await expect(next).toHaveAccessibleName(/^Colours: dark/);
  await shown(true);
  await page.reload();
  await shown(true);
  await expect(next).toHaveAccessibleName(/^Colours: dark/);
  await next.click();
  await shown(false);
});

test("the full editor has the page's colours", async ({ page }) => {
  await openWorkflow(page, text);
  const background = () =>
    code(page).evaluate((pane) => getComputedStyle(pane.querySelector(".monaco-editor")).backgroundColor);
  const light = await background();
  await run(page, "dark colours");
  await expect.poll(background).not.toBe(light);
});

test("panes are shown, hidden, resized, and come back as they were", async ({ page }) => {
  await openWorkflow(page, text);
  const panes = page.getByRole("radiogroup", { name: "Panes" });
  await panes.getByRole("radio", { name: "Visual" }).click();
  await expect(code(page)).toBeHidden();
  await panes.getByRole("radio", { name: "Code" }).click();
  await expect(graph(page)).toBeHidden();
  await expect(form(page)).toBeHidden();
  await expect(code(page)).toBeVisible();
  await page.keyboard.press("Alt+2");
  for (const pane of [graph(page), form(page), code(page)]) await expect(pane).toBeVisible();

  const width = async () => Math.round((await graph(page).boundingBox()).width);
  const border = page.getByRole("separator", { name: "Width of the graph" });
  const before = await width();
  await border.focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBeGreaterThan(before + 60);
  const bar = await border.boundingBox();
  await page.mouse.move(bar.x + bar.width / 2, bar.y + 200);
  await page.mouse.down();
  await page.mouse.move(bar.x - 150, bar.y + 200, { steps: 3 });
  await page.mouse.up();
  await expect.poll(width).toBeLessThan(before);
  const left = await width();
  await form(page).getByRole("button", { name: "Hide the form" }).click();
  await expect(form(page)).toBeHidden();
  await page.reload();
  await editorIsReady(page);
  await expect(form(page)).toBeHidden();
  await graph(page).getByRole("button", { name: "Show the form" }).click();
  await expect(form(page)).toBeVisible();
  await expect.poll(async () => Math.abs((await width()) - left)).toBeLessThan(3);
  await border.dblclick();
  await expect.poll(width).toBe(before);
});

test("the drawer opens, changes its height, and stays as it was", async ({ page }) => {
  await openWorkflow(page, text);
  await drawer(page).getByRole("tab", { name: "Problems" }).click();
  const panel = drawer(page).getByRole("tabpanel", { name: "Problems" });
  await expect(panel.getByText("No problems found")).toBeVisible();
  const height = async () => Math.round((await panel.boundingBox()).height);
  const before = await height();
  await page.getByRole("separator", { name: "Height of the drawer" }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect.poll(height).toBe(before + 48);
  await page.reload();
  await expect(panel).toBeVisible();
  expect(await height()).toBe(before + 48);
  await drawer(page).getByRole("button", { name: "Close the drawer" }).click();
  await expect(panel).toBeHidden();
});

test("the palette finds commands, jobs and steps", async ({ page }) => {
  await openWorkflow(page, text);
  await page.getByRole("button", { name: "Find a command, job or step" }).click();
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  const options = palette.getByRole("option");
  const query = palette.getByRole("combobox");
  await query.fill("unit");
  await expect(options).toHaveText([/^Unit tests.*step of test/]);
  await query.fill("show");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await query.fill("zebra");
  await expect(palette.getByText("Nothing has a name like that.")).toBeVisible();
  await query.fill("yaml alone");
  await options.first().click();
  await expect(palette).toBeHidden();
  await expect(graph(page)).toBeHidden();
});

test("the palette that is opened again at once stays open", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await page.evaluate(async () => {
    const press = (init) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
    press({ key: "Escape" });
    // What follows from the key is done, and the browser has not told yet that the dialog is closed.
    for (let turn = 0; turn < 50; turn++) await null;
    press({ key: "k", code: "KeyK", ctrlKey: true });
    await new Promise((done) => setTimeout(done, 300));
  });
  await expect(field).toBeFocused();
  await field.fill("wrap");
  await expect(palette.getByRole("option").first()).toContainText("Wrap");
});

test("the palette shows and hides each pane, adds a trigger, and builds an expression", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "Hide the graph");
  await expect(graph(page)).toBeHidden();
  await run(page, "Show the graph");
  await expect(graph(page)).toBeVisible();
  await run(page, "Open the drawer");
  await expect(drawer(page).getByRole("tabpanel")).toBeVisible();
  await run(page, "Close the drawer");
  await expect(drawer(page).getByRole("tabpanel")).toBeHidden();
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  await page.keyboard.press("ControlOrMeta+k");
  await palette.getByRole("combobox").fill("system's colours");
  await expect(palette.getByRole("option")).toHaveCount(1);
  await expect(palette.getByRole("option")).toContainText("in use");
  await palette.getByRole("combobox").fill("pull_request");
  await expect(palette.getByRole("option").first()).toContainText("Add trigger: A pull request");
  await page.keyboard.press("Enter");
  await expect(code(page)).toContainText("pull_request:");
  await card(page, "test").getByText("test", { exact: true }).click();
  await form(page).getByRole("textbox", { name: "Condition", exact: true }).focus();
  await run(page, "Insert an expression");
  await expect(page.getByRole("dialog", { name: "Insert an expression" }).getByRole("combobox", { name: "Search" })).toBeFocused();
});

test.describe("on a tablet", () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test("graph and form share a place, and all is reached", async ({ page }) => {
    await openWorkflow(page, text);
    await expect(code(page)).toBeVisible();
    await expect(graph(page)).toBeVisible();
    await expect(form(page)).toBeHidden();
    await card(page, "test").getByText("test", { exact: true }).click();
    await page.getByRole("radiogroup", { name: "Left pane" }).first().getByRole("radio", { name: "Form" }).click();
    await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("test");
    await expect(graph(page)).toBeHidden();
    // A panel below takes nothing away.
    await drawer(page).getByRole("tab", { name: /^Problems/ }).click();
    await expect(form(page)).toBeVisible();
    await run(page, "Show secrets");
    await expect(form(page)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test.describe("long lines", () => {
  test.use({ wraps: true });

  test("are wrapped where the pane is narrow, and as somebody chooses, also at the next visit", async ({ page }) => {
    const long = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env: {${Array.from({ length: 12 }, (_, at) => `VARIABLE_${at}: value`).join(", ")}}\n    steps:\n      - run: x\n`;
    await openWorkflow(page, long);
    const wrap = page.getByRole("button", { name: "Wrap long lines" });
    const lines = page.locator(".pane-code .view-lines > .view-line");
    await expect(wrap).toHaveAttribute("aria-pressed", "true");
    await expect.poll(() => lines.count()).toBeGreaterThan(9);
    await page.keyboard.press("Alt+3");
    await expect(wrap).toHaveAttribute("aria-pressed", "false");
    await page.keyboard.press("Alt+2");
    await expect(wrap).toHaveAttribute("aria-pressed", "true");
    await wrap.click();
    await expect(wrap).toHaveAttribute("aria-pressed", "false");
    await expect(lines).toHaveCount(8);
    await page.reload();
    await expect(wrap).toHaveAttribute("aria-pressed", "false");
    await run(page, "wrap long lines");
    await expect(wrap).toHaveAttribute("aria-pressed", "true");
  });
});

test.describe("on a small tablet", () => {
  test.use({ viewport: { width: 768, height: 1024 }, hasTouch: true });

  test("rows of the form have room, and a card that is tapped leads to its form", async ({ page }) => {
    await openWorkflow(
      page,
      "on:\n  workflow_dispatch:\n    inputs:\n      level: {type: string}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: actions/setup-node@v4\n  call:\n    uses: ./.github/workflows/x.yml\n    with: {n: 3}\n",
    );
    await card(page, "build").getByText("build", { exact: true }).tap();
    await graph(page).getByRole("button", { name: "Open form" }).tap();
    await expect(form(page).locator(".crumb[aria-current=page]"), "no field, which would bring keys").toBeFocused();
    const rows = form(page).locator(".steps .item-title");
    await expect(rows.first()).toBeVisible();
    const isCut = (elements) =>
      elements.filter((element) => element.scrollWidth > element.clientWidth).map((element) => element.textContent);
    expect(await rows.evaluateAll(isCut), "titles of steps that are cut").toEqual([]);
    const trail = page.getByRole("navigation", { name: "Selection" }).getByRole("button");
    await expect(trail).toHaveText("build");
    expect(await trail.evaluateAll(isCut), "the selection, cut").toEqual([]);

    await page.getByRole("radiogroup", { name: "Left pane" }).getByRole("radio", { name: "Graph" }).click();
    await card(page, "call").getByText("call", { exact: true }).tap();
    await graph(page).getByRole("button", { name: "Open form" }).tap();
    const row = form(page).locator(".pair:not(.pair-new)").first();
    const bin = await row.getByRole("button", { name: "Remove n" }).boundingBox();
    const name = await row.locator(".pair-name").boundingBox();
    expect(bin.y, "in the row of the name").toBeLessThan(name.y + name.height);
    expect(bin.x).toBeGreaterThan(name.x + name.width);
  });
});

test("what stands behind a key in a row is not cut to half a letter", async ({ page }) => {
  await openWorkflow(
    page,
    "on:\n  workflow_dispatch:\n    inputs:\n      level: {type: string}\n      dry: {type: boolean}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
  );
  const note = form(page).locator(".item-note").filter({ hasText: "inputs" });
  expect((await note.boundingBox()).width).toBeGreaterThan(40);
});
