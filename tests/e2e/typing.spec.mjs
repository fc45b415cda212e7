// The YAML is typed: graph and form follow every keystroke, also while the text is broken.
import { card, caretAfter, code, crumbs, expectYaml, fixture, form, openWorkflow, replaced, run, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const field = (page) => code(page).getByRole("textbox", { name: "YAML of the workflow" });

/** Puts the caret at the end of the line `line` of a text field, as a click there would. */
async function plainCaretAfter(page, line) {
  await field(page).evaluate((field, line) => {
    field.focus();
    const at = field.value.indexOf(line) + line.length;
    field.setSelectionRange(at, at);
  }, line);
  await page.keyboard.press("End");
}

for (const { editor, prepare, caret } of [
  { editor: "the full editor", prepare: async () => {}, caret: caretAfter },
  { editor: "the plain text field", prepare: (page) => run(page, "plain text field"), caret: plainCaretAfter },
]) {
  test.describe(editor, () => {
    test.beforeEach(async ({ page }) => {
      await openWorkflow(page, text);
      await prepare(page);
    });

    test("what is chosen while the typing rests stays chosen", async ({ page }) => {
      await caret(page, "run: npm test");
      await page.keyboard.type(" -- --ci");
      const chosen = card(page, "deploy");
      await chosen.getByText("deploy", { exact: true }).click();
      await expect(chosen).toHaveAttribute("aria-selected", "true");
      // Longer than any view waits for the typing to rest.
      await page.waitForTimeout(600);
      await expect(chosen).toHaveAttribute("aria-selected", "true");
    });

    test("form and graph follow every keystroke", async ({ page }) => {
      await caret(page, "name: CI");
      let name = "CI";
      for (const letter of " for all") {
        await page.keyboard.press(letter === " " ? "Space" : letter);
        name += letter;
        await expect(crumbs(page).getByRole("button").first()).toHaveText(name.trim());
      }
      await expectYaml(page, replaced(text, "name: CI\n", "name: CI for all\n"));

      await caret(page, "  deploy:");
      await page.keyboard.press("ArrowLeft");
      let id = "deploy";
      for (const letter of "ed") {
        await page.keyboard.press(letter);
        id += letter;
        await expect(card(page, id)).toBeVisible();
      }
      await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("deployed");
    });

    test("broken text keeps what is healthy, and heals", async ({ page }) => {
      await caret(page, "  test:");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Home");
      const broken = '    strategy: "'.trimStart();
      await page.keyboard.insertText(broken);
      await expect(page.getByRole("banner").getByRole("button", { name: /error/ })).toBeVisible();
      await expect(card(page, "lint")).toBeVisible();
      await expect(code(page)).toBeVisible();
      for (let back = 0; back < broken.length; back += 1) await page.keyboard.press("Backspace");
      await expect(page.getByRole("button", { name: "No problems" })).toBeVisible();
      for (const job of ["lint", "test", "deploy"]) await expect(card(page, job)).toBeVisible();
    });

    test("a workflow is typed from nothing", async ({ page }) => {
      await field(page).focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await expect(form(page).getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
      const typed = "on: push\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo hello\n";
      for (const letter of typed) {
        await page.keyboard.insertText(letter);
        // The full editor indents a new line by itself.
        if (letter === "\n" && editor === "the full editor") await page.keyboard.press("Shift+Home");
      }
      await expect(card(page, "greet")).toHaveAccessibleName("Job greet, runs on ubuntu-latest, 1 step");
      await expect(form(page).getByRole("button", { name: /^greet 1 step/ })).toBeVisible();
    });

    test("what a form writes stands in the text, where the caret was", async ({ page }) => {
      await caret(page, "name: CI");
      await page.keyboard.press("ArrowDown");
      await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Checks");
      await expectYaml(page, replaced(text, "name: CI\n", "name: Checks\n"));
    });
  });
}

test("the choice of the plain text field is kept", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "plain text field");
  await expect(code(page).getByText("A plain text field, as you chose.")).toBeVisible();
  await page.reload();
  await expect(field(page)).toHaveValue(text);
  await code(page).getByRole("button", { name: "Use the full editor" }).click();
  await expect(code(page).locator(".view-lines")).toBeVisible();
  await expectYaml(page, text);
});

