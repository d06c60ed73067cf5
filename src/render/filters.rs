//! What the filters above the map ask, and the words on boxes and lines that answer.

use std::collections::BTreeSet;

use super::{
    drawn,
    page::{Filter, FilterOption},
    view::View,
};
use crate::{
    diagram::{LineStyle, Map},
    model::{AnyEntity, Area as Of, Criticality, Entity, Integration, Owner, Tool},
};

/// Words of things that hold or carry personal data as documented, and of things of which none is documented.
const PERSONAL: [(&str, &str); 2] = [("yes", "documented"), ("none", "none documented")];

/// Puts onto boxes and lines what the filters ask for beside area and method: owner, criticality, personal data; onto boxes
/// also the id that an address leads to. Returns the filters above the map.
pub(super) fn marked(map: &mut Map, view: &View<'_>) -> Vec<Filter> {
    let (mut tools, mut integrations): (Vec<&Entity<Tool>>, Vec<&Entity<Integration>>) = (Vec::new(), Vec::new());
    for one in &mut map.boxes {
        if let Some(tool) = view.stack.tools.get(one.id.as_str()) {
            one.data = words(tool, tool.holds_people());
            one.data.push(("id", format!("tool.{}", tool.id)));
            tools.push(tool);
        }
    }
    for line in &mut map.lines {
        if let Some(integration) = view.stack.integrations.get(line.id.as_str()) {
            line.data.extend(words(integration, !integration.personal.is_empty()));
            integrations.push(integration);
        }
    }
    let areas: BTreeSet<Of> = map.boxes.iter().filter_map(|one| Of::ALL.get(one.area)).copied().collect();
    filters(view, &areas, &tools, &integrations)
}

fn words(entity: &dyn AnyEntity, is_personal: bool) -> Vec<(&'static str, String)> {
    let owner = entity.owner().map(|owner| ("data-owner", owner.as_str().to_owned()));
    let criticality = entity.criticality().unwrap_or(Criticality::Medium).word();
    let personal = PERSONAL.iter().find(|(word, _)| (*word == "yes") == is_personal).map_or("", |(word, _)| word);
    let rest = [("data-criticality", criticality.to_owned()), ("data-personal", personal.to_owned())];
    owner.into_iter().chain(rest).collect()
}

/// The filters above a map of these; one that would leave nothing to choose is left out.
fn filters(view: &View<'_>, areas: &BTreeSet<Of>, tools: &[&Entity<Tool>], integrations: &[&Entity<Integration>]) -> Vec<Filter> {
    let (tools, live) = (|| tools.iter().copied(), || integrations.iter().copied());
    let styles: BTreeSet<LineStyle> = live().map(|integration| drawn::style(integration)).collect();
    let owners = tools().filter_map(|tool| tool.owner()).chain(live().filter_map(|integration| integration.owner()));
    let names: BTreeSet<(String, &str)> = owners.map(|owner| (name(view, owner), owner.as_str())).collect();
    let of = |entity: &dyn AnyEntity| entity.criticality().unwrap_or(Criticality::Medium).word();
    let ranks: BTreeSet<&str> = tools().map(|tool| of(tool)).chain(live().map(|integration| of(integration))).collect();
    let is_personal = tools().any(|tool| tool.holds_people()) || live().any(|integration| !integration.personal.is_empty());
    let all = [Criticality::Critical, Criticality::High, Criticality::Medium, Criticality::Low].map(Criticality::word);
    let filters = [
        filter("area", "Area", areas.iter().map(|area| (area.slug(), area.label().to_owned()))),
        filter("method", "Method", styles.into_iter().map(|style| (style.name(), style.label().to_owned()))),
        filter("owner", "Owner", names.into_iter().map(|(name, id)| (id, name))),
        filter("criticality", "Criticality", all.into_iter().filter(|word| ranks.contains(word)).map(|word| (word, word.to_owned()))),
        filter("personal", "Personal data", PERSONAL.into_iter().filter(|_| is_personal).map(|(word, text)| (word, text.to_owned()))),
    ];
    filters.into_iter().filter(|filter| filter.name == "area" || filter.options.len() > 1).collect()
}

fn name(view: &View<'_>, owner: &Owner) -> String {
    view.stack.party(owner).map_or_else(|| owner.as_str(), |party| party.name()).to_owned()
}

fn filter<'w>(name: &str, label: &str, options: impl Iterator<Item = (&'w str, String)>) -> Filter {
    let options = options.map(|(value, text)| FilterOption { value: value.to_owned(), text });
    Filter { name: name.to_owned(), label: label.to_owned(), options: options.collect() }
}
