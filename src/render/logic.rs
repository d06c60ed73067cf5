//! The rules of a routing or scoring as data for the form on its page, which `assets/routing.js` reads.
//!
//! ```json
//! { "ask": "inbound", "record": "a lead", "fields": […],
//!   "routings": { "inbound": {
//!     "name": "Inbound leads", "partial": false,
//!     "rules": [{ "name": "Europe", "id": "rule-europe", "when": […], "to": "EMEA Sales", "over": "arcwell" }] } },
//!   "tests": [{ "name": "Bakery in Gdansk", "record": { "country": "PL" } }] }
//! ```
//!
//! `fields` and `when` are as [`portable`] says; the filters of `when` have `words` to be read after the name of the
//! field. `over` names the routing that a rule hands records over to, which is among `routings` too, with `fields` of its
//! own where they are not the same. A scoring is the only one of its `routings`; its rules are criteria with `points`, and
//! beside it stand `threshold` and, if there is a stage, `to`.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{
    page::{Block, Section, Value},
    record,
    view::{View, anchor},
    words,
};
use crate::{
    model::{Assign, Criterion, Entity, Record, Routing, Scalar, Scoring, Stack, slug},
    routing::{self, Filter, Logic, Router, Scorer, portable},
    text::script,
};

/// The section with the form of a routing.
pub(super) fn routing(view: &View<'_>, routing: &Entity<Routing>) -> Option<Section> {
    if routing.rule.is_empty() {
        return None;
    }
    let real = view.project.stack.routings.get(routing.id.as_str())?;
    let (_, article) = record::noun(view, Some(routing.object.as_str()));
    let mut routings = routings(view, view.stack, routing);
    let whole = view.shows_everything() || same_conditions(&routings, &self::routings(view, &view.project.stack, real));
    let fields = shared(&mut routings, routing.id.as_str());
    let router = Router::new(&view.project.stack, real);
    let records = routing.test.iter().zip(&real.test).map(|(test, real)| (test.name.as_str(), &test.record, &real.record));
    let data = json!({
        "ask": routing.id.as_str(),
        "record": article,
        "fields": fields,
        "routings": routings,
        "tests": tests(records, |record| router.first(&router.form.values(record))),
    });
    let command = format!("linchpin route trace {} FIELD=VALUE …", routing.id);
    Some(section(whole.then_some(&data), &article, &command))
}

/// The section with the form of a scoring.
pub(super) fn scoring(view: &View<'_>, scoring: &Entity<Scoring>) -> Option<Section> {
    if scoring.criterion.is_empty() {
        return None;
    }
    let real = view.project.stack.scorings.get(scoring.id.as_str())?;
    let (_, article) = record::noun(view, scoring.object.as_ref().map(crate::model::Ref::as_str));
    let only = |stack: &Stack, scoring: &Entity<Scoring>| -> BTreeMap<String, Json> {
        [(scoring.id.to_string(), criteria(&Scorer::new(stack, scoring)))].into()
    };
    let mut routings = only(view.stack, scoring);
    let whole = view.shows_everything() || same_conditions(&routings, &only(&view.project.stack, real));
    let fields = shared(&mut routings, scoring.id.as_str());
    let scorer = Scorer::new(&view.project.stack, real);
    let records = scoring.test.iter().zip(&real.test).map(|(test, real)| (test.name.as_str(), &test.record, &real.record));
    let data = json!({
        "ask": scoring.id.as_str(),
        "record": article,
        "fields": fields,
        "routings": routings,
        "threshold": scoring.threshold,
        "to": scoring.promotes_to.as_ref().map(|stage| words::stage(view, stage.as_str())),
        "tests": tests(records, |record| scorer.points(&scorer.form.values(record))),
    });
    let command = format!("linchpin score trace {} FIELD=VALUE …", scoring.id);
    Some(section(whole.then_some(&data), &article, &command))
}

/// The form, or why there is none; below it the command that says the same.
fn section(data: Option<&Json>, article: &str, command: &str) -> Section {
    let mut blocks = Vec::new();
    match data {
        Some(data) => blocks.push(Block::Try { json: script::data(&data.to_string()) }),
        None => blocks.push(Block::Text {
            text: vec![Value::text("This site withholds values that the conditions name, so it cannot tell what comes out.")],
        }),
    }
    blocks.push(Block::Remark { text: vec![Value::text("On the command line: "), Value::code(command)] });
    Section::new("try", format!("Try {article}"), blocks)
}

