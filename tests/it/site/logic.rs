//! The pages of routings and scorings: rules in words and as a picture, what is known of them, tests with their results.

use serde_json::Value as Json;

use crate::built::{Folder, Page, Site, example, open, words};

pub(super) const HEAD: &str =
    "[person.ana]\nname = \"Ana\"\n[team.sales]\nname = \"Sales\"\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n";

/// The site of a stack with one routing of these rules and tests.
pub(super) fn routing(rest: &str) -> Site {
    let fields = "fields = { country = { type = \"text\" }, size = { type = \"integer\", min = 0 } }\n";
    Folder::stack(&format!("{HEAD}[routing.r]\nname = \"Leads\"\nobject = \"lead\"\ntool = \"crm\"\n{fields}{rest}")).site()
}

pub(super) fn cells(page: &Page, row: &str) -> Vec<String> {
    page.all(&format!("tr[id=\"{row}\"] > *")).iter().map(words).collect()
}

/// The rules that a page carries for its script.
pub(super) fn data(page: &Page) -> Json {
    serde_json::from_str(&page.one(".try script").inner_html()).unwrap()
}

/// The lines of text of the pictures of a page.
pub(super) fn drawn(page: &Page) -> Vec<String> {
    page.all("#order ~ figure svg.diagram text").iter().map(words).collect()
}

#[test]
fn rules_are_said_in_words_and_drawn_in_the_same_order() {
    let page = routing(
        "rule = [\n\
         { name = \"Near\", when = { country = [\"DE\", \"FR\", \"NL\"], size = { min = 10, below = 1_000 } }, assign = \"ana\" },\n\
         { name = \"Far\", when = [{ country = { not = [\"DE\", \"FR\"] } }, { size = { present = false } }], assign = [\"ana\", \"sales\"] },\n\
         { name = \"Rest\", assign = { nobody = \"too small\" } },\n]\n",
    );
    let page = page.page("routing/r.html");
    assert_eq!(
        cells(&page, "rule-near"),
        ["1", "Near", "country is DE, FR or NL and size is at least 10 and is below 1,000", "Ana", "country DE, size 10"]
    );
    assert_eq!(cells(&page, "rule-far")[2..4], ["country is neither DE nor FRor size is empty", "Ana or Sales, in turn"]);
    assert_eq!(cells(&page, "rule-rest")[2..4], ["every lead that comes this far", "nobody: too small"]);
    assert!(page.all("#unrouted").is_empty());
    let drawn = drawn(&page);
    let place = |text: &str| drawn.iter().position(|line| line == text).unwrap_or_else(|| panic!("{text}: {drawn:?}"));
    let order = ["A lead arrives", "Near", "Ana", "Far", "or size is empty", "Ana, Sales", "in turn", "Rest", "Nobody", "too small"];
    assert!(order.map(place).is_sorted(), "{drawn:?}");
    let links: Vec<_> = page.all("svg.diagram a").iter().filter_map(|link| link.value().attr("href")).map(str::to_owned).collect();
    assert_eq!(links, ["#rule-near", "../people/ana.html", "#rule-far", "#rule-rest"]);
    assert!(page.words(".lead").starts_with("3 rules in CRM decide who gets a lead; the first that takes it wins. No test says"));
}

#[test]
fn a_test_that_fails_says_what_happens_instead() {
    let page = routing(
        "rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }, { name = \"Large\", when = { size = { min = 5 } }, assign = \"sales\" }]\n\
         test = [\n\
         { name = \"a\", record = { country = \"de\" }, expect = \"Near\" },\n\
         { name = \"b\", record = { country = \"DE\", size = 7 }, expect = \"Large\" },\n\
         { name = \"c\", record = { size = 1_000 }, expect = \"unrouted\" },\n\
         { name = \"d\", record = { size = 1 }, expect = \"Large\" },\n]\n",
    )
    .page("routing/r.html");
    assert_eq!(cells(&page, "test-a"), ["a", "country de", "Near", "passes"]);
    assert_eq!(cells(&page, "test-b")[3], "failsNear takes it");
    assert_eq!(cells(&page, "test-c")[1..], ["size 1,000", "no rule", "failsLarge takes it"]);
    assert_eq!(cells(&page, "test-d")[3], "failsno rule takes it");
    assert!(page.words("#tests").ends_with("1 passes, 3 fail"));
    assert!(page.words(".lead").contains("3 of 4 tests fail."));
    // What passes shows what a rule takes; of the others a record is found.
    assert_eq!((&*cells(&page, "rule-near")[4], &*cells(&page, "rule-large")[4]), ("country de", "size 5, nothing else"));
}

