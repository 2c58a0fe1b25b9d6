//! A girl of 14 agrees on her phone that a shelter helps too; the shelter accepts, she sees it, takes it back, and the
//! shelter opens nothing more. A caller's words are written down by a worker, and she makes them her own. Without scripts
//! the same questions are answered.

use crate::{
    every_page_can_be_used_by_everybody::{axe, examine},
    faults,
    staff::{Device, Door, STORY, Staff, command, house_with_organisation, invite},
    telling::{come_back, press, reads, send, step, to_the_story, words, write},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use visitor::{House, Look, Visitor, browser_wanted};

/// What must not be told, and why they are asked: words that stand nowhere else.
pub const NOT_TOLD: &str = "Đừng nói tên trường. Cây phượng 8812";
pub const WHY: &str = "Em cần chỗ ở yên ổn. Bông súng 3307";

pub const SHELTER: &str = "noi-lanh";

/// A house with a second organisation.
pub fn with_a_shelter() -> Result<House> {
    let house = house_with_organisation()?;
    add_shelter(&house)?;
    Ok(house)
}

/// Adds the shelter of these stories.
pub fn add_shelter(house: &House) -> Result<()> {
    let shelter =
        ["org", "add", "--id", SHELTER, "--kind", "shelter", "--name-vi", "Nhà Bình Yên", "--name-en", "Peace House"];
    command(house, &shelter).map(drop)
}

/// A one-time link to the second one.
pub fn invite_to_shelter(house: &House, role: &str) -> Result<String> {
    let said = command(house, &["staff", "invite", SHELTER, "--role", role, "--base-url", &house.url("")])?;
    Ok(said.lines().next().unwrap_or_default().to_owned())
}

/// Chooses from a list.
pub async fn pick(visitor: &Visitor, id: &str, value: &str) -> Result<()> {
    let set = format!(
        "const s = document.getElementById('{id}'); s.value = '{value}'; \
         s.dispatchEvent(new Event('change', {{bubbles: true}})); return s.value"
    );
    ensure!(visitor.eval(&set).await? == value, "{id} has {value}");
    Ok(())
}

/// Fills in a referral to the shelter: her first entry, why, what must not be told.
pub async fn refers(staff: &Staff, way: &str) -> Result<()> {
    let at = &staff.visitor;
    press(at, "#refer-open").await?;
    at.until(
        "organisations are there",
        &format!("return [...document.getElementById('refer-to').options].some(o => o.value === '{SHELTER}')"),
    )
    .await?;
    ensure!(
        at.eval("return document.querySelectorAll('#refer :checked:is([type=checkbox], [type=radio])').length").await?
            == 0,
        "nothing is ticked"
    );
    pick(at, "refer-to", SHELTER).await?;
    press(at, "#refer-parts li:first-child input").await?;
    write(at, "#refer-why", WHY).await?;
    write(at, "#refer-not", NOT_TOLD).await?;
    press(at, &format!("#refer label:has([name=refer-way][value={way}])")).await
}

#[tokio::test]
async fn she_agrees_sees_it_and_takes_it_back() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = with_a_shelter()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) =
        Staff::join(&invite_to_shelter(&house, "organisation_admin")?, "mai", Door::Founds, Look::DESKTOP).await?;
    let girl = Visitor::arrive(Look::NARROW).await?;
    girl.go(&house.url("/vi/ask")).await?;
    to_the_story(&girl, "12_15", &["tong-dai"]).await?;
    write(&girl, "#story", STORY).await?;
    press(&girl, "#ask-hurry").await?;
    step(&girl, "clear").await?;
    let receipt = send(&girl).await?.join(" ");

    lan.open_first().await?;
    lan.reads(STORY).await?;
    refers(&lan, "ask").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=asked]").await?;

    // On her phone: who, what, what not, until when; both answers alike, nothing chosen.
    let back = house.url("/vi/back");
    come_back(&girl, &back, &receipt).await?;
    girl.find("#asked-list .consent").await?;
    let asked = girl.find("#asked").await?.text().await?;
    for said in ["Nhà Bình Yên", WHY, NOT_TOLD, "mục 1", "vẫn giúp bạn như trước"] {
        ensure!(asked.contains(said), "{said}: {asked}");
    }
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    ensure!(girl.eval(fits).await? == true, "it fits at 320 px");
    look_at(&girl, "she-is-asked").await?;
    let axe = axe()?;
    let mut found = examine(&girl, &axe).await?;
    press(&girl, ".consent-agree").await?;
    girl.until("it is answered", "return document.getElementById('asked').hidden").await?;

    // Her word is assent: the worker records the representative, then refers by it.
    lan.visitor.find(".sharing-row[data-state=assent]").await?;
    press(&lan.visitor, ".sharing-row[data-state=assent] .actions .button:first-child").await?;
    lan.visitor.until("the form is there", "return !document.getElementById('refer-recorded').hidden").await?;
    pick(&lan.visitor, "refer-said", "by_message").await?;
    press(&lan.visitor, "#refer-assent-row").await?;
    pick(&lan.visitor, "refer-representative", "may_be_offender").await?;
    look_at(&lan.visitor, "a-referral-is-sent").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=offered]").await?;

    // The shelter reads the letter and what was chosen, and accepts.
    mai.open_first().await?;
    mai.reads(WHY).await?;
    mai.reads(STORY).await?;
    mai.reads(NOT_TOLD).await?;
    look_at(&mai.visitor, "a-referral-arrives").await?;
    press(&mai.visitor, ".sharing-row[data-state=offered] .actions .button:first-child").await?;
    mai.visitor.find(".sharing-row[data-state=accepted]").await?;
    mai.reply("Chỗ chị còn phòng cho em").await?;
    lan.visitor.find(".sharing-row[data-state=accepted]").await?;
    ensure!(!lan.visitor.text().await?.contains("Chỗ chị còn phòng"), "never each other's words");

    // She sees both in one place, and never a name of staff.
    come_back(&girl, &back, &receipt).await?;
    reads(&girl, "Chỗ chị còn phòng cho em").await?;
    press(&girl, "#done > summary").await?;
    let page = girl.text().await?;
    ensure!(page.contains("Nhà Bình Yên nhận lời giúp bạn.") && !page.contains("mai"), "{page}");
    look_at(&girl, "others-help-her").await?;
    girl.look(Look::NARROW.dark()).await?;
    found.extend(examine(&girl, &axe).await?);
    ensure!(found.is_empty(), "axe-core: {}", found.join("\n"));
    write(&girl, ".helper textarea", "Em cảm ơn chị").await?;
    press(&girl, ".helper-send").await?;
    mai.reads("Em cảm ơn chị").await?;
    press(&girl, "#consents > summary").await?;
    press(&girl, ".consent-back").await?;
    girl.until("nobody there reads it", "return document.querySelector('.helper .write')?.hidden === true").await?;

    // What is open there closes, and opens no more.
    mai.visitor.until("it is gone", "return document.getElementById('case-body').hidden").await?;
    ensure!(!mai.visitor.text().await?.contains(STORY), "its words are off the page");
    lan.visitor.find(".sharing-row[data-state=revoked]").await?;
    for visitor in [&girl, &lan.visitor, &mai.visitor] {
        assert_eq!(faults(visitor).await?, Vec::<String>::new());
    }
    for word in [NOT_TOLD, WHY, STORY] {
        ensure!(!house.log().contains(word), "{word} in the log");
    }
    Ok(())
}

