//! Names of people as texts write them, found word by word and replaced by what stands for each person.

use std::{borrow::Cow, collections::HashMap};

use crate::model::{Entity, Person};

/// What stands in a text for somebody where several people have the name.
const SOMEBODY: &str = "somebody";
/// Words of three letters that are more often a month than a first name.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How a name must be written to count.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// Whatever the case, and with a space, dot, hyphen or underscore between its words.
    Loose,
    /// Exactly so.
    Exact(String),
    /// Exactly so, as in an address, where nothing of an id may follow.
    Address(String),
}

/// A way in which a person is named.
#[derive(Debug, Clone)]
struct Name {
    /// Its words in lower case.
    words: Vec<String>,
    form: Form,
    /// What stands for it in a sentence, and inside of an id or address.
    label: String,
    id: String,
}

/// A run of letters and digits.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    start: usize,
    end: usize,
    text: &'t str,
}

/// All ways in which the people of a stack are named, by the first word.
#[derive(Debug, Default)]
pub struct Names {
    by_word: HashMap<String, Vec<Name>>,
    /// Names of one word by that word in lower case, for ids and paths.
    tokens: HashMap<String, String>,
}

impl Names {
    /// Adds a person and what stands for them; `is_kept` tells which words name something else as well.
    pub fn add(&mut self, person: &Entity<Person>, id: &str, label: &str, is_kept: impl Fn(&str) -> bool) {
        let name = person.about.name.as_str();
        let old = person.id.as_str();
        let whole = folded(name);
        self.name(whole.clone(), Form::Loose, label, id);
        if let [first, rest @ ..] = whole.as_slice()
            && rest.len() > 1
        {
            self.name(vec![first.clone(), rest.concat()], Form::Loose, label, id);
        }
        if whole.len() > 1 {
            self.name(vec![whole.concat()], Form::Loose, label, id);
        }
        self.name(
            folded(&format!("person.{old}")),
            Form::Address(format!("person.{old}")),
            &format!("person.{id}"),
            &format!("person.{id}"),
        );
        if old.len() > 3 && is_made_of(old, &whole) {
            self.name(folded(old), Form::Exact(old.to_owned()), id, id);
            self.tokens.insert(old.to_owned(), id.to_owned());
        }
        if let Some(email) = &person.email {
            let local = email.as_str().split('@').next().unwrap_or_default();
            if local.len() > 3 && local != old {
                self.name(folded(email.as_str()), Form::Exact(email.as_str().to_owned()), id, id);
            }
        }
        if is_like_a_name(name) {
            for part in words(name).iter().map(|word| word.text).filter(|part| is_telling(part) && !is_kept(part)) {
                self.part(part, label, id);
            }
        }
    }

    /// Adds a word of a name. A word that several people have in their names stands for none of them.
    fn part(&mut self, part: &str, label: &str, id: &str) {
        let folded = part.to_lowercase();
        let form = Form::Exact(part.to_owned());
        let known = self.by_word.get_mut(&folded).and_then(|names| names.iter_mut().find(|name| name.form == form));
        match known {
            Some(known) if known.id != id => (known.label, known.id) = (SOMEBODY.to_owned(), SOMEBODY.to_owned()),
            Some(_) => {}
            None => self.name(vec![folded.clone()], form, label, id),
        }
        if part.chars().count() > 3 {
            self.tokens
                .entry(folded)
                .and_modify(|known| {
                    if known != id {
                        SOMEBODY.clone_into(known);
                    }
                })
                .or_insert_with(|| id.to_owned());
        }
    }

    fn name(&mut self, words: Vec<String>, form: Form, label: &str, id: &str) {
        let Some(first) = words.first().cloned() else { return };
        let names = self.by_word.entry(first).or_default();
        names.push(Name { words, form, label: label.to_owned(), id: id.to_owned() });
        // The sort is stable: of two names as long the one that was added first counts.
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
    }

    /// Returns a text in which labels stand in place of people. Linear in the text.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let words = words(text);
        let mut out = String::new();
        let mut copied = 0;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let candidates = self.by_word.get(&word.text.to_lowercase()).map_or(&[][..], Vec::as_slice);
            let Some((name, last)) = candidates.iter().find_map(|name| Some((name, name.matches(text, words.get(at..)?)?))) else {
                at += 1;
                continue;
            };
            out.push_str(text.get(copied..word.start).unwrap_or_default());
            let matched = text.get(word.start..last.end).unwrap_or_default();
            let is_in_address = matched.contains(['.', '_', '-']) || is_in_address(text, word.start, last.end);
            out.push_str(if is_in_address { &name.id } else { &name.label });
            // A line that a name is broken over stays two lines.
            out.extend(matched.chars().filter(|c| *c == '\n'));
            copied = last.end;
            at += name.words.len();
        }
        if copied == 0 {
            return text.into();
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        out.into()
    }

    /// Returns an id, slug or path without names of people. Words that are none are kept as they are.
    pub fn slug(&self, slug: &str) -> String {
        let text = self.text(slug);
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for word in words(&text) {
            if let Some(id) = self.tokens.get(word.text) {
                out.push_str(text.get(copied..word.start).unwrap_or_default());
                out.push_str(id);
                copied = word.end;
            }
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        // In a sentence a person has a label with a space.
        if out.contains(' ') && !slug.contains(' ') { crate::model::slug(&out) } else { out }
    }
}

