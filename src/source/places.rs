//! Where every value of a file stands, kept small: files are many, and few of their places are ever asked for.

use std::{cmp::Ordering, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Where a value and its key stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The bytes of the key; of an element of a list, of the element.
    pub key: Range<usize>,
    /// The bytes of the value; of a table, of its header.
    pub value: Range<usize>,
}

/// A range of bytes, or of entries.
type Reach = (u32, u32);

/// A value and what is inside of it.
#[derive(Debug)]
struct Entry {
    /// Its name, among the names; empty for an element of a list.
    name: Reach,
    key: Reach,
    value: Reach,
    /// The entries of what is inside: those of a table sorted by name.
    inside: Reach,
    is_list: bool,
}

/// The places of a file's values, by JSON pointer.
#[derive(Debug, Default)]
pub struct Places {
    names: String,
    entries: Vec<Entry>,
    top: Reach,
}

impl Places {
    /// Notes the places of a table's values. The parser bounds how deep values nest.
    pub fn new(table: &DeTable<'_>) -> Self {
        let mut places = Self::default();
        places.top = places.table(table);
        places.names.shrink_to_fit();
        places.entries.shrink_to_fit();
        places
    }

    fn table(&mut self, table: &DeTable<'_>) -> Reach {
        let start = self.entries.len();
        // The parser gives them sorted by name.
        for (key, value) in table {
            let name = self.names.len();
            self.names.push_str(key.get_ref());
            self.push(small(name..self.names.len()), key.span(), value);
        }
        self.fill(start, table.iter().map(|(_, value)| value))
    }

    fn list(&mut self, list: &[Spanned<DeValue<'_>>]) -> Reach {
        let start = self.entries.len();
        for value in list {
            self.push((0, 0), value.span(), value);
        }
        self.fill(start, list)
    }

    fn push(&mut self, name: Reach, key: Range<usize>, value: &Spanned<DeValue<'_>>) {
        let is_list = matches!(value.get_ref(), DeValue::Array(_));
        self.entries.push(Entry { name, key: small(key), value: small(value.span()), inside: (0, 0), is_list });
    }

    /// Notes what is inside of the values whose entries begin here.
    fn fill<'v, 'i: 'v>(&mut self, start: usize, values: impl IntoIterator<Item = &'v Spanned<DeValue<'i>>>) -> Reach {
        let end = self.entries.len();
        for (index, value) in (start..end).zip(values) {
            let inside = match value.get_ref() {
                DeValue::Table(table) => self.table(table),
                DeValue::Array(list) => self.list(list),
                _ => continue,
            };
            if let Some(entry) = self.entries.get_mut(index) {
                entry.inside = inside;
            }
        }
        small(start..end)
    }

    /// Returns the place that a JSON pointer names, or the nearest around it, and whether it is the one that is named.
    pub fn find(&self, pointer: &str) -> Option<(Place, bool)> {
        let mut found: Option<&Entry> = None;
        for token in pointer.split('/').skip(1) {
            let (inside, is_list) = found.map_or((self.top, false), |entry| (entry.inside, entry.is_list));
            match self.child(inside, is_list, token) {
                Some(entry) => found = Some(entry),
                None => return found.map(|entry| (entry.place(), false)),
            }
        }
        found.map(|entry| (entry.place(), true))
    }

    fn child(&self, inside: Reach, is_list: bool, token: &str) -> Option<&Entry> {
        let entries = self.entries.get(large(inside))?;
        if is_list {
            return entries.get(token.parse::<usize>().ok()?);
        }
        let at = if token.contains('~') {
            let token = token.replace("~1", "/").replace("~0", "~");
            entries.binary_search_by(|entry| self.compare(entry, &token))
        } else {
            entries.binary_search_by(|entry| self.compare(entry, token))
        };
        entries.get(at.ok()?)
    }

    fn compare(&self, entry: &Entry, token: &str) -> Ordering {
        self.names.get(large(entry.name)).unwrap_or_default().cmp(token)
    }
}

impl Entry {
    fn place(&self) -> Place {
        Place { key: large(self.key), value: large(self.value) }
    }
}

/// Files are far smaller than 4 GiB; what lies beyond counts as their end.
fn small(range: Range<usize>) -> Reach {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (bound(range.start), bound(range.end))
}

fn large((start, end): Reach) -> Range<usize> {
    let bound = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    bound(start)..bound(end)
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    #[test]
    fn the_parser_gives_tables_sorted_whatever_their_order_in_the_file() {
        let tree = DeTable::parse("b = 1\na = { d = 1, c = 2 }\n[e.g]\n[e.f]\n").unwrap();
        let keys = |table: &DeTable<'_>| table.keys().map(|key| key.get_ref().to_string()).collect::<Vec<_>>();
        assert_eq!(keys(tree.get_ref()), ["a", "b", "e"]);
        let inner = |key: &str| keys(tree.get_ref()[key].get_ref().as_table().unwrap());
        assert_eq!((inner("a"), inner("e")), (vec!["c".to_owned(), "d".to_owned()], vec!["f".to_owned(), "g".to_owned()]));
    }
}
