//! Pictures that are tracked must be small.

use crate::{
    shell::{answers, command, output},
    test::tools,
};
use anyhow::Result;
use std::path::Path;

/// Fewer colours make a fifth of the bytes. What would not get smaller is left as it is.
pub fn squeeze(picture: &Path) -> Result<()> {
    if !answers("pngquant --version") {
        tools::apt("pngquant")?;
    }
    let mut quant = command("pngquant --force --skip-if-larger --strip --ext .png 128 --");
    quant.arg(picture);
    // It ends with an error for a picture that is small already.
    output(quant).ok();
    Ok(())
}
