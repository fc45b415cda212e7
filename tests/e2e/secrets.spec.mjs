// The panel of secrets and variables: whether they are there, who reads them, and how they get into the workflow.
import { signIn } from "./support/account.mjs";
import { expectYaml, form, openWorkflow, replaced, run } from "./support/journey.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, test } from "./support/test.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const text = `on: push
jobs:
  build:
    runs-on: \${{ vars.RUNNER }}
    environment: prod
    steps:
      - name: Say
        run: |
          echo first
          echo second
      - name: All
        run: echo '\${{ toJSON(secrets) }}' \${{ secrets.KEY }} \${{ secrets.MISSING }} \${{ vars.REGION }}
`;
const panel = (page) => page.getByRole("tabpanel", { name: "Secrets & variables" });
const row = (page, name) =>
  panel(page).getByRole("listitem").filter({ has: page.locator(".row-name", { hasText: new RegExp(`^${name}$`) }) });

test("each row says whether the name is there, and changes when it is created", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.secrets = { repository: ["KEY"] };
  github.environments = [{ name: "prod", protection_rules: [] }];
  await github.serve(page);
  await openWorkflow(page, text);
  await signIn(page);
  await run(page, "secrets and variables");
  await expect(row(page, "KEY")).not.toContainText("There: ");
  await expect(row(page, "MISSING")).toContainText("It can be created in the environment prod, too.");
  await panel(page).getByRole("textbox", { name: /^Repository on GitHub/ }).fill("octo/hello");
  await panel(page).getByRole("button", { name: "Check on GitHub" }).click();
  await expect(row(page, "KEY")).toContainText("There: It is there, in the repository.");
  await expect(row(page, "KEY").getByRole("button", { name: "Create KEY" })).toHaveCount(0);
  await expect(row(page, "KEY")).not.toContainText("It can be created in");
  await expect(row(page, "MISSING")).toContainText("Missing: It is missing");
  // The runner is chosen before the job has its environment.
  const nowhere = "It is missing: it is neither in the repository nor in the environment prod.";
  for (const name of ["MISSING", "REGION"]) {
    await expect(row(page, name)).toContainText(nowhere);
    await expect(row(page, name)).not.toContainText("It can be created in");
  }
  await expect(row(page, "RUNNER")).not.toContainText("prod");

  await row(page, "MISSING").getByRole("button", { name: "Create MISSING" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  await dialog.getByRole("textbox", { name: "Value" }).fill("v4lue");
  await dialog.getByRole("button", { name: "Create the secret" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "MISSING")).toContainText("There: It is there, in the environment prod.");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("a name that only a job with a computed environment reads is not said to be missing", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.secrets = { repository: ["KEY"], "environment main": ["DYN"] };
  github.environments = [{ name: "main", protection_rules: [] }, { name: "next", protection_rules: [] }];
  await github.serve(page);
  await openWorkflow(
    page,
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    environment: ${{ github.ref_name }}\n    steps:\n      - run: echo ${{ secrets.DYN }} ${{ secrets.KEY }}\n",
  );
  await signIn(page);
  await run(page, "secrets and variables");
  await panel(page).getByRole("textbox", { name: /^Repository on GitHub/ }).fill("octo/hello");
  await panel(page).getByRole("button", { name: "Check on GitHub" }).click();
  await expect(row(page, "KEY")).toContainText("There: It is there, in the repository.");
  await expect(row(page, "DYN")).toContainText("It cannot be known whether it is there");
  await expect(row(page, "DYN")).toContainText(
    "It is in the environment main, and neither in the repository nor in the environment next.",
  );
  await expect(row(page, "DYN")).not.toContainText("github.ref_name");
  await expect(page.getByRole("banner").getByText("No problems")).toBeVisible();
  github.close();
});

test("who reads all secrets reads each, and no two become one by a new name", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "secrets and variables");
  await expect(row(page, "KEY")).toContainText("Can be read by the step All of build");
  await panel(page).getByRole("button", { name: "Rename KEY", exact: true }).click();
  const field = panel(page).getByRole("textbox", { name: "New name of KEY, everywhere in this file" });
  const refuse = async (name, why) => {
    await field.fill(name);
    await expect(field).not.toHaveAttribute("aria-invalid");
    await field.press("Enter");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(why);
    await expect(field).toBeFocused();
  };
  await refuse("missing", /There is a secret missing in this file already/);
  await refuse("1abc", /1abc cannot be the name of a secret: start with a letter/);
  await expectYaml(page, text);
});

test("who renames a name goes on at its row", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "secrets and variables");
  const rename = (name) => row(page, name).getByRole("button", { name: "Rename" });
  const field = (name) => panel(page).getByRole("textbox", { name: `New name of ${name}, everywhere in this file` });
  await rename("MISSING").focus();
  await page.keyboard.press("Enter");
  await expect(field("MISSING")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(rename("MISSING")).toBeFocused();
  await page.keyboard.press("Enter");
  await field("MISSING").fill("AAA");
  await page.keyboard.press("Enter");
  await expect(rename("AAA")).toBeFocused();
});

