//! Which programs a shell script starts, as far as it can be read off.

/// Commands of the shell and everyday tools, none of which knows of `$GITHUB_OUTPUT`.
const PLAIN: &[&str] = &[
    "!",
    ":",
    "[",
    "[[",
    "awk",
    "base64",
    "basename",
    "break",
    "cat",
    "cd",
    "chmod",
    "continue",
    "cp",
    "curl",
    "cut",
    "date",
    "declare",
    "df",
    "diff",
    "dirname",
    "do",
    "done",
    "du",
    "echo",
    "elif",
    "else",
    "esac",
    "exit",
    "export",
    "expr",
    "false",
    "fi",
    "file",
    "find",
    "for",
    "git",
    "grep",
    "gunzip",
    "gzip",
    "head",
    "hostname",
    "id",
    "if",
    "jq",
    "ls",
    "md5sum",
    "mkdir",
    "mktemp",
    "mv",
    "nproc",
    "openssl",
    "printf",
    "pwd",
    "read",
    "readlink",
    "readonly",
    "realpath",
    "rev",
    "rm",
    "rmdir",
    "sed",
    "seq",
    "set",
    "sha256sum",
    "shift",
    "shopt",
    "sleep",
    "sort",
    "stat",
    "tac",
    "tail",
    "tar",
    "tee",
    "test",
    "then",
    "touch",
    "tr",
    "true",
    "uname",
    "uniq",
    "unset",
    "unzip",
    "wc",
    "wget",
    "while",
    "whoami",
    "yq",
    "zip",
    "{",
    "}",
];

/// Words behind which another command stands.
const AHEAD: &[&str] = &["!", "do", "elif", "else", "if", "then", "while", "{"];

/// Whether the script of a POSIX shell starts none but plain tools, so that all it does can be read off. `false` where that
/// is not sure.
pub(crate) fn only_plain_commands(script: &str) -> bool {
    let mut reader = Reader { rest: script, plain: true };
    reader.code(false);
    reader.plain && reader.rest.is_empty()
}

struct Reader<'a> {
    rest: &'a str,
    plain: bool,
}

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Behind the next `end`; what has none is not understood.
    fn past(&mut self, end: &str) {
        match self.rest.find(end) {
            Some(at) => drop(self.take(at + end.len())),
            None => self.plain = false,
        }
    }

    /// Commands, up to the end or to the `)` of a substitution.
    fn code(&mut self, inner: bool) {
        let mut command = true;
        while self.plain {
            let Some(next) = self.rest.chars().next() else { break };
            match next {
                '\n' | ';' | '&' | '|' => {
                    self.take(1);
                    command = true;
                }
                ' ' | '\t' | '\r' => drop(self.take(1)),
                '#' => {
                    let line = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.take(line);
                }
                ')' if inner => {
                    self.take(1);
                    return;
                }
                // Where output goes is no command.
                '>' | '<' if !self.rest.starts_with("<<") && !self.rest.starts_with("<(") => {
                    let signs = self.rest.find(|c| !matches!(c, '>' | '<' | '&')).unwrap_or(self.rest.len());
                    self.take(signs);
                    let blanks = self.rest.find(|c| !matches!(c, ' ' | '\t')).unwrap_or(self.rest.len());
                    self.take(blanks);
                    self.word();
                }
                '(' | ')' | '<' => self.plain = false,
                _ => {
                    let word = self.word();
                    if !command {
                        continue;
                    }
                    let assigned = word.split_once('=').is_some_and(|(name, _)| is_name(name));
                    if assigned {
                        continue;
                    }
                    self.plain &= PLAIN.contains(&word);
                    command = AHEAD.contains(&word);
                }
            }
        }
        // Its `)` has not come.
        self.plain &= !inner;
    }

    /// One word with its quotes and all that is put in for it.
    fn word(&mut self) -> &'a str {
        let start = self.rest;
        while self.plain {
            let Some(next) = self.rest.chars().next() else { break };
            match next {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => break,
                '\'' => {
                    self.take(1);
                    self.past("'");
                }
                '"' => {
                    self.take(1);
                    self.quoted();
                }
                '`' => self.plain = false,
                '\\' => self.escaped(),
                '$' => self.dollar(),
                other => drop(self.take(other.len_utf8())),
            }
        }
        &start[..start.len() - self.rest.len()]
    }

    /// The rest of a text in double quotes.
    fn quoted(&mut self) {
        while self.plain {
            match self.rest.chars().next() {
                Some('"') => {
                    self.take(1);
                    return;
                }
                Some('\\') => self.escaped(),
                Some('$') => self.dollar(),
                Some('`') | None => self.plain = false,
                Some(other) => drop(self.take(other.len_utf8())),
            }
        }
    }

    fn escaped(&mut self) {
        self.take(1);
        let next = self.rest.chars().next().map_or(0, char::len_utf8);
        self.take(next);
    }

    /// What is put in for a variable, an expression, a calculation or a command.
    fn dollar(&mut self) {
        let ends = [("${{", "}}"), ("$((", "))"), ("${", "}")];
        if let Some((start, end)) = ends.into_iter().find(|(start, _)| self.rest.starts_with(start)) {
            self.take(start.len());
            // A command in there would have to be read as well.
            let inside = self.rest.split(end).next().unwrap_or_default();
            self.plain &= start == "${{" || !inside.contains(['`', '(']);
            self.past(end);
        } else if self.rest.starts_with("$(") {
            self.take(2);
            self.code(true);
        } else {
            self.take(1);
        }
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::only_plain_commands;

    #[test]
    fn tools_that_write_no_outputs_are_told_from_others() {
        for script in [
            "",
            "echo hello",
            "# a comment with make in it\necho hello # make",
            "echo \"version=$(cat VERSION | tr -d '\\n')\" >> \"$GITHUB_OUTPUT\"",
            "set -eu\nTAG=${GITHUB_REF#refs/tags/}\nif [ -n \"$TAG\" ]; then\n  echo \"tag=$TAG\" >> $GITHUB_OUTPUT\nelse echo none; fi",
            "for f in *.txt; do cat \"$f\"; done",
            "{\n  echo a\n} >> $GITHUB_OUTPUT",
            "echo '$(make)' \"a \\\" b\"",
            "A=1 B=\"$(date)\" printf '%s' x",
            "git describe 2>&1 || true",
            "echo ${{ github.ref }}",
        ] {
            assert!(only_plain_commands(script), "{script}");
        }
        for script in [
            "make",
            "./facts.sh",
            "echo a\nmake",
            "echo a && make",
            "echo \"$(make)\"",
            "$TOOL",
            "${{ inputs.command }}",
            "python - <<'E'\nprint(1)\nE",
            "cat <<E >> $GITHUB_OUTPUT\na=1\nE",
            "eval \"$X\"",
            "facts() { echo; }",
            "(make)",
            "echo `make`",
            "echo \"a",
            "echo 'a",
            "echo \"${A:-$(make)}\"",
            "A=$(make)",
            "case x in x) make;; esac",
            "if make; then echo; fi",
        ] {
            assert!(!only_plain_commands(script), "{script}");
        }
    }
}
