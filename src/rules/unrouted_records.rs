use super::{Context, wording};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
    routing::{Example, Gap, Part, RoutingProof},
};

/// How many parts of what a field may have are named in a note.
const MOST: usize = 8;

declare_rule! {
    /// ## What it checks
    /// A live routing whose rules leave some record without a rule. This is proven for all records that the fields
    /// allow: if there is such a record, one is shown. Records of a routing that says `partial = true` may stay without a
    /// rule: they are not its business.
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
    /// Nothing is said where it could not be decided; `linchpin route prove` says so, and why. What a routing does with
    /// records that it gets by a hand-over is judged there, as if they came from anywhere.
    pub RULE = "unrouted-records", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    for proof in cx.analysis.proofs().routings.values().filter(|proof| proof.routing.is_live() && !proof.routing.partial) {
        if let Some(example) = proof.unrouted.example() {
            cx.report(finding(cx, proof, example));
        }
    }
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
