use super::{Clock, hover};
use crate::ide::testing::open;

/// 2026-11-02 12:00 UTC, a Monday.
const CLOCK: Clock = Clock { now: 29_893_680, offset };

fn offset(zone: &str, _: i64) -> Option<i64> {
    match zone {
        "UTC" => Some(0),
        "Europe/Berlin" => Some(60),
        "+02:00" => Some(120),
        _ => None,
    }
}

/// What stands at `$0` is explained by a text that has all of `parts`, for the bytes `about`.
#[track_caller]
fn check(fixture: &str, about: &str, parts: &[&str]) {
    let (a, env, offset) = open(fixture);
    let found = hover(&a, &env, offset, Some(CLOCK)).expect("nothing is said");
    assert_eq!(a.tree.slice(found.range), about);
    for part in parts {
        assert!(found.markdown.contains(part), "`{part}` is missing in:\n{}", found.markdown);
    }
}

#[track_caller]
fn silent(fixture: &str) {
    let (a, env, offset) = open(fixture);
    assert_eq!(hover(&a, &env, offset, None), None);
}

#[test]
fn keys() {
    check("on: push\njobs:\n  a:\n    runs-$0on: x\n", "runs-on", &["Runner", "required", "`matrix`"]);
    check("on:\n  pu$0sh:\n    branches: [a]\n", "push", &["Code is pushed"]);
    check("on: push\npermissions:\n  cont$0ents: read\n", "contents", &["- `write`: Lets the job"]);
    check(
        "on: push\njobs:\n  bu$0ild:\n    runs-on: ubuntu-latest\n    needs: [x]\n",
        "build",
        &["Runs on `ubuntu-latest`", "Runs after `x`"],
    );
    check("on: push\nenv:\n  A$0: 1\n", "A", &["environment variable", "`secrets`"]);
    check("#: action.yml\nname: A\nruns:\n  using: node24\n  ma$0in: x\n", "main", &["Main script"]);
}

#[test]
fn a_key_in_the_wrong_case() {
    check("on: push\nJobs:\n  a:\n    RUNS-$0ON: x\n", "RUNS-ON", &["Runner", "required"]);
    check("#: action.yml\nName: A\nRuns:\n  Using: node24\n  MA$0IN: x\n", "MAIN", &["Main script"]);
}

#[test]
fn values() {
    check("on: [push, issue$0s]\n", "issues", &["issue"]);
    check("on:\n  issues:\n    types: [ope$0ned]\n", "opened", &["activity of `issues`"]);
    check(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-22.$004\n",
        "ubuntu-22.04",
        &["Linux on x64", "goes away on"],
    );
    check("on: push\npermissions:\n  issues: wr$0ite\n", "write", &["Lets the job"]);
    check(
        "on: push\njobs:\n  a:\n    steps:\n      - run: x\n        shell: pw$0sh\n",
        "pwsh",
        &["PowerShell 7"],
    );
    check("on: push\njobs:\n  a:\n    name: A job\n  b:\n    needs: [$0a]\n", "a", &["A job"]);
    check("on: push\njobs:\n  a:\n    timeout-minutes: 1$00\n", "10", &["Time limit"]);
    check(
        "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          echo a >> \"$GITHUB_OU$0TPUT\"\n",
        "GITHUB_OUTPUT",
        &["steps.<id>.outputs"],
    );
    silent("on: push\njobs:\n  a:\n    steps:\n      - run: |\n          echo$0 a\n");
    check("on: push\njobs:\n  a:\n    steps:\n      - run: echo$0 a\n", "echo a", &["`run`"]);
    silent("on: push\n# com$0ment\n");
    silent("$0");
    silent("on: push\nnonsense$0: 1\n");
}

#[test]
fn times() {
    check(
        "on:\n  schedule:\n    - cron: '30 6 * $0* 1-5'\n",
        "'30 6 * * 1-5'",
        &["06:30", "(UTC)", "- Tue 2026-11-03 06:30 UTC\n- Wed 2026-11-04 06:30 UTC\n- Thu"],
    );
    let zoned =
        |zone: &str| format!("on:\n  schedule:\n    - cron: '30 6 * $0* 1-5'\n      timezone: {zone}\n");
    check(
        &zoned("Europe/Berlin"),
        "'30 6 * * 1-5'",
        &["06:30", "(Europe/Berlin)", "- Tue 2026-11-03 06:30 Europe/Berlin (05:30 UTC)\n- Wed"],
    );
    for unknown in ["Europe/Berlni", "'+02:00'"] {
        let (a, env, offset) = open(&zoned(unknown));
        let found = hover(&a, &env, offset, Some(CLOCK)).expect("the cron is told");
        assert!(!found.markdown.contains("Next runs"), "{}", found.markdown);
    }
    check("on:\n  schedule:\n    - cron: '0 0 * $0* * * *'\n", "'0 0 * * * * *'", &["minute, hour"]);
}

