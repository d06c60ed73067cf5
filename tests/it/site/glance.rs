//! The figures and the standfirst at the head of an entity's page.

use scraper::{ElementRef, Selector};

use crate::built::{Folder, Page, Site, example, open, words};

const STACK: &str = r#"
currency = "EUR"
source-url = "https://git.example/{path}#L{line}"

[person.ada]
name = "Ada"
title = "Operations lead"
teams = ["ops"]
[person.bo]
name = "Bo"
teams = ["ops"]
manager = "ada"
[person.cy]
name = "Cy"
status = "left"
until = 2026-10-01

[team.ops]
name = "Operations"

[tool.crm]
name = "CRM"
category = "crm"
criticality = "critical"
owner = "ada"
backup = "bo"
adoption = { share = 0.4, measured = 2026-11-01 }
[tool.mail]
name = "Mail-o"
category = "email-marketing"
criticality = "high"
owner = "ada"

[integration.sync]
from = "mail"
to = "crm"
direction = "two-way"
method = "native"
schedule = "5m"
owner = "cy"
verified = 2026-11-12
credential-expires = 2026-12-22
objects = ["lead", { object = "account", direction = "back", filter = "customers only" }]
fields = [{ from = "mail", to = "E_Mail", direction = "forward" }, { from = "company", to = "Company" }]
[integration.plain]
from = "crm"
to = "mail"
method = "file"
objects = ["lead", "account"]

[flow.inbound]
name = "Inbound"
owner = "bo"
monthly-pipeline = 12000
monthly-volume = 1500
steps = [{ tool = "mail" }, { tool = "crm", via = "sync" }, { tool = "mail", manual = true }]

[contract.crm]
vendor = "Vendor Ltd"
annual-cost = 1000
renewal = 2027-01-31
notice-days = 30
auto-renew = true
seats = 10
seats-used = 7
change-of-control = "consent"

[runbook.repair]
name = "Repair"
kind = "integration-troubleshooting"
reviewed = 2025-01-01
covers = ["tool.crm", "integration.sync"]
exercised = [{ on = 2026-11-20, by = "ada" }, { on = 2026-11-20, by = "bo" }, { on = 2026-01-01, by = "cy" }, { on = 2027-01-01, by = "cy" }]
steps = "1. Look."

[routine.audit]
name = "Audit"
kind = "routing-audit"
cadence = "90d"
hours = 3
done = [{ on = 2026-10-22, by = "bo" }]
[routine.late]
name = "Late"
kind = "dedupe"
cadence = "30d"
done = [{ on = 2026-01-01, by = "bo" }]

[metric.bounce]
name = "Bounce rate"
kind = "data-quality"
measures = "bounce-rate"
definition = "Mails that come back."
unit-of-measure = "%"
cadence = "30d"
target = { max = 2 }
measurements = [{ on = 2026-11-01, value = 3 }, { on = 2026-10-01, value = 1 }]

[convention.links]
name = "Links"
kind = "utm"
pattern = "utm_source={source}"
examples = ["utm_source=a"]
"#;

/// `Label: number unit (note)`, each figure of a page.
fn figures(page: &Page) -> Vec<String> {
    let part = |figure: &ElementRef<'_>, selector: &str| {
        figure.select(&Selector::parse(selector).unwrap()).next().map(|part| words(&part)).unwrap_or_default()
    };
    let told = |figure: ElementRef<'_>| {
        let (label, number, note) = (part(&figure, "dt"), part(&figure, "dd.n"), part(&figure, "dd.k"));
        if note.is_empty() { format!("{label}: {number}") } else { format!("{label}: {number} ({note})") }
    };
    page.all(".figures.glance > div").into_iter().map(told).collect()
}

