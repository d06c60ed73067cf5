//! From what mends a finding to the bytes that change: a place in the text of a file, and what stands there instead.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::table;
use crate::{
    diagnostic::{Change, Diagnostic},
    source::Sources,
};

/// A change of the text of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The fingerprint of the finding that it mends.
    pub id: String,
    /// The subject of the finding.
    pub subject: String,
    /// The path of the file, relative to the stack's root with `/`.
    pub path: String,
    /// The bytes that go.
    pub range: Range<usize>,
    /// The text that comes in their place.
    pub with: String,
}

/// The text of a file and what it says.
pub(super) struct Parsed<'a> {
    /// The path of the file.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What it says, with spans; nothing where it is not TOML: values there are guesses.
    pub document: Option<Document<&'a str>>,
}

impl<'a> Parsed<'a> {
    /// Parses the text of a file.
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, document: Document::parse(text).ok() }
    }

    /// Returns the change of the text that mends a finding, if it can be made without touching anything else.
    pub(super) fn patch(&self, finding: &Diagnostic, sources: &Sources) -> Option<Patch> {
        let (document, fix) = (self.document.as_ref()?, finding.fix.as_ref()?);
        let (range, with) = match &fix.change {
            Change::Value(word) => {
                let range = sources.span(fix.file, &fix.pointer).range();
                let old = self.text.get(range.clone())?;
                let is_text = sources.has(fix.file, &fix.pointer) && old.starts_with(['"', '\'']);
                is_text.then(|| (range, literal(word, old)))?
            }
            Change::Key(word) => {
                let (table, _) = fix.pointer.rsplit_once('/')?;
                let mut renamed = table.to_owned();
                crate::source::push_token(&mut renamed, word);
                let item = find(document.as_item(), &fix.pointer)?;
                let is_free = find(document.as_item(), &renamed).is_none_or(|there| is_open(there) && is_open(item));
                let is_only = spellings(item) == 1 && is_free;
                is_only.then(|| (sources.key_span(fix.file, &fix.pointer).range(), toml_edit::Key::new(word).to_string()))?
            }
            Change::Remove => (table::extent(document, self.text, &fix.pointer)?, String::new()),
        };
        Some(Patch { id: finding.id(), subject: finding.subject.clone(), path: self.path.to_owned(), range, with })
    }
}

/// Writes a word as a text of TOML, in the quotes of the old one where they can hold it.
fn literal(word: &str, old: &str) -> String {
    let is_plain = !word.contains('\'') && !word.chars().any(char::is_control);
    if old.starts_with('\'') && is_plain { format!("'{word}'") } else { Value::from(word).to_string() }
}

/// What stands at a pointer. A value inside a list is not found: it has no key.
fn find<'d>(root: &'d Item, pointer: &str) -> Option<&'d Item> {
    let mut tokens = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).peekable();
    let mut item = root;
    while let Some(token) = tokens.next() {
        item = match item {
            Item::ArrayOfTables(list) => {
                let table = list.get(token.parse().ok()?)?;
                table.get(&tokens.next()?)?
            }
            Item::Value(Value::Array(list)) => {
                let table = list.get(token.parse().ok()?)?.as_inline_table()?;
                TableLike::get(table, &tokens.next()?)?
            }
            item => item.as_table_like()?.get(&token)?,
        };
    }
    Some(item)
}

/// Whether a table may have more tables elsewhere: no header and no key of its own says that it is whole.
fn is_open(item: &Item) -> bool {
    item.as_table().is_some_and(|table| table.is_implicit() && !table.is_dotted())
}

/// How often the key of an item is written: in headers, and before the dots of other keys. Depth is that of the parser.
fn spellings(item: &Item) -> usize {
    let below = |table: &dyn TableLike, is_dotted: bool| -> usize {
        let own = |item: &Item| match item {
            Item::Value(Value::InlineTable(table)) if table.is_dotted() && is_dotted => spellings(item),
            Item::Value(_) | Item::None => usize::from(is_dotted),
            // Keys with dots in the body of a table do not spell what its header says.
            Item::Table(table) if table.is_dotted() && !is_dotted => 0,
            item => spellings(item),
        };
        table.iter().map(|(_, item)| own(item)).sum()
    };
    match item {
        Item::None => 0,
        Item::Value(Value::InlineTable(table)) if table.is_dotted() => below(table, true),
        Item::Value(_) => 1,
        Item::Table(table) => usize::from(!table.is_implicit() && !table.is_dotted()) + below(table, table.is_dotted()),
        Item::ArrayOfTables(list) => list.iter().map(|table| 1 + below(table, false)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use toml_edit::Document;

    use super::{find, spellings};

    fn count(text: &str, pointer: &str) -> Option<usize> {
        let document = Document::parse(text).unwrap();
        find(document.as_item(), pointer).map(spellings)
    }

    #[test]
    fn a_key_is_counted_wherever_it_is_written() {
        assert_eq!(count("a = 1\n", "/a"), Some(1));
        assert_eq!(count("a.b = 1\na.c = 2\n", "/a"), Some(2));
        assert_eq!(count("a.b = 1\na.c = 2\n", "/a/c"), Some(1));
        assert_eq!(count("a.b.c = 1\na.b.d = 1\na.e = 1\n", "/a"), Some(3));
        assert_eq!(count("[a]\nb = 1\nc = 2\n", "/a"), Some(1));
        assert_eq!(count("[a]\nb.c = 1\n", "/a"), Some(1));
        assert_eq!(count("[a]\n[a.b]\n[a.c.d]\n", "/a"), Some(3));
        assert_eq!(count("[a]\n[a.b]\n[a.c.d]\n", "/a/c"), Some(1));
        assert_eq!(count("[a.b]\nx = 1\n", "/a"), Some(1));
        assert_eq!(count("[[a]]\nx = 1\n[[a]]\nx = 2\n[a.y]\n", "/a"), Some(3));
        assert_eq!(count("[[a]]\nx = 1\n[[a]]\nx = 2\n", "/a/1/x"), Some(1));
        assert_eq!(count("a = { b.c = 1, b.d = 2 }\n", "/a/b"), Some(2));
        assert_eq!(count("a = [{ b = 1 }]\n", "/a/0/b"), Some(1));
        assert_eq!(count("a = 1\n", "/b"), None);
    }
}
