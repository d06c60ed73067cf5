//! `route run`.

use std::{
    fs,
    io::{self, Read, Write},
};

use linchpin::{
    report::leads::{Asked, Error, Summary, route, write_summary},
    routing::{Engine, Run},
};

use super::{fed, made};
use crate::{
    built::said,
    cli::{HOSTILE, linchpin, steering},
    fixture::Made,
};

/// What comes out of a table that goes in by standard input, and what is said of it.
fn run_on(made: &Made, table: impl AsRef<[u8]>, more: &[&str]) -> (i32, Vec<u8>, String) {
    let output = fed(made.root(), &[&["route", "run", "inbound", "-"], more].concat(), table.as_ref());
    let (code, out) = (output.status.code().unwrap(), output.stdout.clone());
    (code, out, String::from_utf8(output.stderr).unwrap())
}

fn routed(table: impl AsRef<[u8]>) -> String {
    let (code, out, err) = run_on(&made(), table, &[]);
    assert_eq!(code, 0, "{err}");
    String::from_utf8(out).unwrap()
}

/// The mistakes of a table, without what they all begin with.
fn mistakes(table: impl AsRef<[u8]>) -> Vec<String> {
    let (code, _, err) = run_on(&made(), table, &[]);
    assert_eq!(code, 2, "{err}");
    let mistakes = err.lines().filter(|line| !line.starts_with("note: the row"));
    mistakes.map(|line| line.strip_prefix("error: standard input: ").unwrap().to_owned()).collect()
}

#[test]
fn rows_keep_their_order_and_their_other_columns_and_say_who_gets_them() {
    let table = "\
id,email,Notes,country,employees,vip
1,a@x.example,\"hi, \"\"you\"\"\nthere\",US,1000,
2,b@x.edu,=1+1,,,false
3,c@x.example, spaces ,FR,11,
4,d@x.example,,fr,12,
5,e@x.example,,MC,13,
6,f@x.example,,MC,3,
7,g@x.example,,DE,3,
8,h@x.example,,DE,300,TRUE
";
    assert_eq!(
        routed(table),
        "\
id,email,Notes,country,employees,vip,linchpin_rule,linchpin_assignee
1,a@x.example,\"hi, \"\"you\"\"\nthere\",US,1000,,Large,\"owner of account, else team.sales\"
2,b@x.edu,=1+1,,,false,Not a buyer,nobody
3,c@x.example, spaces ,FR,11,,France,person.ben
4,d@x.example,,fr,12,,France,team.sales
5,e@x.example,,MC,13,,France,person.ben
6,f@x.example,,MC,3,,France,
7,g@x.example,,DE,3,,,
8,h@x.example,,DE,300,TRUE,Very important,person.ana
"
    );
}

#[test]
fn whoever_gets_records_in_turn_has_them_by_weight() {
    let rows = (0..8).map(|row| format!("a{row}@x.example,500\n")).collect::<Vec<_>>().concat();
    let out = routed(format!("email,employees\n{rows}"));
    let takers: Vec<&str> = out.lines().skip(1).map(|line| line.rsplit_once(',').unwrap().1).collect();
    let [ana, ben] = ["person.ana", "person.ben"];
    assert_eq!(takers, [ana, ana, ben, ana, ana, ana, ben, ana]);
}

#[test]
fn the_summary_counts_rules_and_assignees_and_names_the_lines_of_what_nobody_gets() {
    let mut table = "email,country,employees\n".to_owned();
    table.push_str(&"a@x.example,,500\n".repeat(4));
    table.push_str("\n\"b\n@x.example\",DE,1\nc@x.example,FR,2\n");
    table.push_str(&"d@x.example,DE,1\n".repeat(11));
    let (code, _, err) = run_on(&made(), table, &[]);
    assert_eq!(code, 0);
    assert_eq!(
        err,
        "\
note: no column `budget`, `level`, `vip`: missing in every record
17 records routed by routing.inbound

rule                records   share
Not a buyer               0      0%
Very important            0      0%
France                    1    5.9%  ██
Large                     0      0%
Middle                    4   23.5%  ████████
unrouted                 12   70.6%  ████████████████████████

assignee                               records   share
person.ana                                   3   17.6%  █████▌
person.ben                                   1    5.9%  █▊
nobody                                       0      0%
owner of account, else team.sales            0      0%
team.sales                                   0      0%
unrouted                                    13   76.5%  ████████████████████████

unrouted: 12 records, on lines 7, 10, 11, 12, 13, 14, 15, 16, 17, 18 and 2 more; no rule took them
handed over and unrouted there: 1 record (routing.france), on line 9
`Middle` gives at most 25 a day to each; the table has no days, so this is not counted
"
    );
}

