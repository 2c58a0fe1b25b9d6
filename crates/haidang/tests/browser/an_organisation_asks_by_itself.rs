//! A school has questions of its own: only who chose it is asked, in her language, and whoever reads finds the questions
//! beside the answers.

use crate::{
    desk::{Desk, LINE, SCHOOL},
    faults,
    telling::{choose, come_back, give_back, next, press, reads, send, step, to_the_story, write},
};
use anyhow::{Context, Result};
use serde_json::json;
use visitor::{Look, Visitor, browser_wanted};
use vocabulary::EntryKind;

#[tokio::test]
async fn its_questions_come_last_and_carry_their_words() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    to_the_story(&visitor, "12_15", &[LINE, SCHOOL]).await?;
    write(&visitor, "#story", "Bạn cùng lớp lập nhóm nói xấu em.").await?;
    let on = "#ask-next";
    for _ in 0..30 {
        press(&visitor, on).await?;
        if visitor.eval("return !document.querySelector('[data-step=\"q-truong-le-loi:grade\"]').hidden").await? == true
        {
            break;
        }
    }
    step(&visitor, "q-truong-le-loi:grade").await?;
    let page = visitor.text().await?;
    assert!(page.contains("Bạn học khối nào?") && page.contains("Trường Lê Lợi muốn hỏi thêm."), "{page}");
    choose(&visitor, "q-truong-le-loi:grade", "7").await?;

    // In the other language the answer stays.
    press(&visitor, "#switch-language").await?;
    visitor.find("html[lang=en] #ask").await?;
    visitor.until("the question stands", "return document.body.innerText.includes('Which grade are you in?')").await?;
    press(&visitor, "#switch-language").await?;
    visitor.find("html[lang=vi] #ask").await?;
    visitor.until("the question stands", "return document.body.innerText.includes('Bạn học khối nào?')").await?;
    next(&visitor, "q-truong-le-loi:place").await?;
    write(&visitor, "textarea[name='q-truong-le-loi:place']", "Thư viện").await?;
    next(&visitor, "files").await?;
    next(&visitor, "clear").await?;
    let words = send(&visitor).await?;
    give_back(&visitor, &words).await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());

    let id = *desk.inbox(SCHOOL).await?.first().context("it arrived")?;
    let read = desk.read(SCHOOL, id).await?;
    let answers = &read.iter().find(|r| r.kind == EntryKind::Answers).context("answers")?.content["answers"];
    let answers = answers.as_array().context("a list")?;
    let grade = json!({"question": "truong-le-loi:grade", "asked": "Bạn học khối nào?", "choice": ["Khối 7"]});
    let place = json!({
        "question": "truong-le-loi:place", "asked": "Ở trường, chỗ nào bạn thấy yên tâm?", "text": "Thư viện",
    });
    assert!(answers.contains(&grade) && answers.contains(&place), "{answers:?}");
    come_back(&visitor, &desk.house.url("/vi/back"), &words.join(" ")).await?;
    reads(&visitor, "Bạn học khối nào? Khối 7").await
}
