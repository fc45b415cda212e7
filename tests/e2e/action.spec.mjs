// An action's own file, action.yml: its steps by their names, and what its expressions may use.
import { code, crumbs, drawer, expectMarked, expectYaml, form, openWorkflow, replaced, run, shownYaml, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const composite = `name: Greet
description: Greets somebody.
inputs:
  who:
    description: Who is greeted.
    required: true
  n:
    description: How often.
    default: "2"
outputs:
  r:
    description: The greeting.
    value: \${{ steps.x.outputs.r }}
runs:
  using: composite
  steps:
    - id: x
      run: echo "r=Hi" >> "$GITHUB_OUTPUT"
      shell: bash
    - name: Say it
      run: make
      shell: bash
`;

const builder = (page) => page.getByRole("dialog", { name: "Insert an expression" });
const search = (page) => builder(page).getByRole("combobox", { name: "Search" });
const offers = (page) => builder(page).locator(".offer code");
const trail = (page) => page.getByRole("navigation", { name: "Selection" });

async function build(page, field) {
  await form(page).getByRole("button", { name: new RegExp(`^Insert an? .*expression into ${field}$`) }).click();
}

test("the inputs of an action and its earlier steps are offered, and an input is given by example", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  await run(page, "Say it");
  await build(page, "Name");
  await expect(offers(page)).toContainText(["inputs.who", "inputs.n", "steps.x.outputs.r", "steps.x.outcome", "steps.x.conclusion"]);
  await search(page).fill("who");
  await expect(offers(page)).toHaveText(["inputs.who"]);
  // What a workflow must give is not known here, what it may leave out is.
  await expect(builder(page)).toContainText("→ known only in a run: inputs.who");
  await search(page).fill("inputs.who == 'me' && inputs.n");
  await expect(builder(page)).toContainText("→ known only in a run: inputs.who");
  await expect(builder(page).getByRole("textbox", { name: "Example of inputs.n" })).toHaveValue("2");
  await builder(page).getByRole("textbox", { name: "Example of inputs.who" }).fill("me");
  await expect(builder(page).locator(".judged-value")).toHaveText('→ "2"');
  await search(page).fill("steps.x.");
  await expect(offers(page).first()).toHaveText("steps.x.outputs.r");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(composite, "name: Say it", "name: Say it${{ steps.x.outputs.r }}"));
});

test("a step of an action is told by its name, and alone marked in the YAML", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  await run(page, "Say it");
  await expect(form(page).getByRole("heading", { name: "Say it" })).toBeVisible();
  await expect(trail(page).getByRole("button")).toHaveText(["Action", "Say it"]);
  await expectMarked(page, 20, 22);
  await code(page).locator(".view-line").filter({ hasText: "echo" }).click();
  await expect(form(page).getByRole("heading", { name: /^Run echo/ })).toBeVisible();
  await expectMarked(page, 17, 19);
  await trail(page).getByRole("button", { name: "Action" }).click();
  await expect(crumbs(page).getByRole("button", { name: "Action" })).toHaveAttribute("aria-current", "page");
});

test("the kind of an action is chosen from all there are, and brings its fields", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  const kind = form(page).getByRole("combobox", { name: "Kind" });
  await kind.focus();
  await kind.selectOption("docker");
  await expect(form(page).getByRole("textbox", { name: "Image", exact: true })).toBeVisible();
  await expect(kind).toBeFocused();
  await form(page).getByRole("textbox", { name: "Image", exact: true }).fill("Dockerfile");
  await expect.poll(() => shownYaml(page)).toContain("using: docker\n  image: Dockerfile");
  await kind.selectOption("composite");
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await expect.poll(() => shownYaml(page)).toMatch(/runs:\n {2}using: composite\n {2}steps:\n {4}- run: [^\n]+\n {6}shell: bash\n$/);
});

test("an input of an action is renamed where its steps read it, and a step goes by its name", async ({ page }) => {
  const reads = replaced(composite, "run: make", "run: make ${{ inputs.who }}");
  await openWorkflow(page, reads, "action.yml");
  await form(page).getByRole("button", { name: "Rename who" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("whom");
  await page.keyboard.press("Enter");
  await expect(toast(page, "Workflows that use this action must follow.")).toBeVisible();
  const renamed = replaced(reads, "  who:", "  whom:").replace("inputs.who", "inputs.whom");
  await expectYaml(page, renamed);
  await form(page).getByRole("button", { name: /^2 Say it/ }).click();
  await form(page).getByRole("button", { name: "Remove this step" }).click();
  await expect(toast(page, "Remove step Say it")).toBeVisible();
});

test("what is said of runs and folders of workflows is not said of an action", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  await run(page, "Show what an event would run");
  await expect(drawer(page)).toContainText("it runs when a step of a workflow uses it");
  await expect(drawer(page)).not.toContainText("Starts when");
  await run(page, "Where to put the file");
  const told = page.getByRole("dialog", { name: "Put it on GitHub" });
  await expect(told).toContainText("uses it with uses: ./");
  await expect(told).not.toContainText("Make the folders");
  await page.keyboard.press("Escape");
  await drawer(page).getByRole("tab", { name: "Explain" }).click();
  const docs = drawer(page).getByRole("link", { name: "GitHub's documentation about The action" });
  await expect(docs).toHaveAttribute("href", /metadata-syntax$/);
});

test("a reusable workflow is offered what its jobs give and what its callers pass", async ({ page }) => {
  const called = `on:
  workflow_call:
    outputs:
      tag:
        value: ""
    secrets:
      DEPLOY_KEY:
        required: true
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      tag: x
    steps:
      - run: make
`;
  await openWorkflow(page, called);
  await run(page, "workflow_call");
  await form(page).getByRole("button", { name: "Insert an expression into Value" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("tag");
  await expect(offers(page).first()).toHaveText("jobs.build.outputs.tag");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(called, '""', "${{ jobs.build.outputs.tag }}"));
  await run(page, "Run make");
  await build(page, "Script");
  await expect(builder(page).locator(".offer").first()).toContainText("secrets.DEPLOY_KEYsecret that a calling workflow passes");
});

test("an action of another kind has the fields of that, and tells what went", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  const kind = form(page).getByRole("combobox", { name: "Kind" });
  await expect(kind.getByRole("option")).toHaveText(["node20", "node24", "docker", "composite", "node12", "node16"]);
  await expect(form(page).locator("[data-field='outputs.r.value']")).toHaveCount(1);
  await kind.selectOption("node24");
  await expect.poll(() => shownYaml(page)).toMatch(/description: The greeting\.\nruns:\n {2}using: node24\n$/);
  const told = toast(page, "without steps and the values of its outputs");
  await expect(told).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: "Main script", exact: true })).toBeVisible();
  await expect(form(page).locator("[data-field='outputs.r.value']")).toHaveCount(0);
  await told.getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, composite);
  await expect(kind).toHaveValue("composite");
  await expect(form(page).locator("[data-field='outputs.r.value']")).toHaveCount(1);
});

test("an action is told to have inputs, not secrets", async ({ page }) => {
  await openWorkflow(page, composite, "action.yml");
  await drawer(page).getByRole("tab", { name: /^Secrets & variables/ }).click();
  await expect(drawer(page)).toContainText("An action has inputs instead");
  await expect(drawer(page)).not.toContainText("Once a step uses");
  await run(page, "Say it");
  await expect(form(page).getByRole("button", { name: "Insert an expression into Name" })).toBeVisible();
  await expect(form(page).getByRole("button", { name: /^Insert a secret/ })).toHaveCount(0);
});
