//! A small disk that can be filled up.

use anyhow::Result;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// More than all reports need, and soon full.
const SIZE: &str = "size=1500m";

/// A disk in memory, mounted for as long as this lives.
pub struct Disk(TempDir);

impl Disk {
    /// None where this machine lets us mount nothing.
    pub fn mount() -> Result<Option<Self>> {
        let folder = TempDir::new()?;
        let mut mount = Command::new("mount");
        let is_disk = mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder.path()).status()?.success();
        Ok(if is_disk { Some(Self(folder)) } else { None })
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Full to the last byte, for a while; what is written meanwhile must be refused.
    pub fn fill(&self, long: Duration, meanwhile: impl FnOnce()) -> Result<()> {
        let mut filler = File::create(self.filler())?;
        let piece = vec![0; 1 << 20];
        while filler.write_all(&piece).is_ok() {}
        while filler.write_all(&[0; 512]).is_ok() {}
        thread::sleep(long);
        meanwhile();
        fs::remove_file(self.filler())?;
        Ok(())
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The folder can't be removed while it is a disk.
        let _ = Command::new("umount").arg(self.path()).status();
    }
}
