//! How rules speak of something that was done too long ago.

use super::{Context, option::MaxAge};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{AnyEntity, Date},
};

/// When something was done last.
pub(super) struct Done<'a> {
    /// What was done, such as `audited`.
    pub(super) what: &'a str,
    /// The key that holds the day.
    pub(super) key: &'a str,
    /// The day.
    pub(super) day: Option<Date>,
}

/// Makes a finding where the day is longer ago than the rule's `max-age`, in days, lies ahead, or is absent.
pub(super) fn too_old(cx: &Context<'_>, rule: &'static Rule, entity: &dyn AnyEntity, done: &Done<'_>, default: i64) -> Option<Diagnostic> {
    let Done { what, key, day } = *done;
    let address = entity.address();
    let most = cx.options::<MaxAge>(rule, &address).days_or(default);
    if !Date::is_over(day, most, cx.today) {
        return None;
    }
    let (message, label) = match day {
        Some(day) if day > cx.today => {
            (format!("`{address}` does not say when it was last {what}: {day} lies ahead"), "lies ahead".to_owned())
        }
        Some(day) => {
            let label = match most {
                0 => "before today".to_owned(),
                1 => "more than 1 day ago".to_owned(),
                most => format!("more than {most} days ago"),
            };
            (format!("`{address}` was last {what} on {day}, {}", day.away_from(cx.today)), label)
        }
        None => (format!("`{address}` does not say when it was last {what}"), format!("no `{key}`")),
    };
    Some(cx.at(rule, entity, key, message).label(label))
}
