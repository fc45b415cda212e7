// How long each kind of interaction takes until the frame that answers it, on a workflow of 60 jobs.
import { quantile, withPage } from "./support/page.mjs";
import { report } from "./support/report.mjs";
import { workflow } from "./support/workflow.mjs";

const FRAME = 1000 / 60;
const only = process.env.ONLY?.split(",");

const text = workflow(1590, 6);
console.log(`Interactions with ${text.match(/^ {2}stage-/gm).length} jobs in ${text.split("\n").length - 1} lines`);
await withPage(async (address, browser) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    window.answers = [];
    // From the event until the frame after it was painted. The last event of an action is the one that does something.
    for (const kind of ["keydown", "click", "wheel", "pointermove"]) {
      window.addEventListener(
        kind,
        (event) => {
          const start = performance.now();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.answers.push([event.type, performance.now() - start]);
            port2.postMessage(undefined);
          });
        },
        { capture: true },
      );
    }
  });
  await page.goto(address);
  await page.getByLabel("Workflow file").setInputFiles({ name: "train.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await page.locator(".monaco-editor .view-line").first().waitFor();
  await page.waitForTimeout(1500);
  const graph = page.getByRole("region", { name: "Graph", exact: true });
  const form = page.getByRole("region", { name: "Form", exact: true });
  await graph.getByRole("button", { name: /^Show all of it/ }).click();
  await page.waitForTimeout(500);
  const cards = graph.getByRole("treeitem", { name: /^Job / });

  /** Does `act` some times and reports the slowest twentieth of its answers to events of that kind. */
  const measure = async (label, kind, times, act) => {
    if (only && !only.some((word) => label.toLowerCase().includes(word))) return;
    await page.evaluate(() => window.answers.splice(0));
    for (let at = 0; at < times; at++) {
      await act(at);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(400);
    const found = await page.evaluate((kind) => window.answers.filter(([own]) => own === kind).map(([, ms]) => ms), kind);
    report(`${label}, median of ${found.length}`, quantile(found, 0.5), "ms");
    // What is measured spans the wait for the frame as well, so two frames are one missed at most.
    report(`${label}, 95th percentile`, quantile(found, 0.95), "ms", { atMost: 2 * FRAME });
  };

  await measure("Choosing a card", "click", 20, (at) => cards.nth(at % 4).click({ position: { x: 60, y: 16 } }));
  await cards.first().click({ position: { x: 60, y: 16 } });
  await graph.getByRole("treeitem", { selected: true }).first().focus();
  await measure("Travelling on the graph", "keydown", 30, (at) => page.keyboard.press(at % 2 ? "ArrowUp" : "ArrowDown"));
  await measure("Zooming", "wheel", 30, async (at) => {
    const box = await graph.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 120);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, at % 2 ? 40 : -40);
    await page.keyboard.up("Control");
  });
  await cards.first().click({ position: { x: 60, y: 16 } });
  const name = form.getByRole("textbox", { name: "Name", exact: true }).first();
  await name.click();
  await measure("Typing into a form", "keydown", 40, (at) => page.keyboard.type("abcdefghij"[at % 10]));
  await measure("Undoing", "keydown", 10, () => page.keyboard.press("ControlOrMeta+z"));
  await page.locator(".monaco-editor .view-line").nth(12).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await measure("Typing YAML", "keydown", 40, (at) => page.keyboard.type("# all that is said"[at % 18]));
  await measure("Adding a job", "click", 10, async () => {
    await graph.getByRole("button", { name: "Add a job" }).click();
    await page.keyboard.press("Escape");
  });
  const drawer = page.getByRole("region", { name: "Problems, secrets and more" });
  const tabs = drawer.getByRole("tab");
  const count = await tabs.count();
  await tabs.first().click();
  await measure("Changing the drawer", "click", 2 * count, (at) => tabs.nth(at % count).click());
  await measure("Searching commands", "keydown", 20, async (at) => {
    if (at === 0) await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("stage-1 train stage-2"[at]);
  });
});
