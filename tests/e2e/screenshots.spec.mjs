// The pictures of the README; `cargo xtask screenshots` puts them into docs/screenshots/.
import { card, crumbs, editorIsReady, run } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, open, test } from "./support/test.mjs";

async function openPipeline(page) {
  await open(page);
  await page.getByRole("searchbox", { name: "Search templates" }).fill("retrain release");
  await page.getByRole("button", { name: /^Retrain, retest, release/ }).click();
  await page.getByRole("button", { name: "Use this template" }).click();
  await expect(page.getByText("Draft saved")).toBeVisible();
}

for (const [colorScheme, suffix] of [
  ["light", ""],
  ["dark", "-dark"],
]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`the editor, ${colorScheme} @picture`, async ({ page }) => {
      await openPipeline(page);
      await editorIsReady(page);
      await run(page, "job train");
      await expect(crumbs(page).getByRole("button", { name: "train", exact: true })).toHaveAttribute("aria-current", "page");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await picture(page, `editor${suffix}`);
    });

    test(`the start page, ${colorScheme} @picture`, async ({ page }) => {
      await open(page);
      await expect(page.getByRole("button", { name: /^Hello, world/ })).toBeVisible();
      await picture(page, `start${suffix}`);
    });
  });
}

test.describe("phone", () => {
  test.use({ deviceScaleFactor: 2, colorScheme: "light" });

  test("the editor on a phone @picture @phone", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: /^Retrain, retest, release/ }).tap();
    await page.getByRole("button", { name: "Use this template" }).tap();
    await expect(card(page, "train").or(card(page, "Train")).first()).toBeVisible();
    await picture(page, "phone");
  });
});
