//! Follows every entity through the commits: which of them changed it, and which lines each added.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Edit, Gap, Thing, counted, document, is_document,
    walk::{Change, Found, Oid},
};

/// What the versions of files hold, by the object: entities by address, and a document under no name.
pub type Texts = HashMap<Oid, Vec<(String, Vec<u32>)>>;

/// Everything that the files of one side of a commit hold: the lines of an entity may stand in several files.
type Side<'t> = BTreeMap<String, Vec<&'t [u32]>>;

/// Entities as far as commits have been followed, parents first.
pub struct Fold<'t> {
    /// What is known, by address or document.
    pub things: BTreeMap<String, Thing>,
    texts: &'t Texts,
    /// The folders in which the stack has been, the latest first.
    folders: &'t [String],
    gap: Option<Gap>,
}

impl<'t> Fold<'t> {
    /// Begins before the first commit.
    pub fn new(texts: &'t Texts, folders: &'t [String], gap: Option<Gap>) -> Self {
        Self { things: BTreeMap::new(), texts, folders, gap }
    }

    /// Follows what a commit changed.
    pub fn add(&mut self, index: usize, commit: &Found) {
        let changes = &commit.changes;
        // A commit without parents has nothing before it.
        let sides = commit.parents.max(1);
        let befores: Vec<Side<'t>> = (0..sides)
            .map(|parent| self.side(changes.iter().map(|change| (change, change.before.get(parent).and_then(Option::as_ref)))))
            .collect();
        let after = self.side(changes.iter().map(|change| (change, change.after.as_ref())));
        let is_oldest = self.gap == Some(Gap::Shallow) && commit.parents == 0;
        let keys: BTreeSet<&String> = befores.iter().flat_map(BTreeMap::keys).chain(after.keys()).collect();
        let renamed = if let [before] = befores.as_slice() { renames(before, &after) } else { BTreeMap::new() };
        for key in keys {
            let earlier = renamed.get(key.as_str());
            if let Some(thing) = earlier.and_then(|earlier| self.things.get(*earlier)).cloned() {
                self.things.insert(key.clone(), thing);
            }
            let now = lines(&after, key);
            let before: Vec<Vec<u32>> = befores.iter().map(|before| lines(before, earlier.copied().unwrap_or(key))).collect();
            let is_gone_under_this_name = now.is_empty() && renamed.values().any(|earlier| *earlier == key);
            if before.contains(&now) || is_gone_under_this_name {
                continue;
            }
            let added = added(&now, &before);
            let thing = self.things.entry(key.clone()).or_default();
            // What lacks versions cannot be told apart from what was there before.
            thing.is_older |= is_oldest || self.gap == Some(Gap::Partial);
            // A merge that only joins what its parents say edits nothing.
            if !is_oldest && (sides == 1 || !added.is_empty()) {
                thing.edits.push(Edit { commit: index, added });
            }
        }
    }

    /// Notes what a file holds in the commit that is checked out.
    pub fn check_out(&mut self, path: &str, oid: &Oid) {
        for (key, parts) in self.parts(path, oid) {
            let thing = self.things.entry(key).or_default();
            thing.committed.extend(parts);
            thing.committed.sort_unstable();
        }
    }

    fn side<'c>(&self, files: impl Iterator<Item = (&'c Change, Option<&'c Oid>)>) -> Side<'t> {
        let mut side = Side::new();
        for (change, oid) in files {
            for (key, lines) in oid.into_iter().flat_map(|oid| self.parts(&change.path, oid)) {
                side.entry(key).or_default().push(lines);
            }
        }
        side
    }

    /// The entities in a version of a file, or the document that it is.
    fn parts(&self, path: &str, oid: &Oid) -> Vec<(String, &'t [u32])> {
        let parts = self.texts.get(oid).map(Vec::as_slice).unwrap_or_default();
        let is_document = is_document(path);
        let name = |key: &str| if is_document { document(self.below(path)) } else { key.to_owned() };
        parts.iter().filter(|(key, _)| key.is_empty() == is_document).map(|(key, lines)| (name(key), lines.as_slice())).collect()
    }

    /// A path from the folder of the stack, wherever that was.
    fn below<'p>(&self, path: &'p str) -> &'p str {
        self.folders.iter().filter_map(|folder| path.strip_prefix(folder.as_str())).min_by_key(|path| path.len()).unwrap_or(path)
    }
}

fn lines(side: &Side<'_>, key: &str) -> Vec<u32> {
    match side.get(key).map(Vec::as_slice) {
        None | Some([]) => Vec::new(),
        Some([one]) => one.to_vec(),
        Some(several) => {
            let mut lines = several.concat();
            lines.sort_unstable();
            lines
        }
    }
}

/// The lines that are in none of several earlier versions, as often as they are more; all are sorted.
fn added(now: &[u32], before: &[Vec<u32>]) -> Vec<u32> {
    let before: Vec<HashMap<u32, usize>> = before.iter().map(|before| counted(before)).collect();
    let mut added = Vec::new();
    for same in now.chunk_by(|a, b| a == b) {
        let Some(line) = same.first() else { continue };
        let had = before.iter().filter_map(|before| before.get(line)).max().copied().unwrap_or(0);
        added.extend(std::iter::repeat_n(*line, same.len().saturating_sub(had)));
    }
    added
}

/// What is new under its name but was there under another one of the same kind: half of its lines at least are those of
/// something that is gone. New names lead to old ones.
fn renames<'s>(before: &'s Side<'_>, after: &'s Side<'_>) -> BTreeMap<&'s str, &'s str> {
    let mut gone: Vec<(&str, Vec<u32>)> =
        before.keys().filter(|key| !after.contains_key(*key)).map(|key| (key.as_str(), lines(before, key))).collect();
    let mut renames = BTreeMap::new();
    for key in after.keys().filter(|key| !before.contains_key(*key)) {
        let now = lines(after, key);
        let shared = |(_, lines): &(&str, Vec<u32>)| now.len() - added(&now, std::slice::from_ref(lines)).len();
        let alike =
            gone.iter().enumerate().filter(|(_, one)| class(one.0) == class(key) && shared(one) > 0 && 2 * shared(one) >= now.len());
        // The first of several that are equally alike.
        let best = alike.max_by_key(|(index, one)| (shared(one), usize::MAX - index)).map(|(index, _)| index);
        if let Some(best) = best {
            renames.insert(key.as_str(), gone.remove(best).0);
        }
    }
    renames
}

/// The kind of an entity, or that of documents.
fn class(key: &str) -> &str {
    key.split(['.', ':']).next().unwrap_or_default()
}
