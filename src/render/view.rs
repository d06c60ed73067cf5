//! What all pages are made from: the stack, its map, its findings, and how things are linked.

use std::{collections::BTreeMap, sync::OnceLock};

use serde_json::Value as Json;

use super::{
    Error,
    disclosed::Disclosed,
    history::Told,
    page::{Level as Mark, Link, Source, Value},
    ties::Ties,
};
use crate::{
    Project,
    analysis::Analysis,
    diagnostic::{Diagnostic, Level, Rule},
    graph::Graph,
    model::{Address, AnyEntity, Area, Date, Kind, Owner, Stack},
    review::Review,
    source::{FileId, Span},
};

pub(super) use crate::text::sentence::capital;

/// What all pages are made from.
pub(super) struct View<'a> {
    pub(super) project: &'a Project,
    pub(super) stack: &'a Stack,
    pub(super) graph: &'a Graph<'a>,
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) ties: Ties<'a>,
    pub(super) disclosed: Disclosed,
    /// The questions of a review, answered.
    pub(super) review: Review,
    /// Who edited what, in a site that is built with it.
    pub(super) history: Option<Told<'a>>,
    /// The areas that have a page of their own, once somebody has asked: see [`super::area::all`].
    pub(super) areas: OnceLock<Vec<Area>>,
    /// Findings by the address of each entity that they concern.
    findings: BTreeMap<String, Vec<&'a Diagnostic>>,
    /// Findings by the name of their rule.
    by_rule: BTreeMap<&'static str, Vec<&'a Diagnostic>>,
}

impl<'a> View<'a> {
    /// Makes the view of a project; the analysis is that of its stack as far as it may be shown, the review that of all of it.
    pub(super) fn new(project: &'a Project, analysis: &'a Analysis<'a>, review: Review) -> Result<Self, Error> {
        let Analysis { stack, graph, .. } = *analysis;
        let mut findings: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
        let mut by_rule: BTreeMap<&'static str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in &project.report.findings {
            by_rule.entry(finding.rule.name).or_default().push(finding);
            let related = finding.related.iter().filter_map(|related| related.address.as_deref());
            let mut concerned: Vec<String> = related.chain([finding.subject.as_str()]).map(entity_of).collect();
            concerned.sort();
            concerned.dedup();
            for address in concerned {
                findings.entry(address).or_default().push(finding);
            }
        }
        let disclosed = Disclosed::new(stack)?;
        Ok(Self {
            review,
            project,
            stack,
            ties: Ties::new(stack, graph),
            graph,
            analysis,
            disclosed,
            history: None,
            areas: OnceLock::new(),
            findings,
            by_rule,
        })
    }

    /// Whether nothing of the stack is withheld.
    pub(super) fn shows_everything(&self) -> bool {
        std::ptr::eq(self.stack, &raw const self.project.stack)
    }

    /// Returns the findings that concern an entity.
    pub(super) fn findings_of(&self, address: &Address) -> &[&'a Diagnostic] {
        self.findings.get(&entity_of(address.as_str())).map_or(&[], Vec::as_slice)
    }

    /// Returns the findings of a rule.
    pub(super) fn findings_by(&self, rule: &Rule) -> &[&'a Diagnostic] {
        self.by_rule.get(rule.name).map_or(&[], Vec::as_slice)
    }

    /// Returns the table of an entity as far as it may be shown.
    pub(super) fn table(&self, entity: &dyn AnyEntity) -> Json {
        self.disclosed.table(entity)
    }

    /// Returns a link to an entity.
    pub(super) fn link(&self, entity: &dyn AnyEntity) -> Link {
        Link::site(self.stack.name(entity), url(entity.kind(), entity.id().as_str()))
    }

    /// Returns a link to the entity of a kind and id, or its id where the stack does not declare it, such as a built-in object.
    pub(super) fn link_id(&self, kind: Kind, id: &str) -> Value {
        self.stack.get(kind, id).map_or_else(|| Value::text(id), |entity| self.link(entity).into())
    }

    /// Returns a link to what an address names: an entity, a part of one, or a table that exists once.
    pub(super) fn link_address(&self, text: &str) -> Value {
        let address = Address::new(text);
        let Some(entity) = self.stack.at(&address) else {
            return match text {
                "charter" => Link::site("Charter", "charter.html").into(),
                "stack" => Link::site(self.stack.company.name.to_string(), "index.html").into(),
                _ => Value::text(text),
            };
        };
        let mut link = self.link(entity);
        let whole = entity.address();
        if let Some(part) = text.strip_prefix(&format!("{whole}.")) {
            let (word, id) = part.split_once('.').unwrap_or((part, ""));
            link.text = format!("{}: {}", link.text, self.part_name(entity, word, id));
            link.href = format!("{}#{}", link.href, anchor(word, id));
        }
        link.into()
    }

    /// Returns a link to an owner, or the gap.
    pub(super) fn owner(&self, owner: Option<&Owner>, key: &str) -> Value {
        let Some(owner) = owner else { return Value::gap(format!("{key} = \"…\"")) };
        match self.stack.party(owner) {
            Some(party) => self.link_address(party.address().as_str()),
            None => Value::text(owner.as_str()),
        }
    }

    /// Returns where a span stands.
    pub(super) fn source(&self, span: Span, own: Option<FileId>) -> Source {
        let file = self.project.sources.file(span.file);
        let line = file.position(span.start).line;
        let source = self.source_at(file.path(), line);
        if own == Some(span.file) { Source { short: format!(":{line}"), ..source } } else { source }
    }

    /// Returns a line of a file.
    pub(super) fn source_at(&self, path: &str, line: usize) -> Source {
        let text = format!("{path}:{line}");
        // The address of a file that is shown under another name would tell the name.
        let template = self.stack.company.source_url.as_ref().filter(|_| !self.project.sources.is_moved(path));
        let template = template.map(crate::model::SourceUrl::as_str);
        let href = template.map(|template| template.replace("{path}", &encoded(path)).replace("{line}", &line.to_string()));
        Source { short: text.clone(), text, href }
    }

    /// Returns where the value at a pointer of an entity's table stands.
    pub(super) fn source_of(&self, entity: &dyn AnyEntity, key: Option<&str>) -> Source {
        let pointer = key.map_or_else(|| entity.pointer(), |key| format!("{}/{key}", entity.pointer()));
        let span = match key {
            Some(_) => self.project.sources.key_span(entity.file(), &pointer),
            None => self.project.sources.span(entity.file(), &pointer),
        };
        self.source(span, Some(entity.file()))
    }

    /// Returns the line of a key of `[stack]`, such as `risk/hourly-rate`.
    pub(super) fn source_of_company(&self, key: &str) -> Source {
        self.source(self.project.sources.key_span(self.stack.company.file, &format!("/stack/{key}")), None)
    }
}

