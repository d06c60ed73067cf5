//! Which commits edited an entity, and which lines are whose.

use super::{ANA, BEN, Repository, STACK, git};

/// A tool with as many lines as it has keys, and one more.
fn tool(id: &str, keys: &str) -> String {
    format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\n{keys}")
}

#[test]
fn every_line_has_the_author_who_wrote_it_as_it_stands() {
    let made = Repository::stack(&tool("a", "purpose = \"Old.\"\n"), ANA, "2025-01-02");
    made.edit("stack.toml", &format!("{STACK}\n{}", tool("a", "purpose = \"New.\"\n")), BEN, "2025-03-04");
    assert_eq!(made.told(), ["tool.a: Ana 3/1 2025-01-02; Ben 1/1 2025-03-04"]);
    // Whoever had written what is gone has edited it all the same.
    made.edit(
        "stack.toml",
        &format!("{STACK}\n{}", tool("a", "purpose = \"New.\"\n").replace("\"a\"", "\"b\"").replace("crm", "cms")),
        BEN,
        "2025-03-05",
    );
    made.edit("stack.toml", &format!("{STACK}\n[ tool.a ]\nname = \"b\"\ncategory = \"cms\"\npurpose = \"New.\"\n"), BEN, "2025-03-06");
    assert_eq!(made.told(), ["tool.a: Ben 4/3 2025-03-06; Ana 0/1 2025-01-02"]);
}

#[test]
fn neither_spaces_nor_the_order_of_lines_nor_another_entity_are_an_edit() {
    let made = Repository::stack(&(tool("a", "purpose = \"x\"\n") + "\n" + &tool("b", "")), ANA, "2025-01-02");
    let text = format!(
        "{STACK}\n# about b\n[tool.b]\nname = \"b\"\ncategory = \"cms\"\n\n\n[tool.a]\r\n  purpose = \"x\"\n\n  category = \"crm\"  \nname = \"a\"\n"
    );
    made.edit("stack.toml", &text, BEN, "2025-03-04");
    assert_eq!(made.told(), ["tool.a: Ana 4/1 2025-01-02", "tool.b: Ana 2/1 2025-01-02; Ben 2/1 2025-03-04"]);
}

#[test]
fn parts_and_the_steps_of_a_runbook_count_for_their_entity() {
    let parts =
        "[[tool.a.links]]\ntitle = \"x\"\nurl = \"https://x.example\"\n\n[[tool.a.links]]\ntitle = \"y\"\nurl = \"https://y.example\"\n";
    let made = Repository::stack(&tool("a", ""), ANA, "2025-01-02");
    let runbook = "[runbook.r]\nname = \"R\"\nkind = \"incident\"\nfile = \"runbooks/r.md\"\n";
    made.write("runbooks/r.md", "# Steps\n\n1. Look\n");
    made.edit("stack.toml", &format!("{STACK}\n{}\n{parts}\n{runbook}", tool("a", "")), BEN, "2025-03-04");
    made.edit("runbooks/r.md", "# Steps\n\n1. Look\n2. [tool.a] Leap\n", ANA, "2025-04-05");
    assert_eq!(made.told_of("runbook.r"), "Ben 6/1 2025-03-04; Ana 1/1 2025-04-05");
    assert_eq!(made.told_of("tool.a"), "Ben 6/1 2025-03-04; Ana 3/1 2025-01-02");
}

