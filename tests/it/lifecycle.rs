//! What acts at which stage, the page of a lifecycle, and the process that is printed.

use std::collections::BTreeSet;

use linchpin::{
    analysis::{Act, Analysis, Way},
    graph::{Graph, References},
    model::{Address, AnyEntity, Kind, Stack},
};

use scraper::{ElementRef, Selector};

use crate::{
    built::{Folder, Page, Site, example, open, words},
    fixture::today,
};

/// Two lifecycles, and something of every kind that may name a stage.
const STACK: &str = r#"
[person.ana]
name = "Ana"
teams = ["sales"]
[person.bo]
name = "Bo"
[team.sales]
name = "Sales"
lead = "ana"
channel = "sales channel"
[team.marketing]
name = "Marketing"
[tool.crm]
name = "CRM"
category = "crm"
[tool.mail]
name = "Mail"
category = "marketing-automation"
[tool.site]
name = "Website"
category = "cms"

[lifecycle.main]
name = "Main"
owner = "bo"
tool = "crm"
object = "lead"
reviewed = 2026-11-02
[[lifecycle.main.stage]]
id = "new"
name = "New"
definition = "Nobody has looked."
exit = ["somebody has looked"]
owner = "marketing"
next = ["ready", "lost"]
[[lifecycle.main.stage]]
id = "ready"
name = "Ready"
entry = ["forty points"]
owner = "sales"
handoff = { to = "sales", within = "5m", sla = "2h", notify = "a message", creates = "opportunity", accept = "a click" }
recycle = { to = "new", when = ["no answer"], after = "30d" }
[[lifecycle.main.stage]]
id = "lost"
name = "Lost"
entry = ["a reason"]
terminal = true

[lifecycle.other]
name = "Other"
object = "account"
[[lifecycle.other.stage]]
id = "a"
name = "A"
next = []
handoff = { to = "sales" }
[[lifecycle.other.stage]]
id = "b"
name = "B"
owner = "marketing"
handoff = { to = "sales", within = "1h" }

[routing.first]
name = "First routing"
object = "lead"
tool = "crm"
stages = ["lifecycle.main.stage.ready"]
owner = "ana"
backup = "bo"
audited = 2026-10-01
rule = [
  { name = "Nobody's", when = { employees = { below = 5 } }, assign = { nobody = "too small to call" } },
  { name = "The rest", assign = "sales" },
]
fields.employees = { type = "integer" }
[routing.paused]
name = "Second routing"
object = "lead"
tool = "crm"
status = "paused"
stages = ["lifecycle.main.stage.ready"]
rule = [{ name = "Never printed", assign = "sales" }]
[routing.without-stages]
name = "Third routing"
object = "lead"
tool = "mail"
rule = [{ name = "All of them", assign = { routing = "first" } }]
[scoring.points]
name = "Points"
tool = "mail"
threshold = 40
stages = ["lifecycle.main.stage.new"]
promotes-to = "lifecycle.main.stage.ready"
criterion = [
  { name = "Reads", when = { visits = { min = 1 } }, points = 50 },
  { name = "Leaves", when = { visits = { max = 0 } }, points = -7 },
]
fields.visits = { type = "integer" }
[flow.inbound]
name = "Inbound"
steps = [
  { tool = "site", action = "sends a form", stage = "lifecycle.main.stage.new" },
  { tool = "mail", manual = true, stage = "lifecycle.main.stage.new" },
  { tool = "crm", manual = true, stage = "lifecycle.main.stage.ready" },
]
[automation.welcome]
name = "Welcome"
tool = "mail"
calls = ["crm"]
trigger = "somebody comes"
actions = ["say hello"]
stages = ["lifecycle.main.stage.new"]
[automation.later]
name = "Later"
tool = "site"
status = "planned"
trigger = "some day"
actions = ["wait"]
stages = ["lifecycle.main.stage.new"]
[checklist.look]
name = "Look"
kind = "other"
stages = ["lifecycle.main.stage.new"]
items = ["look twice"]
[runbook.call]
name = "Call"
kind = "other"
covers = ["lifecycle.main.stage.ready", "lifecycle.main"]
"#;

/// Looks at what acts at a stage of a stack.
fn at<T>(stack: &Stack, lifecycle: &str, stage: &str, look: impl FnOnce(&[Act]) -> T) -> T {
    let graph = Graph::new(stack);
    look(Analysis::new(stack, &graph, today()).stages().at(&stack.lifecycles[lifecycle], stage))
}

