//! What is wrong with a pattern as a whole, and with how it begins and ends.

use super::super::{ProblemKind, Target};
use super::Parser;

impl Parser<'_> {
    /// What is said about the pattern as a whole, and about its first and last character. `start` is past a `!`.
    pub(super) fn ends(&mut self, start: usize) {
        let body = &self.text[start..];
        let len = self.text.len();
        if body.is_empty() {
            if start == 0 {
                self.problem(
                    ProblemKind::Empty,
                    0,
                    0,
                    "An empty pattern matches nothing: write a name or a pattern such as `**`, or remove it.",
                );
            } else {
                self.problem(
                    ProblemKind::LoneNegation,
                    0,
                    len,
                    "`!` excludes what the pattern after it matches, and there is none: write a pattern after it, or `\\!` for the character itself.",
                );
            }
            return;
        }
        match self.target {
            Target::Ref => self.ref_ends(start),
            Target::Path => self.path_ends(start),
            Target::Other => {}
        }
    }

    fn ref_ends(&mut self, start: usize) {
        let (body, len, it) = (&self.text[start..], self.text.len(), self.it());
        for prefix in ["refs/heads/", "refs/tags/", "refs/"] {
            // A repeated `/` may be none.
            if body.strip_prefix(prefix).is_some_and(|rest| !rest.starts_with(['?', '+'])) {
                self.problem(
                    ProblemKind::FullRef,
                    start,
                    start + prefix.len(),
                    format!(
                        "Branches and tags are compared by their short names, none of which begins with `refs/`, so {it} matches nothing: remove the `{prefix}`."
                    ),
                );
                break;
            }
        }
        if body.starts_with('/') {
            self.problem(
                ProblemKind::LeadingSlash,
                start,
                start + 1,
                format!("No branch or tag name starts with `/`, so {it} matches nothing: remove the `/`."),
            );
        }
        if body.starts_with('-') {
            self.problem(
                ProblemKind::LeadingDash,
                start,
                start + 1,
                format!("No branch or tag name starts with `-`, so {it} matches nothing: remove the `-`."),
            );
        }
        if body.len() > 1 && body.ends_with('/') {
            self.problem(
                ProblemKind::TrailingSlash,
                len - 1,
                len,
                format!("No branch or tag name ends with `/`, so {it} matches nothing: remove it, or write `/**` for everything below."),
            );
        }
        if body.ends_with('.') {
            self.problem(
                ProblemKind::TrailingDot,
                len - 1,
                len,
                format!("No branch or tag name ends with `.`, so {it} matches nothing: remove the `.`, or add `*` after it."),
            );
        }
    }

    fn path_ends(&mut self, start: usize) {
        let (body, len, it) = (&self.text[start..], self.text.len(), self.it());
        let leading = body.len() - body.trim_start_matches(' ').len();
        let trailing = body.len() - body.trim_end_matches(' ').len();
        if leading > 0 || trailing > 0 {
            let (from, to) = if leading > 0 { (start, start + leading) } else { (len - trailing, len) };
            self.problem(
                ProblemKind::OuterSpace,
                from,
                to,
                format!(
                    "The pattern {it} starts or ends with a space, which is taken as part of the path: remove the space."
                ),
            );
        }
        if body == "." || body == ".." || body.starts_with("./") || body.starts_with("../") {
            let to = if body.starts_with("./") || body.starts_with("../") {
                start + body.find('/').unwrap_or(0) + 1
            } else {
                len
            };
            self.problem(
                ProblemKind::RelativePath,
                start,
                to,
                format!("Changed files are named from the root of the repository, without `.` or `..`, so {it} matches nothing: start with the name of the folder or file."),
            );
        }
        if body.starts_with('/') {
            self.problem(
                ProblemKind::LeadingSlash,
                start,
                start + 1,
                format!("Changed files are named from the root of the repository without a leading `/`, so {it} matches nothing: remove the `/`."),
            );
        }
        if body.len() > 1 && body.ends_with('/') {
            self.problem(
                ProblemKind::TrailingSlash,
                len - 1,
                len,
                format!(
                    "{it} ends with `/` and so matches no file: write `/**` for every file in the folder."
                ),
            );
        }
    }
}
