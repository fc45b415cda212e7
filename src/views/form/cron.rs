//! A schedule: built from everyday choices or written as a cron expression; its meaning in words, and when it runs next.

mod rhythm;

use leptos::prelude::*;
use stepladder_workflow::cron::{Cron, MIN_INTERVAL_MINUTES, TimezoneVerdict, in_words, timezone_verdict};
use stepladder_yaml::Path;

use self::rhythm::Rhythm;
use super::controls::{self, At};
use super::{read, write};
use crate::ui::settle::settling;
use crate::ui::zone;

/// How many runs are told.
const RUNS: usize = 5;

/// How often, as people say it. The minutes are odd on purpose: full hours are crowded.
const PRESETS: [(&str, Rhythm); 5] = [
    ("Every hour", Rhythm::Hourly { minute: 17 }),
    ("Every night", Rhythm::Daily { minute: 17, hour: 3 }),
    ("Weekdays", Rhythm::Weekly { minute: 17, hour: 6, days: 0b011_1110 }),
    ("Monday mornings", Rhythm::Weekly { minute: 17, hour: 6, days: 0b000_0010 }),
    ("Monthly", Rhythm::Monthly { minute: 17, hour: 4, day: 1 }),
];

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// What the builder is at for an expression that it cannot make, or none.
const WRITTEN: &str = "written";

/// The expression with its builder above and its meaning below it.
pub(super) fn cron(at: &At) -> AnyView {
    let text = at.text();
    let here = at.clone();
    let set = move |rhythm: Rhythm| write::choose_text(here.session, &here.path, here.field, &rhythm.cron());
    let presets: Vec<_> = PRESETS
        .into_iter()
        .map(|(words, rhythm)| {
            let set = set.clone();
            let pressed = move || if text.get().trim() == rhythm.cron() { "true" } else { "false" };
            view! {
                <button type="button" class="preset" aria-pressed=pressed on:click=move |_| set(rhythm)>{words}</button>
            }
        })
        .collect();
    let rhythm = Memo::new(move |_| Rhythm::parse(text.get().trim()));
    let kind = Memo::new(move |_| rhythm.get().map_or(WRITTEN, Rhythm::name));
    let builder = move || builder(rhythm, kind.get(), set.clone());
    view! {
        <div class="presets" role="group" aria-label="Common schedules">{presets}</div>
        {builder}
        {controls::code(at)}
        {meaning(at)}
    }
    .into_any()
}

