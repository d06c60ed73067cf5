//! Where git has no answer, or only a part of one: it is said, and nothing else changes.

use std::{fs, path::Path, process::Command};

use linchpin::history::Missing;

use super::{ANA, BEN, Repository, STACK, beside, git, read, told, try_git};
use crate::{
    cli::linchpin,
    fixture::{Made, open},
};

const TOOL: &str =
    "[tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ana\"\n\n[person.ana]\nname = \"Ana\"\nemail = \"ana@example.com\"\n";

fn stack() -> Repository {
    Repository::stack(TOOL, ANA, "2025-01-02")
}

/// Runs `show --history` with the variables, which must be fine, and returns what it says on standard error.
fn note(root: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    let output = command.args(["show", "--history"]).current_dir(root).envs(variables.iter().copied()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_a_repository_a_commit_or_a_program_there_is_no_history_and_no_failure() {
    let bare = Made::of(&[("stack.toml", &format!("{STACK}\n{TOOL}"))]);
    assert_eq!(note(bare.root(), &[]), "note: there is no history: the stack is in no git repository\n");
    let fresh = Repository::of(&[("stack.toml", STACK)]);
    assert_eq!(note(fresh.root(), &[]), "note: there is no history: the repository has no commits yet\n");
    let ignored = Repository::of(&[("stack.toml", STACK), (".gitignore", "stack.toml\n")]);
    ignored.commit(ANA, "2025-01-02");
    assert_eq!(note(ignored.root(), &[]), "note: there is no history: no file of the stack is committed\n");
    let made = stack();
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(
        note(made.root(), &[("PATH", nowhere.path().to_str().unwrap())]),
        "note: there is no history: there is no `git` program here\n"
    );
    let foreign = note(made.root(), &[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")]);
    assert_eq!(foreign, "note: there is no history: the repository belongs to another user, so git does not read it\n");
}

#[test]
fn a_stack_among_the_data_of_a_repository_has_no_history() {
    let made = stack();
    let bare = tempfile::tempdir().unwrap();
    git(bare.path(), &["clone", "-q", "--bare", made.root().to_str().unwrap(), "."]);
    fs::write(bare.path().join("stack.toml"), STACK).unwrap();
    assert_eq!(read(&open(bare.path())).unwrap_err(), Missing::NoWorkingFiles);
}

#[cfg(unix)]
#[test]
fn a_git_that_does_not_know_what_it_is_asked_is_told_of() {
    use std::os::unix::fs::PermissionsExt;
    let made = stack();
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("git");
    let says = |script: &str| {
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        note(made.root(), &[("PATH", folder.path().to_str().unwrap())])
    };
    let none = "note: there is no history: ";
    assert_eq!(says("printf 'true\\n\\n\\n--is-shallow-repository\\n'"), format!("{none}this version of git is too old\n"));
    assert_eq!(says("echo >&2 \"fatal: unknown \u{1b}[31moption\"; exit 129"), format!("{none}git refused: unknown ?[31moption\n"));
    assert_eq!(says("echo nonsense"), format!("{none}this version of git is too old\n"));
    assert_eq!(says("kill -9 $$"), format!("{none}git refused: it gave no reason\n"));
}

#[test]
fn of_a_shallow_clone_nothing_is_claimed_that_lies_behind_its_end() {
    let made = stack();
    made.edit("stack.toml", &format!("{STACK}\n{}", TOOL.replace("crm", "cms")), BEN, "2025-02-02");
    made.edit("new.toml", "[tool.b]\nname = \"B\"\ncategory = \"cms\"\nowner = \"ana\"\n", BEN, "2025-03-02");
    let source = format!("file://{}", made.root().display());
    let clone = |depth: &str| {
        let folder = tempfile::tempdir().unwrap();
        git(folder.path(), &["clone", "-q", "--depth", depth, &source, "."]);
        folder
    };
    let clone_of_two = clone("2");
    assert_eq!(
        told(clone_of_two.path()),
        ["person.ana: 3 unknown; not whole", "tool.a: 4 unknown; not whole", "tool.b: Ben 4/1 2025-03-02"]
    );
    let run = linchpin(clone_of_two.path(), &["show", "--history", "--only", "tool.a"]);
    assert_eq!((run.code(), run.err().lines().count()), (0, 1));
    assert!(run.err().starts_with("note: the clone is shallow, so what lies behind its oldest commit is unknown"), "{}", run.err());
    let expected =
        "tool.a  A\n  owner Ana (person.ana) has not edited it as far as this clone can tell\n  4 lines older than what this clone holds\n";
    assert_eq!(run.out(), expected);
    let clone_of_one = clone("1");
    let project = open(clone_of_one.path());
    let history = read(&project);
    let history = history.as_ref().unwrap_or_else(|missing| panic!("{missing}"));
    assert_eq!(super::witness(&project, history).alone().count(), 0);
}

#[test]
fn a_partial_clone_fetches_nothing_and_claims_nothing() {
    let made = stack();
    made.edit("stack.toml", &format!("{STACK}\n{}", TOOL.replace("crm", "cms")), BEN, "2025-02-02");
    made.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = tempfile::tempdir().unwrap();
    git(clone.path(), &["clone", "-q", "--filter=blob:none", &format!("file://{}", made.root().display()), "."]);
    let objects = || git(clone.path(), &["count-objects", "-v"]);
    let before = objects();
    let told = told(clone.path());
    assert!(told.iter().all(|line| line.ends_with("not whole")), "{told:?}");
    assert!(linchpin(clone.path(), &["show", "--history"]).err().starts_with("note: the clone is partial"));
    assert_eq!(objects(), before);
}

#[test]
fn subfolders_worktrees_and_submodules_are_repositories_like_any_other() {
    let made = Repository::of(&[("README.md", "x"), ("our stack/stack.toml", &format!("{STACK}\n{TOOL}"))]);
    made.commit(ANA, "2025-01-02");
    let expected = ["person.ana: person.ana 3/1 2025-01-02", "tool.a: person.ana 4/1 2025-01-02"];
    assert_eq!(told(&made.root().join("our stack")), expected);
    let other = tempfile::tempdir().unwrap();
    let tree = other.path().join("tree");
    made.git(&["worktree", "add", "-q", tree.to_str().unwrap()]);
    assert_eq!(told(&tree.join("our stack")), expected);
    let outer = Repository::of(&[("x", "x")]);
    outer.git(&["submodule", "--quiet", "add", made.root().to_str().unwrap(), "inner"]);
    assert_eq!(told(&outer.root().join("inner/our stack")), expected);
    // From outside nothing is known of what a submodule holds.
    outer.write("stack.toml", STACK);
    outer.git(&["add", "stack.toml"]);
    outer.commit(BEN, "2025-02-02");
    fs::remove_file(outer.root().join("inner/our stack/stack.toml")).unwrap();
    outer.write("inner/tool.toml", TOOL);
    assert_eq!(told(outer.root()), ["person.ana: not committed; 3 uncommitted", "tool.a: not committed; 4 uncommitted"]);
}

#[test]
fn a_site_says_that_there_is_no_history_and_is_written_all_the_same() {
    let made = Made::of(&[("stack.toml", &format!("{STACK}\n{TOOL}"))]);
    let run = linchpin(made.root(), &["build", "--with-history", "-o", "out"]);
    assert_eq!(run.code(), 0);
    assert!(run.err().starts_with("note: there is no history: the stack is in no git repository\n"), "{}", run.err());
    assert!(beside(&made, "out").join("index.html").is_file());
    // Quiet takes away progress, not what one should know.
    let run = linchpin(made.root(), &["--quiet", "build", "--with-history", "-o", "out"]);
    assert_eq!(run.err(), "note: there is no history: the stack is in no git repository\n");
}

#[test]
fn a_repository_that_is_broken_is_no_failure() {
    let made = stack();
    fs::remove_dir_all(made.root().join(".git/objects")).unwrap();
    fs::create_dir(made.root().join(".git/objects")).unwrap();
    assert!(!try_git(made.root(), &["log"]).status.success());
    let run = linchpin(made.root(), &["show", "--history"]);
    assert_eq!((run.code(), run.out()), (0, ""));
    assert!(run.err().starts_with("note: there is no history: "), "{}", run.err());
}
