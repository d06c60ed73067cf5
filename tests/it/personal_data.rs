//! Where personal data and signals about people go: compared with the slowest way to find it, and told by the commands.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use linchpin::{
    analysis::{Analysis, personal_data::How},
    model::Signal,
};
use proptest::prelude::*;

use crate::{
    cli::{linchpin, stack},
    fixture::Made,
};

/// One integration of a random stack, as numbers.
type Line = (usize, usize, bool, u8, u8, usize);

const TOOLS: usize = 6;
const WAITS: [(&str, u64); 4] = [("real-time", 0), ("10m", 600), ("1h", 3600), ("2d", 172_800)];

/// How an integration is written, and what it carries where it works.
struct Drawn {
    from: usize,
    to: usize,
    both: bool,
    wait: u64,
    carries: bool,
    via: Option<usize>,
}

fn drawn(line: &Line) -> Drawn {
    let (from, to, both, kind, schedule, via) = *line;
    Drawn {
        from,
        to,
        both,
        wait: WAITS[usize::from(schedule) % WAITS.len()].1,
        // 0 to 4: works and carries; 5 does not carry, 6 is paused, 7 is done by hand.
        carries: kind < 5,
        via: (via < TOOLS && via != from && via != to).then_some(via),
    }
}

fn text(lines: &[Line], idle: usize) -> String {
    let mut text = "system-of-record = \"t0\"\n\n[privacy]\nsuppression-tool = \"t0\"\n\n".to_owned();
    for tool in 0..TOOLS {
        let status = if tool == idle { "status = \"retired\"\n" } else { "" };
        writeln!(text, "[tool.t{tool}]\nname = \"T{tool}\"\ncategory = \"other\"\ndata = {{ sends = [\"email\"] }}\n{status}").unwrap();
    }
    for (number, line) in lines.iter().enumerate() {
        let (one, kind) = (drawn(line), line.3);
        let direction = if one.both { "direction = \"two-way\"\n" } else { "" };
        let carries = if kind == 5 { "consent" } else { "suppression" };
        let status = if kind == 6 { "status = \"paused\"\n" } else { "" };
        let method = if kind == 7 { "manual" } else { "native" };
        let via = one.via.map_or_else(String::new, |via| format!("via = \"t{via}\"\n"));
        let schedule = WAITS[usize::from(line.4) % WAITS.len()].0;
        writeln!(
            text,
            "[integration.i{number}]\nfrom = \"t{}\"\nto = \"t{}\"\nmethod = \"{method}\"\nschedule = \"{schedule}\"\ncarries = [\"{carries}\"]\n{direction}{status}{via}",
            one.from, one.to
        )
        .unwrap();
    }
    text
}

