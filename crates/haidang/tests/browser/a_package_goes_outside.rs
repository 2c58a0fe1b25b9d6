//! An organisation that isn't on the server is asked: what goes to it is a package that its own key alone opens, with a cover
//! sheet in it; Debian's `age` opens it, `haidang verify` finds it whole.

use crate::{
    a_girl_keeps_evidence::downloaded,
    faults,
    she_is_referred::{NOT_TOLD, WHY, pick},
    staff::{Device, Door, STORY, Staff, fill, house_with_organisation, invite},
    telling::{press, write},
};
use anyhow::{Result, ensure};
use seal::Identity;
use serde_json::json;
use std::{fs, process::Command};
use visitor::{Look, browser_wanted};

const POLICE: &str = "Công an phường Hoà Bình";

#[tokio::test]
async fn its_own_key_alone_opens_it() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let folder = tempfile::tempdir()?;
    let to = json!({"behavior": "allow", "downloadPath": folder.path().display().to_string()});
    let at = &lan.visitor;
    at.devtools("Browser.setDownloadBehavior", to).await?;
    Device::report(
        &house,
        &json!({"age": "25_59", "urgency": "now"}),
        &[("ghi am.m4a", "audio/mp4", b"ftypM4A loi doa")],
    )?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    press(at, "#refer-open").await?;
    at.find("#refer:not([hidden])").await?;
    pick(at, "refer-to", "outside").await?;
    fill(at, "refer-name", POLICE).await?;
    press(at, "#refer-parts li:first-child input").await?;
    write(at, "#refer-why", WHY).await?;
    write(at, "#refer-not", NOT_TOLD).await?;
    press(at, "#refer label:has([name=refer-way][value=recorded])").await?;
    pick(at, "refer-said", "in_person").await?;
    press(at, "#refer-go").await?;
    at.find(".sharing-row[data-state=offered]").await?;

    // Exactly what was chosen is ticked, and a key that is not whole is refused before anything is noted.
    at.until("the package is prepared", "return document.getElementById('case-package').open").await?;
    let ticked = "return [...document.querySelectorAll('#package-parts :checked')].map(b => b.value).join()";
    ensure!(at.eval(ticked).await? == "0", "the story alone");
    ensure!(at.eval("return document.getElementById('package-to').value").await? == POLICE, "to whom");
    let key = Identity::generate();
    press(at, "label:has([name=package-lock][value=recipient])").await?;
    let recipient = key.recipient().to_string();
    fill(at, "package-recipient", &recipient[..recipient.len() - 1]).await?;
    press(at, "#package-go").await?;
    at.until("it is not whole", "return document.getElementById('package-error').textContent.includes('age1')").await?;
    fill(at, "package-recipient", &recipient).await?;
    press(at, "#package-go").await?;
    at.until("it is made", "return !document.getElementById('package-done').hidden").await?;
    press(at, "#package-save").await?;
    let package = downloaded(folder.path()).await?;

    let (secret, plain) = (folder.path().join("key.txt"), folder.path().join("goi.zip"));
    fs::write(&secret, format!("{}\n", *key.to_secret_string()))?;
    let age = Command::new("age")
        .args(["--decrypt", "--identity"])
        .arg(&secret)
        .arg("--output")
        .arg(&plain)
        .arg(&package)
        .output()?;
    ensure!(age.status.success(), "age: {}", String::from_utf8_lossy(&age.stderr));
    let verify =
        Command::new(crate::binary()).arg("verify").arg(&plain).env_clear().env("HAIDANG_LANG", "en").output()?;
    let said = String::from_utf8_lossy(&verify.stdout).into_owned();
    ensure!(verify.status.code() == Some(0), "{said}{}", String::from_utf8_lossy(&verify.stderr));
    let inside = fs::read(&plain)?;
    let holds = |text: &str| inside.windows(text.len()).any(|window| window == text.as_bytes());
    for said in ["PHIẾU GIAO HỒ SƠ", POLICE, WHY, NOT_TOLD, "đồng ý do cán bộ ghi lại", STORY] {
        ensure!(holds(said), "{said} is within");
    }
    ensure!(!holds("loi doa"), "what was not chosen is not");

    // What they say is written down here; she sees that it went out.
    press(at, ".sharing-row[data-state=offered] .actions .button:first-child").await?;
    at.find(".sharing-row[data-state=accepted]").await?;
    for word in [NOT_TOLD, WHY, POLICE] {
        ensure!(!house.log().contains(word), "{word} in the log");
    }
    assert_eq!(faults(at).await?, Vec::<String>::new());
    Ok(())
}
