//! A schedule: the cron expression, what it means in words, and when it runs next.

use leptos::prelude::*;
use stepladder_workflow::cron::{Civil, Cron, in_words};

use super::controls::{self, At};

/// Common schedules to start from: words and expression. The minutes are odd on purpose: full hours are crowded.
const COMMON: [(&str, &str); 5] = [
    ("Every night", "17 3 * * *"),
    ("Monday mornings", "17 6 * * 1"),
    ("Weekdays", "17 6 * * 1-5"),
    ("Every hour", "17 * * * *"),
    ("Monthly", "17 4 1 * *"),
];

/// The expression with its meaning below it.
pub(super) fn cron(at: &At) -> AnyView {
    let text = at.text();
    let here = at.clone();
    let common: Vec<_> = COMMON
        .into_iter()
        .map(|(words, cron)| {
            let here = here.clone();
            let set = move |_| {
                super::write::set_text(here.session, &here.path, here.field, cron);
            };
            view! {
                <button type="button" class="preset" aria-pressed=move || if text.get() == cron { "true" } else { "false" } on:click=set>
                    {words}
                </button>
            }
        })
        .collect();
    let meaning = move || {
        let cron = Cron::parse(text.get().trim()).ok()?;
        let now = Civil::from_minutes((js_sys_now() / 60_000.0) as i64);
        let runs: Vec<_> = cron
            .next_runs(now, 5, 0)
            .into_iter()
            .map(|run| view! { <li>{format!("{} {:02}-{:02} {:02}:{:02}", weekday(run), run.month, run.day, run.hour, run.minute)}</li> })
            .collect();
        Some(view! {
            <div class="cron-meaning">
                <p>{in_words(&cron)} <span class="muted">" (UTC unless a time zone is set)"</span></p>
                <ol class="cron-runs" aria-label="Next runs">{runs}</ol>
            </div>
        })
    };
    view! {
        {controls::code(at)}
        <div class="presets" role="group" aria-label="Common schedules">{common}</div>
        {meaning}
    }
    .into_any()
}

fn js_sys_now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.time_origin() + p.now())
}

fn weekday(at: Civil) -> &'static str {
    ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        .get(usize::from(at.weekday()))
        .copied()
        .unwrap_or_default()
}
