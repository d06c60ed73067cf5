//! `findings.html`: everything that was found, by family and by owner.

use std::collections::BTreeMap;

use super::{
    Page, frame,
    page::{
        Cell, Column, ColumnKind, Family, Filter, FilterOption, FindingGroup, FindingTable, FindingsPage, Link, Prose, Row, RowGroup,
        Table, TableStyle, Value,
    },
    sections::group,
    view::{View, capital, counted, mark},
};
use crate::{
    diagnostic::{Diagnostic, Family as Of, Level},
    model::{Address, Kind},
};

/// So many findings are shown whole. Of more, each rule's first are, and the rest on the page of the rule, where all are.
const MOST_WHOLE: usize = 400;
const OF_A_RULE: usize = 10;

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

/// The findings in the order of those who answer for them; each leads to its place among all. Of too many to have a row each,
/// those of a rule share one, which leads to the page of the rule.
fn owners_table(view: &View<'_>, by: &[(Answerable, Vec<&Diagnostic>)], is_whole: bool) -> Table {
    let subject = Column::new(if is_whole { "Subject" } else { "Subjects" }, if is_whole { ColumnKind::Head } else { ColumnKind::Text });
    let columns = vec![Column::new("Level", ColumnKind::Level), Column::new("Rule", ColumnKind::Text), subject];
    let row = |alike: &[&Diagnostic]| {
        let first = alike.first()?;
        let word = first.level.word();
        let level = if is_whole { Value::Level { level: mark(first.level), word: word.to_owned() } } else { Value::text(word) };
        let rule = if is_whole { Link::here(first.rule.name, &format!("finding-{}", first.id())) } else { page_of(first) };
        let subjects = alike.iter().map(|finding| view.link_address(&finding.subject)).collect();
        Some(Row::from(vec![level.into(), Value::from(rule).into(), Cell::list(subjects)]))
    };
    let mut table = Table { style: TableStyle::Fit, ..Table::plain("All findings by owner", columns, vec![]) };
    table.groups = by
        .iter()
        .map(|(owner, found)| {
            let mut sorted = found.clone();
            sorted.sort_by_key(|finding| (finding.level, finding.rule.name));
            let alike = sorted.chunk_by(|a, b| !is_whole && (a.level, a.rule.name) == (b.level, b.rule.name));
            RowGroup {
                id: Some(owner.token()),
                title: Some(owner.name(view)),
                count: Some(found.len()),
                rows: alike.filter_map(row).collect(),
            }
        })
        .collect();
    table
}

fn page_of(finding: &Diagnostic) -> Link {
    Link::site(finding.rule.name, format!("rules/{}.html", finding.rule.name))
}

/// The findings of a family that are shown of a large stack: of each rule those that come first.
fn first_of_each_rule<'f>(found: &[&'f Diagnostic]) -> Vec<&'f Diagnostic> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sorted = found.to_vec();
    sorted.sort_by_key(|finding| (finding.level, finding.rule.name));
    sorted.retain(|finding| {
        let count = counts.entry(finding.rule.name).or_default();
        *count += 1;
        *count <= OF_A_RULE
    });
    sorted
}

/// Where the findings are that are not shown.
fn rest(found: &[Diagnostic]) -> Prose {
    let mut counts: BTreeMap<&str, (usize, Link)> = BTreeMap::new();
    for finding in found {
        counts.entry(finding.rule.name).or_insert_with(|| (0, page_of(finding))).0 += 1;
    }
    let mut text =
        vec![Value::text(format!("Of each rule the first {OF_A_RULE}, among which the filter looks. All of a rule are on its page: "))];
    for (at, (count, page)) in counts.into_values().filter(|(count, _)| *count > OF_A_RULE).enumerate() {
        text.extend((at > 0).then(|| Value::text(", ")));
        text.extend([page.into(), Value::quiet(format!(" {count}"))]);
    }
    text.push(Value::text("."));
    text
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
    let is_whole = found.len() <= MOST_WHOLE;
    let groups = with.iter().map(|(family, found)| {
        let shown = if is_whole { found.clone() } else { first_of_each_rule(found) };
        let of = Some(found.len()).filter(|all| *all > shown.len());
        FindingGroup { of, ..group(view, &shown, true, Some((id(*family), title(*family)))) }
    });
    let groups = groups.collect();
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
        by_owner: (!all.is_empty()).then(|| owners_table(view, &by_owner, is_whole)),
        rest: if is_whole { vec![] } else { rest(found) },
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