#[tokio::test]
async fn what_a_worker_wrote_down_she_makes_her_own() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = with_a_shelter()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let at = &lan.visitor;
    press(at, "#desk-nav [data-go=enter]").await?;
    at.until("the questions are there", "return document.querySelectorAll('#questions > section').length > 0").await?;
    ensure!(
        at.eval("return document.querySelectorAll('#enter-form :checked:is([type=checkbox], [type=radio])').length")
            .await?
            == 0,
        "nothing is ticked"
    );
    press(at, "label:has([name=enter-way][value=by_phone])").await?;
    press(at, "label:has(#enter-agrees)").await?;
    write(at, "#enter-story", STORY).await?;
    pick(at, "enter-age", "18_24").await?;
    write(at, "#enter-paper", "sổ 7, dòng 3").await?;
    at.eval(PHOTO).await?;
    at.until("the sheet is there", "return document.querySelectorAll('#file-list .file').length === 1").await?;
    look_at(at, "a-call-is-written-down").await?;
    press(at, "#enter-go").await?;
    at.find("#enter-done:not([hidden])").await?;
    let read_out = words(at).await?.join(" ");
    press(at, "#enter-forget").await?;
    ensure!(!at.text().await?.contains(read_out.split(' ').next().context("a word")?), "shown once");
    ensure!(at.eval("return document.querySelectorAll('#file-list .file').length").await? == 0, "nor is the file left");
    // The sheet that was brought lies in the case, sealed with it.
    lan.view("inbox").await?;
    lan.open_first().await?;
    lan.reads("to-khai.txt").await?;
    press(at, "#entries .file-view").await?;
    at.find("#entries .stage").await?;

    let caller = Visitor::arrive(Look::PHONE).await?;
    let back = house.url("/vi/back");
    come_back(&caller, &back, &read_out).await?;
    reads(&caller, STORY).await?;
    ensure!(caller.eval("return document.getElementById('receipt-known').hidden").await? == false, "she is told");
    press(&caller, "#replace > summary").await?;
    press(&caller, "#replace-go").await?;
    caller
        .until(
            "new words are shown",
            "return !document.getElementById('new-words').hidden && document.getElementById('receipt-known').hidden",
        )
        .await?;
    let own = words(&caller).await?.join(" ");
    come_back(&caller, &back, &read_out).await?;
    caller.until("the old ones open nothing", "return !document.getElementById('words-wrong').hidden").await?;
    come_back(&caller, &back, &own).await?;
    reads(&caller, STORY).await?;
    assert_eq!(faults(at).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn without_scripts_she_answers_too() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = with_a_shelter()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) =
        Staff::join(&invite_to_shelter(&house, "organisation_admin")?, "mai", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({"age": "25_59"}), &[])?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    refers(&lan, "ask").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=asked]").await?;
    let woman = Visitor::arrive(Look::NARROW.without_scripts()).await?;
    woman.go(&house.url("/vi/back/plain")).await?;
    woman.find("#words").await?.send_keys(device.words()).await?;
    woman.find("[name=go][value=open]").await?.click().await?;
    let asked = woman.find(".asked .consent").await?.text().await?;
    ensure!(asked.contains("Nhà Bình Yên") && asked.contains(NOT_TOLD) && asked.contains("mục 1"), "{asked}");
    woman.find("[name=go][value^='agree:']").await?.click().await?;
    lan.visitor.find(".sharing-row[data-state=given_by_person]").await?;
    press(&lan.visitor, ".sharing-row[data-state=given_by_person] .actions .button:first-child").await?;
    press(&lan.visitor, "#refer-go").await?;
    mai.open_first().await?;
    mai.reads(WHY).await?;
    mai.reply("Chào chị").await?;
    woman.go(&house.url("/vi/back/plain")).await?;
    ensure!(woman.find("#helpers").await?.text().await?.contains("Chào chị"), "the other one's words");
    woman.find("details:has([value^='takeback:']) > summary").await?.click().await?;
    woman.find("[name=go][value^='takeback:']").await?.click().await?;
    mai.visitor.until("it is gone", "return document.getElementById('case-body').hidden").await
}

/// What she brought, put into the picker as choosing would.
const PHOTO: &str = "
    const bag = new DataTransfer();
    bag.items.add(new File(['Tờ khai, viết tay'], 'to-khai.txt', {type: 'text/plain'}));
    const picker = document.getElementById('pick');
    picker.files = bag.files;
    picker.dispatchEvent(new Event('change', {bubbles: true}));";

/// Kept for whoever looks, where `HAIDANG_LOOK_AT` names a folder.
async fn look_at(visitor: &Visitor, name: &str) -> Result<()> {
    let Some(folder) = std::env::var_os("HAIDANG_LOOK_AT") else { return Ok(()) };
    let picture = visitor.picture().await?;
    Ok(std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), picture)?)
}
