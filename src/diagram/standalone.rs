//! A picture as a document of its own: on its ground, with its legend below it and the look that a page would give it.

use super::Picture;
use super::draw::{INK, PAPER, Svg, number};
use super::glyph::{LINE, NAME, count, width};

/// White space around the picture, px.
const MARGIN: f64 = 16.0;
/// Room of a swatch with its distance to the words, and between two entries, px.
const SWATCH: (f64, f64) = (48.0, 24.0);
/// Least width of a document, px: a legend needs some room.
const LEAST: f64 = 320.0;
/// Distance of two rows of the legend, px.
const ROW: f64 = LINE + 6.0;

/// Writes a picture as a whole SVG document: no link, no script, nothing that is fetched.
///
/// `title` names it, `style` holds rules for the classes of the picture and must not contain markup. A picture of
/// nothing is a document that says `nothing`.
pub fn document(picture: &Picture, title: &str, nothing: &str, style: &str) -> String {
    let inner = picture.width.max(LEAST);
    let places = places(picture, inner);
    let rows = places.last().map_or(0.0, |(_, y)| y + ROW);
    let height = if picture.svg.is_empty() { LINE } else { picture.height + if rows > 0.0 { rows + 14.0 } else { 0.0 } };
    let (wide, high) = (number(inner + 2.0 * MARGIN), number(height + 2.0 * MARGIN));
    let mut svg = Svg::default();
    svg.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "linchpin"),
            ("viewBox", &format!("0 0 {wide} {high}")),
            ("width", &wide),
            ("height", &high),
            ("font-family", "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"),
            ("font-size", &number(NAME)),
            ("fill", INK),
        ],
    );
    svg.text("title", &[], title);
    svg.open("style", &[]);
    svg.finished(style);
    svg.close();
    svg.empty("rect", &[("class", "d-sheet"), ("width", &wide), ("height", &high), ("fill", PAPER)]);
    svg.open("g", &[("transform", &format!("translate({} {})", number(MARGIN), number(MARGIN)))]);
    if picture.svg.is_empty() {
        svg.text("text", &[("class", "d-words"), ("y", &number(NAME))], nothing);
    }
    svg.open("g", &[("transform", &format!("translate({} 0)", number((inner - picture.width) / 2.0)))]);
    svg.finished(&picture.svg);
    svg.close();
    for (entry, (x, y)) in picture.legend.iter().zip(places) {
        svg.open("g", &[("transform", &format!("translate({} {})", number(x), number(picture.height + 18.0 + y)))]);
        svg.finished(&entry.swatch);
        svg.text("text", &[("class", "d-words"), ("x", &number(SWATCH.0)), ("y", "10.5")], &entry.label);
        svg.close();
    }
    svg.close();
    svg.close();
    let mut out = svg.into_fragment();
    out.push('\n');
    out
}

/// Where the entries of the legend stand: beside each other as long as there is room.
fn places(picture: &Picture, room: f64) -> Vec<(f64, f64)> {
    let (mut x, mut row) = (0.0, 0);
    let place = |entry: &super::LegendEntry| {
        let wide = SWATCH.0 + width(&entry.label, NAME);
        if x > 0.0 && x + wide > room {
            (x, row) = (0.0, row + 1);
        }
        let at = (x, count(row) * ROW);
        x += wide + SWATCH.1;
        at
    };
    picture.legend.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Caption, LineStyle, map, sample};

    #[test]
    fn a_document_is_well_formed_and_its_legend_lies_inside() {
        let lines: Vec<(usize, usize, LineStyle)> = LineStyle::ALL.iter().map(|style| (0, 1, *style)).collect();
        let drawn = map::picture(&sample::map(&["a", "b"], &lines), &Caption { prefix: "m", title: "M", description: "D" });
        let places = places(&drawn, drawn.width.max(LEAST));
        assert!(places.iter().any(|(_, y)| *y > 0.0), "the legend of a narrow picture has several rows");
        let svg = document(&drawn, "a <b>", "nothing", ".d-paper { fill: #fff }");
        sample::assert_well_formed(svg.trim_end());
        assert!(svg.contains("<title>a &lt;b&gt;</title><style>") && !svg.contains("href"));
    }

    #[test]
    fn a_picture_of_nothing_says_so() {
        let svg = document(&Picture::default(), "Map", "no tool", "");
        sample::assert_well_formed(svg.trim_end());
        assert!(svg.contains(">no tool</text>"));
    }
}
