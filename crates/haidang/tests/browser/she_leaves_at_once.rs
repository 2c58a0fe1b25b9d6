//! Somebody comes in: one button, or Esc three times, and another page stands in the place of this one.

use crate::{MESSAGE, PLANTED, check, reader_ready};
use anyhow::Result;
use visitor::{House, Key, Look, Visitor, browser_wanted, traces};

/// A server whose way out leads to a harmless page that is there even in a closed network.
fn houses() -> Result<(House, House, String)> {
    let elsewhere = House::open(crate::binary())?;
    let exit = elsewhere.url("/healthz");
    let house = House::open_with(crate::binary(), &["--exit-url", &exit])?;
    Ok((house, elsewhere, exit))
}

#[tokio::test]
async fn by_the_button() -> Result<()> {
    leave_by(async |visitor| Ok(visitor.find("#quick-exit").await?.click().await?)).await
}

#[tokio::test]
async fn by_escape_three_times() -> Result<()> {
    leave_by(async |visitor| {
        // Sent in one go: between two commands a loaded machine may take longer than the page waits.
        let keys: String = std::iter::repeat_n(char::from(Key::Escape), 3).collect();
        visitor.press(&keys).await
    })
    .await
}

async fn leave_by(leave: impl AsyncFn(&Visitor) -> Result<()>) -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, _elsewhere, exit) = houses()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/about")).await?;
    visitor.go(&house.url("/vi/check")).await?;
    reader_ready(&visitor).await?;
    check(&visitor, MESSAGE).await?;
    let entries = visitor.eval("return history.length").await?;

    leave(&visitor).await?;
    visitor.until("the other page stands", &format!("return location.href === '{exit}'")).await?;
    assert_eq!(visitor.eval("return history.length").await?, entries, "the entry is replaced, none is added");

    // Back leads past the page she left, and nothing of her words comes back.
    visitor.client().back().await?;
    visitor.until("the page before stands", "return location.pathname === '/vi/about'").await?;
    visitor.client().forward().await?;
    visitor.until("the other page stands again", &format!("return location.href === '{exit}'")).await?;
    assert!(!visitor.text().await?.contains(PLANTED));

    visitor.go(&house.url("/vi/check")).await?;
    assert_eq!(visitor.find("#text").await?.prop("value").await?.as_deref(), Some(""));
    assert!(!visitor.text().await?.contains(PLANTED));
    assert!(!house.close().contains(PLANTED), "the server's log");
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<std::path::PathBuf>::new(), "on the disk");
    Ok(())
}
