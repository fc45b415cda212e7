#![allow(clippy::unwrap_used)]
use super::super::parse;
use super::super::value::Kind;
use super::*;

const NONE: [(&str, Type); 0] = [];

/// The contexts of a step of some job.
fn scope() -> Scope {
    let steps: Vec<_> = [
        "github", "inputs", "vars", "needs", "strategy", "matrix", "secrets", "steps", "job", "runner", "env",
    ]
    .into();
    let mut scope = Scope::new(&steps, [("hashFiles", 1, 255), ("success", 0, 255)]);
    let outputs = Type::strict_object([
        ("outputs", Type::strict_object([("tag", Type::String)])),
        ("outcome", Type::String),
    ]);
    scope.set("steps", Type::strict_object([("build", outputs)]));
    scope.set("needs", Type::strict_object(NONE));
    scope.set(
        "inputs",
        Type::strict_object([("flag", Type::Bool), ("count", Type::Number), ("name", Type::String)]),
    );
    let leg = Type::strict_object([("os", Type::String), ("node", Type::Number)]);
    scope.set(
        "matrix",
        Type::strict_object([
            ("leg", leg.clone()),
            ("legs", Type::array(leg)),
            ("names", Type::array(Type::String)),
        ]),
    );
    let label = Type::strict_object([("name", Type::String), ("id", Type::Number)]);
    let event = Type::loose_object([
        ("labels", Type::array(label)),
        ("pull_request", Type::loose_object(NONE)),
        ("number", Type::Number),
    ]);
    let github = Type::strict_object([
        ("event", event),
        ("ref", Type::String),
        ("repository", Type::String),
        ("repository_owner", Type::String),
        ("ref_type", Type::String),
    ]);
    scope.set("github", github);
    scope
}

fn errors(source: &str, expected: Expected) -> Vec<TypeError> {
    let parsed = parse(source);
    assert_eq!(parsed.errors, [], "{source}");
    check(&parsed.ast.unwrap(), &scope(), expected).1
}

/// `Code start of the marked text` of each error, and the source after the first fix.
fn show(source: &str) -> String {
    let errors = errors(source, Expected::Anything);
    let mut out: Vec<String> =
        errors.iter().map(|error| format!("{:?} {}", error.code, &source[error.range.to_usize()])).collect();
    if let Some(fix) = errors.iter().find_map(|error| error.fix.as_ref()) {
        let mut fixed = source.to_owned();
        fixed.replace_range(fix.range.to_usize(), &fix.insert);
        out.push(format!("=> {fixed}"));
    }
    out.join("; ")
}

#[track_caller]
fn table(cases: &[(&str, &str)]) {
    for (source, want) in cases {
        assert_eq!(show(source), *want, "{source}");
    }
}

#[test]
fn says_nothing_about_what_may_be_right() {
    for source in [
        "github.event.anything.at.all[0].x",
        "github.event.pull_request == null || github.event.pull_request == ''",
        "github.event.labels.*.name",
        "contains(github.event.labels.*.name, 'bug')",
        "steps.build.outputs.tag || steps['build'].outcome == 'failure'",
        "STEPS.Build.Outputs.TAG",
        "inputs.flag == true && inputs.flag == 'yes' == false || inputs.count == '3'",
        "inputs.count > 3 && inputs.name < 'x'",
        "matrix.legs[0].os == matrix.legs[strategy.job-index].os",
        "matrix.leg[inputs.name]",
        "matrix.names[steps.build.outputs.tag]",
        "secrets.ANY || vars.any || env['x']",
        "job.services.db.ports['5432']",
        "job.services.db.ports[5432]",
        "fromJSON(steps.build.outputs.tag).a.b[0].*.c",
        "fromJSON('[{\"a\": 1}, {\"b\": 2}]')[0].b",
        "fromJSON('{\"1\": 2}')[1]",
        "format('{0} {1}', inputs.flag, github.ref)",
        "format(inputs.name, 1, 2, 3)",
        "join(matrix.names) || join(matrix.names, '-') || join('x')",
        "case(inputs.flag, 'a', inputs.count == 1, 'b', 'c')",
        "hashFiles('a', 'b') && success() && success('build')",
        "toJSON(github) && !github.event && !matrix.names",
        "runner.os == 'linux' && runner.os != ''",
        "needs || steps",
        "toJSON(matrix.leg) == toJSON(matrix.leg) && matrix.leg == matrix.leg",
        "null == null || github.ref == null",
    ] {
        let found = show(source).replace("ComparisonNeverTrue inputs.flag == 'yes'", "").replace("; ", "");
        assert_eq!(found, "", "{source}");
    }
}

