//! Key people: who can run what, what is left without each person, what it costs, and the way out.

use linchpin::{
    analysis::Analysis,
    model::{AnyEntity, Kind},
};

use crate::built::{Folder, Page, Site, example, open, words};

const HEAD: &str = "[stack]\nname = \"Acme\"\ncurrency = \"EUR\"\nas-of = 2026-11-20\n";

/// A stack of one file.
fn of(text: &str) -> Folder {
    Folder::of(&[("stack.toml", text)])
}

/// The cells of the rows of a section's first table, heads of groups included.
fn rows(page: &Page, section: &str) -> Vec<Vec<String>> {
    let rows = page.all(&format!("section:has(> h2#{section}) tbody tr"));
    let cells = |row: scraper::ElementRef<'_>| row.child_elements().map(|cell| words(&cell)).collect();
    rows.into_iter().map(cells).collect()
}

#[test]
fn the_matrix_has_a_row_for_everything_important_and_boxes_whoever_is_alone() {
    let project = open(&example());
    let page = Site::of(&project).page("key-people.html");
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let important: Vec<&dyn AnyEntity> = project.stack.all().filter(|entity| entity.is_important()).collect();
    assert!(important.len() > 20);
    let alone = important.iter().filter(|entity| analysis.knowledge().of(entity.address().as_str()).only().is_some()).count();
    assert!(alone > 0);
    assert_eq!(page.all(".matrix tbody tr:not(.group)").len(), important.len());
    assert_eq!(page.all(".matrix .mk.sole").len(), alone);
    for entity in important {
        let row = page.one(&format!(".matrix tr:has(a[href=\"{}/{}.html\"])", entity.kind().folder(), entity.id()));
        let runners = analysis.knowledge().of(entity.address().as_str());
        assert_eq!(words(&row).contains("nobody"), runners.count() == 0, "{}", entity.address());
        let marks = row.select(&scraper::Selector::parse(".mk-owner, .mk-backup, .mk-able").unwrap()).count();
        assert_eq!(marks, runners.staying().count(), "{}", entity.address());
    }
}

#[test]
fn each_departure_is_told_on_the_page_and_on_that_of_the_person_as_the_command_tells_it() {
    let project = open(&example());
    let site = Site::of(&project);
    let page = site.page("key-people.html");
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let overview = rows(&page, "departures");
    assert_eq!(overview.len(), analysis.losses().len());
    let mut told = 0;
    let number = |text: &str| text.trim_start_matches('–').trim_start_matches("nothing").trim().parse::<usize>().unwrap_or(0);
    let mut shown = 0;
    for (row, departure) in overview.iter().zip(analysis.losses()) {
        let id = departure.gone.people.first().unwrap();
        assert!(row[0].contains(project.stack.people[*id].about.name.as_str()));
        let counts = [departure.stops.len(), departure.unmaintained.len(), departure.recoverable.len(), departure.covered.len()];
        assert_eq!([1, 2, 3, 4].map(|at: usize| number(&row[at])), counts, "{id}");
        shown += usize::from(!departure.is_nothing());
        // The others have their table on their own pages only.
        if departure.is_nothing() || shown > 12 {
            continue;
        }
        let group = page.one(&format!("tbody#without-{id}"));
        let own = site.page(&format!("people/{id}.html"));
        for rule in departure.reach.routings.iter().flat_map(|of| &of.rules).take(4) {
            assert!(words(&group).contains(rule), "{id} {rule}");
            told += 1;
        }
        for entity in departure.unmaintained.iter().chain(&departure.recoverable) {
            let link = format!("a[href$=\"{}/{}.html\"]", entity.kind().folder(), entity.id());
            let link = scraper::Selector::parse(&link).unwrap();
            assert!(group.select(&link).next().is_some(), "{id} {}", entity.address());
            assert!(own.one("section:has(> h2#without)").select(&link).next().is_some(), "{id} {}", entity.address());
        }
    }
    assert!(told > 0, "nobody of the example receives records by a rule");
}

