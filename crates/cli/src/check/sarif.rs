//! SARIF 2.1.0, for code scanning.

use serde_json::Value;
use stepladder_workflow::Finding;
use stepladder_workflow::export::sarif;

use super::place;
use crate::repository;
use crate::work::Checked;

pub(super) fn result(checked: &Checked, finding: &Finding) -> Value {
    sarif::result(finding, &uri(&checked.name), place(checked, finding))
}

/// The file as code scanning wants it: from the root of the repository, else from where the program was started.
fn uri(name: &str) -> String {
    let path = std::path::Path::new(name);
    let inside = repository::root_of(path).and_then(|root| {
        let absolute = std::path::absolute(path).ok()?;
        absolute.strip_prefix(root).ok().map(|inside| inside.to_string_lossy().into_owned())
    });
    let path = inside.unwrap_or_else(|| name.to_owned()).replace('\\', "/");
    sarif::uri(&path)
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/src/a b.yml");
        assert!(uri(here).ends_with("crates/cli/src/a%20b.yml"), "{}", uri(here));
        assert!(!uri(here).starts_with('/'));
    }
}
