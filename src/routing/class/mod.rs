//! Classes: all that conditions can tell of the values of a form.
//!
//! Every field has one *facet* or several, each with finitely many *classes*: a list, a number or a boolean has one, of
//! whose classes a condition takes some or not; open text has one for the whole text, one for how it starts, one for how
//! it ends, and one for each list of texts that it may contain. So a condition is a [`Region`]: some classes of some
//! facets. Not all combinations of classes exist (what starts with "ab" contains "a"); [`Space::impossible`] rules out
//! the others, again by regions. Whatever is decided over classes is decided over all records.

mod affix;
mod cell;
mod number;
mod part;
mod region;
mod round;
mod spell;
mod text;

use fixedbitset::FixedBitSet;

pub use self::part::{Bounds, Part};
pub(super) use self::region::{Region, Side};
use self::{
    cell::{Cell, Classes},
    region::{Builder, set},
    text::Texts,
};
use super::{
    condition::{Clause, Filter, Logic},
    form::Form,
};
use crate::model::{Field, FieldType, Scalar};

/// The most values that are asked of the conditions on one field, each of them once per condition.
const MOST_CELLS: usize = 4_000_000;

/// What a condition asks of the facets of its field.
type Asked = Vec<Side>;

/// A field has too many values to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TooMany;

/// The facets of one field.
#[derive(Debug)]
enum Sorted {
    /// One, of which every class can be told by a value.
    Plain(Classes),
    /// Those of open text.
    Texts(Box<Texts>),
}

impl Sorted {
    /// The facet of the whole value.
    fn whole(&self) -> &Classes {
        match self {
            Self::Plain(classes) => classes,
            Self::Texts(texts) => &texts.whole,
        }
    }
}

/// All classes of the records of a form.
#[derive(Debug)]
pub(super) struct Space<'a> {
    fields: Vec<(&'a str, Sorted)>,
    /// How many classes each facet has.
    pub(super) sizes: Vec<usize>,
    /// What no record is.
    pub(super) impossible: Vec<Region>,
}

/// A question that is asked of every field: whether records with this part of its values do something.
#[derive(Debug)]
pub(super) struct Entry {
    /// The records.
    pub(super) region: Region,
    /// What they have in the field; numbers that lie side by side may be in several entries.
    pub(super) kind: EntryKind,
}

impl Entry {
    /// Whether it is about the whole value.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.kind, EntryKind::Whole(_))
    }
}

/// What an entry is about.
#[derive(Debug)]
pub(super) enum EntryKind {
    /// A class of the whole value.
    Whole(usize),
    /// A text that starts, ends or contains as a condition asks.
    Text(Part),
}

