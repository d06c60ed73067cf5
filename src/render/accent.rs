//! The stack's own colour for links and marks, where it can be read.

/// The least contrast of text, as WCAG 2.2 AA asks.
const LEAST: f64 = 4.5;
/// The grounds of pages by day and by night, as in `site.css`: paper and wash.
const LIGHT: [&str; 2] = ["#ffffff", "#f6f6f3"];
const DARK: [&str; 2] = ["#15181a", "#1c2023"];

/// In which themes a colour can be read on every ground: by day, by night.
pub(super) fn readable(colour: &str) -> (bool, bool) {
    let on = |grounds: [&str; 2]| grounds.iter().all(|ground| contrast(colour, ground).is_some_and(|contrast| contrast >= LEAST));
    (on(LIGHT), on(DARK))
}

/// The contrast of two colours, from 1 to 21.
fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// The relative luminance of a colour such as `#0b5768`, from 0 to 1.
fn luminance(colour: &str) -> Option<f64> {
    let number = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    let channel = |shift: u32| {
        let value = f64::from((number >> shift) & 0xff) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0))
}

#[cfg(test)]
mod tests {
    use super::{DARK, LIGHT, contrast, readable};

    #[test]
    fn a_dark_colour_is_read_by_day_and_a_light_one_by_night() {
        assert_eq!(readable("#0b5768"), (true, false));
        assert_eq!(readable("#7cc6d6"), (false, true));
        assert_eq!(readable("#808080"), (false, false));
    }

    #[test]
    fn black_on_white_has_the_most_contrast() {
        assert!((contrast("#000000", "#ffffff").unwrap() - 21.0).abs() < 1e-9);
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let css = include_str!("../../templates/assets/site.css");
        for ground in LIGHT.iter().chain(&DARK) {
            assert!(css.contains(ground), "{ground}");
        }
    }
}
