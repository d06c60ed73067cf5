//! Figures of what people do and measure: runbooks, routines, metrics.

use std::collections::BTreeSet;

use super::{
    super::{
        measurements,
        page::{Figure, Prose, Value},
        view::{View, counted, link_list},
    },
    MOST_NAMES, ago, at, day, here, pressing,
};
use crate::model::{Address, Date, Entity, Kind, Metric, Routine, Runbook, trimmed};

/// Days of a year, for what a routine takes in one.
const YEAR: f64 = 365.0;

/// Whether somebody could follow it tonight: how fresh it is, who has followed it, what it is about.
pub(super) fn runbook(view: &View<'_>, runbook: &Entity<Runbook>) -> Vec<Figure> {
    let today = view.project.today;
    let mut figures = Vec::new();
    let done = || runbook.exercised.iter().filter(|time| time.on <= today);
    if let Some(last) = done().map(|time| time.on).max() {
        let who: BTreeSet<&str> = done().filter(|time| time.on == last).map(|time| time.by.as_str()).collect();
        figures.push(here("Last followed", ago(view, last), "s-exercised", by(view, last, who)));
        let all: BTreeSet<&str> = done().map(|time| time.by.as_str()).collect();
        let note = link_list(all.iter().map(|person| view.link_id(Kind::Person, person)).collect(), MOST_NAMES);
        figures.push(here("Have followed it", counted(all.len(), "person", "people"), "s-exercised", note));
    }
    figures
        .extend(runbook.about.reviewed.map(|reviewed| day(view, (runbook, "reviewed"), "Last reviewed", reviewed, stale(view, runbook))));
    if !runbook.covers.is_empty() {
        let covered = runbook.covers.iter().filter_map(|address| view.stack.at(&Address::from(address)));
        let note = pressing(covered).map(Value::text).into_iter().collect();
        let count = counted(runbook.covers.len(), "thing", "things");
        figures.push(at(view, (runbook, "covers"), "Covers", count, note));
    }
    figures
}

/// Whether a review is too long ago to rely on.
fn stale(view: &View<'_>, runbook: &Entity<Runbook>) -> Option<String> {
    (!crate::analysis::is_fresh(runbook, view.project.today)).then(|| "too long to rely on it".to_owned())
}

/// Whether it is kept up: when it was done, when it is due, what it takes.
pub(super) fn routine(view: &View<'_>, routine: &Entity<Routine>) -> Vec<Figure> {
    let today = view.project.today;
    let mut figures = vec![at(view, (routine, "cadence"), "Every", routine.cadence.in_words(), vec![])];
    if let Some((_, last)) = routine.last_done(today) {
        figures.push(here("Last done", ago(view, last.on), "s-done", by(view, last.on, [last.by.as_str()])));
        let due = last.on.plus_days(routine.cadence.days());
        let note = if routine.is_overdue(today) { "overdue".to_owned() } else { due.in_words() };
        figures.push(at(view, (routine, "cadence"), "Due", ago(view, due), vec![Value::text(note)]));
    }
    figures.extend(routine.hours.map(|hours| {
        let hours = hours.0;
        let days = routine.cadence.days().max(1);
        let year = hours * YEAR / f64::from(u32::try_from(days).unwrap_or(u32::MAX));
        let note = vec![Value::text(format!("about {} a year", trimmed(year.round())))];
        at(view, (routine, "hours"), "Hours", trimmed(hours), note)
    }));
    figures
}

/// The newest value beside the target.
pub(super) fn metric(view: &View<'_>, metric: &Entity<Metric>) -> Vec<Figure> {
    let today = view.project.today;
    let is_shown = measurements::are_shown(view, metric);
    let mut figures = Vec::new();
    if let Some((_, newest)) = metric.newest(today).filter(|_| is_shown) {
        let mut note = vec![Value::text(newest.on.away_from(today))];
        note.extend(
            metric.target.as_ref().map(|target| Value::text(if target.holds(newest.value) { ", on target" } else { ", off target" })),
        );
        figures.push(here("Last value", metric.quantity(newest.value), "s-measurements", note));
    }
    figures.extend(
        (metric.target.is_some() && is_shown)
            .then(|| at(view, (metric, "target"), "Target", super::super::view::capital(&metric.target_in_words()), vec![])),
    );
    figures.extend(metric.cadence.as_ref().map(|cadence| {
        let count = counted(metric.measurements.len(), "measurement is", "measurements are");
        at(view, (metric, "cadence"), "Measured every", cadence.in_words(), vec![Value::text(format!("{count} kept"))])
    }));
    figures
}

/// On which day, and by whom.
fn by<'p>(view: &View<'_>, day: Date, people: impl IntoIterator<Item = &'p str>) -> Prose {
    let mut note = vec![Value::text(format!("{}, by ", day.in_short()))];
    note.extend(link_list(people.into_iter().map(|person| view.link_id(Kind::Person, person)).collect(), MOST_NAMES));
    note
}
