//! What the files define: ids by kind, addresses of parts, and what is defined twice.

use std::ops::Range;

use ahash::{HashMap, HashSet};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    syntax::headers,
    validity::{DUPLICATE_ID, INVALID_VALUE},
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{Kind, RESERVED_IDS, slug, vocabulary},
    source::{FileId, Span},
};

/// The most entities of a stack.
pub const MAX_ENTITIES: usize = 100_000;
/// The pool of rules whose findings cannot be accepted.
pub const UNSUPPRESSIBLE: &str = "unsuppressible";
/// Tables that exist once.
pub const SINGLETONS: [&str; 5] = ["stack", "site", "rules", "charter", "privacy"];
/// Parts that have an address: kind, key of the list, word in the address, and the key that names one.
const PARTS: [(&str, &str, &str, &str); 6] = [
    ("lifecycle", "stage", "stage", "id"),
    ("routing", "rule", "rule", "name"),
    ("routing", "test", "test", "name"),
    ("scoring", "criterion", "criterion", "name"),
    ("scoring", "test", "test", "name"),
    ("flow", "steps", "step", ""),
];

/// Everything that a reference may name.
#[derive(Debug, Default)]
pub struct Ids {
    /// Ids by kind; also the words of the pools `capability`, `stage` and `rule`.
    pub pools: HashMap<String, HashSet<String>>,
    /// Addresses of parts.
    pub parts: HashSet<String>,
    /// Entities of which parts may be unknown, because their file is not TOML throughout.
    pub lost: HashSet<String>,
    /// Whether the stack's own capabilities may be unknown for the same reason.
    pub is_vocabulary_lost: bool,
    /// What was defined more than once.
    twice: HashSet<String>,
    /// Where each entity and table that exists once was first defined.
    first: HashMap<String, Span>,
    /// The most entities, and how many there are.
    limit: usize,
    count: usize,
}

impl Ids {
    /// Starts with what ships with linchpin: words and rules.
    pub fn new(rules: &[&Rule]) -> Self {
        let mut ids = Self { limit: MAX_ENTITIES, ..Self::default() };
        for rule in rules {
            ids.pool(if rule.is_suppressible() { "rule" } else { UNSUPPRESSIBLE }).insert(rule.name.to_owned());
        }
        ids.pool("capability").extend(vocabulary::capabilities().map(str::to_owned));
        ids.pool("object").extend(vocabulary::OBJECTS.iter().map(|(object, _)| (*object).to_owned()));
        ids
    }

    fn pool(&mut self, name: &str) -> &mut HashSet<String> {
        self.pools.entry(name.to_owned()).or_default()
    }

    /// Whether the pool has the word.
    pub fn has(&self, pool: &str, word: &str) -> bool {
        self.pools.get(pool).is_some_and(|words| words.contains(word))
    }

    /// Whether an address names an entity or a part of one.
    pub fn has_address(&self, address: &str) -> bool {
        let mut words = address.splitn(3, '.');
        let (Some(kind), id, part) = (words.next(), words.next(), words.next()) else { return false };
        match (id, part) {
            (None, _) => SINGLETONS.contains(&kind) && self.first.contains_key(kind),
            (Some(id), None) => Kind::from_name(kind).is_some() && self.has(kind, id),
            (Some(_), Some(_)) => self.parts.contains(address) || self.is_lost_part(address, kind),
        }
    }

    /// Whether an address names a part of an entity of this kind whose parts may be unknown.
    pub fn is_lost_part(&self, address: &str, kind: &str) -> bool {
        let mut words = address.splitn(3, '.');
        let (of, id, part) = (words.next(), words.next(), words.next());
        of == Some(kind) && part.is_some() && id.is_some_and(|id| self.lost.contains(&format!("{kind}.{id}")))
    }

    /// Whether a table of the stack says that there is this entity, or might say so where it cannot be read.
    pub fn is_declared(&self, address: &str) -> bool {
        self.first.contains_key(address) || self.lost.contains(address)
    }

