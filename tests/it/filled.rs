//! Stacks in which every key of the format is set, generated from the schema, so that a new key is tested at once.

use linchpin::{
    load::ROOT_FILE,
    model::{ID_PATTERN, Kind, schema, vocabulary},
};
use serde_json::{Map, Value as Json, json};
use toml::Value;

use crate::built::Folder;

/// The longest id that the format allows.
const MAX_ID: usize = 63;
/// Tables that are not entities.
const OTHER_TABLES: [&str; 6] = ["site", "charter", "privacy", "override", "suppress", "stack"];

/// Makes values for every key of the schema out of one text.
pub struct Filler {
    schema: Json,
    text: String,
    turn: usize,
    /// Which of the two entities of a kind is being made.
    entity: usize,
}

/// The id of the first or second entity of a kind; the first is as long as an id may be.
pub fn id(kind: Kind, nth: usize) -> String {
    let name = kind.name();
    if nth.is_multiple_of(2) { format!("{name}-{}", "x".repeat(MAX_ID - name.len() - 1)) } else { format!("{name}-b") }
}

/// A stack with two entities of each kind whose every text is this one; each `turn` takes other branches where there is a choice.
pub fn filled(text: &str, turn: usize) -> Folder {
    Filler { schema: schema().to_value(), text: text.to_owned(), turn, entity: 0 }.folder()
}

impl Filler {
    fn folder(mut self) -> Folder {
        let document = self.file_name("md");
        let folder = Folder::of(&[(&document, &self.text)]);
        folder.write(&self.file_name("png"), crate::built::PNG);
        let mut root = toml::Table::new();
        for table in OTHER_TABLES {
            root.insert(table.to_owned(), self.property(table));
        }
        folder.write(ROOT_FILE, toml::to_string(&root).unwrap());
        for kind in Kind::ALL {
            let schema = self.at(&["properties", kind.name()]);
            let entity = self.entry(&schema);
            let both = (0..2).map(|nth| {
                self.entity = nth;
                (id(*kind, nth), self.make(&entity, kind.name(), nth))
            });
            let table = toml::Table::from_iter([(kind.name().to_owned(), both.collect::<toml::Table>().into())]);
            folder.write(&format!("{}/{}", kind.folder(), self.file_name("toml")), toml::to_string(&table).unwrap());
        }
        folder
    }

    /// A name of a file made of the text, as far as a file may be called that.
    fn file_name(&self, extension: &str) -> String {
        let stem: String = self.text.chars().filter(|c| !matches!(c, '/' | '\\' | '\0')).take(40).collect();
        format!("files/x{stem}.{extension}")
    }

    fn property(&mut self, name: &str) -> Value {
        let schema = self.at(&["properties", name]);
        self.make(&schema, name, 0)
    }

    fn at(&self, path: &[&str]) -> Json {
        path.iter().fold(&self.schema, |value, key| &value[*key]).clone()
    }

    /// What the values of a table with free keys are.
    fn entry(&self, schema: &Json) -> Json {
        let schema = self.followed(schema);
        let patterned = schema.get("patternProperties").and_then(Json::as_object).and_then(|patterns| patterns.values().next());
        patterned.or_else(|| schema.get("additionalProperties")).unwrap_or_else(|| panic!("no entries: {schema}")).clone()
    }

