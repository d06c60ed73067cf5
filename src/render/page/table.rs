//! Tables: columns, rows in groups, totals.

use serde::Serialize;

use super::Cell;

/// What a column holds, which decides its alignment and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Words.
    Text,
    /// What the row is about: its cells are row heads. One per table.
    Head,
    /// Numbers, shares or dates to compare: right-aligned, never broken.
    Number,
    /// A level's mark and word.
    Level,
    /// A place in the files: last, right-aligned.
    Source,
    /// A position, 1, 2, 3: narrow.
    Order,
    /// A mark alone: centred.
    Mark,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub label: String,
    /// A second line of the head, such as a family name.
    pub sub: Option<String>,
    /// Hides the head from the eye, not from those who hear the page.
    pub hidden: bool,
    /// What it holds.
    pub kind: ColumnKind,
    /// Its cells say themselves what they are: where a phone shows a row as a block, they stand there without the head.
    pub bare: bool,
}

impl Column {
    /// A column whose head only those who hear the page meet.
    pub fn hidden(label: impl Into<String>, kind: ColumnKind) -> Self {
        Self { hidden: true, ..Self::new(label, kind) }
    }

    /// A column with a visible head.
    pub fn new(label: impl Into<String>, kind: ColumnKind) -> Self {
        Self { label: label.into(), sub: None, hidden: false, kind, bare: false }
    }

    /// A column of words that need no head on a phone.
    pub fn bare(label: impl Into<String>) -> Self {
        Self { bare: true, ..Self::new(label, ColumnKind::Text) }
    }
}

/// The state of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowState {
    /// As any.
    Normal,
    /// Struck through: never takes effect.
    Dead,
    /// Tinted: the gap that the rows above leave.
    Gap,
    /// Secondary throughout: retired, gone.
    Past,
}

/// One row; as many cells as the table has columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// An id to link to.
    pub id: Option<String>,
    /// Its state.
    pub state: RowState,
    /// Its cells, in the order of the columns.
    pub cells: Vec<Cell>,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { id: None, state: RowState::Normal, cells }
    }
}

/// Rows that belong together, below a head of their own if titled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowGroup {
    /// An id to link to.
    pub id: Option<String>,
    /// The head over all columns.
    pub title: Option<String>,
    /// What the head counts.
    pub count: Option<usize>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl From<Vec<Row>> for RowGroup {
    fn from(rows: Vec<Row>) -> Self {
        Self { id: None, title: None, count: None, rows }
    }
}

/// How a table uses the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableStyle {
    /// The whole width.
    Plain,
    /// Few and short columns: fits a phone without scrolling.
    Fit,
    /// Counts: as narrow as it can be.
    Count,
    /// Rows that a phone shows as blocks, so that nothing of them is out of sight.
    Blocks,
    /// Ordered rules in words; the same on a phone.
    Rules,
    /// Marks of people over systems; the first column stays in sight.
    Matrix,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows, in words; unique on its page (the name of the region).
    pub label: String,
    /// How it uses the width.
    pub style: TableStyle,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; one untitled group where there are no groups.
    pub groups: Vec<RowGroup>,
    /// Totals.
    pub foot: Vec<Row>,
    /// Lets a script sort it by its heads.
    pub sortable: bool,
    /// An id, unique on its page, for the filter above the table; worth it from ten rows.
    pub filter: Option<String>,
}

impl Table {
    /// A plain table without groups.
    pub fn plain(label: impl Into<String>, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self {
            label: label.into(),
            style: TableStyle::Plain,
            columns,
            groups: vec![rows.into()],
            foot: vec![],
            sortable: false,
            filter: None,
        }
    }
}
