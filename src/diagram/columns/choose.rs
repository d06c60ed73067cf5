//! Runs plans: a glance at each, a look at the promising ones, a search on the best.

use super::layout::Layout;
use super::order::Effort;
use super::row::SWEEPS;
use super::{Geometry, Graph, Plan, Settings};
use std::collections::BTreeSet;

/// Searches in which single links are given up before all of them are.
const RETRIES: usize = 4;

/// Lays out the best of several plans.
pub(crate) fn choose(graph: &Graph, plans: &[Plan], settings: &Settings) -> Geometry {
    let mut left: Vec<&Plan> = plans.iter().collect();
    if left.len() > settings.looks {
        left = best(left, settings.looks, |plan| glance(graph, plan, settings));
    }
    if left.len() > settings.finalists {
        left = best(left, settings.finalists, |plan| run(graph, plan, settings, Effort::Look).score());
    }
    left.into_iter()
        .map(|plan| run(graph, plan, settings, Effort::Search(settings.starts)))
        .map(|layout| (layout.score(), layout))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, layout)| layout.geometry())
        .unwrap_or_default()
}

/// Lays out one plan.
pub(crate) fn lay_out(graph: &Graph, plan: &Plan, settings: &Settings) -> Geometry {
    run(graph, plan, settings, Effort::Search(settings.starts)).geometry()
}

fn best(plans: Vec<&Plan>, n: usize, cost: impl Fn(&Plan) -> f64) -> Vec<&Plan> {
    let mut ranked: Vec<(f64, &Plan)> = plans.into_iter().map(|p| (cost(p), p)).collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.into_iter().take(n).map(|(_, p)| p).collect()
}

/// Prices a plan by its barycentres and its shape; whether lines are straight is not known yet.
fn glance(graph: &Graph, plan: &Plan, settings: &Settings) -> f64 {
    let mut layout = Layout::new(graph, plan, settings, &BTreeSet::new());
    let cost = layout.order(Effort::Glance);
    for y in &mut layout.heights.items {
        *y += layout.top;
    }
    layout.assign_tracks();
    layout.coordinates();
    cost + layout.shape()
}

fn run<'a>(graph: &'a Graph, plan: &'a Plan, settings: &'a Settings, effort: Effort) -> Layout<'a> {
    let mut barred = BTreeSet::new();
    let mut attempts = 0;
    loop {
        let mut layout = Layout::new(graph, plan, settings, &barred);
        layout.order(effort);
        let broken = layout.broken_links();
        if broken.is_empty() {
            if settings.breathe {
                layout.settle_down(SWEEPS.1);
                layout.breathe();
            } else {
                layout.settle_down(SWEEPS.0);
            }
            layout.separate();
            return layout;
        }
        if attempts < RETRIES {
            barred.extend(broken);
        } else {
            barred.extend(0..graph.edges.len());
        }
        attempts += 1;
    }
}