#[test]
fn a_table_keeps_the_line_ends_and_the_mark_of_its_encoding() {
    let (_, out, _) = run_on(&made(), b"\xef\xbb\xbfemail,vip\r\na@x.example,true\r\n\"b\r\nc\",\r\n", &["-q"]);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "\u{feff}email,vip,linchpin_rule,linchpin_assignee\r\na@x.example,true,Very important,person.ana\r\n\"b\r\nc\",,,\r\n"
    );
    let (_, out, _) = run_on(&made(), b"\xef\xbb\xbf\"email\",vip\ra,true", &["-q"]);
    assert_eq!(String::from_utf8(out).unwrap(), "\u{feff}email,vip,linchpin_rule,linchpin_assignee\ra,true,Very important,person.ana\r");
    assert_eq!(routed("email"), "email,linchpin_rule,linchpin_assignee\n");
}

#[test]
fn mistakes_are_found_on_their_lines_whatever_ends_a_line() {
    let rows = "email,employees,note\n\na,1,\"x\ny\"\n,2,\n\n\nb,x,\"\n\n\"\nc,-1\nd,1,\"z";
    let expected = [
        "line 5, column 1: `email` is empty, and every record has one",
        "line 8, column 2: `employees` cannot be `x`: it is no whole number",
        "line 11: 2 cells, fewer than the 3 of the first line; is a quotation mark never closed, or a comma lost?",
    ];
    assert_eq!(mistakes(rows), expected);
    assert_eq!(mistakes(rows.replace('\n', "\r\n")), expected);
    assert_eq!(mistakes(rows.replace('\n', "\r")), expected);
    assert_eq!(mistakes(format!("\u{feff}{rows}")), expected);
    assert_eq!(mistakes("email,employees\ra,1\r,2\r"), ["line 3, column 1: `email` is empty, and every record has one"]);
    let open = "email,employees\na,1\n\"b,1\nc,2\nd,3\n";
    assert_eq!(mistakes(open), ["line 3: 1 cell, fewer than the 2 of the first line; is a quotation mark never closed, or a comma lost?"]);
}

#[test]
fn a_header_that_does_not_fit_is_explained() {
    for (header, said) in [
        ("", "the table is empty; its first line must name the fields"),
        ("\n\n\r\n", "the table is empty; its first line must name the fields"),
        ("id,name\n", "line 1 names no field of the routing; the fields are `budget`, `country`, `email`, `employees`, `level`, `vip`"),
        (
            "\nemail;country\n",
            "line 2 names no field of the routing; is it separated by `;`? then save the table with commas; the fields are `budget`, `country`, `email`, `employees`, `level`, `vip`",
        ),
        ("E-Mail\n", "line 1 names no field of the routing; column 1, `E-Mail`, may be `email`; rename it if so"),
        (
            "id,E-Mail,Cuontry\n",
            "line 1 names no field of the routing; column 2, `E-Mail`, may be `email`; column 3, `Cuontry`, may be `country`; rename them if so",
        ),
        ("country,vip\n", "line 1: no column `email`, and every record has one; add it"),
        ("E-Mail,vip\n", "line 1: no column `email`, and every record has one; is it column 1, `E-Mail`? then rename that"),
        ("email,country,email\n", "line 1, column 3: `email` is the name of column 1 too; keep one of them, or rename the other"),
        ("email,x, email \n", "line 1, column 3: `email` is the name of column 1 too; keep one of them, or rename the other"),
        (
            "email,linchpin_rule\n",
            "line 1, column 2: `linchpin_rule` is a name of the columns that are added; rename or remove the column, as it may come from an earlier run",
        ),
    ] {
        assert_eq!(mistakes(header), [said], "{header:?}");
    }
    let (code, _, err) = run_on(&made(), b"email,caf\xe9\n", &[]);
    assert_eq!(
        (code, err.as_str()),
        (2, "error: standard input: line 1, column 2: the text is not UTF-8; save the table as “CSV UTF-8”\n")
    );
    let (code, _, err) = run_on(&made(), b"\xff\xfee\0m\0a\0i\0l\0", &[]);
    assert_eq!(
        (code, err.as_str()),
        (2, "error: standard input: line 1, column 1: the text is not UTF-8; save the table as “CSV UTF-8”\n")
    );
}