#[test]
fn names() {
    table(&[
        ("gihub.ref", "UnknownContext gihub; => github.ref"),
        ("hoge", "UnknownContext hoge"),
        ("True", "UnknownContext True; => true"),
        ("always", "UnknownContext always; => always()"),
        ("!always", "UnknownContext always; => !always()"),
        ("success == true", "UnknownContext success; => success() == true"),
        ("job.status == success", "UnknownContext success; => job.status == 'success'"),
        ("contains(github.ref, cancelled)", "UnknownContext cancelled; => contains(github.ref, 'cancelled')"),
        ("github.ref_type != branch", "UnknownContext branch; => github.ref_type != 'branch'"),
        ("main == github.ref", "UnknownContext main; => 'main' == github.ref"),
        ("jobs.a.outputs.b", "ContextNotAvailable jobs"),
        ("startWith('a', 'b')", "UnknownFunction startWith; => startsWith('a', 'b')"),
        ("frobnicate()", "UnknownFunction frobnicate"),
        ("failure()", "FunctionNotAvailable failure"),
        ("github.reff", "UnknownProperty github.reff; => github.ref"),
        ("github['reff'].x", "UnknownProperty github['reff']; => github['ref'].x"),
        ("github[format('re{0}', 'ff')]", "UnknownProperty github[format('re{0}', 'ff')]"),
        ("steps.biuld.outputs.tag", "UnknownProperty steps.biuld; => steps.build.outputs.tag"),
        ("steps.build.outputs.tags", "UnknownProperty steps.build.outputs.tags; => steps.build.outputs.tag"),
        ("needs.build.result", "UnknownProperty needs.build"),
        ("matrix.legs.*.oss", "UnknownProperty matrix.legs.*.oss; => matrix.legs.*.os"),
    ]);
}

#[test]
fn accesses() {
    table(&[
        ("github.repository.owner", "NotAnObject github.repository.owner"),
        ("github.ref[0]", "NotAnObject github.ref[0]"),
        ("matrix.legs.os", "NotAnObject matrix.legs.os; => matrix.legs.*.os"),
        ("env[0]", "BadIndex 0"),
        ("matrix.leg[true]", "BadIndex true"),
        ("matrix.names['x']", "BadIndex 'x'"),
        ("matrix.names[true]", "BadIndex true"),
        ("matrix.names[null]", "BadIndex null"),
        ("matrix.names['1']", ""),
        ("matrix.names[matrix.leg]", "BadIndex matrix.leg"),
        ("matrix.names[github.ref]", "BadIndex github.ref"),
        ("github.event[0]", "BadIndex 0"),
        ("(inputs.flag && 'a' || 1).x", "NotAnObject (inputs.flag && 'a' || 1).x"),
        ("github.event.labels.*[0]", "BadIndex 0"),
        ("github.ref.*", "BadFilter github.ref.*"),
        ("matrix.names.*.x", "BadFilter matrix.names.*.x"),
        ("matrix.names.*.*", "BadFilter matrix.names.*.*"),
        ("needs.*.result", "BadFilter needs.*"),
        ("steps.*.outcomes", "UnknownProperty steps.*.outcomes; => steps.*.outcome"),
    ]);
}

#[test]
fn calls() {
    table(&[
        ("startsWith('a')", "ArgumentCount startsWith('a')"),
        ("join('a', 'b', 'c')", "ArgumentCount join('a', 'b', 'c')"),
        ("hashFiles()", "ArgumentCount hashFiles()"),
        ("case(true, 'a', false, 'b')", "CaseEven case(true, 'a', false, 'b')"),
        ("case(true)", "ArgumentCount case(true)"),
        ("startsWith('a', github.event)", "ArgumentType github.event"),
        ("format(null)", "ArgumentType null"),
        ("format('{0}', null)", ""),
        ("contains(matrix.leg, 'a')", "ArgumentType matrix.leg"),
        ("contains('a', matrix.leg)", "ArgumentType matrix.leg"),
        ("contains(github.event.labels, 'bug')", "ArgumentType github.event.labels"),
        ("join(matrix.legs)", "ArgumentType matrix.legs"),
        ("fromJSON(matrix.legs)", "ArgumentType matrix.legs"),
        ("format('{0}', matrix.leg)", "ArgumentType matrix.leg"),
        ("case('x', 1, 2)", "ArgumentType 'x'"),
        ("contains(github.ref, null)", "ArgumentType null"),
        ("startsWith(null, 'a')", "ArgumentType null"),
        ("startsWith('a', true)", "ArgumentType true"),
        ("contains(github.ref, true)", "ArgumentType true"),
        ("contains(true, 'a')", "ArgumentType true"),
        ("contains(fromJSON('[true]'), true)", ""),
        ("fromJSON(true)", "ArgumentType true"),
        ("fromJSON(inputs.count)", ""),
        ("format('{0}', true)", ""),
        ("format('{0} {2}', 1, 2)", "FormatMissingArgument format('{0} {2}', 1, 2)"),
        ("format('{0}', 1, 2)", "FormatUnusedArgument format('{0}', 1, 2)"),
        ("format('a')", "FormatUnusedArgument format('a')"),
        ("format('{0')", "FormatInvalid format('{0')"),
        ("fromJSON('{')", "FromJsonInvalid '{'"),
        ("fromJSON(format('[{0}', 1))", "FromJsonInvalid format('[{0}', 1)"),
        ("fromJSON('{\"a\": 1}').b", "UnknownProperty fromJSON('{\"a\": 1}').b"),
    ]);
}

