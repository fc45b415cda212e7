//! Schedules as people say them: every few minutes or hours, every hour, day, some days of the week, once a month.

/// A schedule that needs no cron expression to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rhythm {
    /// Every `step` minutes of the hour.
    Minutes {
        step: u8,
    },
    /// Every `step` hours of the day.
    Hours {
        minute: u8,
        step: u8,
    },
    Hourly {
        minute: u8,
    },
    Daily {
        minute: u8,
        hour: u8,
    },
    /// Bit n of `days` is weekday n, from Sunday.
    Weekly {
        minute: u8,
        hour: u8,
        days: u8,
    },
    Monthly {
        minute: u8,
        hour: u8,
        day: u8,
    },
}

impl Rhythm {
    /// Reads an expression; `None`: it says something more.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields[..] else { return None };
        let number = |text: &str, most: u8| text.parse::<u8>().ok().filter(|number| *number <= most);
        let step = |text: &str, most: u8| {
            text.strip_prefix("*/").and_then(|step| number(step, most)).filter(|step| *step > 1)
        };
        if let (Some(step), ["*", "*", "*", "*"]) = (step(minute, 59), &fields[1..]) {
            return Some(Self::Minutes { step });
        }
        let minute = number(minute, 59)?;
        if let (Some(step), ["*", "*", "*"]) = (step(hour, 23), &fields[2..]) {
            return Some(Self::Hours { minute, step });
        }
        if month != "*" {
            return None;
        }
        match (hour, day, weekday) {
            ("*", "*", "*") => Some(Self::Hourly { minute }),
            (hour, "*", "*") => Some(Self::Daily { minute, hour: number(hour, 23)? }),
            (hour, "*", days) => {
                Some(Self::Weekly { minute, hour: number(hour, 23)?, days: parse_days(days)? })
            }
            (hour, day, "*") => {
                let day = number(day, 31).filter(|day| *day > 0)?;
                Some(Self::Monthly { minute, hour: number(hour, 23)?, day })
            }
            _ => None,
        }
    }

    pub(super) fn cron(self) -> String {
        match self {
            Self::Minutes { step } => format!("*/{step} * * * *"),
            Self::Hours { minute, step } => format!("{minute} */{step} * * *"),
            Self::Hourly { minute } => format!("{minute} * * * *"),
            Self::Daily { minute, hour } => format!("{minute} {hour} * * *"),
            Self::Weekly { minute, hour, days } => format!("{minute} {hour} * * {}", write_days(days)),
            Self::Monthly { minute, hour, day } => format!("{minute} {hour} {day} * *"),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Minutes { .. } => "minutes",
            Self::Hours { .. } => "hours",
            Self::Hourly { .. } => "hourly",
            Self::Daily { .. } => "daily",
            Self::Weekly { .. } => "weekly",
            Self::Monthly { .. } => "monthly",
        }
    }

    /// The same time of day in another rhythm.
    pub(super) fn into_kind(self, name: &str) -> Self {
        let (minute, hour) = self.time();
        match name {
            "minutes" => Self::Minutes { step: 15 },
            "hours" => Self::Hours { minute, step: 6 },
            "hourly" => Self::Hourly { minute },
            "weekly" => Self::Weekly { minute, hour, days: 0b000_0010 },
            "monthly" => Self::Monthly { minute, hour, day: 1 },
            _ => Self::Daily { minute, hour },
        }
    }

    pub(super) fn time(self) -> (u8, u8) {
        match self {
            Self::Minutes { .. } => (17, 6),
            Self::Hours { minute, .. } | Self::Hourly { minute } => (minute, 6),
            Self::Daily { minute, hour }
            | Self::Weekly { minute, hour, .. }
            | Self::Monthly { minute, hour, .. } => (minute, hour),
        }
    }

    pub(super) fn at(self, minute: u8, hour: u8) -> Self {
        match self {
            Self::Minutes { .. } => self,
            Self::Hours { step, .. } => Self::Hours { minute, step },
            Self::Hourly { .. } => Self::Hourly { minute },
            Self::Daily { .. } => Self::Daily { minute, hour },
            Self::Weekly { days, .. } => Self::Weekly { minute, hour, days },
            Self::Monthly { day, .. } => Self::Monthly { minute, hour, day },
        }
    }
}

impl Rhythm {
    /// After how many minutes or hours it comes again, where that is its choice.
    pub(super) fn step(self) -> Option<u8> {
        match self {
            Self::Minutes { step } | Self::Hours { step, .. } => Some(step),
            _ => None,
        }
    }

    /// The same with another step.
    pub(super) fn every(self, step: u8) -> Self {
        match self {
            Self::Minutes { .. } => Self::Minutes { step },
            Self::Hours { minute, .. } => Self::Hours { minute, step },
            other => other,
        }
    }
}

/// `1-5` and `1,3`, as bits; `None`: something else.
fn parse_days(text: &str) -> Option<u8> {
    let day = |text: &str| text.parse::<u8>().ok().filter(|day| *day < 7);
    let mut days = 0;
    for part in text.split(',') {
        let (first, last) = match part.split_once('-') {
            Some((first, last)) => (day(first)?, day(last)?),
            None => (day(part)?, day(part)?),
        };
        (first..=last).for_each(|day| days |= 1 << day);
    }
    (days != 0).then_some(days)
}

fn write_days(days: u8) -> String {
    if days == 0b011_1110 {
        return "1-5".to_owned();
    }
    let chosen = (0..7u8).filter(|day| days & (1 << day) != 0).map(|day| day.to_string());
    chosen.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_schedules_are_read_and_written() {
        for cron in [
            "17 * * * *",
            "0 6 * * *",
            "17 6 * * 1-5",
            "30 22 * * 0,3",
            "5 4 1 * *",
            "*/15 * * * *",
            "5 */6 * * *",
        ] {
            assert_eq!(Rhythm::parse(cron).map(Rhythm::cron).as_deref(), Some(cron));
        }
        for other in [
            "*/5 3 * * *",
            "*/1 * * * *",
            "*/60 * * * *",
            "0 */6 1 * *",
            "0 6 * 1 *",
            "0 6 1 * 1",
            "0 25 * * *",
            "0 6 * * MON",
            "",
            "0 6 32 * *",
        ] {
            assert_eq!(Rhythm::parse(other), None, "{other}");
        }
    }

    #[test]
    fn another_rhythm_keeps_the_time_of_day() {
        let daily = Rhythm::Daily { minute: 5, hour: 9 };
        assert_eq!(daily.into_kind("hours").into_kind("hourly").cron(), "5 * * * *");
        assert_eq!(daily.into_kind("minutes").every(20).cron(), "*/20 * * * *");
        assert_eq!(daily.into_kind("monthly").cron(), "5 9 1 * *");
        assert_eq!(daily.into_kind("weekly").into_kind("hourly").cron(), "5 * * * *");
    }
}
