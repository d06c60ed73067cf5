//! Fixing: what is mended, what is left alone, and what must hold whatever the files say.

use std::{collections::BTreeMap, fs, path::Path};

use linchpin::{
    Project,
    fix::{self, Fixed},
    load::Edits,
    policy::Request,
};
use proptest::{prelude::*, sample::Index};
use similar::{ChangeTag, DiffTag, TextDiff};
use walkdir::WalkDir;

use crate::fixture::{Made, brief, checked_in, clock};

fn fixed(root: &Path) -> Fixed {
    fix::fix(root, clock(), &Request::default()).unwrap()
}

/// Fixes a stack of one file, and returns what stands there afterwards and how many findings were mended.
fn mended(text: &str) -> (String, usize) {
    let made = Made::of(&[("stack.toml", text)]);
    let fixed = fixed(made.root());
    fix::write(made.root(), &fixed.before.sources, &fixed.edits).unwrap();
    (fs::read_to_string(made.root().join("stack.toml")).unwrap(), fixed.mended)
}

const HEAD: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n[person.ana]\nname = \"Ana\"\n";

/// An acceptance of something that nobody finds.
fn unused(note: &str) -> String {
    format!(
        "[[suppress]] # {note}\nrule = \"no-owner\"\non = \"person.ana\"\nreason = \"decided for this test\"\nuntil = 2026-12-31\nby = \"ana\"\n"
    )
}

#[test]
fn an_unused_acceptance_goes_with_its_comment_and_everything_else_stays() {
    let (one, two) = (unused("one"), unused("two"));
    let used = "# This one is needed.\n[[suppress]]\nrule = \"no-owner\"\non = \"tool.crm\"\nreason = \"decided for this test\"\nuntil = 2026-12-31\nby = \"ana\"\n";
    let tool = "[tool.crm] # ours\nname   =  'CRM'\ncategory = \"crm\"\n";
    let cases = [
        (format!("{HEAD}\n# Of the first.\n{one}\n{tool}\n{used}"), format!("{HEAD}\n{tool}\n{used}")),
        (format!("{HEAD}\n# Of the file.\n\n{one}\n{used}\n{tool}"), format!("{HEAD}\n# Of the file.\n\n{used}\n{tool}")),
        (format!("{HEAD}\n{tool}\n{used}\n# Of the last,\n# on two lines.\n{two}# And below it.\n\n\n"), format!("{HEAD}\n{tool}\n{used}")),
        (format!("{HEAD}\n{one}\n{two}"), HEAD.to_owned()),
        (format!("{HEAD}\n{one}\n{used}\n{two}\n{tool}"), format!("{HEAD}\n{used}\n{tool}")),
    ];
    for (before, after) in cases {
        assert_eq!(mended(&before).0, after);
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(mended(&windows(&before)).0, windows(&after));
    }
    let file = Made::of(&[("stack.toml", HEAD), ("accepted.toml", &one)]);
    let fixed = fixed(file.root());
    assert_eq!(fixed.edits, BTreeMap::from([("accepted.toml".to_owned(), String::new())]));
}

#[test]
fn acceptances_in_a_list_in_brackets_go_too() {
    let element = "{ rule = \"no-owner\", on = \"person.ana\", reason = \"decided for this test\", until = 2026-12-31, by = \"ana\" }";
    let list = |elements: &str| format!("suppress = [{elements}]\n{HEAD}");
    assert_eq!(mended(&list(element)), (list(""), 1));
    assert_eq!(mended(&list(&format!("\n  {element},\n  {element},\n"))).1, 2);
}

