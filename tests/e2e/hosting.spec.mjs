// The page on a static host: at the root and below any path, under its own policy, alone.
import { card, download, editorIsReady, form, run } from "./support/journey.mjs";
import { expect, open, test } from "./support/test.mjs";

test("a whole journey breaks no policy and asks only its own host @hosting", async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(page);
  await page.getByRole("button", { name: /^Hello, world/ }).click();
  await page.getByRole("button", { name: "Use this template" }).click();
  await editorIsReady(page);
  await expect(card(page, "Say hello")).toBeVisible();
  await form(page).getByRole("textbox", { name: "Name", exact: true }).fill("Hello, host");
  await form(page).getByRole("button", { name: /^Say hello/ }).click();
  await form(page).getByRole("button", { name: "Add an action" }).click();
  await page.getByRole("combobox", { name: "Search actions" }).fill("upload-artifact");
  await page.getByRole("dialog").getByRole("option", { name: /actions\/upload-artifact@/ }).first().click();
  await run(page, "dark colours");
  expect((await download(page)).text).toContain("name: Hello, host\n");
  await page.reload();
  await editorIsReady(page);

  expect(await page.evaluate(() => window.violations)).toEqual([]);
  const elsewhere = asked.filter((url) => !url.startsWith(baseURL) && !/^(blob|data):/.test(url));
  expect(elsewhere).toEqual([]);
});

test("the policy forbids scripts in the page, and other hosts but GitHub's API", async ({ page }) => {
  await page.goto("./");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  const directives = Object.fromEntries(
    policy.split(";").map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  expect(directives["default-src"]).toEqual(["'none'"]);
  expect(directives["script-src"]).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(directives["connect-src"]).toEqual(["'self'", "https://api.github.com"]);
  expect(directives["style-src"]).toEqual(["'self'"]);
  for (const name of ["base-uri", "form-action"]) expect(directives[name], name).toEqual(["'none'"]);
  expect(await page.locator("script:not([src])").count()).toBe(0);
});
