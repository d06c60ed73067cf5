//! Which rules run and at which level, as far as whoever runs the check says it: stronger than anything in the stack.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Family, Rule},
    load::nearest,
    model::RuleLevel,
    rules,
};

/// A rule, or every rule of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    Rule(&'static Rule),
    Family(Family),
}

/// Which rules run, and the levels that are set for this run.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    selected: Vec<Pick>,
    ignored: Vec<Pick>,
    levels: BTreeMap<&'static str, RuleLevel>,
}

/// A choice that cannot be made, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unselectable(String);

impl Selection {
    /// Reads rules and families to run, those to leave out, and levels as `RULE=LEVEL`; of several for a rule the last counts.
    ///
    /// # Errors
    /// If there is no such rule, family or level, a family has no rules, or a rule of the family validity is to be left out or
    /// lowered.
    pub fn parse(selected: &[String], ignored: &[String], levels: &[String]) -> Result<Self, Unselectable> {
        let selected = selected.iter().map(|name| pick(name)).collect::<Result<_, _>>()?;
        let ignored = ignored.iter().map(|name| pick(name).and_then(adjustable)).collect::<Result<_, _>>()?;
        let levels = levels.iter().map(|text| level(text)).collect::<Result<_, _>>()?;
        Ok(Self { selected, ignored, levels })
    }

    /// Whether a rule is among those that run. The name of a rule says more than that of its family.
    pub fn wants(&self, rule: &Rule) -> bool {
        let of = |list: &[Pick], is_name: bool| {
            list.iter().any(|pick| match pick {
                Pick::Rule(named) => is_name && **named == *rule,
                Pick::Family(family) => !is_name && *family == rule.family,
            })
        };
        if of(&self.ignored, true) || of(&self.selected, true) {
            return !of(&self.ignored, true);
        }
        !of(&self.ignored, false) && (self.selected.is_empty() || of(&self.selected, false))
    }

    /// Returns the level that is set for a rule in this run.
    pub fn level(&self, rule: &Rule) -> Option<RuleLevel> {
        self.levels.get(rule.name).copied()
    }

    /// Iterates over the rules that were selected by name.
    pub fn named(&self) -> impl Iterator<Item = &'static Rule> {
        self.selected.iter().filter_map(|pick| match pick {
            Pick::Rule(rule) => Some(*rule),
            Pick::Family(_) => None,
        })
    }

    /// Whether anything is selected, left out or set at all.
    pub fn is_empty(&self) -> bool {
        self.selected.is_empty() && self.ignored.is_empty() && self.levels.is_empty()
    }
}

