// The form of a job: what its token may do, which jobs it waits for, and what changes of it are called.
import { crumbs, expectYaml, form, openWorkflow, pick, replaced, shownYaml, toast } from "./support/journey.mjs";
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

test("a need that is no job can be taken away, as can one on the job itself", async ({ page }) => {
  await openWorkflow(page, workflow("    needs: [missing, build]\n"));
  await openJob(page, "build");
  const needs = form(page).getByRole("group", { name: "Jobs that must be done first" });
  await expect(needs.getByLabel("deploy")).not.toBeChecked();
  await expect(needs.getByLabel("missing")).toBeChecked();
  await expect(needs.getByTitle("No other job has this id")).toHaveText(["missing", "build"]);
  await needs.getByLabel("build").click();
  await expectYaml(page, workflow("    needs: missing\n"));
  await needs.getByLabel("missing").focus();
  await page.keyboard.press("Space");
  await expectYaml(page, workflow(""));
  await expect(form(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, workflow("    needs: missing\n"));
  await form(page).getByRole("button", { name: "Remove it" }).click();
  await expectYaml(page, workflow(""));
});

test("a job and a step as YAML have their comments, and keep them", async ({ page }) => {
  const text = `on: push
jobs:
  # about a
  a: # head a
    # first of a
    runs-on: ubuntu-latest
    steps:
      - name: s1 # n1
        run: one # tail of one

      # about two
      - run: two # tail of two
  # about call
  call:
    uses: ./.github/workflows/y.yml
    secrets:
      tok: \${{ secrets.TOK }} # tail of call
    # end of call
  # at the end
`;
  await openWorkflow(page, text);
  const change = async (what, shown, added, from, to) => {
    const summary = form(page).getByText(`${what} as YAML`, { exact: true });
    const yaml = form(page).getByRole("textbox", { name: `${what} as YAML` });
    if (!(await yaml.isVisible())) await summary.click();
    await expect(yaml).toHaveValue(shown);
    await yaml.fill(`${added}\n${shown}`);
    await yaml.press("ControlOrMeta+Enter");
    await expectYaml(page, replaced(text, from, to));
    await page.getByRole("group", { name: "History" }).getByRole("button").first().click();
    await expectYaml(page, text);
  };
  await form(page).getByRole("button", { name: /^call / }).click();
  await change(
    "This job",
    "uses: ./.github/workflows/y.yml\nsecrets:\n  tok: ${{ secrets.TOK }} # tail of call\n# end of call",
    "name: X",
    "  call:\n",
    "  call:\n    name: X\n",
  );
  await crumbs(page).getByRole("button").first().click();
  await openJob(page, "a");
  const steps = "steps:\n  - name: s1 # n1\n    run: one # tail of one\n\n  # about two\n  - run: two # tail of two";
  await change("This job", `# first of a\nruns-on: ubuntu-latest\n${steps}`, "name: X", "  a: # head a\n", "  a: # head a\n    name: X\n");
  await form(page).getByRole("button", { name: /^1 s1/ }).click();
  await change("This step", "name: s1 # n1\nrun: one # tail of one", "id: q", "      - name: s1", "      - id: q\n        name: s1");
  await crumbs(page).getByRole("button", { name: "a", exact: true }).click();
  await form(page).getByRole("button", { name: /^2 Run two/ }).click();
  await change("This step", "run: two # tail of two", "id: q", "      - run: two", "      - id: q\n        run: two");
});

test("an expression has room where a number stands otherwise", async ({ page }) => {
  await openWorkflow(page, workflow("    timeout-minutes: ${{ fromJSON(vars.LIMIT_OF_ALL_JOBS) }}\n"));
  await openJob(page, "build");
  const limit = form(page).getByRole("textbox", { name: "Time limit", exact: true });
  expect(await limit.evaluate((field) => field.scrollWidth - field.clientWidth)).toBe(0);
  const row = await limit.locator("xpath=..").boundingBox();
  expect((await limit.boundingBox()).width).toBeGreaterThan(row.width - 40);
  await limit.fill("30");
  await expect.poll(async () => (await limit.boundingBox()).width).toBeLessThan(200);
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

test("what a job has in several lines is taken away as a whole", async ({ page }) => {
  const own = "    environment:\n      name: prod # where\n      url: https://a.example\n    # one at a time\n    concurrency:\n      group: a\n      cancel-in-progress: true\n";
  await openWorkflow(page, workflow(own));
  await openJob(page, "build");
  await form(page).getByRole("button", { name: "Remove Environment", exact: true }).click();
  const left = workflow(own.slice(own.indexOf("    # one")));
  await expectYaml(page, left);
  await expect(toast(page, "environment of job build")).toBeVisible();
  await expect(form(page).getByRole("combobox", { name: /^Environment/ }).or(form(page).getByRole("textbox", { name: /^Environment/ }))).toBeFocused();
  await expect(form(page).getByRole("button", { name: "Remove Environment", exact: true })).toHaveCount(0);
  await form(page).getByRole("button", { name: "Remove Concurrency", exact: true }).click();
  await expectYaml(page, workflow(""));
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, workflow(own));
});

test("a service that gets its name is asked for its image", async ({ page }) => {
  await openWorkflow(page, workflow("    services:\n      db:\n        image: postgres\n"));
  await openJob(page, "build");
  await form(page).getByRole("textbox", { name: "Name of the new service" }).fill("mail");
  await page.keyboard.press("Enter");
  await expect(form(page).getByRole("group", { name: "mail", exact: true }).getByRole("textbox", { name: "Image" })).toBeFocused();
  await page.keyboard.type("mailhog/mailhog");
  await expect.poll(() => shownYaml(page)).toContain("        image: postgres\n      mail: mailhog/mailhog\n");
});
