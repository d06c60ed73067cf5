//! Findings as results of tests: a suite per family, a case per finding, and a case for every rule that found nothing.
//!
//! The elements and attributes are those of Jenkins' schema, which others read too. `quick-junit` would add an
//! attribute that the schema refuses, and bring crates for times and ids that a report must not have.

use std::io::{self, Write};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::place::Place;
use crate::{
    Project,
    diagnostic::{Diagnostic, Family, Rule},
    policy::Suppressed,
    rules::{self, Settings},
    text::{terminal::line, xml::text},
};

/// A rule with what it found.
struct Judged<'a> {
    rule: &'static Rule,
    failed: Vec<&'a Diagnostic>,
    accepted: Vec<&'a Suppressed>,
}

impl Judged<'_> {
    fn cases(&self) -> usize {
        (self.failed.len() + self.accepted.len()).max(1)
    }
}

/// The rules that were asked, by name, with what they found.
fn judged(project: &Project) -> Vec<Judged<'_>> {
    let report = &project.report;
    let settings = Settings::new(&project.stack);
    let was_asked = |rule: &Rule| !rule.is_adjustable() || !report.only_validity && settings.can_report(rule);
    let mut all: Vec<Judged<'_>> = rules::all()
        .into_iter()
        .map(|rule| Judged {
            rule,
            failed: report.findings.iter().filter(|finding| finding.rule == rule).collect(),
            accepted: report.suppressed.iter().filter(|accepted| accepted.finding.rule == rule).collect(),
        })
        .filter(|of| was_asked(of.rule) || !of.failed.is_empty() || !of.accepted.is_empty())
        .collect();
    all.sort_by_key(|of| of.rule.name);
    all
}

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let judged = judged(project);
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (cases, failed, _) = sums(judged.iter());
    xml.write_event(Event::Start(BytesStart::new("testsuites").with_attributes([
        ("name", "linchpin"),
        ("tests", &cases.to_string()),
        ("failures", &failed.to_string()),
        ("errors", "0"),
    ])))?;
    for family in Family::ALL {
        let of: Vec<_> = judged.iter().filter(|of| of.rule.family == family).collect();
        if !of.is_empty() {
            write_suite(project, family, &of, &mut xml)?;
        }
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    writeln!(xml.into_inner())
}

/// How many cases there are, how many fail, and how many are skipped.
fn sums<'j>(judged: impl Iterator<Item = &'j Judged<'j>>) -> (usize, usize, usize) {
    judged.fold((0, 0, 0), |(cases, failed, skipped), of| (cases + of.cases(), failed + of.failed.len(), skipped + of.accepted.len()))
}

fn write_suite<W: Write>(project: &Project, family: Family, judged: &[&Judged<'_>], xml: &mut Writer<W>) -> io::Result<()> {
    let (cases, failed, skipped) = sums(judged.iter().copied());
    xml.write_event(Event::Start(BytesStart::new("testsuite").with_attributes([
        ("name", family.word()),
        ("tests", &cases.to_string()),
        ("failures", &failed.to_string()),
        ("errors", "0"),
        ("skipped", &skipped.to_string()),
    ])))?;
    for of in judged {
        for finding in &of.failed {
            let outcome = ("failure", finding.level.word(), line(&finding.message).into_owned(), at_length(project, finding));
            write_case(finding.rule, &name(finding), Some(outcome), xml)?;
        }
        for Suppressed { finding, reason, until, by } in of.accepted.iter().copied() {
            let why = format!("accepted until {until} by {by}: {}", line(reason));
            write_case(finding.rule, &name(finding), Some(("skipped", "accepted", why, at_length(project, finding))), xml)?;
        }
        if of.failed.is_empty() && of.accepted.is_empty() {
            write_case(of.rule, "nothing to report", None, xml)?;
        }
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

/// An element, its type, its message and its text.
type Outcome = (&'static str, &'static str, String, String);

fn write_case<W: Write>(rule: &Rule, name: &str, outcome: Option<Outcome>, xml: &mut Writer<W>) -> io::Result<()> {
    let class = format!("linchpin.{}.{}", rule.family.word(), rule.name);
    let case = BytesStart::new("testcase").with_attributes([("classname", class.as_str()), ("name", &text(name))]);
    let Some((element, kind, message, body)) = outcome else { return xml.write_event(Event::Empty(case)) };
    xml.write_event(Event::Start(case))?;
    xml.write_event(Event::Start(BytesStart::new(element).with_attributes([("type", kind), ("message", &text(&message))])))?;
    xml.write_event(Event::Text(BytesText::new(&text(&body))))?;
    xml.write_event(Event::End(BytesEnd::new(element)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

/// Names a finding among those of its rule.
fn name(finding: &Diagnostic) -> String {
    let key = finding.key.as_ref().map_or_else(String::new, |key| format!(" ({key})"));
    line(&format!("{}{key}", finding.subject)).into_owned()
}

/// Says where a finding stands, what is the matter, and what to do, a line each.
fn at_length(project: &Project, finding: &Diagnostic) -> String {
    let place = Place::of(project, finding.span);
    let mut text = format!("{}:{}: {}", place.short(), place.start.column, line(&finding.message));
    for note in &finding.notes {
        text = format!("{text}\nnote: {}", line(note));
    }
    finding.help.as_ref().map_or(text.clone(), |help| format!("{text}\nhelp: {}", line(help)))
}