#[test]
fn what_no_rule_takes_is_a_gap_unless_it_is_not_the_business_of_the_routing() {
    let rest = "rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }]\n\
        test = [{ name = \"a\", record = { country = \"US\", size = 3 }, expect = \"unrouted\" }]\n";
    let page = routing(rest).page("routing/r.html");
    assert_eq!(
        cells(&page, "unrouted"),
        [
            "",
            "No rule",
            "a lead that none of the rules above takesAlways: country is a text that no rule names or empty.",
            "nobody: these wait until somebody notices",
            "gapcountry US"
        ]
    );
    assert_eq!(page.one("#unrouted").value().attr("class"), Some("is-gap"));
    assert!(drawn(&page).contains(&"Gap: nobody gets such a lead".to_owned()));
    assert!(page.words(".lead").ends_with("Its test passes. But a lead can match no rule and reach nobody."));
    assert_eq!(page.one(".lead a[href='#unrouted']").text().collect::<String>(), "a lead can match no rule");
    assert!(page.words("#order ~ figure .legend").contains("gap: no rule takes these"));

    let page = routing(&format!("partial = true\n{rest}")).page("routing/r.html");
    assert_eq!(cells(&page, "unrouted")[3..], ["not decided here", "country US"]);
    assert_eq!(page.one("#unrouted").value().attr("class"), None);
    assert!(drawn(&page).contains(&"Left to others: any other lead".to_owned()));
    assert!(page.words("#order ~ figure .legend").contains("others decide"));
    assert_eq!(data(&page)["routings"]["r"]["partial"], true);
}

#[test]
fn a_rule_below_one_that_takes_everything_is_marked_in_words_and_by_shape() {
    let page =
        routing("rule = [{ name = \"All\", assign = \"ana\" }, { name = \"Near\", when = { country = \"DE\" }, assign = \"sales\" }]\n")
            .page("routing/r.html");
    assert_eq!(page.one("#rule-near").value().attr("class"), Some("is-dead"));
    assert_eq!(cells(&page, "rule-near")[4], "neverAll takes them first");
    assert!(drawn(&page).contains(&"never: All comes first".to_owned()));
    assert_eq!(page.all("svg.diagram .d-cross").len(), 1);
    assert!(page.words(".lead").ends_with("1 rule can never take one."));
}

#[test]
fn fields_say_who_reads_them() {
    let page = routing("rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }]\n").page("routing/r.html");
    let rows: Vec<String> = page.all("#fields ~ .box tbody tr").iter().map(words).collect();
    assert_eq!(rows, ["countrytextyes–nothing1", "sizewhole number, at least 0yes–nothingnone"]);

    let page = Site::of(&open(&example())).page("routing/arcwell.html");
    let rows: Vec<String> = page.all("#fields ~ .box tbody th").iter().map(words).collect();
    assert_eq!(rows, ["countryTwo letters, ISO 3166.", "employeesOf the whole company, not of the site.", "industry"]);
    assert!(page.words("#fields ~ .add").starts_with("Not read: account owner, company, "));
}

#[test]
fn a_long_routing_is_drawn_in_parts_and_a_very_long_one_not_at_all() {
    let rules = |count: usize| {
        let rule = |n: usize| format!("{{ name = \"Rule {n}\", when = {{ size = {n} }}, assign = \"ana\" }},\n");
        format!("rule = [\n{}]\n", (0..count).map(rule).collect::<String>())
    };
    let page = routing(&rules(40)).page("routing/r.html");
    let pictures = page.all("#order ~ figure svg.diagram");
    assert!(pictures.len() > 2);
    let drawn = drawn(&page);
    assert!((0..40).all(|n| drawn.contains(&format!("Rule {n}"))));
    let page = routing(&rules(200)).page("routing/r.html");
    assert!(page.all("svg.diagram").is_empty() && page.words("#order ~ p").contains("too many rules"));
    assert_eq!(page.all("table.rules tbody tr").len(), 201);
}

#[test]
fn a_routing_carries_the_rules_of_those_to_which_it_hands_records_over() {
    let site = Site::of(&open(&example()));
    let inbound = data(&site.page("routing/inbound.html"));
    let ids: Vec<&String> = inbound["routings"].as_object().unwrap().keys().collect();
    assert_eq!(ids, ["arcwell", "inbound"]);
    // Both read the fields of a lead, which are there once.
    assert!(inbound["routings"]["arcwell"].get("fields").is_none() && inbound["fields"].as_array().unwrap().len() == 14);
    assert_eq!(inbound["routings"]["inbound"]["rules"][3]["over"], "arcwell");
    assert_eq!(data(&site.page("routing/arcwell.html"))["routings"].as_object().unwrap().len(), 1);
}

