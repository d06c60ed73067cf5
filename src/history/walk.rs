//! What git says of a repository: where the stack lies in it, which commits changed its files, and from what to what.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{BufRead, BufReader, Read},
    path::Path,
};

use super::{
    Missing,
    git::{Git, Problem},
};

/// The largest file whose versions are read, in bytes: no file of a stack is larger.
const MAX_FILE: u64 = 1 << 20;
/// How often a stack that was moved is followed to where it lay before.
const MOST_MOVES: usize = 8;
/// The file that marks the root of a stack.
const ROOT_FILE: &str = "stack.toml";

/// The id of an object, as hexadecimal digits.
pub type Oid = String;

/// Where a stack lies.
#[derive(Debug)]
pub struct Place {
    /// The top of its repository.
    pub top: Git,
    /// The stack's folder below the top: empty, or with `/` at its end.
    pub prefix: String,
    /// The commit that is checked out.
    pub head: Oid,
    /// Whether the clone lacks older commits.
    pub is_shallow: bool,
}

/// A commit that changed files of the stack.
#[derive(Debug)]
pub struct Found {
    pub author: (String, String),
    /// The author's day, as git writes it.
    pub day: String,
    pub parents: usize,
    pub changes: Vec<Change>,
    oid: Oid,
}

/// A file that differs from what it was in every parent.
#[derive(Debug)]
pub struct Change {
    /// Its path from the top.
    pub path: String,
    /// What it was in each parent, if it was there.
    pub before: Vec<Option<Oid>>,
    /// What it is, if it is there.
    pub after: Option<Oid>,
}

impl From<Problem> for Missing {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NoProgram => Self::NoProgram,
            Problem::Late => Self::Late,
            Problem::Refused(reason) if reason.contains("not a git repository") => Self::NoRepository,
            Problem::Refused(reason) if reason.contains("dubious ownership") => Self::NotTrusted,
            Problem::Refused(reason) => Self::Refused(reason),
        }
    }
}

/// Finds out where a stack lies.
pub fn place(root: &Path) -> Result<Place, Missing> {
    let git = Git::new(root.to_owned());
    let questions = ["rev-parse", "--is-inside-work-tree", "--show-prefix", "--show-cdup", "--is-shallow-repository"];
    let answer = String::from_utf8(git.ask(&questions, vec![])?).map_err(|_| Missing::Refused("the path is not UTF-8".to_owned()))?;
    let lines: Vec<&str> = answer.split('\n').collect();
    let ["true", prefix, up, shallow, ""] = lines.as_slice() else {
        return Err(if lines.first() == Some(&"false") { Missing::NoWorkingFiles } else { Missing::TooOld });
    };
    let is_shallow = match *shallow {
        "true" => true,
        "false" => false,
        // An old git gives back what it does not know.
        _ => return Err(Missing::TooOld),
    };
    let top = Git::new(root.join(up));
    let head = match git.ask(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], vec![]) {
        Ok(head) => String::from_utf8_lossy(&head).trim().to_owned(),
        Err(Problem::Refused(_)) => return Err(Missing::NoCommits),
        Err(problem) => return Err(problem.into()),
    };
    Ok(Place { top, prefix: (*prefix).to_owned(), head, is_shallow })
}

impl Place {
    /// Returns the files of the stack in the commit that is checked out, by path from the top, with their objects.
    pub fn files(&self) -> Result<BTreeMap<String, Oid>, Missing> {
        let mut arguments = vec!["ls-tree", "-r", "-z", &self.head, "--"];
        arguments.extend(Some(self.prefix.as_str()).filter(|prefix| !prefix.is_empty()));
        let answer = self.top.ask(&arguments, vec![])?;
        let file = |entry: &[u8]| {
            let entry = String::from_utf8_lossy(entry);
            let (about, path) = entry.split_once('\t')?;
            let [mode, "blob", oid] = about.split(' ').collect::<Vec<_>>()[..] else { return None };
            is_regular(mode).then(|| (path.to_owned(), oid.to_owned()))
        };
        Ok(answer.split(|byte| *byte == 0).filter_map(file).collect())
    }

