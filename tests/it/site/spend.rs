//! The pages on spend, redundancy and the charter: what stands on them, what they link to, and what they withhold.

use std::collections::BTreeSet;

use linchpin::model::AnyEntity;
use scraper::{ElementRef, Selector};

use super::target;
use crate::built::{Folder, Page, Site, example, open, words};

/// The cells of the rows of a table, by the name of its region.
fn rows(page: &Page, table: &str) -> Vec<Vec<String>> {
    let region = page.one(&format!("[aria-label=\"{table}\"]"));
    let rows = Selector::parse("tbody tr:not(.group)").unwrap();
    region.select(&rows).map(|row| row.child_elements().map(|cell| words(&cell)).collect()).collect()
}

/// Where the links of a table lead, from the root.
fn links(page: &Page, table: &str) -> BTreeSet<String> {
    let region = page.one(&format!("[aria-label=\"{table}\"]"));
    let hrefs = Selector::parse("a[href]").unwrap();
    let hrefs = region.select(&hrefs).filter_map(|link| link.value().attr("href")).filter(|href| !href.contains(':'));
    hrefs.map(|href| target(&page.path, href).0).collect()
}

fn figures(page: &Page) -> Vec<String> {
    page.all(".figures > div").iter().map(words).collect()
}

/// Two tools that overlap in one unit and across, three contracts, one of them too late, one cost that nobody knows.
const STACK: &str = "rates = { EUR = 2 }\nannual-revenue = 46_000_000\nsystem-of-record = \"crm\"\n\
    source-url = \"https://git.example.com/{path}#L{line}\"\n\
    [unit.x]\nname = \"Unit X\"\n[unit.y]\nname = \"Unit Y\"\n[person.ana]\nname = \"Ana\"\nteams = [\"ops\"]\n\
    [team.ops]\nname = \"Ops\"\nfunction = \"marketing-operations\"\n\
    [charter]\nareas = { technology = \"ana\" }\n\
    [tool.crm]\nname = \"The CRM\"\ncategory = \"crm\"\nunit = \"x\"\nowner = \"ana\"\ncapabilities = [\"forms\", \"surveys\", \"live-chat\"]\n\
    [tool.crm.adoption]\nused = [\"forms\"]\n\
    [tool.form]\nname = \"The form\"\ncategory = \"forms-surveys\"\nunit = \"x\"\nowner = \"ops\"\ncapabilities = [\"forms\", \"surveys\"]\n\
    [tool.other]\nname = \"The other\"\ncategory = \"forms-surveys\"\nunit = \"y\"\ncapabilities = [\"forms\", \"surveys\", \"chatbots\"]\n\
    [tool.dark]\nname = \"The dark\"\ncategory = \"forms-surveys\"\nunit = \"y\"\n\
    [integration.i]\nfrom = \"form\"\nto = \"crm\"\nmethod = \"api\"\n\
    [contract.crm]\nvendor = \"Vendor\"\nannual-cost = 91234\nseats = 7\nseats-used = 3\nrenewal = 2027-06-01\nnotice-days = 30\nauto-renew = true\n\
    [contract.form]\nvendor = \"vendor\"\nannual-cost = 20617\ncurrency = \"EUR\"\nrenewal = 2027-01-05\nnotice-days = 60\nauto-renew = true\n\
    [contract.shared]\ncovers = [\"form\", \"other\"]\nannual-cost = 6018\nshare = 0.5\nvendor = \"Zeta\"\nallocation = { form = 0.5, other = 1.0 }\nchange-of-control = \"terminates\"\n";

fn stack(site: &str) -> Folder {
    Folder::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n{STACK}{site}"))])
}

