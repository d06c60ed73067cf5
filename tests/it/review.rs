//! The questions of a review: answers add up, follow from the stack alone, and read well on real stacks.

use std::fmt::Write as _;

use linchpin::{
    Project,
    analysis::Analysis,
    review::{Answer, Evidence, Review, Verdict},
    rules::Settings,
};

use crate::fixture::{Made, checked_in, golden, open};

/// Looks at the review of a project.
fn reviewed<T>(project: &Project, look: impl FnOnce(&Review) -> T) -> T {
    let defaults = Settings::defaults(&project.stack);
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    look(&Review::new(&analysis, &project.sources, &project.documents, &defaults))
}

fn of(text: &str) -> Review {
    let made = Made::one(text);
    let project = made.open();
    assert!(project.is_valid(), "{:?}", project.report.findings.first());
    reviewed(&project, Clone::clone)
}

fn answer<'r>(review: &'r Review, id: &str) -> &'r Answer {
    review.answers.iter().find(|answer| answer.question.id == id).unwrap()
}

/// What a question comes to, and how many of its parts are met.
fn verdict(text: &str, id: &str) -> String {
    let review = of(text);
    summed(answer(&review, id))
}

fn summed(answer: &Answer) -> String {
    format!("{}, {} of {}", answer.verdict.words(), answer.met, answer.parts)
}

/// Tools that nothing touches.
fn lonely(numbers: std::ops::Range<usize>) -> String {
    let tool = |n| format!("[tool.l{n}]\nname = \"L{n}\"\ncategory = \"forms-surveys\"\n");
    numbers.map(tool).collect::<Vec<_>>().concat()
}

/// A review as a reader would copy it down.
fn told(project: &Project) -> String {
    reviewed(project, |review| {
        let mut text = String::new();
        for answer in &review.answers {
            let question = answer.question;
            writeln!(text, "{}: {} ({} of {} {})", question.text, answer.verdict.words(), answer.met, answer.parts, question.parts)
                .unwrap();
            writeln!(text, "  {}", answer.text).unwrap();
            for one in &answer.evidence {
                let at = one.at.map_or_else(String::new, |at| {
                    let file = project.sources.file(at.file);
                    format!(" [{}:{}]", file.path(), file.position(at.start).line)
                });
                writeln!(text, "  {} ({}) {}{at}", one.verdict.words(), one.parts, one.text).unwrap();
            }
            for remedy in answer.remedies() {
                writeln!(text, "  to close: {remedy}").unwrap();
            }
        }
        text
    })
}

