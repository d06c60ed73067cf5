use std::collections::BTreeMap;

use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Automation, Entity, Status, Tool},
};

declare_rule! {
    /// ## What it checks
    /// An automation whose `status` is `broken`, and a live tool that counts broken ones under `automations`.
    ///
    /// ## Why it matters
    /// What should happen by itself does not happen, and nobody does it by hand: mails are not sent, tasks not
    /// created, leads not scored. Whoever relies on it learns of that last.
    ///
    /// ## Example
    /// ```toml
    /// [automation.alert]
    /// name = "Alert"
    /// tool = "hubspot"
    /// trigger = "A lead asks for a demonstration."
    /// actions = ["Tell its owner."]
    /// owner = "ben"
    /// status = "broken"
    /// tested = 2026-06-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [automation.alert]
    /// name = "Alert"
    /// tool = "hubspot"
    /// trigger = "A lead asks for a demonstration."
    /// actions = ["Tell its owner."]
    /// owner = "ben"
    /// tested = 2026-11-20
    /// ```
    ///
    /// ## Limits
    /// A paused automation is switched off on purpose. A tool that counts broken automations is reported beside those
    /// that are described: the count may hold more, and both entries must be mended. Sandboxes count too.
    pub RULE = "broken-automation", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let mut described: BTreeMap<&str, Vec<&Entity<Automation>>> = BTreeMap::new();
    for automation in stack.automations.values().filter(|automation| automation.status == Status::Broken) {
        described.entry(automation.tool.as_str()).or_default().push(automation);
        let tool = wording::tool(stack, automation.tool.as_str());
        let message = format!("`{}`, which runs in {tool}, is broken", automation.address());
        cx.report(
            cx.at(&RULE, automation, "status", message)
                .label("it does not work")
                .note(format!("its trigger: {}", one_line(&automation.trigger)))
                .help("mend it and write `status = \"active\"`, or retire it with `status = \"retired\"`"),
        );
    }
    for tool in stack.tools.values().filter(|tool| tool.is_live()) {
        counted(cx, tool, described.get(tool.id.as_str()).map_or(&[], Vec::as_slice));
    }
}

/// Broken automations that a tool counts, beside those of them that are described.
fn counted(cx: &mut Context<'_>, tool: &Entity<Tool>, described: &[&Entity<Automation>]) {
    let Some((count, broken)) = tool.automations.as_ref().and_then(|count| Some((count, count.broken?))) else { return };
    if broken == 0 {
        return;
    }
    let automations = if broken == 1 { "automation" } else { "automations" };
    let address = tool.address();
    let message = match count.counted {
        Some(day) => format!("`{address}` held {broken} broken {automations} at the count of {day}"),
        None => format!("`{address}` holds {broken} broken {automations}"),
    };
    let has_more = u32::try_from(described.len()).is_ok_and(|described| described < broken);
    let describe = if has_more { "; describe those that matter as `[automation.…]` with `status = \"broken\"`" } else { "" };
    let help = format!("mend or delete them, count again, and write `broken` and `counted` anew{describe}");
    let mut finding = cx.at(&RULE, tool, "automations/broken", message).label("counted as broken").help(help);
    for automation in described {
        finding = finding.related(automation.address(), Some(cx.value(*automation, "status")), "described as broken");
    }
    cx.report(finding);
}

/// A text on one line, without the full stop.
fn one_line(text: &str) -> String {
    text.trim().trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" ")
}
