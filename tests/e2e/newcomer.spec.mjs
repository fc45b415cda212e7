// As somebody who has never written a workflow: from nothing to checks on two systems and a deployment behind an
// environment, without a line of YAML.
import { card, crumbs, expectYaml, form, run, writeScript } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";
import { picture } from "./support/picture.mjs";

test("a matrix of systems and a deployment behind an environment @picture", async ({ page }) => {
  await open(page);
  await run(page, "New empty workflow");
  await form(page).getByRole("button", { name: /^build \d+ step/ }).click();
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await writeScript(page, "npm test");
  await crumbs(page).getByRole("button", { name: "build" }).click();

  await form(page).getByRole("textbox", { name: "Name of the new row" }).fill("os");
  await form(page).getByRole("textbox", { name: "Its values, with commas between them" }).fill("ubuntu-latest, windows-latest");
  await page.keyboard.press("Enter");
  await expect(form(page).getByText("2 jobs come of it")).toBeVisible();
  await form(page).getByRole("combobox", { name: /^Runner/ }).selectOption("${{ matrix.os }}");
  await expect(card(page, "build")).toContainText("×2");

  await crumbs(page).getByRole("button").first().click();
  await form(page).getByRole("button", { name: "Add a job" }).click();
  const id = form(page).getByRole("textbox", { name: /^Id of the job/ });
  await id.fill("deploy");
  await id.press("Enter");
  await expect(card(page, "deploy")).toBeVisible();
  await form(page).getByRole("group", { name: "Jobs that must be done first" }).getByLabel("build").check();
  await form(page).getByRole("textbox", { name: "Environment", exact: true }).fill("production");
  await form(page).getByRole("button", { name: "Add a script" }).click();
  await writeScript(page, "./deploy.sh");
  await expect(card(page, "deploy")).toContainText("production");
  await expect(page.getByRole("banner").getByText("No problems")).toBeVisible();
  await picture(page, "newcomer");
  await expectYaml(
    page,
    `name: My workflow
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: \${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
    steps:
      - uses: actions/checkout@v7
      - run: npm test
  deploy:
    needs: build
    runs-on: ubuntu-latest
    environment: production
    steps:
      - uses: actions/checkout@v7
      - run: ./deploy.sh
`,
  );
});
