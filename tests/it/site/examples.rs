//! What the page of a routing says by example: rules that never take a record, turns, overlaps, invented texts.

use super::logic::{HEAD, cells, data, drawn, routing};
use crate::built::{Folder, words};

#[test]
fn a_test_that_turns_on_a_whole_address_is_not_offered_and_said_so() {
    let text = format!(
        "[site]\nredact = [\"emails\"]\n{HEAD}[scoring.s]\nname = \"Fit\"\ntool = \"crm\"\nthreshold = 10\n\
         fields = {{ note = {{ type = \"text\" }}, size = {{ type = \"integer\" }} }}\n\
         criterion = [{{ name = \"Not long\", when = {{ note = {{ not = \"withheld\" }} }}, points = 5 }}]\n\
         test = [{{ name = \"a\", record = {{ note = \"ask ana@example.com\" }}, expect = 5 }}]\n"
    );
    let data = data(&Folder::stack(&text).site().page("scoring/s.html"));
    assert_eq!((&data["tests"], &data["kept"]), (&serde_json::json!([]), &serde_json::json!(["a"])));
}

#[test]
fn a_rule_whose_condition_holds_is_not_said_to_be_impossible() {
    let page = routing(
        "rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }, { name = \"Far\", when = { country = { not = \"DE\" } }, assign = \"ana\" },\n\
         { name = \"Both\", when = { country = { present = true } }, assign = \"sales\" }, { name = \"None\", when = { size = { above = 5, below = 4 } }, assign = \"sales\" }]\n",
    )
    .page("routing/r.html");
    assert_eq!(cells(&page, "rule-both")[4], "neverNear and Far take them first");
    assert_eq!(cells(&page, "rule-none")[4], "neverno record fulfils the condition");
    let drawn = drawn(&page);
    assert!(drawn.contains(&"never: Near, Far come first".to_owned()), "{drawn:?}");
    assert!(drawn.contains(&"never: no record fulfils this".to_owned()), "{drawn:?}");
}

#[test]
fn people_who_take_turns_are_named_with_their_shares_and_caps() {
    let page = routing(
        "rule = [{ name = \"A\", assign = { round-robin = [\"ana\", \"sales\"], weights = { sales = 3 }, cap-per-day = 25 } }]\n\
         test = [{ name = \"a\", record = {}, expect = \"A\" }]\n",
    )
    .page("routing/r.html");
    assert_eq!(cells(&page, "rule-a")[3], "Ana or Sales, in turn 1 : 3, at most 25 a day each");
    assert!(drawn(&page).contains(&"in turn 1 : 3, at most 25 a day each".to_owned()));
    let rule = &data(&page)["routings"]["r"]["rules"][0];
    assert_eq!((&rule["to"], &rule["how"]), (&"Ana or Sales".into(), &"in turn 1 : 3, at most 25 a day each".into()));
}

#[test]
fn every_pair_of_rules_whose_order_matters_has_an_example_of_its_own() {
    let page = routing(
        "rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }, { name = \"Large\", when = { size = { min = 9 } }, assign = \"sales\" },\n\
         { name = \"Small\", when = { size = { below = 3 } }, assign = \"sales\" }]\n",
    )
    .page("routing/r.html");
    let rows: Vec<Vec<String>> =
        page.all("#overlaps ~ .box tbody tr").iter().map(|row| row.child_elements().map(|cell| words(&cell)).collect()).collect();
    assert_eq!(rows, [["Near", "Large", "country DE, size 9"], ["Near", "Small", "country DE, size 0"]]);
    // One that wins over all below is said to do so once.
    let page = routing(
        "rule = [{ name = \"Near\", when = { country = \"DE\" }, assign = \"ana\" }, { name = \"Large\", when = { size = { min = 9 } }, assign = \"sales\" },\n\
         { name = \"Small\", when = { size = { below = 3 } }, assign = \"sales\" }, { name = \"Far\", when = { size = 5 }, assign = \"sales\" },\n\
         { name = \"Rest\", assign = \"sales\" }]\n",
    )
    .page("routing/r.html");
    let row = page.all("#overlaps ~ .box tbody tr").iter().map(words).collect::<Vec<_>>();
    assert_eq!(row, ["Nearall below but Restover Large: country DE, size 9"]);
}

#[test]
fn invented_texts_are_told_as_far_as_rules_ask() {
    let text = format!(
        "{HEAD}[routing.r]\nname = \"Leads\"\nobject = \"lead\"\ntool = \"crm\"\n\
         fields = {{ phone = {{ type = \"text\" }}, job-title = {{ type = \"text\" }}, account-owner = {{ type = \"text\" }} }}\n\
         rule = [{{ name = \"Known\", when = {{ account-owner = {{ present = true }} }}, assign = \"ana\" }},\n\
         {{ name = \"Near\", when = {{ phone = {{ starts-with = \"+1\" }}, job-title = {{ contains = \"plant\" }} }}, assign = \"sales\" }}]\n"
    );
    let page = Folder::stack(&text).site().page("routing/r.html");
    assert_eq!(cells(&page, "rule-known")[4], "some account owner, nothing else");
    assert_eq!(cells(&page, "rule-near")[4], "job title contains plant, phone starts with +1, nothing else");
    let fields: Vec<String> = page.all("#fields ~ .box tbody th").iter().map(words).collect();
    assert_eq!(fields, ["account owneraccount-owner", "job titlejob-title", "phone"]);
}
