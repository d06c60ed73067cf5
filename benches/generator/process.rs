//! How things run: a unit's flows, lifecycle, routing and scoring.

use std::fmt::Write as _;

use super::{Stack, people::team_id, platform::tool_id};

/// How many flows a unit has.
const FLOWS: usize = 25;

impl Stack {
    /// Writes the processes of a unit.
    pub fn processes(&mut self, unit: usize) {
        let text = (0..FLOWS).map(|number| self.flow(unit, number)).collect();
        self.add(format!("flows/u{unit:03}.toml"), text);
        let text = self.lifecycle(unit);
        self.add(format!("process/lifecycle-u{unit:03}.toml"), text);
        let text = self.routing(unit);
        self.add(format!("process/routing-u{unit:03}.toml"), text);
        let text = self.scoring(unit);
        self.add(format!("process/scoring-u{unit:03}.toml"), text);
    }

    /// A journey along integrations of the unit; one in twenty-five ends with somebody who carries the data.
    fn flow(&mut self, unit: usize, number: usize) -> String {
        let mut text =
            format!("[flow.u{unit:03}-{number}]\nname = \"{} {number}\"\npurpose = \"{}\"\n", self.random.title(), self.random.sentence());
        let mut at = self.random.below(super::TOOLS);
        let (first, action) = (self.to(&tool_id(unit, at)), self.random.sentence());
        let stage = self.to(&format!("lifecycle.u{unit:03}.stage.known"));
        let _ = writeln!(text, "steps = [\n  {{ tool = {first}, action = \"{action}\", stage = {stage} }},");
        for _ in 0..3 + self.random.below(3) {
            let onward: Vec<(String, usize)> =
                self.joined.iter().filter(|(_, from, _)| *from == at).map(|(id, _, to)| (id.clone(), *to)).collect();
            if onward.is_empty() {
                break;
            }
            let (via, next) = onward[self.random.below(onward.len())].clone();
            at = next;
            let (tool, via, action) = (self.to(&tool_id(unit, next)), self.to(&via), self.random.sentence());
            let _ = writeln!(text, "  {{ tool = {tool}, action = \"{action}\", via = {via} }},");
        }
        if number == 0 {
            let _ = writeln!(text, "  {{ tool = {}, manual = true }},", self.to(&tool_id(unit, 7)));
        }
        let _ = writeln!(text, "]\nobjects = {}\ncriticality = \"high\"\nmonthly-volume = 300", self.list(&["lead", "contact"]));
        let _ = writeln!(text, "monthly-pipeline = 120_000\nunit = {}\nreviewed = {}", self.to(&format!("u{unit:03}")), self.random.day());
        text + &self.owners(unit) + "\n"
    }

    fn lifecycle(&mut self, unit: usize) -> String {
        let (tool, object) = (self.to(&tool_id(unit, 0)), self.to("lead"));
        let mut text = format!("[lifecycle.u{unit:03}]\nname = \"Lifecycle of unit {unit}\"\ntool = {tool}\nobject = {object}\n");
        let _ = writeln!(text, "owner = {}", self.somebody(unit));
        for stage in ["known", "engaged", "qualified", "accepted", "opportunity", "customer"] {
            let _ = writeln!(
                text,
                "\n[[lifecycle.u{unit:03}.stage]]\nid = \"{stage}\"\nname = \"{stage}\"\ndefinition = \"{}\"",
                self.random.sentence()
            );
            let _ = writeln!(text, "entry = [\"{}\"]\nexit = [\"{}\"]", self.random.sentence(), self.random.sentence());
            let _ = writeln!(text, "owner = {}", self.to(&team_id(unit, 0)));
            match stage {
                "accepted" => text.push_str("recycle = { to = \"engaged\", when = [\"No answer in two weeks\"], after = \"14d\" }\n"),
                "customer" => text.push_str("terminal = true\n"),
                "qualified" => {
                    let _ = writeln!(text, "handoff = {{ to = {}, within = \"5m\", sla = \"2h\" }}", self.to(&team_id(unit, 1)));
                }
                _ => {}
            }
        }
        text
    }

    fn routing(&mut self, unit: usize) -> String {
        let (tool, object) = (self.to(&tool_id(unit, 0)), self.to("lead"));
        let mut text = format!("[routing.u{unit:03}]\nname = \"Leads of unit {unit}\"\nobject = {object}\ntool = {tool}\n");
        text.push_str(&self.owners(unit));
        let _ = writeln!(text, "audited = {}\nstages = [{}]", self.random.day(), self.to(&format!("lifecycle.u{unit:03}.stage.qualified")));
        for (number, country) in ["US", "CA", "DE", "FR", "GB", "NL", "ES", "IT", "SE", "PL"].into_iter().enumerate() {
            let assign =
                if number % 3 == 0 { format!("[{}, {}]", self.somebody(unit), self.somebody(unit)) } else { self.to(&team_id(unit, 1)) };
            let _ = writeln!(text, "\n[[routing.u{unit:03}.rule]]\nname = \"{country} {number}\"\nassign = {assign}");
            let _ = writeln!(text, "when = {{ country = \"{country}\", employees = {{ min = {} }} }}", number * 10);
            let _ = writeln!(text, "\n[[routing.u{unit:03}.test]]\nname = \"From {country}\"\nexpect = \"{country} {number}\"");
            let _ = writeln!(text, "record = {{ email = \"a@b.example\", country = \"{country}\", employees = {} }}", number * 10 + 1);
        }
        let _ = writeln!(text, "\n[[routing.u{unit:03}.rule]]\nname = \"Everybody else\"\nassign = {}", self.to(&team_id(unit, 0)));
        text
    }

    fn scoring(&mut self, unit: usize) -> String {
        let (tool, object) = (self.to(&tool_id(unit, 1)), self.to("lead"));
        let stage = self.to(&format!("lifecycle.u{unit:03}.stage.qualified"));
        let mut text = format!("[scoring.u{unit:03}]\nname = \"Score of unit {unit}\"\ntool = {tool}\nobject = {object}\nthreshold = 60\n");
        text.push_str(&self.owners(unit));
        let _ = writeln!(text, "promotes-to = {stage}\ncalibrated = {}", self.random.day());
        for number in 0..8 {
            let _ = writeln!(
                text,
                "\n[[scoring.u{unit:03}.criterion]]\nname = \"At least {number}00\"\nsignal = \"fit\"\npoints = {}",
                5 + number
            );
            let _ = writeln!(text, "when = {{ employees = {{ min = {} }} }}", number * 100);
        }
        let _ = writeln!(
            text,
            "\n[[scoring.u{unit:03}.test]]\nname = \"Small\"\nrecord = {{ email = \"a@b.example\", employees = 10 }}\nexpect = 5"
        );
        text
    }
}
