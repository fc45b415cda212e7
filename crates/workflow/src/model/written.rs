//! What a script writes to `$GITHUB_OUTPUT`, as far as it can be read off.

/// The outputs of a script.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    /// Their names, in the order of the lines that write them.
    pub(crate) names: Vec<&'a str>,
    /// Whether these are all: there is no line whose names cannot be read off.
    pub(crate) all: bool,
}

/// Reads them off the lines that name the file, or that use the older `::set-output`. What another program writes is not
/// seen.
pub(crate) fn written(script: &str) -> Written<'_> {
    let mut written = Written { names: Vec::new(), all: true };
    if !script.contains("GITHUB_OUTPUT") && !script.contains("::set-output") {
        return written;
    }
    for line in script.lines() {
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

/// The one name that the line writes.
fn name(line: &str) -> Option<&str> {
    let name = match line.split_once("::set-output name=") {
        Some((_, rest)) => rest.split("::").next()?,
        None => {
            let at = line.find("echo ")?;
            line[at + 5..]
                .trim_start_matches(['-', 'e', 'n', ' '])
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
        assert_eq!(written("make"), all(vec![]));
    }
}
