//! What tests need beside the toolchain, installed where it is missing.

use crate::{
    packages,
    shell::{answers, carry_out, command, output},
};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha512};
use std::{fs, path::PathBuf};

/// The accessibility rules that pages are held against; a test tool only, never shipped.
const AXE: &str = "4.14.1";
/// Of the npm package `axe-core` at that version, as the registry publishes it in `dist.integrity`.
const AXE_SHA512: &str = "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73\
                          4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5";

/// Reads the types of the npm package; a test tool only.
const TYPESCRIPT: &str = "5.9.3";
/// Of the npm package `typescript` at that version, likewise.
const TYPESCRIPT_SHA512: &str = "8e5d6f6733c38a72ebf5e52ddc9feded5e8580d130f508ef04f772b33f4a7d00\
                                 c3e357d0ac2d98e2f290762694a454f86d795bd511e12e9a7cc2d9ba3394e04b";

/// The Library of Congress's reader of bags, a test tool only; from the Python package index into a folder of its own.
const BAGIT: &str = "1.9.0";

/// A provider of OpenID Connect, a test tool only: npm holds every package of it against the hashes in the lock file.
const PROVIDER: &str = ".cache/oidc-provider-8.8.1";
const PROVIDER_LOCK: &str = "crates/haidang/tests/provider";

/// A line that works where a program is there, and Debian's package that brings it.
type Tool = (&'static str, &'static str);

/// `kill` is a program of its own on no bare Debian; shells have one built in.
const TOOLS: &[Tool] = &[
    ("git --version", "git"),
    ("kill -l", "procps"),
    ("openssl version", "openssl"),
    ("python3 -m ensurepip --version", "python3-venv"),
];

/// The browser, its driver, and letters for every Vietnamese syllable.
const BROWSER: &[Tool] =
    &[("chromium --version", "chromium"), ("chromedriver --version", "chromium-driver"), ("fc-list", "fontconfig")];
const LETTERS: &str = "fonts-noto-core";

/// A mail server, for the test that sends a letter.
const MAIL_SERVER: Tool = ("/usr/bin/python3 -m aiosmtpd --version", "python3-aiosmtpd");

pub fn install(browser: bool) -> Result<()> {
    wasm_target()?;
    let mut missing = missing(TOOLS);
    // The stock program that opens what we seal; `HAIDANG_NO_AGE=1` leaves its tests out.
    if std::env::var_os("HAIDANG_NO_AGE").is_none() {
        missing.extend(self::missing(&[("age --version", "age")]));
    }
    missing.extend(self::missing(&[MAIL_SERVER]));
    // `HAIDANG_NO_POSTGRES=1` leaves its tests out.
    if std::env::var_os("HAIDANG_NO_POSTGRES").is_none() && !has_postgres() {
        missing.push("postgresql");
    }
    if browser {
        missing.extend(self::missing(BROWSER));
        if !output(command("fc-list :lang=vi family")).is_ok_and(|list| !list.trim().is_empty()) {
            missing.push(LETTERS);
        }
    }
    if browser && !axe_path().exists()
        || wants_provider() && !PathBuf::from(PROVIDER).join("node_modules").exists()
        || packages::wanted()
    {
        missing.extend(self::missing(&[("npm --version", "npm")]));
    }
    if !missing.is_empty() {
        apt(&missing.join(" "))?;
    }
    bagit()?;
    provider()?;
    if browser { axe() } else { Ok(()) }
}

/// Tests find it there (`crates/haidang/tests/a_package_is_verified.rs`).
fn bagit() -> Result<()> {
    let folder = format!(".cache/bagit-{BAGIT}");
    if PathBuf::from(&folder).join("bin/bagit.py").exists() {
        return Ok(());
    }
    output(command(&format!("python3 -m venv {folder}")))?;
    let install = command(&format!("{folder}/bin/pip install --quiet bagit=={BAGIT}"));
    output(install).map(drop).context("What to do: see that pip reaches its index")
}

