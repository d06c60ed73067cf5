//! Maps for tests, and a small check that a picture is well-formed XML.

use super::{Area, Line, LineStyle, Map, MapBox, Weight};

/// Boxes by name, all in the first of two areas.
pub(crate) fn map(names: &[&str], lines: &[(usize, usize, LineStyle)]) -> Map {
    let area = |id: &str| Area { id: id.to_owned(), label: id.to_uppercase(), ..Area::default() };
    Map {
        areas: vec![area("x"), area("y")],
        boxes: names.iter().map(|n| MapBox { id: (*n).to_owned(), label: (*n).to_owned(), ..MapBox::default() }).collect(),
        lines: lines
            .iter()
            .enumerate()
            .map(|(k, &(from, to, style))| Line { id: format!("l{k:03}"), from, to, style, ..Line::default() })
            .collect(),
        ..Map::default()
    }
}

/// A seeded random map with skewed areas, hubs, loops, parallels and isolated boxes.
pub(crate) fn random(seed: u64, most: usize) -> Map {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(n.max(1)).unwrap()).unwrap()
    };
    let boxes = 1 + below(most);
    let areas = 1 + below(9);
    let lines = boxes * below(23) / 10;
    let mut out = Map::default();
    for a in 0..areas {
        out.areas.push(Area { id: format!("area{a}"), label: "Area ".repeat(1 + below(6)), ..Area::default() });
    }
    for b in 0..boxes {
        let words = below(5);
        let label = (0..=words).map(|_| "abcdefghijklmno".repeat(1 + below(30) / 29).chars().take(2 + below(12)).collect());
        out.boxes.push(MapBox {
            id: format!("box{b:03}"),
            label: label.collect::<Vec<String>>().join(" "),
            detail: (below(4) == 0).then(|| "detail ".repeat(below(6))),
            area: below(areas) * below(2),
            weight: [Weight::Normal, Weight::High, Weight::Critical][below(3)],
            ..MapBox::default()
        });
    }
    for l in 0..lines {
        let from = if below(3) == 0 { below(boxes.min(3)) } else { below(boxes) };
        out.lines.push(Line {
            id: format!("line{l:03}"),
            from,
            to: below(boxes),
            two_way: below(6) == 0,
            style: LineStyle::ALL[below(6)],
            broken: below(15) == 0,
            critical: below(5) == 0,
            ..Line::default()
        });
    }
    out
}

/// Panics unless tags nest, attributes are quoted once each, and no bare `<` or `&` stands in text.
pub(crate) fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start]);
        let end = start + tag_end(&rest[start..]);
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closing tag");
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |t| (t, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(!name.is_empty() && name.chars().all(char::is_alphanumeric), "tag {name:?}");
        let mut keys = Vec::new();
        while !attributes.is_empty() {
            let (key, value) = attributes.split_once("=\"").expect("attribute");
            let (value, more) = value.split_once('"').expect("quoted");
            assert!(!keys.contains(&key) && !value.contains('<'), "attribute {key}");
            assert_text(value);
            keys.push(key);
            attributes = more.trim_start();
        }
        if !closed {
            open.push(name);
        }
    }
    assert_text(rest);
    assert!(open.is_empty(), "left open: {open:?}");
}

fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    let end = tag.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.expect("end of tag").0
}

fn assert_text(text: &str) {
    for part in text.split('&').skip(1) {
        let entity = part.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&entity), "entity {entity:?}");
    }
    assert!(!text.chars().any(char::is_control), "control character");
}
