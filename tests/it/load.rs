//! Loading: every mistake of the format at its place, and everything that must not be one.

use std::{collections::BTreeSet, fs};

use linchpin::load::{self, MANIFEST};

use crate::fixture::{self, Made, brief, checked_in, folders, golden, open, told};

#[test]
fn every_mistake_is_told_with_its_place_its_reason_and_its_remedy() {
    for folder in folders("stacks/mistakes") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        golden(&told(&open(&folder)), &checked_in(&format!("stacks/mistakes/{name}.expected.txt")));
    }
}

#[test]
fn twenty_mistakes_in_five_files_are_twenty_messages_each_at_its_line() {
    let expected = [
        "people.toml:3 unknown-reference person.ana",
        "people.toml:8 duplicate-id team.mops",
        "people.toml:11 missing-field team.sales",
        "process.toml:9 duplicate-id lifecycle.main.stage.mql",
        "process.toml:20 invalid-value routing.inbound.rule.germany",
        "process.toml:25 unknown-reference routing.inbound.rule.large",
        "process.toml:30 invalid-value routing.inbound.rule.small",
        "process.toml:33 unknown-kind stack",
        "process.toml:39 unreadable-file runbook.launch",
        "stack.toml:4 unknown-reference stack",
        "stack.toml:7 unknown-field stack",
        "stack.toml:12 invalid-suppression stack",
        "stack.toml:20 invalid-suppression stack",
        "tools/crm.toml:3 invalid-value tool.salesforce",
        "tools/crm.toml:9 unknown-field tool.hubspot",
        "tools/crm.toml:10 invalid-value tool.hubspot",
        "tools/crm.toml:12 invalid-value tool.Segment",
        "tools/crm.toml:16 duplicate-id tool.hubspot",
        "zz-broken.toml:3 unknown-reference flow.inbound.step.1",
        "zz-broken.toml:6 invalid-toml stack",
    ];
    assert_eq!(brief(&open(&checked_in("stacks/mistakes/twenty"))), expected);
}

#[test]
fn a_broken_entity_costs_only_itself() {
    let loaded = fixture::load(&checked_in("stacks/mistakes/broken-entity"));
    let there: Vec<String> = loaded.stack.all().map(|entity| entity.address().to_string()).collect();
    assert_eq!(there, ["person.ana", "routing.inbound", "tool.whole", "integration.broken"]);
    assert_eq!(loaded.stack.suppressions.len(), 1);
}

#[test]
fn every_part_of_an_entity_has_an_address() {
    let project = open(&checked_in("stacks/addresses"));
    assert!(project.is_valid(), "{:?}", brief(&project));
}

#[test]
fn the_ids_of_all_mistakes_differ() {
    for folder in folders("stacks/mistakes") {
        let project = open(&folder);
        let mut ids: Vec<String> = project.report.findings.iter().map(linchpin::diagnostic::Diagnostic::id).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", folder.display());
    }
}

