#![allow(clippy::unwrap_used)]
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use stepladder_yaml::{Tree, path};

use super::{ACTION, Field, Map, Types, WORKFLOW, all, at, field_at};

/// A table of facts from a folder beside the project; `None`, and a word about it, when it is not there.
fn facts(name: &str) -> Option<Value> {
    let near = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts");
    let folder = std::env::var_os("STEPLADDER_FACTS").map_or(near, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
        println!("{name} is not there: the table is not compared with it");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn types(value: &Value) -> Types {
    let mut set: Option<Types> = None;
    for name in value.as_array().unwrap() {
        let one = match name.as_str().unwrap() {
            "null" => Types::NULL,
            "string" => Types::STRING,
            "boolean" => Types::BOOL,
            "number" => Types::NUMBER,
            "mapping" => Types::MAPPING,
            "sequence" => Types::SEQUENCE,
            "any" => Types::ANY,
            other => panic!("unknown type {other}"),
        };
        set = Some(set.map_or(one, |set| set.or(one)));
    }
    set.unwrap()
}

fn compare(name: &str, ours: &Field, theirs: &Value, ctx_sets: &Value, facts: &Value) {
    // GitHub takes an input without any settings, which is then a text.
    let tolerated = if name == "on.workflow_dispatch.inputs.*" { Types::NULL } else { ours.types };
    assert!(
        ours.types == types(&theirs["types"]) || ours.types == types(&theirs["types"]).or(tolerated),
        "types of {name}"
    );
    let flag = |key: &str| theirs[key].as_bool().unwrap_or_default();
    assert_eq!(
        (ours.required, ours.nonempty),
        (flag("required"), flag("nonempty")),
        "required, nonempty of {name}"
    );
    let set = &ctx_sets[theirs["ctx"].as_str().unwrap()];
    let listed: BTreeSet<&str> =
        set["contexts"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert_eq!(ours.ctx.contexts().iter().copied().collect::<BTreeSet<_>>(), listed, "contexts of {name}");
    let functions: BTreeSet<String> = ours
        .ctx
        .functions()
        .iter()
        .map(|f| match f.max {
            255 if f.name != "hashFiles" => format!("{}({},MAX)", f.name, f.min),
            max => format!("{}({},{max})", f.name, f.min),
        })
        .collect();
    let theirs_functions: BTreeSet<String> =
        set["functions"].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned()).collect();
    // Where GitHub's documentation knows of more, see `Ctx::W15`.
    if name != "jobs.<job_id>.snapshot.if" {
        assert_eq!(functions, theirs_functions, "functions of {name}");
    }
    let values = match &theirs["values"] {
        Value::String(list) => &facts[list],
        other => other,
    };
    let own: BTreeSet<&str> = ours.values.list().into_iter().collect();
    match values.as_array() {
        Some(list) => {
            let list: BTreeSet<&str> = list.iter().map(|v| v.as_str().unwrap()).collect();
            assert_eq!(own, list, "values of {name}");
        }
        None => assert!(!ours.values.closed(), "{name} is free"),
    }
    if let Some(items) = theirs.get("items") {
        compare(&format!("{name}[]"), ours.items.unwrap(), items, ctx_sets, facts);
    } else {
        assert!(ours.items.is_none(), "{name} has no items");
    }
    let maps = theirs["maps"].as_array().map_or(0, Vec::len);
    assert_eq!(ours.maps.len(), maps, "shapes of {name}");
}

fn compare_all(root: &'static Map, file: &str) {
    let Some(facts) = facts(file) else { return };
    let ours: BTreeMap<&str, &Map> = all(root).into_iter().map(|map| (map.name, map)).collect();
    // One map of ours may stand for several equal ones.
    let find = |name: &str| -> &Map {
        let twin = name
            .replace("jobs.<job_id>.permissions", "permissions")
            .replace("services.<service_id>.env", "container.env")
            .replace("services.<service_id>.credentials", "container.credentials")
            .replace("parallel[].env", "env")
            .replace("parallel[].with", "with");
        ours.get(name).or_else(|| ours.get(twin.as_str())).unwrap_or_else(|| panic!("the table lacks {name}"))
    };
    for (name, map) in facts["maps"].as_object().unwrap() {
        let own = find(name);
        for (key, field) in map["keys"].as_object().unwrap() {
            let Some(ours) = own.named(key) else { panic!("the table lacks {name}.{key}") };
            compare(&format!("{name}.{key}"), ours, field, &facts["ctx_sets"], &facts);
        }
        for field in own.fields {
            // GitHub's runner knows this one too.
            if (name.as_str(), field.key) == ("workflow", "description") {
                continue;
            }
            // Newer than the facts.
            if field.key == "cache-mode" {
                continue;
            }
            assert!(map["keys"].get(field.key).is_some(), "{name}.{} is not in the facts", field.key);
        }
        match map.get("free_keys") {
            Some(free) => {
                compare(&format!("{name}.*"), own.free.unwrap(), &free["value"], &facts["ctx_sets"], &facts);
            }
            None => assert!(own.free.is_none(), "{name} has no free keys"),
        }
    }
}

#[test]
fn the_workflow_table_agrees_with_the_facts() {
    compare_all(WORKFLOW, "keys.json");
}

#[test]
fn the_action_table_agrees_with_the_facts() {
    compare_all(ACTION, "action-keys.json");
}

#[test]
fn every_key_has_a_title_and_a_doc() {
    for map in all(WORKFLOW).into_iter().chain(all(ACTION)) {
        for field in map.fields.iter().chain(map.free) {
            assert!(!field.title.is_empty(), "{}.{} needs a title", map.name, field.key);
            assert!(
                field.doc.len() > 10 && field.doc.ends_with(['.', '!']),
                "{}.{} needs a doc",
                map.name,
                field.key
            );
        }
    }
}

#[test]
fn names_of_maps_are_unique() {
    let maps = all(WORKFLOW);
    let names: BTreeSet<&str> = maps.iter().map(|map| map.name).collect();
    assert_eq!(names.len(), maps.len());
}

#[test]
fn lookup_resolves_alternatives() {
    let tree = Tree::parse(
        "on:\n  push:\n    branches: [a]\njobs:\n  a:\n    uses: x\n  b:\n    runs-on: x\n    steps:\n      - run: x\n      \
         - uses: y\n        with: {}\n      - {}\n",
    );
    let name = |path: stepladder_yaml::Path| at(&path, &tree).map(|map| map.name);
    assert_eq!(name(path![]), Some("workflow"));
    assert_eq!(name(path!["on", "push"]), Some("on.push"));
    assert_eq!(name(path!["jobs", "a"]), Some("jobs.<job_id>{reusable_call}"));
    assert_eq!(name(path!["jobs", "b"]), Some("jobs.<job_id>{normal}"));
    assert_eq!(name(path!["jobs", "b", "steps", 0]), Some("jobs.<job_id>.steps[]{run}"));
    assert_eq!(name(path!["jobs", "b", "steps", 1, "with"]), Some("jobs.<job_id>.steps[].with"));
    assert_eq!(name(path!["jobs", "b", "steps", 2]), None);
    assert_eq!(name(path!["jobs", "b", "strategy", "matrix"]), Some("jobs.<job_id>.strategy.matrix"));
    assert_eq!(field_at(&path!["on", "push", "branches", 0], &tree).unwrap().title, "Pattern");
    assert_eq!(field_at(&path!["jobs", "b", "nonsense"], &tree).map(|f| f.key), None);
}

#[test]
fn what_an_alias_repeats_has_the_map_of_what_it_says() {
    let tree = Tree::parse(
        "on: push\njobs:\n  a: &job\n    runs-on: x\n    steps:\n      - &s {run: x}\n      - *s\n  b: *job\n",
    );
    let steps = path!["jobs", "a", "steps"];
    let name = |path| at(&path, &tree).map(|map| map.name);
    assert_eq!(name(steps.child(0)), name(steps.child(1)));
    assert!(name(steps.child(1)).is_some());
    assert_eq!(name(path!["jobs", "a"]), name(path!["jobs", "b"]));
    assert!(field_at(&path!["jobs", "b", "steps", 1, "run"], &tree).is_some());
}
