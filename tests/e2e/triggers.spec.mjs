// Filters, schedules and inputs: what they mean is told while they are made.
import { expectYaml, fixture, form, openWorkflow, pick, replaced, shownYaml } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

test.beforeEach(({ page }) => openWorkflow(page, fixture("ci.yml")));

const addTrigger = (page, event) => pick(page, "Add a trigger", event);

test("a branch is tried on the filters of a push", async ({ page }) => {
  await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
  const tried = form(page).getByRole("textbox", { name: "Try a branch" });
  await tried.fill("main");
  await expect(form(page).getByText("main starts the workflow because of main")).toBeVisible();
  await tried.fill("feature/x");
  await expect(form(page).getByText("feature/x does not start it")).toBeVisible();
  const branches = form(page).getByRole("textbox", { name: "Branches", exact: true });
  await branches.fill("feature/**");
  await branches.press("Enter");
  await expect(form(page).getByText("feature/x starts the workflow because of feature/**")).toBeVisible();
  await picture(page, "filters");
});

test("a pattern is told about while it is typed, and a filter too many is taken out at one press", async ({ page }) => {
  await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
  const branches = form(page).getByRole("textbox", { name: "Branches", exact: true });
  await branches.pressSequentially("release/v*.*");
  const told = form(page).locator(".glob-typing").filter({ hasText: /./ });
  await expect(told).toHaveText("Matches for example release/v1.0, release/v2.2, release/v3.4");
  await branches.fill("v[9-0");
  await expect(told.locator(".is-error").first()).toBeVisible();
  await expectYaml(page, fixture("ci.yml"));
  await branches.fill("");
  await expect(told).toHaveCount(0);

  const both = replaced(fixture("ci.yml"), "    branches: [main]\n", "    paths: [src/**]\n    paths-ignore: [docs/**]\n");
  await openWorkflow(page, both);
  await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
  await form(page).getByRole("button", { name: "Remove paths-ignore" }).first().click();
  await expectYaml(page, replaced(both, "    paths-ignore: [docs/**]\n", ""));
});

