// What a workflow needs is checked against its repository, and actions are pinned and updated.
import { checkOn, preflight, signIn } from "./support/account.mjs";
import { code, kept, openWorkflow, run, shownYaml, toast } from "./support/journey.mjs";
import { API, GitHub } from "./support/github.mjs";
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
  const pane = await preflight(page);
  const line = (text) => pane.getByRole("listitem").filter({ hasText: text });
  // Without asking it is a checklist.
  await expect(line("MISSING_KEY")).toContainText("Cannot be seen: ");
  await expectAccessible(page);
  // What everybody may see is told without a token, and the rest is not counted as missing.
  await checkOn(page);
  await expect(line("octo/gone@v9")).toContainText("Missing: ");
  await expect(line("MISSING_KEY")).toContainText("Cannot be seen: ");
  await expect(pane.getByRole("button", { name: "Sign in to see more" })).toBeVisible();
  await signIn(page);
  await checkOn(page);
  await expect(pane.getByRole("button", { name: "Sign in to see more" })).toHaveCount(0);
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

  await preflight(page);
  await pane.getByRole("button", { name: "Pin to v1.4.2: octo/tool" }).click();
  await expect.poll(() => shownYaml(page)).toContain(`- uses: octo/tool@${OLD} # v1.4.2\n`);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => shownYaml(page)).toContain("- uses: octo/tool@v1\n");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("runners of the organization are seen too", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  github.ownerKind = "Organization";
  const label = (name, id) => ({ id, name, type: "custom" });
  github.sharedRunners = [{ id: 1, name: "big-one", os: "linux", status: "offline", busy: false, labels: [label("self-hosted", 1), label("gpu", 2)] }];
  await github.serve(page);
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: [self-hosted, gpu]\n    steps:\n      - run: make\n", "deploy.yml");
  await signIn(page);
  const runner = (await checkOn(page)).getByRole("listitem").filter({ hasText: "Runner with" });
  await expect(runner).toContainText("Missing: ");
  await expect(runner).toContainText("big-one of the organization is offline");
  github.sharedRunners[0].status = "online";
  await checkOn(page);
  await expect(runner).toContainText("big-one of the organization is online.");
  github.sharedRunners = [];
  await checkOn(page);
  await expect(runner).toContainText("Cannot be seen: ");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("newer versions are taken one by one or all at once, after what changes was told", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  const files = { "action.yml": "name: Tool\ninputs:\n  level:\n    default: low\n  old: {}\nruns:\n  using: node20\n  main: x.js\n" };
  const later = { "action.yml": "name: Tool\ninputs:\n  level:\n    default: high\n  key:\n    required: true\nruns:\n  using: node24\n  main: x.js\n" };
  const tags = { v1: OLD, "v1.4.2": OLD, v2: NEW, "v2.0.0": NEW };
  github.others = { "octo/tool": { files, tags, at: { v2: later } }, "octo/same": { files, tags } };
  await github.serve(page);
  await openWorkflow(page, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo/tool@v1\n        with:\n          old: x\n      - uses: octo/same@v1\n`, "deploy.yml");
  const pane = await checkOn(page);
  await pane.getByRole("button", { name: "Update all…" }).click();
  const dialog = page.getByRole("dialog", { name: "Update actions" });
  const tool = dialog.getByRole("region", { name: "Update of octo/tool" });
  await expect(tool.getByRole("listitem").first()).toHaveText(/Takes a change here: The input key has to be given now\./);
  await expect(tool).toContainText("The input old, which is set here, is gone.");
  await expect(tool).toContainText("Without a value here, level is high; it was low.");
  await expect(tool).toContainText("It runs as node24 instead of node20");
  await expect(tool.getByRole("link", { name: "All changes of its code" })).toHaveAttribute("href", "https://github.com/octo/tool/compare/v1...v2");
  await expect(dialog.getByRole("region", { name: "Update of octo/same" })).toContainText("What it takes and gives stays the same.");
  await expectAccessible(page);
  const changes = dialog.getByRole("region", { name: /^Changes of/ });
  await expect(changes).toContainText("octo/tool@v2");
  // One of them is left as it is.
  await tool.getByRole("checkbox").uncheck();
  await expect(changes).not.toContainText("octo/tool@v2");
  await dialog.getByRole("button", { name: "Update 1 action" }).click();
  await expect.poll(() => shownYaml(page)).toContain("- uses: octo/same@v2");
  expect(await shownYaml(page)).toContain("- uses: octo/tool@v1\n");
  await pane.getByRole("button", { name: "Update to v2: octo/tool" }).click();
  await dialog.getByRole("button", { name: "Update 1 action" }).click();
  await expect.poll(() => shownYaml(page)).toContain("- uses: octo/tool@v2\n");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => shownYaml(page)).toContain("- uses: octo/tool@v1\n");
  expect(github.complaints).toEqual([]);
  github.close();
});

const SECRET = "hunter2 – Ünïcode\nsecond line";

async function checked(page, github) {
  await github.serve(page);
  await openWorkflow(page, WORKFLOW, "deploy.yml");
  await signIn(page);
  const pane = await checkOn(page);
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
  const all = JSON.stringify(await kept(page)) + (await page.content());
  for (const text of [all, ...sent, ...told]) expect(text).not.toContain("hunter2");
  expect(github.complaints).toEqual([]);
  github.close();
});

test("a repository that cannot be read leaves nowhere to create a secret", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  const pane = await checked(page, github);
  await pane.getByRole("button", { name: "Create MISSING_KEY" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  const repository = dialog.getByRole("textbox", { name: "Repository" });
  const create = dialog.getByRole("button", { name: "Create the secret" });
  await dialog.getByRole("textbox", { name: "Value" }).fill(SECRET);
  await expect(create).toBeEnabled();
  await repository.fill("octo");
  await repository.press("Tab");
  await expect(dialog.getByText("Name the repository as owner/name.")).toBeVisible();
  await expect(create).toBeDisabled();
  await repository.fill("https://github.com/octo/hello/issues");
  await repository.press("Enter");
  await expect(repository).toHaveValue("octo/hello");
  await expect(create).toBeEnabled();
  expect(github.values).toEqual({});
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
  await row.getByRole("button", { name: "Set anew or elsewhere: URL" }).click();
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
  await row.getByRole("button", { name: "Set anew or elsewhere: URL" }).click();
  await dialog.getByRole("radio", { name: /Organization octo/ }).check();
  await dialog.getByRole("textbox", { name: "Value" }).fill("x");
  await dialog.getByRole("button", { name: "Create the variable" }).click();
  await expect(dialog.getByRole("alert")).toContainText("ask an owner to share it with octo/hello");
  expect(Object.keys(github.values)).toHaveLength(1);
  await page.keyboard.press("Escape");
  // A secret of the organization is for this repository alone.
  await preflight(page);
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
