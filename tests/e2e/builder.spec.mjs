// The builder of expressions stands still while somebody types in it, and all of it can be seen.
import { expectAccessible } from "./support/axe.mjs";
import { chooseFile, form, graph, step } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, open, test } from "./support/test.mjs";

const text = `on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  deploy:
    needs: lint
    runs-on: ubuntu-latest
    steps:
      - name: Deploy
        run: ./deploy.sh
        env:
          KEY: \${{ secrets.DEPLOY_KEY }}
          REGION: \${{ vars.REGION }}
          TOKEN: \${{ secrets.TEST_TOKEN }}
`;

/** Reads two unknown names and two that have no value, and finds many offers and none. */
const EXPRESSION = "steps.a.outputs.b == 'c' && vars.REGION == 'eu' && needs.lin.result == github.actor";

const builder = (page) => page.getByRole("dialog", { name: "Insert an expression" });
const search = (page) => builder(page).getByRole("combobox", { name: "Search" });
const opener = (page, field) =>
  form(page).getByRole("button", { name: new RegExp(`^Insert an? .*expression into ${field}$`) });

/** Opens the form of the step Deploy in a window of that size. */
async function openStep(page, width, height) {
  await page.setViewportSize({ width, height });
  await open(page);
  await chooseFile(page, "ci.yml", text);
  await step(page, "Deploy").click();
  if (width < 1440) {
    const panes = page.getByRole("tab", { name: "Form" }).or(page.getByRole("radio", { name: "Form", exact: true }));
    await panes.first().click();
  }
  // The editor of the script is the last to come.
  await expect(form(page).locator(".script-editor .view-line").first()).toBeVisible();
}

/** Writes down, frame by frame, every place in which the builder, its field and the form stand. */
const watch = (page) =>
  page.evaluate(() => {
    window.places = new Set();
    const look = () => {
      const panel = document.querySelector(".picker-panel");
      if (!panel) return;
      const of = (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left, top, width, height].join(" ");
      };
      const pane = panel.closest(".pane-body");
      const parts = [panel, panel.querySelector("input"), panel.querySelector("[role=listbox]").firstElementChild, panel.parentElement];
      const named = parts.map((part, at) => `${at}: ${part ? of(part).split(" ").slice(0, at === 2 ? 2 : 4) : ""}`);
      // The first offer is looked at while there is one.
      if (!parts[2]) named.splice(2, 1);
      for (const place of [...named, `pane: ${pane.scrollTop} ${pane.scrollHeight}`]) window.places.add(place);
      requestAnimationFrame(look);
    };
    look();
  });
const places = (page) => page.evaluate(() => [...window.places].sort());

/** The builder is seen as a whole, within its pane. */
async function expectWithin(page) {
  const [own, pane] = await builder(page).evaluate((panel) =>
    [panel, panel.closest(".pane-body")].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  );
  expect(own.left).toBeGreaterThanOrEqual(pane.left);
  expect(own.right).toBeLessThanOrEqual(pane.right);
  expect(own.top).toBeGreaterThanOrEqual(pane.top);
  expect(own.bottom).toBeLessThanOrEqual(pane.bottom);
}

for (const [width, height] of [[1440, 900], [768, 1024], [390, 844]]) {
  test(`nothing jumps while an expression is typed, at ${width} by ${height}`, async ({ page }) => {
    test.slow();
    await openStep(page, width, height);
    for (const field of ["Name", "Condition", "TOKEN"]) {
      await opener(page, field).click();
      await expect(search(page)).toBeFocused();
      await expectWithin(page);
      await watch(page);
      await page.keyboard.type(EXPRESSION, { delay: 20 });
      await expect(builder(page).getByRole("status")).toContainText("lint");
      await expect(builder(page).getByRole("textbox", { name: "Example of vars.REGION" })).toBeVisible();
      for (let back = 0; back < 20; back += 1) await page.keyboard.press("Backspace");
      const seen = await places(page);
      expect(seen, `${field}: places of the builder, its field, the first offer, the button and the form`).toHaveLength(5);
      await expectWithin(page);
      // What is typed as an example moves nothing either.
      const example = builder(page).getByRole("textbox", { name: "Example of vars.REGION" });
      await example.focus();
      const before = await example.boundingBox();
      await page.keyboard.type("eu", { delay: 40 });
      expect(await example.boundingBox()).toEqual(before);
      expect(await places(page)).toEqual(seen);
      await picture(page, `builder-${width}-${field}`);
      await page.keyboard.press("Escape");
      await expect(opener(page, field)).toBeFocused();
    }
  });
}

test("what the builder has no room for is scrolled within it", async ({ page }) => {
  await openStep(page, 390, 844);
  await opener(page, "TOKEN").click();
  await search(page).fill(EXPRESSION);
  await expect(builder(page).getByRole("combobox", { name: "For example when" })).toBeInViewport({ ratio: 1 });
  await search(page).press("ArrowUp");
  const marked = builder(page).getByRole("listbox").getByRole("option", { selected: true });
  await expect(marked).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  // A long list of mistakes is scrolled by the keys.
  const told = builder(page).getByRole("status");
  await search(page).fill("steps.a.outputs.b == steps.c.outputs.d && needs.lin.result == gith");
  await expect(builder(page).getByRole("option", { name: /^github\.ref / })).toHaveCount(1);
  await expect(told).toHaveAttribute("tabindex", "0");
  const last = told.locator(".field-problem").last();
  await expect(last).not.toBeInViewport();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 0.99 });
  await expectWithin(page);
  // Where nothing is offered, the room is theirs.
  await search(page).fill("steps.a.outputs.b == steps.c.outputs.d && needs.lin.result == matrix.os");
  await expect(builder(page).getByRole("listbox")).toBeHidden();
  await expect(told).not.toHaveAttribute("tabindex");
  for (const problem of await told.locator(".field-problem").all()) await expect(problem).toBeInViewport({ ratio: 1 });
});

test("the builder stays in its pane while the form is scrolled, and goes when somebody goes on", async ({ page }) => {
  await openStep(page, 1440, 600);
  await opener(page, "Name").click();
  const before = await builder(page).boundingBox();
  const pane = form(page).locator(".pane-body");
  const scrolled = () => pane.evaluate((pane) => pane.scrollTop);
  await pane.hover({ position: { x: 20, y: 60 } });
  await page.mouse.wheel(0, 60);
  await expect.poll(scrolled).toBe(60);
  await expect.poll(() => builder(page).boundingBox()).toEqual({ ...before, y: before.y - 60 });
  await page.mouse.wheel(0, 300);
  await expect.poll(scrolled).toBeGreaterThan(200);
  await expectWithin(page);
  expect((await builder(page).boundingBox()).height).toBe(before.height);
  await page.keyboard.press("Escape");
  await opener(page, "Condition").click();
  // A press beside what is told leaves the focus with it, one on nothing closes it.
  await builder(page).getByRole("status").click();
  await expect(builder(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(builder(page)).toBeHidden();
  await expect(opener(page, "Condition")).toBeFocused();
  await opener(page, "Condition").click();
  await opener(page, "Condition").click();
  await expect(builder(page)).toBeHidden();
  await opener(page, "Condition").click();
  await expect(search(page)).toBeFocused();
  await graph(page).click({ position: { x: 10, y: 400 } });
  await expect(builder(page)).toBeHidden();
});
