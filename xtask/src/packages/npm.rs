//! The npm package: the WASM of the pages with a door of its own, packed, installed from the packed file, asked in Node
//! and in Chromium, its types by TypeScript.

use super::{Args, Place, say_version};
use crate::{
    shell::{carry_out, command, output},
    test::tools,
};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use visitor::{Look, Visitor};

const SOURCES: &str = "packaging/npm";

pub fn build_and_try(place: &Place, args: &Args) -> Result<()> {
    say_version("node --version")?;
    say_version("npm --version")?;
    let packed = pack(place)?;
    let user = place.user.join("npm");
    if user.exists() {
        fs::remove_dir_all(&user)?;
    }
    fs::create_dir_all(&user)?;
    fs::write(user.join("package.json"), r#"{ "private": true, "type": "module" }"#)?;
    for file in ["texts.json", "answers.jsonl"] {
        fs::copy(place.user.join(file), user.join(file))?;
    }
    for file in
        fs::read_dir(Path::new(SOURCES).join("tests"))?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?
    {
        fs::copy(&file, user.join(file.file_name().context("a name")?))?;
    }
    let inside = |line: &str| {
        let mut inside = command(line);
        inside.current_dir(&user);
        inside
    };
    let mut install = inside("npm install --silent --offline --ignore-scripts --no-audit --no-fund");
    install.arg(&packed);
    carry_out(install, "the packed file can be installed without a registry")?;
    carry_out(inside("node --test recognise.test.js"), "mend what the story above names")?;
    let mut types = inside("node");
    types.arg(tools::typescript()?).args(["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext"]);
    types.args(["--lib", "es2023,dom", "types.ts"]);
    carry_out(types, "mend packaging/npm/index.d.ts")?;
    if !args.no_browser {
        in_a_browser(&user)?;
    }
    if args.release {
        carry_out(inside("node speed.js"), "mend what is said above")?;
    }
    Ok(())
}

/// Puts the package together and packs it.
fn pack(place: &Place) -> Result<std::path::PathBuf> {
    let folder = place.user.join("package");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let copy = |from: &Path, name: &str| fs::copy(from.join(name), folder.join(name)).with_context(|| name.to_owned());
    for name in ["index.js", "node.js", "index.d.ts", "README.md"] {
        copy(Path::new(SOURCES), name)?;
    }
    for name in ["browser.js", "browser_bg.wasm"] {
        copy(&place.bound, name)?;
    }
    for name in ["LICENSE", "LICENSE-CONTENT"] {
        copy(Path::new("."), name)?;
    }
    // Replaced as text: the order of `exports` has a meaning.
    let package = fs::read_to_string(Path::new(SOURCES).join("package.json"))?;
    let unversioned = "\"version\": \"0.0.0\"";
    ensure!(
        package.contains(unversioned),
        "{SOURCES}/package.json has {unversioned}, which the program's version replaces"
    );
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(folder.join("package.json"), package.replace(unversioned, &version))?;
    let mut pack = command("npm pack --silent --ignore-scripts --pack-destination");
    pack.arg(&place.out).current_dir(&folder);
    output(pack)?;
    place.made(".tgz")
}

/// The installed folder served as it is, imported by a page, and held against the command line.
#[tokio::main(flavor = "current_thread")]
async fn in_a_browser(user: &Path) -> Result<()> {
    let (_server, address) = serve(user)?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    visitor.go(&format!("{address}/package.json")).await?;
    // Compared in the page: on the way out of it `1.0` becomes `1`.
    let program = "(async () => {
        const { load } = await import('/node_modules/haidang-recognise/index.js');
        const texts = await (await fetch('/texts.json')).json();
        const lines = (await (await fetch('/answers.jsonl')).text()).trim().split('\\n');
        const said = (await load()).assessMany(texts).map((answer) => JSON.stringify(answer));
        return lines.length === said.length && lines.every((line, at) => said[at] === JSON.stringify(JSON.parse(line)));
    })()";
    let same = visitor.promise(program).await? == Value::Bool(true);
    ensure!(same, "in Chromium the package says other things than the command line");
    println!("Chromium: says what the command line says");
    Ok(())
}

/// A process that ends with this value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Serves a folder on loopback, at a port of the system's choice.
fn serve(folder: &Path) -> Result<(Server, String)> {
    let mut server = Command::new("python3");
    server.args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]).arg(folder);
    let mut server = Server(server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?);
    let mut first = String::new();
    BufReader::new(server.0.stdout.take().context("piped above")?).read_line(&mut first)?;
    let address = first.split(['(', ')']).nth(1).with_context(|| format!("an address in `{first}`"))?;
    let address = address.trim_end_matches('/').to_owned();
    Ok((server, address))
}
