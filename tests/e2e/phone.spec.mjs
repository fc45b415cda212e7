// On a phone there is one pane at a time, and everything is still possible.
import { card, code, expectYaml, fixture, form, graph, openPick, pick, replaced, run, toast } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, open, test } from "./support/test.mjs";

async function openSecrets(page) {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(fixture("secrets.yml"));
  await page.getByRole("button", { name: "Open", exact: true }).tap();
}

const tab = (page, name) => page.getByRole("tablist", { name: "Panes" }).getByRole("tab", { name });
const more = (page) => page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "More panes" });

async function showRarer(page, name) {
  await more(page).tap();
  await page.getByRole("menu", { name: "More panes" }).getByRole("menuitem", { name }).tap();
}

test("every pane is a tab, and every command in the menu @phone", async ({ page }) => {
  await openSecrets(page);
  await expect(card(page, "train")).toBeVisible();
  await card(page, "train").getByText("train", { exact: true }).tap();
  await tab(page, "Form").tap();
  await expect(graph(page)).toBeHidden();
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("train");
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Train it");
  await tab(page, "YAML").tap();
  await expect(code(page).getByText("name: Train it")).toBeVisible();
  await tab(page, "Problems").tap();
  await expect(page.getByText("No problems found")).toBeVisible();
  await showRarer(page, /^Secrets/);
  await expect(page.getByText("WANDB_API_KEY")).toBeVisible();
  await tab(page, "Graph").tap();
  await expect(card(page, "Train it")).toBeVisible();

  await page.getByRole("button", { name: /^Undo:/ }).tap();
  await expect(card(page, "Train it")).toHaveCount(0);

  await page.getByRole("button", { name: "More", exact: true }).tap();
  const menu = page.getByRole("menu", { name: "More", exact: true });
  for (const name of [/Copy the YAML/, /Where to put the file/, /Open a file/, /Paste a workflow/, /dark colours/]) {
    await expect(menu.getByRole("menuitem", { name })).toBeVisible();
  }
  const offered = page.waitForEvent("download");
  await menu.getByRole("menuitem", { name: /Download the file/ }).tap();
  await offered;
  await expect(page.getByRole("dialog", { name: "Put it on GitHub" })).toBeVisible();
});

test("nothing is wider than the screen, and nothing too small to tap @phone", async ({ page }) => {
  const fits = async () => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, "CSS pixels out of the screen").toBeLessThanOrEqual(0);
  };
  await open(page);
  await expect(page.getByRole("button", { name: /^Hello, world/ })).toBeVisible();
  await fits();
  await openSecrets(page);
  for (const name of ["Graph", "Form", "YAML", "Problems"]) {
    await tab(page, name).tap();
    await fits();
    const { height } = await tab(page, name).boundingBox();
    expect(height).toBeGreaterThanOrEqual(44);
  }
  for (const name of [/^Secrets/, "What would run"]) {
    await more(page).tap();
    const item = page.getByRole("menuitem", { name });
    for (const target of [more(page), item]) expect((await target.boundingBox()).height).toBeGreaterThanOrEqual(44);
    await item.tap();
    await fits();
  }
});

test("what the palette offers is read as a whole @phone", async ({ page }) => {
  await openSecrets(page);
  await page.getByRole("button", { name: "More", exact: true }).tap();
  await page.getByRole("menuitem", { name: /^Find a command/ }).tap();
  await page.keyboard.type("add trigger");
  const lines = page.locator(".palette-line");
  await expect(lines.filter({ hasText: "repository_dispatch" })).toBeVisible();
  const cut = await lines.locator(".palette-title, .palette-note").evaluateAll((parts) =>
    parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent),
  );
  expect(cut).toEqual([]);
  expect((await lines.first().boundingBox()).height).toBeGreaterThanOrEqual(44);
});

test("a problem leads to its line @phone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(fixture("problems.yml"));
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await tab(page, /^Problems/).tap();
  await page.getByRole("button", { name: /There is no job/ }).tap();
  await expect(code(page).getByText("needs: biuld")).toBeVisible();
  await tab(page, /^Problems/).tap();
  await page.getByRole("listitem").filter({ hasText: "biuld" }).getByRole("button", { name: /build/ }).last().tap();
  await expect(toast(page, /build/)).toBeVisible();
});

test("a job is made to wait, and a step put elsewhere, with a finger @phone", async ({ page }) => {
  const text = fixture("ci.yml");
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(text);
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await graph(page).getByRole("button", { name: /^Show all of it/ }).tap();
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y, id: 1 }] });
  const middle = async (element) => {
    const { x, y, width, height } = await element.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const drag = async (from, to) => {
    const [[x, y], [endX, endY]] = [await middle(from), await middle(to)];
    await touch("touchStart", x, y);
    for (const part of [0.1, 0.4, 0.7, 1]) await touch("touchMove", x + (endX - x) * part, y + (endY - y) * part);
    // A finger that leaves while it moves throws, and the tap after that only stops what was thrown.
    await page.waitForTimeout(300);
    await touch("touchMove", endX, endY);
    await touch("touchEnd");
  };
  // The cards glide into view first.
  const lint = card(page, "lint");
  await expect(lint).toBeInViewport({ ratio: 0.99 });
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
  await drag(lint.locator("[data-port=out]"), card(page, "deploy"));
  await expect(graph(page).locator("svg title").filter({ hasText: "deploy waits for lint" })).toHaveCount(1);

  await card(page, "test").getByText("test", { exact: true }).tap();
  await tab(page, "Form").tap();
  const row = (title) => form(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: new RegExp(`^\\d ${title}`) }) });
  await drag(row("Unit tests").locator(".item-grip"), row("Report"));
  await expect(form(page).getByRole("button", { name: /^2 Unit tests/ })).toBeVisible();
  await tab(page, "YAML").tap();
  const [unit, report] = ["      - name: Unit tests\n        run: npm test\n", "      - name: Report\n        run: npm run report\n"];
  await expectYaml(page, replaced(replaced(text, unit + report, report + unit), "needs: test\n", "needs: [test, lint]\n"));
});

