//! The most that criteria can give together: a search that leaves out what cannot give more than is found already.

use super::{
    super::class::{Region, Side},
    bits,
    grid::Grid,
    prover::takes,
    search::{Budget, Exhausted, Node, Point, State},
};

/// A criterion of a search.
#[derive(Debug)]
pub(super) struct Weighed<'s> {
    /// Its number.
    number: usize,
    /// The points that it gives; those that are taken away are below 0.
    pub(super) points: i64,
    /// The regions of which a record must be in one.
    pub(super) regions: &'s [Region],
    /// A facet on which it depends, with the classes that it needs there; nothing if it depends on none in all its regions.
    needs: Option<Side>,
    /// Whether it needs nothing else.
    is_exact: bool,
}

impl<'s> Weighed<'s> {
    /// Weighs a criterion of a number by its points.
    pub(super) fn new(number: usize, points: i64, regions: &'s [Region]) -> Self {
        let on = |facet: usize| {
            let mut sides = regions.iter().map(|region| region.sides.iter().find(|side| side.facet == facet));
            let mut needs = sides.next()??.clone();
            sides.try_for_each(|side| side.map(|side| needs.classes.union_with(&side.classes)))?;
            Some(needs)
        };
        let facets = regions.iter().take(1).flat_map(|region| &region.sides).map(|side| side.facet);
        let share = |side: &Side| side.classes.count_ones(..) * 1_000 / side.classes.len().max(1);
        let needs = facets.filter_map(on).min_by_key(share);
        let is_exact = needs.is_some() && regions.iter().all(|region| region.sides.len() == 1);
        Self { number, points, regions, needs, is_exact }
    }
}

/// What is known of the most that criteria give.
#[derive(Debug)]
pub(super) struct Most {
    /// The most that was found.
    pub(super) found: i64,
    /// A record that gets it.
    pub(super) point: Point,
    /// What none gets more than: what was found, unless the search was given up.
    pub(super) bound: i64,
}

/// Records of which it is decided whether some of the criteria count.
struct Case<'s> {
    node: Node<'s>,
    open: Vec<usize>,
    sum: i64,
    bound: i64,
}

/// Searches for the most that criteria give together, beginning with a record that there is.
pub(super) fn most<'s>(grid: &'s Grid, criteria: &[Weighed<'s>], any: &[usize], budget: &mut Budget) -> Most {
    budget.ask();
    let found = criteria.iter().filter(|criterion| takes(criterion.regions, any)).map(|criterion| criterion.points).sum();
    let all = criteria.iter().map(|criterion| criterion.points.max(0)).sum();
    let mut most = Most { found, point: any.to_vec(), bound: found };
    let mut stack = vec![Case { node: Node::new(grid, grid.before(0)), open: (0..criteria.len()).collect(), sum: 0, bound: all }];
    while let Some(case) = stack.pop() {
        let bound = case.bound;
        if bound > most.found && look(grid, case, criteria, &mut most, &mut stack, budget).is_err() {
            let left = stack.iter().map(|case| case.bound).max().unwrap_or(bound);
            most.bound = most.found.max(bound).max(left);
            return most;
        }
    }
    most.bound = most.found;
    most
}

/// Looks at one case: concludes what can be concluded, and divides what is left by whether the weightiest criterion counts.
fn look<'s>(
    grid: &'s Grid,
    mut case: Case<'s>,
    criteria: &[Weighed<'s>],
    most: &mut Most,
    stack: &mut Vec<Case<'s>>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    if case.node.settle(budget)? == State::Empty {
        return Ok(());
    }
    budget.spend(grid.cost(case.open.len() / bits::BITS + 1))?;
    case.open.retain(|number| {
        let Some(criterion) = criteria.get(*number) else { return false };
        let meets: Vec<(bool, bool)> = criterion.regions.iter().map(|region| case.node.meets(region)).collect();
        let counts = meets.iter().any(|(_, is_inside)| *is_inside);
        if counts {
            case.sum += criterion.points;
        }
        !counts && meets.iter().any(|(is_near, _)| *is_near)
    });
    case.bound = case.bound.min(case.sum + open_points(grid, &case, criteria, budget)?);
    if case.bound <= most.found {
        return Ok(());
    }
    let weight = |number: &usize| criteria.get(*number).map_or(0, |criterion| criterion.points.unsigned_abs());
    let Some((place, number)) = case.open.iter().copied().enumerate().max_by_key(|(place, number)| (weight(number), usize::MAX - place))
    else {
        if let Some(point) = case.node.search(budget)? {
            (most.found, most.point) = (case.sum, point);
        }
        return Ok(());
    };
    case.open.remove(place);
    let Some(criterion) = criteria.get(number) else { return Ok(()) };
    let mut cases: Vec<Case<'s>> = Vec::new();
    for (place, region) in criterion.regions.iter().enumerate() {
        // What is in an earlier region has been looked at.
        let node = case.node.clone().outside(grid.rule(criterion.number).take(place));
        if let Some(node) = node.within(region) {
            cases.push(Case { node, open: case.open.clone(), sum: case.sum + criterion.points, bound: case.bound });
        }
    }
    cases.push(Case { node: case.node.outside(grid.rule(criterion.number)), open: case.open, sum: case.sum, bound: case.bound });
    if criterion.points > 0 {
        cases.reverse();
    }
    stack.extend(cases);
    Ok(())
}

/// What the criteria that are not decided give at most: facet by facet, those that need it, in the class that gives the most.
fn open_points(grid: &Grid, case: &Case<'_>, criteria: &[Weighed<'_>], budget: &mut Budget) -> Result<i64, Exhausted> {
    let mut total = 0;
    let mut needy: Vec<&Weighed<'_>> = Vec::new();
    for criterion in case.open.iter().filter_map(|number| criteria.get(*number)) {
        match criterion.needs {
            Some(_) if criterion.points > 0 || criterion.is_exact => needy.push(criterion),
            _ => total += criterion.points.max(0),
        }
    }
    let facet_of = |criterion: &&Weighed<'_>| criterion.needs.as_ref().map(|side| side.facet);
    needy.sort_by_key(facet_of);
    for group in needy.chunk_by(|a, b| facet_of(a) == facet_of(b)) {
        let Some(facet) = group.first().and_then(facet_of) else { continue };
        let classes = grid.classes(&case.node.domain, facet);
        budget.spend(group.len() * (1 + classes.len() * bits::BITS))?;
        let points = |class: usize| {
            let counting = group.iter().filter(|criterion| criterion.needs.as_ref().is_some_and(|side| side.classes.contains(class)));
            counting.map(|criterion| criterion.points).sum::<i64>()
        };
        total += bits::ones(classes).map(points).max().unwrap_or(0);
    }
    Ok(total)
}
