// What somebody does leads the keys to where they go on: never to nowhere, and never to what does it once more by chance.
import { card, crumbs, expectYaml, fixture, form, graph, openWorkflow, replaced, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const undo = (page) => page.getByRole("group", { name: "History" }).getByRole("button").first();

test("Enter on a card leads to its first field, and S to the script of the step that it adds", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "lint").focus();
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toBeFocused();
  await card(page, "lint").focus();
  await page.keyboard.press("s");
  await expect(crumbs(page).locator("[aria-current=page]")).toHaveText("Step 2");
  await expect(form(page).locator(".script-editor :focus, textarea:focus")).toHaveCount(1);
  await page.keyboard.type("make");
  await expectYaml(page, replaced(text, "npm run lint\n", "npm run lint\n      - run: make\n"));
  // So it is when the form is not there yet.
  await page.getByRole("region", { name: "Form", exact: true }).getByRole("button", { name: /^(Close|Hide)/ }).click();
  await card(page, "deploy").focus();
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toBeFocused();
});

test("a step that is removed or moved leaves the keys at the next one, and at the one that was moved", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  const remove = form(page).getByRole("button", { name: "Remove this step" });
  await remove.focus();
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("heading", { name: "Report" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(step(page, "Report")).toBeVisible();

  await form(page).getByRole("button", { name: "Move this step to another job" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(crumbs(page)).toContainText("lint");
  await expect(crumbs(page).locator("[aria-current=page]")).toHaveText("Step 2");
  await expect(form(page).getByRole("button", { name: "Move this step to another job" })).toBeFocused();

  await step(page, "Run ./deploy.sh").click();
  await remove.click();
  await expect(page.locator("body:focus")).toHaveCount(0);
  await expect(page.locator(":focus")).toHaveCount(1);
});

test("a job that is made to run on a row of its matrix leaves the keys at its runner", async ({ page }) => {
  const matrix = "    needs: lint\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n";
  await openWorkflow(page, replaced(text, "    needs: lint\n", matrix));
  await card(page, "test").click();
  const run = form(page).getByRole("button", { name: "Run on matrix.os" });
  await run.focus();
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("combobox", { name: /^Runner/ })).toBeFocused();
  await expect.poll(() => shownYaml(page)).toContain("runs-on: ${{ matrix.os }}");
});

test("F2 on a job that has a name leads to the name, and once more to the id", async ({ page }) => {
  const named = replaced(text, "  lint:\n", "  lint:\n    name: Linting\n");
  await openWorkflow(page, named);
  await card(page, "Linting").focus();
  await page.keyboard.press("F2");
  await expect(graph(page).getByRole("textbox", { name: /^Name of job lint/ })).toHaveValue("Linting");
  await expect(card(page, "Linting").locator(".graph-card-below")).toHaveText("name · F2: the id");
  await page.keyboard.type("Checks");
  await page.keyboard.press("F2");
  const id = graph(page).getByRole("textbox", { name: /^Id of job lint/ });
  await expect(id).toHaveValue("lint");
  await expect(id).toBeFocused();
  await page.keyboard.type("check it");
  await page.keyboard.press("Enter");
  await expect(page.locator(".toast-error")).toContainText("check it");
  await id.fill("check");
  await page.keyboard.press("Enter");
  const both = named.replace("name: Linting", "name: Checks").replace("  lint:\n", "  check:\n").replace("needs: lint", "needs: check");
  await expectYaml(page, both);
  await expect(card(page, "Checks")).toBeFocused();
});

test("what is typed in one visit of a field is one step of the history", async ({ page }) => {
  await openWorkflow(page, text);
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.press("End");
  await name.pressSequentially(" of two words");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Tab");
  await name.press("End");
  await name.pressSequentially("!");
  await expectYaml(page, replaced(text, "name: CI", "name: CI of two word!"));
  await undo(page).click();
  await expectYaml(page, replaced(text, "name: CI", "name: CI of two word"));
  await undo(page).click();
  await expectYaml(page, text);
  await expect(undo(page)).toBeDisabled();
});

for (const [width, height] of [[1440, 900], [390, 844]]) {
  test(`a message does not cover the field that has the focus, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openWorkflowAt(page, width);
    const covers = () =>
      page.evaluate(() => {
        const [one, other] = [document.activeElement, document.querySelector(".toast")].map((it) => it.getBoundingClientRect());
        return one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right;
      });
    const pane = page.locator(".pane-body").filter({ has: page.locator(".form") });
    const fields = form(page).locator("input:not([type=checkbox]), select, textarea, button");
    await form(page).getByRole("button", { name: "Remove this step" }).click();
    await expect(page.locator(".toast")).toBeVisible();
    // Whatever has the focus, and wherever that stands.
    let seen = 0;
    for (const field of (await fields.all()).slice(0, 24)) {
      if (!(await field.isVisible())) continue;
      await field.evaluate((it) => (it.scrollIntoView({ block: "end" }), it.focus()));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      if ((await page.locator(".toast").count()) === 0) break;
      expect(await covers()).toBe(false);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(5);
    await expect(pane).toBeVisible();
  });
}

async function openWorkflowAt(page, width) {
  await page.goto("./");
  await page.getByLabel("Workflow file").setInputFiles({ name: "ci.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  if (width < 700) await page.getByRole("tab", { name: "Graph" }).click();
  await step(page, "Unit tests").click();
  if (width < 700 && !(await form(page).isVisible())) await page.getByRole("tab", { name: "Form" }).click();
  await expect(form(page).getByRole("button", { name: "Remove this step" })).toBeVisible();
}

test("a button that a question comes between is pressed after the answer", async ({ page }) => {
  const anchored = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: &steps\n      - run: make\n  b:\n    runs-on: ubuntu-latest\n    steps: *steps\n";
  await openWorkflow(page, anchored);
  await card(page, "b").click();
  await form(page).getByRole("button", { name: /^1 Run make/ }).click();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Make it");
  const box = await page.getByRole("banner").getByRole("button", { name: "Download" }).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(100);
  await page.mouse.up();
  const question = page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
  await expect(question).toContainText("After the answer: Download the file.");
  const offered = page.waitForEvent("download");
  await question.getByRole("button", { name: "Change it at the anchor" }).click();
  await offered;
});
