//! Whether those who take turns and what is said of their turns fit together.

use super::{
    meaning::Cx,
    suggest::{Advice, Near},
    validity::INVALID_VALUE,
};
use crate::{
    model::{Assign, Ref, RoundRobin},
    source::push_token,
};

/// Checks an assignment that stands at a pointer.
pub fn assign(cx: &mut Cx<'_>, pointer: &str, assign: &Assign) {
    let Assign::RoundRobin(round) = assign else { return };
    let at = format!("{pointer}/weights");
    weights_without_turn(cx, &at, round);
    if round.cap_per_day == Some(0) {
        let help = "write a number from 1, or remove it where there is no cap";
        cx.report(&INVALID_VALUE, &format!("{pointer}/cap-per-day"), "`cap-per-day` cannot be 0".to_owned(), help);
    }
    if !round.round_robin.is_empty() && round.round_robin.iter().all(|owner| round.weight(owner) == 0.0) {
        let help = "give somebody a weight above 0, or remove `weights` if all have as many turns";
        cx.report(&INVALID_VALUE, &at, "all weights are 0, so that nobody has a turn".to_owned(), help);
    }
}

/// A weight of somebody who takes no turns says nothing, and whoever is meant has another one.
fn weights_without_turn(cx: &mut Cx<'_>, at: &str, round: &RoundRobin) {
    let Some(weights) = &round.weights else { return };
    for (owner, _) in weights.iter().filter(|(owner, _)| !round.round_robin.contains(owner)) {
        let mut pointer = at.to_owned();
        push_token(&mut pointer, owner.as_str());
        let free = round.round_robin.iter().filter(|owner| !weights.has(owner)).map(Ref::as_str);
        let advice: Advice = cx
            .near(&format!("turns of {at}"), owner.as_str(), free)
            .map_or_else(|| format!("name `{owner}` in `round-robin` too, or remove the weight").into(), Near::for_key);
        cx.report_key(&INVALID_VALUE, &pointer, format!("`{owner}` has a weight, but takes no turns"), advice);
    }
}
