// Lists of short values: what is pasted into them, how they get another order, and where the keys are afterwards.
import { card, expectYaml, form, graph, openWorkflow, replaced, shownYaml } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: z}]\n";
const pushed = (branches) => `on:\n  push:\n    branches:${branches}\n${jobs}`;
const lined = (...names) => pushed(names.map((name) => `\n      - ${name}`).join(""));
const chip = (page, name) => form(page).getByRole("button", { name: `Change ${name}`, exact: true });
const chips = (page) => form(page).locator(".chip-text");
const branches = (page) => form(page).getByRole("textbox", { name: "Branches", exact: true });
const undo = (page) => page.keyboard.press("ControlOrMeta+z");

async function openPush(page, text) {
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /^Code is pushed/ }).first().click();
  await expect(branches(page)).toBeVisible();
}

/** What a browser does when somebody pastes `text` into the field that has the focus. */
async function paste(page, text) {
  const [context] = page.context().browser().contexts();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+v");
}

const middle = async (element) => {
  const { x, y, width, height } = await element.boundingBox();
  return [x + width / 2, y + height / 2];
};

test("every line that is pasted becomes a value, and so do items of a list in YAML", async ({ page }) => {
  const text = pushed(" [old]");
  await openPush(page, text);
  await branches(page).focus();
  await paste(page, "main\nrelease/**\n");
  await expectYaml(page, replaced(text, "[old]", "[old, main, release/**]"));
  await expect(branches(page)).toBeFocused();
  await expect(branches(page)).toHaveValue("");
  await undo(page);
  await expectYaml(page, text);

  await branches(page).focus();
  await paste(page, "branches:\n  - 'main' # all\n  - \"release/**\"\n");
  await expectYaml(page, replaced(text, "[old]", "[old, main, release/**]"));
  await undo(page);
  await expectYaml(page, text);

  // With what is typed around it.
  await branches(page).pressSequentially("fea");
  await paste(page, "ture/**\nmain");
  await expectYaml(page, replaced(text, "[old]", "[old, feature/**, main]"));
  await undo(page);
  await expectYaml(page, text);

  // One line is typed on.
  await branches(page).focus();
  await paste(page, "v1, v2");
  await expect(branches(page)).toHaveValue("v1, v2");
  await expectYaml(page, text);
  await page.keyboard.press("Enter");
  await expectYaml(page, replaced(text, "[old]", "[old, v1, v2]"));

  // In the place of a value.
  await chip(page, "v1").click();
  await paste(page, "one\ntwo");
  await expectYaml(page, replaced(text, "[old]", "[old, one, two, v2]"));
  await expect(chip(page, "one")).toBeFocused();
});

test("lines are pasted into options and into a row of the matrix, too", async ({ page }) => {
  const dispatch = "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\n        options: [x]\n";
  const matrix = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        node: [18]\n    steps: [{run: z}]\n";
  const text = dispatch + matrix;
  await openWorkflow(page, text);
  await form(page).getByRole("button", { name: /by hand/ }).click();
  await form(page).getByRole("textbox", { name: /^Options/ }).focus();
  await paste(page, "a, b\n- 'c'\n");
  const first = replaced(text, "[x]", "[x, 'a, b', c]");
  await expectYaml(page, first);

  await card(page, "a").click();
  await form(page).getByRole("textbox", { name: "Another value of node" }).focus();
  await paste(page, "- 20\n- '22'\n");
  await expectYaml(page, replaced(first, "[18]", "[18, 20, '22']"));
  await undo(page);
  await expectYaml(page, first);
  await form(page).getByRole("button", { name: "Change 18" }).click();
  await paste(page, "19\n20");
  await expect.poll(() => shownYaml(page)).toContain("node: [19, 20]");
  await undo(page);
  await expectYaml(page, first);
});

