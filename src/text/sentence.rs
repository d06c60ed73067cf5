//! Sentences from messages, which by custom begin small.

/// Returns a text whose first letter is a capital.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
