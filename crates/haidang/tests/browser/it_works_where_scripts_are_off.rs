//! Scripts are switched off in the browser: the form is posted, says so, and the server forgets.

use crate::{MESSAGE, PLANTED, house, result};
use anyhow::Result;
use visitor::{Look, Visitor, browser_wanted, traces};

#[tokio::test]
async fn the_server_answers_and_says_that_it_did() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE.without_scripts()).await?;
    visitor.go(&house.url("/vi/check")).await?;
    let way = visitor.find("#server-way").await?;
    assert!(way.is_displayed().await?, "the way over the server is shown");
    assert!(!visitor.find("#check").await?.is_displayed().await?, "a button that does nothing is not");
    let told = way.text().await?;
    assert!(told.contains("máy chủ"), "the page says where the words go: {told}");

    visitor.find("#text").await?.send_keys(MESSAGE).await?;
    visitor.find("#send").await?.click().await?;
    assert_eq!(result(&visitor).await?, "harm");
    assert!(visitor.find(".server-note").await?.text().await?.contains("máy chủ"));
    assert_eq!(visitor.find("#text").await?.prop("value").await?.as_deref(), Some(""), "the box is empty again");
    assert!(!visitor.client().current_url().await?.as_str().contains("7241"));
    assert!(!house.close().contains(PLANTED), "the server's log");
    let left = visitor.leave().await?;
    // To restore its tabs the browser itself keeps what a form posted, and no page without scripts can stop it.
    let sessions = left.path().join("Default/Sessions");
    let mut found = traces(left.path(), PLANTED);
    found.retain(|file| !file.starts_with(&sessions));
    assert_eq!(found, Vec::<std::path::PathBuf>::new(), "on the disk");
    Ok(())
}

#[tokio::test]
async fn the_language_changes_and_the_words_stay() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE.without_scripts()).await?;
    visitor.go(&house.url("/vi/check")).await?;
    visitor.find("#text").await?.send_keys(MESSAGE).await?;
    visitor.find("#switch-and-keep").await?.click().await?;
    visitor.find("html[lang=en]").await?;
    assert_eq!(visitor.find("#text").await?.prop("value").await?.as_deref(), Some(MESSAGE));
    Ok(())
}
