//! A table of leads, routed row by row: CSV in, the same CSV with who gets each row out.
//!
//! [`route`] takes any reader and writer and keeps one row at a time.

mod header;
mod rows;
mod summary;

use std::io::{self, Read, Write};

use csv::{ByteRecord, Writer, WriterBuilder};

pub use self::summary::{Summary, write as write_summary};
use self::{
    header::{Header, Objections},
    rows::{BOM, Ending, Rows, Unread, cause},
};
use crate::{
    model::OWN_COLUMNS,
    routing::{Post, Routed, Run},
    text::{csv::cell, terminal::neutralize},
};

/// So many mistakes are collected before the table is given up.
const MOST_MISTAKES: usize = 20;
/// So many lines are named of records that nobody gets.
const MOST_LINES: usize = 10;
/// So much is written at once.
const BUFFER: usize = 1 << 16;
/// After so many rows it is said how far it has come.
const PACE: u64 = 1 << 12;

/// How a table is routed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// Whether rows with cells that do not fit are left out; otherwise nothing is made of the table.
    pub skips_invalid: bool,
    /// Whether the rows are looked at in a terminal, so that what steers it is replaced.
    pub is_for_terminal: bool,
}

/// Why nothing was made of a table.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What is wrong with it, mistake by mistake.
    #[error("{}", .0.join("; "))]
    Table(Vec<String>),
    /// It cannot be read.
    #[error("cannot read the table: {0}")]
    Read(io::Error),
    /// The rows cannot be written.
    #[error("cannot write the rows: {0}")]
    Write(io::Error),
}

impl From<Unread> for Error {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Endless(line) => {
                Self::Table(vec![format!("line {line} begins a row of more than a megabyte; is a quotation mark never closed?")])
            }
            Unread::Io(error) => Self::Read(error),
        }
    }
}

/// Routes the rows of a table. `progress` hears of rows and bytes now and then.
///
/// The table is UTF-8 with commas; quoted cells may hold line ends. Its first row names the fields; other columns are
/// passed on byte for byte. Two columns are added: the rule, and who gets the record; both are empty where no rule takes
/// it. Memory does not grow with the table.
///
/// # Errors
/// If the table cannot be read, has no header that fits, or has rows that are none of it; or the rows cannot be written.
pub fn route(
    table: impl Read,
    out: impl Write,
    run: &mut Run<'_, '_>,
    asked: Asked,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, Error> {
    let mut rows = Rows::open(table).map_err(Error::Read)?;
    let (form, mut row) = (run.form(), ByteRecord::new());
    if !rows.next(&mut row)? {
        return Err(Error::Table(vec!["the table is empty; its first line must name the fields".to_owned()]));
    }
    let header = Header::new(form, &row, rows.line(&row)).map_err(Error::Table)?;
    let mut sheet = Sheet::new(out, &rows, run, asked).map_err(Error::Write)?;
    sheet.add(&mut row, &["rule", "assignee"].map(|name| format!("{OWN_COLUMNS}{name}"))).map_err(Error::Write)?;
    let mut summary = Summary { notes: header.notes.clone(), ..Summary::default() };
    let mut mistakes: Vec<String> = Vec::new();
    while mistakes.len() < MOST_MISTAKES && rows.next(&mut row)? {
        summary.rows += 1;
        if summary.rows.is_multiple_of(PACE) {
            progress(summary.rows, rows.bytes());
        }
        if !header.read(form, &row, run.record()) {
            match header.objections(form, &row, rows.line(&row)) {
                Objections::Cells(cells) if asked.skips_invalid => summary.leave_out(cells),
                Objections::Cells(all) | Objections::Row(all) => mistakes.extend(all),
            }
        } else if mistakes.is_empty() {
            let routed = run.route();
            if routed.taker.is_none() {
                let lines = if routed.rule.is_none() { &mut summary.unrouted } else { &mut summary.lost };
                if lines.len() < MOST_LINES {
                    lines.push(rows.line(&row));
                }
            }
            sheet.write(&mut row, routed).map_err(Error::Write)?;
        }
    }
    if mistakes.is_empty() {
        sheet.writer.flush().map_err(Error::Write)?;
        return Ok(summary);
    }
    if mistakes.len() >= MOST_MISTAKES {
        mistakes.truncate(MOST_MISTAKES);
        mistakes.push(format!("these are the first {MOST_MISTAKES} mistakes; what comes after them was not read"));
    }
    Err(Error::Table(mistakes))
}

/// Where the rows go, with what is added to them.
struct Sheet<W: Write> {
    writer: Writer<W>,
    /// The names of the rules and of the takers, by number, as spreadsheets take them for text.
    rules: Vec<String>,
    takers: Vec<String>,
    is_for_terminal: bool,
}

impl<W: Write> Sheet<W> {
    fn new<R: Read>(mut out: W, rows: &Rows<R>, run: &Run<'_, '_>, asked: Asked) -> io::Result<Self> {
        let ending = if asked.is_for_terminal { Ending::Lf } else { rows.ending };
        if rows.has_bom && !asked.is_for_terminal {
            out.write_all(BOM)?;
        }
        let mut builder = WriterBuilder::new();
        builder.has_headers(false).flexible(true).terminator(ending.terminator()).buffer_capacity(BUFFER);
        let rules = run.parts().iter().take(1).flat_map(Post::rules).map(|(rule, _)| cell(rule.name.as_str()).into_owned()).collect();
        let takers = run.takers().iter().map(|taker| cell(&taker.name).into_owned()).collect();
        Ok(Self { writer: builder.from_writer(out), rules, takers, is_for_terminal: asked.is_for_terminal })
    }

    /// Writes a row with what became of it.
    fn write(&mut self, row: &mut ByteRecord, routed: Routed) -> io::Result<()> {
        for (number, names) in [(routed.rule, &self.rules), (routed.taker, &self.takers)] {
            row.push_field(number.and_then(|number| names.get(number)).map_or("", String::as_str).as_bytes());
        }
        self.pass(row)
    }

    fn add(&mut self, row: &mut ByteRecord, names: &[String; 2]) -> io::Result<()> {
        for name in names {
            row.push_field(name.as_bytes());
        }
        self.pass(row)
    }

    fn pass(&mut self, row: &ByteRecord) -> io::Result<()> {
        if !self.is_for_terminal {
            return self.writer.write_byte_record(row).map_err(cause);
        }
        for cell in row {
            self.writer.write_field(neutralize(&String::from_utf8_lossy(cell)).as_bytes()).map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }
}