/// Names one after the other, the first few of them: `a, b and 3 more`.
pub(super) fn link_list(names: Vec<Value>, most: usize) -> Vec<Value> {
    let more = names.len().saturating_sub(most);
    let mut out = Vec::new();
    for name in names.into_iter().take(most) {
        out.extend((!out.is_empty()).then(|| Value::text(", ")));
        out.push(name);
    }
    out.extend((more > 0).then(|| Value::text(format!(" and {more} more"))));
    out
}

/// The address of the entity that an address, or the address of a part, belongs to.
fn entity_of(address: &str) -> String {
    address.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

/// The page of an entity, counted from the root.
pub(super) fn url(kind: Kind, id: &str) -> String {
    format!("{}/{id}.html", kind.folder())
}

/// Where the table of a kind is.
pub(super) fn index_url(kind: Kind) -> String {
    format!("{}/index.html", kind.folder())
}

/// The id on an entity's page of a part of it. Ids of the format are safe in HTML; slugs may hold letters of any script.
pub(super) fn anchor(word: &str, id: &str) -> String {
    format!("{word}-{id}")
}

/// A link to a part of an entity in words of its own.
pub(super) fn link_part(entity: &dyn AnyEntity, word: &str, id: &str, words: String) -> Link {
    Link::site(words, format!("{}#{}", url(entity.kind(), entity.id().as_str()), anchor(word, id)))
}

/// Percent-encodes a path for use in an address, keeping its slashes.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => out.extend(format!("%{byte:02X}").chars()),
        }
    }
    out
}

/// A day as people read it in a table, and as machines do.
pub(super) fn date(date: Date) -> Value {
    Value::Date { text: date.in_words(), iso: date.to_string() }
}

/// The same where there is little room.
pub(super) fn date_in_short(date: Date) -> Value {
    Value::Date { text: date.in_short(), iso: date.to_string() }
}

/// The mark of a level.
pub(super) fn mark(level: Level) -> Mark {
    match level {
        Level::Error => Mark::Error,
        Level::Warning => Mark::Warning,
        Level::Info => Mark::Info,
    }
}

/// A count with its noun: `1 tool`, `3 tools`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A key of the format in words: `system-of-record-for` becomes `System of record for`.
pub(super) fn label(key: &str) -> String {
    let words = match key {
        "sso" => "Single sign-on",
        "mfa" => "Second factor",
        "dpa" => "Agreement on data processing",
        "url" => "Address",
        "via" => "Through",
        "runs-as" => "Runs as",
        "renamed-from" => "Known before as",
        "sla" => "First touch",
        "within" => "Handed over",
        "partial" => "Leaves some to others",
        other => return capital(&other.replace('-', " ")),
    };
    words.to_owned()
}

/// A kind in words, in the plural: `Tools`.
pub(super) fn plural(kind: Kind) -> String {
    match kind {
        Kind::Routing => "Routing".to_owned(),
        Kind::Scoring => "Scoring".to_owned(),
        Kind::Attribution => "Attribution".to_owned(),
        kind => capital(kind.folder()),
    }
}

/// A number of entities of a kind in words: `1 tool`, `3 routings`.
pub(super) fn counted_kind(count: usize, kind: Kind) -> String {
    let many = match kind {
        Kind::Routing | Kind::Scoring | Kind::Attribution => format!("{}s", kind.name()),
        kind => kind.folder().to_owned(),
    };
    counted(count, kind.name(), &many)
}

/// A kind in words.
pub(super) fn singular(kind: Kind) -> String {
    capital(kind.name())
}
