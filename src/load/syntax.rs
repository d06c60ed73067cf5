//! TOML with every mistake: the tree of a file, its syntax errors, and what is lost after one.

use std::{collections::HashMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::validity::{DUPLICATE_ID, INVALID_TOML};
use crate::{
    diagnostic::Diagnostic,
    model::Kind,
    source::{FileId, Span},
};

/// The tree of a file.
pub type Tree<'a> = Spanned<DeTable<'a>>;

/// How far a file is TOML.
#[derive(Debug)]
pub struct Syntax {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Where mistakes are: values there are guesses.
    pub tainted: Vec<Range<usize>>,
    /// The place from which nothing could be read.
    pub stops_at: Option<usize>,
}

impl Syntax {
    /// Whether what stands at a place is a guess of the parser at a mistake.
    pub fn is_guess(&self, place: &Range<usize>) -> bool {
        // Sorted by start and, as each runs at most to the next header, almost by end.
        let before = self.tainted.partition_point(|bad| bad.start <= place.end);
        self.tainted.get(..before).unwrap_or_default().iter().rev().take(3).any(|bad| place.start <= bad.end)
    }
}

/// A header line, found without parsing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// Where it stands, brackets included.
    pub span: Range<usize>,
    /// Its words.
    pub words: Vec<&'a str>,
    /// Whether it has double brackets.
    pub is_element: bool,
}

impl Header<'_> {
    /// Whether it opens a whole entity or a table that exists once, not a part of one.
    fn is_whole(&self) -> bool {
        match self.words.as_slice() {
            [once] => matches!(*once, "stack" | "site" | "rules" | "charter" | "privacy") && !self.is_element,
            [kind, _] => Kind::from_name(kind).is_some() && !self.is_element,
            _ => false,
        }
    }
}

/// Returns the tree of a file as far as it can be read, without the mistakes.
pub fn tree(text: &str) -> Tree<'_> {
    DeTable::parse_recoverable(text).0
}

/// Parses a file.
pub fn parse<'a>(file: FileId, path: &str, text: &'a str) -> (Tree<'a>, Syntax) {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut syntax = Syntax { diagnostics: Vec::new(), tainted: Vec::new(), stops_at: None };
    if errors.is_empty() {
        return (tree, syntax);
    }
    let mut errors: Vec<(Range<usize>, String)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().lines().next().unwrap_or_default().to_owned())).collect();
    errors.sort_by_key(|(span, _)| (span.start, span.end));
    unclosed_string(&tree, text, &mut errors);
    let headers = headers(text);
    let mut firsts: HashMap<String, &Header<'_>> = HashMap::new();
    for header in &headers {
        firsts.entry(header.words.join(".")).or_insert(header);
    }
    // Any mistake may be the one after which nothing was read; those before it were read past.
    let last_read = last_key(&tree);
    syntax.stops_at = errors.iter().map(|(span, _)| span.start).find(|at| *at >= last_read && is_more(text, *at));
    let mut doubled = None;
    let mut line = None;
    for (number, (span, message)) in errors.into_iter().enumerate() {
        syntax.tainted.push(tainted(text, &span, &headers));
        let enclosing = headers.partition_point(|header| header.span.start <= span.start).checked_sub(1).and_then(|at| headers.get(at));
        let is_duplicate = message == "duplicate key";
        // What follows the place where reading stopped is a consequence of it, as are the keys of a second table.
        if syntax.stops_at.is_some_and(|stop| span.start > stop) || is_duplicate && doubled.is_some() && doubled == enclosing {
            continue;
        }
        // So is what is wrong with the rest of a line.
        let start = text.get(..span.start).and_then(|before| before.rfind('\n'));
        if line.replace(start) == Some(start) {
            continue;
        }
        if let Some(header) = enclosing.filter(|header| is_duplicate && header.is_whole() && header.span.contains(&span.start)) {
            doubled = Some(header);
            syntax.diagnostics.push(duplicate(file, header, &firsts));
        } else {
            let diagnostic = invalid(file, text, span, &message);
            syntax.diagnostics.push(diagnostic.key(format!("{path}#{}", number + 1)));
        }
    }
    (tree, syntax)
}

