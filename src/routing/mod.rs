//! Routing and scoring logic that runs: one meaning of conditions for traces, runs, tests and proofs.
//!
//! A [`Form`] turns what is known of a record into [`Value`]s, one for each field. A [`Router`] or a [`Scorer`] has its
//! conditions compiled against a form; the engine asks the rules in order, and the first that takes the record decides.
//! A [`Run`] asks it about one record after another and counts.

mod assignee;
mod class;
mod condition;
mod engine;
mod form;
mod given;
pub mod portable;
mod proof;
mod run;
mod score;
mod value;
mod words;

pub use self::{
    assignee::{Assignee, Turns},
    class::{Bounds, Part},
    condition::{Clause, Filter, Logic, Operation},
    engine::{Decision, Engine, Failed, Route, Router, Tried},
    form::{Form, Misfit},
    given::{Given, Misgiven},
    proof::{Answer, Attainable, Doubt, Example, Gap, Loss, Overlap, Overlaps, RoutingProof, RuleProof, ScoringProof, Taker, losses},
    run::{Post, Receiver, Routed, Run},
    score::{Counted, Scorer},
    value::{Value, Values},
    words::{Word, assign, condition, when},
};
