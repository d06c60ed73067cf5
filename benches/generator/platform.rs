//! What the stack runs on: a unit's tools, each in a file with its integrations, contract and automation.

use std::fmt::Write as _;

use super::{Stack, TOOLS};

/// The hubs of a unit come first.
const HUBS: [&str; 6] = ["crm", "automation", "warehouse", "ipaas", "website", "consent"];
const HUB_CATEGORIES: [&str; 6] = ["crm", "marketing-automation", "data-warehouse", "integration-platform", "cms", "consent-management"];
const CATEGORIES: [&str; 16] = [
    "webinars",
    "events",
    "live-chat",
    "seo",
    "dashboards",
    "abm",
    "data-enrichment",
    "sales-engagement",
    "scheduling",
    "social-media",
    "experimentation",
    "search-advertising",
    "web-analytics",
    "forms-surveys",
    "project-management",
    "dam",
];
const CAPABILITIES: [&str; 12] = [
    "email-sending",
    "segmentation",
    "forecasting",
    "lead-routing",
    "lead-scoring",
    "deduplication",
    "record-synchronization",
    "quoting",
    "live-chat",
    "webinar-hosting",
    "push-notifications",
    "lead-nurturing",
];
const METHODS: [&str; 8] = ["native", "native", "api", "webhook", "etl", "reverse-etl", "tag", "native"];
const OBJECTS: [&str; 4] = ["lead", "contact", "account", "opportunity"];

/// The id of a tool.
pub fn tool_id(unit: usize, number: usize) -> String {
    match HUBS.get(number) {
        Some(hub) => format!("u{unit:03}-{hub}"),
        None => format!("u{unit:03}-{}-{number}", CATEGORIES[number % CATEGORIES.len()]),
    }
}

impl Stack {
    /// Writes a file for each tool of a unit.
    pub fn platform(&mut self, unit: usize) {
        for number in 0..TOOLS {
            let mut text = self.tool(unit, number);
            for serial in 0..3 {
                text.push_str(&self.integration(unit, number, serial));
            }
            if number % 5 < 2 {
                text.push_str(&self.contract(unit, number));
            }
            if number % 5 == 0 {
                text.push_str(&self.automation(unit, number));
            }
            let id = tool_id(unit, number);
            self.add(format!("tools/u{unit:03}/{id}.toml"), text);
        }
    }

    fn tool(&mut self, unit: usize, number: usize) -> String {
        let id = tool_id(unit, number);
        let category = HUB_CATEGORIES.get(number).copied().unwrap_or(CATEGORIES[number % CATEGORIES.len()]);
        let mut text = format!("[tool.{id}]\nname = \"{} {unit}-{number}\"\ncategory = \"{category}\"\n", self.random.title());
        if !self.random.percent(3) {
            let _ = writeln!(text, "purpose = \"{}\"", self.random.sentence());
        }
        if self.random.percent(40) {
            let _ = writeln!(text, "description = \"\"\"\n{}\n\"\"\"", self.random.paragraph(3));
        }
        let _ = writeln!(text, "vendor = \"{} Inc.\"\nwebsite = \"https://{id}.example\"", self.random.title());
        let _ = writeln!(text, "unit = {}\ntags = [\"{}\"]", self.to(&format!("u{unit:03}")), self.random.word());
        let _ = writeln!(text, "criticality = \"{}\"", self.random.pick(&["critical", "high", "medium", "medium", "low"]));
        text.push_str(&self.owners(unit));
        let capabilities: Vec<&str> = (0..4).map(|n| CAPABILITIES[(number + n * 5) % CAPABILITIES.len()]).collect();
        let _ = writeln!(text, "admins = [{}, {}]", self.somebody(unit), self.somebody(unit));
        let _ = writeln!(text, "capabilities = {}\ndomains = [\"app.{id}.example\"]", self.list(&capabilities));
        let _ = writeln!(text, "reviewed = {}", self.random.day());
        let _ = writeln!(text, "\n[tool.{id}.data]\npersonal = [\"email\", \"name\"]\nsubjects = [\"leads\"]\nrole = \"processor\"");
        let _ = writeln!(text, "regions = [\"us\"]\nretention = \"365d\"\ndeletion = \"api\"\ndpa = {}", self.random.day());
        if number % 5 == 1 {
            text.push_str("sends = [\"email\"]\n");
        }
        let _ = writeln!(text, "\n[tool.{id}.access]\nsso = true\nmfa = true\nreviewed = {}", self.random.day());
        text
    }

