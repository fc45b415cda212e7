// Steps: dragged on the graph, moved by keys, of every kind, and jobs that call a workflow in their place.
import { card, chooseFile, crumbs, expectYaml, fixture, form, graph, openWorkflow, pick, replaced, shownYaml, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const REPORT = "      - name: Report\n        run: npm run report\n";
const UNIT = "      - name: Unit tests\n        run: npm test\n";

/** Takes a step by its line and moves the pointer to `x`, `y` of an element, in parts of its size. */
async function carry(page, line, target, [x, y] = [0.5, 0.5]) {
  const from = await line.boundingBox();
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 70, from.y + from.height / 2 + 8);
  const to = await target.boundingBox();
  await page.mouse.move(to.x + to.width * x, to.y + to.height * y, { steps: 8 });
}

test("a step is dragged to another place on its card, and to another job's card", async ({ page }) => {
  await openWorkflow(page, text);
  const before = await card(page, "lint").boundingBox();
  await carry(page, step(page, "Report"), step(page, "Unit tests"), [0.5, 0.2]);
  await expect(graph(page).locator(".graph-ghost")).toHaveText("Report");
  await expect(graph(page).locator(".graph-drop")).toBeVisible();
  await page.mouse.up();
  await expectYaml(page, replaced(text, UNIT + REPORT, REPORT + UNIT));
  // The view has not moved with the step.
  expect(await card(page, "lint").boundingBox()).toEqual(before);
  await expect(card(page, "test")).toBeFocused();
  await toast(page, "move step Report of job test").getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);

  await carry(page, step(page, "Report"), card(page, "deploy").locator(".graph-card-head"));
  await page.mouse.up();
  await expectYaml(
    page,
    replaced(replaced(text, REPORT, ""), "      - run: ./deploy.sh\n", `${REPORT}      - run: ./deploy.sh\n`),
  );
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);

  // Where it is already, and on the ground, it stays; Escape lets go of it.
  await carry(page, step(page, "Report"), step(page, "Unit tests"), [0.5, 0.9]);
  await expect(graph(page).locator(".graph-drop")).toHaveCount(0);
  await page.mouse.up();
  await carry(page, step(page, "Report"), card(page, "lint").locator(".graph-card-head"));
  await expect(graph(page).locator(".graph-drop")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(graph(page).locator(".graph-ghost")).toHaveCount(0);
  await page.mouse.up();
  await expectYaml(page, text);
});

test("a step is not dropped on a job that has none of its own, and the reason is told", async ({ page }) => {
  const calls = replaced(
    text,
    "  deploy:\n    runs-on: ubuntu-latest\n    needs: test\n    steps:\n      - run: ./deploy.sh\n",
    "  deploy:\n    needs: test\n    uses: ./.github/workflows/deploy.yml\n",
  );
  await openWorkflow(page, calls);
  await carry(page, step(page, "Report"), card(page, "deploy"));
  await expect(graph(page).locator(".graph-ghost")).toContainText("calls a reusable workflow");
  await page.mouse.up();
  await expect(toast(page, "calls a reusable workflow")).toBeVisible();
  await expectYaml(page, calls);
});

test("steps are moved by keys on the graph", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "test").click();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expectYaml(page, replaced(text, UNIT + REPORT, REPORT + UNIT));
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expectYaml(page, text);
});

test("a card shows its first steps, and all of them when asked", async ({ page }) => {
  const many = Array.from({ length: 8 }, (_, at) => `      - name: Part ${at + 1}\n        run: make p${at + 1}\n`).join("");
  await openWorkflow(page, replaced(text, UNIT + REPORT, many));
  await expect(step(page, "Part 4")).toBeVisible();
  await expect(step(page, "Part 5")).toHaveCount(0);
  await graph(page).getByRole("treeitem", { name: "4 more steps: Part 5; Part 6; Part 7; Part 8" }).click();
  await expect(step(page, "Part 8")).toBeVisible();
  await card(page, "test").focus();
  await page.keyboard.press("e");
  await expect(step(page, "Part 8")).toHaveCount(0);
});

