// Everything that the forms do, with what it writes.
import {
  card,
  drawer,
  expectYaml,
  fixture,
  form,
  openWorkflow,
  pick,
  replaced,
  run,
  shownYaml,
  step,
  toast,
} from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const field = (page, name) => form(page).getByRole("textbox", { name, exact: true });
const job = (page, name) => form(page).getByRole("button", { name: new RegExp(`^${name} \\d+ steps?`) });

test.describe("triggers", () => {
  test.beforeEach(({ page }) => openWorkflow(page, text));

  test("are added, changed and removed", async ({ page }) => {
    await pick(page, "Add a trigger", "schedule");
    await expect(form(page).getByText("schedule", { exact: true }).first()).toBeVisible();
    await form(page).getByRole("button", { name: "Every night" }).click();
    await expect(form(page).getByText(/03:17/).first()).toBeVisible();
    await expect.poll(() => shownYaml(page)).toMatch(/ {2}schedule:\n {4}- cron: ["']?17 3 \* \* \*["']?\n/);
    await expect(page.getByRole("treeitem", { name: /^Starts when: .*pushed to main; .*03:17/ })).toBeVisible();

    await form(page).getByRole("button", { name: "Remove this trigger" }).click();
    await expect(toast(page, "Remove trigger schedule")).toBeVisible();
    await expectYaml(page, text);
  });

  test("take branches and activity types", async ({ page }) => {
    await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
    const branches = field(page, "Branches");
    await branches.fill("release/**");
    await branches.press("Enter");
    await expectYaml(page, replaced(text, "[main]", "[main, release/**]"));
    await form(page).getByRole("button", { name: "Remove main" }).click();
    await expectYaml(page, replaced(text, "[main]", "[release/**]"));

    await form(page).getByRole("button", { name: "CI", exact: true }).click();
    await pick(page, "Add a trigger", "pull_request");
    await form(page).getByRole("group", { name: "Activities" }).getByLabel("labeled", { exact: true }).check();
    await expect.poll(() => shownYaml(page)).toContain("  pull_request:\n    types: [labeled]\n");
  });
});

test.describe("jobs", () => {
  test.beforeEach(({ page }) => openWorkflow(page, text));

  test("are added, renamed with all that needs them, and removed", async ({ page }) => {
    await job(page, "lint").click();
    const id = form(page).getByRole("textbox", { name: /^Id of the job/ });
    await id.fill("style");
    await id.press("Enter");
    await expect(card(page, "style")).toBeVisible();
    const renamed = replaced(replaced(text, "  lint:", "  style:"), "needs: lint", "needs: style");
    await expectYaml(page, renamed);

    await form(page).getByRole("button", { name: "CI", exact: true }).click();
    await job(page, "deploy").click();
    await form(page).getByRole("button", { name: "Remove this job" }).click();
    await expect(toast(page, "Remove job deploy")).toBeVisible();
    await expect(card(page, "deploy")).toHaveCount(0);
    await expectYaml(page, renamed.slice(0, renamed.indexOf("  deploy:")));

    await form(page).getByRole("button", { name: "Add a job" }).click();
    await expect(graphJobs(page)).toHaveCount(3);
    await expect.poll(() => shownYaml(page)).toMatch(/\n {2}\S+:\n {4}runs-on: ubuntu-latest\n {4}steps:\n/);
  });

  test("run on another machine, wait for other jobs, and end in time", async ({ page }) => {
    await job(page, "deploy").click();
    await form(page).getByRole("combobox", { name: /^Runner/ }).selectOption("windows-latest");
    const windows = text.replace(/(deploy:\n {4}runs-on: )ubuntu-latest/, "$1windows-latest");
    await expectYaml(page, windows);
    await expect(card(page, "deploy")).toHaveAccessibleName(/runs on windows-latest/);

    const needs = form(page).getByRole("group", { name: "Jobs that must be done first" });
    await needs.getByLabel("lint").check();
    await expectYaml(page, windows.replace("needs: test", "needs: [test, lint]"));
    await needs.getByLabel("lint").uncheck();
    await needs.getByLabel("test").uncheck();
    await expectYaml(page, windows.replace("    needs: test\n", ""));
  });

  test("that would wait for themselves are closed, with the reason", async ({ page }) => {
    await job(page, "lint").click();
    const needs = form(page).getByRole("group", { name: "Jobs that must be done first" });
    await expect(needs.getByLabel("deploy")).toBeDisabled();
    await expect(needs.getByTitle(/deploy/).first()).toHaveAttribute("title", /lint/);
  });
});

test("of many jobs only those that are needed are listed, until another is asked for", async ({ page }) => {
  const short = Array.from({ length: 14 }, (_, at) => `  build-${at}: { runs-on: ubuntu-latest, steps: [{ run: make }] }\n`);
  const last = "  build-14:\n    runs-on: ubuntu-latest\n    needs: [build-3]\n    steps:\n      - run: make\n";
  const many = `on: push\njobs:\n${short.join("")}${last}`;
  await openWorkflow(page, many);
  await job(page, "build-14").click();
  const needs = form(page).getByRole("group", { name: "Jobs that must be done first" });
  await expect(needs.getByRole("checkbox")).toHaveCount(1);
  await needs.getByRole("button", { name: "Show 13 more jobs" }).press("Enter");
  await expect(needs.getByRole("checkbox")).toHaveCount(14);
  await expect(needs.getByLabel("build-0", { exact: true })).toBeFocused();
  await page.keyboard.press("Space");
  await expectYaml(page, many.replace("[build-3]", "[build-3, build-0]"));
  await expect(needs.getByLabel("build-0", { exact: true })).toBeFocused();
  await needs.getByLabel("build-3").uncheck();
  await expectYaml(page, many.replace("[build-3]", "build-0"));
  await expect(needs.getByLabel("build-3")).toBeFocused();
  await expect(needs.getByRole("checkbox")).toHaveCount(14);
});

test("permissions are chosen at once, or scope by scope and told in words", async ({ page }) => {
  await openWorkflow(page, text);
  const whole = form(page).getByRole("combobox", { name: "Permissions", exact: true });
  await expect(whole).toHaveValue("code");
  await pick(page, "Let it do more", "packages");
  const packages = form(page).getByRole("group", { name: "Packages" });
  await expect(packages.getByRole("button", { name: "Read" })).toBeFocused();
  await packages.getByRole("button", { name: "Write" }).click();
  await expect(form(page).getByText(/^Lets the job .*, and .*\.$/)).toBeVisible();
  await picture(page, "permissions");
  await expectYaml(page, replaced(text, "  contents: read\n", "  contents: read\n  packages: write\n"));
  await expect(whole).toHaveValue("chosen");
  await form(page).getByRole("button", { name: "Remove packages" }).click();
  await expectYaml(page, text);
  await whole.selectOption("nothing");
  await expectYaml(page, replaced(text, "permissions:\n  contents: read\n", "permissions: {}\n"));
  await expect(form(page).getByText("The token may do nothing.")).toBeVisible();
});

test("a database runs beside a job, which waits until it is ready", async ({ page }) => {
  await openWorkflow(page, text);
  await job(page, "deploy").click();
  await form(page).getByText(/^More \(\d+\)/).first().click();
  await form(page).getByRole("button", { name: "PostgreSQL" }).click();
  await expect(field(page, "Image")).toBeFocused();
  await expect(field(page, "Image")).toHaveValue(/^postgres:/);
  await expect(form(page).getByText("Waits until pg_isready succeeds")).toBeVisible();
  await form(page).getByRole("textbox", { name: /--health-cmd/ }).fill("pg_isready -U me");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain('options: --health-cmd "pg_isready -U me" --health-interval');
  await expect(card(page, "deploy")).toContainText("postgres");
  await picture(page, "services");
  await form(page).locator(".services").getByText(/^More \(\d+\)/).click();
  await form(page).getByRole("button", { name: "Sign in to a private registry" }).click();
  await expect(field(page, "Password")).toHaveValue(/^\$\{\{ secrets\./);
});

test("a job runs in a container of a private registry", async ({ page }) => {
  await openWorkflow(page, text);
  await job(page, "deploy").click();
  await form(page).getByText(/^More \(\d+\)/).first().click();
  const container = form(page).locator('[data-field="jobs.deploy.container"]');
  await container.getByRole("textbox", { name: "Container" }).fill("ghcr.io/octo-org/trainer:2");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain("\n    container: ghcr.io/octo-org/trainer:2\n");
  await expect(card(page, "deploy")).toContainText("container");

  await container.getByRole("button", { name: "More options of Container" }).click();
  await expect(container.getByRole("textbox", { name: "Image", exact: true })).toHaveValue("ghcr.io/octo-org/trainer:2");
  await container.getByText(/^More \(\d+\)/).click();
  await container.getByRole("button", { name: "Sign in to a private registry" }).click();
  await expect(container.getByRole("textbox", { name: "Password", exact: true })).toHaveValue("${{ secrets.GITHUB_TOKEN }}");
  await picture(page, "container");
  await expect
    .poll(() => shownYaml(page))
    .toContain(
      "    container:\n      image: ghcr.io/octo-org/trainer:2\n      credentials:\n        username: ${{ github.actor }}\n",
    );
  // A job does not wait for its own container.
  await expect(container.getByText("Health check")).toHaveCount(0);
});

test("more options of what is not set write nothing before something is entered", async ({ page }) => {
  await openWorkflow(page, text);
  await job(page, "deploy").click();
  const environment = form(page).locator('[data-field="jobs.deploy.environment"]');
  await environment.getByRole("button", { name: "More options of Environment" }).click();
  const name = environment.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toBeFocused();
  await expectYaml(page, text);
  await page.keyboard.type("production");
  await expect(name).toBeFocused();
  await expect.poll(() => shownYaml(page)).toContain("\n    environment:\n      name: production\n");
});

test("triggers and jobs are put in another order", async ({ page }) => {
  const two = replaced(text, "on:\n", "on:\n  workflow_dispatch:\n");
  await openWorkflow(page, two);
  const item = (name) => form(page).getByRole("listitem").filter({ has: page.getByRole("button", { name }) });
  await item(/^Code is pushed/).hover();
  await form(page).getByRole("button", { name: "Move the trigger push up" }).click();
  const pushed = replaced(text, "    branches: [main]\n", "    branches: [main]\n  workflow_dispatch:\n");
  await expectYaml(page, pushed);

  await job(page, "deploy").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(job(page, "deploy")).toBeFocused();
  const [test, deploy] = [pushed.indexOf("  test:"), pushed.indexOf("  deploy:")];
  const moved = pushed.slice(0, test) + pushed.slice(deploy) + pushed.slice(test, deploy);
  await expectYaml(page, moved);

  await item(/^lint/).dragTo(item(/^deploy/));
  await expect.poll(async () => (await shownYaml(page)).match(/^ {2}(lint|deploy|test):/gm)).toEqual([
    "  deploy:",
    "  lint:",
    "  test:",
  ]);
});

function graphJobs(page) {
  return page.getByRole("treeitem", { name: /^Job / });
}

test.describe("steps", () => {
  test.beforeEach(async ({ page }) => {
    await openWorkflow(page, text);
    await job(page, "test").click();
  });

  test("are added, changed and removed", async ({ page }) => {
    await form(page).getByRole("button", { name: "Add a script" }).click();
    await form(page).locator(".script-editor").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("npm run coverage");
    await field(page, "Name").fill("Coverage");
    await expect(step(page, "Coverage")).toBeVisible();
    const after = "        run: npm run report\n";
    await expect.poll(() => shownYaml(page)).toContain(`${after}      - name: Coverage\n        run: npm run coverage\n`);

    await form(page).getByRole("button", { name: "Remove this step" }).click();
    await expect(toast(page, /^Remove step/)).toBeVisible();
    await expectYaml(page, text);
  });

  test("have scripts in an editor of their own, in their language", async ({ page }) => {
    await step(page, "Unit tests").click();
    const editor = form(page).locator(".script-editor");
    await editor.click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("if true; then echo x; fi");
    const before = "        run: npm test\n";
    const after = "        run: |\n          npm test\n          if true; then echo x; fi\n";
    await expectYaml(page, replaced(text, before, after));
    await expect(editor.locator("span.mtk1, span[class*=mtk]").filter({ hasText: /^then$|^if$/ }).first()).toBeVisible();
    // One history; the caret goes on to the next field with the Tab key.
    const undo = async () => {
      await page.keyboard.press("ControlOrMeta+z");
      return shownYaml(page);
    };
    await expect.poll(undo).toBe(text);
    await expect(editor).toContainText("npm test");
    await expect(editor).not.toContainText("echo x");
    await page.keyboard.press("Tab");
    expect(await editor.evaluate((editor) => editor.contains(document.activeElement))).toBe(false);

    // A plain field for those who want one.
    await run(page, "plain text field");
    await form(page).getByRole("textbox", { name: /^Script/ }).fill("npm run all");
    await expect.poll(() => shownYaml(page)).toContain("        run: npm run all\n");
  });

  test("are reordered by buttons, keys and hand", async ({ page }) => {
    const unit = "      - name: Unit tests\n        run: npm test\n";
    const report = "      - name: Report\n        run: npm run report\n";
    const swapped = replaced(text, unit + report, report + unit);
    await form(page).getByRole("listitem").filter({ hasText: "Report" }).hover();
    await form(page).getByRole("button", { name: "Move Report up" }).click();
    await expectYaml(page, swapped);

    // It cannot go further up: the keys are at the button beside.
    await expect(form(page).getByRole("button", { name: "Move Report down" })).toBeFocused();
    await page.keyboard.press("Alt+ArrowDown");
    await expectYaml(page, text);
    await expect(form(page).getByRole("listitem").filter({ hasText: "Report" }).locator(":focus")).toHaveCount(1);

    await form(page)
      .getByRole("listitem")
      .filter({ hasText: "Report" })
      .dragTo(form(page).getByRole("listitem").filter({ hasText: "Unit tests" }));
    await expectYaml(page, swapped);
  });

  test("use an action, whose inputs are filled in", async ({ page }) => {
    await form(page).getByRole("button", { name: "Add an action" }).click();
    const library = page.getByRole("dialog", { name: "Add an action" });
    await library.getByRole("combobox", { name: "Search actions" }).fill("setup-python");
    await picture(page, "library");
    await library.getByRole("option", { name: /actions\/setup-python@/ }).first().click();

    const inputs = form(page).getByRole("region", { name: "Inputs" });
    const version = inputs.getByRole("textbox", { name: "python-version", exact: true });
    await version.fill("3.13");
    await expect
      .poll(() => shownYaml(page))
      .toMatch(/ {6}- uses: actions\/setup-python@\S+( # \S+)?\n {8}with:\n {10}python-version: ["']3\.13["']\n/);
    await version.fill("");
    await version.press("Tab");
    await expect.poll(() => shownYaml(page)).not.toContain("python-version");
  });

  test("take an action that nobody knows", async ({ page }) => {
    await form(page).getByRole("button", { name: "Add an action" }).click();
    const library = page.getByRole("dialog", { name: "Add an action" });
    await library.getByRole("combobox", { name: "Search actions" }).fill("octo-org/secret-sauce@v2");
    await page.keyboard.press("Enter");
    await expect(library).toBeHidden();
    await expect.poll(() => shownYaml(page)).toContain("      - uses: octo-org/secret-sauce@v2\n");
    const inputs = form(page).getByRole("region", { name: "Inputs" });
    await inputs.getByRole("textbox", { name: "Name of a new entry" }).focus();
    // The keys come one after the other: none is lost on the way to the new value.
    await page.keyboard.type("flavour\nhot");
    await expect(inputs.getByRole("textbox", { name: "Value of flavour" })).toBeFocused();
    await expect.poll(() => shownYaml(page)).toContain("        with:\n          flavour: hot\n");
  });
});

test.describe("secrets", () => {
  test("are inserted by the picker, and listed with the place where they are made", async ({ page }) => {
    await openWorkflow(page, text);
    await step(page, "Unit tests").click();
    const env = form(page).getByRole("textbox", { name: "Name of a new entry" });
    await env.fill("API_KEY");
    await env.press("Enter");
    const pickers = form(page).getByRole("button", { name: /^Insert a secret/ });
    await pickers.last().click();
    const picker = page.getByRole("dialog", { name: "Insert an expression" });
    await picker.getByRole("combobox", { name: "Search" }).fill("api key");
    await expect(picker.getByRole("option", { name: /secrets\.API_KEY/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(picker).toBeHidden();
    await expectYaml(
      page,
      replaced(text, "run: npm test\n", "run: npm test\n        env:\n          API_KEY: ${{ secrets.API_KEY }}\n"),
    );

    await drawer(page).getByRole("tab", { name: /^Secrets & variables/ }).click();
    const row = drawer(page).getByRole("listitem").filter({ hasText: "API_KEY" });
    await expect(row).toContainText("Settings → Secrets and variables → Actions");
    await expect(row).toContainText("test › Unit tests");
    await picture(page, "secrets");
  });

  test("of a repository that is known have a link each", async ({ page }) => {
    await openWorkflow(page, fixture("secrets.yml"));
    await drawer(page).getByRole("tab", { name: "Secrets & variables 2" }).click();
    const rows = drawer(page).getByRole("listitem");
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: "GITHUB_TOKEN" })).toContainText("there is nothing to create");
    await drawer(page).getByRole("textbox", { name: /^Repository on GitHub/ }).fill("https://github.com/octo-org/model.git");
    await page.keyboard.press("Tab");
    const links = "https://github.com/octo-org/model/settings";
    await expect(rows.getByRole("link", { name: /WANDB_API_KEY/ })).toHaveAttribute("href", `${links}/secrets/actions/new`);
    await expect(rows.getByRole("link", { name: /REGION/ })).toHaveAttribute("href", `${links}/variables/actions/new`);
    await expect(rows.filter({ hasText: "WANDB_API_KEY" })).toContainText("staging");
    await rows.filter({ hasText: "REGION" }).getByRole("button", { name: "train › Train the model" }).click();
    await expect(form(page).getByRole("heading", { name: "Train the model" })).toBeVisible();
  });
});

test("a job and a step can be written as YAML, with all that no form has", async ({ page }) => {
  await openWorkflow(page, text);
  await job(page, "deploy").click();
  await form(page).getByText("This job as YAML", { exact: true }).click();
  const whole = field(page, "This job as YAML");
  await expect(whole).toHaveValue(/^runs-on: ubuntu-latest\nneeds: test\nsteps:/);
  await whole.fill("needs: test\nuses: ./.github/workflows/deploy.yml\nsecrets: inherit");
  await whole.press("ControlOrMeta+Enter");
  const before = text.slice(0, text.indexOf("  deploy:\n"));
  await expectYaml(page, `${before}  deploy:\n    needs: test\n    uses: ./.github/workflows/deploy.yml\n    secrets: inherit\n`);
  await expect(card(page, "deploy")).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: "Reusable workflow" })).toBeVisible();
});

test("a matrix is computed by an expression, or listed, without typing YAML", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "test").click();
  const matrix = form(page).getByRole("region", { name: "Matrix", exact: true });
  await matrix.getByRole("button", { name: "Compute it with an expression" }).click();
  const field = matrix.getByRole("textbox", { name: "Matrix" });
  await expect(field).toBeFocused();
  await field.pressSequentially("${{ fromJSON(vars.MATRIX) }}");
  await expect.poll(() => shownYaml(page)).toContain("    strategy:\n      matrix: ${{ fromJSON(vars.MATRIX) }}\n");
  await expect(matrix.getByText("is not known")).toHaveCount(0);
  await matrix.getByRole("button", { name: "List its values instead" }).click();
  await expectYaml(page, text);
  await matrix.getByRole("textbox", { name: "Name of the new row" }).fill("os");
  await matrix.getByRole("textbox", { name: /values/i }).fill("ubuntu-latest, macos-latest");
  await page.keyboard.press("Enter");
  await expect(matrix.getByRole("list").last()).toContainText("os ubuntu-latest");
});

test("a name that cannot be taken stays to be mended", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "test").dblclick();
  const title = page.getByRole("textbox", { name: "New name of job test" });
  await title.fill("two words");
  await title.press("Enter");
  await expect(toast(page, "two words cannot be an id")).toBeVisible();
  await expect(title).toBeFocused();
  await expect(title).toHaveValue("two words");
  await title.fill("words");
  await title.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("needs: words\n");
  const id = form(page).getByLabel(/^Id of the job/);
  await id.fill("lint");
  await id.press("Enter");
  await expect(id).toHaveValue("lint");
  await expect(id).toHaveAttribute("aria-invalid", "true");
});

