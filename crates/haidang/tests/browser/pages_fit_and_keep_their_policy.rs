//! Every page fits the narrowest screen, in both languages, and never breaks its own content security policy.

use crate::{MESSAGE, PAGES, check, faults, house, reader_ready};
use anyhow::Result;
use visitor::{Look, Visitor, browser_wanted};

#[tokio::test]
async fn at_320_pixels_nothing_scrolls_sideways() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::NARROW).await?;
    let mut wrong = Vec::new();
    for lang in ["vi", "en"] {
        for page in PAGES {
            visitor.go(&house.url(&format!("/{lang}{page}"))).await?;
            wrong.extend(too_wide(&visitor, &format!("/{lang}{page}")).await?);
        }
        visitor.go(&house.url(&format!("/{lang}/"))).await?;
        reader_ready(&visitor).await?;
        // A word without a break must not push the page apart.
        check(&visitor, &format!("{MESSAGE} https://vcb-xacthuc.top/{}", "a".repeat(120))).await?;
        wrong.extend(too_wide(&visitor, &format!("the answer ({lang})")).await?);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

pub async fn too_wide(visitor: &Visitor, what: &str) -> Result<Option<String>> {
    let widest = "
        const wide = 320; // and not what the page made of it: a phone zooms out until all fits
        if (document.documentElement.scrollWidth <= wide) return '';
        const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1);
        const said = e => e.outerHTML.slice(0, 60) + ' to ' + e.getBoundingClientRect().right;
        return document.documentElement.scrollWidth + ' wide: ' + out.slice(0, 4).map(said).join(' | ') + ' ';";
    let said = visitor.eval(widest).await?;
    Ok(said.as_str().filter(|s| !s.is_empty()).map(|s| format!("{what}: {s}")))
}

#[tokio::test]
async fn no_page_breaks_its_policy() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    let mut wrong = Vec::new();
    for lang in ["vi", "en"] {
        for page in PAGES {
            visitor.go(&house.url(&format!("/{lang}{page}"))).await?;
            wrong.extend(faults(&visitor).await?);
        }
        visitor.go(&house.url(&format!("/{lang}/"))).await?;
        reader_ready(&visitor).await?;
        check(&visitor, MESSAGE).await?;
        wrong.extend(faults(&visitor).await?);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // The policy is really in force: what a page must not do is refused.
    let refused = "(async () => {
        const seen = new Promise(done => document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective)));
        const image = new Image();
        image.src = 'https://elsewhere.example/x.png';
        return seen;
    })()";
    visitor.go(&house.url("/vi/")).await?;
    assert_eq!(visitor.promise(refused).await?, "img-src");
    Ok(())
}
