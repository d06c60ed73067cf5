//! The page of a routing: its rules in words and as a picture, what is proven of them, tests, fields, the form.

use super::{
    compiled::Compiled,
    decision,
    example::Example,
    facts, logic, overlaps,
    page::{Answer, Block, Cell, Column, ColumnKind, Level, Link, Prose, Row, RowState, Section, Table, TableStyle, Value},
    proven::{self, Gaps, Proven, Rest, Takes},
    record,
    view::{View, anchor, counted},
    words,
};
use crate::{
    model::{AnyEntity, Entity, Kind, Routing, RoutingRule, RoutingTest, UNROUTED, slug},
    routing::Router,
};

/// What a page says of a routing, and what it is made from.
struct Page<'v, 'a> {
    view: &'v View<'a>,
    routing: &'v Entity<Routing>,
    compiled: Compiled<'v, Router<'v>>,
    proven: Proven,
    /// The record of each test, the number of the rule that takes it, and whether it is the one that is expected.
    results: Vec<(Example, Option<usize>, bool)>,
    /// What is routed: `lead`.
    noun: String,
}

impl<'v, 'a> Page<'v, 'a> {
    fn new(view: &'v View<'a>, routing: &'v Entity<Routing>) -> Self {
        let compiled = Compiled::routing(view, routing);
        let tests = compiled.real.tests();
        let results = tests.map(|(test, first, passes)| (Example::of(view, &compiled.asked, &test.record), first, passes)).collect();
        let (noun, _) = record::noun(view, Some(routing.object.as_str()));
        Self { view, routing, proven: proven::routing(view, &compiled), results, compiled, noun }
    }
}

/// What the page says first, and its sections.
pub(super) fn page(view: &View<'_>, routing: &Entity<Routing>) -> (Prose, Vec<Section>) {
    let page = Page::new(view, routing);
    let mut sections = Vec::new();
    if !routing.rule.is_empty() {
        sections.extend([page.rules(), page.order()]);
    }
    sections.extend(logic::routing(view, &page.compiled));
    sections.extend([page.tests()].into_iter().chain(overlaps::section(
        &page.proven.overlaps,
        routing,
        &page.compiled.readers,
        &page.noun,
    )));
    let names: Vec<&str> = routing.rule.iter().map(|rule| rule.name.as_str()).collect();
    let object = routing.fields.is_none().then_some(routing.object.as_str());
    sections.extend(page.compiled.readers.section(view, object, ("rule", &names)));
    (page.lead(), sections)
}

impl Page<'_, '_> {
    /// How many rules there are, whether their tests pass, and what is wrong with them.
    fn lead(&self) -> Prose {
        if self.routing.rule.is_empty() {
            let example = Some(format!("[[routing.{}.rule]]", self.routing.id));
            return vec![Value::Gap { text: "No rule is documented".to_owned(), example }];
        }
        let (_, article) = record::noun(self.view, Some(self.routing.object.as_str()));
        let one = self.routing.rule.len() == 1;
        let count = counted(self.routing.rule.len(), "rule", "rules");
        let mut out = vec![
            Value::text(format!("{}{count} in ", self.idle())),
            self.view.link_id(Kind::Tool, self.routing.tool.as_str()),
            Value::text(if one {
                format!(" decides who gets {article}.")
            } else {
                format!(" decide who gets {article}; the first that takes it wins.")
            }),
        ];
        out.push(Value::text(format!(" {}", record::verdict(&self.passes()))));
        let dead = self.proven.rules.iter().filter(|takes| matches!(takes, Takes::Never { .. })).count();
        if dead > 0 {
            out.push(Value::text(format!(" {} can never take one.", counted(dead, "rule", "rules"))));
        }
        if matches!(self.proven.rest, Rest::Such { .. }) && !self.routing.partial {
            let link = Link::here(format!("{article} can match no rule"), "unrouted");
            out.extend([Value::text(" But "), link.into(), Value::text(" and reach nobody.")]);
        }
        out
    }

