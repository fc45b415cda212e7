//! The command line's words.

use std::io::Write;
use std::process::ExitCode;

/// Printed by `stepladder help`.
pub(crate) const USAGE: &str = "\
Usage: stepladder COMMAND

  check [FILE | FOLDER | -]…     find mistakes in workflows and actions; `-` is standard input;
                                 without a path, the folder that you are in
      --format FORMAT            text (default), json (one object a line), sarif or github
      --stdin-name PATH          name of the file that standard input stands for
      --min-severity SEVERITY    hint (default), warning or error
      --jobs N                   files checked at a time; as many as there are processors
  fix [FILE | FOLDER | -]…       correct what can be corrected safely; standard input goes to standard output
      --unsafe                   also make changes that a person should look at
      --dry-run                  show the changes and write nothing
  explain RULE                   what a rule finds, why, and what to do
  rules [--format json]          all rules; `rules --config-schema` prints the schema of the configuration
  simulate FILE                  what an event does to a workflow: does it start, which jobs and steps run, and why;
                                 without `--event`, the events that the workflow waits for, in short
      --event NAME               the event, such as push; what follows changes an everyday event of that name
      --type TYPE                activity type, such as opened
      --branch B, --tag T        branch or tag pushed or chosen; for a pull request the branch it goes into
      --ref REF, --head B        full ref; branch that a pull request comes from
      --changed PATH             a changed file, more than once for more; without it they are not known
      --fork, --message TEXT     from a fork; message of the newest commit
      --actor NAME, --repository OWNER/NAME, --default-branch B, --schedule CRON
      --input NAME=VALUE, --var NAME=VALUE, --payload JSON
      --result JOB=RESULT        how a job ends: success (default), failure or cancelled
      --output JOB.NAME=VALUE    an output of a job
      --cancelled, --steps       the run is cancelled on the way; list the steps too
      --format FORMAT            text (default) or json
  test [FILE]…                   run scenarios, by default those in .github/stepladder.yml and *.scenarios.yml
      --format FORMAT            text (default) or json (one object a line)
  describe FILE [--format json]  the workflow in plain sentences, each with its line
  templates [ID | WORD…]         all templates, those with these words, or all about one
      --format FORMAT            text (default) or json
  new TEMPLATE                   write a workflow from a template to .github/workflows
      --set ID=VALUE             an answer to a question of the template, more than once for more
      --output PATH, --stdout    write it there, or print it
      --files, --scenarios       write the scripts that it brings along, and its scenarios, too
      --companions               write the workflows that it calls, too, where they are missing
      --force                    write over files that are there
  expr                           evaluate expressions, one JSON object a line in and out
  complete, hover                what an editor asks at a place of a text, in the same way

A configuration is read from .github/stepladder.yml or stepladder.yml of the repository; labels of runners and names of
variables that it does not list from .github/actionlint.yaml.
Exit status: 0 no error found, 1 errors found, 2 wrong usage, files that cannot be read or written,
or a configuration with mistakes";

/// The exit status for wrong usage and for files that cannot be read or written.
pub(crate) const TROUBLE: u8 = 2;

/// Says what is wrong with the arguments.
pub(crate) fn refuse(why: &str) -> ExitCode {
    eprintln!("stepladder: {why}.\n`stepladder help` lists all commands and options.");
    ExitCode::from(TROUBLE)
}

/// Prints a text and a line break. A reader that has gone away is no mistake.
pub(crate) fn print(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
    ExitCode::SUCCESS
}

/// Options with their values, and everything else.
pub(crate) struct Words {
    options: Vec<(String, Option<String>)>,
    /// What is no option.
    pub(crate) plain: Vec<String>,
}

impl Words {
    /// Reads arguments. `with_value` are the options that take a value, as `--option value` or `--option=value`;
    /// `switches` those that take none.
    ///
    /// # Errors
    /// A sentence about the first argument that is neither.
    pub(crate) fn read(words: &[String], with_value: &[&str], switches: &[&str]) -> Result<Self, String> {
        let mut read = Self { options: Vec::new(), plain: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--" {
                read.plain.extend(words.cloned());
                break;
            }
            if !word.starts_with("--") {
                read.plain.push(word.clone());
                continue;
            }
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            if with_value.contains(&name) {
                let value = value.or_else(|| words.next().cloned());
                read.options.push((name.to_owned(), Some(value.ok_or(format!("`{name}` needs a value"))?)));
            } else if switches.contains(&name) && value.is_none() {
                read.options.push((name.to_owned(), None));
            } else {
                return Err(format!("there is no option `{word}`"));
            }
        }
        Ok(read)
    }

    /// The last value of an option.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.options.iter().rev().find(|(own, _)| own == name).and_then(|(_, value)| value.as_deref())
    }

    /// All values of an option, in order.
    pub(crate) fn values<'w>(&'w self, name: &'w str) -> impl Iterator<Item = &'w str> {
        self.options.iter().filter(move |(own, _)| own == name).filter_map(|(_, value)| value.as_deref())
    }

    /// Whether an option is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(own, _)| own == name)
    }
}
