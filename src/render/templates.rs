//! The templates: those of the binary, and the files that replace some of them.
//!
//! Everything in `assets/` is copied as it is, everything else is a template. A file of the user
//! replaces the one of its name; `{% extends "builtin/base.html" %}` still reaches the original.

use include_dir::{Dir, include_dir};
use tera::{Tera, TeraResult};

use crate::text::html;

/// The style sheet of the pages.
pub(super) const SITE_STYLE: &str = include_str!("../../templates/assets/site.css");
/// The style sheet of the pictures.
pub(super) const DIAGRAM_STYLE: &str = include_str!("../../templates/assets/diagram.css");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
const ASSETS: &str = "assets/";
/// The style of the document to print, which is written with it.
const PACK_CSS: &str = "assets/pack.css";
const BUILTIN: &str = "builtin/";
const COMPONENTS: &str = "components/";
/// The stack that `init` writes lies beside the templates and is none.
const STARTER: &str = "starter/";

/// Compiles the templates; `own` holds the user's files as name and text.
///
/// # Errors
/// What Tera has to say about a template: syntax, unknown filters, unknown components.
pub fn compile(own: &[(String, String)]) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.set_escape_fn(html::escape);
    tera.set_fallback_prefixes([BUILTIN])?;
    let replaced = |name: &str| name.starts_with(COMPONENTS) && own.iter().any(|(n, _)| n == name);
    let builtin = files()
        .into_iter()
        .filter(|(name, _)| !name.starts_with(ASSETS) && !name.starts_with(STARTER) && !replaced(name))
        .filter_map(|(name, bytes)| Some((format!("{BUILTIN}{name}"), std::str::from_utf8(bytes).ok()?.to_owned())));
    let own = own.iter().filter(|(name, _)| !name.starts_with(ASSETS)).cloned();
    tera.add_raw_templates(builtin.chain(own))?;
    Ok(tera)
}

/// Lists the assets as path and content, those of the user in place of the binary's; `pack` adds those of the document to print.
pub fn assets(own: &[(String, String)], pack: bool) -> Vec<(String, Vec<u8>)> {
    let content = |name: &str, bytes: &[u8]| {
        let own = own.iter().find(|(own, _)| own == name);
        own.map_or_else(|| bytes.to_vec(), |(_, text)| text.clone().into_bytes())
    };
    let shown = files().into_iter().filter(|(name, _)| name.starts_with(ASSETS) && (pack || name != PACK_CSS));
    shown.map(|(name, bytes)| (name.clone(), content(&name, bytes))).collect()
}

/// Takes out of a page the marks that it does not show: most pages show few of them.
pub fn without_unused_marks(mut html: String) -> String {
    const SYMBOL: &str = "<symbol id=\"";
    const END: &str = "</symbol>";
    const EMPTY: &str = "<svg class=\"sprite\" aria-hidden=\"true\"><defs>\n</defs></svg>\n";
    let mut from = 0;
    while let Some(start) = html.get(from..).and_then(|rest| rest.find(SYMBOL)).map(|at| from + at) {
        let rest = html.get(start..).unwrap_or_default();
        let id = rest.get(SYMBOL.len()..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let Some(length) = rest.find(END).map(|at| at + END.len()) else { break };
        if html.contains(&format!("#{id}\"")) {
            from = start + length;
        } else {
            let length = length + usize::from(rest.get(length..).is_some_and(|rest| rest.starts_with('\n')));
            html.replace_range(start..start + length, "");
            from = start;
        }
    }
    html.replace(EMPTY, "")
}

/// Returns the names that files of the user may have: those of templates, and of assets that are copied as they are.
pub fn names() -> Vec<String> {
    // The style that knows the stack is no HTML: what it says is escaped by the program.
    files().into_iter().map(|(name, _)| name).filter(|name| !name.starts_with(STARTER) && name != "page.css").collect()
}

/// Returns what is wrong with a template, and where: `partials/foot.html:3:5: unexpected end of input`.
pub fn complaint(error: &tera::Error) -> String {
    use tera::ErrorKind::{RenderingError, SyntaxError};
    match error.kind() {
        SyntaxError(report) | RenderingError(report) => {
            let span = report.span();
            format!("{}:{}:{}: {}", report.filename(), span.start_line, span.start_col + 1, report.message())
        }
        other => other.to_string(),
    }
}

fn files() -> Vec<(String, &'static [u8])> {
    let mut found = vec![];
    let mut folders = vec![&TEMPLATES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            found.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
        }
    }
    found.sort();
    found
}
