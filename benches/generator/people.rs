//! Who is there: a unit's ten people and two teams.

use std::fmt::Write as _;

use super::Stack;

/// How many people a unit has.
pub const PEOPLE: usize = 10;

const GIVEN: [&str; 10] = ["Ana", "Ben", "Chiara", "Dmitri", "Efua", "Farid", "Grace", "Hiro", "Ines", "Jonas"];

pub fn person_id(unit: usize, number: usize) -> String {
    format!("u{unit:03}-{}", GIVEN[number % PEOPLE].to_lowercase())
}

pub fn team_id(unit: usize, number: usize) -> String {
    format!("u{unit:03}-team-{number}")
}

impl Stack {
    /// Somebody of a unit.
    pub fn somebody(&mut self, unit: usize) -> String {
        let id = person_id(unit, self.random.below(PEOPLE));
        self.to(&id)
    }

    /// An account, which is that of somebody of a unit in one of ten cases.
    pub fn credential(&mut self, unit: usize) -> String {
        if self.random.percent(10) { self.somebody(unit) } else { "\"service-account\"".to_owned() }
    }

    /// An owner and most often a backup, as lines. One in fifty has none.
    pub fn owners(&mut self, unit: usize) -> String {
        if self.random.percent(2) {
            return String::new();
        }
        let owner = if self.random.percent(15) { self.to(&team_id(unit, 0)) } else { self.somebody(unit) };
        let backup = if self.random.percent(70) { format!("backup = {}\n", self.somebody(unit)) } else { String::new() };
        format!("owner = {owner}\n{backup}")
    }

    /// Writes the unit, its teams and its people.
    pub fn people(&mut self, unit: usize) {
        let mut text = String::new();
        let lead = self.to(&person_id(unit, 0));
        let about = self.random.paragraph(2);
        let _ = writeln!(text, "[unit.u{unit:03}]\nname = \"Unit {unit}\"\ndescription = \"\"\"\n{about}\n\"\"\"\nlead = {lead}");
        if unit > 0 {
            let _ = writeln!(text, "parent = {}", self.to("u000"));
        }
        for team in 0..2 {
            let (id, lead) = (team_id(unit, team), self.to(&person_id(unit, team)));
            let _ = writeln!(
                text,
                "\n[team.{id}]\nname = \"{}\"\nlead = {lead}\nfunction = \"marketing-operations\"\nchannel = \"#{id}\"",
                self.random.title()
            );
        }
        for (number, name) in GIVEN.into_iter().enumerate() {
            let id = person_id(unit, number);
            let team = self.to(&team_id(unit, number % 2));
            let word = self.random.word();
            let title = self.random.title();
            let _ = writeln!(text, "\n[person.{id}]\nname = \"{name} {word}-{unit}\"\ntitle = \"{title}\"");
            let _ = writeln!(text, "email = \"{id}@meridian.example\"\nteams = [{team}]\nunit = {}", self.to(&format!("u{unit:03}")));
            if number > 0 {
                let _ = writeln!(text, "manager = {}", self.to(&person_id(unit, 0)));
            }
            if unit % 10 == 9 && number == 9 {
                let _ = writeln!(text, "until = 2026-09-30");
            }
        }
        self.add(format!("people/u{unit:03}.toml"), text);
    }
}
