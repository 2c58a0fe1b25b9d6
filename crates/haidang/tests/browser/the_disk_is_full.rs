//! The disk runs full while files arrive: who sends is told in plain words, the operator reads what to do, what was
//! acknowledged stays, and with room it goes on.

use crate::{
    binary,
    staff::{Device, Door, ORGANISATION, STORY, Staff, add_organisation, invite},
    telling::{PICK, next, press, step, to_the_files, to_the_story, write},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;
use visitor::{House, Look, Visitor, browser_wanted};

const HERS: &str = "Có clip làm chứng. Cây gạo 3306";

/// A disk of its own, in memory: only root may make one.
struct Disk(TempDir);

impl Disk {
    /// Nothing where this machine doesn't allow it.
    fn of(mib: u32) -> Result<Option<Self>> {
        let folder = TempDir::new()?;
        let size = format!("size={mib}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|done| done.status.success()) {
            return Ok(Some(Self(folder)));
        }
        #[expect(clippy::print_stderr, reason = "a test that did nothing must say so")]
        {
            eprintln!("left out: this machine lets nobody but root mount a disk, so none can be filled");
        }
        Ok(None)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes away all room but this much.
    fn fill_but(&self, kib: u64) -> Result<PathBuf> {
        let said = Command::new("df").args(["--output=avail", "-k"]).arg(self.path()).output()?;
        let free: u64 = String::from_utf8(said.stdout)?.lines().nth(1).context("a figure")?.trim().parse()?;
        let filler = self.path().join("filler");
        fs::write(&filler, vec![7; (free.saturating_sub(kib) * 1024) as usize])?;
        Ok(filler)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Fails only where it was never mounted.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

#[tokio::test]
async fn while_files_arrive() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let Some(disk) = Disk::of(48)? else { return Ok(()) };
    let data = disk.path().join("data");
    let data = data.to_str().context("a path of UTF-8")?;
    let house = House::open_with(binary(), &["--data", data])?;
    // The commands find the folder by the settings of the house.
    fs::write(house.folder().join("haidang.toml"), format!("data = {data:?}\n"))?;
    add_organisation(&house)?;
    let (lan, _) = Staff::join(&invite(&house, "organisation_admin")?, "lan", Door::Founds, Look::DESKTOP).await?;
    let before = Device::report(&house, &json!({}), &[("a.bin", "application/octet-stream", &vec![1; 100_000])])?;

    let filler = disk.fill_but(3_000)?;
    let her = Visitor::arrive(Look::PHONE).await?;
    with_a_file(&her, &house, 9_000_000).await?;
    press(&her, "#ask-next").await?;
    her.find("#send-again:not([hidden])").await?;
    let said = her.find("#send-line").await?.text().await?;
    ensure!(said.contains("chưa lưu được") && said.contains("Hãy giữ trang này"), "{said}");
    let log = house.log();
    let line = log.lines().find(|line| line.contains("the disk is full")).with_context(|| log.clone())?;
    ensure!(line.contains("ERROR") && line.contains("No space left on device") && !line.contains("clip"), "{line}");

    // Who reported before reads on. Opening is noted, and what can't be noted isn't opened: staff are told so too.
    ensure!(before.messages(&house)?.is_empty());
    lan.visitor.find("#inbox-list .row").await?.click().await?;
    let stern =
        "const n = document.getElementById('notice'); return !n.hidden && n.innerText.includes('chưa lưu được')";
    lan.visitor.until("the desk says why", stern).await?;

    // With room again she presses once more, and it arrives once; nothing that was acknowledged is lost.
    fs::remove_file(filler)?;
    press(&her, "#send-again").await?;
    step(&her, "receipt").await?;
    let two = "return document.querySelectorAll('#inbox-list .row').length === 2";
    lan.visitor.until("both reports are there", two).await?;
    for (row, words) in [STORY, HERS].iter().enumerate() {
        lan.visitor.eval(&format!("document.querySelectorAll('#inbox-list .row')[{row}].click()")).await?;
        lan.reads(words).await?;
        let files = "return document.querySelectorAll('#entries .file-save').length === 1";
        lan.visitor.until("its file is there", files).await?;
    }
    Ok(())
}

async fn with_a_file(her: &Visitor, house: &House, bytes: usize) -> Result<()> {
    her.go(&house.url("/vi/ask")).await?;
    to_the_story(her, "25_59", &[ORGANISATION]).await?;
    write(her, "#story", HERS).await?;
    to_the_files(her).await?;
    her.client().execute(PICK, vec![json!(bytes)]).await?;
    her.find("#file-list .file").await?;
    next(her, "clear").await
}