test("a list in brackets that is pasted is its values, and one of settings as well", async ({ page }) => {
  const row = (node) => `on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        node: ${node}\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \${{ matrix.node }}\n`;
  await openWorkflow(page, row("[18]"));
  await card(page, "a").click();
  await form(page).getByRole("textbox", { name: "Another value of node" }).focus();
  await paste(page, "[20, '22']");
  await expectYaml(page, row("[18, 20, '22']"));
  await undo(page);
  await expectYaml(page, row("[18]"));
});

test("lines, cells and commas that are pasted for a new row of the matrix are its values", async ({ page }) => {
  const rows = (row) => `on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [ubuntu-latest]\n${row}    runs-on: \${{ matrix.os }}\n    steps:\n      - run: echo \${{ matrix.node }}\n`;
  await openWorkflow(page, rows(""));
  await card(page, "a").click();
  const name = form(page).getByRole("textbox", { name: "Name of the new row" });
  const values = form(page).getByRole("textbox", { name: "Its values, with commas between them" });
  for (const [pasted, shown, written] of [
    ["18\n20\n", "18, 20", "[18, 20]"],
    ["18\t20", "18, 20", "[18, 20]"],
    ["node:\n  # ours\n  - 18\n  - '20' # old\n", "18, '20'", "[18, '20']"],
    ["18, 20", "18, 20", "[18, 20]"],
  ]) {
    await name.fill("node");
    await values.focus();
    await paste(page, pasted);
    await expect(values).toHaveValue(shown);
    await expectYaml(page, rows(""));
    await page.keyboard.press("Enter");
    await expectYaml(page, rows(`        node: ${written}\n`));
    await undo(page);
    await expectYaml(page, rows(""));
  }
  // What is pasted is typed on, and taken back like what is typed.
  await values.focus();
  await page.keyboard.type("16, ");
  await paste(page, "18\n20");
  await page.keyboard.type(", 22");
  await expect(values).toHaveValue("16, 18, 20, 22");
  for (let pressed = 0; pressed < 6; pressed += 1) await undo(page);
  await expect(values).toHaveValue("");
  // Comments alone are no values, and that is told where they were pasted.
  await paste(page, "# one\n# two\n");
  await expect(values).toHaveValue("");
  await expect(form(page).getByText("What you paste holds only comments")).toBeVisible();
});

test("cells that are pasted are values each, and comments are none", async ({ page }) => {
  const text = pushed(" []");
  await openPush(page, text);
  await branches(page).focus();
  await paste(page, "main\tdev");
  await expect(chips(page)).toHaveText(["main", "dev"]);
  await expectYaml(page, replaced(text, "[]", "[main, dev]"));
  await undo(page);
  await expectYaml(page, text);
  await branches(page).focus();
  await paste(page, "# ours\nmain\n  # of old\ndev\n");
  await expect(chips(page)).toHaveText(["main", "dev"]);
  await expectYaml(page, replaced(text, "[]", "[main, dev]"));
});

test("comments that are pasted alone are no values, and what is typed stays", async ({ page }) => {
  const text = pushed(" [old]");
  await openPush(page, text);
  for (const comments of ["# x", "# x\n", "# one\n#\n  # two\n"]) {
    await branches(page).focus();
    await paste(page, comments);
    await expect(page.locator(".toasts")).toContainText("only comments");
    await expect(branches(page)).toHaveValue("");
    await expect(branches(page)).toBeFocused();
    await page.locator(".toasts").getByRole("button", { name: "Dismiss" }).click();
  }
  await branches(page).focus();
  await page.keyboard.type("fea");
  await paste(page, "# one\n# two\n");
  await expect(branches(page)).toHaveValue("fea");
  await expectYaml(page, text);
  // A name that begins with the sign is one.
  await branches(page).fill("");
  await paste(page, "#1\n#2");
  await expect(chips(page)).toHaveText(["old", "#1", "#2"]);
});

