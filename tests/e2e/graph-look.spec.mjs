// What the graph shows, and where one looks: nothing lies over what is looked at, and all of it is told and seen.
import { card, expectYaml, form, graph, openWorkflow, step } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const calm = (page) =>
  page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
const apart = (one, other) =>
  one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;
const triggers = (page) => graph(page).locator(".graph-card.is-triggers");

for (const [name, text] of [["three triggers", "name: A\non:\n  push:\n  pull_request:\n  schedule:\n    - cron: '0 0 * * *'\n"], ["nothing", "\n"]]) {
  test(`that there is no job yet stands below the triggers, with ${name} in the file`, async ({ page }) => {
    await openWorkflow(page, text);
    for (const size of [{ width: 1440, height: 900 }, { width: 768, height: 1024 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      await expect(graph(page).getByText("No jobs yet")).toBeVisible();
      await calm(page);
      await expect
        .poll(async () => {
          const [start, note, pane] = await Promise.all(
            [triggers(page), graph(page).locator(".graph-empty"), graph(page).locator(".graph-view")].map((element) => element.boundingBox()),
          );
          const inside = note.x >= pane.x && note.x + note.width <= pane.x + pane.width && note.y + note.height <= pane.y + pane.height;
          return [apart(start, note), inside];
        })
        .toEqual([true, true]);
    }
  });
}

const text = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: a1
      - run: a2
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: b1
  last:
    needs: [build, test]
    runs-on: ubuntu-latest
    steps:
      - run: c1
`;

test("who takes the removal of a job back sees what they saw before it", async ({ page }) => {
  await openWorkflow(page, text);
  await graph(page).getByRole("button", { name: /^Show all/ }).click();
  await calm(page);
  const places = () =>
    graph(page).locator(".graph-card").evaluateAll((cards) => cards.map((card) => {
      const { x, y } = card.getBoundingClientRect();
      return `${card.dataset.job ?? ""} ${Math.round(x)} ${Math.round(y)}`;
    }));
  const before = await places();
  await card(page, "build").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Delete");
  await page.getByRole("dialog").getByRole("button").filter({ hasText: /Remove/ }).first().click();
  await expect(card(page, "build")).toHaveCount(0);
  await calm(page);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await calm(page);
  await expect.poll(places).toEqual(before);
});

test("a card that is gone to lies under neither the map nor a button", async ({ page }) => {
  const jobs = Array.from({ length: 60 }, (_, at) => `  job${at}:\n${at ? `    needs: job${Math.floor((at - 1) / 2)}\n` : ""}    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`);
  await openWorkflow(page, `on: push\njobs:\n${jobs.join("")}`);
  await card(page, "job0").focus();
  for (const key of ["End", "Home", "End", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"]) {
    await page.keyboard.press(key);
    await calm(page);
    const focused = await graph(page).locator(".graph-card:focus").boundingBox();
    for (const over of [".graph-map", ".graph-add", ".graph-tools"]) {
      expect(apart(focused, await graph(page).locator(over).boundingBox()), `${over} after ${key}`).toBe(true);
    }
  }
});

test("a step says its marks, also to who goes there by keys", async ({ page }) => {
  const steps = "      - name: One\n        if: github.sha == 'x'\n        run: a1\n      - name: Two\n        if: false\n        run: echo ${{ nothing.x }}\n";
  await openWorkflow(page, `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`);
  await expect(step(page, "One")).toHaveAccessibleName("Step One, under a condition");
  await expect(step(page, "Two")).toHaveAccessibleName(/^Step Two, switched off, 1 error/);
  await card(page, "a").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(graph(page).locator(".graph > [role=status]")).toHaveText(/^Step 2 of 2: Two, switched off, 1 error/);
});

test("a field over the title says what it changes, and a matrix of nothing that nothing comes of it", async ({ page }) => {
  await openWorkflow(page, "on: push\njobs:\n  publish:\n    name: Publish it\n    runs-on: x\n    strategy:\n      matrix:\n        os: []\n    steps:\n      - run: a\n");
  const publish = graph(page).getByRole("treeitem", { name: /^Job Publish it/ });
  await expect(publish).toHaveAccessibleName(/matrix ×0: No job comes of its matrix/);
  await publish.focus();
  await page.keyboard.press("F2");
  await expect(graph(page).getByRole("textbox", { name: "Name of job publish, as people see it" })).toBeFocused();
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("edges, ports and fields stand out from what they lie on, and so does the text of what is switched off", async ({ page }) => {
      await openWorkflow(page, text.replace("  test:\n", "  test:\n    if: false\n"));
      const found = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        const light = (colour) => {
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
            const share = part / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        };
        const contrast = (one, other) => {
          const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        };
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (colour !== "rgba(0, 0, 0, 0)") return colour;
          }
        };
        const opacity = (element) => (element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1);
        const plane = document.querySelector(".graph-view");
        const edge = document.querySelector(".graph-edge:not(.is-lit) .graph-edge-line");
        const port = [...document.querySelectorAll(".graph-port.is-used")].at(-1);
        const field = document.querySelector(".form input:not([type=checkbox])");
        const off = [...document.querySelectorAll(".graph-card.is-off :is(.graph-card-title, .graph-card-below, .graph-step-title)")];
        return {
          edge: contrast(getComputedStyle(edge).stroke, ground(plane)),
          port: contrast(getComputedStyle(port).backgroundColor, ground(plane)),
          field: contrast(getComputedStyle(field).borderTopColor, ground(field.parentElement)),
          off: Math.min(...off.map((text) => contrast(getComputedStyle(text).color, ground(text)) * (opacity(text) < 1 ? 0 : 1))),
        };
      });
      expect(found.edge).toBeGreaterThanOrEqual(3);
      expect(found.port).toBeGreaterThanOrEqual(3);
      expect(found.field).toBeGreaterThanOrEqual(3);
      expect(found.off).toBeGreaterThanOrEqual(4.5);
    });
  });
}

test("what nobody has moved stays in view when its pane shrinks, and what somebody has moved stays where it is", async ({ page }) => {
  const jobs = ["a", "b", "c", "d"].map((id) => `  ${id}:\n    runs-on: ubuntu-latest\n    steps: [run: ${id}]\n`).join("");
  await openWorkflow(page, `on: push\njobs:\n${jobs}`);
  const within = async () => {
    const pane = await page.locator(".graph-view").boundingBox();
    for (const id of ["a", "b", "c", "d"]) {
      const box = await card(page, id).boundingBox();
      if (box.x < pane.x || box.x + box.width > pane.x + pane.width || box.y + box.height > pane.y + pane.height) return false;
    }
    return true;
  };
  await expect.poll(within).toBe(true);
  await page.setViewportSize({ width: 1000, height: 560 });
  await expect.poll(within).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(within).toBe(true);
  // Moved by hand, it keeps its place.
  const view = await page.locator(".graph-view").boundingBox();
  await page.mouse.move(view.x + view.width / 2, view.y + view.height - 20);
  await page.mouse.wheel(40, 0);
  const before = await card(page, "a").boundingBox();
  await page.setViewportSize({ width: 1440, height: 700 });
  await page.waitForTimeout(300);
  expect((await card(page, "a").boundingBox()).y).toBeCloseTo(before.y, 0);
});

test("who has moved the view by its ground or by the map goes on by the keys of the graph", async ({ page }) => {
  const jobs = Array.from({ length: 40 }, (_, at) => `  j${at}:\n    runs-on: ubuntu-latest\n${at > 7 ? `    needs: j${at - 8}\n` : ""}    steps: [{ run: x }]\n`);
  await openWorkflow(page, `on: push\njobs:\n${jobs.join("")}`);
  const map = page.locator(".graph-map");
  const plane = page.locator(".graph-plane");
  const place = () => plane.evaluate((plane) => plane.style.transform);
  const view = await page.locator(".graph-view").boundingBox();
  for (const press of [
    () => page.mouse.click(view.x + 40, view.y + view.height - 90),
    () => map.click(),
  ]) {
    await press();
    const before = await place();
    await page.keyboard.press("0");
    await expect.poll(place).not.toBe(before);
    for (let times = 0; times < 8; times++) await page.keyboard.press("+");
    await expect(map).toBeVisible();
    await expect(page.locator(".graph-view:focus, .graph-view :focus")).toHaveCount(1);
  }
  await page.keyboard.press("Tab");
  await expect(page.locator(".graph-view :focus")).toHaveCount(1);
  await form(page).getByRole("textbox", { name: "Name", exact: true }).click();
  await map.click();
  await page.keyboard.press("n");
  await expect(card(page, "new-job").or(page.locator("[data-node='41']"))).toHaveCount(1);
});

test("no text sticks out of its card, near or from afar, however long it is", async ({ page }) => {
  const words = ["WWWWWWWWWWWW", "mmmmmmmmmmmmmm", "iiiiiiiiiiiiiiiiiiiiiiiiiiii", "Check out the code of it", "日本語日本語日本語日本語", "A@%W&M build", "short"];
  const job = (word, at) => `  j${at}:
    name: '${word}'
    runs-on: ${at % 2 ? "ubuntu-24.04-arm" : "macos-latest-xlarge"}
    strategy: { matrix: { n: [1, 2, 3] } }
    steps:
      - name: '${word}'
        run: make
      - name: '${word} ${word}'
        if: always()
        run: make
      - name: '${word}'
        if: false
        uses: a/b@${"1".repeat(7)}
`;
  await openWorkflow(page, `on: push\njobs:\n${words.map(job).join("")}`);
  for (const scale of ["near", "far"]) {
    if (scale === "far") {
      await graph(page).locator(".graph-view").hover();
      await page.keyboard.down("Control");
      for (let at = 0; at < 12; at++) await page.mouse.wheel(0, 120);
      await page.keyboard.up("Control");
      await expect(graph(page).locator(".graph-plane.is-far")).toHaveCount(1);
    }
    const out = () =>
      graph(page)
        .locator(".graph-card-title, .graph-card-below, .graph-step-title")
        .evaluateAll((texts, far) =>
          texts
            .filter((text) => !(far && text.matches(".graph-step-title")) && getComputedStyle(text).overflowX === "visible")
            .filter((text) => text.scrollWidth > text.clientWidth)
            .map((text) => text.textContent), scale === "far");
    await expect.poll(out).toEqual([]);
  }
  // What fits is not cut at all.
  await expect(graph(page).locator("[data-job=j6] .graph-step-title").first()).not.toHaveClass(/is-cut/);
});

test("the map shows which jobs have an error or a warning; a hint is told by the card alone", async ({ page }) => {
  const job = (id, lines) => `  ${id}:\n    runs-on: ubuntu-latest\n${lines}    steps:\n      - run: make\n`;
  const jobs = [
    job("wrong", "    timeout: 5\n"),
    job("doubtful", "    needs: [hinted, hinted]\n"),
    job("hinted", "    outputs:\n      made: x\n"),
    ...Array.from({ length: 40 }, (_, at) => job(`fine-${at}`, "    needs: hinted\n")),
  ];
  await openWorkflow(page, `on: push\njobs:\n${jobs.join("")}`);
  const map = graph(page).locator(".graph-map");
  await expect(map).toBeVisible();
  await expect(card(page, "hinted").locator(".graph-problem.is-hint").first()).toBeAttached();
  const painted = () =>
    map.locator(".graph-map-card").evaluateAll((paths) =>
      paths.map((path) => ({ fill: getComputedStyle(path).fill, cards: (path.getAttribute("d").match(/M/g) ?? []).length })),
    );
  await expect.poll(async () => (await painted()).map((path) => path.cards)).toEqual([expect.any(Number), 1, 1]);
  const [plain, warned, failed] = await painted();
  expect(new Set([plain.fill, warned.fill, failed.fill]).size).toBe(3);
  // All others, with the triggers.
  expect(plain.cards).toBe(42);
});
