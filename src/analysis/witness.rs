//! What git says of each entity, beside what the stack says: who edited its lines and when, whether the declared owner did.
//!
//! It is a witness to the text, never to what somebody knows or does.

mod people;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::people::People;
pub use self::people::{Editor, Verdict, Why, editors};
use super::{FRESH, Members};
use crate::{
    history::{Author, Gap, History, Lines, document, is_document},
    load,
    model::{AnyEntity, Date, Kind, Owner, Stack},
    source::{FileId, Sources},
};

/// Somebody who edited an entity, with what they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share<'a> {
    /// Who.
    pub editor: Editor<'a>,
    /// The lines that they wrote, as far as they still stand.
    pub lines: usize,
    /// The commits by which they changed it.
    pub commits: usize,
    /// The day of the latest of them; nothing where none says one.
    pub last: Option<Date>,
}

/// What git says of an entity.
pub struct Record<'a> {
    /// The entity.
    pub entity: &'a dyn AnyEntity,
    /// Those who edited it, by lines and then by commits, most first; empty where none of it is committed or known.
    pub shares: Vec<Share<'a>>,
    /// The last who edited it: by the latest day, and of several on one day by the order of commits.
    pub last: Option<(Option<Date>, Editor<'a>)>,
    /// Whether it is committed at all.
    pub is_committed: bool,
    /// Lines that are not committed, which are left out.
    pub uncommitted: usize,
    /// Lines older than what the clone holds.
    pub unknown: usize,
    /// Whether all commits that changed it are known.
    pub is_whole: bool,
    /// Whether the declared owner edited it, where one is declared.
    pub owner: Option<Verdict<'a>>,
    /// Whether the declared backup did, where one is declared.
    pub backup: Option<Verdict<'a>>,
}

/// What git says of a stack.
pub struct Witness<'a> {
    /// What it says of each entity, by kind and id.
    pub records: Vec<Record<'a>>,
    /// How many commits changed files of the stack.
    pub commits: usize,
    /// The first and the last day on which somebody wrote one of them.
    pub days: Option<(Date, Date)>,
    /// How many people wrote them, as far as they can be told apart.
    pub editors: usize,
    /// Why what is known does not go back to the beginning.
    pub gap: Option<Gap>,
    today: Date,
    stack: &'a Stack,
}

impl<'a> Witness<'a> {
    /// Compares a history with the stack. Linear in the text of the stack and in the commits of each entity.
    pub fn new(stack: &'a Stack, sources: &Sources, documents: &BTreeMap<String, FileId>, history: &'a History, today: Date) -> Self {
        let people = People::new(stack, history);
        let members = Members::new(stack);
        let mut texts: HashMap<String, Vec<&str>> = HashMap::new();
        for (_, file) in sources.iter().filter(|(_, file)| !is_document(file.path())) {
            for (key, lines) in load::parts(file.text()) {
                texts.entry(key).or_default().extend(lines);
            }
        }
        let record = |entity: &'a dyn AnyEntity| {
            let address = entity.address();
            // History knows it as the files call it.
            let known = sources.written(address.as_str());
            let lines = texts.get(&*known).map(Vec::as_slice).unwrap_or_default();
            let mut told = history.of(&known, lines.iter().copied());
            let runbook = documents.get(entity.id().as_str()).filter(|_| entity.kind() == Kind::Runbook);
            if let Some((path, text)) = runbook.map(|file| sources.file(*file).as_written()) {
                let of_file = history.of(&document(path), text.lines());
                told = joined(told, of_file, text);
            }
            let is_committed = told.is_some();
            let nothing = || Lines { uncommitted: written(lines.iter().copied()), ..Lines::default() };
            let mut record = Record { is_committed, ..Record::new(entity, told.unwrap_or_else(nothing), history, &people) };
            let verdict = |owner: &'a Owner| people.verdict(owner, &record, &members);
            (record.owner, record.backup) = (entity.owner().map(verdict), entity.backup().map(verdict));
            record
        };
        let days = history.commits.iter().filter_map(|commit| commit.day);
        let editors: BTreeSet<Editor<'_>> = history.commits.iter().filter_map(|commit| people.editor(commit.author)).collect();
        Self {
            records: stack.all().map(record).collect(),
            commits: history.commits.len(),
            days: days.clone().min().zip(days.max()),
            editors: editors.len(),
            gap: history.gap,
            today,
            stack,
        }
    }

    /// Returns what git says of an entity.
    pub fn of(&self, entity: &dyn AnyEntity) -> Option<&Record<'a>> {
        let place = (entity.kind(), entity.id());
        let at = self.records.binary_search_by(|record| (record.entity.kind(), record.entity.id()).cmp(&place));
        at.ok().and_then(|at| self.records.get(at))
    }

    /// Iterates over what is live and somebody answers for, by kind and id.
    fn told(&self) -> impl Iterator<Item = &Record<'a>> {
        let is_told = |entity: &dyn AnyEntity| entity.is_live() && !matches!(entity.kind(), Kind::Unit | Kind::Person | Kind::Team);
        self.records.iter().filter(move |record| is_told(record.entity))
    }

    /// Iterates over what only one person has ever edited. Nothing is claimed where commits are missing.
    pub fn alone(&self) -> impl Iterator<Item = &Record<'a>> {
        self.told().filter(|record| record.alone().is_some())
    }

    /// Iterates over what its declared owner has not edited.
    pub fn not_by_owner(&self) -> impl Iterator<Item = &Record<'a>> {
        self.told().filter(|record| record.owner == Some(Verdict::NotEdited))
    }

    /// Iterates over what has a declared owner of whom nobody can say whether they edited it, with the reason.
    pub fn incomparable(&self) -> impl Iterator<Item = (&Record<'a>, Why<'a>)> {
        self.told().filter_map(|record| match record.owner {
            Some(Verdict::NotComparable(why)) => Some((record, why)),
            _ => None,
        })
    }

    /// Iterates over what nobody has edited for more than a year, with the day.
    pub fn untouched(&self) -> impl Iterator<Item = (&Record<'a>, Date)> {
        let day = |record: &Record<'a>| record.last.and_then(|(day, _)| day).filter(|day| self.today.days_since(*day) > FRESH);
        self.told().filter_map(move |record| Some((record, day(record)?)))
    }

    /// Iterates over what somebody edited last who has left.
    pub fn last_by_gone(&self) -> impl Iterator<Item = &Record<'a>> {
        let is_gone = |editor| matches!(editor, Editor::Person(id) if self.stack.is_gone(id, self.today));
        self.told().filter(move |record| record.last.is_some_and(|(_, editor)| is_gone(editor)))
    }

    /// Returns how many lines are not committed.
    pub fn uncommitted(&self) -> usize {
        self.records.iter().map(|record| record.uncommitted).sum()
    }
}

