//! A passkey with PRF signs in and opens, without passphrase and code. The authenticator is Chromium's virtual one.

use crate::{
    faults,
    staff::{Device, Door, STORY, Staff, fill, house_with_organisation, invite},
};
use anyhow::Result;
use serde_json::json;
use visitor::{Look, browser_wanted};

#[tokio::test]
async fn one_touch_signs_in_and_opens() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    Device::report(&house, &json!({}), &[])?;
    let authenticator = |prf: bool| {
        json!({"options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "hasPrf": prf, "automaticPresenceSimulation": true,
        }})
    };
    lan.visitor.devtools("WebAuthn.enable", json!({})).await?;

    // One that could not open anything is not taken.
    let weak = lan.visitor.devtools("WebAuthn.addVirtualAuthenticator", authenticator(false)).await?;
    lan.view("keys").await?;
    lan.visitor.find("#passkey-add").await?.click().await?;
    let said = lan.visitor.find("#passkey-error:not([hidden])").await?.text().await?;
    assert!(said.contains("PRF"), "{said}");
    lan.visitor.devtools("WebAuthn.removeVirtualAuthenticator", weak).await?;

    lan.visitor.devtools("WebAuthn.addVirtualAuthenticator", authenticator(true)).await?;
    lan.visitor.find("#passkey-add").await?.click().await?;
    lan.visitor.find("#passkey-list li").await?;

    lan.visitor.find("#lock").await?.click().await?;
    lan.visitor.find("#view-sign-in:not([hidden])").await?;
    fill(&lan.visitor, "name", "nobody").await?;
    lan.visitor.find("#passkey-sign-in").await?.click().await?;
    lan.visitor.find("#sign-in-error:not([hidden])").await?;
    fill(&lan.visitor, "name", "lan").await?;
    lan.visitor.find("#passkey-sign-in").await?.click().await?;
    lan.at_desk().await?;
    lan.open_first().await?;
    lan.reads(STORY).await?;

    // Another session is seen, and its end is one press away.
    lan.view("keys").await?;
    lan.visitor.find("#session-list li").await?;
    lan.visitor.find(".passkey-remove").await?.click().await?;
    lan.visitor.until("it is gone", "return document.querySelectorAll('#passkey-list li').length === 0").await?;
    lan.visitor.find("#sessions-end").await?.click().await?;
    lan.visitor.find("#view-sign-in:not([hidden])").await?;
    assert_eq!(faults(&lan.visitor).await?, Vec::<String>::new());
    Ok(())
}
