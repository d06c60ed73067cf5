//! Stacks in a folder of their own, the sites that are made of them, and the pages as trees of elements.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use linchpin::{
    Clock, Project,
    model::Date,
    render::{self, File},
};
use scraper::{ElementRef, Html, Node, Selector};
use tempfile::TempDir;

/// The day on which every test takes place unless the stack says otherwise.
pub fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

pub fn open(root: &Path) -> Project {
    Project::open(root, Clock { asked: None, now: || Ok(today()) }).unwrap()
}

/// The stack that is part of the repository.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("stack.example")
}

/// The first bytes of a PNG.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Runs the binary in a folder.
pub fn linchpin(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// What a run has written to standard output and standard error.
pub fn said(output: &Output) -> (String, String) {
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// A folder that vanishes with the value.
pub struct Folder(TempDir);

impl Folder {
    /// Writes these files: paths relative to the folder, and text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// A stack of one file, to which `[stack]` is added.
    pub fn stack(text: &str) -> Self {
        Self::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n{text}"))])
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.path().join(path).symlink_metadata().is_ok()
    }

    /// The site of the stack in this folder, which must be valid.
    pub fn site(&self) -> Site {
        Site::of(&open(self.path()))
    }
}

/// The files of a site.
pub struct Site(pub Vec<File>);

impl Site {
    pub fn of(project: &Project) -> Self {
        let found: Vec<String> =
            project.report.findings.iter().map(|finding| format!("{}: {}", finding.subject, finding.message)).collect();
        assert!(project.is_valid(), "the stack is invalid:\n{}", found.join("\n"));
        Self(render::render(project).unwrap())
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|file| file.path.as_str())
    }

    pub fn text(&self, path: &str) -> &str {
        let file = self.0.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no file {path}"));
        std::str::from_utf8(&file.content).unwrap()
    }

    /// Every page, by path.
    pub fn pages(&self) -> impl Iterator<Item = Page> {
        self.paths().filter(|path| is_page(path)).map(|path| self.page(path))
    }

    pub fn page(&self, path: &str) -> Page {
        Page { path: path.to_owned(), tree: Html::parse_document(self.text(path)) }
    }
}

/// Whether a file of a site is a page.
pub fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// A page as a browser reads it.
pub struct Page {
    pub path: String,
    pub tree: Html,
}

impl Page {
    pub fn all<'p>(&'p self, selector: &str) -> Vec<ElementRef<'p>> {
        self.tree.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub fn one<'p>(&'p self, selector: &str) -> ElementRef<'p> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{}: {selector}", self.path);
        found[0]
    }

    /// Every element.
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.tree.root_element().descendants().filter_map(ElementRef::wrap)
    }

    /// The text of the first element, with single spaces.
    pub fn words(&self, selector: &str) -> String {
        words(self.all(selector).first().unwrap_or_else(|| panic!("{}: no {selector}", self.path)))
    }
}

/// The text of an element, with single spaces. The data of scripts is no text.
pub fn words(element: &ElementRef<'_>) -> String {
    let is_script = |node: &Node| matches!(node, Node::Element(of) if of.name() == "script");
    let shown = element.descendants().filter(|node| !node.parent().is_some_and(|of| is_script(of.value())));
    let texts = shown.filter_map(|node| node.value().as_text().map(|text| text.text.to_string()));
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
