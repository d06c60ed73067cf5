//! Numbers: the points at which a condition changes, and the spans between them.

use super::round::Span;
use crate::{
    model::{Field, FieldType, Scalar},
    routing::{
        condition::{Filter, Operation},
        value::{Value, Values},
    },
};

/// The magnitude from which on not every whole number is a 64-bit float.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The magnitude of the greatest and least whole numbers of the format, as 64-bit floats.
const GREATEST: f64 = 9_223_372_036_854_775_808.0;

/// Returns the spans of numbers that a field may have and among which none of the conditions can tell, in order.
/// Whole numbers are those that are left when they are compared: as 64-bit floats.
pub(super) fn spans(field: &Field, filters: &[&Filter<'_>]) -> Vec<Span> {
    let is_whole = field.r#type == FieldType::Integer;
    let listed = field.values.as_ref().map(Values::new);
    let mut points: Vec<f64> = match &listed {
        Some(values) => values.numbers().to_vec(),
        None => filters.iter().flat_map(|filter| &filter.operations).flat_map(asked).chain(field.min).chain(field.max).collect(),
    };
    points.retain(|point| point.is_finite());
    // Zero has one sign.
    for point in &mut points {
        *point += 0.0;
    }
    points.sort_by(f64::total_cmp);
    points.dedup();
    let mut spans = Vec::new();
    let mut before = f64::NEG_INFINITY;
    for point in points {
        if listed.is_none() {
            spans.extend(between(before, point, is_whole));
        }
        if !is_whole || point.fract() == 0.0 && point.abs() <= GREATEST {
            spans.push(Span::of(point));
        }
        before = point;
    }
    if listed.is_none() {
        spans.extend(between(before, f64::INFINITY, is_whole));
    }
    spans.retain(|span| {
        let number = example(span, field.r#type);
        !field.min.is_some_and(|min| number < min) && !field.max.is_some_and(|max| number > max)
    });
    spans
}

/// The numbers at which an operation changes its mind.
fn asked(operation: &Operation) -> Vec<f64> {
    match operation {
        Operation::OneOf(values) | Operation::NoneOf(values) => values.numbers().to_vec(),
        Operation::Min(bound) | Operation::Max(bound) | Operation::Above(bound) | Operation::Below(bound) => vec![*bound],
        Operation::StartsWith(_) | Operation::EndsWith(_) | Operation::Contains(_) | Operation::Present(_) => Vec::new(),
    }
}

/// The numbers between two points, without these; nothing if there are none.
fn between(low: f64, high: f64, is_whole: bool) -> Option<Span> {
    if !is_whole {
        return (low.next_up() < high).then_some(Span { from: low, with_from: false, to: high, with_to: false });
    }
    let (least, greatest) = (whole_above(low), -whole_above(-high));
    let (from, to) = (if low.is_finite() { least } else { low }, if high.is_finite() { greatest } else { high });
    (least <= greatest).then_some(Span { from, with_from: low.is_finite(), to, with_to: high.is_finite() })
}

/// The least whole number above another number, as whole numbers are compared: as a 64-bit float.
fn whole_above(low: f64) -> f64 {
    if low < -GREATEST {
        -GREATEST
    } else if low >= GREATEST {
        f64::INFINITY
    } else if low.abs() < EXACT {
        low.floor() + 1.0
    } else {
        low.next_up()
    }
}

/// The numbers of a span of whole numbers that can be written: an end where there was none.
fn readable(span: &Span) -> Span {
    let (from, to) = (span.from.max(-GREATEST), span.to.min(GREATEST));
    Span { from, with_from: span.with_from || from > span.from, to, with_to: span.with_to || to < span.to }
}

/// Returns a number as somebody would write it.
pub(super) fn scalar(number: f64) -> Scalar {
    if number.fract() == 0.0 && number.abs() <= GREATEST {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole, and the greatest one becomes the greatest integer, which is read as the same"
        )]
        let whole = number as i64;
        return Scalar::Integer(whole);
    }
    Scalar::Number(number)
}

/// Returns a number of a span, for a field of a type.
pub(super) fn example(span: &Span, of: FieldType) -> f64 {
    let number = if of == FieldType::Integer { readable(span).roundest(true) } else { span.roundest(false) };
    debug_assert_eq!(Value::from(&scalar(number)), Value::Number(number), "a number is read as it is written");
    number
}
