//! When contracts are decided again.

use linchpin::{
    analysis::{Renewals, Standing},
    model::Date,
};

use super::{on, tool};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The renewals of these contracts on a day; each is an id, its cost, and its keys.
fn renewals<T>(today: &str, contracts: &[(&str, u32, &str)], look: impl FnOnce(&Renewals<'_>) -> T) -> T {
    let contract = |(id, cost, keys): &(&str, u32, &str)| format!("[contract.{id}]\ncovers = [\"t\"]\nannual-cost = {cost}\n{keys}\n");
    let text = tool("t", "") + &contracts.iter().map(contract).collect::<Vec<_>>().concat();
    on(day(today), &text, |analysis| look(analysis.renewals()))
}

#[test]
fn a_notice_that_has_passed_while_the_renewal_is_ahead_stands_out() {
    let by_itself = |renewal: &str, notice: u32| format!("renewal = {renewal}\nnotice-days = {notice}\nauto-renew = true");
    let all = [
        ("passed", 1, by_itself("2027-01-10", 60)),
        ("today", 1, by_itself("2027-01-21", 60)),
        ("due", 1, by_itself("2027-03-22", 60)),
        ("ahead", 1, by_itself("2027-03-23", 60)),
        ("by-hand", 1, "renewal = 2027-01-10\nnotice-days = 60\nauto-renew = false".to_owned()),
    ];
    let all: Vec<(&str, u32, &str)> = all.iter().map(|(id, cost, keys)| (*id, *cost, keys.as_str())).collect();
    renewals("2026-11-22", &all, |renewals| {
        let told: Vec<(&str, Standing, String)> =
            renewals.ahead.iter().map(|one| (one.contract, one.standing, one.last.to_string())).collect();
        let expected = [
            ("passed", Standing::Passed, "2026-11-11"),
            ("today", Standing::Due, "2026-11-22"),
            ("by-hand", Standing::Due, "2027-01-10"),
            ("due", Standing::Due, "2027-01-21"),
            ("ahead", Standing::Ahead, "2027-01-22"),
        ];
        assert_eq!(told, expected.map(|(id, standing, last)| (id, standing, last.to_owned())));
    });
}

#[test]
fn the_calendar_holds_twelve_months_from_today_to_the_day_before_in_a_year() {
    let edges = [
        ("first", 10, "renewal = 2026-11-22"),
        ("last", 10, "renewal = 2027-11-21"),
        ("after", 10, "renewal = 2027-11-22"),
        ("notice", 10, "renewal = 2028-01-15\nnotice-days = 90\nauto-renew = true"),
        ("past", 10, "renewal = 2026-11-21"),
        ("none", 10, ""),
        ("later", 10, "start = 2026-12-01\nrenewal = 2027-12-01"),
    ];
    renewals("2026-11-22", &edges, |renewals| {
        assert_eq!((renewals.from, renewals.until), (day("2026-11-22"), day("2027-11-21")));
        let months: Vec<String> = renewals.months.iter().map(|month| month.from.to_string()).collect();
        assert_eq!(
            (months.len(), months[0].as_str(), months[1].as_str(), months[12].as_str()),
            (13, "2026-11-22", "2026-12-01", "2027-11-01")
        );
        let within: Vec<&str> = renewals.within().map(|one| one.contract).collect();
        assert_eq!(within, ["first", "notice", "last"]);
        let renewing: Vec<&str> = renewals.months.iter().flat_map(|month| month.renewing.iter().copied()).collect();
        assert_eq!(renewing, ["first", "last"]);
        let decided: Vec<&str> = renewals.months.iter().flat_map(|month| month.decided.iter().copied()).collect();
        assert_eq!(decided, ["first", "notice", "last"]);
        assert_eq!(renewals.months[11].decided, ["notice"], "in October");
        assert_eq!(
            (renewals.past.as_slice(), renewals.undated.as_slice(), renewals.later.as_slice()),
            (&["past"][..], &["none"][..], &["later"][..])
        );
    });
    renewals("2026-11-01", &[], |renewals| assert_eq!(renewals.months.len(), 12, "whole months"));
    renewals("2028-02-29", &[], |renewals| assert_eq!(renewals.until, day("2029-02-27")));
}

#[test]
fn a_month_is_a_cliff_if_more_than_a_quarter_of_the_known_cost_renews_in_it() {
    let cliffs = |march: u32, june: u32, rest: u32| {
        let contracts = [("a", march, "renewal = 2027-03-01"), ("b", june, "renewal = 2027-06-30"), ("c", rest, "renewal = 2030-01-01")];
        renewals("2026-11-22", &contracts, |renewals| -> Vec<String> {
            renewals.months.iter().filter(|month| month.is_cliff).map(|month| month.from.month()).collect()
        })
    };
    assert_eq!(cliffs(25, 25, 50), [] as [&str; 0], "exactly a quarter is none");
    assert_eq!(cliffs(26, 25, 49), ["Mar 2027"]);
    assert_eq!(cliffs(26, 27, 47), ["Mar 2027", "Jun 2027"]);
    assert_eq!(cliffs(0, 0, 0), [] as [&str; 0]);
}

#[test]
fn the_last_days_that_can_be_written_break_nothing() {
    renewals(
        "9999-12-31",
        &[("a", 1, "renewal = 9999-12-31"), ("b", 1, "renewal = 0001-01-01\nnotice-days = 4000000000\nauto-renew = true")],
        |renewals| {
            assert!(!renewals.months.is_empty());
            assert_eq!(renewals.past, ["b"]);
        },
    );
}
