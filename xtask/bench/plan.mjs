// How long it takes to plan what an event would run, in the page's own WebAssembly: the slowest of the preset events.
import { withPage } from "./support/page.mjs";
import { report } from "./support/report.mjs";
import { workflow } from "./support/workflow.mjs";

console.log("Plan of an event, in WebAssembly");
await withPage(async (address, browser) => {
  const page = await browser.newPage();
  await page.goto(`${address}#bench`);
  await page.waitForFunction(() => "stepladderBenchPlan" in window);
  const text = workflow(300);
  const rounds = [];
  for (let round = 0; round < 12; round++) {
    rounds.push(await page.evaluate((text) => window.stepladderBenchPlan(text, 20), text));
  }
  report(`${text.split("\n").length - 1} lines`, Math.min(...rounds), "ms", { atMost: 1 });
});
