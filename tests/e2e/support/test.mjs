// Playwright's `test`, with what holds for every journey: no error on the console, no request to another origin, and
// the token nowhere but in one header of requests to GitHub's API.
import { TOKEN } from "./token.mjs";
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  /** Origins that a journey may ask besides the page's own; it must answer them itself, with `page.route`. */
  allowedOrigins: [[], { option: true }],

  /** Messages on the console that a journey provokes on purpose, as patterns. */
  expectedErrors: [[], { option: true }],

  page: async ({ page, baseURL, allowedOrigins, expectedErrors }, use) => {
    const complaints = [];
    const expected = (text) => expectedErrors.some((pattern) => pattern.test(text));
    page.on("pageerror", (error) => expected(error.message) || complaints.push(`uncaught: ${error.stack}`));
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !expected(text)) complaints.push(`console: ${text}`);
    });
    const allowed = [new URL(baseURL).origin, ...allowedOrigins];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && !allowed.includes(url.origin)) {
        complaints.push(`request to another origin: ${request.url()}`);
      }
      // The token has one place: a header of requests to the API.
      const { authorization, ...headers } = request.headers();
      const elsewhere = request.url() + JSON.stringify(headers) + (request.postData() ?? "");
      if (elsewhere.includes(TOKEN) || (authorization?.includes(TOKEN) && url.origin !== "https://api.github.com")) {
        complaints.push(`the token went astray: ${request.method()} ${request.url()}`);
      }
    });
    await use(page);
    expect(complaints, "what the browser complained about").toEqual([]);
  },
});

/** Opens the page and waits until the program has taken the skeleton's place. */
export async function open(page, hash = "") {
  await page.goto(`./${hash}`);
  await expect(page.locator("#skeleton")).toHaveCount(0, { timeout: 30_000 });
}
