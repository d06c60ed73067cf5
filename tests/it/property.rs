//! What must hold of any input: nothing panics, order never matters, and what the schema accepts is read.

use std::{collections::BTreeMap, path::Path};

use linchpin::{diagnostic::Diagnostic, load::Loaded, model::Kind};
use proptest::{
    prelude::*,
    sample::{Index, select},
};
use toml::{Table, Value};

use crate::fixture::{self, Made, checked_in, merged, told};

/// The number of values in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Table(table) => table.iter().map(|(_, value)| count(value)).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value that comes at this place when all are counted.
fn change(value: &mut Value, place: &mut usize, to: &dyn Fn(&mut Value)) {
    if *place == 0 {
        to(value);
        *place = usize::MAX;
        return;
    }
    *place -= 1;
    match value {
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| {
            if *place != usize::MAX {
                change(value, place, to);
            }
        }),
        Value::Array(list) => list.iter_mut().for_each(|value| {
            if *place != usize::MAX {
                change(value, place, to);
            }
        }),
        _ => {}
    }
}

/// Values that are easily mistaken for others.
#[expect(clippy::too_many_lines, reason = "a list of values, one to a line")]
fn odd() -> impl Strategy<Value = Value> {
    let table = |text: &str| text.parse::<Table>().map(Value::Table).unwrap();
    let texts = [
        "",
        " ",
        "x",
        "2026-01-01",
        "1d",
        "0d",
        "99999999999999999999w",
        "https://example.com",
        "https:// ",
        "indefinite",
        "real-time",
        "active",
        "*",
        "tool.*",
        "stack",
        "../x.md",
        "a/b~0~1",
        "$date",
        "ana",
        "lead",
        "\u{202e}",
        "-",
        "USD",
        "#123456",
        "true",
        "3",
        "ſ",
        "Å",
    ];
    let mut values: Vec<Value> = texts.iter().map(|text| Value::String((*text).to_owned())).collect();
    values.extend([0, 1, -1, 4_294_967_295, 4_294_967_296, i64::MAX, i64::MIN].map(Value::Integer));
    values.extend([0.0, -0.0, 0.5, 3.0, 1e300, -1e300, 4.9e-324, f64::NAN, f64::INFINITY].map(Value::Float));
    values.extend([
        Value::Boolean(true),
        Value::Array(Vec::new()),
        Value::Table(Table::new()),
        Value::Array(vec![Value::Array(Vec::new())]),
    ]);
    for date in ["2026-01-01", "2024-02-29", "0000-01-01", "9999-12-31", "10:00:00", "2026-01-01T10:00:00", "2026-01-01T10:00:00Z"] {
        values.push(Value::Datetime(date.parse().unwrap()));
    }
    values.push(Value::Array(vec![Value::Datetime("2026-01-01".parse().unwrap())]));
    values.push(Value::Array(vec![Value::String("lead".to_owned()), Value::Integer(3)]));
    for text in [
        "'$date' = '2026-01-01'",
        "'$date' = 'never'",
        "'$date' = 2026-01-01",
        "object = 'lead'",
        "low = 1\nhigh = 2",
        "type = 'text'",
        "min = 3",
        "level = 'off'",
        "level = 3",
        "nobody = 'x'",
        "round-robin = []",
        "present = true",
        "not = [1, 'a']",
        "on = 2026-01-01\nby = 'ana'",
        "x = 2026-01-01",
    ] {
        values.push(table(text));
    }
    select(values)
}

/// What is done to a value.
#[derive(Debug, Clone)]
enum Step {
    Replace(Value),
    Add(String, Value),
    Remove(Index),
    Double,
}

fn step() -> impl Strategy<Value = Step> {
    let key = select(vec!["$date", "when", "name", "objects", "direction", "rules", "fields", "steps", "x", "until", "share", "/", "~"]);
    prop_oneof![
        6 => odd().prop_map(Step::Replace),
        2 => (key, odd()).prop_map(|(key, value)| Step::Add(key.to_owned(), value)),
        2 => any::<Index>().prop_map(Step::Remove),
        1 => Just(Step::Double),
    ]
}