#[test]
fn a_stack_may_be_laid_out_in_any_way() {
    let text = fs::read_to_string(checked_in("stacks/addresses/stack.toml")).unwrap();
    let whole = Made::of(&[("stack.toml", &text)]);
    let (first, rest) = text.split_once("[person.ana]").unwrap();
    let (middle, last) = rest.split_once("[charter]").unwrap();
    let spread = Made::of(&[
        ("stack.toml", first),
        ("zz/deep/down/people.toml", &format!("[person.ana]{middle}")),
        ("Anything at all.toml", &format!("[charter]{last}")),
    ]);
    let told = |made: &Made| {
        let project = made.open();
        assert!(project.is_valid(), "{:?}", brief(&project));
        let ids: BTreeSet<String> = project.report.findings.iter().map(linchpin::diagnostic::Diagnostic::id).collect();
        (ids, project.stack.all().map(|entity| (entity.address(), entity.json())).collect::<Vec<_>>())
    };
    assert_eq!(told(&whole), told(&spread));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistakes_and_move_no_line() {
    let text =
        "\u{feff}[stack]\r\nname = \"Example\"\r\n\r\n[tool.hubspot]\r\nname = \"HubSpot\"\r\nownr = \"é\"\r\ncategory = \"crm\"\r\n";
    let made = Made::of(&[("stack.toml", text)]);
    assert_eq!(told(&made.open()).lines().next(), Some("stack.toml:6:1-6:5 error[unknown-field] tool.hubspot (ownr)"));
}

#[test]
fn columns_count_characters_not_bytes() {
    let made = Made::one(
        "[tool.hubspot]\nname = \"Ä – ö\"\ncategory = \"crm\"\nlinks = [{ title = \"Über\", urll = 1, url = \"https://example.com\" }]\n",
    );
    assert_eq!(told(&made.open()).lines().next(), Some("stack.toml:7:28-7:32 error[unknown-field] tool.hubspot (links.0.urll)"));
}

#[test]
fn hidden_and_excluded_files_and_folders_that_linchpin_wrote_are_no_part_of_the_stack() {
    let made = Made::of(&[
        ("stack.toml", "[stack]\nname = \"Example\"\nexclude = [\"drafts\", \"old/*.toml\", \"*.toml.toml\", \"stack.toml\"]\n"),
        (".hidden.toml", "not TOML"),
        (".git/config.toml", "not TOML"),
        ("drafts/deep/a.toml", "not TOML"),
        ("old/b.toml", "not TOML"),
        ("c.toml.toml", "not TOML"),
        ("site/page.toml", "not TOML"),
        (&format!("site/{MANIFEST}"), ""),
        ("notes.txt", "not TOML"),
        ("tools.TOML", "not TOML"),
        ("kept/tool.toml", "[tool.kept]\nname = \"Kept\"\ncategory = \"crm\"\n"),
    ]);
    let loaded = fixture::load(made.root());
    assert_eq!(loaded.files, 2);
    assert_eq!(loaded.diagnostics.len(), 0);
    assert_eq!(loaded.stack.company.name.as_str(), "Example");
    assert!(loaded.stack.tools.contains_key("kept"));
}

#[test]
fn a_folder_without_a_stack_file_is_no_stack() {
    let made = Made::of(&[("tools.toml", "")]);
    let error = load::load(made.root(), &linchpin::rules::all()).unwrap_err();
    assert!(matches!(error, load::Error::NoStack(_)), "{error}");
}

#[test]
fn a_stack_of_which_no_file_can_be_read_is_an_error_of_its_own() {
    let made = Made::of(&[]);
    made.write("stack.toml", b"name = \"caf\xe9\"");
    let error = load::load(made.root(), &linchpin::rules::all()).unwrap_err();
    assert!(matches!(error, load::Error::NothingReadable(_)), "{error}");
}

#[test]
fn a_file_of_more_than_a_mebibyte_is_refused_and_one_of_exactly_that_is_read() {
    let made = Made::one("");
    made.write("exact.toml", "#".repeat(1 << 20));
    made.write("large.toml", "#".repeat((1 << 20) + 1));
    assert_eq!(
        told(&made.open()),
        "large.toml:1:1-1:1 error[unreadable-file] stack (large.toml)\n  `large.toml` cannot be read: it is larger than 1 MiB\n  help: split it into several files\n"
    );
}

#[cfg(unix)]
mod on_unix {
    use std::{
        os::unix::fs::{PermissionsExt, symlink},
        process::Command,
        sync::mpsc,
        thread,
        time::Duration,
    };

    use super::*;

    /// Loads in another thread, so that a load that waits for ever fails the test instead of stopping it.
    fn told_in_time(made: &Made) -> String {
        let (send, receive) = mpsc::channel();
        let root = made.root().to_owned();
        thread::spawn(move || {
            send.send(linchpin::Project::open(&root, fixture::clock()).map_or_else(|error| format!("{error}\n"), |project| told(&project)))
        });
        receive.recv_timeout(Duration::from_secs(20)).expect("loading waits for ever")
    }

    fn pipe(made: &Made, path: &str) {
        assert!(Command::new("mkfifo").arg(made.root().join(path)).status().unwrap().success());
    }

    #[test]
    fn symbolic_links_are_refused_wherever_they_lead() {
        let elsewhere = Made::of(&[("secret.toml", "[tool.secret]\nname = \"S\"\ncategory = \"crm\"\n"), ("secret.md", "# Secret")]);
        let made = Made::one(
            "[runbook.linked]\nname = \"Linked\"\nkind = \"other\"\nfile = \"linked.md\"\n\n[runbook.below]\nname = \"Below\"\nkind = \"other\"\nfile = \"folder/secret.md\"\n",
        );
        symlink(elsewhere.root().join("secret.toml"), made.root().join("secret.toml")).unwrap();
        symlink("nowhere", made.root().join("dangling.toml")).unwrap();
        symlink("/dev/zero", made.root().join("device.toml")).unwrap();
        symlink(".", made.root().join("circle")).unwrap();
        symlink(elsewhere.root(), made.root().join("folder")).unwrap();
        symlink(elsewhere.root().join("secret.md"), made.root().join("linked.md")).unwrap();
        symlink("nowhere", made.root().join("of-no-concern.txt")).unwrap();
        let lines = brief(&made.open());
        let files =
            ["circle", "dangling.toml", "device.toml", "folder", "secret.toml"].map(|path| format!("{path}:1 unreadable-file stack"));
        let runbooks = ["stack.toml:7 unreadable-file runbook.linked".to_owned(), "stack.toml:12 unreadable-file runbook.below".to_owned()];
        assert_eq!(lines, [files.to_vec(), runbooks.to_vec()].concat());
        assert!(!told(&made.open()).contains("Secret"));
    }

    #[test]
    fn a_pipe_or_device_is_refused_and_never_waited_for() {
        let made = Made::one("[runbook.pipe]\nname = \"Pipe\"\nkind = \"other\"\nfile = \"pipe.md\"\n");
        pipe(&made, "pipe.toml");
        pipe(&made, "pipe.md");
        let told = told_in_time(&made);
        assert_eq!(told.lines().filter(|line| line.contains("unreadable-file")).count(), 2, "{told}");
        assert!(told.contains("`pipe.toml` cannot be read: this is no regular file"), "{told}");
    }

    #[test]
    fn a_pipe_in_place_of_the_root_file_is_no_stack_that_can_be_read() {
        let made = Made::of(&[]);
        pipe(&made, "stack.toml");
        assert!(told_in_time(&made).starts_with("no file of the stack in"));
    }

    #[test]
    fn a_file_without_permission_is_refused_with_the_reason() {
        let made = Made::one("");
        made.write("closed.toml", "");
        let path = made.root().join("closed.toml");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        // Whoever may read everything, such as root, cannot be refused.
        if fs::read(&path).is_err() {
            let told = told(&made.open());
            assert!(told.contains("`closed.toml` cannot be read: permission denied"), "{told}");
        }
    }
}

#[test]
fn the_root_file_holds_the_company_and_says_where_it_is_instead() {
    let made = Made::of(&[("stack.toml", ""), ("company.toml", "[stack]\nname = \"S\"\n")]);
    let project = made.open();
    assert_eq!(brief(&project), ["stack.toml:1 missing-field stack"]);
    let help = project.report.findings.first().and_then(|finding| finding.help.clone());
    assert_eq!(help.as_deref(), Some("it stands in `company.toml`: move it here, because this file marks the root"));
}

#[test]
fn a_header_that_is_not_closed_is_one_mistake() {
    let made = Made::of(&[("stack.toml", "[stack\nname = \"S\"\n")]);
    assert_eq!(made.open().report.findings.len(), 1);
}

#[test]
fn the_tail_is_lost_after_whichever_mistake_ended_the_reading() {
    let made = Made::of(&[
        ("stack.toml", "[stack]\nname = \"S\"\n"),
        ("a.toml", "[tool.a]\nname = \ncategory = \"crm\"\n[tool.b]\nname = \"\"\"B\ncategory = \"crm\"\n"),
    ]);
    assert_eq!(brief(&made.open()), ["a.toml:2 invalid-toml stack", "a.toml:5 invalid-toml stack"]);
}
