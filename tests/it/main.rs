//! Every test that goes through the public face of the library or the binary; `tests/README.md` says how they are kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs,
    reason = "a test that is wrong may fail in any way"
)]

mod architecture;
#[path = "../../benches"]
mod benches {
    #[allow(dead_code, reason = "benchmarks need more of it")]
    pub mod generator;
}
mod built;
mod cli;
mod filled;
mod fix;
mod fixture;
mod formats;
mod graph;
mod history;
mod hostile;
mod lifecycle;
mod load;
mod map;
mod markdown;
mod overlap;
mod people;
mod personal_data;
mod policy;
mod policy_cli;
mod proof;
mod property;
mod review;
mod route;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod spend;
mod stacks;
mod vectors;
mod write;
