//! The pages of the rules: what each looks for, why, and what it finds in this stack.

use super::{
    Page, frame,
    page::{Block, Cell, Column, ColumnKind, FindingTable, Link, Row, RowGroup, RulePage, RulesPage, Section, Table, TableStyle, Value},
    sections::group,
    view::{View, capital, counted, mark},
};
use crate::{
    diagnostic::{Family, Rule},
    model::RuleLevel,
    policy::{
        Request,
        resolved::{Origin, Resolved, SetOption, Sourced, resolve},
    },
};

/// One page for each rule and one for all.
pub(super) fn pages(view: &View<'_>) -> Vec<Page> {
    let all = resolve(view.stack, &view.project.sources, &Request::default());
    let mut pages: Vec<Page> = all.iter().map(|one| page(view, one)).collect();
    pages.push(index(view, &all));
    pages
}

/// Whether a rule runs somewhere in the stack.
fn runs(view: &View<'_>, rule: &Rule) -> bool {
    !rule.is_adjustable() || view.project.report.ran.contains(rule.name)
}

fn page(view: &View<'_>, resolved: &Resolved) -> Page {
    let rule = resolved.rule;
    let found = view.findings_by(rule);
    let adjustable = if rule.is_adjustable() { Value::text("Its level can be set in [rules]") } else { Value::text("Always an error") };
    let quiet = if runs(view, rule) { "It finds nothing in this stack." } else { "It is turned off in this stack." };
    let data = RulePage {
        name: rule.name.to_owned(),
        lead: Value::prose(&rule.summary()),
        level: resolved.level.value.reported().map(mark),
        meta: vec![
            Cell::from(capital(&rule.family.word().replace('-', " ")).as_str()),
            Cell::from(format!("{} by default", capital(rule.level.word())).as_str()),
            adjustable.into(),
        ],
        settings: settings(view, resolved),
        body: super::markdown::body(&rule.page(), rule.name),
        findings: (!found.is_empty()).then(|| FindingTable {
            label: format!("Findings of {}", rule.name),
            subjects: true,
            rules: false,
            filter: None,
            filters: vec![],
            groups: vec![group(view, found, true, None)],
        }),
        quiet: vec![Value::text(quiet)],
    };
    Page::new("rule.html", frame::rule(rule.name), &data)
}

/// What the stack sets for a rule: a row for each level and option with its line, for the whole and then for each part.
fn settings(view: &View<'_>, resolved: &Resolved) -> Option<Table> {
    let mut rows = Vec::new();
    let mut add = |scope: &str, name: &str, value: Value, origin: &Origin| {
        if let Origin::Place { path, line } = origin {
            let source = Value::Source(view.source_at(path, *line));
            rows.push(Row::from(vec![Cell::from(scope), Value::code(name).into(), value.into(), source.into()]));
        }
    };
    let mut add_all = |scope: &str, set: Option<&Sourced<RuleLevel>>, options: &[SetOption]| {
        if let Some(set) = set {
            add(scope, "level", level(set.value), &set.origin);
        }
        for option in options {
            let value = option.value.value.as_ref().map_or_else(String::new, ToString::to_string);
            add(scope, &option.name, Value::code(value), &option.value.origin);
        }
    };
    add_all("the whole stack", Some(&resolved.level), &resolved.options);
    for part in &resolved.parts {
        add_all(&view.disclosed.text(&part.scope()), part.level.as_ref(), &part.options);
    }
    let columns = vec![
        Column::new("For", ColumnKind::Head),
        Column::new("Setting", ColumnKind::Text),
        Column::new("Value", ColumnKind::Text),
        Column::new("Source", ColumnKind::Source),
    ];
    (!rows.is_empty()).then(|| Table { style: TableStyle::Fit, ..Table::plain("Settings", columns, rows) })
}

/// A level as it is set, with its mark unless it is off.
fn level(level: RuleLevel) -> Value {
    match level.reported() {
        Some(level) => Value::Level { level: mark(level), word: level.word().to_owned() },
        None => Value::quiet("off"),
    }
}

/// The table of all rules.
fn index(view: &View<'_>, all: &[Resolved]) -> Page {
    let columns = vec![
        Column::new("Rule", ColumnKind::Head),
        Column::new("Level here", ColumnKind::Level),
        Column::new("What it looks for", ColumnKind::Text),
        Column::new("Findings", ColumnKind::Number),
    ];
    let row = |one: &Resolved| {
        let count = view.findings_by(one.rule).len();
        let parts = one.parts.iter().filter(|part| part.level.is_some()).count();
        let elsewhere = (parts > 0).then(|| Value::text(format!("set for {}", counted(parts, "part", "parts"))));
        Row::from(vec![
            Value::from(Link::site(one.rule.name, format!("rules/{}.html", one.rule.name))).into(),
            Cell::from(level(one.level.value)).with_sub(elsewhere.into_iter().collect()),
            Cell::prose(Value::prose(&one.rule.summary())),
            if count > 0 { Cell::from(count.to_string().as_str()) } else { super::facts::nothing() },
        ])
    };
    let groups = Family::ALL.into_iter().map(|family| {
        let rows: Vec<Row> = all.iter().filter(|one| one.rule.family == family).map(row).collect();
        RowGroup { title: Some(capital(&family.word().replace('-', " "))), count: Some(rows.len()), ..RowGroup::from(rows) }
    });
    let mut table = Table::plain("Rules by family", columns, vec![]);
    table.groups = groups.filter(|group| !group.rows.is_empty()).collect();
    let data = RulesPage { lead: vec![Value::text(lead(view, all))], table, sections: vec![how()] };
    Page::new("rules.html", frame::overview("rules/index.html", "Rules"), &data)
}

/// How many rules there are, how many of them run, and how many are errors here.
fn lead(view: &View<'_>, all: &[Resolved]) -> String {
    let judging: Vec<&Resolved> = all.iter().filter(|one| runs(view, one.rule)).collect();
    let errors = judging.iter().filter(|one| one.level.value == RuleLevel::Error).count();
    let of = if judging.len() < all.len() { format!("{} of {}", judging.len(), all.len()) } else { all.len().to_string() };
    format!("{of} rules judge this stack, {errors} of them as errors.")
}

fn how() -> Section {
    Section::new(
        "levels",
        "How to set a level",
        vec![
            Block::Text {
                text: vec![
                    Value::text("The team sets levels in the stack itself, where everybody sees it: "),
                    Value::code("error"),
                    Value::text(", "),
                    Value::code("warning"),
                    Value::text(", "),
                    Value::code("info"),
                    Value::text(" or "),
                    Value::code("off"),
                    Value::text("."),
                ],
            },
            Block::Empty(super::page::Empty {
                text: vec![Value::text("In any file of the stack:")],
                snippet: Some("[rules]\nmanual-integration = \"error\"".to_owned()),
            }),
        ],
    )
}
