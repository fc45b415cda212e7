// A copy of the page that was built for a GitHub Enterprise Server, which has its API below its own address.
import { checkOn, giveToken, openFrom, signIn } from "./support/account.mjs";
import { editorIsReady, fixture, form, run, shownYaml } from "./support/journey.mjs";
import { GitHub } from "./support/github.mjs";
import { expect, open, test as base } from "./support/test.mjs";

const HOST = "github.example.com";
const SERVER = `https://${HOST}`;
const API = `${SERVER}/api/v3`;
const PATH = ".github/workflows/deploy.yml";
const WORKFLOW = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy \${{ secrets.DEPLOY_KEY }} \${{ vars.URL }}
`;

const test = base.extend({
  github: async ({ page }, use) => {
    // As `STEPLADDER_GITHUB=https://github.example.com cargo xtask build` writes the policy.
    await page.route((url) => url.pathname.endsWith("/") && !url.href.startsWith(SERVER), async (route) => {
      const page = await route.fetch();
      const html = (await page.text()).replace("https://api.github.com;", `https://api.github.com ${SERVER};`);
      return route.fulfill({ response: page, body: html });
    });
    const github = new GitHub({ [PATH]: WORKFLOW }, { api: API, description: "ghes-3.17" });
    await github.serve(page);
    await use(github);
    expect(github.complaints, "what GitHub's description does not allow").toEqual([]);
    github.close();
  },
});
test.use({ allowedOrigins: [SERVER], api: API, expectedErrors: [/Failed to load resource/] });

test("its address is filled in, and files are opened and committed there", async ({ page, github }) => {
  await open(page);
  await run(page, "sign in to github");
  const dialog = page.getByRole("dialog", { name: "Sign in to GitHub" });
  await expect(dialog.getByRole("textbox", { name: "Address of your GitHub Enterprise Server" })).toHaveValue(HOST);
  await expect(dialog.getByRole("link", { name: `Make a token on ${HOST}` })).toHaveAttribute("href", new RegExp(`^${SERVER}/settings/personal-access-tokens/new`));
  await giveToken(dialog);
  await expect(dialog.getByText(`Signed in to ${HOST} as`)).toBeVisible();
  await page.keyboard.press("Escape");
  await openFrom(page, `${SERVER}/octo/hello/blob/main/${PATH}`);
  await editorIsReady(page);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Deploy");
  await page.keyboard.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain("name: Deploy");
  await page.getByRole("button", { name: "Commit…" }).click();
  const commit = page.getByRole("dialog", { name: "Commit to GitHub" });
  await commit.getByRole("button", { name: "Open the pull request" }).click();
  await expect(commit.getByRole("link", { name: /Pull request #1/ })).toHaveAttribute("href", `${SERVER}/octo/hello/pull/1`);
  expect(github.pulls).toHaveLength(1);
});

test("secrets and variables of its repositories and organizations are seen and created", async ({ page, github }) => {
  github.ownerKind = "Organization";
  github.secrets = { organization: ["DEPLOY_KEY"] };
  await open(page);
  await signIn(page);
  await openFrom(page, `octo/hello`).then((found) => found.getByRole("button", { name: /deploy\.yml/ }).click());
  await editorIsReady(page);
  const pane = await checkOn(page);
  await expect(pane.getByRole("listitem").filter({ hasText: "DEPLOY_KEY" })).toContainText("It is there, in the organization.");
  const url = pane.getByRole("listitem").filter({ hasText: "Variable URL" });
  await expect(url.getByRole("link", { name: "or on GitHub" })).toHaveAttribute("href", `${SERVER}/octo/hello/settings/variables/actions/new`);
  await url.getByRole("button", { name: "Create URL" }).click();
  const dialog = page.getByRole("dialog", { name: "Create it on GitHub" });
  await dialog.getByRole("radio", { name: /Organization octo/ }).check();
  await dialog.getByRole("textbox", { name: "Value" }).fill("https://example.com");
  await dialog.getByRole("button", { name: "Create the variable" }).click();
  await expect(dialog).toBeHidden();
  expect(github.values).toEqual({ "organization URL": "https://example.com" });
  await expect(url).toContainText("It is there, in the organization.");
});
