// Lighthouse on the start page, as a phone on a slow network and as a desktop.
import lighthouse, { desktopConfig } from "lighthouse";
import { createServer } from "node:net";
import { withPage } from "./support/page.mjs";
import { report } from "./support/report.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];

const debugging = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

await withPage(
  async (address) => {
    for (const [name, config] of [["desktop", desktopConfig], ["phone", undefined]]) {
      console.log(`Lighthouse, ${name}`);
      const flags = { port: debugging, onlyCategories: CATEGORIES, logLevel: "silent" };
      const { lhr } = await lighthouse(address, flags, config);
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      for (const id of CATEGORIES) {
        report(lhr.categories[id].title, Math.round(lhr.categories[id].score * 100), "  ", { atLeast: 95 });
      }
      for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]) {
        report(lhr.audits[id].title, lhr.audits[id].numericValue, lhr.audits[id].numericUnit === "millisecond" ? "ms" : "  ");
      }
      const counted = new Set(CATEGORIES.flatMap((id) => lhr.categories[id].auditRefs.filter((ref) => ref.weight > 0).map((ref) => ref.id)));
      for (const audit of Object.values(lhr.audits).filter((audit) => counted.has(audit.id) && audit.score !== null && audit.score < 0.9)) {
        console.log(`           ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
      }
    }
  },
  [`--remote-debugging-port=${debugging}`],
);
