// The form of a step: its id with all that reads it, its inputs however they are written, its help and its builder.
import { expectYaml, form, openWorkflow, replaced, shownYaml, step, toast } from "./support/journey.mjs";
import { expect, test } from "./support/test.mjs";

const text = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Compute
        id: out
        run: echo "x=1" >> "$GITHUB_OUTPUT"
      - name: Other
        id: other
        run: make
      - name: Use
        run: echo "\${{ steps.out.outputs.x }}"
        env:
          VALUE: before \${{ steps.out.outputs.x }}
`;

test("a new id of a step takes along what reads it", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Compute").click();
  const id = form(page).getByRole("textbox", { name: "Id", exact: true });
  await expect(id).toHaveValue("out");
  // Not letter by letter.
  await id.fill("result");
  await expectYaml(page, text);
  await id.press("Enter");
  const renamed = text.replaceAll("steps.out.", "steps.result.").replace("id: out", "id: result");
  await expectYaml(page, renamed);
  await expect(id).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await expect(id).toHaveValue("out");

  for (const [typed, reason] of [
    ["other", "Another step has the id"],
    ["a b", "cannot be an id"],
  ]) {
    await id.fill(typed);
    await id.press("Enter");
    await expect(page.getByText(reason)).toBeVisible();
    await expect(id).toHaveAttribute("aria-invalid", "true");
    await id.press("Escape");
    await expect(id).toHaveValue("out");
    await expectYaml(page, text);
  }

  // Without it those who read it read nothing, which is told first.
  const question = page.getByRole("dialog", { name: "Take the id out away?" });
  await id.fill("");
  await id.press("Tab");
  await expect(question).toContainText("steps.out is read in 2 places");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(id).toHaveValue("out");
  await expect(id).not.toHaveAttribute("aria-invalid", "true");
  await id.fill("");
  await id.press("Tab");
  await question.getByRole("button", { name: "Take it away" }).click();
  await expectYaml(page, replaced(text, "        id: out\n", ""));
  // Nobody reads the other one.
  await step(page, "Other").click();
  await id.fill("");
  await id.press("Enter");
  await expect.poll(() => shownYaml(page)).not.toContain("id: other");
  await id.fill("again");
  await id.press("Tab");
  await expect.poll(() => shownYaml(page)).toContain("id: again");
});

test("the builder of a chip stays within the form", async ({ page }) => {
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  // The second chip of a field stands further right.
  const two = "VALUE: ${{ github.ref_name }} ${{ steps.out.outputs.x }}";
  await openWorkflow(page, replaced(text, "VALUE: before ${{ steps.out.outputs.x }}", two));
  await step(page, "Use").click();
  for (const width of [1440, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const panes = page.getByRole("tab", { name: "Form" }).or(page.getByRole("radio", { name: "Form", exact: true }));
    if (width < 1440) await panes.first().click();
    const pane = form(page).locator(".pane-body");
    const weights = new Set();
    const look = async (open) => {
      await open();
      await expect(builder.getByRole("combobox", { name: "Search" })).toBeFocused();
      const [own, around, scrolled, weight] = await builder.evaluate((panel) => {
        const pane = panel.closest(".pane-body");
        const { left, right } = pane.getBoundingClientRect();
        const box = panel.getBoundingClientRect();
        const weight = getComputedStyle(panel.querySelector("input")).fontWeight;
        return [[box.left, box.right], [left, right], pane.scrollLeft, weight];
      });
      expect(scrolled).toBe(0);
      expect(own[0]).toBeGreaterThanOrEqual(around[0]);
      expect(own[1]).toBeLessThanOrEqual(around[1]);
      weights.add(weight);
      await page.keyboard.press("Escape");
      await expect(builder).toBeHidden();
      expect(await pane.evaluate((pane) => pane.scrollLeft)).toBe(0);
    };
    const chips = form(page).getByRole("button", { name: "Change the expression steps.out.outputs.x" });
    await look(() => chips.first().click());
    await look(() => chips.last().press("Enter"));
    await look(() => form(page).getByRole("button", { name: "Insert a secret or another expression into VALUE" }).click());
    await look(() => form(page).getByRole("button", { name: "Insert a secret or another expression into Name" }).click());
    expect([...weights]).toHaveLength(1);
  }
});

test("inputs that are no list of names are shown as they are", async ({ page }) => {
  const start = replaced(text, "        run: make\n", "        uses: actions/checkout@v5\n        with: ${{ fromJSON('{}') }}\n");
  await openWorkflow(page, start);
  await step(page, "Other").click();
  const whole = form(page).getByRole("textbox", { name: "Inputs", exact: true });
  await expect(whole).toHaveValue("${{ fromJSON('{}') }}");
  await whole.fill("${{ fromJSON('[]') }}");
  await expectYaml(page, replaced(start, "fromJSON('{}')", "fromJSON('[]')"));

  await openWorkflow(page, replaced(start, "${{ fromJSON('{}') }}", "[a]"));
  await step(page, "Other").click();
  const source = form(page).locator('[data-field$=".with"] textarea');
  await expect(source).toHaveValue("[a]");
  await source.fill("fetch-depth: 0");
  await source.press("ControlOrMeta+Enter");
  await expect.poll(() => shownYaml(page)).toContain("          fetch-depth: 0\n");
  await expect(form(page).getByLabel("fetch-depth", { exact: true })).toHaveValue("0");
});

test("Escape closes the help and leaves the step open", async ({ page }) => {
  await openWorkflow(page, replaced(text, "        run: make\n", "        uses: actions/checkout@v5\n"));
  await step(page, "Other").click();
  for (const name of ["What is Action?", "What is repository?"]) {
    const help = form(page).getByRole("button", { name });
    await help.click();
    await expect(help).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Escape");
    await expect(help).toHaveAttribute("aria-expanded", "false");
    await expect(help).toBeFocused();
    await expect(form(page).getByRole("heading", { name: "Other" })).toBeVisible();
  }
});

test("what only a run tells can be given as an example", async ({ page }) => {
  const start = replaced(text, "VALUE: before ${{ steps.out.outputs.x }}", "VALUE: ${{ steps.out.outputs.x == vars.REGION }}");
  await openWorkflow(page, start);
  await step(page, "Use").click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const told = builder.getByRole("status");
  const example = (name) => builder.getByRole("textbox", { name: `Example of ${name}` });
  const chip = (expression) => form(page).getByRole("button", { name: `Change the expression ${expression}` });
  await chip("steps.out.outputs.x == vars.REGION").click();
  await expect(told).toContainText("known only in a run");
  await example("vars.REGION").fill("eu");
  await expect(told).toContainText("known only in a run");
  await example("steps.out.outputs.x").pressSequentially("EU");
  await expect(told).toContainText("→ true");
  await example("steps.out.outputs.x").press("Backspace");
  await expect(told).toContainText("→ false");
  await expect(example("steps.out.outputs.x")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(builder).toBeHidden();
  // They are kept while the form is open.
  await chip("steps.out.outputs.x").first().click();
  await expect(told).toContainText('→ "E"');
  await expect(example("steps.out.outputs.x")).toHaveValue("E");
  await expect(example("vars.REGION")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expectYaml(page, start);
});

test("a script comes back from an action as it was written", async ({ page }) => {
  const start = replaced(text, "        run: make\n", "        run: >-\n          make one\n          two\n");
  await openWorkflow(page, start);
  await step(page, "Other").click();
  const kind = form(page).getByRole("group", { name: "What the step does" });
  await kind.getByRole("button", { name: "Action" }).click();
  const library = page.getByRole("dialog", { name: "Choose an action" });
  await library.getByRole("combobox", { name: "Search actions" }).fill("docker://alpine:3");
  await library.getByRole("option").first().click();
  const image = replaced(text, "        run: make\n", "        uses: docker://alpine:3\n");
  await expectYaml(page, image);
  // An image takes these two, whatever is in it.
  await expect(form(page).getByRole("textbox", { name: "entrypoint", exact: true })).toBeVisible();
  await form(page).getByRole("textbox", { name: "args", exact: true }).fill("ls -l");
  await expectYaml(page, replaced(image, "alpine:3\n", "alpine:3\n        with:\n          args: ls -l\n"));
  await kind.getByRole("button", { name: "Script" }).click();
  await expectYaml(page, start);
  await kind.getByRole("button", { name: "Action" }).click();
  await expectYaml(page, replaced(image, "alpine:3\n", "alpine:3\n        with:\n          args: ls -l\n"));
});

test("a step that is neither a script nor an action becomes one and comes back", async ({ page }) => {
  const server = "      - id: server\n        run: npm start\n        background: true\n";
  const group = "      - parallel:\n          # both\n          - run: one # first\n          - run: two\n";
  const start = `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${server}      - wait: [server] # up\n${group}      - run: last\n`;
  await openWorkflow(page, start);
  const kind = form(page).getByRole("group", { name: "What the step does" });
  const button = (name) => kind.getByRole("button", { name, exact: true });
  for (const [title, words, back, yaml] of [
    ["Parallel steps", "a group of 2 steps that run at the same time", "Parallel steps", group],
    ["Wait for server", "waits until steps that run in the background have ended", "Wait", "      - wait: [server] # up\n"],
  ]) {
    await step(page, title).click();
    await expect(form(page).getByText(words)).toBeVisible();
    for (const name of ["Script", "Action"]) await expect(button(name)).toHaveAttribute("aria-pressed", "false");
    await button("Script").click();
    await expectYaml(page, replaced(start, yaml, '      - run: echo "Hello"\n'));
    await expect(button("Script")).toHaveAttribute("aria-pressed", "true");
    await expect(toast(page, /^Make step \d of job build run a script$/)).toBeVisible();
    await button(back).click();
    await expectYaml(page, start);
    await expect(form(page).getByText(words)).toBeVisible();
    await expect(button(back)).toHaveCount(0);
    await button("Action").click();
    const library = page.getByRole("dialog", { name: "Choose an action" });
    await library.getByRole("combobox", { name: "Search actions" }).fill("golang");
    await library.getByRole("option").first().click();
    await expect.poll(() => shownYaml(page)).toContain("      - uses: actions/setup-go@");
    await expect.poll(() => shownYaml(page)).not.toContain(yaml);
    await toast(page, /use an action$/).getByRole("button", { name: "Undo" }).click();
    await expectYaml(page, start);
  }
});

