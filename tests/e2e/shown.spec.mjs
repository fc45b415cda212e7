// What a form shows of texts over several lines, of what the table does not know, and of what others repeat.
import { card, expectYaml, form, openWorkflow } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const jobs = "jobs:\n  a:\n    runs-on: x\n    steps: [{run: z}]\n";

test("a text over several lines keeps them", async ({ page }) => {
  const file = `on: push\n${jobs.replace("    runs-on", "    if: >-  # when\n      github.sha == 'x' &&\n      github.actor == 'y'\n    concurrency:\n      group: |\n        one\n        two\n    name: >\n      Long\n      name\n    runs-on")}`;
  await openWorkflow(page, file);
  await card(page, "Long name").getByText("Long name").click();
  const condition = form(page).getByRole("textbox", { name: "Condition" });
  await expect(condition).toHaveValue("github.sha == 'x' && github.actor == 'y'");
  await condition.press("End");
  await page.keyboard.type(" && true", { delay: 20 });
  await page.keyboard.press("Tab");
  const written = file.replace("== 'y'", "== 'y' && true");
  await expectYaml(page, written);
  const name = form(page).getByRole("textbox", { name: "Name", exact: true });
  await name.press("End");
  await page.keyboard.type("s");
  await expectYaml(page, written.replace("      name\n", "      names\n"));
  const group = form(page).locator('[data-field="jobs.a.concurrency.group"]').getByRole("textbox", { name: /^Group/ });
  await expect(group).toHaveValue("one\ntwo");
  await group.press("Control+Home");
  await page.keyboard.type("1");
  await expectYaml(page, written.replace("      name\n", "      names\n").replace("one\n", "1one\n"));
});

test("what the table does not know is shown as YAML, and can be taken out", async ({ page }) => {
  const on = "on:\n  push:\n    strange: 1\n  release:\n    types: [published, weird]\n  page_build:\n    odd: {a: 1}\n";
  await openWorkflow(page, `x-top:\n  a: 1 # kept\n${on}${jobs}`);
  const top = form(page).getByRole("textbox", { name: "x-top as YAML" });
  await expect(top).toHaveValue("a: 1 # kept");
  await form(page).getByRole("button", { name: /^Code is pushed/ }).click();
  const strange = form(page).getByRole("textbox", { name: "strange as YAML" });
  await strange.fill("");
  await strange.press("Tab");
  await expectYaml(page, `x-top:\n  a: 1 # kept\n${on.replace("\n    strange: 1", "")}${jobs}`);
  await page.getByRole("navigation", { name: "What this form is about" }).getByRole("button").first().click();
  await form(page).getByRole("button", { name: /release/ }).first().click();
  await form(page).getByRole("checkbox", { name: "weird" }).click();
  await expectYaml(page, `x-top:\n  a: 1 # kept\n${on.replace("\n    strange: 1", "").replace(", weird", "")}${jobs}`);
  await page.getByRole("navigation", { name: "What this form is about" }).getByRole("button").first().click();
  await form(page).getByRole("button", { name: /page_build/ }).first().click();
  await expect(form(page).getByRole("textbox", { name: "Settings as YAML" })).toHaveValue("odd: {a: 1}");
});

test("who changes what others repeat is told of them", async ({ page }) => {
  await openWorkflow(
    page,
    "on: push\njobs:\n  build: &job\n    runs-on: x\n    env: &e\n      A: 1\n    steps:\n      - &co\n        run: z\n  second:\n    runs-on: x\n    env: *e\n    steps:\n      - *co\n  copy: *job\n",
  );
  await card(page, "build").click();
  await expect(form(page).getByText("Written once, at the anchor &job, and job copy repeats it.")).toBeVisible();
  await expect(form(page).getByText("Written once, at the anchor &e, and env of job second and job copy repeat it.")).toBeVisible();
  await card(page, "second").click();
  await form(page).getByRole("textbox", { name: "Value of A" }).fill("2");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("dialog")).toContainText("repeated in 2 places, of which this is one");
});

test("a field keeps its width while an expression is typed", async ({ page }) => {
  await openWorkflow(page, `on: push\n${jobs}`);
  await card(page, "a").click();
  const field = form(page).getByRole("textbox", { name: "Environment", exact: true }).or(form(page).getByRole("combobox", { name: "Environment", exact: true }));
  await field.click();
  const before = await field.boundingBox();
  for (const part of ["$", "{{ git", "hub.ref", " }}"]) {
    await page.keyboard.type(part);
    const now = await field.boundingBox();
    expect(Math.abs(now.width - before.width) + Math.abs(now.x - before.x) + Math.abs(now.y - before.y)).toBeLessThan(2);
  }
});

test("a problem that is mended does not move the field", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: One\n        uses: actions/cache@v4\n        with:\n          path: a\n");
  await card(page, "a").getByText("One").click();
  await expect(form(page).getByText(/needs the input key/).or(form(page).getByText(/key/i)).first()).toBeVisible();
  const field = form(page).getByRole("textbox", { name: "key", exact: true });
  await field.click();
  await expect(form(page).locator(".field-problem")).not.toHaveCount(0);
  const before = await field.boundingBox();
  await page.keyboard.type("k");
  await expect(form(page).locator(".field-problem.is-error")).toHaveCount(0);
  expect(Math.abs((await field.boundingBox()).y - before.y)).toBeLessThan(2);
});
