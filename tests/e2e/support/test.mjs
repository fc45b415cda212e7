// Playwright's `test`, with what holds for every journey and every tab of it: no error on the console, no request to
// another origin, and the token nowhere but in one header of requests to GitHub's API.
import { TOKEN } from "./token.mjs";
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  /** Origins that a journey may ask besides the page's own; it must answer them itself, with `page.route`. */
  allowedOrigins: [[], { option: true }],

  /** Messages on the console that a journey provokes on purpose, as patterns. */
  expectedErrors: [[], { option: true }],

  /** Where GitHub's API is. */
  api: ["https://api.github.com", { option: true }],

  /** Whether long lines of the YAML are wrapped where the pane is narrow, as they are for who has not chosen. */
  wraps: [false, { option: true }],

  page: async ({ page, context, baseURL, allowedOrigins, expectedErrors, api, wraps }, use) => {
    if (!wraps) {
      await context.addInitScript(() => {
        try {
          localStorage.setItem("stepladder.wrap", localStorage.getItem("stepladder.wrap") ?? "off");
        } catch {
          // A browser that keeps nothing.
        }
      });
    }
    const complaints = [];
    const expected = (text) => expectedErrors.some((pattern) => pattern.test(text));
    context.on("weberror", (problem) => {
      const { message, stack } = problem.error();
      if (!expected(message)) complaints.push(`uncaught: ${stack}`);
    });
    context.on("console", (message) => {
      const text = message.text();
      if (text.includes(TOKEN)) complaints.push(`the token is on the console: ${text}`);
      if (message.type() === "error" && !expected(text)) complaints.push(`console: ${text}`);
    });
    const allowed = [new URL(baseURL).origin, ...allowedOrigins];
    const watch = (tab) => {
      tab.on("websocket", (socket) => complaints.push(`a socket to ${socket.url()}`));
      tab.on("framenavigated", (frame) => {
        if (frame.url().includes(TOKEN)) complaints.push("the token is in an address");
      });
    };
    context.pages().forEach(watch);
    context.on("page", watch);
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && !allowed.includes(url.origin)) {
        complaints.push(`request to another origin: ${request.url()}`);
      }
      // The token has one place: a header of requests to the API.
      const { authorization, ...headers } = request.headers();
      const elsewhere = request.url() + JSON.stringify(headers) + (request.postData() ?? "");
      if (elsewhere.includes(TOKEN) || (authorization?.includes(TOKEN) && !request.url().startsWith(`${api}/`))) {
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
