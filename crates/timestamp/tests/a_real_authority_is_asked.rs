//! openssl is the authority: its time-stamps are believed, everybody else's are not, and a queue waits for it.

use anyhow::Result;
use ring::digest::{SHA256, digest};
use std::{fs, sync::Arc, time::Duration};
use store::Store;
use timestamp::{AskError, Authorities, Authority, TokenError, keep_asking, request};
use visitor::{Keys, TimeAuthority};

const NONCE: [u8; 8] = [0xff, 2, 3, 4, 5, 6, 7, 8];

fn hash(text: &str) -> [u8; 32] {
    digest(&SHA256, text.as_bytes()).as_ref().try_into().unwrap()
}

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

fn believed(authority: &TimeAuthority) -> Result<Authorities> {
    Ok(Authorities::from_pem(&fs::read_to_string(authority.root())?)?)
}

fn named(authority: &TimeAuthority) -> Result<Authority> {
    Ok(Authority { url: authority.url(), authorities: Arc::new(believed(authority)?) })
}

#[test]
fn a_time_stamp_by_rsa_or_p256_is_believed_for_its_hash_its_question_and_its_authority_alone() -> Result<()> {
    let mut others: Vec<Vec<u8>> = Vec::new();
    for keys in [Keys::Rsa, Keys::P256] {
        let authority = TimeAuthority::open(keys)?;
        let (believed, hash, other) = (believed(&authority)?, hash("a root"), hash("another"));
        let response = authority.reply(&request(&hash, &NONCE))?;
        let judged = believed.judge(&response, &hash, Some(&NONCE))?;
        assert!(judged.time.abs_diff(now()) < 60 && judged.name == "Gio", "{judged:?}");
        assert_eq!(believed.judge(&response, &hash, None), Ok(judged));
        assert_eq!(believed.judge(&response, &other, None), Err(TokenError::OtherHash));
        assert_eq!(believed.judge(&response, &hash, Some(&[1; 8])), Err(TokenError::OtherNonce));
        for other in &others {
            assert_eq!(believed.judge(other, &hash, None), Err(TokenError::OtherAuthority));
        }
        others.push(response);
    }
    Ok(())
}

#[test]
fn certificates_that_ran_out_or_are_for_something_else_are_refused() -> Result<()> {
    let hash = hash("a root");
    let old = TimeAuthority::run_out(Keys::P256)?;
    let response = old.reply(&request(&hash, &NONCE))?;
    assert_eq!(believed(&old)?.judge(&response, &hash, None), Err(TokenError::NotInForce));
    // openssl itself stamps with no such certificate: the one of the right kind is put in its place.
    let other = TimeAuthority::of_other_use(Keys::P256)?;
    assert!(other.reply(&request(&hash, &NONCE)).is_err());
    Ok(())
}

#[test]
fn a_flipped_bit_anywhere_is_noticed_and_nothing_panics() -> Result<()> {
    let authority = TimeAuthority::open(Keys::P256)?;
    let (believed, hash) = (believed(&authority)?, hash("a root"));
    let response = authority.reply(&request(&hash, &NONCE))?;
    let right = believed.judge(&response, &hash, Some(&NONCE))?;
    for at in 0..response.len() {
        let mut altered = response.clone();
        altered[at] ^= 1 << (at % 8);
        // What nobody signs (a version, the way to name the signer) may differ; what is said may not.
        if let Ok(judged) = believed.judge(&altered, &hash, Some(&NONCE)) {
            assert_eq!(judged, right, "byte {at}");
        }
        assert!(believed.judge(&response[..at], &hash, None).is_err());
    }
    for rubbish in [&b""[..], b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"HTTP/1.1 404"] {
        assert!(believed.judge(rubbish, &hash, None).is_err());
    }
    Ok(())
}

#[test]
fn an_authority_that_refuses_or_is_not_there_is_named() -> Result<()> {
    let authority = TimeAuthority::open(Keys::P256)?;
    let named = named(&authority)?;
    named.ask(&hash("a root"), now())?;
    assert!(matches!(named.ask(&hash("a root"), now() + 3600), Err(AskError::Clock(3599..))));
    authority.shut(true);
    assert!(matches!(named.ask(&hash("a root"), now()), Err(AskError::NoAnswer(_))));
    let refused = authority.reply(b"\x30\x00")?;
    assert_eq!(named.authorities.judge(&refused, &hash("a root"), None), Err(TokenError::Refused(2)));
    let url = named.url.clone();
    drop(authority);
    let said = named.ask(&hash("a root"), now()).unwrap_err().to_string();
    assert!(!said.contains(&url), "an address may hold a secret: {said}");
    assert!(
        Authorities::from_pem("no certificate").is_err()
            && Authorities::from_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----").is_err()
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_survives_a_restart_and_is_asked_for_again() -> Result<()> {
    let authority = TimeAuthority::open(Keys::Rsa)?;
    authority.shut(true);
    let folder = tempfile::tempdir()?;
    let (root, signed) = ([3; 32], vec![9; 104]);
    let store = Store::open(folder.path(), &[7; 64]).await?;
    let asked = store.ask_stamp(root, signed.clone(), now().cast_signed()).await?;
    assert_eq!((asked.signed, asked.response), (signed.clone(), None));
    let task = tokio::spawn(keep_asking(store.clone(), named(&authority)?));
    while authority.asked() == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    task.abort();
    store.close().await;

    authority.shut(false);
    let store = Store::open(folder.path(), &[7; 64]).await?;
    tokio::spawn(keep_asking(store.clone(), named(&authority)?));
    let response = loop {
        // Asked for anew, later and with other bytes: what was signed first stands.
        let state = store.ask_stamp(root, vec![1; 104], now().cast_signed()).await?;
        assert_eq!(state.signed, signed);
        if let Some(response) = state.response {
            break response;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let hash = digest(&SHA256, &signed);
    let hash = hash.as_ref().try_into()?;
    believed(&authority)?.judge(&response, hash, None)?;
    let asked = authority.asked();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(authority.asked(), asked, "what came is not asked for again");
    Ok(())
}
