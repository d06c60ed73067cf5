//! An entity in the stack, whatever its kind.

use std::{collections::BTreeMap, ops::Deref};

use serde::Serialize;
use serde_json::Value;

use super::{Address, Criticality, Date, Id, Kind, Link, Markdown, MaybeName, Owner, Ref, Unit, about::About};
use crate::source::FileId;

/// A table of the stack with its place.
#[derive(Debug, Clone, Serialize)]
pub struct Located<T> {
    /// The file it stands in.
    #[serde(skip)]
    pub file: FileId,
    /// The JSON pointer of the table in that file, such as `/suppress/3`.
    #[serde(skip)]
    pub pointer: String,
    /// What the table says.
    #[serde(flatten)]
    pub body: T,
}

impl<T> Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.body
    }
}

/// A table `[kind.id]` of the stack with its id and place.
#[derive(Debug, Clone)]
pub struct Entity<T> {
    /// Its id.
    pub id: Id,
    /// The file it stands in.
    pub file: FileId,
    /// What the table says.
    pub body: T,
}

/// The entities of a kind, by id.
pub type Entities<T> = BTreeMap<Id, Entity<T>>;

impl<T> Deref for Entity<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.body
    }
}

/// What the table of an entity says, as far as several kinds say it.
pub trait Body: Serialize + Sync {
    /// The kind of the table.
    const KIND: Kind;
    /// Returns the common keys.
    fn common(&self) -> Common<'_>;
    /// Returns the owner, where one is named.
    fn owner(&self) -> Option<&Owner> {
        None
    }
    /// Returns the backup, where one is named.
    fn backup(&self) -> Option<&Owner> {
        None
    }
    /// Whether it counts as part of the running stack.
    fn is_live(&self) -> bool {
        true
    }
    /// Whether it is live and neither broken nor paused.
    fn is_working(&self) -> bool {
        true
    }
    /// Returns the criticality; nothing for kinds that have none.
    fn criticality(&self) -> Option<Criticality> {
        None
    }
}

/// The common keys of an entity, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct Common<'a> {
    /// Its name; nothing where the kind can derive one.
    pub name: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a Markdown>,
    /// The unit that it belongs to.
    pub unit: Option<&'a Ref<Unit>>,
    /// Its tags.
    pub tags: &'a [String],
    /// Its links.
    pub links: &'a [Link],
    /// When it was last confirmed.
    pub reviewed: Option<Date>,
}

impl<N: MaybeName> About<N> {
    /// Returns the common keys.
    pub fn common(&self) -> Common<'_> {
        Common {
            name: self.name.text(),
            description: self.description.as_ref(),
            unit: self.unit.as_ref(),
            tags: &self.tags,
            links: &self.links,
            reviewed: self.reviewed,
        }
    }
}

/// An entity of any kind.
pub trait AnyEntity: Sync {
    /// Returns its kind.
    fn kind(&self) -> Kind;
    /// Returns its id.
    fn id(&self) -> &Id;
    /// Returns the file it stands in.
    fn file(&self) -> FileId;
    /// Returns the common keys.
    fn common(&self) -> Common<'_>;
    /// Returns the owner, where one is named.
    fn owner(&self) -> Option<&Owner>;
    /// Returns the backup, where one is named.
    fn backup(&self) -> Option<&Owner>;
    /// Whether it counts as part of the running stack.
    fn is_live(&self) -> bool;
    /// Whether it is live and neither broken nor paused.
    fn is_working(&self) -> bool;
    /// Returns the criticality; nothing for kinds that have none.
    fn criticality(&self) -> Option<Criticality>;
    /// Whether it is live and much depends on it: its criticality is critical or high.
    fn is_important(&self) -> bool {
        self.is_live() && matches!(self.criticality(), Some(Criticality::Critical | Criticality::High))
    }
    /// Returns the id of the unit that it belongs to; nothing if all share it.
    fn unit(&self) -> Option<&str> {
        self.common().unit.map(Ref::as_str)
    }
    /// Returns the table as JSON, with the keys of the format and without what is absent.
    fn json(&self) -> Value;

    /// Returns its address, such as `tool.hubspot`.
    fn address(&self) -> Address {
        Address::of(self.kind().name(), self.id().as_str())
    }
    /// Returns the pointer of its table in its file, such as `/tool/hubspot`.
    fn pointer(&self) -> String {
        ["/", self.kind().name(), "/", self.id().as_str()].concat()
    }
}

impl<T: Body> AnyEntity for Entity<T> {
    fn kind(&self) -> Kind {
        T::KIND
    }
    fn id(&self) -> &Id {
        &self.id
    }
    fn file(&self) -> FileId {
        self.file
    }
    fn common(&self) -> Common<'_> {
        self.body.common()
    }
    fn owner(&self) -> Option<&Owner> {
        self.body.owner()
    }
    fn backup(&self) -> Option<&Owner> {
        self.body.backup()
    }
    fn is_live(&self) -> bool {
        self.body.is_live()
    }
    fn is_working(&self) -> bool {
        self.body.is_working()
    }
    fn criticality(&self) -> Option<Criticality> {
        self.body.criticality()
    }
    fn json(&self) -> Value {
        json(&self.body)
    }
}

/// Returns a table as JSON without what is absent. A list that somebody wrote as empty says so and stays.
pub fn json(table: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(table).unwrap_or_default();
    prune(&mut value);
    value
}

/// Removes what is absent. Values nest no deeper than the types of the model.
fn prune(value: &mut Value) {
    match value {
        Value::Object(table) => {
            table.values_mut().for_each(prune);
            table.retain(|_, value| !is_absent(value));
        }
        Value::Array(list) => list.iter_mut().for_each(prune),
        _ => {}
    }
}

/// Whether a value says nothing.
fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(table) => table.is_empty(),
        _ => false,
    }
}
