// Workflows come in as files, from the clipboard and by drag and drop; what is none is refused, and nothing is lost.
import { card, chooseFile, drop, editorIsReady, expectYaml, fileDialog, fixture, openWorkflow, run, toast } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = fixture("ci.yml");

async function expectOpened(page, name) {
  await editorIsReady(page);
  await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue(name);
  await expect(card(page, "test")).toBeVisible();
  await expectYaml(page, text);
}

test("a local file is opened", async ({ page }) => {
  await open(page);
  const dialog = await fileDialog(page, () => page.getByRole("button", { name: "Choose a file" }).click());
  await dialog.setFiles({ name: "ci.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await expectOpened(page, "ci.yml");
  const other = await fileDialog(page, () => page.keyboard.press("ControlOrMeta+o"));
  await other.setFiles({ name: "again.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await expectOpened(page, "again.yml");
});

test("YAML is pasted", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste a workflow" });
  await expect(dialog.getByRole("button", { name: "Open" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "YAML to open" }).fill(text);
  await dialog.getByRole("button", { name: "Open" }).click();
  await expectOpened(page, "workflow.yml");
});

test("a file is dropped on the start page, and another one on the editor", async ({ page }) => {
  await open(page);
  await drop(page, page.getByRole("region", { name: "Open a workflow" }), "first.yml", fixture("secrets.yml"));
  await expect(card(page, "train")).toBeVisible();
  await drop(page, page.getByRole("main"), "second.yml", text);
  await expectOpened(page, "second.yml");
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await expect(page.getByRole("button", { name: /^first\.yml/ })).toBeVisible();
});

for (const [what, name, content, sentence] of [
  ["a binary file", "logo.png", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"), /“logo\.png” is not a text file; /],
  ["ten megabytes", "log.yml", "- a line\n".repeat(1_200_000), /“log\.yml” has 10800 KB, but a workflow has at most /],
  ["UTF-16", "wide.yml", Buffer.from("\ufeffon: push\n", "utf16le"), /“wide\.yml” is written in UTF-16; /],
  ["Latin-1", "old.yml", Buffer.from("name: caf\xe9\n", "latin1"), /“old\.yml” is not written in UTF-8; /],
]) {
  test(`${what} gets one sentence and loses nothing`, async ({ page }) => {
    await openWorkflow(page, text);
    await chooseFile(page, name, content);
    const told = toast(page, sentence);
    await expect(told).toBeVisible();
    expect((await told.innerText()).trim().match(/[.!?](\s|$)/g), "one sentence").toHaveLength(1);
    await expectYaml(page, text);
    await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue("ci.yml");
  });
}

for (const [what, content, sentence] of [
  ["a list at the top", "- run: make\n- run: make test\n", /list/],
  ["YAML that is no workflow", "fruit: apple\nprice: 3\n", /\bon\b/],
  ["two documents", "on: push\n---\non: pull_request\n", /document/],
  ["a single word", "hello\n", /mapping|workflow/],
]) {
  test(`${what} is shown as it is, with a clear sentence`, async ({ page }) => {
    await openWorkflow(page, content);
    await expectYaml(page, content);
    await run(page, "show problems");
    const problems = page.getByRole("tabpanel", { name: "Problems" });
    await expect(problems.getByRole("listitem").filter({ hasText: sentence }).first()).toBeVisible();
    await expect(problems.getByRole("listitem").filter({ hasText: "error: " }).first()).toBeVisible();
  });
}

test("a text that grows too large is kept, and says why it is not checked", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "plain text field");
  const field = page.getByRole("textbox", { name: "YAML of the workflow" });
  const large = `${text}# ${"x".repeat(520_000)}\n`;
  await field.fill(large);
  await expect(page.getByRole("alert").filter({ hasText: "more than 512 KB" })).toBeVisible();
  expect((await field.inputValue()) === large, "the text is kept").toBe(true);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "test")).toBeVisible();
  await expect(field).toHaveValue(text);
});
