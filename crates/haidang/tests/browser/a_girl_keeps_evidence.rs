//! A girl keeps three things without asking anybody: a screenshot, a voice note, a message she pastes. Nothing of them
//! leaves her phone; what she downloads is examined by the real `haidang verify`, and a tampered copy is refused.

use crate::{
    PLANTED,
    every_page_can_be_used_by_everybody::{axe, examine},
    faults,
    telling::press,
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};
use visitor::{House, Keys, Look, TimeAuthority, Visitor, browser_wanted, traces};

const BINARY: &str = env!("CARGO_BIN_EXE_haidang");
/// In all that she keeps; too long to come about by chance among the numbers of what is sent.
const NUMBER: &str = "724173385926";
const PASTED: &str = "Gửi 2 triệu ngay, không thì tao tung ảnh. Bằng lăng 724173385926 https://facebook.com/ke-doa";

fn verify(package: &Path, more: &[&str]) -> Result<Output> {
    let package = package.to_str().context("a path")?;
    Ok(Command::new(BINARY)
        .args([&["verify", package], more].concat())
        .env_clear()
        .env("HAIDANG_LANG", "vi")
        .output()?)
}

/// The file of this name, once it is whole.
pub async fn downloaded(folder: &Path) -> Result<PathBuf> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        let there: Vec<_> = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
        if let [one] = &there[..]
            && one.extension().is_some_and(|ending| ending != "crdownload")
        {
            return Ok(one.clone());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("nothing was downloaded")
}

async fn pick(visitor: &Visitor, files: &[PathBuf]) -> Result<()> {
    let paths: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
    visitor.find("#keep-pick").await?.send_keys(&paths.join("\n")).await?;
    let all = format!("return document.querySelectorAll('#keep-list li').length >= {}", files.len());
    visitor.until("they are listed", &all).await
}

async fn made(visitor: &Visitor) -> Result<()> {
    press(visitor, "#keep-make").await?;
    visitor.until("the package is there", "return !document.getElementById('keep-done').hidden").await
}

#[tokio::test]
async fn and_it_holds() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let authority = TimeAuthority::open(Keys::P256)?;
    let root = authority.root().display().to_string();
    let house = House::open_with(BINARY, &["--timestamp-url", &authority.url(), "--timestamp-ca", &root])?;
    let folder = tempfile::tempdir()?;
    let things = [
        ("chụp màn hình.png", b"\x89PNG Bang lang 724173385926".repeat(5000)),
        ("ghi âm\u{202e}.m4a", b"ftypM4A 724173385926".repeat(300_000)),
    ];
    let mut files = Vec::new();
    for (name, bytes) in &things {
        let path = folder.path().join(name);
        fs::write(&path, bytes)?;
        files.push(path);
    }
    let downloads = folder.path().join("downloads");
    fs::create_dir(&downloads)?;

    let visitor = Visitor::arrive(Look::NARROW).await?;
    let to = json!({"behavior": "allow", "downloadPath": downloads.display().to_string()});
    visitor.devtools("Browser.setDownloadBehavior", to).await?;
    visitor.go(&house.url("/vi/evidence")).await?;
    pick(&visitor, &files).await?;
    visitor.find("#keep-text").await?.send_keys(PASTED).await?;
    press(&visitor, "#keep-add").await?;
    visitor
        .until("words are offered", "return document.getElementById('keep-words').value.split(' ').length === 6")
        .await?;
    let words = visitor.find("#keep-words").await?.prop("value").await?.context("words")?;
    assert!(words.is_ascii(), "they can be typed anywhere: {words}");

    // In the other language, what she picked is still there.
    press(&visitor, "#switch-language").await?;
    visitor.until("it is English", "return document.documentElement.lang === 'en'").await?;
    assert_eq!(visitor.eval("return document.querySelectorAll('#keep-list li').length").await?, 3);
    press(&visitor, "#switch-language").await?;
    visitor.until("it is Vietnamese", "return document.documentElement.lang === 'vi'").await?;
    made(&visitor).await?;
    let said = visitor.find("#keep-when").await?.text().await?;
    assert!(said.contains("một nơi bên ngoài cùng xác nhận"), "{said}");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    let wide = visitor.eval("return document.documentElement.scrollWidth").await?;
    assert_eq!(wide, 320, "it fits a narrow phone");
    assert_eq!(examine(&visitor, &axe()?).await?, Vec::<String>::new());
    if let Some(shots) = std::env::var_os("HAIDANG_SHOTS") {
        visitor.eval("document.getElementById('keep-make-it').scrollIntoView()").await?;
        fs::write(Path::new(&shots).join("evidence-done.png"), visitor.picture().await?)?;
    }
    press(&visitor, "#keep-save").await?;
    let package = downloaded(&downloads).await?;
    let name = package.file_name().and_then(|name| name.to_str()).context("a name")?;
    assert!(name.starts_with("tai-lieu-20") && name.ends_with(".zip.age"), "a name that says nothing: {name}");

    // Locked: only her words open it, and then it holds.
    let passphrase = folder.path().join("words");
    fs::write(&passphrase, &words)?;
    let passphrase = passphrase.to_str().context("a path")?;
    let locked = fs::read(&package)?;
    assert!(
        locked.starts_with(b"age-encryption.org/v1") && !locked.windows(NUMBER.len()).any(|w| w == NUMBER.as_bytes())
    );
    let key = visitor.promise("fetch('/api/v1/report/terms').then(r => r.json()).then(t => t.server_key)").await?;
    let key = hex(key.as_str().context("a key")?)?;
    let all = ["--passphrase-file", passphrase, "--key", &key, "--tsa-ca", &root];
    let output = verify(&package, &all)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.code() == Some(0) && said.starts_with("GÓI NÀY KHỚP"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        said.contains("Cả 3 tệp") && said.contains("đúng là khoá bạn nêu") && said.contains("đúng là nơi bạn nêu"),
        "{said}"
    );
    let mut altered = locked.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let copy = folder.path().join("copy.zip.age");
    fs::write(&copy, altered)?;
    assert_eq!(verify(&copy, &all)?.status.code(), Some(12), "a tampered copy is refused");

    // The traffic: one number that says nothing.
    let sent = format!("{:?}", visitor.events().await?);
    assert!(sent.contains("/api/v1/evidence"), "the events are there");
    for (_, bytes) in &things {
        assert!(!sent.contains(&base64url(&Sha256::digest(bytes))), "a hash left the phone");
    }
    assert!(!sent.contains(&base64url(&Sha256::digest(PASTED))) && !sent.contains(PLANTED) && !sent.contains(NUMBER));
    assert!(!sent.contains(&words) && !sent.contains("ghi%20") && !sent.contains("chụp màn hình"));
    assert!(!house.log().contains(NUMBER));
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<PathBuf>::new(), "on the phone");
    Ok(())
}