#[test]
fn the_deductions_of_every_answer_add_up_to_what_is_missing() {
    let stacks = ["addresses", "posthog", "sound", "sourcegraph"]
        .map(|name| checked_in(&format!("stacks/{name}")))
        .into_iter()
        .chain([checked_in("../stack.example")]);
    let mut seen = 0;
    for root in stacks {
        let project = open(&root);
        reviewed(&project, |review| {
            assert_eq!(review.answers.len(), 14);
            for answer in &review.answers {
                let deducted: f64 = answer.evidence.iter().map(Evidence::deducts).sum();
                let parts: usize = answer.evidence.iter().map(|one| one.parts).sum();
                assert_eq!(parts, answer.parts, "{} of {}", answer.question.id, root.display());
                assert_eq!(format!("{}", answer.met + deducted), parts.to_string(), "{} of {}", answer.question.id, root.display());
                assert!(!answer.text.is_empty() && parts > 0, "{} of {} says nothing", answer.question.id, root.display());
                assert_eq!(answer.verdict == Verdict::InPlace, deducted <= 0.0, "{}", answer.question.id);
                let has_remedy = answer.verdict == Verdict::InPlace || !answer.remedies().is_empty();
                assert!(has_remedy, "{} of {} has no remedy", answer.question.id, root.display());
                seen += 1;
            }
        });
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn real_stacks_are_reviewed_as_written_down() {
    for name in ["sourcegraph", "posthog"] {
        let text = told(&open(&checked_in(&format!("stacks/{name}"))));
        golden(&text, &checked_in(&format!("stacks/{name}.review.txt")));
    }
}

#[test]
fn of_a_stack_that_says_nothing_nothing_is_held_against_anybody_but_what_every_stack_needs() {
    let review = of("");
    for answer in &review.answers {
        let id = answer.question.id;
        assert_ne!(answer.verdict, Verdict::InPlace, "{id}");
        assert!(!answer.text.is_empty() && answer.parts > 0 && !answer.remedies().is_empty(), "{id}");
        assert!(answer.met <= 0.0, "{id}: {:?}", answer.evidence);
    }
    let silent = ["operator", "lifecycle", "routing", "scoring", "handoff", "map", "crm", "record", "spend", "quality", "numbers"];
    for id in silent {
        assert_eq!(answer(&review, id).verdict, Verdict::NotDocumented, "{id}");
    }
}

#[test]
fn what_the_stack_turns_off_or_accepts_still_counts() {
    let stack = "[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n[tool.lonely]\nname = \"Lonely\"\ncategory = \"forms-surveys\"\n[person.ana]\nname = \"Ana\"\n[integration.x]\nfrom = \"crm\"\nto = \"mail\"\nmethod = \"native\"\n[tool.mail]\nname = \"Mail\"\ncategory = \"marketing-automation\"\n";
    let lost = verdict(stack, "map");
    assert_eq!(lost, "partly, 2 of 3");
    assert_eq!(verdict(&format!("{stack}[rules]\norphaned-tool = \"off\"\n"), "map"), lost);
    let accepted = "[[suppress]]\nrule = \"orphaned-tool\"\non = \"tool.lonely\"\nreason = \"It is read by hand once a year.\"\nuntil = 2027-01-31\nby = \"ana\"\n";
    assert_eq!(verdict(&format!("{stack}{accepted}"), "map"), lost);
}

#[test]
fn half_of_the_parts_is_partly_and_less_is_not_in_place() {
    let tools = |count: usize| {
        let joined = "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tool.b]\nname = \"B\"\ncategory = \"email-marketing\"\n[integration.ab]\nfrom = \"a\"\nto = \"b\"\nmethod = \"native\"\n";
        let lonely = lonely(0..count);
        format!("{joined}{lonely}")
    };
    assert_eq!(verdict(&tools(0), "map"), "in place, 2 of 2");
    assert_eq!(verdict(&tools(2), "map"), "partly, 2 of 4");
    assert_eq!(verdict(&tools(3), "map"), "not in place, 2 of 5");
}

#[test]
fn of_many_findings_a_few_are_told_and_all_are_counted() {
    let lonely = lonely(10..40);
    let review = of(&lonely);
    let map = answer(&review, "map");
    assert_eq!((map.parts, map.evidence.len()), (30, 6));
    let others = map.evidence.iter().find(|one| one.parts == 25).unwrap();
    assert_eq!(others.text, "the same kind of gap at `tool.l15`, `tool.l16`, `tool.l17`, `tool.l18`, `tool.l19` and 20 more");
}

#[test]
fn a_person_who_alone_can_run_something_is_named_with_it() {
    let text = "[person.ana]\nname = \"Ana\"\n[person.ben]\nname = \"Ben\"\n[tool.a]\nname = \"A\"\ncategory = \"crm\"\ncriticality = \"critical\"\nowner = \"ana\"\n[tool.b]\nname = \"B\"\ncategory = \"email-marketing\"\ncriticality = \"high\"\nowner = \"ana\"\nbackup = \"ben\"\n";
    let review = of(text);
    let operator = answer(&review, "operator");
    assert_eq!(summed(operator), "partly, 1 of 2");
    assert_eq!(operator.evidence.first().unwrap().text, "only `person.ana` can run `tool.a`");
    let fresh = format!(
        "{text}[runbook.r]\nname = \"R\"\nkind = \"incident\"\nowner = \"ana\"\ncovers = [\"tool.a\"]\nreviewed = 2026-11-01\nsteps = \"1. Look.\"\n"
    );
    assert_eq!(verdict(&fresh, "operator"), "partly, 1.5 of 2");
}

#[test]
fn a_tool_is_asked_how_a_record_is_deleted_from_it() {
    let tool =
        |id: &str, data: &str| format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\ndata = {{ personal = [\"email\"]{data} }}\n");
    let runbook = "[runbook.dsr]\nname = \"Requests\"\nkind = \"data-subject-request\"\nreviewed = 2026-11-01\nsteps = \"1. Delete.\"\ncovers = [\"tool.m\"]\n";
    let all =
        [tool("a", ", deletion = \"api\""), tool("m", ", deletion = \"manual\""), tool("n", ", deletion = \"manual\""), tool("s", "")]
            .concat();
    assert_eq!(verdict(&format!("{all}{runbook}"), "erasure"), "partly, 3 of 5");
    assert_eq!(verdict(&tool("s", ""), "erasure"), "not in place, 0 of 2");
}
