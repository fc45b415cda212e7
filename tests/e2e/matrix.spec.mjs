// The matrix of a job: values with keys, what is added and left out, and what a typed value means.
import { card, expectYaml, form, openWorkflow, replaced, shownYaml } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const behind = "    runs-on: ${{ matrix.os }}\n    steps: [{run: z}]\n";
const before = "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n";
const file = (matrix) => `${before}${matrix}${behind}`;
const row = (page, name) => form(page).getByRole("group", { name: `Row ${name} of the matrix` });
const job = async (page, text) => {
  await openWorkflow(page, text);
  await card(page, "a").click();
};

const build = `        build:
          - name: 'one' # why one
            # about flags
            flags: "-O2"
            script: |
              make
              make test
            long: >-
              one two
              three
          - {name: two, flags: -O3}
`;

test("a value with keys is changed key by key, and all around it stays", async ({ page }) => {
  const text = file(build);
  await job(page, text);
  const values = row(page, "build").getByRole("list", { name: "Values of build" });
  await expect(values.getByRole("button", { expanded: false })).toHaveText([/^\s*1\s*one\s+flags -O2/, /^\s*2\s*two\s+flags -O3/]);
  const first = values.getByRole("listitem", { name: "Value 1" });
  await first.getByRole("button", { name: /one/ }).click();
  const flags = first.getByRole("textbox", { name: "Value of flags" });
  await flags.fill("-O3 -g");
  let now = replaced(text, '"-O2"', '"-O3 -g"');
  await expectYaml(page, now);
  await first.getByRole("textbox", { name: "Value of script" }).fill("make\nmake all\nmake test\n");
  now = replaced(now, "              make test\n", "              make all\n              make test\n");
  await expectYaml(page, now);
  // A text that is folded keeps its lines.
  const long = first.getByRole("textbox", { name: "Value of long" });
  await expect(long).toHaveValue("one two three");
  await long.fill("one two three four");
  now = replaced(now, "              three\n", "              three four\n");
  await expectYaml(page, now);
  await first.getByRole("textbox", { name: "Name of a new entry" }).fill("z");
  await page.keyboard.press("Enter");
  await page.keyboard.type("1");
  now = replaced(now, "              three four\n", "              three four\n            z: 1\n");
  await expectYaml(page, now);
  // One that is written on one line stays there.
  const second = values.getByRole("listitem", { name: "Value 2" });
  await second.getByRole("button", { name: /two/ }).click();
  await second.getByRole("textbox", { name: "Value of flags" }).fill("-Os");
  now = replaced(now, "{name: two, flags: -O3}", "{name: two, flags: -Os}");
  await expectYaml(page, now);
  // It moves with its comments, and the keys go with it.
  await second.getByRole("button", { name: /two/ }).press("Alt+ArrowUp");
  await expect.poll(() => shownYaml(page)).toContain("build:\n          - {name: two, flags: -Os}\n          - name: 'one' # why one\n");
  await expect(values.getByRole("listitem", { name: "Value 1" }).getByRole("button", { name: /two/ })).toBeFocused();
  await row(page, "build").getByRole("button", { name: "Another value" }).click();
  await expect(values.getByRole("listitem", { name: "Value 3" }).getByLabel("Value of name")).toBeFocused();
  await page.keyboard.type("three");
  await expect.poll(() => shownYaml(page)).toContain("            z: 1\n          - name: three\n    runs-on");
});

