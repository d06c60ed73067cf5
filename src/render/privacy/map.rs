//! Where personal data travels: the integration map with nothing else on it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    drawn,
    page::{Block, Section, Value},
    picture,
    view::View,
};
use crate::{
    analysis::personal_data::{Erasure, carries},
    diagram::{LegendKind, Weight},
    model::{Entity, Integration, Signal, Tool},
};

/// The tools that hold people and the live integrations that carry personal data; nothing where none does.
pub(super) fn section(view: &View<'_>, walk: Option<&Erasure<'_>>) -> Option<Section> {
    let incoming = super::holding(view).flat_map(|holding| &holding.incoming);
    let by_id: BTreeMap<&str, &Entity<Integration>> = incoming.map(|integration| (integration.id.as_str(), *integration)).collect();
    if by_id.is_empty() {
        return None;
    }
    let integrations: Vec<&Entity<Integration>> = by_id.into_values().collect();
    let tools: Vec<&Entity<Tool>> = super::holding(view).map(|holding| holding.tool).collect();
    let mut map = drawn::part(view.graph, "", &tools, &integrations);
    let objections: BTreeMap<&str, bool> =
        integrations.iter().map(|integration| (integration.id.as_str(), carries(view.stack, integration, Signal::Suppression))).collect();
    for line in &mut map.lines {
        line.critical = objections.get(line.id.as_str()) == Some(&true);
    }
    let missed = missed(view, walk);
    let mut missed_in: BTreeMap<usize, usize> = BTreeMap::new();
    for one in &mut map.boxes {
        let is_missed = missed.contains(one.id.as_str());
        one.weight = if is_missed { Weight::Critical } else { Weight::Normal };
        *missed_in.entry(one.area).or_default() += usize::from(is_missed);
    }
    // Where there are too many tools for one picture, their areas say how many of them are missed.
    map.tally = true;
    for (place, area) in map.areas.iter_mut().enumerate() {
        area.note = missed_in.get(&place).filter(|count| **count > 0).map(|count| format!("{count} missed"));
    }
    let is_large = picture::is_large(&map);
    let mut drawn = picture::of_tools(&map, "people", "Where personal data travels");
    for entry in &mut drawn.legend {
        match entry.kind {
            LegendKind::CriticalLine => "carries objections too".clone_into(&mut entry.label),
            LegendKind::Box(Weight::Critical) => "an objection or a request misses it".clone_into(&mut entry.label),
            LegendKind::Box(_) => "holds people".clone_into(&mut entry.label),
            LegendKind::Count => "integrations that carry objections, of all between two areas".clone_into(&mut entry.label),
            _ => {}
        }
    }
    let mut diagram = picture::diagram(drawn, "people", "Where personal data travels")?;
    diagram.zoom = true;
    let mut section = Section::new("travels", "Where does personal data travel?", vec![Block::Diagram(diagram)]);
    let sentences = [
        "Live integrations that carry personal data, and the tools that hold people.",
        if is_large { "An area says how many of its tools an objection or a request misses; its own map is behind it." } else { "" },
        "The tables say the same.",
    ];
    section.intro = vec![Value::text(sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" "))];
    Some(section)
}

/// The ids of the tools that an objection never reaches though they contact people, or that a request would miss.
fn missed<'t>(view: &'t View<'_>, walk: Option<&'t Erasure<'_>>) -> BTreeSet<&'t str> {
    let objections = view.analysis.data_map().suppression.iter().flat_map(|signal| signal.missed(view.stack));
    let requests = walk.into_iter().flat_map(Erasure::missed).map(|deleted| deleted.tool);
    objections.chain(requests).map(|tool| tool.id.as_str()).collect()
}
