// What is wrong with a step is marked wherever the step is shown, or counted.
import { card, form, graph, openWorkflow, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const steps = ["one", "two", "three", "four", "five"].map((name) => `      - run: echo ${name}\n`).join("");
const text = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
${steps}      - run: echo six
        shel: bash
      - run: echo seven
        if: 1 == 2
`;

test("what is wrong with a step without a line is marked on the line that counts it, and led to", async ({ page }) => {
  await openWorkflow(page, text);
  const more = card(page, "build").getByRole("treeitem", { name: /^3 more steps: .*, 1 error, 1 warning$/ });
  await expect(more).toHaveText("and 3 more");
  const mark = more.getByTitle("1 error, 1 warning", { exact: true });
  await mark.click();
  await expect(step(page, "Run echo six")).toHaveAttribute("aria-selected", "true");
  await expect(form(page).getByRole("heading", { name: "Run echo six" })).toBeVisible();
  // The words beside it only show the steps, or hide them.
  await graph(page).getByText("show fewer").click();
  await expect(mark).toBeVisible();
  await more.getByText("and 3 more").click();
  await expect(step(page, "Run echo six")).toHaveAttribute("aria-selected", "true");
});

test("the list of steps marks those with problems", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "build").getByText("build", { exact: true }).click();
  const row = (name) => form(page).getByRole("button", { name });
  await expect(row(/^6 Run echo six script 1 error$/)).toBeVisible();
  await expect(row(/^7 Run echo seven script · conditional 1 warning$/)).toBeVisible();
  await expect(row(/^5 Run echo five script$/)).toBeVisible();
  // The mark belongs to the step, not to the row.
  await row(/^6 Run echo six/).press("Alt+ArrowUp");
  await expect(row(/^5 Run echo six script 1 error$/)).toBeVisible();
  await expect(row(/^6 Run echo five script$/)).toBeVisible();
  await row(/^5 Run echo six/).click();
  await expect(form(page).getByText(/shel/).first()).toBeVisible();
});
