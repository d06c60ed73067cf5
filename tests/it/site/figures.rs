//! Every figure of the pages that reviewers read first leads to where it comes from.

use linchpin::analysis::{Analysis, Standing};
use scraper::{ElementRef, Selector};

use super::target;
use crate::built::{Page, Site, example, open, words};

const PAGES: [&str; 4] = ["key-people.html", "redundancy.html", "spend.html", "charter.html"];

fn select<'e>(element: ElementRef<'e>, selector: &str) -> Vec<ElementRef<'e>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

/// The words of an element that stand in no link, in no place of the files and in no key to write.
fn unlinked(element: ElementRef<'_>) -> String {
    let is_source = |of: ElementRef<'_>| of.value().name() == "a" || of.value().classes().any(|class| ["src", "none"].contains(&class));
    let texts = element.descendants().filter_map(|node| {
        let sourced = node.ancestors().filter_map(ElementRef::wrap).take_while(|of| *of != element).any(is_source);
        node.value().as_text().filter(|_| !sourced).map(|text| text.to_string())
    });
    texts.collect()
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a link leads to a page of the site, or to an id that is on it.
fn leads_somewhere(site: &Site, page: &Page, href: &str) -> bool {
    let (path, id) = target(&page.path, href);
    let found = site.paths().any(|of| of == path);
    found && id.is_none_or(|id| site.text(&path).contains(&format!("id=\"{id}\"")))
}

#[test]
fn every_key_figure_is_a_link_to_what_it_is_made_of() {
    let site = Site::of(&open(&example()));
    for path in PAGES.into_iter().chain(["index.html"]) {
        let page = site.page(path);
        let tiles = page.all(".figures > div");
        assert!(path == "charter.html" || tiles.len() >= 4, "{path} has {} figures", tiles.len());
        for tile in tiles {
            let number = select(tile, "dd.n > a");
            assert_eq!(number.len(), 1, "{path}: {}", words(&tile));
            let href = number[0].value().attr("href").unwrap();
            assert!(leads_somewhere(&site, &page, href), "{path}: {} leads to {href}", words(&tile));
        }
    }
}

#[test]
fn no_number_of_a_standfirst_stands_outside_a_link() {
    let site = Site::of(&open(&example()));
    for path in PAGES {
        let page = site.page(path);
        let lead = page.one("p.lead");
        assert!(!has_digit(&unlinked(lead)), "{path}: {}", unlinked(lead));
        assert!(path == "charter.html" || has_digit(&words(&lead)), "{path} says no number first");
    }
}

#[test]
fn every_amount_of_a_departure_names_its_line_or_its_assumption() {
    let page = Site::of(&open(&example())).page("key-people.html");
    let rows = page.all("section:has(> h2#by-person) tbody tr:not(.group)");
    let (mut rebuilding, mut exposed) = (0, 0);
    for row in rows {
        let head = words(&select(row, "th")[0]);
        let reckoned = select(row, "td")[1];
        let assumptions = select(reckoned, "a[href^=\"key-people.html#assumed-\"]").len();
        match head.as_str() {
            "Rebuilding" => {
                rebuilding += 1;
                assert_eq!(assumptions, 2, "{}", words(&reckoned));
                assert!(!has_digit(&unlinked(reckoned)), "{}", unlinked(reckoned));
            }
            "Pipeline exposed" => {
                exposed += 1;
                let lines: Vec<&str> = select(reckoned, "a.src").iter().filter_map(|link| link.value().attr("href")).collect();
                assert!(lines.len() == 1 && lines[0].contains("flows/"), "{lines:?}");
                assert_eq!(assumptions, 1, "{}", words(&reckoned));
            }
            _ => {}
        }
    }
    assert!(rebuilding > 0 && exposed > 0);
    for group in ["prices", "rebuilding", "work", "weights"] {
        assert!(select(page.one(&format!("tbody#assumed-{group}")), "tr").len() > 1, "{group}");
    }
}

#[test]
fn what_others_can_run_is_told_by_who_can() {
    let project = open(&example());
    let page = Site::of(&project).page("key-people.html");
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let mut told = 0;
    for departure in analysis.losses() {
        let id = departure.gone.people.first().unwrap();
        let Some(group) = page.all(&format!("tbody#without-{id} tr")).into_iter().find(|row| words(row).starts_with("Covered")) else {
            continue;
        };
        let lines: Vec<String> = select(group, "td")[1].inner_html().split("<br>").map(str::to_owned).collect();
        for covered in &departure.covered {
            let link = format!("\"{}/{}.html\"", covered.kind().folder(), covered.id());
            let told_by: Vec<&String> =
                lines.iter().filter(|line| line.split_once("</a>: ").is_some_and(|(_, of)| of.contains(&link))).collect();
            assert_eq!(told_by.len(), 1, "{id}: {link}");
            let who = told_by[0].split("</a>: ").next().unwrap();
            let people = who.matches("people/").count();
            let runners = analysis.knowledge().of(covered.address().as_str());
            let others: Vec<_> = departure.others(runners).collect();
            assert_eq!(people, others.len(), "{id}: {link} by {who}");
            assert!(others.iter().all(|runner| who.contains(&format!("people/{}.html", runner.person))), "{id}: {link} by {who}");
            told += 1;
        }
    }
    assert!(told > 20, "{told}");
}

#[test]
fn what_is_saved_and_by_when_speaks_of_the_same_candidates() {
    let project = open(&example());
    let page = Site::of(&project).page("redundancy.html");
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let consolidation = analysis.consolidation();
    let tiles = page.all(".figures > div");
    for (choices, saved, notice) in [(&consolidation.within, 1, 2), (&consolidation.across, 3, 3)] {
        let first: Vec<_> = choices.iter().filter_map(|choice| choice.candidates.first()).collect();
        assert!(!first.is_empty());
        for candidate in &first {
            assert!(tiles[saved].inner_html().contains(&format!("tools/{}.html", candidate.tool)), "{}", words(&tiles[saved]));
        }
        let sum: f64 = first.iter().map(|candidate| candidate.saved).sum();
        let sum = project.stack.company.amount(sum.round());
        assert!(words(&tiles[saved]).contains(sum.trim_start_matches("USD ")), "{sum}: {}", words(&tiles[saved]));
        let ahead =
            first.iter().flat_map(|candidate| &candidate.endings).filter(|one| one.standing.is_some_and(|of| of != Standing::Passed));
        let next = ahead.min_by_key(|one| (one.last, one.contract)).expect("a notice that is ahead");
        assert!(tiles[notice].inner_html().contains(&format!("contracts/{}.html", next.contract)), "{}", words(&tiles[notice]));
        let (day, year) =
            next.last.map(linchpin::model::Date::in_short).unwrap().rsplit_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(words(&tiles[notice]).contains(&day) && words(&tiles[notice]).contains(&year), "{}", words(&tiles[notice]));
    }
}

#[test]
fn the_counts_of_the_charter_add_up_and_lead_to_their_owners() {
    let site = Site::of(&open(&example()));
    let page = site.page("charter.html");
    let number = |cell: &ElementRef<'_>| words(cell).trim_start_matches("–nothing").parse::<usize>().unwrap_or(0);
    let owners = page.one("[aria-label=\"Owners by area\"]");
    let total: Vec<usize> = select(page.one("tr#owners-all"), "td").iter().map(number).collect();
    for (at, sum) in total.iter().enumerate() {
        let column: usize = select(owners, "tbody tr").iter().map(|row| number(&select(*row, "td")[at])).sum();
        assert_eq!(column, *sum, "column {at}");
    }
    for (at, row) in page.all("tr[id^=\"area-\"]").into_iter().enumerate() {
        let cells = select(row, "td.number");
        assert_eq!(number(&cells[0]) + number(&cells[1]), total[at], "{}", words(&row));
        for cell in cells.iter().filter(|cell| number(cell) > 0).take(2) {
            let href = select(*cell, "a")[0].value().attr("href").unwrap().to_owned();
            assert!(leads_somewhere(&site, &page, &href), "{href}");
        }
    }
    for row in select(owners, "tbody tr") {
        let last = select(row, "td a").pop().unwrap();
        assert!(leads_somewhere(&site, &page, last.value().attr("href").unwrap()), "{}", words(&row));
    }
}

#[test]
fn a_phone_has_charts_and_marks_of_its_own() {
    let site = Site::of(&open(&example()));
    for (path, charts) in [("spend.html", 3), ("charter.html", 1)] {
        let page = site.page(path);
        let twice = page.all(".canvas.two");
        assert_eq!(twice.len(), charts, "{path}");
        for canvas in twice {
            let svgs = select(canvas, "svg");
            let rows = |at: usize| -> Vec<&str> { select(svgs[at], "a").iter().filter_map(|row| row.value().attr("href")).collect() };
            assert_eq!(svgs.len(), 2);
            assert_eq!(rows(0), rows(1), "{path}: the same rows, leading to the same");
            let width: f64 = svgs[1].value().attr("width").unwrap().parse().unwrap();
            assert!(width <= 328.0, "{path}: {width}");
        }
    }
    // Where a row is a block, each mark stands beside the name of its person, and none is empty.
    let page = site.page("key-people.html");
    for cell in page.all(".matrix.many tbody td.mark") {
        assert_eq!(cell.value().attr("data-label").is_some(), !select(cell, "svg").is_empty());
    }
    let reasons: Vec<String> = page.all(".matrix.many .mk-able title").iter().map(words).collect();
    assert!(reasons.iter().any(|reason| reason.contains("leads the team")), "{reasons:?}");
    assert!(page.all(".matrix.many .mk-backup title").iter().all(|title| words(title).starts_with("backup")));
}
