//! Several cases are handed over and planned at once, and whatever could not be done is named with its reason. Views of
//! the queue are saved, sealed to whoever saved them.

use crate::{
    faults,
    staff::{Device, Door, PASSPHRASE, Staff, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, browser_wanted, traces};

#[tokio::test]
async fn many_are_done_and_one_says_why_not() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "supervisor")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let by_shares = Door::Shares(&shares[0], &shares[1]);
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", by_shares, Look::DESKTOP).await?;
    for (harm, urgency) in [("sextortion", "today"), ("bullying", "soon"), ("investment_scam", "soon")] {
        Device::report(&house, &json!({"harm": harm, "urgency": urgency, "age": "25_59", "province": "01"}), &[])?;
    }
    lan.visitor.until("all are there", "return document.querySelectorAll('#inbox-list li').length === 3").await?;
    lan.visitor.press("jxjx").await?;
    lan.visitor
        .until("two are picked", "return document.getElementById('several-count').textContent === 'Đã chọn 2'")
        .await?;
    lan.does("#several-assign").await?;
    lan.visitor.find("#assign-dialog[open]").await?;
    let mais = "const s = document.getElementById('assign-owner'); s.value = [...s.options].find(o => o.text.startsWith('mai')).value";
    lan.visitor.eval(mais).await?;
    lan.puts("assign-words", "Chị bàn giao").await?;
    lan.goes("assign").await?;
    lan.visitor
        .until("both are done", "return document.querySelectorAll('#several-outcomes [data-went=true]').length === 2")
        .await?;
    lan.does("#several-dialog button").await?;
    // A task for all three: one of them nobody took on.
    lan.visitor.eval("document.querySelectorAll('.row-pick').forEach(box => box.click())").await?;
    lan.does("#several-task").await?;
    lan.goes("task").await?;
    lan.visitor
        .until("all were tried", "return document.querySelectorAll('#several-outcomes li').length === 3")
        .await?;
    let outcomes = lan.visitor.find("#several-outcomes").await?.text().await?;
    let refused = lan.visitor.find("#several-outcomes [data-went=false]").await?.text().await?;
    assert!(refused.contains("không còn ở trạng thái làm được việc đó") && refused.contains("Hà Nội"), "{outcomes}");
    assert_eq!(lan.visitor.find("#several-progress").await?.text().await?, "Xong 2 trong 3 ca.");
    lan.does("#several-dialog button").await?;
    mai.visitor.press("2").await?;
    mai.visitor.until("both are hers", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    mai.open_first().await?;
    mai.does("#case-history summary").await?;
    mai.work_says("Chị bàn giao").await?;
    for staff in [&lan, &mai] {
        assert_eq!(faults(&staff.visitor).await?, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn a_view_is_saved_for_herself_alone() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::DESKTOP).await?;
    for (harm, province) in [("sextortion", "01"), ("bullying", "79")] {
        Device::report(&house, &json!({"harm": harm, "province": province}), &[])?;
    }
    lan.visitor.until("both are there", "return document.querySelectorAll('#inbox-list li').length === 2").await?;
    lan.does("#filter-more summary").await?;
    lan.puts("filter-province", "79").await?;
    let count = |n| format!("return document.querySelectorAll('#inbox-list li').length === {n}");
    lan.visitor.until("one is left", &count(1)).await?;
    lan.puts("view-name", "Sài Gòn của tôi").await?;
    lan.does("#view-save .button").await?;
    lan.visitor.find(".view-use[aria-pressed=true]").await?;
    lan.does("#filter-clear").await?;
    lan.visitor.until("both are back", &count(2)).await?;
    // It is there again at the next visit.
    lan.visitor.find("#lock").await?.click().await?;
    lan.sign_in(PASSPHRASE).await?;
    lan.at_desk().await?;
    lan.does(".view-use").await?;
    lan.visitor.until("one is left", &count(1)).await?;
    assert_eq!(traces(house.folder(), "Sài Gòn của tôi").len(), 0);
    lan.does(".view-drop").await?;
    lan.visitor.until("it is gone", "return !document.querySelector('.view-use')").await
}
