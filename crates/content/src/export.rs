//! The files that the web page loads when it needs them.

use serde::Serialize;

use crate::lesson::{Lesson, LessonEntry};
use crate::{IndexEntry, Template};

/// Path and text of every file for `templates`: `templates.json`, a list of [`IndexEntry`], and for each one
/// `templates/ID.json`, a [`Template`]. The same templates always give the same bytes.
#[must_use]
pub fn files(templates: &[Template]) -> Vec<(String, String)> {
    let index: Vec<IndexEntry> = templates.iter().map(IndexEntry::new).collect();
    let mut files = vec![("templates.json".to_owned(), json(&index))];
    files
        .extend(templates.iter().map(|template| (format!("templates/{}.json", template.id), json(template))));
    files
}

/// Path and text of every file for `lessons`: `lessons.json`, a list of [`LessonEntry`], and for each one
/// `lessons/ID.json`, a [`Lesson`].
#[must_use]
pub fn lesson_files(lessons: &[Lesson]) -> Vec<(String, String)> {
    let index: Vec<LessonEntry> = lessons.iter().map(LessonEntry::new).collect();
    let mut files = vec![("lessons.json".to_owned(), json(&index))];
    files.extend(lessons.iter().map(|lesson| (format!("lessons/{}.json", lesson.id), json(lesson))));
    files
}

/// No such type has what JSON cannot say (keys that are no texts), so writing always succeeds.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
