//! Messages a second in WASM: the shipped module in headless Chromium, through its batch function, so that reading is
//! counted and not the crossing into JavaScript. One core: the page's own thread.

use super::{TURNS, median, messages};
use crate::{corpus::Record, figures::Measured};
use anyhow::{Context, Result};
use serde_json::{Value, json};
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

/// The addresses of the shipped glue and of the module, found as the browser finds them: from script to script.
async fn addresses(visitor: &Visitor) -> Result<[Value; 2]> {
    let crawl = r#"(async () => {
        const seen = new Map();
        const read = async (url) => {
            if (seen.has(url)) return;
            seen.set(url, true);
            if (!url.endsWith('.js')) return;
            const text = await (await fetch(url)).text();
            for (const [, next] of text.matchAll(/"(\/a\/[^"]+\.(?:js|wasm))"/g)) await read(next);
        };
        for (const script of document.querySelectorAll('script[src]')) await read(script.getAttribute('src'));
        return [...seen.keys()];
    })()"#;
    let found = visitor.promise(crawl).await?;
    let ending = |end: &str| {
        let all = found.as_array().into_iter().flatten();
        all.clone()
            .find(|u| u.as_str().is_some_and(|u| u.ends_with(end)))
            .cloned()
            .with_context(|| format!("no {end} in {found}"))
    };
    Ok([ending("/browser.js")?, ending(".wasm")?])
}
