//! The picture that the site shows beside its name: read, or refused with the reason.

use std::{fs::File, io::Read, path::Path};

use super::{document::inside, validity::UNREADABLE_FILE, walk};
use crate::{
    diagnostic::Diagnostic,
    model::{FilePath, Stack},
    source::Sources,
};

/// The most bytes that a logo may have: every reader of the site loads it.
pub const MAX_LOGO: u64 = 512 * 1024;

/// A picture that a browser shows and that can hold neither scripts nor links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// How the names of such files end: `png`, `jpg` or `webp`.
    pub extension: &'static str,
    /// The file as it is.
    pub bytes: Vec<u8>,
}

/// Reads the logo that `[site]` names. What cannot be read is reported at its key.
pub fn read(root: &Path, stack: &Stack, sources: &Sources) -> (Option<Logo>, Option<Diagnostic>) {
    let Some((site, name)) = stack.site.as_ref().and_then(|site| Some((site, site.logo.as_ref().map(FilePath::as_str)?))) else {
        return (None, None);
    };
    match picture(root, name) {
        Ok(logo) => (Some(logo), None),
        Err(refusal) => {
            let span = sources.span(site.file, "/site/logo");
            let message = format!("`{name}` cannot be the logo: {}", refusal.reason);
            (None, Some(Diagnostic::new(&UNREADABLE_FILE, "site", span, message).key("logo").help(refusal.help)))
        }
    }
}

/// Reads a picture inside the stack, without following links. What it is, its first bytes say, and not its name.
fn picture(root: &Path, name: &str) -> Result<Logo, walk::Refusal> {
    let path = inside(root, name, "name a PNG, JPEG or WebP file below the stack's folder, such as `brand/logo.png`")?;
    let unreadable = |error: std::io::Error| walk::Refusal::new(walk::plain(&error), "check its permissions");
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(MAX_LOGO + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_LOGO {
        return Err(walk::Refusal::new("it is larger than 512 KiB", "make it smaller: it is shown 40 pixels high"));
    }
    match kind(&bytes) {
        Some(extension) => Ok(Logo { extension, bytes }),
        None if is_svg(&bytes) => {
            Err(walk::Refusal::new("it is an SVG, which can hold scripts and links", "save it as PNG or WebP, at least 80 pixels high"))
        }
        None => Err(walk::Refusal::new("it is neither a PNG nor a JPEG nor a WebP by its first bytes", "save it as one of these")),
    }
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        _ if is_webp => Some("webp"),
        _ => None,
    }
}

/// Whether it is markup with a drawing in its first thousand bytes.
fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1000)).unwrap_or_default()).to_lowercase();
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")
}
