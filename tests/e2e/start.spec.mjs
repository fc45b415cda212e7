import { expectAccessible } from "./support/axe.mjs";
import { card, download, form } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

test("the page starts wherever it is hosted @hosting", async ({ page }) => {
  await open(page);
  await expect(page).toHaveTitle(/Stepladder/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the start page is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await expectAccessible(page);
  });

  test(`the first paint is ${colorScheme}, before the program has come`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.route("**/*.wasm", () => {});
    await page.goto("./", { waitUntil: "commit" });
    await expect(page.getByText("Starting…")).toBeVisible();
    // The words may stand there a moment before their style is read.
    const red = () =>
      page.evaluate(() => {
        const [red, , , alpha = 1] = getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g).map(Number);
        return alpha > 0 && red;
      });
    await expect.poll(red).not.toBe(false);
    expect((await red()) < 128).toBe(colorScheme === "dark");
  });
}

test.describe("when the program does not arrive whole", () => {
  test.use({ expectedErrors: [/WebAssembly|wasm/i] });

  test("the page says so instead of staying blank", async ({ page }) => {
    const broken = { status: 200, contentType: "application/wasm", body: "no" };
    await page.route("**/*.wasm", (route) => route.fulfill(broken));
    await page.goto("./");
    await expect(page.getByText("could not start in this browser")).toBeVisible();
  });
});

test("a template is searched, looked at, answered and used", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Browse templates" }).click();
  const search = page.getByRole("searchbox", { name: "Search templates" });
  await expect(search).toBeFocused();
  const templates = page.getByRole("region", { name: "Templates" });
  const hello = templates.getByRole("button", { name: /^Hello, world/ });

  await search.fill("no template is about zebras");
  await expect(templates.getByText("No template has all of these words")).toBeVisible();
  await templates.getByRole("button", { name: "Show all templates" }).click();
  await expect(hello).toBeVisible();

  await search.fill("FIRST workflow");
  await expect(templates.getByRole("listitem")).toHaveCount(1);
  await hello.click();

  const preview = page.getByRole("dialog", { name: "Hello, world" });
  const about = preview.getByRole("region", { name: "About the template" });
  await expect(about.locator("svg text")).toHaveText(["hello"]);
  const yaml = preview.getByRole("region", { name: "YAML of the template" });
  const branch = preview.getByLabel("On which branch should it start by itself?");
  await expect(branch).toHaveValue("main");
  const use = preview.getByRole("button", { name: "Use this template" });
  await branch.fill("not a branch");
  await expect(use).toBeDisabled();
  await branch.fill("trunk");
  await expect(yaml).toContainText("- trunk");
  const promised = await yaml.locator("pre").textContent();
  await use.click();

  await expect(page).toHaveTitle("hello.yml – Stepladder");
  await expect(page.getByRole("button", { name: "No problems" })).toBeVisible();
  await expect(card(page, "Say hello")).toBeVisible();
  await expect(form(page).getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Hello");
  const file = await download(page);
  expect(file.name).toBe("hello.yml");
  expect(file.text).toBe(promised);
});

test("a category shows its templates", async ({ page }) => {
  await open(page);
  const templates = page.getByRole("region", { name: "Templates" });
  const security = templates.getByRole("group", { name: "Categories" }).getByRole("button", { name: /^Security/ });
  await security.click();
  await expect(security).toHaveAttribute("aria-pressed", "true");
  const count = Number((await security.textContent()).match(/\d+/)[0]);
  await expect(templates.getByRole("listitem")).toHaveCount(count);
  await templates.getByRole("button", { name: /^All/ }).click();
  const all = templates.getByRole("button", { name: /^Show all \d+ templates/ });
  const promised = Number((await all.textContent()).match(/\d+/)[0]);
  await all.click();
  await expect(templates.getByRole("listitem")).toHaveCount(promised);
});

test("templates that do not arrive can be asked for again", async ({ page }) => {
  await page.route("**/content/templates.json", (route) => route.fulfill({ status: 200, body: "[" }));
  await open(page);
  await expect(page.getByText("The templates could not be loaded")).toBeVisible();
  await page.unroute("**/content/templates.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: /^Hello, world/ })).toBeVisible();
});
