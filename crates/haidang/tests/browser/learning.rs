//! A lesson as the stories do it: whatever kind a step is, somebody does it with her fingers.

use crate::telling::{press, write};
use anyhow::{Result, bail};
use visitor::Visitor;

/// Opens a lesson and waits until it can be begun.
pub async fn arrive(visitor: &Visitor, url: &str) -> Result<()> {
    visitor.go(url).await?;
    visitor.until("the lesson is ready", "return document.body.dataset.lesson === 'ready'").await
}

pub async fn begin(visitor: &Visitor, url: &str) -> Result<()> {
    arrive(visitor, url).await?;
    press(visitor, "#begin").await?;
    visitor.find("#step-heading").await.map(drop)
}

/// The kind of the step that is shown; `end` behind the last.
pub async fn kind(visitor: &Visitor) -> Result<String> {
    let kind = visitor.eval("return document.getElementById('step').dataset.kind").await?;
    Ok(kind.as_str().unwrap_or_default().to_owned())
}

/// Does the step that is shown. `said` is what she writes where she is asked to.
pub async fn do_step(visitor: &Visitor, said: &str) -> Result<()> {
    match &*kind(visitor).await? {
        "choose" => press(visitor, "#step .answer").await?,
        "spot" => {
            press(visitor, "#step .piece").await?;
            press(visitor, "#step > .button").await?;
            visitor.find("#step .whys li").await?;
        }
        "sort" => {
            for number in 1..=count(visitor, "#step .thing").await? {
                press(visitor, &format!("#step .thing:nth-of-type({number}) .tile")).await?;
            }
            press(visitor, "#step > .button").await?;
            visitor.find("#step .thing .why").await?;
        }
        "order" => {
            for number in 1..=count(visitor, "#step .ordered").await? {
                press(visitor, &format!("#step li:nth-of-type({number}) .ordered")).await?;
            }
            press(visitor, "#step > .button").await?;
            visitor.find("#step .good-order").await?;
        }
        "settings" => press(visitor, "#step .switch").await?,
        "write" => {
            write(visitor, "#step textarea", said).await?;
            press(visitor, "#step .own button").await?;
            visitor
                .until("it is answered", "return document.querySelector('#step .replied').textContent !== ''")
                .await?;
        }
        "chat" => to_an_ending(visitor).await?,
        _ => {}
    }
    Ok(())
}

async fn count(visitor: &Visitor, css: &str) -> Result<u64> {
    Ok(visitor.eval(&format!("return document.querySelectorAll('{css}').length")).await?.as_u64().unwrap_or(0))
}

/// Chooses through a chat until it ends: the last choice, as the first may lead in a circle.
pub async fn to_an_ending(visitor: &Visitor) -> Result<()> {
    for turn in 0..40 {
        if visitor.eval("return !!document.querySelector('#step .ending')").await? == true {
            return Ok(());
        }
        let which = if turn % 3 == 2 { "first" } else { "last" };
        press(visitor, &format!("#step .chat-ways li:{which}-child .answer")).await?;
    }
    bail!("the chat does not end: {}", visitor.text().await?)
}

/// The scene of the chat that is shown.
pub async fn scene(visitor: &Visitor) -> Result<String> {
    let scene = visitor.eval("return document.querySelector('#step .chat-log').dataset.scene").await?;
    Ok(scene.as_str().unwrap_or_default().to_owned())
}

/// To the next step.
pub async fn go_on(visitor: &Visitor) -> Result<()> {
    press(visitor, "#step-next").await?;
    visitor.until("the step has the focus", "return document.activeElement.id === 'step-heading'").await
}

/// Every step from the one that is shown to the last.
pub async fn to_the_end(visitor: &Visitor, said: &str) -> Result<()> {
    while kind(visitor).await? != "end" {
        do_step(visitor, said).await?;
        go_on(visitor).await?;
    }
    Ok(())
}
