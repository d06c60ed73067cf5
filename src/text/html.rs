//! Text inside HTML.
