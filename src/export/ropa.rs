//! The record of processing activities: what the stack knows of what Art. 30(1) GDPR asks for, a row for each tool and purpose.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use serde_json::Value as Json;

use crate::{
    analysis::{Analysis, personal_data::Holding},
    model::{AnyEntity, Date, Flow, Integration, PersonalData, Retention, Slug, Stack, Tool},
    text::{csv::cell, markdown::inline},
};

/// How the record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For a spreadsheet
    #[default]
    Csv,
    /// For a document
    Markdown,
}

/// What stands where the stack says nothing.
const GAP: &str = "not documented";

/// The columns, in the order of the law.
const COLUMNS: [&str; 17] = [
    "Controller",
    "Privacy contact",
    "Tool",
    "Vendor",
    "Vendor's part",
    "Purpose",
    "Lawful basis",
    "Data subjects",
    "Personal data",
    "Recipients",
    "Regions",
    "Ground of transfer",
    "Kept for",
    "Deletion",
    "Access",
    "Agreement signed",
    "Owner",
];

/// Writes the record of a stack.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, analysis: &Analysis<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows = rows(analysis);
    match format {
        Format::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(COLUMNS)?;
            for row in rows {
                table.write_record(row.iter().map(|text| cell(text).into_owned()))?;
            }
            table.flush()
        }
        Format::Markdown => {
            let line = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
            writeln!(
                out,
                "### {}: record of processing activities, as of {}\n",
                inline(analysis.stack.company.name.as_str()),
                analysis.today
            )?;
            writeln!(out, "{}", line(&mut COLUMNS.iter().map(|head| (*head).to_owned())))?;
            writeln!(out, "{}", line(&mut COLUMNS.iter().map(|_| "---".to_owned())))?;
            for row in rows {
                writeln!(out, "{}", line(&mut row.iter().map(|text| inline(text))))?;
            }
            Ok(())
        }
    }
}

/// The rows: of each live tool that holds people one for its own purpose, and one for each live flow that brings people there.
fn rows(analysis: &Analysis<'_>) -> Vec<Vec<String>> {
    let stack = analysis.stack;
    let onward: BTreeMap<&str, Onward<'_>> = stack.flows.values().map(|flow| (flow.id.as_str(), onward(flow))).collect();
    let holdings = analysis.data_map().holdings.values().filter(|holding| holding.is_holding());
    let is_live = |id: &str| stack.tools.get(id).is_some_and(AnyEntity::is_live);
    let of_tool = |holding: &Holding<'_>| {
        let table = holding.tool.json();
        let id = holding.tool.id.as_str();
        let own = Purpose {
            what: holding.tool.purpose.as_deref(),
            basis: None,
            recipients: recipients(stack, holding.outgoing.iter().map(|integration| other_end(integration, id)), "none by an integration"),
        };
        let used = holding.flows.iter().map(|flow| Purpose {
            what: flow.purpose.as_deref().or(Some(flow.about.name.as_str())),
            basis: flow.lawful_basis.as_deref(),
            recipients: recipients(
                stack,
                onward.get(flow.id.as_str()).and_then(|next| next.get(id)).into_iter().flatten().copied().filter(|id| is_live(id)),
                "none",
            ),
        });
        [own].into_iter().chain(used).map(|purpose| row(analysis, (holding, &table), purpose)).collect::<Vec<_>>()
    };
    holdings.flat_map(of_tool).collect()
}

/// What data in a tool is used for.
struct Purpose<'a> {
    what: Option<&'a str>,
    /// The ground on which it is.
    basis: Option<&'a str>,
    /// Who is given the data for it.
    recipients: String,
}

/// The tools to which a flow goes on from each of its tools.
type Onward<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn onward(flow: &Flow) -> Onward<'_> {
    let mut onward = Onward::new();
    for (step, next) in flow.steps.iter().zip(flow.steps.iter().skip(1)).filter(|(step, next)| step.tool != next.tool) {
        onward.entry(step.tool.as_str()).or_default().insert(next.tool.as_str());
    }
    onward
}