/// Tries every way without a circle from the first tool, and keeps the least wait; middleware is arrived at and not left.
fn by_hand(lines: &[Line], idle: usize) -> BTreeMap<usize, u64> {
    fn go(at: usize, waited: u64, way: &mut Vec<usize>, lines: &[Drawn], idle: usize, best: &mut BTreeMap<usize, u64>) {
        let least = |best: &mut BTreeMap<usize, u64>, tool, wait: u64| {
            let known = best.entry(tool).or_insert(wait);
            *known = wait.min(*known);
        };
        least(best, at, waited);
        for line in lines.iter().filter(|line| line.carries && ![Some(line.from), Some(line.to), line.via].contains(&Some(idle))) {
            let hops = [(line.from, line.to)].into_iter().chain(line.both.then_some((line.to, line.from)));
            for (from, to) in hops.filter(|(from, to)| from != to) {
                // What begins in middleware leaves it with what goes through it.
                let leaves = from == at || line.via == Some(at) && way.len() == 1;
                if !leaves {
                    continue;
                }
                // Also what only leads back goes through middleware.
                if let Some(via) = line.via.filter(|via| *via != at) {
                    least(best, via, waited + line.wait);
                }
                if way.contains(&to) {
                    continue;
                }
                way.push(to);
                go(to, waited + line.wait, way, lines, idle, best);
                way.pop();
            }
        }
    }
    let lines: Vec<Drawn> = lines.iter().map(drawn).collect();
    let mut best = BTreeMap::new();
    if idle != 0 {
        go(0, 0, &mut vec![0], &lines, idle, &mut best);
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_signal_gets_where_some_way_of_carrying_integrations_leads_as_soon_as_the_soonest(
        lines in proptest::collection::vec((0..TOOLS, 0..TOOLS, any::<bool>(), 0..8_u8, 0..4_u8, 0..TOOLS * 3), 0..9),
        idle in 0..TOOLS * 2,
    ) {
        let lines: Vec<Line> = lines.into_iter().filter(|(from, to, ..)| from != to).collect();
        let made = Made::of(&[("stack.toml", &format!("[stack]\nname = \"Random\"\n{}", text(&lines, idle)))]);
        let project = made.open();
        prop_assert!(project.is_valid());
        let graph = project.graph();
        let analysis = Analysis::new(&project.stack, &graph, project.today);
        let signal = analysis.data_map().signal(Signal::Suppression).unwrap();
        let expected = by_hand(&lines, idle);
        for tool in 0..TOOLS {
            let id = format!("t{tool}");
            prop_assert_eq!(signal.seconds(&id), expected.get(&tool).copied(), "{} of {}", id, text(&lines, idle));
            let way = signal.way(&id);
            if tool != 0 && expected.contains_key(&tool) {
                prop_assert_eq!(way.first().map(|leg| leg.from), Some("t0"));
                prop_assert_eq!(way.last().map(|leg| leg.to), Some(id.as_str()));
                prop_assert!(way.windows(2).all(|legs| legs[0].to == legs[1].from));
            } else {
                prop_assert!(way.is_empty());
            }
            // Where it ends it has come, and the next tool it has not.
            if let Some(end) = signal.ends(&project.stack, &id) {
                prop_assert!(signal.reaches(end.last) && !signal.reaches(&id));
            }
        }
        let missed: BTreeSet<String> = signal.missed(&project.stack).map(|tool| tool.id.to_string()).collect();
        let all = (0..TOOLS).filter(|tool| *tool != 0 && *tool != idle && !expected.contains_key(tool)).map(|tool| format!("t{tool}"));
        prop_assert_eq!(missed, all.collect::<BTreeSet<_>>());
    }
}

const PEOPLE: &str = r#"system-of-record = "crm"

[privacy]
officer = "ana"
suppression-tool = "hub"
home-region = "eu"

[person.ana]
name = "Ana"

[object.lead]
name = "Lead"
fields = { email = { type = "text", personal = true } }

[tool.crm]
name = "CRM"
category = "crm"
purpose = "Holds everybody."
owner = "ana"
data = { personal = ["email", "name"], subjects = ["leads"], role = "processor", regions = ["eu"], retention = "indefinite", deletion = "api", dpa = 2026-01-01 }
access = { sso = true, mfa = false, reviewed = 2026-10-01 }
[tool.hub]
name = "Hub|One"
category = "marketing-automation"
owner = "ana"
data = { personal = ["email"], regions = ["us"], deletion = "none", sends = ["email"] }
[tool.mailer]
name = "=Mailer"
category = "email-marketing"
data = { personal = ["email"], deletion = "manual", deletion-note = "Ask Ana.", sends = ["email"] }
[tool.bi]
name = "BI"
category = "business-intelligence"
[tool.archive]
name = "Archive"
category = "other"
data = { personal = ["email"], deletion = "exempt" }

[integration.crm-hub]
from = "crm"
to = "hub"
direction = "two-way"
method = "native"
schedule = "1h"
personal = ["email"]
carries = ["deletion"]
[integration.hub-mailer]
from = "hub"
to = "mailer"
method = "native"
schedule = "30m"
personal = ["email", "phone"]
[integration.crm-bi]
from = "crm"
to = "bi"
method = "etl"
objects = ["lead"]

[flow.letters]
name = "Letters"
purpose = "Tells people what is new."
lawful-basis = "consent"
objects = ["lead"]
steps = [{ tool = "crm" }, { tool = "hub", via = "crm-hub" }]

[runbook.forget]
name = "Forget somebody"
kind = "data-subject-request"
covers = ["tool.mailer"]
steps = "1. Ask Ana."
"#;

fn made() -> Made {
    Made::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n{PEOPLE}"))])
}

#[test]
fn a_persons_record_is_followed_to_every_tool_and_says_how_it_is_deleted() {
    let made = made();
    let project = made.open();
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let erasure = analysis.data_map().erasure(&graph, &project.stack.tools["crm"]);
    let steps: Vec<(&str, Option<&str>)> =
        erasure.steps.iter().map(|step| (step.tool.id.as_str(), step.by.map(|leg| leg.integration.id.as_str()))).collect();
    assert_eq!(steps, [("crm", None), ("bi", Some("crm-bi")), ("hub", Some("crm-hub")), ("mailer", Some("hub-mailer"))]);
    let how: Vec<How> = erasure.steps.iter().map(|step| step.how).collect();
    assert_eq!(how[0], How::Api, "where deletions begin, nothing tells");
    assert!(matches!(how[1], How::Untold(_)) && how[1].is_missed());
    assert_eq!(how[2], How::Told { seconds: Some(3600) });
    assert_eq!(how[3], How::Manual(true));
    assert_eq!(erasure.apart.iter().map(|step| step.tool.id.as_str()).collect::<Vec<_>>(), ["archive"]);
    assert_eq!(erasure.missed().map(|step| step.tool.id.as_str()).collect::<Vec<_>>(), ["bi"]);
}

#[test]
fn the_walk_is_told_as_text_markdown_and_json() {
    let made = made();
    let run = linchpin(made.root(), &["trace-data"]);
    assert_eq!((run.code(), run.err()), (0, ""));
    assert!(run.out().starts_with("A person's record, from CRM\nA request would miss 1 of 5 tools: BI.\n"), "{}", run.out());
    assert!(run.out().contains("  3. Hub|One (tool.hub)\n      comes from CRM by CRM ↔ Hub|One (integration.crm-hub)\n      deleted: told by CRM ↔ Hub|One within 1 hour\n"), "{}", run.out());
    assert!(run.out().contains("      deleted: by hand, as Forget somebody says\n      Ask Ana.\n"), "{}", run.out());
    let markdown = linchpin(made.root(), &["trace-data", "--format", "markdown", "--person-from", "tool.hub"]);
    assert!(markdown.out().starts_with("### A person's record, from Hub"), "{}", markdown.out());
    let json = linchpin(made.root(), &["trace-data", "--format", "json"]).json();
    assert_eq!(json["schema"], "linchpin/data-trace/1");
    assert_eq!(json["from"], serde_json::json!(["tool.crm"]));
    assert_eq!(
        json["reached"][3]["deletion"],
        serde_json::json!({
            "how": "manual", "seconds": null, "told_by": null, "runbook": "runbook.forget", "note": "Ask Ana.", "owner": null, "missed": false,
        })
    );
    assert_eq!(json["missed"], serde_json::json!([{ "tool": "tool.bi", "because": "not-documented" }]));
}

#[test]
fn no_record_leaves_a_tool_that_is_not_in_use() {
    let retired = PEOPLE.replace("name = \"CRM\"\n", "name = \"CRM\"\nstatus = \"retired\"\n");
    let made = Made::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n{retired}"))]);
    let run = linchpin(made.root(), &["trace-data"]);
    assert!(run.out().starts_with("A person's record, from CRM\nCRM (tool.crm) is not in use, so no record leaves it.\n"), "{}", run.out());
    let json = linchpin(made.root(), &["trace-data", "--format", "json"]).json();
    assert_eq!((json["reached"].as_array().unwrap().len(), json["apart"].as_array().unwrap().len()), (0, 3));
    let page = crate::built::Site::of(&made.open()).page("privacy.html");
    assert!(page.words("section:has(> #erasure)").contains("Nothing leads on from CRM: it is not in use."));
    assert!(page.all("section:has(> #erasure) table").is_empty());
    assert_eq!(page.all("section:has(> #apart) tbody tr").len(), 3);

    let nobody = stack("system-of-record = \"a\"\n[tool.a]\nname = \"A\"\ncategory = \"cms\"\nstatus = \"retired\"\n");
    let run = linchpin(nobody.root(), &["trace-data"]);
    assert!(run.out().contains("\nNo live tool is documented to hold people.\n"), "{}", run.out());
}

#[test]
fn records_about_people_come_into_being_where_they_are_captured() {
    let text = "[tool.ad]\nname = \"Ad\"\ncategory = \"other\"\n[tool.page]\nname = \"Page\"\ncategory = \"other\"\n\
                [tool.form]\nname = \"Form\"\ncategory = \"other\"\n[tool.crm]\nname = \"CRM\"\ncategory = \"other\"\n\
                [flow.f]\nname = \"F\"\nobjects = [\"contact\"]\n\
                steps = [{ tool = \"ad\" }, { tool = \"page\" }, { tool = \"form\" }, { tool = \"crm\" }]\n";
    let holding = |text: &str| {
        let made = stack(text);
        let project = made.open();
        let graph = project.graph();
        let analysis = Analysis::new(&project.stack, &graph, project.today);
        let holding = analysis.data_map().holdings.iter().filter(|(_, holding)| holding.is_holding());
        holding.map(|(id, _)| (*id).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(holding(text), ["crm", "form", "page"]);
    let captured = text.replace("name = \"Form\"\n", "name = \"Form\"\ncaptures = [\"contact\"]\n");
    assert_eq!(holding(&captured), ["crm", "form"]);
    // Something else is captured there, or nothing any more.
    assert_eq!(holding(&captured.replace("captures = [\"contact\"]", "captures = [\"lead\"]")), ["crm", "form", "page"]);
    assert_eq!(holding(&captured.replace("captures", "status = \"retired\"\ncaptures")), ["crm", "page"]);
    assert_eq!(holding(&text.replace("contact", "account")), Vec::<String>::new());
}

#[test]
fn a_signal_is_told_with_where_it_ends() {
    let made = made();
    let run = linchpin(made.root(), &["trace-data", "--signal", "suppression"]);
    assert!(run.out().starts_with("An objection, from Hub|One\nIt never reaches 1 tool that contacts people.\n"), "{}", run.out());
    assert!(
        run.out().contains("gets as far as Hub|One: Hub|One → =Mailer (integration.hub-mailer) does not say that it carries suppression"),
        "{}",
        run.out()
    );
    let json = linchpin(made.root(), &["trace-data", "--signal", "suppression", "--format", "json"]).json();
    assert_eq!(
        json["missed"],
        serde_json::json!([
            { "tool": "tool.mailer", "as_far_as": "tool.hub", "integration": "integration.hub-mailer", "because": "not-carried" },
        ])
    );
    let deletion = linchpin(made.root(), &["trace-data", "--signal", "deletion", "--format", "json"]).json();
    assert_eq!(deletion["reached"][1], serde_json::json!({ "tool": "tool.hub", "by": ["integration.crm-hub"], "seconds": 3600 }));
}

#[test]
fn what_cannot_be_traced_says_what_to_write() {
    let run = linchpin(made().root(), &["trace-data", "--signal", "consent"]);
    assert_eq!((run.code(), run.out()), (2, ""));
    assert!(run.err().contains("`[privacy]` with `consent-tool = \"…\"`"), "{}", run.err());
    let run = linchpin(made().root(), &["trace-data", "--person-from", "hup"]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("no tool `hup`; did you mean `hub`?"), "{}", run.err());
    let run = linchpin(stack("[tool.a]\nname = \"A\"\ncategory = \"crm\"\n").root(), &["trace-data"]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("names no system of record") && run.err().contains("--person-from TOOL"), "{}", run.err());
}

#[test]
fn the_record_of_processing_has_a_row_for_each_tool_and_purpose() {
    let made = made();
    let run = linchpin(made.root(), &["export", "ropa"]);
    assert_eq!((run.code(), run.err()), (0, ""));
    let mut table = csv::Reader::from_reader(run.out().as_bytes());
    let heads = table.headers().unwrap().clone();
    let rows: Vec<BTreeMap<String, String>> = table
        .records()
        .map(|row| heads.iter().zip(row.unwrap().iter()).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect())
        .collect();
    let told: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (row["Tool"].as_str(), row["Purpose"].as_str(), row["Lawful basis"].as_str())).collect();
    assert_eq!(
        told,
        [
            ("Archive", "not documented", "not documented"),
            ("BI", "not documented", "not documented"),
            ("CRM", "Holds everybody.", "not documented"),
            ("CRM", "Tells people what is new.", "consent"),
            ("Hub|One", "not documented", "not documented"),
            ("Hub|One", "Tells people what is new.", "consent"),
            ("'=Mailer", "not documented", "not documented"),
        ]
    );
    let crm = &rows[2];
    let cells = [
        "Controller",
        "Privacy contact",
        "Vendor's part",
        "Personal data",
        "Recipients",
        "Regions",
        "Ground of transfer",
        "Kept for",
        "Access",
        "Agreement signed",
        "Owner",
    ];
    assert_eq!(
        cells.map(|head| crm[head].as_str()),
        [
            "Example",
            "Ana",
            "processor",
            "email, name",
            "BI, Hub|One",
            "eu",
            "at home",
            "without end",
            "single sign-on, no second factor, reviewed 2026-10-01",
            "2026-01-01",
            "Ana",
        ]
    );
    assert_eq!(rows[6]["Personal data"], "email, phone", "what is carried in counts");
    assert_eq!(rows[3]["Recipients"], "Hub|One", "a flow hands data to the tool of its next step");
    assert_eq!((rows[4]["Recipients"].as_str(), rows[5]["Recipients"].as_str()), ("'=Mailer, CRM", "none"));
    let markdown = linchpin(made.root(), &["export", "ropa", "--format", "markdown"]);
    let lines: Vec<&str> = markdown.out().lines().skip(2).collect();
    assert_eq!(lines.len(), 9);
    assert!(lines.iter().all(|line| line.replace("\\|", "").matches('|').count() == 18), "{}", markdown.out());
}

#[test]
fn the_page_shows_in_one_look_what_is_missed() {
    let site = crate::built::Site::of(&made().open());
    let page = site.page("privacy.html");
    assert_eq!(
        page.words("p.lead"),
        "5 live tools hold personal data, and 2 tools contact people. An objection never reaches 1 of them. A request to be forgotten would miss 1 of 5 tools."
    );
    let rows = |id: &str| page.all(&format!("section:has(> #{id}) tbody tr")).iter().map(crate::built::words).collect::<Vec<_>>();
    let signals = rows("signals");
    assert!(signals[0].contains("=Mailer") && signals[0].contains("never") && signals[0].contains("gets as far as Hub|One"), "{signals:?}");
    assert!(signals[1].contains("Hub|One") && signals[1].contains("kept here"), "{signals:?}");
    assert_eq!(page.all("section:has(> #signals) tr.is-gap").len(), 1);
    let steps = rows("erasure");
    assert_eq!(steps.len(), 4);
    assert!(steps[1].contains("BI") && steps[1].contains("not documented, nor what it holds"), "{steps:?}");
    assert!(steps[3].contains("by hand, as Forget somebody says") && steps[3].contains("Ask Ana."), "{steps:?}");
    assert!(rows("apart")[0].contains("Archive"));
    assert!(rows("tools")[4].contains("carried in, not declared: phone"), "{:?}", rows("tools"));
    assert!(site.text("data/ropa.csv").starts_with("Controller,Privacy contact,Tool,"));
}

#[test]
fn the_page_of_a_stack_without_personal_data_teaches_how_to_write_it_down() {
    let made = stack("[tool.a]\nname = \"A\"\ncategory = \"cms\"\n");
    let page = crate::built::Site::of(&made.open()).page("privacy.html");
    assert!(page.words("#main").contains("[tool.hubspot.data]"));
    assert!(page.all(".figures").is_empty());
}

#[test]
fn amounts_in_texts_are_withheld_where_only_prices_are() {
    let people = PEOPLE.replace("Holds everybody.", "Holds everybody for EUR 4,321.").replace("Ask Ana.", "Costs EUR 777 each time.");
    let text = format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n{people}\n[site]\nredact = [\"prices\"]\n");
    let site = crate::built::Site::of(&Made::of(&[("stack.toml", &text)]).open());
    for path in ["privacy.html", "data/ropa.csv"] {
        assert!(site.text(path).contains("withheld"), "{path}");
        assert!(!site.text(path).contains("4,321") && !site.text(path).contains("777"), "{path}");
    }
}

#[test]
fn what_only_passes_through_or_comes_from_nowhere_tells_no_tool_of_a_deletion() {
    let text = r#"[stack]
name = "Example"
as-of = 2026-11-22

[privacy]
consent-tool = "hub"

[tool.hub]
name = "Hub"
category = "other"
[tool.pipe]
name = "Pipe"
category = "other"
data = { personal = ["email"], deletion = "none" }
[tool.mail]
name = "Mail"
category = "other"
data = { personal = ["email"], deletion = "none" }
[tool.one]
name = "One"
category = "other"
data = { personal = ["email"], deletion = "none" }
[tool.two]
name = "Two"
category = "other"
data = { personal = ["email"], deletion = "none" }

[integration.hub-mail]
from = "hub"
to = "mail"
via = "pipe"
method = "middleware"
carries = ["deletion"]
[integration.one-two]
from = "one"
to = "two"
direction = "two-way"
method = "native"
carries = ["deletion"]
"#;
    let made = Made::of(&[("stack.toml", text)]);
    let project = made.open();
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let missed: Vec<&str> =
        project.stack.tools.values().filter(|tool| analysis.data_map().is_missed(tool)).map(|tool| tool.id.as_str()).collect();
    assert_eq!(missed, ["one", "pipe", "two"]);
}

#[test]
fn the_page_and_the_record_tell_no_names_where_people_are_withheld() {
    let people = PEOPLE.replace("Ana", "Zuzana");
    let text = format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n{people}\n[site]\nredact = [\"people\"]\n");
    let site = crate::built::Site::of(&Made::of(&[("stack.toml", &text)]).open());
    for path in ["privacy.html", "data/ropa.csv"] {
        assert!(!site.text(path).contains("Zuzana"), "{path}");
    }
}
