//! What a stack is: one type per kind of entity, the values they are made of, and the whole.
//!
//! The types are the one source of the format. Their doc comments are its reference, their derived
//! schema is what the loader checks and editors complete with, and their serialization is what the
//! site and the exports show. A kind is declared by one line in `kinds!`.

mod about;
mod assign;
mod category;
mod company;
mod condition;
mod contract;
mod entity;
mod flow;
mod id;
mod integration;
mod lifecycle;
mod mention;
mod metric;
mod number;
mod object;
mod people;
mod region;
mod risk;
mod routing;
mod runbook;
mod settings;
mod shape;
mod stack;
mod tool;
mod value;
pub mod vocabulary;

pub(crate) use about::choices;

pub use self::{
    about::{About, Criticality, Link, MaybeName, Status, ToolStatus},
    assign::{Assign, HandOver, Nobody, OwnerOf, RoundRobin},
    category::{Area, Category},
    company::{Areas, Charter, Company, Privacy, Redaction, Site},
    condition::{Clause, Condition, Operators, Record, When, fold, fold_into},
    contract::{ChangeOfControl, Contract},
    entity::{AnyEntity, Body, Common, Entities, Entity, Located, json},
    flow::{Automation, Flow, Step},
    id::{
        Address, AddressPattern, AnyAddress, Capability, Credential, ID_PATTERN, Id, RESERVED_IDS, Ref, RefMap, StageAddress, Subject,
        SuppressibleRule, Target, slug,
    },
    integration::{Carried, CarriedObject, Direction, FieldMapping, FieldRule, Integration, Method, Schedule, Signal, Travel, Trigger},
    lifecycle::{Handoff, Lifecycle, Recycle, Stage},
    mention::Spot,
    metric::{Attribution, AttributionModel, Measure, Measurement, Metric, MetricKind, MetricTarget, Report, ReportAudience},
    number::{
        Bounds, Money, Number, OneOrMany, Quantity, Range, Scalar, Share, exact, percent, percents, points, thousands, time_in_words,
        trimmed,
    },
    object::{Field, FieldType, Fields, Object},
    people::{Employment, Function, NOTICE, Person, PersonStatus, Team, Unit},
    risk::{CriticalityWeight, HoursToPrepare, HoursToRebuild, Precaution, Risk, rebuild_factor},
    routing::{Criterion, OWN_COLUMNS, Routing, RoutingRule, RoutingTest, ScoreSignal, Scoring, ScoringTest, UNROUTED},
    runbook::{
        Audience, AudienceKind, Checklist, ChecklistKind, Convention, ConventionKind, Exercise, Routine, RoutineKind, Run, Runbook,
        RunbookKind,
    },
    settings::{Override, RuleLevel, Rules, Setting, Suppress},
    shape::{NumberStyle, Shape, ShapeField, TextStyle},
    stack::{Party, Stack},
    tool::{Access, Adoption, AutomationCount, Deletion, Environment, Indefinite, PersonalData, Retention, Tool, Transfer, VendorRole},
    value::{Colour, Currency, DATE_KEY, Date, Duration, Email, FilePath, Glob, HostPattern, Markdown, Name, NoDate, Slug, SourceUrl, Url},
};

/// A person or a team.
pub type Owner = Ref<(Person, Team)>;

/// One of the four layers in which the field sorts what it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Who runs it.
    People,
    /// How it runs.
    Process,
    /// What it runs on.
    Platform,
    /// How one knows that it runs.
    Proof,
}

impl Layer {
    /// All layers in their order.
    pub const ALL: [Self; 4] = [Self::People, Self::Process, Self::Platform, Self::Proof];

    /// Returns the name of the layer.
    pub fn label(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Process => "Process",
            Self::Platform => "Platform",
            Self::Proof => "Proof",
        }
    }
}

/// Implements what a kind says about itself, one arm per key that several kinds have.
macro_rules! body {
    (owner) => {
        fn owner(&self) -> Option<&Owner> {
            self.owner.as_ref()
        }
    };
    (backup) => {
        fn backup(&self) -> Option<&Owner> {
            self.backup.as_ref()
        }
    };
    (status) => {
        fn is_live(&self) -> bool {
            self.status.is_live()
        }
        fn is_working(&self) -> bool {
            self.status.is_working()
        }
    };
    (tool_status) => {
        fn is_live(&self) -> bool {
            self.status.is_live()
        }
        fn is_working(&self) -> bool {
            self.status.is_live()
        }
    };
    (medium) => {
        fn criticality(&self) -> Option<Criticality> {
            Some(self.criticality.unwrap_or(Criticality::Medium))
        }
    };
    (high) => {
        fn criticality(&self) -> Option<Criticality> {
            Some(self.criticality.unwrap_or(Criticality::High))
        }
    };
}

/// Declares the kinds: type, word in a header, field of [`Stack`] and folder of the site, layer, and shared keys.
macro_rules! kinds {
    ($($type:ident $name:literal $field:ident $folder:literal $layer:ident { $($key:ident)* })*) => {
        /// A kind of entity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the type of the same name")]
        pub enum Kind { $($type,)* }

        impl Kind {
            /// All kinds in the order of the navigation.
            pub const ALL: &'static [Self] = &[$(Self::$type,)*];

            /// Returns the word in a header.
            pub fn name(self) -> &'static str {
                match self { $(Self::$type => $name,)* }
            }

            /// Returns the folder of the site, which is the plural of the name.
            pub fn folder(self) -> &'static str {
                match self { $(Self::$type => $folder,)* }
            }

            /// Returns the layer that the kind belongs to.
            pub fn layer(self) -> Layer {
                match self { $(Self::$type => Layer::$layer,)* }
            }
        }

        $(
            impl Target for $type {
                const WORDS: &'static [&'static str] = &[$name];
            }
            impl Body for $type {
                const KIND: Kind = Kind::$type;
                fn common(&self) -> Common<'_> {
                    self.about.common()
                }
                $(body!($key);)*
            }
        )*

        stack::entities! { $($type $name $field,)* }
    };
}

kinds! {
    Unit "unit" units "units" People {}
    Person "person" people "people" People {}
    Team "team" teams "teams" People {}
    Lifecycle "lifecycle" lifecycles "lifecycles" Process { owner }
    Routing "routing" routings "routing" Process { owner backup status high }
    Scoring "scoring" scorings "scoring" Process { owner backup status high }
    Flow "flow" flows "flows" Process { owner backup status medium }
    Automation "automation" automations "automations" Process { owner backup status medium }
    Runbook "runbook" runbooks "runbooks" Process { owner }
    Routine "routine" routines "routines" Process { owner backup }
    Checklist "checklist" checklists "checklists" Process { owner }
    Convention "convention" conventions "conventions" Process { owner }
    Audience "audience" audiences "audiences" Process { owner }
    Tool "tool" tools "tools" Platform { owner backup tool_status medium }
    Integration "integration" integrations "integrations" Platform { owner backup status medium }
    Contract "contract" contracts "contracts" Platform { owner }
    Object "object" objects "objects" Platform { owner }
    Metric "metric" metrics "metrics" Proof { owner }
    Report "report" reports "reports" Proof { owner }
    Attribution "attribution" attributions "attribution" Proof { owner }
}

impl Kind {
    /// Returns the kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
