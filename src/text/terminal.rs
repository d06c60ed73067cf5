//! Text for a terminal, and for the log of a runner of workflows.

use std::borrow::Cow;

use super::{
    is_steering,
    runner::{Brackets, starts_command},
};

/// Replaces what steers a terminal or commands a runner by visible characters of as many bytes, so that offsets stay right.
/// Line feeds and tabs stay.
pub fn neutralize(text: &str) -> Cow<'_, str> {
    if !(text.contains(is_steering) || text.contains('#') && text.contains('[')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut brackets = Brackets::default();
    for c in text.chars() {
        match (is_steering(c), c.len_utf8()) {
            // A carriage return before a line feed ends the line as the line feed does.
            (true, 1) if c == '\r' => out.push(' '),
            (true, 1) => out.push('?'),
            (true, 2) => out.push('¿'),
            (true, _) => out.push('\u{fffd}'),
            (false, _) if brackets.opens(c) => out.push('('),
            (false, _) => out.push(c),
        }
    }
    out.into()
}

/// The same on one line, which begins no command: line feeds and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    let text =
        if text.contains(['\n', '\t']) { neutralize(&text.replace(['\n', '\t'], " ")).into_owned().into() } else { neutralize(text) };
    if starts_command(&text) { text.replacen(':', ": ", 1).into() } else { text }
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

    #[test]
    fn a_command_of_a_runner_is_text_wherever_it_stands() {
        assert_eq!(neutralize("a ##[stop-commands]b"), "a ##(stop-commands]b");
        assert_eq!(neutralize("##vso[task.setvariable]###[x] #\u{200d}#\u{ad}[x]"), "##vso(task.setvariable]###(x] #\u{200d}#\u{ad}(x]");
        assert_eq!(neutralize("## [a] #[b] ##: c[d]"), "## [a] #[b] ##: c[d]");
        assert_eq!(line(" \u{200d}::error::a"), " \u{200d}: :error::a");
        assert_eq!(line("a::b"), "a::b");
    }
}
