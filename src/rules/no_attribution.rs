use super::Context;
use crate::diagnostic::declare_rule;

declare_rule! {
    /// ## What it checks
    /// A stack without any `[attribution.ID]`.
    ///
    /// ## Why it matters
    /// As long as nobody has written down how revenue is attributed to what marketing did, every team uses the way that
    /// suits it, and no two reports agree.
    ///
    /// ## Example
    /// ```toml
    /// # How revenue is attributed is written nowhere.
    /// [attribution]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "w-shaped"
    /// tool = "looker"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Limits
    /// A stack without a live tool has nothing to attribute yet.
    pub RULE = "no-attribution", Proof, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    if cx.stack.attributions.is_empty() && cx.stack.has_live_tools() {
        let finding = cx.on_stack(&RULE, "nothing says how revenue is attributed to what marketing did");
        cx.report(
            finding
                .label("no `[attribution.…]`")
                .help("add `[attribution.main]` with the `model` in use, the `tool` that computes it and its `owner`"),
        );
    }
}
