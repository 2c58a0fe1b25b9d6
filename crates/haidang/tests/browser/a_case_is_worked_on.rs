//! A case is taken on, noted, planned, assessed; closing it takes two where the risk is high; it is opened again. What
//! staff write is sealed.

use crate::{
    faults,
    staff::{Device, Door, Staff, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, browser_wanted, traces};

/// Words of staff that stand nowhere in our pages.
const NOTE: &str = "Cô giáo chủ nhiệm biết chuyện. Cây me 8824";

#[tokio::test]
async fn from_taking_on_to_closing_by_two_and_back() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "supervisor")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let by_shares = Door::Shares(&shares[0], &shares[1]);
    let (mai, _) = Staff::join(&invite(&house, "caseworker")?, "mai", by_shares, Look::DESKTOP).await?;
    let facts = json!({"harm": "sextortion", "urgency": "now", "age": "12_15", "province": "01"});
    Device::report(&house, &facts, &[])?;
    mai.open_first().await?;
    mai.work_says("Mới · chưa ai phụ trách").await?;
    // A child in danger: the duty to tell runs from the first opening on, that of measures from when it came.
    mai.work_says("điều 25").await?;
    mai.work_says("điều 26").await?;

    mai.does("#work-ways [data-step=accept]").await?;
    mai.work_says("phụ trách: mai (bạn)").await?;
    mai.does("#note-text").await?;
    mai.visitor.find("#note-text").await?.send_keys(NOTE).await?;
    mai.does("#note-save").await?;
    mai.work_says("Cây me 8824").await?;
    mai.does("#work-clocks [data-step=duty]").await?;
    mai.puts("duty-words", "Gọi 111, gặp chị Hà").await?;
    mai.goes("duty").await?;
    mai.work_says("Đã báo lúc").await?;

    mai.does("#task-open").await?;
    mai.puts("task-what", "meet").await?;
    mai.puts("task-words", "Gặp ở thư viện").await?;
    mai.does("#task-dialog [data-days='3']").await?;
    mai.goes("task").await?;
    mai.work_says("Gặp ở thư viện").await?;
    mai.does("#case-body button[data-step=contact]").await?;
    mai.puts("contact-never", "gọi sau 18:00").await?;
    mai.goes("contact").await?;
    let ours = mai.visitor.find("#contact-ours:not([hidden])").await?.text().await?;
    assert!(ours.contains("gọi sau 18:00"), "{ours}");
    mai.does("#work [data-step=person]").await?;
    mai.puts("person-name", "Bà ngoại").await?;
    mai.puts("person-relation", "người đang giữ em").await?;
    mai.goes("person").await?;
    mai.work_says("Bà ngoại · người đang giữ em").await?;

    // Form 06: four questions, and what she makes of them.
    mai.does("#work [data-step=risk]").await?;
    for (name, level) in
        [("harm", "high"), ("access", "high"), ("obstacles", "medium"), ("ability", "low"), ("all", "high")]
    {
        mai.does(&format!("[name=risk-{name}][value={level}]")).await?;
    }
    mai.puts("risk-words", "Kẻ đó vẫn nhắn mỗi tối").await?;
    mai.goes("risk").await?;
    mai.visitor.until("the risk is high", "return document.getElementById('risk-now').dataset.risk === 'high'").await?;
    mai.work_says("Tự bảo vệ: Thấp").await?;

    // The last step would be gone: no. Others are there: yes.
    mai.does("#task-list .line-ways button").await?;
    mai.visitor.find("#done-dialog[open]").await?;
    mai.puts("done-words", "Đã gặp, em yên tâm").await?;
    mai.goes("done").await?;
    mai.visitor.until("no task is left", "return !document.querySelector('#task-list .line-ways')").await?;

    // High risk: a supervisor is asked, and decides.
    mai.does("#work-ways [data-step=close]").await?;
    mai.visitor.find("#close-second:not([hidden])").await?;
    mai.puts("close-reason", "goals_met").await?;
    mai.puts("close-outcome", "stopped").await?;
    let lans = "const s = document.getElementById('close-eyes'); s.value = [...s.options].find(o => o.text.startsWith('lan')).value";
    mai.visitor.eval(lans).await?;
    mai.goes("close").await?;
    mai.visitor.find("#work-review:not([hidden])").await?;
    let can = mai.visitor.eval("return document.querySelector('#work-review .actions').hidden").await?;
    assert_eq!(can, true, "who asked is not the second pair of eyes");

    // It lies among what the supervisor has in hand.
    lan.visitor.press("2").await?;
    lan.visitor.until("it is mine too", "return document.querySelectorAll('#inbox-list li').length === 1").await?;
    lan.open_first().await?;
    lan.work_says("mai xin khép: Đạt mục tiêu · Đã chấm dứt").await?;
    lan.work_says("Cây me 8824").await?;
    lan.does("#review-yes").await?;
    lan.work_says("Đã khép").await?;
    mai.work_says("Đã khép").await?;

    mai.does("#work-ways [data-step=reopen]").await?;
    mai.puts("reopen-what", "call").await?;
    mai.puts("reopen-words", "Em nhắn lại").await?;
    mai.goes("reopen").await?;
    mai.work_says("Mở lại · phụ trách: mai (bạn)").await?;
    // Who did what stands there in words.
    mai.does("#case-history summary").await?;
    let told = mai.visitor.find("#history-list").await?.text().await?;
    for said in [
        "lan (Người giám sát chuyên môn): khép ca: Đạt mục tiêu, Đã chấm dứt",
        "(Cán bộ phụ trách ca): nhận ca",
        "Em nhắn lại",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    for staff in [&lan, &mai] {
        assert_eq!(faults(&staff.visitor).await?, Vec::<String>::new());
    }
    // What staff wrote is nowhere in what the server keeps.
    for words in ["Cây me 8824", "Gặp ở thư viện", "Bà ngoại"] {
        assert_eq!(traces(house.folder(), words), Vec::<std::path::PathBuf>::new(), "{words}");
    }
    Ok(())
}

