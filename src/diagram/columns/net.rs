//! Which lines are drawn together: vertical links between neighbours of a column, and nets that share a trunk.
//!
//! A net is a tree with one root and several leaves, fan-in or fan-out but never both, so that a reader can follow a
//! merge without guessing. Lines with two heads keep a trunk of their own for the same reason.

use super::{Edge, Graph};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Index of a side of a box: its left. Added to a column it gives the gutter on that side.
pub(super) const WEST: usize = 0;
/// Index of a side of a box: its right. Added to a column it gives the gutter on that side.
pub(super) const EAST: usize = 1;

/// Most parallel lines in one vertical link.
const PARALLELS: usize = 3;

/// Edges drawn straight between two boxes that stand one above the other.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) ends: (usize, usize),
    pub(super) edges: Vec<usize>,
}

/// Lines with a common end, side, channel and direction.
#[derive(Debug, Clone)]
pub(super) struct Net {
    pub(super) root: usize,
    /// Side of the root on which the net leaves.
    pub(super) side: usize,
    /// An arrowhead at the root.
    pub(super) head: bool,
    pub(super) leaves: Vec<Leaf>,
}

/// One end of a net.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) edge: usize,
    pub(super) node: usize,
    /// An arrowhead at this end.
    pub(super) head: bool,
}

/// Root, its side, channel, head at the root.
type Key = (usize, usize, usize, bool);

/// Chooses vertical links: a greedy path cover of the lines inside each block.
pub(super) fn links(graph: &Graph, block_of: &[(usize, usize)], barred: &BTreeSet<usize>) -> Vec<Link> {
    let n = graph.nodes.len();
    let mut pairs: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, e) in graph.edges.iter().enumerate() {
        if !barred.contains(&i) && block_of[e.from] == block_of[e.to] {
            pairs.entry((e.from.min(e.to), e.from.max(e.to))).or_default().push(i);
        }
    }
    let mut degree = vec![0_usize; n];
    for &(a, b) in pairs.keys() {
        degree[a] += 1;
        degree[b] += 1;
    }
    let mut wanted: Vec<_> = pairs.into_iter().filter(|(_, e)| e.len() <= PARALLELS).collect();
    wanted.sort_by_key(|&((a, b), ref e)| (degree[a].min(degree[b]), Reverse(e.len()), degree[a].max(degree[b]), a, b));
    let mut used = vec![0; n];
    let mut chain: Vec<usize> = (0..n).collect();
    let mut out = Vec::new();
    for ((a, b), edges) in wanted {
        let (x, y) = (end_of(&chain, a), end_of(&chain, b));
        if used[a] < 2 && used[b] < 2 && x != y {
            used[a] += 1;
            used[b] += 1;
            chain[x] = y;
            out.push(Link { ends: (a, b), edges });
        }
    }
    out
}

fn end_of(chain: &[usize], mut a: usize) -> usize {
    while chain[a] != a {
        a = chain[a];
    }
    a
}

/// Gathers every edge that is not a link into nets.
pub(super) fn nets(graph: &Graph, column_of: &[usize], links: &[Link], share: bool) -> Vec<Net> {
    let mut open: BTreeSet<usize> = (0..graph.edges.len()).collect();
    for e in links.iter().flat_map(|l| &l.edges) {
        open.remove(e);
    }
    let mut out = Vec::new();
    loop {
        let mut groups: BTreeMap<Key, Vec<Leaf>> = BTreeMap::new();
        for &i in open.iter().filter(|_| share) {
            let e = &graph.edges[i];
            if !e.two_way && !e.apart {
                for (key, leaf) in ends(i, e, column_of) {
                    groups.entry(key).or_default().push(leaf);
                }
            }
        }
        let largest = groups.into_iter().filter(|(_, v)| v.len() > 1).max_by_key(|(k, v)| (v.len(), Reverse(*k)));
        let Some((key, leaves)) = largest else { break };
        for l in &leaves {
            open.remove(&l.edge);
        }
        out.push(net(key, leaves));
    }
    let mut load = vec![0_usize; column_of.iter().max().map_or(0, |c| c + 2)];
    for &i in &open {
        let e = &graph.edges[i];
        let c = column_of[e.from];
        let mut choices = ends(i, e, column_of);
        if choices.len() > 2 {
            // Inside a column either gutter would do: the emptier one is taken.
            let west = load[c] < load[c + 1];
            load[if west { c } else { c + 1 }] += 1;
            choices.retain(|(k, _)| (k.1 == WEST) == west);
        }
        if let Some((key, leaf)) = choices.into_iter().next() {
            out.push(net(key, vec![leaf]));
        }
    }
    out
}

fn net((root, side, _, head): Key, leaves: Vec<Leaf>) -> Net {
    Net { root, side, head, leaves }
}

/// The nets an edge could belong to. A line leaves on the side that faces its other end, whatever its direction.
fn ends(i: usize, e: &Edge, column_of: &[usize]) -> Vec<(Key, Leaf)> {
    let sides: &[(usize, usize)] = match column_of[e.from].cmp(&column_of[e.to]) {
        std::cmp::Ordering::Less => &[(EAST, WEST)],
        std::cmp::Ordering::Greater => &[(WEST, EAST)],
        std::cmp::Ordering::Equal => &[(EAST, EAST), (WEST, WEST)],
    };
    sides
        .iter()
        .flat_map(|&(from, to)| {
            [
                ((e.to, to, e.channel, true), Leaf { edge: i, node: e.from, head: e.two_way }),
                ((e.from, from, e.channel, e.two_way), Leaf { edge: i, node: e.to, head: true }),
            ]
        })
        .collect()
}
