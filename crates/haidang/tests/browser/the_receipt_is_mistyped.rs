//! She comes back with a word wrong, words missing, words in the wrong order: each is said, and the right ones open, also
//! without marks.

use crate::{
    desk::{Desk, LINE},
    telling::{come_back, press, reads, tell, write},
};
use anyhow::Result;
use visitor::{Key, Look, Visitor, browser_wanted};

#[tokio::test]
async fn and_mended() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    let words = tell(&visitor, "Chuyện của tôi.", &[LINE]).await?;
    let back = desk.house.url("/vi/back");

    let mut one_wrong = words.clone();
    one_wrong[3] = "zzzz".into();
    come_back(&visitor, &back, &one_wrong.join(" ")).await?;
    let said = wrong(&visitor).await?;
    assert!(said.contains("số 4") && said.contains("zzzz"), "{said}");
    let marked = "const b = document.getElementById('words'); return b.value.slice(b.selectionStart, b.selectionEnd)";
    assert_eq!(visitor.eval(marked).await?, "zzzz", "the word is marked in the box");

    retype(&visitor, &words[..7].join(" ")).await?;
    assert!(wrong(&visitor).await?.contains("7 từ"));

    let mut turned = words.clone();
    turned.swap(0, 9);
    retype(&visitor, &turned.join(" ")).await?;
    // One in 256 turned receipts keeps its checksum; then no report has it.
    let said = wrong(&visitor).await?;
    assert!(said.contains("thứ tự") || said.contains("Không có tin báo"), "{said}");

    let unmarked: String = visitor
        .promise(&format!(
            "Promise.resolve({:?}.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').replace(/đ/g, 'd'))",
            words.join(", ")
        ))
        .await?
        .as_str()
        .unwrap_or_default()
        .to_uppercase();
    retype(&visitor, &unmarked).await?;
    reads(&visitor, "Chuyện của tôi.").await?;
    Ok(())
}

async fn wrong(visitor: &Visitor) -> Result<String> {
    visitor.until("it is said what is wrong", "const w = document.getElementById('words-wrong'); return !w.hidden && document.getElementById('open-case').ariaBusy === 'false'").await?;
    Ok(visitor.find("#words-wrong").await?.text().await?)
}

async fn retype(visitor: &Visitor, text: &str) -> Result<()> {
    let all: String = [char::from(Key::Control), 'a'].iter().collect();
    write(visitor, "#words", &all).await?;
    write(visitor, "#words", &char::from(Key::Null).to_string()).await?;
    write(visitor, "#words", text).await?;
    press(visitor, "#open-case").await
}