/// The rows that a selector finds, each with its cells on one line.
fn rows(page: &Page, selector: &str) -> Vec<String> {
    let cell = Selector::parse("th, td").unwrap();
    let line = |row: &ElementRef<'_>| row.select(&cell).map(|cell| words(&cell)).collect::<Vec<_>>().join(" | ");
    page.all(selector).iter().map(line).collect()
}

/// The rows of the group of a stage in the table of what acts.
fn group(page: &Page, stage: &str) -> Vec<String> {
    rows(page, &format!("#at-{stage} tr:not(.group)"))
}

#[test]
fn what_names_a_stage_acts_there_in_its_tools_by_kind_and_id() {
    let folder = Folder::stack(STACK);
    let project = open(folder.path());
    let brief = |acts: &[Act]| -> Vec<_> {
        acts.iter().map(|act| (act.entity.to_string(), act.ways.clone(), act.tools.join(" "), act.is_live)).collect()
    };
    let act = |entity: &str, ways: &[Way], tools: &str, is_live: bool| (entity.to_owned(), ways.to_vec(), tools.to_owned(), is_live);
    at(&project.stack, "main", "new", |acts| {
        assert_eq!(
            brief(acts),
            [
                act("scoring.points", &[Way::Acts], "mail", true),
                act("flow.inbound", &[Way::Steps(vec![1, 2])], "mail site", true),
                act("automation.later", &[Way::Acts], "site", false),
                act("automation.welcome", &[Way::Acts], "crm mail", true),
                act("checklist.look", &[Way::Acts], "", true),
            ]
        );
    });
    at(&project.stack, "main", "ready", |acts| {
        assert_eq!(
            brief(acts),
            [
                act("routing.first", &[Way::Acts], "crm", true),
                act("routing.paused", &[Way::Acts], "crm", true),
                act("scoring.points", &[Way::Promotes], "mail", true),
                act("flow.inbound", &[Way::Steps(vec![3])], "crm", true),
                act("runbook.call", &[Way::Names("covers".to_owned())], "", true),
            ]
        );
    });
    assert!(at(&project.stack, "main", "lost", <[_]>::is_empty) && at(&project.stack, "other", "a", <[_]>::is_empty));
}

#[test]
fn every_mention_of_a_stage_in_the_example_is_found_once() {
    let project = open(&example());
    let stack = &project.stack;
    let references = References::new(stack);
    let mut mentions = 0;
    for lifecycle in stack.lifecycles.values() {
        for stage in &lifecycle.stage {
            let address = format!("{}.stage.{}", lifecycle.address(), stage.id);
            let wanted: Vec<&Address> =
                references.to(&lifecycle.address()).iter().filter(|r| r.to.as_str() == address).map(|r| &r.from).collect();
            at(stack, lifecycle.id.as_str(), stage.id.as_str(), |acts| {
                let found: BTreeSet<&Address> = acts.iter().map(|act| &act.entity).collect();
                assert_eq!(found, wanted.iter().copied().collect(), "{address}");
                assert_eq!(acts.len(), found.len(), "{address}: one stands twice");
                assert_eq!(acts.iter().map(|act| act.ways.len()).sum::<usize>(), wanted.len(), "{address}");
            });
            mentions += wanted.len();
        }
    }
    assert!(mentions > 25, "{mentions}");
}

#[test]
fn something_acts_at_every_stage_of_the_example() {
    let project = open(&example());
    for lifecycle in project.stack.lifecycles.values().filter(|lifecycle| lifecycle.id.as_str() == "main") {
        for stage in &lifecycle.stage {
            at(&project.stack, "main", stage.id.as_str(), |acts| assert!(acts.iter().any(|act| act.is_live), "{}", stage.id));
        }
    }
}

