//! People: whether somebody else could run the machine, and whether they are meant to.

use std::collections::BTreeMap;

use super::{
    Basis, Question, Verdict,
    asked::{Asked, named},
};
use crate::{
    analysis::{Departure, exposure::Exposed},
    model::{AnyEntity, Layer},
    report::{counted, plan::people},
    text::sentence::capital,
};

/// Whether somebody else could run the machine.
pub(super) fn operator(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "operator",
        layer: Layer::People,
        short: "Somebody else could run it",
        text: "If the marketing operations person left tomorrow, could somebody else run the machine?",
        parts: "important things",
    });
    let (analysis, stack) = (basis.analysis, basis.analysis.stack);
    let exposure = analysis.exposure();
    let of =
        |wanted: &dyn Fn(&Exposed<'_>) -> bool| exposure.entities.iter().filter(|of| wanted(of)).map(|of| of.entity).collect::<Vec<_>>();
    let twice = of(&|of| of.runners >= 2);
    if !twice.is_empty() {
        asked.lay(Verdict::InPlace, twice.len(), format!("two people or more can run {}", named(twice.iter().copied())), None);
    }
    alone(basis, &mut asked);
    for (is_fresh, verdict, more) in [(true, Verdict::Partly, ", which a fresh runbook describes"), (false, Verdict::NotInPlace, "")] {
        let nobody = of(&|of| of.runners == 0 && of.is_fresh == is_fresh);
        if let Some(first) = nobody.first() {
            let text = format!("nobody can run {}{more}", named(nobody.iter().copied()));
            asked.lay(verdict, nobody.len(), text, Some(basis.header(*first))).remedy("name an owner and a backup who are there and stay");
        }
    }
    asked.lay_all(Verdict::NotInPlace, basis.found("personal-credentials"));
    if exposure.entities.is_empty() {
        let evidence =
            asked.lay(Verdict::NotDocumented, 1, "nothing in the stack is of criticality `critical` or `high`", Some(basis.stack()));
        evidence.remedy("write `criticality = \"high\"` on what the business would miss within a day");
        asked.say("The stack does not say what is important.");
        return asked;
    }
    asked.say(match analysis.losses().iter().find(|departure| !departure.is_nothing()) {
        None => match of(&|of| of.runners == 0).len() {
            0 => "Nobody's departure would leave anything without somebody who can run it.".to_owned(),
            count => format!("{} of {} important things have nobody who can run them today.", count, exposure.entities.len()),
        },
        Some(departure) => worst(departure),
    });
    let factor = &analysis.bus_factors().overall;
    if stack.people.is_empty() {
        asked.say("The stack names no people.");
    } else if factor.count > 0 {
        asked.say(format!("The bus factor is {}.", people(factor)));
    }
    asked
}

/// What only one person can run, by that person.
fn alone(basis: &Basis<'_>, asked: &mut Asked) {
    let stack = basis.analysis.stack;
    let mut by_person: BTreeMap<(&str, bool), Vec<&dyn AnyEntity>> = BTreeMap::new();
    for of in basis.analysis.exposure().entities.iter().filter(|of| of.runners == 1) {
        if let Some(person) = basis.analysis.knowledge().of(of.entity.address().as_str()).only() {
            by_person.entry((person, of.is_fresh)).or_default().push(of.entity);
        }
    }
    let mut groups: Vec<_> = by_person.into_iter().collect();
    groups.sort_by_key(|(_, entities)| std::cmp::Reverse(entities.len()));
    for ((person, is_fresh), entities) in groups {
        let (verdict, more) = if is_fresh { (Verdict::Partly, ", which a fresh runbook describes") } else { (Verdict::NotInPlace, "") };
        let text = format!("only `person.{person}` can run {}{more}", named(entities.iter().copied()));
        let at = stack.people.get(person).map(|person| basis.header(person));
        asked
            .lay(verdict, entities.len(), text, at)
            .remedy("name a backup for each, or let a second person follow its runbook and record that under `exercised`");
    }
}