test("a value is dragged to its place, and a press changes it all the same", async ({ page }) => {
  const names = Array.from({ length: 12 }, (_, at) => `branch-number-${at}`);
  const text = lined(...names);
  await openPush(page, text);
  const [from, to] = [await middle(chip(page, "branch-number-1")), await middle(chip(page, "branch-number-9"))];
  expect(to[1], "the chips take several lines").toBeGreaterThan(from[1] + 10);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 10, from[1] + 4, { steps: 3 });
  await page.mouse.move(...to, { steps: 6 });
  await expect(form(page).locator(".chip.takes-behind")).toHaveText("branch-number-9");
  await page.mouse.up();
  const moved = [names[0], ...names.slice(2, 10), names[1], ...names.slice(10)];
  await expect(chips(page)).toHaveText(moved);
  await expectYaml(page, lined(...moved));
  await expect(chip(page, "branch-number-1")).toBeFocused();
  await undo(page);
  await expectYaml(page, text);

  // Escape lets go of it, and leaves neither the form nor the list.
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 6 });
  await expect(form(page).locator(".chip.takes-behind")).toHaveText("branch-number-9");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(form(page).locator(".chip.is-dragged")).toHaveCount(0);
  await expect(chips(page)).toHaveText(names);
  await expectYaml(page, text);

  // Let go of elsewhere, it stays.
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] - 300, from[1] + 200, { steps: 5 });
  await page.mouse.up();
  await expectYaml(page, text);
  await expect(form(page).locator(".chip.is-dragged")).toHaveCount(0);

  await chip(page, "branch-number-1").click();
  await expect(branches(page)).toHaveValue("branch-number-1");
  await page.keyboard.press("Escape");
  await expect(chip(page, "branch-number-1")).toBeFocused();
  await page.keyboard.press("Alt+ArrowLeft");
  await expectYaml(page, lined(names[1], names[0], ...names.slice(2)));
  await expect(chip(page, "branch-number-1")).toBeFocused();
});

test("a finger that rests on a value drags it, and one that moves at once does not @phone", async ({ page }) => {
  const names = Array.from({ length: 6 }, (_, at) => `branch-number-${at}`);
  await open(page);
  await page.getByRole("button", { name: "Paste YAML" }).tap();
  await page.getByRole("textbox", { name: "YAML to open" }).fill(lined(...names));
  await page.getByRole("button", { name: "Open", exact: true }).tap();
  await page.getByRole("tablist", { name: "Panes" }).getByRole("tab", { name: "Form" }).tap();
  await form(page).getByRole("button", { name: /^Code is pushed/ }).first().tap();
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y, id: 1 }] });
  const drag = async (rest) => {
    const [from, to] = [await middle(chip(page, "branch-number-4")), await middle(chip(page, "branch-number-0"))];
    await touch("touchStart", ...from);
    await page.waitForTimeout(rest);
    for (const part of [0.2, 0.4, 0.6, 0.8, 1]) {
      await touch("touchMove", from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part);
      await page.waitForTimeout(16);
    }
    await touch("touchEnd");
    await expect(form(page).locator(".chip.is-dragged")).toHaveCount(0);
  };
  await expect(chip(page, "branch-number-0")).toBeVisible();
  await drag(0);
  await page.waitForTimeout(500);
  await expect(chips(page)).toHaveText(names);
  await drag(600);
  await expect(chips(page)).toHaveText([names[4], ...names.slice(0, 4), names[5]]);
  await expect(chip(page, "branch-number-4")).toBeFocused();
});

test("a blank line goes on setting the values apart", async ({ page }) => {
  const text = "on:\n  push:\n    branches:\n      - main\n      - dev # D\n\n      # old\n      - x\n      - y\n" + jobs;
  await openPush(page, text);
  await chip(page, "dev").focus();
  await page.keyboard.press("Alt+ArrowLeft");
  const swapped = text.replace("      - main\n      - dev # D\n", "      - dev # D\n      - main\n");
  await expectYaml(page, swapped);
  await page.keyboard.press("Delete");
  await expectYaml(page, text.replace("      - dev # D\n", ""));
  await expect(chip(page, "main")).toBeFocused();
});

