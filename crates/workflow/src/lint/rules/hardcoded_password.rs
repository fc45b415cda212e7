use crate::expr;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "hardcoded-password",
    severity: Severity::Warning,
    kind: "security",
    title: "Password written into the workflow",
    docs: "A password in a workflow can be read by everyone who can read the repository, and stays in its history. Keep it \
           in a secret and write `${{ secrets.NAME }}`; a password that was published must be changed.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      image: ghcr.io/me/image:1\n      credentials:\n        username: me\n        password: hunter2\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      image: ghcr.io/me/image:1\n      credentials:\n        username: me\n        password: ${{ secrets.TOKEN }}\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let inside = cx.parent(place).and_then(|parent| parent.map);
        if inside.is_none_or(|map| map.name != "jobs.<job_id>.container.credentials")
            || place.name() != Some("password")
        {
            continue;
        }
        let Some(text) = place.node.as_str().filter(|text| !text.is_empty()) else { continue };
        // A text around a secret is there to be read as well.
        if expr::whole(text.trim_end()).is_none() {
            out.push(RULE.at(
                place.node.range(),
                "This password can be read by everyone who sees the file; put it into a secret and write `${{ secrets.NAME }}`.",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_part_of_it_can_be_read_as_well() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    services:
      db:
        image: postgres:17
        credentials:
          username: me
          password: pre-${{ secrets.TOKEN }}
                    ^^^^^^^^^^^^^^^^^^^^^^^^ hardcoded-password: This password can be read
    steps:
      - run: make
",
        );
    }
}
