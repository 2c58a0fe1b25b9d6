//! A server that forgets, and one that changes the past: her device says so at her next visit, in plain words. And what
//! she takes out of her case for the police holds.

use crate::{
    desk::{Desk, LINE},
    telling::{come_back, press, reads, tell, write},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::{fs, process::Command};
use visitor::{Look, Visitor, browser_wanted};

/// Somebody who has the server's disk does this to it.
fn tamper(desk: &Desk, sql: &str) -> Result<()> {
    let script = "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.executescript(sys.argv[2])\ndb.commit()";
    let database = desk.folder().join("haidang.sqlite");
    let output = Command::new("python3").args(["-c", script]).arg(database).arg(sql).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

async fn checked(visitor: &Visitor) -> Result<String> {
    visitor.until("the log is checked", "return !!document.getElementById('log-line')?.textContent").await?;
    let wrong = visitor.eval("return document.getElementById('log-line').dataset.wrong").await?;
    Ok(wrong.as_str().context("a word")?.to_owned())
}

#[tokio::test]
async fn or_changes_the_past_and_she_notices() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    let receipt = tell(&visitor, "Điều đầu tiên.", &[LINE]).await?.join(" ");
    let back = desk.house.url("/vi/back");
    come_back(&visitor, &back, &receipt).await?;
    assert_eq!(checked(&visitor).await?, "");
    for text in ["Điều thứ hai.", "Điều thứ ba."] {
        write(&visitor, "#message", text).await?;
        press(&visitor, "#send-message").await?;
        reads(&visitor, text).await?;
        assert_eq!(checked(&visitor).await?, "", "the log grew");
    }
    come_back(&visitor, &back, &receipt).await?;
    reads(&visitor, "Điều thứ ba.").await?;
    assert_eq!(checked(&visitor).await?, "", "whole as it was");
    let says = visitor.find("#log-line").await?.text().await?;
    assert!(says.contains("máy chủ không quên"), "{says}");

    // It rolls back: what was acknowledged last is gone.
    tamper(
        &desk,
        "CREATE TABLE aside AS SELECT * FROM entries; DELETE FROM entries WHERE number = (SELECT MAX(number) FROM entries);",
    )?;
    come_back(&visitor, &back, &receipt).await?;
    assert_eq!(checked(&visitor).await?, "forgot");
    let says = visitor.find("#log-line").await?.text().await?;
    assert!(says.contains("đã quên một phần"), "{says}");

    // It forks: two entries of the past have changed places, each of them genuine.
    tamper(
        &desk,
        "DELETE FROM entries; INSERT INTO entries SELECT * FROM aside; UPDATE entries SET number = -1 WHERE number = 0;\
        UPDATE entries SET number = 0 WHERE number = 1; UPDATE entries SET number = 1 WHERE number = -1;",
    )?;
    come_back(&visitor, &back, &receipt).await?;
    assert_eq!(checked(&visitor).await?, "changed");

    // Its memory of her last visit is exchanged for something else.
    tamper(
        &desk,
        "DELETE FROM entries; INSERT INTO entries SELECT * FROM aside; UPDATE cases SET seen = CAST('age-encryption.org/v1' || char(10) AS BLOB);",
    )?;
    come_back(&visitor, &back, &receipt).await?;
    assert_ne!(checked(&visitor).await?, "");
    Ok(())
}

#[tokio::test]
async fn not_and_the_police_get_a_package_that_holds() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let folder = tempfile::tempdir()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    let to = json!({"behavior": "allow", "downloadPath": folder.path().display().to_string()});
    visitor.devtools("Browser.setDownloadBehavior", to).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    let receipt = tell(&visitor, "Nó doạ đăng ảnh của em.", &[LINE]).await?.join(" ");
    come_back(&visitor, &desk.house.url("/vi/back"), &receipt).await?;
    reads(&visitor, "Nó doạ đăng ảnh của em.").await?;
    press(&visitor, "#package > summary").await?;
    visitor
        .until("her entries are listed", "return document.querySelectorAll('#package-entries input').length >= 2")
        .await?;
    visitor.until("words are offered", "return document.getElementById('package-words').value !== ''").await?;
    press(&visitor, "#package-open").await?;
    press(&visitor, "#package-go").await?;
    visitor.until("it is made", "return !document.getElementById('package-done').hidden").await?;
    press(&visitor, "#package-save").await?;
    let package = crate::a_girl_keeps_evidence::downloaded(folder.path()).await?;
    let output = Command::new(env!("CARGO_BIN_EXE_haidang"))
        .arg("verify")
        .arg(&package)
        .env_clear()
        .env("HAIDANG_LANG", "en")
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("stand in their places in the case's log"), "{said}");
    let zip = String::from_utf8_lossy(&fs::read(&package)?).into_owned();
    assert!(zip.contains("Đường dây Hoa Sen") && zip.contains("Nó doạ đăng ảnh của em."), "custody and words");
    Ok(())
}
