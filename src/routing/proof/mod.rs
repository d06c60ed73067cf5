//! What is true of rules and criteria whatever record comes: decided over classes of values, never tried out.
//!
//! A rule is a union of regions of [`super::class::Space`]. Every question becomes the same one: is there a record inside
//! of one region and outside of others? [`search`] answers it exactly, shows a record, or gives up and says so.

mod answer;
mod bits;
mod bound;
mod gap;
mod grid;
mod hand_over;
mod narrow;
mod overlap;
mod prover;
mod routing;
mod score;
mod search;
mod shown;

pub use self::{
    answer::{Answer, Doubt, Example},
    gap::Gap,
    hand_over::{Loss, losses},
    overlap::{Overlap, Overlaps},
    routing::{RoutingProof, RuleProof, Taker},
    score::{Attainable, ScoringProof},
};
