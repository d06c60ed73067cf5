//! Conditions, assignments and names as plain text.

use crate::{
    model::{Address, AnyEntity, Kind, Owner, Stack},
    routing::Word,
};

/// Words of a condition as plain text.
pub fn plain(words: &[Word<'_>]) -> String {
    joined(words, |_| None)
}

/// Words of an assignment as plain text, with the names of those whom they name.
pub fn named(stack: &Stack, words: &[Word<'_>]) -> String {
    joined(words, |word| match word {
        Word::Party(id) => stack.party(&Owner::new(*id)).map(|party| titled(stack, &party.address())),
        Word::Object(id) => stack.objects.get(*id).map(|object| stack.name(object).into_owned()),
        Word::Routing(id) => Some(titled(stack, &Address::of(Kind::Routing.name(), id))),
        _ => None,
    })
}

fn joined(words: &[Word<'_>], other: impl Fn(&Word<'_>) -> Option<String>) -> String {
    let text = |word: &Word<'_>| {
        other(word).unwrap_or_else(|| match word {
            Word::Plain(text) | Word::Field(text) | Word::Party(text) | Word::Object(text) | Word::Routing(text) | Word::Quoted(text) => {
                (*text).to_owned()
            }
            Word::Value(text) | Word::Aside(text) => text.clone(),
            Word::Or => " or ".to_owned(),
            word @ (Word::Truth(_) | Word::Missing) => word.to_string(),
        })
    };
    words.iter().map(text).collect::<String>().trim().to_owned()
}

/// The name of what an address names, with the address.
pub fn titled(stack: &Stack, address: &Address) -> String {
    match stack.at(address) {
        Some(entity) => format!("{} ({address})", stack.name(entity)),
        None => address.to_string(),
    }
}

/// The name of an entity, with its address.
pub fn title(stack: &Stack, entity: &dyn AnyEntity) -> String {
    format!("{} ({})", stack.name(entity), entity.address())
}
