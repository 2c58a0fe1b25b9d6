//! `cargo xtask screenshots`: pictures of the pages into `docs/screenshots`, phone and desktop, both languages, light
//! and dark. A few of them are tracked for the README; the others are for looking at.

use crate::{
    bench,
    shell::{answers, command, output},
    test::tools,
};
use anyhow::Result;
use std::{fs, path::Path};
use visitor::{House, Look, Visitor};

const FOLDER: &str = "docs/screenshots";

/// (name, page, what is typed in)
const PAGES: &[(&str, &str, Option<[&str; 2]>)] = &[
    ("home", "/", None),
    (
        "answer",
        "/check",
        Some([
            "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Có 1 tiếng thôi, đừng nói với ai.",
            "Send 200 dollars now or I post your pictures in the class group. You have one hour. Don't tell anyone.",
        ]),
    ),
    ("help", "/help", None),
    ("privacy", "/privacy", None),
    ("keep", "/keep", None),
];

#[tokio::main(flavor = "current_thread")]
pub async fn run() -> Result<()> {
    tools::install(true)?;
    let binary = bench::release("--package haidang", "haidang")?;
    let house = House::open(&binary)?;
    fs::create_dir_all(FOLDER)?;
    for (device, screen) in [("phone", Look::PHONE), ("desktop", Look::DESKTOP)] {
        for (at, lang) in ["vi", "en"].into_iter().enumerate() {
            let look = if lang == "en" { screen.english() } else { screen };
            let visitor = Visitor::arrive(look).await?;
            for (name, page, typed) in PAGES {
                visitor.go(&house.url(&format!("/{lang}{page}"))).await?;
                if let Some(texts) = typed {
                    answer(&visitor, texts[at]).await?;
                }
                for (light, look) in [("light", look), ("dark", look.dark())] {
                    visitor.look(look).await?;
                    let path = format!("{FOLDER}/{name}-{device}-{lang}-{light}.png");
                    fs::write(&path, visitor.picture().await?)?;
                    println!("{path}");
                }
                visitor.look(look).await?;
            }
        }
    }
    squeeze(Path::new(FOLDER))
}

async fn answer(visitor: &Visitor, text: &str) -> Result<()> {
    visitor.until("the reader is ready", "return document.body.dataset.reader === 'ready'").await?;
    visitor.find("#text").await?.send_keys(text).await?;
    visitor.find("#check").await?.click().await?;
    visitor.find("#result").await?;
    visitor.eval("document.getElementById('result').scrollIntoView({behavior: 'instant'})").await?;
    Ok(())
}

/// Fewer colours make a fifth of the bytes; where the tool is missing the pictures stay as they are.
fn squeeze(folder: &Path) -> Result<()> {
    if !answers("pngquant --version") {
        println!("pngquant is not here: the pictures stay large (apt-get install pngquant)");
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let mut quant = command("pngquant --force --skip-if-larger --ext .png 64 --");
        quant.arg(entry?.path());
        // It refuses what would not get smaller: then the picture is small already.
        output(quant).ok();
    }
    Ok(())
}