/// The cells of a row, with bars between them.
fn cells(row: ElementRef<'_>) -> String {
    row.select(&Selector::parse("th, td").unwrap()).map(|cell| words(&cell)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_head_of_a_page_answers_what_is_asked_first() {
    let site = Folder::stack(STACK).site();
    let of = |path: &str| figures(&site.page(path));
    assert_eq!(
        of("people/ada.html"),
        ["Only they can run: 1 thing (1 critical or high)", "Others can run too: 3 things (1 critical or high)", "Answers for: 2 things",]
    );
    assert_eq!(
        of("runbooks/repair.html"),
        [
            "Last followed: 2 days ago (20 Nov 2026, by Ada, Bo)",
            "Have followed it: 3 people (Ada, Bo and 1 more)",
            "Last reviewed: 690 days ago (1 January 2025, too long to rely on it)",
            "Covers: 2 things (1 critical or high)",
        ]
    );
    assert_eq!(
        of("routines/audit.html"),
        [
            "Every: 90 days",
            "Last done: 31 days ago (22 Oct 2026, by Bo)",
            "Due: In 59 days (20 January 2027)",
            "Hours: 3 (about 12 a year)",
        ]
    );
    assert_eq!(of("routines/late.html")[2], "Due: 295 days ago (overdue)");
    assert_eq!(
        of("metrics/bounce.html"),
        ["Last value: 3% (21 days ago, off target)", "Target: At most 2%", "Measured every: 30 days (2 measurements are kept)",]
    );
    assert_eq!(
        of("contracts/crm.html")[..4],
        [
            "Costs a year: EUR 1,000",
            "Give notice by: 1 Jan 2027 (in 40 days; it renews by itself on 31 Jan 2027)",
            "Seats in use: 7 of 10 (EUR 300 a year for the rest)",
            "If the company is sold: Needs consent",
        ]
    );
    assert_eq!(
        of("tools/crm.html")[..4],
        [
            "Costs a year: 1,000 EUR (by Vendor Ltd)".replace("Vendor Ltd", "CRM").as_str(),
            "In use: 40% (of what it can do)",
            "Integrations: 2 (1 by hand)",
            "Can run it: 2 people (Ada, Bo)",
        ]
    );
    assert_eq!(
        of("flows/inbound.html")[..3],
        ["Pipeline a month: EUR 12,000 (stops when it stops)", "Records a month: 1,500", "Steps from tool to tool: 2 (1 by hand)",]
    );
    assert_eq!(
        of("integrations/sync.html")[..4],
        [
            "Runs: Every 5 minutes (both ways)",
            "Flows through it: 1 (EUR 12,000 of pipeline a month)",
            "Can run it: 2 people (Ada, Bo)",
            "Tested end to end: 10 days ago (12 November 2026)",
        ]
    );
}

#[test]
fn a_page_without_a_purpose_begins_with_what_its_facts_come_to() {
    let site = Folder::stack(STACK).site();
    let lead = |path: &str| words(&site.page(path).one("p.lead"));
    assert_eq!(lead("people/ada.html"), "Operations lead. Works in Operations.");
    assert_eq!(lead("people/bo.html"), "Works in Operations, reports to Ada.");
    assert_eq!(lead("contracts/crm.html"), "Pays Vendor Ltd for CRM, until 31 January 2027.");
    assert_eq!(lead("routines/audit.html"), "Compares routing rules with the tool.");
    assert_eq!(lead("runbooks/repair.html"), "What to do when data does not arrive.");
    assert_eq!(lead("conventions/links.html"), "Parameters of tracked links.");
    assert!(site.page("people/cy.html").all("p.lead").is_empty());
}

#[test]
fn an_integration_says_what_crosses_in_which_direction() {
    let site = Folder::stack(STACK).site();
    let page = site.page("integrations/sync.html");
    let rows = |id: &str| page.all(&format!("section:has(> #{id}) tr")).into_iter().map(cells).collect::<Vec<_>>();
    assert_eq!(rows("s-objects"), ["Object | Direction | Filter", "lead | both ways | –nothing", "account | to Mail-o | customers only"]);
    assert_eq!(rows("s-fields"), ["Mail-o | CRM | Direction", "mail | E_Mail | to CRM", "company | Company | both ways"]);
    let plain = site.page("integrations/plain.html");
    assert_eq!(words(&plain.one("section:has(> #s-objects) > p")), "lead, account");
}

#[test]
fn a_step_says_how_its_data_comes_and_where_a_failure_shows() {
    let page = Folder::stack(STACK).site().page("flows/inbound.html");
    let step = words(&page.one("#step-2"));
    assert!(step.contains("native, every 5 minutes") && step.contains("not documented · monitoring = …"), "{step}");
}

#[test]
fn amounts_at_the_head_are_withheld_with_the_others() {
    let site = Folder::stack(&format!("{STACK}[site]\nredact = [\"prices\"]\n")).site();
    for path in ["contracts/crm.html", "tools/crm.html", "flows/inbound.html", "integrations/sync.html"] {
        let told = figures(&site.page(path)).join("\n");
        assert!(told.contains("withheld") && !["1,000", "12,000", "EUR 300"].iter().any(|amount| told.contains(amount)), "{told}");
    }
}

#[test]
fn every_figure_at_the_head_leads_somewhere() {
    let site = Site::of(&open(&example()));
    let mut count = 0;
    for page in site.pages() {
        let path = &page.path;
        for link in page.all(".figures.glance dd.n > a") {
            let href = link.value().attr("href").unwrap();
            count += 1;
            if let Some(id) = href.strip_prefix('#') {
                assert_eq!(page.all(&format!("[id=\"{id}\"]")).len(), 1, "{path}: {href}");
            }
        }
        assert_eq!(page.all(".figures.glance dd.n").len(), page.all(".figures.glance dd.n > a").len(), "{path}");
    }
    assert!(count > 300, "{count} figures");
}

#[test]
fn a_report_shows_where_its_metrics_stand_and_an_object_what_its_fields_mean() {
    let more = r#"
[report.weekly]
name = "Weekly"
audience = "executive"
metrics = ["bounce"]
[report.empty]
name = "Empty"
audience = "team"
[object.lead]
name = "Lead"
fields = { country = { type = "text", values = ["FR", "DE"], required = true, definition = "ISO 3166.", filled-by = ["crm"], master = "mail" } }
"#;
    let site = Folder::stack(&format!("{STACK}{more}")).site();
    let page = site.page("reports/weekly.html");
    let row = cells(page.one("section:has(> #s-metrics) tbody tr"));
    assert_eq!(row, "Bounce rate | 3% | 1 Nov 2026 | off targetat most 2%");
    assert!(words(&site.page("reports/empty.html").one("#main")).contains("What it shows is not documented · metrics = […]"));
    let page = site.page("objects/lead.html");
    assert_eq!(cells(page.one("section:has(> #s-fields) tbody tr")), "countryISO 3166. | textFR, DE | no | CRMMail-o wins");
}
