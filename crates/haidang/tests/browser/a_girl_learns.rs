//! A girl of twelve learns: a whole lesson and a whole chat by choices, another in her own words; nothing of it leaves her
//! device, and nothing stays on it.

use crate::{
    PLANTED, faults, house,
    learning::{arrive, begin, do_step, go_on, kind, scene, to_an_ending},
    telling::{press, write},
};
use anyhow::{Context, Result};
use learn::{
    content::{Chat, Library},
    play::ways,
};
use serde_json::Value;
use visitor::{Look, Visitor, browser_wanted, traces};

/// For twelve-year-olds, with most kinds of steps.
const LESSON: &str = "locks-and-curtains";

fn chat(id: &str) -> Result<&'static Chat> {
    let kept = Library::shipped().chats.iter().find(|kept| kept.content.id == id);
    Ok(&kept.context("a chat")?.content)
}

/// Whatever could be left in the page's stores.
const KEPT: &str =
    "(async () => [document.cookie, localStorage.length, sessionStorage.length, (await caches.keys()).length,
    (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length].join())()";

#[tokio::test]
async fn she_does_a_whole_lesson_and_nothing_is_kept() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    // The path of her age, one tap from the first page.
    visitor.go(&house.url("/vi/")).await?;
    press(&visitor, "main a[href='/vi/learn']").await?;
    press(&visitor, "a[href='#ages-12-14']").await?;
    let shown = "return [...document.querySelectorAll('.path')].filter(e => e.checkVisibility()).map(e => e.id).join()";
    assert_eq!(visitor.eval(shown).await?, "ages-12-14");
    press(&visitor, &format!("#ages-12-14 a[data-id='{LESSON}']")).await?;
    visitor.until("the lesson is ready", "return document.body.dataset.lesson === 'ready'").await?;
    let read = "return [...document.querySelectorAll('.read-step')].filter(e => e.checkVisibility()).length";
    assert_eq!(visitor.eval(read).await?, 0, "she does it, step by step");
    press(&visitor, "#begin").await?;
    let mut kinds = Vec::new();
    loop {
        let step = kind(&visitor).await?;
        if step == "end" {
            break;
        }
        do_step(&visitor, &format!("Mình không đưa đâu, mình hỏi mẹ đã. {PLANTED}")).await?;
        assert!(visitor.eval("return document.querySelector('a[href=\"/vi/ask\"]').checkVisibility()").await? == true);
        kinds.push(step);
        go_on(&visitor).await?;
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
    assert!(visitor.find("#end-points").await?.text().await?.contains("điểm"));
    assert!(visitor.find("#certificate").await?.is_displayed().await?);
    assert_eq!(visitor.promise(KEPT).await?, ",0,0,0,0,0", "nothing is kept unless she wants it");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    let events = visitor.events().await?;
    let sent: Vec<_> = events.iter().filter(|e| e["method"] == "Network.requestWillBeSent").collect();
    assert!(sent.iter().all(|e| e["params"]["request"]["method"] == "GET"), "no answer leaves the device");
    assert!(!format!("{events:?}").contains(PLANTED) && !house.close().contains(PLANTED));
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<std::path::PathBuf>::new(), "on the phone");
    Ok(())
}

