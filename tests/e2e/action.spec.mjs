// An action's own file, action.yml: its steps by their names, and what its expressions may use.
import { code, crumbs, expectMarked, form, openWorkflow, replaced, expectYaml, run } from "./support/journey.mjs";
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
  await form(page).getByRole("button", { name: `Insert a secret or another expression into ${field}` }).click();
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
