//! The rules of the family `validity`: whether the files say something at all.

use crate::diagnostic::{Rule, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A file of the stack is not TOML.
    ///
    /// ## Why it matters
    /// Nothing after the mistake can be read with certainty, so no other rule can be trusted.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// category = "marketing-automation"
    /// name = "HubSpot
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// category = "marketing-automation"
    /// name = "HubSpot"
    /// ```
    ///
    /// ## Limits
    /// Where a file stops making sense, the headers after that place still count as defined, so that other
    /// files are judged fairly; what stands under them is not checked until the mistake is mended.
    pub INVALID_TOML = "invalid-toml", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// A file that belongs to the stack cannot be read: it is not UTF-8, larger than 1 MiB, a symbolic link,
    /// a device, or it leaves the stack; or the `file` of a runbook is absent, hidden or not Markdown; or the `logo`
    /// of the site is absent, hidden, larger than 512 KiB, or neither PNG nor JPEG nor WebP by its first bytes.
    ///
    /// ## Why it matters
    /// What a stack says must be in the repository that holds it, and nothing else of the machine may end up
    /// on the site.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// file = "../secrets.md"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// steps = "Brief, build, check, send."
    /// ```
    pub UNREADABLE_FILE = "unreadable-file", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// A table whose header starts with a word that is no kind of entity.
    ///
    /// ## Why it matters
    /// What a table is comes from its header alone. A misspelt kind would silently describe nothing.
    ///
    /// ## Example
    /// ```toml
    /// [tols.hubspot]
    /// name = "HubSpot"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// ```
    pub UNKNOWN_KIND = "unknown-kind", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// A key that the table does not have, a rule or option in `[rules]` that does not exist, or an unknown
    /// operator in a condition.
    ///
    /// ## Why it matters
    /// A misspelt key is a fact that nobody reads.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// ownr = "ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// owner = "ana"
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    pub UNKNOWN_FIELD = "unknown-field", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// A table without a key that it must have, or a test whose record lacks a field that every record has.
    ///
    /// ## Why it matters
    /// The few required keys are those without which nothing can be said of the entity at all.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// ```
    pub MISSING_FIELD = "missing-field", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// A value of the wrong type, outside its choices or range, or an id that cannot be one.
    ///
    /// ## Why it matters
    /// A value that means nothing cannot be checked, drawn or added up.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automatoin"
    /// reviewed = "2026-11-01"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// reviewed = 2026-11-01
    /// ```
    pub INVALID_VALUE = "invalid-value", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// One entity in two places: a second table with the same header, a table continued in another file, a
    /// person and a team of one id, or a stage, rule, criterion or test whose name is taken.
    ///
    /// ## Why it matters
    /// Two truths about one thing drift apart, and nobody knows which one counts.
    ///
    /// ## Example
    /// ```toml
    /// [person.marketing]
    /// name = "Marketing"
    ///
    /// [team.marketing]
    /// name = "Marketing"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [team.marketing]
    /// name = "Marketing"
    /// ```
    pub DUPLICATE_ID = "duplicate-id", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// An id, an address, a field in a condition or record, or a rule name in a test that names nothing.
    ///
    /// ## Why it matters
    /// A reference that leads nowhere is a gap in the map: the owner, tool or field is not the one meant.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// owner = "anna"
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// owner = "ana"
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    pub UNKNOWN_REFERENCE = "unknown-reference", Validity, Error
}

declare_rule! {
    /// ## What it checks
    /// An accepted risk that cannot be accepted: an unknown rule or one that cannot be suppressed, a date more
    /// than a year ahead, or a reason of fewer than ten characters.
    ///
    /// ## Why it matters
    /// A suppression is a decision that somebody made for a reason and for a time. Without them it hides a risk.
    ///
    /// ## Example
    /// ```toml
    /// [[suppress]]
    /// rule = "orphaned-tool"
    /// on = "tool.hubspot"
    /// reason = "later"
    /// until = 2026-12-31
    /// by = "ana"
    ///
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [[suppress]]
    /// rule = "orphaned-tool"
    /// on = "tool.hubspot"
    /// reason = "the connector arrives with the new contract"
    /// until = 2026-12-31
    /// by = "ana"
    ///
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    pub INVALID_SUPPRESSION = "invalid-suppression", Validity, Error
}

/// Every rule of the family.
pub static RULES: [&Rule; 9] = [
    &INVALID_TOML,
    &UNREADABLE_FILE,
    &UNKNOWN_KIND,
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &INVALID_VALUE,
    &DUPLICATE_ID,
    &UNKNOWN_REFERENCE,
    &INVALID_SUPPRESSION,
];
