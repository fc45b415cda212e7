import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "./test.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with the rule, the element and the cure of each violation. */
export async function expectAccessible(page, { exclude = [] } = {}) {
  const builder = exclude.reduce((axe, selector) => axe.exclude(selector), new AxeBuilder({ page }).withTags(TAGS));
  const { violations } = await builder.analyze();
  const report = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary}`),
  );
  expect(report, "axe").toEqual([]);
}
