//! Builds what the browser gets: the WASM of `browser`, `clerk`, `keeper`, `sealer` and `tutor`, bound to JavaScript, and every file of `assets/`, squeezed and
//! named by its content, ready to be embedded. Cargo alone does it: no Node, nothing copied by hand.

#![expect(clippy::print_stdout, reason = "how a build script speaks to cargo")]

mod assets;
mod wasm;

use std::{
    env,
    path::{Path, PathBuf},
};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let workspace = here.join("../..").canonicalize().expect("the workspace is two folders up");
    watch(&here, &workspace);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let bound = wasm::build_and_bind(&workspace, &out);
    // Shared by all profiles, as the WASM is: whoever builds first squeezes for the others.
    assets::embed(&[&here.join("assets"), &bound], &wasm::own_target_dir(&out).join("assets"), &out);
}

/// The WASM changes with what it is made of, the assets with their files; nothing else makes this run again.
fn watch(here: &Path, workspace: &Path) {
    for own in ["assets", "build"] {
        println!("cargo:rerun-if-changed={}", here.join(own).display());
    }
    for shared in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"] {
        println!("cargo:rerun-if-changed={}", workspace.join(shared).display());
    }
    for part in [
        "browser",
        "casework",
        "clerk",
        "evidence",
        "guidance",
        "keeper",
        "learn",
        "papers",
        "recognise",
        "seal",
        "sealer",
        "tutor",
        "vocabulary",
    ] {
        for inside in ["src", "build", "build.rs", "data", "Cargo.toml"] {
            let path = workspace.join("crates").join(part).join(inside);
            // Watching a path that isn't there would run this at every build.
            if path.exists() {
                println!("cargo:rerun-if-changed={}", path.display());
            }
        }
    }
}
