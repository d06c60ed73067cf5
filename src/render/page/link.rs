//! Links and places in the files.

use serde::Serialize;

/// Where a link leads, which decides how its address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A page of this site; the address counts from the site's root.
    Site,
    /// A part of the same page; the address begins with `#`.
    Here,
    /// Somewhere else; the address is http or https.
    Web,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The words of the link.
    pub text: String,
    /// The address, written as `place` says.
    pub href: String,
    /// Where it leads.
    pub place: Place,
}

impl Link {
    /// Links to a page of the site, counted from its root, such as `tools/hubspot.html#run`.
    pub fn site(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), place: Place::Site }
    }

    /// Links to a part of the same page by its id.
    pub fn here(text: impl Into<String>, id: &str) -> Self {
        Self { text: text.into(), href: format!("#{id}"), place: Place::Here }
    }

    /// Links to a part of the same page where the address begins with `#`, else to a page of the site.
    pub fn to(text: impl Into<String>, href: &str) -> Self {
        match href.strip_prefix('#') {
            Some(id) => Self::here(text, id),
            None => Self::site(text, href),
        }
    }

    /// Links to another site; `None` unless the address is http or https.
    pub fn web(text: impl Into<String>, url: impl Into<String>) -> Option<Self> {
        let href = url.into();
        let lower = href.to_ascii_lowercase();
        (lower.starts_with("https://") || lower.starts_with("http://")).then(|| Self { text: text.into(), href, place: Place::Web })
    }
}

/// The place in the stack's files that a statement comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// File and line, such as `tools/hubspot.toml:12`.
    pub text: String,
    /// What facts show: the line alone, `:12`, where the file is that of the page's entity.
    pub short: String,
    /// Address of that line (http or https) where the stack has a `source-url`.
    pub href: Option<String>,
}
