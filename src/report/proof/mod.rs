//! What is proven about routings, for people and programs.

mod json;
mod text;

use std::io::{self, Write};

use crate::{
    analysis::Analysis,
    routing::{Loss, Overlaps, RoutingProof},
};

/// How proofs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// What is proven about one routing.
#[derive(Debug, Clone, Copy)]
pub struct Proven<'p, 'a> {
    /// Its rules, one by one.
    pub proof: &'p RoutingProof<'a>,
    /// Its rules, pair by pair.
    pub overlaps: &'p Overlaps<'a>,
    /// Its rules that hand over, in order.
    pub losses: &'p [Loss<'a>],
}

impl<'p, 'a> Proven<'p, 'a> {
    /// Returns what is proven about every routing, sorted by id.
    pub fn all(analysis: &'p Analysis<'a>) -> Vec<Self> {
        let (proofs, overlaps) = (analysis.proofs(), analysis.overlapping_rules());
        let losses = |id: &str| proofs.losses.get(id).map(Vec::as_slice).unwrap_or_default();
        proofs.routings.iter().filter_map(|(id, proof)| Some(Self { proof, overlaps: overlaps.get(id)?, losses: losses(id) })).collect()
    }
}

impl Proven<'_, '_> {
    /// Returns the name of the rule of a number.
    fn name(&self, rule: usize) -> &str {
        self.proof.rules.get(rule).map_or("", |rule| rule.rule.name.as_str())
    }

    /// Returns in words why something could not be decided.
    pub fn doubt(&self) -> Option<String> {
        let losses = || self.losses.iter().find_map(|loss| loss.doubt);
        self.proof.doubt.or(self.overlaps.doubt).or_else(losses).map(|doubt| doubt.to_string())
    }
}

/// Writes what is proven about some routings.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, proven: &[Proven<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(proven, out),
        Format::Json => json::write(proven, out),
    }
}
