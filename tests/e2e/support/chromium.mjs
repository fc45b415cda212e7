// The Chromium that tests and measurements run in: the one that CHROMIUM names, the system's, or Playwright's own.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

export const executablePath = [process.env.CHROMIUM, ...onPath].find((path) => path && existsSync(path));

/** Runs as root and without a graphics card, and asks nothing of the network by itself. */
export const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launchOptions = { executablePath, args };
