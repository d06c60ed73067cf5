//! A stack that is too large for one picture: an overview of its areas, and a page for each.

use std::{collections::BTreeSet, fmt::Write as _, sync::LazyLock};

use linchpin::model::Area;

use crate::built::{Folder, Site, words};

/// The largest page of the map of three hundred tools, in bytes.
const MAX_PAGE: usize = 300_000;
/// A category of each area.
const CATEGORIES: [&str; 8] =
    ["search-advertising", "cms", "webinars", "marketing-automation", "crm", "data-warehouse", "web-analytics", "project-management"];
const METHODS: [&str; 6] = ["native", "api", "webhook", "etl", "tag", "manual"];

static SITE: LazyLock<Site> = LazyLock::new(|| Folder::stack(&text(300, 3)).site());

/// This many tools in turn in the eight areas, each with as many integrations.
pub(super) fn text(tools: usize, each: usize) -> String {
    let mut out = "[person.ana]\nname = \"Ana\"\n".to_owned();
    for n in 0..tools {
        let _ = write!(out, "[tool.t{n:03}]\nname = \"Tool number {n}\"\ncategory = \"{}\"\nowner = \"ana\"\n", CATEGORIES[n % 8]);
        for (k, other) in
            [(n % 5) + 3, (n * 7 + 11) % tools, (n * 13 + 5) % tools].into_iter().take(each).enumerate().filter(|(_, to)| *to != n)
        {
            let two_way = if (n + k) % 4 == 0 { "direction = \"two-way\"\n" } else { "" };
            let broken = if (n + k) % 40 == 7 { "status = \"broken\"\n" } else { "" };
            let method = METHODS[(n + k) % METHODS.len()];
            let _ = write!(
                out,
                "[integration.t{n:03}-{k}]\nfrom = \"t{n:03}\"\nto = \"t{other:03}\"\nmethod = \"{method}\"\nowner = \"ana\"\n{two_way}{broken}"
            );
        }
    }
    out
}

fn pages() -> impl Iterator<Item = String> {
    Area::ALL.iter().map(|area| format!("map/{}.html", area.slug()))
}

#[test]
fn every_area_has_a_picture_of_all_its_tools_on_a_page_that_is_not_heavy() {
    for path in pages().chain(["map.html".to_owned()]) {
        assert!(SITE.text(&path).len() < MAX_PAGE, "{path} has {} bytes", SITE.text(&path).len());
    }
    let mut drawn = BTreeSet::new();
    for path in pages() {
        let page = SITE.page(&path);
        drawn.extend(page.all("#map .d-box:not([data-tools])").iter().map(|one| one.value().attr("data-box").unwrap().to_owned()));
        assert!(page.all("#map .d-box[data-tools]").len() > 1, "{path} shows no other area");
        assert_eq!(page.all("#filter-table tbody tr").len(), page.all("#filter-table tbody tr td.order").len());
    }
    assert_eq!(drawn, (0..300).map(|n| format!("t{n:03}")).collect());
}

#[test]
fn the_overview_and_the_list_lead_to_every_area_and_every_tool() {
    let map = SITE.page("map.html");
    let boxes: BTreeSet<String> = map.all("#map a.d-box").iter().map(|link| link.value().attr("href").unwrap().to_owned()).collect();
    assert_eq!(boxes, pages().collect());
    for row in map.all("#filter-table tr[id^=\"tool.\"]") {
        let id = row.value().attr("id").unwrap();
        let link = row.select(&scraper::Selector::parse("a").unwrap()).next().unwrap().value().attr("href").unwrap();
        let (path, anchor) = link.split_once('#').unwrap();
        assert_eq!(anchor, id);
        assert_eq!(SITE.page(path).all(&format!("#map a[id=\"{id}\"]")).len(), 1, "{link}");
    }
    assert_eq!(map.all("#filter-table tr[id^=\"tool.\"]").len(), 300);
}

#[test]
fn the_data_map_says_how_many_tools_of_an_area_are_missed_and_how_many_integrations_carry_objections() {
    let data = |deletion| format!("owner = \"ana\"\ndata = {{ personal = [\"email\"], deletion = \"{deletion}\" }}\n");
    let mut tools = text(64, 0).replace("owner = \"ana\"\n", &data("api"));
    for missed in [1, 9] {
        let head = format!("name = \"Tool number {missed}\"\ncategory = \"cms\"\n");
        tools = tools.replace(&format!("{head}{}", data("api")), &format!("{head}{}", data("none")));
    }
    // From a tool of the first area to each other one; objections go to those with an even number.
    let line = |n: usize| {
        let carries = if n.is_multiple_of(2) { "carries = [\"suppression\"]\n" } else { "" };
        format!("[integration.i{n}]\nfrom = \"t000\"\nto = \"t{n:03}\"\nmethod = \"native\"\nobjects = [\"contact\"]\n{carries}")
    };
    // An integration that goes beside another, and one in both directions, are one each.
    let beside = "[integration.x]\nfrom = \"t000\"\nto = \"t002\"\nmethod = \"native\"\nobjects = [\"contact\"]\n\
                  [integration.y]\nfrom = \"t004\"\nto = \"t000\"\nmethod = \"native\"\nobjects = [\"contact\"]\ndirection = \"two-way\"\n\
                  [integration.z]\nfrom = \"t000\"\nto = \"t002\"\nmethod = \"native\"\nobjects = [\"contact\"]\n";
    let lines: String = (1..64).map(line).chain([beside.to_owned()]).collect();
    let text = format!("system-of-record = \"t000\"\n[privacy]\nsuppression-tool = \"t000\"\n{tools}{lines}");
    let page = Folder::stack(&text).site().page("privacy.html");
    let boxes: Vec<String> = page.all("section:has(> #travels) a.d-box").iter().map(words).collect();
    assert_eq!(boxes.len(), 8);
    let noted: Vec<&String> = boxes.iter().filter(|one| one.contains("missed")).collect();
    assert!(noted.len() == 1 && noted[0].contains("Web and content") && noted[0].contains("2 missed"), "{boxes:?}");
    assert_eq!(page.all("section:has(> #travels) a.d-box .d-critical").len(), 1);
    let numbers: Vec<String> = page.all("section:has(> #travels) .d-lines text").iter().map(words).collect();
    let count = |text: &str| numbers.iter().filter(|number| *number == text).count();
    let counts = (count("8 of 8"), count("8 of 9"), count("8 of 10"), count("0 of 8"));
    assert_eq!((counts, numbers.len()), ((1, 1, 1, 4), 7), "{numbers:?}");
}