test("a name goes where the caret of the script is, and a condition says why it takes none", async ({ page }) => {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^build \d+ steps/ }).click();
  await form(page).getByRole("button", { name: /^1 Say/ }).click();
  await run(page, "secrets and variables");
  await form(page).locator(".script-editor .view-line").filter({ hasText: "second" }).click();
  await page.keyboard.press("Home");
  await panel(page).getByRole("button", { name: "Insert REGION", exact: true }).click();
  await expectYaml(page, replaced(text, "echo second", "${{ vars.REGION }}echo second"));
  await expect(form(page).getByRole("textbox", { name: "Script, in an editor" })).toBeFocused();
  await page.keyboard.type(" ");
  await expectYaml(page, replaced(text, "echo second", "${{ vars.REGION }} echo second"));

  await form(page).getByRole("textbox", { name: "Condition", exact: true }).click();
  const insert = row(page, "KEY").getByRole("button", { name: "Insert" });
  await expect(insert).toBeDisabled();
  await expect(insert).toHaveAttribute("title", /^Secrets are not allowed in a condition/);
  await expect(panel(page)).toContainText("Insert is not possible there. Secrets are not allowed in a condition");
  await expect(row(page, "REGION").getByRole("button", { name: "Insert" })).toBeEnabled();
});

test("a name goes behind the blank that was typed at the end of a script", async ({ page }) => {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^build \d+ steps/ }).click();
  await form(page).getByRole("button", { name: /^1 Say/ }).click();
  await run(page, "secrets and variables");
  await form(page).locator(".script-editor .view-line").filter({ hasText: "second" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" -t ");
  await row(page, "KEY").getByRole("button", { name: "Insert KEY" }).click();
  await expectYaml(page, replaced(text, "echo second", "echo second -t ${{ secrets.KEY }}"));
});

test("a name goes nowhere but into the value that somebody was in last", async ({ page }) => {
  const named =
    "on: push\njobs:\n  build:\n    name: Build it\n    runs-on: ubuntu-latest\n    env:\n      TOKEN: ${{ secrets.API_KEY }}\n" +
    "    steps:\n      - run: make\n";
  await openWorkflow(page, named);
  await run(page, "Show secrets and variables");
  const insert = row(page, "API_KEY").getByRole("button", { name: "Insert" });
  await row(page, "API_KEY").getByRole("button", { name: "build", exact: true }).click();
  await expect(insert).toBeEnabled();
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.click();
  await expect(insert).toBeDisabled();
  await expect(insert).toHaveAttribute("title", "Secrets are not allowed in this field");
  // A button is no value: who presses one was in the name last.
  await form(page).getByRole("button", { name: "What is Name?" }).click();
  await expect(insert).toBeDisabled();
  await expectYaml(page, named);
  await form(page).getByRole("textbox", { name: "Value of TOKEN" }).click();
  await page.keyboard.press("Home");
  await insert.click();
  await expectYaml(page, replaced(named, "TOKEN: ", "TOKEN: ${{ secrets.API_KEY }}"));
});

test("the token of the run, what a caller passes and who reads a variable are told", async ({ page }) => {
  const called = (on) =>
    `on:\n${on}  workflow_call:\n    secrets:\n      DEPLOY_KEY:\n        required: true\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n` +
    "      - name: Ship\n        run: ship ${{ secrets.deploy_key }} ${{ vars.REGION }}\n        env:\n          T: ${{ github.token }}\n";
  await openWorkflow(page, called(""));
  await run(page, "Show secrets and variables");
  await expect(row(page, "GITHUB_TOKEN")).toContainText("GitHub makes it anew for every run");
  await expect(row(page, "GITHUB_TOKEN")).toContainText("Can be read by the step Ship of a.");
  await expect(row(page, "GITHUB_TOKEN").getByRole("button", { name: "a › Ship" })).toBeVisible();
  await expect(row(page, "REGION")).toContainText("Can be read by the step Ship of a.");
  await expect(row(page, "deploy_key")).toContainText("The workflow that calls this one passes it");
  await expect(row(page, "deploy_key").getByRole("button", { name: "Create deploy_key" })).toHaveCount(0);
  await openWorkflow(page, called("  push:\n"));
  await run(page, "Show secrets and variables");
  await expect(row(page, "deploy_key")).toContainText("started in another way, this one takes the repository's own");
  await expect(row(page, "deploy_key").getByRole("button", { name: "Create deploy_key" })).toBeVisible();
});

test("what is there is set anew where it is, and another place tells which is read", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.secrets = { repository: ["KEY"] };
  github.environments = [{ name: "prod", protection_rules: [] }];
  await github.serve(page);
  await openWorkflow(page, text);
  await signIn(page);
  await run(page, "secrets and variables");
  await panel(page).getByRole("textbox", { name: /^Repository on GitHub/ }).fill("octo/hello");
  await panel(page).getByRole("button", { name: "Check on GitHub" }).click();
  await row(page, "KEY").getByRole("button", { name: "Set anew or elsewhere: KEY" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  await expect(dialog.getByRole("radio", { name: "octo/hello" })).toBeChecked();
  await expect(dialog).toContainText("It is in the repository now, and gets another value there.");
  await dialog.getByRole("radio", { name: /Environment prod/ }).check();
  await expect(dialog).toContainText("jobs of the environment prod would read this one in its place");
  github.close();
});

test("a new name of a secret that callers pass tells that they must follow", async ({ page }) => {
  const called =
    "on:\n  push:\n  workflow_call:\n    secrets:\n      TOKEN_A:\n        required: true\n" +
    "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        env:\n          T: ${{ secrets.TOKEN_A }}\n";
  await openWorkflow(page, called);
  await run(page, "secrets and variables");
  await panel(page).getByRole("button", { name: "Rename TOKEN_A", exact: true }).click();
  await page.keyboard.type("TOKEN_B");
  await page.keyboard.press("Enter");
  await expectYaml(page, called.replaceAll("TOKEN_A", "TOKEN_B"));
  await expect(page.getByText("Renamed TOKEN_A to TOKEN_B; workflows that call this one must follow")).toBeVisible();
});
