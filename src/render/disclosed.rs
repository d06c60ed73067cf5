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
    /// Amounts in texts.
    prices: bool,
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
        Ok(Self { emails: !redact.contains(&Redaction::Emails), prices, money: prices })
    }

    /// Returns a text, such as the steps of a runbook or a message, as far as it may be shown.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(text);
        if !self.emails {
            shown = without_addresses(&shown).into();
        }
        if !self.prices {
            shown = without_amounts(&shown).into();
        }
        shown
    }

    /// Returns the table of an entity as far as it may be shown.
    pub(super) fn table(&self, entity: &dyn AnyEntity) -> Value {
        let mut table = entity.json();
        self.conceal(Shape::of(entity.kind()), &mut table);
        table
    }

    /// Returns the stack with its texts as far as they may be shown, if some may not. Amounts are withheld where they are written.
    pub(super) fn stack(&self, stack: &Stack) -> Result<Option<Stack>, Error> {
        if self.emails && self.prices {
            return Ok(None);
        }
        let texts = Self { money: true, ..*self };
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
        if self.emails && self.prices {
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

/// Replaces amounts inside a text: numbers behind the code of a currency, as messages write them.
fn without_amounts(text: &str) -> String {
    let mut after_currency = false;
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_amount = after_currency && bare.starts_with(|c: char| c.is_ascii_digit());
            after_currency = bare.len() == 3 && bare.bytes().all(|byte| byte.is_ascii_uppercase());
            if is_amount { word.replace(bare, WITHHELD) } else { word.to_owned() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn amounts_inside_a_message_are_withheld_and_other_numbers_are_not() {
        let text = super::without_amounts("costs USD 24,000 a year (EUR 1.5, since 2026), 3 of 5 seats");
        assert_eq!(text, "costs USD withheld a year (EUR withheld, since 2026), 3 of 5 seats");
    }

    #[test]
    fn addresses_inside_a_sentence_are_withheld_and_handles_are_not() {
        let text = super::without_addresses("write to ana@example.com, or ask @ana\nin #mops");
        assert_eq!(text, "write to withheld or ask @ana\nin #mops");
    }
}
