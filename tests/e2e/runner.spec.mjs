// The machine of a job: from any kind one can go on to any other.
import { card, form, openWorkflow, shownYaml, toast } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const machines = (page) => form(page).getByRole("combobox", { name: /^Runner/ });

test("from machines of one's own to a group and back to a hosted one", async ({ page }) => {
  await openWorkflow(page, text);
  await card(page, "a").click();
  await machines(page).selectOption("self-hosted");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: self-hosted\n");
  await expect(form(page).locator(".chips-input:focus")).toHaveCount(1);
  await page.keyboard.type("linux,gpu,");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [self-hosted, linux, gpu]\n");
  await expect(machines(page)).toHaveValue("self-hosted");
  await picture(page, "runner-own");
  await machines(page).selectOption("Runners of a group");
  await expect.poll(() => shownYaml(page)).toMatch(/runs-on:\n {6}group: ''\n {6}labels:\n {8}- self-hosted\n {8}- linux\n {8}- gpu\n/);
  await expect(form(page).getByRole("textbox", { name: "Runner group" })).toBeFocused();
  await page.keyboard.type("big");
  await expect(machines(page).locator("option:checked")).toHaveText("Runners of a group");
  await picture(page, "runner-group");
  await machines(page).selectOption("Own label or expression");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on:\n      - self-hosted\n      - linux\n      - gpu\n");
  await machines(page).selectOption("windows-latest");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: windows-latest\n");
  await toast(page, "runs-on").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => shownYaml(page)).toContain("    runs-on:\n      - self-hosted\n      - linux\n      - gpu\n");
  await machines(page).selectOption("Runners of a group");
  await machines(page).selectOption("ubuntu-latest");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: ubuntu-latest\n");
});

test("the field for a label of one's own says what is added", async ({ page }) => {
  await openWorkflow(page, text.replace("ubuntu-latest", "[self-hosted, linux]"));
  await card(page, "a").click();
  const label = form(page).getByRole("combobox", { name: "Add a runner label", exact: true });
  await label.fill("gpu");
  await label.press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("    runs-on: [self-hosted, linux, gpu]\n");
});
