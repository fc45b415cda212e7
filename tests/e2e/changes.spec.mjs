// What has changed since the file was opened, and the way back, change by change.
import { crumbs, drawer, expectYaml, fixture, form, openWorkflow, replaced, run, step, toast, writeScript } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");

test("changes are shown side by side and taken back one at a time", async ({ page }) => {
  await openWorkflow(page, text);
  await run(page, "what has changed");
  await expect(drawer(page).getByText(/^Nothing has changed since ci\.yml was opened/)).toBeVisible();

  await step(page, "Unit tests").click();
  await writeScript(page, "npm run all");
  await crumbs(page).getByRole("button").first().click();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Changed");
  const script = replaced(text, "run: npm test\n", "run: npm run all\n");
  await expectYaml(page, replaced(script, "name: CI\n", "name: Changed\n"));
  const hunks = drawer(page).getByRole("table");
  await expect(hunks).toHaveCount(2);
  await expect(drawer(page).getByRole("row").filter({ hasText: "npm test" })).toContainText("npm run all");
  await picture(page, "changes");

  await drawer(page).getByRole("button", { name: /^Take back line/ }).first().click();
  await expect(toast(page, /^Take back the change/)).toBeVisible();
  await expectYaml(page, script);
  await expect(hunks).toHaveCount(1);

  await drawer(page).getByRole("button", { name: "Take all back" }).click();
  await expectYaml(page, text);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, script);
});
