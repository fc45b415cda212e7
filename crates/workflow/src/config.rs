//! A person's settings for the checks, and the file that holds them.

use std::collections::BTreeMap;

use stepladder_yaml::{Kind, Node, TextRange, Tree};

use crate::Severity;
use crate::lint::{nearest_rule, rule, rules};

/// Settings for the checks; the default changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// By rule id.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Labels of own runners, as patterns with `*` and `?`.
    pub runner_labels: Vec<String>,
    /// Names of the secrets that exist; `None`: unknown.
    pub secrets: Option<Vec<String>>,
    /// Names of the configuration variables that exist; `None`: unknown.
    pub variables: Option<Vec<String>>,
}

/// What a rule's findings become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSetting {
    /// Nothing.
    Off,
    /// Findings of this severity.
    Severity(Severity),
}

/// Something wrong in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Where, in bytes of the file.
    pub range: TextRange,
    /// One sentence.
    pub message: String,
}

/// Where a repository keeps its configuration, by preference.
pub const CONFIG_FILES: [&str; 4] =
    [".github/stepladder.yml", ".github/stepladder.yaml", "stepladder.yml", "stepladder.yaml"];

/// Where a repository keeps the configuration of actionlint.
pub const ACTIONLINT_FILES: [&str; 2] = [".github/actionlint.yaml", ".github/actionlint.yml"];

impl Config {
    /// Reads a configuration file: a mapping with `rules` (rule ids and `off`, `hint`, `warning` or `error`),
    /// `runner-labels`, `secrets` and `variables` (lists of texts). What cannot be read is left out and told.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<ConfigProblem>) {
        let tree = Tree::parse(text);
        let mut config = Self::default();
        let mut problems: Vec<ConfigProblem> = tree
            .problems()
            .iter()
            .map(|problem| ConfigProblem { range: problem.range, message: problem.message.clone() })
            .collect();
        let Some(root) = tree.root() else { return (config, problems) };
        let mut say =
            |node: Node<'_>, message: String| problems.push(ConfigProblem { range: node.range(), message });
        if root.kind() != Kind::Mapping {
            say(
                root,
                "The configuration is a mapping with `rules`, `runner-labels`, `secrets`, `variables` and `scenarios`."
                    .to_owned(),
            );
        }
        for entry in root.entries() {
            match entry.name().unwrap_or_default() {
                "rules" => rule_settings(entry.value, &mut config.rules, &mut say),
                "runner-labels" => config.runner_labels = texts(entry.value, &mut say),
                "secrets" => config.secrets = Some(texts(entry.value, &mut say)),
                "variables" => config.variables = Some(texts(entry.value, &mut say)),
                // Cases for `stepladder test`, which reads them itself.
                "scenarios" => {}
                other => say(
                    entry.key,
                    format!(
                        "`{other}` is no setting; there are `rules`, `runner-labels`, `secrets`, `variables` and `scenarios`."
                    ),
                ),
            }
        }
        (config, problems)
    }

    /// Takes what the configuration of actionlint says and this one does not: `self-hosted-runner.labels` and
    /// `config-variables`. What cannot be read there is actionlint's to tell.
    pub fn fill_from_actionlint(&mut self, text: &str) {
        let tree = Tree::parse(text);
        let Some(root) = tree.root() else { return };
        let list =
            |node: Node<'_>| (node.resolve().kind() == Kind::Sequence).then(|| texts(node, &mut |_, _| ()));
        let labels = root.get("self-hosted-runner").and_then(|own| own.get("labels")).and_then(list);
        if self.runner_labels.is_empty() {
            self.runner_labels = labels.unwrap_or_default();
        }
        if self.variables.is_none() {
            self.variables = root.get("config-variables").and_then(list);
        }
    }

    /// The JSON schema of the file, for editors.
    #[must_use]
    pub fn schema() -> String {
        let ids: Vec<String> = rules::ALL
            .iter()
            .map(|rule| {
                format!(
                    "\"{}\":{{\"description\":\"{}\",\"enum\":[\"off\",\"hint\",\"warning\",\"error\"]}}",
                    rule.id,
                    json_text(rule.title)
                )
            })
            .collect();
        let list = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
        format!(
            "{{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"Stepladder configuration\",\
             \"type\":\"object\",\"additionalProperties\":false,\"properties\":{{\"rules\":{{\"type\":\"object\",\
             \"additionalProperties\":false,\"properties\":{{{}}}}},\"runner-labels\":{list},\"secrets\":{list},\
             \"variables\":{list},\"scenarios\":{{\"type\":\"object\"}}}}}}\n",
            ids.join(",")
        )
    }
}

