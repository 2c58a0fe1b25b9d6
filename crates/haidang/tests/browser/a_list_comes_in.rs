//! A list of cases from a notebook comes in: broken rows are named by their line, each good one becomes a sealed case once,
//! and its ten words open it.

use crate::{
    a_girl_keeps_evidence::downloaded,
    faults,
    she_is_referred::pick,
    staff::{Door, Staff, house_with_organisation, invite},
    telling::{come_back, press, reads},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use visitor::{Look, Visitor, browser_wanted};

const LIST: &str = "id,harm,age,story,contact_never\n\
    so-7-1,bullying,12_15,Bị bạn trêu trên nhóm lớp. Cây ổi 4402,gọi buổi tối\n\
    so-7-2,nothing,,Lời\n\
    so-7-3,phishing,25_59,Mất tài khoản Zalo. Cây me 1186,\n";

async fn picks(lan: &Staff, list: &str) -> Result<()> {
    let pick = format!(
        "const bag = new DataTransfer(); bag.items.add(new File([{}], 'ca.csv'));
         const pick = document.getElementById('import-pick'); pick.files = bag.files; pick.dispatchEvent(new Event('change'));",
        json!(list)
    );
    lan.visitor.eval(&pick).await?;
    lan.visitor.until("it is read", "return !document.getElementById('import-enter').hidden").await
}

async fn enters(lan: &Staff, says: &str) -> Result<()> {
    pick(&lan.visitor, "import-way", "in_writing").await?;
    press(&lan.visitor, "#import-go").await?;
    let said = format!("return document.getElementById('import-status').textContent.includes({})", json!(says));
    lan.visitor.until(says, &said).await
}

#[tokio::test]
async fn each_row_once_and_its_ten_words_open_it() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let at = &lan.visitor;
    let folder = tempfile::tempdir()?;
    let to = json!({"behavior": "allow", "downloadPath": folder.path().display().to_string()});
    at.devtools("Browser.setDownloadBehavior", to).await?;
    press(at, "#exchange-open").await?;
    picks(&lan, LIST).await?;
    let faulty = at.find("#import-faults").await?.text().await?;
    ensure!(faulty.contains("Dòng 3"), "{faulty}");
    // Nobody is entered who did not agree, and how.
    press(at, "#import-go").await?;
    at.find("#import-error:not([hidden])").await?;
    enters(&lan, "Đã nhập 2 ca; 0 đã có từ trước").await?;
    ensure!(at.find("#import-faults").await?.text().await?.contains("Dòng 3"), "what was left out is still said");

    // The ten words of each row, for those whose they are.
    at.eval("window.asked = 0; window.confirm = () => { window.asked += 1; return false; }").await?;
    press(at, "#exchange-close").await?;
    ensure!(
        at.eval("return window.asked === 1 && document.getElementById('exchange-dialog').open").await? == true,
        "it asks before they are lost"
    );
    press(at, "#receipts-save").await?;
    let saved = fs::read_to_string(downloaded(folder.path()).await?)?;
    let line = saved.lines().find(|line| line.contains("so-7-3")).context("a row")?;
    let words = line.split('"').nth(3).context("ten words")?.to_owned();
    ensure!(words.split(' ').count() == 10, "{words}");

    // The same file again adds nothing.
    picks(&lan, LIST).await?;
    enters(&lan, "Đã nhập 0 ca; 2 đã có từ trước").await?;
    press(at, "#exchange-close").await?;
    at.until("two cases", "return document.querySelectorAll('#inbox-list li').length === 2").await?;

    let person = Visitor::arrive(Look::PHONE).await?;
    come_back(&person, &house.url("/vi/back"), &words).await?;
    reads(&person, "Mất tài khoản Zalo. Cây me 1186").await?;
    for word in ["Cây me 1186", "Cây ổi 4402", "so-7-1"] {
        ensure!(!house.log().contains(word), "{word} in the log");
    }
    assert_eq!(faults(at).await?, Vec::<String>::new());
    Ok(())
}
