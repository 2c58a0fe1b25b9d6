//! A case conference: she agrees, then one entry is opened to one member of each organisation until a day. Colleagues of both
//! who were not chosen open nothing, neither side sees the other's notes, and when she takes it back nobody opens it.

use crate::{
    faults,
    she_is_referred::{WHY, invite_to_shelter, refers, with_a_shelter},
    staff::{Device, Door, STORY, Staff, invite},
    telling::{come_back, press},
};
use anyhow::{Result, ensure};
use serde_json::json;
use visitor::{Look, Visitor, browser_wanted};

const OUR_NOTE: &str = "Chị hẹn cô giáo thứ ba. Hoa gạo 6121";
const THEIR_NOTE: &str = "Phòng số ba còn trống. Cây sung 7450";

/// Opens the door for whoever has none yet.
async fn lets_in(staff: &Staff) -> Result<()> {
    staff.view("colleagues").await?;
    press(&staff.visitor, ".person-open:not([hidden])").await?;
    staff.visitor.until("the door is open", "return !document.querySelector('.person-open:not([hidden])')").await?;
    staff.view("inbox").await
}

/// Presses the row of the conference.
async fn opens_conference(staff: &Staff) -> Result<()> {
    let press = "const rows = [...document.querySelectorAll('#inbox-list .row')]; \
                 const row = rows.find(r => r.querySelector('.row-work').textContent.startsWith('Hội ý ca')); row?.click(); return !!row";
    staff.visitor.until("the conference is in the list", press).await
}

#[tokio::test]
async fn chosen_members_alone_and_neither_sees_the_others_notes() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = with_a_shelter()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) =
        Staff::join(&invite_to_shelter(&house, "organisation_admin")?, "mai", Door::Founds, Look::DESKTOP).await?;
    let (hoa, _) =
        Staff::join(&invite_to_shelter(&house, "caseworker")?, "hoa", Door::Colleague, Look::DESKTOP).await?;
    lets_in(&mai).await?;
    let device = Device::report(&house, &json!({"age": "25_59"}), &[])?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    lan.does("#work-ways [data-step=accept]").await?;
    refers(&lan, "ask").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=asked]").await?;
    let woman = Visitor::arrive(Look::PHONE).await?;
    come_back(&woman, &house.url("/vi/back"), device.words()).await?;
    woman.until("she is asked", "return document.querySelector('.consent-agree')?.checkVisibility() === true").await?;
    press(&woman, ".consent-agree").await?;

    // By her consent: the entry that she agreed to, to lan and mai; nobody is ticked.
    lan.visitor.find(".sharing-row[data-state=given_by_person]").await?;
    press(&lan.visitor, ".sharing-row[data-state=given_by_person] .actions .button:first-child").await?;
    press(&lan.visitor, "label:has(#refer-meet)").await?;
    let three = "return document.querySelectorAll('#refer-members li').length === 3";
    lan.visitor.until("members of both are there", three).await?;
    let ticked = "return document.querySelectorAll('#refer-members :checked').length";
    ensure!(lan.visitor.eval(ticked).await? == 0, "nobody is ticked");
    for name in ["lan", "mai"] {
        let label = format!(
            "const l = [...document.querySelectorAll('#refer-members label')].find(l => l.textContent.trim().startsWith('{name} ·')); \
             l.scrollIntoView({{block: 'center'}}); l.click(); return !!l"
        );
        ensure!(lan.visitor.eval(&label).await? == true, "{name} can be chosen");
    }
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=offered]").await?;

    opens_conference(&mai).await?;
    mai.reads(STORY).await?;
    mai.reads(WHY).await?;
    opens_conference(&lan).await?;
    lan.reads(WHY).await?;
    let entries = "return document.querySelectorAll('#entries .entry').length";
    ensure!(lan.visitor.eval(entries).await? == 2, "the letter and the one entry");

    // Who was not chosen opens nothing of it.
    opens_conference(&hoa).await?;
    hoa.visitor
        .until(
            "it is refused",
            "return document.getElementById('notice').textContent.includes('chỉ mở cho những người được chọn') \
                         && document.getElementById('case-body').hidden",
        )
        .await?;
    ensure!(!hoa.visitor.text().await?.contains(STORY), "no word of it");

    // Each writes for her own colleagues.
    for (staff, note) in [(&lan, OUR_NOTE), (&mai, THEIR_NOTE)] {
        staff.visitor.find("#note-text").await?.send_keys(note).await?;
        staff.does("#note-save").await?;
        staff.work_says(note).await?;
    }
    for (staff, theirs) in [(&lan, THEIR_NOTE), (&mai, OUR_NOTE)] {
        let page = staff.visitor.eval("return document.documentElement.outerHTML").await?;
        ensure!(!page.to_string().contains(theirs), "{}: the other side's note", staff.name);
    }

    come_back(&woman, &house.url("/vi/back"), device.words()).await?;
    let shown = "return document.querySelector('#consents > summary')?.checkVisibility() === true";
    woman.until("what she allowed is shown", shown).await?;
    press(&woman, "#consents > summary").await?;
    press(&woman, ".consent-back").await?;
    for staff in [&mai, &lan] {
        staff.visitor.until("it is gone", "return document.getElementById('case-body').hidden").await?;
        ensure!(!staff.visitor.text().await?.contains(STORY), "{}: off the page", staff.name);
    }
    for staff in [&lan, &mai] {
        assert_eq!(faults(&staff.visitor).await?, Vec::<String>::new());
    }
    Ok(())
}