/// What the departure that costs the most would leave behind.
fn worst(departure: &Departure<'_>) -> String {
    let who = departure.gone.people.iter().map(|person| format!("`person.{person}`")).collect::<Vec<_>>().join(", ");
    let stops = match departure.stops.len() {
        0 => "stop no flow on the first day".to_owned(),
        count => format!("stop {} on the first day", counted(count, "flow")),
    };
    let left = match (departure.unmaintained.len(), departure.recoverable.len()) {
        (0, 0) => "leave nothing with nobody who can run it".to_owned(),
        (0, count) => format!("leave {} to a runbook alone", counted(count, "thing")),
        (count, _) => format!("leave {} with nobody who can run them", counted(count, "thing")),
    };
    format!("The departure of {who} would {stops} and {left}.")
}

/// Whether they are meant to run it, and enough of them.
pub(super) fn mandate(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "mandate",
        layer: Layer::People,
        short: "Mandate and people",
        text: "Is there a mandate, and are there enough people?",
        parts: "parts of a mandate",
    });
    let (analysis, stack) = (basis.analysis, basis.analysis.stack);
    let areas = analysis.mandate().areas.len();
    if let Some(charter) = &stack.charter {
        let at = |key: &str| Some(basis.sources.span(charter.file, &format!("{}/{key}", charter.pointer)));
        if charter.mandate.is_some() {
            asked.lay(Verdict::InPlace, 1, "the charter says what marketing operations answers for", at("mandate"));
        } else {
            asked
                .lay(Verdict::NotInPlace, 1, "the charter states no mandate", at("mandate"))
                .remedy("write `mandate = \"…\"` in `[charter]`");
        }
        let unowned = basis.found("unowned-area");
        if areas > unowned.len() {
            let owned = areas - unowned.len();
            asked.lay(Verdict::InPlace, owned, format!("{owned} of {areas} areas have somebody who answers for them"), at("areas"));
        }
        asked.lay_all(Verdict::NotInPlace, unowned);
        asked.say(match &charter.reports_to {
            Some(to) => format!("There is a charter. Marketing operations reports to `person.{to}`."),
            None => "There is a charter. It does not say to whom marketing operations reports.".to_owned(),
        });
        match charter.budget_authority {
            Some(true) => asked.say("It decides on its budget."),
            Some(false) => asked.say("It does not decide on its budget."),
            None => {}
        }
    } else {
        let text = "no charter says what marketing operations answers for, and who owns which area";
        asked.lay(Verdict::NotInPlace, 1 + areas, text, Some(basis.stack())).remedy("add `[charter]` with `owner`, `mandate` and `areas`");
        asked.say("There is no charter.");
    }
    enough(basis, &mut asked);
    asked
}

/// Whether there are as many people as are usual.
fn enough(basis: &Basis<'_>, asked: &mut Asked) {
    let staffing = basis.analysis.staffing();
    let there = match staffing.count() {
        0 => "nobody is named who runs marketing operations".to_owned(),
        1 => "1 person runs marketing operations".to_owned(),
        count => format!("{count} people run marketing operations"),
    };
    match staffing.usual {
        Some(usual) => {
            let short = basis.found("understaffed-operations");
            asked.lay_all(Verdict::Partly, short);
            let words = usual.in_words();
            if short.is_empty() {
                let at = staffing.teams.first().map(|team| basis.header(*team));
                asked.lay(Verdict::InPlace, 1, format!("{there}; {words} are usual at that revenue"), at);
            }
            asked.say(format!("{there} where {words} are usual.", there = capital(&there)));
        }
        None if staffing.revenue.is_some() => {
            asked.lay(Verdict::InPlace, 0, format!("{there}; no figure is usual at that revenue"), None);
        }
        None => {
            let text = "the annual revenue is not documented, so that nobody can say how many people are usual";
            asked.lay(Verdict::NotDocumented, 1, text, Some(basis.stack())).remedy("write `annual-revenue = …` in `[stack]`");
            asked.say(format!("{}.", capital(&there)));
        }
    }
}
