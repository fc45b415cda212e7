use stepladder_yaml::{Kind, TextEdit};

use crate::lint::suggest::{list, meant};
use crate::lint::{Cx, Rule};
use crate::model::Text;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "choice-options",
    severity: Severity::Error,
    kind: "triggers",
    title: "Options that do not go with the type of the input",
    docs: "An input of the type `choice` needs `options`, each once, and its `default` must be one of them; an input of any \
           other type cannot have `options`.",
    bad: "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.level }}\n",
    good: "on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\n        options: [low, high]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.level }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(trigger) = cx.workflow.trigger("workflow_dispatch") else { return };
    for input in trigger.inputs.iter().take(200) {
        let Some(node) = cx.tree.at(&input.path) else { continue };
        let options = node.entry("options");
        let choice = input.kind.as_ref().is_some_and(|kind| kind.value == "choice");
        let given = options.filter(|options| {
            options.value.resolve().kind() == Kind::Sequence && !options.value.resolve().is_empty()
        });
        match (choice, given) {
            // A list whose dashes lack their blanks is told as that.
            (true, None)
                if options.is_none_or(|options| !options.value.source().starts_with('-'))
                    && !cx.is_lost(&input.path, &["options"]) =>
            {
                let message = format!("`{}` is a choice, so it needs `options`.", input.name.value);
                out.push(RULE.at(input.name.range, message));
            }
            // It is as likely the type that is wrong, so the input is marked rather than its options.
            (false, Some(_)) if !cx.is_lost(&input.path, &["type"]) => {
                let kind = input.kind.as_ref().map_or("string", |kind| &kind.value);
                let message = format!(
                    "`options` go with `type: choice`, but `{}` is of the type `{kind}`.",
                    input.name.value
                );
                out.push(RULE.at(input.name.range, message));
            }
            _ => {}
        }
        if !choice || given.is_none() {
            continue;
        }
        for (index, option) in input.options.iter().enumerate() {
            if option.value.is_empty() {
                let message = "This option is empty, so the person sees a blank line; give it a name.";
                out.push(RULE.at(option.range, message).with_severity(Severity::Warning));
            }
            if input.options[..index].iter().any(|other| other.value == option.value) {
                let message = format!("The option `{}` is already in this list.", option.value);
                let mut items = given.iter().flat_map(|given| given.value.items());
                let place = items.position(|item| item.range() == option.range);
                let path = place.map(|place| input.path.child("options").child(place));
                let fix = path.and_then(|path| cx.remove("Remove it", &path, false));
                out.push(RULE.at(option.range, message).with_severity(Severity::Warning).with_fix(fix));
            }
        }
        let known = |default: &Text| input.options.iter().any(|option| option.value == default.value);
        if let Some(default) =
            input.default.as_ref().filter(|default| !input.options.is_empty() && !known(default))
        {
            let options = || input.options.iter().map(|option| option.value.as_str());
            let meant = meant(&default.value, options().collect::<Vec<_>>());
            let ask = match meant {
                Some(meant) => format!("; did you mean `{meant}`?"),
                None => format!("; there are {}.", list(options(), 12)),
            };
            let message = format!("The default `{}` is none of the options{ask}", default.value);
            let written = cx.tree.slice(default.range) == default.value;
            let plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
            let fix = meant.filter(|meant| written && plain(meant) && meant.starts_with(|c: char| c.is_ascii_alphabetic()));
            let fix = fix.map(|meant| Fix::risky(format!("Write `{meant}`"), TextEdit::replace(default.range, meant)));
            out.push(RULE.at(default.range, message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn an_option_that_stands_there_twice_goes() {
        let with = |options: &str| {
            format!("on:\n  workflow_dispatch:\n    inputs:\n      level:\n        type: choice\n        options: {options}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ inputs.level }}}}\n")
        };
        for (before, after) in [
            ("[low, high, low]", "[low, high]"),
            ("\n          - low # first\n          - low\n          - high", "\n          - low # first\n          - high"),
        ] {
            crate::lint::testing::check_fix("choice-options", &with(before), &with(after));
        }
    }

    #[test]
    fn the_input_is_marked_whose_type_does_not_fit() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      level:
      ^^^^^ choice-options: `options` go with `type: choice`, but `level` is of the type `string`.
        options: [low, high]
      mood:
      ^^^^ choice-options: `mood` is a choice, so it needs `options`.
        type: choice
      tone:
      ^^^^ choice-options: `tone` is a choice, so it needs `options`.
        type: choice
        options: []
                 ^^ empty-value: `options` is empty
      song:
      ^^^^ choice-options: `song` is a choice, so it needs `options`.
        type: choice
        options: low
                 ^^^ wrong-type: `options` must be a list
        default: high
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }} ${{ inputs.mood }} ${{ inputs.tone }} ${{ inputs.song }}
",
        );
    }

    #[test]
    fn the_nearest_option_is_proposed() {
        let with = |default: &str| {
            format!("on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: choice\n        options: [linux/amd64, linux/arm64]\n        default: {default}\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ inputs.a }}}}\n")
        };
        crate::lint::testing::check_fix("choice-options", &with("linux/arm"), &with("linux/arm64"));
    }
}
