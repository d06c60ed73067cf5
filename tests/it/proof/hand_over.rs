//! Hand-overs: what a routing hands to another, which may know other fields, and fewer values of them.

use linchpin::{
    model::{Assign, Company, Entity, HandOver, Id, Located, Ref, Routing, Stack, StackEntities, When},
    routing::{Engine, losses},
    source::{SourceFile, Sources},
};

use super::{is_finite, oracle};

/// A stack of nothing but routings.
fn stack(routings: impl IntoIterator<Item = (&'static str, Entity<Routing>)>) -> Stack {
    let mut entities = StackEntities::default();
    for (id, routing) in routings {
        let id: Id = serde_json::from_value(id.into()).unwrap();
        entities.routings.insert(id.clone(), Entity { id, ..routing });
    }
    let file = Sources::default().add(SourceFile::default());
    let company = Located { file, pointer: "/stack".to_owned(), body: Company::unnamed() };
    Stack { company, site: None, rules: None, charter: None, privacy: None, overrides: Vec::new(), suppressions: Vec::new(), entities }
}

/// Makes every rule of `from` hand over to `to`, and compares what is said to get lost with what the engine does.
pub fn check(mut from: Entity<Routing>, to: Entity<Routing>, most: usize) {
    for rule in &mut from.body.rule {
        rule.assign = Assign::HandOver(HandOver { routing: Ref::new("to") });
    }
    let stack = stack([("from", from), ("to", to)]);
    let engine = Engine::new(&stack);
    let router = engine.router("from").unwrap();
    let whens: Vec<&When> = stack.routings.values().flat_map(|routing| &routing.rule).filter_map(|rule| rule.when.as_ref()).collect();
    let fields = router.routing.fields.as_ref().unwrap();
    let (records, is_all) = oracle::records(fields, &whens, most);
    let lost_by = |record: &[_]| {
        let decision = engine.decide(router, record.to_vec());
        if let [first, last] = decision.routes.as_slice() { first.rule.filter(|_| last.rule.is_none()) } else { None }
    };
    let lost: Vec<Option<usize>> = records.iter().map(|record| lost_by(record)).collect();
    let losses = losses(&engine, router);
    assert_eq!(losses.len(), router.rules.len());
    for loss in losses {
        assert_eq!(loss.doubt, None);
        let was_lost = lost.contains(&Some(loss.rule));
        match loss.example() {
            Some(example) => {
                assert_eq!(lost_by(&oracle::read(&router.form, example)), Some(loss.rule), "{example} is not lost");
                assert!(was_lost || !is_finite(fields) || !is_all, "{example} was not tried");
            }
            None => assert!(!was_lost, "rule {} loses records", loss.rule),
        }
    }
}
