use super::{
    Context,
    wording::{self, rule_address},
};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
    routing::{RoutingProof, RuleProof},
};

/// How many of the rules that take its records a finding points at.
const MOST: usize = 10;

declare_rule! {
    /// ## What it checks
    /// A rule of a live routing that is never the first to take a record: earlier rules take all that it would take,
    /// or its own condition never holds. This is proven for all records that the fields allow, not tried out on some.
    ///
    /// ## Why it matters
    /// The first rule that matches wins, so the order is half of what the rules say. A special case that stands below
    /// the general rule looks right in the list, and its records have always gone to somebody else.
    ///
    /// ## Example
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" }, employees = { type = "integer", min = 0 } }
    /// rule = [
    ///   { name = "Europe", when = { country = ["DE", "FR"] }, assign = "cara" },
    ///   { name = "Large in Germany", when = { country = "DE", employees = { min = 1_000 } }, assign = "ana" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A lead from France", record = { country = "FR" }, expect = "Europe" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" }, employees = { type = "integer", min = 0 } }
    /// rule = [
    ///   { name = "Large in Germany", when = { country = "DE", employees = { min = 1_000 } }, assign = "ana" },
    ///   { name = "Europe", when = { country = ["DE", "FR"] }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A lead from France", record = { country = "FR" }, expect = "Europe" }]
    /// ```
    ///
    /// ## Limits
    /// Nothing is said of a rule for which it could not be decided; `linchpin route prove` says which, and why. A record
    /// that another routing hands over may have fewer sorts of values than the fields allow; that is not looked at.
    pub RULE = "unreachable-rule", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    for proof in cx.analysis.proofs().routings.values().filter(|proof| proof.routing.is_live()) {
        for (number, rule) in proof.unreachable() {
            cx.report(finding(cx, proof, number, rule));
        }
    }
}

fn finding(cx: &Context<'_>, proof: &RoutingProof<'_>, number: usize, rule: &RuleProof<'_>) -> Diagnostic {
    let routing = proof.routing;
    let place = |number: usize| cx.value(routing, &format!("rule/{number}/name"));
    let name = |number: usize| proof.rules.get(number).map_or("", |rule| rule.rule.name.as_str());
    let subject = rule_address(routing, rule.rule.name.as_str());
    let names = || rule.taken_by.iter().map(|taker| format!("`{}`", name(taker.rule)));
    let (why, label, help) = match proof.unfillable {
        Some(field) => (
            format!("no record can exist, as every one must have `{field}` and no value fits it"),
            "never holds",
            format!("change `values`, `min`, `max` or `required` of the field `{field}`"),
        ),
        None if !rule.is_possible => (
            "no record that its fields allow meets its condition".to_owned(),
            "never holds",
            "change the condition so that all parts of it can hold at once, or remove the rule".to_owned(),
        ),
        // Which rules they are could not be decided.
        None if rule.taken_by.is_empty() => (
            "earlier rules take all of its records".to_owned(),
            "never the first to hold",
            "put it above the rules that take its records, or remove it".to_owned(),
        ),
        None => {
            let verb = if rule.taken_by.len() == 1 { "takes" } else { "take" };
            let what = if rule.taken_by.len() == 1 { "that rule" } else { "those rules" };
            (
                format!("{} {verb} all of its records", wording::list(names(), 5)),
                "never the first to hold",
                format!("put it above {}, narrow {what}, or remove this one", wording::list(names(), 2)),
            )
        }
    };
    let mut finding =
        Diagnostic::new(&RULE, &subject, place(number), format!("`{subject}` never takes a record: {why}")).label(label).help(help);
    for taker in rule.taken_by.iter().take(MOST) {
        let address = rule_address(routing, name(taker.rule));
        finding = finding.related(address, Some(place(taker.rule)), format!("takes {} first", wording::example(&taker.example)));
    }
    finding
}
