use super::Context;
use crate::{
    diagnostic::{Level, declare_rule},
    model::{AnyEntity, Credential, Ref},
};

declare_rule! {
    /// ## What it checks
    /// A live integration or automation whose `runs-as` is a person. It is an error once that person goes: they have left,
    /// they have said that they leave, or their last day is at most 90 days ahead.
    ///
    /// ## Why it matters
    /// An account is closed on the day its person leaves, and a password changes when it should. Whatever runs on it stops
    /// on that day, often without a word.
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
    /// runs-as = "ben"
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
    /// runs-as = "service-account"
    /// ```
    ///
    /// ## Limits
    /// Where nobody has written `runs-as`, nothing is said. What is paused or broken counts: it runs on that account again
    /// as soon as it is mended. While somebody is away their account works, so that this makes it no error.
    pub RULE = "personal-credentials", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let integrations = stack.integrations.values().map(|integration| (integration as &dyn AnyEntity, &integration.runs_as));
    let automations = stack.automations.values().map(|automation| (automation as &dyn AnyEntity, &automation.runs_as));
    for (entity, runs_as) in integrations.chain(automations).filter(|(entity, _)| entity.is_live()) {
        let person = runs_as.as_ref().and_then(Ref::<Credential>::person).and_then(|id| stack.people.get(id));
        let Some(person) = person else { continue };
        let name = &person.body.about.name;
        let mut message = format!("`{}` runs on the account of {name}", entity.address());
        let why = person.why_not_staying(cx.today).filter(|_| person.is_going(cx.today));
        if let Some(why) = &why {
            message = format!("{message}, who {why}");
        }
        let mut finding = cx
            .at(&RULE, entity, "runs-as", message)
            .label("the account of a person")
            .note(format!("it stops when the account of {name} is closed or its password changes"))
            .help("let it run on an account that belongs to nobody, and write `runs-as = \"service-account\"` or `\"api-key\"`");
        if let Some(why) = why {
            finding = finding.level(Level::Error).related(person.address(), Some(cx.header(person)), why);
        }
        cx.report(finding);
    }
}
