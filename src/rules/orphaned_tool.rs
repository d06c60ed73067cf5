use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
};

declare_rule! {
    /// ## What it checks
    /// A live production tool that no live integration touches, as an end or as middleware, and that is neither
    /// sunset nor said to be `standalone`.
    ///
    /// ## Why it matters
    /// What happens in a tool that nothing is connected to is seen by nobody else: leads stay in it, numbers
    /// disagree with it, and often it is paid for and no longer used.
    ///
    /// ## Example
    /// ```toml
    /// [tool.optimizely]
    /// name = "Optimizely"
    /// category = "experimentation"
    /// purpose = "Tests variants of pages."
    /// owner = "ana"
    ///
    /// [contract.optimizely]
    /// annual-cost = 4_000
    /// owner = "ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.optimizely]
    /// name = "Optimizely"
    /// category = "experimentation"
    /// purpose = "Tests variants of pages."
    /// standalone = "Results are read in the tool by the web team only."
    /// owner = "ana"
    ///
    /// [contract.optimizely]
    /// annual-cost = 4_000
    /// owner = "ana"
    /// ```
    /// ## Limits
    /// An integration that is planned or retired connects nothing yet or any more.
    pub RULE = "orphaned-tool", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for tool in stack.tools.values() {
        if !tool.is_to_be_integrated() || cx.analysis.touched().contains(tool.id.as_str()) {
            continue;
        }
        let address = tool.address();
        let mut finding = Diagnostic::new(&RULE, &address, cx.header(tool), format!("no live integration touches `{address}`"))
            .label("connected to nothing")
            .help("describe its integration, say why it needs none by `standalone = \"…\"`, or retire it");
        for integration in cx.graph.touching(tool.id.as_str()) {
            let span = cx.value(integration, "status");
            finding = finding.related(integration.address(), Some(span), "this one is not live");
        }
        cx.report(finding);
    }
}
