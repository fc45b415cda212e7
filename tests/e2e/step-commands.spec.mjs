// What a step's form can do to it is found in the palette, too.
import { card, editorIsReady, expectYaml, form, openWorkflow, replaced, run, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - name: One
        run: ls
      - name: Two
        run: ls
  b:
    runs-on: ubuntu-latest
    steps:
      - run: echo b
`;
const one = "      - name: One\n        run: ls\n";

/** Whether the palette offers a command of that name. */
async function offers(page, name) {
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  await palette.getByRole("combobox").fill(name);
  await expect(palette.getByRole("combobox")).toHaveValue(name);
  const found = await palette.getByRole("option", { name: new RegExp(`^${name}`) }).count();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  return found > 0;
}

test("a step is moved to another job, and made another kind, from the palette", async ({ page }) => {
  await openWorkflow(page, text);
  await editorIsReady(page);
  await card(page, "a").getByText("a", { exact: true }).click();
  for (const name of ["Move the selected step to another job", "Make the selected step use an action"]) {
    expect(await offers(page, name), name).toBe(false);
  }
  await step(page, "One").click();
  await run(page, "Move the selected step to another job");
  const jobs = page.getByRole("listbox", { name: "Move this step to another job" });
  await expect(jobs).toBeVisible();
  await page.keyboard.press("Enter");
  await expectYaml(page, `${replaced(text, one, "")}${one}`);

  await run(page, "Make the selected step use an action");
  const library = page.getByRole("dialog", { name: "Choose an action" });
  await library.getByRole("combobox", { name: "Search actions" }).fill("docker://alpine:3");
  await library.getByRole("option").first().click();
  await expect.poll(() => shownYaml(page)).toContain("uses: docker://alpine:3");
  await run(page, "Make the selected step run a script");
  await expectYaml(page, `${replaced(text, one, "")}${one}`);
});

test("on the graph, J moves the selected step to another job", async ({ page }) => {
  await openWorkflow(page, text);
  await editorIsReady(page);
  await step(page, "Two").click();
  await expect(form(page).getByRole("heading", { name: "Two" })).toBeVisible();
  const jobs = page.getByRole("listbox", { name: "Move this step to another job" });
  await page.keyboard.press("j");
  await expect(jobs).toBeVisible();
  // Who leaves it is back on the card.
  await page.keyboard.press("Escape");
  await expect(card(page, "a")).toBeFocused();
  await page.keyboard.press("j");
  await expect(jobs).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toMatch(/echo b\n {6}- name: Two/);
  // The keys go on in the graph.
  await expect(card(page, "b")).toBeFocused();
  await page.keyboard.press("d");
  await expect.poll(async () => (await shownYaml(page)).split("name: Two").length).toBe(3);
  await expect(page.getByRole("status").filter({ hasText: /^Duplicate/ })).toBeVisible();
});

test("an expression, the newest version and the way back from all changes are in the palette", async ({ page }) => {
  const file = text.replace("run: ls\n  b", "uses: actions/checkout@v3\n  b");
  await openWorkflow(page, file);
  await editorIsReady(page);
  expect(await offers(page, "Take all changes back")).toBe(false);
  await step(page, "Two").click();
  await expect(form(page).getByRole("button", { name: /^Use v.*the newest version/ })).toBeVisible();
  await run(page, "Use the newest version of the selected step's action");
  await expect.poll(() => shownYaml(page)).toMatch(/actions\/checkout@v[4-9]/);
  await step(page, "One").click();
  expect(await offers(page, "Use the newest version")).toBe(false);
  await run(page, "Insert an expression into the field");
  const search = page.getByRole("dialog", { name: "Insert an expression" }).getByRole("combobox", { name: "Search" });
  await search.fill("github.actor");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("run: ls${{ github.actor }}");
  await run(page, "Take all changes back");
  await expectYaml(page, file);
});
