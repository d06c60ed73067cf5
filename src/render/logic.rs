//! The rules of a routing or scoring as data for the form on its page, which `assets/routing.js` reads.
//!
//! ```json
//! { "ask": "inbound", "record": "a lead", "fields": […],
//!   "routings": { "inbound": {
//!     "name": "Inbound leads", "partial": false,
//!     "rules": [{ "name": "Europe", "id": "rule-europe", "when": […], "to": "EMEA Sales", "how": "in turn" }] } },
//!   "hints": { "country": "Two letters" }, "named": { "country": ["DE", "FR"] },
//!   "tests": [{ "name": "Bakery in Gdansk", "record": { "country": "PL" } }], "kept": ["Student"] }
//! ```
//!
//! `fields` and `when` are as [`portable`] says; the filters of `when` have `words` to be read after the name of the
//! field. `over` names the routing that a rule hands records over to, which is among `routings` too, with `fields` of its
//! own where they are not the same; `why` says why a rule gives records to nobody. A scoring is the only one of its
//! `routings`; its rules are criteria with `points`, and beside it stand `threshold` and, if there is a stage, `to`.
//! `hints` are what fields mean, `named` the texts that conditions name whole; `kept` are tests that are not among `tests`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::{
    compiled::Compiled,
    disclosed::WITHHELD,
    page::{Block, Section, Value},
    readers::{Readers, Told},
    record,
    view::{View, anchor},
    words,
};
use crate::{
    model::{Assign, Condition, Criterion, Entity, OneOrMany, Record, Routing, Scalar, Stack, When, slug},
    routing::{self, Filter, Form, Logic, Router, Scorer, portable},
    text::script,
};

/// The section with the form of a routing.
pub(super) fn routing(view: &View<'_>, compiled: &Compiled<'_, Router<'_>>) -> Option<Section> {
    let Compiled { real, shown, .. } = compiled;
    let routing = shown.routing;
    if routing.rule.is_empty() {
        return None;
    }
    let (_, article) = record::noun(view, Some(routing.object.as_str()));
    let mut routings = routings(view, view.stack, shown);
    let whole = view.shows_everything() || same_conditions(&routings, &self::routings(view, &view.project.stack, real));
    let fields = shared(&mut routings, routing.id.as_str());
    let records = routing.test.iter().zip(&real.routing.test).map(|(test, real)| (test.name.as_str(), &test.record, &real.record));
    let (tests, kept) = tests(view, &compiled.asked, records, |record| real.first(&real.form.values(record)));
    let asked = routings.keys().filter_map(|id| view.stack.routings.get(id.as_str()));
    let conditions = || asked.clone().flat_map(|routing| &routing.body.rule).filter_map(|rule| rule.when.as_ref());
    let data = json!({
        "ask": routing.id.as_str(),
        "record": article,
        "fields": fields,
        "hints": hints(&shown.form, conditions()),
        "named": texts(conditions()),
        "routings": routings,
        "tests": tests,
        "kept": kept,
    });
    let command = format!("linchpin route trace {} FIELD=VALUE …", routing.id);
    Some(section(whole.then_some(&data), &article, &command))
}

