//! Routings of any number of rules over ten fields: one as companies have them, and one made to be hard to see through.

use std::fmt::Write as _;

use super::Random;

/// The fields of both: five of open text, two closed lists, two numbers and a boolean.
const FIELDS: &str = "[routing.leads.fields]
email = { type = \"text\", required = true }
country = { type = \"text\" }
employees = { type = \"integer\", min = 0 }
industry = { type = \"text\", values = [\"logistics\", \"food\", \"automotive\", \"electronics\", \"pharma\", \"other\"] }
interest = { type = \"text\", values = [\"robots\", \"vision\", \"palletising\", \"service\", \"unsure\"] }
title = { type = \"text\" }
phone = { type = \"text\" }
source = { type = \"text\" }
screening = { type = \"boolean\" }
days = { type = \"integer\", min = 0 }
";

const INDUSTRIES: [&str; 6] = ["logistics", "food", "automotive", "electronics", "pharma", "other"];
const INTERESTS: [&str; 5] = ["robots", "vision", "palletising", "service", "unsure"];
const SOURCES: [&str; 7] = ["website", "paid-search", "paid-social", "webinar", "trade-show", "partner", "outbound"];
const COUNTRIES: [&str; 40] = [
    "US", "CA", "MX", "BR", "AR", "CL", "CO", "PE", "DE", "FR", "GB", "NL", "ES", "IT", "SE", "PL", "AT", "BE", "CH", "CZ", "DK", "FI",
    "GR", "HU", "IE", "NO", "PT", "RO", "JP", "KR", "SG", "AU", "NZ", "IN", "TH", "VN", "ZA", "AE", "IL", "TR",
];

/// Texts that start, end and contain one another.
const TANGLED: [&str; 12] = [
    "production planning manager",
    "plant manager",
    "planner",
    "managing director",
    "director of planning",
    "warehouse operations lead",
    "operations",
    "operator",
    "lead plant operator",
    "head of warehouse planning",
    "director of operations",
    "lean manager",
];

/// Returns a stack of one file whose routing `leads` has so many rules, as companies write them: exceptions first, then
/// territories by country and size, then what else is known of the person, then everybody else.
pub fn realistic(count: usize) -> String {
    let mut random = Random::seeded(7);
    let mut rules = vec![
        "[{ email = { ends-with = [\".edu\", \".ac.uk\", \"@rival.example\"] } }, { title = { contains = \"student\" } }]".to_owned(),
        "{ screening = true }".to_owned(),
        "{ interest = \"service\", source = \"partner\" }".to_owned(),
    ];
    while rules.len() + 1 < count {
        let when = match rules.len() * 100 / count {
            ..60 => territory(&mut random),
            60..80 => person(&mut random),
            _ => history(&mut random),
        };
        rules.push(when);
    }
    rules.push("{}".to_owned());
    stack(&rules)
}

fn territory(random: &mut Random) -> String {
    let start = random.below(COUNTRIES.len() - 5);
    let countries = list(&COUNTRIES[start..=start + random.below(5)]);
    let low = random.pick(&[0, 50, 100, 250, 500, 1_000, 5_000]);
    let size = match random.below(3) {
        0 => format!("min = {low}"),
        1 => format!("min = {low}, below = {}", low * 4 + 50),
        _ => format!("max = {}", low + 50),
    };
    let more = match random.below(4) {
        0 => format!(", industry = \"{}\"", random.pick(&INDUSTRIES)),
        1 => format!(", interest = [\"{}\", \"{}\"]", random.pick(&INTERESTS), random.pick(&INTERESTS)),
        _ => String::new(),
    };
    format!("{{ country = {countries}, employees = {{ {size} }}{more} }}")
}

fn person(random: &mut Random) -> String {
    let title = format!("title = {{ contains = [\"{}\", \"{}\"] }}", random.word(), random.word());
    match random.below(3) {
        0 => format!("{{ {title}, industry = \"{}\" }}", random.pick(&INDUSTRIES)),
        1 => format!("{{ country = {{ present = false }}, phone = {{ starts-with = \"+{}\" }} }}", 1 + random.below(99)),
        _ => format!(
            "[{{ {title}, source = \"{}\" }}, {{ title = {{ starts-with = \"{} \" }}, employees = {{ above = {} }} }}]",
            random.pick(&SOURCES),
            random.word(),
            random.below(50) * 100
        ),
    }
}

fn history(random: &mut Random) -> String {
    let days = random.below(40) * 10;
    match random.below(3) {
        0 => format!("{{ days = {{ above = {days} }}, source = {{ not = [\"{}\", \"partner\"] }} }}", random.pick(&SOURCES)),
        1 => format!("{{ days = {{ min = {days}, max = {} }}, interest = \"{}\" }}", days + 30, random.pick(&INTERESTS)),
        _ => format!("{{ source = \"{}\", email = {{ ends-with = \"@{}.example\" }} }}", random.pick(&SOURCES), random.word()),
    }
}

/// Returns a stack of one file whose routing `leads` has so many rules, each with three or four clauses that start, end and
/// contain parts of the same texts, in ranges that overlap.
pub fn adversarial(count: usize) -> String {
    let mut random = Random::seeded(11);
    let rules: Vec<String> = (0..count)
        .map(|_| {
            let clauses: Vec<String> = (0..3 + random.below(2)).map(|_| clause(&mut random)).collect();
            format!("[{}]", clauses.join(", "))
        })
        .collect();
    stack(&rules)
}

/// Several parts of the same text, and one or two of a number, a list and other text.
fn clause(random: &mut Random) -> String {
    let contains = list(&[part(random), part(random)]);
    let title = match random.below(5) {
        0 => format!("starts-with = \"{}\", contains = {contains}", start(random)),
        1 => format!("ends-with = \"{}\", contains = {contains}", end(random)),
        2 => format!("starts-with = {}, ends-with = \"{}\"", list(&[start(random), start(random)]), end(random)),
        3 => format!("contains = {contains}, not = {}", list(&[random.pick(&TANGLED), random.pick(&TANGLED)])),
        _ => format!("contains = \"{}\"", part(random)),
    };
    let low = random.below(400);
    let more = match random.below(5) {
        0 => format!("days = {{ above = {} }}", random.below(300)),
        1 => format!("source = {{ contains = \"{}\" }}", &random.word()[..2]),
        2 => format!("interest = {{ not = \"{}\" }}", random.pick(&INTERESTS)),
        3 => format!("industry = [\"{}\", \"{}\"]", random.pick(&INDUSTRIES), random.pick(&INDUSTRIES)),
        _ => format!("country = {{ present = {} }}", random.percent(50)),
    };
    format!("{{ title = {{ {title} }}, employees = {{ min = {low}, max = {} }}, {more} }}", low + 20 + random.below(300))
}

/// Three to six letters from the middle of one of the texts.
fn part(random: &mut Random) -> &'static str {
    let text = random.pick(&TANGLED);
    let (from, length) = (random.below(text.len() - 5), 3 + random.below(3));
    text[from..from + length].trim()
}

fn start(random: &mut Random) -> &'static str {
    let text = random.pick(&TANGLED);
    text[..2 + random.below(5)].trim()
}

fn end(random: &mut Random) -> &'static str {
    let text = random.pick(&TANGLED);
    text[text.len() - 2 - random.below(5)..].trim()
}

fn list(texts: &[&str]) -> String {
    format!("[{}]", texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", "))
}

/// A stack with rules of these conditions, which give records to ten teams in turn.
fn stack(whens: &[String]) -> String {
    let mut text = "[stack]\nname = \"Rules\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n\n".to_owned();
    for team in 0..10 {
        let _ = writeln!(text, "[team.t{team}]\nname = \"Team {team}\"\nfunction = \"sales\"\n");
    }
    let _ = writeln!(text, "[routing.leads]\nname = \"Leads\"\nobject = \"lead\"\ntool = \"crm\"\n\n{FIELDS}");
    for (number, when) in whens.iter().enumerate() {
        let _ = writeln!(text, "[[routing.leads.rule]]\nname = \"Rule {number}\"\nwhen = {when}\nassign = \"t{}\"\n", number % 10);
    }
    text
}
