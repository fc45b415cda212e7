//! Reading a cron line.

use stepladder_yaml::TextRange;

use super::{Base, Cron, CronError, Field, FieldName, Item};

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The shorthands of other cron programs, which GitHub does not read, with what to write instead.
const SHORTHANDS: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

pub(super) fn parse(text: &str) -> Result<Cron, Vec<CronError>> {
    let words = words(text);
    if words.len() != 5 {
        return Err(vec![wrong_count(text, &words)]);
    }
    let mut errors = Vec::new();
    let mut fields = Vec::new();
    for (name, word) in FieldName::ALL.into_iter().zip(&words) {
        match field(name, word.text, word.start) {
            Ok(field) => fields.push(field),
            Err(error) => errors.push(error),
        }
    }
    match <[Field; 5]>::try_from(fields) {
        Ok([minute, hour, day_of_month, month, day_of_week]) => {
            Ok(Cron { minute, hour, day_of_month, month, day_of_week })
        }
        Err(_) => Err(errors),
    }
}

struct Word<'t> {
    text: &'t str,
    start: usize,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_whitespace(), start) {
            (true, Some(from)) => {
                words.push(Word { text: &text[from..at], start: from });
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words
}

fn wrong_count(text: &str, words: &[Word<'_>]) -> CronError {
    const FIELDS: &str = "minute, hour, day of the month, month, day of the week";
    let first = words.first().map_or("", |word| word.text);
    let message = if words.is_empty() {
        format!("The schedule is empty: write five fields ({FIELDS}), for example `30 6 * * 1-5`.")
    } else if let Some((shorthand, instead)) =
        SHORTHANDS.iter().find(|(shorthand, _)| shorthand.eq_ignore_ascii_case(first))
    {
        format!("GitHub does not know the shorthand `{shorthand}`: write `{instead}`.")
    } else if first.starts_with('@') {
        format!("GitHub does not know shorthands such as `{first}`: write five fields ({FIELDS}).")
    } else if words.len() > 5 {
        format!(
            "A schedule has five fields ({FIELDS}) and this one has {}: GitHub knows no field for seconds or years.",
            words.len()
        )
    } else {
        format!(
            "A schedule has five fields ({FIELDS}) and this one has {}: add the missing ones, `*` for any.",
            words.len()
        )
    };
    let end = words.last().map_or(text.len(), |word| word.start + word.text.len());
    let start = words.first().map_or(0, |word| word.start);
    CronError { field: None, range: range(start, end), message }
}

fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

fn field(name: FieldName, text: &str, start: usize) -> Result<Field, CronError> {
    let mut field = Field { bits: 0, items: Vec::new() };
    let mut at = start;
    for part in text.split(',') {
        let item = Part { name, text: part, start: at }.item()?;
        field.bits |= bits(name, item);
        field.items.push(item);
        at += part.len() + 1;
    }
    Ok(field)
}

fn bits(name: FieldName, item: Item) -> u64 {
    let (min, max) = name.range();
    let (low, high) = match (item.base, item.step) {
        (Base::Any, _) => (min, max),
        (Base::Value(value), None) => (value, value),
        (Base::Value(value), Some(_)) => (value, max),
        (Base::Range(low, high), _) => (low, high),
    };
    (low..=high).step_by(usize::from(item.step.unwrap_or(1).max(1))).fold(0, |bits, value| bits | 1 << value)
}

/// One member of a list, with the place where it starts.
#[derive(Clone, Copy)]
struct Part<'t> {
    name: FieldName,
    text: &'t str,
    start: usize,
}

impl<'t> Part<'t> {
    fn error<T>(self, message: String) -> Result<T, CronError> {
        Err(CronError {
            field: Some(self.name),
            range: range(self.start, self.start + self.text.len()),
            message,
        })
    }

    /// The piece of this part from byte `from` on, `len` bytes long.
    fn piece(self, from: usize, len: usize) -> Part<'t> {
        Part { text: &self.text[from..from + len], start: self.start + from, ..self }
    }

    fn item(self) -> Result<Item, CronError> {
        if self.text.is_empty() {
            return self.error(format!(
                "The list in the {} field has an empty place: remove the extra comma.",
                self.name.title()
            ));
        }
        let Some(slash) = self.text.find('/') else {
            return Ok(Item { base: self.base()?, step: None });
        };
        let base = self.piece(0, slash).base()?;
        let step = self.piece(slash + 1, self.text.len() - slash - 1).step()?;
        Ok(Item { base, step: Some(step) })
    }

    fn step(self) -> Result<u8, CronError> {
        let max = self.name.range().1;
        if self.text.contains('/') {
            return self.error("A part has one `/` at most: remove the second step.".to_owned());
        }
        if !is_number(self.text) {
            return self
                .error(format!("`{}` is no step: write a number from 1 to {max} after `/`.", self.text));
        }
        match self.text.parse::<u8>() {
            Ok(step) if (1..=max).contains(&step) => Ok(step),
            _ => self.error(format!(
                "The step {} does not fit the {} field: write a number from 1 to {max}.",
                self.text,
                self.name.title()
            )),
        }
    }

    fn base(self) -> Result<Base, CronError> {
        if self.text == "*" {
            return Ok(Base::Any);
        }
        let Some(dash) = self.text.find('-') else {
            return Ok(Base::Value(self.value()?));
        };
        let low = self.piece(0, dash);
        let high = self.piece(dash + 1, self.text.len() - dash - 1);
        if low.text.is_empty() || high.text.is_empty() || high.text.contains('-') {
            let (min, max) = self.name.range();
            return self.error(format!(
                "`{}` is no range: write two values with one `-` between them, such as `{min}-{max}`.",
                self.text
            ));
        }
        let (first, last) = (low.value()?, high.value()?);
        if first > last {
            let max = self.name.range().1;
            let min = self.name.range().0;
            let around = if last == min {
                self.value_name(min)
            } else {
                format!("{}-{}", self.value_name(min), high.text)
            };
            let until = if first == max {
                low.text.to_owned()
            } else {
                format!("{}-{}", low.text, self.value_name(max))
            };
            return self.error(format!(
                "The range `{}` runs backwards, and GitHub does not count on past the end: write `{until},{around}`.",
                self.text
            ));
        }
        Ok(Base::Range(first, last))
    }

    /// `value` in the style of this part: a name when it is written with names.
    fn value_name(self, value: u8) -> String {
        let named = self.text.bytes().any(|b| b.is_ascii_alphabetic());
        let names: &[&str] = match self.name {
            FieldName::Month if named => &MONTHS,
            FieldName::DayOfWeek if named => &DAYS,
            _ => &[],
        };
        match names.get(usize::from(value - self.name.range().0)) {
            Some(name) => (*name).to_owned(),
            None => value.to_string(),
        }
    }

    fn value(self) -> Result<u8, CronError> {
        let (min, max) = self.name.range();
        if is_number(self.text) {
            return match self.text.parse::<u8>() {
                Ok(value) if (min..=max).contains(&value) => Ok(value),
                Ok(7) if self.name == FieldName::DayOfWeek => self
                    .error("Sunday is 0 for GitHub, and 7 is not accepted: write `0` or `SUN`.".to_owned()),
                _ => self.error(format!(
                    "{} is not a value of the {} field: write a number from {min} to {max}.",
                    self.text,
                    self.name.title()
                )),
            };
        }
        let place = |names: &[&str]| names.iter().position(|name| name.eq_ignore_ascii_case(self.text));
        let number = |at: usize| u8::try_from(at).unwrap_or(0);
        match (self.name, place(&MONTHS), place(&DAYS)) {
            (FieldName::Month, Some(at), _) => Ok(number(at) + 1),
            (FieldName::DayOfWeek, _, Some(at)) => Ok(number(at)),
            (_, Some(_), _) => self.error(format!(
                "`{}` is the name of a month and stands in the {} field: months go into the fourth field.",
                self.text,
                self.name.title()
            )),
            (_, _, Some(_)) => self.error(format!(
                "`{}` is the name of a weekday and stands in the {} field: weekdays go into the fifth field.",
                self.text,
                self.name.title()
            )),
            _ => self.error(self.not_a_value()),
        }
    }

    fn not_a_value(self) -> String {
        let (min, max) = self.name.range();
        let text = self.text;
        if text == "?" {
            return "GitHub does not know `?`: write `*` for any value.".to_owned();
        }
        let foreign = matches!(self.name, FieldName::DayOfMonth | FieldName::DayOfWeek)
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'L' | b'W' | b'#' | b'l' | b'w'));
        if foreign {
            return format!(
                "GitHub does not know `L`, `W` and `#`, so `{text}` cannot be read: list the days as numbers from {min} to {max}."
            );
        }
        let names = match self.name {
            FieldName::Month => " or a name such as `JAN`",
            FieldName::DayOfWeek => " or a name such as `MON`",
            _ => "",
        };
        format!(
            "`{text}` is not a value of the {} field: write a number from {min} to {max}{names}, or `*` for any.",
            self.name.title()
        )
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
