//! What maps measure, from a handful of tools to three hundred. The table is printed by
//! `cargo test --test it map::measures -- --nocapture`.

use std::time::{Duration, Instant};

use linchpin::diagram::{Caption, Map, map, overview};

use super::{drawing::Drawing, picture, svg};
use crate::fixture::{checked_in, open};

const CAPTION: Caption<'_> = Caption { prefix: "m", title: "Map", description: "Tools and lines." };

fn timed(draw: impl Fn() -> String) -> (Drawing, Duration) {
    let start = Instant::now();
    let svg = draw();
    let took = start.elapsed();
    assert_eq!(svg, draw(), "the same map gives another picture");
    (Drawing::read(&svg), took)
}

fn generated(tools: usize) -> Map {
    picture::map(tools)
}

fn assert_legible(name: &str, (drawing, took): &(Drawing, Duration), crossings: usize, letters: f64) {
    println!("{}", drawing.row(name, *took));
    assert_eq!(drawing.hidden(), 0, "{name}: a line lies behind a box");
    assert_eq!(drawing.overlaps(), 0, "{name}: boxes lie on each other");
    assert!(drawing.crossings() <= crossings, "{name}: {} crossings", drawing.crossings());
    assert!(drawing.letters() >= letters, "{name}: letters of {} px", drawing.letters());
}

#[test]
fn the_maps_of_real_stacks_are_legible() {
    for (path, crossings) in [("../stack.example", 60), ("stacks/sourcegraph", 20), ("stacks/posthog", 0)] {
        let project = open(&checked_in(path));
        assert_legible(path, &timed(|| svg(&project, None, 1)), crossings, 11.0);
    }
}

#[test]
fn generated_maps_up_to_the_limit_are_legible() {
    for (tools, crossings) in [(12, 20), (25, 60), (40, 140), (60, 300)] {
        let drawn = generated(tools);
        assert_legible(&format!("{tools} generated"), &timed(|| map::picture(&drawn, &CAPTION).svg), crossings, 10.0);
    }
}

#[test]
fn the_overview_of_three_hundred_tools_and_its_areas_are_legible() {
    let drawn = generated(300);
    assert_legible("300, overview", &timed(|| overview::picture(&drawn, &CAPTION).svg), 60, 10.0);
    for (index, area) in drawn.areas.iter().enumerate() {
        let cut = overview::area(&drawn, index);
        assert_legible(&format!("300, {}", area.label), &timed(|| map::picture(&cut, &CAPTION).svg), 300, 8.0);
    }
}
