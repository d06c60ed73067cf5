//! `findings.html`: everything that was found, by family and by owner.

use std::collections::BTreeMap;

use super::{
    Page, frame,
    page::{Column, ColumnKind, Family, Filter, FilterOption, FindingTable, FindingsPage, Link, Row, RowGroup, Table, TableStyle, Value},
    sections::group,
    view::{View, capital, counted, mark},
};
use crate::{
    diagnostic::{Diagnostic, Family as Of, Level},
    model::{Address, Kind},
};

/// Whoever answers for what a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answerable {
    /// The person or team at this address.
    Party(Address),
    /// The company: nothing smaller is concerned.
    Company,
    /// Nobody is named.
    Nobody,
}

impl Answerable {
    /// A word for filters and links: `person-ana`.
    pub(super) fn token(&self) -> String {
        match self {
            Self::Party(address) => format!("o-{}", address.as_str().replace('.', "-")),
            Self::Company => "o-company".to_owned(),
            Self::Nobody => "o-nobody".to_owned(),
        }
    }

    fn name(&self, view: &View<'_>) -> String {
        match self {
            Self::Party(address) => view.stack.name_at(address),
            Self::Company => "The stack as a whole".to_owned(),
            Self::Nobody => "Nobody named".to_owned(),
        }
    }
}

/// Finds out who answers for what a finding concerns: the person or team itself, or the owner of the entity.
pub(super) fn answerable(view: &View<'_>, finding: &Diagnostic) -> Answerable {
    let subject = Address::new(finding.subject.as_str());
    let Some(entity) = view.stack.at(&subject) else {
        let charter = view.stack.charter.as_ref().and_then(|charter| charter.owner.as_ref());
        let owner = charter.filter(|_| finding.subject == "charter").and_then(|owner| view.stack.party(owner));
        return owner.map_or(Answerable::Company, |owner| Answerable::Party(owner.address()));
    };
    if matches!(entity.kind(), Kind::Person | Kind::Team) {
        return Answerable::Party(entity.address());
    }
    let owner = entity.owner().and_then(|owner| view.stack.party(owner));
    owner.map_or(Answerable::Nobody, |owner| Answerable::Party(owner.address()))
}

/// Findings by whoever answers for them, whoever has the most first, then by name; what nobody answers for comes last.
fn by_owner<'f>(view: &View<'_>, found: &[&'f Diagnostic]) -> Vec<(Answerable, Vec<&'f Diagnostic>)> {
    let mut by: BTreeMap<Answerable, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in found {
        by.entry(answerable(view, finding)).or_default().push(finding);
    }
    let mut by: Vec<_> = by.into_iter().collect();
    by.sort_by_cached_key(|(owner, found)| (!matches!(owner, Answerable::Party(_)), std::cmp::Reverse(found.len()), owner.name(view)));
    by
}

/// The findings in the order of those who answer for them; each leads to its place among all.
fn owners_table(view: &View<'_>, by: &[(Answerable, Vec<&Diagnostic>)]) -> Table {
    let columns =
        vec![Column::new("Level", ColumnKind::Level), Column::new("Rule", ColumnKind::Text), Column::new("Subject", ColumnKind::Head)];
    let row = |finding: &&Diagnostic| {
        let level = Value::Level { level: mark(finding.level), word: finding.level.word().to_owned() };
        let rule = Link::here(finding.rule.name, &format!("finding-{}", finding.id()));
        Row::from(vec![level.into(), Value::from(rule).into(), view.link_address(&finding.subject).into()])
    };
    let mut table = Table { style: TableStyle::Fit, ..Table::plain("All findings by owner", columns, vec![]) };
    table.groups = by
        .iter()
        .map(|(owner, found)| {
            let mut sorted = found.clone();
            sorted.sort_by_key(|finding| (finding.level, finding.rule.name));
            let rows: Vec<Row> = sorted.iter().map(row).collect();
            RowGroup { id: Some(owner.token()), title: Some(owner.name(view)), count: Some(rows.len()), rows }
        })
        .collect();
    table
}

/// The choices beside the filter.
fn filters(families: &[Family], owners: &[Family]) -> Vec<Filter> {
    let levels = [Level::Error, Level::Warning, Level::Info]
        .map(|level| FilterOption { value: level.word().to_owned(), text: level.word().to_owned() });
    let options = |of: &[Family], strip: &str| {
        let option = |one: &Family| FilterOption { value: one.id.trim_start_matches(strip).to_owned(), text: one.title.clone() };
        of.iter().map(option).collect()
    };
    let filter = |name: &str, label: &str, options| Filter { name: name.to_owned(), label: label.to_owned(), options };
    vec![
        filter("level", "Level", levels.to_vec()),
        filter("family", "Family", options(families, "f-")),
        filter("owner", "Owner", options(owners, "")),
    ]
}

pub(super) fn page(view: &View<'_>) -> Page {
    let found = &view.project.report.findings;
    let of = |family: Of| found.iter().filter(|finding| finding.rule.family == family).collect::<Vec<&Diagnostic>>();
    let with: Vec<(Of, Vec<&Diagnostic>)> =
        Of::ALL.into_iter().map(|family| (family, of(family))).filter(|(_, found)| !found.is_empty()).collect();
    let families: Vec<Family> = with.iter().map(|(family, found)| counts(&id(*family), &title(*family), found)).collect();
    let groups = with.iter().map(|(family, found)| group(view, found, true, Some((id(*family), title(*family))))).collect();
    let all: Vec<&Diagnostic> = found.iter().collect();
    let by_owner = by_owner(view, &all);
    let owners: Vec<Family> = by_owner.iter().map(|(owner, found)| counts(&owner.token(), &owner.name(view), found)).collect();
    let data = FindingsPage {
        lead: lead(view),
        total: counts("all", "All", &all),
        table: FindingTable {
            label: "All findings".to_owned(),
            subjects: true,
            rules: true,
            filter: Some("filter".to_owned()),
            filters: filters(&families, &owners),
            groups,
        },
        by_owner: (!all.is_empty()).then(|| owners_table(view, &by_owner)),
        families,
        owners,
    };
    Page::new("findings.html", frame::overview("findings.html", "Findings"), &data)
}

fn id(family: Of) -> String {
    format!("f-{}", family.word())
}

fn title(family: Of) -> String {
    capital(&family.word().replace('-', " "))
}

fn counts(id: &str, title: &str, found: &[&Diagnostic]) -> Family {
    let count = |level: Level| found.iter().filter(|finding| finding.level == level).count();
    Family {
        id: id.to_owned(),
        title: title.to_owned(),
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        infos: count(Level::Info),
        all: found.len(),
    }
}

fn lead(view: &View<'_>) -> Vec<Value> {
    let found = view.project.report.findings.len();
    let accepted = view.project.report.suppressed.len();
    let text = if found == 0 {
        "No rule found anything to object to.".to_owned()
    } else {
        format!("{}: {}. Each names the fact, the place and the remedy.", counted(found, "finding", "findings"), frame::counts(view))
    };
    if accepted > 0 {
        let more = Link::site(format!("{} accepted", counted(accepted, "more is", "more are")), "suppressions.html");
        return vec![Value::text(text + " "), more.into(), Value::text(", in the open, until a date.")];
    }
    vec![Value::text(text)]
}
