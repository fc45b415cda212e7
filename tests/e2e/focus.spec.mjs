// The focus stays where a person works, whatever goes or is made anew.
import { card, code, crumbs, drawer, editorIsReady, expectYaml, fileDialog, fixture, form, graph, openWorkflow, pick, replaced, run, shownYaml } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const row = (page, name) => form(page).getByRole("button", { name }).first();
const focused = (page) => page.locator(":focus");

/** Presses a button as somebody without a mouse does. */
async function press(page, button) {
  await button.focus();
  await page.keyboard.press("Enter");
}

test.beforeEach(({ page }) => openWorkflow(page, text));

test("it goes along into what is opened from a list of the form, and back", async ({ page }) => {
  await press(page, row(page, /^test \d+ steps/));
  const here = crumbs(page).locator("[aria-current=page]");
  await expect(here).toHaveText("test");
  await expect(here).toBeFocused();
  await press(page, row(page, /Unit tests/));
  await expect(here).toHaveText("Step 1");
  await expect(here).toBeFocused();
  await press(page, row(page, "Remove this step"));
  await expect.poll(() => shownYaml(page)).not.toContain("Unit tests");
  await expect(form(page).locator(":focus")).toHaveCount(1);
});

test("it stays in the form when what had it goes", async ({ page }) => {
  await press(page, row(page, /^deploy \d+ step/));
  await press(page, row(page, "Remove this job"));
  await expect(crumbs(page).locator("[aria-current=page]")).toBeFocused();
  await form(page).getByRole("button", { name: "Add a trigger" }).focus();
  await pick(page, "Add a trigger", "pull_request");
  await expect(crumbs(page).locator("[aria-current=page]")).toBeFocused();
  await press(page, row(page, "Remove this trigger"));
  await expect(crumbs(page).locator("[aria-current=page]")).toBeFocused();
});

test("it goes to what takes the place of a control, or of a pane", async ({ page }) => {
  await press(page, row(page, /^deploy \d+ step/));
  const environment = form(page).getByRole("textbox", { name: "Environment", exact: true });
  await environment.fill("production");
  await press(page, form(page).getByRole("button", { name: "More options of Environment" }));
  await expect.poll(() => shownYaml(page)).toContain("name: production");
  await expect(form(page).locator("[data-field='jobs.deploy.environment'] :focus")).toHaveCount(1);
  await press(page, page.getByRole("button", { name: "Hide the graph" }));
  await expect(graph(page)).toBeHidden();
  await expect(page.locator(".pane :focus")).toHaveCount(1);
});

test("nobody who clicks beside everything is led back", async ({ page }) => {
  await row(page, /^lint \d+ step/).focus();
  await page.getByRole("region", { name: "Graph", exact: true }).locator(".graph-view").click({ position: { x: 12, y: 400 } });
  await page.keyboard.press("Escape");
  await expect(form(page).locator(":focus")).toHaveCount(0);
});

test("a field behind More stays in its place while somebody types into it", async ({ page }) => {
  await press(page, row(page, /^deploy \d+ step/));
  const more = form(page).locator("details.more").first();
  await more.locator("> summary").click();
  const limit = more.getByRole("textbox", { name: "Time limit", exact: true });
  await limit.click();
  const before = await limit.boundingBox();
  await page.keyboard.type("150");
  await expectYaml(page, replaced(text, "    needs: test\n", "    needs: test\n    timeout-minutes: 150\n"));
  await expect(limit).toBeFocused();
  expect((await limit.boundingBox()).y).toBe(before.y);
  // Folded, it counts as used: it stands among the others.
  await more.locator("> summary").click();
  await expect(form(page).getByRole("textbox", { name: "Time limit", exact: true })).toBeVisible();
});