/// Opens the new one of this urgency: until the queue was read anew, another may still seem new.
fn opens_new(urgency: &str) -> String {
    let row = format!("#inbox-list .row[data-state=new][data-urgency={urgency}]");
    format!("const row = document.querySelector('{row}'); row?.click(); return !!row")
}

#[tokio::test]
async fn a_case_waits_goes_on_and_is_merged_and_another_is_declined() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "caseworker")?, "lan", Door::Founds, Look::PHONE).await?;
    for (harm, urgency) in [("bullying", "soon"), ("phishing", "when_ready")] {
        Device::report(&house, &json!({"harm": harm, "urgency": urgency, "age": "25_59"}), &[])?;
    }
    let opens = |number: usize| {
        format!("const row = document.querySelectorAll('#inbox-list .row')[{number}]; row?.click(); return !!row")
    };
    lan.visitor.until("the first is opened", &opens(0)).await?;
    lan.work_says("Mới").await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("Đang giúp").await?;
    lan.does("#work-ways [data-step=wait]").await?;
    lan.puts("wait-words", "Toà hẹn lại").await?;
    lan.does("#wait-dialog [data-days='7']").await?;
    lan.goes("wait").await?;
    lan.work_says("Chờ tới").await?;
    lan.does("#work-ways [data-step=resume]").await?;
    lan.work_says("Đang giúp").await?;
    // The other one is the same: it leads to the one that goes on.
    lan.does("#case-back").await?;
    lan.visitor.until("the second is opened", &opens_new("when_ready")).await?;
    lan.work_says("Mới").await?;
    lan.does("#work-ways [data-step=merge]").await?;
    lan.does("#merge-list input").await?;
    lan.puts("merge-words", "Cùng một em, gửi hai lần").await?;
    lan.goes("merge").await?;
    lan.work_says("Đã gộp").await?;
    lan.does("#merged-open").await?;
    lan.work_says("Đang giúp").await?;
    let heading = lan.visitor.find("#case-heading").await?.text().await?;
    assert_eq!(heading, "Bắt nạt trực tuyến");
    Device::report(&house, &json!({"harm": "bullying", "urgency": "now", "age": "25_59"}), &[])?;
    lan.does("#case-back").await?;
    lan.visitor.until("the new one is opened", &opens_new("now")).await?;
    lan.does("#work-ways [data-step=decline]").await?;
    lan.puts("decline-reason", "outside_area").await?;
    lan.goes("decline").await?;
    lan.work_says("Không nhận: Ngoài địa bàn").await?;
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}
