//! Text for the cells of a table that a spreadsheet opens.

use std::borrow::Cow;

/// Prefixes what a spreadsheet would compute with an apostrophe, and makes steering characters visible.
pub fn cell(text: &str) -> Cow<'_, str> {
    let text = super::terminal::neutralize(text);
    // Wide letters, as they are typed in East Asia, begin a formula too.
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{text}").into();
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn formulas_are_text() {
        assert_eq!(super::cell("=1+1"), "'=1+1");
        assert_eq!(super::cell("\t@x"), "'\t@x");
        assert_eq!(super::cell("＝1+1"), "'＝1+1");
        assert_eq!(super::cell("a=1"), "a=1");
    }
}
