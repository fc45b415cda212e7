//! Every lesson can be done, and only by what it asks for.
#![allow(missing_docs, clippy::unwrap_used)]

use stepladder_content::lesson::Lesson;

fn all() -> Vec<Lesson> {
    stepladder_content::lessons().unwrap()
}

/// What is told about a text, a line a check that does not hold.
fn told(lesson: &Lesson, text: &str) -> String {
    let failed = lesson.grade(text).into_iter().filter(|checked| !checked.holds);
    failed.map(|checked| checked.say).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_start_fails_and_the_solution_passes() {
    for lesson in all() {
        assert!(!lesson.is_passed(&lesson.start), "{}: the start passes already", lesson.id);
        assert!(lesson.is_passed(&lesson.solution), "{}: {}", lesson.id, told(&lesson, &lesson.solution));
        // The start is a workflow that GitHub accepts: what is wrong with it is what the lesson is about.
        assert!(lesson.grade(&lesson.start)[0].holds, "{}: {}", lesson.id, told(&lesson, &lesson.start));
    }
}

#[test]
fn wrong_solutions_fail_with_what_they_promise() {
    for lesson in all() {
        assert!(!lesson.wrong.is_empty(), "{} keeps no wrong solution", lesson.id);
        for wrong in &lesson.wrong {
            let told = told(&lesson, &wrong.text);
            assert!(told.contains(&wrong.told), "{}: `{}` is not told, but:\n{told}", lesson.id, wrong.told);
        }
    }
}

#[test]
fn an_event_that_shows_the_mistake_is_handed_out() {
    let mut count = 0;
    for lesson in all() {
        for wrong in &lesson.wrong {
            let graded = lesson.grade(&wrong.text);
            let by_event =
                graded.iter().find(|checked| !checked.holds && checked.say.starts_with(&wrong.told));
            if let Some(scenario) = by_event.and_then(|checked| checked.counter.as_ref()) {
                assert!(scenario.name.starts_with(&wrong.told), "{}: {}", lesson.id, scenario.name);
                count += 1;
            }
        }
    }
    assert!(count >= 15, "only {count} mistakes are shown by an event");
}

#[test]
fn the_course_has_its_tracks_in_order() {
    const TRACKS: [&str; 10] = [
        "First workflow",
        "Events and filters",
        "Jobs, needs and matrix",
        "Actions and uses",
        "Contexts and expressions",
        "Secrets, variables and environments",
        "Caching and artifacts",
        "Reusable workflows and composite actions",
        "Security",
        "CI/CD for machine learning",
    ];
    let mut tracks: Vec<String> = all().into_iter().map(|lesson| lesson.header.track).collect();
    tracks.dedup();
    assert_eq!(tracks, TRACKS);
}

#[test]
fn a_lesson_is_short_and_helps_in_steps() {
    for lesson in all() {
        let header = &lesson.header;
        assert!((2..=4).contains(&header.hints.len()), "{}: two to four hints", lesson.id);
        assert!((1..=10).contains(&header.minutes), "{}", lesson.id);
        assert!(lesson.text.split_whitespace().count() < 200, "{}: the text is long", lesson.id);
        for text in header.hints.iter().chain([&header.task, &lesson.text]) {
            assert!(text.matches('`').count() % 2 == 0, "{}: {text}", lesson.id);
        }
        assert!(header.docs.iter().all(|page| page.starts_with("https://docs.github.com/")), "{}", lesson.id);
    }
}
