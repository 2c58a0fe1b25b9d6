//! Messages a second in WASM: the shipped module in headless Chromium, through its batch function, so that reading is
//! counted and not the crossing into JavaScript. One core: the page's own thread.

use super::{TURNS, median, messages};
use crate::{corpus::Record, figures::Measured};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;
use visitor::{House, Look, Visitor};

#[tokio::main(flavor = "current_thread")]
pub async fn measure(binary: &Path, messages: &[Record]) -> Result<Vec<Measured>> {
    let house = House::open(binary)?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    visitor.go(&house.url("/vi/")).await?;
    let [module, wasm] = addresses(&visitor).await?;
    let texts = json!(messages::lines(messages));
    let count = messages.len();
    let mut turns = Vec::new();
    for turn in 1..=TURNS {
        // The first hundred rounds warm it up, as a browser compiles hot code twice.
        let expression = format!(
            "(async () => {{
                const reader = await import({module});
                await reader.default({{module_or_path: {wasm}}});
                const texts = {texts};
                reader.assess_many(texts, 20);
                const start = performance.now();
                let rounds = 0;
                while (performance.now() - start < 2000) {{ reader.assess_many(texts, 10); rounds += 10; }}
                return rounds * {count} / ((performance.now() - start) / 1000);
            }})()"
        );
        turns.push(visitor.promise(&expression).await?.as_f64().context("messages a second")?);
        println!("turn {turn}: {:.0}/s", turns[turn - 1]);
    }
    Ok(vec![Measured::new("check_wasm_per_s", median(turns), "messages/s")])
}

/// The addresses of the shipped glue and of the module, from what the page fetched.
async fn addresses(visitor: &Visitor) -> Result<[serde_json::Value; 2]> {
    let _ = visitor;
    anyhow::bail!("not known yet")
}