test("sixty values take little room, and one opens where it stands", async ({ page }) => {
  const values = Array.from({ length: 60 }, (_, at) => `          - name: build ${at}\n            flags: ${"-Wall ".repeat(40)}\n`);
  const entries = Array.from({ length: 20 }, (_, at) => `          - os: system ${at}\n`);
  await job(page, file(`        build:\n${values.join("")}        include:\n${entries.join("")}`));
  const matrix = form(page).locator(".matrix");
  const size = () => matrix.evaluate((element) => element.offsetHeight);
  const list = row(page, "build").getByRole("list", { name: "Values of build" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  expect(await size()).toBeLessThan(2_200);
  const seventh = list.getByRole("listitem", { name: "Value 7" }).getByRole("button", { name: /build 6/ });
  await seventh.scrollIntoViewIfNeeded();
  const at = await seventh.boundingBox();
  const whole = await matrix.boundingBox();
  expect(at.width, "over the whole width").toBeGreaterThan(0.75 * whole.width);
  expect(at.height, "on one line").toBeLessThan(40);
  await seventh.click();
  await expect(list.getByRole("textbox", { name: "Value of flags" })).toBeVisible();
  expect((await seventh.boundingBox()).y).toBe(at.y);
  await row(page, "build").getByRole("button", { name: "Show all 60" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(60);
  await expect(list.getByRole("listitem", { name: "Value 11" }).getByRole("button", { name: /build 10/ })).toBeFocused();
  const added = form(page).getByRole("region", { name: "Add combinations" });
  await expect(added.getByRole("listitem")).toHaveCount(10);
  await expect(added.getByRole("button", { name: "Show all 20" })).toBeVisible();
});

test("another combination begins with a value that the next letters replace", async ({ page }) => {
  const text = file("        os: [ubuntu-latest, windows-latest]\n");
  await job(page, text);
  await form(page).getByRole("button", { name: "Another combination" }).click();
  await expect.poll(() => shownYaml(page)).toContain("include:\n          - os: ubuntu-latest\n");
  await page.keyboard.type("ubuntu-22.04");
  await expect.poll(() => shownYaml(page)).toContain("include:\n          - os: ubuntu-22.04\n");
});

test("a chip is edited in its place", async ({ page }) => {
  const words = Array.from({ length: 24 }, (_, at) => `system-${at}`);
  const text = file(`        os: [${words.join(", ")}]\n`);
  await job(page, text);
  const chip = row(page, "os").getByRole("button", { name: "Change system-1", exact: true });
  await chip.scrollIntoViewIfNeeded();
  const at = await chip.boundingBox();
  await chip.click();
  const field = row(page, "os").getByRole("textbox", { name: "Another value of os" });
  await expect(field).toBeFocused();
  const now = await field.boundingBox();
  expect(Math.abs(now.y - at.y)).toBeLessThan(6);
  expect(Math.abs(now.x - at.x)).toBeLessThan(16);
  await page.keyboard.type("other");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, "system-1,", "other,"));
  await expect(row(page, "os").getByRole("button", { name: "Change other" })).toBeFocused();
});

test("the last combination takes its list along", async ({ page }) => {
  const text = file("        os: [p, q]\n        exclude:\n          # never\n          - os: p\n");
  await job(page, text);
  const list = form(page).getByRole("region", { name: "Leave combinations out" });
  await list.getByRole("button", { name: "Remove combination 1" }).click();
  await expectYaml(page, file("        os: [p, q]\n"));
  await list.getByRole("button", { name: "Leave another one out" }).click();
  await expect(list.getByLabel("Value of os")).toBeFocused();
  await expectYaml(page, file("        os: [p, q]\n        exclude:\n          - os: p\n"));
});

test("a text stays a text, and a number a number", async ({ page }) => {
  const text = file("        include:\n          - os: x\n            text: \"1\"\n            number: 1\n");
  await job(page, text);
  const list = form(page).getByRole("region", { name: "Add combinations" });
  await list.getByRole("button", { name: /os x/ }).click();
  const type = async (name, ...keys) => {
    await list.getByLabel(`Value of ${name}`, { exact: true }).click();
    for (const key of ["End", ...keys]) await page.keyboard.press(key);
  };
  await type("text", "2");
  await expectYaml(page, replaced(text, '"1"', '"12"'));
  await type("text", "Backspace", "Backspace", "3");
  await expectYaml(page, replaced(text, '"1"', '"3"'));
  await type("number", "2");
  const now = replaced(replaced(text, '"1"', '"3"'), "number: 1", "number: 12");
  await expectYaml(page, now);
  // What is new is what it looks like.
  for (const [name, typed, written] of [["a", "true", "true"], ["b", "3.1", "3.1"], ["c", "3.10", '"3.10"']]) {
    await list.getByRole("textbox", { name: "Name of a new entry" }).fill(name);
    await page.keyboard.press("Enter");
    await page.keyboard.type(typed);
    await expect.poll(() => shownYaml(page)).toContain(`            ${name}: ${written}\n`);
  }
});

test("quotes protect a comma, and an expression may be one of several values", async ({ page }) => {
  await job(page, file("        os: [x]\n"));
  const add = async (name, values) => {
    await form(page).getByRole("textbox", { name: "Name of the new row" }).fill(name);
    await form(page).getByRole("textbox", { name: "Its values, with commas between them" }).fill(values);
    await page.keyboard.press("Enter");
  };
  await add("one", '"x, y"');
  await expect.poll(() => shownYaml(page)).toContain("        one: ['x, y']\n");
  await add("two", "${{ format('a,{0}', github.ref) }}, b");
  await expect.poll(() => shownYaml(page)).toContain("        two: ['${{ format(''a,{0}'', github.ref) }}', b]\n");
  await add("three", "${{ fromJSON(inputs.list) }}");
  await expect.poll(() => shownYaml(page)).toContain("        three: ${{ fromJSON(inputs.list) }}\n");
  const field = row(page, "one").getByRole("textbox", { name: "Another value of one" });
  await field.pressSequentially('"p, q",22,');
  await expect.poll(() => shownYaml(page)).toContain("        one: ['x, y', 'p, q', '22']\n");
});

test("a row that nothing reads is told as a hint, and a list has the ring of a field", async ({ page }) => {
  await job(page, file("        os: [x]\n        node: [1, 2]\n"));
  const note = row(page, "node").locator(".field-problem");
  await expect(note).toHaveText("No step and no setting of this job reads matrix.node.");
  await expect(note).toHaveClass(/is-hint/);
  const field = row(page, "node").getByRole("textbox", { name: "Another value of node" });
  await field.focus();
  await expect(row(page, "node").locator(".chips")).toHaveCSS("outline", /2px/);
});

test("a row that is left half typed says what it lacks, and nothing typed is lost", async ({ page }) => {
  await job(page, file("        os: [x]\n"));
  const name = form(page).getByRole("textbox", { name: "Name of the new row" });
  const values = form(page).getByRole("textbox", { name: "Its values, with commas between them" });
  await name.fill("node");
  await name.blur();
  await expect(form(page).getByText("Not added yet: node has no values.")).toBeVisible();
  await expect(name).toHaveValue("node");
  await values.fill("20, 22");
  await values.blur();
  await expect.poll(() => shownYaml(page)).toContain("        os: [x]\n        node: [20, 22]\n");
  await expect(name).toHaveValue("");
  await name.fill("os");
  await values.fill("y");
  await page.keyboard.press("Enter");
  await expect(form(page).getByText("There is an entry os here already; choose another name.")).toBeVisible();
  await expect(values).toHaveValue("y");
});

for (const [name, matrix, after] of [
  ["in a block", "        os: [x]\n        k:\n", "        os: [x]\n        k: [18]\n"],
  ["in brackets", "        {os: [x], k: }\n", "        {os: [x], k: [18] }\n"],
]) {
  test(`a row without a value ${name} says so and takes the first one`, async ({ page }) => {
    await openWorkflow(page, file(matrix));
    await expect(card(page, "a")).toHaveAccessibleName(/not known: a row of the matrix has no values yet/);
    await card(page, "a").click();
    await expect(form(page).getByText("How many jobs come of it is not known: a row of the matrix has no values yet.")).toBeVisible();
    await expect(form(page).getByText("an expression computes", { exact: false })).toHaveCount(0);
    const field = row(page, "k").getByRole("textbox", { name: "Another value of k" });
    await field.fill("18");
    await field.press("Enter");
    await expectYaml(page, file(after));
    await expect(form(page).getByText("1 job comes of it")).toBeVisible();
    await expect(field).toBeFocused();
  });
}

test("a row that is an alias of one value becomes a list that goes on repeating it", async ({ page }) => {
  const text = file("        os: [x]\n        k: *v\n").replace("on: push\n", "on: push\nenv:\n  V: &v 18\n");
  await openWorkflow(page, text);
  await card(page, "a").click();
  await row(page, "k").getByRole("button", { name: "Make k a list" }).click();
  await expectYaml(page, replaced(text, "k: *v", "k: [*v]"));
  await expect(form(page).getByText("1 job comes of it")).toBeVisible();
});

test("combinations are moved by buttons, and the focus goes with them", async ({ page }) => {
  const lines = ["          - {os: a, more: 1} # first\n", "          - {os: b, more: 2}\n", "          - {os: c, more: 3}\n"];
  const text = (order) => file(`        os: [a, b, c]\n        include:\n${order.map((at) => lines[at]).join("")}`);
  await job(page, text([0, 1, 2]));
  const added = form(page).getByRole("region", { name: "Add combinations" });
  const move = (number, way) => added.getByRole("button", { name: `Move combination ${number} ${way}`, exact: true });
  await added.getByRole("listitem", { name: "Combination 1" }).hover();
  await expect(move(1, "up")).toBeDisabled();
  await move(1, "down").click();
  await expectYaml(page, text([1, 0, 2]));
  await expect(move(2, "down")).toBeFocused();
  await page.keyboard.press("Enter");
  await expectYaml(page, text([1, 2, 0]));
  // At the end only the way back is left.
  await expect(move(3, "down")).toBeDisabled();
  await expect(move(3, "up")).toBeFocused();
  await page.keyboard.press("Enter");
  await expectYaml(page, text([1, 0, 2]));
});

test("who renames a row goes on to its values", async ({ page }) => {
  const text = file("        os: [ubuntu-latest]\n        node: [18, 20]\n");
  await job(page, text);
  const rename = async (old, to, key) => {
    await row(page, old).getByRole("textbox", { name: "Name of the row; a change renames it everywhere" }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(to);
    await page.keyboard.press(key);
    await expect(row(page, to).locator(":focus")).toHaveCount(1);
  };
  await rename("os", "system", "Tab");
  await rename("node", "runtime", "Enter");
  const now = replaced(replaced(text, "os: [ub", "system: [ub"), "node: [", "runtime: [");
  await expectYaml(page, replaced(now, "matrix.os", "matrix.system"));
});
