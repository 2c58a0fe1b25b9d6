//! `cargo xtask icons`: the icons as PNG, drawn by Chromium from the SVG beside them, for home screens that know no SVG.
//! A story of the browser tests holds each against its SVG.

use crate::{pictures, test::tools};
use anyhow::Result;
use serde_json::json;
use std::{fs, path::Path};
use visitor::{Look, Visitor};

const ASSETS: &str = "crates/web/assets";
/// For iPhones, and the two that a manifest has to name.
const SIZES: [u32; 3] = [180, 192, 512];

#[tokio::main(flavor = "current_thread")]
pub async fn run() -> Result<()> {
    tools::install(true)?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    for cover in ["icon", "icon-notes", "icon-weather"] {
        let drawn = fs::canonicalize(Path::new(ASSETS).join(format!("{cover}.svg")))?;
        visitor.go(&format!("file://{}", drawn.display())).await?;
        for size in SIZES {
            let screen = json!({"width": size, "height": size, "deviceScaleFactor": 1, "mobile": false});
            visitor.devtools("Emulation.setDeviceMetricsOverride", screen).await?;
            let path = Path::new(ASSETS).join(format!("{cover}-{size}.png"));
            fs::write(&path, visitor.picture().await?)?;
            pictures::squeeze(&path)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}
