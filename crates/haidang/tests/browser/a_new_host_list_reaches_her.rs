//! Sites that were reported since the program was built are known on her device too, also with the network cut.

use crate::{MESSAGE, check, reader_ready};
use anyhow::Result;
use recognise::links::{
    Category, HostListBuilder,
    feed::{SigningKey, seal},
};
use std::path::Path;
use visitor::{House, Look, Visitor, browser_wanted};

const YEAR_3000: u32 = 30_001_231;

fn publish(file: &Path, version: u32, host: &str, key: &SigningKey) -> Result<()> {
    let feed = seal(&HostListBuilder::new(version).bad(Category::Scam, [host]).build(), key);
    // Moved into place, as careful tools do: the server never sees half a file.
    let beside = file.with_extension("new");
    std::fs::write(&beside, feed)?;
    Ok(std::fs::rename(beside, file)?)
}

/// Opens the check and says whether the device takes this host for a reported one.
async fn reported(visitor: &Visitor, url: &str, host: &str) -> Result<bool> {
    visitor.go(url).await?;
    reader_ready(visitor).await?;
    check(visitor, &format!("Xem https://{host}/ nhé")).await?;
    let verdict = visitor.find("#links li[data-verdict]").await?.attr("data-verdict").await?;
    Ok(verdict.as_deref() == Some("known_bad"))
}

#[tokio::test]
async fn the_device_knows_what_was_reported_since() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = key.verifying_key().to_bytes().map(|byte| format!("{byte:02x}")).concat();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hosts.feed");
    publish(&file, YEAR_3000, "mot-trang-xau.example", &key)?;
    let path = file.to_str().unwrap_or_default();
    let more = ["--hosts-feed", path, "--hosts-feed-key", &public, "--reload-seconds", "1"];
    let house = House::open_with(crate::binary(), &more)?;
    let url = house.url("/vi/check");
    let visitor = Visitor::arrive(Look::PHONE).await?;
    assert!(reported(&visitor, &url, "mot-trang-xau.example").await?);
    assert!(!reported(&visitor, &url, "hai-trang-xau.example").await?);

    visitor.go(&house.url("/vi/keep")).await?;
    visitor.find("#keep-here").await?.click().await?;
    visitor.until("the page is kept", "return document.querySelector('#keep-status').dataset.state === 'kept'").await?;

    // A new list comes into force on the server; her next visit brings it, and it stays when the server is gone.
    publish(&file, YEAR_3000 + 1, "hai-trang-xau.example", &key)?;
    visitor.go(&url).await?;
    let newer = format!(
        "return fetch('/hosts.bin').then(r => r.arrayBuffer()).then(b => new DataView(b).getUint32(12, true) === {})",
        YEAR_3000 + 1
    );
    visitor.until("the server has the new list", &newer).await?;
    assert!(reported(&visitor, &url, "hai-trang-xau.example").await?);
    drop(house);
    assert!(reported(&visitor, &url, "hai-trang-xau.example").await?);
    assert!(!reported(&visitor, &url, "mot-trang-xau.example").await?);
    Ok(())
}

#[tokio::test]
async fn nothing_is_fetched_while_the_list_is_the_one_inside() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = crate::house()?;
    assert!(house.get("/hosts.bin")?.starts_with("HTTP/1.1 204"));
    let visitor = crate::arrive(&house.url("/vi/"), Look::PHONE).await?;
    assert_eq!(check(&visitor, MESSAGE).await?, "harm");
    Ok(())
}
