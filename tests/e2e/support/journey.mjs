// What people do and see in nearly every journey, by the names that the page gives things.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, open } from "./test.mjs";

/** The text of a file of tests/fixtures. */
export const fixture = (name) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");

/** `text` with its only `from` replaced; a journey that expects something else than it says fails here. */
export function replaced(text, from, to) {
  expect(text.split(from), `“${from}” stands once in the text`).toHaveLength(2);
  return text.split(from).join(to);
}

export const graph = (page) => page.getByRole("region", { name: "Graph", exact: true });
export const form = (page) => page.getByRole("region", { name: "Form", exact: true });
export const code = (page) => page.getByRole("region", { name: "YAML", exact: true });
export const drawer = (page) => page.getByRole("region", { name: "Problems, secrets and more" });
/** A job's card, by the name or id that its label starts with. */
export const card = (page, job) => graph(page).getByRole("treeitem", { name: new RegExp(`^Job ${job}(,|$)`) });
/** A step's line on a card; behind its title stand its marks, as that it is switched off. */
export const step = (page, title) =>
  graph(page).getByRole("treeitem", { name: new RegExp(`^Step ${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(, (switched off|under a condition|\\d+ (error|warning|hint)s?))*$`) });
export const crumbs = (page) => form(page).getByRole("navigation", { name: "What this form is about" });
/** The short message at the foot of the page, which is the last thing on it that tells a status. */
export const toast = (page, text) => page.getByRole("status").last().filter({ has: page.getByText(text) });

/** Opens the form's list behind the button `label`. */
export async function openPick(page, label) {
  await form(page).getByRole("button", { name: label, exact: true }).click();
  return page.getByRole("listbox", { name: label, exact: true });
}

/** Takes from that list the line with these words, or with that name in the YAML. */
export async function pick(page, label, words) {
  const list = await openPick(page, label);
  await list.getByRole("option").filter({ has: page.getByText(words, { exact: true }) }).click();
  await expect(list).toBeHidden();
}

/** Types a script into the form's editor, over what stands there. */
export async function writeScript(page, script) {
  await form(page).locator(".script-editor").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(script);
}

/**
 * The dialog for files that `ask` makes the browser open. Chromium hands it over only from some moment after it was told
 * to, and says nothing of that moment, so that one is asked for again when none came.
 */
export async function fileDialog(page, ask) {
  let dialog;
  await expect(async () => {
    const asked = page.waitForEvent("filechooser", { timeout: 2_000 });
    asked.catch(() => {});
    await ask();
    dialog = await asked;
  }).toPass();
  return dialog;
}

/** Opens a file from the start page or the editor, as if it had been chosen in the system's dialog. */
export const chooseFile = (page, name, content) =>
  page.getByLabel("Workflow file").setInputFiles({ name, mimeType: "text/yaml", buffer: Buffer.from(content) });

/** Opens the page with a workflow in it, and waits until the full editor is there. */
export async function openWorkflow(page, text, name = "ci.yml") {
  await open(page);
  await chooseFile(page, name, text);
  await editorIsReady(page);
}

export async function editorIsReady(page) {
  await expect(code(page).getByText("The full editor is on its way")).toHaveCount(0);
  await expect(code(page).locator(".view-lines")).toBeVisible();
}

/** The text that the YAML pane shows. Monaco draws only the lines in view, so this is for texts of one screen. */
export function shownYaml(page) {
  return code(page).evaluate((pane) => {
    const lines = [...pane.querySelectorAll(".view-lines > .view-line")];
    if (lines.length === 0) return pane.querySelector("textarea")?.value;
    lines.sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top));
    const textOf = (line) => {
      // Hints within a line are no text of it.
      const parts = [...line.querySelectorAll("span > span")].filter((part) => !/\bdyn-rule/.test(part.className));
      return parts.map((part) => part.textContent.replaceAll("\u00a0", " ")).join("");
    };
    return lines.map(textOf).join("\n");
  });
}

/** Waits until the YAML pane shows exactly this. */
export const expectYaml = (page, text) =>
  expect.poll(() => shownYaml(page), "the YAML that is shown").toBe(text.replaceAll("\r\n", "\n"));

/** Numbers of the lines that are marked as selected in the YAML pane. */
export function markedLines(page) {
  return code(page).evaluate((pane) => {
    const numbers = new Map();
    for (const number of pane.querySelectorAll(".line-numbers")) {
      numbers.set(Math.round(number.getBoundingClientRect().top), Number(number.textContent));
    }
    const tops = [...pane.querySelectorAll(".line-selected")].map((mark) => mark.getBoundingClientRect().top);
    return [...new Set(tops.map((top) => numbers.get(Math.round(top))))].sort((a, b) => a - b);
  });
}

export const expectMarked = (page, first, last) =>
  expect
    .poll(() => markedLines(page), "the lines that are marked")
    .toEqual(Array.from({ length: last - first + 1 }, (_, at) => first + at));

/** Puts the caret at the end of the line that has this text. */
export async function caretAfter(page, line) {
  const pane = code(page);
  await pane.locator(".view-line").filter({ hasText: line }).first().click();
  await page.keyboard.press("End");
}

/** Downloads the file: its name and its bytes. */
export async function download(page) {
  const offered = page.waitForEvent("download");
  await page.getByRole("banner").getByRole("button", { name: "Download" }).click();
  const file = await take(await offered);
  const told = page.getByRole("dialog", { name: "Put it on GitHub" });
  await expect(told).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(told).toBeHidden();
  return file;
}

export async function take(offered) {
  const bytes = await readFile(await offered.path());
  return { name: offered.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

/** Lets go of files over an element of the page. */
export async function drop(page, target, name, content) {
  const dataTransfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name));
      return data;
    },
    [name, [...Buffer.from(content)]],
  );
  for (const type of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(type, { dataTransfer });
}

/** Presses Tab until an element has the focus. */
export async function tabTo(page, target, { key = "Tab", most = 80 } = {}) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} has no focus after ${most} presses of ${key}`);
}

/** All that the page keeps in this browser, by where it is. */
export function kept(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => Object.assign(request, { onsuccess: () => resolve(request.result) }));
    const all = { ...localStorage, ...sessionStorage, address: location.href };
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        all[`${name} ${store}`] = JSON.stringify(await done(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return all;
  });
}

/** Runs a command from the palette. */
export async function run(page, query) {
  await expect(page.locator("#skeleton"), "the program is there").toHaveCount(0, { timeout: 30_000 });
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Find a command, job or step" });
  await palette.getByRole("combobox").fill(query);
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
}
