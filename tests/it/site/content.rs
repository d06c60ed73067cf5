//! What stands on which page: the navigation, mentions, findings, places in the files, and what is left out.

use std::collections::BTreeSet;

use linchpin::{
    Project,
    model::{Address, AnyEntity, Date, Kind, Layer},
};

use super::target;
use crate::built::{Folder, Page, Site, example, open, words};

/// Every link in the main part of a page, as paths from the root.
fn links(page: &Page) -> BTreeSet<String> {
    let hrefs = page.all("main a[href]").into_iter().filter_map(|link| link.value().attr("href"));
    hrefs.filter(|href| !href.contains(':')).map(|href| target(&page.path, href).0).collect()
}

#[test]
fn the_navigation_lists_every_kind_with_its_number_and_no_entity() {
    let project = open(&example());
    let site = Site::of(&project);
    let page = site.page("index.html");
    let nav = page.words("nav.side");
    for layer in Layer::ALL {
        assert!(nav.contains(layer.label()));
    }
    for kind in Kind::ALL {
        let item = page.one(&format!("nav.side a[href=\"{}/index.html\"]", kind.folder()));
        assert!(words(&item).ends_with(&project.stack.count(*kind).to_string()), "{kind:?}: {}", words(&item));
    }
    assert_eq!(page.all("nav.side ul a").len(), Kind::ALL.len() + 13);
}

