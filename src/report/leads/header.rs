//! The first row of a table, and what it says of the others.

use csv::ByteRecord;

use crate::{
    load::{cut, listed, nearest},
    model::OWN_COLUMNS,
    report::counted,
    routing::{Form, Misfit, Value},
};

/// Which cells of a row are the values of which fields.
#[derive(Debug)]
pub struct Header {
    /// The names of the columns.
    names: Vec<String>,
    /// Columns and the fields that they hold, by number.
    columns: Vec<(usize, usize)>,
    /// What is to be said of fields that no column holds.
    pub notes: Vec<String>,
}

impl Header {
    /// Reads the first row; gives what is wrong with it otherwise.
    pub fn new(form: &Form<'_>, row: &ByteRecord, line: u64) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let mut names: Vec<String> = Vec::with_capacity(row.len());
        let mut columns: Vec<(usize, usize)> = Vec::new();
        for (column, cell) in row.iter().enumerate() {
            let place = format!("line {line}, column {}", column + 1);
            let Ok(name) = std::str::from_utf8(cell) else { return Err(vec![format!("{place}: {NOT_UTF_8}")]) };
            let trimmed = name.trim();
            names.push(trimmed.to_owned());
            if trimmed.starts_with(OWN_COLUMNS) {
                let name = cut(trimmed);
                wrong.push(format!(
                    "{place}: `{name}` is a name of the columns that are added; rename or remove the column, as it may come from an earlier run"
                ));
            }
            let Some(field) = form.index(name).or_else(|| form.index(trimmed)) else { continue };
            match columns.iter().find(|(_, other)| *other == field) {
                Some((first, _)) => {
                    let first = first + 1;
                    wrong.push(format!("{place}: `{trimmed}` is the name of column {first} too; keep one of them, or rename the other"));
                }
                None => columns.push((column, field)),
            }
        }
        let mut header = Self { names, columns, notes: Vec::new() };
        wrong.extend(header.compare(form, line));
        if wrong.is_empty() { Ok(header) } else { Err(wrong) }
    }

    /// Notes the fields that no column holds, and returns what is wrong with that.
    fn compare(&mut self, form: &Form<'_>, line: u64) -> Vec<String> {
        if self.columns.is_empty() && !form.fields().is_empty() {
            return vec![self.nothing_known(form, line)];
        }
        let mut wrong = Vec::new();
        let mut absent = Vec::new();
        for (number, (name, field)) in form.fields().iter().enumerate() {
            if self.columns.iter().any(|(_, field)| *field == number) {
                continue;
            }
            let others = self.names.iter().enumerate().filter(|(column, _)| self.columns.iter().all(|(other, _)| other != column));
            let near = nearest(name, others.clone().map(|(_, name)| name.as_str()));
            let near = near.and_then(|near| others.clone().find(|(_, name)| *name == near));
            match near {
                Some((column, near)) if field.required => {
                    let column = column + 1;
                    wrong.push(format!(
                        "line {line}: no column `{name}`, and every record has one; is it column {column}, `{near}`? then rename that"
                    ));
                }
                None if field.required => wrong.push(format!("line {line}: no column `{name}`, and every record has one; add it")),
                Some((column, near)) => self.notes.push(format!(
                    "no column `{name}`, so it is missing in every record; if it is column {}, `{}`, rename that",
                    column + 1,
                    cut(near)
                )),
                None => absent.push(*name),
            }
        }
        if !absent.is_empty() {
            self.notes.push(format!("{}: missing in every record", listed("no column", absent)));
        }
        wrong
    }

    fn nothing_known(&self, form: &Form<'_>, line: u64) -> String {
        let names = || form.fields().iter().map(|(name, _)| *name);
        let near = self.names.iter().enumerate().filter_map(|(column, name)| Some((column + 1, name, nearest(name, names())?)));
        let near: Vec<String> =
            near.take(MOST).map(|(column, name, near)| format!("column {column}, `{}`, may be `{near}`", cut(name))).collect();
        if !near.is_empty() {
            let them = if near.len() == 1 { "it" } else { "them" };
            return format!("line {line} names no field of the routing; {}; rename {them} if so", near.join("; "));
        }
        let fields = listed("the fields are", names());
        let separator = match self.names.as_slice() {
            [only] if only.contains(';') => "; is it separated by `;`? then save the table with commas",
            [only] if only.contains('\t') => "; is it separated by tabs? then save the table with commas",
            _ => "",
        };
        format!("line {line} names no field of the routing{separator}; {fields}")
    }

    /// Reads the cells of a row into a record. Whether all of them can be read; [`Self::objections`] says why not.
    pub fn read(&self, form: &Form<'_>, row: &ByteRecord, record: &mut [Value]) -> bool {
        let Ok(text) = std::str::from_utf8(row.as_slice()) else { return false };
        // The text may be fine as a whole and a character of it be split between two cells.
        let is_split = |column| row.range(column).is_none_or(|cell| !text.is_char_boundary(cell.end));
        if row.len() != self.names.len() || !text.is_ascii() && (0..row.len()).any(is_split) {
            return false;
        }
        self.columns.iter().all(|(column, field)| {
            let cell = row.range(*column).and_then(|cell| text.get(cell));
            cell.zip(record.get_mut(*field)).is_some_and(|(cell, value)| form.read(*field, cell, value).is_ok())
        })
    }

    /// Says what is wrong with a row that stands on a line: with its shape, or with each of its cells.
    pub fn objections(&self, form: &Form<'_>, row: &ByteRecord, line: u64) -> Objections {
        let width = self.names.len();
        if row.len() != width {
            let (more, cause) = if row.len() > width {
                ("more", "is a comma in a cell that is not in quotation marks?")
            } else {
                ("fewer", "is a quotation mark never closed, or a comma lost?")
            };
            let cells = counted(row.len(), "cell");
            return Objections::Row(vec![format!("line {line}: {cells}, {more} than the {width} of the first line; {cause}")]);
        }
        let place = |column: usize| {
            let name = self.names.get(column).map_or("", String::as_str);
            let name = if name.is_empty() { String::new() } else { format!(" (`{}`)", cut(name)) };
            format!("line {line}, column {}{name}", column + 1)
        };
        let unreadable = row.iter().enumerate().filter(|(_, cell)| std::str::from_utf8(cell).is_err());
        let unreadable: Vec<String> = unreadable.map(|(column, _)| format!("{}: {NOT_UTF_8}", place(column))).collect();
        if !unreadable.is_empty() {
            return Objections::Row(unreadable);
        }
        let misfit = |(column, field): &(usize, usize)| {
            let cell = row.get(*column).and_then(|cell| std::str::from_utf8(cell).ok())?;
            let misfit: Misfit = form.read(*field, cell, &mut Value::Missing).err()?;
            Some(format!("line {line}, column {}: {}", column + 1, form.objection(*field, cell, misfit)))
        };
        Objections::Cells(self.columns.iter().filter_map(misfit).collect())
    }
}

/// What is wrong with a row.
#[derive(Debug)]
pub enum Objections {
    /// It cannot be read.
    Row(Vec<String>),
    /// Cells of it do not fit their fields.
    Cells(Vec<String>),
}

/// So many columns are compared with fields where none is named as it should be.
const MOST: usize = 8;

const NOT_UTF_8: &str = "the text is not UTF-8; save the table as “CSV UTF-8”";
