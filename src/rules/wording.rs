//! How findings write what they list.

/// Writes a list, its first items at most, and how many more there are.
pub fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    let mut items = items.into_iter();
    let shown: Vec<T> = items.by_ref().take(most).collect();
    let more = items.count();
    let shown = shown.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
