#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn cron(text: &str) -> Cron {
    Cron::parse(text).unwrap()
}

fn at(year: i32, month: u8, day: u8, hour: u8, minute: u8) -> Civil {
    Civil { year, month, day, hour, minute }
}

fn show(runs: &[Civil]) -> Vec<String> {
    runs.iter()
        .map(|c| format!("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute))
        .collect()
}

#[test]
fn lines_that_run_often_enough_apart() {
    for text in [
        "0 0 * * *",
        "*/5 * * * *",
        "30 5,17 * * *",
        "0 0 * * MON-FRI",
        "0 0 1 jan *",
        "0/15 * * * *",
        "0 0 * * SUN,WED",
        "58,1 5 * * *",
        "58,1 23,0 * * 1",
        "0  0   * * *",
        " 0 0 * * * ",
        "00 06 * * *",
        "0 0 * * MON/2",
    ] {
        assert!(!cron(text).is_too_frequent(), "{text}");
    }
}

#[test]
fn lines_that_run_too_often() {
    for (text, gap) in [
        ("*/4 * * * *", 4),
        ("* * * * *", 1),
        ("0,3 * * * *", 3),
        ("58,1 * * * *", 3),
        ("5-9 * * * *", 1),
        ("1-5/2 * * * *", 2),
        ("58,1 23,0 * * 1-2", 3),
        ("58,1 23,0 1,15 * *", 57),
    ] {
        assert_eq!(cron(text).shortest_gap(), Some(gap), "{text}");
        assert_eq!(cron(text).is_too_frequent(), gap < 5, "{text}");
    }
    assert_eq!(cron("0 * * * *").shortest_gap(), None);
}

/// The line, the field, the marked text, and a part of the message.
#[test]
fn mistakes_are_told_with_their_place() {
    for (text, field, marked, part) in [
        ("0 0 * * 7", Some(FieldName::DayOfWeek), "7", "Sunday is 0"),
        ("60 * * * *", Some(FieldName::Minute), "60", "0 to 59"),
        ("0 24 * * *", Some(FieldName::Hour), "24", "0 to 23"),
        ("0 0 0 * *", Some(FieldName::DayOfMonth), "0", "1 to 31"),
        ("0 0 32 * *", Some(FieldName::DayOfMonth), "32", "1 to 31"),
        ("0 0 * 13 *", Some(FieldName::Month), "13", "1 to 12"),
        ("0 0 * 999999999999 *", Some(FieldName::Month), "999999999999", "1 to 12"),
        ("0 0 * *", None, "0 0 * *", "has 4"),
        ("0 0 * * * *", None, "0 0 * * * *", "has 6"),
        ("", None, "", "empty"),
        ("@daily", None, "@daily", "`0 0 * * *`"),
        ("@reboot", None, "@reboot", "five fields"),
        ("0 0 L * *", Some(FieldName::DayOfMonth), "L", "`L`"),
        ("0 0 15W * *", Some(FieldName::DayOfMonth), "15W", "`W`"),
        ("0 0 * * 5#2", Some(FieldName::DayOfWeek), "5#2", "`#`"),
        ("0 0 ? * *", Some(FieldName::DayOfMonth), "?", "write `*`"),
        ("*/0 * * * *", Some(FieldName::Minute), "0", "1 to 59"),
        ("*/60 * * * *", Some(FieldName::Minute), "60", "1 to 59"),
        ("*/ * * * *", Some(FieldName::Minute), "", "step"),
        ("*/5/2 * * * *", Some(FieldName::Minute), "5/2", "one `/`"),
        ("5-1 * * * *", Some(FieldName::Minute), "5-1", "`5-59,0-1`"),
        ("0 0 * * FRI-MON", Some(FieldName::DayOfWeek), "FRI-MON", "`FRI-SAT,SUN-MON`"),
        ("0 0 * * SAT-SUN", Some(FieldName::DayOfWeek), "SAT-SUN", "`SAT,SUN`"),
        (",1 * * * *", Some(FieldName::Minute), "", "comma"),
        ("1, * * * *", Some(FieldName::Minute), "", "comma"),
        ("1-2-3 * * * *", Some(FieldName::Minute), "1-2-3", "no range"),
        ("-5 * * * *", Some(FieldName::Minute), "-5", "no range"),
        ("0 0 * MON *", Some(FieldName::Month), "MON", "fifth field"),
        ("0 0 JAN * *", Some(FieldName::DayOfMonth), "JAN", "fourth field"),
        ("0 x * * *", Some(FieldName::Hour), "x", "0 to 23"),
        ("0 0 * * MONDAY", Some(FieldName::DayOfWeek), "MONDAY", "`MON`"),
        ("0 ä * * *", Some(FieldName::Hour), "ä", "0 to 23"),
    ] {
        let errors = Cron::parse(text).unwrap_err();
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        assert_eq!((errors[0].field, &text[errors[0].range.to_usize()]), (field, marked), "{text}");
        assert!(errors[0].message.contains(part), "{text}: {}", errors[0].message);
    }
    assert_eq!(Cron::parse("60 24 * * 7").unwrap_err().len(), 3);
}

#[test]
fn words() {
    for (text, expected) in [
        ("30 6 * * 1-5", "At 06:30, every Monday to Friday"),
        ("* * * * *", "Every minute"),
        ("*/5 * * * *", "Every 5 minutes"),
        ("0/15 * * * *", "Every 15 minutes"),
        ("0,30 * * * *", "Every 30 minutes"),
        ("0 * * * *", "Every hour"),
        ("15 * * * *", "Every hour, at 15 minutes past"),
        ("0 */6 * * *", "At 00:00, 06:00, 12:00 and 18:00 every day"),
        ("30 */6 * * *", "At 00:30, 06:30, 12:30 and 18:30 every day"),
        ("0 0,12 * * *", "At 00:00 and 12:00 every day"),
        ("0,30 5 * * *", "At 05:00 and 05:30 every day"),
        ("0 */6 * * 1", "At 00:00, 06:00, 12:00 and 18:00, every Monday"),
        ("0 */2 * * *", "Every 2 hours"),
        ("30 */3 * * *", "Every 3 hours, from 00:30 on"),
        ("0 */5 * * *", "At 00:00, 05:00, 10:00, 15:00 and 20:00 every day"),
        ("0 0 * * *", "At 00:00 every day"),
        ("30 5,17 * * *", "At 05:30 and 17:30 every day"),
        ("0 9-17 * * MON-FRI", "Every hour from 09:00 to 17:00, every Monday to Friday"),
        ("*/15 9-17 * * *", "Every 15 minutes from 09:00 to 17:59"),
        ("*/10 */2 * * *", "Every 10 minutes, in every 2nd hour"),
        ("*/10 3 * * *", "Every 10 minutes from 03:00 to 03:59"),
        ("*/7 * * * *", "At every 7th minute from 0 to 59 past every hour"),
        ("5-9 * * * *", "At every minute from 5 to 9 past every hour"),
        ("0,20,50 * * * *", "At 0, 20 and 50 minutes past every hour"),
        ("0 0 * * SUN", "At 00:00, every Sunday"),
        ("0 0 * * 0,6", "At 00:00, every Saturday and Sunday"),
        ("0 0 * * 1,3,5", "At 00:00, every Monday, Wednesday and Friday"),
        ("0 0 1 * *", "At 00:00, on day 1 of every month"),
        ("0 0 1,15 * *", "At 00:00, on days 1 and 15 of every month"),
        ("0 0 1-7 * *", "At 00:00, on days 1 to 7 of every month"),
        ("0 0 */2 * *", "At 00:00, on every 2nd day of every month, counted from day 1"),
        ("0 0 1 1 *", "At 00:00, on 1 January every year"),
        ("30 2 29 2 *", "At 02:30, on 29 February in leap years"),
        ("30 2 28 2 *", "At 02:30, on 28 February every year"),
        ("0 0 31 4 *", "At 00:00, on 31 April, which never comes"),
        ("0 0 30 2 MON", "At 00:00, on 30 February, which never comes and also every Monday in February"),
        ("0 0 1 */3 *", "At 00:00, on day 1 of January, April, July and October"),
        ("0 0 * 6-8 *", "At 00:00, every day in June to August"),
        ("0 0 * 1 MON", "At 00:00, every Monday in January"),
        ("0 0 13 * FRI", "At 00:00, on day 13 of every month and also every Friday"),
        ("0 0 */15 * FRI", "At 00:00, every Friday that is one of the days 1, 16 and 31 of the month"),
    ] {
        assert_eq!(in_words(&cron(text)), expected, "{text}");
    }
}

#[test]
fn next_runs() {
    let from = at(2026, 11, 23, 18, 30);
    for (text, offset, expected) in [
        ("*/20 * * * *", 0, &["2026-11-23 18:40", "2026-11-23 19:00", "2026-11-23 19:20"][..]),
        ("30 18 * * *", 0, &["2026-11-24 18:30", "2026-11-25 18:30", "2026-11-26 18:30"]),
        ("0 6 * * 1-5", 0, &["2026-11-24 06:00", "2026-11-25 06:00", "2026-11-26 06:00"]),
        ("0 0 29 2 *", 0, &["2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00"]),
        ("0 0 31 * *", 0, &["2026-12-31 00:00", "2027-01-31 00:00", "2027-03-31 00:00"]),
        // Day 13 or any Friday.
        ("0 0 13 * FRI", 0, &["2026-11-27 00:00", "2026-12-04 00:00", "2026-12-11 00:00"]),
        ("0 0 13 12 FRI", 0, &["2026-12-04 00:00", "2026-12-11 00:00", "2026-12-13 00:00"]),
        ("0 0 30 2 *", 0, &[]),
        // 06:00 at UTC+9 is 21:00 the day before; 06:00 at UTC-8 is 14:00.
        ("0 6 * * *", 540, &["2026-11-23 21:00", "2026-11-24 21:00", "2026-11-25 21:00"]),
        ("0 6 * * *", -480, &["2026-11-24 14:00", "2026-11-25 14:00", "2026-11-26 14:00"]),
        ("0 20 * * SUN", -480, &["2026-11-30 04:00", "2026-12-07 04:00", "2026-12-14 04:00"]),
    ] {
        assert_eq!(show(&cron(text).next_runs(from, 3, offset)), expected, "{text}");
    }
    assert_eq!(show(&cron("0 0 1 1 *").next_runs(at(2026, 12, 31, 23, 59), 1, 0)), ["2027-01-01 00:00"]);
    assert!(cron("* * * * *").next_runs(from, 0, 0).is_empty());
}

/// Clocks an hour ahead of `offset` from one moment to another.
fn clocks(offset: i64, summer: [Civil; 2]) -> impl Fn(i64) -> Option<i64> {
    let [start, end] = summer.map(Civil::to_minutes);
    move |minute| Some(if (start..end).contains(&minute) { offset + 60 } else { offset })
}

#[test]
fn runs_by_clocks_that_change() {
    let berlin = || clocks(60, [at(2027, 3, 28, 1, 0), at(2027, 10, 31, 1, 0)]);
    let new_york = || clocks(-300, [at(2027, 3, 14, 7, 0), at(2027, 11, 7, 6, 0)]);
    let runs = |text, from: Civil, offset: &dyn Fn(i64) -> Option<i64>| {
        let runs = cron(text).next_runs_by(from.to_minutes(), 3, offset);
        show(&runs.into_iter().map(Civil::from_minutes).collect::<Vec<_>>())
    };
    // What is skipped comes as soon as the clocks go on, and only once.
    for (text, expected) in [
        ("30 2 * * *", ["2027-03-13 07:30", "2027-03-14 07:00", "2027-03-15 06:30"]),
        ("0,30 2 * * SUN", ["2027-03-14 07:00", "2027-03-21 06:00", "2027-03-21 06:30"]),
        ("0 2-3 * * SUN", ["2027-03-14 07:00", "2027-03-21 06:00", "2027-03-21 07:00"]),
        ("0 6 * * SUN", ["2027-03-14 10:00", "2027-03-21 10:00", "2027-03-28 10:00"]),
    ] {
        assert_eq!(runs(text, at(2027, 3, 12, 12, 0), &new_york()), expected, "{text}");
    }
    for (text, expected) in [
        ("30 2 * * *", ["2027-03-27 01:30", "2027-03-28 01:00", "2027-03-29 00:30"]),
        ("*/30 2 * * 0", ["2027-03-28 01:00", "2027-04-04 00:00", "2027-04-04 00:30"]),
    ] {
        assert_eq!(runs(text, at(2027, 3, 26, 22, 0), &berlin()), expected, "{text}");
    }
    for (text, from, expected) in [
        (
            "*/15 * * * *",
            at(2027, 3, 28, 0, 31),
            ["2027-03-28 00:45", "2027-03-28 01:00", "2027-03-28 01:15"],
        ),
        ("30 2 * * *", at(2027, 3, 28, 1, 0), ["2027-03-29 00:30", "2027-03-30 00:30", "2027-03-31 00:30"]),
        // What the clocks show twice comes twice, in the order of the moments.
        (
            "*/20 * * * *",
            at(2027, 10, 31, 0, 30),
            ["2027-10-31 00:40", "2027-10-31 01:00", "2027-10-31 01:20"],
        ),
        ("30 2 * * *", at(2027, 10, 31, 0, 30), ["2027-10-31 01:30", "2027-11-01 01:30", "2027-11-02 01:30"]),
        ("30 3 * * *", at(2027, 10, 30, 0, 0), ["2027-10-30 01:30", "2027-10-31 02:30", "2027-11-01 02:30"]),
    ] {
        assert_eq!(runs(text, from, &berlin()), expected, "{text}");
    }
    assert!(runs("0 0 30 2 *", at(2027, 3, 1, 0, 0), &berlin()).is_empty());
    assert!(runs("0 0 * * *", at(2027, 3, 1, 0, 0), &|_| None).is_empty());
    assert!(cron("* * * * *").next_runs_by(0, 0, berlin()).is_empty());
}

#[test]
fn a_date_that_no_month_has_never_comes() {
    assert!(!cron("0 0 30 2 *").ever_runs());
    assert!(!cron("0 0 31 4,6 *").ever_runs());
    assert!(cron("0 0 29 2 *").ever_runs());
    assert!(cron("0 0 30 2 MON").ever_runs());
}

#[test]
fn the_calendar_is_right() {
    assert_eq!(at(1970, 1, 1, 0, 0).to_minutes(), 0);
    assert_eq!(at(1970, 1, 1, 0, 0).weekday(), 4);
    assert_eq!(at(2000, 2, 29, 12, 0).to_minutes(), 951_825_600 / 60);
    assert_eq!(at(2026, 11, 23, 0, 0).weekday(), 1);
    let mut expected = (2000, 1, 1);
    for day in 0..366 * 401_i64 {
        let c = Civil::from_minutes((10_957 + day) * 24 * 60);
        assert_eq!((c.year, c.month, c.day), expected);
        assert_eq!(c.to_minutes(), (10_957 + day) * 24 * 60);
        expected = match expected {
            (y, 12, 31) => (y + 1, 1, 1),
            (y, m, d) if d == next::days_in_month(y, m) => (y, m + 1, 1),
            (y, m, d) => (y, m, d + 1),
        };
    }
}

#[test]
fn time_zones() {
    for name in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "GMT+0"] {
        assert_eq!(timezone_verdict(name), TimezoneVerdict::Known, "{name}");
    }
    for name in ["Europe/Berlinn", "Not/A/Timezone", "CEST", "America/", "asia/tokyo", "utc"] {
        assert_ne!(timezone_verdict(name), TimezoneVerdict::Known, "{name}");
    }
    assert_eq!(timezone_verdict("Europe/Berlinn"), TimezoneVerdict::Unknown);
    for name in
        ["", "+02:00", "UTC+2", "GMT-3", "local", "Europe / Berlin", "2", "Europe/", "/Europe", "Zürich"]
    {
        assert_eq!(timezone_verdict(name), TimezoneVerdict::Malformed, "{name}");
    }
    assert_eq!(canonical_timezone("europe/london").as_deref(), Some("Europe/London"));
    assert!(timezones().count() > 590);
    assert!(timezones().all(|name| canonical_timezone(&name) == Some(name)));
}

fn line() -> impl Strategy<Value = String> {
    let field = |values: &'static str| proptest::string::string_regex(values).unwrap();
    (
        field("\\*|\\*/[1-9]|[1-5]?[0-9](,[1-5]?[0-9]){0,2}|[0-2]?[0-9]-[3-5][0-9](/[1-9])?"),
        field("\\*|\\*/[1-9]|1?[0-9](,1?[0-9])?|[0-9]-1[0-9](/[1-5])?"),
        field("\\*|\\*/[1-9]|[12]?[1-9]|[1-9]-[12][0-9]|31"),
        field("\\*|[1-9]|1[0-2]|FEB|\\*/5|MAR-NOV"),
        field("\\*|[0-6]|MON-FRI|[0-3]-[4-6]|SUN,sat|\\*/3"),
    )
        .prop_map(|(a, b, c, d, e)| format!("{a} {b} {c} {d} {e}"))
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,20}|[0-9*/,\\-A-Z@#? ]{0,20}") {
        if let Err(errors) = Cron::parse(&text) {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(text.get(error.range.to_usize()).is_some());
                prop_assert!(error.message.ends_with('.'));
            }
        }
    }

    #[test]
    fn runs_fit_the_schedule_and_none_is_left_out(line in line(), start in 20_000_000_i64..60_000_000) {
        let cron = cron(&line);
        let from = Civil::from_minutes(start);
        let runs = cron.next_runs(from, 5, 0);
        prop_assert_eq!(runs.is_empty(), !cron.ever_runs());
        let mut last = start;
        for run in &runs {
            prop_assert!(cron.fits(*run), "{} {:?}", line, run);
            let minutes = run.to_minutes();
            prop_assert!(minutes > last);
            for between in (last + 1..minutes).take(5000) {
                prop_assert!(!cron.fits(Civil::from_minutes(between)), "{} {}", line, between);
            }
            last = minutes;
        }
        prop_assert!(!in_words(&cron).is_empty());
        if let [a, b, ..] = runs[..] {
            let gap = b.to_minutes() - a.to_minutes();
            prop_assert!(cron.shortest_gap().is_none_or(|shortest| i64::from(shortest) <= gap.max(59)));
            prop_assert!(gap >= 60 || cron.shortest_gap().is_some_and(|shortest| i64::from(shortest) <= gap));
        }
    }
}
