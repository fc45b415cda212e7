// A lesson: a wrong answer is shown by an event, hints come one by one, the right answer is kept; progress goes out and in.
import { code, expectYaml, fileDialog, run, shownYaml, take } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const lesson = (page) => page.getByRole("complementary", { name: "Lesson" });

async function openLesson(page, title) {
  await open(page);
  await page.getByRole("button", { name: "Show the lessons" }).click();
  await page.getByRole("link", { name: new RegExp(`^${title}`) }).click();
  await expect(lesson(page)).toContainText("Your task");
  await run(page, "plain text field");
}

/** Replaces the whole text, in the plain field, which does not indent by itself. */
const write = (page, text) => code(page).getByRole("textbox").fill(text);

test("a wrong answer meets the event that shows it, the right one is done", async ({ page }) => {
  await openLesson(page, "First test, then deploy");
  await expect(lesson(page)).toContainText("Your task");
  const start = await shownYaml(page);
  await write(page, start.replace("  deploy:\n", "  deploy:\n    needs: test\n"));
  await expect(lesson(page)).toContainText("The linter fails");
  await lesson(page).getByRole("button", { name: "Show what happens" }).click();
  const answer = page.getByRole("region", { name: "What happens" });
  await expect(answer.getByRole("button", { name: /^deploy/ })).toContainText("runs");

  await write(page, start.replace("  deploy:\n", "  deploy:\n    needs: [lint, test]\n"));
  await expect(lesson(page)).toContainText("Done: the workflow does what it should.");
  await lesson(page).getByRole("button", { name: /^Next: / }).click();
  await expect(page).toHaveURL(/#lesson=jobs-matrix$/);

  // Everything is as it was left, also after a reload.
  await page.goto("./#learn");
  await page.reload();
  await expect(page.getByText(/^1 of \d+ lessons done$/)).toBeVisible();
  await page.getByRole("link", { name: /^First test, then deploy/ }).click();
  await expect.poll(() => shownYaml(page)).toContain("needs: [lint, test]");
  await expect(lesson(page)).toContainText("Done");
});

test("hints come one by one, then a solution", async ({ page }) => {
  await openLesson(page, "Say hello on every push");
  const start = await shownYaml(page);
  const hints = lesson(page).getByRole("listitem");
  for (const at of [1, 2, 3]) {
    await lesson(page).getByRole("button", { name: new RegExp(`^Show a hint \\(${at} of`) }).click();
  }
  await expect(hints.filter({ hasText: "echo" })).not.toHaveCount(0);
  await lesson(page).getByRole("button", { name: "Show a solution" }).click();
  await lesson(page).getByRole("button", { name: "Put it into the editor" }).click();
  await expect(lesson(page)).toContainText("Done");
  await lesson(page).getByRole("button", { name: "Start over" }).click();
  await expectYaml(page, start);
});

test("progress is exported and imported", async ({ page }) => {
  await openLesson(page, "Say hello on every push");
  await write(page, "on: push\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n    - run: echo hello\n");
  await expect(lesson(page)).toContainText("Done");
  await lesson(page).getByRole("link", { name: "All lessons" }).click();
  const offered = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export progress" }).click();
  const file = await take(await offered);
  expect(JSON.parse(file.text).done).toEqual(["first-hello"]);

  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByText(/^0 of \d+ lessons done$/)).toBeVisible();
  const dialog = await fileDialog(page, () => page.getByRole("button", { name: "Import progress" }).click());
  await dialog.setFiles({ name: file.name, mimeType: "application/json", buffer: file.bytes });
  await expect(page.getByText(/^1 of \d+ lessons done$/)).toBeVisible();
});

test("on a phone the lesson is a pane @phone", async ({ page }) => {
  await open(page, "#lesson=first-hello");
  const pane = page.getByRole("region", { name: "Lesson" });
  await expect(pane).toContainText("Your task");
  await page.getByRole("tab", { name: "YAML" }).tap();
  await expect(pane).toBeHidden();
  await page.getByRole("tab", { name: "Lesson" }).tap();
  await expect(pane).toContainText("Your task");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
