//! What a runner of workflows reads as a command in the output of a program.
//!
//! GitHub's obeys `::name::` at the start of a line and `##[name]` anywhere in it; Azure's obeys `##vso[name]`.
//! Both compare texts as people do, so invisible characters in between do not help.

/// Whether a character counts for nothing where programs compare texts as people do.
pub(super) fn is_ignored(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a line begins as commands do.
pub(super) fn starts_command(line: &str) -> bool {
    let mut seen = line.chars().filter(|c| !is_ignored(*c)).skip_while(|c| c.is_whitespace());
    (seen.next(), seen.next()) == (Some(':'), Some(':'))
}

/// Recognizes `##[`, `##vso[` and the like, character by character.
#[derive(Default)]
pub(super) struct Brackets {
    hashes: usize,
}

impl Brackets {
    /// Whether this character is the bracket that makes a command of what came before.
    pub(super) fn opens(&mut self, c: char) -> bool {
        match c {
            '#' => self.hashes += 1,
            '[' if self.hashes >= 2 => {
                self.hashes = 0;
                return true;
            }
            c if is_ignored(c) || self.hashes >= 2 && c.is_ascii_alphabetic() => {}
            _ => self.hashes = 0,
        }
        false
    }
}
