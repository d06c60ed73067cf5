//! Whether the stack would survive the loss of a person, as the summary tells it.

use super::{
    facts, key_people, money,
    page::{Block, Cell, Column, ColumnKind, Link, Row, Section, Table, TableStyle, Value},
    view::{View, link_list, url},
};
use crate::{
    analysis::Departure,
    model::{AnyEntity, Kind, percent},
};

/// So many people stand on the summary.
const MOST: usize = 5;

/// The people whose departure costs the most, and what nobody can run; nothing where nobody is named or nothing is important.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let reliances = view.analysis.reliances();
    if view.stack.people.is_empty() || reliances.count == 0 {
        return None;
    }
    let text = key_people::lead(view);
    let felt = view.analysis.losses().iter().filter(|departure| !departure.is_nothing()).take(MOST);
    let mut shown: Vec<&Departure<'_>> = felt.collect();
    // Whoever answers for marketing operations is asked about first, also where nothing would be left without them.
    let is_theirs = |departure: &&Departure<'_>| {
        let owner = view.stack.charter.as_ref().and_then(|charter| charter.owner.as_ref());
        owner.is_some_and(|owner| departure.gone.people.first() == Some(&owner.as_str()))
    };
    if !shown.iter().any(is_theirs) {
        shown.extend(view.analysis.losses().iter().find(is_theirs));
    }
    let mut rows: Vec<Row> = shown.into_iter().map(|departure| row(view, departure)).collect();
    rows.extend(nobody(view));
    let mut blocks = vec![Block::Text { text }];
    if !rows.is_empty() {
        let columns = vec![
            Column::new("Without", ColumnKind::Head),
            Column::new("Only they can run", ColumnKind::Number),
            Column::new("Important weight", ColumnKind::Number),
            Column::new("Stops on the first day", ColumnKind::Text),
            Column::new("Rebuilding", ColumnKind::Number),
            Column::new("Pipeline exposed", ColumnKind::Number),
        ];
        let mut table = Table::plain("What is left without the people who would be missed most", columns, rows);
        table.style = TableStyle::Blocks;
        blocks.push(Block::Table(table));
    }
    let assumptions = Link::site("stated assumptions", format!("{}#assumptions", key_people::URL));
    let all = Link::site("Who can run what, and the cheapest way out", key_people::URL);
    let ranges =
        [Value::text("Counted is what is important. Ranges rest on "), assumptions.into(), Value::text(". "), all.into(), Value::text(".")];
    blocks.push(Block::Remark { text: ranges.to_vec() });
    Some(Section::new("loss", "If somebody left tomorrow", blocks))
}

fn row(view: &View<'_>, departure: &Departure<'_>) -> Row {
    let id = departure.gone.people.first().copied().unwrap_or_default();
    let reliances = view.analysis.reliances();
    let reliance = reliances.people.iter().find(|of| of.person.id.as_str() == id);
    let person = view.stack.people.get(id);
    let name = person.map_or(id, |person| person.about.name.as_str());
    let role: Vec<Value> = person.and_then(|person| person.title.as_ref()).map(Value::text).into_iter().collect();
    let stops = departure.stops.iter().map(|stop| view.link(stop.flow).into()).collect();
    let stops = if departure.stops.is_empty() { Value::quiet("nothing").into() } else { Cell::words(link_list(stops, 2)) };
    let alone = Cell::from(format!("{} of {}", reliance.map_or(0, |of| of.entities.len()), reliances.count).as_str());
    let weight = reliance.map_or_else(facts::nothing, |of| Cell::from(percent(reliances.share(of)).as_str()));
    Row::from(vec![
        Cell::from(Value::from(Link::site(name, format!("{}#without", url(Kind::Person, id))))).with_sub(role),
        alone,
        weight,
        stops,
        money::amounts(view, departure.bill.rebuild.low, departure.bill.rebuild.high),
        money::amounts(view, departure.bill.pipeline.low, departure.bill.pipeline.high),
    ])
}

/// What nobody can run already.
fn nobody(view: &View<'_>) -> Option<Row> {
    let exposure = view.analysis.exposure();
    let lost: Vec<&dyn AnyEntity> = exposure.entities.iter().filter(|of| of.runners == 0).map(|of| of.entity).collect();
    let weights = &view.stack.company.risk.criticality_weight;
    let (all, count) = (view.analysis.reliances().weight, view.analysis.reliances().count);
    let weight: f64 = lost.iter().map(|entity| weights.of(entity.criticality())).sum();
    let links = link_list(lost.iter().map(|entity| view.link(*entity).into()).collect(), 2);
    (!lost.is_empty()).then(|| {
        Row::from(vec![
            Cell::from("Nobody, today").with_sub(links),
            Cell::from(format!("{} of {count}", lost.len()).as_str()),
            if all > 0.0 { Cell::from(percent(weight / all).as_str()) } else { facts::nothing() },
            Value::quiet("nothing, it runs on").into(),
            facts::nothing(),
            facts::nothing(),
        ])
    })
}
