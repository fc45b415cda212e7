// What a workflow needs is checked against its repository, and actions are pinned and updated.
import { code, drawer, openWorkflow, run, shownYaml, toast } from "./support/journey.mjs";
import { API, GitHub, TOKEN } from "./support/github.mjs";
import { expect, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const OLD = "1".repeat(40);
const NEW = "2".repeat(40);
const WORKFLOW = `on: workflow_dispatch
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: prod
    steps:
      - uses: octo/tool@v1
      - uses: octo/gone@v9
      - run: ./deploy \${{ secrets.DEPLOY_KEY }} \${{ secrets.MISSING_KEY }} \${{ vars.URL }}
`;
const ACTION = "name: Tool\ninputs:\n  level:\n    required: true\nruns:\n  using: node24\n  main: x.js\n";

test("each need is there, missing or not to be seen, with what to do about it", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.secrets = { repository: ["DEPLOY_KEY"] };
  github.variables = { environment: ["URL"] };
  github.environments = [{ name: "prod", protection_rules: [{ id: 1, node_id: "x", type: "required_reviewers" }] }];
  github.others = { "octo/tool": { files: { "action.yml": ACTION }, tags: { v1: OLD, "v1.4.2": OLD, v2: NEW, "v2.0.0": NEW } } };
  await github.serve(page);
  await openWorkflow(page, WORKFLOW, "deploy.yml");
  await drawer(page).getByRole("tab", { name: "Preflight" }).click();
  const pane = page.getByRole("tabpanel", { name: "Preflight" });
  const line = (text) => pane.getByRole("listitem").filter({ hasText: text });
  // Without asking it is a checklist.
  await expect(line("MISSING_KEY")).toContainText("Cannot be seen: ");
  await expectAccessible(page);
  await run(page, "sign in to github");
  const form = page.getByRole("dialog", { name: "Sign in to GitHub" });
  await form.getByRole("textbox", { name: "Paste it" }).fill(TOKEN);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(form.getByText("Signed in to github.com as")).toBeVisible();
  await page.keyboard.press("Escape");

  await pane.getByRole("textbox", { name: "Repository" }).fill("octo/hello");
  await pane.getByRole("button", { name: "Check on GitHub" }).click();
  await expect(line("DEPLOY_KEY")).toContainText("It is there, in the repository.");
  await expect(line("MISSING_KEY")).toContainText("Missing: ");
  await expect(line("MISSING_KEY").getByRole("link", { name: "or on GitHub" })).toHaveAttribute(
    "href", "https://github.com/octo/hello/settings/secrets/actions/new",
  );
  await expect(line("Variable URL")).toContainText("in the environment prod");
  await expect(line(/: Environment prod/)).toContainText("waits until somebody approves");
  await expect(line("octo/gone@v9")).toContainText("There is no such action or version");
  await expect(line("Default rights")).toContainText("It may write everything");
  await expect(line("Default branch")).toContainText("The file is not there yet");

  // The action's own inputs are known now, and checked.
  await expect(code(page).getByText("uses: octo/tool@v1")).toBeVisible();
  await run(page, "show problems");
  await expect(page.getByRole("tabpanel", { name: "Problems" }).getByRole("listitem").filter({ hasText: "level" })).toBeVisible();

  await drawer(page).getByRole("tab", { name: "Preflight" }).click();
  await pane.getByRole("button", { name: "Pin to v1.4.2: octo/tool" }).click();
  await expect.poll(() => shownYaml(page)).toContain(`- uses: octo/tool@${OLD} # v1.4.2\n`);
  await page.keyboard.press("ControlOrMeta+z");
  await pane.getByRole("button", { name: "Update to v2: octo/tool" }).click();
  await expect.poll(() => shownYaml(page)).toContain("- uses: octo/tool@v2\n");
  expect(github.complaints).toEqual([]);
  github.close();
});

const SECRET = "hunter2 – Ünïcode\nsecond line";

async function checked(page, github) {
  await github.serve(page);
  await openWorkflow(page, WORKFLOW, "deploy.yml");
  await run(page, "sign in to github");
  const form = page.getByRole("dialog", { name: "Sign in to GitHub" });
  await form.getByRole("textbox", { name: "Paste it" }).fill(TOKEN);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(form.getByText("Signed in to github.com as")).toBeVisible();
  await page.keyboard.press("Escape");
  await drawer(page).getByRole("tab", { name: "Preflight" }).click();
  const pane = page.getByRole("tabpanel", { name: "Preflight" });
  await pane.getByRole("textbox", { name: "Repository" }).fill("octo/hello");
  await pane.getByRole("button", { name: "Check on GitHub" }).click();
  await expect(pane.getByRole("listitem").filter({ hasText: "MISSING_KEY" })).toContainText("Missing: ");
  return pane;
}

