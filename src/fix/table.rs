//! Which bytes a table takes up: its header and keys, the comment that belongs to it, and the empty lines after it.

use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

/// Returns the bytes that go when an element of a list of tables goes, such as `/suppress/3`.
pub(super) fn extent(document: &Document<&str>, text: &str, pointer: &str) -> Option<Range<usize>> {
    let (name, index) = pointer.strip_prefix('/')?.split_once('/')?;
    let index: usize = index.parse().ok()?;
    match document.as_table().get(name)? {
        Item::ArrayOfTables(list) => of_table(list.get(index)?, text),
        Item::Value(Value::Array(list)) => of_element(list, index, text),
        _ => None,
    }
}

/// The bytes of a table with a header of its own. What follows its last key, up to an empty line, still speaks of it,
/// unless that is what stands directly above the next header.
fn of_table(table: &Table, text: &str) -> Option<Range<usize>> {
    let header = table.span()?;
    let comment = table.decor().prefix().and_then(toml_edit::RawString::span).unwrap_or(header.start..header.start);
    let start = with_comment(text, comment.start, header.start)?;
    let last = table.iter().filter_map(|(_, item)| item.span()).map(|span| span.end).fold(header.end, usize::max);
    let body = line_end(text, last);
    let attached = lines(text, body).take_while(|(_, line)| is_comment(line)).last().map_or(body, |(end, _)| end);
    let next = lines(text, attached).next().map(|(_, line)| line);
    let end = if next.is_none_or(is_blank) { attached } else { body };
    let end = lines(text, end).take_while(|(_, line)| is_blank(line)).last().map_or(end, |(end, _)| end);
    Some(start..end)
}

/// Where the comment begins that stands directly above a header; `from` is where what comes before the header ends.
fn with_comment(text: &str, from: usize, header: usize) -> Option<usize> {
    let between = text.get(from..header)?;
    let mut start = from + between.rfind('\n').map_or(0, |at| at + 1);
    while let Some(before) = text.get(from..start).and_then(|before| before.strip_suffix('\n')) {
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if !is_comment(before.get(line..)?) {
            break;
        }
        start = from + line;
    }
    Some(start)
}

/// The bytes of an element of a list in brackets, with one comma. Comments between elements may belong to either: then nothing goes.
fn of_element(list: &Array, index: usize, text: &str) -> Option<Range<usize>> {
    let of = |index: usize| list.get(index).and_then(Value::span);
    let own = of(index)?;
    let range = match (index.checked_sub(1).and_then(of), of(index + 1)) {
        (_, Some(next)) => own.start..next.start,
        (Some(previous), None) => previous.end..own.end,
        (None, None) => list.span().map(|all| all.start + 1..all.end.saturating_sub(1))?,
    };
    let around = [range.start..own.start, own.end..range.end];
    around.into_iter().all(|part| text.get(part).is_some_and(|part| !part.contains('#'))).then_some(range)
}

/// The lines from an offset on, each with the offset of its end.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    text.get(from..).unwrap_or_default().split_inclusive('\n').scan(from, |at, line| {
        *at += line.len();
        Some((*at, line))
    })
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |line| at + line + 1)
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use toml_edit::Document;

    use super::extent;

    /// What is left of a text when an accepted risk goes.
    fn without(text: &str, index: usize) -> String {
        let document = Document::parse(text).unwrap();
        let range = extent(&document, text, &format!("/suppress/{index}")).unwrap();
        format!("{}{}", &text[..range.start], &text[range.end..])
    }

    #[test]
    fn the_comment_above_a_table_goes_with_it_and_another_stays() {
        let text = "# The file.\n\n# The first.\n[[suppress]]\nrule = 'a'\n\n# The second,\n# on two lines.\n[[suppress]] # here\nrule = 'b' # there\n\n[rules]\n";
        assert_eq!(without(text, 0), text.replace("# The first.\n[[suppress]]\nrule = 'a'\n\n", ""));
        assert_eq!(without(text, 1), "# The file.\n\n# The first.\n[[suppress]]\nrule = 'a'\n\n[rules]\n");
    }

    #[test]
    fn a_comment_below_goes_with_the_table_unless_it_stands_on_the_next() {
        assert_eq!(without("[[suppress]]\nrule = 'a'\n# Of it.\n\n[rules]\n", 0), "[rules]\n");
        assert_eq!(without("[[suppress]]\nrule = 'a'\n# Of the next.\n[rules]\n", 0), "# Of the next.\n[rules]\n");
        assert_eq!(without("[[suppress]]\nrule = 'a'\n\n# Of neither.\n", 0), "# Of neither.\n");
        assert_eq!(without("a = 1\n[[suppress]]\nrule = 'a'\n# Of it.", 0), "a = 1\n");
    }

    #[test]
    fn a_text_that_looks_like_a_comment_is_none() {
        let text = "x = '''\n# No comment'''\n[[suppress]]\nreason = '''\n# Nor\n\n[this]\n'''\nkey = 'a'\n";
        assert_eq!(without(text, 0), "x = '''\n# No comment'''\n");
    }

    #[test]
    fn an_element_of_a_list_goes_with_its_comma() {
        let text = "suppress = [{ rule = 'a' }, { rule = 'b' }, { rule = 'c' },]\n";
        assert_eq!(without(text, 0), "suppress = [{ rule = 'b' }, { rule = 'c' },]\n");
        assert_eq!(without(text, 2), "suppress = [{ rule = 'a' }, { rule = 'b' },]\n");
        assert_eq!(without("suppress = [ { rule = 'a' }, ]\n", 0), "suppress = []\n");
        let commented = "suppress = [\n  { rule = 'a' }, # why\n  { rule = 'b' },\n]\n";
        assert_eq!(extent(&Document::parse(commented).unwrap(), commented, "/suppress/0"), None);
    }

    #[test]
    fn ends_of_lines_may_be_those_of_windows() {
        assert_eq!(without("# Of it.\r\n[[suppress]]\r\nrule = 'a'\r\n\r\n[rules]\r\n", 0), "[rules]\r\n");
    }
}