test.describe("where an anchor repeats the list", () => {
  const text = `on:\n  push:\n    branches: &all [main, dev, v1]\n  pull_request:\n    branches: *all\n${jobs}`;
  const question = (page) => page.getByRole("dialog", { name: "Change it everywhere, or here alone?" });
  const answers = [
    ["Change it for all", (list) => text.replace("[main, dev, v1]", list)],
    ["Detach and change it here", undefined],
    ["Cancel", () => text],
  ];
  const answer = async (page, name) => {
    await question(page).getByRole("button", { name, exact: true }).click();
    await expect(question(page)).toBeHidden();
  };
  const acts = {
    changes: [
      async (page) => {
        await chip(page, "dev").click();
        await page.keyboard.type("next");
        await page.keyboard.press("Enter");
      },
      "[main, next, v1]",
      ["next", "dev"],
    ],
    moves: [(page) => chip(page, "main").press("Alt+ArrowRight"), "[dev, main, v1]", ["main", "main"]],
    removes: [(page) => chip(page, "v1").press("Delete"), "[main, dev]", ["dev", "v1"]],
    empties: [
      async (page) => {
        await chip(page, "dev").click();
        await page.keyboard.press("Delete");
        await page.keyboard.press("Enter");
      },
      "[main, v1]",
      ["v1", "dev"],
    ],
  };
  for (const [what, [act, list, [there, else_]]] of Object.entries(acts)) {
    test(`whoever ${what} a value is at it, or at its neighbour, after any answer`, async ({ page }) => {
      await openPush(page, text);
      for (const [name, after] of answers) {
        await act(page);
        await expect(question(page)).toBeVisible();
        await answer(page, name);
        if (after) await expectYaml(page, after(list));
        else await expect.poll(() => shownYaml(page)).toContain(`branches: ${list}\n`);
        await expect(chip(page, name === "Cancel" ? else_ : there)).toBeFocused();
        if (name !== "Cancel") await undo(page);
        await expectYaml(page, text);
      }
    });
  }

  test("whoever leaves a changed value for another place answers by no key that comes then", async ({ page }) => {
    await openPush(page, text);
    const files = form(page).getByRole("textbox", { name: "Files", exact: true });
    await chip(page, "dev").click();
    await page.keyboard.type("next");
    await files.click();
    await expect(question(page)).toBeVisible();
    // No key that is typed on with is an answer.
    await expect(question(page).locator(".question-text")).toBeFocused();
    await answer(page, "Change it for all");
    await expectYaml(page, text.replace("[main, dev, v1]", "[main, next, v1]"));
    // Where they have gone, they are.
    await expect(files).toBeFocused();
  });

  test("what is pressed to leave a changed value is done after the answer", async ({ page }) => {
    await openPush(page, text);
    const change = async () => {
      await chip(page, "dev").click();
      await page.keyboard.type("next");
    };
    const changed = text.replace("[main, dev, v1]", "[main, next, v1]");
    // The change makes the list anew, and with it what was pressed.
    await change();
    await form(page).getByRole("button", { name: "Change v1", exact: true }).click();
    await expect(question(page)).toContainText("After the answer: Change v1.");
    await answer(page, "Change it for all");
    await expectYaml(page, changed);
    await expect(branches(page)).toBeFocused();
    await expect(branches(page)).toHaveValue("v1");
    await page.keyboard.press("Escape");
    await undo(page);
    await expectYaml(page, text);

    // Whoever wants the change nowhere is where they were, and nothing is pressed.
    await change();
    const type = form(page).getByRole("button", { name: "Remove main", exact: true });
    await type.click();
    await answer(page, "Cancel");
    await expectYaml(page, text);
    await expect(form(page).locator(":focus")).toHaveCount(1);

    await change();
    await graph(page).getByRole("treeitem", { name: /^Job a/ }).click();
    await answer(page, "Change it for all");
    await expectYaml(page, changed);
    await expect(form(page).getByRole("navigation").locator("[aria-current=page]")).toHaveText("a");
    await page.getByRole("button", { name: /^Undo: / }).click();
    await expectYaml(page, text);
  });
});
