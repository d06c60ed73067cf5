use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live tool that holds personal data (`data.personal`) in a region other than the `home-region`, where `gdpr` is
    /// in force, without saying what allows that (`data.transfer`).
    ///
    /// ## Why it matters
    /// Data of people in the European Union may leave it only on a ground that the law names: an adequacy decision,
    /// standard clauses, binding rules (GDPR Art. 44 to 46).
    ///
    /// ## Example
    /// ```toml
    /// [privacy]
    /// regimes = ["gdpr"]
    /// home-region = "eu"
    /// consent-tool = "hubspot"
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    ///
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], regions = ["us"], deletion = "api" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [privacy]
    /// regimes = ["gdpr"]
    /// home-region = "eu"
    /// consent-tool = "hubspot"
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    ///
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], regions = ["us"], transfer = "scc", deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// `eu`, `eea` and the two letters of a state of the European Economic Area are one region. A tool without `regions`
    /// is not reported, and without a `home-region` the rule is silent. Whether the ground
    /// holds is not judged. It says what is documented and is no legal advice.
    pub RULE = "undocumented-transfer", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let Some(home) = cx.stack.privacy.as_ref().and_then(|privacy| privacy.home_region.as_ref()) else { return };
    let regimes = &cx.analysis.data_map().regimes;
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live() && regimes.is_in_force("gdpr", *tool)) {
        let Some(data) = &tool.data else { continue };
        let abroad: Vec<String> = data.abroad(home).map(|region| format!("`{region}`")).collect();
        if data.personal.is_empty() || abroad.is_empty() || data.transfer.is_some() {
            continue;
        }
        let abroad = wording::list(abroad, wording::MOST);
        let message = format!("`{}` holds personal data in {abroad}, and what allows that is not documented", tool.address());
        cx.report(
            cx.at(&RULE, tool, "data/regions", message)
                .label(format!("not `{home}`"))
                .help("write `transfer = \"…\"` in its `data`: `adequacy`, `dpf`, `scc`, `bcr` or `other`"),
        );
    }
}