test.describe("when the full editor does not arrive", () => {
  test.use({ expectedErrors: [/Failed to load resource|monaco/i] });

  test("there is a plain one, and a way to try again", async ({ page }) => {
    await page.route("**/monaco/*.js", (route) => route.fulfill({ status: 503, body: "" }));
    await page.goto("./");
    await page.getByRole("button", { name: "New workflow" }).click();
    await expect(code(page).getByText("The full editor could not be loaded")).toBeVisible();
    await field(page).fill(text);
    await expect(card(page, "test")).toBeVisible();
    await page.unroute("**/monaco/*.js");
    await code(page).getByRole("button", { name: "Try again" }).click();
    await expect(code(page).locator(".view-lines")).toBeVisible();
    await expectYaml(page, text);
  });
});

test("quotes that somebody has chosen stay while a form changes what is in them", async ({ page }) => {
  const quoted = replaced(text, "name: CI\n", 'name: "CI"   # ours\n');
  await openWorkflow(page, quoted);
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.press("End");
  await page.keyboard.type(" for all ");
  await expectYaml(page, replaced(quoted, '"CI"', '"CI for all"'));
  // A blank at the end is written when the text is done.
  await page.keyboard.press("Tab");
  await expectYaml(page, replaced(quoted, '"CI"', '"CI for all "'));
});

test("the line that a form has changed lights up, also where it has become shorter", async ({ page }) => {
  await openWorkflow(page, "name: Rich # ours\non: push\njobs: {}\n");
  const lit = page.locator(".code .line-lit");
  await expect(lit).toHaveCount(0);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await expectYaml(page, "name: Ric # ours\non: push\njobs: {}\n");
  await expect(lit.first()).toBeAttached();
  await expect(lit).toHaveCount(0);
});

test("a field at the end of a form stays where it is while messages below it come and go", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 600 });
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  await form(page).getByText(/^More/).last().click();
  const field = form(page).getByRole("textbox", { name: /^Condition/ }).or(form(page).getByRole("combobox", { name: /^Condition/ }));
  await field.focus();
  await form(page).locator(".pane-body").evaluate((body) => body.scrollTo(0, body.scrollHeight));
  const top = async () => Math.round((await field.boundingBox()).y);
  const tops = new Set();
  for (const letter of "github.sha == 'x' && stepz.a") {
    await page.keyboard.type(letter);
    await page.waitForTimeout(60);
    tops.add(await top());
  }
  expect([...tops]).toHaveLength(1);
});

test("a value that is emptied and typed anew is changed: its comments, its place and its way of writing stay", async ({ page }) => {
  const text = `# of the workflow
name: CI # wf
on: push
jobs:
  build:
    # why so
    if: "success()" # cond
    runs-on: ubuntu-latest
    # slow
    timeout-minutes: 10 # min
    steps:
      - name: Say # sn
        # sh
        shell: bash # sh2
        run: |- # script
          echo 1
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0 # all
`;
  await openWorkflow(page, text);
  const retype = async (name, was, now) => {
    const input = form(page).getByLabel(name, { exact: true }).first();
    await input.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Backspace");
    await expect(input).toHaveValue("");
    await page.keyboard.type(now);
    await expectYaml(page, replaced(text, was, was.replace(/(: "?)[^"#]*?("?) #/, `$1${now}$2 #`)));
    // All of a visit is one step.
    await page.keyboard.press("ControlOrMeta+z");
    await expectYaml(page, text);
  };
  await retype("Name", "name: CI # wf", "Z");
  await card(page, "build").getByText("build", { exact: true }).click();
  await retype("Condition", 'if: "success()" # cond', "failure()");
  await retype("Time limit", "timeout-minutes: 10 # min", "20");
  await step(page, "Say").first().click();
  await retype("Name", "name: Say # sn", "Tell");
  await step(page, "actions/checkout@v5").first().click();
  await retype("fetch-depth", "fetch-depth: 0 # all", "5");
});