#[test]
fn spend_says_first_what_it_costs_what_is_idle_and_what_is_decided_by_when() {
    let page = stack("").site().page("spend.html");
    let lead = page.words("p.lead");
    assert!(lead.starts_with("Example is known to pay USD 135,477 a year for 3 tools."), "{lead}");
    assert!(lead.contains("For USD 41,234 in 1 contract the last day to give notice is past and the renewal still ahead"), "{lead}");
    assert!(lead.ends_with("The cost of 1 tool is not known, so the sum is a lower bound."), "{lead}");
    let figures = figures(&page);
    assert!(figures[0].starts_with("Known cost a year135,477 USD0.3% of revenue"), "{figures:?}");
    assert!(figures[2].starts_with("Notice passed41,234 USD"), "{figures:?}");
    assert!(figures[3].starts_with("Idle seats52,134 USD4 of 7 seats"), "{figures:?}");
    assert!(figures[4].starts_with("Idle capability60,823 USDAn indication, not a saving"), "{figures:?}");
    let next = rows(&page, "What must be decided next");
    assert_eq!(next[0][..6], ["The form", "41,234", "6 Nov 202616 days ago", "5 Jan 2027", "by itself", "notice passed"]);
    assert_eq!(next[1][..6], ["The CRM", "91,234", "2 May 2027in 161 days", "1 Jun 2027", "by itself", "ahead"]);
    let months = rows(&page, "Twelve months, month by month");
    assert_eq!(months.len(), 13);
    let june = months.iter().find(|row| row[0] == "Jun 2027").unwrap();
    assert_eq!(june[1..], ["–nothing", "The CRM on 1", "91,234", "67.3%", "cliff"]);
}

#[test]
fn a_contract_for_several_tools_says_how_it_is_divided() {
    let page = stack("").site().page("spend.html");
    let contracts = rows(&page, "Contracts and how they are divided");
    let shared = contracts.iter().find(|row| row[0] == "The form, The other").unwrap();
    assert_eq!(shared[1..4], ["3,009", "2.2%", "50%"]);
    assert_eq!(shared[4], "The form 33.3%, The other 66.7%as allocation says, scaled: its shares add up to 1.5, not to 1");
    let tools = rows(&page, "Cost by tool");
    let form = tools.iter().find(|row| row[0] == "The form").unwrap();
    assert_eq!(form[1..4], ["Unit X", "42,237", "The form, The form, The other 33.3% of it"]);
    let vendors = rows(&page, "Vendors by what they are paid");
    assert_eq!(vendors[0], ["Vendor", "132,468", "97.8%", "The CRM, The form", "more than 40%"]);
    let control: Vec<String> = rows(&page, "Contracts by what a sale does to them").into_iter().map(|row| row[..3].join(" ")).collect();
    assert_eq!(control, ["End with the sale 1 3,009", "Not documentedchange-of-control = \"…\" 2 132,468"]);
}

#[test]
fn what_is_not_known_says_what_to_write_where() {
    let page = stack("").site().page("spend.html");
    let unknown = rows(&page, "Costs that are not known");
    assert_eq!(unknown, [["The dark", "no contract covers it", "[contract.dark] annual-cost = …", "stack.toml:39"]]);
    let usual = rows(&page, "This stack beside what is usual");
    let told: Vec<(&str, &str, &str)> = usual.iter().map(|row| (row[0].as_str(), row[1].as_str(), row[3].as_str())).collect();
    let expected = [
        ("Live tools in production", "4", "fewer than most"),
        ("Capability in use", "33.3% on average of 1 measured tool", "no more than where nobody governs"),
        ("People in marketing operations", "1", "as usual at this revenue: 1–2"),
        ("Technology a year", "USD 135,477, as far as is known", "more than usual"),
    ];
    assert_eq!(told, expected);
    assert!(usual.iter().all(|row| row[4] == linchpin::analysis::usual::SOURCE));
    let bare = Folder::stack("[tool.a]\nname = \"A\"\ncategory = \"crm\"\n").site().page("spend.html");
    assert!(bare.words("main").contains("annual-cost = 24_000"));
    assert!(rows(&bare, "This stack beside what is usual")[2][3].contains("[stack] annual-revenue = …"));
}

