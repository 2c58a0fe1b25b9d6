//! Steps of the work on a case, as the stories of the desk take them.

use crate::{staff::Staff, telling::press};
use anyhow::Result;
use serde_json::json;

impl Staff {
    /// Presses what carries out a step, scrolled to as a person would.
    pub async fn does(&self, css: &str) -> Result<()> {
        self.visitor
            .until(css, &format!("const b = document.querySelector({css:?}); return !!b && b.checkVisibility()"))
            .await?;
        press(&self.visitor, css).await
    }

    /// Chooses from a list, or puts something into a field.
    pub async fn puts(&self, id: &str, value: &str) -> Result<()> {
        let put = format!(
            "const f = document.getElementById({id:?}); f.value = {}; f.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            json!(value)
        );
        self.visitor.eval(&put).await.map(drop)
    }

    /// Sends the open step off, and waits until it is done.
    pub async fn goes(&self, step: &str) -> Result<()> {
        self.does(&format!("#{step}-form .primary")).await?;
        self.visitor
            .until(&format!("{step} is done"), &format!("return !document.getElementById('{step}-dialog').open"))
            .await
    }

    /// Waits until the work on the opened case says this.
    pub async fn work_says(&self, words: &str) -> Result<()> {
        let said = format!("return document.getElementById('work').textContent.includes({})", json!(words));
        self.visitor.until(&format!("the work says `{words}`"), &said).await
    }
}
