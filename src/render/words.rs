//! Conditions and assignments as parts of a page, for people who read no TOML.

use super::{
    page::{Prose, Value},
    view::View,
};
use crate::{
    model::{Assign, Kind, Owner, When},
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
