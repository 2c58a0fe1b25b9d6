//! What the stories of the desk share: an organisation, its people at their browsers, a report from a device.

use crate::house;
use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use seal::{Identity, Receipt, entry, grant, receipt::Keys};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::time::sleep;
use visitor::{House, Look, Visitor};

/// The organisation of these stories.
pub const ORGANISATION: &str = "tong-dai";
/// Good enough for the page's advice.
pub const PASSPHRASE: &str = "mây tím gạch cua bàn đá";
/// Words that stand nowhere in our pages.
pub const STORY: &str = "Nó doạ đăng ảnh của em lên nhóm lớp. Cây bàng 551904286173";

/// Runs the command line in the folder of the house.
pub fn command(house: &House, words: &[&str]) -> Result<String> {
    let mut command = Command::new(crate::binary());
    command.args(words).args(["--lang", "vi"]).current_dir(house.folder()).env_clear();
    let output = command.output()?;
    ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// A house with one organisation that nobody joined yet.
pub fn house_with_organisation() -> Result<House> {
    let house = house()?;
    add_organisation(&house)?;
    Ok(house)
}

/// Adds the organisation of these stories.
pub fn add_organisation(house: &House) -> Result<()> {
    command(
        house,
        &[
            "org",
            "add",
            "--id",
            ORGANISATION,
            "--kind",
            "helpline",
            "--name-vi",
            "Tổng đài Bình Minh",
            "--name-en",
            "Bình Minh line",
        ],
    )
    .map(drop)
}

/// A one-time link, as the operator hands it over.
pub fn invite(house: &House, role: &str) -> Result<String> {
    let said = command(house, &["staff", "invite", ORGANISATION, "--role", role, "--base-url", &house.url("")])?;
    Ok(said.lines().next().unwrap_or_default().to_owned())
}

/// A member of staff at her browser.
pub struct Staff {
    pub visitor: Visitor,
    pub name: &'static str,
    /// Of her code generator.
    secret: Vec<u8>,
    /// The last step whose code was used: each serves once.
    used: AtomicU64,
}

/// How she gets the organisation's key.
pub enum Door<'a> {
    /// She is the first: she makes it.
    Founds,
    /// A colleague opens.
    Colleague,
    /// Two printed shares.
    Shares(&'a str, &'a str),
}

impl Staff {
    /// Takes an invitation up. Gives the shares that she was shown, if she is the first.
    pub async fn join(link: &str, name: &'static str, door: Door<'_>, look: Look) -> Result<(Self, Vec<String>)> {
        let visitor = Visitor::arrive(look).await?;
        visitor.go(link).await?;
        visitor.until("the form is there", "return !document.getElementById('join-form').hidden").await?;
        let address = visitor.eval("return location.href").await?;
        ensure!(!address.to_string().contains('#'), "the secret of the link is out of the address bar");
        for (id, text) in [("join-name", name), ("join-passphrase", PASSPHRASE), ("join-again", PASSPHRASE)] {
            fill(&visitor, id, text).await?;
        }
        if let Door::Shares(one, other) = door {
            visitor.find("[name=door][value=shares]").await?.click().await?;
            fill(&visitor, "join-share-1", one).await?;
            fill(&visitor, "join-share-2", other).await?;
        }
        let letters = visitor.find("#totp-secret").await?.text().await?;
        let secret = totp_rs::Secret::Encoded(letters.replace(' ', "")).to_bytes();
        let secret = secret.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let staff = Self { visitor, name, secret, used: AtomicU64::new(0) };
        // A code that is shown at the set-up is not used up by it.
        fill(&staff.visitor, "join-code", &staff.code_of(step())).await?;
        staff.visitor.find("#join-form .primary").await?.click().await?;
        let shares = if matches!(door, Door::Founds) { staff.keep_shares().await? } else { Vec::new() };
        staff.at_desk().await?;
        Ok((staff, shares))
    }

    /// Copies the shares and types the one back that is asked for.
    pub async fn keep_shares(&self) -> Result<Vec<String>> {
        self.visitor.find("#view-shares:not([hidden]) .share").await?;
        let shares = self
            .visitor
            .eval("return [...document.querySelectorAll('.share-letters')].map(e => e.textContent)")
            .await?;
        let shares: Vec<String> = serde_json::from_value(shares)?;
        ensure!(shares.len() == 3, "three shares: {shares:?}");
        let asked = self.visitor.find("#shares-ask").await?.text().await?;
        let number: usize =
            asked.chars().find(char::is_ascii_digit).and_then(|d| d.to_digit(10)).context("a number")? as usize;
        // A wrong one is not taken.
        fill(&self.visitor, "share-back", &shares[number % 3]).await?;
        self.visitor.find("#shares-form .primary").await?.click().await?;
        self.visitor.find("#shares-error:not([hidden])").await?;
        fill(&self.visitor, "share-back", &shares[number - 1].to_lowercase()).await?;
        self.visitor.find("#shares-form .primary").await?.click().await?;
        Ok(shares)
    }

