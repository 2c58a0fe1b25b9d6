//! A caseworker fills papers in from a report, in her browser: form 01 is printed, a notice is saved as a letter, a safety
//! plan goes into the answer, a list of cases goes out and comes in. What was handed out is kept in the case, sealed; nothing
//! else of it goes to the server.

use crate::{
    a_girl_keeps_evidence::downloaded,
    every_page_can_be_used_by_everybody::{axe, examine},
    faults,
    pages_fit_and_keep_their_policy::too_wide,
    staff::{Device, Door, STORY, Staff, fill, house_with_organisation, invite},
    telling::{come_back, press},
};
use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use mail_parser::MessageParser;
use papers::{Paper, Sheet, Values, exchange};
use serde_json::{Value, json};
use std::{fs, path::Path};
use visitor::{House, Look, Visitor, browser_wanted, traces};
use vocabulary::Lang;

const CHILD: &str = "Nguyễn Thị Mơ 883027461950";

/// A house, a worker, and a report that is open; downloads go to the folder.
async fn at_work(facts: &Value, folder: &Path, look: Look) -> Result<(House, Staff, Device)> {
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, look).await?;
    let to = json!({"behavior": "allow", "downloadPath": folder.display().to_string()});
    lan.visitor.devtools("Browser.setDownloadBehavior", to).await?;
    let device = Device::report(&house, facts, &[])?;
    lan.open_first().await?;
    lan.reads(STORY).await?;
    Ok((house, lan, device))
}

/// Takes a paper in hand.
pub async fn take(lan: &Staff, code: &str) -> Result<()> {
    lan.visitor.eval("document.getElementById('case-papers').open = true").await?;
    press(&lan.visitor, &format!("[data-paper={code}]")).await?;
    lan.visitor.until("the sheet is there", "return document.getElementById('paper-dialog').open && document.querySelectorAll('#paper-sheet > *').length > 0").await
}

pub async fn choose(lan: &Staff, name: &str, value: &str) -> Result<()> {
    press(&lan.visitor, &format!("#paper-form [name={name}] option[value={value}]")).await
}

async fn values(lan: &Staff) -> Result<Values> {
    let values = "
        const all = {};
        for (const box of document.querySelectorAll('#paper-form [name]'))
            if (box.value && (!['checkbox', 'radio'].includes(box.type) || box.checked)) all[box.name] = box.value;
        return all;";
    Ok(serde_json::from_value(lan.visitor.eval(values).await?)?)
}