/// `HAIDANG_NO_OIDC=1` leaves its story out.
fn wants_provider() -> bool {
    std::env::var_os("HAIDANG_NO_OIDC").is_none()
}

/// Tests find it there (`crates/haidang/tests/an_organisation_signs_in_by_its_own_provider.rs`).
fn provider() -> Result<()> {
    let folder = PathBuf::from(PROVIDER);
    if !wants_provider() || folder.join("node_modules").exists() {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(PathBuf::from(PROVIDER_LOCK).join(name), folder.join(name))?;
    }
    let mut install = command("npm ci --silent --ignore-scripts --no-audit --no-fund");
    install.current_dir(&folder);
    let wrong = "What to do: see that npm reaches its registry, or set HAIDANG_NO_OIDC=1";
    output(install).map(drop).context(wrong)
}

/// Debian puts its programs beside the paths where programs are looked for.
fn has_postgres() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin/initdb")).any(|initdb| initdb.exists())
}

fn missing(tools: &[Tool]) -> Vec<&'static str> {
    tools.iter().filter(|(line, _)| !answers(line)).map(|(_, package)| *package).collect()
}

fn wasm_target() -> Result<()> {
    let sysroot = output(command("rustc --print sysroot"))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").exists() {
        return Ok(());
    }
    let line = "rustup target add wasm32-unknown-unknown";
    carry_out(command(line), &format!("install rustup, then `{line}`"))
}

/// Installs Debian packages as root, or says the line to run.
pub fn apt(packages: &str) -> Result<()> {
    let line = format!("apt-get install -y --no-install-recommends {packages}");
    if !answers("apt-get --version") || output(command("id -u"))?.trim() != "0" {
        bail!("these are missing: {packages}\nWhat to do: as root, apt-get update && {line}");
    }
    println!("installing {packages}");
    let quiet = |line: &str| {
        let mut apt = command(line);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        output(apt).map(drop)
    };
    quiet("apt-get update -qq")?;
    quiet(&line.replace("install -y", "install -y -qq"))
}

/// Where axe-core lies once installed.
pub fn axe_path() -> PathBuf {
    PathBuf::from(format!(".cache/axe-core-{AXE}/axe.min.js"))
}

fn axe() -> Result<()> {
    let wrong = "What to do: see that npm reaches its registry, or run with --no-browser";
    from_npm("axe-core", AXE, AXE_SHA512, "package/axe.min.js").map(drop).context(wrong)
}

/// TypeScript's compiler, installed.
pub fn typescript() -> Result<PathBuf> {
    let wrong = "What to do: see that npm reaches its registry, or set HAIDANG_NO_PACKAGES=1";
    let folder = from_npm("typescript", TYPESCRIPT, TYPESCRIPT_SHA512, "package/lib").context(wrong)?;
    Ok(std::path::absolute(folder.join("lib/tsc.js"))?)
}

/// A part of an npm package that is what was published, in a folder of its own.
fn from_npm(name: &str, version: &str, sha512: &str, part: &str) -> Result<PathBuf> {
    let folder = PathBuf::from(format!(".cache/{name}-{version}"));
    if folder.join(part.trim_start_matches("package/")).exists() {
        return Ok(folder);
    }
    fs::create_dir_all(&folder)?;
    let mut pack = command(&format!("npm pack --silent {name}@{version}"));
    pack.current_dir(&folder);
    output(pack)?;
    let archive = format!("{name}-{version}.tgz");
    let sum: String = Sha512::digest(fs::read(folder.join(&archive))?).iter().map(|b| format!("{b:02x}")).collect();
    if sum != sha512 {
        bail!("{archive} is not what was published: its SHA-512 is {sum}");
    }
    let mut unpack = command(&format!("tar --extract --strip-components=1 {part} --file {archive}"));
    unpack.current_dir(&folder);
    output(unpack)?;
    Ok(folder)
}
