use super::{Context, option::Within};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live integration whose `credential-expires` is at most `within` ahead, or past.
    ///
    /// ## Why it matters
    /// An integration whose key has run out fails for a reason that no log of either tool names, and always on a day when
    /// whoever made the key is somewhere else.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// schedule = "real-time"
    /// owner = "ben"
    /// runs-as = "api-key"
    /// credential-expires = 2026-12-10
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// schedule = "real-time"
    /// owner = "ben"
    /// runs-as = "api-key"
    /// credential-expires = 2027-12-10
    /// ```
    ///
    /// ## Options
    /// `within`: how long ahead it is reported, such as `"60d"`. Default: `"30d"`.
    ///
    /// ## Limits
    /// Where nobody has written when the credential ends, nothing is said.
    pub RULE = "expiring-credential", Ownership, Warning, Within
}

pub(super) fn check(cx: &mut Context<'_>) {
    for integration in cx.stack.integrations.values().filter(|integration| integration.is_live()) {
        let Some(day) = integration.credential_expires else { continue };
        let address = integration.address();
        let within = cx.options::<Within>(&RULE, &address).days_or(30);
        let left = day.days_since(cx.today);
        if left > within {
            continue;
        }
        let (when, label) = match left {
            0 => ("expires today".to_owned(), "today".to_owned()),
            1 => (format!("expires on {day}, tomorrow"), "tomorrow".to_owned()),
            2.. => (format!("expires on {day}, in {left} days"), format!("in {left} days")),
            -1 => (format!("expired on {day}, yesterday"), "has expired".to_owned()),
            _ => (format!("expired on {day}, {} days ago", left.unsigned_abs()), "has expired".to_owned()),
        };
        let finding = cx.at(&RULE, integration, "credential-expires", format!("the credential of `{address}` {when}"));
        cx.report(finding.label(label).help("renew the credential in the tool, and write its new last day as `credential-expires`"));
    }
}
