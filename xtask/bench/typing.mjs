// From the key to the frame that shows what it did, in the editor, with every view open beside it.
import { quantile, withPage } from "./support/page.mjs";
import { report } from "./support/report.mjs";
import { workflow } from "./support/workflow.mjs";

const FRAME = 1000 / 60;

console.log("Typing into a workflow of 300 lines");
await withPage(async (address, browser) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // The time from the key's event until after the next frame was painted, as the page itself sees it.
  await page.addInitScript(() => {
    window.keyTimes = [];
    window.addEventListener(
      "keydown",
      (event) => {
        const start = event.timeStamp;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.keyTimes.push(performance.now() - start);
          port2.postMessage(undefined);
        });
      },
      { capture: true },
    );
  });
  await page.goto(address);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).click();
  const buffer = Buffer.from(workflow(300));
  await (await chooser).setFiles({ name: "train.yml", mimeType: "text/yaml", buffer });
  await page.locator(".monaco-editor .view-line").first().waitFor();
  await page.waitForTimeout(1000);

  const type = async (label, limit) => {
    await page.evaluate(() => window.keyTimes.splice(0));
    await page.keyboard.type("    # the quick brown fox jumps over the lazy dog, twice", { delay: 60 });
    await page.waitForTimeout(300);
    const times = await page.evaluate(() => window.keyTimes);
    report(`${label}, median of ${times.length} keys`, quantile(times, 0.5), "ms", { atMost: limit });
    report(`${label}, 95th percentile`, quantile(times, 0.95), "ms");
  };
  await page.locator(".monaco-editor .view-line").nth(12).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  // What is measured spans the wait for the frame as well, so two frames are one missed at most.
  await type("A comment", 2 * FRAME);
  await page.keyboard.press("Enter");
  await page.keyboard.type("broken: [", { delay: 60 });
  await type("Beside a syntax error", 2 * FRAME);
});
