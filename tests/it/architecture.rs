//! What the code must look like: who may use whom, how long files may be, and what must not occur.

use std::{collections::BTreeMap, fs, path::Path};

use walkdir::WalkDir;

/// The rooms of `src/`, from the first to the last. A room may use those of earlier places only; rooms of one place ignore each other.
const ORDER: [&[&str]; 14] = [
    &["source", "disk"],
    &["text"],
    &["diagnostic"],
    &["model"],
    &["load", "history"],
    &["graph"],
    &["routing"],
    &["analysis"],
    &["rules"],
    &["policy"],
    &["report", "export", "diagram", "fix"],
    &["review"],
    &["render"],
    &["command", "cli", "main"],
];
/// What stands in `lib.rs` and may be used by the rooms that come after what it is made of.
const PROJECT: [&str; 2] = ["Project", "Clock"];
/// The longest file, in lines.
const MOST_LINES: usize = 300;

/// A file of the source: its path below `src/` with `/`, and its text.
type File = (String, String);

/// The files that ship: those that a `mod` brings in for tests only are left out.
fn sources() -> Vec<File> {
    let all = every_source();
    let is_for_tests = |path: &str| {
        let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/').unwrap_or(("", path));
        all.iter().any(|(parent, text)| *parent == format!("{folder}/mod.rs") && text.contains(&format!("#[cfg(test)]\nmod {name};")))
    };
    all.iter().filter(|(path, _)| !is_for_tests(path)).cloned().collect()
}

fn every_source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn place(room: &str) -> Option<usize> {
    ORDER.iter().position(|rooms| rooms.contains(&room))
}

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

/// The code without comments and texts, as one line, and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\n").next().filter(|_| text.contains("mod tests {")).unwrap_or(text);
    let mut code = String::new();
    for line in text.lines() {
        let line = line.trim();
        if !line.starts_with("//") {
            code.push_str(line.split(" // ").next().unwrap());
            code.push(' ');
        }
    }
    code
}

/// The rooms that a file uses: by `crate::room`, by `use crate::{room, …}`, and by `linchpin::room` in the binary.
fn used(text: &str) -> Vec<String> {
    let code = code(text);
    let mut used = Vec::new();
    for root in ["crate::", "linchpin::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => used.extend(heads(group)),
                None => used.push(word(rest)),
            }
        }
    }
    used.retain(|word| !word.is_empty());
    used
}

/// The first word of every branch of a group, up to the brace that closes it.
fn heads(group: &str) -> Vec<String> {
    let mut heads = vec![word(group)];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(word(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Every use of a room by one that must not know it.
fn violations(files: &[File]) -> Vec<String> {
    let mut violations = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path != "lib.rs") {
        let own = room(path);
        let Some(at) = place(own) else {
            violations.push(format!("{path}: the room `{own}` has no place in the order"));
            continue;
        };
        for word in used(text) {
            let is_binary = at + 1 == ORDER.len();
            let is_allowed = match place(&word) {
                Some(other) => other < at || word == own || is_binary,
                None if PROJECT.contains(&word.as_str()) => Some(at) > place("policy"),
                // Macros that a room exports to the root of the crate, and the name of the crate in texts.
                None => word.chars().next().is_some_and(char::is_lowercase) && !text.contains(&format!("crate::{word}::")),
            };
            if !is_allowed {
                violations.push(format!("{path}: uses `{word}`, which comes after it"));
            }
        }
    }
    violations
}

#[test]
fn every_room_uses_only_rooms_before_it() {
    assert_eq!(violations(&sources()), [] as [&str; 0]);
}

#[test]
fn a_use_of_a_later_room_is_found_however_it_is_written() {
    let planted = |path: &str, text: &str| violations(&[(path.to_owned(), text.to_owned())]).len();
    assert_eq!(planted("model/tool.rs", "use crate::load::Loaded;\n"), 1);
    assert_eq!(planted("model/tool.rs", "use crate::{\n    source::FileId,\n    rules::{self, RULES},\n};\n"), 1);
    assert_eq!(planted("graph/mod.rs", "fn f() { crate::rules::all(); }\n"), 1);
    assert_eq!(planted("report/rule.rs", "use crate::export::Format;\n"), 1);
    assert_eq!(planted("rules/no_owner.rs", "use crate::Project;\n"), 1);
    assert_eq!(planted("novelty.rs", "\n"), 1);
    assert_eq!(planted("report/rule.rs", "use crate::{Project, diagnostic::Rule, text::terminal::line};\n"), 0);
    assert_eq!(planted("model/tool.rs", "//! As crate::load says.\nuse crate::source::FileId;\nuse super::Id;\n"), 0);
    assert_eq!(planted("command/check.rs", "use linchpin::{Project, report::finding};\nuse crate::cli::Check;\n"), 0);
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let long = every_source().into_iter().map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > MOST_LINES);
    assert_eq!(long.collect::<Vec<_>>(), []);
}

/// What must not occur in code that ships, by file.
fn forbidden(files: &[File]) -> BTreeMap<String, Vec<&'static str>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, text) in files {
        let shipped = code(text);
        let panics = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "unimplemented!(", "todo!(", "dbg!("];
        let marks = ["TODO", "FIXME"];
        let found_here =
            panics.into_iter().filter(|word| shipped.contains(word)).chain(marks.into_iter().filter(|word| text.contains(word)));
        for word in found_here {
            found.entry(path.clone()).or_default().push(word);
        }
    }
    found
}

#[test]
fn nothing_that_ships_panics_on_purpose_or_is_left_to_do() {
    assert_eq!(forbidden(&sources()), BTreeMap::new());
    let planted =
        ("a.rs".to_owned(), "fn f() { Some(1).unwrap(); }\n// TODO: mend\n#[cfg(test)]\nmod tests { fn g() { panic!() } }".to_owned());
    assert_eq!(forbidden(&[planted])["a.rs"], [".unwrap()", "TODO"]);
}

#[test]
fn nobody_looks_at_the_clock_or_the_environment_but_the_commands() {
    let words = ["SystemTime::now", "Instant::now", "Zoned::now", "env::var", "std::env", "process::exit"];
    for (path, text) in sources().iter().filter(|(path, _)| room(path) != "command") {
        for word in words {
            assert!(!code(text).contains(word), "{path} uses `{word}`");
        }
    }
}