test("steps of every kind are added without typing YAML", async ({ page }) => {
  const server = "      - id: server\n        run: npm start\n        background: true\n";
  await openWorkflow(page, replaced(text, UNIT + REPORT, server));
  await card(page, "test").click();
  const crumb = form(page).getByRole("button", { name: "test", exact: true });
  const added = async (kind, yaml) => {
    await pick(page, "Add a step of another kind", kind);
    await expect.poll(() => shownYaml(page)).toContain(yaml);
    await crumb.click();
  };
  await added("Wait for a background step", "      - wait: server\n");
  await added("Stop a background step", "      - cancel: server\n");
  await added("Wait for all background steps", "      - wait-all: true\n");
  await pick(page, "Add a step of another kind", "Several steps at the same time");
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await expect
    .poll(() => shownYaml(page))
    .toContain('      - parallel:\n          - run: echo "Hello"\n          - run: echo "Hello"\n');
  // The form of the new one, in the group.
  await expect(form(page).getByRole("heading", { name: 'Run echo "Hello"' })).toBeVisible();
  await form(page).getByRole("button", { name: "Remove this step" }).click();
  await expect.poll(() => shownYaml(page)).toContain('      - parallel:\n          - run: echo "Hello"\n  deploy:');
});

test("what the file names is offered where it can be typed", async ({ page }) => {
  const steps =
    "      - id: server\n        run: npm start\n        background: true\n" +
    "      - id: worker\n        run: npm run worker\n        background: true\n      - wait: server\n";
  const used = replaced(text, UNIT + REPORT, steps);
  await openWorkflow(page, replaced(used, "    needs: test\n", "    needs: test\n    environment: production\n"));
  const offered = (field) => field.evaluate((input) => [...(input.list?.options ?? [])].map((option) => option.value));
  await step(page, "Wait for server").click();
  const wait = form(page).locator("input.chips-input");
  await wait.focus();
  // The one that is waited for already is not offered again.
  await expect.poll(() => offered(wait)).toEqual(["worker"]);

  // The environment of the one job is offered to the others, as soon as something is typed.
  await card(page, "lint").click();
  const environment = form(page).getByLabel(/^Environment(?! variables)/).first();
  await environment.focus();
  await page.keyboard.type("p");
  await expect.poll(() => offered(environment)).toContain("production");
});

test("what a step did comes back with its settings, as a script and as an action", async ({ page }) => {
  const script = replaced(text, "run: npm run report\n", "run: npm run report\n        shell: pwsh\n        working-directory: sub\n");
  await openWorkflow(page, script);
  await step(page, "Report").click();
  const does = form(page).getByRole("group", { name: "What the step does" });
  await does.getByRole("button", { name: "Action" }).click();
  await page.getByLabel("Search actions").fill("octo/report@v1");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, "run: npm run report", "uses: octo/report@v1"));
  await expect(does.getByRole("button", { name: "Action" })).toBeFocused();
  await does.getByRole("button", { name: "Script" }).click();
  await expectYaml(page, script);
  await expect(does.getByRole("button", { name: "Script" })).toBeFocused();
  await does.getByRole("button", { name: "Action" }).click();
  await expectYaml(page, replaced(text, "run: npm run report", "uses: octo/report@v1"));
});

test("brackets and quotes are typed into a script as they are", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Report").click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type('e() { echo "a b" && (cd x); }');
  await expect
    .poll(() => shownYaml(page))
    .toContain('        run: |\n          npm run report\n          e() { echo "a b" && (cd x); }\n  deploy:');
});

test("what a step runs that was just added is typed over", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "lint").click();
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.type("npm ci && npm test");
  await expectYaml(page, replaced(text, "      - run: npm run lint\n", "      - run: npm run lint\n      - run: npm ci && npm test\n"));
});

const CALLED =
  "on:\n  workflow_call:\n    inputs:\n      target:\n        type: string\n        required: true\n        description: Where to\n" +
  "      dry-run:\n        type: boolean\n        default: false\n    secrets:\n      DEPLOY_KEY:\n        required: true\n" +
  "jobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./go.sh\n";

