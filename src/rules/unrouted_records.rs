use super::{Context, wording};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
    routing::{Example, Gap, Loss, Part, RoutingProof},
};

/// How many parts of what a field may have are named in a note.
const MOST: usize = 8;

declare_rule! {
    /// ## What it checks
    /// A live routing whose rules leave some record without a rule. This is proven for all records that the fields
    /// allow: if there is such a record, one is shown. Records of a routing that says `partial = true` may stay without a
    /// rule: they are not its business. What a rule hands over to another routing must be taken there too, whatever that
    /// routing says of other records.
    ///
    /// ## Why it matters
    /// A lead that no rule takes belongs to nobody, and nobody is told. It is found weeks later in a report, or never.
    /// Most gaps lie where a field is missing, between two ranges, or at a value that was added to a list last year.
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
    /// fields = { employees = { type = "integer", min = 0 } }
    /// rule = [
    ///   { name = "Small", when = { employees = { below = 100 } }, assign = "sales" },
    ///   { name = "Large", when = { employees = { above = 100 } }, assign = "cara" },
    /// ]
    /// test = [{ name = "A small shop", record = { employees = 3 }, expect = "Small" }]
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
    /// fields = { employees = { type = "integer", min = 0 } }
    /// rule = [
    ///   { name = "Small", when = { employees = { below = 100 } }, assign = "sales" },
    ///   { name = "Large", when = { employees = { min = 100 } }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A small shop", record = { employees = 3 }, expect = "Small" }]
    /// ```
    ///
    /// ## Limits
    /// Nothing is said where it could not be decided; `linchpin route prove` says so, and why. A hand-over is judged one
    /// step at a time: what the next routing hands on itself is judged by the values that its own fields allow. What a
    /// live routing leaves that is not `partial` is reported there, and not once more for everything that hands over to it.
    pub RULE = "unrouted-records", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let proofs = cx.analysis.proofs();
    let leaves = |proof: &RoutingProof<'_>| proof.routing.is_live() && !proof.routing.partial && proof.unrouted.example().is_some();
    for (id, proof) in proofs.routings.iter().filter(|(_, proof)| proof.routing.is_live()) {
        if let Some(example) = proof.unrouted.example().filter(|_| leaves(proof)) {
            cx.report(finding(cx, proof, example));
        }
        for loss in proofs.losses.get(id).into_iter().flatten() {
            let is_told = proofs.routings.get(loss.to.id.as_str()).is_some_and(leaves);
            match loss.example() {
                _ if !loss.to.is_live() => cx.report(idle(cx, proof, loss)),
                Some(example) if !is_told => cx.report(lost(cx, proof, loss, example)),
                _ => {}
            }
        }
    }
}

/// Records that another routing gets and leaves.
fn lost(cx: &Context<'_>, proof: &RoutingProof<'_>, loss: &Loss<'_>, example: &Example<'_>) -> Diagnostic {
    let to = loss.to.address();
    let what = format!("where no rule takes some of them, such as {}", wording::example(example));
    handed_over(cx, proof, loss, &what)
        .label("not all of these are taken there")
        .related(&to, Some(cx.header(loss.to)), "leaves some of what it gets")
        .help(format!("add a last rule without `when` to `{to}`, or hand over only what its rules take"))
}

/// Records that go to a routing that does not run.
fn idle(cx: &Context<'_>, proof: &RoutingProof<'_>, loss: &Loss<'_>) -> Diagnostic {
    handed_over(cx, proof, loss, "which is not live")
        .label("nobody gets these")
        .related(loss.to.address(), Some(cx.value(loss.to, "status")), "this one is not live")
        .help("hand over to a routing that runs, or assign the records here")
}

fn handed_over(cx: &Context<'_>, proof: &RoutingProof<'_>, loss: &Loss<'_>, what: &str) -> Diagnostic {
    let name = proof.rules.get(loss.rule).map_or("", |rule| rule.rule.name.as_str());
    let subject = wording::rule_address(proof.routing, name);
    let place = cx.value(proof.routing, &format!("rule/{}/assign", loss.rule));
    Diagnostic::new(&RULE, &subject, place, format!("`{subject}` hands records over to `{}`, {what}", loss.to.address()))
}

fn finding(cx: &Context<'_>, proof: &RoutingProof<'_>, example: &Example<'_>) -> Diagnostic {
    let address = proof.routing.address();
    let finding = if proof.rules.is_empty() {
        cx.on(&RULE, proof.routing, format!("`{address}` has no rule, so that nobody gets a record")).label("no rule").help(
            "add the rules as `[[routing.ID.rule]]`, or say `partial = true` if the records are not its business"
                .replace("ID", proof.routing.id.as_str()),
        )
    } else {
        let which = wording::example(example);
        cx.on(&RULE, proof.routing, format!("`{address}` has no rule for some records, such as {which}")).label("no rule takes them").help(
            "add a last rule without `when` that takes everything else, or say `partial = true` if other records are not its business",
        )
    };
    proof.gaps.iter().flat_map(notes).fold(finding, Diagnostic::note)
}

/// What there is to say of a gap.
fn notes(gap: &Gap<'_>) -> impl Iterator<Item = String> {
    let field = gap.field;
    let parts = |parts: &[Part]| wording::any(parts.iter().map(ToString::to_string), MOST);
    let note = |list: &[Part], words: &str| (!list.is_empty()).then(|| format!("{words} {}", parts(list)));
    let can = note(&gap.can, &format!("`{field}` of a record without a rule is"));
    let never = note(&gap.never, &format!("`{field}` of a record without a rule is never"));
    let nowhere = note(&gap.nowhere, &format!("no rule takes a record whose `{field}` is"));
    can.into_iter().chain(never).chain(nowhere)
}
