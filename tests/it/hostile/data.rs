//! Data files and exports: what a spreadsheet, a script and a program that draws make of them.

use linchpin::{
    export::{self, Extract, Format},
    model::Kind,
};
use serde_json::Value as Json;

use super::{CASES, Case, assert_calm};
use crate::{built::Folder, filled::id};

/// The records of `search.js`, read as a script reads them.
fn records(case: &Case) -> Vec<Json> {
    let script = case.site.text("search.js");
    let quoted = script.strip_prefix("linchpin.search = JSON.parse('").and_then(|rest| rest.strip_suffix("');\n"));
    let mut rest = quoted.unwrap_or_else(|| panic!("{}: {}", case.name, &script[..80])).chars();
    let mut json = String::new();
    while let Some(c) = rest.next() {
        assert!(!matches!(c, '\'' | '\n' | '\r' | '\u{2028}' | '\u{2029}'), "{}: a bare {c:?}", case.name);
        if c != '\\' {
            json.push(c);
            continue;
        }
        match rest.next().unwrap() {
            'n' => json.push('\n'),
            'r' => json.push('\r'),
            'u' => {
                let code: String = rest.by_ref().take(4).collect();
                json.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
            }
            c => json.push(c),
        }
    }
    serde_json::from_str(&json).unwrap()
}

#[test]
fn the_index_of_the_search_is_a_script_that_holds_nothing_but_its_records() {
    for case in CASES.iter() {
        let script = case.site.text("search.js");
        for markup in ["</", "<!--", "<script"] {
            assert!(!script.to_lowercase().contains(markup), "{}: {markup}", case.name);
        }
        let records = records(case);
        assert!(records.len() > 2 * Kind::ALL.len(), "{}", case.name);
        for record in &records {
            let address = record["u"].as_str().unwrap();
            let (path, fragment) = address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
            assert!(case.site.paths().any(|known| known == path), "{}: {address}", case.name);
            assert!(fragment.is_none_or(|id| case.site.text(path).contains(&format!(" id=\"{id}\""))), "{}: {address}", case.name);
            assert_calm(&record.to_string(), case.name);
            assert!(record["x"].as_str().unwrap().chars().count() <= 2000);
            for key in ["t", "k", "x"] {
                assert_calm(record[key].as_str().unwrap(), &format!("{} under {key} of {address}", case.name));
            }
        }
        let tool = records.iter().find(|record| record["u"] == format!("tools/{}.html", id(Kind::Tool, 1))).unwrap();
        assert!(!tool["t"].as_str().unwrap().is_empty());
    }
}

#[test]
fn no_cell_of_a_table_is_computed_by_a_spreadsheet() {
    for case in CASES.iter() {
        for kind in Kind::ALL {
            let path = format!("data/{}.csv", kind.folder());
            let mut reader = csv::Reader::from_reader(case.site.text(&path).as_bytes());
            let heads = reader.headers().unwrap().clone();
            let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
            assert_eq!(rows.len(), 2, "{path}");
            for (head, cell) in rows.iter().flat_map(|row| heads.iter().zip(row)) {
                let computed = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                assert!(!computed || cell.parse::<f64>().is_ok(), "{} in {path}, {head}: {cell:?}", case.name);
                assert_calm(cell, &format!("{} in {path}, {head}", case.name));
            }
            let name = heads.iter().position(|head| head == "name").unwrap();
            let shown = rows[0][name].trim_start_matches('\'').to_owned();
            let wanted: String = case.text.chars().filter(char::is_ascii_alphanumeric).collect();
            assert_eq!(shown.chars().filter(char::is_ascii_alphanumeric).collect::<String>(), wanted, "{} in {path}", case.name);
        }
    }
}

#[test]
fn the_data_for_programs_holds_every_text_unchanged() {
    for case in CASES.iter() {
        let stack: Json = serde_json::from_str(case.site.text("data/stack.json")).unwrap();
        let findings: Json = serde_json::from_str(case.site.text("data/findings.json")).unwrap();
        assert_eq!(stack["tools"][id(Kind::Tool, 0)]["name"], case.text, "{}", case.name);
        assert_eq!(stack["objects"][id(Kind::Object, 0)]["fields"][case.text]["definition"], case.text, "{}", case.name);
        assert_eq!(findings["stack"], case.text, "{}", case.name);
    }
}

#[test]
fn the_data_for_programs_may_be_looked_at_in_a_terminal() {
    for (case, path) in CASES.iter().flat_map(|case| ["data/stack.json", "data/findings.json"].map(|path| (case, path))) {
        assert_calm(case.site.text(path), &format!("{} in {path}", case.name));
    }
}

fn exported(case: &Case, format: Format) -> String {
    let mut out = Vec::new();
    export::write(format, &Extract::whole(&case.project.stack), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What stands outside quotes; a backslash takes the power from the next character.
fn unquoted(line: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' if !escaped => inside = !inside,
            c if !inside => out.push(c),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    assert!(!inside, "a quote stays open: {line}");
    out
}

#[test]
fn names_stay_inside_the_quotes_of_a_graphviz_file() {
    for case in CASES.iter() {
        let text = exported(case, Format::Dot);
        assert_calm(&text, case.name);
        let harmless = |line: &str| unquoted(line).chars().all(|c| c.is_ascii_alphanumeric() || " _=;,[]{}->".contains(c));
        for line in text.lines() {
            assert!(harmless(line), "{}: {line}", case.name);
        }
        let heads =
            ["digraph", "  rankdir=LR;", "  node [", "  edge [", "  subgraph", "    label=", "    \"tool-", "  \"tool-", "  }", "}"];
        for line in text.lines() {
            assert!(heads.iter().any(|head| line.starts_with(head)), "{}: {line}", case.name);
        }
    }
}

#[test]
fn names_stay_inside_the_labels_of_a_mermaid_file() {
    for case in CASES.iter() {
        let text = exported(case, Format::Mermaid);
        assert_calm(&text, case.name);
        for line in text.lines().skip(1) {
            assert!(
                ["  subgraph area_", "    t_tool_", "  t_tool_", "  end"].iter().any(|head| line.starts_with(head)),
                "{}: {line}",
                case.name
            );
            let quotes = line.matches('"').count();
            assert!(quotes == 0 || quotes == 2, "{}: {line}", case.name);
            let label = line.split('"').nth(1).unwrap_or_default();
            assert!(!label.contains(['<', '>', '&', '`', '\\']), "{}: {line}", case.name);
            let rest = unquoted(&line.replace('\\', ""));
            assert!(rest.chars().all(|c| c.is_ascii_alphanumeric() || " _-<>.|[]".contains(c)), "{}: {line}", case.name);
        }
    }
}

#[test]
fn the_map_for_programs_holds_every_name_unchanged() {
    for case in CASES.iter() {
        let map: Json = serde_json::from_str(&exported(case, Format::Json)).unwrap();
        assert_eq!(map["nodes"][0]["name"], case.text, "{}", case.name);
        assert_eq!(map["edges"].as_array().unwrap().len(), 2, "{}", case.name);
    }
}

#[test]
fn a_negative_number_is_a_number_to_a_spreadsheet() {
    let folder = Folder::stack("[tool.t]\nname = \"-T\"\ncategory = \"crm\"\n[scoring.s]\nname = \"S\"\ntool = \"t\"\nthreshold = -5\n");
    let site = folder.site();
    assert!(site.text("data/scoring.csv").contains(",-5,"));
    assert!(site.text("data/tools.csv").contains(",'-T,"));
}
