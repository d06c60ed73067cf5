//! Splitting a large area into columns: what others feed from goes left, what it feeds goes right.

use super::Graph;
use std::collections::HashMap;

/// Divides `nodes` of one area into about `parts` columns.
pub(super) fn split(graph: &Graph, nodes: Vec<usize>, parts: usize) -> Vec<Vec<usize>> {
    if parts < 2 || nodes.len() < 2 {
        return vec![nodes];
    }
    let side = Halves::new(graph, &nodes).improve();
    let pick = |right: bool| nodes.iter().zip(&side).filter(|(_, s)| **s == right).map(|(n, _)| *n).collect::<Vec<_>>();
    let (left, right) = (pick(false), pick(true));
    if left.is_empty() || right.is_empty() {
        return vec![nodes];
    }
    let mut out = split(graph, left, parts / 2);
    out.extend(split(graph, right, parts - parts / 2));
    out
}

/// Two halves under improvement; `side` is true on the right.
struct Halves {
    side: Vec<bool>,
    /// Lines inside the area: ends, and whether they have one direction.
    inner: Vec<(usize, usize, bool)>,
    /// Per node, lines to areas on the left and on the right.
    outer: Vec<[i32; 2]>,
}

impl Halves {
    fn new(graph: &Graph, nodes: &[usize]) -> Self {
        let at: HashMap<usize, usize> = nodes.iter().enumerate().map(|(k, n)| (*n, k)).collect();
        let area = graph.nodes[nodes[0]].area;
        let mut inner = Vec::new();
        let mut outer = vec![[0; 2]; nodes.len()];
        let mut lean = vec![0; nodes.len()];
        for e in &graph.edges {
            let (a, b) = (at.get(&e.from), at.get(&e.to));
            let foreign = |n: usize| usize::from(graph.nodes[n].area > area);
            match (a, b) {
                (Some(&a), Some(&b)) => {
                    inner.push((a, b, !e.two_way));
                    let pull = if e.two_way { 0 } else { 2 };
                    lean[a] -= pull;
                    lean[b] += pull;
                }
                (Some(&a), None) if graph.nodes[e.to].area != area => outer[a][foreign(e.to)] += 1,
                (None, Some(&b)) if graph.nodes[e.from].area != area => outer[b][foreign(e.from)] += 1,
                _ => {}
            }
        }
        let side = lean.iter().zip(&outer).map(|(l, o)| l + o[1] - o[0] > 0).collect();
        Self { side, inner, outer }
    }

    fn cost(&self) -> i32 {
        let balance = self.side.iter().map(|&r| if r { 1 } else { -1 }).sum::<i32>();
        let inner: i32 = self
            .inner
            .iter()
            .map(|&(a, b, one_way)| match (self.side[a], self.side[b]) {
                (x, y) if x == y => 6,
                (true, false) if one_way => 2,
                _ => 0,
            })
            .sum();
        let outer: i32 = self.side.iter().zip(&self.outer).map(|(&r, o)| 3 * o[usize::from(!r)]).sum();
        2 * balance * balance + inner + outer
    }

    /// Best single flip or swap until none helps.
    fn improve(mut self) -> Vec<bool> {
        let n = self.side.len();
        let mut cost = self.cost();
        loop {
            let mut best = (cost, None);
            for i in 0..n {
                for j in i..n {
                    if i != j && self.side[i] == self.side[j] {
                        continue;
                    }
                    self.turn(i, j);
                    let c = self.cost();
                    self.turn(i, j);
                    if c < best.0 {
                        best = (c, Some((i, j)));
                    }
                }
            }
            let Some((i, j)) = best.1 else {
                return self.side;
            };
            self.turn(i, j);
            cost = best.0;
        }
    }

    /// Flips `i`, or swaps it with `j` on the other side; doing it twice undoes it.
    fn turn(&mut self, i: usize, j: usize) {
        self.side[i] = !self.side[i];
        if i != j {
            self.side[j] = !self.side[j];
        }
    }
}
