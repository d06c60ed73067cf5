//! What the site may show: the one place where amounts and addresses for mail are withheld. Names of people are gone before,
//! see [`nameless`](super::nameless).

use std::borrow::Cow;

use regex::Regex;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::Error;
use crate::model::{self, AnyEntity, Kind, Located, NumberStyle, Redaction, Shape, Stack, TextStyle};

/// The word that stands in place of something withheld.
pub(super) const WITHHELD: &str = "withheld";
/// Currencies that texts may name without the stack having a rate for them. Codes that are words of English or of the
/// trade, such as `ALL` or `PHP`, are left out.
const CURRENCIES: [&str; 32] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN",
    "UAH", "ILS", "AED", "ZAR", "SGD", "HKD", "KRW", "TWD", "THB", "IDR", "MYR", "BRL", "MXN",
];
/// A currency's sign, perhaps with the country before it, as in `US$`.
const SIGN: &str = "[A-Z]{0,3}[$€£¥₹₩₪₫₱₴₦₺฿]";
/// A number as people write amounts, with groups of digits, and what it counts in.
const NUMBER: &str = r"\d+(?:[.,'’]\d+|[ \u{a0}\u{202f}]\d{3}\b)*(?:\s?(?i:k|m|bn?|mn|mio|thousand|million|billion)\b)?";

/// What may be shown of a stack.
#[derive(Debug)]
pub(super) struct Disclosed {
    /// Addresses for mail.
    emails: bool,
    /// How amounts are told in texts, if those are withheld.
    prices: Option<Prices>,
    /// Amounts that stand under keys of their own.
    money: bool,
}

/// What is an amount in a text.
#[derive(Debug, Clone)]
struct Prices {
    /// A currency by its code or sign.
    currency: Regex,
    /// A currency beside a number, or beside two with a dash between them.
    amount: Regex,
}

impl Prices {
    /// Takes over currencies beside those that every text may name.
    fn new<'c>(known: impl Iterator<Item = &'c str>) -> Result<Self, regex::Error> {
        let codes: Vec<String> = CURRENCIES.into_iter().chain(known).map(regex::escape).collect();
        let currency = format!(r"(?:{SIGN}|\b(?:{})\b)", codes.join("|"));
        let code = format!(r"\b(?:{})", codes.join("|"));
        let numbers = format!(r"{NUMBER}(?:\s?[-–]\s?{NUMBER})?");
        let amount = format!(r"(?:{SIGN}|{code})\s?{numbers}|{numbers}\s?{currency}");
        Ok(Self { currency: Regex::new(&currency)?, amount: Regex::new(&amount)? })
    }
}

impl Disclosed {
    /// Reads what a stack withholds.
    pub(super) fn new(stack: &Stack) -> Result<Self, Error> {
        let redact = stack.site.as_ref().map(|site| site.redact.as_slice()).unwrap_or_default();
        let is_withheld = redact.contains(&Redaction::Prices);
        let company = &stack.company;
        let contracts = stack.contracts.values().filter_map(|contract| contract.currency.as_ref()).map(model::Currency::as_str);
        let known = company.rates.keys().map(String::as_str).chain([company.currency()]).chain(contracts);
        let prices = is_withheld.then(|| Prices::new(known)).transpose().map_err(|error| Error::Data(error.to_string()))?;
        // Addresses tell who people are. Their names are gone already: see `nameless`.
        let emails = !redact.contains(&Redaction::Emails) && !redact.contains(&Redaction::People);
        Ok(Self { emails, prices, money: !is_withheld })
    }

    /// Whether amounts may be shown.
    pub(super) fn shows_prices(&self) -> bool {
        self.money
    }

    /// Whether addresses for mail are shown.
    pub(super) fn shows_emails(&self) -> bool {
        self.emails
    }

