//! What happens to the contracts when the company is sold.

use super::super::{
    facts, money,
    page::{Answer, Block, Cell, Column, ColumnKind, Row, Section, Table, TableStyle, Value},
    view::{View, link_list},
};
use crate::model::{ChangeOfControl, Kind};

/// So many contracts are named at most.
const MOST_NAMES: usize = 30;

/// What a clause means, with its mark.
const CLAUSES: [(Option<ChangeOfControl>, Answer, &str); 5] = [
    (Some(ChangeOfControl::Terminates), Answer::No, "End with the sale"),
    (Some(ChangeOfControl::Consent), Answer::Partly, "Need the vendor’s consent"),
    (Some(ChangeOfControl::Assignable), Answer::Yes, "Go over to the buyer"),
    (Some(ChangeOfControl::Unknown), Answer::Unknown, "Nobody has looked"),
    (None, Answer::Unknown, "Not documented"),
];

pub(super) fn section(view: &View<'_>) -> Section {
    let spend = view.analysis.spend();
    let columns = vec![
        Column::new("On a sale", ColumnKind::Head),
        Column::new("Contracts", ColumnKind::Number),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Which", ColumnKind::Text),
    ];
    let row = |(clause, answer, words): (Option<ChangeOfControl>, Answer, &str)| {
        let all: Vec<&str> =
            view.stack.contracts.values().filter(|contract| contract.change_of_control == clause).map(|of| of.id.as_str()).collect();
        let known: Vec<f64> = all.iter().filter_map(|id| spend.of(id)?.cost.known()).collect();
        let names = link_list(all.iter().map(|id| view.link_id(Kind::Contract, id)).collect(), MOST_NAMES);
        let head = Cell::from(Value::Answer { answer, word: words.to_owned() });
        let head = if clause.is_none() { head.with_sub(vec![Value::code("change-of-control = \"…\"")]) } else { head };
        let row = Row::from(vec![
            head,
            Cell::from(Value::text(all.len().to_string())),
            if known.is_empty() { facts::nothing() } else { money::cell(view, known.iter().sum()) },
            Cell::prose(names),
        ]);
        (!all.is_empty()).then_some(row)
    };
    let rows = CLAUSES.into_iter().filter_map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Contracts by what a sale does to them", columns, rows) };
    let mut section = Section::new("control", "What happens on a change of control?", vec![Block::Table(table)]);
    section.intro = vec![Value::text("When the company is sold, a contract goes over to the buyer, needs the vendor’s consent, or ends.")];
    section
}
