//! What a phone downloads: the release binary through a counting [`Wire`], a new browser profile, the Vietnamese home
//! page.
//!
//! `first_page_bytes` is everything fetched while the model is held back: the page then stands and can be used.
//! `first_check_bytes` is everything up to the first result that was found on the device.

use crate::figures::Measured;
use anyhow::{Result, bail};
use std::path::Path;
use visitor::{House, Look, Visitor, Wire};

const TEXT: &str = "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Đừng nói với ai.";

/// One visit: bytes don't vary from turn to turn.
#[tokio::main(flavor = "current_thread")]
pub async fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let house = House::open(binary)?;
    let wire = Wire::lay(house.address())?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&wire.url("/vi/")).await?;
    wire.quiet().await?;
    let page = wire.answers();
    wire.release();
    visitor.until("the reader is ready", "return document.body.dataset.reader === 'ready'").await?;
    wire.quiet().await?;
    visitor.find("#text").await?.send_keys(TEXT).await?;
    visitor.find("#check").await?.click().await?;
    visitor.find("#answer #result[data-result]").await?;
    let sum = |answers: &[(String, u64)]| answers.iter().map(|(_, bytes)| *bytes).sum::<u64>() as f64;
    for (path, bytes) in wire.answers() {
        println!("{bytes:>9} {path}");
    }
    let all = wire.answers();
    if !all.iter().any(|(path, _)| path.ends_with(".wasm")) {
        bail!("no model was fetched: the check was not done on the device");
    }
    Ok(vec![
        Measured::new("first_page_bytes", sum(&page), "bytes"),
        Measured::new("first_check_bytes", sum(&all), "bytes"),
    ])
}
