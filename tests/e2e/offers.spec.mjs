// What the builder of expressions offers: the functions of the language and the names that are there.
import { form, openWorkflow, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on:
  workflow_dispatch:
    inputs:
      level: { type: choice, options: [a, b], default: a }
jobs:
  build:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        include:
          - os: a.b
    steps:
      - id: v
        run: echo
      - name: Last
        env:
          STAGE: x
        run: make
`;

const builder = (page) => page.getByRole("dialog", { name: "Insert an expression" });
const search = (page) => builder(page).getByRole("textbox", { name: "Search" });
const offer = (page, name) => builder(page).locator(".offer").filter({ hasText: name });

async function build(page, field) {
  await step(page, "Last").click();
  await form(page).getByRole("button", { name: `Insert a secret or another expression into ${field}` }).click();
}

test("the functions are offered, with what goes between their brackets", async ({ page }) => {
  await openWorkflow(page, text);
  await build(page, "Condition");
  await expect(offer(page, "contains(search, item)")).toBeVisible();
  await expect(offer(page, "always()")).toBeAttached();
  for (const [typed, name] of [
    ["starts", "startsWith(text, start)"],
    ["endsWith", "endsWith(text, end)"],
    ["toJ", "toJSON(value)"],
    ["from", "fromJSON(text)"],
    ["join", "join(list, [separator])"],
    ["case", "case(condition, value, …, default)"],
    ["format", "format(text, value, …)"],
    ["hash", "hashFiles(pattern, …)"],
  ]) {
    await search(page).fill(typed);
    await expect(builder(page).locator(".offer").first()).toContainText(name);
  }
  await search(page).fill("starts");
  await offer(page, "startsWith").click();
  await expect(search(page)).toHaveValue("startsWith()");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("github.ref, 'refs/tags/v'");
  await expect(search(page)).toHaveValue("startsWith(github.ref, 'refs/tags/v')");
  await search(page).press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("if: startsWith(github.ref, 'refs/tags/v')");
});

test("no secret is made of a name of the language", async ({ page }) => {
  await openWorkflow(page, text);
  await build(page, "Script");
  await expect(offer(page, "toJSON(value)")).toBeAttached();
  await expect(offer(page, "always()")).toHaveCount(0);
  for (const name of ["toJSON", "matrix", "conclusion"]) {
    await search(page).fill(name);
    await expect(builder(page).locator(".offer").first()).toBeVisible();
    await expect(offer(page, "secrets.")).toHaveCount(0);
  }
  await search(page).fill("deploy key");
  await expect(builder(page).locator(".offer").last()).toContainText("secrets.DEPLOY_KEY");
});

test("what is there is found by each of its names, with an example", async ({ page }) => {
  await openWorkflow(page, text);
  await build(page, "Script");
  for (const [typed, name] of [
    ["matrix", "matrix.os"],
    ["env", "env.STAGE"],
    ["stage", "env.STAGE"],
    ["conclusion", "steps.v.conclusion"],
  ]) {
    await search(page).fill("");
    await expect(offer(page, name)).toBeAttached();
    await search(page).fill(typed);
    await expect(builder(page).locator(".offer").first()).toContainText(name);
  }
  const told = builder(page).getByRole("status");
  await builder(page).getByLabel("For example when").selectOption({ label: "Somebody presses Run workflow" });
  await search(page).fill("github.event.inputs.level == 'a'");
  await expect(told).toContainText("→ true");
  await search(page).fill("github.sha");
  await expect(told).toContainText("→ \"ffac537");
});