    /// The other end of a tool's integration: mostly a hub, now and then one of another unit.
    fn other_end(&mut self, unit: usize, number: usize, serial: usize) -> (usize, usize) {
        let hub = self.random.below(3);
        if serial == 0 && number > 2 {
            return (unit, hub);
        }
        if self.random.percent(4) {
            return (self.random.below(self.units), hub);
        }
        let step = 1 + self.random.below(TOOLS - 1);
        (unit, (number + step) % TOOLS)
    }

    fn integration(&mut self, unit: usize, number: usize, serial: usize) -> String {
        let (there, other) = self.other_end(unit, number, serial);
        let id = format!("{}-{serial}", tool_id(unit, number));
        let (from, to) = (self.to(&tool_id(unit, number)), self.to(&tool_id(there, other)));
        let mut text = format!("\n[integration.{id}]\nfrom = {from}\nto = {to}\n");
        let two_way = self.random.percent(30);
        if two_way {
            text.push_str("direction = \"two-way\"\n");
        }
        if self.random.percent(10) && number != 3 && other != 3 {
            let _ = writeln!(text, "method = \"middleware\"\nvia = {}", self.to(&tool_id(unit, 3)));
        } else if self.random.percent(3) {
            let _ = writeln!(text, "method = \"manual\"\noperator = {}\nhours = 2", self.somebody(unit));
        } else {
            let _ = writeln!(text, "method = \"{}\"", self.random.pick(&METHODS));
        }
        if there == unit && other != number {
            self.joined.push((id, number, other));
            if two_way && let Some((id, from, to)) = self.joined.last().cloned() {
                self.joined.push((id, to, from));
            }
        }
        let _ = writeln!(text, "purpose = \"{}\"\nunit = {}", self.random.sentence(), self.to(&format!("u{unit:03}")));
        let (one, two) = (self.to(OBJECTS[number % 4]), self.to(OBJECTS[(number + 1) % 4]));
        let _ = writeln!(text, "objects = [{{ object = {one}, direction = \"forward\", match-on = [\"email\"] }}, {two}]");
        let field = self.random.word();
        let object = self.to(OBJECTS[number % 4]);
        let _ = writeln!(text, "fields = [{{ from = \"{field}\", to = \"{field}__c\", object = {object}, rule = \"fill-blank\" }}]");
        let _ = writeln!(text, "schedule = \"{}\"\npersonal = [\"email\"]", self.random.pick(&["15m", "1h", "24h", "real-time"]));
        if !(number + serial).is_multiple_of(4) {
            text.push_str("carries = [\"consent\", \"suppression\", \"deletion\"]\n");
        }
        text.push_str(&self.owners(unit));
        let _ = writeln!(
            text,
            "runs-as = {}\nmonitoring = \"{}\"\nverified = {}",
            self.credential(unit),
            self.random.sentence(),
            self.random.day()
        );
        text
    }

    fn contract(&mut self, unit: usize, number: usize) -> String {
        let id = tool_id(unit, number);
        let owner = self.somebody(unit);
        format!(
            "\n[contract.{id}]\nvendor = \"{} Inc.\"\nannual-cost = {}\nrenewal = 2027-{:02}-15\nnotice-days = 60\nauto-renew = true\n\
             seats = 40\nseats-used = {}\nowner = {owner}\nchange-of-control = \"assignable\"\n",
            self.random.title(),
            1_000 + self.random.below(90_000),
            1 + number % 12,
            20 + number % 20,
        )
    }

    fn automation(&mut self, unit: usize, number: usize) -> String {
        let (tool, object) = (self.to(&tool_id(unit, number)), self.to("lead"));
        let mut text = format!("\n[automation.u{unit:03}-{number}]\nname = \"{}\"\ntool = {tool}\n", self.random.title());
        let _ = writeln!(
            text,
            "trigger = \"{}\"\nactions = [\"{}\", \"{}\"]",
            self.random.sentence(),
            self.random.sentence(),
            self.random.sentence()
        );
        let _ = writeln!(text, "objects = [{object}]\nruns-as = {}\ntested = {}", self.credential(unit), self.random.day());
        text + &self.owners(unit)
    }
}
