// Signing in, and the panels that say what GitHub told.
import { drawer, run } from "./journey.mjs";
import { TOKEN } from "./token.mjs";
import { expect } from "./test.mjs";

/** Signs in within a dialog that asks for a token. */
export async function giveToken(scope, token = TOKEN) {
  await scope.getByRole("textbox", { name: "Paste it" }).fill(token);
  await scope.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs in by the command, and closes the dialog. */
export async function signIn(page, { keep } = {}) {
  await run(page, "sign in to github");
  const form = page.getByRole("dialog", { name: "Sign in to GitHub" });
  if (keep) await form.getByRole("radio", { name: keep }).check();
  await giveToken(form);
  await expect(form.getByText(/^Signed in to \S+ as/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
}

/** The Preflight panel. */
export async function preflight(page) {
  const pane = page.getByRole("tabpanel", { name: "Preflight" });
  if (!(await pane.isVisible())) await drawer(page).getByRole("tab", { name: "Preflight" }).click();
  return pane;
}

/** Asks GitHub for what the workflow needs of a repository. */
export async function checkOn(page, repository = "octo/hello") {
  const pane = await preflight(page);
  await pane.getByRole("textbox", { name: "Repository" }).fill(repository);
  await pane.getByRole("button", { name: "Check on GitHub" }).click();
  await expect(pane.getByRole("status")).toHaveText(/\d (to be put right|cannot be seen|as needed)/);
  return pane;
}

/** Opens what an address leads to; the dialog. */
export async function openFrom(page, address) {
  await run(page, "open from github");
  const found = page.getByRole("dialog", { name: "Open from GitHub" });
  await found.getByRole("textbox", { name: "Repository, file or gist" }).fill(address);
  await page.keyboard.press("Enter");
  return found;
}