#[test]
fn an_entity_is_followed_to_other_files_folders_and_names() {
    let a = tool("a", "purpose = \"x\"\nvendor = \"y\"\n");
    let runbook = "[runbook.r]\nname = \"R\"\nkind = \"incident\"\nfile = \"r.md\"\n";
    let made = Repository::of(&[("stack.toml", &format!("{STACK}\n{a}\n{runbook}")), ("r.md", "One\nTwo\nThree\n")]);
    made.commit(ANA, "2025-01-02");
    // To a file of its own, with a document that is renamed.
    made.git(&["mv", "r.md", "steps.md"]);
    made.write("tools/a.toml", &a);
    made.edit("stack.toml", &format!("{STACK}\n{}", runbook.replace("r.md", "steps.md")), BEN, "2025-02-02");
    let expected = ["runbook.r: Ana 6/1 2025-01-02; Ben 1/1 2025-02-02", "tool.a: Ana 5/1 2025-01-02"];
    assert_eq!(made.told(), expected);
    // Into a folder, and on to another one.
    for (index, to) in ["our", "ours/stack"].into_iter().enumerate() {
        std::fs::create_dir_all(made.root().join(to)).unwrap();
        let from = if index == 0 { "" } else { "our/" };
        for path in ["stack.toml", "tools", "steps.md"] {
            made.git(&["mv", &format!("{from}{path}"), &format!("{to}/{path}")]);
        }
        made.commit(BEN, "2025-03-02");
        assert_eq!(super::told(&made.root().join(to)), expected);
    }
    // A new id is one new line, of whoever gave it.
    made.edit("ours/stack/tools/a.toml", &a.replace("[tool.a]", "[tool.c]"), BEN, "2025-04-02");
    assert_eq!(super::told(&made.root().join("ours/stack"))[1], "tool.c: Ana 4/1 2025-01-02; Ben 1/1 2025-04-02");
}

#[test]
fn a_merge_edits_only_what_none_of_its_parents_says() {
    let made = Repository::stack(&tool("a", "purpose = \"x\"\nvendor = \"y\"\ndescription = \"z\"\n"), ANA, "2025-01-02");
    let text = |purpose, vendor| {
        format!("{STACK}\n{}", tool("a", &format!("purpose = \"{purpose}\"\nvendor = \"y\"\ndescription = \"{vendor}\"\n")))
    };
    made.git(&["checkout", "-q", "-b", "side"]);
    made.edit("stack.toml", &text("x", "side"), BEN, "2025-02-02");
    made.git(&["checkout", "-q", "main"]);
    made.edit("stack.toml", &text("main", "z"), ANA, "2025-02-03");
    git(made.root(), &["merge", "-q", "--no-commit", "side"]);
    made.commit("Merger <m@example.com>", "2025-02-04");
    assert_eq!(made.told(), ["tool.a: Ana 5/2 2025-02-03; Ben 1/1 2025-02-02"]);
    made.git(&["reset", "-q", "--hard", "HEAD^"]);
    git(made.root(), &["merge", "-q", "--no-commit", "side"]);
    made.edit("stack.toml", &text("main", "merged"), "Merger <m@example.com>", "2025-02-04");
    assert_eq!(made.told(), ["tool.a: Ana 5/2 2025-02-03; Merger 1/1 2025-02-04; Ben 0/1 2025-02-02"]);
}

#[test]
fn what_is_not_committed_is_left_out_and_counted() {
    let made = Repository::stack(&tool("a", "purpose = \"x\"\n"), ANA, "2025-01-02");
    made.edit("stack.toml", &format!("{STACK}\n{}", tool("a", "purpose = \"y\"\n")), BEN, "2025-02-02");
    made.write("stack.toml", format!("{STACK}\n{}", tool("a", "purpose = \"x\"\nvendor = \"z\"\n")));
    made.write("new.toml", tool("b", ""));
    assert_eq!(made.told(), ["tool.a: Ana 3/1 2025-01-02; Ben 0/1 2025-02-02; 2 uncommitted", "tool.b: not committed; 3 uncommitted"]);
}

#[test]
fn the_day_is_that_of_the_author_in_their_own_time_zone() {
    let made = Repository::of(&[("stack.toml", &format!("{STACK}\n{}", tool("a", "")))]);
    made.git(&["add", "-A"]);
    made.git(&["commit", "-q", "-m", "x", "--author", ANA, "--date", "2025-01-02T23:30:00-0800"]);
    assert_eq!(made.told(), ["tool.a: Ana 3/1 2025-01-02"]);
}

#[test]
fn another_stack_in_the_same_repository_is_none_of_ours() {
    let made = Repository::stack(&tool("a", ""), ANA, "2025-01-02");
    made.write("other/tool.toml", tool("a", "purpose = \"x\"\n"));
    made.edit("stack.toml", &format!("{}exclude = [\"other\"]\n\n{}", STACK, tool("a", "")), BEN, "2025-02-02");
    assert_eq!(made.told(), ["tool.a: Ana 3/1 2025-01-02"]);
}
