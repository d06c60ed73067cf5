//! Which findings are shown at length: of every rule the worst, up to a number.

use crate::diagnostic::{Diagnostic, Family, Rule};

/// How many findings of one rule are shown at length; the rest is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Of a rule that judges the stack.
    rule: usize,
    /// Of a rule on mistakes in the files, all of which have to be mended before anything else is judged.
    mistake: usize,
}

impl Default for Cap {
    fn default() -> Self {
        Self { rule: 10, mistake: 100 }
    }
}

impl Cap {
    /// Makes a cap that is the same for all rules; 0 is none.
    pub fn of(number: usize) -> Self {
        let number = if number == 0 { usize::MAX } else { number };
        Self { rule: number, mistake: number }
    }

    fn for_rule(self, rule: &Rule) -> usize {
        if rule.family == Family::Validity { self.mistake } else { self.rule }
    }

    /// Returns the findings to show, in their order, and for every rule that has more how many, the worst first.
    pub(super) fn choose(self, findings: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<(&'static Rule, usize)>) {
        let mut counts: Vec<(&'static Rule, usize)> = Vec::new();
        let mut shown = Vec::new();
        // The worst of a rule count first, so that no warning hides an error.
        for (place, finding) in super::worst_first(findings) {
            let at = counts.iter().position(|(rule, _)| *rule == finding.rule).unwrap_or(counts.len());
            if at == counts.len() {
                counts.push((finding.rule, 0));
            }
            let Some((rule, count)) = counts.get_mut(at) else { continue };
            *count += 1;
            if *count <= self.for_rule(rule) {
                shown.push((place, finding));
            }
        }
        shown.sort_by_key(|(place, _)| *place);
        let more = |(rule, count): (&'static Rule, usize)| count.checked_sub(self.for_rule(rule)).filter(|n| *n > 0).map(|n| (rule, n));
        (shown.into_iter().map(|(_, finding)| finding).collect(), counts.into_iter().filter_map(more).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Cap, Diagnostic};
    use crate::{
        diagnostic::Level,
        rules,
        source::{SourceFile, Sources, Span},
    };

    fn findings(levels: &[(&str, Level)]) -> Vec<Diagnostic> {
        let file = Sources::default().add(SourceFile::default());
        let finding =
            |(rule, level): &(&str, Level)| Diagnostic::new(rules::find(rule).unwrap(), "x", Span::new(file, 0..0), "m").level(*level);
        levels.iter().map(finding).collect()
    }

    #[test]
    fn a_rule_never_hides_its_own_errors_or_those_of_another() {
        let mut levels = vec![("no-backup", Level::Info); 30];
        levels.push(("no-backup", Level::Error));
        levels.push(("no-owner", Level::Error));
        let all = findings(&levels);
        let (shown, more) = Cap::default().choose(&all);
        assert_eq!(shown.len(), 11);
        assert_eq!(shown.iter().filter(|finding| finding.level == Level::Error).count(), 2);
        assert_eq!(more.iter().map(|(rule, more)| (rule.name, *more)).collect::<Vec<_>>(), [("no-backup", 21)]);
    }

    #[test]
    fn mistakes_have_a_cap_of_their_own_and_zero_is_none() {
        let all = findings(&[("missing-field", Level::Error); 120]);
        assert_eq!(Cap::default().choose(&all).0.len(), 100);
        assert_eq!(Cap::of(3).choose(&all).0.len(), 3);
        let (shown, more) = Cap::of(0).choose(&all);
        assert_eq!((shown.len(), more.len()), (120, 0));
    }
}
