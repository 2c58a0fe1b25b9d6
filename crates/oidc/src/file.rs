//! The operator's file of providers.

use crate::Provider;
use openidconnect::{ClientId, ClientSecret, IssuerUrl};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};
use vocabulary::Role;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    organisation: String,
    issuer: String,
    client_id: String,
    client_secret_file: PathBuf,
    claim: String,
    roles: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    group: String,
    role: Role,
}

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It isn't the TOML that is described; says where.
    #[error("{0}")]
    Format(#[from] toml::de::Error),
    /// An issuer that is no `https://` address (`http://` for one on this very machine).
    #[error("the issuer of \"{0}\" must be an https:// address")]
    Issuer(String),
    /// Two providers of one organisation.
    #[error("\"{0}\" has two providers")]
    Twice(String),
    /// Nobody could come in.
    #[error("the provider of \"{0}\" gives no group a role")]
    NoRoles(String),
    /// The file of a secret.
    #[error("{0}: {1}")]
    Secret(PathBuf, io::Error),
}

/// Reads the file; `secret` reads the files of secrets that it names.
///
/// # Errors
/// What is wrong, and where.
pub fn read(text: &str, secret: impl Fn(&Path) -> io::Result<String>) -> Result<Vec<Provider>, FileError> {
    let file: File = toml::from_str(text)?;
    let mut seen = BTreeSet::new();
    file.provider
        .into_iter()
        .map(|row| {
            if !seen.insert(row.organisation.clone()) {
                return Err(FileError::Twice(row.organisation));
            }
            if row.roles.is_empty() {
                return Err(FileError::NoRoles(row.organisation));
            }
            let issuer = IssuerUrl::new(row.issuer).ok().filter(is_guarded);
            let issuer = issuer.ok_or_else(|| FileError::Issuer(row.organisation.clone()))?;
            let kept = secret(&row.client_secret_file);
            let kept = kept.map_err(|error| FileError::Secret(row.client_secret_file.clone(), error))?;
            Ok(Provider {
                organisation: row.organisation,
                issuer,
                client: ClientId::new(row.client_id),
                secret: ClientSecret::new(kept.trim_end_matches(['\r', '\n']).to_owned()),
                claim: row.claim,
                roles: row.roles.into_iter().map(|group| (group.group, group.role)).collect(),
            })
        })
        .collect()
}

/// By TLS, or on this very machine.
fn is_guarded(issuer: &IssuerUrl) -> bool {
    let url = issuer.url();
    let here = ["localhost", "127.0.0.1", "[::1]"];
    url.scheme() == "https" || url.scheme() == "http" && url.host_str().is_some_and(|host| here.contains(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(change: (&str, &str)) -> String {
        let right = "[[provider]]\norganisation = \"a\"\nissuer = \"https://id.example\"\nclient_id = \"x\"\n\
                     client_secret_file = \"s\"\nclaim = \"groups\"\nroles = [{ group = \"g\", role = \"intake\" }]\n";
        let read = |text: &str| read(text, |_| Err(io::ErrorKind::NotFound.into()));
        assert!(super::read(right, |_| Ok("s".into())).is_ok());
        read(&right.replace(change.0, change.1)).unwrap_err().to_string()
    }

    #[test]
    fn every_mistake_is_named() {
        assert!(said(("role = \"intake\"", "role = \"boss\"")).contains("boss"));
        assert!(said(("claim", "clam")).contains("clam"));
        assert!(said(("https://id.example", "http://id.example")).contains("https://"));
        assert!(said(("[{ group = \"g\", role = \"intake\" }]", "[]")).contains("no group"));
        assert!(said(("", "")).starts_with("s: "));
    }
}