test("an edge that is chosen goes with a key, and so does the copy of a job", async ({ page }) => {
  const edge = graph(page).locator(".graph-edge-hit").last();
  const [x, y] = await edge.evaluate((path) => {
    const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return [middle.x, middle.y];
  });
  await page.mouse.click(x, y);
  await expect(card(page, "deploy")).toBeFocused();
  await page.keyboard.press("Delete");
  await expectYaml(page, replaced(text, "    needs: test\n", ""));
  await expect(card(page, "deploy")).toBeFocused();

  await page.keyboard.press("d");
  await expect(card(page, "deploy-2")).toBeFocused();
  await expect(card(page, "deploy-2")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Delete");
  await expect(card(page, "deploy-2")).toHaveCount(0);
  await expect(card(page, "deploy")).toHaveCount(1);
});

test("the menu of a card gives it back", async ({ page }) => {
  await card(page, "lint").focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Switch off" }).click();
  await expect(card(page, "lint")).toBeFocused();
});

test("the palette adds, copies, moves and removes", async ({ page }) => {
  await run(page, "Add a job");
  await expect(page.getByRole("textbox", { name: /^New name of job/ })).toBeFocused();
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await expect(card(page, "audit")).toBeFocused();
  await run(page, "Move the selected job or step up");
  await expect.poll(() => shownYaml(page)).toMatch(/audit:[\s\S]*deploy:/);
  await run(page, "Duplicate the selected job");
  await expect(card(page, "audit-2")).toBeFocused();
  await run(page, "Remove the selected job");
  await expect(card(page, "audit-2")).toHaveCount(0);
  // The card that has the keys now is the one that is selected.
  await expect(graph(page).locator(".graph-card[aria-selected=true]")).toBeFocused();
  await run(page, "Switch the selected job");
  await expect.poll(() => shownYaml(page)).toContain("if: false");
});

test("a secret goes into the field that somebody was in", async ({ page }) => {
  await openWorkflow(page, fixture("secrets.yml"), "train.yml");
  await press(page, row(page, /^train \d+ step/));
  await press(page, row(page, /Train the model/));
  await drawer(page).getByRole("tab", { name: /Secrets/ }).click();
  await form(page).getByRole("textbox", { name: "Value of REGION" }).click();
  await page.keyboard.press("End");
  const secret = drawer(page).getByRole("listitem").filter({ hasText: "WANDB_API_KEY" });
  await secret.getByRole("button", { name: "Insert" }).click();
  await expect.poll(() => shownYaml(page)).toContain("REGION: ${{ vars.REGION }}${{ secrets.WANDB_API_KEY }}");
  await expect(focused(page)).not.toHaveCount(0);
});

test("a button whose work is done hands it on", async ({ page }) => {
  await card(page, "lint").click();
  await page.keyboard.press("d");
  const undo = page.getByRole("button", { name: /^(Undo|Nothing to undo)/ }).first();
  await undo.focus();
  await page.keyboard.press("Enter");
  await expectYaml(page, text);
  await expect(undo).toBeDisabled();
  await expect(page.locator(":focus")).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Redo/ })).toBeFocused();
});

