//! A table of leads, routed row by row: CSV in, the same CSV with who gets each row out.
//!
//! [`route`] takes any reader and writer and keeps few rows at a time.

mod header;
mod rows;
mod sheet;
mod summary;

use std::{
    io::{self, Read, Write},
    thread,
};

use csv::ByteRecord;

pub use self::summary::{Summary, write as write_summary};
use self::{
    header::{Header, Objections},
    rows::{Rows, Unread},
    sheet::{Rest, Sheet},
};
use crate::routing::Run;

/// So many mistakes are collected before the table is given up.
const MOST_MISTAKES: usize = 20;
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
    out: impl Write + Send,
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
    let sheet = Sheet::begin(out, &rows, &row, run, asked).map_err(Error::Write)?;
    let mut summary = Summary { notes: header.notes.clone(), ..Summary::default() };
    let mistakes = thread::scope(|scope| {
        let mut rest = sheet.spawn(scope).map_err(Error::Write)?;
        let read = read(&mut rows, &header, run, asked, &mut rest, &mut summary, progress);
        rest.finish().map_err(Error::Write)?;
        read
    })?;
    if mistakes.is_empty() { Ok(summary) } else { Err(Error::Table(mistakes)) }
}

/// Routes the rows that follow the header until as many mistakes are found as are told, which it returns.
fn read(
    rows: &mut Rows<impl Read>,
    header: &Header,
    run: &mut Run<'_, '_>,
    asked: Asked,
    rest: &mut Rest<'_>,
    summary: &mut Summary,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<String>, Error> {
    let (form, mut row) = (run.form(), ByteRecord::new());
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
            summary.note(routed, || rows.line(&row));
            if rest.add(&mut row, routed).is_err() {
                break;
            }
        }
    }
    if mistakes.len() >= MOST_MISTAKES {
        mistakes.truncate(MOST_MISTAKES);
        mistakes.push(format!("these are the first {MOST_MISTAKES} mistakes; what comes after them was not read"));
    }
    Ok(mistakes)
}
