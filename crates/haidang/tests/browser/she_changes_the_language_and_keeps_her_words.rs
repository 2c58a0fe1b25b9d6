//! The switch of language swaps the page in place: what is typed stays, the answer is said anew, also without network.

use crate::{MESSAGE, PLANTED, arrive, check, faults, house};
use anyhow::Result;
use visitor::{Look, browser_wanted};

#[tokio::test]
async fn typed_and_answered_alike() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/vi/"), Look::PHONE).await?;
    assert_eq!(check(&visitor, MESSAGE).await?, "harm");
    let before = visitor.find("#result-heading").await?.text().await?;

    visitor.find("#switch-language").await?.click().await?;
    visitor.find("html[lang=en] #result[lang=en]").await?;
    assert_eq!(visitor.find("#text").await?.prop("value").await?.as_deref(), Some(MESSAGE));
    let after = visitor.find("#result-heading").await?.text().await?;
    assert_ne!(before, after, "the answer is said in the other language");
    assert_eq!(visitor.client().current_url().await?.path(), "/en/");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    assert!(!house.close().contains(PLANTED), "nothing was sent");
    Ok(())
}

#[tokio::test]
async fn the_first_address_leads_to_the_language_of_the_browser() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    for (look, path) in [(Look::PHONE, "/vi/"), (Look::PHONE.english(), "/en/")] {
        let visitor = visitor::Visitor::arrive(look).await?;
        visitor.go(&house.url("/")).await?;
        assert_eq!(visitor.client().current_url().await?.path(), path);
    }
    Ok(())
}
