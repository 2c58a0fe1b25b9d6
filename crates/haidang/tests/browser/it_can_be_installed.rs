//! The browser agrees that each page can be installed, under its own name or under a cover.

use crate::house;
use anyhow::Result;
use serde_json::{Value, json};
use visitor::{Look, Visitor, browser_wanted};

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
