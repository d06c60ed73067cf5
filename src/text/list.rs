//! Lists as a sentence holds them.

/// Returns a list as in `HubSpot, Zoom and 3 more`: its first items, and how many more there are.
pub fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    of_any_length(items, most, "and")
}

/// The same for things of which any may be meant, as in `DE, FR or 3 more`.
pub fn any<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    of_any_length(items, most, "or")
}

fn of_any_length<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize, word: &str) -> String {
    let mut items = items.into_iter();
    let shown: Vec<String> = items.by_ref().take(most).map(|item| item.as_ref().to_owned()).collect();
    let count = shown.len() + items.count();
    joined(shown, count, word)
}

/// Joins the first of so many items.
pub fn joined(mut shown: Vec<String>, count: usize, word: &str) -> String {
    let more = count.saturating_sub(shown.len());
    let last = if more > 0 { Some(format!("{more} more")) } else { shown.pop() };
    let last = last.unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} {word} {last}", shown.join(", ")) }
}
