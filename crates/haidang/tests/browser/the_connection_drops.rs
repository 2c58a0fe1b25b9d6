//! The network is gone every moment while she sends a file of some megabytes: the report arrives, whole and once.

use crate::{
    desk::{Desk, LINE},
    telling::{PICK, next, press, step, to_the_files, to_the_story, words, write},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::time::Duration;
use visitor::{Look, Visitor, browser_wanted};
use vocabulary::EntryKind;

const BYTES: usize = 3_500_000;

#[tokio::test]
async fn every_few_moments() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    to_the_story(&visitor, "25_59", &[LINE]).await?;
    write(&visitor, "#story", "Có clip làm chứng.").await?;
    to_the_files(&visitor).await?;
    visitor.client().execute(PICK, vec![json!(BYTES)]).await?;
    visitor.find("#file-list .file").await?;
    assert!(!visitor.text().await?.contains("etc"), "a name with a path is only a name");
    next(&visitor, "clear").await?;

    slow(&visitor, false).await?;
    press(&visitor, "#ask-next").await?;
    step(&visitor, "send").await?;
    let mut cuts = 0;
    while visitor.eval("return document.querySelector('[data-step=receipt]').hidden").await? == true {
        anyhow::ensure!(cuts < 60, "it never arrives: {}", visitor.text().await?);
        tokio::time::sleep(Duration::from_millis(700)).await;
        slow(&visitor, true).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        slow(&visitor, false).await?;
        cuts += 1;
    }
    assert!(cuts >= 3, "the connection dropped while it was sent");
    words(&visitor).await?;

    let inbox = desk.inbox(LINE).await?;
    assert_eq!(inbox.len(), 1, "it arrived once");
    let read = desk.read(LINE, inbox[0]).await?;
    let files: Vec<_> = read.iter().filter(|r| r.kind == EntryKind::File).collect();
    assert_eq!(files.len(), 1);
    let about = &files.first().context("the file")?.content;
    assert_eq!((about["name"].as_str(), about["size"].as_u64()), (Some("clip.mp4"), Some(BYTES as u64)));
    let opened = desk.file(LINE, inbox[0], about).await?;
    assert!(opened.len() == BYTES && opened.iter().enumerate().all(|(i, b)| *b == ((i * 7 + (i >> 8)) & 255) as u8));
    Ok(())
}

/// A slow line, or none.
async fn slow(visitor: &Visitor, cut: bool) -> Result<()> {
    let way = json!({"offline": cut, "latency": 20, "downloadThroughput": 600_000, "uploadThroughput": 600_000});
    visitor.devtools("Network.enable", json!({})).await?;
    visitor.devtools("Network.emulateNetworkConditions", way).await.map(drop)
}
