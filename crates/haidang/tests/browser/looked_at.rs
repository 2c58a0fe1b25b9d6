//! Pictures of what no address shows: the steps of a report, a case, the desk. These are no tests: they are left out of
//! every test run, and `cargo xtask screenshots --all` runs them for looking at. `HAIDANG_PICTURES` names the folder.

use crate::{
    desk::{Desk, LINE, SCHOOL},
    learning,
    she_is_referred::{invite_to_shelter, pick, refers, with_a_shelter},
    staff::{Device, Door, Staff, house_with_organisation, invite},
    telling::{choose, come_back, give_back, let_read, press, reads, send, step, write},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{env, fs, path::PathBuf};
use visitor::{Look, Visitor};

/// Where pictures go, and how the screen is held.
struct Album {
    folder: PathBuf,
    looks: [(&'static str, Look); 2],
}

impl Album {
    fn open(name: &str, look: Look) -> Result<Self> {
        let folder = PathBuf::from(env::var_os("HAIDANG_PICTURES").context("HAIDANG_PICTURES names a folder")?);
        fs::create_dir_all(&folder)?;
        let screen = if look.width < 800 { "phone" } else { "desktop" };
        let lang = if look.languages.starts_with("vi") { "vi" } else { "en" };
        let folder = folder.join(format!("{name}-{screen}-{lang}"));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, looks: [("light", look), ("dark", look.dark())] })
    }

    /// What fits the window, light and dark: a dialog lies over the page.
    async fn window(&self, visitor: &Visitor, name: &str) -> Result<()> {
        for (light, look) in self.looks {
            visitor.look(look).await?;
            fs::write(self.folder.join(format!("{name}-{light}.png")), visitor.picture().await?)?;
        }
        visitor.look(self.looks[0].1).await
    }

    /// What comes out of a printer, as PDF.
    async fn paper(&self, visitor: &Visitor, name: &str) -> Result<()> {
        let printed = visitor.devtools("Page.printToPDF", json!({"preferCSSPageSize": true})).await?;
        let data = printed["data"].as_str().context("a document")?;
        fs::write(self.folder.join(format!("{name}.pdf.base64")), data)?;
        Ok(())
    }

    /// The whole page, light and dark.
    async fn take(&self, visitor: &Visitor, name: &str) -> Result<()> {
        for (light, look) in self.looks {
            visitor.look(look).await?;
            let height = visitor.eval("return document.documentElement.scrollHeight").await?.as_u64().unwrap_or(0);
            visitor.look(Look { height: look.height.max(height as u32), ..look }).await?;
            let still = "return document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)";
            visitor.until("nothing moves", still).await?;
            fs::write(self.folder.join(format!("{name}-{light}.png")), visitor.picture().await?)?;
        }
        visitor.look(self.looks[0].1).await
    }
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn a_report_on_a_phone() -> Result<()> {
    a_report(Look::PHONE, "vi", "12_15").await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn a_report_on_a_desktop() -> Result<()> {
    a_report(Look::DESKTOP.english(), "en", "25_59").await
}

async fn a_report(look: Look, lang: &str, age: &str) -> Result<()> {
    let (desk, album) = (Desk::open().await?, Album::open("report", look)?);
    let visitor = Visitor::arrive(look).await?;
    visitor.go(&desk.house.url(&format!("/{lang}/ask"))).await?;
    visitor.until("the report is there", "return document.querySelector('[data-step=who]')?.hidden === false").await?;
    for number in 0..40 {
        let shown = "return document.querySelector('#ask .step:not([hidden])').dataset.step";
        let name = visitor.eval(shown).await?.as_str().context("a step")?.to_owned();
        match name.as_str() {
            "who" => choose(&visitor, "audience", "self").await?,
            "age" => choose(&visitor, "age", age).await?,
            "danger" => choose(&visitor, "urgency", "now").await?,
            "organisations" => {
                let_read(&visitor, LINE).await?;
                let_read(&visitor, SCHOOL).await?;
            }
            "story" => write(&visitor, "#story", "Nó bảo gửi tiền, không thì đăng ảnh lên nhóm lớp.").await?,
            "harm" => {
                press(&visitor, "[data-step=harm] details:nth-of-type(2) summary").await?;
                choose(&visitor, "harm", "sextortion").await?;
            }
            _ => {}
        }
        album.take(&visitor, &format!("{number:02}-{}", name.replace(':', "-"))).await?;
        if name == "clear" {
            break;
        }
        press(&visitor, "#ask-next").await?;
        let moved = format!("return document.querySelector('#ask .step:not([hidden])').dataset.step !== {name:?}");
        if visitor.until("it goes on", &moved).await.is_err() {
            // Closed desks are said once before going on.
            press(&visitor, "#ask-next").await?;
        }
    }
    let words = send(&visitor).await?;
    album.take(&visitor, "50-receipt").await?;
    give_back(&visitor, &words).await?;
    step(&visitor, "done").await?;
    album.take(&visitor, "51-done").await?;
    let id = *desk.inbox(LINE).await?.first().context("it arrived")?;
    desk.read(LINE, id).await?;
    desk.answer(LINE, id, "Chào bạn, mình là người trực. Bạn không có lỗi. Bạn đang ở chỗ yên tâm chứ?").await?;
    visitor.go(&desk.house.url(&format!("/{lang}/back"))).await?;
    album.take(&visitor, "60-back").await?;
    come_back(&visitor, &desk.house.url(&format!("/{lang}/back")), &words.join(" ")).await?;
    reads(&visitor, "mình là người trực").await?;
    album.take(&visitor, "61-case").await?;
    visitor.eval("for (const d of document.querySelectorAll('details')) d.open = true").await?;
    album.take(&visitor, "62-case-open").await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn the_desk_on_a_desktop() -> Result<()> {
    the_desk(Look::DESKTOP).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn the_desk_on_a_phone() -> Result<()> {
    the_desk(Look::PHONE).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn the_desk_on_a_desktop_in_english() -> Result<()> {
    the_desk(Look::DESKTOP.english()).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn the_desk_on_a_phone_in_english() -> Result<()> {
    the_desk(Look::PHONE.english()).await
}

async fn the_desk(look: Look) -> Result<()> {
    let (house, album) = (house_with_organisation()?, Album::open("desk", look)?);
    let lang = &look.languages[..2];
    let link = invite(&house, "organisation_admin")?.replace("/vi/", &format!("/{lang}/"));
    let stranger = Visitor::arrive(look).await?;
    stranger.go(&house.url(&format!("/{lang}/desk"))).await?;
    album.take(&stranger, "00-door").await?;
    stranger.go(&link).await?;
    stranger.until("the form is there", "return !document.getElementById('join-form').hidden").await?;
    album.take(&stranger, "01-join").await?;
    let (lan, _) = Staff::join(&link, "lan", Door::Founds, look).await?;
    for (urgency, harm, age) in
        [("now", "sextortion", "12_15"), ("today", "investment_scam", "60_plus"), ("soon", "bullying", "16_17")]
    {
        let files: &[(&str, &str, &[u8])] = &[("loi-ke.txt", "text/plain", "Nó nhắn lúc 23 giờ.".as_bytes())];
        Device::report(&house, &json!({"harm": harm, "urgency": urgency, "age": age, "province": "01"}), files)?;
    }
    lan.visitor.until("all are there", "return document.querySelectorAll('#inbox-list li').length === 3").await?;
    album.take(&lan.visitor, "10-inbox").await?;
    lan.open_first().await?;
    album.take(&lan.visitor, "11-case").await?;
    lan.reply("Chào em, chị đây. Em đang ở chỗ yên tâm chứ?").await?;
    album.take(&lan.visitor, "12-answered").await?;
    at_work(&lan, &album).await?;
    a_referral(&lan, &album).await?;
    for (view, there) in [
        ("enter", "#questions > section"),
        ("colleagues", "#colleague-list li"),
        ("keys", "#session-list li"),
        ("team", "#loads tr"),
        ("figures", "#figures-tables > *"),
        ("log", "#log-lines tr"),
        ("office", "#office-hours-text"),
    ] {
        if look.width < 800 {
            lan.visitor.eval("document.querySelector('#case-back')?.click()").await?;
        }
        lan.view(view).await?;
        lan.visitor.find(there).await?;
        album.take(&lan.visitor, &format!("20-{view}")).await?;
    }
    Ok(())
}

/// Asking somebody else to help, and the package for a place outside.
async fn a_referral(lan: &Staff, album: &Album) -> Result<()> {
    lan.open_first().await?;
    press(&lan.visitor, "#refer-open").await?;
    lan.visitor.find("#refer:not([hidden]) #refer-parts li").await?;
    pick(&lan.visitor, "refer-to", "outside").await?;
    press(&lan.visitor, "#refer label:has([name=refer-way][value=recorded])").await?;
    press(&lan.visitor, "#refer-parts li:first-child input").await?;
    lan.visitor.eval("document.getElementById('case-sharing').scrollIntoView()").await?;
    album.take(&lan.visitor, "19-refer").await?;
    press(&lan.visitor, "#refer-not-now").await?;
    lan.visitor.eval("document.getElementById('case-package').open = true").await?;
    press(&lan.visitor, "label:has([name=package-lock][value=recipient])").await?;
    lan.visitor.eval("document.getElementById('case-package').scrollIntoView()").await?;
    album.take(&lan.visitor, "19-package").await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn she_is_asked_on_a_phone() -> Result<()> {
    she_is_asked(Look::PHONE).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn she_is_asked_on_a_desktop() -> Result<()> {
    she_is_asked(Look::DESKTOP.english()).await
}

/// The way back with a question that waits for her answer, and once she agreed.
async fn she_is_asked(look: Look) -> Result<()> {
    let (house, album) = (with_a_shelter()?, Album::open("back", look)?);
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let _mai = Staff::join(&invite_to_shelter(&house, "caseworker")?, "mai", Door::Founds, Look::DESKTOP).await?;
    let device = Device::report(&house, &json!({"age": "25_59"}), &[])?;
    lan.open_first().await?;
    refers(&lan, "ask").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=asked]").await?;
    let visitor = Visitor::arrive(look).await?;
    come_back(&visitor, &house.url(&format!("/{}/back", &look.languages[..2])), device.words()).await?;
    visitor.find("#asked-list .consent").await?;
    album.take(&visitor, "00-asked").await?;
    press(&visitor, ".consent-agree").await?;
    visitor.until("it is answered", "return document.getElementById('asked').hidden").await?;
    visitor.eval("for (const d of document.querySelectorAll('details')) d.open = true").await?;
    album.take(&visitor, "01-agreed").await
}

/// The panes of the work on a case, and the steps that ask for something.
async fn at_work(lan: &Staff, album: &Album) -> Result<()> {
    lan.visitor.find("#note-text").await?.send_keys("Cô giáo chủ nhiệm biết chuyện, em muốn cô đi cùng.").await?;
    lan.does("#note-save").await?;
    lan.work_says("Cô giáo chủ nhiệm").await?;
    lan.does("#task-open").await?;
    lan.puts("task-what", "meet").await?;
    lan.puts("task-words", "Gặp ở thư viện, có cô giáo đi cùng").await?;
    album.take(&lan.visitor, "13-task").await?;
    lan.goes("task").await?;
    lan.does("#work [data-step=person]").await?;
    lan.puts("person-name", "Bà ngoại").await?;
    lan.puts("person-relation", "người đang giữ em").await?;
    lan.goes("person").await?;
    lan.does("#case-body button[data-step=contact]").await?;
    lan.puts("contact-never", "gọi sau 18:00").await?;
    lan.goes("contact").await?;
    lan.does("#work [data-step=risk]").await?;
    for name in ["harm", "access", "obstacles", "ability", "all"] {
        lan.does(&format!("[name=risk-{name}][value=high]")).await?;
    }
    lan.puts("risk-words", "Kẻ đó vẫn nhắn mỗi tối.").await?;
    album.take(&lan.visitor, "14-risk").await?;
    lan.goes("risk").await?;
    lan.work_says("Kẻ đó vẫn nhắn").await?;
    lan.visitor.eval("document.getElementById('case-history').open = true; document.querySelector('.work').scrollTop = 0; scrollTo(0, 0)").await?;
    album.take(&lan.visitor, "15-work").await?;
    lan.does("#work-ways [data-step=close]").await?;
    album.take(&lan.visitor, "16-close").await?;
    lan.does("#close-dialog [data-close]").await?;
    lan.visitor.eval("document.querySelectorAll('.row-pick').forEach(box => box.click()); document.getElementById('filter-more').open = true").await?;
    album.take(&lan.visitor, "17-several").await?;
    lan.visitor.eval("document.querySelectorAll('.row-pick').forEach(box => box.click()); document.getElementById('filter-more').open = false").await?;
    // As it would lie on paper: what follows is a picture of that alone.
    lan.visitor.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    fs::write(album.folder.join("18-on-paper.png"), lan.visitor.picture().await?)?;
    lan.visitor.devtools("Emulation.setEmulatedMedia", json!({"media": ""})).await.map(drop)
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn papers_on_a_desktop() -> Result<()> {
    papers(Look::DESKTOP).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn papers_on_a_phone() -> Result<()> {
    papers(Look::PHONE.english()).await
}

async fn papers(look: Look) -> Result<()> {
    let (house, album) = (house_with_organisation()?, Album::open("papers", look)?);
    let lang = &look.languages[..2];
    let link = invite(&house, "organisation_admin")?.replace("/vi/", &format!("/{lang}/"));
    let (lan, _) = Staff::join(&link, "lan", Door::Founds, look).await?;
    let facts = json!({"harm": "defamation", "urgency": "today", "age": "25_59", "sex": "female", "province": "01"});
    Device::report(&house, &facts, &[])?;
    lan.open_first().await?;
    lan.visitor.eval("document.getElementById('case-papers').open = true").await?;
    album.take(&lan.visitor, "00-list").await?;
    for paper in ::papers::PAPERS {
        press(&lan.visitor, &format!("[data-paper={}]", paper.code)).await?;
        let drawn = "return document.querySelectorAll('#paper-sheet > *').length > 0";
        lan.visitor.until("the sheet is there", drawn).await?;
        lan.visitor.eval("for (const r of document.querySelectorAll('#paper-form [value=medium]')) r.click()").await?;
        album.window(&lan.visitor, paper.code).await?;
        lan.visitor.eval("window.confirm = () => true").await?;
        press(&lan.visitor, "#paper-close").await?;
    }
    if look.width < 800 {
        press(&lan.visitor, "#case-back").await?;
    }
    press(&lan.visitor, "#exchange-open").await?;
    lan.visitor.find("#export-list input").await?;
    let pick = "const bag = new DataTransfer();
        bag.items.add(new File(['id,harm,story\\n1,bullying,Bị bạn trêu trên nhóm lớp\\n2,nothing,Lời\\n3,,\\n4,phishing,Mất tài khoản'], 'ca.csv'));
        const pick = document.getElementById('import-pick'); pick.files = bag.files; pick.dispatchEvent(new Event('change'));";
    lan.visitor.eval(pick).await?;
    lan.visitor.until("it is read", "return !document.getElementById('import-preview').hidden").await?;
    album.window(&lan.visitor, "50-exchange").await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn lessons_on_a_phone() -> Result<()> {
    lessons(Look::PHONE).await
}

#[tokio::test]
#[ignore = "pictures, taken by cargo xtask screenshots --all"]
async fn lessons_on_a_desktop() -> Result<()> {
    lessons(Look::DESKTOP.english()).await
}

async fn lessons(look: Look) -> Result<()> {
    let (house, album) = (crate::house()?, Album::open("learn", look)?);
    let lang = &look.languages[..2];
    let visitor = Visitor::arrive(look).await?;
    for (name, page) in [
        ("00-choose", "learn"),
        ("01-path", "learn#ages-9-11"),
        ("02-parents", "learn#for-parent"),
        ("03-whole", "learn/gift-with-a-hook#whole"),
        ("04-module", "learn/settings-together"),
        ("05-plan", "learn/codes-are-keys/plan"),
    ] {
        visitor.go(&house.url(&format!("/{lang}/{page}"))).await?;
        album.take(&visitor, name).await?;
    }
    for (number, lesson) in ["codes-are-keys", "six-digits"].into_iter().enumerate() {
        learning::arrive(&visitor, &house.url(&format!("/{lang}/learn/{lesson}"))).await?;
        album.take(&visitor, &format!("{number}0-entrance")).await?;
        press(&visitor, "#begin").await?;
        for step in 0..20 {
            let kind = learning::kind(&visitor).await?;
            album.take(&visitor, &format!("{number}1-{step:02}-{kind}")).await?;
            if kind == "end" {
                break;
            }
            learning::do_step(&visitor, "Mình hỏi mẹ đã").await?;
            album.take(&visitor, &format!("{number}1-{step:02}-{kind}-done")).await?;
            learning::go_on(&visitor).await?;
        }
    }
    // As it would lie on paper.
    visitor.eval("document.documentElement.classList.add('one-sheet'); document.getElementById('certificate').classList.add('printing')").await?;
    visitor.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    fs::write(album.folder.join("30-certificate.png"), visitor.picture().await?)?;
    for (name, page) in [("31-leaf", "learn/settings-together"), ("32-worksheet", "learn/codes-are-keys/plan")] {
        visitor.go(&house.url(&format!("/{lang}/{page}"))).await?;
        visitor.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
        album.paper(&visitor, name).await?;
    }
    visitor.go(&house.url(&format!("/{lang}/learn/codes-are-keys#easy"))).await?;
    album.take(&visitor, "40-easy").await
}
