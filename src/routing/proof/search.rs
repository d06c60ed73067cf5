//! Whether there is a record outside of some regions: a search that is exact, or says that it has given up.

use super::{
    super::class::Region,
    bits::{self, Word},
    grid::{Domain, Grid},
    narrow::{MOST_COUNTED, narrowest},
};

/// How many words of bits one question may compare.
const MOST_PER_QUESTION: u64 = 40_000_000;
/// The most classes of a facet that are compared with each other.
const MOST_COMPARED: usize = 64;

/// A record: the class of every facet.
pub(super) type Point = Vec<usize>;

/// How much may be searched before it is given up.
#[derive(Debug)]
pub(super) struct Budget {
    all: u64,
    question: u64,
}

/// It took too long to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Budget {
    /// Makes one of so many words that are compared.
    pub(super) fn new(all: u64) -> Self {
        Self { all, question: 0 }
    }

    /// Begins a question, which may not use up everything.
    pub(super) fn ask(&mut self) {
        self.question = self.all.min(MOST_PER_QUESTION);
    }

    /// Takes something away.
    pub(super) fn spend(&mut self, words: usize) -> Result<(), Exhausted> {
        let words = u64::try_from(words).unwrap_or(u64::MAX);
        self.all = self.all.saturating_sub(words);
        self.question = self.question.saturating_sub(words);
        if self.question == 0 { Err(Exhausted) } else { Ok(()) }
    }
}

/// Records that are looked for: some classes of every facet, outside of some regions.
#[derive(Debug, Clone)]
pub(super) struct Node<'g> {
    grid: &'g Grid,
    /// The classes of every facet.
    pub(super) domain: Domain,
    /// The regions in which the record must not be; none of them is known to be far from all records.
    avoided: Vec<Word>,
}

/// What is left of a node.
#[derive(Debug, PartialEq)]
pub(super) enum State {
    /// Nothing.
    Empty,
    /// Every combination of its classes is a record.
    Free,
    /// It has to be divided.
    Open(Inside),
}

/// For every facet that matters, the regions that all of its classes are in.
#[derive(Debug, PartialEq)]
pub(super) struct Inside {
    sets: Vec<(usize, Vec<Word>)>,
}

impl<'g> Node<'g> {
    /// Looks for any record that is in none of the first regions.
    pub(super) fn new(grid: &'g Grid, regions: usize) -> Self {
        Self { grid, domain: grid.all(), avoided: Grid::first(regions) }
    }

    /// Looks only inside of a region. Returns nothing if that leaves nothing.
    pub(super) fn within(mut self, region: &Region) -> Option<Self> {
        region.sides.iter().all(|side| self.grid.narrow(&mut self.domain, side)).then_some(self)
    }

    /// Looks only outside of some regions.
    pub(super) fn outside(mut self, regions: impl IntoIterator<Item = usize>) -> Self {
        for region in regions {
            if self.avoided.len() < bits::words(region + 1) {
                self.avoided.resize(bits::words(region + 1), 0);
            }
            bits::put(&mut self.avoided, region, true);
        }
        self
    }

    /// Whether some of its records are in a region, and whether all are, as far as sides alone tell.
    pub(super) fn meets(&self, region: &Region) -> (bool, bool) {
        region.sides.iter().fold((true, true), |(some, all), side| {
            let (meets, is_inside) = self.grid.meets(&self.domain, side);
            (some && meets, all && is_inside)
        })
    }

