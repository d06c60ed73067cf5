//! The rules of a routing as pictures of an ordered decision.

use super::{
    page::{Diagram, Width},
    picture::diagram as finished,
    proven::{Proven, Rest, Takes},
    readers::Readers,
    record,
    view::{View, anchor, capital, counted, url},
    words,
};
use crate::{
    diagram::{self, Caption, Choice, Decision, End, Taker, TakerSort},
    model::{Assign, Entity, Kind, Owner, Routing, RoutingRule, slug},
};

/// More rules than this are a table only.
const MAX_RULES: usize = 80;

/// The pictures, of which all but long lists need one; nothing where there are too many rules.
pub(super) fn pictures(view: &View<'_>, routing: &Entity<Routing>, proven: &Proven, readers: &Readers<'_>) -> Vec<Diagram> {
    if routing.rule.len() > MAX_RULES {
        return Vec::new();
    }
    let (noun, article) = record::noun(view, Some(routing.object.as_str()));
    let rules = routing.rule.iter().enumerate().map(|(place, rule)| choice(view, routing, proven, (place, rule), &noun));
    let decision =
        Decision { start: format!("{} arrives", capital(&article)), rules: rules.collect(), end: end(routing, proven, readers, &noun) };
    let parts = diagram::decision::parts(&decision);
    let draw = |(index, part): (usize, &Decision)| {
        let numbers = part.rules.first().zip(part.rules.last()).map(|(first, last)| (first.place + 1, last.place + 1))?;
        let title = match numbers {
            _ if parts.len() == 1 => format!("Order of decisions of {}", routing.about.name),
            (first, last) => format!("Order of decisions of {}, rules {first} to {last}", routing.about.name),
        };
        let description = format!(
            "{} from top to bottom; the first that takes {article} decides who gets it. The table above says the same in words.",
            counted(part.rules.len(), "rule", "rules")
        );
        let prefix = if index == 0 { "d".to_owned() } else { format!("d{}", index + 1) };
        let id = if index == 0 { "decision".to_owned() } else { format!("decision-{}", index + 1) };
        let caption = Caption { prefix: &prefix, title: &title, description: &description };
        let mut diagram = finished(diagram::decision::picture(part, &caption), &id, &title)?;
        // Its conditions are sentences: on a phone they are scrolled, not shrunk.
        diagram.width = Width::Small;
        Some(diagram)
    };
    parts.iter().enumerate().filter_map(draw).collect()
}

fn choice(view: &View<'_>, routing: &Routing, proven: &Proven, (place, rule): (usize, &RoutingRule), noun: &str) -> Choice {
    let always = rule.when.is_none();
    let condition = if always { vec![format!("every {noun} that comes this far")] } else { words::alternatives(rule.when.as_ref()) };
    let name = |number: &usize| routing.rule.get(*number).map_or_else(String::new, |rule| rule.name.to_string());
    let never = match proven.rules.get(place) {
        Some(Takes::Never { is_possible: false, .. }) => Some("never: no record fulfils this".to_owned()),
        Some(Takes::Never { by, .. }) if by.is_empty() => Some("never: the rules above take all of it".to_owned()),
        Some(Takes::Never { by, .. }) => {
            let verb = if by.len() == 1 { "comes" } else { "come" };
            Some(format!("never: {} {verb} first", by.iter().map(name).collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    };
    Choice {
        place,
        label: rule.name.to_string(),
        title: format!("{}: {}", rule.name, condition.join(", or ")),
        condition,
        always,
        never,
        taker: taker(view, &rule.assign),
        href: Some(format!("#{}", anchor("rule", &slug(rule.name.as_str())))),
    }
}

/// Who gets what a rule takes.
fn taker(view: &View<'_>, assign: &Assign) -> Taker {
    let (who, how) = words::taker(view, assign);
    let title = [Some(who), how].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let made = |label: String, detail: Option<String>, sort: TakerSort, href: Option<String>| Taker { label, detail, sort, href, title };
    let link = |owner: &Owner| {
        let entity = view.stack.party(owner).and_then(|party| view.stack.at(&party.address()))?;
        Some(format!("../{}", url(entity.kind(), entity.id().as_str())))
    };
    let all = |owners: &[Owner]| owners.iter().map(|owner| words::party(view, owner)).collect::<Vec<_>>().join(", ");
    match assign {
        Assign::To(owner) => {
            let is_team = view.stack.teams.contains_key(owner.as_str());
            made(words::party(view, owner), is_team.then(|| "their queue".to_owned()), TakerSort::Somebody, link(owner))
        }
        Assign::InTurn(_) | Assign::RoundRobin(_) => made(all(words::turns(assign)), words::in_turn(assign), TakerSort::Somebody, None),
        Assign::OwnerOf(of) => {
            let object = record::noun(view, Some(of.owner_of.as_str())).0;
            let or_else = format!("or else {}", words::party(view, &of.fallback));
            made(format!("Owner of the {object}"), Some(or_else), TakerSort::Somebody, link(&of.fallback))
        }
        Assign::HandOver(over) => {
            let id = over.routing.as_str();
            let href = view.stack.get(Kind::Routing, id).map(|_| format!("../{}", url(Kind::Routing, id)));
            made(words::name(view, Kind::Routing, id), Some("decides".to_owned()), TakerSort::Elsewhere, href)
        }
        Assign::Nobody(nobody) => made("Nobody".to_owned(), Some(nobody.nobody.to_string()), TakerSort::Nobody, None),
    }
}

/// What becomes of a record that no rule takes.
fn end(routing: &Routing, proven: &Proven, readers: &Readers<'_>, noun: &str) -> End {
    let example = match &proven.rest {
        Rest::Nothing => return End::Nothing,
        Rest::Unknown => None,
        Rest::Such { example, .. } => Some(format!("for example {}", example.clone().down_to(readers, &[]).plain())),
    };
    let (label, gap) = match (routing.partial, example.is_some()) {
        (true, _) => return End::Others { label: format!("Left to others: any other {noun}"), detail: example },
        (false, true) => (format!("Gap: nobody gets such a {noun}"), true),
        (false, false) => (format!("Nobody: a {noun} that no rule takes"), false),
    };
    End::Rest { label, detail: example, gap }
}
