//! The pages of the rules: what each looks for, why, and what it finds in this stack.

use super::{
    Page, frame,
    page::{Block, Cell, Column, ColumnKind, FindingTable, Join, Link, Row, RowGroup, RulePage, RulesPage, Section, Table, Value},
    sections::group,
    view::{View, capital, counted, mark},
};
use crate::{
    diagnostic::{Family, Level, Rule},
    rules,
};

/// One page for each rule and one for all.
pub(super) fn pages(view: &View<'_>) -> Vec<Page> {
    let all = rules::all();
    let mut pages: Vec<Page> = all.iter().map(|rule| page(view, rule)).collect();
    pages.push(index(view, &all));
    pages
}

fn page(view: &View<'_>, rule: &'static Rule) -> Page {
    let found = view.findings_by(rule);
    let level = rules::Settings::new(view.stack).general(rule).reported();
    let adjustable = if rule.is_adjustable() { Value::text("Its level can be set in [rules]") } else { Value::text("Always an error") };
    let data = RulePage {
        name: rule.name.to_owned(),
        lead: Value::prose(&rule.summary()),
        level: level.map(mark),
        meta: vec![
            Cell::from(capital(&rule.family.word().replace('-', " ")).as_str()),
            Cell::from(format!("{} by default", capital(rule.level.word())).as_str()),
            adjustable.into(),
        ],
        body: super::markdown::body(&rule.page(), rule.name),
        findings: (!found.is_empty()).then(|| FindingTable {
            label: format!("Findings of {}", rule.name),
            subjects: true,
            rules: false,
            filter: None,
            filters: vec![],
            groups: vec![group(view, found, true, None)],
        }),
        quiet: vec![Value::text(if level.is_some() { "It finds nothing in this stack." } else { "It is turned off in this stack." })],
    };
    Page::new("rule.html", frame::rule(rule.name), &data)
}

/// The table of all rules.
fn index(view: &View<'_>, all: &[&'static Rule]) -> Page {
    let settings = rules::Settings::new(view.stack);
    let columns = vec![
        Column::new("Rule", ColumnKind::Head),
        Column::new("Level here", ColumnKind::Level),
        Column::new("What it looks for", ColumnKind::Text),
        Column::new("Findings", ColumnKind::Number),
    ];
    let row = |rule: &&'static Rule| {
        let count = view.findings_by(rule).len();
        let level: Cell = match settings.general(rule).reported() {
            Some(level) => Value::Level { level: mark(level), word: level.word().to_owned() }.into(),
            None => Value::quiet("off").into(),
        };
        Row::from(vec![
            Value::from(Link::site(rule.name, format!("rules/{}.html", rule.name))).into(),
            level,
            Cell { join: Join::None, ..Cell::list(Value::prose(&rule.summary())) },
            if count > 0 { Cell::from(count.to_string().as_str()) } else { super::facts::nothing() },
        ])
    };
    let groups = Family::ALL.into_iter().map(|family| {
        let rows: Vec<Row> = all.iter().filter(|rule| rule.family == family).map(row).collect();
        RowGroup { title: Some(capital(&family.word().replace('-', " "))), count: Some(rows.len()), ..RowGroup::from(rows) }
    });
    let mut table = Table::plain("Rules by family", columns, vec![]);
    table.groups = groups.filter(|group| !group.rows.is_empty()).collect();
    let errors = all.iter().filter(|rule| rule.level == Level::Error).count();
    let text = format!("{} judge this stack, {errors} of them as errors by default.", counted(all.len(), "rule", "rules"));
    let how = Section::new(
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
    );
    let data = RulesPage { lead: vec![Value::text(text)], table, sections: vec![how] };
    Page::new("rules.html", frame::overview("rules/index.html", "Rules"), &data)
}