#[test]
fn a_word_that_can_mean_one_other_only_is_corrected_in_the_quotes_it_has() {
    let tool = "[tool.hubspot]\nname = \"HubSpot\"\ncategory = \"crm\"\n";
    for (wrong, right) in [
        ("[tool.a]\nname = \"A\"\ncategroy = \"crm\"\n", "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n"),
        ("[tool.a]\nname = \"A\"\n\"categroy\"='crm' # why\n", "[tool.a]\nname = \"A\"\ncategory='crm' # why\n"),
        ("[tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"anna\"\n", "[tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ana\"\n"),
        (
            "[integration.a]\nfrom = 'hubspto'\nto = \"\"\"hubspt\"\"\"\nmethod = \"api\"\n",
            "[integration.a]\nfrom = 'hubspot'\nto = \"hubspot\"\nmethod = \"api\"\n",
        ),
        (
            "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tool.a.adoptoin]\nshare = 1\n",
            "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tool.a.adoption]\nshare = 1\n",
        ),
        ("[tol.a]\nname = \"A\"\ncategory = \"crm\"\n", "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n"),
        ("[rules]\nno-onwer = \"off\"\n", "[rules]\nno-owner = \"off\"\n"),
        (
            "[contract.a]\ncovers = [\"hubspot\"]\nallocation = { hubspt = 1 }\n",
            "[contract.a]\ncovers = [\"hubspot\"]\nallocation = { hubspot = 1 }\n",
        ),
        (
            "[audience.a]\nname = \"A\"\nkind = \"segment\"\ntool = \"hubspot\"\nfeeds = [\"tool.hubspt\"]\n",
            "[audience.a]\nname = \"A\"\nkind = \"segment\"\ntool = \"hubspot\"\nfeeds = [\"tool.hubspot\"]\n",
        ),
    ] {
        let (before, after) = (format!("{HEAD}\n{tool}\n{wrong}"), format!("{HEAD}\n{tool}\n{right}"));
        assert_eq!(mended(&before).0, after);
    }
    // What a correction uncovers is mended with it.
    assert_eq!(mended(&format!("{HEAD}{tool}[tool.a]\nname = \"A\"\ncategory = \"crm\"\nonwer = \"anaa\"\n")).1, 2);
}

#[test]
fn what_is_not_certain_is_left_alone() {
    let two = "[tool.sales]\nname = \"x\"\ncategory = \"crm\"\n[tool.salet]\nname = \"x\"\ncategory = \"crm\"\n";
    for text in [
        // Two tools are as near.
        &format!("{two}[integration.a]\nfrom = \"sale\"\nto = \"sales\"\nmethod = \"api\"\n")[..],
        // Another person is no slip of the pen.
        "[person.dan]\nname = \"Dan\"\n[tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ian\"\n",
        // An owner is never made up.
        "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n",
        // The right key is there already.
        "[tool.a]\nname = \"A\"\ncategory = \"crm\"\ncategroy = \"crm\"\n",
        // Several headers would have to change at once.
        "[lifecycle.a]\nname = \"A\"\n[[lifecycle.a.stge]]\nid = \"x\"\nname = \"X\"\n[[lifecycle.a.stge]]\nid = \"y\"\nname = \"Y\"\n",
        // So would several keys.
        "[charter]\nares.technology = \"ana\"\nares.process = \"ana\"\n",
        // The corrected table would be there twice.
        "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tol.a]\nname = \"A\"\ncategory = \"crm\"\n",
        // The corrected table would have mistakes that nobody can mend.
        "[tol.b]\nname = \"B\"\n",
        // The file is not TOML: what stands in it is a guess.
        "[tool.a]\nname = \"A\"\ncategroy = \"crm\"\nx = \n",
    ] {
        let before = format!("{HEAD}\n{text}");
        assert_eq!(mended(&before), (before, 0));
    }
}

#[test]
fn what_cannot_be_corrected_does_not_keep_the_rest_from_it() {
    let text =
        "[tool.a]\nname = \"A\"\ncategroy = \"crm\"\n[tol.b]\nname = \"B\"\n[tool.c]\nname = \"C\"\ncategory = \"crm\"\nonwer = \"anaa\"\n";
    let (after, mended) = mended(&format!("{HEAD}\n{text}"));
    assert_eq!(after, format!("{HEAD}\n{}", text.replace("categroy", "category").replace("onwer", "owner").replace("anaa", "ana")));
    assert_eq!(mended, 3);
}

#[test]
fn what_cannot_be_corrected_uses_up_no_attempt_of_what_can() {
    let tool = |number: usize, owner: &str| format!("[tool.t{number}]\nname = \"T\"\ncategory = \"crm\"\nonwer = {owner}\n");
    let bad: String = (0..52).map(|number| tool(number, "5")).collect();
    let good: String = (52..54).map(|number| tool(number, "\"ana\"")).collect();
    let (after, mended) = mended(&format!("{HEAD}{bad}{good}"));
    assert_eq!((after, mended), (format!("{HEAD}{bad}{}", good.replace("onwer", "owner")), 2));
}

