// What a reusable workflow or a start by hand declares, where hardly anything is said of it.
import { expectYaml, form, openWorkflow, replaced } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: x}]\n";
const required = (page, path) => form(page).locator(`[data-field="${path}.required"] input`);

test("a secret in brackets that is no longer required keeps its switch, with the focus", async ({ page }) => {
  const text = `on:\n  push:\n  workflow_call:\n    secrets: {TOK: {required: true}, TWO: {required: true}}\n${jobs}`;
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^Another/ }).click();
  const control = required(page, "on.workflow_call.secrets.TOK");
  await control.focus();
  await page.keyboard.press("Space");
  await expectYaml(page, replaced(text, "TOK: {required: true}", "TOK: {}"));
  await expect(control).toBeFocused();
  await page.keyboard.press("Space");
  await expectYaml(page, text);
  await expect(control).toBeFocused();
});

test("what is declared with null or a tilde has the controls of what is declared with nothing", async ({ page }) => {
  const text = `on:\n  push:\n  workflow_call:\n    secrets:\n      A: null\n      B: ~\n      C:\n    inputs:\n      i: null\n${jobs}`;
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^Another/ }).click();
  for (const place of ["secrets.A", "secrets.B", "secrets.C", "inputs.i"]) {
    await expect(required(page, `on.workflow_call.${place}`)).toBeVisible();
  }
  const control = required(page, "on.workflow_call.secrets.A");
  await control.focus();
  await page.keyboard.press("Space");
  await expectYaml(page, replaced(text, "      A: null\n", "      A:\n        required: true\n"));
  await expect(control).toBeFocused();
});
