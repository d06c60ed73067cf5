//! What holds for each rule and where it comes from: the rule itself, `[rules]`, an `[[override]]`, or the command line.

use serde_json::Value;

use super::Request;
use crate::{
    diagnostic::Rule,
    model::{Located, OneOrMany, Override, Ref, RuleLevel, Setting, Stack},
    rules,
    source::{FileId, Sources, push_token},
};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The rule itself.
    Default,
    /// A place in the files: the path from the root with `/`, and the line.
    Place {
        /// The path.
        path: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// Whoever runs the check.
    CommandLine,
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// An option of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOption {
    /// Its name.
    pub name: String,
    /// Its value; none where only the rule's page knows the default.
    pub value: Sourced<Option<Value>>,
}

/// What holds for a part of the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The patterns of addresses that it is about.
    pub on: Vec<String>,
    /// The tags that it is about.
    pub tags: Vec<String>,
    /// Where the part is named.
    pub origin: Origin,
    /// The level, if it sets one that counts.
    pub level: Option<Sourced<RuleLevel>>,
    /// The options that it sets.
    pub options: Vec<SetOption>,
}

impl Part {
    /// Returns in words what it is about: `tool.trial-*, the tag trial`.
    pub fn scope(&self) -> String {
        let tags = self.tags.iter().map(|tag| format!("the tag {tag}"));
        self.on.iter().cloned().chain(tags).collect::<Vec<_>>().join(", ")
    }
}

/// What holds for a rule.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The rule.
    pub rule: &'static Rule,
    /// Whether it is selected in this run.
    pub is_selected: bool,
    /// Its level for the whole stack.
    pub level: Sourced<RuleLevel>,
    /// Its options for the whole stack, sorted.
    pub options: Vec<SetOption>,
    /// What holds for parts of the stack instead; of several that speak of one subject the last counts.
    pub parts: Vec<Part>,
}

/// Says what holds for every rule, those of the family validity first.
pub fn resolve(stack: &Stack, sources: &Sources, request: &Request) -> Vec<Resolved> {
    rules::all().into_iter().map(|rule| of(rule, stack, sources, request)).collect()
}

fn of(rule: &'static Rule, stack: &Stack, sources: &Sources, request: &Request) -> Resolved {
    let asked = request.selection.level(rule).map(|value| Sourced { value, origin: Origin::CommandLine });
    let general = stack.rules.as_ref().and_then(|rules| Some((rules, rules.0.get(rule.name)?)));
    let general = general.map(|(rules, setting)| Said { rule, setting, file: rules.file, pointer: rules.pointer.clone(), sources });
    let own = Sourced { value: rule.level.into(), origin: Origin::Default };
    let set = general.as_ref().and_then(Said::level);
    let parts = stack.overrides.iter().filter_map(|body| part(rule, body, sources, asked.is_some()));
    let mut options = general.as_ref().map(Said::options).unwrap_or_default();
    options.extend(
        option_names(rule)
            .into_iter()
            .filter(|name| !options.iter().any(|set| set.name == *name))
            .map(|name| {
                let value = Sourced { value: default_of(rule, &name), origin: Origin::Default };
                SetOption { name, value }
            })
            .collect::<Vec<_>>(),
    );
    options.sort_by(|a, b| a.name.cmp(&b.name));
    Resolved {
        rule,
        is_selected: !rule.is_adjustable() || request.selection.wants(rule),
        parts: parts.collect(),
        level: asked.or(set).unwrap_or(own),
        options,
    }
}

fn part(rule: &'static Rule, body: &Located<Override>, sources: &Sources, is_asked: bool) -> Option<Part> {
    let setting = body.rules.0.get(rule.name)?;
    let said = Said { rule, setting, file: body.file, pointer: format!("{}/rules", body.pointer), sources };
    let part = Part {
        on: body.on.iter().flat_map(OneOrMany::as_slice).map(Ref::to_string).collect(),
        tags: body.tags.clone(),
        origin: place(sources, body.file, &body.pointer),
        level: said.level().filter(|_| !is_asked),
        options: said.options(),
    };
    (part.level.is_some() || !part.options.is_empty()).then_some(part)
}

/// What one table says of a rule, and where.
struct Said<'a> {
    rule: &'static Rule,
    setting: &'a Setting,
    file: FileId,
    pointer: String,
    sources: &'a Sources,
}

impl Said<'_> {
    fn origin(&self, key: Option<&str>) -> Origin {
        let mut pointer = self.pointer.clone();
        for token in std::iter::once(self.rule.name).chain(key) {
            push_token(&mut pointer, token);
        }
        place(self.sources, self.file, &pointer)
    }

    fn level(&self) -> Option<Sourced<RuleLevel>> {
        let key = matches!(self.setting, Setting::Table(_)).then_some("level");
        Some(Sourced { value: self.setting.level()?, origin: self.origin(key) })
    }

    fn options(&self) -> Vec<SetOption> {
        let Setting::Table(table) = self.setting else { return Vec::new() };
        let options = table.iter().filter(|(name, _)| *name != "level");
        let option = |(name, value): (&String, &Value)| SetOption {
            name: name.clone(),
            value: Sourced { value: Some(value.clone()), origin: self.origin(Some(name)) },
        };
        options.map(option).collect()
    }
}

/// The line on which a key stands.
fn place(sources: &Sources, file: FileId, pointer: &str) -> Origin {
    let span = sources.key_span(file, pointer);
    let file = sources.file(span.file);
    Origin::Place { path: file.path().to_owned(), line: file.position(span.start).line }
}

/// The names of a rule's options.
fn option_names(rule: &Rule) -> Vec<String> {
    let mut generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let schema = rule.options.map(|options| options(&mut generator).to_value()).unwrap_or_default();
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// The default of an option, as the rule's page states it: `name`: what it is. Default: `value`.
fn default_of(rule: &Rule, name: &str) -> Option<Value> {
    let text = rule.section("Options")?.split_once(&format!("`{name}`"))?.1;
    let (before, after) = text.split_once("Default: `")?;
    let names = option_names(rule);
    let is_of_another = names.iter().any(|other| other != name && before.contains(&format!("`{other}`")));
    let written = after.split_once('`').filter(|_| !is_of_another)?.0;
    let table: toml::Table = format!("value = {written}").parse().ok()?;
    serde_json::to_value(table.get("value")?).ok()
}

#[cfg(test)]
mod tests {
    use super::{default_of, option_names};
    use crate::rules;

    #[test]
    fn the_default_of_an_option_is_read_off_the_page_of_its_rule() {
        let rule = rules::find("stale-runbook").unwrap();
        assert_eq!(option_names(rule), ["max-age"]);
        assert_eq!(default_of(rule, "max-age"), Some("365d".into()));
        assert_eq!(default_of(rule, "other"), None);
    }
}
