// Actions that are pinned by their commit: which version that is, and newer ones that stay pinned.
import { card, expectYaml, form, openWorkflow } from "./support/journey.mjs";
import { signIn } from "./support/account.mjs";
import { API, GitHub } from "./support/github.mjs";
import { expect, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

test.use({ allowedOrigins: [API], expectedErrors: [/Failed to load resource/] });

const OLD = "11bd71901bbe5b1630ceea73d27597364c9af683";
const NEW = "4".repeat(40);
const MOVED = "3".repeat(40);
const TAGS = { v4: MOVED, "v4.2.2": OLD, "v4.3.0": MOVED, v7: "7".repeat(40), "v7.0.1": "7".repeat(40), v8: NEW, "v8.0.1": NEW };
const START = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
const ACTION = "name: Tool\ndescription: A tool.\nruns:\n  using: node24\n  main: x.js\n";

async function serve(page, repository = "actions/checkout") {
  const github = new GitHub({ "README.md": "hello\n" });
  github.others = { [repository]: { files: { "action.yml": ACTION }, tags: TAGS } };
  await github.serve(page);
  return github;
}

const versions = (page) => form(page).getByRole("combobox", { name: "Version of the action" });
const chosen = (page) => versions(page).evaluate((select) => select.selectedOptions[0].textContent);
const button = (page, name) => form(page).getByRole("button", { name, exact: true });
const ask = (page) => button(page, "Ask GitHub for newer versions and their commits");
const asked = (github) => github.requests.filter(({ path }) => path.includes("/tags")).length;

async function openPinned(page, uses, more = "") {
  const text = `${START}      - name: Get it\n        uses: ${uses}\n        with: {fetch-depth: 0} # all\n${more}`;
  await openWorkflow(page, text);
  await card(page, "a").getByRole("treeitem", { name: "Step Get it" }).click();
  return text;
}

test("a pinned action is told by its version, and its newest version can be had by its commit", async ({ page }) => {
  const github = await serve(page);
  const text = await openPinned(page, `actions/checkout@${OLD}   # v4.2.2, as agreed`);
  await expect.poll(() => chosen(page)).toBe("v4.2.2, pinned by commit");
  await expect(form(page).getByText("That this commit is v4.2.2, only the comment says.")).toBeVisible();
  // What the page came with it knows without asking, and says so.
  await expect(button(page, /^Use v7\.\d.*, pinned by its commit$/)).toBeVisible();
  await expect(form(page).getByText(/is the newest version known to this page/)).toBeVisible();
  expect(github.requests).toEqual([]);

  await ask(page).click();
  await expect(ask(page)).toHaveCount(0);
  await expect.poll(() => chosen(page)).toBe("v4.2.2, pinned by commit");
  await expect(versions(page).getByRole("option", { name: "v8.0.1, pinned by commit (newest)" })).toBeAttached();
  await expect(form(page).getByText("This commit is v4.2.2, as the tag says.")).toBeVisible();
  await expect(form(page).getByText("Without a pin, whoever moves the tag v8 changes what runs here. In the comment, v4.2.2 becomes v8.")).toBeVisible();
  await expectAccessible(page);
  await button(page, "Use v8.0.1, pinned by its commit").click();
  await expectYaml(page, text.replace(OLD, NEW).replace("v4.2.2", "v8.0.1"));
  await expect.poll(() => chosen(page)).toBe("v8.0.1, pinned by commit (newest)");
  await expect(versions(page)).toBeFocused();
  await expect(form(page).getByRole("button", { name: /^Use v/ })).toHaveCount(0);
  // Another commit from the list, by its version.
  await versions(page).selectOption({ label: "v4.3.0, pinned by commit" });
  await expectYaml(page, text.replace(OLD, MOVED).replace("v4.2.2", "v4.3.0"));
  expect(asked(github)).toBe(1);
  expect(github.complaints).toEqual([]);
});

test("that a tag takes the pin and its comment away is told before and after, and is taken back", async ({ page }) => {
  await serve(page);
  const text = await openPinned(page, `actions/checkout@${OLD} # v4.2.2`);
  await ask(page).click();
  await expect(form(page).getByText("The comment “# v4.2.2” goes, too.")).toBeVisible();
  await button(page, "Use v8 without a pin").click();
  await expectYaml(page, text.replace(`${OLD} # v4.2.2`, "v8"));
  await expect(versions(page)).toBeFocused();
  const told = page.getByRole("status").filter({ hasText: "without its pin and its comment" });
  await expect(told).toBeVisible();
  await told.getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);
  await versions(page).selectOption("v7");
  await expectYaml(page, text.replace(`${OLD} # v4.2.2`, "v7"));
  await expect(page.getByText("without its pin and its comment").last()).toBeVisible();
});

