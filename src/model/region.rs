//! Where data lies: regions, and which of them are one for the law.

use super::{PersonalData, Slug};

/// The European Economic Area and its member states: ISO 3166-1, and `el` as the Union writes Greece.
const EEA: [&str; 33] = [
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "eea", "el", "es", "eu", "fi", "fr", "gr", "hr", "hu", "ie", "is", "it", "li", "lt",
    "lu", "lv", "mt", "nl", "no", "pl", "pt", "ro", "se", "si", "sk",
];

/// Whether a region is the European Economic Area or one of its states: data moves freely inside of it (GDPR Art. 1(3)).
fn is_in_eea(region: &Slug) -> bool {
    EEA.binary_search(&region.as_str()).is_ok()
}

impl PersonalData {
    /// Returns where the data lies in words, if it is said and nothing has to allow that.
    pub fn needs_no_ground(&self, home: &Slug) -> Option<&'static str> {
        if self.regions.is_empty() || self.abroad(home).next().is_some() {
            return None;
        }
        let is_home = |region: &Slug| region == home;
        Some(match (self.regions.iter().all(is_home), self.regions.iter().all(is_in_eea)) {
            (true, _) => "at home",
            (false, true) => "inside the EEA",
            (false, false) => "at home and inside the EEA",
        })
    }

    /// Iterates over the regions in which data lies abroad: neither at home nor, wherever home is, in the European Economic
    /// Area, which it has not left.
    pub fn abroad(&self, home: &Slug) -> impl Iterator<Item = &Slug> {
        self.regions.iter().filter(move |region| *region != home && !is_in_eea(region))
    }
}

#[cfg(test)]
mod tests {
    use super::EEA;

    #[test]
    fn the_regions_of_the_area_are_sorted_for_the_search() {
        assert!(EEA.is_sorted());
    }
}
