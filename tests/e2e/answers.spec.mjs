// What answers a person is painted first; what follows from it comes a frame later, so that it keeps nobody waiting.
import { card, code, crumbs, drawer, fixture, form, graph, openWorkflow } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

test.beforeEach(({ page }) => openWorkflow(page, fixture("ci.yml")));

/** Does `act` and gives, of each place, the number of the frame before which what it tells first changed. */
async function firstChanges(page, places, act) {
  await page.evaluate((places) => {
    const changes = (window.firstChanges = {});
    let frame = 0;
    const count = () => {
      frame += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    // Monaco draws lines anew for reasons of its own, which changes no word.
    const told = (place) => {
      const parts = [...place.querySelectorAll("[aria-label], [aria-selected], [d]")];
      const words = parts.flatMap((part) => ["aria-label", "aria-selected", "d"].map((name) => part.getAttribute(name)));
      return place.textContent + words.join();
    };
    for (const [name, selector] of Object.entries(places)) {
      const place = document.querySelector(selector);
      const before = told(place);
      const watch = new MutationObserver(() => {
        if (changes[name] === undefined && told(place) !== before) changes[name] = frame;
      });
      watch.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
    }
  }, places);
  await act();
  await expect.poll(() => page.evaluate(() => Object.keys(window.firstChanges).sort())).toEqual(Object.keys(places).sort());
  return page.evaluate(() => window.firstChanges);
}

test("a job that is added is seen on the graph before it is written", async ({ page }) => {
  const places = { graph: ".graph-cards", code: ".pane-code .view-lines", edges: ".graph-edges" };
  const first = await firstChanges(page, places, () => graph(page).getByRole("button", { name: "Add a job" }).click());
  expect(first.code).toBeGreaterThan(first.graph);
  expect(first.edges).toBe(first.graph);
});

/** Adds a job with the button of `pane`, and has the form tell of the whole workflow, which lists the jobs. */
async function addJob(page, pane) {
  await pane.getByRole("button", { name: "Add a job" }).click();
  await expect(code(page)).toContainText("build:");
  await crumbs(page).getByRole("button").first().click();
  await expect(form(page).getByRole("button", { name: /^build/ })).toBeVisible();
}

const panes = { graph: ".graph-cards", form: ".form", code: ".pane-code .view-lines" };

test("what is taken back on the graph is gone there before it is gone from form and code", async ({ page }) => {
  await addJob(page, graph(page));
  await graph(page).getByRole("button", { name: "Add a job" }).focus();
  const first = await firstChanges(page, panes, () => page.keyboard.press("ControlOrMeta+z"));
  expect(first.form).toBeGreaterThan(first.graph);
  expect(first.code).toBeGreaterThan(first.graph);
});

test("what is taken back in the form is gone there before it is gone from graph and code", async ({ page }) => {
  await addJob(page, form(page));
  await form(page).getByRole("button", { name: "Add a job" }).focus();
  const first = await firstChanges(page, panes, () => page.keyboard.press("ControlOrMeta+z"));
  expect(first.graph).toBeGreaterThan(first.form);
  expect(first.code).toBeGreaterThan(first.form);
});

test("keys that follow a new job within the same frame become its title", async ({ page }) => {
  const frames = await page.evaluate(async () => {
    let frames = 0;
    const count = () => (frames += 1);
    requestAnimationFrame(count);
    setTimeout(count);
    // Only promises that are kept already are waited for, so that all of this is one task.
    const until = async (holds) => {
      for (let turns = 0; turns < 1_000 && !holds(); turns += 1) await null;
    };
    const add = document.querySelector(".graph-add");
    add.focus();
    add.click();
    await until(() => document.querySelector(".graph-cards input"));
    await until(() => false);
    for (const key of "deliver") {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      // A browser writes into what has the focus when the key's listeners are through.
      if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, key);
    }
    return frames;
  });
  expect(frames, "frames and tasks between the click and the last key").toBe(0);
  await expect(graph(page).getByRole("textbox", { name: /^New name of job/ })).toHaveValue("deliver");
  await page.keyboard.press("Enter");
  await expect(card(page, "deliver")).toBeVisible();
});

test("an edit draws nothing anew but what it changes", async ({ page }) => {
  await expect(form(page).getByRole("button", { name: /^lint/ })).toBeVisible();
  await page.evaluate(() => {
    window.touched = [];
    const watch = new MutationObserver((changes) => {
      for (const { target, attributeName } of changes) {
        const part = (target.closest ? target : target.parentElement).closest(".graph-card, .item");
        // The place of a card moves with its neighbours, the keys go to the new one.
        if (part && !(target === part && ["style", "tabindex"].includes(attributeName))) window.touched.push(part.textContent);
      }
    });
    watch.observe(document.querySelector(".app"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await graph(page).getByRole("button", { name: "Add a job" }).click();
  await expect(graph(page).getByRole("textbox", { name: /^New name of job/ })).toBeFocused();
  const touched = await page.evaluate(() => window.touched);
  // The last one of the list can now be moved down.
  expect(touched.filter((text) => /^(lint|test)/.test(text))).toEqual([]);
});

test("what is typed into a form is seen there before anything follows", async ({ page }) => {
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.click();
  const places = { history: "[aria-label=History]", crumbs: ".crumbs", code: ".pane-code .view-lines" };
  const first = await firstChanges(page, places, () => page.keyboard.type("x"));
  await expect(name).toHaveValue("CIx");
  expect(first.crumbs).toBeGreaterThan(first.history);
  expect(first.code).toBeGreaterThan(first.history);
});

test("a card is chosen before its form is there", async ({ page }) => {
  const places = { graph: ".graph-cards", crumbs: ".crumbs" };
  const first = await firstChanges(page, places, () => card(page, "test").getByText("test", { exact: true }).click());
  expect(first.crumbs).toBeGreaterThan(first.graph);
});

test("a tab of the drawer is chosen before its pane is there", async ({ page }) => {
  await drawer(page).getByRole("tab", { name: /^Problems/ }).click();
  await expect(drawer(page).getByText("No problems found")).toBeVisible();
  const places = { tabs: ".drawer .tabs", panel: "#drawer-panel" };
  const first = await firstChanges(page, places, () => drawer(page).getByRole("tab", { name: "Explain" }).click());
  expect(first.panel).toBeGreaterThan(first.tabs);
});

test("the code is up to date for whoever types into it at once", async ({ page }) => {
  await form(page).getByRole("textbox", { name: "Name", exact: true }).click();
  await page.keyboard.type("x");
  await code(page).locator(".view-line").first().click({ position: { x: 200, y: 10 } });
  await page.keyboard.press("End");
  await page.keyboard.type("y");
  await expect(form(page).getByRole("textbox", { name: "Name", exact: true })).toHaveValue("CIxy");
});
