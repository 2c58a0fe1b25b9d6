//! The rules hold whatever she tells, whenever it is.

use casework::{
    Asking, CaseId, Facts, Organisation, Place, Texts, Timing,
    clock::{self, ANSWERED, OVER, answer_within},
    erasure::{Erasure, GRACE_SECONDS},
    is_organisation_id, offered, parse_hours,
    work::Work,
};
use proptest::{option, prelude::*, sample::select};
use vocabulary::{
    AgeBand, Audience, CaseState, Ground, Harm, Lang, OrganisationKind, PROVINCES, Relation, Sex, Urgency,
    directory::Hours,
};

fn place_in_queue(facts: &Facts, work: &Work, waits_since: Option<i64>, at: i64) -> i64 {
    clock::place_in_queue(&Timing::default(), facts, work, waits_since, at)
}

/// Of a province.
fn code() -> impl Strategy<Value = &'static str> {
    (0..PROVINCES.len()).prop_map(|at| PROVINCES[at].code)
}

fn facts() -> impl Strategy<Value = Facts> {
    let province = prop_oneof![Just(Place::Abroad), code().prop_map(|code| code.parse().unwrap())];
    (
        option::of(select(Harm::ALL)),
        option::of(select(Urgency::ALL)),
        option::of(select(AgeBand::ALL)),
        option::of(select(Sex::ALL)),
        option::of(province),
        option::of(select(&[Lang::Vi, Lang::En][..])),
    )
        .prop_map(|(harm, urgency, age, sex, province, language)| Facts {
            harm,
            urgency,
            age,
            sex,
            province,
            language,
        })
}

/// From before 1970 to the year 5000.
fn second() -> impl Strategy<Value = i64> {
    -1_000_i64..95_000_000_000
}

proptest! {
    #[test]
    fn the_more_urgent_stands_first_and_among_equals_whoever_waits_longest(
        a in facts(), b in facts(), at in second(), later in second()
    ) {
        let new = Work::new(Ground::PersonLetIn);
        let (one, other) = (place_in_queue(&a, &new, Some(at), at), place_in_queue(&b, &new, Some(later), later));
        if a.urgency() < b.urgency() {
            prop_assert!(one < other);
        }
        if a.urgency() == b.urgency() && at.max(0) + answer_within(&a) < later.max(0) + answer_within(&b) {
            prop_assert!(one <= other);
        }
        prop_assert!(one < ANSWERED && other < ANSWERED);
        let over = Work { state: CaseState::Closed, ..new };
        let (over, over_later) = (place_in_queue(&a, &over, None, at), place_in_queue(&b, &over, None, later));
        prop_assert!(over >= OVER);
        if at.max(0) < later.max(0) {
            prop_assert!(over_later < over, "what ended last stands first");
        }
    }

    #[test]
    fn no_clock_breaks_the_order(facts in facts(), at in any::<i64>(), waits in any::<bool>()) {
        let new = Work::new(Ground::PersonLetIn);
        prop_assert_eq!(place_in_queue(&facts, &new, waits.then_some(at), at) < ANSWERED, waits);
    }

    #[test]
    fn telling_less_never_makes_anybody_wait_longer_than_a_day(facts in facts(), harm in select(Harm::ALL)) {
        let silent = Facts { urgency: None, ..facts };
        prop_assert!(answer_within(&silent) <= 24 * 3600);
        let ageless = Facts { age: None, ..facts };
        prop_assert!(answer_within(&ageless) <= 24 * 3600);
        // And rules only raise.
        if let Some(said) = facts.urgency {
            prop_assert!(facts.urgency() <= said);
        }
        let acute = Facts { harm: Some(harm), ..facts };
        prop_assert!(!harm.is_acute() || acute.urgency() <= Urgency::Today);
    }

    #[test]
    fn facts_come_back_from_json_as_they_were(facts in facts()) {
        let json = serde_json::to_string(&facts).unwrap();
        prop_assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    }

    #[test]
    fn an_erasure_takes_seven_days_however_often_it_is_asked(asked in second(), again in second(), now in second()) {
        let due = Erasure::None.ask(asked);
        prop_assert_eq!(due.ask(again), due);
        prop_assert!(due.hides());
        prop_assert_eq!(due.is_over(now), now >= asked + GRACE_SECONDS);
        let Erasure::Due(second) = due else { panic!("asked for") };
        prop_assert_eq!(Erasure::from_due(Some(second)), due);
    }

    #[test]
    fn hours_are_read_or_refused(text in "\\PC{0,40}") {
        let _ = parse_hours(&text);
    }

    #[test]
    fn hours_that_make_sense_are_read(day in 0_usize..7, from in 0_u16..1439, length in 1_u16..1440) {
        let to = (from + length).min(1440);
        let name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day];
        let text = format!("{name} {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
        prop_assert_eq!(parse_hours(&text), Ok(Hours::Weekly(vec![(day as u8, from, to)])));
    }

    #[test]
    fn an_id_is_its_digits(bytes in any::<[u8; 16]>(), text in "\\PC{0,40}") {
        let id = CaseId(bytes);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        if let Ok(id) = text.parse::<CaseId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn an_organisations_id_fits_into_any_address(id in "[ -~à-ỹ]{0,45}") {
        if is_organisation_id(&id) {
            prop_assert!(id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{}", id);
            prop_assert!(id != "person" && id != "receipt");
        }
    }

    #[test]
    fn nobody_is_offered_who_could_not_open_it_nor_a_school_where_a_teacher_may_be_the_one(
        kind in select(OrganisationKind::ALL),
        has_key in any::<bool>(),
        serves in prop::collection::vec(code().prop_map(str::to_owned), 0..3),
        audience in option::of(select(Audience::ALL)),
        relation in option::of(select(Relation::ALL)),
        facts in facts(),
    ) {
        let organisation = Organisation {
            id: "x".into(),
            kind,
            name: Texts::default(),
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: serves.clone(),
            recipient: has_key.then(|| "age1".into()),
        };
        let asking = Asking { audience, relation, facts };
        if offered(&organisation, &asking).is_ok() {
            prop_assert!(has_key && kind != OrganisationKind::Platform);
            prop_assert!(kind != OrganisationKind::School || asking.relation != Some(Relation::TeacherOrCarer));
            let here = facts.province.is_none_or(|p| serves.is_empty() || serves.iter().any(|s| s == p.code()));
            prop_assert!(here);
        }
    }
}
