//! A repository whose configuration would run programs, and one whose names are not what names should be.

use std::{fmt::Write, fs, path::Path};

use super::{ANA, Repository, STACK, git, told, try_git};
use crate::cli::linchpin;

const TOOL: &str = "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n";

/// A repository in which almost anything that git does makes the file `owned`.
fn trapped() -> Repository {
    let made = Repository::stack(TOOL, ANA, "2025-01-02");
    made.edit("stack.toml", &format!("{STACK}\n{TOOL}purpose = \"x\"\n"), ANA, "2025-01-03");
    // A commit that says it is signed, lest anybody asks who signed it.
    let signed = git(made.root(), &["cat-file", "commit", "HEAD"]).replacen(
        "\n\n",
        "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n",
        1,
    );
    made.write("signed", signed);
    let id = made.git(&["hash-object", "-t", "commit", "-w", "signed"]);
    made.git(&["reset", "-q", "--hard", id.trim()]);
    let mark = format!("touch {}", made.root().join("owned").display());
    let script = format!("#!/bin/sh\n{mark}\n");
    for hook in ["post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"] {
        made.write(&format!(".git/hooks/{hook}"), &script);
    }
    made.write("evil", &script);
    executable(&made.root().join("evil"));
    for hook in fs::read_dir(made.root().join(".git/hooks")).unwrap() {
        executable(&hook.unwrap().path());
    }
    let evil = made.root().join("evil").display().to_string();
    let mut config = fs::read_to_string(made.root().join(".git/config")).unwrap();
    let core = ["fsmonitor", "sshCommand", "pager", "editor", "askPass", "gitProxy", "alternateRefsCommand"];
    for key in core {
        writeln!(config, "[core]\n\t{key} = {evil}").unwrap();
    }
    write!(
        config,
        "[diff]\n\texternal = {evil}\n[diff \"x\"]\n\tcommand = {evil}\n\ttextconv = {evil}\n[filter \"x\"]\n\tclean = {evil}\n\tsmudge = {evil}\n\
         \tprocess = {evil}\n\trequired = true\n[gpg]\n\tprogram = {evil}\n[gpg \"ssh\"]\n\tprogram = {evil}\n[log]\n\tshowSignature = true\n\
         [alias]\n\trev-parse = !{evil}\n\trev-list = !{evil}\n\tdiff-tree = !{evil}\n\tcat-file = !{evil}\n\tls-tree = !{evil}\n\
         [pager]\n\trev-list = {evil}\n\tdiff-tree = {evil}\n\tcat-file = {evil}\n[credential]\n\thelper = !{evil}\n\
         [remote \"origin\"]\n\turl = ssh://host.invalid/x\n\tpromisor = true\n\tpartialCloneFilter = blob:none\n\
         [extensions]\n\tpartialClone = origin\n[protocol]\n\tallow = always\n[protocol \"ext\"]\n\tallow = always\n\
         [interactive]\n\tdiffFilter = {evil}\n[uploadpack]\n\tpackObjectsHook = {evil}\n[mailmap]\n\tfile = {}\n",
        made.root().join("pipe").display()
    )
    .unwrap();
    made.write(".git/config", config);
    made.write(".git/info/attributes", "* diff=x filter=x\n");
    // Gone, so that git would fetch it.
    let old = git(made.root(), &["rev-parse", "HEAD^:stack.toml"]);
    let (folder, file) = old.trim().split_at(2);
    fs::remove_file(made.root().join(".git/objects").join(folder).join(file)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(made.root().join("pipe")).status().unwrap().success());
    made
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_ever_run_or_waited_for() {
    let made = trapped();
    let owned = made.root().join("owned");
    for arguments in [&["show", "--history"][..], &["show", "--history", "--only", "tool.a"], &["build", "--with-history", "-o", "out"]] {
        let run = linchpin(made.root(), arguments);
        assert_eq!(run.code(), 0, "{}", run.err());
        assert!(run.err().starts_with("note: the clone is partial"), "{}", run.err());
        assert!(!owned.exists(), "{arguments:?}");
    }
    // That each of several ways into the trap works is what makes the above worth anything.
    let old = git(made.root(), &["rev-parse", "HEAD^:stack.toml"]);
    for way in [&["status"][..], &["-c", "core.fsmonitor=false", "cat-file", "-p", old.trim()], &["-c", "mailmap.file=", "log", "-1"]] {
        try_git(made.root(), way);
        assert!(owned.exists(), "{way:?} does not reach the trap");
        fs::remove_file(&owned).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn what_the_caller_has_set_for_git_leads_nowhere_else() {
    let made = Repository::stack(TOOL, ANA, "2025-01-02");
    let other = trapped();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(["show", "--history"]).current_dir(made.root());
    command.env("GIT_DIR", other.root().join(".git")).env("GIT_WORK_TREE", other.root()).env("GIT_INDEX_FILE", other.root().join("evil"));
    command.env("GIT_TRACE", made.root().join("trace")).env("GIT_EXTERNAL_DIFF", other.root().join("evil"));
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "core.fsmonitor").env("GIT_CONFIG_VALUE_0", other.root().join("evil"));
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("tool.a  2025-01-02  Ana <ana@example.com>"),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(!other.root().join("owned").exists() && !made.root().join("trace").exists());
}

/// Writes a commit byte by byte, as no git would, on top of the last one.
fn forge(made: &Repository, author: &[u8], message: &[u8]) {
    let (tree, parent) = (made.git(&["write-tree"]), made.git(&["rev-parse", "HEAD"]));
    let mut commit = format!("tree {tree}parent {parent}author ").into_bytes();
    commit.extend(author);
    commit.extend(b"\ncommitter C <c@example.com> 1750000000 +0000\n");
    commit.extend(message);
    made.write(".git/forged", commit);
    let id = made.git(&["hash-object", "--literally", "-t", "commit", "-w", ".git/forged"]);
    made.git(&["update-ref", "HEAD", id.trim()]);
}

#[test]
fn whatever_authors_messages_and_paths_are_they_are_only_text() {
    let made = Repository::stack(TOOL, ANA, "2025-01-02");
    let mut text = format!("{STACK}\n{TOOL}");
    let authors: [&[u8]; 9] = [
        b"\x1b[31mRed\x07 <r\x1b]0;x\x07@example.com> 1740000000 +0000",
        b"\xff\xfe\x80 <\xff@example.com> 1740000001 +0000",
        b":100644 100644 aaaa bbbb M <x@example.com> 1740000002 +0000",
        b"\"onmouseover=\"alert(1)\" & 'x' <'onload=x@example.com> 1740000003 +0000",
        b" <> 1740000004 +0000",
        b"No day <n@example.com> 99999999999999999999 +9999",
        b"No date <n2@example.com>",
        b"::error::forged <a@example.com> -5 +0000",
        b"nothing of what git expects",
    ];
    for (index, author) in authors.into_iter().enumerate() {
        writeln!(text, "# {index}").unwrap();
        made.write("stack.toml", &text);
        made.git(&["add", "stack.toml"]);
        forge(&made, author, b"encoding x\n\n\x00\x1b[2J\n\xff:100644\0\0\n");
    }
    let odd =
        ["new\nline.toml", "tab\t\u{1b}[31m.toml", "-rf.toml", "--output=x.toml", ":(top)x.toml", "*.toml", "\"q\".toml", "ü \u{202e}.md"];
    for (index, path) in odd.into_iter().enumerate() {
        made.write(path, format!("[object.o{index}]\nname = \"O\"\n"));
    }
    made.commit("Odd <odd@example.com>", "2025-06-07");
    let told = told(made.root());
    assert_eq!(told.iter().filter(|line| line.contains("Odd 2/1 2025-06-07")).count(), 7, "{told:?}");
    let run = linchpin(made.root(), &["show", "--history", "--only", "tool.a"]);
    assert_eq!(run.code(), 0, "{}", run.err());
    assert!(run.out().contains("?[31mRed? <r?]0;x?@example.com>: 1 line in 1 commit, last on 2025-02-19"), "{}", run.out());
    assert!(run.out().contains("by Ana") || run.out().contains("Ana <ana@example.com>: 3 lines"), "{}", run.out());
    assert!(!run.out().contains('\u{1b}') && !run.out().lines().any(|line| line.trim_start().starts_with("::error")), "{}", run.out());
    assert_eq!(linchpin(made.root(), &["build", "--with-history", "-o", "out"]).code(), 0);
    let page = fs::read_to_string(made.root().join("out/tools/a.html")).unwrap();
    assert!(
        page.contains("&quot;onmouseover=&quot;alert(1)&quot; &amp; &#39;x&#39; &lt;&#39;onload=x@example.com&gt;")
            && !page.contains('\u{1b}')
    );
}
