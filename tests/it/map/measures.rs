//! What maps measure, from a handful of tools to three hundred. The table is printed by
//! `cargo test --test it map::measures -- --nocapture`.

use std::time::{Duration, Instant};

use linchpin::diagram::{Caption, Map, map, overview};

use super::{drawing::Drawing, svg};
use crate::{
    benches::generator,
    fixture::{checked_in, open},
};

const CAPTION: Caption<'_> = Caption { prefix: "m", title: "Map", description: "Tools and lines." };

fn timed(draw: impl Fn() -> String) -> (Drawing, Duration) {
    let start = Instant::now();
    let svg = draw();
    let took = start.elapsed();
    assert_eq!(svg, draw(), "the same map gives another picture");
    (Drawing::read(&svg), took)
}

fn generated(tools: usize) -> Map {
    generator::map(tools)
}

#[allow(clippy::print_stdout, reason = "the table is for those who ask for it")]
fn assert_legible(name: &str, (drawing, took): &(Drawing, Duration), crossings: usize, letters: f64) {
    println!("{}", drawing.row(name, *took));
    assert_eq!(drawing.hidden(), 0, "{name}: a line lies behind a box");
    assert_eq!(drawing.overlaps(), 0, "{name}: boxes lie on each other");
    assert!(drawing.crossings() <= crossings, "{name}: {} crossings", drawing.crossings());
    assert!(drawing.letters() >= letters, "{name}: letters of {} px", drawing.letters());
}

#[test]
fn the_maps_of_real_stacks_are_legible() {
    for (path, crossings) in [("../stack.example", 34), ("stacks/sourcegraph", 8), ("stacks/posthog", 0)] {
        let project = open(&checked_in(path));
        assert_legible(path, &timed(|| svg(&project, None, 1)), crossings, 11.5);
    }
}

#[test]
fn generated_maps_up_to_the_limit_are_legible() {
    for (tools, crossings, letters) in [(12, 6, 11.5), (25, 32, 11.5), (40, 60, 11.5), (60, 140, 11.2)] {
        let drawn = generated(tools);
        assert_legible(&format!("{tools} generated"), &timed(|| map::picture(&drawn, &CAPTION).svg), crossings, letters);
    }
}

/// Most lines of the picture of an area, as on the site.
const AREA_LINES: usize = 120;

#[test]
fn the_overview_of_three_hundred_tools_and_every_area_of_it_are_legible() {
    let drawn = generated(300);
    assert_legible("300, overview", &timed(|| overview::picture(&drawn, &CAPTION).svg), 30, 11.0);
    for (index, area) in drawn.areas.iter().enumerate() {
        let start = Instant::now();
        let read = Drawing::read(&map::picture(&overview::area(&drawn, index, AREA_LINES), &CAPTION).svg);
        // Every tool of it is joined to hubs all over the map: more cannot be asked of the lines than that nothing is hidden.
        assert_legible(&format!("300, {}", area.label), &(read, start.elapsed()), 420, 11.0);
    }
}

/// A map whose lines are numbered as in a table.
fn numbered(mut map: Map) -> Map {
    map.lines.iter_mut().zip(1..).for_each(|(line, number)| line.number = Some(number));
    map
}

#[test]
#[allow(clippy::print_stdout, reason = "the table is for those who ask for it")]
fn printed_numbers_lie_on_their_lines_and_on_nothing_else() {
    for tools in [12, 25, 40, 60] {
        let drawing = Drawing::read(&map::picture(&numbered(generated(tools)), &CAPTION).svg);
        let found = drawing.collisions();
        println!("| {tools} numbered | {} numbers on {} lines | {found:?} |", drawing.numbers.len(), drawing.lines.len());
        assert_eq!(drawing.numbers.len(), drawing.lines.len(), "{tools}: a line without a number");
        assert_eq!((drawing.astray(), found.boxes, found.numbers), (0, 0, 0), "{tools}");
        assert!(found.lines <= tools / 10, "{tools}: {found:?}");
    }
}
