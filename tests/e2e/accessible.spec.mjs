// Every view in both themes, judged by axe.
import { expectAccessible } from "./support/axe.mjs";
import { card, chooseFile, crumbs, drawer, editorIsReady, fixture, form, openWorkflow, run, step } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    // Each judgement reads the styles of every element; several of them take their time on a busy machine.
    test.describe.configure({ timeout: 180_000 });
    test.use({ colorScheme });

    test("start page with drafts, preview and pasting", async ({ page }) => {
      await openWorkflow(page, fixture("ci.yml"));
      await page.getByRole("button", { name: "Stepladder: start page" }).click();
      await expect(page.getByRole("region", { name: "Continue where you left off" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: /^Hello, world/ }).click();
      await expect(page.getByRole("button", { name: "Use this template" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Paste YAML" }).click();
      await expectAccessible(page);
    });

    test("editor: forms of workflow, trigger, job and steps", async ({ page }) => {
      await open(page);
      await page.getByRole("searchbox", { name: "Search templates" }).fill("retrain release");
      await page.getByRole("button", { name: /^Retrain, retest, release/ }).click();
      await page.getByRole("button", { name: "Use this template" }).click();
      await editorIsReady(page);
      await expectAccessible(page);
      await form(page).getByRole("region", { name: "Starts when" }).getByRole("button").first().click();
      await expectAccessible(page);
      await run(page, "evaluate");
      const more = form(page).getByText(/^More/).filter({ visible: true });
      for (const fold of await more.all()) await fold.click();
      await expectAccessible(page);
    });

    test("editor: steps, inputs, library, picker, menus", async ({ page }) => {
      await openWorkflow(page, fixture("ci.yml"));
      await step(page, "Unit tests").click();
      await form(page).getByRole("button", { name: "What is Name?" }).click();
      await form(page).getByRole("button", { name: /^Insert a secret/ }).first().click();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await form(page).getByRole("group", { name: "What the step does" }).getByRole("button", { name: "Action" }).click();
      await expect(page.getByRole("dialog", { name: "Choose an action" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("combobox", { name: "Search actions" }).fill("setup-node");
      await page.keyboard.press("Enter");
      await expect(form(page).getByRole("heading", { name: "Inputs" })).toBeVisible();
      await expectAccessible(page);
      await card(page, "lint").click({ button: "right" });
      await expectAccessible(page);
    });

    test("editor: menu, outline, and finding in the code", async ({ page }) => {
      await openWorkflow(page, fixture("ci.yml"));
      await editorIsReady(page);
      const line = page.locator(".code .view-line").filter({ hasText: "npm test" });
      await line.click({ button: "right" });
      const entry = page.getByRole("menuitem", { name: /^Change All Occurrences/ });
      await expect(entry).toBeVisible();
      await expectAccessible(page);
      // Its keys lead through it.
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("listbox", { name: /^Type to narrow/ })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await run(page, "Find and replace in the YAML");
      await expect(page.locator(".find-widget.visible")).toBeVisible();
      await expectAccessible(page);
    });

    test("editor: scripts in the language of every shell", async ({ page }) => {
      const scripts = {
        bash: '#!/bin/bash\nset -euo pipefail # why\nif [[ $A == "b ${C} \\n" ]]; then npm test --coverage -- 12; fi\ncat <<EOF\n$X `date`\nEOF',
        pwsh: '$x = Get-Item -Path "C:\\a $env:B" # why\nif ($x -eq 12) { Write-Host "a`n" } else { [int]$y = @{ a = 1 } }',
        python: '@cached\ndef f(x: int = 12) -> str:\n  """why"""\n  return f"a {x}" + r"\\d" if x is not None else True # why',
        node: 'const x = /a+b/g.test(`a ${12}`) ? null : new Date("2"); // why\nclass A extends B { async f() { return this.x } }',
        cmd: '@echo off\nrem why\nif exist "a b" (set X=%PATH%) else (for %%i in (1 2) do call :go %%i)\n:go\nexit /b 12',
        perl: 'use strict; # why\nmy ($a, @b, %c) = (12, "x $y\\n");\nprint $1 if $a =~ /a+(b)/i;',
      };
      const steps = Object.entries(scripts).map(([shell, script]) =>
        `      - name: In ${shell}\n        shell: ${shell}${shell === "perl" || shell === "node" ? " {0}" : ""}\n        run: |\n${script.replace(/^/gm, "          ")}\n`);
      await openWorkflow(page, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join("")}`);
      await card(page, "a").click({ position: { x: 40, y: 16 } });
      await page.keyboard.press("e");
      for (const shell of Object.keys(scripts)) {
        await step(page, `In ${shell}`).click();
        const words = form(page).locator(".script-editor.is-ready .view-line span[class^=mtk]");
        // Its words have colours once its language is there.
        await expect.poll(() => words.evaluateAll((all) => new Set(all.map((word) => word.className)).size)).toBeGreaterThan(3);
        await expectAccessible(page);
      }
    });

    test("editor: problems, secrets, palette, export, plain text", async ({ page }) => {
      await openWorkflow(page, fixture("problems.yml"));
      await page.keyboard.press("F8");
      await drawer(page).getByRole("tab", { name: /^Problems/ }).click();
      await expectAccessible(page);
      await chooseFile(page, "train.yml", fixture("secrets.yml"));
      await drawer(page).getByRole("tab", { name: /^Secrets/ }).click();
      await expectAccessible(page);
      await page.keyboard.press("ControlOrMeta+k");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await run(page, "where to put");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await run(page, "plain text");
      await expectAccessible(page);
    });

    test("editor: plan, explanation, preflight, changes, versions, questions", async ({ page }) => {
      await openWorkflow(page, fixture("ci.yml"));
      for (const name of ["What would run", "Explain", "Preflight"]) {
        await drawer(page).getByRole("tab", { name }).click();
        await expect(drawer(page).getByRole("tabpanel", { name })).toBeVisible();
        await expectAccessible(page);
      }
      await drawer(page).getByRole("tab", { name: "Explain" }).click();
      await drawer(page).getByRole("button", { name: /“Unit tests” runs npm test/ }).click();
      await expectAccessible(page);
      await crumbs(page).getByRole("button").first().click();
      await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Changed");
      await drawer(page).getByRole("tab", { name: "Changes" }).click();
      await expect(drawer(page).getByRole("button", { name: "Take all back" })).toBeVisible();
      await expectAccessible(page);
      await run(page, "earlier version");
      await expect(page.getByRole("dialog", { name: "Versions of this draft" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await form(page).getByRole("button", { name: /^test \d/ }).click();
      await form(page).getByText(/^More \(\d+\)/).first().click();
      await form(page).getByRole("button", { name: "PostgreSQL" }).click();
      await form(page).locator(".services").getByText(/^More \(\d+\)/).click();
      // All of the form in view: what is scrolled half away counts as too small.
      await page.setViewportSize({ width: 1440, height: 4400 });
      await expectAccessible(page);
      await page.setViewportSize({ width: 1440, height: 900 });
      await form(page).getByRole("button", { name: "Remove this job" }).click();
      await expect(page.getByRole("dialog", { name: "Remove the job test?" })).toBeVisible();
      await expectAccessible(page);
    });

    test("phone: every tab @phone", async ({ page }) => {
      await open(page);
      await page.getByRole("button", { name: "Paste YAML" }).tap();
      await page.getByRole("textbox", { name: "YAML to open" }).fill(fixture("problems.yml"));
      await page.getByRole("button", { name: "Open", exact: true }).tap();
      for (const name of ["Graph", "Form", "YAML", /^Problems/]) {
        await page.getByRole("tablist", { name: "Panes" }).getByRole("tab", { name }).tap();
        await expectAccessible(page);
      }
      for (const name of [/^Secrets/, "What would run", "Explain"]) {
        await page.getByRole("button", { name: "More panes" }).tap();
        await page.getByRole("menuitem", { name }).tap();
        await expectAccessible(page);
      }
      await page.getByRole("button", { name: "More", exact: true }).tap();
      await expectAccessible(page);
    });
  });
}

test.describe("under reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves by itself", async ({ page }) => {
    await openWorkflow(page, fixture("ci.yml"));
    await page.getByRole("button", { name: /^Show all of it/ }).click();
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => animation.effect.getComputedTiming().duration > 1)
        .map((animation) => animation.effect.target.className),
    );
    expect(moving.filter((name) => !String(name).includes("cursor"))).toEqual([]);
  });
});
