//! axe-core finds nothing at the desk, light and dark; it fits 320 pixels; it can be worked by keys alone.

use crate::{
    every_page_can_be_used_by_everybody::{axe, examine},
    pages_fit_and_keep_their_policy::too_wide,
    staff::{Device, Door, STORY, Staff, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::{Value, json};
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

/// How far things moved that nobody touched since then, and which (Layout Instability, 0 is none; good is under 0.1).
fn shifted(since: &Value) -> String {
    format!(
        "new Promise(done => {{
            let [moved, what] = [0, []];
            new PerformanceObserver(list => {{
                for (const shift of list.getEntries()) if (!shift.hadRecentInput && shift.startTime > {since}) {{
                    moved += shift.value;
                    what.push(...shift.sources.map(source => source.node?.id || source.node?.className));
                }}
            }}).observe({{ type: 'layout-shift', buffered: true }});
            setTimeout(() => done([moved, what.join(' ')]), 500);
        }})"
    )
}

/// What a screen reader comes to, in its order: landmarks and headings with their names.
async fn outline(lan: &Staff) -> Result<Vec<String>> {
    let tree = lan.visitor.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let text = |node: &Value, key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
    let named =
        nodes.iter().filter(|node| node["ignored"] != true).map(|node| (text(node, "role"), text(node, "name")));
    let wanted = ["banner", "navigation", "main", "complementary", "region", "heading"];
    Ok(named
        .filter(|(role, _)| wanted.contains(&role.as_str()))
        .map(|(role, name)| format!("{role} {name}").trim_end().to_owned())
        .collect())
}

/// A case that is opened moves nothing that nobody touched; a screen reader meets the story before the work
/// on it, each part under its name.
#[tokio::test]
async fn nothing_jumps_and_a_screen_reader_meets_all_in_order() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let facts = json!({"harm": "grooming", "urgency": "today", "age": "12_15"});
    Device::report(&house, &facts, &[])?;
    lan.visitor.find("#inbox-list .row").await?;
    let since = lan.visitor.eval("return performance.now()").await?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    lan.work_says("Mới").await?;
    let moved = lan.visitor.promise(&shifted(&since)).await?;
    assert!(moved[0].as_f64().is_some_and(|moved| moved < 0.1), "things moved: {moved}");
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    let outline = outline(&lan).await?;
    let mut rest = outline.iter();
    for next in OUTLINE {
        assert!(rest.any(|said| said == next), "{next} is missing or comes too early: {outline:#?}");
    }
    let nameless: Vec<_> =
        outline.iter().filter(|said| !said.contains(' ') && *said != "main" && *said != "banner").collect();
    assert!(nameless.is_empty(), "{nameless:?}");
    Ok(())
}

/// The parts of an opened case, as they are met.
const OUTLINE: &[&str] = &[
    "heading Dụ dỗ trẻ em qua mạng",
    "heading Việc của ca",
    "heading Đồng hồ",
    "heading Việc cần làm",
    "heading Hỏi thăm",
    "heading Nguy cơ",
    "heading Ghi chú của chúng ta",
    "heading Người liên quan",
];
