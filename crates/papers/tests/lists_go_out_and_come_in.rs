//! Lists of cases: what goes out runs in no spreadsheet and comes back as it was; what comes in is a case or an error with
//! its line, and the same file twice is the same cases.

use papers::exchange::{COLUMNS, Fault, ROWS, Record, RowError, csv, json, read, row_id};
use proptest::prelude::*;
use vocabulary::Lang;

fn record(id: &str, story: &str) -> Record {
    Record { id: id.into(), story: story.into(), harm: "bullying".into(), age: "12_15".into(), ..Record::default() }
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_text() {
    for cell in ["=HYPERLINK(\"x\")", "+84 90", "-1", "@SUM(1)", "\t=1", "\r=1", "'quoted"] {
        let out = csv(&[record("1", cell)]);
        let story = out.lines().skip(1).collect::<Vec<_>>().join("\n");
        assert!(story.contains(&format!("'{}", &cell[..1])) || story.contains("'\r"), "{story:?}");
        let back = read(out.as_bytes(), "us");
        assert_eq!(back.rows[0].story, cell, "{:?}", back.errors);
    }
}

#[test]
fn columns_are_those_of_the_documentation() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/exchange.md")).unwrap();
    let listed: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(listed, COLUMNS);
    assert_eq!(csv(&[]).trim_start_matches('\u{feff}').trim_end(), COLUMNS.join(","));
}

#[test]
fn every_broken_row_is_named_by_its_line_and_the_others_go_on() {
    let file = "id,harm,story,age\n1,bullying,Lời kể,12_15\n2,nothing,Lời,\n,bullying,Lời,\n1,bullying,Lại,\n5,bullying,\"hai\ndòng\",\n6,bullying\n7,bullying,,\n8,,Lời,99\n9,,Lời,16_17\n,,,\n";
    let found = read(file.as_bytes(), "us");
    assert_eq!(
        found.rows.iter().map(|row| (row.line, row.id.as_str())).collect::<Vec<_>>(),
        [(2, "1"), (6, "5"), (11, "9")]
    );
    let code = |column, value: &str| Fault::Code { column, value: value.into() };
    let wanted = [
        (3, code("harm", "nothing")),
        (4, Fault::NoId),
        (5, Fault::Twice(2)),
        (8, Fault::Cells { found: 2, wanted: 4 }),
        (9, Fault::NoStory),
        (10, code("age", "99")),
    ];
    assert_eq!(found.errors, wanted.map(|(line, fault)| RowError { line, fault }));
    for error in &found.errors {
        assert!(!error.fault.message(Lang::Vi).is_empty() && !error.fault.message(Lang::En).is_empty());
    }
}

#[test]
fn a_file_as_spreadsheets_in_vietnam_write_it_is_read() {
    let found = read("\u{feff}ID;Story;Province\r\n1;Nó nói \"\"a\"\";01\r\n".as_bytes(), "us");
    assert_eq!(found.errors, []);
    assert_eq!(found.rows[0].facts.province.map(casework::Place::code), Some("01"));
}

#[test]
fn what_is_no_list_is_said_so() {
    let fault = |file: &[u8]| read(file, "us").errors.first().map(|error| (error.line, error.fault.clone()));
    assert_eq!(fault(b""), Some((0, Fault::Empty)));
    assert_eq!(fault(b"id,story\n"), Some((0, Fault::Empty)));
    assert_eq!(fault(&[0xff, 0xfe, 0x41]), Some((0, Fault::NotUtf8)));
    assert_eq!(fault(b"id,story,name\n1,a,b"), Some((1, Fault::Column("name".into()))));
    assert_eq!(fault(b"id,id,story\n1,1,a"), Some((1, Fault::ColumnTwice("id".into()))));
    assert!(matches!(fault(b"{\"format\": 1}"), Some((0, Fault::Shape(_)))));
    assert_eq!(fault(br#"{"format": "haidang-cases", "version": 9, "cases": []}"#), Some((0, Fault::Version(9))));
    assert!(matches!(
        fault(br#"{"format": "haidang-cases", "version": 1, "cases": [{"id": "1", "x": "y"}]}"#),
        Some((1, Fault::Shape(_)))
    ));
    assert_eq!(fault("id,story,received_at\n1,a,hôm qua".as_bytes()), Some((2, Fault::Moment("hôm qua".into()))));
    let many = "id,story\n".to_owned() + &(0..=ROWS).map(|n| format!("{n},a\n")).collect::<String>();
    let found = read(many.as_bytes(), "us");
    assert_eq!((found.rows.len(), found.errors.last().map(|e| e.fault.clone())), (ROWS, Some(Fault::TooManyRows)));
}

#[test]
fn the_same_row_is_the_same_case_and_only_at_the_same_organisation() {
    let file = json(&[record("17", "Lời kể")], "us");
    assert_eq!(read(file.as_bytes(), "us"), read(file.as_bytes(), "us"));
    assert_ne!(row_id("us", "17"), row_id("them", "17"));
    assert_ne!(row_id("us1", "7"), row_id("us", "17"));
    let exported = "0123456789abcdef0123456789abcdef";
    assert_eq!(row_id("us", exported).to_string(), exported, "a list of this server brings nothing twice");
    // For ever: a file that was imported last year must not come twice.
    assert_eq!(row_id("us", "17").to_string(), "1035defb6cda5f018b93eb46ced154c8");
}

proptest! {
    #[test]
    fn stories_come_back_as_they_went_out(stories in prop::collection::vec("(?s).{1,60}", 1..8)) {
        let told: Vec<_> = stories.iter().filter(|story| !story.trim().is_empty()).collect();
        let records: Vec<_> = told.iter().enumerate().map(|(at, story)| record(&at.to_string(), story)).collect();
        prop_assume!(!records.is_empty());
        for file in [csv(&records), json(&records, "us")] {
            let found = read(file.as_bytes(), "us");
            prop_assert_eq!(&found.errors, &[]);
            prop_assert_eq!(found.rows.iter().map(|row| &row.story).collect::<Vec<_>>(), told.clone());
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(file in prop::collection::vec(any::<u8>(), 0..400), text in "[id,;\"'\n\r{}a-z=+:\\[\\]]{0,200}") {
        let _ = read(&file, "us");
        let _ = read(text.as_bytes(), "us");
    }
}
