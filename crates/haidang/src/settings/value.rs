//! From the text of a setting to what it means, or to what is wrong with it.

use super::{kind::Kind, table::Setting};
use ipnet::IpNet;
use recognise::links::feed::VerifyingKey;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use store::Address;

/// A setting's value, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not set, or `off`.
    Off,
    Address(SocketAddr),
    /// A file or a folder.
    File(PathBuf),
    Networks(Vec<IpNet>),
    Number(u64),
    Word(&'static str),
    PublicKey(VerifyingKey),
    /// A line of text or a URL.
    Text(String),
    Database(Address),
    Recipient(backup::Recipient),
}

/// Reads a value. Nothing comes back if it is not of the setting's kind or out of its range.
pub fn parse(setting: &Setting, text: &str) -> Option<Value> {
    let text = text.trim();
    match setting.kind {
        Kind::File
        | Kind::Networks
        | Kind::PublicKey
        | Kind::Url
        | Kind::Text(_)
        | Kind::Database
        | Kind::Recipient
            if text.is_empty() =>
        {
            Some(Value::Off)
        }
        Kind::Address => text.parse().ok().map(Value::Address),
        Kind::LocalAddressOrOff if text == "off" => Some(Value::Off),
        Kind::LocalAddressOrOff => text.parse().ok().filter(|a: &SocketAddr| a.ip().is_loopback()).map(Value::Address),
        Kind::File => Some(Value::File(text.into())),
        Kind::Folder => (!text.is_empty()).then(|| Value::File(text.into())),
        Kind::Networks => text.split(',').map(|part| network(part.trim())).collect::<Option<_>>().map(Value::Networks),
        Kind::Number(from, to) => text.parse().ok().filter(|n| (from..=to).contains(n)).map(Value::Number),
        Kind::Word(words) => words.iter().find(|word| **word == text).copied().map(Value::Word),
        Kind::Text(most) => {
            let fits = text.chars().count() <= most && !text.contains(char::is_control);
            fits.then(|| Value::Text(text.into()))
        }
        Kind::Url => url(text).map(Value::Text),
        Kind::PublicKey => public_key(text).map(Value::PublicKey),
        Kind::Recipient => text.parse().ok().map(Value::Recipient),
        Kind::Database => text.parse().ok().map(Value::Database),
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// Strict on purpose: it is written into pages and documents.
fn url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = |b: u8| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b);
    let has_host = rest.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'[');
    (has_host && text.bytes().all(fits)).then(|| text.trim_end_matches('/').into())
}

fn public_key(text: &str) -> Option<VerifyingKey> {
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    // Refuses numbers that are no point of the curve.
    VerifyingKey::from_bytes(&key).ok()
}

/// The value of this setting as it may be shown: no password in the address of a database.
pub fn shown_of(setting: &Setting, text: &str) -> String {
    match (setting.kind, text.trim().parse::<Address>()) {
        (Kind::Database, _) if text.is_empty() => String::new(),
        (Kind::Database, Ok(address)) => address.to_string(),
        (Kind::Database, Err(_)) => "(…)".into(),
        _ => shown(text),
    }
}

/// A value as it may be shown: whoever pasted a key into a setting does not find it in a log.
pub fn shown(text: &str) -> String {
    let one_line = !text.contains(char::is_control);
    if text.contains("-----BEGIN") || !one_line {
        return "(…)".into();
    }
    match text.char_indices().nth(120) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.into(),
    }
}
