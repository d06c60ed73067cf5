//! Where a mistake is: the subject that a pointer lies in, the key inside it, and the span.

use std::ops::Range;

use super::Explainer;
use crate::{
    load::instance::{Spot, follow},
    model::{Kind, slug},
};

impl Explainer<'_> {
    pub(super) fn spot(&self, pointer: &str) -> Spot<'_, '_> {
        follow(self.tree, pointer)
    }

    pub(super) fn key_span(&self, pointer: &str) -> Range<usize> {
        let spot = self.spot(pointer);
        spot.key.clone().unwrap_or_else(|| spot.span())
    }

    /// The address of the smallest thing that a pointer lies in, or `stack`.
    pub(super) fn subject(&self, pointer: &str) -> String {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        let plain = |token: &str| token.replace("~1", "/").replace("~0", "~");
        match tokens.as_slice() {
            [kind, id, list, index, ..] if Kind::from_name(kind).is_some() => {
                let item = self.spot(&format!("/{kind}/{id}/{list}/{index}"));
                let name =
                    |key| item.value.and_then(|item| item.get_ref().get(key)).and_then(|name: &toml::Spanned<_>| name.get_ref().as_str());
                let part = match (*kind, *list) {
                    ("lifecycle", "stage") => name("id").map(str::to_owned),
                    ("routing", "rule" | "test") | ("scoring", "criterion" | "test") => name("name").map(slug),
                    ("flow", "steps") => index.parse::<usize>().ok().map(|index| (index + 1).to_string()),
                    _ => None,
                };
                let word = if *list == "steps" { "step" } else { list };
                let id = plain(id);
                part.filter(|part| !part.is_empty()).map_or_else(|| format!("{kind}.{id}"), |part| format!("{kind}.{id}.{word}.{part}"))
            }
            [kind, id, ..] if Kind::from_name(kind).is_some() => format!("{kind}.{}", plain(id)),
            [once @ ("site" | "charter" | "privacy"), ..] => (*once).to_owned(),
            _ => "stack".to_owned(),
        }
    }

    /// What the table at a pointer is called in a message.
    pub(super) fn table_name(&self, pointer: &str) -> String {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        let subject = self.subject(pointer);
        let (outer, depth) = match tokens.as_slice() {
            [list @ ("suppress" | "override"), ..] => (format!("`[[{list}]]`"), 2),
            [once, ..] if Kind::from_name(once).is_none() => (format!("`[{once}]`"), 1),
            _ => (format!("`{subject}`"), if subject.matches('.').count() > 1 { 4 } else { 2 }),
        };
        if tokens.len() > depth { format!("{} in {outer}", super::words::value(pointer)) } else { outer }
    }
}

/// The path of a key inside its subject, with the file where the subject does not say which one; nothing for the subject itself.
pub(super) fn key(subject: &str, pointer: &str, path: &str) -> Option<String> {
    let inside: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
    let depth = match subject {
        "stack" | "site" | "charter" | "privacy" => 0,
        subject if subject.matches('.').count() > 1 => 4,
        _ => 2,
    };
    let inside = inside.get(depth..).unwrap_or_default().join(".");
    if subject == "stack" && !pointer.starts_with("/stack") {
        return Some(format!("{path}:{inside}"));
    }
    Some(inside).filter(|inside| !inside.is_empty())
}
