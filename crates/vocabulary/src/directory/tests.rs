use super::*;
use crate::{Audience, Lang};
use serde_json::{Value, json};

fn damaged(change: impl FnOnce(&mut Value)) -> DirectoryError {
    let mut file: Value = serde_json::from_str(SHIPPED_JSON).unwrap();
    change(&mut file);
    Directory::parse(&file.to_string()).unwrap_err()
}

fn at(day: &str, hour: u16) -> Moment {
    Moment::local(Date::parse(day).unwrap(), hour, 0)
}

#[test]
fn the_shipped_directory_is_read_and_written_without_loss() {
    let directory = Directory::shipped();
    assert!(directory.services().len() >= 15);
    let before: Value = serde_json::from_str(SHIPPED_JSON).unwrap();
    let after: Value = serde_json::from_str(&directory.to_json()).unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_damaged_file_names_row_and_field() {
    let no_number = damaged(|f| f["services"][0]["phones"][0] = json!({"number": 111}));
    assert!(no_number.to_string().contains("services[0].phones[0]"), "{no_number}");
    let no_freq = damaged(|f| f["services"][0]["schedules"][0]["closes_at"] = json!("25:00"));
    assert_eq!(no_freq.to_string(), "service `111`: schedules[0].closes_at is `25:00`, not HH:MM");
    let no_status = damaged(|f| drop(f["services"][1].as_object_mut().unwrap().remove("status")));
    assert!(no_status.to_string().contains("services[1]") && no_status.to_string().contains("status"), "{no_status}");
    assert_eq!(no_status.say(Lang::Vi).split(": ").nth(1), Some("thiếu trường `status`"));
    assert_eq!(no_freq.say(Lang::Vi), "dịch vụ `111`: schedules[0].closes_at là `25:00`, phải là HH:MM");
    let cut_off = Directory::parse("{\"services\": [").unwrap_err();
    assert_eq!(cut_off.say(Lang::Vi), "danh bạ, dòng 1 cột 14 (services): tệp bị cắt giữa chừng; hãy lấy lại tệp");
    assert!(matches!(Directory::parse("{\"services\": [").unwrap_err(), DirectoryError::Shape { .. }));
    assert!(matches!(Directory::parse("").unwrap_err(), DirectoryError::Shape { .. }));
}

#[test]
fn no_contact_without_a_published_source_and_its_date() {
    for code in ["source", "source_date", "checked_on", "verified", "recheck_after"] {
        let error = damaged(|f| {
            let row = f["services"].as_array_mut().unwrap().iter_mut().find(|s| s["id"] == "peace-house").unwrap();
            row["attributes"].as_array_mut().unwrap().retain(|a| a["taxonomy_term"]["code"] != code);
        });
        assert!(error.to_string().starts_with(&format!("service `peace-house`: haidang.check {code}")), "{error}");
    }
}

#[test]
fn what_is_open_now_comes_first() {
    let directory = Directory::shipped();
    let need = Need { harms: &[Harm::SelfHarm], ..Need::default() };
    // Ngày Mai answers Wednesday to Sunday, 13:00 to 20:30; 25 November 2026 is a Wednesday.
    let place = |now| directory.helpers(&need, now).iter().position(|s| s.id == "ngay-mai").unwrap();
    assert!(place(at("2026-11-25", 15)) < place(at("2026-11-25", 21)));
    assert!(place(at("2026-11-25", 15)) < place(at("2026-11-24", 15)));
}

#[test]
fn danger_puts_emergency_numbers_first() {
    let directory = Directory::shipped();
    let need = Need { harms: &[Harm::Threat], urgency: Some(Urgency::Now), ..Need::default() };
    let now = at("2026-11-25", 3);
    assert!(directory.helpers(&need, now)[0].emergency);
    let later = Need { urgency: Some(Urgency::Soon), ..need };
    assert!(!directory.helpers(&later, now)[0].emergency);
}

#[test]
fn age_and_audience_decide_who_is_named() {
    let directory = Directory::shipped();
    let named = |age, harm| {
        let need = Need { harms: &[harm], asker: Asker { audience: Audience::Self_, age }, ..Need::default() };
        directory.helpers(&need, at("2026-11-25", 3)).iter().map(|s| s.id.clone()).collect::<Vec<_>>()
    };
    let has = |age, harm, id: &str| named(age, harm).iter().any(|i| i == id);
    assert!(has(AgeBand::From12To15, Harm::Sextortion, "take-it-down"));
    assert!(!has(AgeBand::From25To59, Harm::Sextortion, "take-it-down"));
    assert!(has(AgeBand::From25To59, Harm::Trafficking, "111"), "111 is the line against trafficking for all ages");
}

#[test]
fn emergency_numbers_are_never_overdue_and_others_are() {
    let directory = Directory::shipped();
    let far = at("2040-01-01", 0);
    for service in directory.services() {
        assert_eq!(service.is_overdue(far), !service.emergency, "{}", service.id);
        assert!(!service.name(Lang::Vi).is_empty() && !service.name(Lang::En).is_empty());
    }
    assert_eq!(directory.by_id("peace-house").unwrap().dial().unwrap(), "1900969680");
}
