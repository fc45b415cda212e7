//! What a script writes to `$GITHUB_OUTPUT`, as far as it can be read off.

/// The outputs of a script.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    /// Their names, in the order of the lines that write them.
    pub(crate) names: Vec<&'a str>,
    /// Whether these are all: there is no line whose names cannot be read off.
    pub(crate) all: bool,
}

/// Reads them off the lines that name the file, or that use the older `::set-output`, and off the groups of commands in
/// braces that go there. What another program writes is not seen.
pub(crate) fn written(script: &str) -> Written<'_> {
    let mut written = Written { names: Vec::new(), all: true };
    if !script.contains("GITHUB_OUTPUT") && !script.contains("::set-output") {
        return written;
    }
    let mut group: Option<Vec<&str>> = None;
    for line in script.lines() {
        let trimmed = line.trim();
        if trimmed == "{" {
            group = Some(Vec::new());
            continue;
        }
        if let Some(lines) = group.take_if(|_| trimmed.starts_with('}')) {
            if line.contains("GITHUB_OUTPUT") {
                let all = grouped(&lines, &mut written.names);
                written.all &= all;
            }
            continue;
        }
        if let Some(lines) = &mut group {
            lines.push(line);
        }
        if !line.contains("GITHUB_OUTPUT") && !line.contains("::set-output") {
            continue;
        }
        match name(line) {
            Some(name) => written.names.push(name),
            None => written.all = false,
        }
    }
    written
}

/// Adds what the commands between braces write, and says whether that is all. Between `name<<END` and `END` stands a value.
fn grouped<'a>(lines: &[&'a str], names: &mut Vec<&'a str>) -> bool {
    let mut until: Option<&str> = None;
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(end) = until {
            if line.contains(end) {
                until = None;
            }
            continue;
        }
        let Some(name) = name(line).filter(|_| line.starts_with("echo ")) else { return false };
        names.push(name);
        until = line.split_once("<<").map(|(_, end)| end.trim_matches(['"', '\'', ' ']));
    }
    true
}

/// The one name that the line writes.
fn name(line: &str) -> Option<&str> {
    // What a line writes beside its first output is not read.
    let several = line.matches("GITHUB_OUTPUT").count() + line.matches("::set-output").count() > 1;
    let lines = line
        .split("\\n")
        .skip(1)
        .any(|next| next.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
    if several || lines {
        return None;
    }
    let name = match line.split_once("::set-output name=") {
        Some((_, rest)) => rest.split("::").next()?,
        None => {
            let (_, rest) = line.split_once("echo ").or_else(|| line.split_once("printf "))?;
            rest.trim_start_matches(['-', 'e', 'n', ' '])
                .trim_start_matches(['"', '\''])
                .split(['=', '<'])
                .next()?
        }
    };
    let plain =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    plain.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Written, written};

    #[test]
    fn reads_names_off() {
        let all = |names| Written { names, all: true };
        let some = |names| Written { names, all: false };
        assert_eq!(
            written("echo \"a=1\" >> $GITHUB_OUTPUT\necho b-c=2>>$GITHUB_OUTPUT"),
            all(vec!["a", "b-c"])
        );
        assert_eq!(written("echo 'a<<EOF' >> $GITHUB_OUTPUT"), all(vec!["a"]));
        assert_eq!(written("echo ::set-output name=a::1"), all(vec!["a"]));
        assert_eq!(written("make >> $GITHUB_OUTPUT"), some(vec![]));
        assert_eq!(
            written("echo \"$name=1\" >> $GITHUB_OUTPUT\necho b=2 >> $GITHUB_OUTPUT"),
            some(vec!["b"])
        );
        assert_eq!(written("printf 'a=%s\\n' 1 >> $GITHUB_OUTPUT"), all(vec!["a"]));
        assert_eq!(written("echo -e 'a=1\\nb=2' >> $GITHUB_OUTPUT"), some(vec![]));
        assert_eq!(written("echo a=1 >> $GITHUB_OUTPUT; echo b=1 >> $GITHUB_OUTPUT"), some(vec![]));
        assert_eq!(written("make"), all(vec![]));
        let group =
            "{\n  echo \"a=1\"\n  echo \"b<<END\"\n  cat notes\n  echo \"END\"\n} >> \"$GITHUB_OUTPUT\"";
        assert_eq!(written(group), all(vec!["a", "b"]));
        assert_eq!(written("{\n  echo a=1\n  make facts\n} >> $GITHUB_OUTPUT"), some(vec!["a"]));
    }
}
