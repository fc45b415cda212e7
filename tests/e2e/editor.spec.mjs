// What the full editor knows: completion, documentation, names, hints.
import {
  card,
  caretAfter,
  chooseFile,
  code,
  download,
  expectYaml,
  fixture,
  openWorkflow,
  replaced,
  crumbs,
  editorIsReady,
  run,
} from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");
const suggestions = (page) => page.getByRole("listbox", { name: "Suggest" });

test.beforeEach(({ page }) => openWorkflow(page, text));

test("keys, values and expressions are completed", async ({ page }) => {
  // Monaco knows how a line goes on once it has coloured it.
  await expect(code(page).locator(".view-line span").getByText("deploy", { exact: true })).toBeVisible();
  await caretAfter(page, "  deploy:");
  await page.keyboard.press("Enter");
  await page.keyboard.type("timeo");
  await expect(suggestions(page).getByRole("listitem", { name: /^timeout-minutes/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("5");
  const timed = replaced(text, "  deploy:\n", "  deploy:\n    timeout-minutes: 5\n");
  await expectYaml(page, timed);

  await caretAfter(page, "npm run report");
  await page.keyboard.type(" ${{ github.acto");
  await expect(suggestions(page).getByRole("listitem", { name: /^actor\b/ }).first()).toBeVisible();
  await page.keyboard.press("Escape");
});

test("needs are completed by the jobs there are", async ({ page }) => {
  await caretAfter(page, "needs: test");
  for (let back = 0; back < 4; back += 1) await page.keyboard.press("Backspace");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(suggestions(page).getByRole("listitem", { name: /^lint/ })).toBeVisible();
  await page.keyboard.type("li");
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, "needs: test", "needs: lint"));
  await expect(card(page, "deploy")).toHaveAccessibleName(/needs lint/);
});

test("hovering tells what a key means", async ({ page }) => {
  // A hand moves on when it is not answered.
  await expect(async () => {
    await code(page).getByText("name", { exact: true }).first().hover();
    await code(page).getByText("permissions").hover();
    await expect(page.getByRole("tooltip").filter({ hasText: /token/i }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("the next runs of a schedule are told by the clocks of its zone", async ({ page }) => {
  const zoned = "[main]\n  schedule:\n    - cron: 17 3 * * *\n      timezone: Asia/Tokyo\n";
  await chooseFile(page, "zoned.yml", replaced(text, "[main]\n", zoned));
  await expect(async () => {
    await code(page).getByText("name", { exact: true }).first().hover();
    await code(page).getByText("17 3").hover();
    // Tokyo is nine hours ahead all the year round.
    const told = page.getByRole("tooltip").filter({ hasText: /03:17 Asia\/Tokyo \(18:17 UTC\)/ });
    await expect(told.first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("the outline leads to a job by its name", async ({ page }) => {
  await expect(code(page).locator(".view-line span").getByText("deploy", { exact: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+O");
  const list = page.getByRole("listbox", { name: /^Type to narrow/ });
  await expect(list.getByRole("option", { name: /^lint/ })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("outline.png") });
  await page.keyboard.type("dep");
  await expect(list.getByRole("option", { name: /^lint/ })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(card(page, "deploy")).toHaveAttribute("aria-selected", "true");
});

test("a schedule is told in words within its line, and only there", async ({ page }) => {
  const nightly = replaced(text, "[main]\n", "[main]\n  schedule:\n    - cron: 17 3 * * *\n");
  await chooseFile(page, "nightly.yml", nightly);
  await expect(code(page).getByText("At 03:17 every day")).toBeVisible();
  expect((await download(page)).text).toBe(nightly);
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the menu of the code can be read", async ({ page }) => {
      await openWorkflow(page, fixture("ci.yml"));
      await editorIsReady(page);
      await code(page).locator(".view-line").filter({ hasText: "npm test" }).click({ button: "right" });
      const entry = page.getByRole("menuitem", { name: /^Change All Occurrences/ });
      await expect(entry).toBeVisible();
      // Each entry stands on a ground of the menu's own.
      const ground = await entry.evaluate((at) => {
        for (; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (colour !== "rgba(0, 0, 0, 0)") return colour;
        }
      });
      const raised = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.backgroundColor = "var(--surface-raised)";
        const colour = getComputedStyle(probe).backgroundColor;
        probe.remove();
        return colour;
      });
      expect(ground).toBe(raised);
      await page.screenshot({ path: test.info().outputPath("menu.png") });
    });
  });
}

test("what the caret's place means, and where a name is declared, is found in the palette", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await caretAfter(page, "needs: te");
  await run(page, "Tell what stands at the caret of the YAML");
  await expect(page.locator(".monaco-hover:visible")).toContainText("test");
  await page.keyboard.press("Escape");
  await caretAfter(page, "runs-on");
  await page.keyboard.press("ControlOrMeta+i");
  await expect(page.locator(".monaco-hover:visible")).toContainText("runner of GitHub");
  await page.keyboard.press("Escape");
  await caretAfter(page, "needs: te");
  await run(page, "Go to where the name at the caret of the YAML is declared");
  await expect(crumbs(page)).toContainText("test");
  await run(page, "Find and replace in the YAML");
  await expect(page.locator(".find-widget.visible")).toBeVisible();
});