    /// Returns the commits that changed files of the stack, parents first, and the folders in which it has been.
    pub fn commits(&self) -> Result<(Vec<Found>, Vec<String>), Missing> {
        let mut folders = vec![self.prefix.clone()];
        loop {
            let commits = self.commits_in(&folders)?;
            let earlier = self.moved_from(&commits, folders.last().map_or("", String::as_str))?;
            match earlier.filter(|earlier| !folders.contains(earlier) && folders.len() <= MOST_MOVES) {
                Some(earlier) => folders.push(earlier),
                None => return Ok((commits, folders)),
            }
        }
    }

    fn commits_in(&self, folders: &[String]) -> Result<Vec<Found>, Missing> {
        // The top folder holds all the others.
        let paths: Vec<&str> = if folders.iter().any(String::is_empty) { vec![] } else { folders.iter().map(String::as_str).collect() };
        let list = [&["rev-list", "--date-order", "--reverse", &self.head, "--"], paths.as_slice()].concat();
        let list = self.top.ask(&list, vec![])?;
        let fields = "--format=%H%x00%aN%x00%aE%x00%ad%x00%P%x00";
        let mut differ = vec!["diff-tree", "--stdin", "-r", "-c", "--root", "-z", "--raw", "--no-abbrev", "--no-renames"];
        differ.extend(["--no-ext-diff", "--no-textconv", "--no-color", "--encoding=UTF-8", "--date=short", fields, "--"]);
        differ.extend(paths);
        Ok(parse(&self.top.ask(&differ, list)?))
    }

    /// Where the stack lay before it came to a folder, if it was moved there.
    fn moved_from(&self, commits: &[Found], folder: &str) -> Result<Option<String>, Missing> {
        let root = format!("{folder}{ROOT_FILE}");
        let is_first = |change: &Change| change.path == root && change.before.iter().all(Option::is_none);
        let Some(first) = commits.iter().find(|commit| commit.changes.iter().any(is_first)) else { return Ok(None) };
        let differ = ["diff-tree", "-r", "-M", "-z", "--name-status", "--no-commit-id", "--no-ext-diff", &first.oid];
        let answer = self.top.ask(&differ, vec![])?;
        let mut words = answer.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        while let Some(status) = words.next() {
            let (from, to) = (words.next(), if status.starts_with('R') { words.next() } else { None });
            if let (Some(from), Some(to)) = (from, to)
                && to == root
            {
                return Ok(from.strip_suffix(ROOT_FILE).filter(|folder| folder.is_empty() || folder.ends_with('/')).map(str::to_owned));
            }
        }
        Ok(None)
    }

    /// Returns what `read` makes of the text of each object, by id; those that are not here are left out.
    pub fn texts<T: Send + 'static>(
        &self,
        oids: &BTreeSet<&str>,
        mut read: impl FnMut(&str, &str) -> T + Send + 'static,
    ) -> Result<HashMap<Oid, T>, Missing> {
        let input = oids.iter().flat_map(|oid| [oid.as_bytes(), b"\n"]).flatten().copied().collect();
        let batch = move |out: &mut dyn Read| {
            let mut out = BufReader::new(out);
            let mut texts = HashMap::new();
            while let Some((oid, text)) = object(&mut out) {
                if let Some(text) = text {
                    let read = read(&oid, &String::from_utf8_lossy(&text));
                    texts.insert(oid, read);
                }
            }
            texts
        };
        Ok(self.top.run(&["cat-file", "--batch", "--buffer"], input, batch)?)
    }
}