#[tokio::test]
async fn she_plays_a_chat_by_choices_to_each_kind_of_ending() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, chat) = (house()?, chat("six-digits")?);
    let visitor = Visitor::arrive(Look::PHONE).await?;
    begin(&visitor, &house.url("/vi/learn/six-digits")).await?;
    let ways = ways(chat);
    for end in chat.scenes.iter().filter(|scene| scene.ending.is_some()) {
        for number in &ways[end.id.as_str()] {
            press(&visitor, &format!("#step .chat-ways li:nth-child({}) .answer", number + 1)).await?;
        }
        assert_eq!(scene(&visitor).await?, end.id);
        let title = end.title.as_ref().context("an ending has a heading")?;
        assert_eq!(visitor.find("#step .ending h3").await?.text().await?, title.vi);
        press(&visitor, "#step .chat-ways .actions .button:last-child").await?;
        assert_eq!(scene(&visitor).await?, chat.start, "from the start again");
    }
    to_an_ending(&visitor).await?;
    press(&visitor, "#step .rewind").await?;
    assert!(visitor.find("#step .chat-ways .answer").await?.is_displayed().await?, "a step back it goes on");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn her_own_words_change_the_branch() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, chat) = (house()?, chat("free-skins")?);
    let visitor = Visitor::arrive(Look::PHONE).await?;
    arrive(&visitor, &house.url("/vi/learn/free-skins")).await?;
    assert_eq!(recogniser(&visitor).await?, 0, "the recogniser is not loaded before she writes");
    press(&visitor, "#begin").await?;
    let ways = ways(chat);
    let (asked, way) = chat
        .scenes
        .iter()
        .filter(|scene| scene.own.is_some())
        .filter_map(|scene| Some((scene, ways.get(scene.id.as_str())?)))
        .min_by_key(|(_, way)| way.len())
        .context("a scene that asks for her words")?;
    for number in way {
        press(&visitor, &format!("#step .chat-ways li:nth-child({}) .answer", number + 1)).await?;
    }
    assert_eq!(scene(&visitor).await?, asked.id);
    assert_eq!(recogniser(&visitor).await?, 0);
    let own = asked.own.as_ref().context("own words")?;
    let road = own.roads.iter().find(|road| !road.words.vi.is_empty()).context("a road of words")?;
    for (said, to) in [(format!("{} {PLANTED}", road.words.vi[0]), &road.to), ("Ờ… 🙂".to_owned(), &own.otherwise)]
    {
        write(&visitor, "#step .own textarea", &said).await?;
        visitor.until("the recogniser is there", "return document.body.dataset.reader === 'ready'").await?;
        press(&visitor, "#step .own button").await?;
        let there = format!("return document.querySelector('#step .chat-log').dataset.scene === {to:?}");
        visitor.until("it goes where her words lead", &there).await?;
        assert!(visitor.text().await?.contains(&said), "her words stand in the chat");
        press(&visitor, "#step .rewind").await?;
        assert_eq!(scene(&visitor).await?, asked.id);
    }
    assert_eq!(recogniser(&visitor).await?, 1);
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    let events = format!("{:?}", visitor.events().await?);
    assert!(!events.contains(PLANTED) && !house.close().contains(PLANTED), "her words are sent nowhere");
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<std::path::PathBuf>::new(), "on the phone");
    Ok(())
}

/// How often this page fetched the recogniser's worker.
async fn recogniser(visitor: &Visitor) -> Result<usize> {
    let names = visitor.eval("return performance.getEntriesByType('resource').map(e => e.name)").await?;
    let names = names.as_array().cloned().unwrap_or_default();
    Ok(names.iter().filter_map(Value::as_str).filter(|name| name.ends_with("/worker.js")).count())
}

#[tokio::test]
async fn without_scripts_the_lesson_is_read_and_the_chat_walked_by_links() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let (house, chat) = (house()?, chat("free-skins")?);
    let visitor = Visitor::arrive(Look::PHONE.without_scripts()).await?;
    visitor.go(&house.url("/vi/learn/gift-with-a-hook")).await?;
    assert!(!visitor.find("#begin").await?.is_displayed().await?, "a button that does nothing is not shown");
    assert!(visitor.find("#read-1").await?.is_displayed().await?);
    let answer = visitor.find("#read-2 details summary").await?;
    answer.click().await?;
    assert!(visitor.find("#read-2 details p").await?.is_displayed().await?, "what is said about an answer folds open");
    let start = chat.scene(&chat.start).context("the first scene")?;
    let choice = start.choices.first().context("a choice")?;
    press(&visitor, &format!(".scene[id$='-{}'] .ways a", start.id)).await?;
    assert!(visitor.client().current_url().await?.fragment().is_some_and(|to| to.ends_with(&choice.to)));
    assert!(visitor.find(".scene:target").await?.is_displayed().await?);
    visitor.go(&house.url("/vi/learn#for-parent")).await?;
    assert!(visitor.find("#for-parent .card-link").await?.is_displayed().await?);
    assert!(!visitor.find("#remember").await?.is_displayed().await?);
    Ok(())
}

#[tokio::test]
async fn the_language_changes_and_the_step_stays() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::PHONE).await?;
    begin(&visitor, &house.url("/vi/learn/codes-are-keys")).await?;
    go_on(&visitor).await?;
    go_on(&visitor).await?;
    press(&visitor, "#switch-language").await?;
    visitor.find("html[lang=en]").await?;
    visitor.until("the step is there", "return document.getElementById('step').dataset.kind === 'spot'").await?;
    assert_eq!(visitor.client().current_url().await?.path(), "/en/learn/codes-are-keys");
    assert!(visitor.find("#live-place").await?.text().await?.contains("Step 3"));
    do_step(&visitor, "").await?;
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());
    Ok(())
}