test("what a job is cannot be emptied by chance", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "test").click();
  await form(page).getByText("This job as YAML").click();
  const yaml = form(page).getByRole("textbox", { name: "This job as YAML" });
  await yaml.fill("");
  await yaml.press("ControlOrMeta+Enter");
  await expect(toast(page, "This cannot be empty")).toBeVisible();
  await expect(yaml).not.toHaveValue("");
  await expectYaml(page, text);
});

test("a runner is one's own, or one of a group", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "test").click();
  const runner = form(page).getByRole("combobox", { name: /^Runner/ });
  await runner.selectOption("Own label or expression");
  await expect(form(page).locator(".chips-input:focus")).toHaveCount(1);
  await page.keyboard.type("big-box");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("  test:\n    runs-on: big-box\n");
  await page.keyboard.type("linux,");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [big-box, linux]\n");
  // The order and a text are changed in place.
  await form(page).getByRole("button", { name: "Change linux" }).focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [linux, big-box]\n");
  await expect(form(page).getByRole("button", { name: "Change linux" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("x64");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [x64, big-box]\n");
  // One of several can be an expression, too.
  const runsOn = form(page).locator("[data-field='jobs.test.runs-on']");
  await runsOn.getByRole("button", { name: /^Insert an expression/ }).click();
  await page.getByRole("dialog", { name: "Insert an expression" }).getByRole("combobox", { name: "Search" }).fill("github.ref_name");
  await page.keyboard.press("Enter");
  await expect(runsOn.locator(".chips-input")).toHaveValue("${{ github.ref_name }}");
  await expect(runsOn.locator(".chips-input")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [x64, big-box, '${{ github.ref_name }}']\n");

  await card(page, "lint").click();
  await runner.selectOption("Runners of a group");
  await expect(form(page).getByRole("textbox", { name: "Runner group" })).toBeFocused();
  await page.keyboard.type("large");
  await expect.poll(() => shownYaml(page)).toContain("  lint:\n    runs-on:\n      group: large\n");
});

test("every variant of a matrix is left out where it comes from, and values may have keys", async ({ page }) => {
  const matrix = "    strategy:\n      matrix:\n        os: [a, b]\n        include:\n          - {os: a, x: 1}\n          - {os: c}\n";
  const before = replaced(text, "    needs: lint\n", `    needs: lint\n${matrix}`);
  await openWorkflow(page, before);
  await card(page, "test").click();
  const legs = form(page).getByRole("region", { name: "Jobs that come of the matrix" });
  await expect(legs.getByRole("listitem")).toHaveText(["os a x 1", "os b", "os c"]);
  await legs.getByRole("button", { name: "Leave out os c" }).click();
  await expect(legs.getByRole("listitem")).toHaveText(["os a x 1", "os b"]);
  await expectYaml(page, replaced(before, "          - {os: c}\n", ""));
  await legs.getByRole("button", { name: "Leave out os a, x 1" }).click();
  await expect(legs.getByRole("listitem")).toHaveText(["os b"]);
  await expect.poll(() => shownYaml(page)).toContain("        os: [a, b]\n        exclude:\n          - os: a\n");

  await form(page).getByRole("textbox", { name: "Name of the new row" }).fill("cfg");
  await form(page).getByRole("textbox", { name: "Its values, with commas between them" }).fill("{n: 1, t: x}, {n: 2}");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toMatch(/cfg:\n? *-? ?\[?\{n: 1, t: x\}/);
  const values = form(page).getByRole("list", { name: "Values of cfg" });
  await values.getByRole("button", { name: "2 n 2" }).click();
  await values.getByRole("textbox", { name: "Value of n" }).fill("3");
  await expect.poll(() => shownYaml(page)).toContain("{n: 3}");
});

test("the list of the jobs that a matrix makes opens from the graph", async ({ page }) => {
  const matrix = "    strategy:\n      matrix:\n        os: [a, b]\n        node: [20, 22]\n";
  await openWorkflow(page, replaced(text, "    needs: lint\n", `    needs: lint\n${matrix}`));
  await card(page, "test").getByRole("button", { name: "×4" }).click();
  const list = page.getByRole("dialog", { name: "Jobs that come of the matrix" });
  await expect(list.getByRole("listitem")).toHaveText(["os a node 20", "os a node 22", "os b node 20", "os b node 22"]);
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(card(page, "test")).toBeFocused();
  await page.keyboard.press("m");
  await list.getByRole("button", { name: "Change the matrix" }).click();
  await expect(form(page).getByRole("textbox", { name: /^Name of the row/ }).first()).toBeFocused();
});

test("a message that offers to undo goes with the next edit", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "deploy").click();
  await form(page).getByRole("button", { name: "Remove this job" }).click();
  await expect(toast(page, "Remove job deploy")).toBeVisible();
  await card(page, "lint").click();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Checks");
  // At once: after some seconds it would go by itself.
  await expect(toast(page, "Remove job deploy")).toHaveCount(0, { timeout: 1_500 });
});

test("an expression is put into a list as into a text", async ({ page }) => {
  await openWorkflow(page, replaced(text, "    needs: lint\n", "    needs: lint\n    strategy:\n      matrix:\n        os: [a, b]\n"));
  await card(page, "test").click();
  const row = form(page).getByRole("group", { name: "Row os of the matrix" });
  await row.getByRole("button", { name: /^Insert an expression/ }).click();
  await page.getByRole("dialog", { name: "Insert an expression" }).getByRole("combobox", { name: "Search" }).fill("github.ref_name");
  await page.keyboard.press("Enter");
  const field = row.getByRole("textbox", { name: "Another value of os" });
  await expect(field).toHaveValue("${{ github.ref_name }}");
  await expect(field).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("os: [a, b, '${{ github.ref_name }}']\n");
});

test("a value that is cleared keeps its name and the caret, and what is typed next is its own", async ({ page }) => {
  const named = replaced(text, "permissions:\n", "env:\n  TOP: one # first\n  OTHER: two\npermissions:\n");
  await openWorkflow(page, named);
  const top = form(page).getByRole("textbox", { name: "Value of TOP" });
  await top.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expectYaml(page, replaced(named, "TOP: one", "TOP: ''"));
  await expect(top).toBeFocused();
  await page.keyboard.type("two words");
  await expectYaml(page, replaced(named, "TOP: one", "TOP: two words"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("x");
  for (const letter of ["Backspace", "z", "Tab"]) await page.keyboard.press(letter);
  await expectYaml(page, replaced(named, "TOP: one", "TOP: z"));
  // By its button it goes.
  await form(page).getByRole("button", { name: "Remove TOP" }).click();
  await expectYaml(page, replaced(named, "  TOP: one # first\n", ""));
});

test("a row of a matrix gets another name by Enter, and nobody complains", async ({ page }) => {
  const matrix = replaced(text, "    needs: lint\n", "    needs: lint\n    strategy:\n      matrix:\n        os: [a, b]\n");
  await openWorkflow(page, matrix);
  await card(page, "test").click();
  const name = form(page).getByRole("group", { name: "Row os of the matrix" }).getByRole("textbox", { name: /^Name of the row/ });
  await name.click();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(matrix, "os: [a, b]", "osx: [a, b]"));
  await page.waitForTimeout(300);
  await expect(page.getByText("has no row")).toHaveCount(0);
  await expect(form(page).locator(":focus")).toHaveCount(1);
});

test("an expression is completed as it is typed into a field", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await step(page, "Unit tests").click();
  const offered = async (field) => {
    const list = await field.getAttribute("list");
    return list ? page.locator(`[id="${list}"] option`).evaluateAll((all) => all.map((option) => option.value)) : [];
  };
  const name = form(page).getByRole("textbox", { name: "Name", exact: true }).or(form(page).getByRole("combobox", { name: "Name", exact: true }));
  await name.fill("Test of github.re");
  await name.pressSequentially("f");
  expect(await offered(name)).toEqual([]);
  await name.fill("Test of ${{ github.");
  await expect.poll(() => offered(name)).toContain("Test of ${{ github.ref_name");
  const more = form(page).getByText("Condition", { exact: true });
  await more.first().click();
  const condition = form(page).getByRole("textbox", { name: "Condition", exact: true }).or(form(page).getByRole("combobox", { name: "Condition", exact: true }));
  await condition.fill("always() && startsW");
  await expect.poll(() => offered(condition)).toEqual(["always() && startsWith("]);
});
