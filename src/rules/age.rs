//! How rules speak of something that was done too long ago.

use super::{Context, option::MaxAge};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{AnyEntity, Date},
};

/// Makes a finding where the day under `key`, which is also what was done (`audited`, say), is longer ago than the rule's
/// `max-age`, or absent.
pub(super) fn too_old(
    cx: &Context<'_>,
    rule: &'static Rule,
    entity: &dyn AnyEntity,
    (key, day): (&str, Option<Date>),
    default: i64,
) -> Option<Diagnostic> {
    let address = entity.address();
    let most = cx.options::<MaxAge>(rule, &address).days_or(default);
    if !Date::is_over(day, most, cx.today) {
        return None;
    }
    let (message, label) = match day {
        Some(day) => {
            let passed = cx.today.days_since(day);
            let days = if passed == 1 { "day" } else { "days" };
            (format!("`{address}` was last {key} on {day}, {passed} {days} ago"), format!("more than {most} days ago"))
        }
        None => (format!("`{address}` does not say when it was last {key}"), format!("no `{key}`")),
    };
    Some(cx.at(rule, entity, key, message).label(label))
}
