//! Conditions and assignments in words, for people who read no TOML.

use crate::model::{Assign, Clause, Condition, OneOrMany, Operators, Owner, Scalar, When, thousands, trimmed};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<'a> {
    /// Plain words.
    Plain(&'static str),
    /// The name of a field.
    Field(&'a str),
    /// A value.
    Value(String),
    /// A person or team, by id.
    Party(&'a str),
    /// An object, by id.
    Object(&'a str),
    /// A routing, by id.
    Routing(&'a str),
    /// What somebody wrote.
    Quoted(&'a str),
    /// What is said beside it.
    Aside(String),
    /// Here another alternative begins.
    Or,
}

/// A condition in words.
pub fn when(when: Option<&When>) -> Vec<Word<'_>> {
    let Some(when) = when else { return vec![Word::Plain("always")] };
    let mut out = Vec::new();
    for (index, clause) in when.clauses().iter().enumerate() {
        if index > 0 {
            out.push(Word::Or);
        }
        out.extend(self::clause(clause));
    }
    if out.is_empty() {
        out.push(Word::Plain("never"));
    }
    out
}

fn clause(clause: &Clause) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    for (index, (field, condition)) in clause.iter().enumerate() {
        if index > 0 {
            out.push(Word::Plain(" and "));
        }
        out.push(Word::Field(field));
        out.extend(self::condition(condition));
    }
    if out.is_empty() {
        out.push(Word::Plain("always"));
    }
    out
}

/// What is asked of a field in words, to be read after its name.
pub fn condition(condition: &Condition) -> Vec<Word<'_>> {
    match condition {
        Condition::Is(value) => is(" is ", std::slice::from_ref(value)),
        Condition::AnyOf(values) => is(" is ", values),
        Condition::Operators(operators) => self::operators(operators),
    }
}

fn is<'a>(verb: &'static str, values: &[Scalar]) -> Vec<Word<'a>> {
    let mut out = vec![Word::Plain(verb)];
    out.extend(alternatives(values.iter().map(ToString::to_string)));
    out
}

/// Values joined by "or".
fn alternatives<'a>(values: impl Iterator<Item = String>) -> Vec<Word<'a>> {
    let mut out = Vec::new();
    for value in values {
        if !out.is_empty() {
            out.push(Word::Plain(" or "));
        }
        out.push(Word::Value(value));
    }
    if out.is_empty() {
        out.push(Word::Plain("none of an empty list"));
    }
    out
}

fn operators(operators: &Operators) -> Vec<Word<'_>> {
    let mut parts: Vec<Vec<Word<'_>>> = Vec::new();
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
            parts.push(vec![Word::Plain(verb), Word::Value(thousands(bound))]);
        }
    }
    let texts: [(&str, &Option<OneOrMany<String>>); 3] =
        [(" starts with ", &operators.starts_with), (" ends with ", &operators.ends_with), (" contains ", &operators.contains)];
    for (verb, texts) in texts {
        if let Some(texts) = texts {
            let mut part = vec![Word::Plain(verb)];
            part.extend(alternatives(texts.as_slice().iter().cloned()));
            parts.push(part);
        }
    }
    match operators.present {
        Some(true) => parts.push(vec![Word::Plain(" is filled in")]),
        Some(false) => parts.push(vec![Word::Plain(" is missing")]),
        None => {}
    }
    if parts.is_empty() {
        parts.push(vec![Word::Plain(" is filled in")]);
    }
    let mut out = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push(Word::Plain(" and"));
        }
        out.extend(part);
    }
    out
}

/// An assignment in words.
pub fn assign(assign: &Assign) -> Vec<Word<'_>> {
    match assign {
        Assign::To(owner) => vec![Word::Party(owner.as_str())],
        Assign::InTurn(owners) => turns(owners),
        Assign::RoundRobin(round) => {
            let mut out = turns(&round.round_robin);
            if let Some(weights) = &round.weights {
                let each: Vec<String> = weights.iter().map(|(owner, weight)| format!("{owner} {}", trimmed(weight.0))).collect();
                out.push(Word::Aside(format!(" · weights {}", each.join(", "))));
            }
            if let Some(cap) = round.cap_per_day {
                out.push(Word::Aside(format!(" · at most {cap} a day each")));
            }
            out
        }
        Assign::OwnerOf(of) => vec![
            Word::Plain("the owner of the "),
            Word::Object(of.owner_of.as_str()),
            Word::Plain(", or else "),
            Word::Party(of.fallback.as_str()),
        ],
        Assign::HandOver(over) => vec![Word::Plain("whoever "), Word::Routing(over.routing.as_str()), Word::Plain(" says")],
        Assign::Nobody(nobody) => vec![Word::Plain("nobody: "), Word::Quoted(nobody.nobody.as_str())],
    }
}

fn turns(owners: &[Owner]) -> Vec<Word<'_>> {
    let mut out = vec![Word::Plain("in turn ")];
    for (index, owner) in owners.iter().enumerate() {
        if index > 0 {
            out.push(Word::Plain(", "));
        }
        out.push(Word::Party(owner.as_str()));
    }
    out
}
