// What somebody has typed and is not written yet: it stays where it is, and is taken back before anything else.
import { card, editorIsReady, expectYaml, form, openWorkflow, replaced, shownYaml, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `# Ours.
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    x-own: {a: 1}
    steps:
      - name: Several
        run: |
          echo a
          echo b
      - name: One
        run: echo one
      - name: Up
        uses: actions/upload-artifact@v4
        with:
          path: |
            a
            b
`;

// Where its title stands: its middle is a step.
const openJob = (page) => card(page, "build").click({ position: { x: 40, y: 16 } });
const script = (page) => form(page).getByRole("textbox", { name: "Script, in an editor" });

/** All YAML texts that the page has while `act` is done. */
async function writtenWhile(page, act) {
  await page.evaluate(() => {
    const lines = () => document.querySelector(".pane-code .view-lines")?.textContent.replaceAll("\u00a0", " ") ?? "";
    window.seenYaml = [lines()];
    window.seenYamlEnd = new MutationObserver(() => window.seenYaml.push(lines()));
    window.seenYamlEnd.observe(document.querySelector(".pane-code"), { subtree: true, childList: true, characterData: true });
  });
  await act();
  return page.evaluate(() => {
    window.seenYamlEnd.disconnect();
    return window.seenYaml;
  });
}

test("a script stays a block while lines are added at its end", async ({ page }) => {
  await openWorkflow(page, text);
  await editorIsReady(page);
  await step(page, "Several").click();
  await form(page).locator(".script-editor").click();
  await expect(script(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+End");
  const seen = await writtenWhile(page, async () => {
    await page.keyboard.press("Enter");
    await page.keyboard.type("if true; then", { delay: 20 });
    await page.keyboard.press("Enter");
    await page.keyboard.type("  echo c ", { delay: 20 });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect.poll(() => shownYaml(page)).toContain("            echo c\n");
  });
  expect(seen.filter((yaml) => yaml.includes('run: "'))).toEqual([]);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).focus();
  await expectYaml(page, replaced(text, "          echo b\n", "          echo b\n          if true; then\n            echo c\n"));
});

test("a script of one line stays plain until there is a second one", async ({ page }) => {
  await openWorkflow(page, text);
  await editorIsReady(page);
  await step(page, "One").click();
  await form(page).locator(".script-editor").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" ");
  await page.keyboard.press("Enter");
  await expectYaml(page, text);
  await page.keyboard.type("ls");
  await expect.poll(() => shownYaml(page)).toMatch(/run: \|\n {10}echo one ?\n {10}ls\n/);
});

test("an input of several lines keeps its form at Enter", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Up").click();
  const path = form(page).getByRole("textbox", { name: /^path/ });
  await path.press("ControlOrMeta+End");
  await path.press("Enter");
  await expectYaml(page, text);
  await page.keyboard.type("c");
  await expectYaml(page, replaced(text, "            b\n", "            b\n            c\n"));
});

test("what is not YAML stays in its field with the reason, also for who comes back", async ({ page }) => {
  await openWorkflow(page, text);
  await openJob(page);
  const field = form(page).getByRole("textbox", { name: "x-own as YAML" });
  await field.fill("{a: [1, 2}");
  await page.keyboard.press("Tab");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(form(page).getByRole("alert")).toContainText("This is not written yet.");
  await expectYaml(page, text);
  await step(page, "One").click();
  await expect(form(page).getByRole("heading", { name: "One" })).toBeVisible();
  await openJob(page);
  await expect(field).toHaveValue("{a: [1, 2}");
  await expect(form(page).getByRole("alert")).toBeVisible();
  await field.fill("{a: [1, 2]}");
  await expect(form(page).getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expectYaml(page, replaced(text, "{a: 1}", "{a: [1, 2]}"));
  await field.fill("{");
  await page.keyboard.press("Tab");
  await form(page).getByRole("button", { name: "Show what the file has" }).click();
  await expect(field).toHaveValue("{a: [1, 2]}");
  await expect(form(page).getByRole("alert")).toHaveCount(0);
});

test("what is typed and not written is taken back before what is", async ({ page }) => {
  await openWorkflow(page, text);
  await openJob(page);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Build it");
  const named = replaced(text, "  build:\n", "  build:\n    name: Build it\n");
  await expectYaml(page, named);
  for (const [label, typed] of [["Name of the new row", "zz"], ["x-own as YAML", "zz"]]) {
    const field = form(page).getByRole("textbox", { name: label, exact: true });
    const before = await field.inputValue();
    await field.focus();
    await page.keyboard.press("End");
    await page.keyboard.type(typed);
    await page.keyboard.press("ControlOrMeta+z");
    await expect(field, label).toHaveValue(before);
    await expectYaml(page, named);
  }
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
});

test("where nothing can be taken back, the browser does not take back what a question has restored", async ({ page }) => {
  const server = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - id: server\n        run: serve\n        background: true\n      - wait: server\n";
  await openWorkflow(page, server);
  await step(page, "Run serve").click();
  await expect(form(page).getByRole("heading", { name: "Run serve" })).toBeVisible();
  const id = form(page).getByRole("textbox", { name: "Id", exact: true });
  await id.fill("");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(id).toHaveValue("server");
  for (const place of [id, form(page).getByRole("button", { name: "Duplicate this step" }), card(page, "a")]) {
    await place.focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(id).toHaveValue("server");
    await expect(place).toBeFocused();
  }
  await expectYaml(page, server);
});

test("in a field where nothing is typed the browser takes back nothing elsewhere", async ({ page }) => {
  const env = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      FOO: bar\n    steps:\n      - run: x\n";
  await openWorkflow(page, env);
  await card(page, "a").click({ position: { x: 40, y: 16 } });
  const value = form(page).getByRole("textbox", { name: "Value of FOO" });
  await value.press("End");
  await page.keyboard.type("1");
  const changed = replaced(env, "FOO: bar", "FOO: bar1");
  await expectYaml(page, changed);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder("Find a command, job or step")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByPlaceholder("Find a command, job or step")).toBeFocused();
  await expectYaml(page, changed);
  await page.keyboard.press("Escape");
  await card(page, "a").focus();
  await page.keyboard.press("F2");
  const name = page.locator(".graph-rename");
  await expect(name).toBeFocused();
  await page.keyboard.type("b");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(name).toHaveValue("a");
  await expectYaml(page, changed);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(name).toBeFocused();
  await expectYaml(page, env);
});