    /// Draws every conclusion that needs no division. What is left has the same records.
    pub(super) fn settle(&mut self, budget: &mut Budget) -> Result<State, Exhausted> {
        loop {
            budget.spend(self.grid.cost(self.avoided.len()))?;
            let Some(inside) = self.look() else { return Ok(State::Empty) };
            let count = self.avoided.len();
            let (mut once, mut twice) = (vec![0; count], vec![0; count]);
            for (_, set) in &inside.sets {
                for (((once, twice), avoided), inside) in once.iter_mut().zip(&mut twice).zip(&self.avoided).zip(set) {
                    let open = avoided & !inside;
                    *twice |= *once & open;
                    *once |= open;
                }
            }
            if self.avoided.iter().zip(&once).any(|(avoided, once)| avoided & !once != 0) {
                return Ok(State::Empty);
            }
            let forced: Vec<Word> = once.iter().zip(&twice).map(|(once, twice)| once & !twice).collect();
            if bits::is_empty(&forced) {
                return Ok(if bits::is_empty(&self.avoided) { State::Free } else { State::Open(inside) });
            }
            for (facet, set) in &inside.sets {
                let forced: Vec<Word> = forced.iter().zip(set).map(|(forced, inside)| forced & !inside).collect();
                if !bits::is_empty(&forced) && !self.keep(*facet, |row| !bits::meet(row, &forced)) {
                    return Ok(State::Empty);
                }
            }
        }
    }

    /// Leaves out the regions that are far from all records, and returns those that all classes of a facet are in; nothing if
    /// a facet has no class.
    fn look(&mut self) -> Option<Inside> {
        let mut sets = Vec::new();
        for facet in self.grid.facets() {
            let (mut touched, mut inside) = (vec![0; self.avoided.len()], vec![Word::MAX; self.avoided.len()]);
            for class in bits::ones(self.grid.classes(&self.domain, facet)) {
                for ((touched, inside), row) in touched.iter_mut().zip(&mut inside).zip(self.grid.row(facet, class)) {
                    *touched |= row;
                    *inside &= row;
                }
            }
            for (avoided, touched) in self.avoided.iter_mut().zip(&touched) {
                *avoided &= touched;
            }
            sets.push((facet, inside));
        }
        self.grid.has_all(&self.domain).then_some(Inside { sets })
    }

    /// Keeps the classes of a facet whose regions are as they should be, and says whether any is left.
    fn keep(&mut self, facet: usize, is_kept: impl Fn(&[Word]) -> bool) -> bool {
        let classes = self.grid.classes(&self.domain, facet);
        let out: Vec<usize> = bits::ones(classes).filter(|class| !is_kept(self.grid.row(facet, *class))).collect();
        let classes = self.grid.classes_mut(&mut self.domain, facet);
        for class in out {
            bits::put(classes, class, false);
        }
        !bits::is_empty(classes)
    }

    /// Leaves out classes for which others serve as well: whoever looks for any record does not need them. Says whether
    /// anything was left out.
    fn thin(&mut self, inside: &Inside, budget: &mut Budget) -> Result<bool, Exhausted> {
        let mut thinned = self.blank(inside);
        for (facet, set) in &inside.sets {
            let classes: Vec<usize> = bits::ones(self.grid.classes(&self.domain, *facet)).collect();
            if classes.len() < 2 {
                continue;
            }
            let open: Vec<Word> = self.avoided.iter().zip(set).map(|(avoided, inside)| avoided & !inside).collect();
            let regions =
                |class: usize| self.grid.row(*facet, class).iter().zip(&open).map(|(row, open)| row & open).collect::<Vec<Word>>();
            let sets: Vec<(usize, Vec<Word>)> = classes.into_iter().map(|class| (class, regions(class))).collect();
            budget.spend(sets.len() * open.len() * sets.len().min(MOST_COMPARED))?;
            // A class that is in no region but those in which all are is the best; else one class can do for another.
            let best = sets.iter().find(|(_, set)| bits::is_empty(set)).map(|(class, _)| *class);
            let serves = |(class, set): &(usize, Vec<Word>), (other, than): &(usize, Vec<Word>)| {
                let is_subset = set.iter().zip(than).all(|(set, than)| set & !than == 0);
                is_subset && (set != than || class < other)
            };
            let is_out = |one: &(usize, Vec<Word>)| match best {
                Some(best) => one.0 != best,
                None => sets.len() <= MOST_COMPARED && sets.iter().any(|other| other.0 != one.0 && serves(other, one)),
            };
            let out: Vec<usize> = sets.iter().filter(|one| is_out(one)).map(|(class, _)| *class).collect();
            thinned |= !out.is_empty();
            let classes = self.grid.classes_mut(&mut self.domain, *facet);
            for class in out {
                bits::put(classes, class, false);
            }
        }
        Ok(thinned)
    }