test("what a step was is remembered while another one is looked at", async ({ page }) => {
  const script = "        # why\n        run: |\n          one\n          two\n        env:\n          A: b\n        shell: bash\n";
  const start = replaced(text, "        run: make\n", script);
  await openWorkflow(page, start);
  const kind = form(page).getByRole("group", { name: "What the step does" });
  const use = async (query) => {
    await kind.getByRole("button", { name: "Action" }).click();
    const library = page.getByRole("dialog", { name: "Choose an action" });
    await library.getByRole("combobox", { name: "Search actions" }).fill(query);
    await library.getByRole("option").first().click();
  };
  await step(page, "Other").click();
  await use("docker://alpine:3");
  const image = replaced(start, script, "        uses: docker://alpine:3\n        env:\n          A: b\n");
  await expectYaml(page, image);
  await form(page).getByRole("textbox", { name: "args", exact: true }).fill("ls");
  const args = replaced(image, "        env:\n          A: b\n", "        with:\n          args: ls\n        env:\n          A: b\n");
  await expectYaml(page, args);
  // Another step before it, that goes again.
  await step(page, "Compute").click();
  await form(page).getByRole("button", { name: "Duplicate this step" }).click();
  await expect.poll(() => shownYaml(page)).toContain("id: out-2");
  // The copy takes over nothing.
  await kind.getByRole("button", { name: "Action" }).click();
  await page.keyboard.press("Escape");
  await step(page, "Other").click();
  await kind.getByRole("button", { name: "Script" }).click();
  await expect.poll(() => shownYaml(page)).toContain(script);
  await step(page, "Use").click();
  await step(page, "Other").click();
  await kind.getByRole("button", { name: "Action" }).click();
  await expect.poll(() => shownYaml(page)).toContain("        uses: docker://alpine:3\n        with:\n          args: ls\n        env:\n          A: b\n");
});

