// What an alias repeats is changed for all that repeat it, or for one place alone: the person is asked.
import { card, expectYaml, form, openWorkflow, pick, replaced, shownYaml, take, toast } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = `name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env: &shared
      NODE_ENV: test # for both
    steps: &steps
      - run: make
      - run: make test
  nightly:
    runs-on: ubuntu-latest
    env: *shared
    steps: *steps
`;
const question = (page) => page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
// A field with offers is a combobox.
const field = (page, name) => ["textbox", "combobox"].map((role) => form(page).getByRole(role, { name, exact: true })).reduce((one, other) => one.or(other));
const answer = (page, name) => question(page).getByRole("button", { name });

test.beforeEach(async ({ page }) => {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
});

test("a step is removed at the anchor, or from one job alone", async ({ page }) => {
  const remove = form(page).getByRole("button", { name: "Remove Run make", exact: true });
  const row = form(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: /^1 Run make/ }) });
  await row.hover();
  await remove.click();
  await expect(question(page)).toContainText("&steps");
  await expect(answer(page, "Change it at the anchor")).toBeFocused();
  await picture(page, "anchor");
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expectYaml(page, text);

  await row.hover();
  await remove.click();
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, "      - run: make\n", ""));
  await toast(page, /^Remove step/).getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);

  await card(page, "nightly").getByText("nightly", { exact: true }).click();
  await row.hover();
  await remove.click();
  await answer(page, "Detach and change it here").click();
  await expectYaml(page, replaced(text, "    steps: *steps\n", "    steps:\n      - run: make test\n"));
});

test("what is typed waits for the answer, and is taken out of the field when there is none", async ({ page }) => {
  const value = form(page).getByRole("textbox", { name: "Value of NODE_ENV" });
  await value.click();
  await page.keyboard.press("End");
  // Nobody is asked while they type, and no key that they type on with is an answer.
  await page.keyboard.type("ing and more");
  await expect(value).toHaveValue("testing and more");
  await expect(question(page)).toBeHidden();
  await page.keyboard.press("Tab");
  await expect(question(page)).toContainText("&shared");
  await page.keyboard.type(" x ");
  await expect(question(page)).toBeVisible();
  await expectYaml(page, text);
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expect(value).toHaveValue("test");
  await expectYaml(page, text);
  await value.fill("production");
  await value.press("Enter");
  await answer(page, "Detach and change it here").click();
  await expectYaml(page, replaced(text, "    env: *shared\n", "    env:\n      NODE_ENV: production # for both\n"));
  await expect(page.locator("body")).not.toBeFocused();

  // A script in an editor of its own asks as well; once detached it asks no more.
  await form(page).getByRole("button", { name: /^2 Run make test/ }).click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("s and more");
  await expect(question(page)).toBeHidden();
  await field(page, "Name").click();
  await answer(page, "Detach and change it here").click();
  await expectYaml(
    page,
    replaced(
      replaced(text, "    env: *shared\n", "    env:\n      NODE_ENV: production # for both\n"),
      "    steps: *steps\n",
      "    steps:\n      - run: make\n      - run: make tests and more\n",
    ),
  );
});

test("what a job holds for others is told before it goes, and moves to the first of them", async ({ page }) => {
  await card(page, "build").getByText("build", { exact: true }).click();
  await page.keyboard.press("Delete");
  const removal = page.getByRole("dialog", { name: "Remove the job build?" });
  await expect(removal).toContainText("&shared");
  await removal.getByRole("button", { name: "Remove it" }).click();
  await expectYaml(
    page,
    `name: CI
on: push
jobs:
  nightly:
    runs-on: ubuntu-latest
    env:
      NODE_ENV: test # for both
    steps:
      - run: make
      - run: make test
`,
  );
});

const single = `name: CI
on: push
jobs:
  build:
    if: &cond github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    timeout-minutes: &t 5
    steps:
      - &co
        uses: actions/checkout@v5
      - run: &script make all
  nightly:
    if: *cond
    runs-on: ubuntu-latest
    timeout-minutes: *t
    steps:
      - *co
      - run: *script
`;

