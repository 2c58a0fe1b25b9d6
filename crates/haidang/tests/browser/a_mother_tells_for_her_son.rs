//! A mother checks a message that her son got; what was found comes along in memory, she tells for him, keeps the words,
//! and comes back to an answer.

use crate::{
    MESSAGE, arrive, check,
    desk::{Desk, LINE},
    faults,
    telling::{choose, come_back, give_back, let_read, next, press, reads, send, step, write},
};
use anyhow::{Context, Result, bail};
use serde_json::json;
use visitor::{Look, browser_wanted};
use vocabulary::{Audience, EntryKind, Harm};

/// Picks a JPEG with a note of where it was taken, as cameras write it.
const PHOTOGRAPH: &str = "(async () => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 60, height: 40});
    canvas.getContext('2d').fillRect(0, 0, 30, 40);
    const plain = new Uint8Array(await (await new Promise(done => canvas.toBlob(done, 'image/jpeg'))).arrayBuffer());
    const note = new TextEncoder().encode('Exif\\0\\0 10.7769N 106.7009E');
    const marker = new Uint8Array([0xff, 0xe1, 0, note.length + 2]);
    const bag = new DataTransfer();
    bag.items.add(new File([plain.slice(0, 2), marker, note, plain.slice(2)], 'bang-chung.jpg', {type: 'image/jpeg'}));
    const picker = document.getElementById('pick');
    picker.files = bag.files;
    picker.dispatchEvent(new Event('change', {bubbles: true}));
})()";

#[tokio::test]
async fn from_the_check_to_the_answer() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = arrive(&desk.house.url("/en/"), Look::PHONE.english()).await?;
    assert_eq!(check(&visitor, MESSAGE).await?, "harm");
    press(&visitor, "#tell a").await?;
    step(&visitor, "who").await?;
    assert_eq!(visitor.client().current_url().await?.path(), "/en/ask");
    assert!(visitor.find("#came-along").await?.is_displayed().await?);
    choose(&visitor, "audience", "parent_or_carer").await?;
    next(&visitor, "age").await?;
    let heading = visitor.find("#step-age").await?.text().await?;
    assert!(heading.contains("the person"), "asked about her son, not about her: {heading}");
    choose(&visitor, "age", "12_15").await?;
    for name in ["danger", "relation", "place", "organisations"] {
        next(&visitor, name).await?;
    }
    let_read(&visitor, LINE).await?;
    next(&visitor, "rules").await?;
    next(&visitor, "story").await?;
    write(&visitor, "#story", "My son does not sleep any more.").await?;
    press(&visitor, "#with-text-line").await?;
    next(&visitor, "harm").await?;

    // The page in the other language, and back: nothing is lost.
    press(&visitor, "#switch-language").await?;
    visitor.find("html[lang=vi] #ask").await?;
    visitor.until("the step stands", "return document.querySelector('[data-step=harm]')?.hidden === false").await?;
    assert_eq!(visitor.find("#story").await?.prop("value").await?.as_deref(), Some("My son does not sleep any more."));
    press(&visitor, "#switch-language").await?;
    visitor.find("html[lang=en] #ask").await?;
    visitor.until("the step stands", "return document.querySelector('[data-step=harm]')?.hidden === false").await?;
    press(&visitor, "#ask-hurry").await?;
    step(&visitor, "clear").await?;
    let words = send(&visitor).await?;

    // A wrong word first: it is noticed, and she looks again.
    next(&visitor, "asked-back").await?;
    write(&visitor, "#back-1", "nonsense").await?;
    press(&visitor, "#ask-next").await?;
    assert!(visitor.find("#asked-wrong").await?.is_displayed().await?);
    press(&visitor, "#see-again").await?;
    step(&visitor, "receipt").await?;
    give_back(&visitor, &words).await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());

    let id = *desk.inbox(LINE).await?.first().context("it arrived")?;
    assert_eq!(desk.facts(id).await?.harm, Some(Harm::Sextortion));
    assert_eq!(desk.audience(id).await?, Some(Audience::ParentOrCarer));
    let read = desk.read(LINE, id).await?;
    let findings = read.iter().find(|r| r.kind == EntryKind::Findings).context("what the check found")?;
    assert!(!findings.content.to_string().contains("7241"), "the findings hold none of the message");
    let answers = read.iter().find(|r| r.kind == EntryKind::Answers).context("answers")?.content.to_string();
    assert!(answers.contains("7241"), "the message she chose to send along");
    desk.answer(LINE, id, "You did right. Has he told anyone else?").await?;

    // In capitals, without the spaces she was shown, on lines of their own.
    let typed = words.join("\n").to_uppercase();
    come_back(&visitor, &desk.house.url("/en/back"), &typed).await?;
    reads(&visitor, "Has he told anyone else?").await?;
    reads(&visitor, "My son does not sleep any more.").await?;
    assert_eq!(
        visitor.find("#words").await?.prop("value").await?.as_deref(),
        Some(""),
        "the words are gone from the box"
    );
    write(&visitor, "#message", "Only me. Bằng lăng").await?;
    press(&visitor, "#send-message").await?;
    reads(&visitor, "Only me. Bằng lăng").await?;
    let read = desk.read(LINE, id).await?;
    assert!(read.iter().any(|r| r.kind == EntryKind::Message && r.content["text"] == "Only me. Bằng lăng"));
    assert!(visitor.text().await?.contains("Who opened what"));

    // A photograph says where it was taken: readers get a copy that doesn't, the original is kept as evidence.
    visitor.promise(PHOTOGRAPH).await?;
    visitor.until("it is previewed", "return document.querySelector('.file canvas')?.hidden === false").await?;
    press(&visitor, "#send-files").await?;
    reads(&visitor, "bang-chung.jpg").await?;
    let read = desk.read(LINE, id).await?;
    let files: Vec<_> = read.iter().filter(|r| r.kind == EntryKind::File).map(|r| &r.content).collect();
    let [original, copy] = files.as_slice() else { bail!("an original and a copy: {files:?}") };
    assert_eq!((&original["role"], &copy["role"]), (&json!("original"), &json!("reading_copy")));
    let place = b"10.7769N 106.7009E";
    let holds = |bytes: &[u8]| bytes.windows(place.len()).any(|w| w == place);
    assert!(holds(&desk.file(LINE, id, original).await?), "the original is as it was");
    assert!(!holds(&desk.file(LINE, id, copy).await?), "the copy says no place");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}
