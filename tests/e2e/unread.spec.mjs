// Who makes a matrix, adds a script and goes from step to step: what is read, where the caret is, and what is in view.
import { card, expectYaml, form, graph, openWorkflow, replaced, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
    env:
      STAGE: a
    steps:
      - name: Say
        run: make
      - name: Py
        shell: python
        run: |
          import os
          print(os.name)
`;

test("a row of the matrix that nothing reads says so, and the job runs on it", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "build").click();
  const row = form(page).getByRole("group", { name: "Row os of the matrix" });
  await expect(row).toContainText("No step and no setting of this job reads matrix.os.");
  await row.getByRole("button", { name: "Run on matrix.os" }).click();
  await expectYaml(page, replaced(text, "runs-on: ubuntu-latest", "runs-on: ${{ matrix.os }}"));
  await expect(row).not.toContainText("No step");
});

test("one row of the matrix leads on to the next", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "build").click();
  await form(page).getByRole("textbox", { name: "Name of the new row" }).fill("node");
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("textbox", { name: "Its values, with commas between them" })).toBeFocused();
  await page.keyboard.type("20, 22");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("node: [20, 22]");
  await expect(form(page).getByRole("textbox", { name: "Name of the new row" })).toBeFocused();
  await expect(form(page).getByRole("group", { name: "Row node of the matrix" })).toContainText("reads matrix.node");
  await expect(form(page).getByRole("button", { name: "Run on matrix.node" })).toHaveCount(0);
  await expect(form(page).getByRole("textbox", { name: "Name of variable STAGE" })).toHaveValue("STAGE");
});

test("a new script is there to be typed over", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "build").click();
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await expect(form(page).getByRole("textbox", { name: "Script, in an editor" })).toBeFocused();
  await page.keyboard.type("npm ci");
  await expectYaml(page, `${text}      - run: npm ci\n`);
});

test("another step is shown from its top", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await openWorkflow(page, text);
  await card(page, "build").click();
  const pane = page.locator(".pane-form .pane-body");
  const top = () => pane.evaluate((pane) => pane.scrollTop);
  await pane.evaluate((pane) => pane.scrollTo(0, 300));
  await expect.poll(top).toBe(300);
  await step(page, "Py").click();
  await expect(form(page).getByRole("heading", { name: "Py" })).toBeVisible();
  await expect.poll(top).toBe(0);
  await pane.evaluate((pane) => pane.scrollTo(0, 80));
  await form(page).getByRole("textbox", { name: "Name", exact: true }).evaluate((name) => name.focus({ preventScroll: true }));
  await page.keyboard.type("t");
  await expect.poll(() => shownYaml(page)).toContain("name: Pyt");
  expect(await top()).not.toBe(0);
});

test("a script that was an action for a while comes back as it was", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Py").click();
  const does = form(page).getByRole("group", { name: "What the step does" });
  await does.getByRole("button", { name: "Action" }).click();
  await page.getByLabel("Search actions").fill("octo/tool@v1");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("      - name: Py\n        uses: octo/tool@v1\n");
  await does.getByRole("button", { name: "Script" }).click();
  await expectYaml(page, text);
});

test("a step that is switched off is said to be so, and is no problem", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Say").click();
  await form(page).getByRole("switch", { name: "The step runs" }).click();
  await expect.poll(() => shownYaml(page)).toContain("if: false");
  await expect(form(page)).toContainText("Disabled");
  const off = graph(page).getByRole("treeitem", { name: /^Step Say/ });
  await expect(off).toHaveAccessibleName("Step Say, switched off");
  // What the form writes around a condition is none either, and what never changes otherwise still is.
  const condition = form(page).getByRole("textbox", { name: "Condition", exact: true }).or(form(page).getByRole("combobox", { name: "Condition", exact: true }));
  await condition.fill("1 == 2");
  await expect(off).toHaveAccessibleName("Step Say, under a condition, 1 warning");
  await condition.fill("github.ref_name == 'a'");
  await form(page).getByRole("switch", { name: "The step runs" }).click();
  await expect(off).toHaveAccessibleName("Step Say, switched off");
});
