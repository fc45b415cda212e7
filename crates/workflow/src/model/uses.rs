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
        let Some((slug, git_ref)) = text.split_once('@') else { return Self::Other };
        let mut parts = slug.splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(owner), Some(repo), path)
                if !owner.is_empty() && !repo.is_empty() && !git_ref.is_empty() =>
            {
                Self::Remote { owner, repo, path: path.unwrap_or_default(), git_ref }
            }
            _ => Self::Other,
        }
    }

    /// `owner/repo` or `owner/repo/path` of a remote one: what comes before `@`.
    #[must_use]
    pub fn slug(text: &'a str) -> Option<&'a str> {
        match Self::new(text) {
            Self::Remote { .. } => text.split_once('@').map(|(slug, _)| slug),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Uses;

    #[test]
    fn reads_each_kind() {
        assert_eq!(
            Uses::new("github/codeql-action/init@v3"),
            Uses::Remote { owner: "github", repo: "codeql-action", path: "init", git_ref: "v3" }
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