    /// Iterates over the addresses of all entities and their parts, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = String> {
        let of = |kind: &'static str| self.pools.get(kind).into_iter().flatten().map(move |id| format!("{kind}.{id}"));
        Kind::ALL.iter().flat_map(move |kind| of(kind.name())).chain(self.parts.iter().cloned())
    }

    /// Adds what a file defines, and returns what is defined for the second time. Files come sorted by path.
    pub fn collect(&mut self, file: FileId, tree: &DeTable<'_>) -> Vec<Diagnostic> {
        let mut twice = Vec::new();
        for singleton in SINGLETONS {
            if let Some((key, table)) = tree.get_key_value(singleton) {
                self.define(singleton.to_owned(), Span::new(file, header(key.span(), table)), &mut twice);
            }
        }
        let own = tree.get("stack").and_then(|stack| stack.get_ref().get("capabilities")).and_then(|list| list.get_ref().as_array());
        for word in own.into_iter().flat_map(|list| list.iter()).filter_map(|item| item.get_ref().as_str()) {
            self.pool("capability").insert(word.to_owned());
        }
        for kind in Kind::ALL {
            let Some(table) = tree.get(kind.name()).and_then(|table| table.get_ref().as_table()) else { continue };
            // The parser gives tables by name; the order of the file decides which of two comes second.
            let mut entities: Vec<_> = table.iter().collect();
            entities.sort_by_key(|(key, _)| key.span().start);
            for (key, entity) in entities {
                self.entity(*kind, file, key, entity, &mut twice);
            }
        }
        twice
    }

    fn entity(
        &mut self,
        kind: Kind,
        file: FileId,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        entity: &Spanned<DeValue<'_>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let id = key.get_ref().as_ref();
        let span = Span::new(file, header(key.span(), entity));
        let address = format!("{}.{id}", kind.name());
        if RESERVED_IDS.contains(&id) {
            diagnostics.push(
                Diagnostic::new(&INVALID_VALUE, &address, Span::new(file, key.span()), format!("`{id}` cannot be an id"))
                    .label("reserved for a page or by an operating system")
                    .help("choose another id"),
            );
        }
        self.count += 1;
        if self.count == self.limit + 1 {
            diagnostics.push(
                Diagnostic::new(
                    &INVALID_VALUE,
                    "stack",
                    span,
                    format!("a stack may have {} entities, and this one is past that", self.limit),
                )
                .key("entities")
                .help("split the stack, or leave files out by `exclude` in `[stack]`"),
            );
        }
        self.define(address.clone(), span, diagnostics);
        self.pool(kind.name()).insert(id.to_owned());
        for (of, list, word, name) in PARTS.iter().filter(|part| part.0 == kind.name()) {
            debug_assert_eq!(*of, kind.name());
            let items = entity.get_ref().get(*list).and_then(|list| list.get_ref().as_array());
            self.list(&address, word, name, file, items.into_iter().flat_map(|list| list.iter()), diagnostics);
        }
    }

    /// Adds the parts of an entity that stand in one list.
    fn list<'t, 'i: 't>(
        &mut self,
        address: &str,
        word: &str,
        name: &str,
        file: FileId,
        items: impl Iterator<Item = &'t Spanned<DeValue<'i>>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut seen: HashMap<String, Range<usize>> = HashMap::default();
        for (index, item) in items.enumerate() {
            let named = item.get_ref().get(name).filter(|value| value.get_ref().is_str());
            let label = match named.and_then(|value| value.get_ref().as_str()) {
                Some(text) if name == "id" => text.to_owned(),
                Some(text) => slug(text),
                None if name.is_empty() => (index + 1).to_string(),
                None => continue,
            };
            let part = format!("{address}.{word}.{label}");
            let place = named.map_or_else(|| item.span(), Spanned::span);
            if label.is_empty() {
                diagnostics.push(
                    Diagnostic::new(
                        &INVALID_VALUE,
                        address,
                        Span::new(file, place),
                        format!("the name of this {word} has no letter or digit"),
                    )
                    .key(format!("{word}.{index}.name"))
                    .help("choose a name that an address can be made of"),
                );
                continue;
            }
            if let Some(first) = seen.get(&label) {
                diagnostics.push(
                    Diagnostic::new(&DUPLICATE_ID, &part, Span::new(file, place), format!("`{part}` stands in two places"))
                        .label("the second")
                        .related(&part, Some(Span::new(file, first.clone())), "the first")
                        .help(format!("give one {word} another {name}")),
                );
                continue;
            }
            seen.insert(label, place);
            if word == "stage" {
                self.pool("stage").insert(part.clone());
            }
            self.parts.insert(part);
        }
    }

    /// Notes where something was defined, or reports it as the second of its name.
    fn define(&mut self, address: String, span: Span, diagnostics: &mut Vec<Diagnostic>) {
        // People and teams share one namespace.
        let twin = match address.split_once('.') {
            Some(("person", id)) => Some(format!("team.{id}")),
            Some(("team", id)) => Some(format!("person.{id}")),
            _ => None,
        };
        let first = self.first.get_key_value(&address).or_else(|| self.first.get_key_value(&twin?));
        if let Some((name, first)) = first.map(|(name, first)| (name.clone(), *first)) {
            // A person and a team of one id in one file come in the order of the kinds, not of the file.
            self.twice.extend([name.clone(), address.clone()]);
            let (earlier, later) = if first <= span { ((&name, first), (&address, span)) } else { ((&address, span), (&name, first)) };
            let help = if name == address {
                "put both tables together, or give one of them another id"
            } else {
                "people and teams share one namespace: give one of them another id"
            };
            let diagnostic = Diagnostic::new(&DUPLICATE_ID, later.0, later.1, format!("`{}` stands in two places", later.0))
                .label("the second table")
                .related(earlier.0, Some(earlier.1), "the first")
                .help(help);
            diagnostics.push(diagnostic);
        } else {
            self.first.insert(address, span);
        }
    }

    /// Adds what the headers of a file that does not parse define.
    pub fn collect_lost(&mut self, text: &str) {
        for header in headers(text) {
            self.is_vocabulary_lost |= header.words == ["stack"];
            let (Some(kind), Some(id)) = (header.words.first().copied(), header.words.get(1).copied()) else { continue };
            let Some(kind) = Kind::from_name(kind) else { continue };
            self.pool(kind.name()).insert(id.to_owned());
            self.lost.insert(format!("{}.{id}", kind.name()));
        }
    }

    /// Whether an address was defined more than once.
    pub fn is_twice(&self, address: &str) -> bool {
        self.twice.contains(address)
    }
}

/// Returns where the header of a table stands; for a table that only sub-tables imply, the word in the first of them.
fn header(key: Range<usize>, table: &Spanned<DeValue<'_>>) -> Range<usize> {
    let span = table.span();
    if span.is_empty() { key } else { span }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::Ids;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn the_entity_past_the_most_is_told_once() {
        let file = Sources::default().add(SourceFile::default());
        let tree = DeTable::parse("[team.a]\n[team.b]\n[team.c]\n[team.d]\n").unwrap();
        let told = |limit| Ids { limit, ..Ids::default() }.collect(file, tree.get_ref());
        assert_eq!(told(4).len(), 0);
        let past = told(2);
        assert_eq!(past.len(), 1);
        assert_eq!(past[0].span.range(), 18..26);
        assert_eq!(past[0].message, "a stack may have 2 entities, and this one is past that");
    }
}