#[test]
fn what_failed_by_itself_is_not_tried_again() {
    // All of them are mistakes of one subject, so that nothing tells them apart but trying.
    let rules: Vec<&str> = linchpin::rules::RULES.iter().map(|rule| rule.name).filter(|name| name.len() > 9).take(66).collect();
    let slip = |name: &str| format!("{}{}", &name[..4], &name[5..]);
    let value = |index: usize| if index % 11 == 10 { "\"off\"" } else { "5" };
    let write = |name: &dyn Fn(usize, &str) -> String| {
        let lines = rules.iter().enumerate().map(|(index, rule)| format!("{} = {}\n", name(index, rule), value(index)));
        format!("{HEAD}\n[rules]\n{}", lines.collect::<String>())
    };
    let (after, mended) = mended(&write(&|_, rule| slip(rule)));
    let expected = write(&|index, rule| if value(index) == "5" { slip(rule) } else { (*rule).to_owned() });
    assert_eq!((after, mended), (expected, 6));
}

#[test]
fn marks_and_permissions_stay_and_what_has_changed_is_not_overwritten() {
    let made = Made::of(&[("stack.toml", &format!("\u{feff}{HEAD}\n{}", unused("")))]);
    let path = made.root().join("stack.toml");
    let fixed = fixed(made.root());
    fs::write(&path, HEAD).unwrap();
    let refused = fix::write(made.root(), &fixed.before.sources, &fixed.edits).unwrap_err().to_string();
    assert!(refused.ends_with("stays as it is: somebody has changed it in the meantime; run this again"), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), HEAD);
    made.write("stack.toml", format!("\u{feff}{HEAD}\n{}", unused("")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    fix::write(made.root(), &fixed.before.sources, &fixed.edits).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("\u{feff}{HEAD}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let mut locked = path.metadata().unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&path, locked).unwrap();
    made.write("other.toml", unused(""));
    let again = self::fixed(made.root());
    assert_eq!(again.edits.keys().collect::<Vec<_>>(), ["other.toml"], "a file without a mistake is not touched");
    fix::write(made.root(), &again.before.sources, &again.edits).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_nor_to_what_is_read_only() {
    use std::os::unix::fs::symlink;
    let elsewhere = Made::of(&[("accepted.toml", &unused(""))]);
    let made = Made::of(&[("stack.toml", HEAD), ("tools/accepted.toml", &unused(""))]);
    let fixed = fixed(made.root());
    assert_eq!(fixed.edits.len(), 1);
    let refusal = || fix::write(made.root(), &fixed.before.sources, &fixed.edits).unwrap_err().to_string();
    fs::remove_file(made.root().join("tools/accepted.toml")).unwrap();
    symlink(elsewhere.root().join("accepted.toml"), made.root().join("tools/accepted.toml")).unwrap();
    assert!(refusal().ends_with("a symbolic link leads to it"), "{}", refusal());
    fs::remove_file(made.root().join("tools/accepted.toml")).unwrap();
    fs::remove_dir(made.root().join("tools")).unwrap();
    symlink(elsewhere.root(), made.root().join("tools")).unwrap();
    assert!(refusal().ends_with("a symbolic link leads to it"), "{}", refusal());
    assert_eq!(fs::read_to_string(elsewhere.root().join("accepted.toml")).unwrap(), unused(""));
    fs::remove_file(made.root().join("tools")).unwrap();
    made.write("tools/accepted.toml", unused(""));
    let path = made.root().join("tools/accepted.toml");
    let mut locked = path.metadata().unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&path, locked).unwrap();
    assert!(refusal().ends_with("it is read-only"), "{}", refusal());
}

/// How often each rule found something on each subject.
fn counts(project: &Project, only_mistakes: bool) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in project.report.findings.iter().filter(|finding| !only_mistakes || !finding.rule.is_adjustable()) {
        *counts.entry((finding.rule.name.to_owned(), finding.subject.clone())).or_default() += 1;
    }
    counts
}

/// Whether a line can be a part of an acceptance that was removed, with a slip in its key that was corrected before.
fn is_of_an_acceptance(line: &str) -> bool {
    let keys = ["[[suppress]]", "rule", "on", "key", "reason", "until", "by"];
    let line = line.trim();
    let word = line.split('#').next().unwrap().split('=').next().unwrap().trim();
    word.is_empty() || keys.iter().any(|key| *key == word || key.len() > 3 && strsim::osa_distance(key, word) <= 3)
}

/// Checks that a text differs from another only by words in lines and by acceptances that are gone.
fn check_difference(old: &str, new: &str, mended: usize) -> Result<(), TestCaseError> {
    let diff = TextDiff::from_lines(old, new);
    let mut changed = 0;
    for op in diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
        let lines = |tag: ChangeTag| {
            diff.iter_changes(op).filter(move |change| change.tag() == tag).map(|change| change.value().to_owned()).collect::<Vec<_>>()
        };
        let (gone, come) = (lines(ChangeTag::Delete), lines(ChangeTag::Insert));
        let mut rest = gone.iter();
        for line in &come {
            changed += 1;
            let passed: Vec<&String> = rest.by_ref().take_while(|gone| strsim::osa_distance(gone, line) > 6).collect();
            prop_assert!(passed.iter().all(|line| is_of_an_acceptance(line)), "{gone:?} became {come:?}");
        }
        prop_assert!(rest.all(|line| is_of_an_acceptance(line)), "{gone:?} became {come:?}");
        prop_assert!(gone.len() >= come.len(), "{gone:?} became {come:?}");
    }
    prop_assert!(changed <= mended, "{changed} lines for {mended} findings");
    Ok(())
}

