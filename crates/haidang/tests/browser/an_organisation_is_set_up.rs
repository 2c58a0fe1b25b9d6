//! From an empty server to two people at a desk: the operator's page, the first member and her shares, a colleague who
//! waits at the door, and the way back in after a lost passphrase.

use crate::{
    faults, house,
    staff::{Device, Door, ORGANISATION, PASSPHRASE, STORY, Staff, command, fill, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, Visitor, browser_wanted, traces};

#[tokio::test]
async fn the_operator_reads_what_to_do_first() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    visitor.go(&house.url("/vi/desk")).await?;
    let said = visitor.text().await?;
    assert!(said.contains("haidang org add") && said.contains("haidang staff invite"), "{said}");
    visitor.go(&house.url("/vi/desk/join#AAAA")).await?;
    visitor.find("#join-bad:not([hidden])").await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_first_member_makes_the_key_and_a_colleague_joins() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let link = invite(&house, "organisation_admin")?;
    let (lan, shares) = Staff::join(&link, "lan", Door::Founds, Look::DESKTOP).await?;
    let _device = Device::report(&house, &json!({"harm": "sextortion", "urgency": "now"}), &[])?;
    lan.open_first().await?;
    lan.reads(STORY).await?;

    // A link serves once.
    let late = Visitor::arrive(Look::PHONE).await?;
    late.go(&link).await?;
    late.find("#join-bad:not([hidden])").await?;

    // She invites from the desk; the colleague is in, but reads nothing until the door is opened.
    lan.view("colleagues").await?;
    lan.visitor.find("#invite-form .primary").await?.click().await?;
    lan.visitor.find("#invite-made:not([hidden])").await?;
    let second = lan.visitor.find("#invite-link").await?.text().await?;
    let (mai, _) = Staff::join(&second, "mai", Door::Colleague, Look::PHONE).await?;
    mai.visitor.find("#inbox-closed:not([hidden])").await?;
    lan.view("inbox").await?;
    lan.view("colleagues").await?;
    lan.visitor.find(".person-open:not([hidden])").await?.click().await?;
    mai.open_first().await?;
    mai.reads(STORY).await?;

    // After a reload the keys are gone; passphrase and code bring them back.
    mai.visitor.go(&house.url("/vi/desk")).await?;
    mai.sign_in("nhầm nhầm nhầm nhầm").await?;
    mai.visitor.find("#sign-in-error:not([hidden])").await?;
    mai.sign_in(PASSPHRASE).await?;
    mai.open_first().await?;
    mai.reads(STORY).await?;

    // She leaves: her session ends at once.
    lan.view("inbox").await?;
    lan.view("colleagues").await?;
    lan.visitor.find(".person-leave:not([hidden])").await?.click().await?;
    lan.visitor.find("#leave-dialog[open] [value=yes]").await?.click().await?;
    // The organisation's key is replaced with it: new shares are printed.
    lan.keep_shares().await?;
    lan.visitor.until("she is gone", "return document.querySelectorAll('#colleague-list li').length === 1").await?;
    mai.visitor.eval("document.querySelector('#desk-nav [data-go=keys]').click()").await?;
    mai.visitor.find("#view-sign-in:not([hidden])").await?;
    let text = mai.visitor.text().await?;
    assert!(!text.contains(STORY), "her page forgot what was open");

    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    // Neither the log nor the disk of anybody holds a story, a share or a passphrase.
    let left = lan.visitor.leave().await?;
    for secret in [STORY, shares[0].as_str(), PASSPHRASE] {
        assert_eq!(traces(left.path(), secret), Vec::<std::path::PathBuf>::new(), "the browser's profile");
        assert_eq!(traces(house.folder(), secret), Vec::<std::path::PathBuf>::new(), "the server's folder");
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_passphrase_is_mended_with_two_shares() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, shares) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let _device = Device::report(&house, &json!({}), &[])?;
    drop(lan);
    // Nobody can open anything any more: the operator ends the old account and invites anew.
    command(&house, &["staff", "leave", ORGANISATION, "lan"])?;
    let link = invite(&house, "organisation_admin")?;

    // A share that was mistyped is said, and nothing is made.
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    visitor.go(&link).await?;
    visitor.until("the form is there", "return !document.getElementById('join-form').hidden").await?;
    for (id, text) in
        [("join-name", "lan"), ("join-passphrase", PASSPHRASE), ("join-again", PASSPHRASE), ("join-code", "000000")]
    {
        fill(&visitor, id, text).await?;
    }
    visitor.find("[name=door][value=shares]").await?.click().await?;
    fill(&visitor, "join-share-1", &shares[0]).await?;
    fill(&visitor, "join-share-2", &shares[0]).await?;
    visitor.find("#join-form .primary").await?.click().await?;
    let said = visitor.find("#join-error:not([hidden])").await?.text().await?;
    assert!(said.contains("hai mảnh khác nhau"), "{said}");
    drop(visitor);

    let (lan, _) = Staff::join(&link, "lan", Door::Shares(&shares[2], &shares[0]), Look::DESKTOP).await?;
    lan.open_first().await?;
    lan.reads(STORY).await
}
