//! What can be mended without asking: unused acceptances, and words that can mean one other word only.
//!
//! ```text
//! findings ──patch──▶ bytes that change ──attempt──▶ the stack as it would be, judged again ──▶ taken, parted or given up
//! ```
//!
//! Nothing but those bytes changes. A change is taken only if what is found afterwards is less than before and nothing is
//! new, so that fixing ends, and a second time changes nothing. All of it happens in memory; [`write()`] writes the files.

mod patch;
mod table;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use self::patch::{Parsed, Patch};
pub use self::write::{Error, write};
use crate::{Clock, Project, load, load::Edits, policy::Request};

/// As often the stack is judged to find out which of some changes bring up something new.
const TRIALS: usize = 100;
/// As many rounds a correction may take to show that what it uncovers can be mended too.
const LOOKAHEAD: usize = 8;

/// A stack as it would be.
#[derive(Debug)]
pub struct Fixed {
    /// The folder.
    pub root: PathBuf,
    /// What is wrong before.
    pub before: Project,
    /// What is wrong afterwards; nothing where nothing can be mended.
    pub after: Option<Project>,
    /// The texts that differ, by path.
    pub edits: Edits,
    /// How many findings are mended.
    pub mended: usize,
}

/// Mends what can be mended without asking.
///
/// # Errors
/// If there is no stack, or it cannot be read at all.
pub fn fix(root: &Path, clock: Clock, request: &Request) -> Result<Fixed, load::Error> {
    let before = Project::judge(root, clock, request, &Edits::new())?;
    let mut fixer = Fixer { root, clock, request, trials: 0, given_up: BTreeSet::new() };
    let mut taken: Option<Attempt> = None;
    loop {
        let (project, edits) = taken.as_ref().map_or((&before, None), |attempt| (&attempt.project, Some(&attempt.edits)));
        let mut patches = patches(project);
        patches.retain(|patch| !fixer.given_up.contains(&patch.id));
        let base = Base { project, edits, patches: &patches };
        fixer.trials = TRIALS;
        let Some(mut next) = fixer.choose(&base)? else { break };
        next.mended += taken.as_ref().map_or(0, |attempt| attempt.mended);
        taken = Some(next);
    }
    let (after, edits, mended) = taken.map_or((None, Edits::new(), 0), |taken| (Some(taken.project), taken.edits, taken.mended));
    Ok(Fixed { root: root.to_owned(), before, after, edits, mended })
}

/// Returns how many findings of a project may be mended: what comes of it shows only when it is tried.
pub fn count(project: &Project) -> usize {
    patches(project).len()
}

/// The changes that mend findings of a project, by file and place. Of two that meet the first is left.
fn patches(project: &Project) -> Vec<Patch> {
    let mut by_file: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (finding, fix) in project.report.findings.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?))) {
        by_file.entry(fix.file).or_default().push(finding);
    }
    let mut patches = Vec::new();
    for (file, findings) in by_file {
        let source = project.sources.file(file);
        let parsed = Parsed::new(source.path(), source.text());
        let mut found: Vec<Patch> = findings.into_iter().filter_map(|finding| parsed.patch(finding, &project.sources)).collect();
        found.sort_by_key(|patch| (patch.range.start, patch.range.end));
        found.dedup_by(|later, earlier| later.range.start < earlier.range.end || later.range == earlier.range);
        patches.append(&mut found);
    }
    patches
}

/// What a round of fixing starts from.
struct Base<'a> {
    project: &'a Project,
    edits: Option<&'a Edits>,
    patches: &'a [Patch],
}

/// The stack after some changes.
struct Attempt {
    project: Project,
    edits: Edits,
    mended: usize,
}

/// Tries changes.
struct Fixer<'a> {
    root: &'a Path,
    clock: Clock,
    request: &'a Request,
    trials: usize,
    /// The fingerprints of findings whose changes bring up something new even alone.
    given_up: BTreeSet<String>,
}

/// What comes of some changes: less is found, or something new, on these subjects.
type Tried = Result<Attempt, BTreeSet<String>>;

