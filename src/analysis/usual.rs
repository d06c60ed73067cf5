//! The usual figures with which a stack is compared, in one place for rules and pages.
//!
//! They are rules of thumb of those who review such stacks, not targets; whoever shows one says so by [`SOURCE`].

/// Where the usual figures come from.
pub const SOURCE: &str = "usual figures of marketing-operations reviews";

/// How many live tools a stack has.
pub mod tools {
    /// Of a well-run stack: from, to.
    pub const WELL_RUN: (usize, usize) = (10, 15);
    /// On average: from, to.
    pub const AVERAGE: (usize, usize) = (18, 22);
    /// Of a neglected stack: from.
    pub const NEGLECTED: usize = 30;
}

/// The share of a tool's capability that is in use where nobody governs: from, to.
pub const UNGOVERNED_USE: (f64, f64) = (0.2, 0.4);

/// How many people are usual in marketing operations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staff {
    /// From this revenue in US dollars on.
    pub from: f64,
    /// At least so many.
    pub least: usize,
    /// At most so many, where that is said.
    pub most: Option<usize>,
}

/// By revenue, the largest first.
pub const STAFF: [Staff; 3] = [
    Staff { from: 200e6, least: 6, most: None },
    Staff { from: 50e6, least: 3, most: Some(5) },
    Staff { from: 10e6, least: 1, most: Some(2) },
];

impl Staff {
    /// Returns what is usual at a revenue in US dollars; nothing below the least of which anything is said.
    pub fn at(revenue: f64) -> Option<Self> {
        STAFF.into_iter().find(|usual| revenue >= usual.from)
    }

    /// Returns how many people are usual, in words: `3–5`, `6 and more`.
    pub fn in_words(self) -> String {
        match self.most {
            Some(most) => format!("{}–{most}", self.least),
            None => format!("{} and more", self.least),
        }
    }
}

/// What technology costs a year.
pub mod technology {
    /// The revenues in US dollars of which it is said: from, up to.
    pub const REVENUE: (f64, f64) = (20e6, 50e6);
    /// What is usual in US dollars: from, to.
    pub const COST: (f64, f64) = (10e3, 30e3);
}
