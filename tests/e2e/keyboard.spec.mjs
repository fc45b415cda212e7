// Everything without a mouse: from the empty page to a changed and downloaded workflow.
import { card, drawer, editorIsReady, expectYaml, fixture, form, openWorkflow, run, shownYaml, step, tabTo, take } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const focused = (page) => page.locator(":focus");

test("a template is chosen, changed and downloaded by keys alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, page.getByRole("searchbox", { name: "Search templates" }));
  await page.keyboard.type("hello");
  await tabTo(page, page.getByRole("button", { name: /^Hello, world/ }));
  await page.keyboard.press("Enter");
  const use = page.getByRole("button", { name: "Use this template" });
  await expect(use).toBeVisible();
  await tabTo(page, use);
  await page.keyboard.press("Enter");
  await editorIsReady(page);

  // From the graph, where the keys are, into the form of its job.
  await expect(page.getByRole("treeitem", { name: /^Starts when/ })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(card(page, "Say hello")).toBeFocused();
  await page.keyboard.press("Enter");
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await tabTo(page, name);
  await expect(name).toHaveValue("Say hello");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Greet");
  await expect(card(page, "Greet")).toBeVisible();

  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "Say hello")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(card(page, "Greet")).toBeVisible();

  const offered = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+s");
  const file = await take(await offered);
  expect(file.name).toBe("hello.yml");
  expect(file.text).toContain("  hello:\n    name: Greet\n");
  await expect(page.getByRole("dialog", { name: "Put it on GitHub" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the palette makes a new workflow, whose graph is built by keys", async ({ page }) => {
  await open(page);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("new empty");
  await page.keyboard.press("Enter");
  await editorIsReady(page);
  await expect(page.getByRole("treeitem", { name: /^Starts when/ })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(card(page, "build")).toBeFocused();

  await page.keyboard.press("n");
  await expect(page.getByRole("textbox", { name: /^New name of job/ })).toBeFocused();
  await page.keyboard.type("test");
  await page.keyboard.press("Enter");
  await expect(card(page, "test")).toBeFocused();

  // `test` shall wait for `build`: the edge is drawn from the one to the other.
  await page.keyboard.press("ArrowUp");
  await expect(card(page, "build")).toBeFocused();
  await page.keyboard.press("c");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(card(page, "test")).toHaveAccessibleName(/needs build/);
  await expect.poll(() => shownYaml(page)).toMatch(/ {2}test:\n(.*\n)* {4}needs: (build|\[build\])\n/);

  await page.keyboard.press("F2");
  await page.keyboard.type("check");
  await page.keyboard.press("Escape");
  await expect(card(page, "check")).toHaveCount(0);

  const before = await shownYaml(page);
  await page.keyboard.press("Shift+F10");
  await expect(focused(page)).toHaveRole("menuitem");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Delete");
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, before);
});

test("Esc leaves every dialog, and the focus goes back", async ({ page }) => {
  await open(page);
  const paste = page.getByRole("button", { name: "Paste YAML" });
  await paste.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Paste a workflow" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(paste).toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(paste).toBeFocused();
});

test("commands are found by other words for them, and lead to what they show", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await card(page, "test").click();
  await run(page, "diff");
  await expect(drawer(page).getByRole("tab", { name: /^Changes/ })).toBeFocused();
  await run(page, "errors");
  await expect(drawer(page).getByRole("tab", { name: /^Problems/ })).toBeFocused();
  await run(page, "marketplace");
  await expect(page.getByRole("textbox", { name: "Search actions" }).or(page.getByRole("combobox", { name: "Search actions" }))).toBeFocused();
  await page.keyboard.press("Escape");
  await run(page, "cron");
  await expect(form(page).getByRole("combobox", { name: "Add a trigger" })).toBeFocused();
});

test("F6 goes from pane to pane, and back", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  const inside = (pane) => page.evaluate((pane) => document.activeElement?.closest(pane) !== null, pane);
  await page.keyboard.press("F6");
  await expect.poll(() => inside(".pane-graph")).toBe(true);
  await expect(focused(page)).toHaveRole("treeitem");
  await page.keyboard.press("F6");
  await expect.poll(() => inside(".pane-form")).toBe(true);
  await page.keyboard.press("F6");
  await expect.poll(() => inside(".pane-code")).toBe(true);
  // The editor takes text, and still these keys lead out of it.
  await page.keyboard.press("F6");
  await expect.poll(() => inside(".drawer")).toBe(true);
  await page.keyboard.press("F6");
  await expect.poll(() => inside(".pane-graph")).toBe(true);
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("Shift+F6");
  await expect.poll(() => inside(".pane-code")).toBe(true);
});

test("Esc goes up from every field of a form, and the keys go on from there at once", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  const subject = () => form(page).locator(".crumb[aria-current=page]");
  for (const field of ["Name", "script", "Condition"]) {
    await step(page, "Unit tests").click();
    await expect(subject()).toHaveText("Step 1");
    if (field === "script") await form(page).locator(".script-editor.is-ready").click();
    else await form(page).getByRole("textbox", { name: field, exact: true }).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(subject()).toHaveText("test");
    await expect(form(page).locator(":focus")).toHaveCount(1);
  }
});
