// The builder of expressions: what may stand in a field, its type, and what comes out.
import { expectYaml, fixture, form, openWorkflow, replaced, step } from "./support/journey.mjs";
import { picture } from "./support/picture.mjs";
import { expect, test } from "./support/test.mjs";

const text = fixture("ci.yml");

test("an expression is built, judged while it is typed, and changed by its chip", async ({ page }) => {
  await openWorkflow(page, text);
  await step(page, "Unit tests").click();
  await form(page).getByRole("button", { name: "Insert a secret or another expression into Condition" }).click();
  const builder = page.getByRole("dialog", { name: "Insert an expression" });
  const search = builder.getByRole("textbox", { name: "Search" });
  await search.fill("github.ref_name == 'main'");
  await expect(builder.getByRole("status")).toContainText("boolean");
  await expect(builder.getByRole("status")).toContainText("true");
  await search.fill("github.rev_name == 'main'");
  await expect(builder.getByRole("status")).toContainText("rev_name");
  await search.fill("!ref_na");
  await builder.getByRole("button", { name: /^github\.ref_name/ }).click();
  await expect(search).toHaveValue("!github.ref_name");
  await search.fill("github.ref_name == 'main'");
  await picture(page, "expression");
  await builder.getByRole("button", { name: "Insert" }).click();
  const condition = (expression) =>
    replaced(text, "      - name: Unit tests\n", `      - name: Unit tests\n        if: ${expression}\n`);
  await expectYaml(page, condition("github.ref_name == 'main'"));

  const chips = form(page).getByRole("group", { name: "Expressions in this field" });
  await chips.getByRole("button", { name: "Change the expression github.ref_name == 'main'" }).click();
  await expect(search).toHaveValue("github.ref_name == 'main'");
  await search.fill("github.ref_name != 'main'");
  await search.press("Enter");
  await expectYaml(page, condition("github.ref_name != 'main'"));
});
