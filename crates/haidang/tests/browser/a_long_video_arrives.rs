//! She comes back with a video, longer than what a phone could hold in memory. The connection drops on the way; it
//! arrives once, and staff save it to the bit as it was.

use crate::{
    staff::{Door, ORGANISATION, Staff, house_with_organisation, invite},
    telling::{come_back, press, reads, tell},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;
use visitor::{House, Inspector, Look, Memory, Visitor, browser_wanted};

/// A worker's memory while it seals, whatever the size of the file.
const MOST_OF_WORKER: u64 = 64 << 20;
/// The server's memory while it takes it in.
const MOST_OF_SERVER_MIB: u64 = 256;

#[tokio::test]
async fn of_20_megabytes() -> Result<()> {
    // Slow enough that there is a middle to drop in.
    story(20_000_000, 2_000_000).await
}

#[tokio::test]
#[ignore = "some minutes, and more than a gigabyte of disk: cargo xtask prove runs it"]
async fn of_400_megabytes() -> Result<()> {
    story(400_000_000, -1).await
}

async fn story(bytes: u64, upload_speed: i64) -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let folder = TempDir::new()?;
    let video = folder.path().join("clip.mp4");
    let hash = film(&video, bytes)?;
    let house = house_with_organisation()?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let her = Visitor::arrive(Look::PHONE).await?;
    her.go(&house.url("/vi/ask")).await?;
    let receipt = tell(&her, "Có clip làm chứng.", &[ORGANISATION]).await?;
    // Once somebody has opened the report, it may grow to 500 MB.
    lan.open_first().await?;

    come_back(&her, &house.url("/vi/back"), &receipt.join(" ")).await?;
    reads(&her, "Có clip làm chứng.").await?;
    let picker = her.client().find(visitor::Locator::Css("#pick")).await?;
    picker.send_keys(video.to_str().context("a path of UTF-8")?).await?;
    her.find("#file-list .file").await?;
    network(&her, false, upload_speed).await?;
    press(&her, "#send-files").await?;
    let (cuts, most) = watch(&her, upload_speed, bytes).await?;
    ensure!(cuts >= 1, "the connection dropped while it was sent");
    ensure!(most.wasm > 0 && most.wasm.max(most.buffers) + most.heap < MOST_OF_WORKER, "the worker grew to {most:?}");
    let server = resident_peak_mib(&house)?;
    #[expect(clippy::print_stdout, reason = "figures that prove shows")]
    {
        println!("{bytes} bytes, {cuts} cuts; the worker that sealed held {most:?} at most, the server {server} MiB");
    }
    ensure!(server < MOST_OF_SERVER_MIB, "the server grew to {server} MiB");

    let once = "return document.querySelectorAll('#entries .file-save').length";
    lan.visitor.until("the file is at the desk", &format!("{once} > 0")).await?;
    ensure!(lan.visitor.eval(once).await? == 1, "it arrived once");
    let saved = save(&lan.visitor, folder.path(), bytes).await?;
    ensure!(hash_of(&saved)? == hash, "what staff saved is what she sent");
    Ok(())
}

/// Something that begins like a video and can't be squeezed. Gives its hash.
fn film(path: &Path, bytes: u64) -> Result<[u8; 32]> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut start = Vec::from(*b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom");
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut left = bytes;
    while left > 0 {
        let mut piece = std::mem::take(&mut start);
        while piece.len() < 1 << 16 {
            // xorshift64
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            piece.extend(state.to_le_bytes());
        }
        piece.truncate(left.min(1 << 16) as usize);
        left -= piece.len() as u64;
        file.write_all(&piece)?;
    }
    file.flush()?;
    hash_of(path)
}

fn hash_of(path: &Path) -> Result<[u8; 32]> {
    let (mut file, mut hash, mut piece) = (File::open(path)?, Sha256::new(), vec![0; 1 << 20]);
    while let read @ 1.. = file.read(&mut piece)? {
        hash.update(&piece[..read]);
    }
    Ok(hash.finalize().into())
}

/// Drops the connection twice on the way (once where this machine is too busy to notice in time) and looks at the worker's memory until all is sent. Gives how often it was
/// dropped, and the most that the worker that seals held.
async fn watch(her: &Visitor, upload_speed: i64, bytes: u64) -> Result<(u32, Memory)> {
    const STANDS: &str =
        "const bar = document.getElementById('files-progress'); return bar.hidden ? 101 : Number(bar.value)";
    let (mut inspector, mut cuts, mut most) = (Inspector::of(her)?, 0, Memory::default());
    let start = Instant::now();
    let patience = Duration::from_secs(60 + bytes / 1_000_000);
    loop {
        let stands = her.eval(STANDS).await?.as_f64().unwrap_or_default();
        if stands > 100.0 {
            break;
        }
        ensure!(start.elapsed() < patience, "it never arrives: {stands} %; {}", her.text().await?);
        if stands > f64::from(10 + cuts * 30) && cuts < 2 {
            network(her, true, upload_speed).await?;
            sleep(Duration::from_millis(700)).await;
            network(her, false, upload_speed).await?;
            cuts += 1;
        }
        let (_, workers) = inspector.memory()?;
        // The one that opened her receipt keeps the 64 MiB of that; the one that seals the file never had them.
        if let (2.., Some(sealing)) = (workers.len(), workers.iter().min_by_key(|worker| worker.wasm)) {
            most.wasm = most.wasm.max(sealing.wasm);
            most.heap = most.heap.max(sealing.heap);
            most.buffers = most.buffers.max(sealing.buffers);
        }
        sleep(Duration::from_millis(200)).await;
    }
    her.until("no file is left to send", "return document.getElementById('send-files').hidden").await?;
    Ok((cuts, most))
}

async fn network(her: &Visitor, cut: bool, upload_speed: i64) -> Result<()> {
    let way = json!({"offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload_speed});
    her.devtools("Network.enable", json!({})).await?;
    her.devtools("Network.emulateNetworkConditions", way).await.map(drop)
}

/// Saves the file as staff do.
async fn save(visitor: &Visitor, folder: &Path, bytes: u64) -> Result<PathBuf> {
    let downloads = folder.join("saved");
    fs::create_dir(&downloads)?;
    let into = json!({"behavior": "allow", "downloadPath": downloads});
    visitor.devtools("Browser.setDownloadBehavior", into).await?;
    visitor.find(".file-save").await?.click().await?;
    visitor.client().accept_alert().await?;
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60 + bytes / 1_000_000) {
        for entry in fs::read_dir(&downloads)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "mp4") && fs::metadata(&path)?.len() == bytes {
                return Ok(path);
            }
        }
        sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("it is never saved: {}", visitor.text().await?)
}

fn resident_peak_mib(house: &House) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", house.pid()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("its peak")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}
