// What an event would run: presets, the form, the graph, endings of jobs, scenarios; and the plan on a phone.
import { card, code, drawer, expectYaml, fixture, graph, openWorkflow, take } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const panel = (page) => drawer(page).getByRole("tabpanel", { name: "What would run" });
const answer = (page) => panel(page).getByRole("region", { name: "What happens" });
const event = (page) => panel(page).getByRole("region", { name: "The event" });
const scenarios = (page) => panel(page).getByRole("region", { name: "Scenarios" });
const job = (page, name) => answer(page).getByRole("list", { name: "Jobs" }).getByRole("button", { name: new RegExp(`^${name}`) });
const preset = (page, name) => panel(page).getByRole("group", { name: "Try an event" }).getByRole("button", { name });

async function openPlan(page) {
  await openWorkflow(page, text);
  await drawer(page).getByRole("tab", { name: "What would run" }).click();
  await expect(answer(page)).toContainText("The workflow starts");
}

test("a preset, then a branch of one's own", async ({ page }) => {
  await openPlan(page);
  await expect(preset(page, "Push to main", { exact: true }).first()).toHaveAttribute("aria-pressed", "true");
  await expect(job(page, "deploy")).toContainText("runs");
  await preset(page, /another branch/).click();
  await expect(answer(page)).toContainText("The workflow does not start");
  await event(page).getByLabel("Branch", { exact: true }).fill("main");
  await expect(answer(page)).toContainText("The workflow starts");
  await event(page).getByLabel("Commit message").fill("Typo [skip ci]");
  await expect(answer(page)).toContainText("The workflow does not start");
  await expect(answer(page)).toContainText("[skip ci]");
  await event(page).getByLabel("Event").selectOption("pull_request");
  await expect(answer(page)).toContainText(/waits for push, not for pull_request/);
});

test("a job that is supposed to fail takes those behind it along, in the list and on the graph", async ({ page }) => {
  await openPlan(page);
  await expect(card(page, "deploy")).toHaveAccessibleName(/by the plan: runs$/);
  await answer(page).getByLabel("How lint ends").selectOption("failure");
  await expect(job(page, "lint")).toContainText("runs");
  await expect(job(page, "test")).toContainText("skipped");
  await expect(job(page, "deploy")).toContainText("skipped");
  await expect(card(page, "deploy")).toHaveAccessibleName(/by the plan: skipped$/);
  await expect(graph(page).getByText("skipped")).toHaveCount(2);

  await job(page, "test").click();
  await expect(code(page).locator(".line-selected").first()).toBeVisible();

  await graph(page).getByRole("button", { name: /^Stop showing/ }).click();
  await expect(card(page, "deploy")).not.toHaveAccessibleName(/by the plan/);
});

test("scenarios are kept, judged as the text changes, and exported as the command line reads them", async ({ page }) => {
  await openPlan(page);
  await scenarios(page).getByRole("button", { name: "Keep this event" }).click();
  await preset(page, /another branch/).click();
  await scenarios(page).getByRole("button", { name: "Keep this event" }).click();
  await expect(scenarios(page)).toContainText("2, and all hold");

  const name = scenarios(page).getByLabel("Name of scenario 1");
  await name.fill("Main delivers");
  await name.blur();
  const offered = page.waitForEvent("download");
  await scenarios(page).getByRole("button", { name: "Download the scenarios" }).click();
  const file = await take(await offered);
  expect(file.name).toBe("ci.scenarios.yml");
  expect(file.text).toContain("workflow: ci.yml");
  expect(file.text).toContain("name: Main delivers");

  await code(page).locator(".view-line").filter({ hasText: "branches: [main]" }).click();
  await page.keyboard.press("End");
  for (let at = 0; at < "main]".length; at += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type("release]");
  await expect(scenarios(page)).toContainText("1 of 2 fail");
  await expect(scenarios(page)).toContainText("The workflow does not start");
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await expect(scenarios(page)).toContainText("2, and all hold");

  await page.reload();
  await drawer(page).getByRole("tab", { name: "What would run" }).click();
  await expect(scenarios(page)).toContainText("2, and all hold");
  await expect(scenarios(page).getByLabel("Name of scenario 1")).toHaveValue("Main delivers");
});

test("scenarios are opened from a file, and what cannot be read is told", async ({ page }) => {
  await openPlan(page);
  const file = scenarios(page).getByLabel("File with scenarios");
  const choose = (name, text) => file.setInputFiles({ name, mimeType: "text/yaml", buffer: Buffer.from(text) });
  await choose("other.scenarios.yml", `scenarios:
  - {name: Main delivers, event: push, branch: main, expect: {run: [lint, test, deploy]}}
  - {name: Notes start nothing, event: issues, expect: {starts: false}}
`);
  await expect(scenarios(page)).toContainText("2, and all hold");
  await expect(scenarios(page).getByLabel("Name of scenario 2")).toHaveValue("Notes start nothing");
  await choose("ci.scenarios.yml", "scenarios: [{name: Main delivers, event: push, branch: main, expect: {starts: false}}]");
  await expect(scenarios(page)).toContainText("1 of 2 fail");
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(scenarios(page)).toContainText("2, and all hold");
  await choose("ci.yml", "jobs: {}");
  await expect(page.getByText("“ci.yml” cannot be taken as scenarios: it has no key")).toBeVisible();
  await choose("ci.scenarios.yml", "scenarios: [{name: A, evnt: push}]");
  await expect(page.getByText(/cannot be taken as scenarios.*evnt/)).toBeVisible();
  await expect(scenarios(page)).toContainText("2, and all hold");
});

test("a template brings its scenarios", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Retrain when the data changes/ }).click();
  await page.getByRole("button", { name: "Use this template" }).click();
  await drawer(page).getByRole("tab", { name: "What would run" }).click();
  await expect(scenarios(page)).toContainText(/all hold/);
  await scenarios(page).getByRole("button", { name: /^Try: Only a note/ }).click();
  await expect(answer(page)).toContainText("The workflow does not start");
});

test("on a phone the graph shows the plan after the pane @phone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(text);
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await page.getByRole("button", { name: "More panes" }).tap();
  await page.getByRole("menuitem", { name: "What would run" }).tap();
  await page.getByRole("button", { name: /another branch/ }).tap();
  await expect(page.getByText("The workflow does not start")).toBeVisible();
  await page.getByRole("tab", { name: "Graph" }).tap();
  await expect(card(page, "deploy")).toHaveAccessibleName(/by the plan: skipped/);
});
