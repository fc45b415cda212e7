//! Rows of a matrix, their values, and what is added and left out.

use super::*;

#[test]
fn a_matrix_row_is_added_before_the_exceptions_and_renamed_everywhere() {
    let file = "jobs:\n  a:\n    strategy:\n      matrix:\n        os: [x]\n        include:\n          - os: y\n            z: 1\n    runs-on: ${{ matrix.os }}\n";
    check(
        file,
        |a| add_matrix_row(a, "a", "py", &[text("3.12"), text("3.13")]),
        &file.replace("        include", "        py: ['3.12', '3.13']\n        include"),
    );
    check(
        file,
        |a| rename_matrix_row(a, "a", "os", "runner"),
        &file.replace("os:", "runner:").replace("matrix.os", "matrix.runner"),
    );
}

#[test]
fn values_and_combinations_are_added_to_a_matrix() {
    let file =
        "jobs:\n  a:\n    strategy:\n      matrix:\n        node: [18, 20] # supported\n    runs-on: x\n";
    check(
        file,
        |a| add_matrix_values(a, "a", "node", &[Value::Int(22), Value::Int(24)]),
        &file.replace("[18, 20]", "[18, 20, 22, 24]"),
    );
    let one = [("node".to_owned(), Value::Int(18))];
    let excluded = file.replace("supported\n", "supported\n        exclude:\n          - node: 18\n");
    check(file, |a| exclude_combination(a, "a", &one), &excluded);
    let both = excluded.replace("node: 18\n", "node: 18\n          - node: 20\n");
    check(&excluded, |a| exclude_combination(a, "a", &[("node".to_owned(), Value::Int(20))]), &both);
    assert!(refused(file, |a| add_matrix_values(a, "a", "os", &[text("x")])).contains("os"));
}

#[test]
fn several_values_take_the_place_of_one() {
    let file = "jobs:\n  a:\n    strategy:\n      matrix:\n        node:\n          - 18 # old\n          - 24\n    runs-on: x\n";
    let row = path!["jobs", "a", "strategy", "matrix", "node"];
    let behind = [Value::Int(20), Value::Int(22)];
    check(
        file,
        |a| replace_item(a, &row, 0, Some(&Value::Int(19)), &behind),
        &file.replace("18 # old\n", "19 # old\n          - 20\n          - 22\n"),
    );
    check(
        file,
        |a| replace_item(a, &row, 1, None, &behind[..1]),
        &file.replace("- 24\n", "- 24\n          - 20\n"),
    );
}

#[test]
fn a_value_is_added_to_the_list_that_an_alias_repeats_when_that_is_meant() {
    let file = "jobs:\n  z:\n    strategy:\n      matrix: {n: &n [1, 2]}\n    runs-on: x\n  a:\n    strategy:\n      matrix: {k: *n}\n    runs-on: x\n";
    assert!(refused(file, |a| add_matrix_values(a, "a", "k", &[Value::Int(3)])).contains("`&n`"));
    let a = analysis(file);
    let add = |a: &Analysis| add_matrix_values(a, "a", "k", &[Value::Int(3)]);
    assert_eq!(edit_at_anchor(&a, add).unwrap().edit.apply(file), file.replace("[1, 2]", "[1, 2, 3]"));
    assert_eq!(edit_here(&a, add).unwrap().edit.apply(file), file.replace("*n", "[1, 2, 3]"));
}

#[test]
fn what_is_read_at_an_anchor_for_others_too_keeps_its_name() {
    let file = "jobs:\n  a:\n    strategy:\n      matrix:\n        os: [x]\n    steps: &s\n      - run: echo ${{ matrix.os }}\n  b:\n    strategy:\n      matrix:\n        os: [y]\n    steps: *s\n";
    for job in ["a", "b"] {
        assert!(refused(file, |a| rename_matrix_row(a, job, "os", "system")).contains("`&s`"));
    }
}

#[test]
fn the_last_combination_takes_the_list_with_it_and_what_says_nothing_without_it() {
    let before = "jobs:\n  a:\n    strategy:\n      matrix:\n        os: [x]\n";
    let list = "        exclude:\n          # never\n          - os: x\n";
    let behind = "    runs-on: x\n";
    let matrix = path!["jobs", "a", "strategy", "matrix"];
    for name in ["exclude", "include"] {
        let file = format!("{before}{}{behind}", list.replace("exclude", name));
        check(&file, |a| remove_field(a, &matrix.child(name).child(0)), &format!("{before}{behind}"));
        let flow = format!("{before}        {name}: [{{os: x}}]\n{behind}");
        check(&flow, |a| remove_field(a, &matrix.child(name).child(0)), &format!("{before}{behind}"));
    }
    let only =
        "jobs:\n  a:\n    strategy:\n      matrix:\n        include:\n          - os: x\n    runs-on: x\n";
    let gone = "jobs:\n  a:\n    runs-on: x\n";
    check(only, |a| remove_field(a, &matrix.child("include").child(0)), gone);
    let first = only.replace("      matrix", "      fail-fast: false\n      matrix");
    let kept = "jobs:\n  a:\n    strategy:\n      fail-fast: false\n    runs-on: x\n";
    check(&first, |a| remove_field(a, &matrix.child("include").child(0)), kept);
    // One of several goes alone, and a row has a name that counts.
    let two = only.replace("- os: x\n", "- os: x\n          - os: y\n");
    check(&two, |a| remove_field(a, &matrix.child("include").child(1)), only);
    let row = format!("{before}{behind}");
    check(&row, |a| remove_field(a, &matrix.child("os").child(0)), &row.replace("[x]", "[]"));
}

#[test]
fn a_key_of_a_value_is_changed_and_all_around_it_stays() {
    let file = "jobs:\n  a:\n    strategy:\n      matrix:\n        build:\n          - name: 'one' # why one\n            # about flags\n            flags: \"-O2\"\n            script: |\n              a\n              b\n          - name: two\n    runs-on: x\n";
    let first = path!["jobs", "a", "strategy", "matrix", "build", 0];
    check(file, |a| set_field(a, &first.child("name"), &text("three")), &file.replace("'one'", "'three'"));
    check(
        file,
        |a| set_field(a, &first.child("script"), &text("a\nb\nc\n")),
        &file.replace("b\n          -", "b\n              c\n          -"),
    );
    check(
        file,
        |a| set_field(a, &first.child("z"), &Value::Int(1)),
        &file.replace("b\n          -", "b\n            z: 1\n          -"),
    );
}

#[test]
fn the_first_value_makes_the_list() {
    let of =
        |matrix: &str| format!("on: push\njobs:\n  a:\n    strategy:\n      matrix:{matrix}    runs-on: u\n");
    let add = |a: &Analysis| add_matrix_values(a, "a", "k", &[Value::Int(18)]);
    check(&of("\n        k: # c\n"), add, &of("\n        k: [18] # c\n"));
    check(&of(" {k: , l: [1]}\n"), add, &of(" {k: [18], l: [1]}\n"));
    let text = of("\n        k:\n        l: [1]\n");
    let matrix = analysis(&text).workflow.jobs[0].matrix.clone().unwrap();
    assert_eq!(matrix.legs(), crate::model::Legs::Unknown("a row of the matrix has no values yet"));
}
