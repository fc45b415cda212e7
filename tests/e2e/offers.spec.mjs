// What the builder of expressions offers: the functions of the language and the names that are there.
import { form, openWorkflow, shownYaml, step } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
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
const search = (page) => builder(page).getByRole("combobox", { name: "Search" });
const offer = (page, name) => builder(page).locator(".offer").filter({ hasText: name });

async function build(page, field) {
  await step(page, "Last").click();
  await form(page).getByRole("button", { name: new RegExp(`^Insert an? .*expression into ${field}$`) }).click();
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

test("the arrows mark an offer, which Enter takes, and Tab goes on", async ({ page }) => {
  await openWorkflow(page, text);
  await build(page, "Name");
  const marked = builder(page).getByRole("listbox", { name: "What may be used here" }).getByRole("option", { selected: true });
  const first = await marked.textContent();
  for (let times = 0; times < 9; times += 1) await page.keyboard.press("ArrowDown");
  await expect(marked).not.toHaveText(first);
  await expect(marked).toBeInViewport();
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveAttribute("aria-activedescendant", await marked.getAttribute("id"));
  await search(page).fill("github.ref");
  await page.keyboard.press("ArrowDown");
  const second = await marked.locator("code").textContent();
  await picture(page, "offers");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain(`name: Last\${{ ${second} }}`);
});

test("the brackets of an expression are no part of what is put in", async ({ page }) => {
  await openWorkflow(page, text);
  for (const [field, yaml] of [
    ["Condition", "if: github.ref"],
    ["Name", "name: Last${{ github.ref }}"],
  ]) {
    await build(page, field);
    await search(page).fill("${{ github.ref }}");
    await expect(search(page)).toHaveValue("github.ref");
    await search(page).press("Enter");
    await expect.poll(() => shownYaml(page)).toContain(yaml);
    await expect(builder(page)).toBeHidden();
  }
});

test("what GitHub would refuse is put in by neither the key nor the button", async ({ page }) => {
  await openWorkflow(page, text);
  await build(page, "Condition");
  await search(page).fill("secrets.X");
  await expect(builder(page).getByRole("status")).toContainText("secrets is not available here");
  await search(page).press("Enter");
  await expect(builder(page)).toBeVisible();
  await expect(builder(page).getByRole("button", { name: "Insert" })).toBeDisabled();
  await search(page).fill("github.ref == 'x'");
  await expect(builder(page).getByRole("button", { name: "Insert" })).toBeEnabled();
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

test("what an event carries is found by its names, with the event", async ({ page }) => {
  await openWorkflow(page, text.replace("on:\n", "on:\n  push:\n  pull_request:\n"));
  await build(page, "Condition");
  for (const [typed, name] of [
    ["title", "github.event.pull_request.title"],
    ["pull_request.", "github.event.pull_request."],
    ["head_commit", "github.event.head_commit"],
    ["head.repo.full", "github.event.pull_request.head.repo.full_name"],
  ]) {
    await search(page).fill(typed);
    await expect(builder(page).locator(".offer").first()).toContainText(name);
  }
  await expect(offer(page, "github.event.pull_request.head.repo.full_name")).toContainText("sent with pull_request");
  await search(page).fill("title");
  await search(page).press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("if: github.event.pull_request.title");
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
