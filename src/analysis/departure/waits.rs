//! For whom or what a flow waits that stops.

use crate::model::Risk;

/// What has to be replaced until a flow that stops goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// The people who go.
    People,
    /// The tools or integrations that go.
    Tools,
    /// Both: it would stop without either.
    Both,
    /// Either: it stops only because both are missing.
    Either,
}

impl Waits {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::People, Self::Tools, Self::Both, Self::Either];

    /// Returns the fewest and the most weeks that this takes.
    pub fn weeks(self, risk: &Risk) -> [f64; 2] {
        let [people, tools] = [risk.weeks_to_replace(), risk.weeks_to_replace_tool()].map(|range| [range.low.0, range.high.0]);
        match self {
            Self::People => people,
            Self::Tools => tools,
            Self::Both => [people[0].max(tools[0]), people[1].max(tools[1])],
            Self::Either => [people[0].min(tools[0]), people[1].min(tools[1])],
        }
    }
}