fn json_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn rule_settings(
    node: Node<'_>,
    rules: &mut BTreeMap<String, RuleSetting>,
    say: &mut impl FnMut(Node<'_>, String),
) {
    for entry in node.entries() {
        let id = entry.name().unwrap_or_default();
        if rule(id).is_none() {
            let meant = nearest_rule(id);
            let ask =
                meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_else(|| ".".to_owned());
            say(entry.key, format!("There is no rule `{id}`{ask}"));
            continue;
        }
        let setting = match entry.value.as_str() {
            Some("off" | "false") => RuleSetting::Off,
            Some(name) if Severity::from_name(name).is_some() => {
                RuleSetting::Severity(Severity::from_name(name).unwrap_or(Severity::Warning))
            }
            _ => {
                say(entry.value, format!("`{id}` can be `off`, `hint`, `warning` or `error`."));
                continue;
            }
        };
        rules.insert(id.to_owned(), setting);
    }
}

fn texts(node: Node<'_>, say: &mut impl FnMut(Node<'_>, String)) -> Vec<String> {
    if node.resolve().kind() != Kind::Sequence && !node.is_null() {
        say(node, "This must be a list of texts.".to_owned());
    }
    node.items().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings() {
        let (config, problems) = Config::parse(
            "rules:\n  runner-label: off\n  unused-anchor: error\nrunner-labels: [gpu-*]\nvariables: [A]\n",
        );
        assert_eq!(problems, []);
        assert_eq!(config.rules["runner-label"], RuleSetting::Off);
        assert_eq!(config.rules["unused-anchor"], RuleSetting::Severity(Severity::Error));
        assert_eq!(config.runner_labels, ["gpu-*"]);
        assert_eq!((config.secrets, config.variables), (None, Some(vec!["A".to_owned()])));
    }

    #[test]
    fn tells_mistakes() {
        let (_, problems) = Config::parse("rules:\n  runer-label: off\n  unused-anchor: loud\nlabels: []\n");
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages.len(), 3);
        assert!(messages[0].contains("did you mean `runner-label`?"), "{messages:?}");
        assert!(messages[1].contains("can be `off`"), "{messages:?}");
        assert!(messages[2].contains("no setting") && messages[2].contains("`scenarios`"), "{messages:?}");
    }

    #[test]
    fn the_schema_is_json() {
        assert!(serde_json::from_str::<serde_json::Value>(&Config::schema()).is_ok());
    }

    #[test]
    fn takes_what_is_missing_from_actionlint() {
        let other =
            "self-hosted-runner:\n  labels: [gpu, 'linux-*']\nconfig-variables: null\npaths:\n  x: {}\n";
        let mut config = Config::default();
        config.fill_from_actionlint(other);
        assert_eq!(
            (config.runner_labels, config.variables),
            (vec!["gpu".to_owned(), "linux-*".to_owned()], None)
        );
        let (mut config, _) = Config::parse("runner-labels: [own]\n");
        config.fill_from_actionlint("self-hosted-runner: {labels: [gpu]}\nconfig-variables: [REGION]\n");
        assert_eq!(
            (config.runner_labels, config.variables),
            (vec!["own".to_owned()], Some(vec!["REGION".to_owned()]))
        );
        let mut config = Config::default();
        config.fill_from_actionlint("- [broken");
        assert_eq!(config, Config::default());
    }
}
