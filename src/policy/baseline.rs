//! Findings that were there before: a text file with one in a line, which nobody is told of again.
//!
//! ```text
//! 9f2c0d5a1b3e4f60 no-backup tool.hubspot
//! a1b2c3d4e5f60718 runbook-gap stack lead-scoring
//! ```
//!
//! Sorted by the fingerprint, so that two branches that each write a line rarely write it in one place. What follows the
//! fingerprint is for people; only the rule is read.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    diagnostic::{Diagnostic, Rule},
    rules,
    text::terminal::line,
};

/// What a file begins with that linchpin writes.
const HEADER: &str = "# Findings that `linchpin check --baseline` leaves out: fingerprint, rule, subject and key of each, sorted.\n\
                      # Remove a line when its finding is mended; `--write-baseline` takes in what is new as well.\n";

/// A finding of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The fingerprint of the finding.
    pub id: String,
    /// The name of its rule.
    pub rule: String,
    /// Its subject and key, as they are written.
    pub about: String,
}

/// Findings that were there before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

/// A line that is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Malformed {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it, and what to do.
    pub reason: String,
}

/// Whether a finding may be left out because it was there before: not mistakes in the files, nor what is said of acceptances.
pub fn may_cover(rule: &Rule) -> bool {
    rule.is_suppressible()
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// If a line is no entry, or of a rule whose findings are never left out.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut entries = BTreeMap::new();
        for (index, written) in text.lines().enumerate() {
            let written = written.trim();
            if !written.is_empty() && !written.starts_with('#') {
                let entry = entry(written).map_err(|reason| Malformed { line: index + 1, reason })?;
                entries.insert(entry.id.clone(), entry);
            }
        }
        Ok(Self { entries })
    }

    /// Makes a baseline of findings, as far as they may be left out, and of entries that stay.
    pub fn new<'a>(findings: impl Iterator<Item = &'a Diagnostic>, kept: impl Iterator<Item = &'a Entry>) -> Self {
        let found = findings.filter(|finding| may_cover(finding.rule)).map(|finding| {
            let key = finding.key.as_ref().map_or_else(String::new, |key| format!(" {key}"));
            let about = line(&format!("{}{key}", finding.subject)).trim().to_owned();
            Entry { id: finding.id(), rule: finding.rule.name.to_owned(), about }
        });
        Self { entries: kept.cloned().chain(found).map(|entry| (entry.id.clone(), entry)).collect() }
    }

    /// Returns the text of the file.
    pub fn to_text(&self) -> String {
        self.entries.values().fold(HEADER.to_owned(), |mut text, entry| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {}", entry.id, entry.rule, entry.about);
            text
        })
    }

    /// Whether a finding was there before.
    pub fn covers(&self, finding: &Diagnostic) -> bool {
        may_cover(finding.rule) && self.entries.contains_key(&finding.id())
    }

    /// Returns how many entries another baseline does not have.
    pub fn missing_in(&self, other: &Self) -> usize {
        self.entries.keys().filter(|id| !other.entries.contains_key(*id)).count()
    }

    /// Iterates over the entries, sorted.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }
}

fn entry(written: &str) -> Result<Entry, String> {
    const SHAPE: &str = "a line has its fingerprint, rule, subject and key, as `--write-baseline` writes them";
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| written.starts_with(mark)) {
        return Err("a conflict of a merge stands here; keep the lines of both sides, in any order".to_owned());
    }
    let mut words = written.splitn(3, char::is_whitespace);
    let (id, rule, about) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default().trim());
    let is_fingerprint = id.len() == 16 && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    if !is_fingerprint || rule.is_empty() || about.is_empty() {
        return Err(format!("this is no finding; {SHAPE}"));
    }
    if rules::find(rule).is_some_and(|rule| !may_cover(rule)) {
        return Err(format!("findings of `{rule}` are never left out; remove the line"));
    }
    Ok(Entry { id: id.to_owned(), rule: rule.to_owned(), about: about.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::Baseline;

    const ONE: &str = "0123456789abcdef no-owner tool.a\n";

    #[test]
    fn comments_empty_lines_and_ends_of_lines_are_as_one_likes() {
        let text = format!("\u{feff}# Mine.\r\n\r\n  {}\r\n{ONE}", "fedcba9876543210\tno-backup tool.b  a key ");
        let baseline = Baseline::parse(&text).unwrap();
        let read: Vec<(&str, &str)> = baseline.entries().map(|entry| (entry.rule.as_str(), entry.about.as_str())).collect();
        assert_eq!(read, [("no-owner", "tool.a"), ("no-backup", "tool.b  a key")]);
        assert_eq!(Baseline::parse(&baseline.to_text()).unwrap(), baseline);
    }

    #[test]
    fn a_line_that_is_no_entry_is_refused_with_its_number() {
        let said = |line: &str| {
            let error = Baseline::parse(&format!("{ONE}\n{line}\n")).unwrap_err();
            (error.line, error.reason.split(';').next().unwrap().to_owned())
        };
        for line in ["x", "0123456789abcdef no-owner", "0123456789ABCDEF no-owner tool.a", "0123456789abcde no-owner tool.a", "[stack]"] {
            assert_eq!(said(line), (3, "this is no finding".to_owned()), "{line}");
        }
        assert_eq!(said("<<<<<<< HEAD"), (3, "a conflict of a merge stands here".to_owned()));
        for rule in ["invalid-toml", "expired-suppression", "unused-suppression"] {
            let expected = format!("findings of `{rule}` are never left out");
            assert_eq!(said(&format!("0123456789abcdef {rule} stack")), (3, expected));
        }
    }
}
