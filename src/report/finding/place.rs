//! Where findings stand, as a reader at the working directory would write it.

use std::path::Component;

use crate::{
    Project,
    source::{Position, Span},
    text::terminal::line,
};

/// Where a finding stands. The end is exclusive.
pub(super) struct Place {
    /// The path from the working directory, with `/`, without anything that steers.
    pub path: String,
    pub start: Position,
    pub end: Position,
}

impl Place {
    pub(super) fn of(project: &Project, span: Span) -> Self {
        let file = project.sources.file(span.file);
        Self { path: line(&path(project, file.path())).into_owned(), start: file.position(span.start), end: file.position(span.end) }
    }

    /// Returns `path:line`.
    pub(super) fn short(&self) -> String {
        format!("{}:{}", self.path, self.start.line)
    }
}

/// Returns the path of a file as a terminal shows it. It never begins as an option or a command of a runner does.
pub(in crate::report) fn shown_path(project: &Project, path: &str) -> String {
    let path = self::path(project, path);
    let is_plain = path.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '/'));
    line(&if is_plain { path } else { format!("./{path}") }).into_owned()
}

/// Returns the path of a file from the working directory, with `/` and without dots that mean nothing.
fn path(project: &Project, path: &str) -> String {
    let mut out = String::new();
    for part in project.root.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => out.push('/'),
            Component::Prefix(_) => out.push_str(&part.as_os_str().to_string_lossy()),
            Component::ParentDir | Component::Normal(_) => {
                out.push_str(&part.as_os_str().to_string_lossy());
                out.push('/');
            }
        }
    }
    out + path
}
