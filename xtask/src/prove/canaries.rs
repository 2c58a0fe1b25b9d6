//! Two stories with the release server that take long: secrets sought in everything that it keeps, says, holds and
//! exchanges (and the control, in which each leak must be found), and a video of 400 MB.

use crate::{
    bench,
    shell::{carry_out, command},
};
use anyhow::Result;
use std::path::absolute;

const STORIES: &str = "secrets_stand_nowhere a_long_video_arrives";

pub fn run() -> Result<()> {
    let binary = absolute(bench::release("--package haidang", "haidang")?)?;
    let line =
        format!("cargo test --locked --package haidang --test browser -- --include-ignored --nocapture {STORIES}");
    let mut stories = command(&line);
    stories.env("HAIDANG_BINARY", binary);
    carry_out(stories, "see above; a secret that was found is a leak: mend its cause")
}
