// New entries that somebody names: one that is not confirmed is not lost, and one that is not taken says why where it stands.
import { form, openWorkflow, shownYaml, step, toast } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text =
  "on:\n  workflow_dispatch:\n    inputs:\n      dry_run:\n        type: string\njobs:\n  a:\n    runs-on: ubuntu-latest\n" +
  "    steps:\n      - name: Say\n        run: make\n        env:\n          ONE: '1'\n" +
  "      - name: More\n        run: make more\n";

test("a name that is typed and left is written, and can be taken back", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Say").click();
  const name = form(page).getByRole("textbox", { name: "Name of a new entry" });
  await name.fill("TWO");
  await step(page, "More").click();
  await expect.poll(() => shownYaml(page)).toContain("          ONE: '1'\n          TWO: ''\n");
  await toast(page, "TWO").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => shownYaml(page)).not.toContain("TWO");

  // Escape throws it away.
  await step(page, "Say").click();
  await name.fill("THREE");
  await name.press("Escape");
  await expect(name).toHaveValue("");
  await name.press("Tab");
  await page.keyboard.press("Tab");
  expect(await shownYaml(page)).not.toContain("THREE");
});

test("a name that is taken is told below its field, and stays to be mended", async ({ page }) => {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /by hand/ }).click();
  const input = form(page).getByRole("textbox", { name: "Name of the new input" });
  for (const [typed, why] of [["dry_run", "choose another name"], ["DRY_RUN", "choose another name"], ["a b", "a b"]]) {
    await input.fill(typed);
    await input.press("Enter");
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(new RegExp(why));
    await expect(input).toHaveValue(typed);
    await expect(form(page).locator(".untaken").filter({ hasText: why })).toBeInViewport();
    await expect(page.locator(".toast")).toHaveCount(0);
  }
  await picture(page, "entry-taken");
  await input.fill("level");
  await expect(input).not.toHaveAttribute("aria-invalid", "true");
  await form(page).getByRole("textbox", { name: "Description", exact: true }).first().click();
  await expect.poll(() => shownYaml(page)).toContain("      level:\n        type: string\n");
});
