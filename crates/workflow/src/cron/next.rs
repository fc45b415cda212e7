//! The calendar: when a schedule runs next.

use super::Cron;

/// A date and time of day without seconds, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

const DAY_MINUTES: i64 = 24 * 60;

impl Civil {
    /// From minutes since 1970-01-01 00:00.
    #[must_use]
    pub fn from_minutes(minutes: i64) -> Self {
        let (year, month, day) = civil(minutes.div_euclid(DAY_MINUTES));
        let of_day = minutes.rem_euclid(DAY_MINUTES);
        Self { year, month, day, hour: small(of_day / 60), minute: small(of_day % 60) }
    }

    /// Minutes since 1970-01-01 00:00. Values outside their range count on, as 25 hours do into the next day.
    #[must_use]
    pub fn to_minutes(self) -> i64 {
        days(self.year, self.month, self.day) * DAY_MINUTES
            + i64::from(self.hour) * 60
            + i64::from(self.minute)
    }

    /// 0 for Sunday to 6 for Saturday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        weekday(days(self.year, self.month, self.day))
    }
}

impl Cron {
    /// The next `n` runs after `from` (never at `from`), rising. `from` and the runs are in UTC; the schedule itself
    /// is read in a zone `offset_minutes` ahead of UTC (0 when `timezone` is not set). A zone with daylight saving
    /// time needs the offset of each date: then the runs hold only until the clocks change.
    ///
    /// Fewer than `n` come back when the schedule runs less often than that in 400 years, after which the calendar
    /// repeats itself; none when it never runs.
    #[must_use]
    pub fn next_runs(&self, from: Civil, n: usize, offset_minutes: i32) -> Vec<Civil> {
        let offset = i64::from(offset_minutes);
        let start = from.to_minutes() + offset + 1;
        let first_day = start.div_euclid(DAY_MINUTES);
        let mut runs = Vec::new();
        let (mut year, mut month, mut day) = civil(first_day);
        for _month in 0..400 * 12 + 1 {
            if self.month.contains(month) {
                for day in day..=days_in_month(year, month) {
                    let date = days(year, month, day);
                    if !self.fits_day(day, weekday(date)) {
                        continue;
                    }
                    for minutes in self.times() {
                        let at = date * DAY_MINUTES + minutes;
                        if runs.len() == n {
                            return runs;
                        }
                        if at >= start {
                            runs.push(Civil::from_minutes(at - offset));
                        }
                    }
                }
            }
            if runs.len() == n {
                return runs;
            }
            day = 1;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        runs
    }

    /// Whether it runs at this minute, in the zone of the schedule.
    #[must_use]
    pub fn fits(&self, at: Civil) -> bool {
        self.month.contains(at.month)
            && self.fits_day(at.day, at.weekday())
            && self.hour.contains(at.hour)
            && self.minute.contains(at.minute)
    }

    fn fits_day(&self, day: u8, weekday: u8) -> bool {
        let (by_month, by_week) = (self.day_of_month.contains(day), self.day_of_week.contains(weekday));
        if self.day_of_month.is_restricted() && self.day_of_week.is_restricted() {
            by_month || by_week
        } else {
            by_month && by_week
        }
    }

    /// Minutes of the day at which it runs, rising.
    fn times(&self) -> impl Iterator<Item = i64> {
        self.hour
            .values()
            .flat_map(|hour| self.minute.values().map(move |minute| i64::from(hour) * 60 + i64::from(minute)))
    }
}

fn small(value: i64) -> u8 {
    u8::try_from(value).unwrap_or(0)
}

fn weekday(days: i64) -> u8 {
    // 1970-01-01 was a Thursday.
    small((days + 4).rem_euclid(7))
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

pub(super) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of a year that starts in March, before its month `m` (0 for March).
fn days_before(m: i64) -> i64 {
    (153 * m + 2) / 5
}

/// Days since 1970-01-01. Years start in March here, so that the leap day is the last one.
fn days(year: i32, month: u8, day: u8) -> i64 {
    let month = i64::from(month.clamp(1, 12));
    let (year, m) = if month > 2 { (i64::from(year), month - 3) } else { (i64::from(year) - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + days_before(m) + i64::from(day) - 1 - EPOCH
}

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// The inverse of [`days`].
fn civil(days: i64) -> (i32, u8, u8) {
    const CENTURIES: i64 = 146_097;
    let days = days + EPOCH;
    let (era, of_era) = (days.div_euclid(CENTURIES), days.rem_euclid(CENTURIES));
    // The leap days passed so far are taken out before the division by 365.
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / (CENTURIES - 1)) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * of_year + 2) / 153;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or(i32::MAX), small(month), small(of_year - days_before(m) + 1))
}