#[test]
fn whatever_refers_to_an_entity_is_linked_from_its_page() {
    let project = open(&example());
    let site = Site::of(&project);
    let references = linchpin::graph::References::new(&project.stack);
    let url = |entity: &dyn AnyEntity| format!("{}/{}.html", entity.kind().folder(), entity.id());
    let mut seen = 0;
    for entity in project.stack.all() {
        let linked = links(&site.page(&url(entity)));
        for reference in references.to(&entity.address()) {
            let Some(from) = project.stack.at(&reference.from) else { continue };
            assert!(linked.contains(&url(from)), "{} does not link to {}, which names it as {}", url(entity), url(from), reference.field);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

/// A message as pages tell it, but for its first letter: things by their names. Days and parts of things are told in other words.
fn as_told(project: &Project, message: &str) -> Option<String> {
    let mut told = String::new();
    for (index, piece) in message.split('`').enumerate() {
        match project.stack.at(&Address::new(piece)) {
            Some(entity) if index % 2 == 1 && entity.address().as_str() != piece => return None,
            Some(entity) if index % 2 == 1 => told.push_str(&project.stack.name(entity)),
            _ if piece.split(' ').any(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).parse::<Date>().is_ok()) => return None,
            _ => told.push_str(piece),
        }
    }
    Some(told.chars().skip(1).collect())
}

#[test]
fn findings_stand_on_the_pages_of_everything_they_concern() {
    let project = open(&example());
    let site = Site::of(&project);
    let all = site.page("findings.html").words("main");
    let mut told = 0;
    for finding in &project.report.findings {
        let Some(needle) = as_told(&project, &finding.message) else { continue };
        assert!(all.contains(&needle), "{needle}");
        told += 1;
        let related = finding.related.iter().filter_map(|related| related.address.as_deref());
        for address in related.chain([finding.subject.as_str()]) {
            let Some(entity) = project.stack.at(&Address::new(address)) else { continue };
            let page = site.page(&format!("{}/{}.html", entity.kind().folder(), entity.id()));
            assert!(page.words("main").contains(&needle), "{}: {}", page.path, finding.message);
        }
        let rule = site.page(&format!("rules/{}.html", finding.rule.name));
        assert!(rule.words("main").contains(&needle), "{}: {}", rule.path, finding.message);
    }
    assert!(told > 20, "{told}");
}

#[test]
fn accepted_risks_are_listed_with_reason_and_day() {
    let project = open(&example());
    let page = Site::of(&project).page("suppressions.html").words("main");
    assert!(!project.report.suppressed.is_empty());
    for accepted in &project.report.suppressed {
        assert!(page.contains(&accepted.reason), "{}", accepted.reason);
    }
}

#[test]
fn every_fact_leads_to_its_line_where_the_stack_says_how() {
    let head = "[stack]\nname = \"Example\"\nsource-url = \"https://git.example.com/a/blob/main/{path}#L{line}\"\n";
    let folder = Folder::of(&[
        ("stack.toml", head),
        ("my tools/crm & #1 {line}.toml", "[tool.a]\nname = \"A\"\ncategory = \"crm\"\nvendor = \"V\"\n"),
    ]);
    let page = folder.site().page("tools/a.html");
    let hrefs: Vec<&str> = page.all("main :is(a.src, .at a)").iter().filter_map(|link| link.value().attr("href")).collect();
    let base = "https://git.example.com/a/blob/main/my%20tools/crm%20%26%20%231%20%7Bline%7D.toml";
    assert!(hrefs.contains(&format!("{base}#L1").as_str()), "{hrefs:?}");
    assert!(hrefs.contains(&format!("{base}#L4").as_str()), "{hrefs:?}");
    // What is found about the whole stack stands in its root file.
    let root = "https://git.example.com/a/blob/main/stack.toml#L1";
    assert!(hrefs.iter().all(|href| href.starts_with(base) || *href == root), "{hrefs:?}");
}

#[test]
fn without_a_source_url_places_are_text() {
    let page = Folder::stack("[tool.a]\nname = \"A\"\ncategory = \"crm\"\n").site().page("tools/a.html");
    assert!(page.all("main :is(a.src, .at a)").is_empty());
    assert!(page.words("main").contains("stack.toml:5"));
}

#[test]
fn what_is_planned_or_gone_is_not_on_the_map_but_has_a_page() {
    let tool = |id: &str, status: &str| format!("[tool.{id}]\nname = \"Tool {id}\"\ncategory = \"crm\"\nstatus = \"{status}\"\n");
    let integration = |id: &str, from: &str, to: &str, status: &str| {
        format!("[integration.{id}]\nfrom = \"{from}\"\nto = \"{to}\"\nmethod = \"api\"\nstatus = \"{status}\"\n")
    };
    let text = [
        tool("live", "active"),
        tool("sunset", "sunset"),
        tool("tried", "evaluating"),
        tool("gone", "retired"),
        integration("runs", "live", "sunset", "active"),
        integration("fails", "sunset", "live", "broken"),
        integration("later", "live", "sunset", "planned"),
        integration("before", "live", "sunset", "retired"),
        integration("dangling", "live", "gone", "retired"),
    ];
    let site = Folder::stack(&text.concat()).site();
    let page = site.page("map.html");
    let hrefs: BTreeSet<&str> = page.all("svg a").iter().filter_map(|link| link.value().attr("href")).collect();
    assert_eq!(hrefs, BTreeSet::from(["tools/live.html", "tools/sunset.html", "integrations/runs.html", "integrations/fails.html"]));
    for path in ["tools/tried.html", "tools/gone.html", "integrations/later.html", "integrations/before.html", "integrations/dangling.html"]
    {
        assert!(site.paths().any(|known| known == path), "{path}");
    }
    let gone = site.page("tools/index.html");
    assert!(gone.all("tr.is-past").iter().any(|row| words(row).contains("Tool gone")));
}

#[test]
fn what_the_stack_withholds_is_in_no_file() {
    let text = "[site]\nredact = [\"emails\", \"prices\"]\ntitle = \"ana@example.com\"\nfooter = \"ana@example.com\"\nconfidentiality = \"For ana@example.com\"\n\
        [person.a]\nname = \"A\"\nemail = \"ana@example.com\"\ndescription = \"Write to ana@example.com\"\n\
        [tool.t]\nname = \"T\"\ncategory = \"crm\"\npurpose = \"Ask ana@example.com first\"\n\
        [contract.t]\nannual-cost = 123456.25\nrenewal = 2026-12-01\ndescription = \"$9,876 or 9.876 EUR or PLN 9876\"\n\
        [metric.m]\nname = \"M\"\ndefinition = \"https://example.com/?by=ana%40example.com\"\nkind = \"executive\"\nunit-of-measure = \"EUR per lead\"\n\
        target = { max = 4321.5 }\nmeasurements = [{ on = 2026-11-01, value = 54321.5 }]\n\
        [flow.f]\nname = \"F\"\nsteps = [{ tool = \"t\", action = \"mail ana@example.com\" }]\nmonthly-pipeline = 123456.5\n\
        [charter]\nowner = \"a\"\nmandate = \"Ask ana@example.com\"\n\
        [runbook.r]\nname = \"R\"\nkind = \"other\"\nfile = \"r.md\"\n\
        [lifecycle.l]\nname = \"L\"\nstage = [{ id = \"s\", name = \"ana@example.com\", definition = \"ana@example.com\", entry = [\"ana@example.com\"] }]\n\
        [routing.r]\nname = \"R\"\nobject = \"lead\"\ntool = \"t\"\nfields.email = { type = \"text\" }\n\
        rule = [{ name = \"x\", when = { email = \"ana@example.com\" }, assign = \"a\", note = \"ana@example.com\" }]\n";
    let folder = Folder::stack(text);
    folder.write("r.md", "Call ana@example.com.\n");
    let site = folder.site();
    for file in &site.0 {
        let text = String::from_utf8_lossy(&file.content);
        for secret in ["ana@example.com", "ana%40", "123456", "123,456", "9,876", "9.876", "9876", "4321", "4,321"] {
            assert!(!text.contains(secret), "{} has {secret}", file.path);
        }
    }
    assert!(site.page("people/a.html").words("main").contains("withheld"));
}

#[test]
fn the_pages_of_rules_say_what_holds_in_the_stack() {
    let text = "[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n[tool.ads]\nname = \"Ads\"\ncategory = \"search-advertising\"\n\
        [rules]\nno-owner = \"off\"\nstale-runbook = { max-age = \"180d\" }\nno-lifecycle = \"off\"\n\
        [[override]]\non = \"tool.crm\"\nrules = { no-owner = \"error\" }\n";
    let site = Folder::stack(text).site();
    let rule = |name: &str| site.page(&format!("rules/{name}.html"));
    let cells = |row: &scraper::ElementRef<'_>| row.child_elements().map(|cell| words(&cell)).collect::<Vec<_>>().join(" ");
    let rows = |name: &str| rule(name).all("[aria-label=Settings] tbody tr").iter().map(cells).collect::<Vec<_>>();
    assert_eq!(rows("no-owner"), ["the whole stack level off stack.toml:12", "tool.crm level error stack.toml:17"]);
    assert_eq!(rows("stale-runbook"), ["the whole stack max-age \"180d\" stack.toml:13"]);
    assert_eq!(rows("no-backup"), [] as [&str; 0]);
    assert!(rule("no-owner").words("p.meta").starts_with("off"), "{}", rule("no-owner").words("p.meta"));
    assert_eq!(rule("no-owner").all("table.find tbody tr").len(), 1);
    assert!(rule("no-lifecycle").words("main").contains("It is turned off in this stack."));
    assert!(rule("stale-runbook").words("main").contains("It finds nothing in this stack."));
    let index = site.page("rules/index.html");
    let all = linchpin::rules::all();
    let errors = all.iter().filter(|rule| rule.level.word() == "error" && rule.name != "no-owner").count();
    assert_eq!(index.words("p.lead"), format!("{} of {} rules judge this stack, {errors} of them as errors.", all.len() - 1, all.len()));
    let row = index.all("tbody tr").iter().map(cells).find(|row| row.starts_with("no-owner ")).unwrap();
    assert!(row.starts_with("no-owner offset for 1 part "), "{row}");
    let plain = Folder::stack("").site().page("rules/index.html").words("p.lead");
    assert!(plain.starts_with(&format!("{} rules judge this stack, ", all.len())), "{plain}");
}

#[test]
fn what_only_somebody_can_run_is_told_from_what_others_can_who_leave_and_who_stay() {
    let tool = |id: &str, who: &str| format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\n{who}");
    let people = "[person.ana]\nname = \"Ana\"\nteams = [\"ops\"]\n[person.bo]\nname = \"Bo\"\nuntil = 2026-12-01\nstatus = \"leaving\"\n\
        [person.cy]\nname = \"Cy\"\n[team.ops]\nname = \"Ops\"\n";
    let tools = [
        tool("alone", "owner = \"ana\"\n"),
        tool("lasting", "owner = \"ana\"\nbackup = \"bo\"\n"),
        tool("shared", "owner = \"ana\"\nbackup = \"cy\"\n"),
        tool("gone", "owner = \"bo\"\n"),
    ];
    let site = Folder::stack(&format!("{people}{}", tools.concat())).site();
    let rows = |path: &str, section: &str| -> Vec<String> {
        let page = site.page(path);
        page.all(&format!("#{section} ~ .box tbody tr")).iter().map(words).collect()
    };
    assert_eq!(rows("people/ana.html", "only"), ["aloneToolMediumown it"]);
    assert_eq!(rows("people/ana.html", "lasting"), ["lastingToolMediumown itBo (leaves on 2026-12-01)"]);
    assert_eq!(rows("people/ana.html", "runs"), ["sharedToolMediumown itCy"]);
    // Nobody else can run it, though they leave.
    assert_eq!(rows("people/bo.html", "only"), ["goneToolMediumown it"]);
    assert_eq!(rows("people/bo.html", "runs"), ["lastingToolMediumback it upAna"]);
    assert_eq!(rows("teams/ops.html", "only"), ["aloneToolMediumAna"]);
    assert_eq!(rows("teams/ops.html", "lasting"), ["lastingToolMediumAnaBo (leaves on 2026-12-01)"]);
}

#[test]
fn a_page_carries_the_marks_that_it_shows_and_no_others() {
    let project = open(&example());
    let site = Site::of(&project);
    for path in ["index.html", "findings.html", "key-people.html", "routing/inbound.html", "people/theo.html", "units/index.html"] {
        let page = site.page(path);
        let ids = |selector: &str, name: &str| -> BTreeSet<String> {
            let values =
                page.all(selector).into_iter().filter_map(|e| e.value().attr(name).map(|value| value.trim_start_matches('#').to_owned()));
            values.filter(|value| value.starts_with("g-") || value.starts_with("m-")).collect()
        };
        assert_eq!(ids("symbol", "id"), ids("use", "href"), "{path}");
    }
}

#[test]
fn the_search_knows_stages_by_their_criteria_and_things_by_who_answers_for_them() {
    let folder = Folder::stack(
        "[person.kim]\nname = \"Kimberly Okafor\"\n[team.ops]\nname = \"Revenue Operations\"\n\
         [tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\nowner = \"ops\"\nbackup = \"kim\"\naliases = [\"Old name\"]\nvendor = \"Maker\"\n\
         [lifecycle.main]\nname = \"Main\"\n[[lifecycle.main.stage]]\nid = \"mql\"\nname = \"MQL\"\nentry = [\"A score of 60\"]\n",
    );
    let search = folder.site().text("search.js").to_owned();
    let record = |url: &str| {
        let from = search.split_once(&format!("\"u\":\"{url}\"")).unwrap_or_else(|| panic!("no record of {url}")).1;
        from.split_once('}').unwrap().0.to_owned()
    };
    let tool = record("tools/crm.html");
    for text in ["crm", "Kimberly Okafor", "Revenue Operations ops", "Old name", "Maker"] {
        assert!(tool.contains(text), "{text}: {tool}");
    }
    assert!(record("lifecycles/main.html#stage-mql").contains("A score of 60"));
    assert!(!record("lifecycles/main.html").contains("A score of 60"));
}
