//! Maps for the layout alone: tools in areas, and lines most of which touch one of a few hubs.

use linchpin::diagram::{Area, Line, LineStyle, Map, MapBox};

use super::Random;

/// The areas of a map.
const AREAS: [&str; 8] = ["Advertising", "Web", "Engagement", "Automation", "Sales", "Data", "Insight", "Management"];

/// Makes a map of this many tools, with seven lines for five tools.
pub fn map(tools: usize) -> Map {
    let mut random = Random::seeded(tools as u64);
    let hubs = 2 + tools / 12;
    let area = |label: &&str| Area { id: label.to_lowercase(), label: (*label).to_owned(), ..Area::default() };
    let tool = |number: usize, random: &mut Random| {
        let label = random.title();
        MapBox { id: format!("tool-{number:03}"), title: label.clone(), label, area: number % AREAS.len(), ..MapBox::default() }
    };
    let line = |number: usize, random: &mut Random| {
        let from = number % tools;
        let to = if random.percent(70) { random.below(hubs) } else { random.below(tools) };
        Line {
            id: format!("line-{number:03}"),
            from,
            to: if to == from { (to + 1) % tools } else { to },
            two_way: random.percent(30),
            style: random.pick(&LineStyle::ALL),
            critical: random.percent(20),
            ..Line::default()
        }
    };
    Map {
        areas: AREAS.iter().map(area).collect(),
        boxes: (0..tools).map(|number| tool(number, &mut random)).collect(),
        lines: (0..tools * 7 / 5).map(|number| line(number, &mut random)).collect(),
        ..Map::default()
    }
}
