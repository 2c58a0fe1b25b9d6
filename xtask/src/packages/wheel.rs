//! The wheel: built by maturin, installed by pip, asked by Python, its types by mypy.

use super::{Place, python_with, say_version};
use crate::shell::{carry_out, command, output};
use anyhow::Result;
use std::{fs, path::absolute};

/// Builds wheels; reads types; takes columns over.
const TOOLS: &[&str] = &["maturin==1.16.0", "mypy==2.4.1", "numpy==2.4.6"];

const CRATE: &str = "crates/recognise-py";

pub fn build_and_try(place: &Place, release: bool) -> Result<()> {
    let python = python_with(TOOLS)?;
    let python = python.display();
    say_version(&format!("{python} --version"))?;
    say_version(&format!("{python} -m maturin --version"))?;
    let profile = if release { "release" } else { "dev" };
    let mut build = command(&format!("{python} -m maturin build --quiet --profile {profile} --compatibility linux"));
    build.args(["--manifest-path", &format!("{CRATE}/Cargo.toml"), "--out"]).arg(&place.out);
    carry_out(build, "mend the first error above")?;
    let wheel = place.made(".whl")?;
    let mut install = command(&format!("{python} -m pip install --quiet --force-reinstall --no-index --no-deps"));
    install.arg(&wheel);
    output(install)?;
    // From the folder of a user, where the sources are not in the way.
    let here = absolute(CRATE)?;
    let ask = |line: &str, mend: &str| {
        let mut ask = command(&format!("{python} {}", line.replace("HERE", &here.display().to_string())));
        ask.current_dir(&place.user);
        carry_out(ask, mend)
    };
    ask("HERE/tests/test_recognise.py", "mend what the story above names")?;
    ask("-m doctest HERE/README.md", "the lines of crates/recognise-py/README.md do as it says")?;
    ask(
        "-m mypy.stubtest haidang_recognise --allowlist HERE/tests/stub-only.txt",
        "haidang_recognise.pyi says what the module has",
    )?;
    ask("-m mypy --strict --warn-unused-ignores HERE/tests/typed.py", "mend haidang_recognise.pyi")?;
    if release {
        ask("HERE/tests/speed.py", "mend what is said above")?;
    }
    fs::remove_dir_all(place.user.join(".mypy_cache"))?;
    Ok(())
}
