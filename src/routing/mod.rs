//! Routing and scoring logic that runs: one meaning of conditions for traces, runs, tests and proofs.
//!
//! A [`Form`] turns what is known of a record into [`Value`]s, one for each field. A [`Router`] or a [`Scorer`] has its
//! conditions compiled against a form; the engine asks the rules in order, and the first that takes the record decides.
//! A [`Run`] asks it about one record after another and counts.

mod assignee;
mod condition;
mod engine;
mod form;
mod given;
mod run;
mod score;
mod value;
mod words;

pub use self::{
    assignee::{Assignee, Turns},
    condition::{Clause, Filter, Logic, Operation},
    engine::{Decision, Engine, Failed, Route, Router, Tried},
    form::{Form, Misfit},
    given::{Given, Misgiven},
    run::{Part, Routed, Run, Taker},
    score::{Counted, Scorer},
    value::{Value, Values},
    words::{Word, assign, condition, when},
};
