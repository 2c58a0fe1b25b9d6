//! Chromium with a new profile, driven by chromedriver.

use crate::{devtools::Chromedriver, free_port};
use anyhow::{Context, Result, bail, ensure};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;

/// How long a page may take to show what a test waits for: a loaded machine is slow, a broken page never comes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
    /// The languages the browser asks for, as in `vi,en;q=0.8`.
    pub languages: &'static str,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Look {
    /// A phone held upright, in Vietnamese.
    pub const PHONE: Self = Self { width: 390, height: 844, dark: false, languages: "vi,en;q=0.8", scripts: true };
    /// The narrowest screen that pages must fit (WCAG 1.4.10).
    pub const NARROW: Self = Self { width: 320, height: 640, ..Self::PHONE };
    /// A desktop.
    pub const DESKTOP: Self = Self { width: 1280, height: 900, ..Self::PHONE };

    /// The same in the dark.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same for somebody who reads English.
    #[must_use]
    pub const fn english(self) -> Self {
        Self { languages: "en", ..self }
    }

    /// The same with scripts switched off in the browser's settings.
    #[must_use]
    pub const fn without_scripts(self) -> Self {
        Self { scripts: false, ..self }
    }
}

/// A person at a browser of her own. Ends with [`Visitor::leave`]; a dropped one ends its processes too.
#[derive(Debug)]
pub struct Visitor {
    client: Client,
    driver: Child,
    profile: TempDir,
}