test("a single value that an alias repeats is asked about too", async ({ page }) => {
  await openWorkflow(page, single);
  await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
  const condition = field(page, "Condition");
  await condition.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" && true");
  await expect(question(page)).toBeHidden();
  await page.keyboard.press("Tab");
  await expect(question(page)).toContainText("&cond");
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expect(condition).toHaveValue("github.ref == 'refs/heads/main'");
  await condition.fill("always()");
  await condition.press("Enter");
  await answer(page, "Detach and change it here").click();
  let now = replaced(single, "if: *cond", "if: always()");
  await expectYaml(page, now);

  const minutes = field(page, "Time limit");
  await minutes.fill("30");
  await minutes.press("Enter");
  await answer(page, "Change it at the anchor").click();
  now = replaced(now, "&t 5", "&t 30");
  await expectYaml(page, now);

  await form(page).getByRole("button", { name: /^2 Run make all/ }).click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" twice");
  await field(page, "Name").click();
  await answer(page, "Detach and change it here").click();
  await expectYaml(page, replaced(now, "run: *script", "run: make all twice"));
});

test("a step that is an alias has the form of a step, and says whose it is", async ({ page }) => {
  await openWorkflow(page, single);
  await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
  await form(page).getByRole("button", { name: /^1 .*actions\/checkout/ }).click();
  await expect(form(page)).toContainText("Repeats what stands at the anchor &co.");
  const name = field(page, "Name");
  await name.fill("Get it");
  await name.press("Enter");
  await answer(page, "Detach and change it here").click();
  await expectYaml(
    page,
    replaced(single, "      - *co\n", "      - name: Get it\n        uses: actions/checkout@v5\n"),
  );
  await expect(form(page)).not.toContainText("Repeats what stands at the anchor &co.");
});

test("whoever answers, or does not, is back at the field, and every control shows what holds", async ({ page }) => {
  const anchored =
    "on: push\njobs:\n  a: &a\n    runs-on: ubuntu-latest\n    env: &e {A: 1}\n    steps:\n      - run: make\n" +
    "  b:\n    runs-on: ubuntu-latest\n    needs: &n [a]\n    env: *e\n    steps:\n      - run: make\n" +
    "  c:\n    runs-on: ubuntu-latest\n    needs: *n\n    steps:\n      - run: make\n  d: *a\n";
  await openWorkflow(page, anchored);
  const question = page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
  await card(page, "b").click();
  const value = form(page).getByLabel("Value of A");
  for (const answer of ["Escape", "Enter"]) {
    await value.fill("12");
    await page.keyboard.press("Tab");
    await expect(question).toBeVisible();
    if (answer === "Enter") await question.getByRole("button", { name: /^Detach/ }).focus();
    await page.keyboard.press(answer);
    await expect(question).toBeHidden();
    await expect(form(page).locator(":focus")).toHaveCount(1);
    if (answer === "Escape") await expect(value).toHaveValue("1");
  }
  const detached = anchored.replace("env: *e", "env: {A: 12}");
  await expectYaml(page, detached);

  await card(page, "c").click();
  const after = form(page).getByRole("checkbox", { name: "a", exact: true });
  await after.click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(after).toBeChecked();
  await card(page, "d").click();
  const runner = form(page).getByRole("combobox", { name: /^Runner/ });
  await runner.selectOption("windows-latest");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(runner).toHaveValue("ubuntu-latest");
  await expectYaml(page, detached);
});

test("events at an anchor get their settings, and repeated ones are asked about", async ({ page }) => {
  const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
  await openWorkflow(page, `on: &t [push, pull_request]\n${jobs}`);
  await form(page).getByRole("button", { name: /^A pull request changes/ }).click();
  await form(page).getByRole("checkbox", { name: "labeled", exact: true }).check();
  await expectYaml(page, `on: &t\n  push:\n  pull_request:\n    types: [labeled]\n${jobs}`);

  await openWorkflow(page, `x-events: &t [push, pull_request]\non: *t\n${jobs}`);
  await form(page).getByRole("button", { name: /^A pull request changes/ }).click();
  await form(page).getByRole("checkbox", { name: "labeled", exact: true }).check();
  const question = page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(form(page).getByRole("checkbox", { name: "labeled", exact: true })).not.toBeChecked();
  await form(page).getByRole("checkbox", { name: "labeled", exact: true }).check();
  await question.getByRole("button", { name: /^Detach/ }).click();
  await expectYaml(
    page,
    `x-events: &t [push, pull_request]\non:\n  push:\n  pull_request:\n    types: [labeled]\n${jobs}`,
  );
});

