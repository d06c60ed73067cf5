//! What is left out of a format, and what is said then.

use linchpin::{
    Project,
    report::finding::{Cap, Format},
};

use super::{capped, reader, written};
use crate::fixture::Made;

/// What the rules on owners say of a stack.
fn judged(made: &Made) -> Project {
    let mut project = made.open();
    project.report.findings.retain(|finding| ["no-owner", "departed-owner"].contains(&finding.rule.name));
    project
}

/// A stack with this many tools that nobody owns.
fn unowned(number: usize) -> Made {
    let made = Made::one("");
    for tool in 0..number {
        made.write(&format!("tools/t{tool:05}.toml"), format!("[tool.t{tool:05}]\nname = \"T\"\ncategory = \"crm\"\npurpose = \"p\"\n"));
    }
    made
}

/// How many findings of a rule the text shows at length.
fn shown(text: &str, rule: &str) -> usize {
    text.lines().filter(|line| line.split(']').next().is_some_and(|head| head.ends_with(&format!("[{rule}")))).count()
}

#[test]
fn the_text_shows_ten_of_a_rule_and_counts_the_rest() {
    let mut project = judged(&unowned(47));
    let text = written(Format::Text, &project);
    assert_eq!(shown(&text, "no-owner"), 10);
    let all = format!("`linchpin check {} --format concise` lists them all\n", project.root.display());
    assert!(text.contains(&format!("\n\n… 37 more of `no-owner`: {all}")), "{text}");
    assert_eq!(text.matches("more of `no-owner`").count(), 1);
    project.root = ".".into();
    assert!(written(Format::Text, &project).contains("more of `no-owner`: `linchpin check --format concise` lists them all\n"));
    let text = capped(Format::Text, Cap::of(46), &project);
    assert_eq!(shown(&text, "no-owner"), 46);
    assert!(text.contains("\n… 1 more of `no-owner`: "));
    for cap in [Cap::of(0), Cap::of(47)] {
        let text = capped(Format::Text, cap, &project);
        assert_eq!(shown(&text, "no-owner"), 47);
        assert!(!text.contains("more of `no-owner`"));
    }
    let all = written(Format::Concise, &project);
    assert_eq!(all.matches("[no-owner]").count(), 47);
}

#[test]
fn a_rule_that_is_capped_hides_nothing_of_another() {
    let made = unowned(30);
    made.write(
        "zz.toml",
        "[person.ana]\nname = \"Ana\"\nstatus = \"left\"\n[tool.zz]\nname = \"Z\"\ncategory = \"crm\"\npurpose = \"p\"\nowner = \"ana\"\n",
    );
    let text = written(Format::Text, &judged(&made));
    assert_eq!((shown(&text, "no-owner"), shown(&text, "departed-owner")), (10, 1));
}

#[test]
fn a_hundred_mistakes_of_a_kind_are_shown_in_one_run() {
    let made = Made::one("");
    for tool in 0..130 {
        made.write(&format!("t{tool:05}.toml"), format!("[tool.t{tool:05}]\nname = \"T\"\n"));
    }
    let project = made.open();
    let text = written(Format::Text, &project);
    assert_eq!(shown(&text, "missing-field"), 100);
    let root = project.root.display();
    assert!(text.ends_with(&format!("… 30 more of `missing-field`: `linchpin check {root} --format concise` lists them all\n")));
    assert_eq!(shown(&capped(Format::Text, Cap::of(5), &project), "missing-field"), 5);
}

#[test]
fn the_tenth_annotation_of_a_level_counts_those_that_github_does_not_show() {
    for (number, more) in [(9, None), (10, None), (11, Some("\nand 1 error more, ")), (47, Some("\nand 37 errors more, "))] {
        let project = judged(&unowned(number));
        let all = reader::github(&written(Format::Github, &project));
        assert_eq!(all.len(), number, "the log has all of them");
        for (place, annotation) in all.iter().enumerate() {
            let is_tenth = place == 9;
            assert_eq!(annotation.message.contains("which GitHub does not show here"), is_tenth && more.is_some(), "{number}: {place}");
            assert!(!is_tenth || more.is_none_or(|more| annotation.message.contains(more)), "{}", annotation.message);
        }
    }
}

#[test]
fn annotations_come_worst_first() {
    let commands: Vec<String> =
        reader::github(&written(Format::Github, &super::judged())).into_iter().map(|annotation| annotation.command).collect();
    assert_eq!(commands, ["error", "warning", "warning", "notice"]);
}

#[test]
fn a_comment_has_room_for_whole_entries_and_counts_the_others() {
    let project = judged(&unowned(2_000));
    let text = written(Format::Markdown, &project);
    let (entries, omitted) = reader::markdown(&text, "many");
    assert_eq!(entries + omitted, project.report.findings.len());
    assert!(entries > 300 && omitted > 300, "{entries} {omitted}");
    assert!(text.contains(&format!("no room: `linchpin check {} --format concise` lists them all\n", project.root.display())));
    let is_whole = |line: &str| line.ends_with('\\');
    assert!(text.lines().filter(|line| line.starts_with("- **")).all(is_whole));
}
