//! References that name nothing: what they should have named, and what comes near.

use std::sync::Arc;

use jsonschema::{ValidationError, error::ValidationErrorKind as Reason};

use super::{Explainer, words};
use crate::{
    diagnostic::Rule,
    load::{
        ids::{SINGLETONS, UNSUPPRESSIBLE},
        suggest::{Advice, is_slip},
        validity::{self, INVALID_SUPPRESSION, UNKNOWN_REFERENCE},
    },
    model::Kind,
    source::push_token,
};

/// As many ids are listed in a message.
const FEW: usize = 12;

impl Explainer<'_> {
    /// A reference that names nothing: a value, or with `key` a key of the table at the pointer.
    pub(super) fn unknown_reference(&mut self, error: &ValidationError<'_>, pointer: &str, key: Option<&str>) {
        let Reason::Custom { message, .. } = error.kind() else { return self.out_of_range(error, pointer) };
        let got = key.or_else(|| error.instance().as_str()).unwrap_or_default().to_owned();
        let mut place = pointer.to_owned();
        let span = if key.is_some() {
            push_token(&mut place, &got);
            self.key_span(&place)
        } else {
            self.spot(pointer).span()
        };
        let words: Vec<&str> = message.split(',').collect();
        if words == ["rule"] && self.ids.has(UNSUPPRESSIBLE, &got) {
            let (about, help) = if validity::RULES.iter().any(|rule| rule.name == got) {
                ("mistakes in the files", "mend the mistake and remove this table")
            } else {
                ("accepted risks themselves", "remove this table; the level of the rule can be set in `[rules]`")
            };
            let message = format!("unsuppressible rule `{got}`: it is about {about}");
            return self.push(&INVALID_SUPPRESSION, &place, span, message, help.to_owned());
        }
        let pool = self.pool(message, &words);
        let near = self.suggest.near(message, &got, pool.iter().map(String::as_str));
        let rule: &'static Rule = if words == ["rule"] { &INVALID_SUPPRESSION } else { &UNKNOWN_REFERENCE };
        let advice = near.map_or_else(
            || remedy(&words, &got, &pool).into(),
            |near| {
                let is_certain = is_certain(&words, &got, &near.word);
                let advice = if key.is_some() { near.for_key() } else { near.for_value() };
                Advice { change: advice.change.filter(|_| is_certain), ..advice }
            },
        );
        self.push(rule, &place, span, format!("no {} `{}`", words::target(&words), words::cut(&got)), advice);
    }

    /// The words that a reference may be, sorted; collected once for all files.
    fn pool(&mut self, name: &str, words: &[&str]) -> Arc<[String]> {
        let ids = self.ids;
        self.suggest.pool(name, || {
            let mut pool: Vec<String> = Vec::new();
            for word in words {
                match word.strip_prefix('=') {
                    Some(literal) => pool.push(literal.to_owned()),
                    None if *word == "*" => pool.extend(ids.addresses()),
                    None => pool.extend(ids.pools.get(*word).into_iter().flatten().cloned()),
                }
            }
            pool.sort_unstable();
            pool.dedup();
            pool
        })
    }
}

/// Whether the nearest word may be written without asking. Who answers for something is never guessed: a person or team is
/// meant only where the letters are the same. Two letters are too few to tell a slip from another word.
fn is_certain(words: &[&str], got: &str, near: &str) -> bool {
    let is_literal = words.iter().any(|word| word.strip_prefix('=') == Some(near));
    let is_of = |kind: &str| words.contains(&kind) || near.split_once('.').is_some_and(|(of, _)| of == kind);
    let is_party = !is_literal && (is_of("person") || is_of("team"));
    near.chars().count() > 2 && (!is_party || is_slip(got, near))
}

/// What to do where nothing comes near.
fn remedy(words: &[&str], got: &str, pool: &[String]) -> String {
    let declare = |kind: &str| format!("declare it by `[{kind}.{}]`", words::example_id(got));
    let known = || pool.iter().map(String::as_str);
    match words {
        ["*", ..] if SINGLETONS.contains(&got) => format!("add `[{got}]`, or name something else"),
        ["*", ..] => match got.split_once('.') {
            Some((kind, id)) if Kind::from_name(kind).is_some() && !id.contains('.') => {
                format!("declare it by `[{kind}.{}]`", words::example_id(id))
            }
            _ => "write an address, such as `tool.hubspot` or `lifecycle.main.stage.mql`".to_owned(),
        },
        ["capability"] => "use a word of the vocabulary, or add it to `capabilities` in `[stack]`".to_owned(),
        ["stage"] => "write the address of a stage, such as `lifecycle.main.stage.mql`".to_owned(),
        ["rule"] => words::listed("rules are", known()),
        ["object"] => format!("{}; {}", words::listed("objects are", known().take(FEW)), declare("object")),
        [kind, ..] if Kind::from_name(kind).is_some() && pool.len() <= FEW && !pool.is_empty() => {
            format!("{}; or {}", words::listed("the stack has", known()), declare(kind))
        }
        [kind, ..] => declare(kind),
        [] => "remove it".to_owned(),
    }
}
