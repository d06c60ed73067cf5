//! What `[rules]` and `[[override]]` say of a rule: its level and its options, for a subject.
//!
//! Of several that speak of one subject the last override wins, key by key; `[rules]` comes before all of them.

use globset::{Glob, GlobMatcher};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    diagnostic::{Level, Rule},
    model::{Address, Located, OneOrMany, Override, RuleLevel, Rules, Setting, Stack},
};

/// An `[[override]]`, ready to match.
struct Scope<'a> {
    patterns: Vec<GlobMatcher>,
    body: &'a Located<Override>,
}

/// What a stack sets for its rules.
pub struct Settings<'a> {
    stack: &'a Stack,
    general: Option<&'a Rules>,
    scopes: Vec<Scope<'a>>,
}

impl<'a> Settings<'a> {
    /// Reads the settings of a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let patterns = |body: &Override| body.on.iter().flat_map(OneOrMany::as_slice).filter_map(|on| pattern_of(on.as_str())).collect();
        let scope = |body: &'a Located<Override>| Scope { patterns: patterns(&body.body), body };
        Self { stack, general: stack.rules.as_ref().map(|rules| &rules.body), scopes: stack.overrides.iter().map(scope).collect() }
    }

    /// Returns the settings of a stack that sets nothing.
    pub fn defaults(stack: &'a Stack) -> Self {
        Self { stack, general: None, scopes: Vec::new() }
    }

    /// Returns the level that `[rules]` sets for the whole stack, or the rule's own.
    pub fn general(&self, rule: &Rule) -> RuleLevel {
        let set = self.general.and_then(|rules| rules.0.get(rule.name)?.level());
        set.unwrap_or_else(|| rule.level.into())
    }

    /// Whether a rule can report anything at all.
    pub fn can_report(&self, rule: &Rule) -> bool {
        let somewhere = self.scopes.iter().filter_map(|scope| scope.body.rules.0.get(rule.name)?.level());
        somewhere.chain([self.general(rule)]).any(|level| level != RuleLevel::Off)
    }

    /// Returns the level that is set for a rule's findings on a subject; nothing where nobody sets one.
    pub fn level(&self, rule: &Rule, subject: &str) -> Option<RuleLevel> {
        self.on(rule, subject).filter_map(Setting::level).last()
    }

    /// Returns the options of a rule on a subject; what nobody sets has its default.
    pub fn options<O: DeserializeOwned + Default>(&self, rule: &Rule, subject: &str) -> O {
        let mut options = Map::new();
        for setting in self.on(rule, subject) {
            if let Setting::Table(table) = setting {
                options.extend(table.iter().filter(|(key, _)| *key != "level").map(|(key, value)| (key.clone(), value.clone())));
            }
        }
        // The schema has accepted them already.
        O::deserialize(Value::Object(options)).unwrap_or_default()
    }

    /// Iterates over what is said of a rule on a subject, the weakest first.
    fn on(&self, rule: &Rule, subject: &str) -> impl Iterator<Item = &'a Setting> {
        let general = self.general.and_then(|rules| rules.0.get(rule.name));
        let special = self.scopes.iter().filter_map(move |scope| {
            let setting = scope.body.rules.0.get(rule.name)?;
            self.applies(scope, subject).then_some(setting)
        });
        general.into_iter().chain(special)
    }

    fn applies(&self, scope: &Scope<'_>, subject: &str) -> bool {
        let is_tagged = || {
            let entity = self.stack.at(&Address::new(subject));
            entity.is_some_and(|entity| entity.common().tags.iter().any(|tag| scope.body.tags.contains(tag)))
        };
        scope.patterns.iter().any(|pattern| pattern.is_match(subject)) || !scope.body.tags.is_empty() && is_tagged()
    }
}

/// A pattern of addresses also matches the parts of what it names. Only `*` stands for anything.
fn pattern_of(pattern: &str) -> Option<GlobMatcher> {
    let pattern = pattern.split('*').map(globset::escape).collect::<Vec<_>>().join("*");
    Glob::new(&format!("{{{pattern},{pattern}.*}}")).ok().map(|glob| glob.compile_matcher())
}

impl From<Level> for RuleLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Info => Self::Info,
        }
    }
}

impl RuleLevel {
    /// Returns the level of a finding; nothing where the rule does not run.
    pub fn reported(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Off => None,
        }
    }
}