#[test]
fn columns_are_found_by_their_names_with_space_around_and_a_near_miss_is_pointed_out() {
    let (code, out, err) = run_on(&made(), " Email ,\u{a0}email ,VIP,,\na,b,true,,\n", &[]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(String::from_utf8(out).unwrap().lines().last().unwrap(), "a,b,true,,,,");
    assert!(
        err.starts_with(
            "note: no column `vip`, so it is missing in every record; if it is column 3, `VIP`, rename that\nnote: no column `budget`, `country`, `employees`, `level`: missing in every record\n"
        ),
        "{err}"
    );
}

#[test]
fn every_cell_that_does_not_fit_is_named_and_no_more_than_twenty() {
    let some = mistakes("email,employees,level,vip\na,1,boss,maybe\n,,,\nb,2000000,Student,\n");
    assert_eq!(
        some,
        [
            "line 2, column 3: `level` cannot be `boss`: its values are `Executive`, `Student`",
            "line 2, column 4: `vip` cannot be `maybe`: it is neither `true` nor `false`",
            "line 3, column 1: `email` is empty, and every record has one",
            "line 4, column 2: `employees` cannot be `2000000`: the greatest value is 1000000",
        ]
    );
    let many = mistakes(format!("email,vip\n{}", "a,x\n".repeat(100)));
    assert_eq!(many.len(), 21);
    assert_eq!(many[20], "these are the first 20 mistakes; what comes after them was not read");
    assert!(many[19].starts_with("line 21, column 2: "));
}

#[test]
fn rows_that_do_not_fit_are_left_out_and_counted_if_one_wants_that() {
    let table = "email,vip,employees\na,x,y\nb,true,1\n,,\nc,,300\n";
    let (code, out, err) = run_on(&made(), table, &["--skip-invalid"]);
    assert_eq!(code, 0);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "email,vip,employees,linchpin_rule,linchpin_assignee\nb,true,1,Very important,person.ana\nc,,300,Middle,person.ana\n"
    );
    assert!(err.contains("\n2 records routed by routing.inbound\n"), "{err}");
    let (_, left_out) = err.split_once("left out: ").unwrap();
    assert_eq!(
        left_out,
        "2 rows with 3 invalid cells
  line 2, column 2: `vip` cannot be `x`: it is neither `true` nor `false`
  line 2, column 3: `employees` cannot be `y`: it is no whole number
  line 4, column 1: `email` is empty, and every record has one
"
    );
    let (_, _, many) = run_on(&made(), format!("email\n{}", "\"\"\n".repeat(2_000)), &["--skip-invalid"]);
    assert!(many.contains("\nleft out: 2,000 rows with 2,000 invalid cells\n") && many.ends_with("\n  … and 1,980 more\n"), "{many}");
    let (code, _, err) = run_on(&made(), "email,vip\na,x\nb\n", &["--skip-invalid"]);
    assert_eq!(code, 2, "a row of another shape is no row of the table");
    assert!(err.contains("line 3: 1 cell, fewer than the 2 of the first line"), "{err}");
}