/// How often and at what time, as controls. It is drawn anew only when the kind of rhythm changes.
fn builder(
    rhythm: Memo<Option<Rhythm>>,
    kind: &'static str,
    set: impl Fn(Rhythm) + Clone + Send + Sync + 'static,
) -> AnyView {
    let now = move || rhythm.get_untracked().unwrap_or(Rhythm::Daily { minute: 17, hour: 6 });
    let kinds = [
        ("minutes", "Every few minutes"),
        ("hours", "Every few hours"),
        ("hourly", "Every hour"),
        ("daily", "Every day"),
        ("weekly", "On weekdays of choice"),
        ("monthly", "Every month"),
    ];
    // Another rhythm can be chosen all the same.
    let written = (kind == WRITTEN).then_some((WRITTEN, "As written below"));
    let options: Vec<_> = written
        .into_iter()
        .chain(kinds)
        .map(|(name, words)| view! { <option value=name selected=name == kind>{words}</option> })
        .collect();
    let choose = {
        let set = set.clone();
        move |kind: String| {
            if kind != WRITTEN {
                set(now().into_kind(&kind));
            }
        }
    };
    let days = (kind == "weekly").then(|| {
        let chips: Vec<_> = (0..7u8)
            .map(|day| {
                let set = set.clone();
                let chosen = move || matches!(rhythm.get(), Some(Rhythm::Weekly { days, .. }) if days & (1 << day) != 0);
                let change = move |_| {
                    if let Rhythm::Weekly { minute, hour, days } = now() {
                        // The last day stays: without one it would be every day.
                        let days = if days ^ (1 << day) == 0 { days } else { days ^ (1 << day) };
                        set(Rhythm::Weekly { minute, hour, days });
                    }
                };
                view! {
                    <label class="choice-chip">
                        <input type="checkbox" prop:checked=chosen on:change=change />
                        <span>{DAYS[usize::from(day)]}</span>
                    </label>
                }
            })
            .collect();
        view! { <div class="choice-chips" role="group" aria-label="Days of the week">{chips}</div> }
    });
    let day = (kind == "monthly").then(|| {
        let set = set.clone();
        let change = move |event| {
            if let (Ok(day), Rhythm::Monthly { minute, hour, .. }) = (event_target_value(&event).parse::<u8>(), now())
                && (1..=31).contains(&day)
            {
                set(Rhythm::Monthly { minute, hour, day });
            }
        };
        let value = move || match rhythm.get() {
            Some(Rhythm::Monthly { day, .. }) => day.to_string(),
            _ => String::new(),
        };
        view! {
            <label class="cron-part">
                <span>"on day"</span>
                <input class="field-input cron-number" type="number" min="1" max="31" data-written=value prop:value=value on:change=change />
            </label>
        }
    });
    let step = (kind == "minutes" || kind == "hours").then(|| steps(rhythm, kind, set.clone()));
    let time = move || rhythm.get().map(Rhythm::time).unwrap_or_default();
    let clock = if kind == "minutes" || kind == WRITTEN {
        ().into_any()
    } else if kind == "hourly" || kind == "hours" {
        let change = move |event| {
            if let Ok(minute) = event_target_value(&event).parse::<u8>()
                && minute < 60
            {
                set(now().at(minute, 0));
            }
        };
        view! {
            <label class="cron-part">
                <span>"at minute"</span>
                <input
                    class="field-input cron-number"
                    type="number"
                    min="0"
                    max="59"
                    data-written=move || time().0.to_string()
                    prop:value=move || time().0.to_string()
                    on:change=change
                />
            </label>
        }
        .into_any()
    } else {
        let change = move |event| {
            let typed = event_target_value(&event);
            let parts =
                typed.split_once(':').and_then(|(h, m)| Some((m.get(..2)?.parse().ok()?, h.parse().ok()?)));
            if let Some((minute, hour)) = parts {
                set(now().at(minute, hour));
            }
        };
        view! {
            <label class="cron-part">
                <span>"at"</span>
                <input
                    class="field-input cron-time"
                    type="time"
                    required
                    data-written=move || format!("{:02}:{:02}", time().1, time().0)
                    prop:value=move || format!("{:02}:{:02}", time().1, time().0)
                    on:change=change
                />
            </label>
        }
        .into_any()
    };
    view! {
        <div class="cron-builder" role="group" aria-label="How often">
            {settling(None, "field-input", Some("How often"), false, options, choose)}
            {step}
            {day}
            {clock}
            {days}
        </div>
    }
    .into_any()
}

/// After how many minutes or hours: those that divide the hour or the day, and what stands there.
fn steps(
    rhythm: Memo<Option<Rhythm>>,
    kind: &'static str,
    set: impl Fn(Rhythm) + Clone + Send + Sync + 'static,
) -> AnyView {
    let (even, unit): (&[u8], _) = match kind {
        "minutes" => (&[5, 6, 10, 12, 15, 20, 30], "minutes"),
        _ => (&[2, 3, 4, 6, 8, 12], "hours"),
    };
    let now = Memo::new(move |_| rhythm.get().and_then(Rhythm::step).unwrap_or_default());
    let option = move |step: u8| {
        view! { <option value=step.to_string() selected=move || now.get() == step>{step.to_string()}</option> }
    };
    let own = move || (now.get() > 0 && !even.contains(&now.get())).then(|| option(now.get()));
    let change = move |event| {
        if let (Ok(step), Some(rhythm)) = (event_target_value(&event).parse(), rhythm.get_untracked()) {
            set(rhythm.every(step));
        }
    };
    let label = format!("How many {unit}");
    view! {
        <label class="cron-part">
            <span>"every"</span>
            <select class="field-input cron-step" aria-label=label on:change=change>
                {own}
                {even.iter().map(|step| option(*step)).collect::<Vec<_>>()}
            </select>
            <span>{unit}</span>
        </label>
    }
    .into_any()
}

