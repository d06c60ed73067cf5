use super::{
    Context,
    wording::{self, rule_address},
};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{Address, AnyEntity, Condition, Entity, Routing, RoutingTest, Scoring, ScoringTest, UNROUTED, When, points as in_points, slug},
    routing::{Failed, Router, Scorer, Tried, Word, condition},
};

/// How many conditions that failed, or criteria that counted, are named.
const MOST: usize = 8;

declare_rule! {
    /// ## What it checks
    /// A test of a live routing whose record goes to another rule than the test expects, or a test of a live scoring
    /// whose record gets another number of points.
    ///
    /// ## Why it matters
    /// A test is what the team has agreed with sales. Either the agreement has changed and nobody wrote it down, or a
    /// change to the rules has moved records that it was not meant to move.
    ///
    /// ## Example
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [
    ///   { name = "Europe", when = { country = ["DE", "FR"] }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A lead from Poland", record = { country = "PL" }, expect = "Europe" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [
    ///   { name = "Europe", when = { country = ["DE", "FR", "PL"] }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A lead from Poland", record = { country = "PL" }, expect = "Europe" }]
    /// ```
    ///
    /// ## Limits
    /// A test ends at the routing that it belongs to: what another routing makes of a record that is handed over belongs
    /// into a test there.
    pub RULE = "failed-routing-test", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    for router in cx.analysis.engine().routers().filter(|router| router.routing.is_live()) {
        for (number, (test, first, passed)) in router.tests().enumerate() {
            if !passed {
                cx.report(misrouted(cx, router, number, test, first));
            }
        }
    }
    for scoring in cx.stack.scorings.values().filter(|scoring| scoring.is_live()) {
        let scorer = Scorer::new(cx.stack, scoring);
        for (number, (test, points)) in scorer.tests().enumerate() {
            if points != test.expect {
                cx.report(misjudged(cx, &scorer, number, test, points));
            }
        }
    }
}

fn misrouted(cx: &Context<'_>, router: &Router<'_>, number: usize, test: &RoutingTest, first: Option<usize>) -> Diagnostic {
    let routing = router.routing;
    let name = |rule: usize| router.rule(rule).map_or("", |rule| rule.name.as_str());
    let place = |rule: usize| cx.value(routing, &format!("rule/{rule}/name"));
    let took = first.map_or_else(|| "no rule takes the record".to_owned(), |first| format!("`{}` takes the record", name(first)));
    let message = format!("the test `{}` expects `{}`, and {took}", test.name, test.expect);
    let mut finding =
        Diagnostic::new(&RULE, address(routing, test.name.as_str()), cx.value(routing, &format!("test/{number}/expect")), message)
            .label(if test.expect == UNROUTED { "should stay without a rule" } else { "should take the record" })
            .help("correct the rules, or the `record` or `expect` of the test if that is what has changed");
    if let Some(first) = first {
        finding = finding.related(rule_address(routing, name(first)), Some(place(first)), "takes the record");
    }
    let expected = routing.rule.iter().position(|rule| rule.name.as_str() == test.expect);
    let Some(expected) = expected else { return finding };
    let tried = router.ask(expected, &router.form.values(&test.record));
    let Some(tried) = tried else { return finding };
    if tried.holds {
        return finding.related(rule_address(routing, &test.expect), Some(place(expected)), "would take it too, but comes later");
    }
    finding = finding.related(rule_address(routing, &test.expect), Some(place(expected)), "does not take it");
    reasons(router, test, &tried).into_iter().fold(finding, Diagnostic::note)
}

/// Why a rule does not take the record of a test: in each of its clauses what failed.
fn reasons(router: &Router<'_>, test: &RoutingTest, tried: &Tried) -> Vec<String> {
    let clauses = router.rule(tried.rule).and_then(|rule| rule.when.as_ref()).map(When::clauses).unwrap_or_default();
    let several = tried.clauses.len() > 1;
    let mut reasons = Vec::new();
    for (number, failed) in tried.clauses.iter().enumerate() {
        for Failed { field, .. } in failed {
            let Some((name, _)) = router.form.fields().get(*field) else { continue };
            let asked = clauses.get(number).and_then(|clause| clause.get(*name)).map(asked).unwrap_or_default();
            let has = test.record.get(*name).map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"));
            let which = if several { format!("in alternative {}, ", number + 1) } else { String::new() };
            reasons.push(format!("{which}`{}` asks that `{name}`{asked}; the record has {has}", test.expect));
        }
    }
    if tried.clauses.is_empty() {
        reasons.push(format!("`{}` has a condition without any alternative, so that it never holds", test.expect));
    }
    let more = reasons.len().saturating_sub(MOST);
    if more > 0 {
        reasons.truncate(MOST);
        reasons.push(format!("{more} more of its conditions do not hold"));
    }
    reasons
}

/// What is asked of a field in words, to be read after its name.
fn asked(of: &Condition) -> String {
    let word = |word: Word<'_>| match word {
        Word::Plain(text) => text.to_owned(),
        word @ (Word::Value(_) | Word::Truth(_)) => format!("`{word}`"),
        Word::Missing => word.to_string(),
        _ => String::new(),
    };
    condition(of).into_iter().map(word).collect()
}

fn misjudged(cx: &Context<'_>, scorer: &Scorer<'_>, number: usize, test: &ScoringTest, points: i64) -> Diagnostic {
    let scoring: &Entity<Scoring> = scorer.scoring;
    let message = format!("the test `{}` expects {}, and the record gets {points}", test.name, in_points(test.expect));
    let counting = scorer.counted(&scorer.form.values(&test.record)).into_iter().filter(|counted| counted.tried.holds);
    let counting: Vec<String> =
        counting.map(|counted| format!("{:+} from `{}`", counted.criterion.points, counted.criterion.name)).collect();
    let note = if counting.is_empty() { "no criterion counts".to_owned() } else { wording::list(counting, MOST) };
    let address = scoring.address().part("test", &slug(test.name.as_str()));
    Diagnostic::new(&RULE, address, cx.value(scoring, &format!("test/{number}/expect")), message)
        .label(format!("gets {points}"))
        .note(note)
        .help("correct the criteria, or the `record` or `expect` of the test if that is what has changed")
}

fn address(routing: &Entity<Routing>, test: &str) -> Address {
    routing.address().part("test", &slug(test))
}
