// What is kept for a step or a job, but stands in no file, goes with it wherever an edit takes it.
import { card, expectYaml, form, openWorkflow, pick, replaced, run, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - name: One
        run: ls
      - name: Two
        run: |
          make one
          make two
      - name: Three
        uses: actions/checkout@v4
        x-own: {a: 1}
  b:
    runs-on: ubuntu-latest
    x-own: {b: 1}
    steps:
      - run: echo b
`;
const two = "      - name: Two\n        run: |\n          make one\n          make two\n";
const kind = (page, name) =>
  form(page).getByRole("group", { name: "What the step does" }).getByRole("button", { name, exact: true });

/** Makes an action of the selected step. */
async function makeAction(page) {
  await kind(page, "Action").click();
  const library = page.getByRole("dialog", { name: "Choose an action" });
  await library.getByRole("combobox", { name: "Search actions" }).fill("docker://alpine:3");
  await library.getByRole("option").first().click();
  await expect.poll(() => shownYaml(page)).toContain("docker://alpine:3");
}

test("a script comes back from an action in another job and at another place", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Two").click();
  await makeAction(page);
  await pick(page, "Move this step to another job", "b");
  const there = `${replaced(text, two, "")}${two}`;
  await expect.poll(() => shownYaml(page)).toMatch(/echo b\n {6}- name: Two/);
  await kind(page, "Script").click();
  await expectYaml(page, there);

  await kind(page, "Action").click();
  await expect.poll(() => shownYaml(page)).toContain("docker://alpine:3");
  await run(page, "Move the selected job or step up");
  await expect.poll(() => shownYaml(page)).toMatch(/steps:\n {6}- name: Two/);
  await run(page, "Undo");
  await expect.poll(() => shownYaml(page)).toMatch(/echo b\n {6}- name: Two/);
  await run(page, "Redo");
  await expect.poll(() => shownYaml(page)).toMatch(/steps:\n {6}- name: Two/);
  await step(page, "Two").click();
  await kind(page, "Script").click();
  await expectYaml(page, replaced(there, `      - run: echo b\n${two}`, `${two}      - run: echo b\n`));
});

test("what is not written yet stays with its step and its job", async ({ page }) => {
  await openWorkflow(page, text);
  const field = form(page).getByRole("textbox", { name: "x-own as YAML" });
  const leaveUnread = async (typed) => {
    await field.fill(typed);
    await page.keyboard.press("Tab");
    await expect(form(page).getByRole("alert")).toContainText("This is not written yet.");
  };
  const isKept = async (typed) => {
    await expect(field).toHaveValue(typed);
    await expect(form(page).getByRole("alert")).toContainText("This is not written yet.");
  };
  await step(page, "Three").click();
  await leaveUnread("{a: [1");
  await card(page, "b").click();
  await leaveUnread("{b: [1");

  // Its neighbour goes, it moves up, and to another job, which gets another id.
  await step(page, "One").click();
  await run(page, "Remove the selected job or step");
  await step(page, "Three").click();
  await isKept("{a: [1");
  await run(page, "Move the selected job or step up");
  await expect.poll(() => shownYaml(page)).toMatch(/steps:\n {6}- name: Three/);
  await card(page, "a").click();
  await step(page, "Three").click();
  await isKept("{a: [1");
  await pick(page, "Move this step to another job", "b");
  await card(page, "b").click();
  await isKept("{b: [1");
  const id = form(page).getByRole("textbox", { name: /^Id of the job/ });
  await id.fill("c");
  await id.press("Enter");
  await expect(card(page, "c")).toBeVisible();
  await isKept("{b: [1");
  await run(page, "Move the selected job or step up");
  await expect.poll(() => shownYaml(page)).toMatch(/jobs:\n {2}c:/);
  await step(page, "Three").click();
  await isKept("{a: [1");
  await card(page, "c").click();
  await isKept("{b: [1");
});
