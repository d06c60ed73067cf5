//! Examples that are read at a glance: as little filled in, and as short, as what they show allows.

use std::collections::HashMap;

use super::{super::class::Space, answer::Example, bits::Word, grid::Grid};
use crate::model::{Scalar, fold};

/// The longest text of which more than one character at a time is left out.
const MOST_AT_ONCE: usize = 48;
/// How often a text may be looked for in another for the sake of shorter examples, all examples together.
const MOST_LOOKS: usize = 4_000_000;

/// Makes examples of records.
#[derive(Debug)]
pub(super) struct Shown<'s, 'a> {
    space: &'s Space<'a>,
    grid: &'s Grid,
    /// For texts of each field that were tried, the regions that records with them may be in.
    tried: Vec<HashMap<String, Vec<Word>>>,
    /// How often a text may still be looked for in another.
    left: usize,
}

/// A value, and the regions that records with it may be in.
type Valued = (Option<Scalar>, Vec<Word>);

/// A field of an example in the making.
struct Place<'p> {
    /// The field.
    field: usize,
    /// A record that shows what is to be shown.
    point: &'p [usize],
    /// The regions that records with the other values of the example may be in.
    others: Vec<Word>,
}

impl Place<'_> {
    /// Whether the example would show it with a value by the regions that records with that may be in.
    fn fits(&self, regions: &[Word], is_such: &impl Fn(&[Word]) -> bool) -> bool {
        is_such(&self.others.iter().zip(regions).map(|(others, regions)| others & regions).collect::<Vec<Word>>())
    }
}

impl<'s, 'a> Shown<'s, 'a> {
    /// Makes examples of the records of a space.
    pub(super) fn new(space: &'s Space<'a>, grid: &'s Grid) -> Self {
        Self { space, grid, tried: vec![HashMap::new(); space.len()], left: MOST_LOOKS }
    }

    /// Makes an example of a record: the simplest that is such, given the regions that it is in.
    pub(super) fn example(&mut self, point: &[usize], is_such: impl Fn(&[Word]) -> bool) -> Example<'a> {
        let classes = |facets: &[usize]| facets.iter().map(|facet| (*facet, point.get(*facet).copied().unwrap_or(0))).collect::<Vec<_>>();
        let fields = self.grid.fields.iter().enumerate().map(|(field, (facets, _))| {
            let value = self.space.value(field, point).and_then(|(_, value)| value);
            (value, self.grid.regions(classes(facets)))
        });
        let mut fields: Vec<Valued> = fields.collect();
        for field in 0..fields.len() {
            let mut others = self.grid.regions([]);
            for (_, regions) in fields.iter().enumerate().filter(|(other, _)| *other != field).map(|(_, valued)| valued) {
                others.iter_mut().zip(regions).for_each(|(others, regions)| *others &= regions);
            }
            let place = Place { field, point, others };
            let simple = self.plainer(&place, &is_such).or_else(|| self.shorter(&place, fields.get(field)?.1.clone(), &is_such));
            if let (Some(simple), Some(of)) = (simple, fields.get_mut(field)) {
                *of = simple;
            }
        }
        let names = (0..self.space.len()).filter_map(|field| self.space.value(field, point).map(|(name, _)| name));
        Example { fields: names.zip(fields.into_iter().map(|(value, _)| value)).collect() }
    }

    /// Returns a better value by its class, if there is one that fits.
    fn plainer(&self, place: &Place<'_>, is_such: &impl Fn(&[Word]) -> bool) -> Option<Valued> {
        self.space.better(place.field, place.point).into_iter().find_map(|class| {
            let plain = self.space.plain(place.field, class);
            let regions = self.grid.regions(plain.iter().copied());
            if !place.fits(&regions, is_such) {
                return None;
            }
            let mut point = place.point.to_vec();
            for (facet, class) in plain {
                if let Some(of) = point.get_mut(facet) {
                    *of = class;
                }
            }
            Some((self.space.value(place.field, &point)?.1, regions))
        })
    }

    /// Returns the shortest open text that fits, given the regions that records with the present one may be in.
    fn shorter(&mut self, place: &Place<'_>, regions: Vec<Word>, is_such: &impl Fn(&[Word]) -> bool) -> Option<Valued> {
        let (text, regions) = if let Some((pieces, joint)) = self.space.pieces(place.field, place.point) {
            self.shorten(place, pieces, &joint.to_string(), regions, is_such)
        } else {
            let mut shorter = self.space.shorter(place.field, place.point).into_iter();
            shorter.find_map(|text| self.fitting(place, text, is_such))?
        };
        Some((Some(Scalar::Text(text)), regions))
    }

    /// Leaves out of an open text what can be left out: first pieces, then as many characters at a time as can be.
    fn shorten(
        &mut self,
        place: &Place<'_>,
        mut pieces: Vec<String>,
        joint: &str,
        regions: Vec<Word>,
        is_such: &impl Fn(&[Word]) -> bool,
    ) -> (String, Vec<Word>) {
        let mut short = (pieces.join(joint), regions);
        for number in (0..pieces.len()).rev() {
            // The first and the last stay, empty: what joins them stands for any start or end.
            let is_end = number == 0 || number + 1 == pieces.len();
            let left = pieces.iter().enumerate().filter(|(other, _)| is_end || *other != number);
            let fewer: Vec<String> = left.map(|(other, piece)| if other == number { String::new() } else { piece.clone() }).collect();
            if let Some(shorter) = self.fitting(place, fewer.join(joint), is_such) {
                (pieces, short) = (fewer, shorter);
            }
        }
        let mut length = short.0.chars().count().saturating_sub(1);
        if length >= MOST_AT_ONCE {
            length = 1;
        }
        while length > 0 && self.left > 0 {
            let letters: Vec<char> = short.0.chars().collect();
            let mut shorter = (0..=letters.len().saturating_sub(length)).map(|from| without(&letters, from, length));
            match shorter.find_map(|shorter| self.fitting(place, shorter, is_such)) {
                Some(shorter) => {
                    short = shorter;
                    length = length.min(short.0.chars().count().saturating_sub(1));
                }
                None => length -= 1,
            }
        }
        short
    }

    /// Returns a text with the regions that records with it may be in, if it fits and that did not take too long to tell.
    fn fitting(&mut self, place: &Place<'_>, text: String, is_such: &impl Fn(&[Word]) -> bool) -> Option<(String, Vec<Word>)> {
        if text.is_empty() || text.trim_ascii() != text {
            return None;
        }
        let folded = fold(&text);
        let tried = self.tried.get_mut(place.field)?;
        if !tried.contains_key(&folded) {
            let left = self.left.checked_sub(1)?;
            let (classes, looks) = self.space.classes_of(place.field, &folded);
            self.left = left.saturating_sub(looks);
            tried.insert(folded.clone(), self.grid.regions(classes));
        }
        let regions = tried.get(&folded)?;
        place.fits(regions, is_such).then(|| (text, regions.clone()))
    }
}

/// A text without some of its characters.
fn without(text: &[char], from: usize, length: usize) -> String {
    text.iter().enumerate().filter(|(index, _)| !(from..from + length).contains(index)).map(|(_, c)| *c).collect()
}
