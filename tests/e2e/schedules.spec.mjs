// Schedules: those of every few minutes, those that come too often, and those that are written as no cron.
import { form, graph, openWorkflow, shownYaml } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const workflow = (schedule) => `on:\n  schedule:${schedule}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
const openSchedule = async (page, schedule) => {
  await openWorkflow(page, workflow(schedule));
  await form(page).getByRole("button", { name: /time|schedule/i }).first().click();
};

test("every few minutes and hours are built, too", async ({ page }) => {
  await openSchedule(page, "\n    - cron: '*/15 * * * *'\n");
  const often = form(page).getByRole("combobox", { name: "How often" });
  await expect(often).toHaveValue("minutes");
  const minutes = form(page).getByRole("combobox", { name: "How many minutes" });
  await expect(minutes).toHaveValue("15");
  await minutes.selectOption("20");
  await expect.poll(() => shownYaml(page)).toContain("- cron: '*/20 * * * *'\n");
  await often.selectOption("hours");
  await form(page).getByRole("combobox", { name: "How many hours" }).selectOption("8");
  await form(page).getByLabel("at minute").fill("5");
  await form(page).getByLabel("at minute").press("Enter");
  await expect.poll(() => shownYaml(page)).toContain("- cron: 5 */8 * * *\n");
  await picture(page, "schedule-step");
});

test("a schedule that comes too often says what GitHub does", async ({ page }) => {
  await openSchedule(page, "\n    - cron: '*/2 * * * *'\n");
  await expect(form(page).getByText("GitHub starts a schedule at most every 5 minutes, so not all of these times count.")).toBeVisible();
  await expect(form(page).getByRole("combobox", { name: "How many minutes" })).toHaveValue("2");
  await form(page).getByRole("combobox", { name: "How many minutes" }).selectOption("5");
  await expect(form(page).getByText(/so not all of these times count/)).toHaveCount(0);
});

test("a schedule that is a text is shown as it stands, and mended at one press", async ({ page }) => {
  await openSchedule(page, "\n    - '0 1 * * *'\n    - cron: '0 2 * * *'\n");
  const yaml = form(page).getByRole("textbox", { name: "This schedule as YAML" });
  await expect(yaml).toHaveValue("'0 1 * * *'");
  await expect(form(page).locator("[data-field='on.schedule[0]'] .field-problem")).toBeVisible();
  await picture(page, "schedule-text");
  await form(page).getByRole("button", { name: "Write it as cron: 0 1 * * *" }).click();
  await expect.poll(() => shownYaml(page)).toContain("  schedule:\n    - cron: 0 1 * * *\n    - cron: '0 2 * * *'\n");
  await expect(yaml).toHaveCount(0);
  await expect(form(page).getByRole("textbox", { name: /^Cron|^When|^Time/ }).first()).toHaveValue("0 1 * * *");
});

for (const [name, cron] of [["that no builder makes", "*/5 9-17 * * MON-FRI"], ["that is none", "nope"]]) {
  test(`from a schedule ${name} another rhythm can be chosen`, async ({ page }) => {
    await openSchedule(page, `\n    - cron: '${cron}'\n`);
    const often = form(page).getByRole("combobox", { name: "How often" });
    await expect(often).toHaveValue("written");
    await expect(often.getByRole("option", { name: "As written below" })).toHaveCount(1);
    await often.selectOption("daily");
    await expect.poll(() => shownYaml(page)).toMatch(/- cron: '?17 6 \* \* \*'?\n/);
    await expect(often).toHaveValue("daily");
    await expect(often.getByRole("option", { name: "As written below" })).toHaveCount(0);
  });
}

test("a schedule that is none is said to be none on the graph", async ({ page }) => {
  await openWorkflow(page, workflow("\n    - cron: nope\n"));
  await expect(graph(page).getByText("Not a valid schedule")).toBeVisible();
  await expect(graph(page).getByText(/At nope|UTC/)).toHaveCount(0);
});

test("a leap day is said to be one", async ({ page }) => {
  await openSchedule(page, "\n    - cron: '30 2 29 2 *'\n");
  await expect(form(page).getByText("At 02:30, on 29 February in leap years")).toBeVisible();
});

test("a time that the clocks skip comes when they go on, and an offset is no time zone", async ({ page }) => {
  await page.clock.setFixedTime(new Date("2027-03-12T12:00:00Z"));
  await openSchedule(page, "\n    - cron: '30 2 * * *'\n      timezone: America/New_York\n");
  const runs = form(page).getByRole("list", { name: "Next runs" }).getByRole("listitem");
  await form(page).getByRole("combobox", { name: "Next runs, by the clocks of" }).selectOption("America/New_York");
  await expect(runs).toHaveText([/03-13 02:30$/, /03-14 03:00$/, /03-15 02:30$/, /03-16 02:30$/, /03-17 02:30$/]);
  await openSchedule(page, "\n    - cron: '30 2 * * *'\n      timezone: '+02:00'\n");
  await expect(form(page).getByText("there is no time zone +02:00")).toBeVisible();
  await expect(runs).toHaveCount(0);
});
