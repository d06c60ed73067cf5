//! JSON that may be looked at in a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::{is_steering, runner::Brackets};

/// Writes a value as JSON on lines, with what steers a terminal or commands a runner as `\\uXXXX`: the same value,
/// harmless to print.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    harmless(&serde_json::to_string_pretty(value)?, out)
}

/// Writes a document in the same way with a line for each entry of its tables and lists down to a depth: small, and a change of one
/// entry is a change of one line.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_by_line(value: &Value, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    lay_out(value, depth, &mut text)?;
    harmless(&text, out)
}

/// The recursion ends with the depth, which the caller knows.
fn lay_out(value: &Value, depth: usize, text: &mut String) -> serde_json::Result<()> {
    match value {
        Value::Object(table) if depth > 0 && !table.is_empty() => {
            text.push('{');
            for (index, (key, value)) in table.iter().enumerate() {
                text.push_str(if index > 0 { ",\n" } else { "\n" });
                text.push_str(&serde_json::to_string(key)?);
                text.push_str(": ");
                lay_out(value, depth - 1, text)?;
            }
            text.push_str("\n}");
        }
        Value::Array(values) if depth > 0 && !values.is_empty() => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                text.push_str(if index > 0 { ",\n" } else { "\n" });
                lay_out(value, depth - 1, text)?;
            }
            text.push_str("\n]");
        }
        value => text.push_str(&serde_json::to_string(value)?),
    }
    Ok(())
}

fn harmless(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // Outside of texts there is nothing to steer with but line feeds, and those inside are escaped already.
    let (mut rest, mut written, mut brackets) = (text, 0, Brackets::default());
    for (at, c) in text.char_indices() {
        if is_steering(c) || brackets.opens(c) {
            let (before, after) = rest.split_at(at - written);
            write!(out, "{before}\\u{:04x}", u32::from(c))?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
            written = at + c.len_utf8();
        }
    }
    writeln!(out, "{rest}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_value_is_the_same_and_nothing_steers() {
        let value = serde_json::json!({ "a": "\u{202e}x\u{9b}y\u{1b}z", "b": ["\n", "é"], "##": ["a ##[error]b"] });
        let mut out = Vec::new();
        super::write(&value, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains(super::is_steering) && !text.contains("##[") && text.contains("é"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn an_entry_has_a_line() {
        let value = serde_json::json!({ "schema": "x/1", "tools": { "a": { "b": [1, 2] }, "\u{1b}": { "c": {} } }, "teams": {} });
        let mut out = Vec::new();
        super::write_by_line(&value, 2, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().any(|line| line == "\"a\": {\"b\":[1,2]},"), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
