//! What the benchmarks measure at a browser. These are no tests: they are left out of every test run, and
//! `cargo xtask bench` runs them one by one against the release build and reads the lines `figure ID VALUE`.

use crate::{
    a_referral_takes_few_clicks::clicks,
    desk::{Desk, LINE},
    staff::{Device, Door, Staff, house_with_organisation, invite},
    telling::{choose, give_back, next, press, send, step, to_the_story, write},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;
use visitor::{House, Look, Visitor, Wire};

#[expect(clippy::print_stdout, reason = "what was measured is read from here")]
fn figure(id: &str, value: f64) {
    println!("figure {id} {value}");
}

/// The page of a report before any script, and all that a phone downloads for a whole report with a picture.
#[tokio::test]
#[ignore = "measured by cargo xtask bench"]
async fn a_report_in_bytes() -> Result<()> {
    let desk = Desk::open().await?;
    let wire = Wire::lay(desk.house.address())?;
    wire.release();
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&wire.url("/vi/ask")).await?;
    to_the_story(&visitor, "18_24", &[LINE]).await?;
    write(&visitor, "#story", "Người đó đòi tiền, không thì đăng ảnh của tôi.").await?;
    next(&visitor, "harm").await?;
    press(&visitor, "[data-step=harm] details:has([value=sextortion]) summary").await?;
    choose(&visitor, "harm", "sextortion").await?;
    for _ in 0..30 {
        if visitor.eval("return !document.querySelector('[data-step=files]').hidden").await? == true {
            break;
        }
        press(&visitor, "#ask-next").await?;
    }
    step(&visitor, "files").await?;
    let folder = tempfile::tempdir()?;
    let picture = folder.path().join("man-hinh.png");
    fs::write(&picture, visitor.picture().await?)?;
    visitor.find("#pick").await?.send_keys(picture.to_str().context("a path")?).await?;
    visitor.find(".file-list .file").await?;
    next(&visitor, "clear").await?;
    let words = send(&visitor).await?;
    give_back(&visitor, &words).await?;
    wire.quiet().await?;
    let answers = wire.answers();
    let sum = |wanted: &dyn Fn(&str) -> bool| {
        answers.iter().filter(|(path, _)| wanted(path)).map(|(_, bytes)| *bytes).sum::<u64>() as f64
    };
    figure("report_page_bytes", sum(&|path| path == "/vi/ask" || path.rsplit('.').next() == Some("css")));
    figure("report_total_bytes", sum(&|_| true));
    Ok(())
}

/// Sealing and hashing 256 MiB in the shipped WASM, in pieces of 1 MiB as the page does; and how large its memory grew.
#[tokio::test]
#[ignore = "measured by cargo xtask bench"]
async fn sealing_a_file() -> Result<()> {
    let house = House::open(crate::binary())?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    visitor.go(&house.url("/vi/ask")).await?;
    let measured = visitor
        .promise(
            r#"(async () => {
                const seen = new Set(), found = {};
                const read = async (url) => {
                    if (seen.has(url)) return;
                    seen.add(url);
                    if (url.endsWith("/sealer.js")) found.glue = url;
                    if (url.endsWith("sealer_bg.wasm")) found.wasm = url;
                    if (!url.endsWith(".js")) return;
                    const text = await (await fetch(url)).text();
                    for (const [, next] of text.matchAll(/"(\/a\/[^"]+\.(?:js|wasm))"/g)) await read(next);
                };
                for (const script of document.querySelectorAll("script[src]")) await read(script.getAttribute("src"));
                const glue = await import(found.glue);
                const { memory } = await glue.default({ module_or_path: found.wasm });
                const piece = new Uint8Array(1 << 20).map((_, i) => i * 31), pieces = 256;
                const turn = () => {
                    const sealer = glue.seal_file(new glue.Case().recipient(), piece.length * pieces);
                    const start = performance.now();
                    let sealed = 0;
                    for (let i = 0; i < pieces; i++) sealed += sealer.push(piece).length;
                    for (let more; (more = sealer.pad());) sealed += more.length;
                    const seconds = (performance.now() - start) / 1000;
                    sealer.finish();
                    return sealed / 1e6 / seconds;
                };
                turn();
                const turns = [turn(), turn(), turn(), turn(), turn()].sort((a, b) => a - b);
                return [turns[2], memory.buffer.byteLength / 1048576];
            })()"#,
        )
        .await?;
    figure("seal_wasm_mb_per_s", measured[0].as_f64().context("MB/s")?);
    figure("seal_wasm_memory_mib", measured[1].as_f64().context("MiB")?);
    Ok(())
}

/// From the press on a row of the queue until the first, and the last, of 100 entries can be read; 20 of them are files.
#[tokio::test]
#[ignore = "measured by cargo xtask bench"]
async fn opening_a_case() -> Result<()> {
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let files: Vec<_> = (0..20).map(|number| format!("anh-{number}.txt")).collect();
    let files: Vec<_> = files.iter().map(|name| (name.as_str(), "text/plain", &b"words"[..])).collect();
    let device = Device::report(&house, &json!({"harm": "sextortion", "urgency": "today"}), &files)?;
    let line = |number| format!("Tin nhắn {number}: hôm nay nó lại nhắn, em chưa trả lời.");
    device.add_all(&house, &(22..100).map(line).collect::<Vec<_>>())?;
    lan.visitor.find("#inbox-list .row").await?;
    let (mut first, mut all) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let took = lan
            .visitor
            .promise(
                "new Promise((done, fail) => {
                    setTimeout(() => fail('never opened'), 20000);
                    const start = performance.now(), room = document.getElementById('entries');
                    const shown = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now() - start)));
                    let first;
                    room.replaceChildren();
                    new MutationObserver((_, watching) => {
                        const there = room.querySelectorAll('.entry').length;
                        if (there > 0) first ??= new Promise(shown);
                        if (there < 100) return;
                        watching.disconnect();
                        shown(async (all) => done([await first, all]));
                    }).observe(room, { childList: true, subtree: true });
                    document.querySelector('#inbox-list .row').click();
                })",
            )
            .await?;
        first.push(took[0].as_f64().context("milliseconds")?);
        all.push(took[1].as_f64().context("milliseconds")?);
        lan.view("inbox").await?;
    }
    for (id, mut turns) in [("case_first_words_ms", first), ("open_case_ms", all)] {
        turns.sort_by(f64::total_cmp);
        figure(id, turns[turns.len() / 2]);
    }
    Ok(())
}

/// Clicks from the queue to a sent referral.
#[tokio::test]
#[ignore = "measured by cargo xtask bench"]
async fn referring() -> Result<()> {
    figure("referral_clicks", clicks().await? as f64);
    Ok(())
}
