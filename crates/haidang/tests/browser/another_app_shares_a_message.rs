//! An installed page is a target of the phone's "share": the service worker takes the message on the device, the
//! server never sees it; and where nothing is kept, the server throws it away unread.

use crate::{MESSAGE, PLANTED, house, result};
use anyhow::Result;
use visitor::{Look, Visitor, browser_wanted};

/// Posts a form as Android does for a share target, from a page of the same site.
const SHARE: &str = "
    const form = document.createElement('form');
    Object.assign(form, {method: 'post', enctype: 'multipart/form-data', action: '/vi/share'});
    for (const [name, value] of [['title', ''], ['text', arguments_text], ['url', '']]) {
        const field = Object.assign(document.createElement('input'), {type: 'hidden', name, value});
        form.append(field);
    }
    document.body.append(form);
    form.submit();";

fn share(text: &str) -> String {
    SHARE.replace("arguments_text", &serde_json::Value::from(text).to_string())
}

#[tokio::test]
async fn it_is_read_on_the_device_without_any_server() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/keep")).await?;
    visitor.find("#keep-here").await?.click().await?;
    let kept = "const s = document.querySelector('#keep-status'); return s.textContent === s.dataset.done";
    visitor.until("the page is kept", kept).await?;
    drop(house);

    visitor.eval(&share(MESSAGE)).await?;
    assert_eq!(result(&visitor).await?, "harm");
    assert!(visitor.find("#result").await?.text().await?.contains(PLANTED));
    let url = visitor.client().current_url().await?;
    assert_eq!((url.path(), url.query(), url.fragment()), ("/vi/check", None, None));
    Ok(())
}

#[tokio::test]
async fn where_nothing_is_kept_the_server_throws_it_away() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/about")).await?;
    visitor.eval(&share(MESSAGE)).await?;
    visitor.find("#check-form").await?;
    assert!(!visitor.text().await?.contains(PLANTED));
    assert_eq!(visitor.find("#text").await?.prop("value").await?.as_deref(), Some(""));
    assert!(!house.close().contains(PLANTED), "the server's log");
    Ok(())
}
