// Whatever a file, a link or GitHub says is text to the page: nothing of it runs, and nothing is asked or sent by itself.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { openFrom, preflight, signIn } from "./support/account.mjs";
import { drawer, editorIsReady, kept, openWorkflow, run, take, toast } from "./support/journey.mjs";
import { API, GitHub, TOKEN } from "./support/github.mjs";
import { expect, open, test as base } from "./support/test.mjs";

const IMG = "<img src=x onerror=hacked()>";
const SVG = "<svg onload=hacked()><script>hacked()</script></svg>";
const MARKDOWN = "[x](javascript:hacked()) ![x](https://example.com/x.png) <a href=javascript:hacked()>x</a>";
const PATH = ".github/workflows/ci.yml";

const test = base.extend({
  page: async ({ page }, use) => {
    const ran = [];
    await page.exposeFunction("hacked", () => ran.push("a script ran"));
    page.on("dialog", (dialog) => ran.push(dialog.message()));
    await use(page);
    expect(await page.locator("img[src=x], svg[onload], a[href^=javascript]").count(), "elements made of foreign text").toBe(0);
    expect(ran).toEqual([]);
  },
});
test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const WORKFLOW = `name: "${IMG}"
run-name: "${MARKDOWN}"
on:
  push:
    branches: ["${IMG}"]
  workflow_dispatch:
    inputs:
      "x${IMG}":
        description: "${SVG}"
        default: "${MARKDOWN}"
jobs:
  build:
    name: "${SVG}"
    runs-on: ["${IMG}"]
    environment: "${IMG}"
    needs: ["${IMG}"]
    steps:
      - name: "${MARKDOWN}"
        uses: "octo/tool@${IMG}"
      - run: "${SVG} \${{ secrets.KEY }} \${{ github.${IMG} }}"
`;

test("a hostile workflow is text in every pane and dialog", async ({ page }) => {
  await openWorkflow(page, WORKFLOW, "hostile.yml");
  for (const tab of await drawer(page).getByRole("tab").all()) {
    await tab.click();
    await expect(drawer(page).getByRole("tabpanel")).toBeVisible();
  }
  for (const query of ["share and export", "where to put the file", "save as a template", "sign in"]) {
    await run(page, query);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
  }
});

test("hostile words of GitHub are text", async ({ page }) => {
  const github = new GitHub({ [PATH]: "on: push\njobs:\n  a:\n    runs-on: [self-hosted, gpu]\n    environment: prod\n    steps:\n      - run: echo ${{ secrets.KEY }}\n" });
  github.environments = [{ name: "prod", protection_rules: [{ id: 1, node_id: "x", type: IMG }] }];
  github.intercept = ({ path }) => {
    const json = { message: `${IMG} ${SVG}`, documentation_url: "javascript:hacked()" };
    if (path.includes("/branches")) return { status: 203, json: [{ name: IMG, protected: false, commit: { sha: "x" } }] };
    if (path.includes("/actions/runners")) return { status: 203, json: { total_count: 1, runners: [{ name: IMG, status: "online", labels: [{ name: "self-hosted" }, { name: "gpu" }] }] } };
    if (path.includes("/actions/permissions")) return { status: 422, json };
    return undefined;
  };
  await github.serve(page);
  await open(page);
  const found = await openFrom(page, "octo/hello");
  await expect(found.getByRole("combobox", { name: "Branch" }).getByRole("option", { name: "onerror" })).toHaveCount(1);
  await found.getByRole("button", { name: /ci\.yml/ }).click();
  await editorIsReady(page);
  await signIn(page);
  const pane = await preflight(page);
  await pane.getByRole("button", { name: "Check on GitHub" }).click();
  await expect(pane.getByText("onerror=hacked()> of the repository is online")).toBeVisible();
  github.close();
});

const GIST = "0123456789abcdef0123456789abcdef";

test("files of a gist are listed and opened as what they are", async ({ page }) => {
  const github = new GitHub({ "README.md": "x\n" });
  github.gists = { [GIST]: { [`${IMG}.yml`]: "name: One\non: push\n", "two.yml": "name: Two\non: push\n", "notes.md": SVG } };
  await github.serve(page);
  await open(page);
  const found = await openFrom(page, `https://gist.github.com/octo/${GIST}`);
  await expect(found.getByRole("heading", { name: `gist ${GIST}` })).toBeVisible();
  await expect(found.getByRole("button", { name: /notes/ })).toHaveCount(0);
  await found.getByRole("button", { name: /onerror/ }).click();
  await editorIsReady(page);
  await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue(`${IMG}.yml`);
  expect(github.requests).toEqual([{ method: "GET", path: `/gists/${GIST}`, signedIn: false }]);
  github.close();
});

test("a shared link asks and sends nothing, also when the person is signed in", async ({ page }) => {
  const github = new GitHub({ [PATH]: "on: push\n" });
  await github.serve(page);
  await open(page);
  await signIn(page, { keep: /On this device/ });
  const before = github.requests.length;
  const packed = deflateRawSync(Buffer.from(`.github/workflows/shared.yml\n${WORKFLOW}`)).toString("base64url");
  for (const link of [`#share=${packed}`, "?url=octo/hello", "?template=hello-world"]) {
    await page.goto("about:blank");
    await open(page, link);
    await page.waitForLoadState("networkidle");
  }
  expect(github.requests.slice(before)).toEqual([]);
  expect(github.log()).toEqual(["First commit"]);
  github.close();
});

test("a link that is no workflow is told and opens nothing", async ({ page }) => {
  const bomb = deflateRawSync(Buffer.alloc(20_000_000, "a")).toString("base64url");
  await open(page, `#share=${bomb}`);
  await expect(toast(page, /does not carry a whole workflow/)).toBeVisible();
});

test("a token that is kept is in its own place and in nothing that leaves the page", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const github = new GitHub({ [PATH]: "on: push\njobs: {}\n" });
  await github.serve(page);
  await open(page);
  await signIn(page, { keep: /On this device/ });
  await (await openFrom(page, "octo/hello")).getByRole("button", { name: /ci\.yml/ }).click();
  await editorIsReady(page);
  const pane = await preflight(page);
  await pane.getByRole("button", { name: "Check on GitHub" }).click();
  const out = [];
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await pane.getByRole("button", { name: "Copy as checklist" }).click();
  await expect.poll(copied).toContain("###");
  out.push(await copied());
  await run(page, "link that carries");
  await expect.poll(copied).toContain("#share=");
  const packed = new URL(await copied()).hash.replace("#share=", "");
  out.push(inflateRawSync(Buffer.from(packed, "base64url")).toString("latin1"));
  for (const name of ["SVG", "SARIF"]) {
    await run(page, "share and export");
    const offered = page.waitForEvent("download");
    await page.getByRole("dialog", { name: "Share and export" }).getByRole("button", { name, exact: true }).click();
    out.push((await take(await offered)).text);
    await page.keyboard.press("Escape");
  }
  await expect(page.getByText("Draft saved")).toBeVisible();
  const { "stepladder.github": own, ...rest } = await kept(page);
  expect(own, "where it is kept").toContain(TOKEN);
  for (const text of [...out, JSON.stringify(rest)]) expect(text).not.toContain(TOKEN);
  await run(page, "sign in to github");
  await page.getByRole("button", { name: "Sign out and forget the token" }).click();
  expect(JSON.stringify(await kept(page))).not.toContain(TOKEN);
  github.close();
});
