//! Conditions and assignments as parts of a page, for people who read no TOML.

use super::{
    page::{Prose, Value},
    view::View,
};
use crate::{
    model::{Address, AnyEntity, Assign, Kind, Owner, When},
    routing::{self, Word},
};

/// A condition in words.
pub(super) fn when(view: &View<'_>, when: Option<&When>) -> Prose {
    prose(view, routing::when(when))
}

/// An assignment in words.
pub(super) fn assign(view: &View<'_>, assign: &Assign) -> Prose {
    prose(view, routing::assign(assign))
}

fn prose(view: &View<'_>, words: Vec<Word<'_>>) -> Prose {
    let value = |word| match word {
        Word::Plain(plain @ ("always" | "never")) => vec![Value::quiet(plain)],
        Word::Plain(plain) => vec![Value::text(plain)],
        Word::Field(field) => vec![Value::code(field)],
        Word::Value(value) => vec![Value::strong(value)],
        Word::Party(party) => vec![view.owner(Some(&Owner::new(party)), "assign")],
        Word::Object(object) => vec![view.link_id(Kind::Object, object)],
        Word::Routing(routing) => vec![view.link_id(Kind::Routing, routing)],
        Word::Quoted(text) => vec![Value::text(text)],
        Word::Aside(aside) => vec![Value::quiet(aside)],
        Word::Or => vec![Value::Break, Value::quiet("or ")],
    };
    words.into_iter().flat_map(value).collect()
}

/// Words as plain text, people and all else by their names.
pub(super) fn plain(view: &View<'_>, words: Vec<Word<'_>>) -> String {
    let text = |word| match word {
        Word::Party(party) => self::party(view, &Owner::new(party)),
        Word::Object(object) => name(view, Kind::Object, object),
        Word::Routing(routing) => name(view, Kind::Routing, routing),
        word => word.to_string(),
    };
    words.into_iter().map(text).collect()
}

/// A condition as alternatives in plain text.
pub(super) fn alternatives(when: Option<&When>) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in routing::when(when) {
        match (word, out.last_mut()) {
            (Word::Or, _) => out.push(String::new()),
            (word, Some(last)) => last.push_str(&word.to_string()),
            (_, None) => {}
        }
    }
    out
}

/// The name of a person or team, or the id where the stack does not know it.
pub(super) fn party(view: &View<'_>, owner: &Owner) -> String {
    view.stack.party(owner).map_or_else(|| owner.to_string(), |party| party.name().to_owned())
}

/// The name of an entity, or its id where the stack does not declare it.
pub(super) fn name(view: &View<'_>, kind: Kind, id: &str) -> String {
    view.stack.get(kind, id).map_or_else(|| id.to_owned(), |entity: &dyn AnyEntity| view.stack.name(entity).into_owned())
}

/// The name of a stage, or its address where the stack does not declare it.
pub(super) fn stage(view: &View<'_>, address: &str) -> String {
    let of = view.stack.at(&Address::new(address)).and_then(|lifecycle| view.stack.lifecycles.get(lifecycle.id().as_str()));
    let id = address.rsplit('.').next().unwrap_or_default();
    let stage = of.and_then(|lifecycle| lifecycle.stage.iter().find(|stage| stage.id.as_str() == id));
    stage.map_or_else(|| address.to_owned(), |stage| stage.name.to_string())
}
