//! The stages through which a record becomes a customer.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Duration, Id, Object, Owner, Ref, Tool};

/// The stages of a record, in order.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Lifecycle {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// The tool in which the stage is kept.
    pub tool: Option<Ref<Tool>>,
    /// What goes through the stages.
    pub object: Option<Ref<Object>>,
    /// The stages, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage: Vec<Stage>,
}

/// A stage of a lifecycle.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Stage {
    /// Its id, unique in the lifecycle.
    pub id: Id,
    /// The name people use.
    pub name: super::Name,
    /// What it means.
    pub definition: Option<String>,
    /// What must be true to enter it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry: Vec<String>,
    /// What must be true to leave it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exit: Vec<String>,
    /// Who answers for records in it.
    pub owner: Option<Owner>,
    /// Whether it is an end. Default: false.
    #[serde(default)]
    pub terminal: bool,
    /// The stages that may come next. Default: the following one.
    pub next: Option<Vec<Id>>,
    /// How a record goes back.
    pub recycle: Option<Recycle>,
    /// How it passes to somebody else.
    pub handoff: Option<Handoff>,
}

/// How a record goes back to an earlier stage.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Recycle {
    /// The stage to which it goes.
    pub to: Id,
    /// When it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
    /// After how long without progress.
    pub after: Option<Duration>,
}

/// How a record passes to somebody else.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Handoff {
    /// Who takes it.
    pub to: Owner,
    /// How long until it stands with its new owner.
    pub within: Option<Duration>,
    /// How long until somebody speaks to the person.
    pub sla: Option<Duration>,
    /// How the new owner learns of it.
    pub notify: Option<String>,
    /// What comes into being.
    pub creates: Option<Ref<Object>>,
    /// How the new owner accepts it.
    pub accept: Option<String>,
}

impl Lifecycle {
    /// Returns the ids of the stages that may come after the stage at an index: those it names, or the following one.
    pub fn next(&self, index: usize) -> Vec<&str> {
        let Some(stage) = self.stage.get(index).filter(|stage| !stage.terminal || stage.next.is_some()) else { return Vec::new() };
        match &stage.next {
            Some(next) => next.iter().map(Id::as_str).collect(),
            None => self.stage.get(index + 1).map(|stage| stage.id.as_str()).into_iter().collect(),
        }
    }

    /// Returns the name of the stage of an id, or the id where there is none.
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.stage.iter().find(|stage| stage.id.as_str() == id).map_or(id, |stage| stage.name.as_str())
    }

    /// Whether it leads from somewhere to somewhere: it has two stages.
    pub fn has_two_stages(&self) -> bool {
        self.stage.len() >= 2
    }

    /// Whether some stage sends records back to an earlier one, by `recycle` or by `next`.
    pub fn goes_back(&self) -> bool {
        let mut earlier = BTreeSet::new();
        self.stage.iter().any(|stage| {
            let recycled = stage.recycle.iter().map(|recycle| &recycle.to);
            let is_back = recycled.chain(stage.next.iter().flatten()).any(|to| earlier.contains(to.as_str()));
            earlier.insert(stage.id.as_str());
            is_back
        })
    }

    /// Returns the ids of the stages that a record can come to from the first one, whether onwards or by recycling.
    /// Every stage and every way is looked at once.
    pub fn reached(&self) -> BTreeSet<&str> {
        let places: BTreeMap<&str, usize> = self.stage.iter().enumerate().map(|(index, stage)| (stage.id.as_str(), index)).collect();
        let mut reached: BTreeSet<&str> = self.stage.first().map(|first| first.id.as_str()).into_iter().collect();
        let mut queue: Vec<&str> = reached.iter().copied().collect();
        while let Some(index) = queue.pop().and_then(|id| places.get(id).copied()) {
            let back = self.stage.get(index).and_then(|stage| stage.recycle.as_ref()).map(|recycle| recycle.to.as_str());
            for next in self.next(index).into_iter().chain(back) {
                if places.contains_key(next) && reached.insert(next) {
                    queue.push(next);
                }
            }
        }
        reached
    }
}

impl Stage {
    /// Whether its handoff takes place on the way into it, and not on the way out: it is to whoever answers for records in the
    /// stage, or nobody is said to.
    pub fn is_handed_over_on_entry(&self) -> bool {
        let to = self.handoff.as_ref().map(|handoff| &handoff.to);
        self.owner.is_none() || self.owner.as_ref() == to
    }

    /// Whether it says what must be true to enter it.
    pub fn has_entry(&self) -> bool {
        says_something(&self.entry)
    }

    /// Whether it says what must be true to leave it, onwards or back: under `exit`, or when it recycles records.
    pub fn has_exit(&self) -> bool {
        let recycles = |recycle: &Recycle| says_something(&recycle.when) || recycle.after.is_some();
        says_something(&self.exit) || self.recycle.as_ref().is_some_and(recycles)
    }
}

/// Whether one of several criteria is more than white space.
fn says_something(criteria: &[String]) -> bool {
    criteria.iter().any(|criterion| !criterion.trim().is_empty())
}

impl Handoff {
    /// Returns those of the keys `sla`, `notify` and `creates` that say nothing. Without one of them a handoff is incomplete.
    pub fn lacks(&self) -> Vec<&'static str> {
        let notify = self.notify.as_deref().is_some_and(|notify| !notify.trim().is_empty());
        let keys = [("sla", self.sla.is_some()), ("notify", notify), ("creates", self.creates.is_some())];
        keys.into_iter().filter(|(_, is_there)| !is_there).map(|(key, _)| key).collect()
    }
}
