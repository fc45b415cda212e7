// The built page in Chromium, for a measurement.
import { chromium } from "@playwright/test";
import { launchOptions } from "../../../tests/e2e/support/chromium.mjs";
import { serve } from "../../../tests/e2e/support/server.mjs";

/** Calls `measure(address, browser)` and ends both; what it throws is the measurement's failure. */
export async function withPage(measure, extraArgs = []) {
  const server = await serve(Number(process.env.PORT ?? 0));
  const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...extraArgs] });
  try {
    await measure(`http://127.0.0.1:${server.address().port}/`, browser);
  } catch (error) {
    console.error(`  ${error.message}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
    server.close();
  }
}

/** The smallest of the values that the share `part` of them does not exceed. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}