test("a heading or a list that had it and is drawn anew has it again", async ({ page }) => {
  await openWorkflow(
    page,
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        os: [x, y]\n    steps:\n      - run: one\n      - run: two\n",
  );
  await press(page, row(page, /^a \d+ step/));
  await press(page, row(page, "Leave out os x"));
  await expect(form(page).getByRole("list", { name: "1 job comes of it" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(form(page).getByRole("list", { name: "2 jobs come of it" })).toBeFocused();

  await press(page, row(page, /Run two/));
  await press(page, row(page, "Remove this step"));
  await expect(form(page).getByRole("heading", { name: "Run one" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(form(page).getByRole("heading", { name: "Run two" })).toBeFocused();
});

test("the name of a job that is added in the form can be typed at once", async ({ page }) => {
  await press(page, row(page, "Add a job"));
  const id = form(page).getByRole("textbox", { name: /^Id of the job/ });
  await expect(id).toBeFocused();
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await expect(card(page, "audit")).toBeVisible();
  await expect(id).toHaveValue("audit");
  await expect(form(page).locator(":focus")).toHaveCount(1);
});

test("a command on the empty page leads to where one begins", async ({ page }) => {
  await page.goto("./");
  await page.evaluate(() => localStorage.clear());
  await run(page, "new empty");
  await expect(graph(page).getByRole("treeitem").first()).toBeFocused();
});

test("where the YAML stands alone, a file that is opened is entered there", async ({ page }) => {
  await run(page, "Show the YAML alone");
  await page.goto("about:blank");
  await page.goto("./");
  const dialog = await fileDialog(page, () => page.getByRole("button", { name: "Choose a file" }).click());
  await dialog.setFiles({ name: "ci.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await editorIsReady(page);
  await expect(code(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.type("# typed\n");
  await expectYaml(page, `# typed\n${text}`);
});

test("a step that is dragged in its list keeps it, and the last change taken back leaves it in its panel", async ({ page }) => {
  await card(page, "test").click();
  const item = form(page).locator("li.item").filter({ hasText: "Report" });
  const first = form(page).locator("li.item").filter({ hasText: "Unit tests" });
  const [from, to] = [await item.boundingBox(), await first.boundingBox()];
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y - 10, { steps: 3 });
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await shownYaml(page)).indexOf("Report") < (await shownYaml(page)).indexOf("Unit tests")).toBe(true);
  await expect(item.locator(":focus")).toHaveCount(1);

  await drawer(page).getByRole("tab", { name: /^Changes/ }).click();
  const back = drawer(page).getByRole("button", { name: /^Take back/ });
  await expect(back.first()).toBeVisible();
  for (let left = await back.count(); left > 0; left -= 1) {
    await back.first().focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => back.count()).toBeLessThan(left);
  }
  await expectYaml(page, text);
  await expect(drawer(page).getByRole("tab", { name: /^Changes/ })).toBeFocused();
});

test("who leaves a field for another screen leaves no complaint behind", async ({ page }) => {
  const leave = async () => {
    await page.evaluate(() => (location.hash = "learn"));
    await expect(page.getByRole("heading", { name: /Learn/ }).first()).toBeVisible();
    await page.goBack();
    await expect(form(page)).toBeVisible();
  };
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
  await form(page).getByRole("textbox", { name: "Name", exact: true }).pressSequentially("x");
  await leave();
  await form(page).getByRole("button", { name: /^a \d+ step/ }).click();
  await form(page).getByRole("button", { name: /^1 Run make/ }).click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.type("x");
  await leave();
});

test("nothing below a field moves between two letters, and what is wrong is told at a rest", async ({ page }) => {
  // Between two letters passes the time that is said here, however long the machine takes for them.
  await page.clock.install();
  await openWorkflow(page, fixture("ci.yml"));
  const passes = (time) => page.clock.runFor(time);
  const still = async (field, below, text) => {
    await field.click();
    await passes(1000);
    const top = async () => Math.round((await below.boundingBox()).y);
    const before = await top();
    for (const letter of text) {
      await page.keyboard.type(letter);
      await passes(300);
      expect(await top(), `after ${letter}`).toBe(before);
    }
  };
  await card(page, "lint").click({ position: { x: 40, y: 16 } });
  const box = (name) => form(page).getByRole("textbox", { name, exact: true }).or(form(page).getByRole("combobox", { name, exact: true }));
  await expect(box("Condition")).toBeVisible();
  await page.clock.pauseAt(Date.now() + 60_000);
  await still(box("Condition"), form(page).getByText("Runs after", { exact: true }), "github.reff == 'refs/heads/main'");
  const told = form(page).getByText(/has no property `?reff/);
  await expect(told).toHaveCount(0);
  await passes(1500);
  await expect(told).toBeVisible();
});

test("who presses a button of a message goes on where they were", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  const message = page.locator(".toasts");
  const remove = async () => {
    await card(page, "deploy").click({ position: { x: 40, y: 16 } });
    await page.keyboard.press("Delete");
    await expect(message.getByRole("button", { name: "Undo" })).toBeVisible();
  };
  const inGraph = () => expect(page.locator(".graph-view :focus")).toHaveCount(1);
  await remove();
  await message.getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, fixture("ci.yml"));
  await inGraph();
  await remove();
  await message.getByRole("button", { name: "Dismiss" }).click();
  await inGraph();
  await page.keyboard.press("ControlOrMeta+z");
  await remove();
  await message.getByRole("button", { name: "Undo" }).focus();
  // It does not go under the hand of who is there.
  await page.waitForTimeout(10_000);
  await page.keyboard.press("Enter");
  await expectYaml(page, fixture("ci.yml"));
  await inGraph();
});

test("a press on the ground of the header takes the focus from nobody", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await card(page, "lint").click({ position: { x: 40, y: 16 } });
  await page.mouse.click(700, 25);
  await expect(card(page, "lint")).toBeFocused();
});

test("what the keys come to is not covered by the line that says where the form is", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 560 });
  await press(page, row(page, /^test \d+ steps/));
  await expect(crumbs(page).locator("[aria-current=page]")).toHaveText("test");
  const head = await crumbs(page).evaluate((line) => line.getBoundingClientRect().bottom);
  await form(page).locator("summary").last().focus();
  for (let pressed = 0; pressed < 40; pressed += 1) {
    await page.keyboard.press("Shift+Tab");
    const place = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused.labels?.[0] ?? focused;
      const isOwn = focused.closest(".form") && !focused.closest(".crumbs");
      const box = (element) => element.getBoundingClientRect().top;
      return isOwn && { what: focused.outerHTML.slice(0, 80), top: Math.min(box(focused), box(label)) };
    });
    if (!place) break;
    expect(place.top, place.what).toBeGreaterThanOrEqual(head - 1);
  }
});