    pub async fn at_desk(&self) -> Result<()> {
        // An auditor reads no case: she begins at the log.
        self.visitor.find("#view-inbox:not([hidden]), #view-log:not([hidden])").await.map(drop)
    }

    /// Signs in by passphrase and code, from an empty desk page.
    pub async fn sign_in(&self, passphrase: &str) -> Result<()> {
        fill(&self.visitor, "name", self.name).await?;
        fill(&self.visitor, "passphrase", passphrase).await?;
        fill(&self.visitor, "code", &self.fresh_code().await?).await?;
        self.visitor.find("#sign-in-form .primary").await?.click().await?;
        Ok(())
    }

    /// A code that was not used before; waits for the next one where needed.
    pub async fn fresh_code(&self) -> Result<String> {
        // The server takes the next step's code as well, for clocks that are a little off.
        while self.used.load(Ordering::Relaxed) > step() {
            sleep(Duration::from_millis(200)).await;
        }
        let fresh = step().max(self.used.load(Ordering::Relaxed) + 1);
        self.used.store(fresh, Ordering::Relaxed);
        Ok(self.code_of(fresh))
    }

    fn code_of(&self, step: u64) -> String {
        totp_rs::TOTP::new_unchecked(totp_rs::Algorithm::SHA1, 6, 0, 30, self.secret.clone()).generate(step * 30)
    }

    /// Goes to another part of the desk.
    pub async fn view(&self, view: &str) -> Result<()> {
        self.visitor.find(&format!("#desk-nav [data-go={view}]")).await?.click().await?;
        self.visitor.find(&format!("#view-{view}:not([hidden])")).await.map(drop)
    }

    /// Opens the first report of the list.
    pub async fn open_first(&self) -> Result<()> {
        // The list is drawn anew at each news: found and pressed in one go, lest the row be gone in between.
        let press = "const row = document.querySelector('#inbox-list .row'); row?.click(); return !!row";
        self.visitor.until("a report is in the list", press).await?;
        self.visitor.find("#entries .entry").await.map(drop)
    }

    pub async fn reply(&self, text: &str) -> Result<()> {
        fill(&self.visitor, "reply-text", text).await?;
        self.visitor.find("#reply-send").await?.click().await?;
        self.visitor.until("it is sent", "return document.getElementById('reply-text').value === ''").await
    }

    /// Waits until the opened report shows these words.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let shown = format!("return document.getElementById('entries').innerText.includes({})", json!(words));
        self.visitor.until(&format!("`{words}` can be read"), &shown).await
    }
}

/// Puts a text into a field, as typing would.
pub async fn fill(visitor: &Visitor, id: &str, text: &str) -> Result<()> {
    let field = visitor.find(&format!("#{id}")).await?;
    field.clear().await?;
    Ok(field.send_keys(text).await?)
}

fn step() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) / 30
}

/// The device of a person who reports.
pub struct Device {
    id: String,
    case: Identity,
    keys: Keys,
    /// The ten words.
    words: String,
}

impl Device {
    /// Sends a story, how she can be reached, and files (`(name, type, content)`).
    pub fn report(house: &House, facts: &Value, files: &[(&str, &str, &[u8])]) -> Result<Self> {
        let terms = call(house, "GET", "/api/v1/report/terms", &[], b"")?;
        let salt: [u8; 16] = bytes(&terms["salt"])?.try_into().map_err(|_| anyhow::anyhow!("16 bytes"))?;
        let receipt = Receipt::generate(&mut rng());
        let (case, keys) = (Identity::generate(), receipt.derive(&salt));
        let words = receipt.words(vocabulary::Lang::Vi).join(" ");
        let device = Self { id: hex(&random()), case, keys, words };
        let contact = json!({"how": "nhắn ở đây", "never": "gọi về nhà sau 18:00"});
        let mut entries = vec![device.entry("story", &json!({"text": STORY})), device.entry("contact", &contact)];
        for (name, kind, content) in files {
            entries.push(device.file(house, name, kind, content)?);
        }
        let challenge = bytes(&terms["work"]["challenge"])?;
        let bits = terms["work"]["bits"].as_u64().context("bits")? as u8;
        let answer = seal::work::solve(&challenge, bits, 0, u64::MAX).context("an answer")?;
        let organisations = terms["organisations"].as_array().context("organisations")?;
        let ours = organisations.iter().find(|each| each["id"] == ORGANISATION);
        let recipient = ours.and_then(|each| each["recipient"].as_str()).context("an organisation with a key")?;
        let grant_to = |to: &seal::Recipient| text(grant::seal(grant::Kind::Case, &device.case, to));
        let body = json!({
            "id": device.id, "work": {"challenge": text(&challenge), "answer": answer},
            "receipt": {
                "version": 0, "locator": text(device.keys.locator),
                "verifier": text(sha2_of(device.keys.authenticator())),
                "recipient": device.keys.recipient().to_string(),
                "verify_key": text(device.keys.signing().verifier().to_bytes()),
            },
            "recipient": device.case.recipient().to_string(), "facts": facts,
            "grants": [
                {"epoch": 0, "sealed": grant_to(&device.keys.recipient())},
                {"organisation": ORGANISATION, "epoch": 0, "sealed": grant_to(&recipient.parse()?)},
            ],
            "entries": entries,
        });
        call(house, "POST", "/api/v1/report", &[JSON], body.to_string().as_bytes())?;
        Ok(device)
    }

