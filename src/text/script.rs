//! Text in scripts.

use std::fmt::Write as _;

use super::is_steering;

/// Returns an expression that parses JSON: `JSON.parse('…')`, far faster to load than a literal.
///
/// Quotes and backslashes are escaped, `<` too, as are the two line ends that only scripts know;
/// the JSON itself must hold no raw control characters, which serializers see to.
pub fn json_parse(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    out.push_str("JSON.parse('");
    for c in json.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out.push_str("')");
    out
}

/// Returns JSON that says the same in a `script` element of a page: without markup, and without what steers.
///
/// What is escaped stands inside texts alone: no serializer writes it elsewhere.
pub fn data(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c if is_steering(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_in_a_page_is_the_same_and_neither_ends_its_element_nor_steers() {
        let value = serde_json::json!({ "</script><!--": "a & b \u{202e} \u{1b} \u{feff} \u{2028} é \u{9b}" });
        let data = data(&value.to_string());
        assert!(!data.contains(['<', '>', '&']) && !data.contains(is_steering) && data.contains('é'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&data).unwrap(), value);
    }

    #[test]
    fn nothing_in_the_text_can_end_the_string_or_the_script() {
        assert_eq!(json_parse(r#"["it's \"<b>\"\n"]"#), r#"JSON.parse('["it\'s \\"\u003cb>\\"\\n"]')"#);
    }
}