fn apply(step: &Step, value: &mut Value) {
    match (step, value) {
        (Step::Add(key, added), Value::Table(table)) => drop(table.insert(key.clone(), added.clone())),
        (Step::Add(_, added), Value::Array(list)) => list.push(added.clone()),
        (Step::Remove(index), Value::Table(table)) if !table.is_empty() => {
            let key = table.keys().nth(index.index(table.len())).cloned().unwrap();
            table.remove(&key);
        }
        (Step::Remove(index), Value::Array(list)) if !list.is_empty() => drop(list.remove(index.index(list.len()))),
        (Step::Double, value) => *value = Value::Array(vec![value.clone(), value.clone()]),
        (Step::Replace(new) | Step::Add(_, new), value) => *value = new.clone(),
        (Step::Remove(_), _) => {}
    }
}

/// Every entity of a table that is read whole, or has something said about it.
fn check_completeness(table: &Table, loaded: &Loaded) -> Result<(), TestCaseError> {
    for finding in &loaded.diagnostics {
        prop_assert!(!finding.message.contains("this table cannot be read"), "{}", finding.message);
    }
    let is_told = |address: &str| {
        loaded.diagnostics.iter().any(|finding| finding.subject == address || finding.subject.starts_with(&format!("{address}.")))
    };
    for kind in Kind::ALL {
        let Some(Value::Table(entities)) = table.get(kind.name()) else { continue };
        for id in entities.keys() {
            // The key that marks a date inside the loader is no id, and is told of in quotes.
            let id = if id == "$date" { "\"$date\"" } else { id };
            let address = format!("{}.{id}", kind.name());
            prop_assert!(loaded.stack.get(*kind, id).is_some() || is_told(&address), "{address} is neither read nor told of");
        }
    }
    if loaded.diagnostics.is_empty() {
        let all: usize = Kind::ALL.iter().map(|kind| table.get(kind.name()).and_then(Value::as_table).map_or(0, Table::len)).sum();
        prop_assert_eq!(loaded.stack.all().count(), all);
        prop_assert_eq!(loaded.stack.suppressions.len(), table.get("suppress").and_then(Value::as_array).map_or(0, Vec::len));
        prop_assert_eq!(loaded.stack.site.is_some(), table.contains_key("site"));
        prop_assert_eq!(loaded.stack.privacy.is_some(), table.contains_key("privacy"));
        prop_assert_eq!(loaded.stack.charter.is_some(), table.contains_key("charter"));
    }
    Ok(())
}

/// A table as a stack of one file, with the Markdown files of a folder beside it.
fn as_stack(table: &Table) -> Made {
    Made::of(&[("stack.toml", &toml::to_string(table).unwrap())])
}

/// Rule, subject, key, message and help of a finding.
type Said = (String, String, Option<String>, String, Option<String>);

/// What is said of findings whatever file they stand in.
fn said(findings: &[Diagnostic]) -> Vec<Said> {
    let mut said: Vec<Said> =
        findings.iter().map(|f| (f.rule.name.to_owned(), f.subject.clone(), f.key.clone(), f.message.clone(), f.help.clone())).collect();
    said.sort();
    said
}

