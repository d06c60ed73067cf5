//! The whole: every entity of every kind, and the tables that exist once.

use std::borrow::Cow;

use super::{
    Address, AnyEntity, Charter, Company, Date, Entity, Fields, Kind, Located, Override, Owner, Person, Privacy, Ref, Rules, Site,
    Suppress, Team,
};

/// Who owns something: a person or a team.
#[derive(Debug, Clone, Copy)]
pub enum Party<'a> {
    /// A person.
    Person(&'a Entity<Person>),
    /// A team.
    Team(&'a Entity<Team>),
}

impl<'a> Party<'a> {
    /// Returns the name people use.
    pub fn name(self) -> &'a str {
        match self {
            Self::Person(person) => person.body.about.name.as_str(),
            Self::Team(team) => team.body.about.name.as_str(),
        }
    }

    /// Returns the address.
    pub fn address(self) -> Address {
        match self {
            Self::Person(person) => person.address(),
            Self::Team(team) => team.address(),
        }
    }
}

/// Declares [`Stack`] and the file schema from the list of kinds.
macro_rules! entities {
    ($($type:ident $name:literal $field:ident,)*) => {
        /// A company's stack as its files describe it.
        #[derive(Debug, Clone, Default)]
        pub struct StackEntities {
            $(
                #[doc = concat!("Every `[", $name, ".ID]`.")]
                pub $field: $crate::model::Entities<$type>,
            )*
        }

        impl StackEntities {
            /// Returns the entity of this kind and id.
            pub fn get(&self, kind: Kind, id: &str) -> Option<&dyn AnyEntity> {
                match kind { $(Kind::$type => self.$field.get(id).map(|entity| entity as &dyn AnyEntity),)* }
            }

            /// Iterates over the entities of a kind, sorted by id.
            pub fn of(&self, kind: Kind) -> Box<dyn Iterator<Item = &dyn AnyEntity> + '_> {
                match kind { $(Kind::$type => Box::new(self.$field.values().map(|entity| entity as &dyn AnyEntity)),)* }
            }

            /// Returns how many entities of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$type => self.$field.len(),)* }
            }

            /// Adds the entity that a table of the loader's instance describes.
            ///
            /// # Errors
            /// If the table is not what the type expects, which the schema rules out.
            pub fn insert<'de, D: serde::Deserializer<'de>>(
                &mut self,
                kind: Kind,
                id: &str,
                file: crate::source::FileId,
                table: D,
            ) -> Result<(), D::Error> {
                match kind { $(Kind::$type => {
                    let body: $type = serde::Deserialize::deserialize(table)?;
                    let id = Id::new(id);
                    self.$field.insert(id.clone(), Entity { id, file, body });
                })* }
                Ok(())
            }

            /// Adds the entities of another stack that this one has none of the same kind and id for.
            pub fn merge(&mut self, other: Self) {
                $(for (id, entity) in other.$field {
                    self.$field.entry(id).or_insert(entity);
                })*
            }
        }

        /// The tables that one file of a stack may hold.
        #[derive(Debug, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, title = "A file of a linchpin stack")]
        #[expect(dead_code, reason = "only its schema is used; entities are deserialized one by one")]
        struct File {
            stack: Option<Company>,
            site: Option<Site>,
            rules: Option<Rules>,
            charter: Option<Charter>,
            privacy: Option<Privacy>,
            #[schemars(rename = "override")]
            overrides: Option<Vec<Override>>,
            suppress: Option<Vec<Suppress>>,
            $(#[schemars(rename = $name)] $field: Option<std::collections::BTreeMap<Id, $type>>,)*
        }

        /// Derives the JSON Schema of a file of a stack, draft-07, with the custom keywords of the loader.
        pub fn schema() -> schemars::Schema {
            schemars::generate::SchemaSettings::draft07().into_generator().into_root_schema_for::<File>()
        }
    };
}
pub(super) use entities;

/// A company's stack as its files describe it.
#[derive(Debug, Clone)]
pub struct Stack {
    /// `[stack]`.
    pub company: Located<Company>,
    /// `[site]`.
    pub site: Option<Located<Site>>,
    /// `[rules]`.
    pub rules: Option<Located<Rules>>,
    /// `[charter]`.
    pub charter: Option<Located<Charter>>,
    /// `[privacy]`.
    pub privacy: Option<Located<Privacy>>,
    /// Every `[[override]]`, by file and position.
    pub overrides: Vec<Located<Override>>,
    /// Every `[[suppress]]`, by file and position.
    pub suppressions: Vec<Located<Suppress>>,
    /// Every entity.
    pub entities: super::StackEntities,
}