    /// That the rules are not at work, before what they do.
    fn idle(&self) -> String {
        let json = self.routing.json();
        match json.get("status").and_then(serde_json::Value::as_str) {
            Some(status) if !self.routing.is_working() => format!("{}. When on, ", super::view::label(status)),
            _ => String::new(),
        }
    }

    /// Whether each test passes.
    fn passes(&self) -> Vec<bool> {
        self.results.iter().map(|(_, _, passes)| *passes).collect()
    }

    fn link(&self, rule: usize) -> Value {
        let name = self.routing.rule.get(rule).map_or("", |rule| rule.name.as_str());
        Link::here(name, &anchor("rule", &slug(name))).into()
    }

    fn rules(&self) -> Section {
        let columns = vec![
            Column::hidden("Order", ColumnKind::Order),
            Column::new("Rule", ColumnKind::Head),
            Column::new(format!("Takes a {} where", self.noun), ColumnKind::Text),
            Column::new("Goes to", ColumnKind::Text),
            Column::new("For example", ColumnKind::Text),
        ];
        let rules = self.routing.rule.iter().zip(&self.proven.rules).enumerate();
        let rows = rules.map(|(place, (rule, takes))| self.rule(place, rule, takes)).chain(self.rest());
        let mut table = Table::plain("Rules of the routing, in order", columns, rows.collect());
        table.style = TableStyle::Rules;
        let mut blocks = vec![Block::Table(table)];
        if let Some(why) = &self.proven.undecided {
            blocks.push(Block::Remark { text: record::undecided(why) });
        }
        let mut section = Section::new("rules", "Rules in words", blocks);
        section.intro = vec![Value::text(
            "Read from the top: the first rule that matches wins. Upper and lower case make no difference. An empty field matches \
             only where a rule asks for an empty field.",
        )];
        section
    }

    fn rule(&self, place: usize, rule: &RoutingRule, takes: &Takes) -> Row {
        let view = self.view;
        let mut name = Cell::from(Value::strong(rule.name.as_str()));
        if let Some(note) = &rule.note {
            name = name.with_sub(vec![Value::text(note)]);
        }
        let when = match &rule.when {
            None => vec![Value::quiet(format!("every {} that comes this far", self.noun))],
            when => words::when(view, when.as_ref()),
        };
        let example = match takes {
            Takes::Unknown => facts::nothing(),
            Takes::Such(example) => Cell::prose(example.clone().down_to(&self.compiled.readers, &[place]).prose()),
            Takes::Never { by, is_possible } => {
                let never = Value::Level { level: Level::Error, word: "never".to_owned() };
                Cell::from(never).with_sub(self.taken_by(by, *is_possible))
            }
        };
        Row {
            id: Some(anchor("rule", &slug(rule.name.as_str()))),
            state: if matches!(takes, Takes::Never { .. }) { RowState::Dead } else { RowState::Normal },
            cells: vec![
                Cell::from((place + 1).to_string().as_str()),
                name,
                Cell::prose(when),
                Cell::prose(words::assign(view, &rule.assign)),
                example,
            ],
        }
    }

    /// Who takes the records of a rule that never does.
    fn taken_by(&self, by: &[usize], is_possible: bool) -> Prose {
        if !is_possible {
            return vec![Value::text("no record fulfils the condition")];
        }
        if by.is_empty() {
            return vec![Value::text("the rules above take all that it would")];
        }
        let mut out = Vec::new();
        for (index, rule) in by.iter().enumerate() {
            if index > 0 {
                out.push(Value::text(if index + 1 == by.len() { " and " } else { ", " }));
            }
            out.push(self.link(*rule));
        }
        out.push(Value::text(if by.len() == 1 { " takes them first" } else { " take them first" }));
        out
    }

