//! What metrics were over time and are now, beside their targets.

use super::{
    facts,
    page::{Answer, Block, Cell, Column, ColumnKind, Row, Section, Table, TableStyle, Value},
    picture,
    view::{View, counted, date, date_in_short},
};
use crate::{
    diagram::{
        Caption,
        series::{Point, Series},
    },
    model::{Date, Entity, Kind, Measurement, Metric, Ref, Report, thousands},
};

/// The measurements as a chart and as a table; nothing where neither a target nor a measurement is documented.
pub(super) fn section(view: &View<'_>, metric: &Entity<Metric>) -> Option<Section> {
    if metric.measurements.is_empty() && metric.target.is_none() {
        return None;
    }
    let is_shown = are_shown(view, metric);
    let mut sorted: Vec<&Measurement> = metric.measurements.iter().collect();
    sorted.sort_by_key(|one| one.on);
    let mut blocks: Vec<Block> = Vec::new();
    if is_shown {
        blocks.extend(chart(metric, &sorted).map(Block::Diagram));
    }
    let has_target = metric.target.is_some();
    let mut columns = vec![Column::new("On", ColumnKind::Head), Column::new("Value", ColumnKind::Number)];
    columns.extend(has_target.then(|| Column::new("Target", ColumnKind::Text)));
    let row = |one: &&Measurement| {
        let shown = if is_shown { metric.quantity(one.value) } else { super::disclosed::WITHHELD.to_owned() };
        let mut cells: Vec<Cell> = vec![date(one.on).into(), Cell::from(shown.as_str())];
        cells.extend(has_target.then(|| if is_shown { standing(metric, one.value) } else { Cell::from("") }));
        Row::from(cells)
    };
    if !sorted.is_empty() {
        let rows = sorted.iter().rev().map(row).collect();
        blocks.push(Block::Table(Table { style: TableStyle::Blocks, ..Table::plain("What was measured", columns, rows) }));
    }
    let mut section = Section::new("s-measurements", "Measurements", blocks);
    section.intro = intro(view, metric, is_shown);
    Some(section)
}

/// Whether the values may be shown: those in money may be withheld, and are no numbers any longer.
pub(super) fn are_shown(view: &View<'_>, metric: &Entity<Metric>) -> bool {
    let json = view.table(metric);
    let mut values = json.get("measurements").and_then(serde_json::Value::as_array).into_iter().flatten();
    values.all(|one| one.get("value").is_some_and(serde_json::Value::is_number))
}

fn standing(metric: &Metric, value: f64) -> Cell {
    match &metric.target {
        Some(target) if target.holds(value) => Value::Answer { answer: Answer::Yes, word: "on target".to_owned() }.into(),
        _ => Value::Answer { answer: Answer::No, word: "off target".to_owned() }.into(),
    }
}

/// The metrics of a report, each with its newest value beside its target.
pub(super) fn read_together(view: &View<'_>, report: &Entity<Report>) -> Section {
    let id = "s-metrics";
    if report.metrics.is_empty() {
        let gap = Value::Gap { text: "What it shows is not documented".to_owned(), example: Some("metrics = […]".to_owned()) };
        return Section::new(id, "What it shows", vec![Block::Text { text: vec![gap] }]);
    }
    let columns = vec![
        Column::new("Metric", ColumnKind::Head),
        Column::new("Last value", ColumnKind::Number),
        Column::new("Measured", ColumnKind::Number),
        Column::new("Target", ColumnKind::Text),
    ];
    let row = |reference: &Ref<Metric>| {
        let head = Cell::from(view.link_id(Kind::Metric, reference.as_str()));
        let Some(metric) = view.stack.metrics.get(reference.as_str()) else {
            return Row::from(vec![head, facts::nothing(), facts::nothing(), facts::nothing()]);
        };
        let is_shown = are_shown(view, metric);
        let newest = metric.newest(view.project.today).map(|(_, one)| one);
        let value = |one: &Measurement| if is_shown { metric.quantity(one.value) } else { super::disclosed::WITHHELD.to_owned() };
        let target = match (&metric.target, newest) {
            (None, _) => Value::gap("target = { max = … }").into(),
            (Some(_), _) if !is_shown => Cell::from(super::disclosed::WITHHELD),
            (Some(_), Some(one)) => standing(metric, one.value).with_sub(vec![Value::text(metric.target_in_words())]),
            (Some(_), None) => Cell::from(metric.target_in_words().as_str()),
        };
        Row::from(vec![
            head,
            newest.map_or_else(|| Value::gap("measurements = […]").into(), |one| Cell::from(value(one).as_str())),
            newest.map_or_else(facts::nothing, |one| date_in_short(one.on).into()),
            target,
        ])
    };
    let rows = report.metrics.iter().map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("What it shows", columns, rows) };
    let mut section = Section::new(id, "What it shows", vec![Block::Table(table)]);
    section.note = Some(counted(report.metrics.len(), "metric", "metrics"));
    section
}

/// The target, and how the newest value stands to it.
fn intro(view: &View<'_>, metric: &Entity<Metric>, is_shown: bool) -> Vec<Value> {
    let target = match (&metric.target, is_shown) {
        (None, _) => vec![Value::text("Target "), Value::gap("target = { max = … }"), Value::text(".")],
        (Some(_), false) => vec![Value::text("The target is withheld.")],
        (Some(_), true) => {
            let source = view.source_of(metric, Some("target"));
            vec![Value::text(format!("Target: {} (", metric.target_in_words())), Value::Source(source), Value::text(").")]
        }
    };
    let newest = match metric.newest(view.project.today) {
        None => vec![Value::text(" Nothing was measured yet: "), Value::gap("measurements = [{ on = …, value = … }]"), Value::text(".")],
        Some((_, one)) if is_shown => {
            vec![Value::text(format!(" Last measured on {}: {}.", one.on.in_words(), metric.quantity(one.value)))]
        }
        Some((_, one)) => vec![Value::text(format!(" Last measured on {}.", one.on.in_words()))],
    };
    [target, newest].concat()
}

fn chart(metric: &Entity<Metric>, sorted: &[&Measurement]) -> Option<super::page::Diagram> {
    let first = sorted.first()?.on;
    let target = metric.target.as_ref();
    let point = |one: &&Measurement| Point {
        day: one.on.days_since(first),
        on: Date::in_short(one.on),
        value: one.value,
        label: metric.quantity(one.value),
        is_off: target.is_some_and(|target| !target.holds(one.value)),
    };
    let series = Series {
        points: sorted.iter().map(point).collect(),
        least: target.and_then(|target| target.min),
        most: target.and_then(|target| target.max),
    };
    let is_percent = metric.unit_of_measure.as_deref().map(str::trim) == Some("%");
    let scale = |mark: f64| format!("{}{}", thousands(mark), if is_percent { "%" } else { "" });
    let name = metric.about.name.as_str();
    let description = if target.is_some() {
        "Each measurement in the order of its day; the ground between the dashed lines is on target. The table below says the same."
    } else {
        "Each measurement in the order of its day. The table below says the same."
    };
    let caption = Caption { prefix: "measurements", title: name, description };
    let mut diagram = picture::series(&series, &scale, &caption, &format!("{} over time", metric.id))?;
    if series.points.iter().any(|point| point.is_off) {
        diagram.caption = vec![Value::text("A hollow diamond lies outside the target.")];
    }
    Some(diagram)
}