#[test]
fn what_is_no_text_is_refused_even_where_two_halves_of_a_letter_meet() {
    for row in [&b"a,\xc3\n"[..], b"\xc3,\xa9\n", b"\xff,x\n"] {
        let table = [b"email,note\n", row].concat();
        let (code, _, err) = run_on(&made(), &table, &["--skip-invalid"]);
        assert_eq!(code, 2);
        assert!(err.contains("the text is not UTF-8"), "{err}");
    }
    assert_eq!(routed("email,note\né,ü\n").lines().last().unwrap(), "é,ü,,");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let made = made();
    let route = |table: &str, out: &str| {
        made.write("leads.csv", table);
        let output = linchpin(made.root(), &["route", "run", "inbound", "leads.csv", "-o", out]);
        (output.code(), output.out().to_owned(), output.err().to_owned())
    };
    let files = || {
        let mut names: Vec<String> =
            fs::read_dir(made.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names.join(" ")
    };
    let (code, out, err) = route("email,vip\na,true\n", "out.csv");
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.ends_with("\n`out.csv` written\n"), "{err}");
    let written = "email,vip,linchpin_rule,linchpin_assignee\na,true,Very important,person.ana\n";
    assert_eq!(fs::read_to_string(made.root().join("out.csv")).unwrap(), written);
    for wrong in ["email,vip\na,true\nb,x\n", "email,vip\na\n", "nothing\n", ""] {
        assert_eq!(route(wrong, "out.csv").0, 2);
        assert_eq!(fs::read_to_string(made.root().join("out.csv")).unwrap(), written);
        assert_eq!(files(), "leads.csv out.csv stack.toml");
    }
    let (code, _, err) = route("email\na\n", "./leads.csv");
    assert_eq!((code, err.as_str()), (2, "error: `./leads.csv` is the table that is read; name another file\n"));
    assert_eq!(fs::read_to_string(made.root().join("leads.csv")).unwrap(), "email\na\n");
    for (out, reason) in [("stack.toml", "it is a file of the stack"), (".", "it is a folder"), ("leads.csv/out.csv", "not a directory")] {
        let (code, _, err) = route("email\na\n", out);
        assert_eq!((code, err), (2, format!("error: cannot write `{out}`: {reason}\n")));
    }
    assert_eq!(route("email\na\n", "new/out.csv").0, 0);
    assert!(made.root().join("new/out.csv").is_file());
    let (_, out, _) = route("email\na\n", "-");
    assert_eq!(out, "email,linchpin_rule,linchpin_assignee\na,,\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_said_before_the_table_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let made = made();
    made.write("leads.csv", "nothing that can be read\n");
    let folder = made.root().join("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    // Whoever may write everywhere is refused by a folder that takes no files.
    let out = if fs::write(folder.join("probe"), "").is_ok() { "/proc/self/out.csv" } else { "closed/out.csv" };
    let run = linchpin(made.root(), &["route", "run", "inbound", "leads.csv", "-o", out]);
    assert_eq!(run.code(), 2);
    assert!(run.err().starts_with(&format!("error: cannot write `{out}`: ")), "{}", run.err());
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_table_that_cannot_be_read_is_said() {
    let made = made();
    let said = |table: &str| linchpin(made.root(), &["route", "run", "inbound", table]).err().to_owned();
    assert_eq!(said("nowhere.csv"), "error: cannot read `nowhere.csv`: no such file or directory\n");
    assert_eq!(said("."), "error: cannot read `.`: it is a folder\n");
    assert_eq!(linchpin(made.root(), &["route", "run", "inbuond", "-"]).err(), "error: no routing `inbuond`; did you mean `inbound`?\n");
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let made = made();
    made.write("leads.csv", format!("email,note\n{}", "a,some text that fills a pipe\n".repeat(100_000)));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(["route", "run", "inbound", "leads.csv"])
        .current_dir(made.root())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), said(&output).1.as_str()), (Some(0), ""));
}

