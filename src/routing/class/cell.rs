//! Cells and classes: values that are shown as one thing, and cells that no condition tells apart.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    hash::Hash,
};

use fixedbitset::FixedBitSet;

use super::{
    number,
    part::Part,
    round::{Span, roundness},
};
use crate::{
    model::{Field, FieldType, Scalar},
    routing::{condition::Filter, value::Value},
};

/// Values of a field that are shown as one thing.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// No value.
    Missing,
    /// A value that is in a list, as it is written there.
    Listed(Scalar),
    /// Numbers that lie side by side, and one of them for an example.
    Number(Span, f64),
    /// Text that no condition names whole.
    Other,
}

impl Cell {
    /// Returns one of its values; nothing for other text, of which there is more than one sort.
    pub(super) fn value(&self) -> Option<Value> {
        match self {
            Self::Missing => Some(Value::Missing),
            Self::Listed(scalar) => Some(scalar.into()),
            Self::Number(_, example) => Some(Value::Number(*example)),
            Self::Other => None,
        }
    }

    /// Returns one of its values as somebody would write it; nothing where it is missing.
    pub(super) fn written(&self) -> Option<Scalar> {
        match self {
            Self::Listed(scalar) => Some(scalar.clone()),
            Self::Number(_, example) => Some(number::scalar(*example)),
            Self::Missing | Self::Other => None,
        }
    }

    /// How well it serves as an example: the least is the best.
    fn rank(&self) -> (u8, usize, f64) {
        match self {
            Self::Missing => (0, 0, 0.0),
            Self::Other => (1, 0, 0.0),
            Self::Listed(_) => (2, 0, 0.0),
            Self::Number(_, example) => {
                let (digits, size) = roundness(*example);
                (3, digits, size)
            }
        }
    }
}

/// The cells of one facet of a field, and the classes that conditions make of them.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    /// The number of the facet.
    pub(super) facet: usize,
    /// The cells: a missing value first, then in the order in which they are shown.
    pub(super) cells: Vec<Cell>,
    /// The class of each cell.
    pub(super) class_of: Vec<usize>,
    /// For each class, the cell that serves best as an example.
    examples: Vec<usize>,
    /// The classes, those of the best examples first.
    ranked: Vec<usize>,
}

impl Classes {
    /// Puts cells into one class that have one signature. Returns for each bit of the signatures the classes that have it.
    pub(super) fn new<M: Eq + Hash>(
        facet: usize,
        cells: Vec<Cell>,
        bits: usize,
        signatures: impl IntoIterator<Item = (FixedBitSet, M)>,
    ) -> (Self, Vec<FixedBitSet>) {
        let mut known: HashMap<(FixedBitSet, M), usize> = HashMap::new();
        let mut examples: Vec<usize> = Vec::new();
        let mut class_of = Vec::with_capacity(cells.len());
        for (index, signature) in signatures.into_iter().enumerate() {
            let class = *known.entry(signature).or_insert(examples.len());
            class_of.push(class);
            match examples.get_mut(class) {
                None => examples.push(index),
                Some(best) => {
                    if let (Some(old), Some(new)) = (cells.get(*best), cells.get(index))
                        && new.rank() < old.rank()
                    {
                        *best = index;
                    }
                }
            }
        }
        let mut having = vec![FixedBitSet::with_capacity(examples.len()); bits];
        for ((signature, _), class) in known {
            for bit in signature.ones() {
                if let Some(classes) = having.get_mut(bit) {
                    classes.insert(class);
                }
            }
        }
        let mut ranked: Vec<(usize, _)> = examples.iter().map(|cell| cells.get(*cell).map(Cell::rank)).enumerate().collect();
        ranked.sort_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        let ranked = ranked.into_iter().map(|(class, _)| class).collect();
        (Self { facet, cells, class_of, examples, ranked }, having)
    }

    /// Returns how many classes there are.
    pub(super) fn len(&self) -> usize {
        self.examples.len()
    }

    /// Returns the cell that stands for a class.
    pub(super) fn example(&self, class: usize) -> Option<&Cell> {
        self.cells.get(*self.examples.get(class)?)
    }

    /// Returns the classes whose examples are better than that of a class, the best first.
    pub(super) fn better(&self, than: usize) -> impl Iterator<Item = usize> {
        self.ranked.iter().copied().take_while(move |class| *class != than)
    }

    /// Returns the class of a missing value.
    pub(super) fn missing(&self) -> Option<usize> {
        self.class_of_cell(|cell| matches!(cell, Cell::Missing))
    }

    /// Returns the class of text that no condition names whole.
    pub(super) fn other(&self) -> Option<usize> {
        self.class_of_cell(|cell| matches!(cell, Cell::Other))
    }

    fn class_of_cell(&self, is_it: impl Fn(&Cell) -> bool) -> Option<usize> {
        self.cells.iter().zip(&self.class_of).find(|(cell, _)| is_it(cell)).map(|(_, class)| *class)
    }

    /// Returns what some of the classes hold, in words that need no class: numbers that lie side by side are one part.
    pub(super) fn parts(&self, classes: &FixedBitSet) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut run: Option<Span> = None;
        for (cell, class) in self.cells.iter().zip(&self.class_of) {
            let is_in = classes.contains(*class);
            if let (Cell::Number(span, _), true) = (cell, is_in) {
                run = Some(run.map_or(*span, |run| Span { from: run.from, with_from: run.with_from, ..*span }));
                continue;
            }
            parts.extend(run.take().map(Part::numbers));
            match cell {
                _ if !is_in => {}
                Cell::Missing => parts.push(Part::Missing),
                Cell::Other => parts.push(Part::OtherText),
                Cell::Listed(scalar) => parts.push(Part::Value(scalar.clone())),
                Cell::Number(..) => {}
            }
        }
        parts.extend(run.map(Part::numbers));
        parts
    }
}

/// Returns the cells of a field that is no open text, and of which every record can be told by one value of each cell.
pub(super) fn cells(field: &Field, filters: &[&Filter<'_>], fits: impl Fn(&Value) -> bool) -> Vec<Cell> {
    let mut cells = if field.required { Vec::new() } else { vec![Cell::Missing] };
    match field.r#type {
        FieldType::Boolean if field.values.is_none() => cells.extend([false, true].map(|value| Cell::Listed(Scalar::Boolean(value)))),
        FieldType::Text | FieldType::Boolean => {
            let mut seen: HashSet<String> = HashSet::new();
            for scalar in field.values.iter().flatten() {
                let value = Value::from(scalar);
                if value != Value::Missing && fits(&value) && seen.insert(value.to_string()) {
                    cells.push(Cell::Listed(written(scalar)));
                }
            }
        }
        FieldType::Integer | FieldType::Number => {
            cells.extend(number::spans(field, filters).into_iter().map(|span| Cell::Number(span, number::example(&span, field.r#type))));
        }
    }
    cells
}

/// A value of a list without the space around it.
fn written(scalar: &Scalar) -> Scalar {
    match scalar {
        Scalar::Text(text) => Scalar::Text(text.trim_ascii().to_owned()),
        other => other.clone(),
    }
}