test("a missing secret is sealed in the browser and created, and its value is kept nowhere", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.environments = [{ name: "prod", protection_rules: [] }];
  const sent = [];
  page.on("request", (request) => sent.push(request.url() + (request.postData() ?? "")));
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  const pane = await checked(page, github);
  await pane.getByRole("button", { name: "Create MISSING_KEY" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  await expect(dialog.getByRole("radio", { name: /Environment prod/ })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Value" }).fill(`${SECRET}\n`);
  await expect(dialog.getByText("ends with a line break")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await dialog.getByRole("button", { name: "Create the secret" }).click();
  await expect(dialog).toBeHidden();
  await expect(toast(page, /Created the secret MISSING_KEY in the environment prod/)).toBeVisible();
  await expect(pane.getByRole("listitem").filter({ hasText: "MISSING_KEY" })).toContainText("It is there, in the environment prod");
  expect(github.values).toEqual({ "prod MISSING_KEY": SECRET });
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const all = [];
    for (const { name } of databases) {
      const db = await new Promise((done) => Object.assign(indexedDB.open(name), { onsuccess: (event) => done(event.target.result) }));
      for (const store of db.objectStoreNames) {
        all.push(await new Promise((done) => Object.assign(db.transaction(store).objectStore(store).getAll(), { onsuccess: (event) => done(event.target.result) })));
      }
      db.close();
    }
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, all, document.documentElement.outerHTML]);
  });
  for (const text of [kept, ...sent, ...told]) expect(text).not.toContain("hunter2");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("a variable is created, and one that is there is replaced only when the person says so", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.ownerKind = "Organization";
  github.environments = [{ name: "prod", protection_rules: [] }];
  github.variables = { repository: ["OTHER"], organization: ["URL"] };
  const pane = await checked(page, github);
  await run(page, "secrets and variables");
  const row = page.getByRole("tabpanel", { name: "Secrets & variables" }).getByRole("listitem").filter({ hasText: "URL" });
  await row.getByRole("button", { name: "Create URL" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  // Somebody is quicker.
  github.variables.environment = ["URL"];
  await dialog.getByRole("textbox", { name: "Value" }).fill("https://example.com");
  await dialog.getByRole("button", { name: "Create the variable" }).click();
  await expect(dialog.getByRole("alert")).toContainText("There is a variable URL in the environment prod of octo/hello already.");
  expect(github.values).toEqual({});
  await dialog.getByRole("button", { name: "Replace its value" }).click();
  await expect(dialog).toBeHidden();
  expect(github.values).toEqual({ "prod URL": "https://example.com" });
  // What the organization shares with others is not taken away from them.
  await row.getByRole("button", { name: "Create URL" }).click();
  await dialog.getByRole("radio", { name: /Organization octo/ }).check();
  await dialog.getByRole("textbox", { name: "Value" }).fill("x");
  await dialog.getByRole("button", { name: "Create the variable" }).click();
  await expect(dialog.getByRole("alert")).toContainText("ask an owner to share it with octo/hello");
  expect(Object.keys(github.values)).toHaveLength(1);
  await page.keyboard.press("Escape");
  // A secret of the organization is for this repository alone.
  await drawer(page).getByRole("tab", { name: "Preflight" }).click();
  await pane.getByRole("button", { name: "Create DEPLOY_KEY" }).click();
  await dialog.getByRole("radio", { name: /Organization octo/ }).check();
  await dialog.getByRole("textbox", { name: "Value" }).fill("shared");
  await dialog.getByRole("button", { name: "Create the secret" }).click();
  await expect(dialog).toBeHidden();
  expect(github.values["organization DEPLOY_KEY"]).toBe("shared");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("a token without the right is told which permission it takes, and nothing is lost", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.environments = [{ name: "prod", protection_rules: [] }];
  const pane = await checked(page, github);
  github.push = false;
  await pane.getByRole("button", { name: "Create MISSING_KEY" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  await dialog.getByRole("radio", { name: "octo/hello" }).check();
  await dialog.getByRole("textbox", { name: "Value" }).fill("kept");
  await dialog.getByRole("button", { name: "Create the secret" }).click();
  await expect(dialog.getByRole("alert")).toContainText("it takes the permission “Secrets: write”");
  await expect(dialog.getByRole("textbox", { name: "Value" })).toHaveValue("kept");
  github.close();
});
