//! What is left without each person: a line for everybody, and a table for each whose departure leaves something behind.

use super::{
    super::{
        facts, money,
        page::{Block, Cell, Column, ColumnKind, Link, Row, RowGroup, Section, Table, TableStyle, Value},
        view::{View, counted, link_list, url},
        words::name,
    },
    covered, links, person,
};
use crate::{
    analysis::{Departure, Paused, departure::Because, is_fresh},
    model::{AnyEntity, Kind, Range, trimmed},
    text::list::list,
};

/// So many people have a table here; the others have it on their own pages.
const MOST: usize = 12;
/// So many rules of routings are named.
const MOST_RULES: usize = 4;

/// The answer in a sentence.
pub(super) fn standfirst(view: &View<'_>, departure: &Departure<'_>) -> Vec<Value> {
    let id = departure.gone.people.first().copied().unwrap_or_default();
    let left = match (departure.unmaintained.len(), departure.recoverable.len()) {
        (0, 0) => String::new(),
        (left, 0) => format!("leave {} with nobody who can run {}", things(left), if left == 1 { "it" } else { "them" }),
        (0, fresh) => format!("leave {} to a runbook", things(fresh)),
        (left, fresh) => {
            format!("leave {} with nobody who can run {}, and {fresh} to a runbook", things(left), if left == 1 { "it" } else { "them" })
        }
    };
    let stops = departure.stops.len();
    let stops = if stops == 0 { String::new() } else { format!("stop {} on the first day", counted(stops, "flow", "flows")) };
    let said: Vec<&str> = [stops.as_str(), left.as_str()].into_iter().filter(|said| !said.is_empty()).collect();
    let said = if said.is_empty() { "stop something on the first day".to_owned() } else { said.join(" and ") };
    let below = |text: String| Value::from(Link::site(text, format!("{}#without-{id}", super::URL)));
    let mut text = vec![Value::text("The departure of "), person(view, id), Value::text(" would "), below(said), Value::text(".")];
    if departure.bill.pipeline.high > 0.0 {
        let exposed = money::range(view, departure.bill.pipeline.low, departure.bill.pipeline.high);
        text.extend([Value::text(" It would expose "), below(format!("{exposed} of pipeline")), Value::text(".")]);
    }
    text
}

fn things(count: usize) -> String {
    counted(count, "thing", "things")
}

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let all = view.analysis.losses();
    if all.is_empty() {
        return Vec::new();
    }
    let felt: Vec<&Departure<'_>> = all.iter().filter(|departure| !departure.is_nothing()).take(MOST).collect();
    let mut sections = vec![overview(view, all, &felt)];
    if !felt.is_empty() {
        let group = |departure: &&Departure<'_>| {
            let id = departure.gone.people.first().copied().unwrap_or_default();
            let title = Some(format!("Without {}", name(view, Kind::Person, id)));
            let covered = [covered::lines(view, departure), vec![]];
            RowGroup { id: Some(format!("without-{id}")), title, ..RowGroup::from(rows(view, departure, covered)) }
        };
        let groups = felt.iter().map(group).collect();
        let table = Table { groups, ..table("What happens, person by person", vec![]) };
        sections.push(Section::new("by-person", "Person by person", vec![Block::Table(table)]));
    }
    sections
}

