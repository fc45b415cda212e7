//! What a template asks.

use serde::{Deserialize, Serialize};
use stepladder_workflow::cron::Cron;
use stepladder_yaml::Path;

use crate::Answer;

/// One question, its default answer, and the places that an answer is written to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name on the command line (`--set ID=VALUE`).
    pub id: String,
    /// The question, as a sentence.
    pub ask: String,
    /// A sentence of help, for those who hesitate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What kind of answer is wanted.
    pub kind: Kind,
    /// For a list: the kind of its items; `text` when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Kind>,
    /// The answer that the text of the template already holds.
    pub default: Answer,
    /// What can be chosen; for `choice` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// What a text must look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
    /// The smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Where the answer goes: `PATH`, or `PATH = TEXT` with `{answer}` in the text. See [`Question::targets`].
    pub sets: Vec<String>,
}

/// What kind of answer a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One line of text.
    Text,
    /// One of the options.
    Choice,
    /// A number, within `min` and `max`.
    Number,
    /// Yes or no.
    Boolean,
    /// The name of a branch.
    Branch,
    /// A schedule in cron form.
    Cron,
    /// Several values, at least one.
    List,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is written.
    pub value: String,
    /// What is shown; the value when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// Letters, digits, `-`, `_`, `.`.
    Name,
    /// A path from the root of the repository.
    Path,
    /// An address that begins with `https://`.
    Url,
    /// Digits and dots, perhaps with a suffix: `3.13`, `1.85.0`, `24`.
    Version,
    /// A container image: lower case, without a tag.
    Image,
}

/// A place that an answer is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'q> {
    /// The node.
    pub path: Path,
    /// The text around the answer; `None`: the answer itself, as what it is.
    pub format: Option<&'q str>,
}

impl Question {
    /// The places that an answer is written to.
    ///
    /// # Errors
    /// A sentence when a place is not a path.
    pub fn targets(&self) -> Result<Vec<Target<'_>>, String> {
        self.sets
            .iter()
            .map(|set| {
                let (path, format) = match set.split_once(" = ") {
                    Some((path, format)) => (path, Some(format)),
                    None => (set.as_str(), None),
                };
                Ok(Target { path: path.parse()?, format })
            })
            .collect()
    }

    /// Reads what a person typed. The items of a list stand between commas or on lines of their own.
    ///
    /// # Errors
    /// A sentence for the person: what is wanted.
    pub fn read(&self, typed: &str) -> Result<Answer, String> {
        let typed = typed.trim();
        if self.kind != Kind::List {
            return self.read_one(self.kind, typed);
        }
        let items: Vec<Answer> = typed
            .split([',', '\n'])
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| self.read_one(self.of.unwrap_or(Kind::Text), item))
            .collect::<Result<_, _>>()?;
        if items.is_empty() {
            return Err("Give at least one value.".to_owned());
        }
        Ok(Answer::List(items))
    }

    fn read_one(&self, kind: Kind, typed: &str) -> Result<Answer, String> {
        if typed.is_empty() {
            return Err("An answer is needed.".to_owned());
        }
        if typed.chars().any(char::is_control) {
            return Err("The answer must be one line without special characters.".to_owned());
        }
        match kind {
            Kind::Text | Kind::List => self.check.map_or(Ok(()), |check| check.judge(typed))?,
            Kind::Choice => {
                if !self.options.iter().any(|option| option.value == typed) {
                    let values: Vec<&str> = self.options.iter().map(|option| option.value.as_str()).collect();
                    return Err(format!("Choose one of {}.", values.join(", ")));
                }
            }
            Kind::Number => return self.read_number(typed),
            Kind::Boolean => {
                return match typed {
                    "true" | "yes" => Ok(Answer::Bool(true)),
                    "false" | "no" => Ok(Answer::Bool(false)),
                    _ => Err("Answer with yes or no.".to_owned()),
                };
            }
            Kind::Branch => judge_branch(typed)?,
            Kind::Cron => {
                if let Err(problems) = Cron::parse(typed) {
                    let reason = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
                    return Err(format!("This is not a schedule in cron form. {reason}"));
                }
            }
        }
        Ok(Answer::Text(typed.to_owned()))
    }

    fn read_number(&self, typed: &str) -> Result<Answer, String> {
        let plain = typed.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        let number = match typed.parse::<f64>() {
            Ok(number) if plain && number.is_finite() => number,
            _ => return Err("Give a number, such as 3 or 0.5.".to_owned()),
        };
        match (self.min, self.max) {
            (Some(min), _) if number < min => Err(format!("The number must be at least {min}.")),
            (_, Some(max)) if number > max => Err(format!("The number must be at most {max}.")),
            _ => Ok(Answer::Number(number)),
        }
    }
}

impl Check {
    /// Whether `text` looks as it must.
    ///
    /// # Errors
    /// A sentence for the person: what is wanted.
    pub fn judge(self, text: &str) -> Result<(), String> {
        let only = |extra: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c));
        let (fits, wanted) = match self {
            Self::Name => (only("-_."), "Use letters, digits, - _ and . only."),
            Self::Path => (
                !text.starts_with('/')
                    && !text.ends_with('/')
                    && !text.contains("//")
                    && !text.split('/').any(|part| part == "..")
                    && only("-_./@+"),
                "Give a path from the root of the repository, such as src/app.",
            ),
            Self::Url => (
                text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
                    && only("-_./:~?&=%#+@")
                    && !text.contains(".."),
                "Give an address that begins with https://.",
            ),
            Self::Version => (
                text.starts_with(|c: char| c.is_ascii_digit()) && only(".-"),
                "Give a version, such as 3.13 or 24.",
            ),
            Self::Image => (
                only("-_./:") && text.chars().all(|c| !c.is_ascii_uppercase()) && !text.ends_with(['/', ':']),
                "Give the name of an image in lower case, such as ghcr.io/me/app.",
            ),
        };
        if fits { Ok(()) } else { Err(wanted.to_owned()) }
    }
}