impl Name {
    /// Returns the last word of the name if the words of a text begin with it.
    fn matches<'t>(&self, text: &str, found: &[Word<'t>]) -> Option<Word<'t>> {
        let found = found.get(..self.words.len())?;
        let (first, last) = (found.first()?, found.last()?);
        let is_same = match &self.form {
            Form::Exact(exact) => text.get(first.start..last.end) == Some(exact.as_str()),
            Form::Address(address) => {
                let rest = text.get(last.end..).unwrap_or_default();
                let goes_on = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
                text.get(first.start..last.end) == Some(address.as_str()) && !goes_on
            }
            Form::Loose => {
                let gaps = found.iter().zip(found.iter().skip(1)).map(|(a, b)| text.get(a.end..b.start).unwrap_or_default());
                found.iter().zip(&self.words).all(|(word, name)| word.text.to_lowercase() == *name) && gaps.into_iter().all(joins)
            }
        };
        is_same.then_some(*last)
    }
}

/// Whether what stands between two words of a text may stand between two words of a name.
fn joins(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace) || matches!(gap, "." | "-" | "_" | "'" | "’" | ". " | "+" | "/")
}

/// Whether a name stands inside of an address for mail, of an address on the web, or of code.
fn is_in_address(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    after == Some('@') || before.is_some_and(|c| "/@#=~".contains(c))
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(text.get(from..at).map(|word| Word { start: from, end: at, text: word }));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| word.text.to_lowercase()).collect()
}

/// Whether a text is a name and not a role in words, such as `Contact for failed campaigns`: its longer words are capital.
fn is_like_a_name(name: &str) -> bool {
    let words = words(name);
    words.len() <= 5 && words.iter().all(|word| word.text.chars().count() < 4 || !word.text.starts_with(char::is_lowercase))
}

/// Whether a word of a name tells somebody by itself.
fn is_telling(part: &str) -> bool {
    match part.chars().count() {
        0..3 => false,
        3 => part.starts_with(char::is_uppercase) && !MONTHS.contains(&part),
        _ => !part.starts_with(|c: char| c.is_numeric()),
    }
}

/// Whether an id has something of a name: a word that begins alike.
fn is_made_of(id: &str, name: &[String]) -> bool {
    let alike = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= 3;
    id.contains('-') || words(id).iter().any(|word| name.iter().any(|part| alike(word.text, part)))
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::model::{Entity, Id, Kind, StackEntities};

    fn names(people: &[(&str, &str)]) -> Names {
        let mut names = Names::default();
        let mut stack = StackEntities::default();
        for (id, name) in people {
            let mut sources = crate::source::Sources::default();
            let file = sources.add(crate::source::SourceFile::new(String::new(), String::new()));
            stack.insert(Kind::Person, id, file, serde_json::json!({ "name": name })).unwrap();
            let person: &Entity<_> = &stack.people[&Id::new(*id)];
            let number = stack.people.len();
            names.add(person, &format!("person-{number}"), &format!("Person {number}"), |word| word == "Page");
        }
        names
    }

    #[test]
    fn names_are_found_as_whole_words_however_they_are_joined() {
        let names = names(&[("maya", "Maya Okonkwo"), ("bram", "Bram de Vries"), ("li", "Li Page")]);
        for (text, shown) in [
            ("Maya Okonkwo, Bram de Vries", "Person 1, Person 2"),
            ("MAYA  OKONKWO; maya\nokonkwo.", "Person 1; Person 1\n."),
            ("bram.devries@x.example or BramDeVries", "person-2@x.example or Person 2"),
            ("Maya's list for Vries", "Person 1's list for Person 2"),
            ("Mayan, Okonkwos, vries, de", "Mayan, Okonkwos, vries, de"),
            ("`person.maya` and person.maya-2, person.li", "`person.person-1` and person.person-1-2, person.person-3"),
            ("ask maya, not li or the Page", "ask person-1, not li or the Page"),
            ("Li Page", "Person 3"),
            ("é Maya é", "é Person 1 é"),
            ("", ""),
        ] {
            assert_eq!(names.text(text), shown, "{text}");
        }
    }

    #[test]
    fn ids_and_paths_lose_names_and_keep_everything_else() {
        let names = names(&[("maya", "Maya Okonkwo"), ("li", "Li Page")]);
        assert_eq!(names.slug("people/maya.toml"), "people/person-1.toml");
        assert_eq!(names.slug("maya-okonkwo-first"), "person-1-first");
        assert_eq!(names.slug("okonkwo-s-list"), "person-1-s-list");
        assert_eq!(names.slug("li-page"), "person-2");
        assert_eq!(names.slug("landing-page/li.md"), "landing-page/li.md");
        assert_eq!(names.slug("Überfall 2"), "Überfall 2");
    }

    #[test]
    fn a_role_in_words_is_withheld_as_a_whole_and_a_shared_name_is_nobodys() {
        let names = names(&[("contact", "Contact for failed campaigns"), ("ana", "Ana Ruiz"), ("eva", "Eva Ruiz"), ("may", "May Lang")]);
        assert_eq!(names.text("A failed campaign: Contact for failed campaigns"), "A failed campaign: Person 1");
        assert_eq!(names.text("Ruiz, Ana, Eva Ruiz, May 2026"), "somebody, Person 2, Person 3, May 2026");
    }
}
