//! Paths as URIs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What RFC 3986 leaves as it is, and `/`. A colon is encoded: before the first `/` it would end a scheme.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns a path with `/` as a URI: a relative reference, or `file:///…` for an absolute one.
pub fn path(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(path, ENCODED))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_stays_one_path() {
        assert_eq!(super::path("tools/a b.toml"), "tools/a%20b.toml");
        assert_eq!(super::path("x:y/%2e?#é"), "x%3Ay/%252e%3F%23%C3%A9");
        assert_eq!(super::path("/srv/stack.toml"), "file:///srv/stack.toml");
        assert_eq!(super::path("../stack.toml"), "../stack.toml");
    }
}
