//! Cron lines of `on.schedule`: five fields, read with exact mistakes, said in words, and counted on to the next runs.
//!
//! [`Cron::parse`] takes GitHub's dialect of the POSIX form: names in any case, lists, ranges and steps; Sunday is 0
//! and only 0; no `@daily`, no `L`, `W`, `#` or `?`, no seconds and no years.

mod clocks;
mod next;
mod parse;
mod words;
mod zones;

use stepladder_yaml::TextRange;

pub use next::Civil;
pub use words::in_words;
pub use zones::{TimezoneVerdict, canonical_timezone, timezone_verdict, timezones};

/// GitHub starts a scheduled workflow at most once in this many minutes.
pub const MIN_INTERVAL_MINUTES: u32 = 5;

/// A cron line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    /// Minutes, 0 to 59.
    pub minute: Field,
    /// Hours, 0 to 23.
    pub hour: Field,
    /// Days of the month, 1 to 31.
    pub day_of_month: Field,
    /// Months, 1 to 12.
    pub month: Field,
    /// Days of the week, 0 (Sunday) to 6.
    pub day_of_week: Field,
}

/// One of the five fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Bit `n` is set when the field holds the value `n`.
    pub bits: u64,
    /// What is written, in order.
    pub items: Vec<Item>,
}

/// One member of the list in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The values it starts from.
    pub base: Base,
    /// The `/n` after it, if any.
    pub step: Option<u8>,
}

/// What stands before the `/` of an [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// `*`.
    Any,
    /// A value; with a step, it runs to the end of the field's range.
    Value(u8),
    /// `first-last`, both included.
    Range(u8, u8),
}

/// Names the five fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldName {
    /// The first field.
    Minute,
    /// The second field.
    Hour,
    /// The third field.
    DayOfMonth,
    /// The fourth field.
    Month,
    /// The fifth field.
    DayOfWeek,
}

impl FieldName {
    /// All five, in order.
    pub const ALL: [Self; 5] = [Self::Minute, Self::Hour, Self::DayOfMonth, Self::Month, Self::DayOfWeek];

    /// What a person calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        ["minute", "hour", "day of the month", "month", "day of the week"][self as usize]
    }

    /// Smallest and largest value.
    #[must_use]
    pub fn range(self) -> (u8, u8) {
        [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)][self as usize]
    }
}

/// Something wrong with a cron line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronError {
    /// The field it is about; `None` when it is about the line.
    pub field: Option<FieldName>,
    /// The bytes of the line it is about.
    pub range: TextRange,
    /// One sentence for a person: what, why, what to do.
    pub message: String,
}

impl Cron {
    /// Reads a cron line.
    ///
    /// # Errors
    /// At most one mistake for each field, in text order; or one about the line as a whole.
    pub fn parse(text: &str) -> Result<Self, Vec<CronError>> {
        parse::parse(text)
    }

    /// Minutes between the two closest runs when that is less than an hour; `None` when runs are further apart.
    #[must_use]
    pub fn shortest_gap(&self) -> Option<u32> {
        let minutes: Vec<u32> = self.minute.values().map(u32::from).collect();
        let inside = minutes.windows(2).map(|pair| pair[1] - pair[0]).min();
        let around = match (minutes.first(), minutes.last()) {
            (Some(first), Some(last)) if self.runs_in_adjacent_hours() => Some(60 + first - last),
            _ => None,
        };
        inside.into_iter().chain(around).min().filter(|gap| *gap < 60)
    }

    /// Whether two runs are closer than [`MIN_INTERVAL_MINUTES`]: GitHub does not start a schedule that often.
    #[must_use]
    pub fn is_too_frequent(&self) -> bool {
        self.shortest_gap().is_some_and(|gap| gap < MIN_INTERVAL_MINUTES)
    }

    /// Whether any date of the calendar fits: `0 0 30 2 *` never runs.
    #[must_use]
    pub fn ever_runs(&self) -> bool {
        let longest = |month: u8| if month == 2 { 29 } else { next::days_in_month(2001, month) };
        let by_day =
            self.month.values().any(|month| self.day_of_month.values().any(|day| day <= longest(month)));
        by_day || (self.day_of_month.is_restricted() && self.day_of_week.is_restricted())
    }

    fn runs_in_adjacent_hours(&self) -> bool {
        let hours = self.hour.bits;
        hours & (hours >> 1) != 0 || (hours & 1 != 0 && hours >> 23 & 1 != 0 && self.runs_on_adjacent_days())
    }

    fn runs_on_adjacent_days(&self) -> bool {
        let (days, week) = (self.day_of_month.bits, self.day_of_week.bits);
        let month_days = days & (days >> 1) != 0 || days == (1 << 31 | 1 << 1);
        let week_days = week & (week >> 1) != 0 || (week & 1 != 0 && week >> 6 & 1 != 0);
        if self.day_of_month.is_restricted() && self.day_of_week.is_restricted() {
            month_days || week_days
        } else {
            month_days && week_days
        }
    }
}

impl Field {
    /// Whether it holds `value`.
    #[must_use]
    pub fn contains(&self, value: u8) -> bool {
        value < 64 && self.bits >> value & 1 == 1
    }

    /// Its values, rising.
    pub fn values(&self) -> impl Iterator<Item = u8> {
        let bits = self.bits;
        (0..64).filter(move |value| bits >> value & 1 == 1)
    }

    /// Whether it starts with something else than `*`. When both day fields are restricted, a day that fits either of
    /// them is enough; otherwise a day has to fit both (the rule of POSIX, read as cron daemons read it).
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        !matches!(self.items.first(), None | Some(Item { base: Base::Any, .. }))
    }
}

#[cfg(test)]
mod tests;
