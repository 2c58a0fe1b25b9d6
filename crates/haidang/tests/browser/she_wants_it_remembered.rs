//! "Remember on this device" keeps ids and boxes and no more, and forgets at once; lessons that she keeps open without
//! network.

use crate::{
    PLANTED, faults, house,
    learning::{arrive, begin, do_step, go_on, to_the_end},
    telling::press,
};
use anyhow::{Context, Result};
use serde_json::Value;
use visitor::{Look, Visitor, browser_wanted};

const LESSON: &str = "codes-are-keys";

#[tokio::test]
async fn ids_and_boxes_and_no_word_of_hers() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    begin(&visitor, &house.url(&format!("/vi/learn/{LESSON}"))).await?;
    to_the_end(&visitor, PLANTED).await?;
    press(&visitor, "label:has(> #remember)").await?;
    let kept = visitor.eval("return localStorage.getItem('learn')").await?;
    let kept: Value = serde_json::from_str(kept.as_str().context("something is kept")?)?;
    assert_eq!(kept["done"][0], LESSON);
    let boxes = kept["boxes"].as_array().context("boxes")?;
    assert!(!boxes.is_empty() && boxes.iter().all(|each| each[0]["of"] == LESSON), "{kept}");
    assert_eq!(kept.as_object().map(serde_json::Map::len), Some(2), "{kept}");
    assert!(!kept.to_string().contains(PLANTED));

    // Some days later what was missed comes again, one step at a time.
    visitor.eval("const k = JSON.parse(localStorage.getItem('learn')); k.boxes.forEach(b => { b[1].due = 1 }); localStorage.setItem('learn', JSON.stringify(k))").await?;
    visitor.go(&house.url("/vi/learn#ages-9-11")).await?;
    visitor.until("it is due", "return !document.getElementById('due').hidden").await?;
    assert!(visitor.find(&format!("[data-id={LESSON}]")).await?.text().await?.contains("Đã xong"));
    press(&visitor, "#due-list a").await?;
    visitor.until("it begins at once", "return !document.getElementById('live')?.hidden").await?;
    assert_eq!(visitor.eval("return document.getElementById('live-progress').max").await?, boxes.len());
    to_the_end(&visitor, PLANTED).await?;
    let again = visitor.eval("return JSON.parse(localStorage.getItem('learn')).boxes.every(b => b[1].due > 1)").await?;
    assert_eq!(again, true, "each that was met again waits for its day");

    visitor.go(&house.url("/vi/learn")).await?;
    press(&visitor, "label:has(> #remember)").await?;
    assert_eq!(visitor.eval("return localStorage.length").await?, 0, "switched off, all is gone");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_lesson_goes_on_with_the_network_cut_and_a_kept_one_opens_again() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/learn#ages-9-11")).await?;
    press(&visitor, "#ages-9-11 [data-keep-path]").await?;
    visitor.until("they are kept", "return !!document.querySelector('#ages-9-11 [data-state=kept]')").await?;
    let url = house.url(&format!("/vi/learn/{LESSON}"));
    arrive(&visitor, &url).await?;
    drop(house);
    press(&visitor, "#begin").await?;
    do_step(&visitor, "").await?;
    go_on(&visitor).await?;
    // Closed and opened again, with nobody there to answer.
    begin(&visitor, &url).await?;
    to_the_end(&visitor, "Mình hỏi bố đã").await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn how_she_reads_goes_along_and_is_kept_nowhere() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    visitor.go(&house.url("/vi/learn#ages-9-11")).await?;
    press(&visitor, "#how summary").await?;
    press(&visitor, "label:has(> #how-easy)").await?;
    press(&visitor, &format!("#ages-9-11 [data-id={LESSON}]")).await?;
    visitor.find("html.easy .entrance").await?;
    press(&visitor, ".back-to-path").await?;
    visitor.find("html.easy #ages-9-11:target").await?;
    assert_eq!(visitor.eval("return localStorage.length + sessionStorage.length + document.cookie.length").await?, 0);
    Ok(())
}