fn pick(name: &str) -> Result<Pick, Unselectable> {
    let name = name.trim();
    let has_rules = |family: &Family| rules::all().iter().any(|rule| rule.family == *family);
    let family = Family::ALL.into_iter().find(|family| family.word() == name);
    if family.is_some_and(|family| !has_rules(&family)) {
        // A run that selects nothing would be fine whatever the stack says.
        return Err(Unselectable(format!("the family `{name}` has no rules yet; `linchpin rules` lists those that have")));
    }
    rules::find(name).map(Pick::Rule).or(family.map(Pick::Family)).ok_or_else(|| {
        let families = Family::ALL.into_iter().filter(has_rules).map(Family::word);
        let near = nearest(name, rules::all().iter().map(|rule| rule.name).chain(families));
        let help = near.map_or_else(|| "`linchpin rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        Unselectable(format!("no rule or family `{name}`; {help}"))
    })
}

fn adjustable(pick: Pick) -> Result<Pick, Unselectable> {
    let name = match pick {
        Pick::Rule(rule) if !rule.is_adjustable() => rule.name,
        Pick::Family(family @ Family::Validity) => family.word(),
        _ => return Ok(pick),
    };
    Err(Unselectable(format!("`{name}` cannot be left out: {UNJUDGED}")))
}

/// Why validity is always an error.
const UNJUDGED: &str = "a stack with mistakes in its files cannot be judged, so they are always reported as errors";

fn level(text: &str) -> Result<(&'static str, RuleLevel), Unselectable> {
    let Some((name, word)) = text.split_once('=') else {
        return Err(Unselectable(format!("`{text}` sets no level: write `RULE=LEVEL`, such as `no-backup=error`")));
    };
    let (name, word) = (name.trim(), word.trim());
    let Some(rule) = rules::find(name) else {
        let help = match nearest(name, rules::RULES.iter().map(|rule| rule.name)) {
            _ if Family::ALL.iter().any(|family| family.word() == name) => "levels are set rule by rule".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "`linchpin rules` lists them".to_owned(),
        };
        return Err(Unselectable(format!("no rule `{name}`; {help}")));
    };
    if !rule.is_adjustable() {
        return Err(Unselectable(format!("`{name}` has no level to set: {UNJUDGED}")));
    }
    let Some(level) = RuleLevel::ALL.iter().find(|level| level.word() == word) else {
        let words: Vec<String> = RuleLevel::ALL.iter().map(|level| format!("`{}`", level.word())).collect();
        return Err(Unselectable(format!("no level `{word}` for `{name}`; levels are {}", words.join(", "))));
    };
    Ok((rule.name, *level))
}

#[cfg(test)]
mod tests {
    use super::{Family, Selection};
    use crate::{model::RuleLevel, rules};

    fn parsed(selected: &[&str], ignored: &[&str], levels: &[&str]) -> Result<Selection, String> {
        let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Selection::parse(&owned(selected), &owned(ignored), &owned(levels)).map_err(|error| error.to_string())
    }

    /// Whether `no-owner`, another rule of its family, and a rule of another are wanted.
    fn wanted(selected: &[&str], ignored: &[&str]) -> [bool; 3] {
        let selection = parsed(selected, ignored, &[]).unwrap();
        ["no-owner", "no-backup", "orphaned-tool"].map(|name| selection.wants(rules::find(name).unwrap()))
    }

    #[test]
    fn the_name_of_a_rule_says_more_than_that_of_its_family() {
        assert_eq!(wanted(&[], &[]), [true, true, true]);
        assert_eq!(wanted(&["no-owner"], &[]), [true, false, false]);
        assert_eq!(wanted(&["ownership"], &[]), [true, true, false]);
        assert_eq!(wanted(&["ownership"], &["no-owner"]), [false, true, false]);
        assert_eq!(wanted(&["no-owner"], &["ownership"]), [true, false, false]);
        assert_eq!(wanted(&["no-owner"], &["no-owner"]), [false, false, false]);
        assert_eq!(wanted(&[], &["ownership"]), [false, false, true]);
        assert_eq!(wanted(&["ownership"], &["ownership"]), [false, false, false]);
        assert_eq!(wanted(&["validity"], &[]), [false, false, false]);
    }

    #[test]
    fn a_family_is_selected_or_left_out_if_it_has_rules() {
        for family in Family::ALL {
            let has_rules = rules::all().iter().any(|rule| rule.family == family);
            assert_eq!(parsed(&[family.word()], &[], &[]).is_ok(), has_rules, "{}", family.word());
            assert_eq!(parsed(&[], &[family.word()], &[]).is_ok(), has_rules && family != Family::Validity, "{}", family.word());
        }
    }

    #[test]
    fn of_several_levels_for_a_rule_the_last_counts() {
        let selection = parsed(&[], &[], &["no-owner=off", "no-owner=info"]).unwrap();
        assert_eq!(selection.level(rules::find("no-owner").unwrap()), Some(RuleLevel::Info));
        assert_eq!(selection.level(rules::find("no-backup").unwrap()), None);
    }

    #[test]
    fn what_is_not_known_is_compared_with_what_is() {
        let said = |selected: &[&str], ignored: &[&str], levels: &[&str]| parsed(selected, ignored, levels).unwrap_err();
        assert_eq!(said(&["no-onwer"], &[], &[]), "no rule or family `no-onwer`; did you mean `no-owner`?");
        assert_eq!(said(&[], &["ownershp"], &[]), "no rule or family `ownershp`; did you mean `ownership`?");
        assert_eq!(said(&[""], &[], &[]), "no rule or family ``; `linchpin rules` lists them");
        assert_eq!(said(&[], &[], &["no-owner"]), "`no-owner` sets no level: write `RULE=LEVEL`, such as `no-backup=error`");
        assert_eq!(said(&[], &[], &["ownership=off"]), "no rule `ownership`; levels are set rule by rule");
        assert_eq!(said(&[], &[], &["no-owner=fatal"]), "no level `fatal` for `no-owner`; levels are `error`, `warning`, `info`, `off`");
        assert!(said(&[], &["validity"], &[]).starts_with("`validity` cannot be left out: "));
        assert!(said(&[], &["invalid-toml"], &[]).starts_with("`invalid-toml` cannot be left out: "));
        assert!(said(&[], &[], &["invalid-toml=warning"]).starts_with("`invalid-toml` has no level to set: "));
    }
}
