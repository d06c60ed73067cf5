//! Width of text without a font, and the breaking and cutting of names that follows from it.
//!
//! A table of advances stands for the common sans faces, a margin for the wider ones; the picture is laid out before
//! anybody knows which font the reader has.

/// Size of box names, px.
pub(crate) const NAME: f64 = 12.5;
/// Size of second lines and captions, px.
pub(crate) const DETAIL: f64 = 11.5;
/// Size of the serif name in the subject's box, px.
pub(crate) const SUBJECT: f64 = 17.0;
/// Distance between two lines of a name, px.
pub(crate) const LINE: f64 = 16.0;

/// Share by which the widest usual fallback exceeds the table.
const MARGIN: f64 = 1.10;
/// Bold is that much wider than regular.
pub(crate) const BOLD: f64 = 1.07;

/// Advances of U+0020..U+007E in thousandths of the size, as in Helvetica and its metric twins.
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Converts a count to a coordinate; counts in a picture are far below the limit.
pub(crate) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn advance(c: char) -> f64 {
    let code = u32::from(c);
    let narrow = code.checked_sub(32).and_then(|k| ADVANCES.get(usize::try_from(k).ok()?));
    match narrow {
        Some(&a) => f64::from(a),
        None if code >= 0x1100 && unicode_width::UnicodeWidthChar::width(c) == Some(2) => 1000.0,
        None => 640.0,
    }
}

/// Width of `text` at `size` px, generous.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size / 1000.0 * MARGIN
}

/// Cuts `text` to `limit` px and marks the cut with an ellipsis.
pub(crate) fn cut(text: &str, limit: f64, size: f64) -> String {
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut room = limit - width("…", size);
    let kept: String = text
        .chars()
        .take_while(|&c| {
            room -= advance(c) * size / 1000.0 * MARGIN;
            room >= 0.0
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// Sets `text` in one line, else in the two most even lines, else cuts what is too long; words are never divided.
pub(crate) fn wrap(text: &str, limit: f64, size: f64) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    if width(&whole, size) <= limit {
        return vec![whole];
    }
    let longer = |pair: &(String, String)| width(&pair.0, size).max(width(&pair.1, size));
    // A hostile name may have thousands of words; the split lies near the front because the rest is cut anyway.
    let best = (1..words.len().min(40))
        .filter_map(|k| words.split_at_checked(k))
        .map(|(a, b)| (a.join(" "), b.join(" ")))
        .min_by(|a, b| longer(a).total_cmp(&longer(b)));
    match best {
        Some((a, b)) => vec![cut(&a, limit, size), cut(&b, limit, size)],
        None => vec![cut(&whole, limit, size)],
    }
}

/// Sets `text` as [`wrap`] does, in a wider box where the usual one would cut it.
pub(crate) fn widen(text: &str, limit: f64, widest: f64, size: f64) -> Vec<String> {
    let usual = wrap(text, limit, size);
    if usual.iter().any(|l| l.ends_with('…')) { wrap(text, widest, size) } else { usual }
}

/// Breaks `text` greedily into at most `lines` lines; the last one is cut.
pub(crate) fn fill(text: &str, limit: f64, size: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(last) if out_of_room(last, word, limit, size) => {
                if out.len() == lines {
                    break;
                }
                out.push(word.to_owned());
            }
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => out.push(word.to_owned()),
        }
    }
    let shown: usize = out.iter().map(|l| l.split_whitespace().count()).sum();
    if let Some(last) = out.last_mut()
        && text.split_whitespace().nth(shown).is_some()
    {
        last.push_str(" …");
    }
    out.iter().map(|l| cut(l, limit, size)).collect()
}

fn out_of_room(line: &str, word: &str, limit: f64, size: f64) -> bool {
    width(line, size) + width(" ", size) + width(word, size) > limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_as_a_full_square() {
        assert!(width("顧客", NAME) >= 2.0 * NAME);
        assert!(width("ab", NAME) < 2.0 * NAME);
    }

    #[test]
    fn a_long_name_is_set_in_two_even_lines() {
        assert_eq!(wrap("Salesforce Marketing Cloud", 120.0, NAME), ["Salesforce", "Marketing Cloud"]);
    }

    #[test]
    fn a_name_widens_its_box_before_it_is_cut() {
        assert_eq!(widen("Salesforce Marketing Cloud", 70.0, 150.0, NAME), ["Salesforce", "Marketing Cloud"]);
    }

    #[test]
    fn a_word_that_does_not_fit_is_cut_with_an_ellipsis() {
        let lines = wrap(&"w".repeat(300), 100.0, NAME);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].ends_with('…') && width(&lines[0], NAME) <= 100.0);
    }

    #[test]
    fn line_breaks_in_a_name_become_spaces() {
        assert_eq!(wrap("a\n\tb", 100.0, NAME), ["a b"]);
    }

    #[test]
    fn a_paragraph_that_does_not_fit_ends_in_an_ellipsis() {
        let lines = fill("one two three four five six seven", 60.0, NAME, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
    }
}