#[test]
fn the_overview_says_in_words_how_many_integrations_join_two_areas() {
    let site = Folder::stack(&format!(
        "{}[integration.x]\nfrom = \"t000\"\nto = \"t001\"\nmethod = \"native\"\ndirection = \"two-way\"\nstatus = \"broken\"\n\
         [integration.y]\nfrom = \"t001\"\nto = \"t008\"\nmethod = \"api\"\n",
        text(64, 0)
    ))
    .site();
    let page = site.page("map.html");
    let cells = |row: &scraper::ElementRef<'_>| row.child_elements().map(|cell| words(&cell)).collect::<Vec<_>>().join("|");
    let rows: Vec<String> = page.all("#integrations ~ .box tbody tr").iter().map(cells).collect();
    assert_eq!(rows, ["Advertising|Web and content|1|1", "Web and content|Advertising|2|1"]);
    let areas: Vec<String> = page.all("#areas ~ .box tbody tr").iter().map(cells).collect();
    assert_eq!(areas[0], "Advertising|8|0|2");
    assert_eq!(areas[2], "Engagement and events|8|0|0");
}

#[test]
fn an_address_of_an_integration_is_known_to_the_overview() {
    let map = SITE.page("map.html");
    let places: serde_json::Value = serde_json::from_str(&map.one("script.places").text().collect::<String>()).unwrap();
    let all: Vec<&str> =
        places.as_object().unwrap().values().flat_map(|ids| ids.as_array().unwrap()).map(|id| id.as_str().unwrap()).collect();
    assert_eq!(all.len(), map.words("p.lead").split(' ').nth(4).unwrap().parse::<usize>().unwrap());
    for (area, ids) in places.as_object().unwrap() {
        let text = SITE.text(&format!("map/{area}.html"));
        assert!(ids.as_array().unwrap().iter().all(|id| text.contains(&format!("integrations/{}.html", id.as_str().unwrap()))), "{area}");
    }
}

#[test]
fn the_control_has_its_data_from_one_file_and_search_finds_the_pages() {
    for path in pages() {
        let page = SITE.page(&path);
        assert_eq!(page.all("script[src=\"../what-if.js\"]").len(), 1);
        assert!(page.one(".whatif").text().collect::<String>().is_empty());
        assert!(SITE.text("search.js").contains(&format!("\"{path}\"")), "{path}");
    }
    let data = SITE.text("what-if.js");
    assert!(data.starts_with("linchpin.gone = JSON.parse('") && data.contains("Tool number 299"));
    let few = Folder::stack(&text(9, 1)).site();
    assert!(!few.paths().any(|path| path == "what-if.js" || path.starts_with("map/")));
}

#[test]
fn the_data_of_the_control_is_no_markup_and_steers_nothing() {
    let name = serde_json::to_string("</script><b>'\\x\u{202e}\u{2028}").unwrap();
    let site = Folder::stack(&format!("{}[person.x]\nname = {name}\n", text(64, 1))).site();
    let data = site.text("what-if.js");
    assert!(!data.contains(['<', '>', '&', '\u{202e}', '\u{2028}']), "{data}");
}

#[test]
fn what_leads_to_other_areas_is_counted_where_it_is_too_much_to_draw() {
    // Forty tools of one area, each joined to four others by four tools of each.
    let mut stack = text(64, 0);
    for n in 0..64 {
        for (k, other) in (1..8).enumerate() {
            let to = (n + other) % 64;
            let _ = write!(stack, "[integration.i{n:02}-{k}]\nfrom = \"t{n:03}\"\nto = \"t{to:03}\"\nmethod = \"native\"\n");
        }
    }
    // So many tools of one area that even a line each is too much.
    for n in 0..20 {
        let _ = write!(stack, "[tool.x{n:02}]\nname = \"X {n}\"\ncategory = \"crm\"\n");
        for (k, other) in (1..8).enumerate() {
            let _ = write!(stack, "[integration.x{n:02}-{k}]\nfrom = \"x{n:02}\"\nto = \"t{:03}\"\nmethod = \"native\"\n", 4 + other);
        }
    }
    let page = Folder::stack(&stack).site().page("map/sales.html");
    assert_eq!(page.all("#map .d-hit").len(), 0);
    assert!(page.words("#map .d-box[data-tools]").contains("lines"));
    assert!(page.words("figcaption").contains("the box of each area counts them"));
}
