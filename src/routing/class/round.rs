//! The roundest number between two others: examples that are read at a glance.

/// Numbers between two ends, at least one of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The lower end; minus infinity where there is none.
    pub from: f64,
    /// Whether the lower end belongs to it.
    pub with_from: bool,
    /// The upper end; infinity where there is none.
    pub to: f64,
    /// Whether the upper end belongs to it.
    pub with_to: bool,
}

impl Span {
    /// Makes the span of one number.
    pub fn of(number: f64) -> Self {
        Self { from: number, with_from: true, to: number, with_to: true }
    }

    /// Returns the number, if it is only one.
    pub fn single(&self) -> Option<f64> {
        (self.from >= self.to).then_some(self.from)
    }

    /// Whether a number lies in it.
    pub fn contains(&self, number: f64) -> bool {
        let is_above = number > self.from || self.with_from && number >= self.from;
        let is_below = number < self.to || self.with_to && number <= self.to;
        number.is_finite() && is_above && is_below
    }

    /// Returns the number in it with the fewest digits, of those the one nearest to 0; whole if a whole one is asked for.
    pub fn roundest(&self, is_whole: bool) -> f64 {
        if self.contains(0.0) {
            return 0.0;
        }
        if self.to <= 0.0 {
            let mirrored = Self { from: -self.to, with_from: self.with_to, to: -self.from, with_to: self.with_from };
            return -mirrored.roundest(is_whole);
        }
        let start = if self.from > 0.0 { magnitude(self.from) } else { magnitude(self.to).min(0) };
        let end = if is_whole { 0 } else { start - 17 };
        (end..=start).rev().find_map(|exponent| self.multiple(exponent)).unwrap_or_else(|| self.first())
    }

    /// The least multiple of a power of ten in a span that begins at 0 or above.
    fn multiple(&self, exponent: i32) -> Option<f64> {
        let times = (self.from / 10_f64.powi(exponent)).floor();
        [times, times + 1.0, times + 2.0].into_iter().find_map(|times| {
            // Read as a decimal, so that it is shown with as few digits.
            let number: f64 = format!("{times:.0}e{exponent}").parse().ok()?;
            self.contains(number).then_some(number)
        })
    }

    /// The least number of a span that has one.
    fn first(&self) -> f64 {
        if self.with_from { self.from } else { self.from.next_up() }
    }
}

/// The exponent of the first digit of a number above 0.
fn magnitude(number: f64) -> i32 {
    let text = format!("{:e}", number.min(f64::MAX));
    text.rsplit('e').next().and_then(|exponent| exponent.parse().ok()).unwrap_or(0)
}

/// Returns how many digits a number is written with, and how far it is from 0: the least is the roundest.
pub fn roundness(number: f64) -> (usize, f64) {
    let text = format!("{number:e}");
    let digits = text.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
    (digits, number.abs())
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the very number is meant")]
mod tests {
    use super::Span;

    fn between(from: f64, to: f64) -> Span {
        Span { from, with_from: false, to, with_to: false }
    }

    #[test]
    fn the_roundest_number_has_the_fewest_digits_and_is_near_0() {
        let whole = |from, to| between(from, to).roundest(true);
        assert_eq!(whole(10.0, f64::INFINITY), 20.0);
        assert_eq!(whole(99.0, f64::INFINITY), 100.0);
        assert_eq!(whole(0.0, f64::INFINITY), 1.0);
        assert_eq!(whole(100.0, 109.0), 101.0);
        assert_eq!(whole(f64::NEG_INFINITY, f64::INFINITY), 0.0);
        assert_eq!(whole(f64::NEG_INFINITY, -5.0), -6.0);
        assert_eq!(whole(-30.0, -12.0), -20.0);
        assert_eq!(between(0.0, 1.0).roundest(false), 0.1);
        assert_eq!(between(0.25, 0.26).roundest(false), 0.251);
        assert_eq!(between(1e300, f64::INFINITY).roundest(false), 2e300);
    }

    #[test]
    fn the_roundest_number_lies_in_the_span_however_narrow_that_is() {
        let ends = [0.0, 5e-324, 1e-9, 0.1, 1.0, 123.456, 9_007_199_254_740_992.0, 1e22, 1e300, f64::MAX.next_down()];
        for end in ends.into_iter().flat_map(|end| [end, -end]) {
            let narrow = Span { from: end, with_from: false, to: end.next_up(), with_to: true };
            assert_eq!(narrow.roundest(false), end.next_up());
            assert_eq!(Span::of(end).roundest(false), end);
            let wide = between(end, end + end.abs() + 1.0);
            assert!(wide.contains(wide.roundest(false)), "{wide:?}");
        }
    }
}
