// The builder of expressions: what may stand in a field, its type, and what comes out.
import { card, expectYaml, fixture, form, openWorkflow, replaced, shownYaml, step } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");

test("an expression is built, judged while it is typed, and changed by its chip", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  await form(page).getByRole("button", { name: "Insert an expression into Condition" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const search = builder.getByRole("combobox", { name: "Search" });
  await search.fill("github.ref_name == 'main'");
  await expect(builder.getByRole("status")).toContainText("boolean");
  await expect(builder.getByRole("status")).toContainText("true");
  await search.fill("github.rev_name == 'main'");
  await expect(builder.getByRole("status")).toContainText("rev_name");
  await search.fill("!ref_na");
  await builder.getByRole("option", { name: /^github\.ref_name/ }).click();
  await expect(search).toHaveValue("!github.ref_name");
  await search.fill("github.ref_name == 'main'");
  await picture(page, "expression");
  await builder.getByRole("button", { name: "Insert" }).click();
  const condition = (expression) =>
    replaced(text, "      - name: Unit tests\n", `      - name: Unit tests\n        if: ${expression}\n`);
  await expectYaml(page, condition("github.ref_name == 'main'"));

  const chips = form(page).getByRole("group", { name: "Expressions in this field" });
  await chips.getByRole("button", { name: "Change the expression github.ref_name == 'main'" }).click();
  await expect(search).toHaveValue("github.ref_name == 'main'");
  await search.fill("github.ref_name != 'main'");
  await search.press("Enter");
  await expectYaml(page, condition("github.ref_name != 'main'"));
});

test("what is available comes first, and what is not is told why", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  await form(page).getByRole("button", { name: "Insert a secret or another expression into Name" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const search = builder.getByRole("combobox", { name: "Search" });
  await search.fill("api key");
  await expect(builder.locator(".offer").last()).toContainText("secrets.API_KEY");
  await search.fill("1 +");
  await expect(builder.getByRole("status")).toContainText("cannot calculate");
  await search.press("Enter");
  await expect(builder).toBeVisible();
  await search.fill("github.evnt");
  await expect(builder.getByRole("status")).toContainText("did you mean event");
  await search.fill("github.event.pull_re");
  await expect(builder.getByRole("status")).not.toBeEmpty();
  await search.fill("runner.os");
  await expect(builder.locator(".offer").first()).toContainText("runner.os");
  await search.press("Enter");
  await expectYaml(page, replaced(text, "- name: Unit tests\n", "- name: Unit tests${{ runner.os }}\n"));
});

test("an expression goes where the caret is, and into what a condition says already", async ({ page }) => {
  const start = replaced(text, "- name: Unit tests\n", "- name: Unit tests\n        if: github.event_name == 'push'\n");
  await openWorkflow(page, start);
  await step(page, "Unit tests").click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const insert = async (field, expression) => {
    await form(page).getByRole("button", { name: new RegExp(`^Insert an? .*expression into ${field}$`) }).click();
    await builder.getByRole("combobox", { name: "Search" }).fill(expression);
    await builder.getByRole("combobox", { name: "Search" }).press("Enter");
    await expect(builder).toBeHidden();
  };
  await insert("Condition", "github.ref_name");
  const joined = replaced(start, "== 'push'", "== 'push' && github.ref_name");
  await expectYaml(page, joined);
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.focus();
  await name.press("Home");
  await insert("Name", "runner.os");
  const named = replaced(joined, "name: Unit tests", "name: ${{ runner.os }}Unit tests");
  await expectYaml(page, named);
  // The caret stands behind it.
  await expect(name).toBeFocused();
  await page.keyboard.type(" ");
  await expectYaml(page, replaced(named, "}}Unit", "}} Unit"));
});

test("a switch and a machine become expressions by the form", async ({ page }) => {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^lint \d+ step/ }).click();
  await form(page).getByText(/^More \(/).first().click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const insert = async (field, expression) => {
    await form(page).getByRole("button", { name: new RegExp(`expression into ${field}$`) }).click();
    await builder.getByRole("combobox", { name: "Search" }).fill(expression);
    await builder.getByRole("combobox", { name: "Search" }).press("Enter");
    await expect(builder).toBeHidden();
  };
  await insert("May fail", "github.event_name == 'push'");
  await expect.poll(() => shownYaml(page)).toContain("continue-on-error: ${{ github.event_name == 'push' }}");
  await insert("Runner", "vars.MACHINE");
  await expect.poll(() => shownYaml(page)).toContain("runs-on: ${{ vars.MACHINE }}");
});

test("an expression goes by a key on its chip, or by emptying it", async ({ page }) => {
  const at = "    env:\n      A: run ${{ github.run_id }} of ${{ github.actor }}\n";
  const written = replaced(text, "  deploy:\n", `  deploy:\n${at}`);
  await openWorkflow(page, written);
  await form(page).getByRole("button", { name: /^deploy \d+ step/ }).click();
  const chip = (source) => form(page).getByRole("button", { name: `Change the expression ${source}`, exact: true });
  const value = form(page).getByRole("textbox", { name: "Value of A" });
  await chip("github.run_id").focus();
  await page.keyboard.press("Delete");
  const first = replaced(written, "run ${{ github.run_id }} of", "run of");
  await expectYaml(page, first);
  await expect(value).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, written);

  await chip("github.actor").click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  await builder.getByRole("combobox", { name: "Search" }).fill("");
  await expect(builder.getByRole("combobox", { name: "Search" })).toHaveAttribute("placeholder", "Empty takes it out");
  await expect(builder.getByRole("button", { name: "Remove" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(written, " of ${{ github.actor }}", " of"));
  await expect(value).toBeFocused();
});

test("where nothing can be read that is told with what to do", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  await form(page).getByRole("button", { name: "Insert an expression into Condition" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const search = builder.getByRole("combobox", { name: "Search" });
  await search.fill("steps.");
  await expect(builder.getByRole("status")).toContainText("No step before this one has an id: give one to the step");
});

test("the builder of a list is named by the list's label", async ({ page }) => {
  const services = "    services:\n      db:\n        image: postgres:18\n        ports: ['5432:5432']\n";
  await openWorkflow(page, replaced(text, "  deploy:\n", `  deploy:\n${services}`));
  await form(page).getByRole("button", { name: /^deploy \d+ step/ }).click();
  await expect(form(page).getByRole("button", { name: "Insert an expression into Ports", exact: true })).toHaveCount(1);
});

const lists = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    strategy:
      matrix:
        os: [ubuntu-latest]
        node: []
    steps:
      - run: make
`;

test("in a list it is judged as an item, and what gives a list is all of an empty one", async ({ page }) => {
  await openWorkflow(page, lists);
  await card(page, "a").click({ position: { x: 40, y: 16 } });
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const [search, told] = [builder.getByRole("combobox", { name: "Search" }), builder.getByRole("status")];
  await form(page).getByRole("button", { name: "Insert an expression into os" }).click();
  await search.fill("github.ref_name");
  await expect(told).toHaveText(/^string→ "/);
  await search.press("Enter");
  await form(page).getByRole("textbox", { name: "Another value of os" }).press("Enter");
  const named = replaced(lists, "[ubuntu-latest]", "[ubuntu-latest, '${{ github.ref_name }}']");
  await expectYaml(page, named);
  await form(page).getByRole("button", { name: "Insert an expression into node" }).click();
  await search.fill("fromJSON('[1,2]')");
  await expect(told).toContainText("→ [1,2]");
  await expect(told.locator(".field-problem")).toHaveCount(0);
  await search.press("Enter");
  await expectYaml(page, replaced(named, "node: []", "node: ${{ fromJSON('[1,2]') }}"));
});

test("it takes the place of a number, as text beside it would make a text", async ({ page }) => {
  await openWorkflow(page, lists);
  await card(page, "a").click({ position: { x: 40, y: 16 } });
  await form(page).getByRole("button", { name: "Insert an expression into Time limit" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  await builder.getByRole("combobox", { name: "Search" }).fill("fromJSON(vars.MINUTES)");
  await builder.getByRole("combobox", { name: "Search" }).press("Enter");
  await expectYaml(page, replaced(lists, "minutes: 10", "minutes: ${{ fromJSON(vars.MINUTES) }}"));
});

test("what is typed is told of apart from the whole condition", async ({ page }) => {
  const start = replaced(text, "- name: Unit tests\n", "- name: Unit tests\n        if: github.ref == 'refs/heads/none'\n");
  await openWorkflow(page, start);
  await step(page, "Unit tests").click();
  await form(page).getByRole("button", { name: "Insert an expression into Condition" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  await builder.getByRole("combobox", { name: "Search" }).fill("github.event_name == 'push'");
  const lines = builder.getByRole("status").locator(".judged-line");
  await expect(lines.first()).toHaveText(/^boolean→ true/);
  await expect(lines.nth(1)).toHaveText(/^All of it:boolean→ false/);
});