#[test]
fn comparisons() {
    table(&[
        ("matrix.leg == 'x'", "ComparisonType matrix.leg == 'x'"),
        ("1 != matrix.names", "ComparisonType 1 != matrix.names"),
        ("matrix.leg == matrix.legs", "ComparisonType matrix.leg == matrix.legs"),
        ("github.event.labels.*.name == 'x'", "ComparisonType github.event.labels.*.name == 'x'"),
        ("github.event.*.login != 'x'", "ComparisonType github.event.*.login != 'x'"),
        ("github.event.labels == null", ""),
        ("inputs.flag > 1", "ComparisonType inputs.flag > 1"),
        ("github.ref < null", "ComparisonType github.ref < null"),
        ("inputs.flag == 'true'", "ComparisonNeverTrue inputs.flag == 'true'; => inputs.flag == true"),
        ("'many' != inputs.count", "ComparisonNeverTrue 'many' != inputs.count"),
        ("runner.os == 'ubuntu'", "ComparisonNeverTrue runner.os == 'ubuntu'; => runner.os == 'Linux'"),
        (
            "steps.build.outcome == 'failed'",
            "ComparisonNeverTrue steps.build.outcome == 'failed'; => steps.build.outcome == 'failure'",
        ),
    ]);
}

#[test]
fn places() {
    let code = |source: &str, expected| errors(source, expected).first().map(|error| error.code);
    assert_eq!(code("env", Expected::Text), Some(Code::InterpolatedObject));
    assert_eq!(code("null", Expected::Text), Some(Code::InterpolatedObject));
    assert_eq!(code("github.event.labels.*", Expected::Text), Some(Code::InterpolatedObject));
    assert_eq!(code("github.event.other", Expected::Text), None);
    assert_eq!(code("env", Expected::Condition), Some(Code::WrongKind));
    assert_eq!(code("github.event.labels.*.name", Expected::Condition), Some(Code::WrongKind));
    assert_eq!(code("github.event.other", Expected::Condition), None);
    // Another event may have none.
    assert_eq!(code("github.event.pull_request", Expected::Condition), None);
    assert_eq!(code("github.event.labels", Expected::Condition), None);
    assert_eq!(code("github.event", Expected::Condition), Some(Code::WrongKind));
    let number = Expected::Kinds(Kinds::of(&[Kind::Number]));
    assert_eq!(code("'x'", number), Some(Code::WrongKind));
    assert_eq!(code("inputs.flag && 1 || 2", number), None);
    assert_eq!(code("inputs.flag && 'x' || 'y'", number), Some(Code::WrongKind));
    assert_eq!(code("fromJSON(inputs.name)", number), None);
}

#[test]
fn types() {
    let ty = |source: &str| type_of(&parse(source).ast.unwrap(), &scope()).to_string();
    for (source, want) in [
        ("github.ref", "string"),
        ("inputs.flag && 'a' || 'b'", "string"),
        ("inputs.flag && 'a'", "single value"),
        ("matrix.leg && 'a'", "string"),
        ("null || 1", "number"),
        ("'' || 1", "number"),
        ("github.event.labels.*.name", "array of string"),
        ("github.event.labels.*", "array of object with name, id"),
        ("matrix.legs[0]", "object with os, node"),
        ("case(inputs.flag, 1, 2)", "number"),
        ("fromJSON('[1, 2]')", "array of number"),
        ("!github.event", "boolean"),
        ("join('a')", "string"),
        ("vars", "object"),
        ("github.", "any"),
        ("steps.build.outputs.", "any"),
    ] {
        assert_eq!(ty(source), want, "{source}");
    }
}

