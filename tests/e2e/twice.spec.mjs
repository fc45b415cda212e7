// A key that stands twice, which GitHub refuses: it is one row, which says so and takes the later one away.
import { card, expectYaml, form, graph, openWorkflow, replaced, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
const openJob = (page, id) => form(page).getByRole("button", { name: new RegExp(`^${id} \\d+ step`) }).click();
const openTrigger = (page, event) => form(page).getByRole("button", { name: new RegExp(`^(?!Remove).*${event}`) }).first().click();

for (const [name, first, second] of [
  ["in a block", "  push:\n    branches: [main]\n", "  push:\n    branches: [dev]\n"],
  ["in brackets", "push: {branches: [main]}", ", push: {branches: [dev]}"],
]) {
  test(`an event that stands twice ${name} is one trigger, which says so`, async ({ page }) => {
    const text = name === "in a block" ? `on:\n${first}${second}${jobs}` : `on: {${first}${second}}\n${jobs}`;
    await openWorkflow(page, text);
    await expect(form(page).getByText("Code is pushed")).toHaveCount(1);
    await expect(graph(page).getByText("Code is pushed")).toHaveCount(1);
    await openTrigger(page, "push");
    await expect(form(page).getByText("push is already there in line")).toHaveCount(1);
    const branches = form(page).locator("[data-field='on.push.branches']");
    await expect(branches.getByText("main", { exact: true })).toBeVisible();
    await form(page).getByRole("button", { name: /^Remove the later one/ }).click();
    await expectYaml(page, replaced(text, second, ""));
    await expect(form(page).getByText("push is already there in line")).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+z");
    await expectYaml(page, text);
    await form(page).getByRole("button", { name: "Remove this trigger" }).click();
    await expectYaml(page, text.replace(name === "in a block" ? first : `${first}, `, ""));
    await expect(form(page).getByText("Code is pushed")).toHaveCount(1);
  });
}

test("an event that a list says twice goes as often as it stands there, and that is told", async ({ page }) => {
  const text = `on: [push, fork, push]\n${jobs}`;
  await openWorkflow(page, text);
  await openTrigger(page, "push");
  await form(page).getByRole("button", { name: "Remove this trigger" }).click();
  await expectYaml(page, replaced(text, "[push, fork, push]", "[fork]"));
  await expect(toast(page, "Remove trigger push, all 2 times")).toBeVisible();
});

for (const event of ["workflow_dispatch", "workflow_call"]) {
  test(`an input of ${event} that stands twice is one input`, async ({ page }) => {
    const text = `on:\n  ${event}:\n    inputs:\n      who: {type: string}\n      who: {type: number}\n${jobs}`;
    await openWorkflow(page, text);
    await openTrigger(page, event);
    const inputs = form(page).locator(`[data-field='on.${event}.inputs']`);
    await expect(form(page).locator(`[data-field='on.${event}.inputs.who.type']`)).toHaveCount(1);
    await expect(inputs.getByText("who is already there in line 4")).toHaveCount(1);
    if (event === "workflow_dispatch") {
      await expect(form(page).getByRole("region", { name: "How GitHub asks for the inputs" }).locator("label")).toHaveCount(1);
    }
    await inputs.getByRole("button", { name: "Remove the later one, in line 5" }).click();
    await expectYaml(page, replaced(text, "      who: {type: number}\n", ""));
  });
}

const within = (lines) =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${lines}    steps:\n      - run: echo ${"${{ matrix.k }}"}\n`;
for (const [what, field, text, second] of [
  ["a variable", "jobs.a.env.A", within("    env:\n      A: x\n      A: y\n"), "      A: y\n"],
  ["a service", "pg", within("    services:\n      pg: {image: a}\n      pg: {image: b}\n"), "      pg: {image: b}\n"],
  ["an output", "jobs.a.outputs.o", within("    outputs:\n      o: x\n      o: y\n"), "      o: y\n"],
  ["a row of the matrix", "jobs.a.strategy.matrix.k", within("    strategy:\n      matrix:\n        k: [1]\n        k: x\n"), "        k: x\n"],
  ["a variable of a step", "jobs.a.steps[0].env.A", `${jobs}        env: {A: x, A: y}\n`, ", A: y"],
]) {
  test(`${what} that stands twice is one row`, async ({ page }) => {
    const whole = text.startsWith("on:") ? text : `on: push\n${text}`;
    await openWorkflow(page, whole);
    if (field.includes("steps")) await graph(page).getByRole("treeitem", { name: /^Step Run x/ }).click();
    else await openJob(page, "a");
    const row = field === "pg" ? form(page).getByRole("group", { name: "pg", exact: true }) : form(page).locator(`[data-field='${field}']`);
    await expect(row).toHaveCount(1);
    await expect(row.getByText("is already there in line", { exact: false })).toHaveCount(1);
    await row.getByRole("button", { name: /^Remove the later one/ }).click();
    await expectYaml(page, replaced(whole, second, ""));
    await expect(row.getByText("is already there in line", { exact: false })).toHaveCount(0);
  });
}

test("a list that stands twice is joined to the first", async ({ page }) => {
  const text = within("    strategy:\n      matrix:\n        k: [1]\n        k: [2]\n");
  await openWorkflow(page, text);
  await openJob(page, "a");
  const row = form(page).locator("[data-field='jobs.a.strategy.matrix.k']");
  await row.getByRole("button", { name: "Join it to the one in line 7" }).click();
  await expectYaml(page, replaced(text, "k: [1]\n        k: [2]\n", "k: [1, 2]\n"));
  await expect(row.getByText("is already there in line", { exact: false })).toHaveCount(0);
});

test("of jobs whose ids differ only by case the second says so, and gets another id", async ({ page }) => {
  const job = "    runs-on: ubuntu-latest\n    steps:\n      - run: x\n";
  const text = `on: push\njobs:\n  Build:\n${job}  build:\n${job}  test:\n    needs: [Build, build]\n${job}`;
  await openWorkflow(page, text);
  await expect(card(page, "build")).toHaveAccessibleName(/1 problem/);
  await expect(card(page, "Build")).not.toHaveAccessibleName(/problem/);
  await card(page, "build").click();
  await expect(form(page).getByText("build is already there in line 3 (case does not count)", { exact: false })).toBeVisible();
  await form(page).getByRole("button", { name: "Rename the later one to build-2" }).click();
  const renamed = text.replace("  build:\n", "  build-2:\n").replace(", build]", ", build-2]");
  await expectYaml(page, renamed);
  await expect(card(page, "build-2")).not.toHaveAccessibleName(/problem/);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  // An id that is typed hits the same.
  await card(page, "build").click();
  const id = form(page).getByLabel("Id of the job; a change renames it everywhere");
  await expect(id).toHaveValue("build");
  await id.fill("make");
  await id.press("Enter");
  await expectYaml(page, renamed.replaceAll("build-2", "make"));
  const waits = form(page).getByRole("group", { name: "Jobs that must be done first" });
  await card(page, "test").click();
  await waits.getByLabel("make").click();
  await expectYaml(page, text.replace("  build:\n", "  make:\n").replace("[Build, build]", "Build"));
});