test("a schedule is built without knowing cron, and told in words and dates", async ({ page }) => {
  await addTrigger(page, "schedule");
  const builder = form(page).getByRole("group", { name: "How often" });
  await builder.getByRole("combobox", { name: "How often" }).selectOption("weekly");
  await builder.getByLabel("Mon").check();
  await builder.getByLabel("Wed").check();
  await builder.getByLabel("at", { exact: true }).fill("07:30");
  await builder.getByLabel("at", { exact: true }).press("Tab");
  await expect.poll(() => shownYaml(page)).toMatch(/- cron: ["']?30 7 \* \* [^"'\n]*3/);
  const runs = form(page).getByRole("list", { name: "Next runs" }).getByRole("listitem");
  await expect(runs).toHaveCount(5);
  await form(page).getByLabel(/^Next runs, by the clocks of/).selectOption("UTC");
  await expect(runs.first()).toHaveText(/^(Mon|Tue|Wed|Thu|Fri) \d{4}-\d\d-\d\d 07:30$/);
  // By the clocks of any other place: India has no summer time.
  const clocks = form(page).getByLabel(/^Next runs, by the clocks of/);
  await clocks.focus();
  await clocks.selectOption("Asia/Calcutta");
  await expect(runs.first()).toHaveText(/ 13:00$/);
  await clocks.selectOption("UTC");
  await picture(page, "schedule");
});

test("inputs of a run by hand are shown as GitHub asks for them", async ({ page }) => {
  await addTrigger(page, "workflow_dispatch");
  const name = form(page).getByRole("textbox", { name: "Name of the new input" });
  await name.fill("target");
  await name.press("Enter");
  const preview = form(page).getByRole("region", { name: "How GitHub asks for the inputs" });
  await expect(preview.getByText("target", { exact: true })).toBeVisible();
  await form(page).getByRole("textbox", { name: "Description", exact: true }).fill("Where to deploy");
  await expect(preview.getByText("Where to deploy")).toBeVisible();
  await form(page).getByRole("combobox", { name: /^Type/ }).selectOption("choice");
  const options = form(page).getByRole("textbox", { name: /^(Choices|Options)/ });
  await options.fill("staging");
  await options.press("Enter");
  await options.fill("production");
  await options.press("Enter");
  await expect(preview.getByRole("combobox").getByRole("option", { name: "production" })).toHaveCount(1);
  await expect.poll(() => shownYaml(page)).toContain("        type: choice\n");
  await picture(page, "dispatch");
});

test("below many inputs GitHub's form is one press away", async ({ page }) => {
  const inputs = ["a", "b", "c", "d"].map((name) => `      ${name}: {type: string, description: The ${name}}\n`).join("");
  await openWorkflow(page, `on:\n  workflow_dispatch:\n    inputs:\n${inputs}jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`);
  await form(page).getByRole("button", { name: /workflow_dispatch/ }).click();
  const preview = form(page).getByRole("region", { name: "How GitHub asks for the inputs" });
  await expect(preview).not.toBeInViewport();
  await form(page).getByRole("button", { name: "See how GitHub asks for the inputs" }).click();
  await expect(preview).toBeInViewport();
  await expect(preview).toBeFocused();
});

test("the fields of several inputs are told apart", async ({ page }) => {
  const inputs = "on:\n  workflow_dispatch:\n    inputs:\n      level: { type: string }\n      dry: { type: boolean }\n";
  await openWorkflow(page, `${inputs}jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`);
  await form(page).getByRole("button", { name: /workflow_dispatch/ }).click();
  for (const name of ["level", "dry"]) {
    const input = form(page).getByRole("group", { name, exact: true });
    await expect(input.getByRole("combobox", { name: /^Type/ })).toHaveCount(1);
    await expect(input.getByRole("textbox", { name: "Description", exact: true })).toHaveCount(1);
  }
});

test("the default of an input is one of its type's values, and its name is changed where it is read", async ({ page }) => {
  const inputs = `on:
  workflow_dispatch:
    inputs:
      target:
        type: choice
        options: [staging, production]
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - run: ./ship \${{ inputs.target }}
`;
  await openWorkflow(page, inputs, "ship.yml");
  await form(page).getByRole("button", { name: /^Someone starts it by hand/ }).first().click();
  await form(page).getByRole("combobox", { name: /^Default/ }).selectOption("production");
  const chosen = replaced(inputs, "type: choice\n", "type: choice\n        default: production\n");
  await expectYaml(page, chosen);
  await form(page).getByRole("combobox", { name: /^Type/ }).selectOption("boolean");
  await expectYaml(page, replaced(chosen, "choice\n        default: production\n        options: [staging, production]", "boolean"));
  await expect(form(page).getByText("Only an input of the type choice has options.")).toBeVisible();
  await form(page).getByRole("combobox", { name: /^Default/ }).selectOption("true");
  await form(page).getByRole("button", { name: "Rename target" }).click();
  const name = form(page).getByRole("textbox", { name: "New name of target" });
  await name.fill("sure");
  await name.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("inputs.sure");
  await expect.poll(() => shownYaml(page)).toContain("      sure:\n        type: boolean\n        default: true\n");
});

for (const [name, before, after] of [
  ["one event", "on: push # all of them\n", "on: [push, pull_request] # all of them\n"],
  ["a list", "on: [push]\n", "on: [push, pull_request]\n"],
  ["a list on several lines", "on:\n  - push\n", "on:\n  - push\n  - pull_request\n"],
]) {
  test(`a trigger is added beside ${name}, and gets a filter`, async ({ page }) => {
    const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
    await openWorkflow(page, before + jobs);
    await addTrigger(page, "pull_request");
    await expectYaml(page, after + jobs);
    await form(page).getByRole("textbox", { name: "Branches", exact: true }).fill("main");
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toMatch(/^on:.*\n +push:.*\n +pull_request:\n +branches: \[main\]\n/);
    expect(await shownYaml(page)).toContain(jobs);
    await expect(page.getByText("No problems")).toBeVisible();
  });
}

test("an input is added to an event of a list, and its form stays", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
  await addTrigger(page, "workflow_dispatch");
  await form(page).getByRole("textbox", { name: "Name of the new input" }).fill("target");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("  workflow_dispatch:\n    inputs:\n      target:\n        type: string\n");
  await expect(form(page).getByRole("region", { name: "How GitHub asks for the inputs" })).toContainText("target");
  await expect(form(page).getByRole("textbox", { name: "Name of the new input" })).toBeFocused();
});
