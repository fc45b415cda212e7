// What an alias repeats is changed for all that repeat it, or for one place alone: the person is asked.
import { card, expectYaml, form, openWorkflow, replaced, toast } from "./support/journey.mjs";
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
const field = (page, name) => form(page).getByRole("textbox", { name, exact: true });
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
  await expectYaml(page, replaced(text, "    env: *shared\n", "    env:\n      NODE_ENV: production\n"));
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
      replaced(text, "    env: *shared\n", "    env:\n      NODE_ENV: production\n"),
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
    env: &shared
      NODE_ENV: test # for both
    steps: &steps
      - run: make
      - run: make test
`,
  );
});
