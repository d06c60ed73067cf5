//! How things are done and known: a unit's runbooks, routines, lists, metrics and reports.

use std::fmt::Write as _;

use super::{Stack, platform::tool_id};

/// How many runbooks a unit has.
const RUNBOOKS: usize = 15;

impl Stack {
    /// Writes the runbooks, routines, checklists, conventions, audiences, metrics and reports of a unit.
    pub fn operations(&mut self, unit: usize) {
        let text = (0..RUNBOOKS).map(|number| self.runbook(unit, number)).collect();
        self.add(format!("runbooks/u{unit:03}.toml"), text);
        let text = self.routines(unit);
        self.add(format!("process/routines-u{unit:03}.toml"), text);
        let text = self.lists(unit);
        self.add(format!("process/lists-u{unit:03}.toml"), text);
        let text = self.proof(unit);
        self.add(format!("proof/u{unit:03}.toml"), text);
    }

    /// Every third runbook stands in a file of its own.
    fn runbook(&mut self, unit: usize, number: usize) -> String {
        let id = format!("u{unit:03}-{number}");
        let mut text = format!("[runbook.{id}]\nname = \"{} {number}\"\nkind = \"data-hygiene\"\n", self.random.title());
        let covered = [format!("tool.{}", tool_id(unit, number)), format!("tool.{}", tool_id(unit, number + 20))];
        let _ = writeln!(text, "covers = {}\nreviewed = {}", self.list(&covered), self.random.day());
        let _ = writeln!(text, "exercised = [{{ on = {}, by = {} }}]", self.random.day(), self.somebody(unit));
        let _ = writeln!(text, "owner = {}", self.somebody(unit));
        let steps = self.random.steps();
        if number.is_multiple_of(3) {
            let path = format!("runbooks/{id}.md");
            let _ = writeln!(text, "file = \"{path}\"\n");
            self.add(path, steps);
        } else {
            let _ = writeln!(text, "steps = \"\"\"\n{steps}\"\"\"\n");
        }
        text
    }

    fn routines(&mut self, unit: usize) -> String {
        let mut text = String::new();
        for number in 0..5 {
            let _ =
                writeln!(text, "[routine.u{unit:03}-{number}]\nname = \"{}\"\nkind = \"dedupe\"\ncadence = \"30d\"", self.random.title());
            let covered = format!("tool.{}", tool_id(unit, number));
            let _ = writeln!(text, "covers = {}\nrunbook = {}\nhours = 2", self.list(&[covered]), self.to(&format!("u{unit:03}-{number}")));
            let _ = writeln!(
                text,
                "done = [{{ on = {}, by = {}, note = \"{}\" }}]",
                self.random.day(),
                self.somebody(unit),
                self.random.sentence()
            );
            text.push_str(&self.owners(unit));
            text.push('\n');
        }
        text
    }

    fn lists(&mut self, unit: usize) -> String {
        let mut text = String::new();
        for number in 0..2 {
            let _ = writeln!(text, "[checklist.u{unit:03}-{number}]\nname = \"{}\"\nkind = \"campaign-qa\"", self.random.title());
            let items: Vec<String> = (0..6).map(|_| format!("\"{}\"", self.random.sentence())).collect();
            let _ = writeln!(text, "items = [{}]\nowner = {}\n", items.join(", "), self.somebody(unit));
        }
        let _ = writeln!(text, "[convention.u{unit:03}]\nname = \"{}\"\nkind = \"campaign-name\"", self.random.title());
        let _ = writeln!(text, "pattern = \"{{year}}-{{product}}\"\nexamples = [\"2026-a\"]\nowner = {}\n", self.somebody(unit));
        for number in 0..3 {
            let feeds = [format!("tool.{}", tool_id(unit, number)), format!("flow.u{unit:03}-{number}")];
            let _ = writeln!(text, "[audience.u{unit:03}-{number}]\nname = \"{}\"\nkind = \"segment\"", self.random.title());
            let _ = writeln!(text, "tool = {}\nfeeds = {}", self.to(&tool_id(unit, 1)), self.list(&feeds));
            let _ = writeln!(text, "criteria = [\"{}\"]\nowner = {}\n", self.random.sentence(), self.somebody(unit));
        }
        text
    }

    fn proof(&mut self, unit: usize) -> String {
        let mut text = String::new();
        for number in 0..5 {
            let _ = writeln!(text, "[metric.u{unit:03}-{number}]\nname = \"{} {number}\"\nkind = \"operational\"", self.random.title());
            let sources = [tool_id(unit, 0), tool_id(unit, 2)];
            let _ = writeln!(text, "definition = \"{}\"\nsources = {}", self.random.sentence(), self.list(&sources));
            let _ = writeln!(text, "cadence = \"30d\"\nunit-of-measure = \"%\"\ntarget = {{ min = 80, max = 100 }}");
            let _ = writeln!(text, "measurements = [{{ on = {}, value = 88.5 }}]\nowner = {}\n", self.random.day(), self.somebody(unit));
        }
        let metrics: Vec<String> = (0..5).map(|number| format!("u{unit:03}-{number}")).collect();
        let _ = writeln!(text, "[report.u{unit:03}]\nname = \"{}\"\naudience = \"team\"\ncadence = \"30d\"", self.random.title());
        let _ = writeln!(text, "metrics = {}\nowner = {}\n", self.list(&metrics), self.somebody(unit));
        let (tool, owner) = (self.to(&tool_id(unit, 2)), self.somebody(unit));
        let _ = writeln!(
            text,
            "[attribution.u{unit:03}]\nname = \"{}\"\nmodel = \"linear\"\ntool = {tool}\nowner = {owner}",
            self.random.title()
        );
        text
    }
}