/// A slip of the pen in a word, if the text has one at this place.
fn slip(text: &mut String, place: Index, how: u8) {
    let starts: Vec<usize> = text.match_indices(['\n', '"', ' ', '.', '[', '\'']).map(|(at, _)| at + 1).collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[place.index(starts.len())];
    let length = text[start..].bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'-').count();
    if length < 4 {
        return;
    }
    let at = start + 1 + usize::from(how) % (length - 2);
    match how % 3 {
        0 => drop(text.remove(at)),
        1 => text.insert(at, 'e'),
        _ => {
            let letter = text.remove(at);
            text.insert(at + 1, letter);
        }
    }
}

/// A stack with slips of the pen and acceptances, in one way of ending lines.
fn spoilt(folder: &str, slips: &[(Index, Index, u8)], accepted: &[(Index, u8)], windows: bool) -> Made {
    let made = Made::copy_of(&checked_in(folder));
    let mut paths: Vec<_> = WalkDir::new(made.root()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    for (file, place, how) in slips {
        let path = &paths[file.index(paths.len())];
        let mut text = fs::read_to_string(path).unwrap();
        slip(&mut text, *place, *how);
        fs::write(path, text).unwrap();
    }
    for (file, kind) in accepted {
        let path = &paths[file.index(paths.len())];
        let gap = ["", "\n", "\n# Of it.\n", "\n# Of the file.\n\n"][usize::from(kind % 4)];
        let more = unused("x").replace("2026-12-31", if kind % 5 == 0 { "2026-10-31" } else { "2026-12-31" });
        let below = ["", "# Below it.\n", "\n\n"][usize::from(kind % 3)];
        let text = fs::read_to_string(path).unwrap();
        let text = if kind % 2 == 0 { format!("{text}{gap}{more}{below}") } else { format!("{more}{below}{gap}{text}") };
        // What stands above the first header belongs to the root: it must not end up in an acceptance.
        let is_rootless = text.starts_with("[[suppress]]") && kind % 2 == 1;
        if is_rootless || kind % 2 == 0 {
            fs::write(path, text).unwrap();
        }
    }
    if windows {
        made.each_toml(|text| text.replace('\n', "\r\n"));
    }
    made
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn fixing_ends_leaves_less_and_changes_nothing_else(
        folder in proptest::sample::select(vec!["stacks/sound", "stacks/addresses", "rules/departed-owner/fail"]),
        slips in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<u8>()), 0..4),
        accepted in proptest::collection::vec((any::<Index>(), any::<u8>()), 0..4),
        windows in any::<bool>(),
    ) {
        let made = spoilt(folder, &slips, &accepted, windows);
        let old = Made::copy_of(made.root());
        let fixed = fixed(made.root());
        fix::write(made.root(), &fixed.before.sources, &fixed.edits).unwrap();
        for entry in WalkDir::new(old.root()).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(old.root()).unwrap();
            let (old, new) = (fs::read_to_string(entry.path()).unwrap(), fs::read_to_string(made.root().join(path)).unwrap());
            if fixed.edits.contains_key(path.to_str().unwrap()) {
                prop_assert!(new.parse::<toml::Table>().is_ok(), "{new}");
                check_difference(&old, &new, fixed.mended)?;
            } else {
                prop_assert_eq!(old, new);
            }
        }
        let after = Project::judge(made.root(), clock(), &Request::default(), &Edits::new()).unwrap();
        let only_mistakes = !fixed.before.is_valid();
        let (before, now) = (counts(&fixed.before, only_mistakes), counts(&after, only_mistakes));
        for (of, count) in &now {
            prop_assert!(before.get(of).is_some_and(|most| count <= most), "{of:?} is new: {:?}", brief(&after));
        }
        let again = self::fixed(made.root());
        prop_assert_eq!((again.mended, again.edits), (0, Edits::new()));
    }
}
