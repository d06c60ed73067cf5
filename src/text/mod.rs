//! What a stack says is untrusted: one neutralising function per place where it is written.

pub mod annotation;
pub mod css;
pub mod csv;
pub mod html;
pub mod json;
pub mod list;
pub mod markdown;
mod runner;
pub mod script;
pub mod sentence;
pub mod shell;
pub mod terminal;
pub mod uri;
pub mod xml;

/// Whether a character steers a terminal, a browser or the direction of text instead of being shown.
pub fn is_steering(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}