/// A line for each person.
fn overview(view: &View<'_>, all: &[Departure<'_>], felt: &[&Departure<'_>]) -> Section {
    let number = |count: usize| if count == 0 { facts::nothing() } else { Cell::from(count.to_string().as_str()) };
    let detailed: Vec<&str> = felt.iter().filter_map(|departure| departure.gone.people.first().copied()).collect();
    let row = |departure: &Departure<'_>| {
        let id = departure.gone.people.first().copied().unwrap_or_default();
        let name = name(view, Kind::Person, id);
        let link = if detailed.contains(&id) {
            Link::here(name, &format!("without-{id}"))
        } else if departure.is_nothing() && departure.covered.is_empty() {
            Link::site(name, url(Kind::Person, id))
        } else {
            Link::site(name, format!("{}#without", url(Kind::Person, id)))
        };
        let bill = &departure.bill;
        Row::from(vec![
            Value::from(link).into(),
            number(departure.stops.len()),
            number(departure.unmaintained.len()),
            number(departure.recoverable.len()),
            number(departure.covered.len()),
            money::amounts(view, bill.rebuild.low, bill.rebuild.high),
            money::amounts(view, bill.pipeline.low, bill.pipeline.high),
        ])
    };
    let columns = vec![
        Column::new("Without", ColumnKind::Head),
        Column::new("Flows stop", ColumnKind::Number),
        Column::new("Unmaintained", ColumnKind::Number),
        Column::new("Recoverable", ColumnKind::Number),
        Column::new("Covered", ColumnKind::Number),
        Column::new("Rebuilding", ColumnKind::Number),
        Column::new("Pipeline exposed", ColumnKind::Number),
    ];
    let mut table = Table::plain("What is left without each person", columns, all.iter().map(row).collect());
    table.sortable = true;
    table.style = TableStyle::Blocks;
    let mut section = Section::new("departures", "If somebody left tomorrow", vec![Block::Table(table)]);
    section.intro = vec![
        Value::text(
            "Nobody's departure stops anything on the first day but what runs on their credentials. The rest is unmaintained where nobody else can run it and no fresh runbook describes it, recoverable where one does, and covered where others can run it. Several people at once: the control on ",
        ),
        Link::site("the map", "map.html").into(),
        Value::text(", or "),
        Value::code("linchpin what-if --without"),
        Value::text("."),
    ];
    section
}

/// What happens when somebody goes, and what it costs; nothing where nothing depends on them.
pub(super) fn of(view: &View<'_>, departure: &Departure<'_>, id: &str, title: &str) -> Option<Section> {
    if departure.is_nothing() && departure.covered.is_empty() {
        return None;
    }
    let covered = [vec![Value::quiet("what others can run too, above")], covered::between(view, departure)];
    Some(Section::new(id, title, vec![Block::Table(table(title, rows(view, departure, covered)))]))
}

fn table(label: &str, rows: Vec<Row>) -> Table {
    let columns = vec![
        Column::new("What happens", ColumnKind::Head),
        Column::new("Count", ColumnKind::Number),
        Column::bare("Which, or how it is reckoned"),
        Column::bare("Because, or how much"),
    ];
    Table { style: TableStyle::Blocks, ..Table::plain(label, columns, rows) }
}

/// What happens, row by row; what is covered is said in the words of the page.
fn rows(view: &View<'_>, departure: &Departure<'_>, [covered, others]: [Vec<Value>; 2]) -> Vec<Row> {
    let because = departure.stopped.iter().map(|stopped| {
        let why = match stopped.because {
            Because::RunsAs(id) => vec![Value::text(" runs as "), person(view, id)],
            Because::Needs(id) => vec![Value::text(" needs "), view.link_id(Kind::Tool, id)],
            Because::Gone => vec![Value::text(" is gone")],
        };
        [vec![Value::from(view.link(stopped.entity))], why].concat()
    });
    let because = because.reduce(|all, one| [all, vec![Value::text("; ")], one].concat()).unwrap_or_default();
    let flows = links(view, departure.stops.iter().map(|stop| stop.flow as &dyn AnyEntity));
    let stopped = links(view, departure.stopped.iter().map(|stopped| stopped.entity));
    let runbooks = departure.recoverable.iter().flat_map(|entity| view.analysis.coverage().of(entity.address().as_str()).to_vec());
    let mut runbooks: Vec<_> = runbooks.filter(|runbook| is_fresh(runbook, view.project.today)).collect();
    runbooks.sort_by(|a, b| a.id.cmp(&b.id));
    runbooks.dedup_by(|a, b| a.id == b.id);
    let runbooks = links(view, runbooks.into_iter().map(|runbook| runbook as &dyn AnyEntity));
    let admins = departure.without_admin.iter().map(|tool| *tool as &dyn AnyEntity);
    [
        line("Flows that stop", departure.stops.len(), flows, because.clone()),
        line("Also stops", departure.stopped.len(), stopped, if departure.stops.is_empty() { because } else { vec![] }),
        line(
            "Unmaintained",
            departure.unmaintained.len(),
            links(view, departure.unmaintained.iter().copied()),
            vec![Value::text("nobody else can run it, and no fresh runbook describes it")],
        ),
        line(
            "Recoverable",
            departure.recoverable.len(),
            links(view, departure.recoverable.iter().copied()),
            [vec![Value::text("described by ")], runbooks].concat(),
        ),
        line("Covered", departure.covered.len(), covered, others),
        line(
            "No administrator left",
            departure.without_admin.len(),
            links(view, admins),
            vec![Value::text("nobody else who is there is named as administrator")],
        ),
        receiving(view, departure),
        stages(view, departure),
    ]
    .into_iter()
    .flatten()
    .chain(bill(view, departure))
    .collect()
}

