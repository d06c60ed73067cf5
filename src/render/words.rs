//! Conditions and assignments as parts of a page, for people who read no TOML.

use std::borrow::Cow;

use super::{
    page::{Prose, Value},
    view::{View, capital},
};
use crate::{
    model::{Address, AnyEntity, Assign, Kind, Owner, When, trimmed},
    routing::{self, Word},
};

/// A condition in words.
pub(super) fn when(view: &View<'_>, when: Option<&When>) -> Prose {
    prose(view, routing::when(when))
}

/// An assignment in words, weights and caps as an aside.
pub(super) fn assign(view: &View<'_>, assign: &Assign) -> Prose {
    match assign {
        Assign::InTurn(_) | Assign::RoundRobin(_) => {
            let owners = turns(assign);
            let mut out = Vec::new();
            for (index, owner) in owners.iter().enumerate() {
                out.extend((index > 0).then(|| Value::text(if index + 1 == owners.len() { " or " } else { ", " })));
                out.push(view.owner(Some(owner), "assign"));
            }
            out.extend(in_turn(assign).map(|how| Value::quiet(format!(", {how}"))));
            out
        }
        Assign::HandOver(over) => vec![Value::text("as "), view.link_id(Kind::Routing, over.routing.as_str()), Value::text(" decides")],
        assign => prose(view, routing::assign(assign)),
    }
}

/// Those who take turns.
pub(super) fn turns(assign: &Assign) -> &[Owner] {
    match assign {
        Assign::InTurn(owners) => owners,
        Assign::RoundRobin(round) => &round.round_robin,
        _ => &[],
    }
}

/// How people take turns: `in turn 3 : 1, at most 25 a day each`. Nothing where only one is named, without a cap.
pub(super) fn in_turn(assign: &Assign) -> Option<String> {
    let is_one = turns(assign).len() == 1;
    let turn = |shares: &str| (!is_one).then(|| format!("in turn{shares}"));
    let Assign::RoundRobin(round) = assign else { return turn("") };
    let shares = round.weights.as_ref().map_or_else(String::new, |_| {
        let weights: Vec<String> = round.round_robin.iter().map(|owner| trimmed(round.weight(owner))).collect();
        format!(" {}", weights.join(" : "))
    });
    let cap = round.cap_per_day.map(|cap| format!("at most {cap} a day{}", if is_one { "" } else { " each" }));
    let parts: Vec<String> = turn(&shares).into_iter().chain(cap).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Who gets a record, to begin a sentence with, and how or why, all as plain text.
pub(super) fn taker(view: &View<'_>, assign: &Assign) -> (String, Option<String>) {
    let party = |owner: &Owner| party(view, owner);
    match assign {
        Assign::To(owner) => (party(owner), None),
        Assign::InTurn(_) | Assign::RoundRobin(_) => {
            let names: Vec<String> = turns(assign).iter().map(party).collect();
            (either(&names), in_turn(assign))
        }
        Assign::OwnerOf(of) => {
            let object = name(view, Kind::Object, of.owner_of.as_str());
            (format!("The owner of the {object}, or else {}", party(&of.fallback)), None)
        }
        Assign::HandOver(over) => (format!("As {} decides", name(view, Kind::Routing, over.routing.as_str())), None),
        Assign::Nobody(nobody) => ("Nobody".to_owned(), Some(capital(nobody.nobody.as_str().trim().trim_end_matches('.')))),
    }
}

/// Names of which one is meant: `a, b or c`.
pub(super) fn either<S: AsRef<str>>(names: &[S]) -> String {
    let mut out = String::new();
    for (index, name) in names.iter().enumerate() {
        out.push_str(if index == 0 {
            ""
        } else if index + 1 == names.len() {
            " or "
        } else {
            ", "
        });
        out.push_str(name.as_ref());
    }
    out
}

/// The name of a field in words: `days since touch`.
pub(super) fn field(name: &str) -> String {
    name.replace('-', " ")
}

/// A word as pages write it: fields in words, what is missing is empty, and what is true or false is yes or no.
pub(super) fn written<'w>(word: &'w Word<'_>) -> Cow<'w, str> {
    match word {
        Word::Field(name) => field(name).into(),
        Word::Missing => " is empty".into(),
        Word::Truth(truth) => yes_or_no(*truth).into(),
        Word::Plain(plain) => (*plain).into(),
        word => word.to_string().into(),
    }
}

/// The answer to a question of a form.
pub(super) fn yes_or_no(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}

fn prose(view: &View<'_>, words: Vec<Word<'_>>) -> Prose {
    let value = |word| match word {
        Word::Plain(plain @ ("always" | "never")) => vec![Value::quiet(plain)],
        Word::Value(value) => vec![Value::strong(value)],
        Word::Truth(truth) => vec![Value::strong(yes_or_no(truth))],
        Word::Party(party) => vec![view.owner(Some(&Owner::new(party)), "assign")],
        Word::Object(object) => vec![view.link_id(Kind::Object, object)],
        Word::Routing(routing) => vec![view.link_id(Kind::Routing, routing)],
        Word::Aside(aside) => vec![Value::quiet(aside)],
        Word::Or => vec![Value::Break, Value::quiet("or ")],
        word @ (Word::Plain(_) | Word::Missing | Word::Field(_) | Word::Quoted(_)) => vec![Value::text(written(&word))],
    };
    words.into_iter().flat_map(value).collect()
}

/// A condition as alternatives in plain text.
pub(super) fn alternatives(when: Option<&When>) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in routing::when(when) {
        match (word, out.last_mut()) {
            (Word::Or, _) => out.push(String::new()),
            (word, Some(last)) => last.push_str(&written(&word)),
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
