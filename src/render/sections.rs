//! Parts that pages of several kinds share: findings, links from others, nested tables.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    facts,
    page::{Backlinks, Block, Cell, Column, ColumnKind, Fact, Finding, FindingGroup, FindingTable, Link, Row, Section, Table, Value},
    view::{View, anchor, capital, counted, label, mark, plural},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnyEntity, Kind, Shape, ShapeField, slug},
};

/// A finding as pages show it.
pub(super) fn finding(view: &View<'_>, finding: &Diagnostic, with_subject: bool) -> Finding {
    let mut help = finding.notes.iter().flat_map(|note| view.sentence(note).into_iter().chain([Value::text(" ")])).collect::<Vec<_>>();
    help.extend(finding.help.iter().flat_map(|help| view.sentence(help)));
    let subject = match view.link_address(&finding.subject) {
        Value::Link(link) => Some(Link { text: finding.subject.clone(), ..link }),
        _ => None,
    };
    Finding {
        id: format!("finding-{}", finding.id()),
        family: finding.rule.family.word().to_owned(),
        owner: super::findings::answerable(view, finding).token(),
        level: mark(finding.level),
        rule: Link::site(finding.rule.name, format!("rules/{}.html", finding.rule.name)),
        message: view.sentence(&finding.message),
        help,
        subject: subject.filter(|_| with_subject),
        source: Some(view.source(finding.span, None)),
        price: None,
        repeat: false,
        repeat_help: false,
    }
}

/// A group of findings, sorted by level and rule, in which a repeated rule is said once.
pub(super) fn group(view: &View<'_>, found: &[&Diagnostic], with_subject: bool, head: Option<(String, String)>) -> FindingGroup {
    let mut sorted: Vec<&&Diagnostic> = found.iter().collect();
    sorted.sort_by_key(|finding| (finding.level, finding.rule.name));
    let mut findings: Vec<Finding> = sorted.into_iter().map(|one| finding(view, one, with_subject)).collect();
    for index in 1..findings.len() {
        if let Some([before, this]) = findings.get_mut(index - 1..=index) {
            this.repeat = before.rule == this.rule && before.level == this.level;
            this.repeat_help = this.repeat && before.help == this.help;
        }
    }
    let (id, title) = head.unzip();
    FindingGroup { id, title, findings, of: None }
}

/// The findings that concern an entity.
pub(super) fn findings(view: &View<'_>, entity: &dyn AnyEntity) -> Option<Section> {
    let found = view.findings_of(&entity.address());
    if found.is_empty() {
        return None;
    }
    let table = FindingTable {
        label: format!("Findings on {}", view.stack.name(entity)),
        subjects: found.iter().any(|finding| finding.subject != entity.address().as_str()),
        rules: true,
        filter: None,
        filters: vec![],
        groups: vec![group(view, found, true, None)],
    };
    let all = view.project.report.findings.len();
    let mut section = Section::new("findings", "Findings", vec![Block::Findings(table)]);
    section.note = Some(format!("{}, of {all} in the stack", found.len()));
    Some(section)
}

/// Links from the entities that mention this one, except under keys that the page shows already.
pub(super) fn backlinks(view: &View<'_>, entity: &dyn AnyEntity, shown: &[(Kind, &str)]) -> Option<Section> {
    let mut groups: BTreeMap<(Kind, String), Vec<Link>> = BTreeMap::new();
    for reference in view.analysis.references().to(&entity.address()) {
        let Some(from) = view.stack.at(&reference.from) else { continue };
        if shown.iter().any(|(kind, field)| *kind == from.kind() && *field == reference.field) {
            continue;
        }
        let links = groups.entry((from.kind(), reference.field.clone())).or_default();
        let link = view.link(from);
        // References come sorted, so that several of one entity follow each other.
        if links.last() != Some(&link) {
            links.push(link);
        }
    }
    if groups.is_empty() {
        return None;
    }
    let count: usize = groups.values().map(Vec::len).sum();
    let groups = groups
        .into_iter()
        .map(|((kind, field), links)| Backlinks {
            kind: plural(kind),
            field: label(field.rsplit('.').next().unwrap_or(&field)).to_lowercase(),
            links,
        })
        .collect();
    let blocks = vec![Block::Backlinks { label: "Mentions of it in the rest of the stack".to_owned(), groups }];
    let mut section = Section::new("mentions", "Mentioned by", blocks);
    section.note = Some(counted(count, "mention", "mentions"));
    Some(section)
}

