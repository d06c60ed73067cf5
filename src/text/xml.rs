//! Text in XML.

use std::borrow::Cow;

/// Replaces what XML 1.0 cannot hold, and what steers. The writer of the XML escapes what would be markup.
pub fn text(text: &str) -> Cow<'_, str> {
    let text = super::terminal::neutralize(text);
    if text.contains(is_no_character) { text.replace(is_no_character, "\u{fffd}").into() } else { text }
}

/// Whether XML has no such character, not even as a reference.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_xml_cannot_hold_becomes_visible() {
        assert_eq!(super::text("a\u{0}\u{ffff}b\u{1b}\u{fffe}\n<é>"), "a?\u{fffd}b?\u{fffd}\n<é>");
    }
}