test("what is typed waits for its answer before the file is handed on", async ({ page }) => {
  await form(page).getByRole("button", { name: /^1 Run make/ }).click();
  const name = field(page, "Name");
  const both = (change) => replaced(text, "&steps\n      - run: make\n", `&steps\n      - name: ${change}\n        run: make\n`);
  await name.fill("Make it");
  const offered = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(question(page)).toContainText("After the answer: Download the file.");
  await picture(page, "anchor-save");
  await answer(page, "Change it at the anchor").click();
  expect((await take(await offered)).text).toBe(both("Make it"));
  await page.keyboard.press("Escape");

  // Without an answer nothing is handed on; asked for once more, it comes after the answer.
  await name.fill("Other");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(question(page)).toBeVisible();
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  await page.keyboard.press("ControlOrMeta+s");
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(name).toHaveValue("Make it");
  expect(downloads).toBe(0);
});

test("at the anchor too, who presses something is asked whether it is meant for all", async ({ page }) => {
  await card(page, "build").getByText("build", { exact: true }).click();
  await expect(form(page).getByText("Written once, at the anchor &steps")).toBeVisible();
  const row = form(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: /^1 Run make/ }) });
  const remove = async () => {
    await row.hover();
    await form(page).getByRole("button", { name: "Remove Run make", exact: true }).click();
  };
  await remove();
  await expect(question(page)).toContainText("steps of job nightly repeats it");
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expectYaml(page, text);
  await remove();
  await answer(page, "Change it for all").click();
  await expectYaml(page, replaced(text, "      - run: make\n", ""));
  await toast(page, /^Remove step/).getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);
  await remove();
  await answer(page, "Detach and change it here").click();
  const alone = replaced(text, "    steps: &steps\n      - run: make\n", "    steps:\n");
  await expectYaml(page, replaced(alone, "    steps: *steps\n", "    steps:\n      - run: make\n      - run: make test\n"));
});

test("what is typed at the anchor is asked about when its field is left", async ({ page }) => {
  await card(page, "build").click({ position: { x: 40, y: 16 } });
  const value = field(page, "Value of NODE_ENV");
  await value.fill("dev");
  // Nothing is written, and nothing asked, while somebody types.
  await expect(question(page)).toBeHidden();
  await value.press("Tab");
  await expect(question(page)).toContainText("env of job nightly repeats it");
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expectYaml(page, text);
  await expect(value).toHaveValue("test");
  await value.fill("dev");
  await value.press("Tab");
  await answer(page, "Change it for all").click();
  await expectYaml(page, replaced(text, "NODE_ENV: test", "NODE_ENV: dev"));
  await toast(page, /NODE_ENV/).getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);
  await value.fill("dev");
  await value.press("Tab");
  await answer(page, "Detach and change it here").click();
  await expectYaml(
    page,
    replaced(
      replaced(text, "    env: &shared\n      NODE_ENV: test #", "    env:\n      NODE_ENV: dev #"),
      "    env: *shared\n",
      "    env:\n      NODE_ENV: test # for both\n",
    ),
  );
  await expect(form(page).getByText("Written once, at the anchor &shared")).toHaveCount(0);
  // Alone by now, it is written letter by letter.
  await value.pressSequentially("elop");
  await expect.poll(() => shownYaml(page)).toContain("NODE_ENV: develop # for both");
});

