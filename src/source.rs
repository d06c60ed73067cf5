//! Who owns the text of a stack's files: paths, lines, and where a value stands.
//!
//! Everything later refers to a place by [`FileId`] and JSON pointer. [`Sources::span`] turns that into
//! a range of bytes. Whoever has parsed a file lets it [`keep`](SourceFile::keep) the places of its values; otherwise it
//! is parsed when the first span of it is asked for.

mod places;

use std::{borrow::Cow, collections::BTreeMap, ops::Range, sync::OnceLock};

use memchr::memchr_iter;
use toml::de::DeTable;

use self::places::{Place, Places};

/// The number of a file in [`Sources`]; files are numbered by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Makes a span of a range of bytes.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end.max(range.start) }
    }

    /// Returns the range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place in a file: line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// How many bytes of a text are counted at once.
const BLOCK: usize = 1024;

/// A file of the stack.
#[derive(Debug, Default)]
pub struct SourceFile {
    path: String,
    text: String,
    lines: OnceLock<Vec<usize>>,
    blocks: OnceLock<Vec<usize>>,
    places: OnceLock<Places>,
    /// Path and text as they are on disk, where they are shown otherwise.
    written: Option<(String, String)>,
}

impl SourceFile {
    /// Makes a file from its path, relative to the stack's root with `/`, and its text.
    pub fn new(path: String, text: String) -> Self {
        Self { path, text, ..Self::default() }
    }

    /// Returns the path relative to the stack's root, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the text; empty where the file could not be read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns path and text as they are on disk.
    pub fn as_written(&self) -> (&str, &str) {
        self.written.as_ref().map_or((&self.path, &self.text), |(path, text)| (path, text))
    }

    /// Returns the offsets at which lines start.
    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| std::iter::once(0).chain(memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1)).collect())
    }

    /// Returns the line and column of an offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines().partition_point(|start| *start <= offset);
        let start = self.lines().get(line.saturating_sub(1)).copied().unwrap_or(0);
        // Lines are short, as a rule, and then quicker counted than looked up.
        let before = match self.text.get(start..offset) {
            Some(text) if text.len() < BLOCK => text.chars().count(),
            _ => self.characters(offset) - self.characters(start),
        };
        let column = before + 1;
        Position { line: line.max(1), column }
    }

    /// Returns how many characters lie before an offset. Counts by blocks are kept, so that lines of any length are quick.
    fn characters(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let blocks = self.blocks.get_or_init(|| {
            let is_first_byte = |byte: &&u8| (**byte & 0xC0) != 0x80;
            let counts = self.text.as_bytes().chunks(BLOCK).map(|chunk| chunk.iter().filter(is_first_byte).count());
            std::iter::once(0)
                .chain(counts.scan(0, |sum, count| {
                    *sum += count;
                    Some(*sum)
                }))
                .collect()
        });
        let before = blocks.get(block).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        before + rest.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
    }

    /// Returns the offset at which a line starts; lines count from 1.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines().get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// Keeps the places of the values of the tree that the text was parsed to.
    pub fn keep(&self, tree: &DeTable<'_>) {
        // What was parsed before has the same places.
        let _ = self.places.set(Places::new(tree));
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::new(DeTable::parse_recoverable(&self.text).0.get_ref()))
    }
}

/// Appends a key to a JSON pointer, escaped as RFC 6901 says.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    if token.contains(['~', '/']) {
        pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(token);
    }
}

/// The files of a stack, sorted by path, and the documents that its runbooks name.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The pointers of tables as they are in the files, by what they are called instead.
    renamed: BTreeMap<String, String>,
}

