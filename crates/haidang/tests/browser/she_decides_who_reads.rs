//! An organisation that was shut out opens nothing that comes after; one that is let in reads all of it. A case that is
//! erased is hidden at once, and within seven days the words bring it back.

use crate::{
    desk::{Desk, LINE, UNION},
    faults,
    telling::{come_back, press, reads, tell, words, write},
};
use anyhow::{Context, Result};
use visitor::{Look, Visitor, browser_wanted};

#[tokio::test]
async fn lets_in_and_shuts_out() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    let receipt = tell(&visitor, "Điều đầu tiên.", &[LINE]).await?;
    let id = *desk.inbox(LINE).await?.first().context("it arrived")?;
    let before = desk.identities(LINE, id).await?;
    come_back(&visitor, &desk.house.url("/vi/back"), &receipt.join(" ")).await?;
    reads(&visitor, "Điều đầu tiên.").await?;

    press(&visitor, "#allow > summary").await?;
    press(&visitor, "#allow [data-organisation='hoi-phu-nu'] .org-head").await?;
    press(&visitor, "#allow-go").await?;
    visitor.until("it is let in", "return document.querySelectorAll('.stand').length === 2").await?;
    assert_eq!(desk.read(UNION, id).await?.len(), desk.read(LINE, id).await?.len(), "it reads all so far");

    press(&visitor, "#withdraw > summary").await?;
    press(&visitor, "#withdraw-list [data-id='duong-day']").await?;
    press(&visitor, "#withdraw-list [data-id='duong-day'].danger").await?;
    visitor.find(".stand[data-state=withdrawn]").await?;
    write(&visitor, "#message", "Điều chỉ Hội được biết.").await?;
    press(&visitor, "#send-message").await?;
    reads(&visitor, "Điều chỉ Hội được biết.").await?;
    assert!(desk.read(LINE, id).await.is_err(), "it opens nothing any more");
    assert!(desk.identities(LINE, id).await?.is_empty(), "its grants are gone");
    assert!(desk.inbox(LINE).await?.is_empty());
    let union = desk.read(UNION, id).await?;
    assert!(union.iter().any(|r| r.content["text"] == "Điều chỉ Hội được biết."));
    // Not even with the key that it kept from before.
    let kept = before.get(&0).context("the key of before")?;
    let fresh = desk.identities(UNION, id).await?;
    assert_ne!(fresh.get(&1).context("a fresh key")?.recipient().to_string(), kept.recipient().to_string());

    press(&visitor, "#replace > summary").await?;
    press(&visitor, "#replace-go").await?;
    visitor.until("new words are shown", "return !document.getElementById('new-words').hidden && document.getElementById('back-status').textContent === document.getElementById('back-status').dataset.done").await?;
    let fresh = words(&visitor).await?;
    come_back(&visitor, &desk.house.url("/vi/back"), &receipt.join(" ")).await?;
    visitor.until("the old ones open nothing", "return !document.getElementById('words-wrong').hidden").await?;
    come_back(&visitor, &desk.house.url("/vi/back"), &fresh.join(" ")).await?;
    reads(&visitor, "Điều chỉ Hội được biết.").await?;
    reads(&visitor, "Điều đầu tiên.").await?;
    Ok(())
}

#[tokio::test]
async fn erases_and_saves_again() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::NARROW).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    let receipt = tell(&visitor, "Tôi muốn dừng lại.", &[LINE]).await?.join(" ");
    let back = desk.house.url("/vi/back");
    come_back(&visitor, &back, &receipt).await?;
    reads(&visitor, "Tôi muốn dừng lại.").await?;
    press(&visitor, "#erase > summary").await?;
    press(&visitor, "#erase-go").await?;
    press(&visitor, "#erase-go.danger").await?;
    visitor
        .until(
            "it is hidden",
            "return !document.getElementById('erasing').hidden && document.getElementById('case').hidden",
        )
        .await?;

    // Whoever forced the words out of her sees nothing more.
    come_back(&visitor, &back, &receipt).await?;
    visitor.until("only the erasure is shown", "return !document.getElementById('erasing').hidden").await?;
    assert!(!visitor.text().await?.contains("Tôi muốn dừng lại."));
    press(&visitor, "#stop-erasing").await?;
    reads(&visitor, "Tôi muốn dừng lại.").await?;
    assert_eq!(desk.inbox(LINE).await?.len(), 1);
    assert!(faults(&visitor).await?.is_empty());
    Ok(())
}
