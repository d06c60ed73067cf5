//! Records on the pages of routings and scorings: the fields that are read, how tests come out, what records are called.

use super::{
    example::written,
    facts,
    page::{Block, Cell, Column, ColumnKind, Prose, Row, Section, Table, TableStyle, Value},
    readers::{Reader, Readers},
    view::{View, anchor},
    words,
};
use crate::model::{self, AnyEntity, Field, FieldType, Kind, slug};

impl Readers<'_> {
    /// The fields, each with who reads it; `part` is what the rows of those are called. Those of an object that nothing
    /// reads are only named: its own page has the rest.
    pub(super) fn section(&self, view: &View<'_>, object: Option<&str>, (part, names): (&str, &[&str])) -> Option<Section> {
        if self.fields.is_empty() {
            return None;
        }
        let is_shown = |reader: &&Reader<'_>| object.is_none() || !reader.by.is_empty();
        let columns = vec![
            Column::new("Field", ColumnKind::Head),
            Column::new("Values", ColumnKind::Text),
            Column::new("May be empty", ColumnKind::Text),
            Column::new("Filled by", ColumnKind::Text),
            Column::new("Read by", ColumnKind::Text),
        ];
        let row = |Reader { name, field, by, .. }: &Reader<'_>| {
            let spoken = words::field(name);
            let mut head = Cell::from(spoken.as_str());
            if spoken != *name {
                head.sub.extend([Value::code(*name), Value::Break]);
            }
            head.sub.extend(field.definition.iter().map(Value::text));
            if matches!(head.sub.last(), Some(Value::Break)) {
                head.sub.pop();
            }
            let number = |number: &usize| {
                let name = names.get(*number).copied().unwrap_or_default();
                let text = if part == "rule" { (number + 1).to_string() } else { name.to_owned() };
                super::page::Link::here(text, &anchor(part, &slug(name))).into()
            };
            let read: Vec<Value> = by.iter().map(number).collect();
            Row::from(vec![
                head,
                values(field),
                Cell::from(if field.required { "no" } else { "yes" }),
                filled(view, field),
                if read.is_empty() { Value::quiet("none").into() } else { Cell::list(read) },
            ])
        };
        let rows = self.fields.iter().filter(is_shown).map(row).collect();
        let table = Table { style: TableStyle::Blocks, ..Table::plain("Fields of a record", columns, rows) };
        let mut section = Section::new("fields", "Fields", vec![Block::Table(table)]);
        if let Some(object) = object {
            section.intro = vec![Value::text("Those of "), view.link_id(Kind::Object, object), Value::text(" that are read.")];
            let others: Vec<Value> =
                self.fields.iter().filter(|field| !is_shown(field)).map(|reader| Value::text(words::field(reader.name))).collect();
            if !others.is_empty() {
                let text = separated("Not read: ", others);
                section.blocks.push(Block::Remark { text });
            }
        }
        Some(section)
    }
}

/// The type of a field, with what bounds its values.
pub(super) fn values(field: &Field) -> Cell {
    let kind = match field.r#type {
        FieldType::Text => "text",
        FieldType::Integer => "whole number",
        FieldType::Number => "number",
        FieldType::Boolean => "true or false",
    };
    let number = model::exact;
    let bounds = match (field.min, field.max) {
        (Some(min), Some(max)) => format!(", {} to {}", number(min), number(max)),
        (Some(min), None) => format!(", at least {}", number(min)),
        (None, Some(max)) => format!(", at most {}", number(max)),
        (None, None) => String::new(),
    };
    let mut out = Cell::from(format!("{kind}{bounds}").as_str());
    if let Some(values) = &field.values {
        let listed: Vec<String> = values.iter().map(written).collect();
        out = out.with_sub(vec![Value::text(if listed.is_empty() { "an empty list".to_owned() } else { listed.join(", ") })]);
    }
    if field.personal == Some(true) {
        out.sub.extend([Value::Break, Value::text("personal data")].into_iter().skip(usize::from(out.sub.is_empty())));
    }
    out
}

/// The tools that fill a field, and the one whose value wins.
pub(super) fn filled(view: &View<'_>, field: &Field) -> Cell {
    let tool = |tool: &model::Ref<model::Tool>| view.link_id(Kind::Tool, tool.as_str());
    let by: Vec<Value> = field.filled_by.iter().map(tool).collect();
    let wins = field.master.as_ref().map(|master| vec![tool(master), Value::text(" wins")]);
    match (by.is_empty(), wins) {
        (true, None) => facts::nothing(),
        (true, Some(wins)) => Cell::prose(wins),
        (false, wins) => Cell::list(by).with_sub(wins.unwrap_or_default()),
    }
}

/// Values with commas between them, after some words.
fn separated(words: &str, values: Vec<Value>) -> Prose {
    let mut out = vec![Value::text(words)];
    for (index, value) in values.into_iter().enumerate() {
        out.extend((index > 0).then(|| Value::text(", ")));
        out.push(value);
    }
    out
}

/// What a record is called: `lead`, with its article `a lead`.
pub(super) fn noun(view: &View<'_>, object: Option<&str>) -> (String, String) {
    let Some(id) = object else { return ("record".to_owned(), "a record".to_owned()) };
    let name = view.stack.get(Kind::Object, id).map_or_else(|| id.replace('-', " "), |object| view.stack.name(object).to_lowercase());
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    (name.clone(), format!("{article} {name}"))
}

/// That the day under a label among the facts is too long ago, where that is found.
pub(super) fn marked(view: &View<'_>, entity: &dyn AnyEntity, facts: &mut [super::page::Fact]) {
    let (label, rule) = match entity.kind() {
        Kind::Routing => ("Audited", "stale-routing"),
        Kind::Scoring => ("Calibrated", "stale-scoring"),
        _ => return,
    };
    let Some(fact) = facts.iter_mut().find(|fact| fact.label == label && !fact.cell.sub.is_empty()) else { return };
    let address = entity.address();
    let found = view.findings_of(&address).iter().find(|finding| finding.rule.name == rule && finding.subject == address.as_str());
    if let Some(finding) = found {
        fact.cell.sub.extend([Value::text(" "), Value::Level { level: super::view::mark(finding.level), word: "stale".to_owned() }]);
    }
}

/// That something could not be decided, and why.
pub(super) fn undecided(why: &str) -> Prose {
    vec![Value::text("Not all of it could be decided: ")].into_iter().chain(Value::prose(why)).chain([Value::text(".")]).collect()
}

/// How many tests pass, for the head of their section.
pub(super) fn tally(results: &[bool]) -> String {
    let failed = results.iter().filter(|passes| !**passes).count();
    let passed = results.len() - failed;
    let of = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    match (passed, failed) {
        (passed, 0) => of(passed, "passes", "pass"),
        (0, failed) => of(failed, "fails", "fail"),
        (passed, failed) => format!("{}, {}", of(passed, "passes", "pass"), of(failed, "fails", "fail")),
    }
}

/// How many tests pass, as a sentence.
pub(super) fn verdict(results: &[bool]) -> String {
    let failed = results.iter().filter(|passes| !**passes).count();
    match (results.len(), failed) {
        (0, _) => "No test says what must come out.".to_owned(),
        (1, 0) => "Its test passes.".to_owned(),
        (all, 0) => format!("All {all} tests pass."),
        (1, _) => "Its test fails.".to_owned(),
        (all, failed) => format!("{failed} of {all} tests {}.", if failed == 1 { "fails" } else { "fail" }),
    }
}
