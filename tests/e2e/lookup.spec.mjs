// An action that no table knows is asked of GitHub, when the person wants that.
import { card, form, openWorkflow, shownYaml } from "./support/journey.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const OLD = "1".repeat(40);
const NEW = "2".repeat(40);
const WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo/tool@v1\n      - uses: octo/gone@v9\n";
const ACTION =
  "name: Tool\ninputs:\n  level:\n    description: How much of it\n    required: true\n  fast:\n    default: 'true'\n" +
  "runs:\n  using: node24\n  main: x.js\n";

test("an unknown action gets its inputs and its newest version from GitHub, and a missing one says so", async ({ page }) => {
  const github = new GitHub({ "README.md": "hello\n" });
  const tags = { v1: OLD, v2: NEW, "v2.0.0": NEW };
  github.others = { "octo/tool": { files: { "action.yml": ACTION }, tags } };
  await github.serve(page);
  await openWorkflow(page, WORKFLOW);
  await card(page, "a").click();
  await form(page).getByRole("button", { name: /octo\/tool@v1/ }).first().click();
  const ask = form(page).getByRole("button", { name: "Ask GitHub for its inputs" });
  await ask.click();
  await form(page).getByRole("textbox", { name: /^level/ }).fill("3");
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v1\n        with:\n          level: '3'\n");
  await expect(ask).toHaveCount(0);
  await expectAccessible(page);
  await form(page).getByRole("button", { name: "Use v2, the newest version" }).click();
  await expect.poll(() => shownYaml(page)).toContain("      - uses: octo/tool@v2\n");

  await form(page).getByRole("button", { name: "a", exact: true }).click();
  await form(page).getByRole("button", { name: /octo\/gone@v9/ }).first().click();
  await ask.click();
  await expect(form(page).getByText(/octo\/gone/).last()).toBeVisible();
  await expect(form(page).getByRole("button", { name: "Ask again" })).toBeVisible();
});
