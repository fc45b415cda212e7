// How long each kind of interaction takes until the frame that answers it, on a workflow of 60 jobs.
import { quantile, withPage } from "./support/page.mjs";
import { report } from "./support/report.mjs";
import { workflow } from "./support/workflow.mjs";

const FRAME = 1000 / 60;
// Milliseconds between two actions of somebody quick.
const KEYS = 60;
const HAND = 250;
const only = process.env.ONLY?.split(",");

/** Notes in `window.answers` how long the page takes to answer each event. */
function watch() {
  window.answers = [];
  // From the event until the frame after it was painted. The last event of an action is the one that does something.
  for (const kind of ["keydown", "click", "wheel", "pointermove"]) {
    window.addEventListener(
      kind,
      (event) => {
        if (["Control", "Meta", "Shift"].includes(event.key)) return;
        const start = performance.now();
        let answered = false;
        const answer = () => {
          if (!answered) window.answers.push([event.type, performance.now() - start]);
          answered = true;
        };
        // Painted it is when the browser does anything else, be it a task or the next frame.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = answer;
          port2.postMessage(undefined);
          requestAnimationFrame(answer);
        });
      },
      { capture: true },
    );
  }
}

// The editor that the page is built around, with nothing else on its page.
const ALONE = `<!doctype html>
<link rel="stylesheet" href="monaco/monaco.css">
<div style="width: 720px; height: 860px"></div>
<script type="module">
  import { editor } from "./monaco/monaco.js";
  const model = editor.createModel(await (await fetch("alone.yml")).text(), "yaml");
  editor.create(document.querySelector("div"), { model, fontSize: 13, minimap: { enabled: false } });
</script>`;

/** Does `act` some times in the page. Resolves to how long the answers to events of that kind took, in milliseconds. */
async function timed(page, kind, pace, times, act) {
  await page.evaluate(() => window.answers.splice(0));
  for (let at = 0; at < times; at++) {
    await act(at);
    await page.waitForTimeout(pace);
  }
  await page.waitForTimeout(400);
  return page.evaluate((kind) => window.answers.filter(([own]) => own === kind).map(([, ms]) => ms), kind);
}

/** Makes an empty line in the code. */
async function newLine(page) {
  await page.locator(".monaco-editor .view-line").nth(12).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
}

/** Types a letter of a comment. */
const comment = (page) => (at) => page.keyboard.type("# all that is said"[at % 18]);

const text = workflow(1590, 6);
console.log(`Interactions with ${text.match(/^ {2}stage-/gm).length} jobs in ${text.split("\n").length - 1} lines`);
await withPage(async (address, browser) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(address);
  await page.getByLabel("Workflow file").setInputFiles({ name: "train.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await page.locator(".monaco-editor .view-line").first().waitFor();
  await page.waitForTimeout(1500);
  const graph = page.getByRole("region", { name: "Graph", exact: true });
  const form = page.getByRole("region", { name: "Form", exact: true });
  await graph.getByRole("button", { name: /^Show all of it/ }).click();
  await page.waitForTimeout(500);
  const cards = graph.getByRole("treeitem", { name: /^Job / });
  const middle = async (locator, count) => {
    const boxes = await Promise.all(Array.from({ length: count }, (_, at) => locator.nth(at).boundingBox()));
    return boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2]);
  };

  /** Reports how long the answers to `act` took; the first one is told apart. Resolves to the 95th percentile. */
  const measure = async (label, ...what) => {
    if (only && !only.some((word) => label.toLowerCase().includes(word))) return;
    const found = await timed(page, ...what);
    const [median, late] = [0.5, 0.95].map((part) => quantile(found, part));
    report(`${label}, median of ${found.length}`, median, "ms");
    // What is measured spans the wait for the frame as well, so two frames are one missed at most.
    report(`${label}, 95th percentile`, late, "ms", { atMost: 2 * FRAME });
    report(`${label}, the first`, found[0], "ms");
    return late;
  };
  // The mouse is sent to places found before: finding an element costs the page as much as what is measured.
  const places = await middle(cards, 4);
  const choose = (at) => page.mouse.click(...places[at % places.length]);

  await measure("Choosing a card", "click", HAND, 60, choose);
  await choose(0);
  await graph.getByRole("treeitem", { selected: true }).first().focus();
  await measure("Travelling on the graph", "keydown", KEYS, 60, (at) => page.keyboard.press(at % 2 ? "ArrowUp" : "ArrowDown"));
  const box = await graph.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 120);
  await page.keyboard.down("Control");
  await measure("Zooming", "wheel", KEYS, 60, (at) => page.mouse.wheel(0, at % 2 ? 40 : -40));
  await page.keyboard.up("Control");
  await choose(0);
  const name = form.getByRole("textbox", { name: "Name", exact: true }).first();
  await name.click();
  // Between choosing a job and typing lies a look at its form.
  await page.waitForTimeout(4 * HAND);
  await measure("Typing into a form", "keydown", KEYS, 60, (at) => page.keyboard.type("abcdefghij"[at % 10]));
  await measure("Undoing", "keydown", HAND, 40, (at) => page.keyboard.press(at % 4 < 2 ? "ControlOrMeta+z" : "ControlOrMeta+Shift+z"));
  await newLine(page);
  const yaml = await measure("Typing YAML", "keydown", KEYS, 60, comment(page));
  const [add] = await middle(graph.getByRole("button", { name: "Add a job" }), 1);
  await measure("Adding a job", "click", HAND, 40, async () => {
    await page.mouse.click(...add);
    await page.waitForTimeout(HAND);
    await page.keyboard.press("Escape");
    // There are as many jobs for the next one.
    await page.keyboard.press("ControlOrMeta+z");
  });
  const tabs = page.getByRole("region", { name: "Problems, secrets and more" }).getByRole("tab");
  await tabs.first().click();
  await page.waitForTimeout(400);
  const panels = await middle(tabs, await tabs.count());
  await measure("Changing the drawer", "click", HAND, 10 * panels.length, (at) => page.mouse.click(...panels[(at + 1) % panels.length]));
  await measure("Searching commands", "keydown", KEYS, 60, async (at) => {
    if (at === 0) await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("stage-1 train stage-2"[at % 21]);
  });
  if (yaml === undefined) return;
  await page.close();
  const alone = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await alone.addInitScript(watch);
  await alone.route("**/alone.*", (route) => {
    const isPage = route.request().url().endsWith("html");
    return route.fulfill({ contentType: isPage ? "text/html" : "text/plain", body: isPage ? ALONE : text });
  });
  await alone.goto(`${address}alone.html`);
  await alone.locator(".monaco-editor .view-line").first().waitFor();
  await alone.waitForTimeout(1500);
  await newLine(alone);
  const late = quantile(await timed(alone, "keydown", KEYS, 60, comment(alone)), 0.95);
  report("Typing into Monaco with nothing beside it, 95th percentile", late, "ms");
  report("Typing YAML takes so many times as long", yaml / late, "");
});
