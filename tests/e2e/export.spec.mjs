// The result leaves the page as the very bytes of the text, whatever they are.
import { chooseFile, code, download, drop, fixture, form, openWorkflow, step, take, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";
import { expectAccessible } from "./support/axe.mjs";

const comments = fixture("comments.yml");

test("the YAML is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openWorkflow(page, comments);
  await page.getByRole("banner").getByRole("button", { name: "Copy" }).click();
  await expect(toast(page, "Copied the YAML.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(comments);
});

test("the file gets a name, and the panel says where it belongs", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  const name = page.getByRole("textbox", { name: "File name" });
  await name.fill("train");
  await name.press("Enter");
  await expect(name).toHaveValue("train.yml");
  await expect(page).toHaveTitle("train.yml – Stepladder");
  const offered = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+s");
  expect((await take(await offered)).name).toBe("train.yml");
  const dialog = page.getByRole("dialog", { name: "Put it on GitHub" });
  await expect(dialog.getByText(".github/workflows/train.yml", { exact: true })).toBeVisible();
  await expect(dialog.getByText(/^git add \.github\/workflows\/train\.yml/)).toBeVisible();
  const again = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download train.yml" }).click();
  expect((await take(await again)).text).toBe(fixture("ci.yml"));
});

test("a file with errors is given, with a word about them", async ({ page }) => {
  await openWorkflow(page, fixture("problems.yml"));
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("dialog").getByText(/There are 2 errors in the file/)).toBeVisible();
});

for (const [kind, text] of [
  ["comments, anchors, odd spaces and no final line break", comments],
  ["CRLF", comments.replaceAll("\n", "\r\n")],
  ["a byte order mark", `\ufeff${fixture("ci.yml")}`],
  ["tabs, emoji and blank ends", "# ü 🚀\t\non: push   \n\njobs: {a: {runs-on: x, steps: [{run: 'echo 🚀'}]}}\n\n\n"],
]) {
  test(`what is opened is downloaded byte for byte: ${kind}`, async ({ page }) => {
    await openWorkflow(page, text, "release.yml");
    const file = await download(page);
    expect(file.name).toBe("release.yml");
    expect(file.bytes.equals(Buffer.from(text))).toBe(true);
  });
}

for (const [kind, end] of [
  ["LF", "\n"],
  ["CRLF", "\r\n"],
]) {
  test(`one field changed in a form changes one line of a file with comments, ${kind}`, async ({ page }) => {
    const text = comments.replaceAll("\n", end);
    await openWorkflow(page, text, "release.yml");
    await step(page, "Pack").click();
    const name = form(page).getByRole("textbox", { name: "Name", exact: true }).first();
    await expect(name).toHaveValue("Pack");
    await name.fill("Pack it");
    await expect(code(page).getByText("Pack it")).toBeVisible();
    const { text: result } = await download(page);
    const [before, after] = [text.split(end), result.split(end)];
    expect(after).toHaveLength(before.length);
    const different = before.map((line, at) => [line, after[at]]).filter(([old, now]) => old !== now);
    expect(different).toEqual([["            -   name: 'Pack'", "            -   name: 'Pack it'"]]);
  });
}

test("a job added to a file with CRLF has CRLF too", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml").replaceAll("\n", "\r\n"));
  await form(page).getByRole("button", { name: "Add a job" }).click();
  const { text } = await download(page);
  expect(text.length).toBeGreaterThan(fixture("ci.yml").length + 40);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});

test("a file that was dropped keeps its name", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await drop(page, page.getByRole("main"), "nightly.yaml", comments);
  await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue("nightly.yaml");
  expect((await download(page)).name).toBe("nightly.yaml");
});

test.describe("share and export", () => {
  const dialog = (page) => page.getByRole("dialog", { name: "Share and export" });
  const saved = async (page, name) => {
    const offered = page.waitForEvent("download");
    await dialog(page).getByRole("button", { name, exact: true }).click();
    return take(await offered);
  };

  test("all open files are packed with their folders", async ({ page }) => {
    await openWorkflow(page, fixture("ci.yml"), "one.yml");
    await chooseFile(page, "two.yml", comments);
    await expect(page.getByRole("textbox", { name: "File name" })).toHaveValue("two.yml");
    await page.getByRole("button", { name: "Share and export" }).click();
    await expectAccessible(page);
    const { name, bytes } = await saved(page, "Zip of 2 files");
    expect(name).toBe("workflows.zip");
    for (const part of [".github/workflows/one.yml", fixture("ci.yml"), ".github/workflows/two.yml", comments]) {
      expect(bytes.includes(Buffer.from(part)), part.slice(0, 40)).toBe(true);
    }
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  });

  test("the graph leaves as a drawing, as a picture and as Mermaid; the findings as SARIF and Markdown", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await openWorkflow(page, fixture("problems.yml"), "bad.yml");
    await page.getByRole("button", { name: "Share and export" }).click();
    const svg = await saved(page, "SVG");
    expect(svg.name).toBe("bad.svg");
    expect(svg.text).toMatch(/^<svg [\s\S]*Starts when[\s\S]*<\/svg>\n$/);
    const png = await saved(page, "PNG");
    expect(png.name).toBe("bad.png");
    expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    // Twice as many pixels as the drawing, so that it is sharp.
    expect(png.bytes.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg.text)[1]));
    await dialog(page).getByRole("button", { name: "Copy as Mermaid" }).click();
    await expect.poll(clipboard).toMatch(/^```mermaid\nflowchart LR\n {2}on\(\[/);
    await dialog(page).getByRole("button", { name: "Copy as Markdown" }).click();
    await expect.poll(clipboard).toMatch(/^### Findings in `\.github\/workflows\/bad\.yml`\n[\s\S]*\| error \|/);
    const sarif = JSON.parse((await saved(page, "SARIF")).text);
    expect(sarif.version).toBe("2.1.0");
    const [{ results, tool }] = sarif.runs;
    expect(results.length).toBeGreaterThan(1);
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe(".github/workflows/bad.yml");
    }
  });
});
