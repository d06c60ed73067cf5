//! Proofs for people: a verdict, then only what is worth a look.

use std::io::{self, Write};

use super::Proven;
use crate::{
    model::AnyEntity,
    report::counted,
    routing::{Answer, Gap, Loss, Overlap, Part, RuleProof},
    text::{list::list, terminal::line},
};

/// How many rules of a routing are written that come before others with which they overlap; all pairs are in the JSON.
const MOST: usize = 20;
/// How many of those others are named.
const MOST_NAMES: usize = 8;

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
    section(&mut lines, "handed over, and taken by no rule there", proven.losses.iter().filter_map(|loss| lost(proven, loss)).collect());
    section(&mut lines, "overlaps, where the order of the rules decides", overlaps(proven));
    let same: Vec<_> = proven.overlaps.same.iter().collect();
    section(&mut lines, "overlaps of rules with one assignee, where the order only decides which rule is counted", grouped(proven, &same));
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
    if rule.taken_by.is_empty() {
        return format!("{name}: earlier rules take all that it would, and which ones could not be decided");
    }
    let takers = rule.taken_by.iter().map(|taker| format!("{} takes {}", proven.name(taker.rule), taker.example));
    format!("{name}: {}", takers.collect::<Vec<_>>().join("; "))
}

fn lost(proven: &Proven<'_, '_>, loss: &Loss<'_>) -> Option<String> {
    let example = loss.example()?;
    let what = if example.is_empty() { "one in which nothing is filled in".to_owned() } else { example.to_string() };
    Some(format!("`{}` hands `{}` records that it leaves, such as {what}", proven.name(loss.rule), loss.to.id))
}

fn doubts(proven: &Proven<'_, '_>) -> Vec<String> {
    let undecided = proven.proof.rules.iter().filter(|rule| rule.reached == Answer::Undecided);
    let rules = undecided.map(|rule| format!("whether {} is the first to take some record", rule.rule.name));
    let overlaps = proven.overlaps.doubt.map(|_| "whether these are all overlaps".to_owned());
    let undecided = proven.losses.iter().filter(|loss| loss.lost == Answer::Undecided);
    let losses = undecided.map(|loss| format!("whether `{}` takes all that {} hands over", loss.to.id, proven.name(loss.rule)));
    let mut doubts: Vec<String> = rules.chain(overlaps).chain(losses).collect();
    doubts.extend(proven.doubt().map(|doubt| format!("the reason: {doubt}")));
    doubts
}

fn overlaps(proven: &Proven<'_, '_>) -> Vec<String> {
    let conflicts: Vec<_> = proven.overlaps.conflicts().collect();
    let mut lines = grouped(proven, &conflicts);
    let exceptions = proven.overlaps.pairs.len() - conflicts.len();
    if exceptions > 0 {
        let be = if exceptions == 1 { "as it should be" } else { "as they should be" };
        lines.push(format!("{} {be}: an exception before a more general rule", counted(exceptions, "pair")));
    }
    lines
}

/// One line for each rule that comes before others, and one with a record that it and the first of them would take.
fn grouped(proven: &Proven<'_, '_>, pairs: &[&Overlap<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    let groups = || pairs.chunk_by(|a, b| a.first == b.first);
    for group in groups().take(MOST) {
        let Some(first) = group.first() else { continue };
        let later = list(group.iter().map(|pair| format!("`{}`", proven.name(pair.second))), MOST_NAMES);
        lines.push(format!("`{}` comes before {later}", proven.name(first.first)));
        lines.push(format!("  both it and `{}` would take {}", proven.name(first.second), first.example));
    }
    let more = groups().skip(MOST).count();
    if more > 0 {
        lines.push(format!("and {} more that come before others: `--format json` lists the pairs", counted(more, "rule")));
    } else if groups().any(|group| group.len() > MOST_NAMES) {
        lines.push("`--format json` lists the pairs".to_owned());
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