fn other_end<'a>(integration: &'a Integration, tool: &str) -> &'a str {
    if integration.from.as_str() == tool { integration.to.as_str() } else { integration.from.as_str() }
}

/// Names tools, each once.
fn recipients<'a>(stack: &Stack, tools: impl Iterator<Item = &'a str>, none: &str) -> String {
    let names: BTreeSet<&str> = tools.map(|id| stack.tools.get(id).map_or(id, |tool| tool.about.name.as_str())).collect();
    if names.is_empty() { none.to_owned() } else { listed(names.into_iter().map(str::to_owned)) }
}

/// A row, given the tool as a table too, and what the data is used for.
fn row(analysis: &Analysis<'_>, (holding, table): (&Holding<'_>, &Json), purpose: Purpose<'_>) -> Vec<String> {
    let (stack, tool) = (analysis.stack, holding.tool);
    let data = tool.data.as_ref();
    let slugs = |slugs: Option<&[Slug]>| listed(slugs.into_iter().flatten().map(|slug| slug.as_str().replace('-', " ")));
    let carried: BTreeSet<&str> = holding.declared.iter().copied().chain(holding.carried.keys().copied()).collect();
    let officer = stack.privacy.as_ref().and_then(|privacy| privacy.officer.as_ref());
    let word = |key: &str| {
        let word = table.get("data").and_then(|data| data.get(key)).and_then(Json::as_str);
        said(word.map(|word| word.replace('-', " ")))
    };
    vec![
        stack.company.name.to_string(),
        said(
            officer
                .map(|person| stack.people.get(person.as_str()).map_or_else(|| person.to_string(), |person| person.about.name.to_string())),
        ),
        tool.about.name.to_string(),
        said(tool.vendor.as_deref()),
        word("role"),
        said(purpose.what.map(str::trim).filter(|what| !what.is_empty())),
        said(purpose.basis),
        slugs(data.map(|data| data.subjects.as_slice())),
        listed(carried.into_iter().map(|what| what.replace('-', " "))),
        purpose.recipients,
        slugs(data.map(|data| data.regions.as_slice())),
        transfer(stack, data, word("transfer")),
        said(data.and_then(|data| data.retention.as_ref()).map(Retention::in_words)),
        word("deletion"),
        access(tool),
        said(data.and_then(|data| data.dpa).map(|day: Date| day.to_string())),
        said(tool.owner.as_ref().map(|owner| stack.party_name(owner))),
    ]
}

/// What allows data to lie elsewhere; that it lies where it needs nothing.
fn transfer(stack: &Stack, data: Option<&PersonalData>, word: String) -> String {
    let home = stack.privacy.as_ref().and_then(|privacy| privacy.home_region.as_ref());
    let needs_none = home.zip(data).and_then(|(home, data)| data.needs_no_ground(home));
    needs_none.filter(|_| word == GAP).map_or(word, str::to_owned)
}

/// How people get in: the measure of security that the stack knows.
fn access(tool: &Tool) -> String {
    let Some(access) = &tool.access else { return GAP.to_owned() };
    let factor = |known: Option<bool>, yes: &'static str, no: &'static str| known.map(|is| if is { yes } else { no });
    let said_there = [factor(access.sso, "single sign-on", "no single sign-on"), factor(access.mfa, "second factor", "no second factor")];
    let reviewed = access.reviewed.map(|day| format!("reviewed {day}"));
    let parts: Vec<Cow<'_, str>> = said_there.into_iter().flatten().map(Cow::from).chain(reviewed.map(Cow::from)).collect();
    if parts.is_empty() { GAP.to_owned() } else { parts.join(", ") }
}

fn said(text: Option<impl Into<String>>) -> String {
    text.map_or_else(|| GAP.to_owned(), Into::into)
}

fn listed(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.is_empty() { GAP.to_owned() } else { items.join(", ") }
}
