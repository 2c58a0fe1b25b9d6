//! `cargo xtask packages`: the recogniser for other programs, a Python wheel and an npm package, built into
//! `target/packages`, installed from there as others would, and held against the command line.

mod npm;
mod wheel;

use crate::{
    corpus,
    shell::{answers, command, output, step, target_dir},
    test::tools,
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf, absolute},
    process::Stdio,
};

/// Texts of the training corpus that a package is tried on: every so many-th, so that each kind is among them.
const TEXTS: usize = 250;

#[derive(clap::Args)]
pub struct Args {
    /// Build the wheel as it is handed out, and say how fast both packages read.
    #[arg(long)]
    release: bool,
    /// Leave out the browser.
    #[arg(long)]
    no_browser: bool,
}

impl Args {
    /// As `cargo xtask test` builds them: quickly.
    pub const fn to_test(browser: bool) -> Self {
        Self { release: false, no_browser: !browser }
    }
}

/// Where packages are made and tried.
struct Place {
    /// Empty but for what is handed out.
    out: PathBuf,
    /// A folder of somebody who uses them: texts, and what the command line says to each.
    user: PathBuf,
    /// Where the build of the pages has bound its WASM to JavaScript.
    bound: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    tools::install(!args.no_browser)?;
    let mut place = None;
    step("the command line, and what it says", || {
        place = Some(Place::prepare()?);
        Ok(())
    })?;
    let place = place.context("prepared above")?;
    step("Python wheel", || wheel::build_and_try(&place, args.release))?;
    step("npm package", || npm::build_and_try(&place, args))
}

impl Place {
    fn prepare() -> Result<Self> {
        let (bound, haidang) = command_line()?;
        let out = absolute(target_dir().join("packages"))?;
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        let user = absolute(target_dir().join("packages-tried"))?;
        fs::create_dir_all(&out)?;
        fs::create_dir_all(&user)?;
        let texts = texts()?;
        let lines: String = texts.iter().map(|text| json!({ "text": text }).to_string() + "\n").collect();
        fs::write(user.join("texts.json"), json!(texts).to_string())?;
        fs::write(user.join("texts.jsonl"), lines)?;
        let mut check = std::process::Command::new(haidang);
        check.args(["check", "--jsonl", "--file"]).arg(user.join("texts.jsonl"));
        fs::write(user.join("answers.jsonl"), output(check)?)?;
        Ok(Self { out, user, bound })
    }

    /// The one file handed out whose name ends so.
    fn made(&self, ending: &str) -> Result<PathBuf> {
        let mut files = fs::read_dir(&self.out)?.filter_map(|entry| Some(entry.ok()?.path()));
        let made = files.find(|path| path.to_string_lossy().ends_with(ending));
        let made = made.with_context(|| format!("no {ending} in {}", self.out.display()))?;
        println!("{}: {} bytes", made.display(), fs::metadata(&made)?.len());
        Ok(made)
    }
}

/// Messages and chats of the training corpus.
fn texts() -> Result<Vec<String>> {
    let records = corpus::read(Path::new("corpus/train"))?;
    let every = (records.len() / TEXTS).max(1);
    Ok(records.into_iter().step_by(every).map(|record| record.text).collect())
}

/// Builds the program; gives the folder of the bound WASM that it carries, and the program.
fn command_line() -> Result<(PathBuf, PathBuf)> {
    let mut build = command("cargo build --locked --package haidang --message-format json-render-diagnostics");
    let done = build.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !done.status.success() {
        bail!("the program doesn't build\nWhat to do: mend the first error above");
    }
    let (mut bound, mut program) = (None, None);
    for said in String::from_utf8(done.stdout)?.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let of =
            |package: &str| said["package_id"].as_str().is_some_and(|id| id.contains(&format!("/crates/{package}#")));
        if of("web") && said["reason"] == "build-script-executed" {
            bound = said["out_dir"].as_str().map(|out| Path::new(out).join("bound"));
        } else if of("haidang") && said["executable"].is_string() {
            program = said["executable"].as_str().map(PathBuf::from);
        }
    }
    bound.zip(program).context("cargo named neither the program nor what its pages are built of")
}

/// A program's version, for the log.
fn say_version(line: &str) -> Result<()> {
    println!("{line}: {}", output(command(line))?.trim());
    Ok(())
}

/// Whether somebody wants these tests (`HAIDANG_NO_PACKAGES=1` leaves them out).
pub fn wanted() -> bool {
    std::env::var_os("HAIDANG_NO_PACKAGES").is_none()
}

/// A folder of Python with these packages, made once.
fn python_with(packages: &[&str]) -> Result<PathBuf> {
    let folder = absolute(format!(".cache/python-{}", packages.join("-").replace("==", "-")))?;
    let python = folder.join("bin/python");
    if !answers(&format!("{} -m mypy --version", python.display())) {
        output(command(&format!("python3 -m venv {}", folder.display())))?;
        let install = format!("{} -m pip install --quiet {}", python.display(), packages.join(" "));
        output(command(&install))
            .context("What to do: see that pip reaches its index, or set HAIDANG_NO_PACKAGES=1")?;
    }
    Ok(python)
}
