// Templates of one's own: saved with placeholders, used, deleted; and a folder in GitHub's starter format.
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { code, editorIsReady, fileDialog, fixture, openWorkflow, run } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const card = (page, title) => page.locator(".gallery").getByRole("button", { name: new RegExp(`^${title}`) });

test("a workflow is saved as a template that asks, and used", async ({ page }) => {
  await openWorkflow(page, fixture("ci.yml"));
  await run(page, "Save as a template");
  const dialog = page.getByRole("dialog", { name: "Save as a template of your own" });
  await dialog.getByLabel("Title").fill("Our CI");
  await dialog.getByLabel(/Branch for push/).check();
  await dialog.getByRole("button", { name: "Save the template" }).click();
  await page.getByRole("button", { name: "Stepladder: start page" }).click();
  await card(page, "Our CI").click();
  await page.getByLabel("Branch for push").fill("trunk");
  await page.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await expect(code(page).getByText("branches: [trunk]")).toBeVisible();

  await page.goto("./");
  await card(page, "Our CI").click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(card(page, "Our CI")).toHaveCount(0);
});

test("a folder in the starter format is opened", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "starters-"));
  mkdirSync(join(folder, "properties"));
  const workflow = "name: Go\non:\n  push:\n    branches: [ $default-branch ]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: go build\n";
  writeFileSync(join(folder, "go.yml"), workflow);
  const properties = { name: "Go for us", description: "Builds our Go.", iconName: "go", categories: ["Go"] };
  writeFileSync(join(folder, "properties", "go.properties.json"), JSON.stringify(properties));
  await open(page);
  const dialog = await fileDialog(page, () => page.getByRole("button", { name: "Open starter templates" }).click());
  await dialog.setFiles(folder);
  await card(page, "Go for us").click();
  await page.getByLabel("Which is the default branch?").fill("trunk");
  await page.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await expect(code(page).getByText("branches: [ trunk ]")).toBeVisible();
});