test("a job becomes the call of a workflow that is open beside it, with its inputs and secrets, and back", async ({ page }) => {
  await openWorkflow(page, CALLED, "ship.yml");
  await chooseFile(page, "ci.yml", text);
  await card(page, "deploy").click();
  const does = form(page).getByRole("group", { name: "What the job does" });
  await does.getByRole("button", { name: "Calls a workflow" }).click();
  const which = form(page).getByLabel("Which workflow?");
  await expect(which).toBeFocused();
  await expect(which).toHaveValue("./.github/workflows/ship.yml");
  await expect(form(page).getByText("cannot have runs-on, steps")).toBeVisible();
  await page.keyboard.press("Enter");
  const called = "  deploy:\n    needs: test\n    uses: ./.github/workflows/ship.yml\n";
  await expect.poll(() => shownYaml(page)).toContain(called);

  await form(page).getByRole("textbox", { name: /^target/ }).fill("prod");
  await form(page).getByText("More inputs (1)").click();
  await form(page).getByRole("switch", { name: /^dry-run/ }).press("Space");
  await form(page).getByLabel("Secrets", { exact: true }).selectOption("some");
  await expect
    .poll(() => shownYaml(page))
    .toContain(
      `${called}    with:\n      target: prod\n      dry-run: true\n    secrets:\n      DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}`,
    );
  await does.getByRole("button", { name: "Runs steps" }).click();
  await expect
    .poll(() => shownYaml(page))
    .toContain('  deploy:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "Hello"');
  await toast(page, "make job deploy run steps").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => shownYaml(page)).toContain(called);
});

test("who reads a step is told before it goes, and a group is on the way to its steps", async ({ page }) => {
  const start =
    "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Make\n        id: p\n        run: make\n" +
    "      - name: Use\n        run: echo ${{ steps.p.outputs.v }}\n      - parallel:\n          - run: one\n          - run: two\n" +
    "  other:\n    runs-on: ubuntu-latest\n    steps:\n      - run: last\n";
  const gone = replaced(start, "      - name: Make\n        id: p\n        run: make\n", "");
  const reads = "steps.p is read in step Use of job build (1 place)";
  await openWorkflow(page, start);
  await step(page, "Make").click();
  const removal = page.getByRole("dialog", { name: "Remove “Make”?" });
  await form(page).getByRole("button", { name: "Remove this step" }).click();
  await expect(removal).toContainText(reads);
  await removal.getByRole("button", { name: "Cancel" }).click();
  await expect(removal).toBeHidden();
  await expectYaml(page, start);
  await step(page, "Make").click();
  await page.keyboard.press("Delete");
  await removal.getByRole("button", { name: "Remove it" }).click();
  await expectYaml(page, gone);
  await toast(page, /^Remove step Make of job build$/).getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, start);

  await step(page, "Make").click();
  await pick(page, "Move this step to another job", "other");
  const move = page.getByRole("dialog", { name: "Move “Make” to the job other?" });
  await expect(move).toContainText(reads);
  await move.getByRole("button", { name: "Move it" }).click();
  await expectYaml(page, `${gone}      - name: Make\n        id: p\n        run: make\n`);
  // Nobody reads the other one.
  await step(page, "Use").click();
  await form(page).getByRole("button", { name: "Remove this step" }).click();
  await expect(page.getByRole("dialog", { name: "Remove “Use”?" })).toHaveCount(0);
  await expect.poll(() => shownYaml(page)).not.toContain("name: Use");

  await step(page, "Parallel steps").click();
  await form(page).getByRole("button", { name: /^2 Run two/ }).click();
  await expect(crumbs(page).getByRole("listitem")).toHaveText(["Workflow", "build", "Step 1 (group)", "Step 2"]);
  await crumbs(page).getByRole("button", { name: "Step 1 (group)" }).click();
  await expect(form(page).getByRole("heading", { name: "Parallel steps" })).toBeVisible();
  await expect(crumbs(page).getByRole("listitem")).toHaveText(["Workflow", "build", "Step 1"]);
});
