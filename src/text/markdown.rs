//! Text inside Markdown that linchpin writes, for what GitHub and GitLab make of it.

/// Escapes what Markdown, or a site that renders it, would read as more than text. Never the start of a line: there
/// even a dash means something.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let line = super::terminal::line(text);
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A zero-width joiner keeps mentions and references from notifying people.
            '@' | '#' => {
                out.push(c);
                out.push('\u{200d}');
            }
            // Bare addresses of the web become links, whatever is escaped in them.
            ':' if characters.peek() == Some(&'/') => out.push_str(":\u{200d}"),
            '.' if ends_with_www(&out) => out.push_str("\u{200d}."),
            // `GH-1` is a reference too.
            '-' if out.ends_with("GH") || out.ends_with("gh") => out.push_str("\u{200d}-"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        // `!1`, `%1`, `~1`, `$1` and `&1` are references to GitLab.
        if matches!(c, '!' | '%' | '~' | '$' | '&') && characters.peek().is_some_and(char::is_ascii_digit) {
            out.push('\u{200d}');
        }
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Returns a text as a span of code, in which nothing has a meaning.
pub fn code(text: &str) -> String {
    let text = super::terminal::line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_space = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty();
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns a message with what stands in backticks as code and everything else as text.
pub fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) || parts.iter().skip(1).step_by(2).any(|part| part.trim().is_empty()) {
        return inline(text);
    }
    parts.iter().enumerate().map(|(index, part)| if index % 2 == 1 { code(part) } else { inline(part) }).collect()
}

#[cfg(test)]
mod tests {
    use super::{code, inline, prose};

    #[test]
    fn markup_links_and_mentions_are_text() {
        assert_eq!(inline("<b>[x](y)@a"), "&lt;b&gt;\\[x\\]\\(y\\)@\u{200d}a");
        assert_eq!(inline("https://x WwW.y GH-1"), "https:\u{200d}//x WwW\u{200d}.y GH\u{200d}-1");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a"), "`` `a ``");
    }

    #[test]
    fn what_stands_in_backticks_is_code_unless_they_are_odd() {
        assert_eq!(prose("`tool.crm` has <no> owner"), "`tool.crm` has &lt;no&gt; owner");
        assert_eq!(prose("`a` and `b*"), "\\`a\\` and \\`b\\*");
        assert_eq!(prose("a `` b"), "a \\`\\` b");
    }
}