impl std::ops::Deref for Stack {
    type Target = super::StackEntities;
    fn deref(&self) -> &super::StackEntities {
        &self.entities
    }
}

impl Stack {
    /// Iterates over every entity, by kind and id.
    pub fn all(&self) -> impl Iterator<Item = &dyn AnyEntity> {
        Kind::ALL.iter().flat_map(|kind| self.of(*kind))
    }

    /// Returns the entity that an address names, or the one whose part it names.
    pub fn at(&self, address: &Address) -> Option<&dyn AnyEntity> {
        let (kind, id) = address.entity();
        self.get(Kind::from_name(kind)?, id?)
    }

    /// Whether any tool is in use: of a stack that has described none nobody can say what it lacks as a whole.
    pub fn has_live_tools(&self) -> bool {
        self.tools.values().any(AnyEntity::is_live)
    }

    /// Returns the person or team that a reference names.
    pub fn party(&self, owner: &Owner) -> Option<Party<'_>> {
        let person = self.people.get(owner.as_str()).map(Party::Person);
        person.or_else(|| self.teams.get(owner.as_str()).map(Party::Team))
    }

    /// Returns what an owner is called, or the id where the stack knows nobody of it.
    pub fn party_name(&self, owner: &Owner) -> String {
        match self.party(owner) {
            Some(Party::Person(person)) => person.about.name.to_string(),
            Some(Party::Team(team)) => team.about.name.to_string(),
            None => owner.to_string(),
        }
    }

    /// Iterates over the people of a team, its lead included, sorted by id.
    pub fn members<'a>(&'a self, team: &'a Entity<Team>) -> impl Iterator<Item = &'a Entity<Person>> {
        self.people.values().filter(move |person| {
            person.teams.iter().any(|of| of.as_str() == team.id.as_str())
                || team.lead.as_ref().is_some_and(|lead| lead.as_str() == person.id.as_str())
        })
    }

    /// Returns the name of an entity, derived from what it joins or covers where none is written.
    pub fn name<'a>(&'a self, entity: &'a dyn AnyEntity) -> Cow<'a, str> {
        if let Some(name) = entity.common().name {
            return name.into();
        }
        let tool = |id: &'a str| self.tools.get(id).map_or(id, |tool| tool.about.name.as_str());
        let id = entity.id().as_str();
        if let Some(integration) = self.integrations.get(id).filter(|_| entity.kind() == Kind::Integration) {
            let arrow = if integration.direction == super::Direction::TwoWay { "↔" } else { "→" };
            return format!("{} {arrow} {}", tool(integration.from.as_str()), tool(integration.to.as_str())).into();
        }
        let covered = self.contracts.get(id).map(|contract| contract.covered());
        covered
            .filter(|covered| !covered.is_empty())
            .map_or(id.into(), |covered| covered.iter().map(|of| tool(of)).collect::<Vec<_>>().join(", ").into())
    }

    /// Returns the name of what an address names, or the address where it names no entity.
    pub fn name_at(&self, address: &Address) -> String {
        self.at(address).map_or_else(|| address.to_string(), |entity| self.name(entity).into_owned())
    }

    /// Returns the fields that a routing or scoring reads: its own, or else those of its object.
    pub fn fields_of<'a>(&'a self, own: Option<&'a Fields>, object: Option<&Ref<super::Object>>) -> &'a Fields {
        static NONE: Fields = Fields::new();
        let of_object = || object.and_then(|object| self.objects.get(object.as_str())).map(|object| &object.body.fields);
        own.or_else(of_object).unwrap_or(&NONE)
    }

    /// Whether an owner, backup, admin or the like has left for good.
    pub fn is_gone(&self, person: &str, today: Date) -> bool {
        self.people.get(person).is_some_and(|person| person.is_gone(today))
    }
}

impl Entity<super::Contract> {
    /// Returns the ids of the tools that it pays for.
    pub fn covered(&self) -> Vec<&str> {
        match &self.body.covers {
            Some(tools) => tools.iter().map(Ref::as_str).collect(),
            None => vec![self.id.as_str()],
        }
    }
}