/// Reads the next object that `cat-file` writes; nothing in place of the text of one that is not here. One that is too large
/// for a file of a stack is empty.
fn object(out: &mut impl BufRead) -> Option<(Oid, Option<Vec<u8>>)> {
    let mut line = Vec::new();
    out.take(4096).read_until(b'\n', &mut line).ok()?;
    let line = String::from_utf8_lossy(&line);
    let mut words = line.split_whitespace();
    let oid = words.next()?.to_owned();
    let (_, Some(size)) = (words.next()?, words.next().and_then(|size| size.parse::<u64>().ok())) else { return Some((oid, None)) };
    let mut text = Vec::new();
    out.take(if size > MAX_FILE { 0 } else { size }).read_to_end(&mut text).ok()?;
    let rest = size - text.len() as u64 + 1;
    std::io::copy(&mut out.take(rest), &mut std::io::sink()).ok()?;
    Some((oid, Some(text)))
}

/// Whether a mode is that of a regular file: no link, no submodule.
fn is_regular(mode: &str) -> bool {
    matches!(mode, "100644" | "100755" | "100664")
}

/// Reads what `diff-tree` writes: for each commit five fields, and then pairs of what changed and a path. Fields and paths are
/// counted, so that nothing in them can pass for something else.
fn parse(answer: &[u8]) -> Vec<Found> {
    let mut commits: Vec<Found> = Vec::new();
    let mut words = answer.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    while let Some(word) = words.next() {
        let word = word.trim_start_matches('\n');
        if let Some(about) = word.strip_prefix(':') {
            let Some(path) = words.next() else { break };
            if let Some(commit) = commits.last_mut() {
                commit.changes.extend(change(about, path.into_owned()));
            }
        } else if word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let mut next = || words.next().unwrap_or_default().into_owned();
            let (oid, author, day, parents) = (word.to_owned(), (next(), next()), next(), next().split_whitespace().count());
            commits.push(Found { author, day, parents, changes: Vec::new(), oid });
        }
    }
    commits
}

/// Reads modes and objects before and after: `:100644 100644 OID OID M`, with a colon, mode and object more for every parent more.
fn change(about: &str, path: String) -> Option<Change> {
    let parents = about.bytes().take_while(|byte| *byte == b':').count() + 1;
    let words: Vec<&str> = about.trim_start_matches(':').split(' ').collect();
    let (modes, oids) = (words.get(..=parents)?, words.get(parents + 1..2 * parents + 2)?);
    let mut files = modes.iter().zip(oids).map(|(mode, oid)| is_regular(mode).then(|| (*oid).to_owned()));
    let before = files.by_ref().take(parents).collect();
    Some(Change { path, before, after: files.next().flatten() })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn no_name_passes_for_something_else() {
        let zero = "0".repeat(40);
        let (a, b, c) = ("a".repeat(40), "b".repeat(40), "c".repeat(40));
        let one = format!("{a}\0:100644 x\0\u{1b}[31m\0:\0\0\0\n:000000 100644 {zero} {b} A\0{c}\0");
        let two = format!("{b}\0Ana\0ana@x\02026-01-02\0{a} {c}\0\0\0::100644 120000 100644 {a} {b} {c} MM\0s/\n:x\0");
        let commits = parse(format!("{one}{two}").as_bytes());
        let [one, two] = &commits[..] else { panic!("{commits:?}") };
        assert_eq!((one.author.0.as_str(), one.day.as_str(), one.parents), (":100644 x", ":", 0));
        assert_eq!(
            (one.changes[0].path.as_str(), &one.changes[0].before[..], one.changes[0].after.as_ref()),
            (c.as_str(), &[None][..], Some(&b))
        );
        assert_eq!((two.parents, two.changes[0].path.as_str()), (2, "s/\n:x"));
        assert_eq!(two.changes[0].before, [Some(a), None]);
        assert_eq!(two.changes[0].after, Some(c));
        assert!(parse(b"\0\0:\0:::::\0x").is_empty());
    }
}
