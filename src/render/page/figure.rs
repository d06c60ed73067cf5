//! Key figures and pictures.

use serde::Serialize;

use super::{Prose, Value};

/// A scale of 0 to 160 under a key figure, where there is a usual range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scale {
    /// Left edge and width of the usual range: a grey box.
    pub usual: (f64, f64),
    /// Left edge and width of the well-run range: a hollow box.
    pub well: Option<(f64, f64)>,
    /// Where this stack stands: a tick.
    pub here: f64,
}

/// One key figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// The number, formatted, as a link to what it is made of; `–` where it is not known.
    pub number: Value,
    /// Its unit, set small.
    pub unit: Option<String>,
    /// Its comparison, in words.
    pub note: Prose,
    /// Its comparison, drawn.
    pub scale: Option<Scale>,
}

impl Figure {
    /// A figure without a unit and without a scale.
    pub fn new(label: impl Into<String>, number: impl Into<Value>, note: Prose) -> Self {
        Self { label: label.into(), number: number.into(), unit: None, note, scale: None }
    }
}

/// The least width of a picture before its box scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Width {
    /// Natural width up to 640: never scaled down.
    Small,
    /// Natural width up to 880: scaled down to 640 at most.
    Medium,
    /// Wider: scaled down to 880 at most.
    Large,
}

/// What a legend explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LegendMark {
    /// A person's mark: `owner`, `backup`, `access`, `gone`.
    Role {
        /// The mark.
        role: super::Role,
    },
    /// A part of a picture.
    Drawn {
        /// An SVG element of 40 by 12, safe.
        svg: String,
    },
}

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegendItem {
    /// The mark.
    pub mark: LegendMark,
    /// Its meaning.
    pub text: String,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterOption {
    /// The token that elements carry; no spaces.
    pub value: String,
    /// The words.
    pub text: String,
}

/// A filter above a picture: keeps the boxes and lines whose `data-NAME` holds the chosen token
/// (tokens are separated by spaces). Boxes without that attribute stay where a kept line touches
/// them, lines without it where they touch a kept box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// `NAME`: lower-case letters.
    pub name: String,
    /// The label.
    pub label: String,
    /// The choices; "all" is added.
    pub options: Vec<FilterOption>,
}

/// A picture with its legend and caption.
///
/// The SVG carries `width` and `height` (its natural size), `viewBox`, `role="img"` or, with links
/// inside, `role="group"`, `aria-labelledby` on its `title` and `desc`, classes and presentation
/// attributes but no `style`, and links that already count from the page's folder. Boxes carry
/// `data-box` and `data-area`; what is drawn of integrations carries their ids in `data-line`, and
/// the transparent strokes for the pointer (`d-hit`) their ends and method, so that a script can
/// highlight neighbours and filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagram {
    /// What it shows; unique on its page (the name of the region).
    pub label: String,
    /// An id, unique on its page, for the tools above it.
    pub id: String,
    /// The SVG element, safe.
    pub svg: String,
    /// The least width before its box scrolls.
    pub width: Width,
    /// The same drawn for a phone, which has no room for the other; its ids are its own.
    pub narrow: Option<String>,
    /// Explains what occurs.
    pub legend: Vec<LegendItem>,
    /// A sentence below.
    pub caption: Prose,
    /// Adds zoom and pan (a script's work).
    pub zoom: bool,
    /// Filters above it (a script's work).
    pub filters: Vec<Filter>,
}
