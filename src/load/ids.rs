//! What the files define: ids by kind, addresses of parts, and what is defined twice.

mod defined;

use ahash::{HashMap, HashSet};

pub use self::defined::Defined;
use super::{
    syntax::headers,
    validity::{DUPLICATE_ID, INVALID_VALUE},
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{Kind, vocabulary},
    source::Span,
};

/// The most entities of a stack.
pub const MAX_ENTITIES: usize = 100_000;
/// The pool of rules whose findings cannot be accepted.
pub const UNSUPPRESSIBLE: &str = "unsuppressible";
/// Tables that exist once.
pub const SINGLETONS: [&str; 5] = ["stack", "site", "rules", "charter", "privacy"];

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

    /// Adds what a file defines, and returns what is wrong with that. Files come sorted by path.
    pub fn add(&mut self, defined: Defined) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        for (singleton, span) in defined.singletons {
            self.define(singleton.to_owned(), span, &mut wrong);
        }
        self.pool("capability").extend(defined.capabilities);
        for entity in defined.entities {
            wrong.extend(entity.reserved);
            self.count += 1;
            if self.count == self.limit + 1 {
                wrong.push(self.past_limit(entity.span));
            }
            self.define(entity.address, entity.span, &mut wrong);
            self.pool(entity.kind.name()).insert(entity.id);
            if entity.kind == Kind::Lifecycle {
                self.pool("stage").extend(entity.parts.iter().cloned());
            }
            self.parts.extend(entity.parts);
            wrong.extend(entity.wrong);
        }
        wrong
    }

    fn past_limit(&self, span: Span) -> Diagnostic {
        let message = format!("a stack may have {} entities, and this one is past that", self.limit);
        Diagnostic::new(&INVALID_VALUE, "stack", span, message)
            .key("entities")
            .help("split the stack, or leave files out by `exclude` in `[stack]`")
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

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::{Defined, Ids};
    use crate::source::{SourceFile, Sources};

    #[test]
    fn the_entity_past_the_most_is_told_once() {
        let file = Sources::default().add(SourceFile::default());
        let tree = DeTable::parse("[team.a]\n[team.b]\n[team.c]\n[team.d]\n").unwrap();
        let told = |limit| Ids { limit, ..Ids::default() }.add(Defined::by(file, tree.get_ref()));
        assert_eq!(told(4).len(), 0);
        let past = told(2);
        assert_eq!(past.len(), 1);
        assert_eq!(past[0].span.range(), 18..26);
        assert_eq!(past[0].message, "a stack may have 2 entities, and this one is past that");
    }
}