#[test]
fn a_stage_lists_what_acts_there_with_links_and_says_where_nothing_does() {
    let page = Folder::stack(STACK).site().page("lifecycles/main.html");
    let rows = group(&page, "new");
    let wanted = [
        "Scoring Points | counts points, by 2 criteria | Mail | not documented",
        "Flow Inbound | step 1: sends a form, step 2 | Mail, Website | not documented",
        "Automation LaterPlanned | some day | Website | –nothing",
        "Automation Welcome | somebody comes | CRM, Mail | not documented",
        "Checklist Look | is gone through, 1 item | –nothing | not documented",
    ];
    assert_eq!(rows.len(), wanted.len());
    for (row, wanted) in rows.iter().zip(wanted) {
        assert!(row.starts_with(wanted), "{row}");
    }
    let links: BTreeSet<&str> = page.all("#at-new a").iter().filter_map(|link| link.value().attr("href")).collect();
    for href in [
        "../scoring/points.html",
        "../flows/inbound.html#step-2",
        "../automations/welcome.html",
        "../checklists/look.html",
        "../tools/mail.html",
    ] {
        assert!(links.contains(href), "{href}: {links:?}");
    }
    assert!(page.all("#at-new tr.is-past").iter().map(words).all(|row| row.contains("Later")));
    assert!(group(&page, "ready").iter().any(|row| row.contains("promotes records to it from 40 points on")));
    assert!(group(&page, "ready").iter().any(|row| row.starts_with("Routing Second routingPaused")));
    // At an end nothing has to act.
    assert!(group(&page, "lost")[0].starts_with("nothing") && page.all("#at-lost .none").is_empty());
    let other = Folder::stack(STACK).site().page("lifecycles/other.html");
    assert!(group(&other, "a")[0].contains("stages = [\"lifecycle.other.stage.a\"]"));
}

#[test]
fn handoffs_tell_to_whom_and_both_times_and_what_is_not_written_down() {
    let site = Folder::stack(STACK).site();
    let handoffs = |path: &str| rows(&site.page(path), "#handoffs ~ .box tbody tr");
    assert_eq!(handoffs("lifecycles/main.html"), ["into Ready | Sales | 5 minutes | 2 hours | a message | opportunity | a click"]);
    let [first, second] = &handoffs("lifecycles/other.html")[..] else { panic!("there are two") };
    // Nobody answers for records in A: whoever takes them over does. B belongs to Marketing until it is handed over.
    assert!(first.starts_with("into A | Sales | not documented · within = \"…\" | not documented · sla = \"…\""), "{first}");
    assert!(second.starts_with("out of B | Sales | 1 hour | not documented · sla = \"…\" | not documented · notify"), "{second}");
}

#[test]
fn recycling_tells_where_to_when_and_after_how_long() {
    let site = Folder::stack(STACK).site();
    let main = site.page("lifecycles/main.html");
    assert_eq!(rows(&main, "#recycling ~ .box tbody tr"), ["Ready | New | no answer | 30 days"]);
    assert!(site.page("lifecycles/other.html").words("main").contains("How a record goes back to an earlier stage is not documented"));
}

