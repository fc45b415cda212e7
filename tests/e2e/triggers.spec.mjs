// Filters, schedules and inputs: what they mean is told while they are made.
import { crumbs, expectYaml, fixture, form, graph, openWorkflow, pick, replaced, run, shownYaml, toast } from "./support/journey.mjs";
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

test("a pattern is told about while it is typed, and two filters that exclude each other become one at one press", async ({ page }) => {
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
  await form(page).getByRole("button", { name: "Write paths-ignore as ! patterns of paths" }).first().click();
  await expectYaml(page, replaced(replaced(both, "    paths-ignore: [docs/**]\n", ""), "[src/**]", "[src/**, '!docs/**']"));
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

for (const [name, on] of [["nothing", "on:\n"], ["no key", ""], ["an empty mapping", "on: {}\n"], ["an empty list", "on: []\n"]]) {
  test(`a first trigger opens its form where there is ${name}`, async ({ page }) => {
    const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
    await openWorkflow(page, on + jobs);
    await addTrigger(page, "push");
    await expectYaml(page, `on: push\n${jobs}`);
    await expect(crumbs(page).getByRole("button", { name: "push" })).toHaveAttribute("aria-current", "page");
    // The list is gone with the workflow's form, and its focus comes to what leads back there, as with every later trigger.
    await expect(crumbs(page).locator(":focus")).toHaveCount(1);
    await crumbs(page).getByRole("button").first().click();
    await addTrigger(page, "pull_request");
    await expect(crumbs(page).getByRole("button", { name: "pull_request" })).toHaveAttribute("aria-current", "page");
    await expect(crumbs(page).locator(":focus")).toHaveCount(1);
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await expectYaml(page, on + jobs);
    await expect(form(page).getByRole("button", { name: "Add a trigger" })).toBeVisible();
  });
}

test("a trigger that is alone is opened from the graph and by the palette", async ({ page }) => {
  const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
  await openWorkflow(page, `on: push\n${jobs}`);
  await graph(page).getByText("Code is pushed").click();
  await expect(form(page).getByRole("textbox", { name: "Branches", exact: true })).toBeVisible();
  await openWorkflow(page, jobs);
  await run(page, "workflow_dispatch");
  await expect(form(page).getByRole("textbox", { name: "Name of the new input" })).toBeVisible();
});

test("several patterns are judged one by one while they are typed, as Enter takes them", async ({ page }) => {
  await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
  const branches = form(page).getByRole("textbox", { name: "Branches", exact: true });
  const told = form(page).locator(".glob-typing").filter({ hasText: /./ });
  await branches.fill("dev, release/v*.*");
  await expect(told).toHaveText("Matches for example release/v1.0, release/v2.2, release/v3.4");
  await branches.fill("a b, dev");
  await expect(told).toContainText("A space cannot stand in a branch or tag name");
  await branches.fill("dev, test");
  await expect(told).toHaveCount(0);
  await branches.press("Enter");
  await expectYaml(page, replaced(fixture("ci.yml"), "    branches: [main]\n", "    branches: [main, dev, test]\n"));
  // What is changed stays one.
  await form(page).getByRole("button", { name: "Change dev" }).click();
  await branches.fill("dev, next");
  await expect(told).toContainText("A space cannot stand in a branch or tag name");
});

test("who else has an input under its name is told once that is another one", async ({ page }) => {
  const text = `on:
  workflow_dispatch:
    inputs:
      target: {type: string}
      other: {type: string}
  workflow_call:
    inputs:
      target: {type: string}
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - run: ./ship \${{ inputs.target }} \${{ inputs.other }}
`;
  await openWorkflow(page, text);
  const rename = async (from, to) => {
    await form(page).getByRole("button", { name: `Rename ${from}`, exact: true }).click();
    await form(page).getByRole("textbox", { name: `New name of ${from}` }).fill(to);
    await page.keyboard.press("Enter");
  };
  await form(page).getByRole("button", { name: /workflow_dispatch/ }).click();
  await rename("other", "others");
  await expect.poll(() => shownYaml(page)).toContain("inputs.others");
  await expect(page.getByText("must follow")).toHaveCount(0);
  await rename("target", "place");
  await expect(toast(page, /^The input of/)).toContainText(
    "The input of workflow_call is called place now, too; workflows that call this one must follow.",
  );
  expect((await shownYaml(page)).split("place: {type: string}")).toHaveLength(3);
});

test("the default of an input fits its type and its options", async ({ page }) => {
  const inputs = `on:
  workflow_dispatch:
    inputs:
      target:
        type: choice
        options: [staging, production]
        default: staging # safe
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - run: ./ship \${{ inputs.target }}
`;
  await openWorkflow(page, inputs, "ship.yml");
  await form(page).getByRole("button", { name: /^Someone starts it by hand/ }).first().click();
  await form(page).getByRole("button", { name: "Change staging", exact: true }).click();
  await page.keyboard.type("test");
  await page.keyboard.press("Enter");
  const renamed = replaced(replaced(inputs, "[staging", "[test"), "default: staging", "default: test");
  await expectYaml(page, renamed);
  await expect(toast(page, /with the default test/)).toBeVisible();
  await form(page).getByRole("button", { name: "Remove test", exact: true }).click();
  await expect.poll(() => shownYaml(page)).toContain("options: [production]\njobs:");
  await toast(page, /without the default test/).getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, renamed);

  await form(page).getByRole("combobox", { name: /^Type/ }).selectOption("string");
  await expect(toast(page, /without options/)).toBeVisible();
  const texts = replaced(replaced(renamed, "choice", "string"), "        options: [test, production]\n", "");
  await expectYaml(page, texts);
  // A text stays one, whatever it looks like.
  await form(page).getByRole("textbox", { name: /^Default/ }).fill("30");
  await expectYaml(page, replaced(texts, "default: test", "default: '30'"));
  await form(page).getByRole("combobox", { name: /^Type/ }).selectOption("number");
  await expectYaml(page, replaced(replaced(texts, "default: test", "default: 30"), "string", "number"));
  await form(page).getByRole("textbox", { name: /^Default/ }).fill("1e3");
  await expectYaml(page, replaced(replaced(texts, "default: test", "default: 1e3"), "string", "number"));
  await form(page).getByRole("combobox", { name: /^Type/ }).selectOption("choice");
  await expect.poll(() => shownYaml(page)).toContain("type: choice\n        default: '1e3' # safe\n        options: ['1e3']\n");
  await expect(page.getByText("No problems")).toBeVisible();
});