/// A section for each nested table and list of tables that is not shown elsewhere.
pub(super) fn nested(view: &View<'_>, entity: &dyn AnyEntity, json: &Json, shown_elsewhere: &[&str]) -> Vec<Section> {
    let fields = Shape::of(entity.kind()).fields().iter();
    let fields = fields.filter(|field| facts::is_section(&field.shape) && !shown_elsewhere.contains(&field.name.as_str()));
    fields.filter_map(|field| section(view, entity, field, json.get(&field.name)?)).collect()
}

/// The section of one nested value.
pub(super) fn section(view: &View<'_>, entity: &dyn AnyEntity, field: &ShapeField, json: &Json) -> Option<Section> {
    let title = capital(&label(&field.name));
    let block = match (&field.shape, json) {
        (Shape::Table(fields), json) => Block::Facts { facts: nested_facts(view, entity, &field.name, fields, json) },
        (Shape::List(item), Json::Array(rows)) => match &**item {
            Shape::Table(fields) => Block::Table(facts::table(view, &title, fields, rows, |_, row| part_anchor(&field.name, row))),
            _ => return None,
        },
        (Shape::Map { value, .. }, Json::Object(table)) => Block::Table(map(view, &title, value, table)),
        _ => return None,
    };
    let mut section = Section::new(format!("s-{}", field.name), title, vec![block]);
    section.intro = vec![Value::text(&field.doc)];
    Some(section)
}

fn nested_facts(view: &View<'_>, entity: &dyn AnyEntity, key: &str, fields: &[ShapeField], json: &Json) -> Vec<Fact> {
    let fact = |field: &ShapeField| {
        let value = json.get(&field.name)?;
        let source = view.source_of(entity, Some(&format!("{key}/{}", field.name)));
        Some(Fact { label: label(&field.name), help: None, cell: facts::cell(view, &field.shape, value), source: Some(source) })
    };
    fields.iter().filter_map(fact).collect()
}

/// The id by which other pages link to a part of an entity.
pub(super) fn part_anchor(list: &str, row: &Json) -> Option<String> {
    let text = |key: &str| row.get(key).and_then(Json::as_str);
    match list {
        "stage" => text("id").map(|id| anchor("stage", id)),
        "rule" | "test" | "criterion" => text("name").map(|name| anchor(list, &slug(name))),
        _ => None,
    }
}

/// A table with free keys, such as the fields of an object.
fn map(view: &View<'_>, title: &str, shape: &Shape, table: &serde_json::Map<String, Json>) -> Table {
    let fields = shape.fields();
    let used: Vec<&ShapeField> = fields.iter().filter(|field| table.values().any(|row| row.get(&field.name).is_some())).collect();
    let mut columns = vec![Column::new("Name", ColumnKind::Head)];
    if fields.is_empty() {
        columns.push(Column::new("Values", facts::column(shape)));
    }
    columns.extend(used.iter().map(|field| Column::new(label(&field.name), facts::column(&field.shape))));
    let row = |(name, json): (&String, &Json)| {
        let mut cells: Vec<Cell> = vec![Value::code(name).into()];
        if fields.is_empty() {
            cells.push(facts::cell(view, shape, json));
        }
        cells.extend(
            used.iter().map(|field| json.get(&field.name).map_or_else(facts::nothing, |json| facts::cell(view, &field.shape, json))),
        );
        Row::from(cells)
    };
    Table::plain(title, columns, table.iter().map(row).collect())
}
