//! Names each asset by its content, squeezes it, and writes the table that the crate embeds.

use crate::wasm::PACKAGES;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// A file that keeps one address for ever, because browsers know a service worker by it.
const UNHASHED: &[&str] = &["sw.js"];

struct Ready {
    path: String,
    bytes: Vec<u8>,
}

/// Embeds every file of the folders; `asset:name` inside a script or style becomes that asset's address, and
/// `size:name` its size in bytes.
pub fn embed(folders: &[&Path], squeezed: &Path, out: &Path) {
    let mut files = BTreeMap::new();
    for folder in folders {
        for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            files.insert(name, path);
        }
    }
    let mut ready = BTreeMap::new();
    for name in files.keys() {
        prepare(name, &files, &mut ready);
    }
    fs::create_dir_all(squeezed).expect("the target folder can be written");
    let mut table = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    let mut names = String::new();
    for (name, asset) in &ready {
        let path = |ending: &str| squeezed.join(format!("{name}{ending}"));
        // An untouched file keeps its time and its squeezed forms: squeezing the WASM takes longer than all else here.
        if fs::read(path("")).ok().as_deref() != Some(&asset.bytes) {
            // The plain one last: where it stands, the others do.
            for (ending, bytes) in
                [(".br", brotli(&asset.bytes)), (".gz", gzip(&asset.bytes)), ("", asset.bytes.clone())]
            {
                fs::write(path(ending), bytes).expect("the target folder can be written");
            }
        }
        let [plain, br, gz] = ["", ".br", ".gz"].map(|ending| path(ending).display().to_string());
        writeln!(
            table,
            "Asset {{ path: {:?}, sha256: {:?}, mime: {:?}, plain: include_bytes!({plain:?}), br: include_bytes!({br:?}), gz: include_bytes!({gz:?}) }},",
            asset.path, hex(&Sha256::digest(&asset.bytes)), mime(name)
        )
        .expect("a String takes every line");
        let constant = name.replace(['.', '-'], "_").to_uppercase();
        // Most addresses stand inside scripts only.
        writeln!(
            names,
            "/// Where `{name}` lies.\n#[allow(dead_code)]\npub(crate) const {constant}: &str = {:?};",
            asset.path
        )
        .expect("a String takes every line");
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table + &names).expect("OUT_DIR can be written");
}

/// A script's address depends on the addresses inside it, so those come first.
fn prepare(name: &str, files: &BTreeMap<String, PathBuf>, ready: &mut BTreeMap<String, Ready>) {
    if ready.contains_key(name) {
        return;
    }
    let file = files.get(name).unwrap_or_else(|| panic!("an asset names `{name}`, which is not there"));
    let mut bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    if is_ours(name) {
        let mut text = String::from_utf8(bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        for other in files.keys().filter(|other| *other != name) {
            let (address, size) = (format!("asset:{other}\""), format!("\"size:{other}\""));
            if text.contains(&address) || text.contains(&size) {
                prepare(other, files, ready);
                text = text.replace(&address, &format!("{}\"", ready[other].path));
                text = text.replace(&size, &ready[other].bytes.len().to_string());
            }
        }
        assert!(!text.contains("\"asset:"), "{name} names an asset that is not there");
        bytes = text.into_bytes();
    }
    let path = if UNHASHED.contains(&name) {
        format!("/{name}")
    } else {
        format!("/a/{}/{name}", &hex(&Sha256::digest(&bytes))[..12])
    };
    ready.insert(name.to_owned(), Ready { path, bytes });
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a String takes every write");
        hex
    })
}

fn is_ours(name: &str) -> bool {
    matches!(ending(name), "js" | "css") && !PACKAGES.iter().any(|package| name.strip_suffix(".js") == Some(package))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn mime(name: &str) -> &'static str {
    match ending(name) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "wasm" => "application/wasm",
        other => panic!("assets/: no media type is known for `.{other}` ({name})"),
    }
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut squeezed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut squeezed, &best).expect("memory takes every write");
    squeezed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut squeezed = GzEncoder::new(Vec::new(), Compression::best());
    squeezed.write_all(bytes).expect("memory takes every write");
    squeezed.finish().expect("memory takes every write")
}