/// Unlocked, by her choice, and without an outside authority: the package says so.
#[tokio::test]
async fn without_a_lock_and_without_an_authority() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = crate::house()?;
    let folder = tempfile::tempdir()?;
    let visitor = Visitor::arrive(Look::DESKTOP.english()).await?;
    let to = json!({"behavior": "allow", "downloadPath": folder.path().display().to_string()});
    visitor.devtools("Browser.setDownloadBehavior", to).await?;
    visitor.go(&house.url("/en/evidence")).await?;
    press(&visitor, "#keep-make").await?;
    visitor
        .until(
            "it asks for something",
            "return document.getElementById('keep-status').textContent.startsWith('Choose at least')",
        )
        .await?;
    visitor.find("#keep-text").await?.send_keys(PASTED).await?;
    press(&visitor, "#keep-open").await?;
    made(&visitor).await?;
    let said = visitor.find("#keep-when").await?.text().await?;
    assert!(said.contains("no time-stamp of an outside authority"), "{said}");
    press(&visitor, "#keep-save").await?;
    let package = downloaded(folder.path()).await?;
    let output = verify(&package, &[])?;
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("[CHƯA RÕ] Không có dấu thời gian"));
    let zip = fs::read(&package)?;
    assert!(zip.windows(PASTED.len()).any(|w| w == PASTED.as_bytes()), "what she pasted is in it, byte for byte");
    // She leaves: nothing stays in the page.
    visitor.eval("window.dispatchEvent(new Event('pagehide'))").await?;
    assert_eq!(visitor.eval("return document.querySelectorAll('#keep-list li').length").await?, 0);
    Ok(())
}

#[tokio::test]
async fn by_hand_where_scripts_are_off() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = crate::house()?;
    let visitor = Visitor::arrive(Look::PHONE.without_scripts()).await?;
    visitor.go(&house.url("/vi/evidence")).await?;
    let says = visitor.find(".keeping").await?.text().await?;
    assert!(says.contains("giữ bằng tay") && says.contains("Trang này không nhận tệp nào"), "{says}");
    assert!(!visitor.find("#keeping").await?.is_displayed().await?);
    Ok(())
}

fn base64url(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}

fn hex(text: &str) -> Result<String> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    Ok(URL_SAFE_NO_PAD.decode(text)?.iter().map(|byte| format!("{byte:02x}")).collect())
}
