//! What the heaviest lesson weighs at a first visit, page, styles, scripts, tutor and content, on the wire (`lesson_bytes`),
//! and how long it takes on slow 3G, 400 kbit/s and 400 ms, until it can be begun (`lesson_3g_s`). The recogniser comes
//! later, when she writes, and only then.

use super::{TURNS, median};
use crate::figures::Measured;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::Path;
use visitor::{House, Look, Visitor, Wire};

/// The heaviest of all, as the test of the pages' weight says.
const LESSON: &str = "/vi/learn/when-a-child-discloses";
const READY: &str = "return document.body.dataset.lesson === 'ready'";
/// Bytes a second of slow 3G.
const THROUGHPUT: u32 = 400_000 / 8;
const LATENCY_MS: u32 = 400;

#[tokio::main(flavor = "current_thread")]
pub async fn measure(binary: &Path) -> Result<Vec<Measured>> {
    let house = House::open(binary)?;
    let mut seconds = Vec::new();
    for _ in 0..TURNS {
        seconds.push(on_slow_3g(&house).await?);
    }
    Ok(vec![
        Measured::new("lesson_bytes", weight(&house).await?, "bytes"),
        Measured::new("lesson_3g_s", median(seconds), "s"),
    ])
}

async fn weight(house: &House) -> Result<f64> {
    let wire = Wire::lay(house.address())?;
    wire.release();
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&wire.url(LESSON)).await?;
    visitor.until("the lesson is ready", READY).await?;
    visitor.find("#begin").await?.click().await?;
    visitor.find("#step-heading").await?;
    wire.quiet().await?;
    let answers = wire.answers();
    for (path, bytes) in &answers {
        println!("{bytes:>9} {path}");
    }
    let tutors = answers.iter().filter(|(path, _)| path.ends_with(".wasm")).count();
    ensure!(tutors == 1, "{tutors} WASM files came, not the tutor alone");
    Ok(answers.iter().map(|(_, bytes)| *bytes).sum::<u64>() as f64)
}

/// A browser that was never here.
async fn on_slow_3g(house: &House) -> Result<f64> {
    let visitor = Visitor::arrive(Look::PHONE).await?;
    let slow = json!({"offline": false, "latency": LATENCY_MS, "downloadThroughput": THROUGHPUT, "uploadThroughput": THROUGHPUT});
    visitor.devtools("Network.enable", json!({})).await?;
    visitor.devtools("Network.emulateNetworkConditions", slow).await?;
    visitor.go(&house.url(LESSON)).await?;
    visitor.until("the lesson is ready", READY).await?;
    Ok(visitor.eval("return performance.now()").await?.as_f64().context("the time since the visit began, in ms")?
        / 1000.0)
}