impl<'a> Space<'a> {
    /// Sorts the values of a form by what conditions ask of them, and returns each of the conditions as the regions of
    /// which a record must be in one.
    ///
    /// # Errors
    /// If a field has too many values to tell apart: its name.
    pub(super) fn new(form: &Form<'a>, logics: &[Logic<'_>]) -> Result<(Self, Vec<Vec<Region>>), &'a str> {
        let clauses = || logics.iter().flat_map(|logic| &logic.clauses);
        let mut on: Vec<Vec<&Filter<'_>>> = vec![Vec::new(); form.fields().len()];
        for filter in clauses().flatten() {
            if let Some(filters) = on.get_mut(filter.field) {
                filters.push(filter);
            }
        }
        let mut builder = Builder::default();
        let (mut fields, mut asked) = (Vec::new(), Vec::new());
        for ((index, (name, field)), filters) in form.fields().iter().enumerate().zip(&on) {
            let (sorted, sides) = sort(form, index, field, filters, &mut builder).map_err(|TooMany| *name)?;
            fields.push((*name, sorted));
            asked.push(sides.into_iter());
        }
        let space = Self { fields, sizes: builder.sizes, impossible: builder.impossible };
        let mut region = |clause: &Clause<'_>| {
            let sides = clause.iter().filter_map(|filter| asked.get_mut(filter.field)?.next()).flatten();
            Region::of(sides.collect())
        };
        let regions = logics.iter().map(|logic| logic.clauses.iter().filter_map(&mut region).collect()).collect();
        Ok((space, regions))
    }

    /// Returns how many fields there are.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// Returns the field that no record can fill in and every record must, if there is one.
    pub(super) fn unfillable(&self) -> Option<&'a str> {
        self.fields.iter().find(|(_, sorted)| sorted.whole().len() == 0).map(|(name, _)| *name)
    }

    /// Returns the field of each facet, by number.
    pub(super) fn field_of(&self) -> Vec<usize> {
        let mut field_of = vec![0; self.sizes.len()];
        for (index, (_, sorted)) in self.fields.iter().enumerate() {
            for facet in facets(sorted) {
                if let Some(field) = field_of.get_mut(facet) {
                    *field = index;
                }
            }
        }
        field_of
    }

    /// Returns for each field its facets, and the classes in them of the values that say the least: missing, or any text of
    /// which conditions see nothing.
    pub(super) fn blanks(&self) -> Vec<(Vec<usize>, Vec<Vec<usize>>)> {
        let blanks = |(_, sorted): &(&str, Sorted)| {
            let facets = facets(sorted);
            let blank = |class: usize| std::iter::once(class).chain(std::iter::repeat_n(0, facets.len() - 1)).collect();
            let whole = sorted.whole();
            let blanks = [whole.missing(), whole.other()].into_iter().flatten().map(blank).collect();
            (facets, blanks)
        };
        self.fields.iter().map(blanks).collect()
    }

    /// Returns the classes of the whole value of a field that make a better example than that of a record, the best first.
    pub(super) fn better(&self, field: usize, point: &[usize]) -> Vec<usize> {
        let Some((_, sorted)) = self.fields.get(field) else { return Vec::new() };
        let whole = sorted.whole();
        match sorted {
            Sorted::Plain(_) => whole.better(point.get(whole.facet).copied().unwrap_or(0)).collect(),
            Sorted::Texts(_) => whole.missing().into_iter().collect(),
        }
    }

    /// Returns the classes of a record of which the whole value of a field is of this class and conditions see nothing else.
    pub(super) fn plain(&self, field: usize, class: usize) -> Vec<(usize, usize)> {
        let Some((_, sorted)) = self.fields.get(field) else { return Vec::new() };
        let whole = sorted.whole().facet;
        facets(sorted).into_iter().map(|facet| (facet, if facet == whole { class } else { 0 })).collect()
    }

    /// Returns the open text of a field, if a record has one that no condition names whole: its pieces, and what joins them.
    pub(super) fn pieces(&self, field: usize, point: &[usize]) -> Option<(Vec<String>, char)> {
        let (_, Sorted::Texts(texts)) = self.fields.get(field)? else { return None };
        let class_of = |facet: usize| point.get(facet).copied().unwrap_or(0);
        let is_other = matches!(texts.whole.example(class_of(texts.whole.facet)), Some(Cell::Other));
        is_other.then(|| (texts.pieces(class_of), texts.fresh))
    }

    /// Returns texts for an open field that a record has which conditions name whole, the shortest first: one of which they
    /// see nothing, and those of which they speak as a part, as far as they are shorter.
    pub(super) fn shorter(&self, field: usize, point: &[usize]) -> Vec<String> {
        let Some((_, Sorted::Texts(texts))) = self.fields.get(field) else { return Vec::new() };
        let class = point.get(texts.whole.facet).copied().unwrap_or(0);
        match texts.whole.example(class).and_then(Cell::written) {
            Some(Scalar::Text(named)) => texts.shorter(&named),
            _ => Vec::new(),
        }
    }

    /// Returns the classes of an open text that is folded and not empty, and how many texts it was compared with.
    pub(super) fn classes_of(&self, field: usize, text: &str) -> (Vec<(usize, usize)>, usize) {
        match self.fields.get(field) {
            Some((_, Sorted::Texts(texts))) => (texts.classes(text), texts.effort()),
            _ => (Vec::new(), 0),
        }
    }

    /// Returns the name of a field, and what a record has there, as somebody would write it; nothing for open text that no
    /// condition names whole.
    pub(super) fn value(&self, field: usize, point: &[usize]) -> Option<(&'a str, Option<Scalar>)> {
        let (name, sorted) = self.fields.get(field)?;
        let whole = sorted.whole();
        Some((name, point.get(whole.facet).and_then(|class| whole.example(*class)?.written())))
    }

    /// Returns for each field its name and the parts of its values that conditions can tell apart.
    pub(super) fn entries(&self) -> Vec<(&'a str, Vec<Entry>)> {
        let entries = |sorted: &Sorted| {
            let whole = sorted.whole();
            let side = |class: usize| Side { facet: whole.facet, classes: set(whole.len(), [class]) };
            let whole = (0..whole.len()).map(|class| Entry { region: Region::new(vec![side(class)]), kind: EntryKind::Whole(class) });
            let mut entries: Vec<Entry> = whole.collect();
            if let Sorted::Texts(texts) = sorted {
                entries.extend(texts.asked_lists().into_iter().map(|(part, region)| Entry { region, kind: EntryKind::Text(part) }));
            }
            entries
        };
        self.fields.iter().map(|(name, sorted)| (*name, entries(sorted))).collect()
    }

    /// Returns in words what some entries of a field are about.
    pub(super) fn parts(&self, name: &str, entries: &[&Entry]) -> Vec<Part> {
        let Some((_, sorted)) = self.fields.iter().find(|(field, _)| *field == name) else { return Vec::new() };
        let whole = sorted.whole();
        let classes = entries.iter().filter_map(|entry| if let EntryKind::Whole(class) = entry.kind { Some(class) } else { None });
        let mut parts = whole.parts(&set(whole.len(), classes));
        parts.extend(entries.iter().filter_map(|entry| if let EntryKind::Text(part) = &entry.kind { Some(part.clone()) } else { None }));
        parts
    }
}

