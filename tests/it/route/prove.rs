//! `route prove`.

use serde_json::json;

use super::{changed, made};
use crate::{built::example, cli::linchpin};

#[test]
fn a_routing_is_named_by_its_id_or_address_as_everywhere() {
    let made = made();
    let prove = |id: &str| linchpin(made.root(), &["route", "prove", id, "--format", "json"]);
    let proven = prove("france");
    assert_eq!((proven.code(), proven.json()["routing"].as_array().unwrap().len()), (0, 1));
    for command in ["prove", "test"] {
        let said = |id: &str| {
            let run = linchpin(made.root(), &["route", command, id]);
            (run.code(), run.out().to_owned(), run.err().to_owned())
        };
        assert_eq!(said("routing.france"), said("france"));
        for id in ["routing.franc", "franc"] {
            assert_eq!(said(id), (2, String::new(), format!("error: no routing `{id}`; did you mean `france`?\n")));
        }
        assert_eq!(said("x").2, "error: no routing `x`; `linchpin show --only routing` lists them\n");
    }
    for (of, id) in [("route", "routing.inbound"), ("score", "scoring.main")] {
        assert_eq!(linchpin(made.root(), &[of, "trace", id, "email=a"]).code(), 0);
    }
    let whole = linchpin(&example(), &["route", "prove", "--format", "json"]);
    assert_eq!(whole.json()["schema"], json!("linchpin/routing-proof/1"));
}

#[test]
fn what_is_said_of_one_is_said_in_the_singular() {
    let said = |made: crate::fixture::Made| linchpin(made.root(), &["route", "prove", "inbound"]).err().to_owned();
    let handed = "1 that hands over records that nobody takes there";
    assert_eq!(said(made()), format!("1 routing, 1 that leaves records without a rule, {handed}\n"));
    let dead = "name = \"France\"\nwhen = { vip = true, country = \"FR\" }\n";
    let one = changed("name = \"France\"\nwhen = { country = [\"FR\", \"MC\"] }\n", dead);
    assert_eq!(said(one), "1 routing, 1 that leaves records without a rule, 1 rule that never takes a record\n");
    let two = changed("when = { vip = true }\n", "");
    assert_eq!(said(two), "1 routing, 3 rules that never take a record\n");
}
