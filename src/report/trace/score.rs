//! Which criteria of a scoring count for a record, what failed in the others, and whether it is promoted.
//!
//! As JSON a trace is `{ "schema": "linchpin/scoring-trace/1", "scoring", "record", "criteria", "points", "threshold",
//! "promoted", "promotes_to" }`; a criterion is `{ "criterion", "signal", "points", "counts", "clauses" }` with clauses as
//! [`super::route`] has them. `promotes_to` is null where the scoring names no stage.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{Format, Reading, Unmet, words, write_unmet};
use crate::{
    model::{AnyEntity, Entity, Lifecycle, Record, Ref, ScoreSignal, Stack, Stage, points as in_points},
    routing::{Counted, Logic, Scorer},
    text::{json, terminal::line},
};

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    scoring: &'r str,
    record: Map<String, Json>,
    criteria: Vec<Step<'r>>,
    points: i64,
    threshold: i64,
    promoted: bool,
    promotes_to: Option<&'r str>,
}

/// A criterion that was asked.
#[derive(Serialize)]
pub(super) struct Step<'r> {
    criterion: &'r str,
    signal: Option<ScoreSignal>,
    points: i64,
    counts: bool,
    clauses: Vec<Vec<Unmet<'r>>>,
}

/// Writes how a scoring counts a record.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, stack: &Stack, scorer: &Scorer<'_>, record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let values = scorer.form.values(record);
    let reading = Reading { form: &scorer.form, values: &values, record };
    let points = scorer.points(&values);
    let scoring = scorer.scoring;
    let promotes_to = scoring.promotes_to.as_ref().map(Ref::as_str);
    if format == Format::Json {
        return json::write(
            &Document {
                schema: "linchpin/scoring-trace/1",
                scoring: scoring.id.as_str(),
                record: reading.json(),
                criteria: steps(scorer, reading),
                points,
                threshold: scoring.threshold,
                promoted: scorer.promotes(points),
                promotes_to,
            },
            out,
        );
    }
    writeln!(out, "{}", line(&words::title(stack, scoring)))?;
    reading.write(out)?;
    writeln!(out)?;
    write_criteria(scorer, reading, "  ", out)?;
    let result = if scorer.promotes(points) {
        let to =
            promotes_to.map_or_else(|| "the threshold is reached".to_owned(), |stage| format!("promoted to {}", in_words(stack, stage)));
        format!("threshold {}: {to}", scoring.threshold)
    } else {
        format!("threshold {}: not promoted, {} short", scoring.threshold, scoring.threshold.saturating_sub(points))
    };
    writeln!(out, "\n{}, {}", in_points(points), line(&result))
}

/// A stage by its name and address.
fn in_words(stack: &Stack, stage: &str) -> String {
    let mut stages = stack.lifecycles.values().flat_map(|lifecycle| lifecycle.stage.iter().map(move |stage| (lifecycle, stage)));
    let named = |(lifecycle, of): &(&Entity<Lifecycle>, &Stage)| lifecycle.address().part("stage", of.id.as_str()).as_str() == stage;
    stages.find(named).map_or_else(|| stage.to_owned(), |(_, of)| format!("{} ({stage})", of.name.as_str()))
}

/// The criteria as they were asked.
pub(super) fn steps<'r>(scorer: &'r Scorer<'_>, reading: Reading<'r>) -> Vec<Step<'r>> {
    let step = |(counted, logic): (Counted<'r>, &Logic<'_>)| Step {
        criterion: counted.criterion.name.as_str(),
        signal: counted.criterion.signal,
        points: counted.criterion.points,
        counts: counted.tried.holds,
        clauses: reading.unmet(logic, &counted.tried),
    };
    scorer.counted(reading.values).into_iter().zip(&scorer.criteria).map(step).collect()
}

/// Writes the criteria, those that count with their points, and what failed in the others.
pub(super) fn write_criteria(scorer: &Scorer<'_>, reading: Reading<'_>, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let all = scorer.counted(reading.values);
    let signed = |points: i64| format!("{points:+}");
    let width = all.iter().map(|counted| signed(counted.criterion.points).len() + 2).max().unwrap_or(0);
    let deeper = format!("{indent}  {}  ", " ".repeat(width));
    for (counted, logic) in all.into_iter().zip(&scorer.criteria) {
        let points = signed(counted.criterion.points);
        // In brackets where they do not count.
        let (mark, points) = if counted.tried.holds { ('✓', format!("{points} ")) } else { ('✗', format!("({points})")) };
        writeln!(out, "{indent}{mark} {points:>width$}  {}", line(counted.criterion.name.as_str()))?;
        match reading.met(logic, &counted.tried) {
            Some(met) => writeln!(out, "{deeper}{}", line(&met))?,
            None => write_unmet(&reading.unmet(logic, &counted.tried), &deeper, out)?,
        }
    }
    Ok(())
}