    /// Follows references, and leaves the branch for an absent value out.
    fn followed(&self, schema: &Json) -> Json {
        let mut schema = schema.clone();
        loop {
            let branches = |keyword: &str| {
                let mut branches = schema.get(keyword)?.as_array()?.clone();
                branches.retain(|branch| branch["type"] != "null");
                (branches.len() == 1).then(|| branches.remove(0))
            };
            let next = if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
                self.schema.pointer(target.trim_start_matches('#')).cloned()
            } else {
                branches("allOf").or_else(|| branches("anyOf"))
            };
            match next {
                Some(next) => schema = next,
                None => return schema,
            }
        }
    }

    /// A different number each time.
    fn next(&mut self) -> usize {
        self.turn += 1;
        self.turn
    }

    /// Makes a value for a key; `nth` is its place in a list.
    fn make(&mut self, schema: &Json, key: &str, nth: usize) -> Value {
        let schema = self.followed(schema);
        if let Some(special) = self.special(&schema, key, nth) {
            return special;
        }
        if let Some(words) = schema.get("x-ref").and_then(Json::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Json::as_str).collect();
            // Only a hand-over names a routing and nothing else.
            let nth = if words == ["routing"] { 1 } else { nth };
            return self.reference(&words, nth).into();
        }
        // Beside properties the branches only say which of them a table must have.
        let branches = schema.get("oneOf").or_else(|| schema.get("anyOf")).filter(|_| schema.get("properties").is_none());
        if let Some(branches) = branches.and_then(Json::as_array) {
            return self.branch(branches, key, nth);
        }
        if let Some(choices) = schema.get("enum").and_then(Json::as_array) {
            let texts: Vec<&str> = choices.iter().filter_map(Json::as_str).collect();
            return texts[self.next() % texts.len()].into();
        }
        if let Some(constant) = schema.get("const").and_then(Json::as_str) {
            return constant.into();
        }
        let is = |name: &str| schema["type"] == name || schema["type"].as_array().is_some_and(|types| types.contains(&json!(name)));
        match () {
            () if is("array") => (0..2).map(|nth| self.make(&schema["items"], key, nth)).collect::<Vec<_>>().into(),
            () if is("object") => self.table(&schema, key, nth).into(),
            () if is("boolean") => self.next().is_multiple_of(2).into(),
            () if is("integer") => 1.into(),
            () if is("number") => 1.0.into(),
            () if schema["format"] == "date" => "2026-11-20".parse::<toml::value::Datetime>().unwrap().into(),
            () => self.words(&schema, key, nth).into(),
        }
    }

    /// Takes a branch; a value of a record is always text.
    fn branch(&mut self, branches: &[Json], key: &str, nth: usize) -> Value {
        let mut branches: Vec<&Json> = branches.iter().filter(|branch| branch["type"] != "null").collect();
        if key == "assign" && self.entity > 0 {
            // The first routing may hand records over to the second, which hands none back.
            branches.retain(|branch| self.followed(branch).pointer("/properties/routing").is_none());
        }
        if branches.iter().any(|branch| branch["type"] == "boolean") {
            return self.text.clone().into();
        }
        let taken = branches[self.next() % branches.len()].clone();
        self.make(&taken, key, nth)
    }

    /// What the schema alone does not say.
    fn special(&mut self, schema: &Json, key: &str, nth: usize) -> Option<Value> {
        let is_own_id = schema["pattern"] == ID_PATTERN;
        Some(match key {
            "rules" => toml::Table::from_iter([("no-owner".to_owned(), Value::from("warning"))]).into(),
            "exclude" => vec!["zzz/**"].into(),
            "redact" => Value::Array(Vec::new()),
            "file" => self.file_name("md").into(),
            "logo" => self.file_name("png").into(),
            "expect" if schema["type"] == "string" => format!("{} rule 0", self.text).into(),
            "record" => {
                toml::Table::from_iter([(self.text.clone(), Value::from(self.text.as_str())), ("number".to_owned(), 1.0.into())]).into()
            }
            // Parts of a text have no space around them.
            "starts-with" | "ends-with" | "contains" if schema["type"] == "string" => self.text.trim_ascii().into(),
            "id" if is_own_id => stage(nth).into(),
            "next" | "to" if is_own_id => stage(0).into(),
            "fields" if schema.get("additionalProperties").is_some_and(Json::is_object) => self.fields(schema),
            _ => return None,
        })
    }

    /// Two fields of a record: one of text with a closed list, one of numbers.
    fn fields(&mut self, schema: &Json) -> Value {
        let entry = self.entry(schema);
        let mut table = |of: &str| match self.make(&entry, "field", 0) {
            Value::Table(table) => table.into_iter().filter(|(key, _)| key != "type").chain([("type".to_owned(), of.into())]).collect(),
            other => panic!("a field is no table: {other}"),
        };
        let (mut words, mut number): (toml::Table, toml::Table) = (table("text"), table("number"));
        words.retain(|key, _| !matches!(key, "min" | "max"));
        words.insert("values".to_owned(), vec![self.text.clone()].into());
        number.remove("values");
        toml::Table::from_iter([(self.text.clone(), words.into()), ("number".to_owned(), number.into())]).into()
    }

    fn reference(&mut self, words: &[&str], nth: usize) -> String {
        let turn = self.next();
        let known: Vec<&&str> = words.iter().filter(|word| !word.starts_with('=') && **word != "pattern").collect();
        match *known[turn % known.len()] {
            "*" => {
                let kind = Kind::ALL[turn % Kind::ALL.len()];
                format!("{}.{}", kind.name(), id(kind, nth))
            }
            "stage" => format!("lifecycle.{}.stage.{}", id(Kind::Lifecycle, nth), stage(nth)),
            "capability" => vocabulary::capabilities().nth(nth).unwrap().to_owned(),
            "rule" => "no-owner".to_owned(),
            word => id(Kind::from_name(word).unwrap_or_else(|| panic!("no example for `{word}`")), nth),
        }
    }

    fn table(&mut self, schema: &Json, key: &str, nth: usize) -> toml::Table {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Json::as_object).unwrap_or(&none);
        if properties.is_empty() {
            return self.map(schema, key);
        }
        let mut table: toml::Table = properties.iter().map(|(name, schema)| (name.clone(), self.make(schema, name, nth))).collect();
        if table.contains_key("starts-with") {
            // Operators on a field of text.
            table.retain(|key, _| !matches!(key, "min" | "max" | "above" | "below"));
        }
        if ["rule", "test", "criterion"].contains(&key) {
            table.insert("name".to_owned(), format!("{} {key} {nth}", self.text).into());
        }
        table
    }

    /// A table with free keys.
    fn map(&mut self, schema: &Json, key: &str) -> toml::Table {
        let entry = self.entry(schema);
        let keys: Vec<String> = match schema.pointer("/propertyNames/x-ref").and_then(Json::as_array) {
            Some(words) => {
                let words: Vec<&str> = words.iter().filter_map(Json::as_str).collect();
                (0..2).map(|nth| self.reference(&words, nth)).collect()
            }
            None if schema.get("patternProperties").is_some() => vec!["USD".to_owned()],
            None => vec![self.text.clone()],
        };
        keys.into_iter().map(|name| (name, self.make(&entry, key, 0))).collect()
    }

    /// The text, or what comes nearest to it among the texts that the schema accepts.
    fn words(&self, schema: &Json, key: &str, nth: usize) -> String {
        // The format takes a byte-order mark for a space, as JSON Schema does.
        let joined: String = self.text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
        let host: String = joined.chars().filter(|c| !matches!(c, '/' | '?' | '#' | '@')).take(60).collect();
        let candidates = [
            self.text.clone(),
            format!("https://{host}x/{joined}{{path}}#L{{line}}"),
            format!("{host}x@example.com"),
            "x".repeat(MAX_ID),
            "EUR".to_owned(),
            "#0b5768".to_owned(),
            "*.example.com".to_owned(),
            format!("{}d", 90 + nth),
        ];
        let plain = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex()).build(schema).unwrap();
        let fits = |text: &String| plain.is_valid(&json!(text));
        candidates.into_iter().find(fits).unwrap_or_else(|| panic!("no example for `{key}`: {schema}"))
    }
}

fn stage(nth: usize) -> String {
    format!("{nth}{}", "s".repeat(MAX_ID - 1))
}

#[test]
fn every_key_of_every_kind_is_filled() {
    let folder = filled("plain words", 0);
    let project = crate::built::open(folder.path());
    let found: Vec<String> = project.report.findings.iter().map(|finding| format!("{}: {}", finding.subject, finding.message)).collect();
    assert!(project.is_valid(), "{}", found.join("\n"));
    for kind in Kind::ALL {
        assert_eq!(project.stack.count(*kind), 2, "{kind:?}");
        for entity in project.stack.of(*kind) {
            let json = entity.json();
            for field in linchpin::model::Shape::of(*kind).fields() {
                assert!(json.get(&field.name).is_some(), "{}.{}", entity.address(), field.name);
            }
        }
    }
}