#[test]
fn every_contract_of_the_example_stands_on_the_page_with_its_line() {
    let project = open(&example());
    let page = Site::of(&project).page("spend.html");
    let linked = links(&page, "Contracts and how they are divided");
    for contract in project.stack.contracts.values() {
        assert!(linked.contains(&format!("contracts/{}.html", contract.id())), "{}", contract.id());
    }
    let sources = page.all("[aria-label=\"Contracts and how they are divided\"] a.src");
    assert_eq!(sources.len(), project.stack.contracts.len());
    // What passed, what is due and a cliff are shown by the example.
    let text = page.words("main");
    assert!(text.contains("notice passed") && text.contains("Jun 2027 is a cliff"));
    let drawn: BTreeSet<&str> = page.all("svg.diagram a").iter().filter_map(|link| link.value().attr("href")).collect();
    assert!(
        drawn.contains("contracts/zoominfo.html") && drawn.contains("tools/hubspot.html") && drawn.contains("#tools-sales"),
        "{drawn:?}"
    );
}

#[test]
fn redundancy_compares_substitutes_and_what_it_takes_to_do_without_each() {
    let page = stack("").site().page("redundancy.html");
    let candidates = rows(&page, "The CRM and The form: which to do without");
    assert_eq!(candidates[0][0], "The formUnit Xleast to move: 1 thing");
    assert_eq!(candidates[0][1], "1 integration: The form → The CRM");
    assert_eq!(candidates[0][3..5], ["42,237", "41,2341,003 if a contract for several tools can be cut"]);
    assert_eq!(candidates[0][5], "6 Nov 2026 passed The form, renews 5 Jan 2027The form, The other: no date ahead");
    assert_eq!(candidates[1][0], "The CRMUnit Xthe system of record of the stack, never first: 1 thing to move");
    assert_eq!(candidates[1][2], "live chat");
    let matrix = rows(&page, "The CRM and The form: what each can do");
    assert_eq!(
        matrix,
        [
            ["forms", "has it, use not measured", "in use"],
            ["surveys", "has it, use not measured", "not in use"],
            ["live chat", "–nothing", "not in use"]
        ]
    );
    let unknown = rows(&page, "Tools whose overlap is not known");
    assert_eq!(unknown, [["The dark", "forms-surveys", "The other", "capabilities = [\"…\"]"]]);
    let across = rows(&page, "Candidates for consolidation across units");
    assert_eq!(across.iter().map(|row| row[0].as_str()).collect::<Vec<_>>().len(), 3);
    assert!(links(&page, "Candidates for consolidation across units").contains("tools/other.html"));
}

#[test]
fn an_overlap_that_somebody_has_accepted_says_so() {
    let project = open(&example());
    let page = Site::of(&project).page("redundancy.html");
    let accepted = project.report.suppressed.iter().find(|one| one.finding.rule.name == "redundant-tools").unwrap();
    assert!(page.words(".note").contains(&accepted.reason), "{}", page.words(".note"));
    assert!(page.words("main").contains("going already, replaced by Salesforce by 31 Mar 2027"));
    let stack = Folder::stack("[tool.a]\nname = \"A\"\ncategory = \"crm\"\n").site();
    assert!(stack.page("redundancy.html").words("main").contains("No tool says what it can do"));
}

#[test]
fn a_huge_group_is_shown_in_part_and_counted_whole() {
    let tool = |n: usize| format!("[tool.t{n:02}]\nname = \"T{n}\"\ncategory = \"crm\"\ncapabilities = [\"forms\", \"surveys\"]\n");
    let tools = (0..60).map(tool).collect::<Vec<_>>().concat();
    let page = Folder::stack(&tools).site().page("redundancy.html");
    assert!(page.words("main").contains("60 tools, 1770 pairs overlap"), "{}", page.words("main"));
    assert!(page.words("main").contains("The first 8 of 60 tools"));
    assert!(page.all("main tbody tr").len() < 40);
}