test("a script that is typed at the anchor is asked about when it is left", async ({ page }) => {
  await card(page, "build").click({ position: { x: 40, y: 16 } });
  await form(page).getByRole("button", { name: /^1 Run make/ }).click();
  const script = form(page).locator(".script-editor.is-ready").first();
  await script.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" lint");
  await expect(question(page)).toBeHidden();
  await expectYaml(page, text);
  await field(page, "Name").click();
  await answer(page, "Change it for all").click();
  await expectYaml(page, replaced(text, "- run: make\n", "- run: make lint\n"));
});

test("an edge that is drawn at an anchor asks, and one that would close a circle is drawn for that job alone", async ({ page }) => {
  const needs = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [run: a]
  c:
    runs-on: ubuntu-latest
    steps: [run: c]
  g:
    needs: &n [a]
    runs-on: ubuntu-latest
    steps: [run: g]
  h:
    needs: *n
    runs-on: ubuntu-latest
    steps: [run: h]
`;
  await openWorkflow(page, needs, "needs.yml");
  await form(page).getByRole("button", { name: /^g \d+ step/ }).click();
  const runsAfter = (job) => form(page).getByRole("checkbox", { name: job, exact: true });
  await runsAfter("c").click();
  await expect(question(page)).toContainText("needs of job h repeats it");
  await answer(page, "Change it for all").click();
  await expectYaml(page, replaced(needs, "&n [a]", "&n [a, c]"));
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, needs);
  await runsAfter("h").click();
  await expectYaml(page, replaced(replaced(needs, "needs: &n [a]", "needs: [a, h]"), "*n", "[a]"));
});

test("a step that moves between two jobs of one anchor changes a third one only when that is said", async ({ page }) => {
  const shared = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: &steps
      - run: make
      - run: make test
  three:
    runs-on: ubuntu-latest
    steps: *steps
  four:
    runs-on: ubuntu-latest
    steps: *steps
`;
  await openWorkflow(page, shared, "shared.yml");
  const move = async () => {
    await card(page, "four").getByText("make test").click();
    await pick(page, "Move this step to another job", "build");
  };
  await move();
  await expect(question(page)).toContainText("reaches steps of job build, too, at the anchor &steps, which steps of job three repeats.");
  await answer(page, "Detach and change it here").click();
  const three = replaced(shared, "&steps\n      - run: make\n      - run: make test\n", "\n      - run: make\n      - run: make test\n      - run: make test\n")
    .replace("steps: \n", "steps:\n")
    .replace("three:\n    runs-on: ubuntu-latest\n    steps: *steps", "three:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n      - run: make test");
  const four = replaced(three, "    steps: *steps\n", "    steps:\n      - run: make\n");
  await expect.poll(async () => (await shownYaml(page)).replace("steps: &steps", "steps:")).toBe(four);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, shared);
  await move();
  await answer(page, "Detach here, change it there for all").click();
  const all = replaced(shared, "      - run: make test\n", "      - run: make test\n      - run: make test\n");
  await expectYaml(page, all.replace("four:\n    runs-on: ubuntu-latest\n    steps: *steps", "four:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make"));
});

test("what is typed at the anchor can be for here alone", async ({ page }) => {
  await card(page, "build").click({ position: { x: 40, y: 16 } });
  const note = form(page).getByText("Written once, at the anchor &shared");
  await expect(note).toContainText("and env of job nightly repeats it.");
  await note.getByRole("button", { name: "Change it here alone" }).click();
  await expect(note).toHaveCount(0);
  await field(page, "Value of NODE_ENV").fill("dev");
  await expectYaml(
    page,
    replaced(
      replaced(text, "    env: &shared\n      NODE_ENV: test # for both\n", "    env:\n      NODE_ENV: dev # for both\n"),
      "    env: *shared\n",
      "    env:\n      NODE_ENV: test # for both\n",
    ),
  );
});

test("a service that is an alias says so, and can be given a copy of its own", async ({ page }) => {
  const text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    services:\n      pg: &svc\n        image: postgres\n      pg2: *svc\n    steps:\n      - run: x\n";
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^a \d+ step/ }).click();
  const service = (name) => form(page).getByRole("group", { name, exact: true });
  await expect(service("pg")).toContainText("Written once, at the anchor &svc");
  await expect(service("pg2")).toContainText("Repeats what stands at the anchor &svc");
  await service("pg2").getByRole("button", { name: "Give it a copy of its own" }).click();
  await expectYaml(page, replaced(text, "pg2: *svc", "pg2:\n        image: postgres"));
  await expect(service("pg2")).not.toContainText("Repeats what stands");
});

