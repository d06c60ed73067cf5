//! The page of a scoring: its criteria in words, the points that can be reached, tests, fields, the form.

use super::{
    compiled::Compiled,
    example::Example,
    facts, logic,
    page::{Answer, Block, Cell, Column, ColumnKind, Level, Prose, Row, RowState, Section, Table, TableStyle, Value},
    proven::{self, Points},
    record,
    view::{View, anchor, counted},
    words,
};
use crate::{
    model::{self, Criterion, Entity, Kind, Ref, ScoreSignal, Scoring, ScoringTest, slug},
    routing::Scorer,
};

/// What a page says of a scoring, and what it is made from.
struct Page<'v, 'a> {
    view: &'v View<'a>,
    scoring: &'v Entity<Scoring>,
    compiled: Compiled<'v, Scorer<'v>>,
    /// What is known of the points, if anything is.
    known: Option<Points>,
    /// The record of each test, the points that it gets, and whether they are those that are expected.
    results: Vec<(Example, i64, bool)>,
}

impl<'v, 'a> Page<'v, 'a> {
    fn new(view: &'v View<'a>, scoring: &'v Entity<Scoring>) -> Self {
        let compiled = Compiled::scoring(view, scoring);
        let result =
            |(test, points): (&ScoringTest, i64)| (Example::of(view, &compiled.asked, &test.record), points, points == test.expect);
        let results = compiled.real.tests().map(result).collect();
        Self { view, scoring, known: proven::scoring(view, &compiled.real), results, compiled }
    }
}

/// What the page says first, and its sections.
pub(super) fn page(view: &View<'_>, scoring: &Entity<Scoring>) -> (Prose, Vec<Section>) {
    let page = Page::new(view, scoring);
    let mut sections = Vec::new();
    if !scoring.criterion.is_empty() {
        sections.push(page.criteria());
    }
    sections.extend(logic::scoring(view, &page.compiled));
    sections.push(page.tests());
    let object = page.object().filter(|_| scoring.fields.is_none());
    let names: Vec<&str> = scoring.criterion.iter().map(|criterion| criterion.name.as_str()).collect();
    sections.extend(page.compiled.readers.section(view, object, ("criterion", &names)));
    (page.lead(), sections)
}

impl Page<'_, '_> {
    fn object(&self) -> Option<&str> {
        self.scoring.object.as_ref().map(Ref::as_str)
    }

    /// How many criteria there are, from when a record is promoted, whether the tests pass.
    fn lead(&self) -> Prose {
        if self.scoring.criterion.is_empty() {
            let example = Some(format!("[[scoring.{}.criterion]]", self.scoring.id));
            return vec![Value::Gap { text: "No criterion is documented".to_owned(), example }];
        }
        let (_, article) = record::noun(self.view, self.object());
        let give = if self.scoring.criterion.len() == 1 { "gives" } else { "give" };
        let mut out = vec![
            Value::text(format!("{} in ", counted(self.scoring.criterion.len(), "criterion", "criteria"))),
            self.view.link_id(Kind::Tool, self.scoring.tool.as_str()),
            Value::text(format!(" {give} {article} its points; from ")),
            Value::strong(points(self.scoring.threshold)),
            Value::text(" on it is promoted"),
        ];
        if let Some(stage) = &self.scoring.promotes_to {
            out.extend([Value::text(" to "), self.view.link_address(stage.as_str())]);
        }
        out.push(Value::text(". "));
        if let Some((fewest, most)) = self.known.as_ref().and_then(|known| known.fewest.zip(known.most)) {
            out.push(Value::text(format!("It can reach {} to {}. ", minus(fewest), points(most))));
        }
        out.push(Value::text(record::verdict(&self.passes())));
        out
    }

    /// Whether each test passes.
    fn passes(&self) -> Vec<bool> {
        self.results.iter().map(|(_, _, passes)| *passes).collect()
    }