#[test]
fn the_charter_draws_who_answers_for_what_and_how_many_there_are() {
    let page = stack("").site().page("charter.html");
    let areas = rows(&page, "Areas, who answers for them and who owns what");
    assert_eq!(areas[0], ["Technology", "Ana", "4 tools, 1 integration, 3 contracts", "1", "1", "6"]);
    assert_eq!(areas[1][1], "not documented · areas = { process = \"…\" }");
    assert_eq!(rows(&page, "Owners by area")[0], ["Ana", "1", "–nothing", "–nothing", "–nothing", "1"]);
    // The areas are drawn for a phone too; the people fit one.
    assert_eq!(page.all("svg.diagram").len(), 3);
    let people = page.words("[aria-label=\"People of marketing operations, drawn\"]");
    assert!(
        people.contains("Usual") && people.contains("1–2") && page.words("main").contains("1–2 are usual at USD 46 million in revenue"),
        "{people}"
    );
    let unknown = Folder::stack("[team.ops]\nname = \"Ops\"\n").site().page("charter.html").words("main");
    assert!(unknown.contains("annual-revenue = …") && unknown.contains("function = \"marketing-operations\""), "{unknown}");
}

#[test]
fn prices_that_are_withheld_stand_on_none_of_these_pages_nor_can_they_be_reckoned() {
    let amounts = ["91234", "91,234", "20617", "20,617", "41,234", "6018", "6,018", "3,009", "135,477", "52,134", "60,823", "46 million"];
    let shares = ["67.3%", "97.8%", "0.3% of"];
    let pages = ["spend.html", "redundancy.html", "charter.html", "index.html"];
    let shown = stack("").site();
    let holds = |secret: &str| shown.0.iter().any(|file| String::from_utf8_lossy(&file.content).contains(secret));
    assert!(amounts.iter().chain(&shares).all(|secret| holds(secret)), "what is not shown need not be withheld");
    let site = stack("[site]\nredact = [\"prices\"]\n").site();
    for file in &site.0 {
        let text = String::from_utf8_lossy(&file.content);
        // What a rule says of a share stands among the findings.
        let kept = shares.iter().filter(|_| pages.contains(&file.path.as_str()));
        for secret in amounts.iter().chain(kept) {
            assert!(!text.contains(secret), "{} has {secret}", file.path);
        }
    }
    let page = site.page("spend.html");
    assert!(page.words("main").contains("withheld"));
    let drawn: Vec<&str> = page.all("svg.diagram").iter().filter_map(|svg| svg.value().attr("aria-labelledby")).collect();
    let calendars = ["calendar-picture-title calendar-picture-desc", "calendar-picture-narrow-title calendar-picture-narrow-desc"];
    assert_eq!(drawn, calendars, "bars are as good as amounts");
    // Nor does the order of the rows tell what is dear.
    for table in ["Cost by area", "Vendors by what they are paid", "Contracts and how they are divided"] {
        let names: Vec<String> = rows(&page, table).into_iter().map(|row| row[0].to_lowercase()).collect();
        assert!(names.len() < 2 || table == "Cost by area" || names.is_sorted(), "{table}: {names:?}");
        let keys: Vec<ElementRef<'_>> = page.all(&format!("[aria-label=\"{table}\"] td.number[data-sort]"));
        assert!(keys.iter().all(|cell| !words(cell).contains("withheld")), "{table}");
    }
}

#[test]
fn the_pages_are_found_by_the_search_and_in_the_navigation() {
    let site = stack("").site();
    let search = site.text("search.js");
    for (title, url) in [("Spend", "spend.html"), ("Redundancy", "redundancy.html"), ("Charter", "charter.html"), ("Map", "map.html")] {
        assert!(search.contains(title) && search.contains(url), "{title}");
        assert_eq!(site.page("index.html").all(&format!("nav.side a[href=\"{url}\"]")).len(), 1, "{url}");
    }
    let index = site.page("index.html");
    let linked: BTreeSet<&str> = index.all("main .figures a").iter().filter_map(|link| link.value().attr("href")).collect();
    assert!(linked.is_superset(&BTreeSet::from(["redundancy.html", "spend.html", "spend.html#known"])), "{linked:?}");
}
