//! The release server under steady load: 64 connections, short messages and now and then a heavy one. It answers to
//! the end, and its memory does not grow without bound.

use crate::{
    bench,
    shell::{command, output, target_dir},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::{fs, path::Path};
use visitor::House;

/// The most that a loaded server may hold, in MiB: the heaviest bodies at once, and room.
const MOST_MIB: f64 = 512.0;

pub fn run(seconds: u32) -> Result<()> {
    let binary = bench::release("--package haidang", "haidang")?;
    let house = House::open_with(&binary, &["--rate-burst", "0"])?;
    let script = script()?;
    let before = bench::resident_mib(house.pid())?;
    let line = format!(
        "wrk -t1 -c64 -d{seconds}s --timeout 30s --latency -s {} http://{}/api/v1/check",
        script.display(),
        house.address()
    );
    let said = output(command(&line))?;
    println!("{said}");
    let after = bench::resident_mib(house.pid())?;
    println!("memory: {before:.0} MiB before, {after:.0} MiB after");
    ensure!(!said.contains("Non-2xx"), "some requests were refused");
    ensure!(!said.contains("Socket errors"), "some connections broke");
    ensure!(after < MOST_MIB, "{after:.0} MiB after the load, {MOST_MIB} allowed");
    ensure!(house.get("/healthz")?.starts_with("HTTP/1.1 200"), "the server no longer answers");
    Ok(())
}

/// Every fiftieth request carries a chat of a thousand lines.
fn script() -> Result<std::path::PathBuf> {
    let folder = target_dir().join("bench");
    fs::create_dir_all(&folder)?;
    let chat = "Lan: hôm nay đi học không?\nKuro: gửi ảnh đi, đừng nói mẹ\n".repeat(500);
    let light = json!({"text": "Chị ơi công an gọi bảo chuyển tiền vào tài khoản an toàn"}).to_string();
    let (heavy_path, light_path) = (folder.join("heavy.json"), folder.join("light.json"));
    fs::write(&heavy_path, json!({ "text": chat }).to_string())?;
    fs::write(&light_path, light)?;
    let read = |path: &Path| format!("io.open(\"{}\"):read(\"*a\")", path.display());
    let lua = format!(
        "local heavy, light, at = {}, {}, 0\n\
         wrk.method = \"POST\"\n\
         wrk.headers[\"Content-Type\"] = \"application/json\"\n\
         function request() at = at + 1; return wrk.format(nil, nil, nil, at % 50 == 0 and heavy or light) end\n",
        read(&heavy_path),
        read(&light_path)
    );
    let script = folder.join("load.lua");
    fs::write(&script, lua).context("the script of wrk")?;
    Ok(script)
}