impl Fixer<'_> {
    /// Takes as many of the changes as bring up nothing new: all of them, or those parts of parts that do.
    fn choose(&mut self, base: &Base<'_>) -> Result<Option<Attempt>, load::Error> {
        let mut taken: Vec<&Patch> = Vec::new();
        let mut best: Option<Attempt> = None;
        let mut waiting: Vec<Vec<&Patch>> = vec![base.patches.iter().collect()];
        while let Some(part) = waiting.pop() {
            if part.is_empty() || self.trials == 0 {
                continue;
            }
            let trial: Vec<&Patch> = taken.iter().chain(&part).copied().collect();
            let least = best.as_ref().map_or(base.project, |attempt| &attempt.project);
            match (self.attempt(base, &trial, least)?, part.as_slice()) {
                (Ok(attempt), _) => {
                    taken = trial;
                    best = Some(attempt);
                }
                (Err(_), [alone]) => drop(self.given_up.insert(alone.id.clone())),
                (Err(subjects), part) => waiting.extend(parted(part, &subjects)),
            }
        }
        Ok(best)
    }

    /// Makes some changes, and if they uncover something, those that mend it. Less must be found than in another project.
    fn attempt(&mut self, base: &Base<'_>, patches: &[&Patch], least: &Project) -> Result<Tried, load::Error> {
        let mut edits = base.edits.cloned().unwrap_or_default();
        let mut mended = patches.len();
        apply(base.project, patches, &mut edits);
        let mut project = self.judge(&edits)?;
        for _ in 0..LOOKAHEAD {
            if worse(&project, least).is_none() || self.trials == 0 {
                break;
            }
            let mut more = self::patches(&project);
            more.retain(|patch| base.patches.iter().all(|known| known.id != patch.id));
            if more.is_empty() {
                break;
            }
            mended += more.len();
            apply(&project, &more.iter().collect::<Vec<_>>(), &mut edits);
            project = self.judge(&edits)?;
        }
        Ok(worse(&project, least).map_or(Ok(Attempt { project, edits, mended }), Err))
    }

    fn judge(&mut self, edits: &Edits) -> Result<Project, load::Error> {
        self.trials = self.trials.saturating_sub(1);
        Project::judge(self.root, self.clock, self.request, edits)
    }
}

/// Parts changes that cannot be made together, what is to be tried first last: those on whose subjects nothing new came up,
/// and the rest; where that parts nothing, halves.
fn parted<'p>(part: &[&'p Patch], subjects: &BTreeSet<String>) -> [Vec<&'p Patch>; 2] {
    let (blamed, others): (Vec<&Patch>, Vec<&Patch>) = part.iter().partition(|patch| subjects.contains(&patch.subject));
    if blamed.is_empty() || others.is_empty() {
        let (first, second) = part.split_at(part.len() / 2);
        return [second.to_vec(), first.to_vec()];
    }
    [blamed, others]
}

/// Returns nothing if less is found than before, and no more of any rule on any subject; else the subjects with more. Mistakes
/// in the files hide everything else, so as long as there are some before, only they are compared.
fn worse(after: &Project, before: &Project) -> Option<BTreeSet<String>> {
    let counts = |project: &Project| {
        let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let counted = project.report.findings.iter().filter(|finding| before.is_valid() || !finding.rule.is_adjustable());
        counted.for_each(|finding| *counts.entry((finding.rule.name, finding.subject.clone())).or_default() += 1);
        counts
    };
    let (after, before) = (counts(after), counts(before));
    let more = after.iter().filter(|(of, count)| before.get(of).is_none_or(|most| *count > most));
    let subjects: BTreeSet<String> = more.map(|((_, subject), _)| subject.clone()).collect();
    (!subjects.is_empty() || after.values().sum::<usize>() >= before.values().sum()).then_some(subjects)
}

/// Makes changes in the texts of a project.
fn apply(project: &Project, patches: &[&Patch], edits: &mut Edits) {
    let mut by_path: BTreeMap<&str, Vec<&Patch>> = BTreeMap::new();
    for patch in patches {
        by_path.entry(&patch.path).or_default().push(patch);
    }
    for (_, source) in project.sources.iter() {
        if let Some(patches) = by_path.remove(source.path()) {
            edits.insert(source.path().to_owned(), patched(source.text(), &patches));
        }
    }
}

/// Returns a text with some changes. Where its end goes, the empty lines before it go too.
fn patched(text: &str, patches: &[&Patch]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for patch in patches {
        out.push_str(text.get(at..patch.range.start).unwrap_or_default());
        out.push_str(&patch.with);
        at = patch.range.end;
    }
    if at == text.len() && patches.last().is_some_and(|last| last.with.is_empty()) {
        let lines = out.split_inclusive('\n').rev().take_while(|line| table::is_blank(line));
        out.truncate(out.len() - lines.map(str::len).sum::<usize>());
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Patch, patched};

    #[test]
    fn only_the_bytes_of_a_change_change_and_no_empty_lines_are_left_at_the_end() {
        let patch = |range: std::ops::Range<usize>, with: &str| Patch {
            id: String::new(),
            subject: String::new(),
            path: String::new(),
            range,
            with: with.to_owned(),
        };
        let text = "a = 1\n\nb = 2\n\nc = 3\n";
        assert_eq!(patched(text, &[&patch(0..1, "x"), &patch(11..12, "3")]), "x = 1\n\nb = 3\n\nc = 3\n");
        assert_eq!(patched(text, &[&patch(7..14, "")]), "a = 1\n\nc = 3\n");
        assert_eq!(patched(text, &[&patch(7..14, ""), &patch(14..20, "")]), "a = 1\n");
        assert_eq!(patched(text, &[&patch(0..20, "")]), "");
    }
}
