//! What somebody says of a record in words: `FIELD=VALUE`, or the cells of a table.

use std::fmt;

use super::{
    form::{Form, Misfit},
    value::Value,
};
use crate::{
    load::{cut, listed, nearest},
    model::{Field, FieldType, Record, Scalar},
};

/// A record as somebody has given it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// What was said of each field, as it was written. A field of which nothing was said is not in it.
    pub record: Record,
    /// The same as the form reads it.
    pub values: Vec<Value>,
    /// The fields that every record has and this one does not.
    pub absent: Vec<String>,
}

/// Why something that was said of a record cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misgiven {
    /// It has no `=`.
    NoValue(String),
    /// There is no such field.
    Unknown {
        /// The name.
        field: String,
        /// The field that is meant, or what fields there are.
        help: String,
    },
    /// The field has been given already.
    Twice(String),
    /// The field cannot have the value, in words.
    Misfit(String),
}

impl fmt::Display for Misgiven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue(text) => write!(f, "`{text}` says nothing of a field; write `FIELD=VALUE`, such as `country=US`"),
            Self::Unknown { field, help } => write!(f, "no field `{field}`; {help}"),
            Self::Twice(field) => write!(f, "`{field}` is given twice; a record has one value of it"),
            Self::Misfit(text) => f.write_str(text),
        }
    }
}

impl Form<'_> {
    /// Reads a record from texts such as `country=US`. A field without a value, or not named at all, is missing.
    ///
    /// # Errors
    /// If a text names no field or a field twice, or the field cannot have the value: all of them.
    pub fn given(&self, texts: &[String]) -> Result<Given, Vec<Misgiven>> {
        let mut given = Given { record: Record::new(), values: self.blank(), absent: Vec::new() };
        let mut seen = vec![false; self.fields().len()];
        let mut wrong = Vec::new();
        for text in texts {
            match self.take(text, &mut given, &mut seen) {
                Ok(()) => {}
                Err(misgiven) => wrong.push(misgiven),
            }
        }
        let required = self.fields().iter().zip(&given.values).filter(|((_, field), value)| field.required && **value == Value::Missing);
        given.absent = required.map(|((name, _), _)| (*name).to_owned()).collect();
        if wrong.is_empty() { Ok(given) } else { Err(wrong) }
    }

    fn take(&self, text: &str, given: &mut Given, seen: &mut [bool]) -> Result<(), Misgiven> {
        let (name, value) = self.split(text).ok_or_else(|| Misgiven::NoValue(cut(text)))?;
        let (Some(index), Some((known, field))) = (self.index(name), self.index(name).and_then(|index| self.fields().get(index))) else {
            return Err(Misgiven::Unknown { field: cut(name), help: self.advise(name) });
        };
        if let Some(seen) = seen.get_mut(index)
            && std::mem::replace(seen, true)
        {
            return Err(Misgiven::Twice((*known).to_owned()));
        }
        let Some(place) = given.values.get_mut(index) else { return Ok(()) };
        match self.read(index, value, place) {
            Ok(()) | Err(Misfit::Missing) => {
                given.record.extend(scalar(field, value, place).map(|scalar| ((*known).to_owned(), scalar)));
                Ok(())
            }
            Err(misfit) => {
                *place = Value::Missing;
                Err(Misgiven::Misfit(self.objection(index, value, misfit)))
            }
        }
    }

    /// Splits a text into a field and a value, at the first `=` that leaves the name of a field before it.
    fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let splits = || text.match_indices('=').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
        splits().find(|(name, _)| self.index(name).is_some()).or_else(|| splits().next())
    }

    fn advise(&self, name: &str) -> String {
        let names = || self.fields().iter().map(|(name, _)| *name);
        match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.fields().is_empty() => "none is declared".to_owned(),
            None => listed("the fields are", names()),
        }
    }

    /// Says why a text is no value of a field, and which are.
    pub fn objection(&self, index: usize, text: &str, misfit: Misfit) -> String {
        let Some((name, field)) = self.fields().get(index) else { return misfit.to_string() };
        let text = text.trim_ascii();
        let reason = match (misfit, &field.values) {
            (Misfit::Missing, _) => return format!("`{name}` is empty, and every record has one"),
            (Misfit::Unlisted, Some(values)) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                let texts = || values.iter().map(String::as_str);
                nearest(text, texts()).map_or_else(|| listed("its values are", texts()), |near| format!("did you mean `{near}`?"))
            }
            _ => misfit.to_string(),
        };
        format!("`{name}` cannot be `{}`: {reason}", cut(text))
    }
}

/// A value as it was written; nothing where it is missing.
fn scalar(field: &Field, text: &str, value: &Value) -> Option<Scalar> {
    let text = text.trim_ascii();
    match value {
        Value::Missing => None,
        Value::Text(_) => Some(Scalar::Text(text.to_owned())),
        Value::Number(number) => {
            let whole = text.parse().ok().filter(|_| field.r#type == FieldType::Integer);
            Some(whole.map_or(Scalar::Number(*number), Scalar::Integer))
        }
        Value::Boolean(boolean) => Some(Scalar::Boolean(*boolean)),
    }
}
