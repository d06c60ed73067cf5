//! Text in style sheets.

use std::fmt::Write;

use super::is_steering;

/// Returns text as a CSS string with its quotes.
///
/// Letters, digits, spaces and a few harmless signs stay; everything else is written as an escape,
/// so nothing can end the string or begin a rule. Hostile characters become U+FFFD, line ends a
/// space.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            _ if is_steering(c) => out.push('\u{FFFD}'),
            _ if c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | '-' | '–' | '·') => {
                out.push(c);
            }
            // writing to a string cannot fail
            _ => drop(write!(out, "\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_quoted() {
        assert_eq!(string("Nörd, 3. May 2026: x"), "\"Nörd, 3. May 2026: x\"");
    }

    #[test]
    fn quotes_braces_and_line_ends_cannot_leave_the_string() {
        assert_eq!(string("a\"}\n</style>\\"), "\"a\\22 \\7d  \\3c \\2f style\\3e \\5c \"");
    }
}
