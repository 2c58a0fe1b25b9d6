//! What stands around the cases: an administrator sets her office and somebody leaves, a supervisor looks over the work, an
//! auditor reads the log and takes it along.

use crate::{
    faults,
    staff::{Device, Door, STORY, Staff, call, fill, house_with_organisation, invite},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{fs, process::Command};
use visitor::{House, Look, Visitor, browser_wanted};

/// What the page would hand over as a file is kept in the page instead.
const CATCH: &str =
    "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return '#'; }";

async fn saved(visitor: &Visitor, button: &str) -> Result<String> {
    visitor.eval(&format!("window.saved = null; {CATCH}")).await?;
    visitor.find(button).await?.click().await?;
    visitor.until("a file is handed over", "return typeof window.saved === 'string'").await?;
    Ok(visitor.eval("return window.saved").await?.as_str().context("a text")?.to_owned())
}

fn recipient(house: &House) -> Result<String> {
    let terms = call(house, "GET", "/api/v1/report/terms", &[], b"")?;
    Ok(terms["organisations"][0]["recipient"].as_str().context("a recipient")?.to_owned())
}

#[tokio::test]
async fn an_administrator_sets_hours_and_templates() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({"urgency": "now"}), &[])?;
    lan.view("office").await?;
    lan.visitor.until("it is filled in", "return document.getElementById('clock-now').value === '1'").await?;
    fill(&lan.visitor, "office-hours-text", "mon-fri 08:00-17:00").await?;
    lan.visitor.eval("document.getElementById('clock-now').value = '0.5'").await?;
    lan.visitor.find("#office-hours .primary").await?.click().await?;
    lan.visitor.until("it is saved", "return document.getElementById('notice').textContent === 'Đã lưu.'").await?;
    // Hours that nobody can read are said, beside the form.
    fill(&lan.visitor, "office-hours-text", "thứ hai").await?;
    lan.visitor.find("#office-hours .primary").await?.click().await?;
    let said = lan.visitor.find("#office-hours-error:not([hidden])").await?.text().await?;
    assert!(said.contains("mon-fri"), "{said}");
    lan.visitor.find("#template-add").await?.click().await?;
    lan.visitor.find(".template-title").await?.send_keys("Lời chào").await?;
    lan.visitor.find(".template-vi").await?.send_keys("Chào bạn, mình đọc rồi.").await?;
    lan.visitor.find(".template button").await?.click().await?;
    lan.visitor.find("#team-add").await?.click().await?;
    lan.visitor.find(".team-name").await?.send_keys("Ca đêm").await?;
    lan.visitor.find(".team-members input").await?.click().await?;
    lan.visitor.find(".team button").await?.click().await?;
    lan.visitor.find("#office-contacts-text").await?.send_keys("truc@haidang.example").await?;
    lan.visitor.find("#office-contacts .primary").await?.click().await?;

    lan.visitor.until("all is sent", "return !document.querySelector('[aria-busy=true]')").await?;
    // It is there when she comes back to it.
    lan.view("inbox").await?;
    lan.view("office").await?;
    let all = "return document.getElementById('office-hours-text').value === 'mon-fri 08:00-17:00' \
               && document.querySelector('.team-name')?.value === 'Ca đêm' \
               && document.querySelector('.team-members input')?.checked \
               && document.querySelector('.template-title')?.value === 'Lời chào' \
               && document.getElementById('office-contacts-text').value === 'truc@haidang.example'";
    lan.visitor.until("it was kept", all).await?;

    // The clock of the report is the shorter one, and a key inserts the template.
    lan.view("inbox").await?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    let clock = lan.visitor.find("#case-clock").await?.text().await?;
    assert!(clock.contains("phút") && !clock.contains("60"), "{clock}");
    lan.visitor.eval("document.activeElement.blur()").await?;
    lan.visitor.press("m").await?;
    lan.visitor.find("#choose-template button").await?.click().await?;
    lan.visitor.find("#reply-send").await?.click().await?;
    lan.reads("Chào bạn, mình đọc rồi.").await?;
    assert_eq!(device.messages(&house)?, ["Chào bạn, mình đọc rồi."]);
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn somebody_leaves_and_the_key_is_replaced() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, old) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let _before = Device::report(&house, &json!({"urgency": "now"}), &[])?;
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", Door::Colleague, Look::PHONE).await?;
    lan.view("colleagues").await?;
    lan.visitor.find(".person-open:not([hidden])").await?.click().await?;
    mai.open_first().await?;
    mai.reads(STORY).await?;
    let first = recipient(&house)?;

    lan.visitor.find(".person-leave:not([hidden])").await?.click().await?;
    lan.visitor.find("#leave-dialog[open] [value=yes]").await?.click().await?;
    let shares = lan.keep_shares().await?;
    assert!(shares.iter().all(|share| !old.contains(share)), "the shares are of another key");
    lan.visitor.find("#view-colleagues:not([hidden])").await?;
    let sealed = "return document.getElementById('rotation-said').textContent.includes('1 ca')";
    lan.visitor.until("the way into the case is sealed anew", sealed).await?;
    assert_ne!(recipient(&house)?, first, "devices seal to the new key from now on");
    mai.visitor.eval("document.querySelector('#desk-nav [data-go=keys]').click()").await?;
    mai.visitor.find("#view-sign-in:not([hidden])").await?;

    // What came before and what comes now can be read, also after a new start.
    let _after = Device::report(&house, &json!({"urgency": "today"}), &[])?;
    lan.visitor.go(&house.url("/vi/desk")).await?;
    lan.sign_in(crate::staff::PASSPHRASE).await?;
    lan.visitor.until("both are there", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    for number in [1, 2] {
        let press = format!("document.querySelector('#inbox-list li:nth-child({number}) .row').click()");
        lan.visitor.eval(&press).await?;
        lan.reads(STORY).await?;
    }
    // Two of the new shares bring the new key back.
    let link = invite(&house, "caseworker")?;
    let door = Door::Shares(&shares[0], &shares[2]);
    let (hoa, _) = Staff::join(&link, "hoa", door, Look::DESKTOP).await?;
    hoa.open_first().await?;
    hoa.reads(STORY).await?;
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_supervisor_looks_over_the_work_and_small_numbers_stay_hidden() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    for (harm, reports) in [("grooming", 6), ("sextortion", 5), ("bullying", 2)] {
        for _ in 0..reports {
            Device::report(&house, &json!({"harm": harm, "age": "25_59", "urgency": "soon"}), &[])?;
        }
    }
    lan.view("team").await?;
    let untaken = "return document.querySelectorAll('#untaken-list li').length === 13";
    lan.visitor.until("all wait to be taken on", untaken).await?;
    let check = lan.visitor.find("#team-check").await?.text().await?;
    assert!(check.contains("bước tiếp theo"), "{check}");
    lan.view("figures").await?;
    lan.visitor.until("they are counted", "return document.querySelectorAll('#figures-tables svg').length > 3").await?;
    let said = lan.visitor.find("#figures-tables").await?.text().await?;
    assert!(said.contains("<5") && said.contains('•'), "{said}");
    let csv = saved(&lan.visitor, "#figures-csv").await?;
    assert!(csv.trim_start_matches('\u{feff}').starts_with("year,table,code,name,cases\n"), "{csv}");
    assert!(csv.contains(",harm,bullying,") && csv.contains(",<5\n"), "{csv}");
    let harm = csv.lines().filter(|line| line.contains(",harm,"));
    assert!(harm.clone().count() >= 3 && !harm.clone().any(|line| line.ends_with(",2")), "{csv}");
    // Nothing that the server answers has the small number.
    let answer =
        "fetch('/api/v1/desk/figures').then((r) => r.text()).then((t) => { window.saved = t; }); window.saved = null";
    lan.visitor.eval(answer).await?;
    lan.visitor.until("it answers", "return window.saved !== null").await?;
    let answer = lan.visitor.eval("return window.saved").await?.to_string();
    assert!(answer.contains("few") && !answer.contains(r#"\"cases\":2,\"code\":\"bullying\""#), "{answer}");
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn an_auditor_reads_the_log_and_finds_a_byte_that_was_changed() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({"urgency": "now"}), &[])?;
    lan.open_first().await?;
    lan.reply("Chào em, chị đây.").await?;
    let (kim, _) = Staff::join(&invite(&house, "auditor")?, "kim", Door::Colleague, Look::DESKTOP).await?;
    // She begins at the log, and sees no inbox and no way to one.
    let lines = "return document.querySelectorAll('#log-lines tr').length >= 5";
    kim.visitor.until("the log is there", lines).await?;
    let said = kim.visitor.find("#log-lines").await?.text().await?;
    assert!(said.contains("đọc") && said.contains("lan") && said.contains(&device.id()[..8]), "{said}");
    assert!(!kim.visitor.text().await?.contains(STORY));
    let refused = "fetch('/api/v1/desk/inbox').then((r) => { window.saved = String(r.status); }); window.saved = null";
    kim.visitor.eval(refused).await?;
    kim.visitor.until("no inbox", "return window.saved === '403'").await?;

    kim.visitor.find("#log-kind [value=answered]").await?.click().await?;
    kim.visitor.find("#log-filter .button").await?.click().await?;
    kim.visitor.until("one line fits", "return document.querySelectorAll('#log-lines tr').length === 1").await?;
    let csv = saved(&kim.visitor, "#log-csv").await?;
    kim.visitor.find("#log-kind [value='']").await?.click().await?;
    let json = saved(&kim.visitor, "#log-json").await?;
    assert!(csv.contains("answered") && !csv.contains("accepted"), "{csv}");
    kim.visitor.find("#log-check").await?.click().await?;
    let said = kim.visitor.find("#log-checked:not([hidden])").await?.text().await?;
    assert!(said.contains("Nhật ký khớp"), "{said}");

    for (name, text) in [("log.csv", csv), ("log.json", json)] {
        let (code, said) = verify(&house, name, text.as_bytes())?;
        assert!(code == Some(0) && said.contains("NHẬT KÝ NÀY KHỚP"), "{said}");
        let mut changed = text.into_bytes();
        let at = changed.len() / 2;
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let (code, said) = verify(&house, name, &changed)?;
        assert!(code == Some(12) && said.contains("KHÔNG KHỚP"), "{said}");
    }
    let checked = Command::new(crate::binary())
        .args(["log", "check", crate::staff::ORGANISATION, "--lang", "en"])
        .current_dir(house.folder())
        .env_clear()
        .output()?;
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success() && said.contains("THIS LOG HOLDS"), "{said}");
    assert_eq!(faults(&kim.visitor).await?, Vec::<String>::new());
    Ok(())
}

fn verify(house: &House, name: &str, text: &[u8]) -> Result<(Option<i32>, String)> {
    let path = house.folder().join(name);
    fs::write(&path, text)?;
    let output =
        Command::new(crate::binary()).args(["log", "verify"]).arg(&path).args(["--lang", "vi"]).env_clear().output()?;
    Ok((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}
