//! A woman whose browser runs no scripts tells, keeps her ten words, and comes back to read the answer.

use crate::{
    PLANTED,
    desk::{Desk, LINE},
};
use anyhow::{Context, Result, ensure};
use visitor::{Locator, Look, Visitor, browser_wanted};

#[tokio::test]
async fn and_reads_the_answer() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::NARROW.without_scripts()).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    visitor.find("a[href='/vi/ask/plain']").await?.click().await?;
    choose(&visitor, "audience", "self").await?;
    go(&visitor, "next", "age").await?;
    choose(&visitor, "age", "25_59").await?;
    for step in ["danger", "relation", "place", "organisations"] {
        go(&visitor, "next", step).await?;
    }
    visitor.find(&format!("[data-organisation='{LINE}'] .org-head")).await?.click().await?;
    go(&visitor, "next", "rules").await?;
    go(&visitor, "next", "story").await?;
    let story = format!("Chồng tôi xem hết điện thoại của tôi. {PLANTED}");
    visitor.find("#story").await?.send_keys(&story).await?;
    go(&visitor, "hurry", "clear").await?;
    ensure!(visitor.client().current_url().await?.path() == "/vi/ask/plain", "the address stays the same");
    visitor.find("[name=go][value=send]").await?.click().await?;
    // The waiting page loads again by itself until the words are there.
    visitor.find("#receipt-words").await?;
    let mut words = Vec::new();
    for item in visitor.client().find_all(Locator::Css("#receipt-words li")).await? {
        words.push(item.text().await?);
    }
    visitor.find("[name=go][value=kept]").await?.click().await?;
    for field in ["word-1", "word-2"] {
        let label = visitor.find(&format!("label[for={field}]")).await?.text().await?;
        let number: usize = label.chars().filter(char::is_ascii_digit).collect::<String>().parse()?;
        let word = words.get(number - 1).context("a word of the ten")?;
        visitor.find(&format!("#{field}")).await?.send_keys(word).await?;
    }
    visitor.find("[name=go][value=check]").await?.click().await?;
    visitor.find("#done").await?;

    let id = *desk.inbox(LINE).await?.first().context("it arrived")?;
    let read = desk.read(LINE, id).await?;
    ensure!(read.iter().any(|entry| entry.content["text"] == story.as_str()), "{read:?}");
    desk.answer(LINE, id, "Chị không có lỗi.").await?;

    visitor.go(&desk.house.url("/vi/back/plain")).await?;
    visitor.find("#words").await?.send_keys(&words.join(" ")).await?;
    visitor.find("[name=go][value=open]").await?.click().await?;
    let talk = visitor.find(".talk").await?.text().await?;
    ensure!(talk.contains("Chị không có lỗi.") && talk.contains(PLANTED), "{talk}");
    // Leaving forgets: the way back asks for the words again.
    visitor.go(&desk.house.url("/vi/back/plain/leave")).await.ok();
    visitor.go(&desk.house.url("/vi/back/plain")).await?;
    visitor.find("#words").await?;
    ensure!(!desk.house.log().contains(PLANTED), "the server's log");
    Ok(())
}

async fn choose(visitor: &Visitor, name: &str, value: &str) -> Result<()> {
    Ok(visitor.find(&format!("label:has(> input[name='{name}'][value='{value}'])")).await?.click().await?)
}

/// Presses a way on and waits for the page that follows.
async fn go(visitor: &Visitor, way: &str, step: &str) -> Result<()> {
    visitor.find(&format!("[name=go][value={way}]")).await?.click().await?;
    visitor.find(&format!("input[name=step][value={step}]")).await.map(drop)
}
