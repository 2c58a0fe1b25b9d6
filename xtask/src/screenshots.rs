//! `cargo xtask screenshots`: pictures of the pages. Those that the README shows go to `docs/screenshots`; with `--all`
//! every page on every screen, in both languages, light and dark, goes to `target/screenshots`, for looking at.

use crate::{
    pictures,
    shell::{carry_out, command, target_dir},
    test::tools,
};
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf, absolute},
};
use visitor::{House, Look, Visitor};

const README: &str = "docs/screenshots";

#[derive(clap::Args)]
pub struct Args {
    /// Every page and result on every screen, into target/screenshots.
    #[arg(long)]
    all: bool,
    /// Only pictures whose name contains this, as in `home-phone-vi`.
    #[arg(long, default_value = "")]
    only: String,
}

/// A page, and what is typed into its box. In Vietnamese and English.
struct Scene {
    name: &'static str,
    page: &'static str,
    typed: Option<[&'static str; 2]>,
}

const fn page(name: &'static str, page: &'static str) -> Scene {
    Scene { name, page, typed: None }
}

const fn result(name: &'static str, vi: &'static str, en: &'static str) -> Scene {
    Scene { name, page: "/check", typed: Some([vi, en]) }
}

const SCENES: &[Scene] = &[
    page("home", "/"),
    page("check", "/check"),
    page("help", "/help"),
    page("about", "/about"),
    page("privacy", "/privacy"),
    page("traces", "/traces"),
    page("keep", "/keep"),
    page("api", "/api"),
    page("lost", "/no-such-page"),
    result(
        "threat",
        "Gửi 2 triệu ngay, không thì tao tung ảnh mày lên nhóm lớp. Có 1 tiếng thôi, đừng nói với ai.",
        "Send 200 dollars now or I post your pictures in the class group. You have one hour. Don't tell anyone.",
    ),
    result(
        "bank",
        "VCB: Tai khoan cua ban se bi khoa trong 24h. Vui long xac thuc tai https://vcb-xacthuc.top va nhap ma OTP.",
        "Your bank account will be locked in 24h. Verify now at https://vcb-xacthuc.top and enter your OTP.",
    ),
    result(
        "telling",
        "Em lỡ chuyển cho họ 5 triệu rồi, giờ họ đòi thêm mới trả lại tiền. Em sợ quá không dám nói với mẹ.",
        "I already sent them 5 million and now they want more before giving it back. I'm scared to tell my mum.",
    ),
    result("family", "Con ăn cơm chưa? Mẹ để phần trong nồi nhé", "Have you eaten yet? I left some rice for you."),
    result("nothing", "Mai trời có mưa không nhỉ", "I wonder if it rains tomorrow"),
    result("empty", "   ", "   "),
];

#[tokio::main(flavor = "current_thread")]
pub async fn run(args: &Args) -> Result<()> {
    tools::install(true)?;
    // As the tests build it: what a page looks like does not depend on the profile.
    carry_out(command("cargo build --locked --workspace --bin haidang"), "mend the error above")?;
    let house = House::open(absolute(target_dir())?.join("debug/haidang"))?;
    let folder = if args.all { target_dir().join("screenshots") } else { PathBuf::from(README) };
    fs::create_dir_all(&folder)?;
    for (device, screen) in
        [("phone", Look { width: 360, ..Look::PHONE }), ("narrow", Look::NARROW), ("desktop", Look::DESKTOP)]
    {
        for (at, lang) in ["vi", "en"].into_iter().enumerate() {
            let look = if lang == "en" { screen.english() } else { screen };
            let wanted = |name: &str| args.all || for_readme(name);
            let names = |scene: &Scene| {
                ["light", "dark"]
                    .map(|light| format!("{}-{device}-{lang}-{light}", scene.name))
                    .into_iter()
                    .filter(|name| name.contains(&args.only) && wanted(name))
                    .collect::<Vec<_>>()
            };
            if SCENES.iter().all(|scene| names(scene).is_empty()) {
                continue;
            }
            let visitor = Visitor::arrive(look).await?;
            for scene in SCENES {
                let names = names(scene);
                if names.is_empty() {
                    continue;
                }
                visitor.go(&house.url(&format!("/{lang}{}", scene.page))).await?;
                let ready = "return !document.getElementById('check-form') || document.body.dataset.reader === 'ready'";
                visitor.until("the reader is ready", ready).await?;
                if let Some(texts) = scene.typed {
                    answer(&visitor, texts[at]).await?;
                }
                for name in names {
                    let look = if name.ends_with("dark") { look.dark() } else { look };
                    take(&visitor, look, &folder.join(format!("{name}.png")), args.all).await?;
                }
            }
        }
    }
    if args.all { walks(&folder, &args.only) } else { Ok(()) }
}

/// What no address shows; the walks are those of the browser tests.
fn walks(folder: &Path, only: &str) -> Result<()> {
    let line = format!(
        "cargo test --locked --quiet --package haidang --test browser -- --ignored --test-threads 1 looked_at::{only}"
    );
    let mut walks = command(&line);
    walks.env("HAIDANG_PICTURES", absolute(folder)?);
    carry_out(walks, "see above")
}

/// What the README shows: the first page, an answer and the directory.
fn for_readme(name: &str) -> bool {
    const SHOWN: [&str; 6] = [
        "home-phone-vi-light",
        "home-phone-vi-dark",
        "threat-phone-vi-light",
        "help-phone-vi-light",
        "threat-desktop-vi-light",
        "home-desktop-en-dark",
    ];
    SHOWN.contains(&name)
}

async fn answer(visitor: &Visitor, text: &str) -> Result<()> {
    visitor.find("#text").await?.send_keys(text).await?;
    visitor.find("#check").await?.click().await?;
    visitor.find("#result").await?;
    visitor.eval("document.getElementById('result').scrollIntoView({behavior: 'instant'})").await?;
    Ok(())
}

/// The screen as it stands, or the whole page on a screen that is as high.
async fn take(visitor: &Visitor, look: Look, path: &Path, whole: bool) -> Result<()> {
    visitor.look(look).await?;
    if whole {
        let height = visitor.eval("return document.documentElement.scrollHeight").await?.as_u64().unwrap_or(0);
        visitor.look(Look { height: look.height.max(height as u32), ..look }).await?;
        visitor.eval("scrollTo({top: 0, behavior: 'instant'})").await?;
    }
    visitor.until("nothing moves", "return document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)").await?;
    fs::write(path, visitor.picture().await?)?;
    pictures::squeeze(path)?;
    println!("{}", path.display());
    Ok(())
}