test("a field takes back what was typed in it, word by word, and nothing of another", async ({ page }) => {
  const own = "on: push\njobs:\n  a:\n    runs-on: [self-hosted, gpu]\n    x-own: {a: 1}\n    steps:\n      - id: server\n        run: serve\n        background: true\n      - wait: server\n";
  const [undo, redo] = ["ControlOrMeta+z", "ControlOrMeta+Shift+z"];
  await openWorkflow(page, own);
  await card(page, "a").click({ position: { x: 40, y: 16 } });
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Build");
  const named = replaced(own, "  a:\n", "  a:\n    name: Build\n");
  await expectYaml(page, named);
  // A value that is not YAML stays in its field, and the next field has nothing of its own.
  const source = form(page).getByRole("textbox", { name: "x-own as YAML" });
  await source.fill("{a: 1");
  await page.keyboard.press("Tab");
  await expect(form(page).getByRole("alert")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const find = page.getByPlaceholder("Find a command, job or step");
  await page.keyboard.type("one two");
  await page.keyboard.press(undo);
  await expect(find).toHaveValue("one");
  await page.keyboard.press(undo);
  await page.keyboard.press(undo);
  await expect(find).toHaveValue("");
  await page.keyboard.press(redo);
  await expect(find).toHaveValue("one");
  await page.keyboard.press(undo);
  await page.keyboard.press("Escape");
  await expect(source).toHaveValue("{a: 1");
  await expectYaml(page, named);
  await source.focus();
  await page.keyboard.press(undo);
  await expect(source).toHaveValue("{a: 1}");
  await expectYaml(page, named);
  // A chip that is only opened is nothing that was typed.
  await form(page).getByRole("button", { name: "Change gpu" }).click();
  const chip = page.locator(".chips-input:focus");
  await expect(chip).toHaveValue("gpu");
  await page.keyboard.press("End");
  await page.keyboard.type("2");
  await page.keyboard.press(undo);
  await expect(chip).toHaveValue("gpu");
  await page.keyboard.press("Escape");
  await expectYaml(page, named);
  // What waits for an answer is not written either.
  await step(page, "Run serve").click();
  const id = form(page).getByRole("textbox", { name: "Id", exact: true });
  await id.fill("");
  await page.keyboard.press(undo);
  await expect(id).toHaveValue("server");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expectYaml(page, named);
  await page.keyboard.press(undo);
  await expectYaml(page, own);
});

test("what was taken back in a field is written as it stands when the field is left", async ({ page }) => {
  await openWorkflow(page, text);
  const file = page.getByRole("textbox", { name: "File name" });
  await file.focus();
  await page.keyboard.press("Home");
  await page.keyboard.type("one");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Tab");
  await expect(file).toHaveValue(/^one/);
  const now = await file.inputValue();
  await file.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(file).toHaveValue(now);
});

test("a first workflow is written below what the file says of itself", async ({ page }) => {
  await openWorkflow(page, "# Copyright ACME\r\n# Ask us.\r\n");
  await form(page).getByRole("button", { name: "Begin a workflow" }).click();
  await expect.poll(() => shownYaml(page)).toMatch(/^# Copyright ACME\n# Ask us\.\n\nname: /);
});

test("a renamed variable tells which scripts still read the old name", async ({ page }) => {
  await openWorkflow(page, replaced(replaced(text, "    x-own: {a: 1}\n", "    env:\n      WHO: me\n"), "echo a\n", "echo a $WHO\n"));
  await openJob(page);
  const name = form(page).getByRole("textbox", { name: "Name of variable WHO" });
  await name.fill("WHOM");
  await name.press("Enter");
  await expect(page.getByText("The script in line 13 still reads")).toBeVisible();
});
