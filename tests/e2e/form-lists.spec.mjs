// Lists in the form: what ends a value, where the keys are afterwards, and what is told beside it.
import { card, expectYaml, form, openWorkflow, shownYaml } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const jobs = "jobs:\n  a:\n    runs-on: x\n    steps: [{run: z}]\n";

test("the types that start a workflow by themselves are named", async ({ page }) => {
  await openWorkflow(page, `on:\n  pull_request:\n${jobs}`);
  await form(page).getByRole("button", { name: /^A pull request/ }).click();
  await expect(form(page).getByText("None chosen: opened, synchronize and reopened start the workflow.")).toBeVisible();
  const opened = form(page).getByRole("checkbox", { name: "opened", exact: true });
  await expect(opened).toHaveAccessibleDescription(/^Starts the workflow as long as none is chosen/);
  await opened.check();
  await expect(opened).not.toHaveAccessibleDescription(/as long as none is chosen/);
});

test("an option may have a comma", async ({ page }) => {
  const dispatch = "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\n        options: [x]\n";
  await openWorkflow(page, dispatch + jobs);
  await form(page).getByRole("button", { name: /by hand/ }).click();
  const options = form(page).getByRole("textbox", { name: /^Options/ });
  await options.pressSequentially("a,b");
  await options.press("Enter");
  await expectYaml(page, (dispatch + jobs).replace("[x]", "[x, 'a,b']"));
});

test("who leaves out a job of the matrix stays among the jobs", async ({ page }) => {
  const matrix = "    strategy:\n      matrix:\n        os: [p, q, r]\n        v: [1, 2]\n";
  await openWorkflow(page, `on: push\n${jobs.replace("    runs-on", `${matrix}    runs-on`)}`);
  await card(page, "a").click();
  const legs = form(page).getByRole("region", { name: "Jobs that come of the matrix" });
  await legs.getByRole("button", { name: "Leave out os p, v 2" }).press("Enter");
  await expect(legs.getByRole("button", { name: "Leave out os q, v 1" })).toBeFocused();
  for (const left of ["os q, v 1", "os q, v 2", "os r, v 1"]) {
    await legs.getByRole("button", { name: `Leave out ${left}` }).press("Enter");
  }
  await legs.getByRole("button", { name: "Leave out os r, v 2" }).press("Enter");
  await expect(legs.getByRole("listitem")).toHaveCount(1);
  await expect(legs.getByRole("list")).toBeFocused();
});

test("an input that got another name keeps the keys", async ({ page }) => {
  await openWorkflow(page, `on:\n  workflow_call:\n    inputs:\n      level: {type: string}\n${jobs}`);
  await form(page).getByRole("button", { name: /called by|Called|another workflow/i }).first().click();
  await form(page).getByRole("button", { name: "Rename level" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("depth");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("depth: {type: string}");
  await expect(form(page).getByRole("button", { name: "Rename depth" })).toBeFocused();
});

test("an expression is offered on the line of its label, also in a narrow form", async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  const matrix = "    strategy:\n      matrix:\n        os: [p, q, r]\n";
  await openWorkflow(page, `on: push\n${jobs.replace("    runs-on", `${matrix}    runs-on`)}`);
  await card(page, "a").focus();
  await page.keyboard.press("Enter");
  const head = form(page).locator('[data-field$="max-parallel"] .field-head');
  await expect(head).toBeVisible();
  const [label, button] = await Promise.all([head.locator("label").boundingBox(), head.locator(".picker-open").boundingBox()]);
  expect(Math.abs(label.y + label.height / 2 - button.y - button.height / 2)).toBeLessThan(6);
});

test("a number in the place of a number needs no quotes", async ({ page }) => {
  const file = `env:\n  PORT: 80\n  NAME: x\non: push\n${jobs}`;
  await openWorkflow(page, file);
  await form(page).getByRole("textbox", { name: "Value of PORT" }).fill("8080");
  await expectYaml(page, file.replace("80", "8080"));
  await form(page).getByRole("textbox", { name: "Value of NAME" }).fill("12");
  await expectYaml(page, file.replace("80", "8080").replace("NAME: x", "NAME: '12'"));
});

test("a variable does not get the name of one that it would hide", async ({ page }) => {
  const file = `on: push\nenv:\n  A: 1\n${jobs}    env:\n      B: 2\n`;
  await openWorkflow(page, file);
  await card(page, "a").click();
  const name = form(page).getByRole("textbox", { name: "Name of variable B" });
  await name.fill("A");
  await name.press("Enter");
  await expect(page.getByText("The workflow sets A too, which this one would hide; choose another name.")).toBeVisible();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expectYaml(page, file);
});

test("who renames an entry goes on to its value", async ({ page }) => {
  const file = `on: push
env:
  X1: a
  X2: b
jobs:
  a:
    runs-on: ubuntu-latest
    outputs: {v: x, w: y}
    steps:
      - name: One
        uses: actions/cache@v5
        with: {path: a, key: b, zzz: 1, yyy: 2}
        env:
          X3: c
          X4: d
`;
  await openWorkflow(page, file);
  const rename = async (old, to, key) => {
    await form(page).getByRole("textbox", { name: `Name of ${old}`, exact: true }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(to);
    await page.keyboard.press(key);
    const value = form(page).getByRole("textbox", { name: `Value of ${to}`, exact: true });
    await expect(value).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.type("!");
  };
  await rename("variable X1", "Y1", "Tab");
  await rename("variable X2", "Y2", "Enter");
  await card(page, "a").click();
  await rename("entry v", "vv", "Tab");
  await rename("entry w", "ww", "Tab");
  await card(page, "a").getByText("One").click();
  await rename("variable X3", "Y3", "Tab");
  await rename("variable X4", "Y4", "Tab");
  await rename("entry zzz", "zz", "Tab");
  await rename("entry yyy", "yy", "Enter");
  const after = file.replace("X1: a", "Y1: a!").replace("X2: b", "Y2: b!").replace("{v: x, w: y}", "{vv: x!, ww: y!}");
  await expectYaml(
    page,
    after.replace("X3: c", "Y3: c!").replace("X4: d", "Y4: d!").replace("zzz: 1, yyy: 2", "zz: 1!, yy: 2!"),
  );
});

test("who adds an entry without a name is told, and is where it goes", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: x}]\n");
  await form(page).getByRole("button", { name: "Add", exact: true }).first().click();
  await expect(form(page).getByText("Type a name first.")).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: "Name of a new entry" }).first()).toBeFocused();
  await card(page, "a").click({ position: { x: 40, y: 16 } });
  await form(page).getByRole("button", { name: "Add row" }).click();
  await expect(form(page).getByText("Type a name and its values first.")).toBeVisible();
});
