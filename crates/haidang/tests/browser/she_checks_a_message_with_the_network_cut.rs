//! The page stands, then the server is gone and the network cut: the check still answers, on the device.

use crate::{MESSAGE, PLANTED, arrive, check, faults, house};
use anyhow::Result;
use visitor::{Look, browser_wanted};

#[tokio::test]
async fn the_answer_comes_from_the_device() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/vi/"), Look::PHONE).await?;
    let log = house.close();
    visitor.offline(true).await?;

    assert_eq!(check(&visitor, MESSAGE).await?, "harm");
    let said = visitor.find("#result").await?.text().await?;
    assert!(said.contains(PLANTED), "her own words stand in the answer: {said}");
    assert_eq!(visitor.eval("return document.querySelectorAll('#result a[href^=\"tel:\"]').length > 0").await?, true);
    assert_eq!(visitor.eval("return document.querySelectorAll('#steps li').length > 0").await?, true);

    // A sign explains itself on tap.
    visitor.find("#words mark").await?.click().await?;
    visitor.until("the sign is explained", "return !!document.querySelector('.popover:popover-open')").await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    assert!(!log.contains(PLANTED));
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_read_is_said_in_her_language() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/en/"), Look::PHONE.english()).await?;
    assert_eq!(check(&visitor, "   ").await?, "error");
    let heading = visitor.find("#result-heading").await?.text().await?;
    assert!(heading.is_ascii() && !heading.is_empty(), "said in English: {heading}");
    Ok(())
}

#[tokio::test]
async fn a_long_chat_neither_hangs_nor_breaks_the_page() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/vi/"), Look::PHONE).await?;
    // Ten thousand lines, then ten thousand combining marks: set at once, as pasting does.
    let fill = "document.getElementById('text').value = 'Lan: hôm nay đi học không?\\nKuro: gửi ảnh đi\\n'.repeat(5000) + 'a' + '\\u0301'.repeat(10000);";
    visitor.eval(fill).await?;
    visitor.find("#check").await?.click().await?;
    let result = crate::result(&visitor).await?;
    assert!(["harm", "unsure", "none_known", "benign_lookalike"].contains(&result.as_str()), "{result}");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}
