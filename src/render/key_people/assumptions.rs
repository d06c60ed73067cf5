//! What every price and every hour on the page is made from: each assumption with its value, and its line in the stack or
//! the key that sets it.

use super::super::{
    money,
    page::{Block, Cell, Column, ColumnKind, Row, RowGroup, Section, Table, TableStyle, Value},
    view::View,
};
use crate::model::{Criticality, HoursToPrepare, Kind, Precaution, Range, trimmed};

/// The kinds that somebody runs, which departures are about.
const KINDS: [Kind; 6] = [Kind::Tool, Kind::Integration, Kind::Flow, Kind::Routing, Kind::Scoring, Kind::Automation];

pub(super) fn section(view: &View<'_>) -> Section {
    let risk = &view.stack.company.risk;
    let rate = risk.hourly_rate();
    let weeks = |range: Range| format!("{}–{} weeks", trimmed(range.low.0), trimmed(range.high.0));
    let of = |what: &str, value: String, is_set: bool, key: &str| {
        Row::from(vec![Cell::from(what), Cell::from(value.as_str()), Cell::prose(from(view, is_set, key))])
    };
    let hours = |hours: f64| format!("{} hours", trimmed(hours));
    let prices = vec![
        of("An hour of rebuilding", money::range(view, rate.low.0, rate.high.0), risk.hourly_rate.is_some(), "hourly-rate"),
        of("To hire and train a successor", weeks(risk.weeks_to_replace()), risk.weeks_to_replace.is_some(), "weeks-to-replace"),
        of(
            "To replace a tool or an integration that goes",
            weeks(risk.weeks_to_replace_tool()),
            risk.weeks_to_replace_tool.is_some(),
            "weeks-to-replace-tool",
        ),
    ];
    let rebuilding = KINDS.map(|kind| {
        let (name, value) = (kind.name(), hours(risk.hours_to_rebuild.of(kind).unwrap_or_default()));
        of(&super::super::view::capital(name), value, !risk.hours_to_rebuild.is_default(kind), &format!("hours-to-rebuild/{name}"))
    });
    let work = HoursToPrepare::ALL.map(|precaution| {
        let (what, key) = (in_words(precaution), precaution.key());
        let is_set = risk.hours_to_prepare.set(precaution).is_some();
        of(what, hours(risk.hours_to_prepare.of(precaution)), is_set, &format!("hours-to-prepare/{key}"))
    });
    let weight = &risk.criticality_weight;
    let weights = [(Criticality::Critical, weight.critical), (Criticality::High, weight.high)].map(|(criticality, set)| {
        let name = criticality.word();
        of(&super::super::view::capital(name), trimmed(weight.of(Some(criticality))), set.is_some(), &format!("criticality-weight/{name}"))
    });
    let group = |id: &str, title: &str, rows: Vec<Row>| RowGroup {
        id: Some(format!("assumed-{id}")),
        title: Some(title.to_owned()),
        ..RowGroup::from(rows)
    };
    let groups = vec![
        group("prices", "Prices", prices),
        group("rebuilding", "Hours to understand and rebuild one, of medium criticality", rebuilding.to_vec()),
        group("work", "Hours of work against it", work.to_vec()),
        group("weights", "Weights in the bus factor", weights.to_vec()),
    ];
    let columns =
        vec![Column::new("Assumption", ColumnKind::Head), Column::new("Value", ColumnKind::Number), Column::new("From", ColumnKind::Text)];
    let table = Table { style: TableStyle::Fit, groups, ..Table::plain("What every price is made from", columns, vec![]) };
    let mut section = Section::new("assumptions", "What every price is made from", vec![Block::Table(table)]);
    section.intro = vec![Value::text(
        "Hours are doubled for what is critical, half as much again for what is high, and halved for what is low. The low sum counts what is unmaintained, the high one also what a runbook describes. Exposed is not lost: it is what passes through a flow that stops, for as long as nobody can mend it.",
    )];
    section
}

/// Where a value stands, or how to set it.
fn from(view: &View<'_>, is_set: bool, key: &str) -> Vec<Value> {
    if !is_set {
        return vec![Value::quiet("the default; set "), Value::code(format!("stack.risk.{}", key.replace('/', ".")))];
    }
    vec![Value::Source(view.source_of_company(&format!("risk/{key}")))]
}

fn in_words(precaution: Precaution) -> &'static str {
    match precaution {
        Precaution::Backup => "To show a backup how",
        Precaution::Runbook => "To write a runbook",
        Precaution::Review => "To bring a runbook up to date",
        Precaution::Exercise => "To follow a runbook once",
        Precaution::Credential => "To move what runs as a person",
        Precaution::Retirement => "To retire a tool, beside the rebuilding of its integrations elsewhere",
    }
}
