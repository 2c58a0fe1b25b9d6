//! The browser agrees that each page can be installed, under its own name or under a cover.

use crate::house;
use anyhow::Result;
use serde_json::{Value, json};
use visitor::{Look, Visitor, browser_wanted};

/// How far two pictures differ, from 0 to 255, both drawn at one size.
const DIFFERENCE: &str = "(async (one, other) => {
    const drawn = async source => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = new OffscreenCanvas(128, 128).getContext('2d');
        canvas.drawImage(image, 0, 0, 128, 128);
        return [canvas.getImageData(0, 0, 128, 128).data, image.naturalWidth];
    };
    const [[a], [b, width]] = [await drawn(one), await drawn(other)];
    return [a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length, width];
})";

#[tokio::test]
async fn its_icons_are_drawn_from_one_picture() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    for base in ["/vi", "/vi/n", "/vi/w"] {
        visitor.go(&house.url(&format!("{base}/check"))).await?;
        let picture = "document.querySelector('link[rel=icon]').getAttribute('href')";
        let apple = "document.querySelector('link[rel=apple-touch-icon]').getAttribute('href')";
        let manifest = visitor.devtools("Page.getAppManifest", json!({})).await?;
        let manifest: Value = serde_json::from_str(manifest["data"].as_str().unwrap_or_default())?;
        let mut sources = vec![(apple.to_owned(), 180)];
        let mut maskable = 0;
        for icon in manifest["icons"].as_array().into_iter().flatten().filter(|icon| icon["type"] == "image/png") {
            let size =
                icon["sizes"].as_str().and_then(|s| s.split('x').next()).and_then(|s| s.parse().ok()).unwrap_or(0);
            sources.push((icon["src"].to_string(), size));
            maskable += usize::from(icon["purpose"] == "maskable");
        }
        assert_eq!((sources.len(), maskable), (5, 2), "{base}");
        for (source, size) in sources {
            let found = visitor.promise(&format!("{DIFFERENCE}({picture}, {source})")).await?;
            assert!(found[0].as_f64().is_some_and(|far| far < 4.0), "{base}: {source} differs: run cargo xtask icons");
            assert_eq!(found[1], size, "{base}: {source}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn under_every_name() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    let mut names = Vec::new();
    for base in ["/vi", "/vi/n", "/vi/w", "/en", "/en/n", "/en/w"] {
        visitor.go(&house.url(&format!("{base}/check"))).await?;
        let errors = visitor.devtools("Page.getInstallabilityErrors", json!({})).await?;
        assert_eq!(errors["installabilityErrors"], json!([]), "{base}");
        let answer = visitor.devtools("Page.getAppManifest", json!({})).await?;
        assert_eq!(answer["errors"], json!([]), "{base}");
        let manifest: Value = serde_json::from_str(answer["data"].as_str().unwrap_or_default())?;
        assert_eq!(manifest["share_target"]["method"], "POST", "a shared message never stands in an address");
        assert_eq!(manifest["scope"], format!("{base}/"));
        names.push(manifest["name"].to_string());
        if base.len() > 3 {
            let said = manifest.to_string() + &visitor.client().title().await?;
            assert!(!said.contains("Hải Đăng"), "a cover gives nothing away: {said}");
        }
    }
    assert_eq!(names[0], names[3], "the name is a name in both languages");
    names.dedup();
    assert_eq!(names.len(), 6);
    Ok(())
}