/// Takes the fields out of what is asked, and out of all else that has the same.
fn shared(routings: &mut BTreeMap<String, Json>, ask: &str) -> Json {
    let fields = routings.get(ask).and_then(|asked| asked.get("fields")).cloned().unwrap_or_default();
    for routing in routings.values_mut().filter_map(Json::as_object_mut) {
        if routing.get("fields") == Some(&fields) {
            routing.remove("fields");
        }
    }
    fields
}

/// Whether the same is asked of the same fields, whatever the rules are called.
fn same_conditions(shown: &BTreeMap<String, Json>, real: &BTreeMap<String, Json>) -> bool {
    let asked = |of: &BTreeMap<String, Json>| -> Vec<Json> {
        let rules = of.values().filter_map(|routing| routing.get("rules")?.as_array());
        let filters = rules.flatten().filter_map(|rule| rule.get("when")?.as_array()).flatten().filter_map(Json::as_array).flatten();
        let fields = of.values().filter_map(|routing| routing.get("fields"));
        filters.filter_map(|filter| filter.get("asks")).chain(fields).cloned().collect()
    };
    asked(shown) == asked(real)
}

/// A routing and those to which its rules hand records over, by id.
fn routings<'a>(view: &View<'_>, stack: &'a Stack, routing: &'a Entity<Routing>) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::new();
    let mut waiting = vec![routing];
    while let Some(routing) = waiting.pop() {
        if out.contains_key(routing.id.as_str()) {
            continue;
        }
        out.insert(routing.id.to_string(), rules(view, &Router::new(stack, routing)));
        waiting.extend(routing.body.rule.iter().filter_map(|rule| match &rule.assign {
            Assign::HandOver(over) => stack.routings.get(over.routing.as_str()),
            _ => None,
        }));
    }
    out
}

fn rules(view: &View<'_>, router: &Router<'_>) -> Json {
    let rule = |(rule, logic): (&crate::model::RoutingRule, &Logic<'_>)| {
        let over = match &rule.assign {
            Assign::HandOver(over) => Some(("over", over.routing.as_str().into())),
            _ => None,
        };
        let to = ("to", words::plain(view, routing::assign(&rule.assign)).into());
        named("rule", rule.name.as_str(), logic, [to].into_iter().chain(over))
    };
    let of = router.routing;
    json!({
        "name": of.about.name.as_str(),
        "partial": of.partial,
        "fields": portable::form(&router.form),
        "rules": of.rule.iter().zip(&router.rules).map(rule).collect::<Json>(),
    })
}

fn criteria(scorer: &Scorer<'_>) -> Json {
    let criterion = |(criterion, logic): (&Criterion, &Logic<'_>)| {
        named("criterion", criterion.name.as_str(), logic, [("points", criterion.points.into())])
    };
    json!({
        "name": scorer.scoring.about.name.as_str(),
        "fields": portable::form(&scorer.form),
        "rules": scorer.scoring.criterion.iter().zip(&scorer.criteria).map(criterion).collect::<Json>(),
    })
}

/// A rule or criterion: a name, the id of its row, its condition, and what else there is.
fn named(part: &str, name: &str, logic: &Logic<'_>, more: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    let words = |filter: &Filter<'_>| {
        let words: String = routing::condition(filter.source).iter().map(ToString::to_string).collect();
        Some(words.trim_start().to_owned())
    };
    let own = [("name", name.into()), ("id", anchor(part, &slug(name)).into()), ("when", portable::logic_with(logic, words))];
    own.into_iter().chain(more).map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// Records to start from: the tests without what is withheld of them, as far as the same comes out.
fn tests<'t, O: PartialEq>(tests: impl Iterator<Item = (&'t str, &'t Record, &'t Record)>, outcome: impl Fn(&Record) -> O) -> Json {
    let start = |(name, shown, real): (&str, &Record, &Record)| {
        let is_whole = |(field, value): &(&String, &Scalar)| real.get(*field) == Some(*value);
        let record: Record = shown.iter().filter(is_whole).map(|(field, value)| (field.clone(), value.clone())).collect();
        (outcome(&record) == outcome(real)).then(|| json!({ "name": name, "record": record }))
    };
    tests.filter_map(start).collect()
}
