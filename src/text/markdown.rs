//! Text inside Markdown that linchpin writes.

/// Escapes what Markdown, or a site that renders it, would read as more than text.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::terminal::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A zero-width joiner keeps mentions and references from notifying people.
            '@' | '#' => {
                out.push(c);
                out.push('\u{200d}');
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_links_and_mentions_are_text() {
        assert_eq!(super::inline("<b>[x](y)@a"), "&lt;b&gt;\\[x\\]\\(y\\)@\u{200d}a");
    }
}
