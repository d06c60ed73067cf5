//! Routing and scoring in as few words as they need.

use super::{its_routings, its_scorings};
use crate::{
    model::{AnyEntity, Assign, Entity, Kind, Lifecycle, Owner, RoutingRule, points},
    render::{
        page::{Block, Prose, Value},
        view::View,
        words,
    },
    routing::{self, Word},
};

/// The rules of each routing in their order.
pub(super) fn routings(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for routing in its_routings(view, lifecycle) {
        let mut intro = vec![view.link(routing).into(), Value::text(" in "), view.link_id(Kind::Tool, routing.tool.as_str())];
        if !routing.is_working() {
            intro.push(idle(routing));
            blocks.push(Block::Text { text: intro });
            continue;
        }
        let rest = if routing.partial { "; all others are left to others" } else { "" };
        intro.push(Value::text(format!(", the first that fits decides{rest}:")));
        blocks.push(Block::Text { text: intro });
        blocks.push(Block::Bullets { items: routing.rule.iter().map(|rule| self::rule(view, rule)).collect(), ordered: true });
    }
    if blocks.is_empty() {
        let example = format!("stages = [\"{}.stage.…\"]", lifecycle.address());
        let gap = Value::Gap { text: "No routing is documented to act here".to_owned(), example: Some(example) };
        blocks.push(Block::Text { text: vec![gap] });
    }
    blocks
}

/// What there is to say of something that is paused or broken.
fn idle(entity: &dyn AnyEntity) -> Value {
    let json = entity.json();
    let status = json.get("status").and_then(serde_json::Value::as_str).unwrap_or("not in use");
    Value::text(format!(" is {status}."))
}

/// A rule on one line: its name, when it takes a record, and who gets it. Reasons stand on the page of the routing.
fn rule(view: &View<'_>, rule: &RoutingRule) -> Prose {
    let mut item = vec![Value::strong(rule.name.as_str())];
    if rule.when.is_some() {
        item.push(Value::text(": "));
        item.extend(routing::when(rule.when.as_ref()).into_iter().map(|word| short(view, word)));
    }
    item.push(Value::text(" → "));
    match &rule.assign {
        Assign::Nobody(_) => item.push(Value::strong("nobody")),
        assign => item.extend(words::assign(view, assign)),
    }
    item
}

/// A piece of a condition, with the names of fields as words.
fn short(view: &View<'_>, word: Word<'_>) -> Value {
    match word {
        Word::Value(value) => Value::text(value),
        Word::Party(party) => view.owner(Some(&Owner::new(party)), "assign"),
        Word::Object(object) => view.link_id(Kind::Object, object),
        Word::Routing(routing) => view.link_id(Kind::Routing, routing),
        Word::Aside(aside) => Value::text(aside),
        Word::Or => Value::text("; or "),
        word @ (Word::Plain(_) | Word::Truth(_) | Word::Missing | Word::Field(_) | Word::Quoted(_)) => Value::text(words::written(&word)),
    }
}

/// The threshold of each scoring, and what counts.
pub(super) fn scorings(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for scoring in its_scorings(view, lifecycle) {
        let mut text = vec![view.link(scoring).into(), Value::text(" in "), view.link_id(Kind::Tool, scoring.tool.as_str())];
        if !scoring.is_working() {
            text.push(idle(scoring));
            blocks.push(Block::Text { text });
            continue;
        }
        text.push(Value::text(": from "));
        text.push(Value::strong(points(scoring.threshold)));
        let stage = scoring.promotes_to.as_ref().and_then(|stage| stage.as_str().rsplit('.').next());
        let to = stage.map_or_else(|| " on a record is promoted".to_owned(), |id| format!(" on, to {}", lifecycle.name_of(id)));
        text.push(Value::text(format!("{to}. ")));
        let criteria = scoring.criterion.iter().map(|criterion| format!("{} {}", criterion.name, signed(criterion.points)));
        text.push(Value::quiet(format!("{}.", criteria.collect::<Vec<_>>().join(" · "))));
        blocks.push(Block::Text { text });
    }
    if blocks.is_empty() {
        let example = format!("promotes-to = \"{}.stage.…\"", lifecycle.address());
        let gap = Value::Gap { text: "No scoring is documented to act here".to_owned(), example: Some(example) };
        blocks.push(Block::Text { text: vec![gap] });
    }
    blocks
}

/// Points with their sign, as they are set in print.
fn signed(points: i64) -> String {
    if points < 0 { format!("−{}", points.unsigned_abs()) } else { format!("+{points}") }
}