    /// Her receipt.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The id of the case.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn entry(&self, kind: &str, content: &Value) -> Value {
        let sealed = entry::seal(content.to_string().as_bytes(), &self.case.recipient(), &mut rng());
        json!({"kind": kind, "sealed": text(sealed.bytes), "leaf": text(sealed.leaf)})
    }

    fn file(&self, house: &House, name: &str, kind: &str, content: &[u8]) -> Result<Value> {
        let sealed = entry::seal(content, &self.case.recipient(), &mut rng()).bytes;
        let id = hex(&random());
        let begin = json!({"case": self.id, "size": sealed.len()}).to_string();
        call(house, "POST", &format!("/api/v1/report/files/{id}"), &[JSON], begin.as_bytes())?;
        for (number, piece) in sealed.chunks(1 << 20).enumerate() {
            let path = format!("/api/v1/report/files/{id}/from/{}", number << 20);
            call(house, "PUT", &path, &[("X-Case", &self.id)], piece)?;
        }
        let about = json!({"name": name, "type": kind, "size": content.len(), "role": "reading_copy", "file": id});
        let mut entry = self.entry("file", &about);
        entry["files"] = json!([id]);
        Ok(entry)
    }

    /// Comes back with the receipt and reads what she was written.
    pub fn messages(&self, house: &House) -> Result<Vec<String>> {
        let authorisation = format!("Receipt {}.{}", text(self.keys.locator), text(self.keys.authenticator()));
        let back = call(house, "GET", "/api/v1/back", &[("Authorization", &authorisation)], b"")?;
        let entries = back["entries"].as_array().context("entries")?;
        entries
            .iter()
            .filter(|entry| entry["kind"] == "message")
            .map(|entry| {
                let content: Value =
                    serde_json::from_slice(&entry::open(&bytes(&entry["sealed"])?, &self.case)?.content)?;
                Ok(content["text"].as_str().unwrap_or_default().to_owned())
            })
            .collect()
    }

    /// Shuts the organisation out: what comes is sealed to another identity, which it isn't granted.
    pub fn shut_out(&self, house: &House) -> Result<()> {
        let authorisation = format!("Receipt {}.{}", text(self.keys.locator), text(self.keys.authenticator()));
        let anew = Identity::generate();
        let hers = text(grant::seal(grant::Kind::Case, &anew, &self.keys.recipient()));
        let body = json!({
            "organisation": ORGANISATION, "recipient": anew.recipient().to_string(),
            "grants": [{"epoch": 1, "sealed": hers}],
        });
        let headers = [JSON, ("Authorization", authorisation.as_str())];
        call(house, "POST", "/api/v1/back/withdraw", &headers, body.to_string().as_bytes()).map(drop)
    }

    /// Adds a message with the receipt.
    pub fn add(&self, house: &House, message: &str) -> Result<()> {
        self.add_all(house, &[message])
    }

    /// Adds messages in one request.
    pub fn add_all(&self, house: &House, messages: &[impl AsRef<str>]) -> Result<()> {
        let authorisation = format!("Receipt {}.{}", text(self.keys.locator), text(self.keys.authenticator()));
        let entries = messages.iter().map(|text| self.entry("message", &json!({"text": text.as_ref()})));
        let body = json!({"epoch": 0, "entries": entries.collect::<Value>()});
        let headers = [JSON, ("Authorization", authorisation.as_str())];
        call(house, "POST", "/api/v1/back/entries", &headers, body.to_string().as_bytes()).map(drop)
    }
}

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// One request, one answer, without a library that would hide what is sent.
pub fn call(house: &House, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Value> {
    let mut stream = TcpStream::connect(house.address())?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}Content-Length: {length}\r\n\r\n"
    )?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer")?;
    ensure!(head.starts_with("HTTP/1.1 2"), "{method} {path}: {answer}");
    let from = body.find('{').unwrap_or_default();
    let to = body.rfind('}').map_or(body.len(), |at| at + 1);
    Ok(serde_json::from_str(&body[from..to]).unwrap_or_default())
}

pub fn text(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub fn bytes(value: &Value) -> Result<Vec<u8>> {
    Ok(BASE64_URL_SAFE_NO_PAD.decode(value.as_str().context("bytes as text")?)?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn rng() -> impl seal::CryptoRng {
    system_random::rand_core::UnwrapErr(system_random::SysRng)
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives randomness");
    bytes
}

fn sha2_of(bytes: &[u8]) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).into()
}
