//! Chance, and words to make texts of.

use std::fmt::Write as _;

/// A source of numbers that only looks like chance: splitmix64.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

const WORDS: [&str; 72] = [
    "account",
    "address",
    "agency",
    "answer",
    "approval",
    "audience",
    "badge",
    "board",
    "booking",
    "brand",
    "brief",
    "budget",
    "campaign",
    "channel",
    "click",
    "consent",
    "contact",
    "contract",
    "cost",
    "country",
    "credit",
    "customer",
    "dashboard",
    "deal",
    "demo",
    "detail",
    "domain",
    "engineer",
    "event",
    "field",
    "folder",
    "form",
    "handover",
    "history",
    "industry",
    "insight",
    "invoice",
    "journey",
    "lead",
    "letter",
    "list",
    "load",
    "mail",
    "manager",
    "market",
    "meeting",
    "month",
    "number",
    "offer",
    "office",
    "owner",
    "page",
    "partner",
    "pipeline",
    "plant",
    "project",
    "quarter",
    "question",
    "reason",
    "record",
    "region",
    "report",
    "request",
    "sales",
    "score",
    "segment",
    "sequence",
    "source",
    "stage",
    "stand",
    "team",
    "visit",
];

const VERBS: [&str; 16] = [
    "reads", "writes", "sends", "checks", "moves", "opens", "follows", "replaces", "collects", "compares", "confirms", "updates", "names",
    "closes", "counts", "holds",
];

impl Random {
    /// Starts from a seed.
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Whether something with this chance in a hundred happens.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// Returns one of several.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Returns a noun.
    pub fn word(&mut self) -> &'static str {
        self.pick(&WORDS)
    }

    /// Returns two or three nouns with a capital.
    pub fn title(&mut self) -> String {
        let mut words = vec![self.word().to_owned()];
        words.extend((0..=self.below(2)).map(|_| self.word().to_owned()));
        words[0][..1].make_ascii_uppercase();
        words.join(" ")
    }

    /// Returns a sentence.
    pub fn sentence(&mut self) -> String {
        let mut text = format!("The {} {} the {}", self.word(), self.pick(&VERBS), self.word());
        for _ in 0..=self.below(2) {
            let _ = write!(text, " of the {}", self.word());
        }
        if self.percent(40) {
            let _ = write!(text, ", and the {} {} its {}", self.word(), self.pick(&VERBS), self.word());
        }
        text + "."
    }

    /// Returns some sentences, one of which has an emphasis.
    pub fn paragraph(&mut self, sentences: usize) -> String {
        let mut all: Vec<String> = (0..sentences).map(|_| self.sentence()).collect();
        if let Some(first) = all.first_mut() {
            *first = first.replacen("The ", "**The** ", 1);
        }
        all.join(" ")
    }

    /// Returns a runbook in Markdown: a heading, numbered steps, a list and a snippet.
    pub fn steps(&mut self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title(), self.paragraph(2));
        for number in 1..=4 + self.below(5) {
            let _ = writeln!(text, "{number}. {} See *{}*.", self.sentence(), self.title());
        }
        let _ = writeln!(text, "\n## {}\n", self.title());
        for _ in 0..3 {
            let _ = writeln!(text, "- `{}`: {}", self.word(), self.sentence());
        }
        let _ = writeln!(text, "\n```console\n$ {} --{} {}\n```\n\n{}", self.word(), self.word(), self.word(), self.paragraph(3));
        text
    }

    /// Returns a day of 2026, before the day on which the stack is judged.
    pub fn day(&mut self) -> String {
        format!("2026-{:02}-{:02}", 1 + self.below(10), 1 + self.below(28))
    }
}