test("a comment that is not true is told, and corrected", async ({ page }) => {
  await serve(page);
  const text = await openPinned(page, `actions/checkout@${OLD} # v4.3.0`);
  await expect.poll(() => chosen(page)).toBe("v4.3.0, pinned by commit");
  await ask(page).click();
  await expect(form(page).getByText("The comment says v4.3.0, but the commit is v4.2.2.")).toBeVisible();
  await expect.poll(() => chosen(page)).toBe("v4.2.2, pinned by commit");
  await expectAccessible(page);
  await button(page, "Write v4.2.2 into the comment").click();
  await expectYaml(page, text.replace("v4.3.0", "v4.2.2"));
  await expect(form(page).getByText(/The comment says/)).toHaveCount(0);
});

test("a tag is pinned to its commit, once that is known", async ({ page }) => {
  await serve(page, "octo/tool");
  const text = await openPinned(page, "octo/tool@v4", `      - name: Other\n        uses: octo/tool@${OLD} # v4.2.2\n`);
  const pin = form(page).getByRole("button", { name: /^Pin to its commit/ });
  await expect(pin).toHaveCount(0);
  await button(page, "Ask GitHub for its inputs, versions and commits").click();
  await expect(pin).toHaveText("Pin to its commit (v4.3.0)");
  await pin.click();
  await expectYaml(page, text.replace("octo/tool@v4\n", `octo/tool@${MOVED} # v4.3.0\n`));
  await expect.poll(() => chosen(page)).toBe("v4.3.0, pinned by commit");
  // One that no table knows, pinned: its tags are known by now.
  await card(page, "a").getByRole("treeitem", { name: "Step Other" }).click();
  await expect.poll(() => chosen(page)).toBe("v4.2.2, pinned by commit");
  await expect(button(page, "Use v8.0.1, pinned by its commit")).toBeVisible();
});

test("a pinned action that no table knows is told by its comment before anybody asks", async ({ page }) => {
  const github = await serve(page, "octo/tool");
  await openPinned(page, `octo/tool@${OLD} # v4.2.2`);
  await expect(form(page).getByText("v4.2.2, pinned by commit")).toBeVisible();
  await expect(button(page, "Ask GitHub for its inputs, versions and commits")).toBeVisible();
  expect(github.requests).toEqual([]);
});

test("the newest version of a known action is that of GitHub, asked by a press, or by itself for who is signed in", async ({ page }) => {
  const github = await serve(page);
  await openPinned(page, "actions/checkout@v7");
  await expect.poll(() => chosen(page)).toBe("v7 (newest known to this page)");
  expect(github.requests).toEqual([]);
  await ask(page).click();
  await expect.poll(() => chosen(page)).toBe("v7 (now v7.0.1)");
  await expect(button(page, "Use v8, the newest version")).toBeVisible();
  expect(asked(github)).toBe(1);
  expect(github.requests.every(({ signedIn }) => !signedIn)).toBe(true);
  await signIn(page);
  await expect.poll(() => asked(github)).toBeGreaterThan(1);
  await expect(button(page, "Use v8, the newest version")).toBeVisible();
  await expect(ask(page)).toHaveCount(0);
});

test("who cannot be told is told why, and can ask again", async ({ page }) => {
  const github = await serve(page, "octo/other");
  await openPinned(page, "actions/checkout@v7");
  await ask(page).click();
  await expect(button(page, "Ask again")).toBeVisible();
  await expect(form(page).getByText(/actions\/checkout/).last()).toBeVisible();
  await expect.poll(() => chosen(page)).toBe("v7 (newest known to this page)");
  github.others["actions/checkout"] = { files: {}, tags: TAGS };
  await button(page, "Ask again").click();
  await expect(button(page, "Use v8, the newest version")).toBeVisible();
});

test("on a phone, picker, buttons and notes fit", async ({ page }) => {
  await serve(page);
  await openPinned(page, `actions/checkout@${OLD} # v4.3.0`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("tab", { name: "Form" }).click();
  await ask(page).click();
  await expect(button(page, "Use v8.0.1, pinned by its commit")).toBeVisible();
  for (const element of [versions(page), form(page).getByRole("button", { name: /^(Use|Write) v/ })]) {
    for (const one of await element.all()) {
      const box = await one.boundingBox();
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
  }
  await page.screenshot({ path: test.info().outputPath("phone.png") });
  await expectAccessible(page);
});
