// A job whose id another job above has, as when one was pasted: it is told apart, gets an id of its own, or goes.
import { card, crumbs, expectMarked, expectYaml, form, graph, openWorkflow, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const first = "  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo one\n";
const second = "  # pasted\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: echo two\n";
const third = "  b:\n    needs: a\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo three\n";
const text = `on: push\njobs:\n${first}${second}${third}`;
const TAKEN = "Another job above is called a too; GitHub rejects the file. Give this one an id of its own to work on it.";
const head = { position: { x: 40, y: 12 } };
const twin = (page) => card(page, "a").nth(1);

test.beforeEach(({ page }) => openWorkflow(page, text));

test("a pasted job is told from the one above and gets an id of its own", async ({ page }) => {
  await twin(page).click(head);
  await expect(twin(page)).toHaveAttribute("aria-selected", "true");
  await expect(card(page, "a").first()).toHaveAttribute("aria-selected", "false");
  await expect(twin(page)).toHaveAccessibleName(/another job has its id/);
  await expect(form(page)).toContainText(TAKEN);
  await expect(crumbs(page).getByRole("button", { name: "a", exact: true })).toBeVisible();
  await expectMarked(page, 8, 11);

  const id = form(page).getByRole("textbox", { name: "An id of its own" });
  await expect(id).toHaveValue("a-2");
  await id.fill("b");
  await id.press("Enter");
  await expect(toast(page, /already/)).toBeVisible();
  await id.fill("a-2");
  await id.press("Enter");
  await expectYaml(page, text.replace(second, second.replace("a:", "a-2:")));
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toHaveValue("a-2");
  await expect(form(page).getByRole("textbox", { name: /^Id of the job/ })).toBeFocused();
});

test("nothing else reaches a pasted job, by hand or by keys, and none takes the job above for it", async ({ page }) => {
  const told = async () => {
    await expect(toast(page, TAKEN)).toBeVisible();
    await expectYaml(page, text);
  };
  await step(page, "Run echo two").click();
  await expect(form(page)).toContainText(TAKEN);
  await expect(step(page, "Run echo one")).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("d");
  await told();
  await page.keyboard.press("Delete");
  await told();
  await card(page, "b").click(head);
  await expect(form(page).getByRole("group", { name: "Jobs that must be done first" }).getByRole("checkbox")).toHaveCount(1);
  await twin(page).click(head);
  await page.keyboard.press("d");
  await told();
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await told();
});

test("a pasted job goes alone, with its comment, from the form and by the key", async ({ page }) => {
  await twin(page).click(head);
  await form(page).getByRole("button", { name: "Remove this one" }).click();
  await expectYaml(page, text.replace(second, ""));
  await toast(page, "Remove the other job a").getByRole("button", { name: "Undo" }).click();
  await expectYaml(page, text);
  await card(page, "a").first().click(head);
  await page.keyboard.press("ArrowRight");
  await expect(twin(page)).toBeFocused();
  await page.keyboard.press("Delete");
  await expectYaml(page, text.replace(second, ""));
});

test("no hand reaches a pasted job: not to take a step out of it, nor to put one or an edge onto it", async ({ page }) => {
  const carry = async (from, to) => {
    const middle = async (element) => {
      const { x, y, width, height } = await element.boundingBox();
      return [x + width / 2, y + height / 2];
    };
    await page.mouse.move(...(await middle(from)));
    await page.mouse.down();
    await page.mouse.move(...(await middle(to)), { steps: 8 });
    await page.mouse.up();
  };
  const told = async (what) => {
    await expect(toast(page, TAKEN), what).toBeVisible();
    await expectYaml(page, text);
    await page.keyboard.press("Escape");
  };
  const port = (job, which) => job.locator(`[data-port="${which}"]`);
  const b = card(page, "b");
  await carry(step(page, "Run echo two"), step(page, "Run echo three"));
  await told("a step out of it");
  await carry(step(page, "Run echo three"), step(page, "Run echo two"));
  await told("a step onto it");
  await b.hover();
  const said = async (what) => {
    await expect(graph(page).locator(".graph-reason"), what).toContainText(TAKEN);
    await expectYaml(page, text);
    await page.keyboard.press("Escape");
  };
  await carry(port(b, "out"), twin(page));
  await said("an edge onto it");
  await twin(page).hover();
  await carry(port(twin(page), "out"), b);
  await said("an edge out of it");
  await twin(page).click({ ...head, button: "right" });
  await page.getByRole("menuitem", { name: "Add a job after it" }).click();
  await told("a job that waits for it");
});
