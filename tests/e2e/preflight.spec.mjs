// What a workflow needs is checked against its repository, and actions are pinned and updated.
import { code, drawer, openWorkflow, run, shownYaml } from "./support/journey.mjs";
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
  await expect(line("MISSING_KEY").getByRole("link", { name: "Create it on GitHub" })).toHaveAttribute(
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
