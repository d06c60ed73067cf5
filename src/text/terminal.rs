//! Text for a terminal.

use std::borrow::Cow;

use super::is_steering;

/// Replaces what steers a terminal by a visible character of as many bytes, so that offsets stay right.
/// Line feeds and tabs stay.
pub fn neutralize(text: &str) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (is_steering(c), c.len_utf8()) {
            // A carriage return before a line feed ends the line as the line feed does.
            (true, 1) if c == '\r' => out.push(' '),
            (true, 1) => out.push('?'),
            (true, 2) => out.push('¿'),
            (true, _) => out.push('\u{fffd}'),
            (false, _) => out.push(c),
        }
    }
    out.into()
}

/// The same on one line: line feeds and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\t']) {
        return neutralize(&text.replace(['\n', '\t'], " ")).into_owned().into();
    }
    neutralize(text)
}

#[cfg(test)]
mod tests {
    use super::{line, neutralize};

    #[test]
    fn escapes_and_direction_marks_become_visible_at_the_same_length() {
        let text = "a\u{1b}[31mb\u{9b}c\u{202e}d\r\n";
        let safe = neutralize(text);
        assert_eq!(safe, "a?[31mb¿c\u{fffd}d \n");
        assert_eq!(safe.len(), text.len());
        assert_eq!(line("a\nb\tc"), "a b c");
    }
}
