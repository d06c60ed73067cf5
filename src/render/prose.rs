//! Messages as pages tell them: with links in place of addresses, names in place of ids, and days in words.

use super::{
    page::{Prose, Value, finished},
    view::View,
};
use crate::model::{AnyEntity, Date};

impl View<'_> {
    /// The name of a part of an entity: a stage, rule, criterion, test or step.
    pub(super) fn part_name(&self, entity: &dyn AnyEntity, word: &str, id: &str) -> String {
        let owner = entity.id().as_str();
        let named = match word {
            "stage" => self
                .stack
                .lifecycles
                .get(owner)
                .and_then(|of| of.stage.iter().find(|stage| stage.id.as_str() == id))
                .map(|stage| stage.name.to_string()),
            "rule" => self
                .stack
                .routings
                .get(owner)
                .and_then(|of| of.rule.iter().find(|rule| crate::model::slug(rule.name.as_str()) == id))
                .map(|rule| rule.name.to_string()),
            "step" => Some(format!("step {id}")),
            _ => None,
        };
        named.unwrap_or_else(|| id.to_owned())
    }

    /// Returns a text as far as it may be shown, in which the addresses between backticks are links to what they name.
    pub(super) fn prose(&self, text: &str) -> Prose {
        let linked = |value: Value| match value {
            Value::Code { text } => match self.link_address(&text) {
                link @ Value::Link(_) => link,
                _ => Value::code(text),
            },
            Value::Text { text, tone } => Value::Text { text: with_days_in_words(&text), tone },
            value => value,
        };
        Value::prose(&self.disclosed.text(text)).into_iter().map(linked).collect()
    }

    /// Returns the same of a message, which by custom begins small and ends without a stop, as a sentence.
    pub(super) fn sentence(&self, message: &str) -> Prose {
        finished(self.prose(message))
    }
}

/// Writes the days in a text as pages write them: `14 Feb 2027` for `2027-02-14`.
fn with_days_in_words(text: &str) -> String {
    let is_inside = |c: char| c.is_alphanumeric() || c == '-';
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(is_inside).unwrap_or(rest.len());
        let (between, from) = rest.split_at(end);
        let (word, after) = from.split_at(from.find(|c| !is_inside(c)).unwrap_or(from.len()));
        written.push_str(between);
        match (word.len(), word.parse::<Date>()) {
            (10, Ok(day)) => written.push_str(&day.in_short()),
            _ => written.push_str(word),
        }
        rest = after;
    }
    written
}
