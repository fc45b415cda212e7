// The form of a job: what its token may do, which jobs it waits for, and what changes of it are called.
import { expectYaml, form, openWorkflow, pick, shownYaml, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const workflow = (build, deploy = "") =>
  `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n${build}    steps:\n      - run: make\n  deploy:\n    needs: build\n    runs-on: ubuntu-latest\n${deploy}    steps:\n      - run: make\n`;
const openJob = (page, id) => form(page).getByRole("button", { name: new RegExp(`^${id} \\d+ step`) }).click();

for (const [name, before] of [["nothing is set", ""], ["all can be read", "    permissions: read-all\n"], ["all can be written", "    permissions: write-all\n"]]) {
  test(`where ${name} a single scope is chosen, and what it takes away is told`, async ({ page }) => {
    await openWorkflow(page, workflow(before));
    await openJob(page, "build");
    if (!before) await form(page).locator("[aria-labelledby=form-job]").getByText(/^More \(/).click();
    await expect(form(page).getByText("the first one takes all others away", { exact: false })).toBeVisible();
    await pick(page, "Choose scope by scope", "issues");
    await expect.poll(() => shownYaml(page)).toContain("    permissions:\n      issues: read\n");
    await expect(form(page).getByRole("group", { name: "Issues" }).getByRole("button", { name: "Read" })).toBeFocused();
    await expect(form(page).getByText("What is not listed here, the token may not do.")).toBeVisible();
    await expect(toast(page, "Let job build read issues, nothing else")).toBeVisible();
    await form(page).getByRole("group", { name: "Issues" }).getByRole("button", { name: "Write" }).click();
    await expect.poll(() => shownYaml(page)).toContain("      issues: write\n");
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await expectYaml(page, workflow(before));
  });
}

test("a job that would wait for itself is reached by the keys, and says why it is closed", async ({ page }) => {
  const text = workflow("");
  await openWorkflow(page, text);
  await openJob(page, "build");
  const box = form(page).getByRole("group", { name: "Jobs that must be done first" }).getByLabel("deploy");
  await box.focus();
  await expect(box).toBeFocused();
  await expect(box).toHaveAccessibleDescription(/deploy.*build/);
  expect(await box.evaluate((box) => box.closest("label").title)).not.toContain("`");
  await page.keyboard.press("Space");
  await expect(box).not.toBeChecked();
  await expect(toast(page, /circle|wait/)).toBeVisible();
  await expectYaml(page, text);
  await expect(box).toBeFocused();
});

test("what stands below one another in a field does not touch", async ({ page }) => {
  const gap = async (above, below) => {
    const [one, other] = [await above.boundingBox(), await below.boundingBox()];
    return other.y - one.y - one.height;
  };
  await openWorkflow(page, workflow("").replace("runs-on: ubuntu-latest", "runs-on: [self-hosted, linux]"));
  await openJob(page, "build");
  const runner = form(page).locator("[data-field='jobs.build.runs-on']");
  expect(await gap(runner.getByRole("combobox", { name: /^Runner/ }), runner.locator(".chips"))).toBeGreaterThanOrEqual(6);
  await openWorkflow(page, workflow("").replace("on: push", "on:\n  schedule:\n    - cron: nope"));
  await form(page).getByRole("button", { name: /schedule/ }).first().click();
  const cron = form(page).locator("[data-field='on.schedule[0].cron']");
  const often = cron.getByRole("group", { name: "How often" });
  expect(await gap(cron.locator(".presets"), often.getByRole("combobox"))).toBeGreaterThanOrEqual(6);
  expect(await gap(often.getByRole("combobox"), cron.locator("input.field-input").last())).toBeGreaterThanOrEqual(6);
});

test("what is new and what is changed is called by its value", async ({ page }) => {
  await openWorkflow(page, workflow(""));
  await openJob(page, "build");
  const undo = page.getByRole("button", { name: /^Undo/ }).first();
  await form(page).getByRole("combobox", { name: /^Runner/ }).selectOption("windows-latest");
  await expect(undo).toHaveAttribute("title", /set runs-on of job build to windows-latest/i);
});

test("a scope that GitHub does not have shows what is written, and can go", async ({ page }) => {
  const text = "on: push\npermissions: {bogus: read, contents: read}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
  await openWorkflow(page, text);
  const scope = form(page).locator('[data-field="permissions.bogus"]');
  await expect(scope.getByText("read", { exact: true })).toBeVisible();
  await expect(scope).toContainText("GitHub has no such scope.");
  await scope.getByRole("button", { name: "Remove bogus" }).click();
  await expectYaml(page, text.replace("bogus: read, ", ""));
});

test("a scope that stands twice is one row, which says so", async ({ page }) => {
  const text = "on: push\npermissions:\n  contents: read\n  contents: write\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
  await openWorkflow(page, text);
  const scope = form(page).locator('[data-field="permissions.contents"]');
  await expect(scope).toHaveCount(1);
  await scope.getByRole("button", { name: "Remove contents" }).click();
  await expectYaml(page, text.replace("  contents: read\n", ""));
  await expect(scope.getByRole("button", { name: "Write" })).toHaveAttribute("aria-pressed", "true");
});
