//! The commits that actions are pinned to, from the one table of actions.

use stepladder_workflow::facts::actions::Catalogue;

/// `text` with every `uses: ACTION@REF` that the table knows a release of turned into `uses: ACTION@SHA # TAG`.
/// Local actions, images and actions that the table does not know stay as they are.
#[must_use]
pub fn refresh(text: &str, catalogue: &Catalogue) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let end = line.trim_end_matches(['\n', '\r']).len();
        match pinned(&line[..end], catalogue) {
            Some(new) => {
                out.push_str(&new);
                out.push_str(&line[end..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

fn pinned(line: &str, catalogue: &Catalogue) -> Option<String> {
    let (before, uses) = line.split_once("uses: ")?;
    let written = matches!(before.trim_start(), "" | "- ");
    let (slug, _) = uses.split_once('@').filter(|_| written)?;
    let action = catalogue.actions().iter().find(|action| action.slug.eq_ignore_ascii_case(slug))?;
    let release = action.latest.as_ref()?;
    Some(format!("{before}uses: {slug}@{} # {}", release.sha, release.tag))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_the_table_knows_is_pinned_and_the_rest_stays() {
        let catalogue = Catalogue::embedded();
        let checkout = catalogue.actions().iter().find(|action| action.slug == "actions/checkout").unwrap();
        let release = checkout.latest.as_ref().unwrap();
        let text = "steps:\n  - uses: actions/checkout@v1 # old\r\n  - uses: ./here\n  - uses: me/mine@v1\n  # uses: actions/checkout@v1";
        let new = refresh(text, &catalogue);
        let wanted = format!("- uses: actions/checkout@{} # {}\r\n", release.sha, release.tag);
        assert_eq!(new, text.replace("- uses: actions/checkout@v1 # old\r\n", &wanted));
        assert_eq!(refresh(&new, &catalogue), new);
    }
}
