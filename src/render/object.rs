//! The fields of an object: what each means, which values it may have, who fills it and whose value wins.

use super::{
    page::{Block, Cell, Column, ColumnKind, Row, Section, Table, TableStyle, Value},
    record,
    view::{View, counted},
};
use crate::model::{Entity, Object};

/// The fields as a table; nothing where none is documented.
pub(super) fn section(view: &View<'_>, object: &Entity<Object>) -> Option<Section> {
    if object.fields.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Field", ColumnKind::Head),
        Column::new("Values", ColumnKind::Text),
        Column::new("May be empty", ColumnKind::Text),
        Column::new("Filled by", ColumnKind::Text),
    ];
    let rows = object.fields.iter().map(|(name, field)| {
        let meaning = field.definition.iter().map(Value::text).collect();
        Row::from(vec![
            Cell::from(Value::code(name)).with_sub(meaning),
            record::values(field),
            Cell::from(if field.required { "no" } else { "yes" }),
            record::filled(view, field),
        ])
    });
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Its fields", columns, rows.collect()) };
    let mut section = Section::new("s-fields", "Fields", vec![Block::Table(table)]);
    section.note = Some(counted(object.fields.len(), "field", "fields"));
    Some(section)
}
