//! No mouse, no touch: everything that matters is reached and pressed with keys, and the focus can be seen.

use crate::{MESSAGE, arrive, house, learning, result};
use anyhow::{Result, bail};
use serde_json::Value;
use visitor::{Key, Look, Visitor, browser_wanted};

#[tokio::test]
async fn from_the_first_tab_to_the_answer() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = arrive(&house.url("/vi/"), Look::DESKTOP).await?;

    // The first stop leads past the menu.
    visitor.press(&Key::Tab.to_string()).await?;
    assert_eq!(focused(&visitor, "className").await?, "skip");
    visitor.press(&Key::Enter.to_string()).await?;
    assert_eq!(focused(&visitor, "id").await?, "main");

    tab_to(&visitor, "text").await?;
    visitor.press(MESSAGE).await?;
    tab_to(&visitor, "check").await?;
    let shown = "const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none'";
    assert_eq!(visitor.eval(shown).await?, true, "one sees where one is");
    visitor.press(&Key::Enter.to_string()).await?;
    assert_eq!(result(&visitor).await?, "harm");
    // A reader of the screen is led to the answer.
    visitor.until("the answer has the focus", "return document.activeElement.id === 'result-heading'").await?;

    // A sign opens and closes by keys.
    for _ in 0..60 {
        visitor.press(&Key::Tab.to_string()).await?;
        if focused(&visitor, "className").await? == "number" {
            visitor.press(&Key::Enter.to_string()).await?;
            visitor.until("the sign opens", "return !!document.querySelector('.popover:popover-open')").await?;
            visitor.press(&Key::Escape.to_string()).await?;
            return visitor.until("it closes", "return !document.querySelector('.popover:popover-open')").await;
        }
    }
    bail!("no sign is reached by Tab");
}

#[tokio::test]
async fn through_a_step_and_a_move_of_a_chat() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = house()?;
    let visitor = Visitor::arrive(Look::DESKTOP).await?;
    learning::arrive(&visitor, &house.url("/vi/learn/codes-are-keys")).await?;
    tab_to(&visitor, "begin").await?;
    visitor.press(&Key::Enter.to_string()).await?;
    visitor.until("the step has the focus", "return document.activeElement.id === 'step-heading'").await?;
    visitor.press(&Key::Tab.to_string()).await?;
    assert_eq!(focused(&visitor, "className").await?, "answer", "the first answer is next");
    visitor.press(&Key::Enter.to_string()).await?;
    visitor.find("#step .why").await?;
    tab_to(&visitor, "step-next").await?;
    visitor.press(&Key::Enter.to_string()).await?;
    visitor.until("the next step", "return document.getElementById('step').dataset.kind === 'tell'").await?;

    learning::begin(&visitor, &house.url("/vi/learn/six-digits")).await?;
    let before = learning::scene(&visitor).await?;
    for _ in 0..4 {
        visitor.press(&Key::Tab.to_string()).await?;
        if focused(&visitor, "className").await? == "answer" {
            break;
        }
    }
    visitor.press(&Key::Enter.to_string()).await?;
    assert_ne!(learning::scene(&visitor).await?, before);
    // Whoever listens goes on at what came new, and the next choice is a Tab away.
    assert_eq!(focused(&visitor, "tagName").await?, "LI");
    visitor.press(&Key::Tab.to_string()).await?;
    assert_eq!(focused(&visitor, "className").await?, "answer");
    Ok(())
}

async fn tab_to(visitor: &Visitor, id: &str) -> Result<()> {
    for _ in 0..40 {
        visitor.press(&Key::Tab.to_string()).await?;
        if focused(visitor, "id").await? == id {
            return Ok(());
        }
    }
    bail!("#{id} is not reached by Tab")
}

async fn focused(visitor: &Visitor, what: &str) -> Result<Value> {
    visitor.eval(&format!("return document.activeElement.{what}")).await
}
