// Help in the form with what stands in `${{ }}`: in the editor of a script, and where an expression is built.
import { expectYaml, form, openWorkflow, replaced } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Say
        run: |
          echo first
          echo "x"
          echo last
`;
const offered = (page, name) =>
  page.locator(".suggest-widget.visible .monaco-list-row").filter({ hasText: new RegExp(`^${name}`) }).first();
const builder = (page) => page.getByRole("dialog", { name: "Insert an expression" });
const search = (page) => builder(page).getByRole("combobox", { name: "Search" });

async function openStep(page) {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^build \d+ step/ }).click();
  await form(page).getByRole("button", { name: /^1 Say/ }).click();
}

test("an expression in a script is completed, and the words of the shell are left alone", async ({ page }) => {
  await openStep(page);
  const script = form(page).locator(".script-editor");
  await script.locator(".view-line").filter({ hasText: "x" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" github. na");
  await page.waitForTimeout(500);
  await expect(page.locator(".suggest-widget.visible")).toHaveCount(0);
  for (let back = 0; back < " github. na".length; back += 1) await page.keyboard.press("Backspace");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("${{ github.event.head_com");
  await expect(offered(page, "head_commit")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type(".mess");
  await expect(offered(page, "message")).toBeVisible();
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, '"x"', '"x${{ github.event.head_commit.message}}"'));

  // What is known about a name is told where the pointer rests on it.
  await script.getByText("github.event.head_commit.message").first().hover();
  await expect(page.locator(".monaco-hover").getByText("github.event")).not.toHaveCount(0);
});

test("offers and what is chosen belong to the caret of the search field", async ({ page }) => {
  await openStep(page);
  await form(page).getByRole("button", { name: "Insert an expression into Condition" }).click();
  await search(page).fill("github.event. == 'x'");
  await search(page).press("Home");
  for (let at = 0; at < "github.event.".length; at += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.type("re");
  const offers = builder(page).locator(".offer");
  await expect(offers.first().locator("code")).toHaveText(/^github\.event\.re/);
  await offers.filter({ hasText: /^github\.event\.ref/ }).first().click();
  await expect(search(page)).toHaveValue("github.event.ref == 'x'");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("1");
  await expect(search(page)).toHaveValue("github.event.ref1 == 'x'");

  await search(page).fill("github.event.commits[0].");
  await expect(builder(page).getByRole("status")).toHaveText("Go on: a name follows the dot.");
  await expect(offers.first().locator("code")).toHaveText(/^github\.event\.commits\[0\]\./);
  await offers.filter({ hasText: "].message" }).click();
  await expect(search(page)).toHaveValue("github.event.commits[0].message");

  await search(page).fill("secrets.");
  await expect(builder(page).getByRole("status")).toContainText("secrets is not available here");
  await search(page).fill("foo()");
  await expect(builder(page).getByRole("status").getByText("There is no function")).toHaveCount(1);
});

test("a blank before an expression stays, though nothing has followed it yet", async ({ page }) => {
  await openStep(page);
  const script = form(page).locator(".script-editor");
  await script.locator(".view-line").filter({ hasText: "last" }).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("curl ");
  const insert = async (expression) => {
    await form(page).getByRole("button", { name: /expression into Script$/ }).click();
    await search(page).fill(expression);
    await page.keyboard.press("Enter");
  };
  await insert("secrets.TOK");
  const first = replaced(text, "echo last\n", "echo last\n          curl ${{ secrets.TOK }}\n");
  await expectYaml(page, first);
  // And so does the line that was begun for it.
  await script.locator(".view-line").last().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  await insert("github.actor");
  await expectYaml(page, `${first}          \${{ github.actor }}\n`);
});
