//! Loading: every mistake of the format at its place, and everything that must not be one.

use std::path::Path;

use linchpin::load::{self, MANIFEST};

use crate::fixture::{Made, brief, checked_in, folders, golden, open, told};

#[test]
fn every_mistake_is_told_with_its_place_its_reason_and_its_remedy() {
    for folder in folders("stacks/mistakes") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        golden(&told(&open(&folder)), &checked_in(&format!("stacks/mistakes/{name}.expected.txt")));
    }
}
