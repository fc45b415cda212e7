//! What a `uses` names.

/// A reference to an action or a reusable workflow, read from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses<'a> {
    /// `./path`: in the checkout.
    Local {
        /// Without `./`, and without a `/` at its end.
        path: &'a str,
    },
    /// `$/path`: in the repository and commit of the file that names it.
    Own {
        /// Without `$/`, and without a `/` at its end.
        path: &'a str,
    },
    /// `docker://image:tag`
    Docker {
        /// Without `docker://`.
        image: &'a str,
    },
    /// `owner/repo[/path]@ref`
    Remote {
        /// What comes before `@`: `owner/repo` or `owner/repo/path`.
        slug: &'a str,
        /// Owner of the repository.
        owner: &'a str,
        /// Name of the repository.
        repo: &'a str,
        /// Path in the repository; empty for its root.
        path: &'a str,
        /// Branch, tag or commit.
        git_ref: &'a str,
    },
    /// Nothing of this kind.
    Other,
}

impl<'a> Uses<'a> {
    /// Reads the value of `uses`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        if let Some(path) = text.strip_prefix("./").or_else(|| text.strip_prefix(".\\")) {
            return Self::Local { path: path.trim_end_matches('/') };
        }
        if text == "." {
            return Self::Local { path: "" };
        }
        if let Some(path) = text.strip_prefix("$/") {
            return Self::Own { path: path.trim_end_matches('/') };
        }
        if let Some(image) = text.strip_prefix("docker://") {
            return Self::Docker { image };
        }
        let Some((slug, git_ref)) = cut(text, b'@') else { return Self::Other };
        let Some((owner, inside)) = cut(slug, b'/') else { return Self::Other };
        let (repo, path) = cut(inside, b'/').unwrap_or((inside, ""));
        if owner.is_empty() || repo.is_empty() || git_ref.is_empty() {
            return Self::Other;
        }
        Self::Remote { slug, owner, repo, path, git_ref }
    }

    /// What comes before the `@` of a remote one.
    #[must_use]
    pub fn slug(text: &'a str) -> Option<&'a str> {
        match Self::new(text) {
            Self::Remote { slug, .. } => Some(slug),
            _ => None,
        }
    }
}

/// What stands before and behind the first `mark`, which is ASCII.
fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(mark, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::Uses;

    #[test]
    fn reads_each_kind() {
        assert_eq!(
            Uses::new("github/codeql-action/init@v3"),
            Uses::Remote {
                slug: "github/codeql-action/init",
                owner: "github",
                repo: "codeql-action",
                path: "init",
                git_ref: "v3"
            }
        );
        assert_eq!(Uses::new("./a/b/"), Uses::Local { path: "a/b" });
        assert_eq!(Uses::new("$/a"), Uses::Own { path: "a" });
        assert_eq!(Uses::new("docker://alpine:3"), Uses::Docker { image: "alpine:3" });
        for other in ["actions/checkout", "checkout@v4", "actions/checkout@", "", "/x@y"] {
            assert_eq!(Uses::new(other), Uses::Other, "{other}");
        }
        assert_eq!(Uses::slug("a/b/c@d"), Some("a/b/c"));
    }
}
