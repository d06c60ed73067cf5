use super::{Context, contract, option::Within};
use crate::{
    analysis::NOTICE_WITHIN,
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Contract, Date, Entity},
};

declare_rule! {
    /// ## What it checks
    /// A contract about which somebody must decide within `within`, or should have decided while its `renewal` is
    /// still ahead. Where it renews by itself, the last day to decide is the last day to give notice, `notice-days`
    /// before `renewal`; otherwise it is the renewal date.
    ///
    /// ## Why it matters
    /// A notice that is a day late costs another term of a tool that nobody wanted, and a renewal that is noticed in
    /// the last week is signed at the price on the table.
    ///
    /// ## Example
    /// ```toml
    /// [contract.hubspot]
    /// vendor = "HubSpot"
    /// annual-cost = 24_000
    /// renewal = 2027-02-01
    /// notice-days = 60
    /// auto-renew = true
    /// owner = "ana"
    /// ```
    ///
    /// ## Use instead
    /// The decision has been made, and the next term is agreed:
    /// ```toml
    /// [contract.hubspot]
    /// vendor = "HubSpot"
    /// annual-cost = 24_000
    /// renewal = 2028-02-01
    /// notice-days = 60
    /// auto-renew = true
    /// owner = "ana"
    /// ```
    ///
    /// ## Options
    /// `within`: how long ahead it is reported, such as `"90d"`. Default: `"60d"`.
    ///
    /// ## Limits
    /// A contract that does not say whether it renews by itself is judged by its renewal date, and one that renews by
    /// itself without `notice-days` as if none were needed. A contract whose tools are all retired is reported too:
    /// it is the one to end. A renewal date that has passed is reported by `stale-contract`.
    pub RULE = "renewal-due", Spend, Warning, Within
}

pub(super) fn check(cx: &mut Context<'_>) {
    for contract in cx.stack.contracts.values() {
        let (Some(renewal), Some(last)) = (contract.renewal, contract.last_day_to_decide()) else { continue };
        let within = cx.options::<Within>(&RULE, contract.address()).days_or(NOTICE_WITHIN);
        if renewal < cx.today || last.days_since(cx.today) > within {
            continue;
        }
        let finding =
            if contract.auto_renew == Some(true) { by_itself(cx, contract, renewal, last) } else { by_hand(cx, contract, renewal) };
        let mut finding = contract::covered(cx, finding, contract);
        if let (Some(seats), Some(used)) = (contract.seats, contract.seats_used) {
            finding = finding.note(format!("{used} of its {seats} seats are in use"));
        }
        cx.report(finding);
    }
}

/// One that begins anew unless somebody gives notice.
fn by_itself(cx: &Context<'_>, contract: &Entity<Contract>, renewal: Date, last: Date) -> Diagnostic {
    let (named, today) = (contract::with_cost(cx, contract), cx.today);
    let (when, notice) = (renewal.away_from(today), last.away_from(today));
    let notice_is_known = contract.notice_days.is_some();
    let (deadline, label) = if last < today {
        (format!("the last day to give notice was {last}, {notice}"), format!("notice was due by {last}"))
    } else if notice_is_known {
        (format!("the last day to give notice is {last}, {notice}"), format!("give notice by {last}"))
    } else {
        ("how long before that notice must be given is not documented".to_owned(), "give notice before then".to_owned())
    };
    let help = if last < today {
        "ask the vendor for a late notice or fewer seats, or plan for another term; when it has begun, write the next `renewal = …`"
    } else if contract::is_for_nothing(cx, contract) {
        "give notice: nothing that it covers is in use"
    } else if notice_is_known {
        "give notice by then, or keep it and write the next `renewal = …` once the term has begun"
    } else {
        "look up the term of notice and write `notice-days = …`; then give notice, or keep it and write the next `renewal = …`"
    };
    let message = format!("{named} renews by itself on {renewal}, {when}; {deadline}");
    cx.at(&RULE, contract, "renewal", message).label(label).help(help)
}

/// One that somebody must renew, as far as is known.
fn by_hand(cx: &Context<'_>, contract: &Entity<Contract>, renewal: Date) -> Diagnostic {
    let (named, when) = (contract::with_cost(cx, contract), renewal.away_from(cx.today));
    let is_known = contract.auto_renew.is_some();
    let message = if is_known {
        format!("{named} ends on {renewal}, {when}, unless somebody renews it")
    } else {
        format!("{named} is up for renewal on {renewal}, {when}")
    };
    let help = if contract::is_for_nothing(cx, contract) {
        "let it end: nothing that it covers is in use"
    } else {
        "renew it and write the next `renewal = …`, or plan what takes its place"
    };
    let finding = cx.at(&RULE, contract, "renewal", message).label(if is_known { "ends then" } else { "decide by then" }).help(help);
    if is_known { finding } else { finding.note("whether it renews by itself is not documented: `auto-renew = …`") }
}