test("a trigger and an expression are built with a finger @phone", async ({ page }) => {
  const text = fixture("ci.yml");
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(text);
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await tab(page, "Form").tap();
  const list = await openPick(page, "Add a trigger");
  // It stays on the screen, and what does not fit is scrolled to.
  const box = await list.locator("..").boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  await expect(list).toBeFocused();
  await picture(page, "phone-pick");
  await list.getByRole("option").last().scrollIntoViewIfNeeded();
  await expect(list.getByRole("option").last()).toBeInViewport();
  await form(page).getByRole("button", { name: "Add a trigger" }).tap();
  await pick(page, "Add a trigger", "schedule");
  await form(page).getByRole("group", { name: "How often" }).getByRole("combobox", { name: "How often" }).selectOption("weekly");
  await expect(form(page).getByRole("list", { name: "Next runs" }).getByRole("listitem")).toHaveCount(5);
  await picture(page, "phone-schedule");

  await tab(page, "Graph").tap();
  await card(page, "test").getByText("test", { exact: true }).tap();
  await tab(page, "Form").tap();
  await form(page).getByRole("button", { name: "Insert an expression into Condition" }).tap();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  await builder.getByRole("combobox", { name: "Search" }).fill("github.ref_name == 'main'");
  await expect(builder.getByRole("status")).toContainText("boolean");
  await picture(page, "phone-expression");
  await builder.getByRole("button", { name: "Insert" }).tap();
  await tab(page, "YAML").tap();
  await expect(code(page).getByText("if: github.ref_name == 'main'")).toBeVisible();
});

test("the graph is pinched and dragged @phone", async ({ page }) => {
  await openSecrets(page);
  const percent = graph(page).getByRole("button", { name: /^Zoom \d+%/ });
  const before = Number((await percent.innerText()).replace("%", ""));
  const view = await graph(page).boundingBox();
  // On the ground, where no port of a card is taken.
  const [x, y] = [view.x + view.width / 2, view.y + view.height / 4];
  const client = await page.context().newCDPSession(page);
  const touch = (type, gap) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: gap === undefined ? [] : [{ x: x - gap, y, id: 1 }, { x: x + gap, y, id: 2 }],
    });
  await touch("touchStart", 40);
  await touch("touchMove", 60);
  await touch("touchMove", 80);
  await touch("touchEnd");
  await expect.poll(async () => Number((await percent.innerText()).replace("%", ""))).toBeGreaterThan(before * 1.3);
});

test("where a secret has gone is told, with a way back @phone", async ({ page }) => {
  await openSecrets(page);
  await card(page, "train").getByText("train", { exact: true }).tap();
  await tab(page, "Form").tap();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).tap();
  await showRarer(page, /^Secrets/);
  const panel = page.getByRole("region", { name: "Secrets & variables" });
  const row = panel.getByRole("listitem").filter({ has: page.locator(".row-name", { hasText: /^REGION$/ }) });
  await row.getByRole("button", { name: "Insert" }).tap();
  const told = toast(page, "Inserted vars.REGION into name of job train");
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Undo" }).tap();
  await tab(page, "YAML").tap();
  await expect(code(page).getByText("name: ${{ vars.REGION }}")).toHaveCount(0);
});

test("a panel that is opened from the palette has the keys, and keeps them @phone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(fixture("ci.yml"));
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await card(page, "lint").focus();
  const at = (name) => page.getByRole("region", { name, exact: true });
  const panels = [
    ["Show problems", "Problems"],
    ["Show secrets and variables", "Secrets & variables"],
    ["Explain the workflow", "Explain"],
    ["Show what an event would run", "What would run"],
    ["Show what has changed", "Changes"],
  ];
  for (const [command, name] of panels) {
    await run(page, command);
    await expect(at(name)).toBeFocused();
    // Whoever comes to the palette and leaves it is there again.
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("Escape");
    await expect(at(name)).toBeFocused();
  }
  await run(page, "Show the form");
  await expect(form(page).locator(":focus")).toHaveCount(1);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Other");
  await run(page, "Show what has changed");
  await expect(at("Changes")).toBeFocused();
  await at("Changes").getByRole("button", { name: /^Take back/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing has changed since")).toBeVisible();
  await expect(at("Changes")).toBeFocused();
  await run(page, "Show the graph");
  await expect(graph(page).locator(":focus")).toHaveCount(1);
});

test("who leaves a step before the editor of its script is there goes on undisturbed @phone", async ({ page }) => {
  let arrived;
  const late = new Promise((resolve) => (arrived = resolve));
  await page.route("**/monaco/monaco.js", async (route) => {
    await late;
    await route.continue();
  });
  await openSecrets(page);
  await card(page, "train").locator(".graph-step").first().tap();
  await tab(page, "Form").tap();
  await expect(form(page).getByRole("textbox").first()).toBeVisible();
  await tab(page, "Graph").tap();
  await card(page, "train").focus();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  arrived();
  await page.waitForTimeout(1000);
  await card(page, "train").getByText("train", { exact: true }).tap();
  await tab(page, "Form").tap();
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("train");
});
