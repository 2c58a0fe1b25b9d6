//! A clean clone of what is committed, built and tested as on a new machine: `clean_build_test_min`. Crates that are
//! already downloaded are not downloaded again; everything is compiled.

use crate::{
    figures::{self, Measured},
    shell::{carry_out, command, output},
};
use anyhow::{Result, ensure};
use std::{env, fs, process::Command, time::Instant};

pub fn run() -> Result<()> {
    let folder = env::temp_dir().join(format!("haidang-clean-{}", std::process::id()));
    let mut clone = command("git clone --quiet --no-hardlinks .");
    clone.arg(&folder);
    carry_out(clone, "commit first")?;
    let start = Instant::now();
    let mut test = Command::new("bash");
    test.arg(".ci/run")
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_MANIFEST_DIR")
        .env("CI", "true");
    let passed = carry_out(test, "see above");
    let minutes = start.elapsed().as_secs_f64() / 60.0;
    // What browsers get is the same, built in another folder.
    let mut built = command("cargo run --locked --quiet --package haidang -- assets");
    built.current_dir(&folder).env_remove("CARGO_TARGET_DIR");
    let built = output(built);
    fs::remove_dir_all(&folder)?;
    passed?;
    ensure!(
        built? == fs::read_to_string("docs/assets.sha256")?,
        "a clean clone gives browsers other files than docs/assets.sha256 lists"
    );
    println!("a clean clone is built and tested in {minutes:.1} minutes");
    figures::write(&[Measured::new("clean_build_test_min", minutes, "minutes")], "cargo xtask prove")
}
