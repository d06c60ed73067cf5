//! An independent look at finished layouts: it knows rectangles and paths, and nothing of how they came about.

use super::{Geometry, Graph, Plan, Point, Rect, Settings, choose, lay_out, plans};
use crate::diagram::columns::{Air, Titles};
use crate::diagram::{Map, fold, map, mark::Lettering, sample};
use proptest::prelude::*;

/// Slack for rounding, px.
const SLACK: f64 = 0.2;
/// Distance below which two parallel pieces read as one, px.
const SAME: f64 = 2.0;

const SETTINGS: Settings =
    Settings { air: Air::DENSE, share: true, titles: Titles::Top, width: 1200.0, looks: 3, starts: 1, finalists: 1, breathe: true };

fn graph_of(map: &Map) -> Graph {
    let sheet = fold::fold(map);
    let letter = |name: &str| Lettering { name: vec![name.to_owned()], ..Lettering::default() };
    let texts: Vec<Lettering> = sheet.boxes.iter().map(|b| letter(&b.source.label)).collect();
    map::graph(&sheet, &texts, 34.0)
}

/// A few of the plans, another choice for every seed: all of them would take minutes in a debug build.
fn some_plans(graph: &Graph, seed: u64) -> Vec<Plan> {
    let all = plans(graph);
    let step = all.len().div_ceil(5).max(1);
    let first = usize::try_from(seed).unwrap() % step;
    all.into_iter().skip(first).step_by(step).collect()
}

fn pieces(path: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    path.windows(2).map(|w| (w[0], w[1]))
}

fn is_inside((a, b): (Point, Point), r: Rect) -> bool {
    let (left, right) = (r.x + SLACK, r.x + r.width - SLACK);
    let (top, bottom) = (r.y + SLACK, r.y + r.height - SLACK);
    a.0.max(b.0) > left && a.0.min(b.0) < right && a.1.max(b.1) > top && a.1.min(b.1) < bottom
}

/// Length that two pieces have in common.
fn common((a, b): (Point, Point), (c, d): (Point, Point)) -> f64 {
    let upright = |p: Point, q: Point| (p.0 - q.0).abs() < SLACK;
    if upright(a, b) != upright(c, d) {
        return 0.0;
    }
    let is_upright = upright(a, b);
    let along = |p: Point| if is_upright { p.1 } else { p.0 };
    let across = |p: Point| if is_upright { p.0 } else { p.1 };
    if (across(a) - across(c)).abs() >= SAME {
        return 0.0;
    }
    along(a).max(along(b)).min(along(c).max(along(d))) - along(a).min(along(b)).max(along(c).min(along(d)))
}

/// Everything that is wrong with a layout.
fn faults(graph: &Graph, g: &Geometry) -> Vec<String> {
    let mut out = Vec::new();
    for (i, a) in g.boxes.iter().enumerate() {
        if a.x < 0.0 || a.y < 0.0 || a.x + a.width > g.width || a.y + a.height > g.height {
            out.push(format!("box {i} outside"));
        }
        for (j, b) in g.boxes.iter().enumerate().skip(i + 1) {
            if is_inside(((a.x, a.y), (a.x + a.width, a.y + a.height)), *b) {
                out.push(format!("boxes {i} and {j} overlap"));
            }
        }
    }
    let mut tree_of = vec![usize::MAX; graph.edges.len()];
    for (t, tree) in g.trees.iter().enumerate() {
        for b in &tree.branches {
            tree_of[b.edge] = t;
        }
    }
    for (e, (edge, path)) in graph.edges.iter().zip(&g.paths).enumerate() {
        if path.len() < 2 || tree_of[e] == usize::MAX {
            out.push(format!("line {e} is not drawn"));
        }
        let touches = |p: Option<&Point>, r: Rect| {
            p.is_some_and(|p| {
                let x = (p.0 - r.x).abs().min((p.0 - r.x - r.width).abs());
                let y = (p.1 - r.y).abs().min((p.1 - r.y - r.height).abs());
                x.min(y) < SLACK && is_inside((*p, *p), Rect { x: r.x - 1.0, y: r.y - 1.0, width: r.width + 2.0, height: r.height + 2.0 })
            })
        };
        if !touches(path.first(), g.boxes[edge.from]) || !touches(path.last(), g.boxes[edge.to]) {
            out.push(format!("line {e} does not end at its boxes"));
        }
        for piece in pieces(path) {
            let (a, b) = piece;
            if (a.0 - b.0).abs() > SLACK && (a.1 - b.1).abs() > SLACK {
                out.push(format!("line {e} is slanted"));
            }
            for (n, r) in g.boxes.iter().enumerate() {
                if is_inside(piece, *r) {
                    out.push(format!("line {e} behind box {n}"));
                }
            }
        }
    }
    out.extend(coincident(g, &tree_of));
    out
}

