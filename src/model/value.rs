//! Values that TOML has no type for: dates without a time, durations, text of a given sort.

use std::{borrow::Cow, fmt};

use jiff::{ToSpan, civil};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The key under which the loader's instance holds a TOML local date.
pub const DATE_KEY: &str = "$date";

/// A day, as a TOML local date: `2027-03-31`, without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Makes a day of the calendar; nothing where there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Returns the day that lies `days` later, or the last that can be written.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.clamp(-3_000_000, 3_000_000).days()))
    }

    /// Returns the same day so many years later, or the last that can be written; the day before where there is none.
    #[must_use]
    pub fn plus_years(self, years: i64) -> Self {
        Self(self.0.saturating_add(years.clamp(-20_000, 20_000).years()))
    }

    /// Returns the day that lies so many months later, or the last that can be written; the last of its month where there is none.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        Self(self.0.saturating_add(months.clamp(-240_000, 240_000).months()))
    }

    /// Returns the first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// Returns the month in short words, such as `Mar 2027`.
    pub fn month(self) -> String {
        self.0.strftime("%b %Y").to_string()
    }

    /// Returns how many days lie between `earlier` and this day, negative if it comes after.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.since(earlier.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// Whether more days than this have passed since the day. What was never done counts as too long ago, and so does what
    /// lies ahead: it is not done yet.
    pub fn is_over(date: Option<Self>, days: i64, today: Self) -> bool {
        date.is_none_or(|date| date > today || today.days_since(date) > days)
    }

    /// Returns how far away the day is: `today`, `in 3 days`, `1 day ago`.
    pub fn away_from(self, today: Self) -> String {
        let days = self.days_since(today);
        let count = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        match days {
            0 => "today".to_owned(),
            1.. => format!("in {}", count(days)),
            _ => format!("{} ago", count(-days)),
        }
    }

    /// Returns the day in short words, such as `3 Mar 2027`.
    pub fn in_short(self) -> String {
        self.0.strftime("%-d %b %Y").to_string()
    }

    /// Returns the day in words, such as `3 March 2027`.
    pub fn in_words(self) -> String {
        self.0.strftime("%-d %B %Y").to_string()
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a day of the calendar as YYYY-MM-DD, such as 2027-03-31")]
pub struct NoDate;

impl std::str::FromStr for Date {
    type Err = NoDate;
    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let bytes = text.as_bytes();
        let is_shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
        if !is_shaped {
            return Err(NoDate);
        }
        text.parse().map(Self).map_err(|_| NoDate)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    /// Reads the loader's `{ "$date": "…" }`, or plain text as [`Serialize`] writes it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Date, A::Error> {
                let (_, text): (String, String) = map.next_entry()?.ok_or_else(|| de::Error::missing_field(DATE_KEY))?;
                self.visit_str(&text)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// Declares a type that is a string for serde and has a schema of its own.
macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);
        impl $name {
            /// Returns the text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

text_types! {
    /// Text with at least one visible character.
    Name = { "type": "string", "title": "text with at least one letter", "pattern": "\\S" };
    /// Markdown.
    Markdown = { "type": "string", "x-text": "markdown" };
    /// An address on the web, http or https.
    Url = { "type": "string", "title": "an address that starts with `https://`", "pattern": "^https?://[^\\s/?#]+[^\\s]*$", "x-text": "url" };
    /// An address for mail.
    Email = { "type": "string", "title": "an address such as `ana@example.com`", "pattern": "^[^@\\s]+@[^@\\s]+$", "x-text": "email" };
    /// A currency by its ISO 4217 code, such as `USD`.
    Currency = { "type": "string", "title": "a currency by its code, such as `EUR`", "pattern": "^[A-Z]{3}$" };
    /// A colour, such as `#0b5768`.
    Colour = { "type": "string", "title": "a colour such as `#0b5768`", "pattern": "^#[0-9a-fA-F]{6}$" };
    /// A word of one's own choice: lower-case letters, digits and hyphens.
    Slug = { "type": "string", "title": "a word of lower-case letters, digits and `-`", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$" };
    /// A pattern of paths, such as `drafts/**`.
    Glob = { "type": "string", "x-glob": true };
    /// A host name, in which `*` may stand for a label: `*.hubspot.com`.
    HostPattern = { "type": "string", "title": "a host such as `app.example.com` or `*.example.com`", "pattern": "^(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*$" };
    /// A template of addresses in which `{path}` and `{line}` stand for a place in the stack's files.
    SourceUrl = { "type": "string", "title": "an address with `{path}` in it, such as `https://git.example.com/stack/blob/main/{path}#L{line}`", "pattern": "^https?://[^\\s/?#]+[^\\s]*\\{path\\}[^\\s]*$" };
    /// A path relative to the stack's folder, with `/`.
    FilePath = { "type": "string", "title": "a path such as `runbooks/launch.md`", "pattern": "\\S", "x-text": "path" };
    /// A length of time: an integer and `s`, `m` (minutes), `h`, `d` or `w`.
    Duration = { "type": "string", "title": "a length of time such as `15m`, `4h` or `90d`", "pattern": "^[1-9][0-9]*[smhdw]$", "x-text": "duration" };
}

impl Duration {
    /// Reads a length of time as the format writes it; nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.strip_suffix(['s', 'm', 'h', 'd', 'w'])?;
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty() && !number.starts_with('0');
        is_number.then(|| Self(text.to_owned()))
    }

    /// Returns a length of so many days.
    pub fn of_days(days: u32) -> Self {
        Self(format!("{days}d"))
    }

    /// Returns the length in seconds, the largest number for lengths that do not fit.
    pub fn seconds(&self) -> u64 {
        let number = self.0.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = match self.0.chars().last() {
            Some('m') => 60,
            Some('h') => 3_600,
            Some('d') => 86_400,
            Some('w') => 604_800,
            _ => 1,
        };
        number.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(unit)
    }

    /// Returns how many whole days it has.
    pub fn days(&self) -> i64 {
        i64::try_from(self.seconds() / 86_400).unwrap_or(i64::MAX)
    }

    /// Returns the length in seconds as a cadence of things that are known by the day: what is shorter counts as a day.
    pub fn seconds_by_day(&self) -> u64 {
        self.seconds().max(86_400)
    }

    /// Returns the length in words, such as `15 minutes`.
    pub fn in_words(&self) -> String {
        let number = self.0.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = match self.0.chars().last() {
            Some('m') => "minute",
            Some('h') => "hour",
            Some('d') => "day",
            Some('w') => "week",
            _ => "second",
        };
        format!("{number} {unit}{}", if number == "1" { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Duration};

    #[test]
    fn durations_are_counted_in_seconds_and_never_overflow() {
        assert_eq!(Duration::from("15m").seconds(), 900);
        assert_eq!(Duration::from("2w").seconds(), 1_209_600);
        assert_eq!(Duration::from("99999999999999999999w").seconds(), u64::MAX);
        assert_eq!(Duration::from("1d").in_words(), "1 day");
        assert_eq!(["12h", "36h"].map(|text| Duration::from(text).seconds_by_day()), [86_400, 129_600]);
    }

    #[test]
    fn what_lies_ahead_is_not_done_yet() {
        let today = Date::new(2026, 11, 22).unwrap();
        let is_over = |date: Option<Date>| Date::is_over(date, 1, today);
        let days = [None, Date::new(2026, 11, 20), Date::new(2026, 11, 21), Some(today), Date::new(2026, 11, 23)];
        assert_eq!(days.map(is_over), [true, true, false, false, true]);
    }

    #[test]
    fn days_are_counted_across_months_and_leap_years() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(day(2028, 3, 1).days_since(day(2028, 2, 1)), 29);
        assert_eq!(day(2026, 11, 20).plus_days(365), day(2027, 11, 20));
        assert_eq!(day(9999, 12, 31).plus_days(10), day(9999, 12, 31));
        assert_eq!(day(2028, 2, 29).plus_years(1), day(2029, 2, 28));
        let away = |d| day(2026, 11, d).away_from(day(2026, 11, 22));
        assert_eq!([away(22), away(23), away(24), away(21), away(1)], ["today", "in 1 day", "in 2 days", "1 day ago", "21 days ago"]);
        assert_eq!(day(2026, 11, 22).plus_years(1), day(2027, 11, 22));
    }
}
