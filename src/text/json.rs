//! JSON that may be looked at in a terminal.

use std::io::{self, Write};

use serde::Serialize;

use super::{is_steering, runner::Brackets};

/// Writes a value as JSON on lines, with what steers a terminal or commands a runner as `\\uXXXX`: the same value,
/// harmless to print.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    // Outside of texts there is nothing to steer with but line feeds, and those inside are escaped already.
    let (mut rest, mut written, mut brackets) = (text.as_str(), 0, Brackets::default());
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
}
