//! The one place that runs the `git` program.
//!
//! A repository is as untrusted as a stack. Only commands that read objects are run, none that a repository's configuration
//! can make run something else; no shell, no prompt, no network, no write, no hook, no filter; and every answer has a bound in
//! size and in time.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long one command may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The most that is read of an answer, in bytes.
const MOST: u64 = 256 << 20;
/// The most that is read of what a command complains of, in bytes.
const MOST_COMPLAINT: u64 = 4096;
/// What whoever calls linchpin may have set and what would lead git elsewhere, or make it run or write something.
const STEERING: [&str; 32] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_ATTR_SOURCE",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_PAGER",
    "GIT_EDITOR",
    "GIT_ASKPASS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_PROXY_COMMAND",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_TRACE",
    "GIT_TRACE_SETUP",
    "GIT_TRACE_PACK_ACCESS",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
];
/// What is set in their place.
const SETTINGS: [(&str, &str); 9] = [
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    // An object that a partial clone lacks stays away: fetching it would run whatever the repository names.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_LITERAL_PATHSPECS", "1"),
    ("LC_ALL", "C"),
];
/// What every command begins with.
const GLOBAL: [&str; 16] = [
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=false",
    "-c",
    "diff.external=",
    "-c",
    "log.showSignature=false",
    "-c",
    "mailmap.file=",
    "-c",
    "mailmap.blob=",
];

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no `git` program.
    NoProgram,
    /// Git refused; what it said first, for people.
    Refused(String),
    /// It did not answer in time.
    Late,
}

/// A folder in which git is asked.
#[derive(Debug, Clone)]
pub struct Git {
    /// The folder.
    pub folder: PathBuf,
    patience: Duration,
}

impl Git {
    /// Asks git in a folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, patience: PATIENCE }
    }

    /// Returns what a command writes, up to a bound.
    ///
    /// # Errors
    /// If it cannot be run, fails, or takes too long.
    pub fn ask(&self, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.run(arguments, input, |out| {
            let mut answer = Vec::new();
            // What was read before a pipe broke is judged by how the command ended.
            let _ = out.take(MOST).read_to_end(&mut answer);
            answer
        })
    }

    /// Returns what `read` makes of what a command writes.
    ///
    /// # Errors
    /// If the command cannot be run, fails, or takes too long.
    pub fn run<T: Send + 'static>(
        &self,
        arguments: &[&str],
        input: Vec<u8>,
        read: impl FnOnce(&mut dyn Read) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let mut child = self.start(arguments)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (answered, answer) = mpsc::channel();
        let (complained, complaint) = mpsc::channel();
        // Each on a thread of its own, so that no pipe fills up while another one is waited for. A thread whose pipe never
        // closes is left behind; nobody waits for it.
        thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
        thread::spawn(move || {
            if let Some(mut out) = stdout {
                let _ = answered.send(read(&mut out));
            }
        });
        thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.map(|stderr| stderr.take(MOST_COMPLAINT).read_to_end(&mut text));
            complained.send(String::from_utf8_lossy(&text).into_owned())
        });
        let Ok(answer) = answer.recv_timeout(self.patience) else {
            end(&mut child);
            return Err(Problem::Late);
        };
        match wait(&mut child) {
            Some(status) if status.success() => Ok(answer),
            Some(_) => Err(Problem::Refused(first_line(&complaint.recv_timeout(self.patience).unwrap_or_default()))),
            None => Err(Problem::Late),
        }
    }

    /// `-C` and not the working directory of the process: programs are looked for from where one stands.
    fn start(&self, arguments: &[&str]) -> Result<Child, Problem> {
        let mut command = Command::new("git");
        command.args(GLOBAL).arg("-C").arg(&self.folder).args(arguments);
        for name in STEERING {
            command.env_remove(name);
        }
        command.envs(SETTINGS).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => Problem::NoProgram,
            _ => Problem::Refused(error.to_string()),
        })
    }
}

/// Waits for a command that has said everything; one that does not end is ended.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    for _ in 0..2000 {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(_) => break,
        }
    }
    end(child);
    None
}

fn end(child: &mut Child) {
    // One that has ended by itself cannot be ended, and need not be.
    let _ = child.kill();
    let _ = child.wait();
}

/// The first line of a complaint without the word that git begins it with.
fn first_line(complaint: &str) -> String {
    let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
    line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, time::Duration};

    use super::{Git, Problem, first_line};

    #[test]
    fn whoever_does_not_answer_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let git = Git { folder: folder.path().to_owned(), patience: Duration::from_millis(200) };
        // Waits for input on a pipe that this reader keeps open.
        let answer = git.run(&["--version"], vec![], |_| std::thread::sleep(Duration::from_secs(2)));
        assert_eq!(answer, Err(Problem::Late));
    }

    #[test]
    fn a_refusal_is_told_in_its_first_line() {
        let git = Git::new(PathBuf::from("."));
        let Err(Problem::Refused(reason)) = git.ask(&["rev-parse", "--verify", "no-such-thing"], vec![]) else { panic!() };
        assert_eq!(reason, "Needed a single revision");
        assert_eq!(first_line("\n"), "it gave no reason");
    }
}
