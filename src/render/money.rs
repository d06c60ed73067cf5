//! Amounts on pages: in the stack's currency, and withheld where the stack asks for that. Shares of a cost are amounts too.

use super::{
    disclosed::WITHHELD,
    page::{Cell, Figure, Link, Value},
    view::View,
};
use crate::{
    analysis::Cost,
    model::{percent, thousands},
};

/// An amount as sentences write it: `USD 24,000`.
pub(super) fn amount(view: &View<'_>, amount: f64) -> String {
    if view.disclosed.shows_prices() { view.stack.company.amount(amount + 0.0) } else { WITHHELD.to_owned() }
}

/// An amount in another currency than the stack's.
pub(super) fn in_currency(view: &View<'_>, amount: f64, currency: &str) -> String {
    if view.disclosed.shows_prices() { format!("{currency} {}", plain(amount)) } else { WITHHELD.to_owned() }
}

/// Two amounts as a range: `USD 6,750–22,500`.
pub(super) fn range(view: &View<'_>, low: f64, high: f64) -> String {
    let (first, last) = (amount(view, low), plain(high));
    if !view.disclosed.shows_prices() || first.ends_with(&format!(" {last}")) { first } else { format!("{first}–{last}") }
}

/// An amount whose unit stands elsewhere: `24,000`.
pub(super) fn number(view: &View<'_>, amount: f64) -> String {
    if view.disclosed.shows_prices() { plain(amount) } else { WITHHELD.to_owned() }
}

/// An amount without its unit: whole units from 100 on.
fn plain(amount: f64) -> String {
    // A sum of nothing is -0, which adding 0 mends.
    thousands(if amount < 100.0 { amount + 0.0 } else { amount.round() })
}

/// The head of a column of amounts: `USD a year`.
pub(super) fn a_year(view: &View<'_>) -> String {
    format!("{} a year", view.stack.company.currency())
}

/// An amount as a cell of a column.
pub(super) fn cell(view: &View<'_>, amount: f64) -> Cell {
    keyed(view, Value::text(number(view, amount)).into(), amount)
}

/// A cell that is sorted by an amount, unless that would tell what is withheld.
pub(super) fn keyed(view: &View<'_>, cell: Cell, amount: f64) -> Cell {
    if view.disclosed.shows_prices() { cell.sorted_by(amount.to_string()) } else { cell }
}

/// A range of amounts as a cell of a column; nothing where there is none.
pub(super) fn amounts(view: &View<'_>, low: f64, high: f64) -> Cell {
    if high <= 0.0 {
        return super::facts::nothing();
    }
    keyed(view, Cell::from(range(view, low, high).as_str()), high)
}

/// The share that one amount is of another, as a cell; nothing where there is no whole.
pub(super) fn share(view: &View<'_>, part: f64, whole: f64) -> Cell {
    if whole <= 0.0 {
        return super::facts::nothing();
    }
    let share = part / whole;
    let text = if view.disclosed.shows_prices() { percent(share) } else { WITHHELD.to_owned() };
    keyed(view, Value::text(text).into(), share)
}

/// A cost as a cell: the amount, or what would have to be written for it to be known.
pub(super) fn cost(view: &View<'_>, cost: Cost<'_>) -> Cell {
    match cost {
        Cost::Known(amount) => cell(view, amount),
        Cost::Undocumented => Value::gap("annual-cost = …").into(),
        Cost::NoRate(currency) => {
            Value::Gap { text: format!("in {currency}, without a rate"), example: Some(format!("rates = {{ {currency} = … }}")) }.into()
        }
    }
}

/// A key figure that is an amount; it leads to what it is the sum of.
pub(super) fn figure(view: &View<'_>, label: &str, amount: Option<f64>, href: &str, note: Vec<Value>) -> Figure {
    let shown = view.disclosed.shows_prices();
    let number = amount.map_or_else(|| Value::text("–"), |amount| Link::to(number(view, amount), href).into());
    Figure { unit: amount.filter(|_| shown).map(|_| view.stack.company.currency().to_owned()), ..Figure::new(label, number, note) }
}

/// Puts what is dear first, or leaves the order by name where that would tell what is withheld.
pub(super) fn dearest_first<T>(view: &View<'_>, items: &mut [T], amount: impl Fn(&T) -> f64) {
    if view.disclosed.shows_prices() {
        items.sort_by(|a, b| amount(b).total_cmp(&amount(a)));
    }
}