/// The second header of an entity in one file.
fn duplicate(file: FileId, header: &Header<'_>, firsts: &HashMap<String, &Header<'_>>) -> Diagnostic {
    let address = header.words.join(".");
    let first = firsts.get(&address);
    let mut diagnostic =
        Diagnostic::new(&DUPLICATE_ID, &address, Span::new(file, header.span.clone()), format!("`{address}` stands in two places"))
            .label("the second table")
            .help("put both tables together, or give one of them another id");
    if let Some(first) = first {
        diagnostic = diagnostic.related(&address, Some(Span::new(file, first.span.clone())), "the first");
    }
    diagnostic
}

/// Where the parser guesses because of a mistake: the place itself; after a broken header all that stands under it.
fn tainted(text: &str, span: &Range<usize>, headers: &[Header<'_>]) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if !text.get(line..).unwrap_or_default().trim_start().starts_with('[') {
        return span.clone();
    }
    let next = headers.get(headers.partition_point(|header| header.span.start <= span.start)).map_or(text.len(), |next| next.span.start);
    line..next.saturating_sub(1).max(span.end)
}

/// A mistake that is not about ids.
fn invalid(file: FileId, text: &str, span: Range<usize>, message: &str) -> Diagnostic {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let word = text.get(span.clone()).unwrap_or_default();
    let rest = text.get(span.end..).unwrap_or_default().lines().next().unwrap_or_default().trim_start();
    let (what, help) = match what {
        "duplicate key" => (format!("the key `{word}` stands twice in one table"), "remove one of the two"),
        "key with no value" => ("a word alone says nothing".to_owned(), "write `key = value`, or start the line with `#`"),
        "string values must be quoted" if word.is_empty() => {
            ("this key has no value".to_owned(), "write the value after `=`, or remove the line")
        }
        "string values must be quoted" if rest.starts_with('=') => {
            (format!("a list or table before `{word}` is not closed"), "close it with `]` or `}`")
        }
        "string values must be quoted" => (format!("the text `{word}` has no quotes"), "put it in double quotes"),
        what if what.contains("comma") && what.starts_with("missing") => {
            ("two values have no `,` between them".to_owned(), "separate them with `,`")
        }
        "unexpected key or value" => ("this line says more than one thing".to_owned(), "write one `key = value` in a line"),
        "invalid unquoted key" => (format!("`{word}` cannot be a key"), "write keys of lower-case letters, digits and `-`"),
        "unclosed table" | "unclosed array table" => ("this header is not closed".to_owned(), "close it with `]`"),
        "invalid date" => ("there is no such day".to_owned(), "write a day of the calendar, such as `2027-03-31`"),
        what if what.contains("string") && matches!(expected, "`\"`" | "`'`") => {
            ("this text is not closed".to_owned(), "close it with the quote that opened it")
        }
        what => (what.to_owned(), "mend this place; what follows it may not have been read"),
    };
    let label = if expected.is_empty() || expected == "literal string" { String::new() } else { format!("expected {expected}") };
    Diagnostic::new(&INVALID_TOML, "stack", Span::new(file, span), format!("not TOML: {what}")).label(label).help(help)
}

/// Moves the mistake of a text over several lines that nobody closed from the end of the file to where the text begins.
fn unclosed_string(tree: &Spanned<DeTable<'_>>, text: &str, errors: &mut [(Range<usize>, String)]) {
    let Some((last, _)) = errors.last_mut().filter(|(span, message)| span.start == text.len() && message.contains("multi-line")) else {
        return;
    };
    let mut opening = None;
    visit(tree.get_ref(), &mut |_, value| {
        if value.end == text.len() {
            opening = Some(value.start);
        }
    });
    if let Some(start) = opening {
        *last = start..(start + 3).min(text.len());
    }
    errors.sort_by_key(|(span, _)| (span.start, span.end));
}

/// Where the last key that could be read begins.
fn last_key(tree: &Tree<'_>) -> usize {
    let mut last = 0;
    visit(tree.get_ref(), &mut |key, _| last = last.max(key.start));
    last
}

/// Whether something stands below the line of a place.
fn is_more(text: &str, at: usize) -> bool {
    let rest = text.get(text.floor_char_boundary(at)..).unwrap_or_default();
    rest.lines().skip(1).map(str::trim).any(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Calls back with the places of every key and value. The parser bounds how deep values nest.
fn visit(table: &DeTable<'_>, see: &mut impl FnMut(Range<usize>, Range<usize>)) {
    fn value(item: &Spanned<DeValue<'_>>, see: &mut impl FnMut(Range<usize>, Range<usize>)) {
        match item.get_ref() {
            DeValue::Table(table) => visit(table, see),
            DeValue::Array(list) => list.iter().for_each(|item| value(item, see)),
            _ => {}
        }
    }
    for (key, item) in table {
        see(key.span(), item.span());
        value(item, see);
    }
}

/// Finds header lines without parsing, so that what a broken file defines is known. Text over several lines
/// that looks like headers counts: it only makes the loader more lenient.
pub fn headers(text: &str) -> Vec<Header<'_>> {
    let mut headers = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset + line.len() - line.trim_start().len();
        offset += line.len();
        let line = line.trim();
        let Some(rest) = line.strip_prefix('[') else { continue };
        let (is_element, rest) = rest.strip_prefix('[').map_or((false, rest), |rest| (true, rest));
        let inner = rest.split(']').next().unwrap_or(rest);
        let brackets = if is_element { 4 } else { 2 };
        let words: Vec<&str> = inner.split('.').map(|word| word.trim().trim_matches(['"', '\''])).collect();
        if words.iter().all(|word| !word.is_empty() && !word.contains([' ', '=', ','])) {
            headers.push(Header { span: start..start + (inner.len() + brackets).min(line.len()), words, is_element });
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::source::{SourceFile, Sources};

    fn rules(text: &str) -> Vec<(String, String)> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.toml".into(), text.into()));
        let (_, syntax) = parse(file, "a.toml", text);
        let shown = |d: &crate::diagnostic::Diagnostic| (d.rule.name.to_owned(), text.get(d.span.range()).unwrap().to_owned());
        syntax.diagnostics.iter().map(shown).collect()
    }

    #[test]
    fn a_second_table_is_one_duplicate_whatever_it_repeats() {
        let found = rules("[tool.a]\nname='x'\n[tool.a]\nname='y'\nowner='z'\n[tool.b]\nname='b'\n");
        assert_eq!(found, [("duplicate-id".into(), "[tool.a]".into())]);
    }

    #[test]
    fn a_key_that_stands_twice_is_no_duplicate_entity() {
        assert_eq!(rules("[tool.a]\nname='x'\nname='y'\n"), [("invalid-toml".into(), "name".into())]);
    }

    #[test]
    fn an_unclosed_array_is_one_mistake() {
        assert_eq!(rules("[tool.a]\nname=[1,2\nfoo=1\n[tool.b]\nname='b'\n").len(), 1);
    }

    #[test]
    fn an_unclosed_text_over_several_lines_is_shown_where_it_opens() {
        let found = rules("[tool.a]\nname=\"\"\"abc\nfoo=1\n[tool.b]\nname='b'\n");
        assert_eq!(found, [("invalid-toml".into(), "\"\"\"".into())]);
    }

    #[test]
    fn several_mistakes_that_can_be_read_past_are_all_found() {
        let found = rules("[tool.a]\nname=\nx = yes\nd=2026-13-01\n[tool.b]\nname='b'\n");
        assert_eq!(found.len(), 3);
    }
}
