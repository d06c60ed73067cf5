//! How flows get from step to step.
//!
//! An integration through middleware also makes the hops to it and on from it, but it carries on only what has come in with
//! it, in the same direction. A flow may begin in middleware, end there, or stay for several steps, and may leave by an
//! integration of the middleware's own; what somebody carries by hand begins anew where it arrives.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{Graph, Hop};
use crate::model::{AnyEntity, Entity, Flow, Integration, Ref, Step};

/// How a flow gets from one step to the next.
#[derive(Debug, Clone)]
pub enum FlowHop<'a> {
    /// Both steps are in one tool.
    Same,
    /// Somebody carries the data, as the step says.
    Manual,
    /// These integrations make the hop, sorted by id.
    By(Vec<&'a Entity<Integration>>),
    /// Nothing does that carries on what has come so far.
    Gap,
}

impl FlowHop<'_> {
    /// Whether nothing makes the hop.
    pub fn is_gap(&self) -> bool {
        matches!(self, Self::Gap)
    }
}

/// How data stands in the tool of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// It begins there, or somebody has carried it there.
    Start,
    /// An integration has brought it to its end.
    End,
    /// It is in the middleware of an integration.
    Inside(Hop),
}

/// Which part of an integration makes a hop of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// From end to end.
    Whole,
    /// From an end to the middleware.
    First,
    /// From the middleware to an end.
    Second,
}

/// An integration, in a direction, that makes a hop of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lead {
    hop: Hop,
    part: Part,
}

impl Lead {
    /// Whether it carries on data that may stand like this.
    fn takes(self, standing: &BTreeSet<Standing>) -> bool {
        self.part != Part::Second || standing.contains(&Standing::Start) || standing.contains(&Standing::Inside(self.hop))
    }

    /// How it stands where it arrives.
    fn brings(self) -> Standing {
        if self.part == Part::First { Standing::Inside(self.hop) } else { Standing::End }
    }
}

/// What is looked for between two steps.
struct Wanted<'s> {
    from: NodeIndex,
    to: NodeIndex,
    /// The tool that comes after `to`, if an integration has to lead there.
    ahead: Option<NodeIndex>,
    /// The integration that has to make the hop.
    named: Option<&'s str>,
    /// The integrations that may make it.
    keep: Keep<'s>,
}

/// Which integrations count.
pub type Keep<'k> = &'k dyn Fn(&Entity<Integration>) -> bool;

/// A hop while not all of the flow is known.
enum Draft {
    Same,
    Manual,
    By(BTreeSet<Lead>),
    Gap,
}