/// The section with the form of a scoring.
pub(super) fn scoring(view: &View<'_>, compiled: &Compiled<'_, Scorer<'_>>) -> Option<Section> {
    let Compiled { real, shown, .. } = compiled;
    let scoring = shown.scoring;
    if scoring.criterion.is_empty() {
        return None;
    }
    let (_, article) = record::noun(view, scoring.object.as_ref().map(crate::model::Ref::as_str));
    let only = |scorer: &Scorer<'_>| -> BTreeMap<String, Json> { [(scorer.scoring.id.to_string(), criteria(scorer))].into() };
    let mut routings = only(shown);
    let whole = view.shows_everything() || same_conditions(&routings, &only(real));
    let fields = shared(&mut routings, scoring.id.as_str());
    let records = scoring.test.iter().zip(&real.scoring.test).map(|(test, real)| (test.name.as_str(), &test.record, &real.record));
    let (tests, kept) = tests(view, &compiled.asked, records, |record| real.points(&real.form.values(record)));
    let conditions = || scoring.criterion.iter().map(|criterion| &criterion.when);
    let data = json!({
        "ask": scoring.id.as_str(),
        "record": article,
        "fields": fields,
        "hints": hints(&shown.form, conditions()),
        "named": texts(conditions()),
        "routings": routings,
        "threshold": scoring.threshold,
        "to": scoring.promotes_to.as_ref().map(|stage| words::stage(view, stage.as_str())),
        "tests": tests,
        "kept": kept,
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
fn routings(view: &View<'_>, stack: &Stack, asked: &Router<'_>) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::from([(asked.routing.id.to_string(), rules(view, asked))]);
    let over = |routing: &Entity<Routing>| {
        let rules = routing.body.rule.iter();
        let over = rules.filter_map(|rule| if let Assign::HandOver(over) = &rule.assign { Some(over.routing.as_str()) } else { None });
        over.filter_map(|id| stack.routings.get(id)).collect::<Vec<_>>()
    };
    let mut waiting = over(asked.routing);
    while let Some(routing) = waiting.pop() {
        if !out.contains_key(routing.id.as_str()) {
            out.insert(routing.id.to_string(), rules(view, &Router::new(stack, routing)));
            waiting.extend(over(routing));
        }
    }
    out
}

fn rules(view: &View<'_>, router: &Router<'_>) -> Json {
    let rule = |(rule, logic): (&crate::model::RoutingRule, &Logic<'_>)| {
        let over = match &rule.assign {
            Assign::HandOver(over) => Some(("over", over.routing.as_str().into())),
            _ => None,
        };
        let (to, how) = words::taker(view, &rule.assign);
        let key = if matches!(rule.assign, Assign::Nobody(_)) { "why" } else { "how" };
        let more = [("to", to.into())].into_iter().chain(how.map(|how| (key, how.into())));
        named("rule", rule.name.as_str(), logic, more.chain(over))
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
        let condition = routing::condition(filter.source);
        let words: String = condition.iter().map(words::written).collect();
        Some(words.trim_start().to_owned())
    };
    let own = [("name", name.into()), ("id", anchor(part, &slug(name)).into()), ("when", portable::logic_with(logic, words))];
    own.into_iter().chain(more).map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// What the fields mean that some condition reads, as far as somebody has said it.
fn hints<'w>(form: &Form<'_>, conditions: impl Iterator<Item = &'w When>) -> Json {
    let read: BTreeSet<&str> = conditions.flat_map(When::clauses).flat_map(|clause| clause.keys().map(String::as_str)).collect();
    let fields = form.fields().iter().filter(|(name, _)| read.contains(name));
    fields.filter_map(|(name, field)| Some(((*name).to_owned(), Json::from(field.definition.as_deref()?)))).collect::<Map<_, _>>().into()
}

/// The texts that conditions name whole, by field, in the order of the conditions.
fn texts<'w>(conditions: impl Iterator<Item = &'w When>) -> Json {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (field, condition) in conditions.flat_map(When::clauses).flatten() {
        let values: &[Scalar] = match condition {
            Condition::Is(value) => std::slice::from_ref(value),
            Condition::AnyOf(values) => values,
            Condition::Operators(operators) => operators.not.as_ref().map(OneOrMany::as_slice).unwrap_or_default(),
        };
        for text in values.iter().filter_map(Scalar::as_text) {
            let texts = out.entry(field).or_default();
            if !texts.iter().any(|known| known.eq_ignore_ascii_case(text)) {
                texts.push(text);
            }
        }
    }
    json!(out)
}

/// Records to start from, and the names of the tests that are none. Of a test is left out what is withheld of it, or
/// something stands in its place of which conditions tell the same, as far as the same comes out.
fn tests<'t, O: PartialEq>(
    view: &View<'_>,
    readers: &Readers<'_>,
    tests: impl Iterator<Item = (&'t str, &'t Record, &'t Record)>,
    outcome: impl Fn(&Record) -> O,
) -> (Vec<Json>, Vec<&'t str>) {
    let (mut offered, mut kept) = (Vec::new(), Vec::new());
    for (name, shown, real) in tests {
        let with = |stand_in: &dyn Fn(&str, &Scalar) -> Option<Scalar>| -> Record {
            let value = |(field, value): (&String, &Scalar)| {
                let is_whole = shown.get(field) == Some(value);
                Some((field.clone(), if is_whole { value.clone() } else { stand_in(field, value)? }))
            };
            real.iter().filter_map(value).collect()
        };
        let alike = |field: &str, value: &Scalar| match readers.of(field)?.tell(value) {
            Told::Whole => None,
            Told::Any => Some(Scalar::Text(WITHHELD.to_owned())),
            Told::Like { starts, contains, ends } => {
                let is_shown = |part: &String| *view.disclosed.text(part) == **part;
                let between = if contains.is_empty() { WITHHELD.to_owned() } else { format!("{WITHHELD}{contains}{WITHHELD}") };
                [&starts, &contains, &ends].into_iter().all(is_shown).then(|| Scalar::Text(format!("{starts}{between}{ends}")))
            }
        };
        let records = [with(&|_, _| None), with(&alike)];
        match records.into_iter().find(|record| outcome(record) == outcome(real)) {
            Some(record) => offered.push(json!({ "name": name, "record": record })),
            None => kept.push(name),
        }
    }
    (offered, kept)
}