#[tokio::test]
async fn form_01_is_filled_in_and_printed_alone() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let facts = json!({"harm": "sextortion", "urgency": "now", "age": "12_15", "sex": "female", "province": "01"});
    let (house, lan, _) = at_work(&facts, folder.path(), Look::DESKTOP).await?;
    take(&lan, "form_01").await?;
    let filled = values(&lan).await?;
    assert_eq!(filled["agency"], "Tổng đài Bình Minh");
    assert_eq!((filled["sex"].as_str(), filled["birth"].as_str()), ("female", "12 đến 15 tuổi"));
    assert!(filled["condition"].contains(STORY), "{filled:?}");
    fill(&lan.visitor, "paper-child", CHILD).await?;
    choose(&lan, "concerns", "abused").await?;
    let chosen = "return document.getElementById('on-paper').textContent.includes('bị xâm hại')";
    lan.visitor.until("the sheet follows", chosen).await?;
    // What the page shows is what the domain writes.
    let shown = lan.visitor.eval("return document.getElementById('on-paper').textContent").await?;
    let shown = shown.as_str().context("a sheet")?;
    let form = Paper::by_code("form_01").context("form 01")?;
    for line in Sheet::of(form, &values(&lan).await?, Lang::Vi).text().lines().filter(|line| !line.contains('…')) {
        assert!(shown.contains(line.trim_start_matches("- ")), "{line}\n{shown}");
    }
    lan.visitor.eval("window.print = () => { window.printed = document.body.dataset.printing; }").await?;
    press(&lan.visitor, "#paper-print").await?;
    lan.visitor.until("it is printed", "return window.printed === 'paper'").await?;

    // On paper: the sheet and nothing else.
    lan.visitor.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    let printed = lan.visitor.eval("return document.body.innerText").await?;
    let printed = printed.as_str().unwrap_or_default();
    assert!(printed.contains(CHILD) && printed.contains("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{printed}");
    assert!(!printed.contains("Hộp thư") && !printed.contains("Liên hệ thế nào là an toàn"), "{printed}");
    lan.visitor.devtools("Emulation.setEmulatedMedia", json!({"media": ""})).await?;
    let pdf = lan.visitor.devtools("Page.printToPDF", json!({"preferCSSPageSize": true})).await?;
    let pdf = BASE64_STANDARD.decode(pdf["data"].as_str().context("a PDF")?)?;
    assert!(pdf.starts_with(b"%PDF"));
    if let Some(pictures) = std::env::var_os("HAIDANG_PICTURES") {
        fs::write(Path::new(&pictures).join("form_01.pdf"), &pdf)?;
    }

    // Closing forgets it; she sees that it was taken out, the server saw no word of it.
    press(&lan.visitor, "#paper-close").await?;
    let left = lan.visitor.eval("return document.documentElement.outerHTML").await?;
    assert!(!left.to_string().contains(CHILD), "the page forgot it");
    lan.open_first().await?;
    let noted = "return [...document.querySelectorAll('#openings li')].some(li => li.textContent.includes('tải về'))";
    lan.visitor.until("it is noted", noted).await?;
    // What was handed out is kept in the case, once, and opens as it was.
    lan.visitor.eval("document.getElementById('case-papers').open = true").await?;
    press(&lan.visitor, "#paper-kept .bar-button").await?;
    let as_it_was = format!(
        "return document.getElementById('paper-child')?.value === {} \
         && document.getElementById('on-paper').textContent.includes('bị xâm hại')",
        json!(CHILD)
    );
    lan.visitor.until("it opens as it was", &as_it_was).await?;
    press(&lan.visitor, "#paper-print").await?;
    assert_eq!(lan.visitor.eval("return document.querySelectorAll('#paper-kept li').length").await?, 1);
    press(&lan.visitor, "#paper-close").await?;
    assert!(!house.log().contains("883027461950"));
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_notice_is_saved_as_a_letter_that_another_program_reads() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (house, lan, device) =
        at_work(&json!({"harm": "defamation", "age": "25_59"}), folder.path(), Look::DESKTOP).await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("Đang giúp").await?;
    take(&lan, "takedown").await?;
    choose(&lan, "platform", "tiktok").await?;
    let steps = lan.visitor.find("[data-platform=tiktok]:not([hidden])").await?.text().await?;
    assert!(steps.contains("2025-03-01"), "{steps}");
    press(&lan.visitor, "#paper-letter").await?;
    lan.visitor
        .until(
            "it says what is missing",
            "return document.getElementById('paper-error').textContent.includes('đường dẫn')",
        )
        .await?;
    fill(&lan.visitor, "paper-links", "https://xau.example/clip/1\nhttps://xau.example/clip/2").await?;
    fill(&lan.visitor, "paper-reason", "Bịa chuyện về một phụ nữ; người đó không đồng ý.").await?;
    fill(&lan.visitor, "paper-email", "truc@binh-minh.vn").await?;
    press(&lan.visitor, "#paper-form [name=good_faith]").await?;
    press(&lan.visitor, "#paper-letter").await?;
    let file = fs::read(downloaded(folder.path()).await?)?;
    let read = MessageParser::new().parse(&file).context("a letter")?;
    assert_eq!(read.subject(), Some("Yêu cầu gỡ nội dung: Bôi nhọ, vu khống"));
    assert_eq!(read.attachment_count(), 0);
    let text = read.body_text(0).context("a text")?;
    assert!(
        text.contains("https://xau.example/clip/2") && text.contains("TikTok") && text.contains("thiện chí"),
        "{text}"
    );
    assert!(!text.contains(STORY), "her words stay here");

    // From here on the request is followed, and she sees how far it is. A second letter is the same request.
    press(&lan.visitor, "#paper-letter").await?;
    press(&lan.visitor, "#paper-close").await?;
    stands(&lan, "drafted").await?;
    goes_on(&lan, "sent", "").await?;
    goes_on(&lan, "acknowledged", "Yêu cầu số 90112").await?;
    lan.work_says("TikTok").await?;
    lan.work_says("Yêu cầu số 90112").await?;
    let woman = Visitor::arrive(Look::PHONE).await?;
    come_back(&woman, &house.url("/vi/back"), device.words()).await?;
    let told = "return document.body.textContent.includes('yêu cầu gỡ nội dung: Đã tiếp nhận')";
    woman.until("she sees how far it is", told).await?;
    goes_on(&lan, "removed", "").await?;
    goes_on(&lan, "reappeared", "").await?;
    lan.visitor.find("#request-list .due[data-clock=running]").await?;
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    assert_eq!(traces(house.folder(), "xau.example"), Vec::<std::path::PathBuf>::new(), "links are sealed");
    Ok(())
}

/// How far the one request is.
async fn stands(lan: &Staff, state: &str) -> Result<()> {
    let one = format!(
        "return document.querySelectorAll('#request-list li').length === 1 && !!document.querySelector('#request-list [data-request={state}]')"
    );
    lan.visitor.until(&format!("the request is {state}"), &one).await
}

/// Writes down how far the request is by now.
async fn goes_on(lan: &Staff, state: &str, words: &str) -> Result<()> {
    lan.does("#request-list .line-ways button").await?;
    lan.puts("takedown-state", state).await?;
    if !words.is_empty() {
        lan.puts("takedown-words", words).await?;
    }
    lan.goes("takedown").await?;
    stands(lan, state).await
}

