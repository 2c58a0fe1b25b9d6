//! Passkeys of members, and the keys that they open.

use crate::{
    Store, StoreError, What,
    erasable::lift,
    forgotten::note,
    members::{at_least_one, keep_key},
    row::taken,
};
use casework::MemberId;
use sqlx::Row;
use std::collections::BTreeMap;

/// A passkey of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's id.
    pub id: Vec<u8>,
    /// Whose.
    pub member: MemberId,
    /// Public key and counter, as the WebAuthn library keeps them (JSON).
    pub credential: String,
    /// What its PRF extension is asked with.
    pub prf_salt: Vec<u8>,
    /// Her identity, wrapped by what the PRF gave; none for a passkey without PRF.
    pub wrapped_key: Option<Vec<u8>>,
    /// Since when.
    pub added_at: i64,
}

impl Store {
    /// Keeps a passkey.
    pub async fn add_passkey(&self, passkey: Passkey) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO passkeys (id, member, credential, prf_salt, added_at) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(&passkey.id[..])
                .bind(&passkey.member.0[..])
                .bind(passkey.credential)
                .bind(passkey.prf_salt)
                .bind(passkey.added_at)
                .execute(&mut *c)
                .await
                .map_err(|error| taken(error, "passkey"))?;
                match passkey.wrapped_key {
                    Some(key) => keep_key(c, passkey.member, &beginning(&passkey.id), &key).await,
                    None => Ok(()),
                }
            })
        })
        .await
    }

    /// Keeps what a use of a passkey changed (its counter).
    pub async fn change_passkey(&self, id: Vec<u8>, credential: String) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let sql = "UPDATE passkeys SET credential = $2 WHERE id = $1";
                let changed = sqlx::query(sql).bind(id).bind(credential).execute(c).await?;
                at_least_one(changed.rows_affected(), "passkey")
            })
        })
        .await
    }

    /// Forgets a passkey of this member, and the key that it opened.
    pub async fn remove_passkey(&self, member: MemberId, id: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let removed = sqlx::query("DELETE FROM passkeys WHERE member = $1 AND id = $2")
                    .bind(&member.0[..])
                    .bind(&id[..])
                    .execute(&mut *c)
                    .await?;
                at_least_one(removed.rows_affected(), "passkey")?;
                sqlx::query("DELETE FROM member_keys WHERE member = $1 AND what = $2")
                    .bind(&member.0[..])
                    .bind(beginning(&id))
                    .execute(&mut *c)
                    .await?;
                note(c, What::Passkey, &member.0, Some(&beginning(&id))).await
            })
        })
        .await
    }

    /// The passkeys of a member.
    pub async fn passkeys(&self, id: MemberId) -> Result<Vec<Passkey>, StoreError> {
        let keys = sqlx::query("SELECT what, sealed FROM member_keys WHERE member = $1")
            .bind(&id.0[..])
            .fetch_all(&self.reader)
            .await?;
        let keys = keys.iter().map(|row| Ok((row.try_get(0)?, lift(row.try_get(1)?)?)));
        let keys = keys.collect::<Result<BTreeMap<String, Vec<u8>>, StoreError>>()?;
        let rows = sqlx::query("SELECT * FROM passkeys WHERE member = $1 ORDER BY added_at")
            .bind(&id.0[..])
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| {
                let passkey: Vec<u8> = row.try_get("id")?;
                Ok(Passkey {
                    wrapped_key: keys.get(&beginning(&passkey)).cloned(),
                    id: passkey,
                    member: id,
                    credential: row.try_get("credential")?,
                    prf_salt: row.try_get("prf_salt")?,
                    added_at: row.try_get("added_at")?,
                })
            })
            .collect()
    }
}

/// A passkey's key is found by the first 16 bytes of its id, which are random.
pub(crate) fn beginning(passkey: &[u8]) -> String {
    passkey.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
