//! What the pointer meets: a wide and invisible stroke on every line, with what it stands for and where it leads.

use super::draw::{Svg, number};
use super::fold::{Sheet, Strand};

/// One transparent path per line to draw, wide enough for a pointer.
pub(crate) fn paint_hit(svg: &mut Svg, sheet: &Sheet<'_>, strand: &Strand<'_>, path: &str) {
    let id = |node: usize| sheet.boxes.get(node).map_or("", |b| &b.source.id);
    let title = strand.title();
    let href = href(sheet, strand);
    // The table below says the same: lines are no stops on the way of the tab key.
    let skip = if href.is_some() { "-1" } else { "" };
    let (ids, data) = (strand.ids(), strand.data());
    let mut attributes = vec![
        ("class", "d-hit"),
        ("data-line", &*ids),
        ("data-from", id(strand.from)),
        ("data-to", id(strand.to)),
        ("data-method", if data.contains_key("data-method") { "" } else { strand.look.style.name() }),
        ("tabindex", skip),
    ];
    attributes.extend(data.iter().map(|(name, words)| (*name, words.as_str())));
    svg.open_link(href, &attributes);
    svg.text("title", &[], &title);
    svg.empty(
        "path",
        &[
            ("d", path),
            ("fill", "none"),
            ("stroke", "#000"),
            ("stroke-opacity", "0"),
            ("stroke-width", &number(8.0)),
            ("pointer-events", "stroke"),
        ],
    );
    svg.close();
}

/// Where a line leads: to its integration, or where it stands for several with an area, to that area.
fn href<'s>(sheet: &'s Sheet<'_>, strand: &'s Strand<'_>) -> Option<&'s str> {
    let ends = [strand.from, strand.to].into_iter().filter_map(|end| sheet.boxes.get(end));
    let area = ends.map(|b| b.source).find(|b| b.stands_for.is_some()).filter(|_| strand.lines.len() > 1);
    area.map_or_else(|| strand.lines.iter().find_map(|l| l.href.as_deref()), |area| area.href.as_deref())
}
