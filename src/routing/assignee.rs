//! Who gets a record, and whose turn it is.

use std::fmt;

use crate::model::{Address, Assign, Owner, Party, Stack};

/// Who gets a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Assignee<'a> {
    /// A person, or the queue of a team.
    Party(Address),
    /// These in turn, each with how often it has one relative to the others.
    Turns(Vec<(Address, f64)>),
    /// Whoever owns the matched record of an object, or else somebody.
    OwnerOf {
        /// The object.
        object: &'a str,
        /// Who gets it where there is no such record.
        fallback: Address,
    },
    /// Nobody, on purpose.
    Nobody {
        /// Why.
        reason: &'a str,
    },
}

impl<'a> Assignee<'a> {
    /// Returns whom an assignment means; nothing where another routing decides.
    pub(super) fn new(stack: &Stack, assign: &'a Assign) -> Option<Self> {
        let address = |owner: &Owner| stack.party(owner).map_or_else(|| Address::new(owner.as_str()), Party::address);
        Some(match assign {
            Assign::To(owner) => Self::Party(address(owner)),
            Assign::InTurn(owners) => Self::Turns(owners.iter().map(|owner| (address(owner), 1.0)).collect()),
            Assign::RoundRobin(turns) => Self::Turns(turns.round_robin.iter().map(|owner| (address(owner), turns.weight(owner))).collect()),
            Assign::OwnerOf(of) => Self::OwnerOf { object: of.owner_of.as_str(), fallback: address(&of.fallback) },
            Assign::Nobody(nobody) => Self::Nobody { reason: nobody.nobody.as_str() },
            Assign::HandOver(_) => return None,
        })
    }
}

impl fmt::Display for Assignee<'_> {
    /// Writes it on one line, with addresses, as the column of a table has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(party) => party.fmt(f),
            Self::Turns(turns) => {
                for (index, (party, _)) in turns.iter().enumerate() {
                    write!(f, "{}{party}", if index > 0 { " | " } else { "" })?;
                }
                Ok(())
            }
            Self::OwnerOf { object, fallback } => write!(f, "owner of {object}, else {fallback}"),
            Self::Nobody { .. } => f.write_str("nobody"),
        }
    }
}

/// Whose turn it is, as records come one by one.
///
/// Turns are spread by the smooth weighted round robin of nginx: each waits by its weight, and whoever has waited longest
/// is next. Nobody whose weight is 0 has a turn, unless all are.
#[derive(Debug, Clone)]
pub struct Turns {
    weights: Vec<f64>,
    waited: Vec<f64>,
}

impl Turns {
    /// Starts with the first.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut weights: Vec<f64> = weights.into_iter().collect();
        if weights.iter().all(|weight| *weight <= 0.0) {
            weights.fill(1.0);
        }
        Self { waited: vec![0.0; weights.len()], weights }
    }

    /// Returns the number of whoever has the next turn; nothing where there is nobody.
    pub fn next_turn(&mut self) -> Option<usize> {
        let mut next: Option<(usize, f64)> = None;
        for (index, (waited, weight)) in self.waited.iter_mut().zip(&self.weights).enumerate() {
            *waited += weight;
            if *weight > 0.0 && next.is_none_or(|(_, most)| *waited > most) {
                next = Some((index, *waited));
            }
        }
        let (index, _) = next?;
        let all: f64 = self.weights.iter().sum();
        if let Some(waited) = self.waited.get_mut(index) {
            *waited -= all;
        }
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;

    #[test]
    fn turns_are_spread_by_weight_and_begin_with_the_first() {
        let mut turns = Turns::new([3.0, 1.0]);
        let order: Vec<usize> = (0..8).filter_map(|_| turns.next_turn()).collect();
        assert_eq!(order, [0, 0, 1, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn whoever_has_no_weight_waits_unless_nobody_has_any() {
        let mut turns = Turns::new([0.0, 2.0]);
        assert_eq!([turns.next_turn(), turns.next_turn()], [Some(1), Some(1)]);
        let mut turns = Turns::new([0.0, 0.0]);
        assert_eq!([turns.next_turn(), turns.next_turn()], [Some(0), Some(1)]);
        assert_eq!(Turns::new([]).next_turn(), None);
    }
}