impl Visitor {
    /// Opens a browser with a new profile.
    pub async fn arrive(look: Look) -> Result<Self> {
        let profile = TempDir::new()?;
        let port = free_port()?;
        let mut driver = Command::new("chromedriver")
            .args([&format!("--port={port}"), "--log-level=OFF"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver can't be started; what to do: apt-get install chromium chromium-driver")?;
        match connect(port, &look, profile.path()).await {
            Ok(client) => {
                let visitor = Self { client, driver, profile };
                visitor.look(look).await?;
                Ok(visitor)
            }
            Err(error) => {
                let _ = driver.kill();
                let _ = driver.wait();
                end_browser(profile.path());
                Err(error)
            }
        }
    }

    /// The `WebDriver` session, for what has no word of its own here.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The browser's profile folder.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Changes the screen and the colour scheme.
    pub async fn look(&self, look: Look) -> Result<()> {
        let scheme = if look.dark { "dark" } else { "light" };
        let screen =
            json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": look.width < 800});
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await?;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Opens an address.
    pub async fn go(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("{url} can't be opened"))
    }

    /// A `DevTools` command.
    pub async fn devtools(&self, method: &'static str, params: Value) -> Result<Value> {
        self.client.issue_cmd(Chromedriver::Execute(method, params)).await.with_context(|| method)
    }

    /// Runs a script's body in the page and gives what it returns.
    pub async fn eval(&self, body: &str) -> Result<Value> {
        self.client.execute(body, Vec::new()).await.with_context(|| format!("`{body}` failed"))
    }

    /// Runs an asynchronous script: the value of an expression that is a promise.
    pub async fn promise(&self, expression: &str) -> Result<Value> {
        let body = format!(
            "const done = arguments[0]; Promise.resolve({expression}).then(v => done({{v}}), e => done({{e: String(e)}}))"
        );
        let mut answer = self.client.execute_async(&body, Vec::new()).await?;
        match answer.get("e") {
            Some(error) => bail!("`{expression}` failed: {error}"),
            None => Ok(answer["v"].take()),
        }
    }

    /// The first element for a CSS selector, waited for.
    pub async fn find(&self, css: &str) -> Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css));
        match wait.await {
            Ok(element) => Ok(element),
            Err(_) => bail!("the page never shows `{css}`; it says:\n{}", self.text().await?),
        }
    }

    /// Waits until a script's body returns true.
    pub async fn until(&self, what: &str, body: &str) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            // A page that is being replaced can't answer: ask again.
            if self.eval(body).await.is_ok_and(|v| v == true) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        bail!("waited in vain until {what}; the page says:\n{}", self.text().await?)
    }

    /// What a person can read on the page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.eval("return document.body.innerText").await?.as_str().unwrap_or_default().to_owned())
    }

    /// Types keys to whatever has the focus.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let focused = self.client.active_element().await?;
        Ok(focused.send_keys(keys).await?)
    }

    /// New lines of the browser's log: script errors, violations of the content security policy, failed loads.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let lines = self.client.issue_cmd(Chromedriver::Log("browser")).await?;
        let lines = lines.as_array().cloned().unwrap_or_default();
        Ok(lines.iter().map(|l| format!("{}: {}", l["level"], l["message"])).collect())
    }

    /// New events of the `DevTools` protocol (network and page).
    pub async fn events(&self) -> Result<Vec<Value>> {
        let lines = self.client.issue_cmd(Chromedriver::Log("performance")).await?;
        let lines = lines.as_array().cloned().unwrap_or_default();
        let parse = |l: &Value| serde_json::from_str::<Value>(l["message"].as_str().unwrap_or_default());
        Ok(lines.iter().filter_map(|l| parse(l).ok()).map(|mut m| m["message"].take()).collect())
    }

    /// Cuts the page's network, or mends it.
    pub async fn offline(&self, cut: bool) -> Result<()> {
        let way = json!({"offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.devtools("Network.enable", json!({})).await?;
        self.devtools("Network.emulateNetworkConditions", way).await.map(drop)
    }

    /// A picture of what the screen shows, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Closes the browser as a person would and keeps its profile folder for a look.
    pub async fn leave(mut self) -> Result<TempDir> {
        self.client.clone().close().await?;
        let left = std::mem::replace(&mut self.profile, TempDir::new()?);
        let start = Instant::now();
        while !browser_processes(left.path()).is_empty() && start.elapsed() < PATIENCE {
            sleep(Duration::from_millis(20)).await;
        }
        Ok(left)
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        // Fails only where it is already gone.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        end_browser(self.profile.path());
    }
}

async fn connect(port: u16, look: &Look, profile: &Path) -> Result<Client> {
    let languages: Vec<_> = look.languages.split(',').filter_map(|l| l.split(';').next()).collect();
    let scripts = if look.scripts { 1 } else { 2 };
    let args = [
        // Everything here runs as root in a closed network.
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        &format!("--user-data-dir={}", profile.display()),
        &format!("--window-size={},{}", look.width, look.height),
        &format!("--lang={}", languages.first().unwrap_or(&"vi")),
    ]
    .map(str::to_owned);
    let capabilities = json!({
        "goog:chromeOptions": {
            "binary": "/usr/bin/chromium",
            "args": args,
            "prefs": {
                "intl.accept_languages": languages.join(","),
                "intl.selected_languages": languages.join(","),
                "profile.default_content_setting_values.javascript": scripts,
            },
        },
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    });
    let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    let start = Instant::now();
    // Chromedriver needs a moment until it listens.
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        ensure!(start.elapsed() < PATIENCE, "chromedriver doesn't listen");
        sleep(Duration::from_millis(20)).await;
    }
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let driver = format!("http://127.0.0.1:{port}");
    let session = builder.capabilities(capabilities).connect(&driver);
    session.await.context("no session with Chromium; what to do: apt-get install chromium chromium-driver")
}

/// The processes of the browser that runs on this profile: those that name its folder.
fn browser_processes(profile: &Path) -> Vec<String> {
    let name = profile.as_os_str().as_encoded_bytes();
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .flatten()
        .filter(|p| fs::read(p.path().join("cmdline")).is_ok_and(|line| line.windows(name.len()).any(|w| w == name)))
        .map(|p| p.file_name().to_string_lossy().into_owned())
        .filter(|pid| pid.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

/// Ends a browser whose driver can't any more (a test that failed half way).
fn end_browser(profile: &Path) {
    for pid in browser_processes(profile) {
        let _ = Command::new("kill").args(["-9", &pid]).stderr(Stdio::null()).status();
    }
}