test("a switch stays one where its word stands in quotes, which stay too", async ({ page }) => {
  const start = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Fetch
        uses: actions/checkout@v4
        with:
          lfs: 'false' # large files
          show-progress: "true"
`;
  await openWorkflow(page, start);
  await step(page, "Fetch").click();
  const lfs = form(page).getByRole("switch", { name: "lfs" });
  await expect(lfs).not.toBeChecked();
  // By the keys, as the switch itself is hidden below its picture.
  await lfs.press("Space");
  const on = replaced(start, "lfs: 'false'", "lfs: 'true'");
  await expectYaml(page, on);
  await expect(lfs).toBeChecked();
  await expect(lfs).toBeFocused();
  const progress = form(page).getByRole("switch", { name: "show-progress" });
  await expect(progress).toBeChecked();
  await progress.press("Space");
  await expectYaml(page, replaced(on, 'show-progress: "true"', 'show-progress: "false"'));
});

test("an input that is emptied and left is one step, and whose value is typed anew is changed", async ({ page }) => {
  const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - name: Node
        uses: actions/setup-node@v6
        with:
          # the one that we run
          node-version: 22 # lts
          cache: npm
`;
  await openWorkflow(page, text);
  await step(page, "Node").click();
  const version = form(page).getByRole("textbox", { name: "node-version", exact: true });
  const without = replaced(text, "          # the one that we run\n          node-version: 22 # lts\n", "");
  const leave = () => form(page).getByRole("textbox", { name: "Name", exact: true }).focus();
  await version.fill("");
  await leave();
  await expectYaml(page, without);
  await page.keyboard.press("ControlOrMeta+z");
  await expectYaml(page, text);
  await page.keyboard.press("ControlOrMeta+y");
  await expectYaml(page, without);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(version).toHaveValue("22");

  await version.fill("");
  await leave();
  await expectYaml(page, without);
  await version.fill("24");
  await expectYaml(page, replaced(text, "22", "24"));
});
