//! A check and no more: nothing of the text in storage, title, address, history or on the disk, with or without the
//! page kept for use offline.

use crate::{MESSAGE, PLANTED, arrive, check, house, reader_ready};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, Visitor, browser_wanted, traces};

/// All that a page can write to and read again, as one text.
const STORAGE: &str = "(async () => {
    const kept = [document.cookie, document.title, location.href, document.referrer];
    for (const store of [localStorage, sessionStorage]) kept.push(JSON.stringify({...store}));
    kept.push(JSON.stringify(await indexedDB.databases()));
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const type = (await cache.match(request)).headers.get('content-type') ?? '';
            kept.push(request.url, type.includes('wasm') ? '' : await (await cache.match(request)).text());
        }
    }
    return kept.join('\\n');
})()";

#[tokio::test]
async fn after_a_check() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/vi/"), Look::PHONE).await?;
    checked_and_left(visitor).await?;
    assert!(!house.close().contains(PLANTED), "the server's log");
    Ok(())
}

#[tokio::test]
async fn after_a_check_on_a_page_that_is_kept() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/keep")).await?;
    visitor.find("#keep-here").await?.click().await?;
    let kept = "const s = document.querySelector('#keep-status'); return s.textContent === s.dataset.done";
    visitor.until("the page is kept", kept).await?;
    // She comes back without any network: the kept page reads.
    drop(house);
    let url = visitor.client().current_url().await?.join("/vi/check")?;
    visitor.go(url.as_str()).await?;
    reader_ready(&visitor).await?;
    checked_and_left(visitor).await
}

async fn checked_and_left(visitor: Visitor) -> Result<()> {
    check(&visitor, MESSAGE).await?;
    let storage = visitor.promise(STORAGE).await?;
    assert!(!storage.as_str().unwrap_or_default().contains(PLANTED));
    assert_eq!(
        visitor.eval("return document.cookie + localStorage.length + sessionStorage.length").await?,
        json!("00")
    );
    let history = visitor.devtools("Page.getNavigationHistory", json!({})).await?;
    assert!(!history.to_string().contains(PLANTED));
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<std::path::PathBuf>::new(), "on the disk");
    Ok(())
}