/// The numbers of the facets of a field.
fn facets(sorted: &Sorted) -> Vec<usize> {
    let mut facets = vec![sorted.whole().facet];
    if let Sorted::Texts(texts) = sorted {
        facets.extend([&texts.start, &texts.end].into_iter().flatten().map(|ends| ends.facet));
        facets.extend(texts.parts.iter().map(|parts| parts.facet));
    }
    facets
}

/// Sorts the values of one field by what conditions ask of them.
fn sort(
    form: &Form<'_>,
    index: usize,
    field: &Field,
    filters: &[&Filter<'_>],
    builder: &mut Builder,
) -> Result<(Sorted, Vec<Asked>), TooMany> {
    if field.r#type == FieldType::Text && field.values.is_none() {
        let (texts, asked) = text::classify(field, filters, builder)?;
        return Ok((Sorted::Texts(Box::new(texts)), asked));
    }
    let cells = cell::cells(field, filters, |value| form.may_hold(index, value) && form.fit(index, field, value).is_ok());
    if cells.len().saturating_mul(filters.len()) > MOST_CELLS {
        return Err(TooMany);
    }
    let number = builder.next();
    let values: Vec<_> = cells.iter().map(Cell::value).collect();
    let signatures = values.iter().map(|value| {
        let mut signature = FixedBitSet::with_capacity(filters.len());
        for (bit, filter) in filters.iter().enumerate() {
            signature.set(bit, value.as_ref().is_some_and(|value| filter.holds(value)));
        }
        (signature, ())
    });
    let (classes, taken) = Classes::new(number, cells, filters.len(), signatures);
    builder.facet(classes.len());
    let asked = taken.into_iter().map(|classes| vec![Side { facet: number, classes }]).collect();
    Ok((Sorted::Plain(classes), asked))
}