#[test]
fn what_a_table_says_goes_out_as_it_came_and_steers_no_message() {
    let hostile: String = HOSTILE.chars().filter(|c| *c != '\0').collect();
    let (code, out, err) = run_on(&made(), format!("email,{hostile}\na,{hostile}\n"), &[]);
    assert_eq!((code, err.lines().find_map(steering)), (0, None));
    assert_eq!(String::from_utf8(out).unwrap(), format!("email,{hostile},linchpin_rule,linchpin_assignee\na,{hostile},,\n"));
    for table in [format!("email,vip\na,{hostile}\n"), format!("{hostile},vip\n"), format!("email,{hostile},vip\n\u{1b},,x\nx,{hostile}\n")]
    {
        let (code, _, err) = run_on(&made(), table, &[]);
        assert_eq!((code, err.lines().find_map(steering)), (2, None), "{err}");
        assert!(err.lines().all(|line| line.starts_with("error: ") || line.starts_with("note: the row")), "{err}");
    }
}

#[test]
fn what_the_stack_says_is_no_formula() {
    let made = super::changed("name = \"Very important\"", "name = \"=HYPERLINK(1)\"");
    let (_, out, _) = run_on(&made, "email,vip\n=1+1,true\n", &["-q"]);
    assert_eq!(String::from_utf8(out).unwrap().lines().last().unwrap(), "=1+1,true,'=HYPERLINK(1),person.ana");
}

/// Rows that come from nowhere, so that memory is the routing's own.
struct Endless {
    rows: usize,
    rest: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.rows > 0 {
            self.rows -= 1;
            self.rest = format!("lead{}@x.example,FR,{},\"a note, in quotes\"\n", self.rows, self.rows % 2_000).into_bytes();
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

/// Counts what is written and remembers the most that came at once.
#[derive(Default)]
struct Counting {
    bytes: usize,
    most: usize,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        self.most = self.most.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn by_library(table: impl Read, out: impl Write + Send, progress: &mut dyn FnMut(u64, u64)) -> Result<Summary, Error> {
    let project = made().open();
    let engine = Engine::new(&project.stack);
    let mut run = Run::new(&engine, engine.router("inbound").unwrap());
    route(table, out, &mut run, Asked::default(), progress)
}

#[test]
fn rows_are_passed_on_while_the_table_is_read() {
    const ROWS: usize = 100_000;
    let (mut out, mut told) = (Counting::default(), Vec::new());
    let table = (&b"email,country,employees,note\n"[..]).chain(Endless { rows: ROWS, rest: Vec::new() });
    let summary = by_library(table, &mut out, &mut |rows, bytes| told.push((rows, bytes))).unwrap();
    assert_eq!(summary.rows, ROWS as u64);
    assert!(out.bytes > ROWS * 40 && out.most <= 1 << 17, "{} bytes at most at once, of {}", out.most, out.bytes);
    assert!(told.len() > 10 && told.is_sorted(), "{told:?}");
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let table = (&b"email\r\na\r\n\"b"[..]).chain(io::repeat(b'x').take(1 << 40));
    let Err(Error::Table(wrong)) = by_library(table, io::sink(), &mut |_, _| {}) else { panic!("it came to an end") };
    assert_eq!(wrong, ["line 3 begins a row of more than a megabyte; is a quotation mark never closed?"]);
    let table = (&b"email\n"[..]).chain(io::repeat(b'x').take(1 << 40));
    let Err(Error::Table(wrong)) = by_library(table, io::sink(), &mut |_, _| {}) else { panic!("it came to an end") };
    assert_eq!(wrong, ["line 2 begins a row of more than a megabyte; is a quotation mark never closed?"]);
    let start = format!("email\r{}\"b", "a\r".repeat(100_000));
    let table = start.as_bytes().chain(io::repeat(b'\r').take(1 << 40));
    let Err(Error::Table(wrong)) = by_library(table, io::sink(), &mut |_, _| {}) else { panic!("it came to an end") };
    assert_eq!(wrong, ["line 100002 begins a row of more than a megabyte; is a quotation mark never closed?"]);
}

/// How many lines end in a text, letter by letter.
fn lines_in(text: &str) -> usize {
    let before = std::iter::once(' ').chain(text.chars());
    before.zip(text.chars()).filter(|(before, c)| *c == '\r' || *c == '\n' && *before != '\r').count()
}

#[test]
fn lines_are_counted_as_an_editor_counts_them_whatever_ends_them_and_however_long_the_table() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n as u64).unwrap()
    };
    let ends = ["\n", "\r\n", "\r"];
    let notes = ["", "n", "\"x\ny\"", "\"x\r\n\"", "\"\rx\r\"", "\"\n\"", "\"\r\n\r\n\""];
    for number in 0..60 {
        let mut table = format!("note,email,more{}", ends[number % 3]);
        let mut expected = Vec::new();
        let fine = below(4_000);
        while expected.len() < 20 {
            let is_bad = table.len() > 30 * fine && below(3) == 0;
            if is_bad {
                expected.push(lines_in(&table) + 1);
            }
            let email = if is_bad { "" } else { "somebody@x.example" };
            let [note, more] = [notes[below(notes.len())], notes[below(notes.len())]];
            table.extend([note, ",", email, ",", more]);
            for _ in 0..=below(5) / 2 {
                table.push_str(ends[if number % 2 == 0 { number % 3 } else { below(3) }]);
            }
        }
        let Err(Error::Table(wrong)) = by_library(table.as_bytes(), io::sink(), &mut |_, _| {}) else { panic!("all fits") };
        let lines: Vec<usize> =
            wrong.iter().take(20).map(|wrong| wrong.strip_prefix("line ").unwrap().split(',').next().unwrap().parse().unwrap()).collect();
        assert_eq!(lines, expected, "table {number}");
    }
}