/// The routings that give records to those who go.
fn receiving(view: &View<'_>, departure: &Departure<'_>) -> Option<Row> {
    let routings: Vec<_> = departure.reach.routings.iter().filter(|of| !of.rules.is_empty()).collect();
    let rules: Vec<String> = routings.iter().flat_map(|of| &of.rules).map(|rule| format!("“{}”", view.disclosed.text(rule))).collect();
    let which = links(view, routings.iter().map(|of| of.entity));
    let because = format!("by {}", list(&rules, MOST_RULES));
    line("Gives them records", routings.len(), which, vec![Value::text(because)])
}

/// The stages of leads at which something stops, or nobody takes over.
fn stages(view: &View<'_>, departure: &Departure<'_>) -> Option<Row> {
    let stages = departure.reach.stages.iter().map(|stage| view.link_address(stage.as_str()));
    let which = link_list(stages.collect(), usize::MAX);
    let because = "something that acts there stops, or they take records over there";
    line("Stages affected", departure.reach.stages.len(), which, vec![Value::text(because)])
}

/// A row, unless it counts nothing.
fn line(what: &str, count: usize, which: Vec<Value>, because: Vec<Value>) -> Option<Row> {
    let cell = |values| Cell::prose(values);
    (count > 0).then(|| Row::from(vec![Cell::from(what), Cell::from(count.to_string().as_str()), cell(which), cell(because)]))
}

/// A number that comes from a group of the assumptions, which stand on the page of key people.
fn assumed(text: &str, group: &str) -> Value {
    Link::site(text, format!("{}#assumed-{group}", super::URL)).into()
}

/// What it costs, factor by factor.
fn bill(view: &View<'_>, departure: &Departure<'_>) -> Vec<Row> {
    let (bill, risk) = (&departure.bill, &view.stack.company.risk);
    let row = |what: Cell, how: Vec<Value>, amount: Cell| Row::from(vec![what, facts::nothing(), Cell::prose(how), amount]);
    let mut rows = Vec::new();
    if bill.hours.high > 0.0 {
        let rate = risk.hourly_rate();
        let rate = money::range(view, rate.low.0, rate.high.0);
        let hours = match (trimmed(bill.hours.low), trimmed(bill.hours.high)) {
            (low, high) if low == high => format!("{low} hours for what is unmaintained"),
            (low, high) if bill.hours.low > 0.0 => format!("{low} hours for what is unmaintained, {high} with what is recoverable"),
            (_, high) => format!("up to {high} hours for what is recoverable"),
        };
        let how = vec![assumed(&hours, "rebuilding"), Value::text(", at "), assumed(&format!("{rate} an hour"), "prices")];
        rows.push(row(Cell::from("Rebuilding"), how, money::amounts(view, bill.rebuild.low, bill.rebuild.high)));
    }
    let Range { low, high } = risk.weeks_to_replace();
    let weeks = format!("{}–{} weeks to replace somebody", trimmed(low.0), trimmed(high.0));
    for Paused { flow, monthly, pipeline, .. } in &bill.exposed {
        let monthly_of = vec![
            view.link(*flow).into(),
            Value::text(format!(": {} a month (", money::amount(view, *monthly))),
            Value::Source(view.source_of(*flow, Some("monthly-pipeline"))),
        ];
        let how = [monthly_of, vec![Value::text(") × 12 / 52 × "), assumed(&weeks, "prices")]].concat();
        rows.push(row(Cell::from("Pipeline exposed"), how, money::amounts(view, pipeline.low, pipeline.high)));
    }
    for flow in &bill.unknown {
        let text = "the pipeline of a month is not documented, and in no sum".to_owned();
        let gap = Value::Gap { text, example: Some("monthly-pipeline = …".to_owned()) };
        rows.push(row(Cell::from("Pipeline exposed"), vec![view.link(*flow).into()], gap.into()));
    }
    rows
}