impl Sources {
    /// Adds a file and returns its number.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// Returns a file. A number that is not of these sources names an empty file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        static NOTHING: OnceLock<SourceFile> = OnceLock::new();
        let index = usize::try_from(id.0).unwrap_or(usize::MAX);
        self.files.get(index).unwrap_or_else(|| NOTHING.get_or_init(SourceFile::default))
    }

    /// Iterates over the files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }

    /// Returns the same files under other paths and with other texts, in which tables such as `/person/ana` are called
    /// otherwise: `renamed` leads from what they are called to what is written. Texts must keep their lines.
    #[must_use]
    pub fn renamed(&self, path: impl Fn(&str) -> String, text: impl Fn(FileId, &str) -> String, renamed: BTreeMap<String, String>) -> Self {
        let shown = |(id, file): (FileId, &SourceFile)| {
            let (path, text) = (path(&file.path), text(id, &file.text));
            let written = (path != file.path || text != file.text).then(|| (file.path.clone(), file.text.clone()));
            SourceFile { written, ..SourceFile::new(path, text) }
        };
        Self { files: self.iter().map(shown).collect(), renamed }
    }

    /// Returns an address, such as `person.ana`, as the files write it.
    pub fn written<'t>(&self, address: &'t str) -> Cow<'t, str> {
        let written = || self.renamed.get(&format!("/{}", address.replacen('.', "/", 1)));
        let written = if self.renamed.is_empty() { None } else { written() };
        written.map_or(address.into(), |written| written.trim_start_matches('/').replacen('/', ".", 1).into())
    }

    /// Whether a path is not that of a file as it is on disk.
    pub fn is_moved(&self, path: &str) -> bool {
        !self.renamed.is_empty() && self.files.iter().any(|file| file.path == path && file.as_written().0 != path)
    }

    /// Returns where the value at a JSON pointer stands: for a table its header, for what is not there the nearest table around it.
    pub fn span(&self, file: FileId, pointer: &str) -> Span {
        self.find(file, pointer).map_or(Span::new(file, 0..0), |place| Span::new(file, place.value))
    }

    /// Returns where the key at a JSON pointer stands.
    pub fn key_span(&self, file: FileId, pointer: &str) -> Span {
        self.find(file, pointer).map_or(Span::new(file, 0..0), |place| Span::new(file, place.key))
    }

    /// Whether there is a value at a JSON pointer.
    pub fn has(&self, file: FileId, pointer: &str) -> bool {
        self.file(file).places().find(&self.pointer(pointer)).is_some_and(|(_, is_exact)| is_exact)
    }

    fn find(&self, file: FileId, pointer: &str) -> Option<Place> {
        self.file(file).places().find(&self.pointer(pointer)).map(|(place, _)| place)
    }

    /// Returns a pointer as the files have it.
    fn pointer<'t>(&self, pointer: &'t str) -> Cow<'t, str> {
        if self.renamed.is_empty() {
            return pointer.into();
        }
        let end = pointer.match_indices('/').nth(2).map_or(pointer.len(), |(at, _)| at);
        let (table, rest) = pointer.split_at(end);
        self.renamed.get(table).map_or(pointer.into(), |written| format!("{written}{rest}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, SourceFile, Sources};

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let file = SourceFile::new("a.toml".into(), "é = 1\nñandú = \"x\"\n".into());
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(7), Position { line: 2, column: 1 });
        assert_eq!(file.position(14), Position { line: 2, column: 6 });
        assert_eq!(file.position(10_000), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_pointer_leads_to_headers_keys_and_elements() {
        let mut sources = Sources::default();
        let text = "[tool.hubspot]\nname = \"x\"\nadmins = [\"a\", \"b\"]\n";
        let id = sources.add(SourceFile::new("a.toml".into(), text.into()));
        let at = |span: super::Span| text.get(span.range()).unwrap();
        assert_eq!(at(sources.span(id, "/tool/hubspot")), "[tool.hubspot]");
        assert_eq!(at(sources.key_span(id, "/tool/hubspot")), "hubspot");
        assert_eq!(at(sources.span(id, "/tool/hubspot/admins/1")), "\"b\"");
        assert_eq!(at(sources.span(id, "/tool/hubspot/owner")), "[tool.hubspot]");
        assert!(sources.has(id, "/tool/hubspot/admins/1") && !sources.has(id, "/tool/hubspot/admins/2") && !sources.has(id, "/tools"));
        assert_eq!(sources.span(id, "/tools").range(), 0..0);
    }

    #[test]
    fn keys_that_need_escapes_and_lists_of_tables_are_found() {
        let mut sources = Sources::default();
        let text = "[\"a/b\".\"c~d\"]\nx = 1\n[[e]]\nf = [[1, 22], { g = 3 }]\n[[e]]\nh.i = 4\n";
        let id = sources.add(SourceFile::new("a.toml".into(), text.into()));
        let at = |pointer: &str| text.get(sources.span(id, pointer).range()).unwrap();
        assert_eq!([at("/a~1b/c~0d/x"), at("/e/0/f/0/1"), at("/e/0/f/1/g"), at("/e/1/h/i")], ["1", "22", "3", "4"]);
        assert_eq!(at("/e/1"), "[[e]]");
    }
}
