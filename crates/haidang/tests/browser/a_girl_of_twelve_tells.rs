//! A girl of twelve on a 320 px phone, in Vietnamese: she tells little, skips much, sends, keeps her words, and nothing
//! of it is left on the phone or with the server.

use crate::{
    PLANTED,
    desk::{Desk, LINE, SCHOOL},
    faults,
    telling::{choose, give_back, let_read, next, press, send, step, write},
};
use anyhow::{Context, Result};
use visitor::{Look, Visitor, browser_wanted, traces};
use vocabulary::{AgeBand, EntryKind, Harm, Urgency};

const STORY: &str = "Thầy dạy kèm cứ nhắn tin xin ảnh của em. Em sợ lắm. Bằng lăng 7241";

#[tokio::test]
async fn on_a_narrow_phone() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let desk = Desk::open().await?;
    let visitor = Visitor::arrive(Look::NARROW).await?;
    visitor.go(&desk.house.url("/vi/ask")).await?;
    visitor.until("the report is there", "return document.querySelector('[data-step=who]')?.hidden === false").await?;
    choose(&visitor, "audience", "self").await?;
    fits(&visitor, "who").await?;
    next(&visitor, "age").await?;
    choose(&visitor, "age", "12_15").await?;
    fits(&visitor, "age").await?;
    next(&visitor, "danger").await?;
    assert!(visitor.find("#ask[data-young]").await.is_ok(), "the words are simpler now");
    choose(&visitor, "urgency", "now").await?;
    let calls = visitor.find("#danger-calls").await?;
    assert!(calls.is_displayed().await?, "in danger the numbers come first");
    assert!(calls.text().await?.contains("111"));
    fits(&visitor, "danger").await?;
    choose(&visitor, "urgency", "today").await?;
    assert!(!calls.is_displayed().await?);
    next(&visitor, "relation").await?;
    choose(&visitor, "relation", "teacher_or_carer").await?;
    next(&visitor, "place").await?;
    fits(&visitor, "place").await?;
    next(&visitor, "organisations").await?;
    let suggested = "return [...document.querySelectorAll('#organisations > li')].map(li => li.dataset.organisation)";
    visitor.until("the list is there", &format!("{suggested}.length > 0")).await?;
    let suggested = visitor.eval(suggested).await?;
    assert!(!suggested.as_array().context("a list")?.iter().any(|id| id == SCHOOL), "no school: {suggested}");
    assert_eq!(
        visitor.eval("return document.querySelectorAll('.org-head :checked').length").await?,
        0,
        "nobody is preselected"
    );
    let_read(&visitor, LINE).await?;
    fits(&visitor, "organisations").await?;
    next(&visitor, "rules").await?;
    assert!(visitor.find("#rules-names").await?.text().await?.contains("Hoa Sen"));
    fits(&visitor, "rules").await?;
    next(&visitor, "story").await?;
    write(&visitor, "#story", STORY).await?;
    fits(&visitor, "story").await?;
    next(&visitor, "harm").await?;
    press(&visitor, ".harm-group:nth-of-type(2) summary").await?;
    choose(&visitor, "harm", "grooming").await?;
    fits(&visitor, "harm").await?;

    // Back and forth loses nothing.
    press(&visitor, "#ask-back").await?;
    step(&visitor, "story").await?;
    assert_eq!(visitor.find("#story").await?.prop("value").await?.as_deref(), Some(STORY));
    next(&visitor, "harm").await?;
    next(&visitor, "q-since").await?;
    choose(&visitor, "q-since", "weeks").await?;
    fits(&visitor, "q-since").await?;
    press(&visitor, "#ask-hurry").await?;
    step(&visitor, "clear").await?;
    fits(&visitor, "clear").await?;
    let facts = visitor.find("#facts").await?.text().await?;
    assert!(facts.contains("Dụ dỗ trẻ em") && facts.contains("12 đến 15"), "{facts}");
    // She would rather not have her age stand open.
    press(&visitor, "#facts label:has([value=age])").await?;
    let words = send(&visitor).await?;
    fits(&visitor, "receipt").await?;
    give_back(&visitor, &words).await?;
    fits(&visitor, "done").await?;
    assert_eq!(visitor.client().current_url().await?.path(), "/vi/ask", "one address from the first step to the last");
    assert!(!visitor.text().await?.contains(&words[0]), "the words are gone from the page");
    assert_eq!(faults(&visitor).await?, Vec::<String>::new());

    let id = *desk.inbox(LINE).await?.first().context("it arrived")?;
    let facts = desk.facts(id).await?;
    assert_eq!((facts.harm, facts.age, facts.urgency), (Some(Harm::Grooming), None, Some(Urgency::Today)));
    let read = desk.read(LINE, id).await?;
    let story = read.iter().find(|r| r.kind == EntryKind::Story).context("her words")?;
    assert_eq!(story.content["text"], STORY);
    let answers = &read.iter().find(|r| r.kind == EntryKind::Answers).context("her answers")?.content["answers"];
    let has = |question: &str, choice: &str| {
        answers.as_array().is_some_and(|all| all.iter().any(|a| a["question"] == question && a["choice"] == choice))
    };
    assert!(has("age", AgeBand::From12To15.code()), "what she closed is sealed, not lost: {answers}");
    assert!(has("relation", "teacher_or_carer") && has("since", "weeks"), "{answers}");
    assert!(desk.inbox(SCHOOL).await?.is_empty());

    let sent = format!("{:?}", visitor.events().await?);
    assert!(!sent.contains(PLANTED) && !sent.contains(&words.join(" ")), "the browser sent it in the clear");
    assert!(!desk.house.log().contains(PLANTED));
    let left = visitor.leave().await?;
    assert_eq!(traces(left.path(), PLANTED), Vec::<std::path::PathBuf>::new(), "on the phone");
    Ok(())
}

/// Nothing is wider than the phone.
async fn fits(visitor: &Visitor, name: &str) -> Result<()> {
    let wide = visitor
        .eval("const out = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 321 && e.checkVisibility()); return out.map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join(' | ')")
        .await?;
    assert_eq!(wide, "", "step {name} is wider than 320 px");
    Ok(())
}
