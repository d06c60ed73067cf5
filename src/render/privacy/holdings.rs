//! What each tool holds of people, and on what ground a vendor works on it.

use super::super::{
    facts,
    page::{Answer, Block, Cell, Column, ColumnKind, Row, Section, Table, TableStyle, Value},
    view::{View, capital, counted, date_in_short},
};
use crate::{
    analysis::personal_data::Holding,
    model::{Slug, VendorRole},
};

/// So many tools are named from which data comes; the page of a tool has more.
const MOST_NAMES: usize = 2;

/// A row for each live tool that holds people.
pub(super) fn tools(view: &View<'_>) -> Section {
    let columns = vec![
        Column::new("Tool", ColumnKind::Head),
        Column::new("Holds", ColumnKind::Text),
        Column::new("Of whom", ColumnKind::Text),
        Column::new("Where", ColumnKind::Text),
        Column::new("Kept for", ColumnKind::Text),
        Column::new("Comes from", ColumnKind::Text),
    ];
    let rows: Vec<Row> = super::holding(view).map(|holding| row(view, holding)).collect();
    let count = rows.len();
    let table = Table { style: TableStyle::Blocks, sortable: true, ..Table::plain("What each tool holds of people", columns, rows) };
    let mut section = Section::new("tools", "What does each tool hold?", vec![Block::Table(table)]);
    section.note = Some(counted(count, "tool", "tools"));
    section
}

fn row(view: &View<'_>, holding: &Holding<'_>) -> Row {
    let data = holding.tool.data.as_ref();
    let slugs = |slugs: Option<&[Slug]>, example: &str| match slugs {
        Some(slugs) if !slugs.is_empty() => {
            Cell::from(slugs.iter().map(|slug| slug.as_str().replace('-', " ")).collect::<Vec<_>>().join(", ").as_str())
        }
        _ => Value::gap(example).into(),
    };
    let undeclared: Vec<&str> = holding.undeclared().map(|(what, _)| what).collect();
    let mut holds = slugs(data.map(|data| data.personal.as_slice()), "data = { personal = […] }");
    if !undeclared.is_empty() {
        holds = holds.with_sub(vec![Value::Level {
            level: super::super::page::Level::Warning,
            word: format!("carried in, not declared: {}", undeclared.join(", ")),
        }]);
    }
    let from = super::entity::others(view, holding, &holding.incoming, MOST_NAMES);
    Row::from(vec![
        Value::from(view.link(holding.tool)).into(),
        holds,
        slugs(data.map(|data| data.subjects.as_slice()), "subjects = […]"),
        slugs(data.map(|data| data.regions.as_slice()), "regions = […]"),
        data.and_then(|data| data.retention.as_ref())
            .map_or_else(|| Value::gap("retention = …").into(), |retention| Cell::from(retention.in_words().as_str())),
        from,
    ])
}

/// The tools that hold people and whose vendor works on instruction.
fn processors<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = &'v Holding<'a>> {
    super::holding(view).filter(|holding| holding.tool.data.as_ref().is_some_and(|data| data.role == Some(VendorRole::Processor)))
}

/// How many agreements with processors are documented, and how many processors there are.
pub(super) fn agreements(view: &View<'_>) -> (usize, usize) {
    let signed = processors(view).filter(|holding| holding.tool.data.as_ref().is_some_and(|data| data.dpa.is_some())).count();
    (signed, processors(view).count())
}

/// The vendors that hold people: their part, the agreement, and what allows data to lie elsewhere.
pub(super) fn vendors(view: &View<'_>) -> Option<Section> {
    let home = view.stack.privacy.as_ref().and_then(|privacy| privacy.home_region.as_ref());
    let columns = vec![
        Column::new("Vendor", ColumnKind::Head),
        Column::new("Tool", ColumnKind::Text),
        Column::new("Part", ColumnKind::Text),
        Column::new("Agreement", ColumnKind::Number),
        Column::new("Where", ColumnKind::Text),
        Column::new("Ground of transfer", ColumnKind::Text),
    ];
    let row = |holding: &Holding<'_>| {
        let data = holding.tool.data.as_ref()?;
        let vendor = holding.tool.vendor.as_deref().map(str::trim).filter(|vendor| !vendor.is_empty());
        let needs_none = home.and_then(|home| data.needs_no_ground(home));
        let is_processor = data.role == Some(VendorRole::Processor);
        let table = view.table(holding.tool);
        let word = |key: &str| {
            table
                .get("data")
                .and_then(|data| data.get(key))
                .and_then(serde_json::Value::as_str)
                .map(|word| capital(&word.replace('-', " ")))
        };
        Some(Row::from(vec![
            vendor.map_or_else(|| Value::gap("vendor = \"…\"").into(), Cell::from),
            Value::from(view.link(holding.tool)).into(),
            word("role").map_or_else(|| Value::gap("role = \"…\"").into(), |word| Cell::from(word.as_str())),
            match data.dpa {
                Some(day) => date_in_short(day).into(),
                None if is_processor => Value::Answer { answer: Answer::No, word: "not documented".to_owned() }.into(),
                None => facts::nothing(),
            },
            Cell::from(data.regions.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ").as_str()),
            match (word("transfer"), needs_none) {
                (Some(word), _) => Cell::from(word.as_str()),
                (None, Some(why)) => Value::quiet(why).into(),
                (None, None) if data.regions.is_empty() => Value::quiet("where is not documented").into(),
                (None, None) => Value::gap("transfer = \"…\"").into(),
            },
        ]))
    };
    let rows: Vec<Row> = super::holding(view).filter_map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table { style: TableStyle::Blocks, sortable: true, ..Table::plain("Vendors that hold people", columns, rows) };
    let mut section = Section::new("vendors", "Which vendors work on it?", vec![Block::Table(table)]);
    section.intro = match home {
        Some(home) => {
            vec![Value::text(format!(
                "The home region is {}; where the GDPR is in force, data elsewhere needs a ground, unless it lies inside the EEA.",
                home.as_str()
            ))]
        }
        None => vec![Value::text("Where data is at home is not documented: "), Value::gap("home-region = \"…\""), Value::text(".")],
    };
    Some(section)
}
