use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{Address, AnyEntity, Category},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool of category `marketing-automation` from which no path of live, automated integrations
    /// leads to a live CRM in production. Every tool on the way has to be live too. A tool of a business unit has to reach
    /// a CRM of that unit or one that all units share; a shared tool any CRM.
    ///
    /// ## Why it matters
    /// Marketing warms leads up for sales. If they get there by hand or not at all, the warm ones are called days
    /// late, and sales works beside a history that it cannot see.
    ///
    /// ## Example
    /// ```toml
    /// [tool.mailchimp]
    /// name = "Mailchimp"
    /// category = "marketing-automation"
    /// purpose = "Sends the newsletter."
    /// owner = "ben"
    /// capabilities = ["email-templates", "subscription-management"]
    /// data = { personal = ["email"], deletion = "api" }
    ///
    /// [contract.mailchimp]
    /// annual-cost = 2_000
    /// owner = "ben"
    ///
    /// [integration.mailchimp-salesforce]
    /// from = "salesforce"
    /// to = "mailchimp"
    /// method = "native"
    /// objects = ["lead"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.mailchimp]
    /// name = "Mailchimp"
    /// category = "marketing-automation"
    /// purpose = "Sends the newsletter."
    /// owner = "ben"
    /// capabilities = ["email-templates", "subscription-management"]
    /// data = { personal = ["email"], deletion = "api" }
    ///
    /// [contract.mailchimp]
    /// annual-cost = 2_000
    /// owner = "ben"
    ///
    /// [integration.mailchimp-salesforce]
    /// from = "salesforce"
    /// to = "mailchimp"
    /// direction = "two-way"
    /// method = "native"
    /// objects = ["lead"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// Categories under `also` count, and a tool that is a CRM too needs no path. A sandbox of the CRM is none to arrive
    /// at. What the integrations on the way carry is not judged. Neither `standalone` nor `sunset` silences the rule. The CRM of a parent unit is that of
    /// another unit; leave out its `unit` if all share it.
    pub RULE = "crm-gap", Integration, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let analysis = cx.analysis;
    let marketing = stack.tools.values().filter(|tool| tool.is_live_production() && tool.is_of(Category::MarketingAutomation));
    for tool in marketing.filter(|tool| !tool.is_of(Category::Crm)) {
        let (id, unit) = (tool.id.as_str(), tool.unit());
        let goal = analysis.automated_to_crm();
        if goal.way(unit, id).is_some() {
            continue;
        }
        let address = tool.address();
        let unit_name = unit.map(|unit| stack.name_at(&Address::of("unit", unit)));
        let count = goal.count_of(unit);
        let finding = if count == 0 {
            let missing = match &unit_name {
                Some(unit) => format!("no live production tool of category `crm` belongs to {unit} or to all units"),
                None => "there is no live production tool of category `crm`".to_owned(),
            };
            cx.on(&RULE, tool, format!("no CRM is described that `{address}` could lead to"))
                .note(missing)
                .help("describe the CRM as a tool with `category = \"crm\"`, and the integration that leads to it")
        } else {
            let which = unit_name.map_or_else(String::new, |unit| format!(" of {unit} or of all units"));
            cx.on(&RULE, tool, format!("no path of automated integrations leads from `{address}` to a CRM{which}"))
                .note(format!("it should reach {}", wording::one_of(stack, goal.of(unit), count)))
        };
        let finding = finding.label("leads to no CRM");
        let by_hand = analysis.to_crm().way(unit, id).map(|way| wording::way(stack, std::iter::once(id).chain(way)));
        let mut finding = match by_hand {
            Some(way) => finding
                .note(format!("there is a path with work by hand: {way}"))
                .help("let a connector or middleware do what is done by hand on this path, and change the `method` of its integration"),
            None if finding.help.is_some() => finding,
            None => finding.help("describe the integration that leads from it to the CRM, or let the one that is there go both ways by `direction = \"two-way\"`"),
        };
        finding.notes.extend(wording::idle_after(cx, id));
        cx.report(finding);
    }
}