/// Pieces of TOML, and of what is none.
fn pieces() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "#",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "\\",
        "\\u{1F600}",
        "\u{feff}",
        "\0",
        "[stack]\n",
        "[tool.a]\n",
        "[tool.a.data]\n",
        "[[suppress]]\n",
        "[person.a]\n",
        "[team.a]\n",
        "[routing.r]\n",
        "[[routing.r.rule]]\n",
        "[\"\"]\n",
        "name",
        "name = \"x\"\n",
        "owner = \"a\"\n",
        "category = \"crm\"\n",
        "when = { a = { min = 3 } }\n",
        "fields = { a = { type = \"text\" } }\n",
        "2026-01-01",
        "2026-02-30",
        "10:00:00",
        "0x_1",
        "1_000",
        "nan",
        "-inf",
        "1e999",
        "true",
        "tool",
        "tool.a.b.c",
        "stack",
        "é",
        "\u{202e}",
        "\u{1b}[31m",
    ]);
    proptest::collection::vec(prop_oneof![8 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_a_file_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let made = Made::one("");
        made.write("any.toml", bytes);
        let _ = told(&made.open());
    }

    #[test]
    fn anything_that_resembles_toml_is_read_or_refused(root in pieces(), other in pieces()) {
        let made = Made::of(&[("stack.toml", &root), ("other.toml", &other)]);
        let _ = told(&made.open());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_the_schema_accepts_is_read(steps in proptest::collection::vec((any::<Index>(), step()), 1..6), example in any::<bool>()) {
        let mut value = Value::Table(merged(if example { &["../stack.example"] } else { &["stacks/sourcegraph", "stacks/addresses"] }));
        for (place, step) in &steps {
            let mut place = place.index(count(&value));
            if place > 0 {
                change(&mut value, &mut place, &|value| apply(step, value));
            }
        }
        let Value::Table(table) = value else { unreachable!() };
        let made = as_stack(&table);
        if made.root().join("stack.toml").metadata().unwrap().len() < 1 << 20 {
            check_completeness(&table, &fixture::load(made.root()))?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn neither_the_order_of_tables_nor_their_files_change_what_is_found(seed in proptest::collection::vec(any::<Index>(), 400)) {
        let table = merged(&["rules/departed-owner/fail", "rules/flow-gap/fail"]);
        let expected = said(&as_stack(&table).open().report.findings);
        prop_assert!(expected.len() > 10);
        prop_assert_eq!(&said(&shuffled(&table, &seed).open().report.findings), &expected);
    }

    #[test]
    fn neither_changes_what_is_mistaken(seed in proptest::collection::vec(any::<Index>(), 400)) {
        let table = merged(&["stacks/mistakes/unknown-reference", "stacks/mistakes/both-sorts", "stacks/mistakes/broken-entity"]);
        let of_entities = |findings: &[Diagnostic]| said(findings).into_iter().filter(|(_, subject, ..)| subject != "stack").collect::<Vec<_>>();
        let expected = of_entities(&as_stack(&table).open().report.findings);
        prop_assert!(expected.len() > 10);
        prop_assert_eq!(&of_entities(&shuffled(&table, &seed).open().report.findings), &expected);
    }
}

/// The same tables in another order, each in one of five files; what is no entity stays in the first.
fn shuffled(table: &Table, seed: &[Index]) -> Made {
    const FILES: [&str; 5] = ["stack.toml", "a.toml", "m/b.toml", "m/n/c.toml", "z.toml"];
    let mut tables: Vec<(String, Table)> = Vec::new();
    let mut rest = Table::new();
    for (key, value) in table {
        match value {
            Value::Table(entities) if Kind::from_name(key).is_some() => {
                for (id, entity) in entities {
                    let one = Table::from_iter([(key.clone(), Value::Table(Table::from_iter([(id.clone(), entity.clone())])))]);
                    tables.push((String::new(), one));
                }
            }
            value => drop(rest.insert(key.clone(), value.clone())),
        }
    }
    let mut texts: BTreeMap<&str, String> = FILES.iter().map(|path| (*path, String::new())).collect();
    texts.insert(FILES[0], toml::to_string(&rest).unwrap());
    let mut seed = seed.iter().cycle();
    while !tables.is_empty() {
        let (_, one) = tables.swap_remove(seed.next().unwrap().index(tables.len()));
        let path = FILES[seed.next().unwrap().index(FILES.len())];
        let text = texts.get_mut(path).unwrap();
        text.push('\n');
        text.push_str(&toml::to_string(&one).unwrap());
    }
    let made = Made::of(&[]);
    for (path, text) in texts {
        made.write(path, text);
    }
    made
}

#[test]
fn what_is_mutated_is_valid_before() {
    for folders in [&["stacks/addresses"][..], &["stacks/sourcegraph"][..]] {
        let table = merged(folders);
        let loaded = fixture::load(as_stack(&table).root());
        let wrong: Vec<_> =
            loaded.diagnostics.iter().filter(|finding| finding.rule.name != "unreadable-file").map(|f| f.message.clone()).collect();
        assert_eq!(wrong, [] as [String; 0]);
        assert!(table.len() > 3 && Path::new(&checked_in(folders[0])).is_dir());
    }
}

#[test]
fn tables_may_nest_as_deeply_as_toml_is_read() {
    for depth in [10, 79, 80, 81, 200, 5_000] {
        let text = format!("[runbook.deep]\nname = {}1{}\n", "[".repeat(depth), "]".repeat(depth));
        let tables = format!("[tool.deep]\ndata = {}{}\n", "{ a = ".repeat(depth), "1".to_owned() + &" }".repeat(depth));
        let keys = format!("[{}]\n", vec!["a"; depth].join("."));
        let made = Made::one("");
        made.write("lists.toml", text);
        made.write("tables.toml", tables);
        made.write("keys.toml", keys);
        assert!(!made.open().is_valid());
    }
}
