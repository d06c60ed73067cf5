//! `--output FORMAT=PATH`, and the paths that the formats name.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use super::{ALL, small};
use crate::{
    built::{linchpin, said},
    fixture::Made,
};

fn check(made: &Made, arguments: &[&str]) -> Output {
    linchpin(made.root(), &[&["check"], arguments].concat())
}

fn read(made: &Made, path: &str) -> String {
    fs::read_to_string(made.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, also the hidden ones.
fn files(made: &Made) -> Vec<String> {
    let entries = walkdir::WalkDir::new(made.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = entries.filter(|entry| !entry.file_type().is_dir()).map(|entry| entry.path().strip_prefix(made.root()).unwrap().to_owned());
    paths.map(|path| path.display().to_string()).collect()
}

#[test]
fn one_run_writes_every_format_to_a_file_of_its_own_and_another_to_standard_output() {
    let made = small();
    let before = files(&made);
    let outputs: Vec<String> = ALL.iter().map(|(_, name)| format!("--output={name}=out/deep/{name}")).collect();
    let arguments: Vec<&str> = ["--color", "always", "--format", "concise"].into_iter().chain(outputs.iter().map(String::as_str)).collect();
    let run = check(&made, &arguments);
    let (out, err) = said(&run);
    assert_eq!(run.status.code(), Some(1), "{err}");
    for (_, name) in ALL {
        let (alone, _) = said(&check(&made, &["--format", name]));
        assert_eq!(read(&made, &format!("out/deep/{name}")), alone, "{name}");
        assert!(err.contains(&format!("`out/deep/{name}` written\n")), "{err}");
    }
    assert_eq!(out, said(&check(&made, &["--format", "concise"])).0);
    assert_eq!(files(&made).len(), before.len() + ALL.len(), "something is left behind");
}

#[test]
fn the_exit_code_depends_on_no_format() {
    let made = small();
    for (_, name) in ALL {
        for (more, code) in [(&[][..], 1), (&["--fail-on", "never"], 0)] {
            assert_eq!(check(&made, &[&["--format", name], more].concat()).status.code(), Some(code), "{name}");
            let output = format!("{name}=out.txt");
            assert_eq!(check(&made, &[&["--output", output.as_str()], more].concat()).status.code(), Some(code), "{name}");
        }
    }
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let made = small();
    made.write("old.json", "x".repeat(1_000_000));
    assert_eq!(check(&made, &["-q", "--output", "json=old.json"]).status.code(), Some(1));
    assert!(serde_json::from_str::<serde_json::Value>(&read(&made, "old.json")).is_ok());
}

#[test]
fn what_cannot_be_written_is_said_after_everything_else_was_written() {
    let made = small();
    made.write("steps.md", "Look first.\n");
    made.write("runbooks.toml", "[runbook.r]\nname = \"R\"\nkind = \"other\"\nfile = \"steps.md\"\n");
    made.write("blocked", "a file");
    fs::create_dir(made.root().join("folder")).unwrap();
    let run = check(
        &made,
        &[
            "--format",
            "concise",
            "--output",
            "json=blocked/report.json",
            "--output",
            "sarif=folder",
            "--output",
            "json=steps.md",
            "--output",
            "markdown=good.md",
        ],
    );
    let (out, err) = said(&run);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(out, said(&check(&made, &["--format", "concise"])).0);
    assert!(read(&made, "good.md").starts_with("<!-- linchpin -->\n"));
    assert_eq!(read(&made, "blocked"), "a file");
    assert_eq!(read(&made, "steps.md"), "Look first.\n");
    let last = err.lines().last().unwrap();
    assert_eq!(
        last,
        "error: cannot write `blocked/report.json`: not a directory; cannot write `folder`: it is a folder; \
         cannot write `steps.md`: it is a file of the stack"
    );
    assert!(!files(&made).iter().any(|path| path.contains(".linchpin-tmp")), "{:?}", files(&made));
}

#[test]
fn arguments_that_make_no_sense_are_refused_before_anything_is_written() {
    let made = small();
    made.write("old.txt", "");
    let before = files(&made);
    for (outputs, message) in [
        (&["json"][..], "write a format and a path, such as `json=report.json`"),
        (&["xml=a"], "`xml` is none of text, concise, json, sarif, github, gitlab, junit, markdown"),
        (&["json="], "the path is missing"),
        (&["json=-"], "standard output is what `--format` writes to; name a file"),
        (&["json=a", "sarif=./a"], "`./a` is named twice; give every file that is read or written a place of its own"),
        (&["json=a", "sarif=new/../a"], "`new/../a` is named twice"),
        (&["json=a", "--write-baseline=./a"], "`a` is named twice"),
        (&["json=old.txt", "--baseline=old.txt"], "`old.txt` is named twice"),
        (&["json=old.txt", "--baseline=old.txt", "--write-baseline=old.txt"], "`old.txt` is named twice"),
        (&["--baseline=old.txt", "--write-baseline=new.toml"], "`new.toml` would be a file of the stack; give it another name"),
        (&["json=tools/new.toml"], "`tools/new.toml` would be a file of the stack"),
        (&["json=tools/crm & more.toml"], "`tools/crm & more.toml` would be a file of the stack"),
    ] {
        let arguments: Vec<String> = outputs
            .iter()
            .map(|output| if output.starts_with('-') { (*output).to_owned() } else { format!("--output={output}") })
            .collect();
        let run = check(&made, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let (out, err) = said(&run);
        assert_eq!((run.status.code(), out.as_str()), (Some(2), ""), "{outputs:?}");
        assert!(err.contains(message), "{err}");
    }
    let diff = check(&made, &["--fix", "--diff", "--output", "json=report.json"]);
    assert_eq!(diff.status.code(), Some(2), "a run that only shows a difference writes no report");
    let nowhere = linchpin(made.root(), &["check", "nowhere", "--output", "json=report.json"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert_eq!(files(&made), before);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_what_is_read_only_stays() {
    use std::os::unix::fs::PermissionsExt;
    let made = small();
    for (path, output) in [("report.json", "--output=json=report.json"), ("old.txt", "--write-baseline=old.txt")] {
        made.write(path, "");
        let place = made.root().join(path);
        let bits = || place.metadata().unwrap().permissions().mode() & 0o777;
        fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(check(&made, &[output]).status.code() < Some(2), "{path}");
        let text = read(&made, path);
        assert!(!text.is_empty() && bits() == 0o640, "{path}");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o440)).unwrap();
        let run = check(&made, &[output, "--today", "2026-11-23"]);
        assert_eq!(run.status.code(), Some(2), "{path}");
        assert!(said(&run).1.ends_with(&format!("error: cannot write `{path}`: it is read-only\n")), "{}", said(&run).1);
        assert!(read(&made, path) == text && bits() == 0o440, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_devices_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let made = small();
    made.write("target", "mine");
    symlink("target", made.root().join("link")).unwrap();
    let run = check(&made, &["--output", "json=link"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run).1.ends_with("error: cannot write `link`: it is a symbolic link; name the file itself\n"));
    assert_eq!(read(&made, "target"), "mine");
    let run = check(&made, &["--output", "json=/dev/null", "--output", "sarif=/dev/stderr"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(said(&run).1.contains("\"version\": \"2.1.0\""));
    assert!(Path::new("/dev/null").metadata().unwrap().file_type().is_char_device());
}

#[test]
fn a_closed_pipe_keeps_no_file_from_being_written() {
    let made = small();
    let mut child = Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(["check", "-q", "--format", "json", "--output", "junit=report.xml"])
        .current_dir(made.root())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    super::reader::junit(&read(&made, "report.xml"));
}

#[test]
fn the_jobs_of_the_readme_run_and_read_what_they_write() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let jobs: Vec<&str> = readme.split("```yaml\n").skip(1).map(|job| job.split("```").next().unwrap()).collect();
    for (job, reads) in jobs.iter().zip([&["sarif_file: "][..], &["codequality: ", "junit: "]]) {
        let made = small();
        let command =
            job.lines().find_map(|line| line.split_once("linchpin check ")).unwrap().1.replace("\"$GITHUB_STEP_SUMMARY\"", "summary.md");
        let run = check(&made, &command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.status.code(), Some(1), "{}", said(&run).1);
        for key in reads {
            let path = job.lines().find_map(|line| line.trim().strip_prefix(key)).unwrap();
            assert!(!read(&made, path).is_empty(), "{path}");
        }
        assert_eq!(job.contains("SUMMARY"), made.root().join("summary.md").is_file());
    }
    assert_eq!(jobs.len(), 2);
}

#[test]
fn paths_are_those_from_the_working_directory_however_the_stack_is_named() {
    let made = small();
    let name = made.root().file_name().unwrap().to_str().unwrap();
    let above = made.root().parent().unwrap();
    let absolute = above.canonicalize().unwrap().join(name);
    for named in [name.to_owned(), format!("./{name}"), format!("{name}/"), absolute.to_str().unwrap().to_owned()] {
        for format in ["concise", "sarif", "gitlab", "github", "junit", "markdown"] {
            let run = Command::new(env!("CARGO_BIN_EXE_linchpin"))
                .args(["check", &named, "--format", format])
                .current_dir(above.canonicalize().unwrap())
                .output()
                .unwrap();
            let (out, err) = said(&run);
            assert!(out.contains(&format!("{name}/tools/crm")), "{named} {format}: {out}{err}");
            assert!(!out.contains(above.to_str().unwrap()) && !out.contains(&format!("./{name}")), "{named} {format}: {out}");
        }
    }
    let inside = said(&linchpin(&made.root().join("tools"), &["check", "--format", "concise"])).0;
    assert!(inside.lines().all(|line| line.starts_with("../")), "{inside}");
}

#[test]
fn a_file_that_is_called_like_a_command_or_an_option_is_named_harmless() {
    let made = Made::one("");
    let names = ["::error::forged.toml", " ::notice::forged.toml", "-x.toml", "##[add-mask]x.toml"];
    for (number, name) in names.iter().enumerate() {
        made.write(name, format!("[tool.x{number}]\nname = \"X\"\n"));
    }
    let (out, _) = said(&check(&made, &["--format", "concise"]));
    assert_eq!(out.lines().count(), 4);
    assert!(out.lines().all(|line| line.starts_with("./") && !line.contains("##[")), "{out}");
}
