//! Conditions and assignments in words, for people who read no TOML.

use std::fmt;

use crate::model::{Assign, Clause, Condition, OneOrMany, Operators, Owner, Scalar, When, exact};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<'a> {
    /// Plain words.
    Plain(&'static str),
    /// The name of a field.
    Field(&'a str),
    /// A value.
    Value(String),
    /// A value that is true or false.
    Truth(bool),
    /// That there is no value.
    Missing,
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

impl fmt::Display for Word<'_> {
    /// Writes it as plain text; people, teams, objects and routings by their ids.
    #[expect(clippy::match_same_arms, reason = "their texts live for different times")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: &str = match self {
            Self::Plain(text) => text,
            Self::Field(text) | Self::Party(text) | Self::Object(text) | Self::Routing(text) | Self::Quoted(text) => text,
            Self::Value(text) | Self::Aside(text) => text,
            Self::Truth(truth) => {
                if *truth {
                    "true"
                } else {
                    "false"
                }
            }
            Self::Missing => " is missing",
            Self::Or => ", or ",
        };
        f.write_str(text)
    }
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
        Condition::Is(value) => listed(" is ", std::slice::from_ref(value), " or "),
        Condition::AnyOf(values) => listed(" is ", values, " or "),
        Condition::Operators(operators) => self::operators(operators),
    }
}

fn listed<'a>(verb: &'static str, values: &[Scalar], last: &'static str) -> Vec<Word<'a>> {
    let mut out = vec![Word::Plain(verb)];
    let value = |value: &Scalar| match value {
        Scalar::Boolean(truth) => Word::Truth(*truth),
        value => Word::Value(value.to_string()),
    };
    out.extend(list(values.iter().map(value), last));
    out
}

fn not<'a>(values: &[Scalar]) -> Vec<Word<'a>> {
    match values {
        [] | [_] => listed(" is not ", values, ""),
        [_, _] => listed(" is neither ", values, " nor "),
        _ => listed(" is none of ", values, " or "),
    }
}

/// Values with commas between them, and a word before the last.
fn list<'a>(values: impl Iterator<Item = Word<'a>>, last: &'static str) -> Vec<Word<'a>> {
    let mut out = Vec::new();
    let mut values = values.peekable();
    while let Some(value) = values.next() {
        if !out.is_empty() {
            out.push(Word::Plain(if values.peek().is_none() { last } else { ", " }));
        }
        out.push(value);
    }
    if out.is_empty() {
        out.push(Word::Plain("one of an empty list"));
    }
    out
}

fn operators(operators: &Operators) -> Vec<Word<'_>> {
    let mut parts: Vec<Vec<Word<'_>>> = Vec::new();
    if let Some(values) = &operators.not {
        parts.push(not(values.as_slice()));
    }
    let bounds = [
        (" is at least ", operators.min),
        (" is at most ", operators.max),
        (" is above ", operators.above),
        (" is below ", operators.below),
    ];
    for (verb, number) in bounds {
        if let Some(number) = number {
            parts.push(vec![Word::Plain(verb), Word::Value(exact(number))]);
        }
    }
    let texts: [(&str, &Option<OneOrMany<String>>); 3] =
        [(" starts with ", &operators.starts_with), (" ends with ", &operators.ends_with), (" contains ", &operators.contains)];
    for (verb, texts) in texts {
        if let Some(texts) = texts {
            let mut part = vec![Word::Plain(verb)];
            part.extend(list(texts.as_slice().iter().cloned().map(Word::Value), " or "));
            parts.push(part);
        }
    }
    match operators.present {
        Some(true) => parts.push(vec![Word::Plain(" is filled in")]),
        Some(false) => parts.push(vec![Word::Missing]),
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
            if round.weights.is_some() {
                // In the order of the names before them.
                let each: Vec<String> = round.round_robin.iter().map(|owner| exact(round.weight(owner))).collect();
                out.push(Word::Aside(format!(" · weights {}", each.join(" : "))));
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

#[cfg(test)]
mod tests {
    use super::when;
    use crate::model::When;

    fn said(toml: &str) -> String {
        let when: When = toml::from_str(toml).unwrap();
        super::when(Some(&when)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lists_read_as_people_write_them() {
        assert_eq!(said("country = ['US', 'CA', 'MX']"), "country is US, CA or MX");
        assert_eq!(said("a = { not = 'x' }\nb = { not = ['x', 'y'] }"), "a is not x and b is neither x nor y");
        assert_eq!(said("a = { not = ['x', 'y', 'z'] }\nb = []"), "a is none of x, y or z and b is one of an empty list");
        assert_eq!(when(None).len(), 1);
    }

    #[test]
    fn a_bound_is_shown_as_it_is() {
        assert_eq!(said("a = { min = 1_250.5, below = 1_000_000 }"), "a is at least 1,250.5 and is below 1,000,000");
        assert_eq!(said("a = { above = 0.125, max = -0.001 }"), "a is at most -0.001 and is above 0.125");
    }

    #[test]
    fn an_operator_that_asks_nothing_asks_that_there_is_something() {
        assert_eq!(said("a = {}\nb = { present = false }\nc = { present = true }"), "a is filled in and b is missing and c is filled in");
    }
}
