//! A nested cargo build of what runs in the browser, and its JavaScript.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// The packages that become WASM: apart, so that who only checks a message doesn't download the seal, and who only tells
/// something not what makes packages or papers, and who learns nothing of all that.
pub const PACKAGES: &[&str] = &["browser", "clerk", "keeper", "sealer", "tutor"];

/// Gives the folder that holds `NAME.js` and `NAME_bg.wasm` of each package.
pub fn build_and_bind(workspace: &Path, out: &Path) -> PathBuf {
    ensure_target();
    let target_dir = own_target_dir(out);
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets it"));
    cargo.current_dir(workspace).args(["build", "--locked", "--profile", "wasm"]);
    cargo.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    cargo.args(["--target", TARGET, "--target-dir"]).arg(&target_dir);
    // What the outer build was told about its own target (flags, clippy as the compiler, coverage) is not for this one.
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        let of_outer_build = ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_TARGET"];
        if of_outer_build.contains(&&*name_text) || name_text.starts_with("CARGO_FEATURE_") {
            cargo.env_remove(name);
        }
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remapped(workspace, &target_dir).join("\u{1f}"));
    let status = cargo.status().expect("cargo starts");
    assert!(status.success(), "building the WASM of {PACKAGES:?} failed; what cargo said stands above");

    let bound = out.join("bound");
    for package in PACKAGES {
        Bindgen::new()
            .input_path(target_dir.join(TARGET).join("wasm").join(package).with_extension("wasm"))
            .web(true)
            .expect("the output for browsers is known")
            .typescript(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(&bound)
            .unwrap_or_else(|e| panic!("binding the WASM of `{package}` to JavaScript failed: {e:#}"));
    }
    bound
}

/// The same WASM wherever it is built: folders of this machine, which stand in the places of panics, get names of their
/// own. Of two that fit, the compiler takes the later.
fn remapped(workspace: &Path, target_dir: &Path) -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"))).unwrap_or_default();
    // One folder for each registry or mirror of it.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let mut folders: Vec<_> = registries.map(|registry| (registry.path(), "/crates".to_owned())).collect();
    // Where the standard library's source is installed, it is named by where it lies.
    let (sysroot, commit) = toolchain();
    folders.push((sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")));
    folders.push((workspace.to_owned(), "/haidang".into()));
    folders.push((target_dir.to_owned(), "/built".into()));
    folders.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect()
}

/// A target folder of its own, beside the profiles of the outer build: it never waits for the outer build's lock, and
/// debug, release and test builds share one WASM instead of building three.
pub fn own_target_dir(out: &Path) -> PathBuf {
    let build = out.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "build"));
    let target = build.and_then(Path::parent).and_then(Path::parent);
    target.unwrap_or(out).join("browser-wasm")
}

/// The pinned toolchain needs the WASM's standard library: fetch it where it is missing.
fn ensure_target() {
    if toolchain().0.join("lib/rustlib").join(TARGET).exists() {
        return;
    }
    let added = Command::new("rustup").args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
    assert!(added, "the target {TARGET} is missing and could not be added. Run: rustup target add {TARGET}");
}

/// Where the compiler lies, and of which commit it is.
fn toolchain() -> (PathBuf, String) {
    let ask = |words: &[&str]| {
        let said = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).args(words).output();
        String::from_utf8_lossy(&said.expect("rustc starts").stdout).into_owned()
    };
    let version = ask(&["--version", "--verbose"]);
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
    (ask(&["--print", "sysroot"]).trim().into(), commit.to_owned())
}