impl<'a> Record<'a> {
    fn new(entity: &'a dyn AnyEntity, told: Lines, history: &'a History, people: &People<'a>) -> Self {
        let mut shares: BTreeMap<Editor<'a>, Share<'a>> = BTreeMap::new();
        let mut last: Option<(Option<Date>, Editor<'a>)> = None;
        for index in told.edits {
            let Some(commit) = history.commits.get(index) else { continue };
            let Some(editor) = people.editor(commit.author) else { continue };
            let share = shares.entry(editor).or_insert(Share { editor, lines: 0, commits: 0, last: None });
            share.lines += told.by_commit.get(&index).copied().unwrap_or(0);
            share.commits += 1;
            share.last = share.last.max(commit.day);
            if last.is_none_or(|(day, _)| commit.day >= day) {
                last = Some((commit.day, editor));
            }
        }
        let mut shares: Vec<Share<'a>> = shares.into_values().collect();
        shares.sort_by_key(|share| (std::cmp::Reverse((share.lines, share.commits)), share.editor));
        let Lines { uncommitted, unknown, is_whole, .. } = told;
        Self { entity, shares, last, is_committed: true, uncommitted, unknown, is_whole, owner: None, backup: None }
    }

    /// Returns the only person who has ever edited it, as far as that is known for certain.
    pub fn alone(&self) -> Option<&Share<'a>> {
        match self.shares.as_slice() {
            [one] if self.is_whole => Some(one),
            _ => None,
        }
    }
}

/// What is said of an entity and of its document as one. A document that is not committed is as many lines that are not.
fn joined(entity: Option<Lines>, file: Option<Lines>, text: &str) -> Option<Lines> {
    let mut all = entity?;
    let Some(file) = file else {
        all.uncommitted += written(text.lines());
        return Some(all);
    };
    for (commit, lines) in file.by_commit {
        *all.by_commit.entry(commit).or_default() += lines;
    }
    all.edits.extend(file.edits);
    all.edits.sort_unstable();
    all.edits.dedup();
    all.uncommitted += file.uncommitted;
    all.unknown += file.unknown;
    all.is_whole &= file.is_whole;
    Some(all)
}

/// How many lines say something.
fn written<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    lines.filter(|line| !line.trim().is_empty()).count()
}

/// Returns the name under which an author is shown who is nobody of the stack. The address is shown only where it may be.
pub fn signed(author: &Author, shows_address: bool) -> String {
    let name = author.name.trim();
    match (name.is_empty(), author.email.is_empty() || !shows_address) {
        // Some sign with their address.
        (false, true) if !shows_address && name.contains('@') => "somebody whose address is withheld".to_owned(),
        (false, true) => name.to_owned(),
        (false, false) if name == author.email => name.to_owned(),
        (false, false) => format!("{name} <{}>", author.email),
        (true, false) => format!("<{}>", author.email),
        (true, true) => "somebody without a name".to_owned(),
    }
}