#[test]
fn the_picture_of_a_lifecycle_shows_owners_times_ways_back_ends_and_gaps() {
    let site = Folder::stack(STACK).site();
    let picture = |path: &str| -> (String, String) {
        let page = site.page(path);
        (page.all("#lifecycle svg text").iter().map(words).collect::<Vec<_>>().join("|"), page.words("#lifecycle ~ .legend"))
    };
    let (text, legend) = picture("lifecycles/main.html");
    for wanted in [
        "Sales|has it within 5 minutes|first touch within 2 hours",
        "New|Marketing|Nobody has looked.|Tools: CRM, Mail, Website",
        "back to New after 30 days|Tools: CRM, Mail",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(["the lifecycle ends here", "handoff", "recycled"].iter().all(|entry| legend.contains(entry)), "{legend}");
    let (text, legend) = picture("lifecycles/other.html");
    for wanted in ["no owner", "no time to hand over", "no time to first touch", "no criteria to enter", "leads nowhere, and is no end"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(legend.contains("no way leads here"), "{legend}");
}

#[test]
fn the_process_of_every_lifecycle_is_there_to_print_and_the_navigation_leads_to_the_main_one() {
    let site = Folder::stack(&format!("{STACK}[lifecycle.empty]\nname = \"Empty\"\n")).site();
    let processes: Vec<&str> = site.paths().filter(|path| path.starts_with("process/")).collect();
    assert_eq!(processes, ["process/main.html", "process/other.html"]);
    let page = site.page("process/other.html");
    assert_eq!(page.one("nav.side a[href=\"../process/main.html\"]").value().attr("aria-current"), Some("true"));
    assert_eq!(page.all(".sheet").len(), 2);
    assert!(page.all("main a").iter().any(|link| link.value().attr("href") == Some("../process/main.html")));
    for lifecycle in ["main", "other"] {
        let from = site.page(&format!("lifecycles/{lifecycle}.html"));
        assert!(from.all("main a").iter().any(|link| link.value().attr("href") == Some(&format!("../process/{lifecycle}.html"))));
    }
    let none = Folder::stack("").site();
    assert!(none.page("index.html").all("nav.side a[href^=\"process\"]").is_empty());
}

#[test]
fn the_navigation_of_a_group_leads_to_the_process_of_the_whole_company() {
    let site = Site::of(&open(&example()));
    assert_eq!(words(&site.page("index.html").one("nav.side a[href=\"process/main.html\"]")), "Lead process");
}

#[test]
fn the_process_says_who_gets_a_record_what_counts_when_it_goes_back_and_whom_to_ask() {
    let page = Folder::stack(STACK).site().page("process/main.html");
    let part = |id: &str| page.all(&format!("section:has(> #{id})")).iter().map(words).collect::<String>();
    assert_eq!(
        rows(&page, "section:has(> #criteria) tbody tr"),
        [
            "New | –nothing | somebody has looked | –nothing",
            "Ready | forty points | –nothing | to New after 30 daysno answer",
            "Lost | a reason | –nothing | –nothing",
        ]
    );
    let routing = part("routing");
    assert!(routing.contains("Nobody's: employees is below 5 → nobody") && routing.contains("The rest → Sales"), "{routing}");
    assert!(routing.contains("Second routing in CRM is paused.") && !routing.contains("Never printed"), "{routing}");
    // It names no stage, and there is but one lifecycle of its object.
    assert!(routing.contains("Third routing in Mail") && routing.contains("All of them → as First routing decides"), "{routing}");
    assert!(!routing.contains("too small to call"), "reasons stand on the page of the routing");
    let scoring = part("scoring");
    assert!(scoring.contains("from 40 points on, to Ready. Reads +50 · Leaves −7."), "{scoring}");
    assert_eq!(
        rows(&page, "section:has(> #ask) tbody tr"),
        [
            "Stages and definitions | Bo | –nothing | –nothing | 2 Nov 2026",
            "First routing | Ana | Bo | sales channel | 1 Oct 2026",
            "Second routing | not documented · owner = \"…\" | not documented · backup = \"…\" | –nothing | never",
            "Third routing | not documented · owner = \"…\" | not documented · backup = \"…\" | –nothing | never",
            "Points | not documented · owner = \"…\" | not documented · backup = \"…\" | –nothing | never",
            "Records in New | Marketing | –nothing | –nothing | –nothing",
            "Records in Ready | Sales | Ana | sales channel | –nothing",
        ]
    );
}

#[test]
fn a_process_without_routing_and_scoring_says_how_to_add_them() {
    let words = Folder::stack(STACK).site().page("process/other.html").words("main");
    assert!(words.contains("No routing is documented to act here · stages = [\"lifecycle.other.stage.…\"]"), "{words}");
    assert!(words.contains("No scoring is documented to act here · promotes-to = \"lifecycle.other.stage.…\""), "{words}");
    assert!(words.contains("2 stages, 2 handoffs.") && words.contains("never confirmed"), "{words}");
}

#[test]
fn everything_a_stage_says_stands_on_both_pages_of_the_example() {
    let project = open(&example());
    let site = Site::of(&project);
    for lifecycle in project.stack.lifecycles.values() {
        let pages = ["lifecycles", "process"].map(|folder| site.page(&format!("{folder}/{}.html", lifecycle.id)).words("main"));
        for stage in &lifecycle.stage {
            let recycled = stage.recycle.iter().flat_map(|recycle| &recycle.when);
            let handed = stage.handoff.iter().flat_map(|handoff| handoff.notify.iter().chain(&handoff.accept));
            for said in stage.entry.iter().chain(&stage.exit).chain(recycled).chain(handed) {
                for page in &pages {
                    assert!(page.contains(said.as_str()), "{}: {said}", lifecycle.id);
                }
            }
        }
        let routings = project.stack.routings.values().filter(|routing| routing.is_working());
        for routing in
            routings.filter(|routing| routing.stages.iter().any(|stage| stage.as_str().starts_with(lifecycle.address().as_str())))
        {
            assert!(routing.rule.iter().all(|rule| pages[1].contains(rule.name.as_str())), "{}", routing.id);
        }
    }
    assert!(project.stack.count(Kind::Lifecycle) > 1);
}
