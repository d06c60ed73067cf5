//! The history of a stack without names: the same commits, by people who are called as in the stack.

use std::collections::HashMap;

use super::Renamed;
use crate::{
    Project,
    analysis::{Editor, editors},
    history::{Author, History},
    model::{Email, Kind, Stack},
};

/// Returns a history whose authors are the people of a stack without names, or are numbered.
pub(super) fn nameless(history: &History, project: &Project, shown: &Stack, renamed: &Renamed) -> History {
    let old = &project.stack;
    let called = |id: &str| renamed.get(&(Kind::Person, id.to_owned())).and_then(|id| shown.people.get(id.as_str()));
    // One address is one person, whatever names it signed with.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut authors = Vec::with_capacity(history.authors.len());
    for (author, editor) in history.authors.iter().zip(editors(old, history)) {
        let address = author.email.trim().to_lowercase();
        let key = if address.is_empty() { format!(" {}", author.name.trim()) } else { address };
        let next = numbers.len() + 1;
        let number = *numbers.entry(key).or_insert(next);
        let strange = format!("author-{number}@withheld.invalid");
        authors.push(match editor {
            Editor::Person(id) => {
                let person = called(id);
                let email = person.and_then(|person| person.email.as_ref()).map_or(strange, |email| Email::as_str(email).to_owned());
                Author { name: person.map_or_else(String::new, |person| person.about.name.to_string()), email }
            }
            Editor::Other(_) => {
                // Whoever has the name of somebody in the stack keeps it: that they have another address is said of them.
                let alike = old.people.values().find(|person| person.about.name.as_str().trim() == author.name.trim());
                let name = alike.and_then(|person| called(person.id.as_str())).map(|person| person.about.name.to_string());
                Author { name: name.unwrap_or_else(|| format!("Author {number}")), email: strange }
            }
        });
    }
    history.signed_by(authors)
}
