//! Proofs for people: a verdict, then only what is worth a look.

use std::io::{self, Write};

use super::Proven;
use crate::{
    model::AnyEntity,
    report::counted,
    routing::{Answer, Gap, Part, RuleProof},
    text::terminal::line,
};

/// How many overlaps of a routing are written; all are in the JSON.
const MOST: usize = 20;

pub(super) fn write(proven: &[Proven<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
    for (index, proven) in proven.iter().enumerate() {
        let gap = if index > 0 { "\n" } else { "" };
        let routing = proven.proof.routing;
        writeln!(out, "{gap}{} ({})", line(routing.about.name.as_str()), line(routing.address().as_ref()))?;
        for text in lines(proven) {
            writeln!(out, "  {}", line(&text))?;
        }
    }
    Ok(())
}

fn lines(proven: &Proven<'_, '_>) -> Vec<String> {
    let mut lines = vec![verdict(proven)];
    lines.extend(proven.proof.unfillable.map(|field| format!("no record can exist: every one must have `{field}`, and no value fits it")));
    let dead: Vec<String> = proven.proof.unreachable().map(|(_, rule)| dead(proven, rule)).collect();
    section(&mut lines, "never the first to take a record", dead);
    section(&mut lines, "not decided", doubts(proven));
    let nowhere = |gap: &Gap<'_>| (!gap.nowhere.is_empty()).then(|| format!("{}: {}", gap.field, all(&gap.nowhere)));
    section(&mut lines, "leads nowhere, whatever else the record has", proven.proof.gaps.iter().filter_map(nowhere).collect());
    section(&mut lines, "what a record without a rule can have", proven.proof.gaps.iter().filter_map(can).collect());
    section(&mut lines, "overlaps, where the order of the rules decides", overlaps(proven));
    lines
}

/// What is true of the routing as a whole, in a line.
fn verdict(proven: &Proven<'_, '_>) -> String {
    let proof = proven.proof;
    let whole = match &proof.unrouted {
        Answer::No => "every record has a rule".to_owned(),
        Answer::Yes(example) if proof.routing.partial => format!("records may stay without a rule, such as {example}"),
        Answer::Yes(example) => format!("some records have no rule, such as {example}"),
        Answer::Undecided => "whether every record has a rule is not decided".to_owned(),
    };
    let reached = proof.rules.iter().filter(|rule| rule.reached.example().is_some()).count();
    let rules = match proof.rules.len() {
        0 => "it has no rule".to_owned(),
        1 if reached == 1 => "its one rule takes some of them".to_owned(),
        all if reached == all => format!("each of the {all} rules is the first to take some of them"),
        all => {
            let verb = if reached == 1 || all == 1 { "is" } else { "are" };
            format!("{reached} of {} {verb} the first to take some of them", counted(all, "rule"))
        }
    };
    format!("{whole}; {rules}")
}

fn dead(proven: &Proven<'_, '_>, rule: &RuleProof<'_>) -> String {
    let name = rule.rule.name.as_str();
    if !rule.is_possible {
        return format!("{name}: its condition never holds");
    }
    let takers = rule.taken_by.iter().map(|taker| format!("{} takes {}", proven.name(taker.rule), taker.example));
    format!("{name}: {}", takers.collect::<Vec<_>>().join("; "))
}

fn doubts(proven: &Proven<'_, '_>) -> Vec<String> {
    let undecided = proven.proof.rules.iter().filter(|rule| rule.reached == Answer::Undecided);
    let rules = undecided.map(|rule| format!("whether {} is the first to take some record", rule.rule.name));
    let overlaps = proven.overlaps.doubt.map(|_| "whether these are all overlaps".to_owned());
    let mut doubts: Vec<String> = rules.chain(overlaps).collect();
    doubts.extend(proven.doubt().map(|doubt| format!("the reason: {doubt}")));
    doubts
}

fn overlaps(proven: &Proven<'_, '_>) -> Vec<String> {
    let conflicts: Vec<_> = proven.overlaps.conflicts().collect();
    let name = |rule: usize| proven.name(rule);
    let shown = conflicts.iter().take(MOST);
    let mut lines: Vec<String> = shown.map(|pair| format!("{} before {}: {}", name(pair.first), name(pair.second), pair.example)).collect();
    let more = conflicts.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(format!("and {more} more: `--format json` lists them all"));
    }
    let exceptions = proven.overlaps.pairs.len() - conflicts.len();
    if exceptions > 0 {
        lines.push(format!("{} as they should be: an exception before a more general rule", counted(exceptions, "pair")));
    }
    lines
}

/// What a record without a rule can have in a field, if that is not anything.
fn can(gap: &Gap<'_>) -> Option<String> {
    let never = (!gap.never.is_empty()).then(|| format!("never {}", all(&gap.never)));
    let can = (!gap.can.is_empty()).then(|| all(&gap.can));
    let words: Vec<String> = can.into_iter().chain(never).collect();
    (!words.is_empty()).then(|| format!("{}: {}", gap.field, words.join(", ")))
}

fn all(parts: &[Part]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn section(lines: &mut Vec<String>, title: &str, entries: Vec<String>) {
    if !entries.is_empty() {
        lines.push(format!("{title}:"));
        lines.extend(entries.into_iter().map(|entry| format!("  {entry}")));
    }
}