/// Git's rules for names of branches, which the filters of a workflow share.
fn judge_branch(text: &str) -> Result<(), String> {
    let bad = text.contains([' ', '~', '^', ':', '\\', '?', '*', '['])
        || text.contains("..")
        || text.contains("//")
        || text.contains("@{")
        || text.starts_with(['/', '-', '!'])
        || text.ends_with(['/', '.'])
        || text.ends_with(".lock");
    if bad { Err("This cannot be the name of a branch.".to_owned()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: Kind) -> Question {
        Question {
            id: "q".into(),
            ask: "What?".into(),
            help: None,
            kind,
            of: None,
            default: Answer::Text("x".into()),
            options: vec![
                Choice { value: "a".into(), label: None },
                Choice { value: "b".into(), label: None },
            ],
            check: None,
            min: Some(1.0),
            max: Some(10.0),
            sets: Vec::new(),
        }
    }

    /// Reads each text; `None` stands for a refusal.
    fn reads(question: &Question, cases: &[(&str, Option<Answer>)]) {
        for (typed, wanted) in cases {
            assert_eq!(question.read(typed).ok(), *wanted, "{typed:?}");
        }
    }

    #[test]
    fn every_kind_reads_what_it_wants_and_refuses_the_rest() {
        let text = |text: &str| Some(Answer::Text(text.into()));
        reads(
            &question(Kind::Text),
            &[(" two words ", text("two words")), ("", None), ("  ", None), ("a\nb", None)],
        );
        reads(&question(Kind::Choice), &[("a", text("a")), ("c", None)]);
        reads(
            &question(Kind::Number),
            &[
                ("1", Some(Answer::Number(1.0))),
                ("9.5", Some(Answer::Number(9.5))),
                ("0.99", None),
                ("11", None),
                ("1e1", None),
                ("inf", None),
                ("NaN", None),
                ("two", None),
            ],
        );
        reads(
            &question(Kind::Boolean),
            &[("yes", Some(Answer::Bool(true))), ("false", Some(Answer::Bool(false))), ("1", None)],
        );
        reads(
            &question(Kind::Branch),
            &[
                ("main", text("main")),
                ("release/2.x", text("release/2.x")),
                ("a b", None),
                ("a..b", None),
                ("main*", None),
                ("!main", None),
                ("x.lock", None),
                ("x/", None),
            ],
        );
        reads(
            &question(Kind::Cron),
            &[("5 4 * * 1", text("5 4 * * 1")), ("5 4 * *", None), ("61 * * * *", None), ("daily", None)],
        );
    }

    #[test]
    fn a_list_is_split_at_commas_and_lines_and_holds_at_least_one_item() {
        let list = |items: &[&str]| {
            Some(Answer::List(items.iter().map(|item| Answer::Text((*item).into())).collect()))
        };
        reads(
            &question(Kind::List),
            &[("a, b", list(&["a", "b"])), ("a\nb\n", list(&["a", "b"])), (" , \n", None)],
        );
        let numbers = Question { of: Some(Kind::Number), ..question(Kind::List) };
        let wanted = Answer::List(vec![Answer::Number(1.0), Answer::Number(2.5)]);
        reads(&numbers, &[("1, 2.5", Some(wanted)), ("1, x", None), ("1, 20", None)]);
    }

    #[test]
    fn checks_of_texts() {
        let cases: &[(Check, &[&str], &[&str])] = &[
            (Check::Name, &["my-app_1.x"], &["my app", "a/b", "$HOME"]),
            (Check::Path, &["src/app", "a.yml"], &["/etc", "a/../b", "a//b", "a/", "a b"]),
            (Check::Url, &["https://a.example/x?y=1"], &["http://a.example", "https://", "https://a b"]),
            (Check::Version, &["3.13", "24", "9.8.4-rc1"], &["v3", "3 ", "latest"]),
            (Check::Image, &["ghcr.io/me/app", "localhost:5000/x"], &["Me/App", "me/app:", "me app"]),
        ];
        for (check, good, bad) in cases {
            assert!(good.iter().all(|text| check.judge(text).is_ok()), "{check:?}");
            assert!(bad.iter().all(|text| check.judge(text).is_err()), "{check:?}");
        }
    }

    #[test]
    fn targets_are_paths_with_or_without_a_text_around_the_answer() {
        let sets = vec!["jobs.a.env.X".to_owned(), "on.push.paths[0] = {answer}/**".to_owned()];
        let question = Question { sets, ..question(Kind::Text) };
        let targets = question.targets().unwrap_or_default();
        let told: Vec<_> = targets.iter().map(|target| (target.path.to_string(), target.format)).collect();
        assert_eq!(
            told,
            [("jobs.a.env.X".to_owned(), None), ("on.push.paths[0]".to_owned(), Some("{answer}/**"))]
        );
    }
}
