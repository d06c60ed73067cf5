//! What the preview shows: the site, or what keeps it from being built.

use std::{collections::BTreeMap, path::Path};

use linchpin::{
    Clock, Project,
    load::Edits,
    policy::Request,
    render,
    report::{
        counted,
        finding::{self, Format},
    },
    text::html::escaped,
};

use super::{Answer, http::media};

/// Where the script asks whether there is another build.
const VERSION: &str = "-/version";
/// Where the script is.
const SCRIPT: &str = "-/reload.js";
/// Asks every moment whether there is another build, and loads the page anew.
const RELOAD: &str = r#"(function () {
  "use strict";
  var version = document.currentScript.getAttribute("data-version");
  function ask() {
    fetch("/-/version", { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (now) {
      if (now.trim() !== version) { location.reload(); } else { setTimeout(ask, 300); }
    }, function () { setTimeout(ask, 1000); });
  }
  setTimeout(ask, 300);
})();
"#;

/// A build, from memory.
#[derive(Debug)]
pub struct Preview {
    /// Which build it is.
    pub version: u64,
    /// What is to be said of it.
    pub said: String,
    files: BTreeMap<String, Vec<u8>>,
    /// The page that stands in place of every other while the site cannot be built.
    problem: Option<Vec<u8>>,
}

/// Builds the site of the stack in a folder. A stack with mistakes gives a page that lists them.
///
/// # Errors
/// If there is no stack, or it cannot be read at all.
pub fn build(root: &Path, clock: Clock, version: u64) -> anyhow::Result<Preview> {
    let project = Project::judge(root, clock, &Request::default(), &Edits::new())?;
    if !project.is_valid() {
        let mut text = Vec::new();
        finding::write(Format::Text, &project, &mut anstream::AutoStream::never(&mut text))?;
        let count = counted(project.report.findings.len(), "mistake");
        let mut preview = Preview::failed(version, &String::from_utf8_lossy(&text));
        preview.said = format!("not built: {count}");
        return Ok(preview);
    }
    match render::render(&project) {
        Ok(files) => {
            let said = format!("built {}", counted(files.len(), "file"));
            let files = files.into_iter().map(|file| (file.path, file.content)).collect();
            Ok(Preview { version, said, files, problem: None })
        }
        Err(error) => Ok(Preview::failed(version, &error.to_string())),
    }
}

impl Preview {
    /// Shows what keeps the site from being built.
    pub fn failed(version: u64, reason: &str) -> Self {
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Not built</title>\
             <meta name=\"viewport\" content=\"width=device-width\"></head>\
             <body style=\"font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark\">\
             <h1 style=\"font-size: 1.5rem\">The site was not built</h1><p>It appears as soon as this is mended:</p>\
             <pre style=\"overflow: auto\">{}</pre>{}</body></html>\n",
            escaped(reason),
            script(version)
        );
        Self { version, said: "not built".to_owned(), files: BTreeMap::new(), problem: Some(page.into_bytes()) }
    }

    /// Returns what stands at a path: nothing but files of the site is ever served.
    pub fn answer(&self, path: &str) -> Answer {
        let of = |media: &'static str, body: Vec<u8>| Answer { status: "200 OK", media, body };
        match path {
            VERSION => return of("text/plain; charset=utf-8", format!("{}\n", self.version).into_bytes()),
            SCRIPT => return of(media(SCRIPT), RELOAD.as_bytes().to_vec()),
            _ => {}
        }
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let is_page = media(&path).starts_with("text/html");
        match (&self.problem, self.files.get(&path)) {
            (Some(page), _) if is_page => Answer { status: "500 Internal Server Error", ..of(media("x.html"), page.clone()) },
            (_, Some(content)) if is_page => of(media(&path), self.reloading(content)),
            (_, Some(content)) => of(media(&path), content.clone()),
            _ => Answer::plain("404 Not Found", "The site has no such page."),
        }
    }

    /// Adds the script that loads the page anew. The page forbids whatever it does not need, so it must be told of it.
    fn reloading(&self, page: &[u8]) -> Vec<u8> {
        let page = String::from_utf8_lossy(page);
        let page = page.replacen("script-src 'self'", "script-src 'self'; connect-src 'self'", 1);
        match page.rfind("</body>").and_then(|at| page.split_at_checked(at)) {
            Some((before, after)) => format!("{before}{}{after}", script(self.version)).into_bytes(),
            None => page.into_bytes(),
        }
    }
}

fn script(version: u64) -> String {
    format!("<script src=\"/{SCRIPT}\" data-version=\"{version}\"></script>")
}