impl<'a> Graph<'a> {
    /// Returns the hops of a flow, one fewer than its steps, using live integrations. Where nothing carries on what has
    /// come so far there is a gap, and the flow begins anew behind it.
    ///
    /// Goes forth along the steps with all that may carry the data, and back to leave out what does not get on. Linear in
    /// the steps and the integrations that make the hops.
    pub fn flow_hops(&self, flow: &Flow) -> Vec<FlowHop<'a>> {
        self.flow_hops_by(flow, &|integration| integration.is_live())
    }

    /// Returns the hops of a flow as [`Self::flow_hops`] does, using the integrations that `keep` accepts.
    pub fn flow_hops_by(&self, flow: &Flow, keep: Keep<'_>) -> Vec<FlowHop<'a>> {
        self.hops_of(&flow.steps, keep)
    }

    /// Returns the hops between steps as [`Self::flow_hops_by`] does: those of a flow, or of a part between two of its
    /// [`Self::cuts`].
    pub fn hops_of(&self, mut steps: &[Step], keep: Keep<'_>) -> Vec<FlowHop<'a>> {
        let mut drafts = Vec::new();
        let mut standing = BTreeSet::from([Standing::Start]);
        while let [from, rest @ ..] = steps
            && let [to, later @ ..] = rest
        {
            let draft = self.draft([from, to], later, &standing, keep);
            match &draft {
                Draft::Same => {}
                Draft::By(leads) => standing = leads.iter().map(|lead| lead.brings()).collect(),
                Draft::Manual | Draft::Gap => standing = BTreeSet::from([Standing::Start]),
            }
            drafts.push(draft);
            steps = rest;
        }
        // How the data has to stand before a hop; nothing where that does not matter.
        let mut wanted: Option<BTreeSet<Standing>> = None;
        for draft in drafts.iter_mut().rev() {
            match draft {
                Draft::Same => {}
                Draft::By(leads) => {
                    leads.retain(|lead| wanted.as_ref().is_none_or(|wanted| wanted.contains(&lead.brings())));
                    let is_second = |lead: &Lead| lead.part == Part::Second;
                    wanted = leads.iter().all(is_second).then(|| leads.iter().map(|lead| Standing::Inside(lead.hop)).collect());
                }
                Draft::Manual | Draft::Gap => wanted = None,
            }
        }
        drafts.into_iter().map(|draft| self.finished(draft)).collect()
    }

    /// Returns the numbers of the steps at which a flow falls into parts, the first and the last included: which integrations
    /// make the hops before such a step does not depend on the hops behind it, nor the other way round. It does only in
    /// middleware, where the data may be inside an integration.
    pub fn cuts(&self, flow: &Flow) -> Vec<usize> {
        let stays: Vec<&[Step]> = flow.steps.chunk_by(|a, b| a.tool == b.tool).collect();
        let tool = |place: Option<usize>| self.node(stays.get(place?)?.first()?.tool.as_str());
        let is_inside = |place: usize, end: Option<NodeIndex>| {
            tool(Some(place)).zip(end).is_some_and(|(here, end)| !self.through(here, end).is_empty())
        };
        let mut cuts = BTreeSet::from([0, flow.steps.len().saturating_sub(1)]);
        let mut number = 0;
        for (place, stay) in stays.iter().enumerate() {
            let is_apart = !is_inside(place, tool(place.checked_sub(1))) && !is_inside(place, tool(Some(place + 1)));
            // What is carried by hand begins anew where it arrives.
            cuts.extend(stay.iter().enumerate().filter(|(_, step)| is_apart || step.manual).map(|(at, _)| number + at));
            number += stay.len();
        }
        cuts.into_iter().collect()
    }

    /// Finds out what may make a hop, given how the data stands where it leaves and the steps after the hop.
    fn draft(&self, [from, to]: [&Step; 2], later: &[Step], standing: &BTreeSet<Standing>, keep: Keep<'_>) -> Draft {
        if to.manual {
            return Draft::Manual;
        }
        if from.tool == to.tool {
            return Draft::Same;
        }
        let next = later.iter().find(|step| step.manual || step.tool != to.tool);
        let ahead = next.filter(|step| !step.manual).and_then(|step| self.node(step.tool.as_str()));
        let named = to.via.as_ref().map(Ref::as_str);
        let (Some(from), Some(to)) = (self.node(from.tool.as_str()), self.node(to.tool.as_str())) else { return Draft::Gap };
        let wanted = Wanted { from, to, ahead, named, keep };
        let leads = self.leads(&wanted, standing);
        if leads.is_empty() { Draft::Gap } else { Draft::By(leads) }
    }

    /// Returns what may make a hop. Of the integrations that have the next tool as their middleware only those are looked
    /// at that lead on to the tool after it: many may share a middleware and an end. If that leaves nothing, the others
    /// make the hop, and the gap is behind it.
    fn leads(&self, wanted: &Wanted<'_>, standing: &BTreeSet<Standing>) -> BTreeSet<Lead> {
        let Wanted { from, to, ahead, .. } = *wanted;
        let mut numbers: BTreeSet<usize> = self.joining(from, to).iter().copied().collect();
        if standing.contains(&Standing::Start) {
            numbers.extend(self.through(from, to));
        }
        numbers.extend(standing.iter().filter_map(|standing| match standing {
            Standing::Inside(hop) => Some(hop.integration),
            Standing::Start | Standing::End => None,
        }));
        numbers.extend(ahead.map_or_else(|| self.through(to, from), |ahead| self.joining(from, ahead)));
        let leads = self.leads_among(numbers, wanted, standing);
        if leads.is_empty() { self.leads_among(self.through(to, from).iter().copied(), wanted, standing) } else { leads }
    }

    /// Returns what may make a hop, among these integrations.
    fn leads_among(&self, numbers: impl IntoIterator<Item = usize>, wanted: &Wanted<'_>, standing: &BTreeSet<Standing>) -> BTreeSet<Lead> {
        let is_it = |integration: &Entity<Integration>| {
            (wanted.keep)(integration) && wanted.named.is_none_or(|named| integration.id.as_str() == named)
        };
        let hops = numbers.into_iter().flat_map(|number| self.hops(number)).filter(|(integration, _)| is_it(integration));
        let leads = hops.flat_map(|(_, hop)| {
            let (start, end) = self.ends_of(hop).unzip();
            let via = self.middleware(hop);
            let parts = [(Part::Whole, start, end), (Part::First, start, via), (Part::Second, via, end)];
            parts
                .into_iter()
                .filter(move |(_, start, end)| (*start, *end) == (Some(wanted.from), Some(wanted.to)))
                .map(move |(part, ..)| Lead { hop, part })
        });
        leads.filter(|lead| lead.takes(standing)).collect()
    }

    /// Names the integrations that make a hop. Their numbers are in the order of their ids.
    fn finished(&self, draft: Draft) -> FlowHop<'a> {
        match draft {
            Draft::Same => FlowHop::Same,
            Draft::Manual => FlowHop::Manual,
            Draft::Gap => FlowHop::Gap,
            Draft::By(leads) => {
                let numbers: BTreeSet<usize> = leads.iter().map(|lead| lead.hop.integration).collect();
                FlowHop::By(numbers.into_iter().filter_map(|number| self.integrations.get(number).copied()).collect())
            }
        }
    }
}
