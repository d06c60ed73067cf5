//! Conditions and assignments in words, for people who read no TOML.

use super::{
    page::{Prose, Value},
    view::View,
};
use crate::model::{Assign, Clause, Condition, Kind, OneOrMany, Operators, Owner, Scalar, When};

/// A condition in words.
pub(super) fn when(when: &When) -> Prose {
    let mut out = Vec::new();
    for (index, clause) in when.clauses().iter().enumerate() {
        if index > 0 {
            out.extend([Value::Break, Value::quiet("or ")]);
        }
        out.extend(self::clause(clause));
    }
    if out.is_empty() {
        out.push(Value::quiet("always"));
    }
    out
}

fn clause(clause: &Clause) -> Prose {
    let mut out = Vec::new();
    for (index, (field, condition)) in clause.iter().enumerate() {
        if index > 0 {
            out.push(Value::text(" and "));
        }
        out.push(Value::code(field));
        match condition {
            Condition::Is(value) => out.extend(is(" is ", std::slice::from_ref(value))),
            Condition::AnyOf(values) => out.extend(is(" is ", values)),
            Condition::Operators(operators) => out.extend(self::operators(operators)),
        }
    }
    if out.is_empty() {
        out.push(Value::quiet("always"));
    }
    out
}

fn is(verb: &str, values: &[Scalar]) -> Prose {
    let mut out = vec![Value::text(verb)];
    out.extend(alternatives(values.iter().map(ToString::to_string)));
    out
}

/// Values joined by "or".
fn alternatives(values: impl Iterator<Item = String>) -> Prose {
    let mut out = Vec::new();
    for value in values {
        if !out.is_empty() {
            out.push(Value::text(" or "));
        }
        out.push(Value::strong(value));
    }
    out
}

fn operators(operators: &Operators) -> Prose {
    let mut parts: Vec<Prose> = Vec::new();
    if let Some(values) = &operators.not {
        parts.push(is(" is not ", values.as_slice()));
    }
    let bounds = [
        (" is at least ", operators.min),
        (" is at most ", operators.max),
        (" is above ", operators.above),
        (" is below ", operators.below),
    ];
    for (verb, bound) in bounds {
        if let Some(bound) = bound {
            parts.push(vec![Value::text(verb), Value::strong(super::facts::thousands(bound))]);
        }
    }
    let texts: [(&str, &Option<OneOrMany<String>>); 3] =
        [(" starts with ", &operators.starts_with), (" ends with ", &operators.ends_with), (" contains ", &operators.contains)];
    for (verb, texts) in texts {
        if let Some(texts) = texts {
            let mut part = vec![Value::text(verb)];
            part.extend(alternatives(texts.as_slice().iter().cloned()));
            parts.push(part);
        }
    }
    match operators.present {
        Some(true) => parts.push(vec![Value::text(" is filled in")]),
        Some(false) => parts.push(vec![Value::text(" is missing")]),
        None => {}
    }
    let mut out = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push(Value::text(" and"));
        }
        out.extend(part);
    }
    out
}

/// An assignment in words.
pub(super) fn assign(view: &View<'_>, assign: &Assign) -> Prose {
    let party = |owner: &Owner| view.owner(Some(owner), "assign");
    let list = |owners: &[Owner]| {
        let mut out = Vec::new();
        for owner in owners {
            if !out.is_empty() {
                out.push(Value::text(", "));
            }
            out.push(party(owner));
        }
        out
    };
    match assign {
        Assign::To(owner) => vec![party(owner)],
        Assign::InTurn(owners) => [vec![Value::text("in turn ")], list(owners)].concat(),
        Assign::RoundRobin(turns) => {
            let mut out = [vec![Value::text("in turn ")], list(&turns.round_robin)].concat();
            if let Some(weights) = &turns.weights {
                let each: Vec<String> =
                    weights.iter().map(|(owner, weight)| format!("{owner} {}", super::facts::trimmed(weight.0))).collect();
                out.push(Value::quiet(format!(" · weights {}", each.join(", "))));
            }
            if let Some(cap) = turns.cap_per_day {
                out.push(Value::quiet(format!(" · at most {cap} a day each")));
            }
            out
        }
        Assign::OwnerOf(of) => vec![
            Value::text("the owner of the "),
            view.link_id(Kind::Object, of.owner_of.as_str()),
            Value::text(", or else "),
            party(&of.fallback),
        ],
        Assign::HandOver(over) => vec![Value::text("whoever "), view.link_id(Kind::Routing, over.routing.as_str()), Value::text(" says")],
        Assign::Nobody(nobody) => vec![Value::text("nobody: "), Value::text(nobody.nobody.as_str())],
    }
}
