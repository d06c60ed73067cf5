//! Who can run it, what stops without it, how few hold it, and the cheapest way out: each answer is compared with the
//! slowest way to find it.

mod bus_factor;
mod command;
mod draft;
mod happened;
mod plan;
mod what_if;