    /// Returns a text, such as a message or the steps of a runbook, as far as it may be shown.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = if self.emails { Cow::from(text) } else { without_addresses(text).into() };
        match &self.prices {
            Some(prices) => prices.amount.replace_all(&text, WITHHELD).into_owned().into(),
            None => text,
        }
    }

    /// Returns the table of an entity as far as it may be shown.
    pub(super) fn table(&self, entity: &dyn AnyEntity) -> Value {
        let mut table = entity.json();
        self.conceal(Shape::of(entity.kind()), &mut table);
        self.conceal_values(entity, &mut table);
        table
    }

    /// Replaces the values of a metric that is measured in money.
    fn conceal_values(&self, entity: &dyn AnyEntity, table: &mut Value) {
        let unit = table.get("unit-of-measure").and_then(Value::as_str).unwrap_or_default();
        let Some(prices) = self.prices.as_ref().filter(|_| !self.money && entity.kind() == Kind::Metric) else { return };
        if prices.currency.is_match(unit) {
            let target = table.get_mut("target").and_then(Value::as_object_mut).into_iter().flat_map(|target| target.values_mut());
            target.for_each(|bound| *bound = WITHHELD.into());
            let measurements = table.get_mut("measurements").and_then(Value::as_array_mut).into_iter().flatten();
            measurements.filter_map(|one| one.get_mut("value")).for_each(|value| *value = WITHHELD.into());
        }
    }

    /// Returns the stack with its texts as far as they may be shown, if some may not. Amounts are withheld where they are written.
    pub(super) fn stack(&self, stack: &Stack) -> Result<Option<Stack>, Error> {
        if self.emails && self.money {
            return Ok(None);
        }
        let texts = Self { prices: self.prices.clone(), money: true, ..*self };
        let mut shown = stack.clone();
        texts.conceal_once("stack", &mut shown.company)?;
        shown.site.as_mut().map_or(Ok(()), |site| texts.conceal_once("site", site))?;
        shown.charter.as_mut().map_or(Ok(()), |charter| texts.conceal_once("charter", charter))?;
        for entity in stack.all() {
            let inserted = shown.entities.insert(entity.kind(), entity.id().as_str(), entity.file(), texts.table(entity));
            inserted.map_err(|error| Error::Data(error.to_string()))?;
        }
        Ok(Some(shown))
    }

    /// Replaces what is withheld in a table that exists once.
    fn conceal_once<T: Serialize + DeserializeOwned>(&self, name: &str, table: &mut Located<T>) -> Result<(), Error> {
        let mut json = model::json(&table.body);
        self.conceal(&Shape::of_singleton(name), &mut json);
        table.body = T::deserialize(json).map_err(|error| Error::Data(error.to_string()))?;
        Ok(())
    }

    /// Replaces what is withheld in every text of a document, whatever its keys.
    pub(super) fn conceal_texts(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text).into_owned(),
            Value::Array(values) => values.iter_mut().for_each(|value| self.conceal_texts(value)),
            Value::Object(table) => table.values_mut().for_each(|value| self.conceal_texts(value)),
            _ => {}
        }
    }

    /// Replaces what is withheld by a word.
    pub(super) fn conceal(&self, shape: &Shape, value: &mut Value) {
        if self.emails && self.money && self.prices.is_none() {
            return;
        }
        match (shape, &mut *value) {
            (Shape::Number(NumberStyle::Money), Value::Number(_)) if !self.money => *value = WITHHELD.into(),
            (Shape::Text(TextStyle::Email), Value::String(_)) if !self.emails => *value = WITHHELD.into(),
            (Shape::Text(_), Value::String(text)) => *text = self.text(text).into_owned(),
            (Shape::List(item), Value::Array(values)) => values.iter_mut().for_each(|value| self.conceal(item, value)),
            (Shape::Table(fields), Value::Object(table)) => {
                for field in fields {
                    if let Some(value) = table.get_mut(&field.name) {
                        // The one amount that is a range.
                        if field.name == "hourly-rate" && !self.money {
                            *value = WITHHELD.into();
                        }
                        self.conceal(&field.shape, value);
                    }
                }
            }
            (Shape::Map { value: shape, .. }, Value::Object(table)) => table.values_mut().for_each(|value| self.conceal(shape, value)),
            (Shape::AnyOf(_), value) => {
                let shape = shape.branch(value).clone();
                if !matches!(shape, Shape::AnyOf(_)) {
                    self.conceal(&shape, value);
                }
            }
            _ => {}
        }
    }
}

/// Replaces addresses for mail inside a text, also those in addresses of the web, where a code may stand for the `@`.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let parts = bare.split_once('@').or_else(|| bare.split_once("%40"));
        parts.is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
    };
    text.split_inclusive(char::is_whitespace)
        .map(|word| if is_address(word) { word.replace(word.trim_end(), WITHHELD) } else { word.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    fn prices() -> super::Prices {
        super::Prices::new(["VND"].into_iter()).unwrap()
    }

    #[test]
    fn amounts_inside_a_sentence_are_withheld_however_they_are_written() {
        let prices = prices();
        let withheld = |text: &str| prices.amount.replace_all(text, "withheld").into_owned();
        for amount in [
            "USD 24,000",
            "EUR 1.5",
            "24,000 USD",
            "VND 5",
            "USD24000",
            "$24,000",
            "US$ 24,000",
            "24.000 €",
            "24 000 EUR",
            "CHF 24'000",
            "$24k",
            "$1.2M",
            "£3 million",
            "50 million USD",
            "1.2bn EUR",
            "24k USD",
            "USD 75–150",
            "$10 - $20",
            "€ 1 200,50",
            "$5",
        ] {
            let expected = if amount.contains("- $") { "(withheld - withheld)." } else { "(withheld)." };
            assert_eq!(withheld(&format!("({amount}).")), expected, "{amount}");
        }
        assert_eq!(withheld("`contract.a`, USD 24,000, ends in 3 days (EUR 1.5)."), "`contract.a`, withheld, ends in 3 days (withheld).");
    }

    #[test]
    fn other_numbers_are_shown() {
        let prices = prices();
        for text in [
            "ISO 27001, AUSD 3, USD and 5",
            "ALL 3 tools, TOP 10, PHP 8",
            "above 50 million US dollars",
            "24,000 contacts on 2026-11-22",
            "$HOME",
        ] {
            assert_eq!(prices.amount.replace_all(text, "withheld"), text);
        }
        assert!(["USD", "EUR per lead", "k$", "VND"].iter().all(|unit| prices.currency.is_match(unit)));
        assert!(!["%", "leads", "hours", "MUSDX"].iter().any(|unit| prices.currency.is_match(unit)));
    }

    #[test]
    fn addresses_inside_a_sentence_are_withheld_and_handles_are_not() {
        let text =
            super::without_addresses("write to ana@example.com, or ask @ana\nin #mops, or https://example.com/?to=ana%40example.com");
        assert_eq!(text, "write to withheld or ask @ana\nin #mops, or withheld");
    }
}
