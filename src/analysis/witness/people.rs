//! Which author is whom in the stack, and whether somebody declared edited something.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Members, Record};
use crate::{
    history::{Author, History},
    model::{Email, Entity, Owner, Person, Stack},
};

/// Somebody who edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Editor<'a> {
    /// A person of the stack, by id.
    Person(&'a str),
    /// Somebody of whom the stack says nothing.
    Other(&'a Author),
}

/// Whether somebody who is declared edited an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// They did, or somebody of the team did.
    Edited {
        /// The lines of theirs that still stand.
        lines: usize,
        /// Their commits.
        commits: usize,
    },
    /// They did not: no commit that changed it is theirs.
    NotEdited,
    /// None of the commits that are known is theirs, but some are not known, or none of it is committed.
    Unknown,
    /// Nobody can say which commits are theirs.
    NotComparable(Why<'a>),
}

/// Why nobody can say which commits are somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why<'a> {
    /// This person has no `email` here, and no author has that name.
    NoEmail(&'a str),
    /// An author has the name of this person but another address.
    OtherAddress(&'a str),
    /// The members of this team are not in the stack.
    NoMembers(&'a str),
}

/// Who is whom. People are told by their `email`, whatever its case, and where none is declared by their exact name. What
/// two people share tells neither of them.
pub struct People<'a> {
    stack: &'a Stack,
    /// By the index of the author.
    editors: Vec<Editor<'a>>,
    /// The names of those who are nobody of the stack.
    strangers: HashSet<&'a str>,
    /// The people of whom some author is known.
    known: HashSet<&'a str>,
}

impl<'a> People<'a> {
    pub fn new(stack: &'a Stack, history: &'a History) -> Self {
        let email = |person: &Entity<Person>| person.email.as_ref().map(|email| folded(Email::as_str(email)));
        let all = || stack.people.values();
        let by_email = unique(all().filter_map(|person| Some((email(person)?, person.id.as_str()))));
        let unaddressed = all().filter(|person| person.email.is_none());
        let by_name = unique(unaddressed.map(|person| (person.about.name.as_str().trim(), person.id.as_str())));
        let mut first: HashMap<String, &Author> = HashMap::new();
        let editor = |author: &'a Author| {
            let address = folded(&author.email);
            let person = by_email.get(&address).or_else(|| by_name.get(author.name.trim()));
            match person {
                Some(id) => Editor::Person(id),
                // One address is one person, whatever names it signed with.
                None if address.is_empty() => Editor::Other(author),
                None => Editor::Other(first.entry(address).or_insert(author)),
            }
        };
        let editors: Vec<Editor<'a>> = history.authors.iter().map(editor).collect();
        let is_other = |editor: &&Editor<'_>| matches!(editor, Editor::Other(_));
        let strangers = history.authors.iter().zip(&editors).filter(|(_, editor)| is_other(editor)).map(|(author, _)| author.name.trim());
        let known = editors.iter().filter_map(|editor| if let Editor::Person(id) = editor { Some(*id) } else { None });
        Self { stack, strangers: strangers.collect(), known: known.collect(), editors }
    }

    /// Returns who the author of this index is.
    pub fn editor(&self, author: usize) -> Option<Editor<'a>> {
        self.editors.get(author).copied()
    }

    /// Tells whether somebody who is declared edited an entity.
    pub fn verdict(&self, owner: &'a Owner, record: &Record<'a>, members: &Members<'a>) -> Verdict<'a> {
        let people: Vec<&Entity<Person>> = match self.stack.people.get(owner.as_str()) {
            Some(person) => vec![person],
            None => members.of(owner.as_str()).to_vec(),
        };
        let is_theirs = |editor| matches!(editor, Editor::Person(id) if people.iter().any(|person| person.id.as_str() == id));
        let theirs = || record.shares.iter().filter(|share| is_theirs(share.editor));
        if theirs().next().is_some() {
            return Verdict::Edited { lines: theirs().map(|share| share.lines).sum(), commits: theirs().map(|share| share.commits).sum() };
        }
        let team = self.stack.teams.get(owner.as_str());
        if let Some(team) = team.filter(|team| people.is_empty() || !team.members_listed) {
            return Verdict::NotComparable(Why::NoMembers(team.id.as_str()));
        }
        if let Some(why) = people.into_iter().find_map(|person| self.why_not(person)) {
            return Verdict::NotComparable(why);
        }
        if record.is_whole && !record.shares.is_empty() { Verdict::NotEdited } else { Verdict::Unknown }
    }

    /// Why nobody can say which commits are a person's.
    fn why_not(&self, person: &Entity<Person>) -> Option<Why<'a>> {
        let (id, person) = self.stack.people.get_key_value(person.id.as_str())?;
        let id = id.as_str();
        if self.strangers.contains(person.about.name.as_str().trim()) {
            return Some(Why::OtherAddress(id));
        }
        (person.email.is_none() && !self.known.contains(id)).then_some(Why::NoEmail(id))
    }
}

/// Returns who each author of a history is, in their order.
pub fn editors<'a>(stack: &'a Stack, history: &'a History) -> Vec<Editor<'a>> {
    People::new(stack, history).editors
}

/// An address without what does not tell people apart.
fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The values whose keys occur once.
fn unique<K: Ord, V>(pairs: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut found: BTreeMap<K, Option<V>> = BTreeMap::new();
    for (key, value) in pairs {
        found.entry(key).and_modify(|value| *value = None).or_insert(Some(value));
    }
    found.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}
