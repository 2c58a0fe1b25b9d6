//! The police ask, she agrees: a caseworker packs chosen parts of a report, the picture with them. She sees that it was
//! taken out; a locked report lets nobody take anything.

use crate::{
    a_girl_keeps_evidence::downloaded,
    staff::{Device, Door, STORY, Staff, fill, house_with_organisation, invite},
    telling::press,
};
use anyhow::Result;
use serde_json::json;
use std::{fs, process::Command};
use visitor::{Look, browser_wanted};

const WORDS: &str = "mua xanh cau tre la cay";

#[tokio::test]
async fn for_the_police_and_never_of_a_locked_report() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let folder = tempfile::tempdir()?;
    let to = json!({"behavior": "allow", "downloadPath": folder.path().display().to_string()});
    lan.visitor.devtools("Browser.setDownloadBehavior", to).await?;
    let device =
        Device::report(&house, &json!({"urgency": "now"}), &[("ghi am.m4a", "audio/mp4", b"ftypM4A loi doa")])?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    press(&lan.visitor, "#case-package > summary").await?;
    lan.visitor.until("words are offered", "return document.getElementById('package-words').value !== ''").await?;
    press(&lan.visitor, "#package-go").await?;
    lan.visitor.until("it asks to whom", "return !document.getElementById('package-error').hidden").await?;
    fill(&lan.visitor, "package-to", "Công an phường").await?;
    fill(&lan.visitor, "package-words", WORDS).await?;
    press(&lan.visitor, "#package-go").await?;
    lan.visitor.until("it is made", "return !document.getElementById('package-done').hidden").await?;
    press(&lan.visitor, "#package-save").await?;
    let package = downloaded(folder.path()).await?;
    let words = folder.path().join("words");
    fs::write(&words, WORDS)?;
    let output = Command::new(env!("CARGO_BIN_EXE_haidang"))
        .arg("verify")
        .arg(&package)
        .arg("--passphrase-file")
        .arg(&words)
        .env_clear()
        .env("HAIDANG_LANG", "en")
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("stand in their places in the case's log"), "{said}");

    lan.open_first().await?;
    lan.visitor
        .until(
            "it is noted",
            "return [...document.querySelectorAll('#openings li')].some(li => li.textContent.includes('tải về'))",
        )
        .await?;
    press(&lan.visitor, "#mark").await?;
    press(&lan.visitor, "#mark-yes").await?;
    lan.visitor.until("it is locked", "return document.getElementById('case-package').hidden").await?;
    // Not by going round the page either.
    let status = format!(
        "fetch('/api/v1/desk/cases/{}/export', {{method: 'POST', headers: {{'content-type': 'application/json'}}, body: '{{}}'}}).then(r => r.status)",
        device.id()
    );
    let status = lan.visitor.promise(&status).await?;
    assert_eq!(status, 423);
    Ok(())
}