test("a copy of its own has the comments of what it repeated", async ({ page }) => {
  const steps = "      # first\n      - name: one\n        run: x # why\n      # last\n";
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: &s\n${steps}  b:\n    runs-on: ubuntu-latest\n    steps: *s\n`;
  await openWorkflow(page, text);
  await card(page, "b").click();
  await form(page).getByRole("button", { name: "Give it a copy of its own" }).click();
  await expectYaml(page, replaced(text, "    steps: *s\n", `    steps:\n${steps}`));
});

test("a copy of an anchored step is written as one by hand", async ({ page }) => {
  const step = "        name: one\n        run: x\n";
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - &s\n${step}      - *s\n`;
  await openWorkflow(page, text);
  await page.getByRole("region", { name: "Graph", exact: true }).getByRole("treeitem", { name: /^Step one/ }).first().click();
  await form(page).getByRole("button", { name: "Duplicate this step" }).click();
  await expectYaml(page, replaced(text, `      - &s\n${step}`, `      - &s\n${step}      - ${step.trimStart()}`));
});

test("the list of commands comes after the answer, and not over the question", async ({ page }) => {
  await openWorkflow(page, single);
  await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  // It has offers once somebody was in it, and another role with them.
  const condition = form(page).getByLabel("Condition", { exact: true });
  await condition.fill("always()");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(question(page)).toContainText("After the answer");
  await expect(palette).toBeHidden();
  // Asked for once more, it comes over nothing, and the keys stay with the question.
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette).toBeHidden();
  await expect(question(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeHidden();
  await expect(palette).toBeHidden();
  await expectYaml(page, single);
  await condition.fill("always()");
  await page.keyboard.press("ControlOrMeta+k");
  await answer(page, "Detach and change it here").click();
  await expectYaml(page, replaced(single, "if: *cond", "if: always()"));
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(condition).toBeFocused();
});

for (const where of ["graph", "form"]) {
  test(`a step of the ${where} that is pressed to leave a field is reached after the answer`, async ({ page }) => {
    await openWorkflow(page, single);
    await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
    await field(page, "Condition").fill("always()");
    if (where === "graph") await card(page, "build").getByText("make all").click();
    else await form(page).getByRole("button", { name: /^2 Run make all/ }).click();
    await answer(page, "Detach and change it here").click();
    await expectYaml(page, replaced(single, "if: *cond", "if: always()"));
    await expect(form(page).locator(".script-editor")).toBeVisible();
    await expect(form(page).getByRole("button", { name: "Script", exact: true })).toHaveAttribute("aria-pressed", "true");
  });
}

test("why a place cannot be detached is told", async ({ page }) => {
  const dangling = replaced(text, "NODE_ENV: test # for both\n", "NODE_ENV: test # for both\n      OTHER: *nope\n");
  await openWorkflow(page, dangling);
  await form(page).getByRole("button", { name: /^nightly \d+ steps/ }).click();
  const value = field(page, "Value of NODE_ENV");
  await value.fill("dev");
  await page.keyboard.press("Tab");
  await expect(answer(page, "Change it at the anchor")).toBeVisible();
  await expect(answer(page, /^Detach/)).toHaveCount(0);
  await expect(question(page)).toContainText("It cannot be detached here: what *shared repeats holds *nope");
});

test("a step that becomes an action leaves its script to who repeats it, and says so", async ({ page }) => {
  await openWorkflow(page, single);
  await card(page, "build").getByText("make all").click();
  await form(page).getByRole("button", { name: "Action", exact: true }).click();
  await page.keyboard.type("actions/cache");
  await page.getByRole("option", { name: /actions\/cache/ }).first().click();
  await expect(toast(page, /&script moves to run of step 2 of job nightly/)).toBeVisible();
  await expect.poll(() => shownYaml(page)).toContain("      - *co\n      - run: make all\n");
});
