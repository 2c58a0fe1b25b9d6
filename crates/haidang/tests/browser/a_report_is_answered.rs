//! A report is opened in the browser, read, its files seen blurred and muted in a frame without rights, answered; two
//! people at once; a picture that must not be looked at is locked.

use crate::{
    faults,
    staff::{Device, Door, STORY, Staff, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Key, Look, browser_wanted};

/// One grey dot as PNG.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xda, 0x45, 0x08, 0x3b, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
/// It says that it is a picture and would like to run.
const LIAR: &[u8] = b"<html><script>parent.document.body.remove()</script><svg onload=alert(1)>";

#[tokio::test]
async fn it_is_opened_read_and_answered() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let facts = json!({"harm": "sextortion", "urgency": "today", "age": "12_15", "province": "01", "language": "vi"});
    let files: &[(&str, &str, &[u8])] = &[("man-hinh.png", "image/png", PNG), ("anh.jpg", "image/jpeg", LIAR)];
    let device = Device::report(&house, &facts, files)?;

    // It comes in live, and opens by keys alone.
    lan.visitor.find("#inbox-list .row").await?;
    let row = lan.visitor.find("#inbox-list .row").await?.text().await?;
    assert!(row.contains("Hôm nay") && row.contains("12 đến 15 tuổi") && row.contains("còn"), "{row}");
    assert!(!row.contains(STORY));
    lan.visitor.press("j").await?;
    lan.visitor.press(&Key::Enter.to_string()).await?;
    lan.reads(STORY).await?;
    let never = lan.visitor.find("#case-contact [data-contact=never]").await?.text().await?;
    assert!(never.contains("gọi về nhà sau 18:00"), "{never}");

    // Nothing of the case in address, title, history.
    let told =
        lan.visitor.eval("return [location.href, document.title, JSON.stringify(history.state)].join(' ')").await?;
    assert!(told.to_string().contains("/vi/desk") && !told.to_string().contains("sextortion"), "{told}");

    // A picture is blurred until asked, in a frame of no origin.
    lan.visitor.find(".file-view").await?.click().await?;
    lan.visitor.until("the picture is shown", "return !!document.querySelector('.stage[data-state=shown]')").await?;
    let sandbox = lan.visitor.eval("const f = document.querySelector('.stage-frame'); return [f.getAttribute('sandbox'), f.contentDocument === null]").await?;
    assert_eq!(sandbox, json!(["allow-scripts", true]));
    lan.visitor.client().clone().enter_frame(0).await?;
    let blurred = "return getComputedStyle(document.querySelector('img')).filter";
    assert!(lan.visitor.eval(blurred).await?.to_string().contains("blur"));
    let alone = "try { parent.document.title; return 'sees the page' } catch { return self.origin }";
    assert_eq!(lan.visitor.eval(alone).await?, "null");
    lan.visitor.client().clone().enter_parent_frame().await?;
    // The box for the reply stays at the foot of the window: she scrolls the button out from under it.
    lan.visitor.eval("document.querySelector('.stage-clear').scrollIntoView({ block: 'center' })").await?;
    lan.visitor.find(".stage-clear").await?.click().await?;
    lan.visitor.client().clone().enter_frame(0).await?;
    lan.visitor.until("it is clear", &format!("{blurred} === 'none'")).await?;
    lan.visitor.client().clone().enter_parent_frame().await?;

    // What lies about its kind is shown as text, never run.
    lan.visitor.eval("document.querySelectorAll('.file-view')[1].click()").await?;
    lan.visitor.until("it warns", "return document.getElementById('notice').dataset.tone === 'stern' && !document.getElementById('notice').hidden").await?;

    lan.reply("Em không có lỗi. Chị ở đây.").await?;
    lan.reads("Em không có lỗi. Chị ở đây.").await?;
    assert_eq!(device.messages(&house)?, ["Em không có lỗi. Chị ở đây."]);
    // What she adds shows up by itself, and does not take away what is being written.
    lan.visitor.find("#reply-text").await?.send_keys("đang viết dở").await?;
    device.add(&house, "Em cảm ơn chị")?;
    lan.reads("Em cảm ơn chị").await?;
    assert_eq!(lan.visitor.eval("return document.getElementById('reply-text').value").await?, "đang viết dở");
    lan.visitor.eval("document.getElementById('reply-text').value = ''").await?;
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    assert!(!house.log().contains("sextortion") && !house.log().contains("551904286173"), "{}", house.log());
    Ok(())
}

#[tokio::test]
async fn two_write_at_once_and_neither_loses_a_word() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let by_shares = Door::Shares(&shares[0], &shares[1]);
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", by_shares, Look::PHONE).await?;
    let device = Device::report(&house, &json!({}), &[])?;
    lan.open_first().await?;
    mai.open_first().await?;
    tokio::try_join!(lan.reply("Lời của Lan"), mai.reply("Lời của Mai"))?;
    for staff in [&lan, &mai] {
        staff.reads("Lời của Lan").await?;
        staff.reads("Lời của Mai").await?;
    }
    let mut messages = device.messages(&house)?;
    messages.sort();
    assert_eq!(messages, ["Lời của Lan", "Lời của Mai"]);
    // On a phone "back" leads to the list and the report is not in the address.
    mai.visitor.find("#case-back").await?.click().await?;
    mai.visitor.find("#inbox-list .row").await?;
    Ok(())
}

#[tokio::test]
async fn a_marked_picture_is_locked_for_everybody() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    Device::report(&house, &json!({}), &[("a.png", "image/png", PNG)])?;
    lan.open_first().await?;
    lan.visitor.find(".file-view").await?.click().await?;
    lan.visitor.find(".stage").await?;
    lan.visitor.find("#mark").await?.click().await?;
    lan.visitor.find("#mark-dialog[open] #mark-yes").await?.click().await?;
    lan.visitor.find("#case-locked:not([hidden])").await?;
    let said = lan.visitor.find("#case-locked").await?.text().await?;
    assert!(said.contains("111") && said.contains("vn-cop.vn"), "{said}");
    assert_eq!(lan.visitor.eval("return document.querySelectorAll('.stage').length").await?, 0);
    assert_eq!(lan.visitor.eval("return document.querySelector('.file-actions').hidden").await?, true);
    // Words stay readable, and she can still be answered.
    lan.reads(STORY).await?;
    lan.reply("Em yên tâm").await
}