#[tokio::test]
async fn a_picture_of_a_child_goes_to_the_hotline_only() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (_house, lan, _) = at_work(&json!({"harm": "image_abuse", "age": "12_15"}), folder.path(), Look::PHONE).await?;
    take(&lan, "takedown").await?;
    let hotline = lan.visitor.find("#paper-hotline:not([hidden])").await?.text().await?;
    assert!(hotline.contains("111") && hotline.contains("vn-cop.vn"), "{hotline}");
    let offered = "
        const shown = e => e.checkVisibility();
        return [shown(document.getElementById('paper-letter')), document.querySelector('[name=platform]').value,
            [...document.querySelector('[name=platform]').options].filter(o => !o.disabled).length, shown(document.getElementById('paper-email'))];";
    assert_eq!(lan.visitor.eval(offered).await?, json!([false, "hotline", 1, false]));
    Ok(())
}

#[tokio::test]
async fn a_safety_plan_goes_into_the_answer() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (house, lan, device) =
        at_work(&json!({"harm": "partner_control", "age": "25_59"}), folder.path(), Look::DESKTOP).await?;
    take(&lan, "safety_plan").await?;
    fill(&lan.visitor, "paper-words", "Chị mua giúp em ít muối").await?;
    press(&lan.visitor, "#paper-form [name=phone][value=location]").await?;
    press(&lan.visitor, "#paper-to-her").await?;
    lan.visitor
        .until("it stands in the answer", "return document.getElementById('reply-text').value.includes('ít muối')")
        .await?;
    press(&lan.visitor, "#reply-send").await?;
    lan.reads("tắt chia sẻ vị trí").await?;
    let messages = device.messages(&house)?;
    assert!(
        messages[0].contains("KẾ HOẠCH AN TOÀN CỦA TÔI") && messages[0].contains("gọi về nhà sau 18:00"),
        "{messages:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_list_goes_out_with_texts_and_comes_in_line_by_line() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let (_house, lan, device) =
        at_work(&json!({"harm": "bullying", "age": "12_15"}), folder.path(), Look::DESKTOP).await?;
    press(&lan.visitor, "#exchange-open").await?;
    lan.visitor.find("#export-list input").await?;
    press(&lan.visitor, "#export-go").await?;
    lan.visitor.until("it asks which", "return !document.getElementById('export-error').hidden").await?;
    press(&lan.visitor, "#export-all").await?;
    press(&lan.visitor, "#export-texts").await?;
    press(&lan.visitor, "#export-go").await?;
    let list = fs::read(downloaded(folder.path()).await?)?;
    let read = exchange::read(&list, "tong-dai");
    assert_eq!(read.errors, []);
    assert_eq!((read.rows[0].id.as_str(), read.rows[0].story.as_str()), (device.id(), STORY));
    assert_eq!(read.rows[0].contact.never, "gọi về nhà sau 18:00");

    let broken = "id,harm,story\n1,bullying,Bị bạn trêu\n2,nothing,Lời\n1,bullying,Lại";
    let pick = format!(
        "const bag = new DataTransfer(); bag.items.add(new File([{}], 'ca.csv'));
         const pick = document.getElementById('import-pick'); pick.files = bag.files; pick.dispatchEvent(new Event('change'));",
        json!(broken)
    );
    lan.visitor.eval(&pick).await?;
    lan.visitor.until("it is read", "return document.querySelectorAll('#import-faults li').length === 2").await?;
    let said = lan.visitor.find("#import-faults").await?.text().await?;
    assert!(said.contains("Dòng 3") && said.contains("Dòng 4") && said.contains("dòng 2"), "{said}");
    assert_eq!(lan.visitor.eval("return document.querySelectorAll('#import-rows tr').length").await?, 1);
    Ok(())
}

#[tokio::test]
async fn papers_can_be_used_by_everybody() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (folder, axe) = (tempfile::tempdir()?, axe()?);
    let facts = json!({"harm": "defamation", "age": "25_59", "province": "79"});
    let (_house, lan, _) = at_work(&facts, folder.path(), Look::DESKTOP).await?;
    let mut found = Vec::new();
    for code in ["form_01", "form_06", "takedown", "safety_plan"] {
        lan.visitor.look(Look::DESKTOP).await?;
        take(&lan, code).await?;
        for look in [Look::DESKTOP, Look::DESKTOP.dark(), Look::PHONE, Look::PHONE.dark()] {
            lan.visitor.look(look).await?;
            found.extend(examine(&lan.visitor, &axe).await?);
        }
        lan.visitor.look(Look::NARROW).await?;
        found.extend(too_wide(&lan.visitor, code).await?);
        press(&lan.visitor, "#paper-close").await?;
    }
    lan.visitor.look(Look::DESKTOP).await?;
    press(&lan.visitor, "#exchange-open").await?;
    lan.visitor.find("#export-list input").await?;
    found.extend(examine(&lan.visitor, &axe).await?);
    lan.visitor.look(Look::NARROW).await?;
    found.extend(too_wide(&lan.visitor, "exchange").await?);
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
