//! A case is found, taken on, noted, planned and closed with both hands on the keyboard.

use crate::staff::{Device, Door, Staff, house_with_organisation, invite};
use anyhow::Result;
use serde_json::json;
use visitor::{Key, Look, browser_wanted};

#[tokio::test]
async fn the_keyboard_is_enough() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    Device::report(&house, &json!({"harm": "bullying", "urgency": "soon", "age": "25_59", "province": "01"}), &[])?;
    Device::report(
        &house,
        &json!({"harm": "investment_scam", "urgency": "today", "age": "60_plus", "province": "79"}),
        &[],
    )?;
    lan.visitor.until("both are there", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    let (enter, control) = (Key::Enter.to_string(), Key::Control.to_string());
    // Words without marks find it.
    lan.visitor.press("/").await?;
    lan.visitor.press("ha noi").await?;
    lan.visitor.until("one is left", "return document.querySelectorAll('#inbox-list li').length === 1").await?;
    lan.visitor.press(&Key::Escape.to_string()).await?;
    lan.visitor.until("both are back", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    // Into my hands without opening it.
    lan.visitor.press("jja").await?;
    lan.visitor.until("it is done", "return document.querySelectorAll('#several-outcomes [data-went=true]').length === 1 && document.activeElement.id === 'several-close'").await?;
    lan.visitor.press(&enter).await?;
    lan.visitor.press("2").await?;
    let mine = "return document.querySelectorAll('#inbox-list li').length === 1 && document.querySelector('.row-work').textContent.includes('lan (bạn)')";
    lan.visitor.until("it is mine", mine).await?;
    lan.visitor.press("j").await?;
    lan.visitor.press(&enter).await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    lan.visitor.press("n").await?;
    lan.visitor.press("Bà đã gọi ngân hàng").await?;
    lan.visitor.press(&format!("{control}{enter}")).await?;
    lan.work_says("Bà đã gọi ngân hàng").await?;
    lan.visitor.press(&Key::Escape.to_string()).await?;
    lan.visitor.press("t").await?;
    lan.visitor.find("#task-dialog[open]").await?;
    lan.visitor.press(&format!("{control}{enter}")).await?;
    lan.work_says("Gọi điện · hạn").await?;
    lan.visitor.press("f").await?;
    lan.visitor.find("#follow-dialog[open]").await?;
    lan.visitor.press(" ").await?;
    lan.visitor.press(&enter).await?;
    lan.work_says("Sau 24 giờ · liên hệ được").await?;
    // Closed by one: the risk is not high.
    lan.visitor.press("c").await?;
    lan.visitor.find("#close-dialog[open]").await?;
    let (down, tab) = (Key::Down.to_string(), Key::Tab.to_string());
    lan.visitor.press(&format!("{down}{tab}{down}{tab}")).await?;
    lan.visitor.press(&format!("{control}{enter}")).await?;
    lan.work_says("Đã khép").await?;
    // Nothing was lost to the keys: every one of them stands in the list.
    lan.visitor.press("?").await?;
    let said = lan.visitor.find("#shortcuts[open]").await?.text().await?;
    for key in ["J", "X", "1 – 5", "/", "A", "R", "N", "T", "F", "C", "Shift + L"] {
        assert!(said.contains(key), "{key}: {said}");
    }
    Ok(())
}
