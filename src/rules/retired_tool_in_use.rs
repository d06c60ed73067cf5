use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    graph::Reference,
    model::{Address, AnyEntity, Entity, Kind, Ref, Tool, ToolStatus},
    source::Span,
};

declare_rule! {
    /// ## What it checks
    /// Something live that uses a retired tool: an integration that starts, ends or passes there, a step of a flow, an
    /// automation, routing or scoring, a lifecycle, an audience, a source of a metric, a report, an attribution, a
    /// master of a field, the system of record.
    ///
    /// ## Why it matters
    /// Either the tool is still there, and nobody looks after it, or what is described does not happen. Both surprise
    /// whoever relies on it.
    ///
    /// ## Example
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks.", "Greet them by name in the chat."]
    /// calls = ["drift"]
    /// owner = "ben"
    /// tested = 2026-06-01
    ///
    /// [tool.drift]
    /// name = "Drift"
    /// category = "live-chat"
    /// status = "retired"
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// owner = "ben"
    /// tested = 2026-06-01
    ///
    /// [tool.drift]
    /// name = "Drift"
    /// category = "live-chat"
    /// status = "retired"
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// What tells of the past or of money is no use: `replaced-by` and `instance-of` of another tool, contracts, what a
    /// runbook or routine `covers`, and the tools that a field was `filled-by`.
    pub RULE = "retired-tool-in-use", Integration, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.status == ToolStatus::Retired) {
        for reference in cx.analysis.references().to(&tool.address()) {
            let Some(user) = cx.stack.at(&reference.from) else { continue };
            if user.is_live() && is_use(user.kind(), &reference.field) {
                mention(cx, tool, user, reference);
            }
        }
        once(cx, tool);
    }
}

/// Whether a kind of entity uses the tools that it mentions under a key.
fn is_use(kind: Kind, field: &str) -> bool {
    let is_history = matches!(kind, Kind::Tool | Kind::Contract | Kind::Runbook | Kind::Routine);
    !is_history && field.split('.').next_back() != Some("filled-by")
}

/// Reports an entity that uses a tool: each step of a flow for itself, other places of one key together.
fn mention(cx: &mut Context<'_>, tool: &Entity<Tool>, user: &dyn AnyEntity, reference: &Reference) {
    let spans: Vec<Span> = reference.at.iter().map(|at| cx.place(user.file(), &format!("{}{at}", user.pointer()))).collect();
    if user.kind() == Kind::Flow {
        let step = |at: &str| at.strip_prefix("/steps/")?.split('/').next()?.parse::<usize>().ok();
        for (number, span) in reference.at.iter().zip(&spans).filter_map(|(at, span)| Some((step(at)? + 1, *span))) {
            let subject = user.address().part("step", &number.to_string());
            let key = reference.field.trim_start_matches("steps.");
            cx.report(finding(cx, tool, &subject, (key, span)).help("lead the flow by the tool that is used now, or remove the step"));
        }
        return;
    }
    let (Some(at), Some((span, more))) = (reference.at.first(), spans.split_first()) else { return };
    // A key that holds one tool says enough; of several the id says which.
    let is_one_of_many = at.matches('/').count() > reference.field.split('.').count();
    let key = if is_one_of_many { format!("{}.{}", reference.field, tool.id) } else { reference.field.clone() };
    let help = if is_one_of_many {
        "name the tool that is used now, or remove this one"
    } else if user.criticality().is_some() {
        "name the tool that is used now, or write `status = \"retired\"` here too"
    } else {
        "name the tool that is used now, or remove the entry"
    };
    let finding = finding(cx, tool, &user.address(), (&key, *span)).help(help);
    cx.report(more.iter().fold(finding, |finding, span| finding.related_place(*span, "used here too")));
}

/// Reports the tables that exist once.
fn once(cx: &mut Context<'_>, tool: &Entity<Tool>) {
    let is_it = |named: Option<&Ref<Tool>>| named.is_some_and(|named| named.as_str() == tool.id.as_str());
    let company = &cx.stack.company;
    if is_it(company.system_of_record.as_ref()) {
        let span = cx.place(company.file, &format!("{}/system-of-record", company.pointer));
        let finding = finding(cx, tool, &Address::new("stack"), ("system-of-record", span));
        cx.report(finding.help("name the tool that everything must reach now"));
    }
    let Some(privacy) = &cx.stack.privacy else { return };
    for (key, named) in [("consent-tool", &privacy.consent_tool), ("suppression-tool", &privacy.suppression_tool)] {
        if is_it(named.as_ref()) {
            let span = cx.place(privacy.file, &format!("{}/{key}", privacy.pointer));
            cx.report(finding(cx, tool, &Address::new("privacy"), (key, span)).help("name the tool that is used for this now"));
        }
    }
}

fn finding(cx: &Context<'_>, tool: &Entity<Tool>, subject: &Address, (key, span): (&str, Span)) -> Diagnostic {
    // The id at the end of a key of several tells them apart; the message names the tool anyway.
    let field = key.strip_suffix(&format!(".{}", tool.id)).unwrap_or(key);
    let message = format!("`{subject}` uses {} (`{field}`), which is retired", tool.about.name);
    let finding = Diagnostic::new(&RULE, subject, span, message).label("is retired").key(key);
    let finding = match &tool.replaced_by {
        Some(next) => finding.note(format!("`{}` has taken its place", Address::of("tool", next.as_str()))),
        None => finding,
    };
    finding.related(tool.address(), Some(cx.value(tool, "status")), "retired here")
}
