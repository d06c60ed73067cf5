//! What git says beside what the stack says: who is whom, and whether the declared owner edited something.

use linchpin::analysis::{Verdict, WhyNot};

use super::{ANA, BEN, Repository, STACK, name, read, witness};

const PEOPLE: &str = "[person.ana]\nname = \"Ana Ruiz\"\nemail = \"ANA@example.com\"\n\n[person.ben]\nname = \"Ben\"\nteams = [\"ops\"]\n\n\
                      [person.cleo]\nname = \"Cleo\"\nemail = \"cleo@example.com\"\nstatus = \"left\"\n\n[person.dan]\nname = \"Dan\"\n\n\
                      [person.eve]\nname = \"Eve\"\nemail = \"eve@example.com\"\n\n[team.ops]\nname = \"Operations\"\n\n\
                      [team.agency]\nname = \"Agency\"\nmembers-listed = false\n\n[team.none]\nname = \"Nobody yet\"\nlead = \"eve\"\n\n";

fn tool(id: &str, owner: &str) -> String {
    format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\nowner = \"{owner}\"\n\n")
}

/// A stack in which Ana wrote everything but the people, whom Eve wrote.
fn stack(tools: &str) -> Repository {
    let made = Repository::of(&[("stack.toml", STACK), ("people.toml", PEOPLE)]);
    made.commit("Eve <eve@example.com>", "2026-01-01");
    made.edit("tools.toml", tools, "A. Ruiz <ana@EXAMPLE.com>", "2026-01-02");
    made
}

/// The verdict on the owner of `tool.a`.
fn verdict(made: &Repository) -> String {
    let project = made.open();
    let history = read(&project).unwrap();
    let witness = witness(&project, &history);
    let record = witness.records.iter().find(|record| record.entity.address().as_str() == "tool.a").unwrap();
    match record.owner.unwrap() {
        Verdict::Edited { lines, commits } => format!("edited {lines}/{commits}"),
        Verdict::NotEdited => "not edited".to_owned(),
        Verdict::Unknown => "unknown".to_owned(),
        Verdict::NotComparable(WhyNot::NoEmail(id)) => format!("no email {id}"),
        Verdict::NotComparable(WhyNot::OtherAddress(id)) => format!("other address {id}"),
        Verdict::NotComparable(WhyNot::NoMembers(id)) => format!("no members {id}"),
    }
}

#[test]
fn people_are_told_by_their_address_in_any_case_and_otherwise_by_their_exact_name() {
    assert_eq!(verdict(&stack(&tool("a", "ana"))), "edited 4/1");
    assert_eq!(verdict(&stack(&tool("a", "eve"))), "not edited");
    assert_eq!(verdict(&stack(&tool("a", "dan"))), "no email dan");
    let made = stack(&tool("a", "dan"));
    made.edit("new.toml", &tool("b", "dan"), "Dan <d@example.com>", "2026-01-03");
    assert_eq!(verdict(&made), "not edited");
    // Cleo has an address, so that the name alone does not tell her; but nobody can say that it is not she.
    let made = stack(&tool("a", "cleo"));
    made.edit("new.toml", &tool("b", "cleo"), "Cleo <c@elsewhere.example>", "2026-01-03");
    assert_eq!(verdict(&made), "other address cleo");
    made.write(".mailmap", "<cleo@example.com> <c@elsewhere.example>\n");
    made.commit("Cleo <c@elsewhere.example>", "2026-01-04");
    assert_eq!(verdict(&made), "not edited");
    made.edit("tools.toml", &tool("a", "cleo").replace("crm", "cms"), "Cleo <c@elsewhere.example>", "2026-01-05");
    assert_eq!(verdict(&made), "edited 1/1");
}

#[test]
fn what_two_people_share_tells_neither_of_them() {
    let made = stack(&tool("a", "ana"));
    made.edit("more.toml", "[person.twin]\nname = \"Twin\"\nemail = \"ana@example.com\"\n", "Eve <eve@example.com>", "2026-01-03");
    assert_eq!(made.told_of("tool.a"), "A. Ruiz 4/1 2026-01-02");
}

#[test]
fn a_team_has_edited_what_one_of_its_members_has() {
    let made = stack(&tool("a", "ops"));
    assert_eq!(verdict(&made), "no email ben");
    made.edit("tools.toml", &tool("a", "ops").replace("crm", "cms"), BEN, "2026-01-03");
    assert_eq!(verdict(&made), "edited 1/1");
    assert_eq!(verdict(&stack(&tool("a", "agency"))), "no members agency");
    assert_eq!(verdict(&stack(&tool("a", "none"))), "not edited");
}

#[test]
fn one_address_is_one_author_whatever_the_names() {
    let made = Repository::stack(&tool("a", "x").replace("owner = \"x\"\n", ""), ANA, "2026-01-02");
    made.edit("more.toml", &tool("b", "x").replace("owner = \"x\"\n", ""), "Ann <Ana@Example.com>", "2026-01-03");
    let project = made.open();
    let history = read(&project).unwrap();
    let witness = witness(&project, &history);
    assert_eq!((history.authors.len(), witness.editors), (2, 1));
}

#[test]
fn four_things_are_told_of_what_is_live_and_somebody_answers_for() {
    let old = tool("old", "ana");
    let tools = tool("alone", "ana") + &tool("owner", "eve") + &tool("retired", "eve").replace("owner", "status = \"retired\"\nowner");
    let made = Repository::of(&[("stack.toml", STACK), ("people.toml", PEOPLE), ("old.toml", &old)]);
    made.commit("Eve <eve@example.com>", "2025-11-21");
    made.edit("tools.toml", &tools, ANA, "2025-11-22");
    made.edit("gone.toml", &tool("gone", "cleo"), "Cleo <cleo@example.com>", "2026-05-05");
    made.write("uncommitted.toml", tool("uncommitted", "ana"));
    let project = made.open();
    let history = read(&project).unwrap();
    let witness = witness(&project, &history);
    let id = |record: &linchpin::analysis::Record<'_>| record.entity.id().to_string();
    assert_eq!(witness.alone().map(id).collect::<Vec<_>>(), ["alone", "gone", "old", "owner"]);
    let share = witness.alone().next().unwrap().alone().unwrap();
    assert_eq!((name(share.editor).as_str(), share.lines, share.commits), ("person.ana", 4, 1));
    assert_eq!(witness.not_by_owner().map(id).collect::<Vec<_>>(), ["old", "owner"]);
    // 2025-11-22 is 365 days before the day of the stack, and that is not more than a year.
    assert_eq!(
        witness.untouched().map(|(record, day)| (id(record), day.to_string())).collect::<Vec<_>>(),
        [("old".to_owned(), "2025-11-21".to_owned())]
    );
    assert_eq!(witness.last_by_gone().map(id).collect::<Vec<_>>(), ["gone"]);
    assert_eq!((witness.commits, witness.editors, witness.uncommitted()), (3, 3, 4));
}
