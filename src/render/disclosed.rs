//! What the site may show: the one place where amounts and addresses for mail are withheld.

use std::borrow::Cow;

use serde_json::Value;

use super::Error;
use crate::model::{AnyEntity, NumberStyle, Redaction, Shape, Stack, TextStyle};

/// The word that stands in place of something withheld.
pub(super) const WITHHELD: &str = "withheld";

/// What may be shown of a stack.
#[derive(Debug)]
pub(super) struct Disclosed {
    /// Addresses for mail.
    emails: bool,
    /// The currencies in which messages say amounts, if those are withheld.
    currencies: Vec<String>,
    /// Amounts that stand under keys of their own.
    money: bool,
}

impl Disclosed {
    /// Reads what a stack withholds.
    pub(super) fn new(stack: &Stack) -> Result<Self, Error> {
        let redact = stack.site.as_ref().map(|site| site.redact.as_slice()).unwrap_or_default();
        if redact.contains(&Redaction::People) {
            let reason =
                "`redact = [\"people\"]` in `[site]` cannot be honoured by this version, so nothing was written; remove it to build";
            return Err(Error::Unsupported(reason.to_owned()));
        }
        let prices = !redact.contains(&Redaction::Prices);
        let own = [stack.company.currency(), "USD"].into_iter().map(str::to_owned);
        let currencies = if prices { Vec::new() } else { own.chain(stack.company.rates.keys().cloned()).collect() };
        Ok(Self { emails: !redact.contains(&Redaction::Emails), currencies, money: prices })
    }

    /// Returns a text, such as a message or the steps of a runbook, as far as it may be shown.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = if self.emails { Cow::from(text) } else { without_addresses(text).into() };
        if self.currencies.is_empty() { text } else { without_amounts(&text, &self.currencies).into() }
    }

    /// Returns the table of an entity as far as it may be shown.
    pub(super) fn table(&self, entity: &dyn AnyEntity) -> Value {
        let mut table = entity.json();
        self.conceal(Shape::of(entity.kind()), &mut table);
        table
    }

    /// Returns the stack with its texts as far as they may be shown, if some may not. Amounts are withheld where they are written.
    pub(super) fn stack(&self, stack: &Stack) -> Result<Option<Stack>, Error> {
        if self.emails && self.money {
            return Ok(None);
        }
        let texts = Self { currencies: self.currencies.clone(), money: true, ..*self };
        let mut shown = stack.clone();
        for entity in stack.all() {
            let inserted = shown.entities.insert(entity.kind(), entity.id().as_str(), entity.file(), &texts.table(entity));
            inserted.map_err(|error| Error::Data(error.to_string()))?;
        }
        Ok(Some(shown))
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
        if self.emails && self.money {
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

/// Replaces addresses for mail inside a text.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
    };
    text.split_inclusive(char::is_whitespace)
        .map(|word| if is_address(word) { word.replace(word.trim_end(), WITHHELD) } else { word.to_owned() })
        .collect()
}

/// Replaces amounts inside a text: a currency, a space and a number, as messages write them.
fn without_amounts(text: &str, currencies: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut words = text.split_inclusive(char::is_whitespace).peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end();
        let before = currencies.iter().find_map(|currency| bare.strip_suffix(currency.as_str()));
        let before = before.filter(|before| !before.ends_with(char::is_alphanumeric));
        match before.and_then(|before| Some((before, after_number(words.peek()?)?))) {
            Some((before, after)) => {
                out.extend([before, WITHHELD, after]);
                words.next();
            }
            None => out.push_str(word),
        }
    }
    out
}

/// What follows the number that a word begins with; nothing if it begins with none.
fn after_number(word: &str) -> Option<&str> {
    let after = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let number = word.strip_suffix(after)?.trim_end_matches([',', '.']);
    word.strip_prefix(number).filter(|_| number.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn amounts_inside_a_sentence_are_withheld_and_other_numbers_are_not() {
        let withheld = |text| super::without_amounts(text, &["EUR".to_owned(), "USD".to_owned()]);
        assert_eq!(withheld("`contract.a`, USD 24,000, ends in 3 days (EUR 1.5)."), "`contract.a`, withheld, ends in 3 days (withheld).");
        assert_eq!(withheld("ISO 27001, AUSD 3, USD and 5, 50 million USD"), "ISO 27001, AUSD 3, USD and 5, 50 million USD");
    }

    #[test]
    fn addresses_inside_a_sentence_are_withheld_and_handles_are_not() {
        let text = super::without_addresses("write to ana@example.com, or ask @ana\nin #mops");
        assert_eq!(text, "write to withheld or ask @ana\nin #mops");
    }
}
