//! Routing and scoring logic that runs: one meaning of conditions for traces, runs, tests and proofs.
//!
//! A [`Form`] turns what is known of a record into [`Value`]s, one for each field. A [`Router`] or a [`Scorer`] has its
//! conditions compiled against a form; the engine asks the rules in order, and the first that takes the record decides.

mod assignee;
mod class;
mod condition;
mod engine;
mod form;
pub mod portable;
mod proof;
mod score;
mod value;
mod words;

pub use self::{
    assignee::{Assignee, Turns},
    class::{Bounds, Part},
    condition::{Clause, Filter, Logic, Operation},
    engine::{Decision, Engine, Failed, Route, Router, Tried},
    form::{Form, Misfit},
    proof::{Answer, Attainable, Doubt, Example, Gap, Overlap, Overlaps, RoutingProof, RuleProof, ScoringProof, Taker},
    score::{Counted, Scorer},
    value::{Value, Values},
    words::{Word, assign, condition, when},
};
