// Compares every request of crates/github with GitHub's description of its API, and reads the description's own examples
// of answers. `cargo xtask test` runs it; by hand: `node tests/contract/check.mjs`.
import { execFileSync } from "node:child_process";
import { answerComplaints, examples, requestComplaints } from "./description.mjs";

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
  const complain = (texts) => wrong.push(...texts.map((text) => `${name}: ${method} ${path}: ${text}`));
  complain(requestComplaints(method, path, body ?? undefined));
  complain(answerComplaints(method, path, sample.status, sample.body ?? undefined));
  answers.push({ name, status: sample.status, body: sample.body });
  answers.push(...examples(method, path).map((example) => ({ name, ...example })));
}
wrong.push(...JSON.parse(cargo("read", JSON.stringify(answers))));

if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${calls.length} requests and ${answers.length} answers are as GitHub describes them.`);
