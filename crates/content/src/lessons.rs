//! All lessons, carried in the program.

use crate::lesson::Lesson;
use crate::parse_lesson;

/// `lessons! { id … }`: the sources, by id.
macro_rules! lessons {
    ($($id:literal)*) => {
        const SOURCES: &[(&str, &str)] = &[$(($id, include_str!(concat!("../lessons/", $id, ".md")))),*];
    };
}

include!("../lessons/list.rs");

/// Every lesson, in the order of the course.
///
/// # Errors
/// The first lesson that cannot be read, as a sentence for whoever writes it; the tests read all of them.
pub fn lessons() -> Result<Vec<Lesson>, String> {
    SOURCES.iter().map(|(id, source)| parse_lesson(id, source)).collect()
}
