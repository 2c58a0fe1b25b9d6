//! axe-core finds nothing at the desk, light and dark; it fits 320 pixels; it can be worked by keys alone.

use crate::{
    every_page_can_be_used_by_everybody::{axe, examine},
    pages_fit_and_keep_their_policy::too_wide,
    staff::{Device, Door, STORY, Staff, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Key, Look, browser_wanted};

#[tokio::test]
async fn axe_finds_nothing_and_nothing_scrolls_sideways() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, axe) = (house_with_organisation()?, axe()?);
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let facts = json!({"harm": "investment_scam", "urgency": "now", "age": "12_15", "sex": "female", "province": "79"});
    Device::report(
        &house,
        &facts,
        &[("mot-ten-rat-dai-khong-co-cho-ngat-dong-nao-ca-0123456789.txt", "text/plain", b"chu")],
    )?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    let mut found = Vec::new();
    for look in [Look::DESKTOP, Look::DESKTOP.dark(), Look::PHONE, Look::PHONE.dark()] {
        lan.visitor.look(look).await?;
        found.extend(examine(&lan.visitor, &axe).await?);
    }
    // The work on it, and each step that asks for something first.
    lan.visitor.look(Look::DESKTOP).await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    for step in ["task", "risk", "person", "contact", "assign", "wait", "close", "merge", "duty"] {
        lan.does(&format!("#case-body button[data-step={step}]")).await?;
        lan.visitor.find(&format!("#{step}-dialog[open]")).await?;
        for look in [Look::DESKTOP, Look::PHONE.dark()] {
            lan.visitor.look(look).await?;
            found.extend(examine(&lan.visitor, &axe).await?);
        }
        lan.visitor.look(Look::NARROW).await?;
        found.extend(too_wide(&lan.visitor, step).await?);
        lan.visitor.look(Look::DESKTOP).await?;
        lan.does(&format!("#{step}-dialog [data-close]")).await?;
    }
    lan.visitor.eval("for (const d of document.querySelectorAll('details')) d.open = true; document.querySelector('.row-pick').click()").await?;
    found.extend(examine(&lan.visitor, &axe).await?);
    lan.visitor.look(Look::NARROW).await?;
    found.extend(too_wide(&lan.visitor, "the report").await?);
    lan.visitor.eval("document.getElementById('refer-open').click()").await?;
    lan.visitor.find("#refer:not([hidden]) #refer-parts li").await?;
    found.extend(examine(&lan.visitor, &axe).await?);
    found.extend(too_wide(&lan.visitor, "a referral").await?);
    lan.visitor.eval("document.querySelector('[name=package-lock][value=recipient]').click()").await?;
    lan.visitor.find("#package-recipient-field:not([hidden])").await?;
    found.extend(examine(&lan.visitor, &axe).await?);
    found.extend(too_wide(&lan.visitor, "a package").await?);
    lan.visitor.eval("document.getElementById('refer-not-now').click()").await?;
    lan.visitor.find("#case-back").await?.click().await?;
    found.extend(too_wide(&lan.visitor, "the inbox").await?);
    for (view, shows) in [
        ("enter", "#questions > section"),
        ("colleagues", "#colleague-list li"),
        ("keys", "#session-list li"),
        ("team", "#loads tr"),
        ("figures", "#figures-tables > *"),
        ("log", "#log-lines tr"),
        ("office", "#office-hours-text"),
    ] {
        lan.view(view).await?;
        lan.visitor.find(shows).await?;
        found.extend(too_wide(&lan.visitor, view).await?);
        found.extend(examine(&lan.visitor, &axe).await?);
    }
    lan.visitor.find("#lock").await?.click().await?;
    lan.visitor.find("#view-sign-in:not([hidden])").await?;
    found.extend(too_wide(&lan.visitor, "the door").await?);
    found.extend(examine(&lan.visitor, &axe).await?);
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn hands_on_the_keyboard_only() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({"urgency": "now"}), &[])?;
    Device::report(&house, &json!({"urgency": "soon", "age": "25_59"}), &[])?;
    lan.visitor.until("both are there", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    // Most urgent first.
    lan.visitor.press("jkj").await?;
    lan.visitor.press("k").await?;
    lan.visitor.press(&Key::Enter.to_string()).await?;
    lan.reads(STORY).await?;
    lan.visitor.until("the report has the focus", "return document.activeElement.id === 'case-heading'").await?;
    lan.visitor.press("r").await?;
    lan.visitor.press("Chị đọc rồi").await?;
    lan.visitor.press(&format!("{}{}", Key::Control, Key::Enter)).await?;
    lan.reads("Chị đọc rồi").await?;
    assert_eq!(device.messages(&house)?, ["Chị đọc rồi"]);
    lan.visitor.press(&Key::Escape.to_string()).await?;
    lan.visitor.press("?").await?;
    lan.visitor.find("#shortcuts[open]").await?;
    lan.visitor.press(&Key::Escape.to_string()).await?;
    lan.visitor.press("L").await?;
    lan.visitor.find("#view-sign-in:not([hidden])").await?;
    let shown = lan.visitor.text().await?;
    assert!(!shown.contains("Chị đọc rồi") && !shown.contains(STORY), "a locked desk shows nothing");
    Ok(())
}
