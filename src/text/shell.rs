//! Text in a command that a reader may copy into a shell.

/// Returns a word as a POSIX shell reads it back: in quotes where it has more than plain characters, and no option.
pub fn word(text: &str) -> String {
    let text = super::terminal::line(text);
    let text = if text.starts_with('-') { format!("./{text}") } else { text.into_owned() };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ',' | ':' | '@' | '%' | '=');
    if !text.is_empty() && text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_stays_one_word_and_no_option() {
        assert_eq!(word("our-stack/tools"), "our-stack/tools");
        assert_eq!(word("our stack"), "'our stack'");
        assert_eq!(word("it's; $HOME"), "'it'\\''s; $HOME'");
        assert_eq!(word("-x"), "./-x");
        assert_eq!(word(""), "''");
        assert_eq!(word("a\u{1b}b"), "'a?b'");
    }
}
