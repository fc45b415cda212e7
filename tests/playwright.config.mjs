// Journeys over the built page: `cargo xtask test --web`, or, with dist/ built, `npx playwright test -c tests`.
import { defineConfig, devices } from "@playwright/test";
import { launchOptions } from "./e2e/support/chromium.mjs";
import { SUB_PATH } from "./e2e/support/server.mjs";

const port = Number(process.env.PORT ?? 4173);
const origin = `http://127.0.0.1:${port}`;
const chromium = { browserName: "chromium", launchOptions };
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };
const { defaultBrowserType: _, ...phone } = devices["Pixel 7"];

export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A build machine may be busy with other things: what fails once there is tried again, and shown as flaky.
  retries: process.env.CI ? 2 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { trace: "on-first-retry", screenshot: "only-on-failure", locale: "en-GB", timezoneId: "UTC" },
  projects: [
    { name: "desktop", use: { ...desktop, ...chromium, baseURL: `${origin}/` }, grepInvert: /@phone/ },
    { name: "phone", use: { ...phone, ...chromium, viewport: { width: 390, height: 844 }, baseURL: `${origin}/` }, grep: /@phone/ },
    { name: "sub-path", use: { ...desktop, ...chromium, baseURL: `${origin}${SUB_PATH}` }, grep: /@hosting/ },
  ],
  webServer: {
    command: "node e2e/support/server.mjs",
    env: { PORT: String(port) },
    url: `${origin}/`,
    reuseExistingServer: false,
    // It compresses the program first.
    timeout: 180_000,
  },
});