    /// Leaves a field of several facets blank where no region minds, and says whether there was such a field.
    fn blank(&mut self, inside: &Inside) -> bool {
        let mut changed = false;
        for (facets, blanks) in self.grid.fields.iter().filter(|(facets, _)| facets.len() > 1) {
            if facets.iter().all(|facet| bits::is_single(self.grid.classes(&self.domain, *facet))) {
                continue;
            }
            let fits = |blank: &Vec<usize>| {
                let mut regions = self.avoided.clone();
                for (facet, class) in facets.iter().zip(blank) {
                    if !bits::has(self.grid.classes(&self.domain, *facet), *class) {
                        return false;
                    }
                    regions.iter_mut().zip(self.grid.row(*facet, *class)).for_each(|(regions, row)| *regions &= row);
                }
                // Regions in which all values of the field are do not mind.
                for (_, set) in inside.sets.iter().filter(|(facet, _)| facets.contains(facet)) {
                    if regions.iter().zip(set).any(|(regions, inside)| regions & !inside != 0) {
                        return false;
                    }
                }
                true
            };
            let Some(blank) = blanks.iter().find(|blank| fits(blank)) else { continue };
            for (facet, class) in facets.iter().zip(blank) {
                let classes = self.grid.classes_mut(&mut self.domain, *facet);
                classes.fill(0);
                bits::put(classes, *class, true);
            }
            changed = true;
        }
        changed
    }

    /// Divides a node into parts that have no record in common, by a region that divides it into few.
    fn divide(&self, inside: &Inside) -> Vec<Self> {
        let Some(region) = narrowest(&self.avoided, &inside.sets, self.grid.impossible) else { return Vec::new() };
        let open = |region: usize| inside.sets.iter().filter(move |(_, set)| !bits::has(set, region));
        let split = |facet: usize| {
            let classes = bits::ones(self.grid.classes(&self.domain, facet));
            classes.partition::<Vec<usize>, _>(|class| bits::has(self.grid.row(facet, *class), region))
        };
        let mut sides: Vec<(usize, Vec<usize>, Vec<usize>)> =
            open(region).map(|(facet, _)| (*facet, split(*facet))).map(|(facet, (in_it, out))| (facet, in_it, out)).collect();
        // Where most classes lie outside, a record is found the soonest.
        sides.sort_by_key(|(_, in_it, out)| std::cmp::Reverse(out.len() * 1_000 / (in_it.len() + out.len()).max(1)));
        let mut parts = Vec::with_capacity(sides.len());
        let mut rest = self.clone();
        for (facet, in_it, out) in sides {
            let mut part = rest.clone();
            let classes = self.grid.classes_mut(&mut part.domain, facet);
            for class in &in_it {
                bits::put(classes, *class, false);
            }
            parts.push(part);
            let classes = self.grid.classes_mut(&mut rest.domain, facet);
            for class in &out {
                bits::put(classes, *class, false);
            }
        }
        parts
    }

    /// Searches for a record: the class of every facet; nothing if there is none.
    pub(super) fn search(self, budget: &mut Budget) -> Result<Option<Point>, Exhausted> {
        let mut stack = vec![self];
        while let Some(mut node) = stack.pop() {
            loop {
                match node.settle(budget)? {
                    State::Empty => break,
                    State::Free => return Ok(Some(node.grid.point(&node.domain))),
                    State::Open(inside) if node.thin(&inside, budget)? => {}
                    State::Open(inside) => {
                        budget.spend(inside.sets.len() * node.avoided.len() * MOST_COUNTED)?;
                        stack.extend(node.divide(&inside).into_iter().rev());
                        break;
                    }
                }
            }
        }
        Ok(None)
    }
}
