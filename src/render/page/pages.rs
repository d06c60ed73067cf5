//! One type per page template; `page` in the templates.

use serde::Serialize;

use super::{Cell, Diagram, Empty, Fact, Figure, Finding, FindingTable, Layer, Level, Link, Prose, Section, Table};

/// `index.html`: the summary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexPage {
    /// The head: `The marketing stack of Northwind Robotics`.
    pub title: String,
    /// The answer in one to three sentences.
    pub lead: Prose,
    /// Up to five key figures.
    pub figures: Vec<Figure>,
    /// Whether the stack would survive the loss of a person.
    pub loss: Option<Section>,
    /// Up to five worst findings; empty where there are none.
    pub worst: Vec<Finding>,
    /// How many findings there are in all.
    pub findings: usize,
    /// The questions of a review, at a glance.
    pub review: Option<Section>,
    /// The map; none for a stack without tools.
    pub map: Option<Diagram>,
    /// How to begin, where there is no map.
    pub empty: Option<Empty>,
    /// What the stack holds, by layer.
    pub layers: Vec<Layer>,
    /// The gaps that would change this page.
    pub unknown: Option<Section>,
}

/// Where the what-if control has its data from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// JSON safe in a `script` element; none where all pages read the same file.
    pub json: Option<String>,
    /// That file, counted from the root.
    pub file: Option<String>,
}

/// `map.html`: the integration map; of a large stack also `map/AREA.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapPage {
    /// Its head: `Map`, or the area.
    pub title: String,
    /// What the map shows, in one to three sentences.
    pub lead: Prose,
    /// The map, or the overview of areas.
    pub map: Option<Diagram>,
    /// How to begin, where there is no map.
    pub empty: Option<Empty>,
    /// What the what-if control reads.
    pub what_if: Option<WhatIf>,
    /// On the overview of a large stack: the ids of the integrations that the page of each area draws, as JSON safe in a
    /// `script` element.
    pub places: Option<String>,
    /// The same as a table, what the map leaves out.
    pub sections: Vec<Section>,
}

/// A family in the table of counts; zero shows as a dash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// The group's id in the table of findings.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its errors.
    pub errors: usize,
    /// Its warnings.
    pub warnings: usize,
    /// Its infos.
    pub infos: usize,
    /// All of them.
    pub all: usize,
}

/// `findings.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingsPage {
    /// The numbers and what they say.
    pub lead: Prose,
    /// Families that have findings; empty where there are none.
    pub families: Vec<Family>,
    /// The sums.
    pub total: Family,
    /// All findings, a group per family; of a large stack those that come first of each rule.
    pub table: FindingTable,
    /// How many the table holds and where the rest is, where it does not hold all.
    pub rest: Prose,
    /// How many findings whoever answers for their subjects has; empty where there are none.
    pub owners: Vec<Family>,
    /// The same findings by whoever answers for their subjects.
    pub by_owner: Option<Table>,
}

/// The page of an entity of any kind, and of a table that exists once (`charter.html`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityPage {
    /// Its name.
    pub name: String,
    /// Its purpose, or the gap.
    pub lead: Prose,
    /// Kind, status, criticality, source, last review.
    pub meta: Vec<Cell>,
    /// Up to five key figures, each leading to what it rests on.
    pub figures: Vec<Figure>,
    /// Its description: safe HTML.
    pub body: Option<String>,
    /// Its facts, gaps included, read down the left column and then the right.
    pub facts: Vec<Fact>,
    /// Neighbourhood, who can run it, what depends on it, findings, links from others.
    pub sections: Vec<Section>,
}

/// `KIND/index.html`: all entities of a kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindPage {
    /// The kind, in the plural: `Tools`.
    pub title: String,
    /// What they are, with the numbers.
    pub lead: Prose,
    /// The table; none where there is no entity.
    pub table: Option<Table>,
    /// How to add one: shown instead of the table, or below it.
    pub empty: Option<Empty>,
    /// Anything else below.
    pub sections: Vec<Section>,
}

/// `process/ID.html`: the lead-management process of a lifecycle, to print.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProcessPage {
    /// Its head: `Lead process: Northwind lifecycle`.
    pub title: String,
    /// What there is to know first.
    pub lead: Prose,
    /// What it is about, and when it was last confirmed.
    pub meta: Vec<Cell>,
    /// The pages of the other lifecycles.
    pub others: Vec<Link>,
    /// The sheets of paper, each with its sections.
    pub sheets: Vec<Vec<Section>>,
}

/// `rules/RULE.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulePage {
    /// Its name.
    pub name: String,
    /// What it fires on, in a sentence.
    pub lead: Prose,
    /// Its level in the stack as a whole; none where it is off.
    pub level: Option<Level>,
    /// Family, default level.
    pub meta: Vec<Cell>,
    /// What this stack sets for it, for all of the stack and for parts; none if nothing is set.
    pub settings: Option<Table>,
    /// What it checks, why it matters, examples: safe HTML, heads from `h2`.
    pub body: String,
    /// What it finds in this stack.
    pub findings: Option<FindingTable>,
    /// The sentence where it finds nothing, or was not run.
    pub quiet: Prose,
}

/// `rules/index.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesPage {
    /// How many rules there are and how they are set.
    pub lead: Prose,
    /// All rules, a group per family.
    pub table: Table,
    /// How to set levels and accept a risk.
    pub sections: Vec<Section>,
}

/// Any other overview: diligence, key people, spend, redundancy, privacy, suppressions, glossary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportPage {
    /// Its head.
    pub title: String,
    /// The answer in one to three sentences.
    pub lead: Prose,
    /// Three to five key figures, or none.
    pub figures: Vec<Figure>,
    /// Shows "on this page".
    pub contents: bool,
    /// The rest.
    pub sections: Vec<Section>,
}