/// The expression in words, and the next runs in a zone that the person chooses.
fn meaning(at: &At) -> AnyView {
    let text = at.text();
    let zone_path = at.path.parent().unwrap_or_default().child("timezone");
    let of_schedule = schedule_zone(at, &zone_path);
    let chosen = RwSignal::new(String::new());
    let mine = zone::own();
    let own = mine.clone();
    let shown_in = Memo::new(move |_| {
        let chosen = chosen.get();
        if chosen.is_empty() { own.clone() } else { chosen }
    });
    let cron = Memo::new(move |_| {
        text.with(|text| Cron::parse(text.trim()).ok().map(|cron| (in_words(&cron), cron)))
    });
    let words = move || cron.with(|cron| cron.as_ref().map(|(words, _)| words.clone()));
    let lines = Memo::new(move |_| {
        let next = |(_, cron): &(String, Cron)| next_runs(cron, &of_schedule.get(), &shown_in.get());
        cron.with(|cron| cron.as_ref().map(next).unwrap_or_default())
    });
    let has_runs = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    let runs = move || lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    let no_zone = move || {
        of_schedule.with(|zone| !is_zone(zone)).then(|| {
            let words =
                format!("When it runs next cannot be told, as there is no time zone {}.", of_schedule.get());
            view! { <p class="field-note">{words}</p> }
        })
    };
    let is_too_frequent =
        Memo::new(move |_| cron.with(|cron| cron.as_ref().is_some_and(|(_, cron)| cron.is_too_frequent())));
    let rarer = move || {
        is_too_frequent.get().then(|| {
            let words = format!(
                "GitHub starts a schedule at most every {MIN_INTERVAL_MINUTES} minutes, so not all of these times count."
            );
            view! { <p class="field-note">{words}</p> }
        })
    };
    let id = format!("zone-{}", at.path);
    let holds = Memo::new(move |_| cron.with(Option::is_some));
    let clocks = move || {
        has_runs.get().then(|| {
            view! {
                <div class="cron-next">
                    <label for=id.clone()>"Next runs, by the clocks of"</label>
                    {zones(id.clone(), mine.clone(), of_schedule, shown_in, chosen)}
                </div>
            }
        })
    };
    (move || {
        holds.get().then(|| {
            let clocks = clocks.clone();
            view! {
                <div class="cron-meaning">
                    <p>{words} <span class="muted">{move || format!(" ({})", of_schedule.get())}</span></p>
                    {clocks}
                    {no_zone}
                    <ol class="cron-runs" aria-label="Next runs">{runs}</ol>
                    {rarer}
                </div>
            }
        })
    })
    .into_any()
}

/// The choice of a zone: the near ones first, then all that the browser knows, which are listed once somebody comes.
fn zones(
    id: String,
    mine: String,
    of_schedule: Memo<String>,
    shown_in: Memo<String>,
    chosen: RwSignal<String>,
) -> AnyView {
    let wanted = RwSignal::new(false);
    let option = move |zone: String| {
        let (value, own) = (zone.clone(), zone.clone());
        view! { <option value=value selected=move || shown_in.get() == own>{zone}</option> }
    };
    let near = Memo::new(move |_| {
        let mut near: Vec<String> = Vec::new();
        for zone in [mine.clone(), "UTC".to_owned(), of_schedule.get()] {
            if !near.contains(&zone) {
                near.push(zone);
            }
        }
        near
    });
    let others = move || {
        wanted.get().then(|| {
            let near = near.get();
            let others = zone::all().into_iter().filter(|zone| !near.contains(zone));
            view! { <optgroup label="All others">{others.map(option).collect::<Vec<_>>()}</optgroup> }
        })
    };
    view! {
        <select
            id=id
            class="field-input"
            on:focus=move |_| wanted.set(true)
            on:pointerenter=move |_| wanted.set(true)
            on:change=move |event| chosen.set(event_target_value(&event))
        >
            {move || near.get().into_iter().map(option).collect::<Vec<_>>()}
            {others}
        </select>
    }
    .into_any()
}

/// The zone that the schedule is read in: its own, else UTC.
fn schedule_zone(at: &At, path: &Path) -> Memo<String> {
    let path = path.clone();
    at.session.form.derive(move |analysis| {
        let zone = read::shown(analysis, &path).text();
        if zone.is_empty() { "UTC".to_owned() } else { zone }
    })
}

/// The next runs of a schedule in the zone `own`, by the clocks of `shown`; none where GitHub knows no such zone.
fn next_runs(cron: &Cron, own: &str, shown: &str) -> Vec<String> {
    if !is_zone(own) {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, reason = "minutes of our time are far below 2^53")]
    let from = (now() / 60_000.0) as i64;
    let runs = cron.next_runs_by(from, RUNS, |minutes| zone::offset(own, minutes));
    let line = |run| {
        let at = zone::shown(shown, run)?;
        let day = DAYS[usize::from(at.weekday()) % 7];
        Some(format!("{day} {}-{:02}-{:02} {:02}:{:02}", at.year, at.month, at.day, at.hour, at.minute))
    };
    runs.into_iter().map_while(line).collect()
}

/// Whether there is a time zone of that name. The browser would take an offset such as +02:00, too, which GitHub does not.
fn is_zone(name: &str) -> bool {
    timezone_verdict(name) != TimezoneVerdict::Malformed && zone::offset(name, 0).is_some()
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.time_origin() + p.now())
}
