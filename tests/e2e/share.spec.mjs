// A link carries a workflow, and opening one asks nobody anything.
import { card, editorIsReady, expectYaml, fixture, openWorkflow, run, toast } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = fixture("ci.yml");

test("a link carries the whole workflow", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openWorkflow(page, text, "shared.yml");
  await run(page, "link that carries");
  await expect(toast(page, /Copied a link/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).search).toBe("");
  const other = await context.newPage();
  await other.goto(link);
  await editorIsReady(other);
  await expect(card(other, "test")).toBeVisible();
  await expectYaml(other, text);
  await expect(other.getByRole("textbox", { name: "File name" })).toHaveValue("shared.yml");
});

test("a link that was cut off is told", async ({ page }) => {
  await open(page, "#share=abc");
  await expect(toast(page, /does not carry a whole workflow/)).toBeVisible();
});

test("a template in a link is shown, and opened only when the person says so", async ({ page }) => {
  await open(page, "?template=hello-world");
  const preview = page.getByRole("dialog");
  await expect(preview.getByRole("button", { name: "Use this template" })).toBeVisible();
  await expect(page).toHaveURL(/\?template=hello-world$/);
  await preview.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await page.reload();
  await editorIsReady(page);
  await expect(preview).toHaveCount(0);
});

test("a template that there is not is told", async ({ page }) => {
  await open(page, "?template=%3Cimg%20src=x%20onerror=alert(1)%3E");
  await expect(toast(page, /There is no template called “<img/)).toBeVisible();
});

test("an address in a link waits for the person", async ({ page }) => {
  await open(page, "?url=octo/hello");
  const found = page.getByRole("dialog", { name: "Open from GitHub" });
  await expect(found.getByRole("textbox", { name: "Repository, file or gist" })).toHaveValue("octo/hello");
});
