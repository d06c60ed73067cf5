//! What belongs to each area of marketing operations, and who is named as its owner.

use std::collections::BTreeMap;

use crate::model::{Kind, Owner, Stack};

/// The areas by their keys in the charter, each with the kinds that belong to it.
const AREAS: [(&str, &[Kind]); 4] = [
    ("technology", &[Kind::Tool, Kind::Integration, Kind::Contract]),
    (
        "process",
        &[Kind::Lifecycle, Kind::Routing, Kind::Scoring, Kind::Flow, Kind::Automation, Kind::Runbook, Kind::Checklist, Kind::Convention],
    ),
    ("data", &[Kind::Object, Kind::Routine, Kind::Audience]),
    ("reporting", &[Kind::Metric, Kind::Report, Kind::Attribution]),
];

/// Returns the key of the area that entities of a kind belong to.
pub(super) fn area_of(kind: Kind) -> Option<&'static str> {
    AREAS.iter().find(|(_, kinds)| kinds.contains(&kind)).map(|(area, _)| *area)
}

/// An area with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaDuty<'a> {
    /// Its key in the charter.
    pub area: &'static str,
    /// The id of the person or team that answers for it, if the charter names one.
    pub party: Option<&'a str>,
    /// How many live entities of each kind belong to it; kinds without one are left out.
    pub kinds: Vec<(Kind, usize)>,
    /// How many of them have whoever answers for the area as their owner.
    pub theirs: usize,
    /// How many have another owner.
    pub others: usize,
    /// How many have none.
    pub nobodys: usize,
}

/// Who is named as the owner of what, by area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mandate<'a> {
    /// The four areas, in the order of the charter.
    pub areas: Vec<AreaDuty<'a>>,
    /// How many live entities of each area a person or team is the owner of, by their id.
    pub owners: BTreeMap<&'a str, [usize; 4]>,
}

impl<'a> Mandate<'a> {
    /// Counts the live entities of a stack. Linear in them, but for looking up owners.
    pub fn new(stack: &'a Stack) -> Self {
        let mut mandate = Self::default();
        for (number, (area, kinds)) in AREAS.into_iter().enumerate() {
            let named = stack.charter.as_ref().and_then(|charter| charter.areas.each().into_iter().find(|(of, _)| *of == area)?.1);
            let party = named.map(Owner::as_str);
            let mut duty = AreaDuty { area, party, kinds: Vec::new(), theirs: 0, others: 0, nobodys: 0 };
            for kind in kinds {
                let mut count = 0;
                for entity in stack.of(*kind).filter(|entity| entity.is_live()) {
                    count += 1;
                    let Some(owner) = entity.owner().map(Owner::as_str) else {
                        duty.nobodys += 1;
                        continue;
                    };
                    *if Some(owner) == party { &mut duty.theirs } else { &mut duty.others } += 1;
                    if let Some(of_area) = mandate.owners.entry(owner).or_default().get_mut(number) {
                        *of_area += 1;
                    }
                }
                duty.kinds.extend((count > 0).then_some((*kind, count)));
            }
            mandate.areas.push(duty);
        }
        mandate
    }
}