fn coincident(g: &Geometry, tree_of: &[usize]) -> Vec<String> {
    let mut out = Vec::new();
    for (i, a) in g.paths.iter().enumerate() {
        for (j, b) in g.paths.iter().enumerate().skip(i + 1) {
            if tree_of[i] != tree_of[j] && pieces(a).any(|p| pieces(b).any(|q| common(p, q) > SAME)) {
                out.push(format!("lines {i} and {j} lie on each other"));
            }
        }
    }
    out
}

#[test]
fn a_layout_that_is_wrong_is_noticed() {
    let graph = graph_of(&sample::map(&["a", "b", "c"], &[(0, 1, crate::diagram::LineStyle::Api)]));
    let plan: Vec<Plan> = plans(&graph);
    let mut g = choose(&graph, &plan, &SETTINGS);
    assert!(faults(&graph, &g).is_empty());
    g.boxes[2] = g.boxes[0];
    assert!(!faults(&graph, &g).is_empty());
}

#[test]
fn random_maps_have_no_hidden_and_no_coincident_lines() {
    for seed in 0..240 {
        let graph = graph_of(&sample::random(seed, 45));
        let g = choose(&graph, &some_plans(&graph, seed), &SETTINGS);
        assert_eq!(faults(&graph, &g), Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn every_plan_of_a_map_can_be_laid_out() {
    let graph = graph_of(&sample::random(11, 30));
    for plan in plans(&graph) {
        let g = lay_out(&graph, &plan, &SETTINGS);
        assert!(!faults(&graph, &g).iter().any(|f| f.contains("behind") || f.contains("overlap")));
    }
}

#[test]
fn the_same_map_gives_the_same_layout() {
    let graph = graph_of(&sample::random(5, 40));
    let of = || format!("{:?}", choose(&graph, &plans(&graph), &SETTINGS));
    assert_eq!(of(), of());
}

#[test]
fn separate_lines_are_sound_too() {
    for seed in 300..340 {
        let graph = graph_of(&sample::random(seed, 20));
        let settings = Settings { share: false, titles: Titles::Each, ..SETTINGS };
        let g = choose(&graph, &some_plans(&graph, seed), &settings);
        assert_eq!(faults(&graph, &g), Vec::<String>::new(), "seed {seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_input_makes_a_picture_panic(seed in any::<u64>(), most in 1_usize..24, text in "\\PC{0,60}|[\\x00-\\x1f<>&\"']{0,9}") {
        let mut map = sample::random(seed, most);
        for b in map.boxes.iter_mut().step_by(3) {
            b.label.clone_from(&text);
            b.detail = Some(text.clone());
            b.focus = true;
        }
        for l in map.lines.iter_mut().step_by(4) {
            l.title.clone_from(&text);
            l.to = l.to.wrapping_mul(3);
        }
        let caption = crate::diagram::Caption { prefix: &text, title: &text, description: &text };
        for picture in [
            map::picture(&map, &caption),
            crate::diagram::overview::picture(&map, &caption),
            crate::diagram::neighbourhood::picture(&map, &caption),
        ] {
            sample::assert_well_formed(&picture.svg);
            prop_assert!(!picture.svg.contains("NaN") && !picture.svg.contains("-0 ") && !picture.svg.contains(" style="));
        }
    }
}