#[test]
fn messages_say_what_to_do() {
    let message = |source: &str| errors(source, Expected::Text)[0].message.clone();
    assert_eq!(message("steps.test.outcome"), "No earlier step of this job has the id `test`: use `build`.");
    assert_eq!(
        message("needs.a.result"),
        "This job does not need a job `a` directly: add it to the `needs` of this job."
    );
    assert_eq!(
        message("join(needs.*.result)"),
        "This job waits for no other, so `needs.*` finds nothing: list jobs under its `needs`."
    );
    assert_eq!(
        message("join(steps.*.outcomes)"),
        "`steps.*` has no property `outcomes`: did you mean `outcome`?"
    );
    assert_eq!(message("inputs.nam"), "There is no input `nam`: did you mean `name`?");
    assert_eq!(
        message("startsWith('a')"),
        "`startsWith` takes 2 arguments, but 1 is given: call it as `startsWith(text, start)`."
    );
    assert_eq!(
        message("env"),
        "`env` is an object, which prints as the bare word `Object` in a text: pick a value in it or write `toJSON(env)`."
    );
    let parsed = parse("env.A");
    let bare = check(&parsed.ast.unwrap(), &Scope::new(&[], []), Expected::Text).1;
    assert_eq!(
        bare[0].message,
        "`env` is not available here, nor is any other context: write a plain value."
    );
}

#[test]
fn the_table_knows_every_context() {
    let everything = Scope::everything();
    for (source, clean) in [
        ("github.actor_id && github.event.x && runner.temp && strategy.job-total && job.container.id", true),
        ("secrets.GITHUB_TOKEN && jobs.a.outputs.b && needs.a.result && always() && hashFiles('x')", true),
        ("github.events", false),
        ("needs.a.results", false),
        ("job.services.a.port", false),
    ] {
        let errors = check(&parse(source).ast.unwrap(), &everything, Expected::Condition).1;
        assert_eq!(errors.is_empty(), clean, "{source}: {errors:?}");
    }
}

#[test]
fn words_that_a_value_never_is() {
    table(&[
        (
            "steps.build.outcome == 'failed'",
            "ComparisonNeverTrue steps.build.outcome == 'failed'; => steps.build.outcome == 'failure'",
        ),
        (
            "'Success' == job.status || job.status == 'succeeded'",
            "ComparisonNeverTrue job.status == 'succeeded'; => 'Success' == job.status || job.status == 'success'",
        ),
        (
            "runner.os == 'ubuntu-latest'",
            "ComparisonNeverTrue runner.os == 'ubuntu-latest'; => runner.os == 'Linux'",
        ),
        ("runner.os != 'darwin'", "ComparisonNeverTrue runner.os != 'darwin'; => runner.os != 'macOS'"),
        (
            "runner.arch == 'aarch64'",
            "ComparisonNeverTrue runner.arch == 'aarch64'; => runner.arch == 'ARM64'",
        ),
        ("runner.arch == 'x64' || runner.os == 'WINDOWS'", ""),
        (
            "contains(steps.*.outcome, 'failed')",
            "ComparisonNeverTrue contains(steps.*.outcome, 'failed'); => contains(steps.*.outcome, 'failure')",
        ),
        ("contains(steps.*.outcome, 'Failure')", ""),
        (
            "contains(steps.*.outcome, 'skip')",
            "ComparisonNeverTrue contains(steps.*.outcome, 'skip'); => contains(steps.*.outcome, 'skipped')",
        ),
        (
            "contains(join(steps.*.outcome, ','), 'failed')",
            "ComparisonNeverTrue contains(join(steps.*.outcome, ','), 'failed'); => contains(join(steps.*.outcome, ','), 'failure')",
        ),
        ("contains(join(steps.*.outcome, ','), 'fail')", ""),
        ("contains(join(steps.*.outcome, ','), 'success,success')", ""),
        (
            "contains(runner.os, 'ubuntu')",
            "ComparisonNeverTrue contains(runner.os, 'ubuntu'); => contains(runner.os, 'Linux')",
        ),
        ("startsWith(runner.os, 'win') || endsWith(runner.os, 'OS')", ""),
        (
            "startsWith(runner.os, 'ubuntu')",
            "ComparisonNeverTrue startsWith(runner.os, 'ubuntu'); => startsWith(runner.os, 'Linux')",
        ),
        (
            "contains(fromJSON('[\"success\", \"failed\"]'), job.status)",
            "ComparisonNeverTrue fromJSON('[\"success\", \"failed\"]'); => contains(fromJSON('[\"success\", \"failure\"]'), job.status)",
        ),
        ("contains(fromJSON('[\"linux\", \"macOS\"]'), runner.os)", ""),
        ("contains('linux windows', runner.os)", ""),
    ]);
}
