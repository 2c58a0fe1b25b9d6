//! The steps of a report, as the stories take them.

use anyhow::{Context, Result};
use visitor::{Element, Visitor};

/// Puts a file of these many bytes into the picker, as choosing one would.
pub const PICK: &str = "
    const bytes = new Uint8Array(arguments[0]).map((_, i) => (i * 7 + (i >> 8)) & 255);
    const bag = new DataTransfer();
    bag.items.add(new File([bytes], '../../etc/clip.mp4', {type: 'video/mp4'}));
    const picker = document.getElementById('pick');
    picker.files = bag.files;
    picker.dispatchEvent(new Event('change', {bubbles: true}));";

/// Waits until a step is shown and its heading has the focus.
pub async fn step(visitor: &Visitor, name: &str) -> Result<()> {
    let shown = format!(
        "const s = document.querySelector('[data-step=\"{name}\"]'); return !!s && !s.hidden && document.activeElement === s.querySelector('h2')"
    );
    visitor.until(&format!("the step `{name}` is shown"), &shown).await
}

/// Goes on to a step.
pub async fn next(visitor: &Visitor, name: &str) -> Result<()> {
    press(visitor, "#ask-next").await?;
    step(visitor, name).await
}

/// Presses something, scrolled to as a person would. What is drawn anew between the look and the hand is looked for again.
pub async fn press(visitor: &Visitor, css: &str) -> Result<()> {
    for _ in 0..3 {
        match press_once(visitor, css).await {
            Err(error) if error.to_string().contains("stale element") => {}
            done => return done,
        }
    }
    press_once(visitor, css).await
}

async fn press_once(visitor: &Visitor, css: &str) -> Result<()> {
    let element = visitor.find(css).await?;
    scroll(visitor, &element).await?;
    Ok(element.click().await?)
}

async fn scroll(visitor: &Visitor, element: &Element) -> Result<()> {
    let client = visitor.client();
    client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![serde_json::to_value(element)?]).await?;
    Ok(())
}

/// Chooses an answer.
pub async fn choose(visitor: &Visitor, name: &str, value: &str) -> Result<()> {
    press(visitor, &format!("[data-step]:not([hidden]) label:has(> input[name='{name}'][value='{value}'])")).await
}

/// Chooses who may read.
pub async fn let_read(visitor: &Visitor, organisation: &str) -> Result<()> {
    press(visitor, &format!("[data-organisation='{organisation}'] .org-head")).await
}

/// Types into a box.
pub async fn write(visitor: &Visitor, css: &str, text: &str) -> Result<()> {
    let field = visitor.find(css).await?;
    scroll(visitor, &field).await?;
    Ok(field.send_keys(text).await?)
}

/// From the first step to the story, for herself, with the least said.
pub async fn to_the_story(visitor: &Visitor, age: &str, organisations: &[&str]) -> Result<()> {
    visitor.until("the report is there", "return document.querySelector('[data-step=who]')?.hidden === false").await?;
    choose(visitor, "audience", "self").await?;
    next(visitor, "age").await?;
    choose(visitor, "age", age).await?;
    for name in ["danger", "relation", "place", "organisations"] {
        next(visitor, name).await?;
    }
    for organisation in organisations {
        let_read(visitor, organisation).await?;
    }
    next(visitor, "rules").await?;
    next(visitor, "story").await
}

/// On from the story, past every question, to where files are chosen.
pub async fn to_the_files(visitor: &Visitor) -> Result<()> {
    next(visitor, "harm").await?;
    for _ in 0..30 {
        if visitor.eval("return !document.querySelector('[data-step=files]').hidden").await? == true {
            break;
        }
        press(visitor, "#ask-next").await?;
    }
    step(visitor, "files").await
}

/// Sends from the page of what stands open, and gives the ten words.
pub async fn send(visitor: &Visitor) -> Result<Vec<String>> {
    press(visitor, "#ask-next").await?;
    step(visitor, "receipt").await?;
    words(visitor).await
}

/// The ten words that the page shows.
pub async fn words(visitor: &Visitor) -> Result<Vec<String>> {
    let shown =
        visitor.eval("return [...document.querySelectorAll('#receipt-words li')].map(li => li.textContent)").await?;
    let words: Vec<String> = serde_json::from_value(shown)?;
    anyhow::ensure!(words.len() == 10, "a receipt has ten words: {words:?}");
    Ok(words)
}

/// Shows that the words were kept.
pub async fn give_back(visitor: &Visitor, words: &[String]) -> Result<()> {
    next(visitor, "asked-back").await?;
    for field in ["back-1", "back-2"] {
        let label = visitor.find(&format!("label[for={field}]")).await?.text().await?;
        let number: usize = label.chars().filter(char::is_ascii_digit).collect::<String>().parse()?;
        write(visitor, &format!("#{field}"), words.get(number - 1).context("a word of the ten")?).await?;
    }
    next(visitor, "done").await
}

/// Tells a short story and sends it.
pub async fn tell(visitor: &Visitor, text: &str, organisations: &[&str]) -> Result<Vec<String>> {
    to_the_story(visitor, "18_24", organisations).await?;
    write(visitor, "#story", text).await?;
    press(visitor, "#ask-hurry").await?;
    step(visitor, "clear").await?;
    send(visitor).await
}

/// Comes back with these words.
pub async fn come_back(visitor: &Visitor, url: &str, words: &str) -> Result<()> {
    visitor.go(url).await?;
    visitor.until("the page can open", "return document.documentElement.classList.contains('js')").await?;
    write(visitor, "#words", words).await?;
    press(visitor, "#open-case").await
}

/// What the messages of the case say, once one of them holds this text.
pub async fn reads(visitor: &Visitor, text: &str) -> Result<()> {
    let there =
        format!("return [...document.querySelectorAll('.entry-text')].some(p => p.textContent.includes({text:?}))");
    visitor.until(&format!("`{text}` is read"), &there).await
}
