//! Reads a lesson's file.

use crate::lesson::{Lesson, LessonHeader, Wrong};

/// Reads `lessons/ID.md`: a header in YAML between two lines `---`, the text, and the sections `## Start`, `## Solution`
/// and any number of `## Wrong: WHAT IS TOLD`, each with one block of YAML.
///
/// # Errors
/// A sentence for whoever writes the lesson.
pub fn parse_lesson(id: &str, source: &str) -> Result<Lesson, String> {
    let no_header = || format!("{id}: a header between two lines `---` must stand at the top");
    let rest = source.strip_prefix("---\n").ok_or_else(no_header)?;
    let (header, body) = rest.split_once("\n---\n").ok_or_else(no_header)?;
    let header: LessonHeader =
        serde_saphyr::from_str(header).map_err(|problem| format!("{id}: the header is wrong: {problem}"))?;
    let mut sections = body.split("\n## ");
    let text = sections.next().unwrap_or_default().trim().to_owned();
    let (mut start, mut solution, mut wrong) = (None, None, Vec::new());
    for section in sections {
        let (title, rest) = section.split_once('\n').unwrap_or((section, ""));
        let block = rest
            .split_once("```yaml\n")
            .and_then(|(_, rest)| rest.split_once("\n```"))
            .map(|(block, _)| format!("{block}\n"))
            .ok_or_else(|| format!("{id}: the section `{title}` needs a block of YAML"))?;
        match title.trim() {
            "Start" => start = Some(block),
            "Solution" => solution = Some(block),
            title => match title.strip_prefix("Wrong: ") {
                Some(told) => wrong.push(Wrong { told: told.to_owned(), text: block }),
                None => return Err(format!("{id}: `{title}` is neither Start, Solution nor Wrong")),
            },
        }
    }
    let missing = |what: &str| format!("{id}: there is no section `{what}`");
    let (start, solution) =
        (start.ok_or_else(|| missing("Start"))?, solution.ok_or_else(|| missing("Solution"))?);
    Ok(Lesson { id: id.to_owned(), header, text, start, solution, wrong })
}
