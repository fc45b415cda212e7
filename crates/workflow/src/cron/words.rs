//! A schedule in plain English.

use super::{Base, Cron, Field, FieldName, Item, next};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// When the schedule runs, as a phrase that starts with a capital letter and has no full stop: "At 06:30, every Monday
/// to Friday". Hours are those of the schedule's own time zone.
#[must_use]
pub fn in_words(cron: &Cron) -> String {
    let (time, repeats) = time_words(cron);
    let days = day_words(cron);
    match (days, repeats) {
        (Some(days), _) => [&time, ", ", &days].concat(),
        (None, true) => time,
        (None, false) => time + " every day",
    }
}

/// The time of day, and whether it says by itself that it happens again and again.
fn time_words(cron: &Cron) -> (String, bool) {
    let (minute, hour) = (&cron.minute, &cron.hour);
    let all_hours = hour.bits == full(FieldName::Hour);
    let minutes: Vec<u8> = minute.values().collect();
    let hours: Vec<u8> = hour.values().collect();
    let span = span(&hours);

    if !all_hours && minutes.len() * hours.len() <= 4 {
        return (format!("At {}", clock_list(&hours, &minutes)), false);
    }
    if let Some(every) = even_step(minute, FieldName::Minute, minutes.first() == Some(&0)) {
        let every = if every == 1 { "Every minute".to_owned() } else { format!("Every {every} minutes") };
        return if all_hours {
            (every, true)
        } else if let Some((first, last)) = span.or((hours.len() == 1).then(|| (hours[0], hours[0]))) {
            (format!("{every} from {first:02}:00 to {last:02}:59"), true)
        } else if let Some(step) = even_step(hour, FieldName::Hour, true) {
            (format!("{every}, in every {} hour", ordinal(step)), true)
        } else {
            (format!("{every} in the hours that start at {}", clock_list(&hours, &[0])), true)
        };
    }
    if let [only] = minutes[..] {
        if all_hours {
            return match only {
                0 => ("Every hour".to_owned(), true),
                1 => ("Every hour, at 1 minute past".to_owned(), true),
                _ => (format!("Every hour, at {only} minutes past"), true),
            };
        }
        if let Some(step) = even_step(hour, FieldName::Hour, true) {
            let past = if only == 0 { String::new() } else { format!(", from 00:{only:02} on") };
            return (format!("Every {step} hours{past}"), true);
        }
        if let Some((first, last)) = span.filter(|(first, last)| last - first > 2) {
            return (format!("Every hour from {first:02}:{only:02} to {last:02}:{only:02}"), true);
        }
    }
    if minutes.len() * hours.len() <= 8 {
        return (format!("At {}", clock_list(&hours, &minutes)), false);
    }
    let past = minutes_past(minute, &minutes);
    if all_hours {
        return (format!("{past} past every hour"), true);
    }
    if let [only] = hours[..] {
        return (format!("{past} past {only:02}:00"), false);
    }
    match span {
        Some((first, last)) => (format!("{past} past every hour from {first:02}:00 to {last:02}:00"), true),
        None => (format!("{past} past {}", clock_list(&hours, &[0])), false),
    }
}

/// "At 0, 15 and 30 minutes", "At every minute from 5 to 9".
fn minutes_past(field: &Field, minutes: &[u8]) -> String {
    match (field.items.as_slice(), span(minutes)) {
        (_, Some((first, last))) if last > first + 1 => format!("At every minute from {first} to {last}"),
        ([Item { base, step: Some(step) }], _) if minutes.len() > 4 => {
            let (first, last) = match base {
                Base::Range(first, last) => (*first, *last),
                Base::Value(first) => (*first, 59),
                Base::Any => (0, 59),
            };
            format!("At every {} minute from {first} to {last}", ordinal(*step))
        }
        _ => format!("At {} minutes", join(minutes.iter().map(u8::to_string).collect())),
    }
}

/// The days, unless it is every day.
fn day_words(cron: &Cron) -> Option<String> {
    let (days, week) = (&cron.day_of_month, &cron.day_of_week);
    let months = month_words(&cron.month);
    let all_days = days.bits == full(FieldName::DayOfMonth);
    let all_week = week.bits == full(FieldName::DayOfWeek);
    let either = days.is_restricted() && week.is_restricted();
    let in_months = |words: String| match &months {
        Some(months) => [&words, " in ", months].concat(),
        None => words,
    };
    match (all_days, all_week) {
        _ if either && (all_days || all_week) => months.map(|months| ["every day in ", &months].concat()),
        (true, true) => months.map(|months| ["every day in ", &months].concat()),
        (true, false) => Some(in_months(format!("every {}", week_words(week)))),
        (false, true) => Some(date_words(cron, months.as_deref())),
        (false, false) if either => {
            let dates = date_words(cron, months.as_deref());
            let also = in_months(format!("every {}", week_words(week)));
            Some(format!("{dates} and also {also}"))
        }
        (false, false) => {
            let dates = join(days.values().map(|day| day.to_string()).collect());
            Some(in_months(format!(
                "every {} that is one of the days {dates} of the month",
                week_words(week)
            )))
        }
    }
}