#[test]
fn criteria_are_said_in_words_with_the_points_of_the_tests() {
    let text = format!(
        "{HEAD}[lifecycle.l]\nname = \"L\"\nstage = [{{ id = \"mql\", name = \"Ready\" }}]\n\
         [scoring.s]\nname = \"Fit\"\ntool = \"crm\"\nthreshold = 10\npromotes-to = \"lifecycle.l.stage.mql\"\n\
         fields = {{ size = {{ type = \"integer\" }}, asked = {{ type = \"boolean\", required = true }} }}\n\
         criterion = [{{ name = \"Asks\", signal = \"behaviour\", when = {{ asked = true }}, points = 15, decay = \"30d\" }}, \
         {{ name = \"Small\", when = {{ size = {{ below = 5 }} }}, points = -20 }}]\n\
         test = [{{ name = \"a\", record = {{ asked = true }}, expect = 15 }}, {{ name = \"b\", record = {{ asked = true, size = 1 }}, expect = 0 }}]\n"
    );
    let page = Folder::stack(&text).site().page("scoring/s.html");
    assert_eq!(cells(&page, "criterion-asks"), ["Asks", "behaviour", "asked is yes", "+15", "30 days"]);
    assert_eq!(cells(&page, "criterion-small")[3], "−20");
    assert_eq!(cells(&page, "test-a"), ["a", "asked yes", "15", "passes"]);
    assert_eq!(cells(&page, "test-b")[3], "failsit gets −5 points");
    assert_eq!(
        page.words(".lead"),
        "2 criteria in CRM give a record its points; from 10 points on it is promoted to L: Ready. It can reach −20 to 15 points. 1 of 2 tests fails."
    );
    let data = data(&page);
    assert_eq!((&data["threshold"], &data["to"], &data["record"]), (&10.into(), &"Ready".into(), &"a record".into()));
}

#[test]
fn the_age_of_an_audit_stands_beside_its_day_and_says_if_it_is_too_old() {
    let at = |day: &str| {
        routing(&format!("audited = {day}\nrule = [{{ name = \"All\", assign = \"ana\" }}]\n")).page("routing/r.html").words("dl.facts")
    };
    assert!(at("2026-11-20").contains("Audited20 November 20262 days ago"));
    assert!(!at("2026-11-20").contains("stale"));
    assert!(at("2025-01-01").contains("1 January 2025690 days ago stale"));
}

#[test]
fn without_rules_the_page_says_how_to_add_one() {
    let page = routing("").page("routing/r.html");
    assert!(page.words(".lead").contains("No rule is documented · [[routing.r.rule]]"));
    assert!(page.all("#rules, #order, #try").is_empty());
}

/// A stack that withholds addresses, with a rule about a whole address or about the end of one.
fn withholding(condition: &str) -> Page {
    let text = format!(
        "[site]\nredact = [\"emails\"]\n{HEAD}[routing.r]\nname = \"Leads\"\nobject = \"lead\"\ntool = \"crm\"\nfields = {{ email = {{ type = \"text\" }}, size = {{ type = \"integer\" }} }}\n\
         rule = [{{ name = \"Known\", when = {{ email = {condition} }}, assign = \"ana\" }}, {{ name = \"Large\", when = {{ size = {{ min = 5 }} }}, assign = \"ana\" }}]\n\
         test = [{{ name = \"a\", record = {{ email = \"ben@example.com\" }}, expect = \"Known\" }}, {{ name = \"b\", record = {{ email = \"eve@example.org\", size = 9 }}, expect = \"Large\" }}]\n"
    );
    Folder::stack(&text).site().page("routing/r.html")
}

#[test]
fn tests_pass_and_fail_as_they_do_though_their_addresses_are_withheld() {
    for condition in ["\"ben@example.com\"", "{ ends-with = \"@example.com\" }"] {
        let page = withholding(condition);
        // What rules ask of an address is told, the rest is not.
        let known = if condition.contains("ends") { "email ends with @example.com" } else { "email withheld" };
        assert_eq!(cells(&page, "test-a"), ["a", known, "Known", "passes"]);
        assert_eq!(cells(&page, "test-b"), ["b", "some email, size 9", "Large", "passes"]);
        // The second is an example without its address.
        assert_eq!((&*cells(&page, "rule-known")[4], &*cells(&page, "rule-large")[4]), (known, "size 9"));
    }
}

#[test]
fn a_gap_does_not_tell_what_is_withheld() {
    let text = format!(
        "[site]\nredact = [\"emails\"]\n{HEAD}[routing.r]\nname = \"Leads\"\nobject = \"lead\"\ntool = \"crm\"\n\
         fields = {{ email = {{ type = \"text\", values = [\"ana@example.com\", \"ben@example.com\"] }} }}\n\
         rule = [{{ name = \"Ana\", when = {{ email = \"ana@example.com\" }}, assign = \"ana\" }}]\n"
    );
    let page = Folder::stack(&text).site().page("routing/r.html");
    assert!(!page.tree.html().contains("@example.com"));
    assert!(cells(&page, "unrouted")[2].contains("email is withheld or empty"), "{:?}", cells(&page, "unrouted"));
}

#[test]
fn a_form_that_would_answer_wrongly_because_something_is_withheld_is_not_offered() {
    let page = withholding("\"ben@example.com\"");
    assert!(page.all(".try").is_empty());
    assert!(page.words("#try ~ p").contains("withholds"));
    let data = data(&withholding("{ ends-with = \"@example.com\" }"));
    // A record to start from has something in its place that comes out the same.
    assert_eq!(
        data["tests"],
        serde_json::json!([{ "name": "a", "record": { "email": "withheld@example.com" } }, { "name": "b", "record": { "size": 9 } }])
    );
    assert_eq!(data["kept"], serde_json::json!([]));
}
