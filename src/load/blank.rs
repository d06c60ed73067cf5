//! Texts in conditions that ask for nothing, or for less than they say: text compares without space around it, and text
//! that is then empty is a missing field.

use super::{meaning::Cx, validity::INVALID_VALUE};
use crate::model::{Operators, Scalar, fold};

/// Whether a value is text that no field has.
pub fn is_blank(value: &Scalar) -> bool {
    value.as_text().is_some_and(|text| fold(text).is_empty())
}

/// Reports a value of a condition that no field has.
pub fn value(cx: &mut Cx<'_>, at: &str, name: &str, is_excluded: bool) {
    let message = format!("`{name}` is never empty text, which is a missing field");
    let help = if is_excluded {
        "remove it; `present = true` asks for a field that is filled in"
    } else {
        "write a value; `{ present = false }` asks for a missing field"
    };
    cx.report(&INVALID_VALUE, at, message, help);
}

/// Checks the parts of a text that operators ask for.
pub fn parts(cx: &mut Cx<'_>, at: &str, operators: &Operators) {
    let texts = [
        ("starts-with", "starts with", &operators.starts_with),
        ("ends-with", "ends with", &operators.ends_with),
        ("contains", "contains", &operators.contains),
    ];
    for (operator, verb, texts) in texts {
        let at = format!("{at}/{operator}");
        for (at, text) in texts.iter().flat_map(|texts| texts.placed(&at)) {
            part(cx, &at, operator, verb, text);
        }
    }
}

fn part(cx: &mut Cx<'_>, at: &str, operator: &str, verb: &str, text: &str) {
    let trimmed = text.trim_ascii();
    if trimmed.is_empty() {
        let message = format!("`{operator}` asks for nothing: every text {verb} it");
        let help = "write a part of a text; `present = true` asks for a field that is filled in";
        cx.report(&INVALID_VALUE, at, message, help);
    } else if trimmed != text {
        let message = format!("`{operator}` cannot begin or end with space: text compares without it, so it would not count");
        let help = format!("write `{}`, which is found in longer words too", super::cut(trimmed));
        cx.report(&INVALID_VALUE, at, message, help);
    }
}
