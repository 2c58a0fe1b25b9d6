//! Two work on one case at once: whoever comes second reads what happened and keeps what was typed. A report that is
//! withdrawn, and a member who has left, see nothing further.

use crate::staff::{Device, Door, ORGANISATION, Staff, command, house_with_organisation, invite};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, browser_wanted};

#[tokio::test]
async fn a_stale_page_says_so_and_keeps_what_was_typed() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let by_shares = Door::Shares(&shares[0], &shares[1]);
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", by_shares, Look::DESKTOP).await?;
    Device::report(&house, &json!({"age": "25_59", "urgency": "soon"}), &[])?;
    lan.open_first().await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    mai.open_first().await?;
    mai.work_says("phụ trách: lan").await?;
    // Mai's page misses the news: a colleague is faster than the line.
    mai.does("#task-open").await?;
    mai.puts("task-words", "Gọi cho mẹ em").await?;
    let late = "const real = fetch; window.fetch = (to, how) => String(to).includes('/inbox') ? new Promise(() => {}) : real(to, how)";
    mai.visitor.eval(late).await?;
    lan.does("#work-ways [data-step=wait]").await?;
    lan.goes("wait").await?;
    lan.work_says("Đang chờ").await?;
    mai.does("#task-form .primary").await?;
    let said = "return document.getElementById('task-error').textContent.includes('vẫn còn đây')";
    mai.visitor.until("it is said", said).await?;
    assert_eq!(mai.visitor.eval("return document.getElementById('task-words').value").await?, "Gọi cho mẹ em");
    mai.work_says("Đang chờ").await?;
    mai.goes("task").await?;
    mai.work_says("Gọi cho mẹ em").await?;
    lan.work_says("Gọi cho mẹ em").await
}

#[tokio::test]
async fn a_report_that_is_withdrawn_while_it_is_open_is_gone_at_once() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({}), &[])?;
    lan.open_first().await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    lan.does("#task-open").await?;
    lan.puts("task-words", "Gọi cho mẹ em 3307").await?;
    device.shut_out(&house)?;
    lan.visitor
        .until(
            "it is said",
            "return document.getElementById('notice').textContent.includes('không còn mở cho tổ chức của bạn')",
        )
        .await?;
    let page = "return document.body.textContent + [...document.querySelectorAll('textarea, input')].map(f => f.value)";
    let page = lan.visitor.eval(page).await?.to_string();
    assert!(!page.contains("3307") && !page.contains("551904286173") && !page.contains("18:00"), "{page}");
    assert_eq!(lan.visitor.eval("return document.querySelectorAll('dialog[open]').length").await?, 0);
    Ok(())
}

#[tokio::test]
async fn who_has_left_sees_nothing_further() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let by_shares = Door::Shares(&shares[0], &shares[1]);
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", by_shares, Look::PHONE).await?;
    Device::report(&house, &json!({}), &[])?;
    mai.open_first().await?;
    mai.work_says("Mới").await?;
    mai.visitor.find("#note-text").await?.send_keys("đang viết dở 3307").await?;
    // She leaves the organisation while she has it open.
    command(&house, &["staff", "leave", ORGANISATION, "mai"])?;
    lan.open_first().await?;
    lan.does("#work-ways [data-step=accept]").await?;
    mai.visitor.find("#view-sign-in:not([hidden])").await?;
    let page = "return document.body.textContent + [...document.querySelectorAll('textarea, input')].map(f => f.value)";
    let page = mai.visitor.eval(page).await?.to_string();
    assert!(page.contains("quyền vào của bạn đã chấm dứt"), "{page}");
    assert!(!page.contains("3307") && !page.contains("551904286173"), "{page}");
    Ok(())
}
