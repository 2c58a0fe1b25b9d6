//! From the queue to a sent referral in eight clicks or fewer, with nothing ticked beforehand. What consent asks isn't counted:
//! those answers take the time that they take.

use crate::{
    she_is_referred::{SHELTER, WHY, invite_to_shelter, pick, with_a_shelter},
    staff::{Device, Door, Staff, invite},
    telling::press,
};
use anyhow::{Result, ensure};
use serde_json::json;
use visitor::{Look, Visitor, browser_wanted};

/// The most that a referral may take.
const MOST: u64 = 8;

/// The page counts each real press by itself, but those on what consent asks.
const COUNT: &str = "
    window.presses = 0;
    addEventListener('pointerdown', (event) => {
        if (event.isTrusted && !event.target.closest('#refer-consent')) window.presses += 1;
    }, true);";

/// A list costs a press to open and one to choose. The driver chooses without either, so both are counted here.
async fn choose(visitor: &Visitor, id: &str, value: &str) -> Result<()> {
    visitor.eval("window.presses += 2").await?;
    pick(visitor, id, value).await
}

/// Refers the first case of the queue to another organisation, by mouse and typing; gives how many clicks that took.
pub async fn clicks() -> Result<u64> {
    let house = with_a_shelter()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) =
        Staff::join(&invite_to_shelter(&house, "organisation_admin")?, "mai", Door::Founds, Look::DESKTOP).await?;
    Device::report(&house, &json!({"age": "25_59", "harm": "partner_control"}), &[])?;
    let at = &lan.visitor;
    at.find("#inbox-list .row").await?;
    at.eval(COUNT).await?;
    press(at, "#inbox-list .row").await?;
    at.find("#entries .entry").await?;
    press(at, "#refer-open").await?;
    let there = format!("return [...document.getElementById('refer-to').options].some(o => o.value === '{SHELTER}')");
    at.until("organisations are there", &there).await?;
    let ticked = "return document.querySelectorAll('#refer :checked:is([type=checkbox], [type=radio])').length";
    ensure!(at.eval(ticked).await? == 0, "nothing is ticked beforehand");
    choose(at, "refer-to", SHELTER).await?;
    press(at, "#refer-parts li:first-child input").await?;
    press(at, "#refer-why").await?;
    at.press(WHY).await?;
    // She said yes on the phone: how, from whom.
    press(at, "#refer label:has([name=refer-way][value=recorded])").await?;
    pick(at, "refer-said", "by_phone").await?;
    press(at, "#refer-go").await?;
    at.find(".sharing-row[data-state=offered]").await?;
    let took = at.eval("return window.presses").await?.as_u64().unwrap_or_default();
    mai.open_first().await?;
    mai.reads(WHY).await?;
    Ok(took)
}

#[tokio::test]
async fn eight_or_fewer() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let took = clicks().await?;
    ensure!((1..=MOST).contains(&took), "{took} clicks");
    Ok(())
}
