//! Reads a template's file.

use crate::{Header, Template};

/// Reads `templates/ID.yml`: a header in YAML, a line `---`, and the workflow.
///
/// # Errors
/// A sentence for whoever writes the template.
pub fn parse(id: &str, source: &str) -> Result<Template, String> {
    let (header, text) = source
        .split_once("\n---\n")
        .ok_or_else(|| format!("{id}: a line `---` must stand between the header and the workflow"))?;
    let header: Header =
        serde_saphyr::from_str(header).map_err(|problem| format!("{id}: the header is wrong: {problem}"))?;
    Ok(Template { id: id.to_owned(), header, text: text.to_owned() })
}