    fn criteria(&self) -> Section {
        let columns = vec![
            Column::new("Criterion", ColumnKind::Head),
            Column::new("Signal", ColumnKind::Text),
            Column::new("Counts where", ColumnKind::Text),
            Column::new("Points", ColumnKind::Number),
            Column::new("Fades after", ColumnKind::Text),
        ];
        let rows = self.scoring.criterion.iter().enumerate().map(|(number, of)| self.criterion(number, of));
        let mut table = Table { style: TableStyle::Blocks, ..Table::plain("Criteria of the scoring", columns, rows.collect()) };
        let mut remark = None;
        if let Some(known) = &self.known {
            let threshold = Some(self.scoring.threshold);
            table.foot = [("Most that can be reached", known.most), ("Fewest", known.fewest), ("Promoted from", threshold)].map(sum).into();
            remark = known.undecided.as_ref().map(|why| Block::Remark { text: record::undecided(why) });
        }
        let blocks = [Block::Table(table)].into_iter().chain(remark).collect();
        let mut section = Section::new("criteria", "Criteria in words", blocks);
        section.intro = vec![Value::text(
            "Every criterion that holds counts, once. Upper and lower case make no difference. An empty field counts only where \
             a criterion asks for an empty field.",
        )];
        section
    }

    fn criterion(&self, number: usize, criterion: &Criterion) -> Row {
        let signal = criterion.signal.map(|signal| match signal {
            ScoreSignal::Fit => "fit",
            ScoreSignal::Behaviour => "behaviour",
        });
        let idle = self.known.as_ref().is_some_and(|known| known.idle.contains(&number));
        let mut when = Cell::prose(words::when(self.view, Some(&criterion.when)));
        if idle {
            when.sub = vec![Value::Level { level: Level::Error, word: "never".to_owned() }, Value::text(" no record fulfils this")];
        }
        Row {
            id: Some(anchor("criterion", &slug(criterion.name.as_str()))),
            state: if idle { RowState::Dead } else { RowState::Normal },
            cells: vec![
                Value::strong(criterion.name.as_str()).into(),
                signal.map_or_else(facts::nothing, Cell::from),
                when,
                Cell::from(signed(criterion.points).as_str()),
                criterion.decay.as_ref().map_or_else(facts::nothing, |decay| Cell::from(decay.in_words().as_str())),
            ],
        }
    }

    fn tests(&self) -> Section {
        if self.scoring.test.is_empty() {
            let example = Some(format!("[[scoring.{}.test]]", self.scoring.id));
            let gap = Value::Gap { text: "No test says which record must get how many points".to_owned(), example };
            return Section::new("tests", "Tests", vec![Block::Text { text: vec![gap] }]);
        }
        let columns = vec![
            Column::new("Test", ColumnKind::Head),
            Column::new("Record", ColumnKind::Text),
            Column::new("Points expected", ColumnKind::Number),
            Column::new("Result", ColumnKind::Text),
        ];
        let rows = self.scoring.test.iter().zip(&self.results).map(test);
        let table = Table { style: TableStyle::Blocks, ..Table::plain("Tests", columns, rows.collect()) };
        let mut section = Section::new("tests", "Tests", vec![Block::Table(table)]);
        section.note = Some(record::tally(&self.passes()));
        section
    }
}

/// A line below the criteria.
fn sum((label, points): (&str, Option<i64>)) -> Row {
    let points = points.map_or_else(|| Value::quiet("not decided").into(), |points| Cell::from(minus(points).as_str()));
    Row::from(vec![label.into(), "".into(), "".into(), points, "".into()])
}

fn test((test, (record, got, passes)): (&ScoringTest, &(Example, i64, bool))) -> Row {
    let result = if *passes {
        Cell::from(Value::Answer { answer: Answer::Yes, word: "passes".to_owned() })
    } else {
        let instead = vec![Value::text(format!("it gets {}", points(*got)))];
        Cell::from(Value::Level { level: Level::Error, word: "fails".to_owned() }).with_sub(instead)
    };
    Row {
        id: Some(anchor("test", &slug(test.name.as_str()))),
        state: RowState::Normal,
        cells: vec![Value::strong(test.name.as_str()).into(), Cell::prose(record.prose()), Cell::from(minus(test.expect).as_str()), result],
    }
}

fn points(points: i64) -> String {
    model::points(points).replacen('-', "−", 1)
}

/// Points with their sign.
fn signed(points: i64) -> String {
    if points > 0 { format!("+{points}") } else { minus(points) }
}

/// Points with a minus as wide as a figure.
fn minus(points: i64) -> String {
    points.to_string().replacen('-', "−", 1)
}
