//! What the site of a large stack may weigh: bytes and elements of every page, bytes of the whole.
//!
//! The stack is the one that the benchmarks measure, of 300 tools.

use std::{collections::BTreeMap, fmt::Write as _};

use linchpin::Project;

use crate::{
    benches::generator,
    built::{Folder, Site, is_page, open},
};

/// How many business units have 300 tools between them.
const UNITS: usize = 300 / generator::TOOLS;

/// What a page may have at most.
struct Limit {
    /// Bytes of the file.
    bytes: usize,
    /// Elements in the document.
    elements: usize,
}

/// The most that any page may have; the largest has every tool that holds people three times, in tables of their own.
const PAGE: Limit = Limit { bytes: 520_000, elements: 11_800 };
/// The most that the page of a single entity may have; that of a rule holds all that it finds.
const ENTITY: Limit = Limit { bytes: 110_000, elements: 2_500 };
/// The most that the whole site may have, in bytes, with data and pictures.
const SITE: usize = 49_000_000;

/// A page and what it weighs.
struct Weight<'s> {
    path: &'s str,
    bytes: usize,
    elements: usize,
}

impl Weight<'_> {
    fn limit(&self) -> &'static Limit {
        let is_entity = self.path.contains('/') && !self.path.ends_with("/index.html");
        // A rule lists what it finds, an area what it holds.
        let is_entity = is_entity && !["rules/", "map/"].iter().any(|folder| self.path.starts_with(folder));
        if is_entity { &ENTITY } else { &PAGE }
    }

    fn is_over(&self) -> bool {
        self.bytes > self.limit().bytes || self.elements > self.limit().elements
    }
}

/// How many elements a page has. Every `<` that the templates write begins a tag, and values write it as an entity; a document
/// of hundreds of pages is counted in a moment so, and by a parser in minutes.
fn elements(html: &str) -> usize {
    html.as_bytes().windows(2).filter(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic()).count()
}

fn weights(site: &Site) -> Vec<Weight<'_>> {
    let weight = |path| Weight { path, bytes: site.text(path).len(), elements: elements(site.text(path)) };
    site.paths().filter(|path| is_page(path)).map(weight).collect()
}

/// The largest pages, and the largest page of every kind.
fn table(weights: &[Weight<'_>], total: usize) -> String {
    let mut by_size: Vec<&Weight<'_>> = weights.iter().collect();
    by_size.sort_by_key(|weight| std::cmp::Reverse(weight.bytes));
    let mut of_kind: BTreeMap<&str, &Weight<'_>> = BTreeMap::new();
    for weight in by_size.iter().rev().filter(|weight| weight.path.contains('/')) {
        of_kind.insert(weight.path.split('/').next().unwrap(), weight);
    }
    let mut out = format!("{} pages, {total} bytes with the data\n     bytes  elements\n", weights.len());
    let mut rows = |rows: &mut dyn Iterator<Item = &&Weight<'_>>| {
        for row in rows {
            let over = if row.is_over() { "  over its limit" } else { "" };
            let _ = writeln!(out, "{:>10}  {:>8}  {}{over}", row.bytes, row.elements, row.path);
        }
    };
    rows(&mut by_size.iter().take(20));
    rows(&mut of_kind.values());
    out
}

/// A page that shows some of many leads to where all are: every finding stands on the page of its rule, and under whoever
/// answers for it; what a list of entities leaves out stands in the data.
fn assert_nothing_is_lost(project: &Project, site: &Site) {
    let row = "<td class=\"level\">";
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &project.report.findings {
        *by_rule.entry(finding.rule.name).or_default() += 1;
    }
    let page = site.text("findings.html");
    let (shown, by_owner) = page.split_once("id=\"by-owner\"").unwrap();
    assert!(shown.matches("<tr id=\"finding-").count() < project.report.findings.len(), "the stack has too few findings");
    for (rule, count) in by_rule {
        let url = format!("rules/{rule}.html");
        assert_eq!(site.text(&url).matches(row).count(), count, "{rule}");
        assert!(shown.contains(&format!("href=\"{url}\"")), "{rule}");
    }
    let by_owner = by_owner.split_once("</table>").unwrap().0;
    let subjects = by_owner.matches("<a href").count() - by_owner.matches(row).count();
    assert_eq!(subjects, project.report.findings.len());
    let integrations = site.text("integrations/index.html");
    assert!(!integrations.contains("data-label=\"Backup\"") && integrations.contains("data/integrations.csv"));
    let head = site.text("data/integrations.csv").lines().next().unwrap();
    assert!(head.contains("backup") && head.contains("schedule"), "{head}");
}

#[test]
#[allow(clippy::print_stdout, reason = "the table is for those who ask for it")]
fn the_site_of_three_hundred_tools_stays_within_its_budget() {
    let files = generator::units(UNITS);
    let folder = Folder::of(&[]);
    generator::write(&files, folder.path()).unwrap();
    let project = open(folder.path());
    let site = Site::of(&project);
    assert_nothing_is_lost(&project, &site);
    let weights = weights(&site);
    let total: usize = site.0.iter().map(|file| file.content.len()).sum();
    let table = table(&weights, total);
    println!("{table}");
    assert_eq!(weights.iter().filter(|weight| weight.path.starts_with("tools/")).count(), 300 + 1);
    let over: Vec<&str> = weights.iter().filter(|weight| weight.is_over()).map(|weight| weight.path).collect();
    assert!(over.is_empty(), "{over:?} have more bytes or elements than they may\n{table}");
    assert!(total <= SITE, "the site has {total} bytes, {SITE} are allowed\n{table}");
}

#[test]
fn elements_are_counted_as_a_parser_counts_them() {
    let site = super::built_example();
    for path in ["index.html", "map.html", "findings.html", "tools/index.html", "routing/inbound.html", "runbooks/access.html"] {
        assert_eq!(elements(site.text(path)), site.page(path).elements().count(), "{path}");
    }
}
