// Compares every request of crates/github with GitHub's descriptions of its API, that of github.com and those of its
// Enterprise Server, and reads the descriptions' own examples of answers. `cargo xtask test` runs it; by hand: `node tests/contract/check.mjs`.
import { execFileSync } from "node:child_process";
import { NAMES, describe } from "./description.mjs";

const cargo = (mode, input) =>
  execFileSync("cargo", ["run", "--quiet", "-p", "stepladder-github", "--example", "contract", "--", mode], {
    input,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });

const calls = JSON.parse(cargo("requests"));
const wrong = [];
const answers = [];
for (const { name, method, path, body, sample } of calls) {
  answers.push({ name, status: sample.status, body: sample.body });
  for (const which of NAMES) {
    const description = describe(which);
    const complain = (texts) => wrong.push(...texts.map((text) => `${which}: ${name}: ${method} ${path}: ${text}`));
    complain(description.requestComplaints(method, path, body ?? undefined));
    complain(description.answerComplaints(method, path, sample.status, sample.body ?? undefined));
    answers.push(...description.examples(method, path).map((example) => ({ name, ...example })));
  }
}
wrong.push(...JSON.parse(cargo("read", JSON.stringify(answers))));

if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${calls.length} requests and ${answers.length} answers are as GitHub describes them.`);