    /// The row of what no rule takes.
    fn rest(&self) -> Option<Row> {
        let partial = self.routing.partial;
        let none = Gaps::default();
        let (gaps, example): (&Gaps, Option<&Example>) = match &self.proven.rest {
            Rest::Nothing => return None,
            Rest::Unknown => (&none, None),
            Rest::Such { example, gaps } => (gaps, Some(example)),
        };
        let is_gap = example.is_some() && !partial;
        let where_ = Cell::from(format!("a {} that none of the rules above takes", self.noun).as_str());
        let example = example.map(|example| example.clone().down_to(&self.compiled.readers, &[]).prose());
        let shown = match (example, is_gap) {
            (None, _) => facts::nothing(),
            (Some(example), true) => Cell::from(Value::Level { level: Level::Error, word: "gap".to_owned() }).with_sub(example),
            (Some(example), false) => Cell::prose(example),
        };
        Some(Row {
            id: Some(UNROUTED.to_owned()),
            state: if is_gap { RowState::Gap } else { RowState::Normal },
            cells: vec![
                Cell::from(""),
                Value::strong(if partial { "Left to others" } else { "No rule" }).into(),
                where_.with_sub(self.bounds(gaps)),
                Cell::from(if partial { "not decided here" } else { "nobody: these wait until somebody notices" }),
                shown,
            ],
        })
    }

    /// What is known of the records that no rule takes: what is enough, and what all of them have in common.
    fn bounds(&self, gaps: &Gaps) -> Prose {
        let mut out = Vec::new();
        if !gaps.always.is_empty() {
            out.extend([Value::strong("Always:"), Value::text(format!(" {}.", gaps.always.join("; or ")))]);
        }
        if !gaps.each.is_empty() {
            out.extend((!out.is_empty()).then_some(Value::Break));
            let each = gaps.each.join("; ");
            out.push(Value::text(format!(
                "All of them have this in common: {each}. Not every {} like that is one of them: the rules above take some.",
                self.noun
            )));
        }
        out
    }

    fn order(&self) -> Section {
        let pictures = decision::pictures(self.view, self.routing, &self.proven, &self.compiled.readers);
        let mut blocks: Vec<Block> = pictures.into_iter().map(Block::Diagram).collect();
        if blocks.is_empty() {
            blocks.push(Block::Text { text: vec![Value::text("There are too many rules for a picture; the table above says all of it.")] });
        }
        Section::new("order", "Order of decisions", blocks)
    }

    fn tests(&self) -> Section {
        if self.routing.test.is_empty() {
            let text = format!("No test says who must get which {}", self.noun);
            let gap = Value::Gap { text, example: Some(format!("[[routing.{}.test]]", self.routing.id)) };
            return Section::new("tests", "Tests", vec![Block::Text { text: vec![gap] }]);
        }
        let columns = vec![
            Column::new("Test", ColumnKind::Head),
            Column::new("Record", ColumnKind::Text),
            Column::new("Expected", ColumnKind::Text),
            Column::new("Result", ColumnKind::Text),
        ];
        let rows = self.routing.test.iter().zip(&self.results).map(|(test, result)| self.test(test, result));
        let table = Table { style: TableStyle::Blocks, ..Table::plain("Tests", columns, rows.collect()) };
        let mut section = Section::new("tests", "Tests", vec![Block::Table(table)]);
        section.note = Some(record::tally(&self.passes()));
        section
    }

    fn test(&self, test: &RoutingTest, (record, first, passes): &(Example, Option<usize>, bool)) -> Row {
        let expected = self.routing.rule.iter().position(|rule| rule.name.as_str() == test.expect);
        let result = if *passes {
            Cell::from(Value::Answer { answer: Answer::Yes, word: "passes".to_owned() })
        } else {
            let instead = match first {
                Some(rule) => vec![self.link(*rule), Value::text(" takes it")],
                None => vec![Value::text("no rule takes it")],
            };
            Cell::from(Value::Level { level: Level::Error, word: "fails".to_owned() }).with_sub(instead)
        };
        Row {
            id: Some(anchor("test", &slug(test.name.as_str()))),
            state: RowState::Normal,
            cells: vec![
                Value::strong(test.name.as_str()).into(),
                Cell::prose(record.prose()),
                match expected {
                    Some(rule) => self.link(rule).into(),
                    None if test.expect == UNROUTED => "no rule".into(),
                    None => Cell::from(test.expect.as_str()),
                },
                result,
            ],
        }
    }
}