#[test]
fn every_price_leads_to_the_line_of_its_assumption_or_names_the_default() {
    let set = of(&format!("{HEAD}\n[stack.risk]\nhourly-rate = {{ low = 61, high = 97 }}\nhours-to-rebuild = {{ tool = 31 }}\n{ALONE}"));
    let page = set.site().page("key-people.html");
    let assumptions = rows(&page, "assumptions");
    let said =
        |name: &str| assumptions.iter().find(|row| row.len() > 1 && row[0].contains(name)).unwrap_or_else(|| panic!("{name}")).clone();
    assert_eq!(said("An hour")[1], "EUR 61–97");
    assert!(said("An hour")[2].contains("stack.toml:7"), "{:?}", said("An hour"));
    assert_eq!(said("Tool")[1], "31 hours");
    assert!(said("Tool")[2].contains("stack.toml:8"));
    assert!(said("Flow")[2].contains("stack.risk.hours-to-rebuild.flow"));
    assert!(said("hire and train")[2].contains("default"));
    // 31 hours, doubled for what is critical.
    let person = rows(&page, "by-person");
    let rebuilding = person.iter().find(|row| row[0] == "Rebuilding").unwrap();
    assert!(rebuilding[2].starts_with("62 hours"), "{rebuilding:?}");
    assert!(rebuilding[3].contains("EUR 3,782–6,014"), "{rebuilding:?}");
    let exposed = person.iter().find(|row| row[0] == "Pipeline exposed").unwrap();
    assert!(exposed[3].contains("monthly-pipeline"), "{exposed:?}");
}

/// A tool that one person runs, and a flow that stops with them.
const ALONE: &str = "[person.ana]\nname = \"Ana Ruiz\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\nowner = \"ana\"\ncriticality = \"critical\"\n\n\
    [tool.web]\nname = \"Web\"\ncategory = \"cms\"\n\n[integration.i]\nfrom = \"web\"\nto = \"crm\"\nmethod = \"api\"\nruns-as = \"ana\"\n\n\
    [flow.f]\nname = \"Leads\"\nsteps = [{ tool = \"web\" }, { tool = \"crm\" }]\n";

#[test]
fn amounts_are_withheld_where_the_stack_says_so() {
    let text = format!("{HEAD}[site]\nredact = [\"prices\"]\n{ALONE}monthly-pipeline = 173_000\n");
    let site = of(&text).site();
    for path in ["key-people.html", "people/ana.html", "index.html", "map.html"] {
        let page = site.text(path);
        for amount in ["173,000", "173000", "EUR 75", "75–150", "7,200"] {
            assert!(!page.contains(amount), "{path} shows {amount}");
        }
    }
    let page = site.page("key-people.html");
    assert!(page.words("main").contains("withheld"));
    assert!(page.words("main").contains("48 hours"));
}

#[test]
fn a_stack_without_people_or_without_anything_important_says_what_to_write() {
    let page = of(HEAD).site().page("key-people.html");
    assert!(page.words("main").contains("criticality"), "{}", page.words("main"));
    let lonely = format!("{HEAD}[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\ncriticality = \"critical\"\n");
    let page = of(&lonely).site().page("key-people.html");
    assert!(page.words("main").contains("Nobody is named"), "{}", page.words("main"));
    assert!(page.words("main").contains("Find somebody who can run"), "{}", page.words("main"));
}

#[test]
fn the_control_of_the_map_holds_every_live_thing_that_is_run() {
    let project = open(&example());
    let page = Site::of(&project).page("map.html");
    let data: serde_json::Value = serde_json::from_str(&page.one(".whatif script").text().collect::<String>()).unwrap();
    let live = Kind::ALL.iter().filter(|kind| linchpin::analysis::can_be_run(**kind)).flat_map(|kind| project.stack.of(*kind));
    assert_eq!(data["things"].as_array().unwrap().len(), live.filter(|entity| entity.is_live()).count());
    assert_eq!(
        data["people"].as_array().unwrap().len(),
        project.stack.people.values().filter(|person| !person.is_gone(project.today)).count()
    );
}

#[test]
fn no_name_leaves_the_data_of_the_control() {
    for name in ["</script><b>x</b>", "<!--", "&lt;", "a\u{202e}b", "a\u{2028}b", "=1+1", "${x}", "{{ page }}"] {
        let quoted = serde_json::to_string(name).unwrap();
        let text = format!(
            "{HEAD}[person.ana]\nname = {quoted}\n[tool.crm]\nname = {quoted}\ncategory = \"crm\"\nowner = \"ana\"\n[tool.web]\nname = \"Web\"\ncategory = \"cms\"\n"
        );
        let page = of(&text).site().page("map.html");
        let script: String = page.one(".whatif script").text().collect();
        assert!(!script.contains(['<', '>', '&', '\u{202e}', '\u{2028}']), "{script}");
        let data: serde_json::Value = serde_json::from_str(&script).unwrap();
        assert_eq!(data["people"][0]["name"], name);
        assert_eq!(data["tools"][0]["name"], name);
    }
}
