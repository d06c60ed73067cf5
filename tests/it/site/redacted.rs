//! `redact`: nothing that a stack withholds stands in any file of its site.

use std::{collections::BTreeSet, fs, path::Path};

use linchpin::{
    Project,
    model::{Entity, Kind, NumberStyle, Person, Shape, json},
    render::{self, Options},
};
use serde_json::Value;

use crate::built::{Folder, Site, example, open};

/// The words of a text.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A copy of a stack that withholds these.
fn withholding(stack: &Path, redact: &str) -> Folder {
    let folder = Folder::of(&[]);
    for entry in walkdir::WalkDir::new(stack).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(stack).unwrap().to_str().unwrap();
        folder.write(path, fs::read(entry.path()).unwrap());
    }
    let root = folder.read("stack.toml");
    let redact = format!("redact = [{redact}]");
    let text = match root.lines().find(|line| line.starts_with("redact = ")) {
        Some(line) => root.replace(line, &redact),
        None if root.contains("[site]") => root.replace("[site]", &format!("[site]\n{redact}")),
        None => format!("{root}\n[site]\n{redact}\n"),
    };
    folder.write("stack.toml", text);
    folder
}

/// Every text of a stack but what tells who people are, and every number that is no amount.
fn said(project: &Project) -> (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) {
    let (mut words, mut numbers, mut amounts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut left: Vec<(Shape, Value)> = Vec::new();
    for entity in project.stack.all() {
        let mut table = entity.json();
        if entity.kind() == Kind::Person {
            table = Value::Null;
        }
        left.push((Shape::of(entity.kind()).clone(), table));
    }
    left.push((Shape::of_singleton("stack"), json(&project.stack.company.body)));
    while let Some((shape, value)) = left.pop() {
        match (&shape, &value) {
            (Shape::Number(NumberStyle::Money), Value::Number(number)) => drop(amounts.insert(number.to_string())),
            (_, Value::Number(number)) => drop(numbers.insert(number.to_string())),
            (Shape::Text(_), Value::String(text)) => {
                // An address for mail is no text in which a name would be an ordinary word.
                let plain = text.split_whitespace().filter(|word| !word.contains('@'));
                words.extend(plain.flat_map(tokens).map(str::to_owned));
            }
            (Shape::List(item), Value::Array(all)) => left.extend(all.iter().map(|one| ((**item).clone(), one.clone()))),
            (Shape::Table(fields), Value::Object(table)) => {
                left.extend(fields.iter().filter_map(|field| Some((field.shape.clone(), table.get(&field.name)?.clone()))));
            }
            (Shape::Map { value: item, .. }, Value::Object(table)) => {
                left.extend(table.values().map(|one| ((**item).clone(), one.clone())));
            }
            (Shape::AnyOf(_), value) if !matches!(shape.branch(value), Shape::AnyOf(_)) => {
                left.push((shape.branch(value).clone(), value.clone()));
            }
            _ => {}
        }
    }
    (words, numbers, amounts)
}

/// What tells who somebody is: words that stand for nothing else in the stack, and longer texts.
fn secrets(person: &Entity<Person>, lower: &BTreeSet<String>) -> (Vec<String>, Vec<String>) {
    let name = person.about.name.as_str();
    let id = person.id.as_str();
    let parts = tokens(name).filter(|part| part.chars().count() >= 4).flat_map(|part| [part.to_owned(), part.to_lowercase()]);
    let mut whole: Vec<String> = [name, id].into_iter().filter(|text| text.contains([' ', '-'])).map(str::to_owned).collect();
    whole.extend(person.email.as_ref().map(|email| email.as_str().to_owned()));
    whole.extend(person.title.clone().filter(|title| title.len() > 12));
    let words: Vec<String> = parts.chain([id.to_owned()]).filter(|word| word.len() >= 4 && !lower.contains(&word.to_lowercase())).collect();
    (words, whole)
}

fn assert_withheld(stack: &Path) {
    let open_stack = open(stack);
    let (words, numbers, amounts) = said(&open_stack);
    // A word that the stack also writes in lower case, such as `campaign`, names nobody.
    let lower: BTreeSet<String> = words.into_iter().filter(|word| word.chars().all(char::is_lowercase)).collect();
    let people: Vec<(Vec<String>, Vec<String>)> = open_stack.stack.people.values().map(|person| secrets(person, &lower)).collect();
    let words: BTreeSet<&str> = people.iter().flat_map(|(words, _)| words).map(String::as_str).collect();
    let whole: BTreeSet<&str> = people.iter().flat_map(|(_, whole)| whole).map(String::as_str).collect();
    let amounts: BTreeSet<String> = amounts.into_iter().map(|text| text.trim_end_matches(".0").to_owned()).collect();
    let amounts: BTreeSet<&str> = amounts.iter().map(String::as_str).filter(|text| text.len() > 4 && !numbers.contains(*text)).collect();

    let withheld = open(withholding(stack, "\"emails\", \"prices\", \"people\"").path());
    let mut site = Site::of(&withheld);
    let plain = Site::of(&open(withholding(stack, "").path()));
    let holds = |site: &Site, secret: &str| site.0.iter().any(|file| String::from_utf8_lossy(&file.content).contains(secret));
    assert!(!whole.is_empty() && whole.iter().filter(|secret| holds(&plain, secret)).count() * 2 > whole.len(), "nothing need be withheld");
    super::sound::assert_sound(&site);
    site.0 = render::render_as(&withheld, &Options { pack: true, ..Options::default() }).unwrap();
    assert!(site.paths().any(|path| path == "diligence-pack.html"));
    for file in &site.0 {
        let text = String::from_utf8_lossy(&file.content);
        for secret in &whole {
            assert!(!text.contains(secret) && !file.path.contains(secret), "{} has {secret}", file.path);
        }
        for token in tokens(&text).chain(tokens(&file.path)) {
            assert!(!words.contains(token), "{} has {token}", file.path);
        }
        let joined = text.replace([',', '_'], "");
        for token in tokens(&joined) {
            assert!(!amounts.contains(token), "{} has {token}", file.path);
        }
    }
}

#[test]
fn nothing_that_the_example_withholds_is_in_any_file() {
    assert_withheld(&example());
}

#[test]
fn nothing_that_the_stack_of_sourcegraph_withholds_is_in_any_file() {
    assert_withheld(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stacks/sourcegraph"));
}

#[test]
fn people_are_numbered_wherever_somebody_wrote_their_names() {
    let text = "[site]\nredact = [\"people\"]\n\
        [person.maya]\nname = \"Maya Okonkwo\"\ntitle = \"Queen of Operations\"\nemail = \"m.o@example.com\"\ndescription = \"Came from Lagos\"\n\
        [person.ana-ruiz]\nname = \"Ana Ruiz\"\nmanager = \"maya\"\nlinks = [{ title = \"Profile\", url = \"https://example.com/in/anaruiz\" }]\n\
        [person.left]\nname = \"Bo Okonkwo\"\nstatus = \"left\"\n\
        [team.maya-team]\nname = \"Maya's team\"\nlead = \"maya\"\n\
        [tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Ask Maya or ANA RUIZ, not Okonkwo; the new maya okonkwo, left of ana.ruiz@example.com\"\n\
        owner = \"maya\"\nbackup = \"maya-team\"\nadmins = [\"left\", \"ana-ruiz\"]\ncriticality = \"high\"\n\
        [integration.maya-list]\nfrom = \"crm\"\nto = \"crm\"\nmethod = \"file\"\nruns-as = \"maya\"\ndescription = \"See `person.left`\"\n\
        [routing.r]\nname = \"R\"\nobject = \"lead\"\ntool = \"crm\"\nfields = { owner = { type = \"text\" } }\n\
        rule = [{ name = \"Maya Okonkwo first\", when = { owner = \"Maya Okonkwo\" }, assign = { round-robin = [\"maya\", \"ana-ruiz\"], weights = { maya = 2 } } }]\n\
        test = [{ name = \"hers\", record = { owner = \"maya okonkwo\" }, expect = \"Maya Okonkwo first\" }]\n\
        [runbook.r]\nname = \"R\"\nkind = \"other\"\nfile = \"maya/okonkwo.md\"\n\
        [[suppress]]\nrule = \"personal-credentials\"\non = \"integration.maya-list\"\nreason = \"Maya leaves it so\"\nuntil = 2027-01-01\nby = \"ana-ruiz\"\n\
        [[override]]\non = \"person.ma*\"\nrules = { key-person = \"off\" }\n";
    let folder = Folder::stack(text);
    folder.write("maya/okonkwo.md", "# Maya Okonkwo's list\n\nCall Maya\nOkonkwo or [her](mailto:m.o@example.com).\n");
    let site = folder.site();
    super::sound::assert_sound(&site);
    for file in &site.0 {
        let text = String::from_utf8_lossy(&file.content).to_lowercase();
        for secret in ["maya", "okonkwo", "ana-ruiz", "ana ruiz", "ana.ruiz", "anaruiz", "queen", "m.o@", "lagos", "person.left"] {
            assert!(!text.contains(secret) && !file.path.contains(secret), "{} has {secret}", file.path);
        }
    }
    // By the order of ids: ana-ruiz, left, maya.
    let tool = site.page("tools/crm.html").words("main");
    assert!(tool.contains("Ask Person 3 or Person 1, not somebody; the new Person 3, left of withheld"), "{tool}");
    assert!(site.page("teams/person-3-team.html").words("h1").contains("Person 3's team"));
    let integration = site.page("integrations/person-3-list.html").words("main");
    assert!(integration.contains("See person.person-2") && integration.contains("Person 3"), "{integration}");
    assert!(site.page("suppressions.html").words("main").contains("Person 3 leaves it so"));
    assert!(site.page("routing/r.html").words("main").contains("Person 3 first"));
    assert!(!site.text("data/findings.json").contains("failed-routing-test"));
    assert!(site.page("runbooks/r.html").words("main").contains("Call Person 3"));
    assert!(site.page("rules/key-person.html").words("main").contains("person.person-3"));
    assert!(site.page("people/person-3.html").words("main").contains("withheld"));
}
