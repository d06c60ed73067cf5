//! Column plans: areas in reading order over columns; large areas may take several, small neighbours may share one.

use super::{Block, Graph, Plan, split::split};
use crate::diagram::glyph::count;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most columns of a plan.
const COLUMNS: usize = 9;
/// Most boxes of an area in one column, where it is split at all.
const COLUMN_BOXES: usize = 12;

/// Fewest boxes with lines for which an area may take more than one column.
const SPLIT: usize = 5;

/// Every plan worth a look: each number of columns, each choice of at most two large areas to split.
pub(crate) fn plans(graph: &Graph) -> Vec<Plan> {
    let (members, lone) = (members(graph), graph.lone());
    let joined = |a: usize| members[a].iter().copied().filter(|&n| !lone[n]).collect::<Vec<usize>>();
    let mut large: Vec<usize> = (0..graph.areas).filter(|&a| joined(a).len() >= SPLIT).collect();
    large.sort_by_key(|&a| (Reverse(members[a].len()), a));
    large.truncate(5);
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for (i, &a) in large.iter().enumerate() {
        choices.push(vec![a]);
        choices.extend(large[i + 1..].iter().map(|&b| vec![a, b]));
    }
    let between = between(graph);
    let need = |a: usize| members[a].len().div_ceil(COLUMN_BOXES).max(2);
    let divide = |a: usize| {
        let mut parts = split(graph, joined(a), need(a));
        // What is joined to nothing fills the shortest column and never makes one.
        for &n in members[a].iter().filter(|&&n| lone[n]) {
            if let Some(part) = parts.iter_mut().rev().min_by_key(|part| part.len()) {
                part.push(n);
            }
        }
        parts
    };
    let parts: BTreeMap<usize, Vec<Vec<usize>>> = large.iter().map(|&a| (a, divide(a))).collect();
    let mut out: Vec<Plan> = Vec::new();
    for columns in 1..=COLUMNS.max(graph.areas.min(12)) {
        for choice in &choices {
            if let Some(plan) = plan(&members, &between, &parts, columns, choice)
                && !out.contains(&plan)
            {
                out.push(plan);
            }
        }
    }
    out
}

/// Plans without regard to areas as groups: their boxes share one block per column.
pub(crate) fn even_plans(graph: &Graph) -> Vec<Plan> {
    let members = members(graph);
    let between = between(graph);
    let all: Vec<usize> = (0..graph.areas).collect();
    let least = graph.areas.div_ceil(2).min(4);
    (least..=least.max(6.min(graph.areas)))
        .map(|k| {
            partition(&members, &between, &all, k)
                .into_iter()
                .map(|areas| {
                    let area = areas.first().copied().unwrap_or(0);
                    vec![Block { area, nodes: areas.iter().flat_map(|&a| members[a].clone()).collect() }]
                })
                .collect()
        })
        .collect()
}

fn members(graph: &Graph) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); graph.areas];
    for (n, node) in graph.nodes.iter().enumerate() {
        out[node.area].push(n);
    }
    out
}

/// Lines between two areas, the smaller index first.
fn between(graph: &Graph) -> Vec<Vec<usize>> {
    let mut out = vec![vec![0; graph.areas]; graph.areas];
    for e in &graph.edges {
        let (a, b) = (graph.nodes[e.from].area, graph.nodes[e.to].area);
        out[a.min(b)][a.max(b)] += 1;
    }
    out
}

/// Lays areas over `columns`; those of `choice` are split into their `parts`.
fn plan(
    members: &[Vec<usize>],
    between: &[Vec<usize>],
    parts: &BTreeMap<usize, Vec<Vec<usize>>>,
    columns: usize,
    choice: &[usize],
) -> Option<Plan> {
    let extra: usize = choice.iter().filter_map(|a| parts.get(a)).map(|p| p.len() - 1).sum();
    let slots = columns.checked_sub(extra)?;
    let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
    for a in 0..members.len() {
        if choice.contains(&a) {
            runs.push(vec![a]);
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(a);
        }
    }
    runs.retain(|r| !r.is_empty());
    if slots > members.len() {
        return None;
    }
    let shares = shares(members, &runs, slots)?;
    let mut out = Plan::new();
    for (run, share) in runs.iter().zip(shares) {
        let first = run[0];
        if let Some(parts) = parts.get(&first).filter(|_| choice.contains(&first)) {
            out.extend(parts.iter().map(|nodes| vec![Block { area: first, nodes: nodes.clone() }]));
        } else {
            for column in partition(members, between, run, share) {
                out.push(column.into_iter().map(|area| Block { area, nodes: members[area].clone() }).collect());
            }
        }
    }
    Some(out)
}

/// Columns per run of areas: one each, the rest where most boxes stand in a column.
fn shares(members: &[Vec<usize>], runs: &[Vec<usize>], slots: usize) -> Option<Vec<usize>> {
    let mut out = vec![1; runs.len()];
    for _ in 0..slots.checked_sub(runs.len())? {
        let load = |i: usize| runs[i].iter().map(|&a| count(members[a].len() + 1)).sum::<f64>() / count(out[i]);
        let next = (0..runs.len()).filter(|&i| out[i] < runs[i].len()).max_by(|&a, &b| load(a).total_cmp(&load(b)).then(b.cmp(&a)))?;
        out[next] += 1;
    }
    Some(out)
}

/// Cuts areas into `k` contiguous groups: even heights, few lines inside a column.
fn partition(members: &[Vec<usize>], between: &[Vec<usize>], areas: &[usize], k: usize) -> Vec<Vec<usize>> {
    let n = areas.len();
    let group_cost = |group: &[usize]| {
        let height: usize = group.iter().map(|&a| members[a].len() + 1).sum();
        let pairs = group.iter().enumerate().flat_map(|(i, &a)| group[i + 1..].iter().map(move |&b| (a, b)));
        height * height + 3 * pairs.map(|(a, b)| between[a][b]).sum::<usize>() + 6 * (group.len() - 1)
    };
    // best[j][c]: the first j areas in c columns, and where the last column begins
    let mut best: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; k + 1]; n + 1];
    best[0][0] = Some((0, 0));
    for j in 1..=n {
        for c in 1..=k {
            for i in 0..j {
                let Some((before, _)) = best[i][c - 1] else {
                    continue;
                };
                let cost = before + group_cost(&areas[i..j]);
                if best[j][c].is_none_or(|(known, _)| cost < known) {
                    best[j][c] = Some((cost, i));
                }
            }
        }
    }
    let (mut out, mut end) = (Vec::new(), n);
    for c in (1..=k).rev() {
        let Some((_, start)) = best[end][c] else {
            continue;
        };
        out.push(areas[start..end].to_vec());
        end = start;
    }
    out.reverse();
    out
}