fn week_words(week: &Field) -> String {
    let days: Vec<u8> = week.values().collect();
    let name = |day: u8| DAYS[usize::from(day) % 7];
    match span(&days) {
        Some((first, last)) if last > first + 1 => format!("{} to {}", name(first), name(last)),
        // A week starts on Monday for most people, so Saturday comes before Sunday.
        _ => {
            let late = days.iter().filter(|day| **day == 0 && days.len() > 1);
            join(
                days.iter()
                    .filter(|day| **day != 0 || days.len() == 1)
                    .chain(late)
                    .map(|day| name(*day).to_owned())
                    .collect(),
            )
        }
    }
}

fn month_words(month: &Field) -> Option<String> {
    if month.bits == full(FieldName::Month) {
        return None;
    }
    let months: Vec<u8> = month.values().collect();
    let name = |month: u8| MONTHS[usize::from(month.max(1) - 1) % 12];
    Some(match span(&months) {
        Some((first, last)) if last > first + 1 => format!("{} to {}", name(first), name(last)),
        _ => join(months.iter().map(|month| name(*month).to_owned()).collect()),
    })
}

/// "on day 1 of every month", "on 1 January", "on days 1 and 15 of March to May".
fn date_words(cron: &Cron, months: Option<&str>) -> String {
    let field = &cron.day_of_month;
    let days: Vec<u8> = field.values().collect();
    if let ([day], Some(months), 1) = (&days[..], months, cron.month.bits.count_ones()) {
        const LEAP_YEAR: i32 = 2000;
        let last = |year| next::days_in_month(year, cron.month.values().next().unwrap_or(1));
        return match *day {
            day if day > last(LEAP_YEAR) => format!("on {day} {months}, which never comes"),
            day if day > last(LEAP_YEAR + 1) => format!("on {day} {months} in leap years"),
            day => format!("on {day} {months} every year"),
        };
    }
    let of = months.unwrap_or("every month");
    match (field.items.as_slice(), span(&days)) {
        (_, Some((first, last))) if last > first + 1 => format!("on days {first} to {last} of {of}"),
        ([Item { base: Base::Any, step: Some(step) }], _) if days.len() > 5 => {
            format!("on every {} day of {of}, counted from day 1", ordinal(*step))
        }
        ([Item { base: Base::Range(first, last), step: Some(step) }], _) if days.len() > 5 => {
            format!("on every {} day from {first} to {last} of {of}", ordinal(*step))
        }
        _ if days.len() == 1 => format!("on day {} of {of}", days[0]),
        _ => format!("on days {} of {of}", join(days.iter().map(u8::to_string).collect())),
    }
}

/// The bits of a field that holds every value.
fn full(name: FieldName) -> u64 {
    let (min, max) = name.range();
    (min..=max).fold(0, |bits, value| bits | 1 << value)
}

/// First and last of at least two values without a gap.
fn span(values: &[u8]) -> Option<(u8, u8)> {
    let (first, last) = (*values.first()?, *values.last()?);
    (values.len() > 1 && usize::from(last - first) + 1 == values.len()).then_some((first, last))
}

/// The step when the field is the values 0, n, 2n, … over its whole range and n divides the range evenly, so that
/// "every n" is the whole truth; 1 for every value.
fn even_step(field: &Field, name: FieldName, starts_at_zero: bool) -> Option<u8> {
    let size = name.range().1 + 1;
    let mut values = field.values();
    let (first, second) = (values.next()?, values.next()?);
    let step = second - first;
    let regular = field.values().zip(0..).all(|(value, n)| value == n * step);
    (starts_at_zero
        && regular
        && size.is_multiple_of(step)
        && field.bits.count_ones() == u32::from(size / step))
    .then_some(step)
}

fn clock_list(hours: &[u8], minutes: &[u8]) -> String {
    let times =
        hours.iter().flat_map(|hour| minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}")));
    join(times.collect())
}

/// "a", "a and b", "a, b and c".
fn join(words: Vec<String>) -> String {
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => [&head.join(", "), " and ", last].concat(),
    }
}

fn ordinal(n: u8) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}