#[test]
fn actions() {
    check(
        "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/check$0out@v3\n",
        "actions/checkout@v3",
        &["no longer have. The newest is"],
    );
    check(
        "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          fetch-$0depth: 0\n",
        "fetch-depth",
        &["Default: `1`", "Of `actions/checkout@v4`"],
    );
    check(
        "on: push\njobs:\n  a:\n    steps:\n      - uses: ./x\n        with:\n          wh$0o: 0\n#: x/action.yml\nname: X\ninputs:\n  who:\n    description: Whom to greet\n    required: true\nruns:\n  using: composite\n",
        "who",
        &["Whom to greet", "(required)"],
    );
    check(
        "on: push\njobs:\n  a:\n    uses: ./.github/workflows/$0x.yml\n#: .github/workflows/x.yml\nname: Shared\non: workflow_call\n",
        "./.github/workflows/x.yml",
        &["reusable workflow", "Shared"],
    );
}

#[test]
fn expressions() {
    let job = |line: &str| {
        format!(
            "on: push\nenv:\n  LEVEL: high\njobs:\n  b:\n    outputs:\n      v: '1'\n  a:\n    needs: b\n    strategy:\n      matrix:\n        os: [linux, mac]\n    steps:\n      - id: one\n        name: First\n      - if: {line}\n"
        )
    };
    check(&job("git$0hub.ref == 'x'"), "github", &["context"]);
    check(&job("github.re$0f == 'x'"), "ref", &["refs/heads/", "GITHUB_REF"]);
    check(&job("${{ cont$0ains('a', 'b') }}"), "contains", &["contains(search, item)"]);
    check(&job("steps.on$0e.outcome"), "one", &["First"]);
    check(&job("steps.one.out$0come"), "outcome", &["continue-on-error"]);
    check(&job("needs.b.outputs.v$0"), "v", &["Set to `1`"]);
    check(&job("matrix['o$0s']"), "os", &["linux, mac"]);
    check(&job("env.LEV$0EL"), "LEVEL", &["Set in the `env` of the workflow: `high`"]);
    check(&job("github.event.head_com$0mit.id"), "head_commit", &["github.event.head_commit"]);
    check(&job("github.event.commits.*.mess$0age"), "message", &["github.event.commits.*.message", "text"]);
    check(&job("github.ref =$0= 'x'"), "github.ref == 'x'", &["Condition"]);
}

#[test]
fn anchors() {
    check("a: &x\n  b: 1\nc: *$0x\n", "*x", &["Set in line 1", "b: 1"]);
}

/// Whoever adds a word to a table adds what the editor says about it.
#[test]
fn every_word_of_the_tables_is_explained() {
    use crate::expr::{contexts::CONTEXTS, functions::FUNCTIONS};
    use crate::facts::{
        env::VARIABLES, events::EVENTS, permissions::SCOPES, runners::HOSTED, runners::SHELLS,
    };

    for event in EVENTS {
        check(&format!("on: $0{}\n", event.name), event.name, &[event.name, event.doc]);
        check(&format!("on:\n  $0{}:\n", event.name), event.name, &[event.doc]);
    }
    for scope in SCOPES {
        check(
            &format!("on: push\npermissions:\n  $0{}: none\n", scope.name),
            scope.name,
            &[scope.read.or(scope.write).unwrap_or_default()],
        );
    }
    let step = |line: &str| format!("on: push\njobs:\n  a:\n    steps:\n      - {line}\n");
    for context in CONTEXTS {
        check(&step(&format!("run: echo ${{{{ $0{} }}}}", context.name)), context.name, &[context.doc]);
    }
    for function in FUNCTIONS {
        check(&step(&format!("if: $0{}()", function.name)), function.name, &[function.doc]);
    }
    for shell in SHELLS {
        check(&step(&format!("{{run: x, shell: $0{}}}", shell.name)), shell.name, &[shell.doc]);
    }
    for variable in VARIABLES {
        check(
            &step(&format!("run: echo $$0{}", variable.name)),
            variable.name,
            &["environment variable", "."],
        );
    }
    for runner in HOSTED {
        check(
            &format!("on: push\njobs:\n  a:\n    runs-on: $0{}\n", runner.label),
            runner.label,
            &["GitHub"],
        );
    }
}
