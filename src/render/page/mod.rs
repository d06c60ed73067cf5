//! What the templates see: one serializable type per page and one shared vocabulary of values.
//!
//! A page is a [`Shell`] (its place in the site) beside its own data, under the names `shell` and
//! `page`; the [`Site`] is global. Everything shown in a cell, a fact or a sentence is a [`Value`],
//! drawn by one component, so a new kind of value is one variant here and one branch there.

mod block;
mod cell;
mod figure;
mod finding;
mod link;
mod pages;
mod shell;
mod table;
mod value;

pub use block::{Backlinks, Block, Empty, Evidence, Fact, Layer, LayerItem, Question, Section};
pub use cell::{Cell, Join};
pub use figure::{Diagram, Figure, Filter, FilterOption, LegendItem, LegendMark, Scale, Width};
pub use finding::{Finding, FindingGroup, FindingTable};
pub use link::{Link, Place, Source};
pub use pages::{EntityPage, Family, FindingsPage, IndexPage, KindPage, MapPage, ProcessPage, ReportPage, RulePage, RulesPage, WhatIf};
pub use shell::{Crumb, NavGroup, NavItem, PageCss, Shell, Site};
pub use table::{Column, ColumnKind, Row, RowGroup, RowState, Table, TableStyle};
pub use value::{Answer, Level, Prose, Role, Tone, Value, finished, sentence};
