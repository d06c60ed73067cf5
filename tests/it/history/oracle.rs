//! Lines by author, held against `git blame`.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{ANA, BEN, Repository, STACK, git, name, read, witness};

/// What `git blame` says of an entity that fills a file: lines by author, empty ones left out.
fn blamed(made: &Repository, path: &str) -> BTreeMap<String, usize> {
    let text = git(made.root(), &["blame", "-w", "--line-porcelain", "HEAD", "--", path]);
    let (mut found, mut author) = (BTreeMap::new(), String::new());
    for line in text.lines() {
        if let Some(of) = line.strip_prefix("author ") {
            of.clone_into(&mut author);
        } else if line.starts_with('\t') && !line.trim().is_empty() {
            *found.entry(author.clone()).or_default() += 1;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// Keys are told apart by their names, so that no two lines of an entity are the same: of those that are, nobody can say
    /// which one was moved.
    #[test]
    fn lines_are_whose_git_blame_says_they_are(steps in proptest::collection::vec((0..2_usize, 0..6_usize, 0..4_u8), 1..7)) {
        let made = Repository::of(&[("stack.toml", STACK)]);
        let mut keys: BTreeMap<usize, u8> = BTreeMap::new();
        let text = |keys: &BTreeMap<usize, u8>| {
            let links = keys.iter().map(|(key, value)| format!("[[tool.a.links]] # {key}\ntitle = \"{key} {value}\"\nurl = \"https://{key}.example\"\n\n"));
            format!("[tool.a]\nname = \"a\"\ncategory = \"crm\"\n\n{}", links.collect::<String>())
        };
        made.edit("a.toml", &text(&keys), ANA, "2025-01-01");
        for (index, (author, key, value)) in steps.into_iter().enumerate() {
            if value == 0 { keys.remove(&key); } else { keys.insert(key, value); }
            made.edit("a.toml", &text(&keys), [ANA, BEN][author], &format!("2025-02-{:02}", index + 1));
        }
        let project = made.open();
        let history = read(&project).unwrap();
        let witness = witness(&project, &history);
        let shares = witness.records[0].shares.iter().filter(|share| share.lines > 0);
        let told: BTreeMap<String, usize> = shares.map(|share| (name(share.editor), share.lines)).collect();
        prop_assert_eq!(told, blamed(&made, "a.toml"));
    }
}