#[test]
fn rows_before_a_mistake_have_gone_to_standard_output_and_that_is_said() {
    let (code, out, err) = run_on(&made(), "email,vip\na,true\nb,x\nc,true\n", &[]);
    assert_eq!(code, 2);
    assert_eq!(String::from_utf8(out).unwrap(), "email,vip,linchpin_rule,linchpin_assignee\na,true,Very important,person.ana\n");
    assert_eq!(
        err,
        "note: the row before the first mistake is on standard output already; with `-o` it is all rows or none\n\
         error: standard input: line 3, column 2: `vip` cannot be `x`: it is neither `true` nor `false`\n"
    );
    let (_, _, err) = run_on(&made(), "email,vip\nb,x\n", &[]);
    assert!(!err.contains("note:"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_with_what_was_being_written() {
    let made = made();
    made.write("leads.csv", "email\na\n");
    for arguments in [&["route", "run", "inbound", "leads.csv"][..], &["route", "test"], &["route", "prove", "--format", "json"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_linchpin"))
            .args(arguments)
            .arg("-q")
            .current_dir(made.root())
            .stdout(full)
            .output()
            .unwrap();
        let (code, err) = (output.status.code(), String::from_utf8(output.stderr).unwrap());
        assert_eq!((code, err.as_str()), (Some(2), "error: cannot write to standard output: no space left on device\n"), "{arguments:?}");
    }
}

#[test]
fn shares_add_up_even_where_rules_hand_records_over_in_a_circle() {
    let circle = super::changed("assign = [\"ben\", \"sales\"]", "assign = { routing = \"inbound\" }").open();
    let engine = Engine::new(&circle.stack);
    let mut run = Run::new(&engine, engine.router("inbound").unwrap());
    let table = &b"email,country,employees\na,FR,11\nb,DE,1\n"[..];
    let summary = route(table, io::sink(), &mut run, Asked::default(), &mut |_, _| {}).unwrap();
    let mut said = Vec::new();
    write_summary(&summary, &run, &mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    let (_, assignees) = said.split_once("\nassignee ").unwrap();
    assert!(assignees.lines().any(|line| line.split_whitespace().take(3).eq(["unrouted", "2", "100%"])), "{said}");
    assert!(
        said.ends_with(
            "\nunrouted: 1 record, on line 3; no rule took them\ngiven to nobody by the rules that took them: 1 record, on line 2\n"
        ),
        "{said}"
    );
}
