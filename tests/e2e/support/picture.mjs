import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";

const docs = fileURLToPath(new URL("../../../docs/screenshots", import.meta.url));

/**
 * Takes a picture for the eye: beside the test's other results, and, for `cargo xtask screenshots`, as
 * docs/screenshots/NAME.png. Tests that take such a picture carry the tag @picture.
 */
export async function picture(page, name) {
  const folder = process.env.STEPLADDER_SCREENSHOTS ? docs : test.info().outputDir;
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}
