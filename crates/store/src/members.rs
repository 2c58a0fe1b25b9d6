//! Members of organisations: invited, signed in, gone. Their keys lie here wrapped; nothing here unwraps them.

use crate::{
    Store, StoreError, What, Who, accounts,
    erasable::{lay, lift},
    forgotten::note,
    row::{bytes, needed, taken},
    work,
};
use casework::MemberId;
use sqlx::{AnyConnection, Row, any::AnyRow};
use vocabulary::Role;

/// A one-time link that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of the secret in the link.
    pub hash: [u8; 32],
    /// The organisation.
    pub organisation: String,
    /// The role that it gives.
    pub role: Role,
    /// From this second on it opens nothing.
    pub expires_at: i64,
}

/// A member who takes an invitation up.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Random.
    pub id: MemberId,
    /// The name to sign in with.
    pub name: String,
    /// Her age recipient.
    pub recipient: String,
    /// Her identity, wrapped by her passphrase.
    pub wrapped_key: Vec<u8>,
    /// The salt of her passphrase.
    pub salt: Vec<u8>,
    /// SHA-256 of the token that her passphrase gives beside the wrapping key.
    pub sign_in: [u8; 32],
    /// The secret of her code generator, if she uses one.
    pub totp: Option<Vec<u8>>,
    /// Of the first member: the organisation's new recipient, and its identity sealed to her.
    pub founds: Option<(String, Vec<u8>)>,
}

/// A member as she is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Her id.
    pub id: MemberId,
    /// Her organisation.
    pub organisation: String,
    /// The name she signs in with.
    pub name: String,
    /// What she may do.
    pub role: Role,
    /// Her age recipient.
    pub recipient: String,
    /// Her identity, wrapped.
    pub wrapped_key: Vec<u8>,
    /// The salt of her passphrase.
    pub salt: Vec<u8>,
    /// SHA-256 of her sign-in token.
    pub sign_in: [u8; 32],
    /// The secret of her code generator.
    pub totp: Option<Vec<u8>>,
    /// The organisation's identity, sealed to her; none until a colleague opened the door.
    pub organisation_key: Option<Vec<u8>>,
    /// When she joined.
    pub added_at: i64,
}

const PASSPHRASE: &str = "passphrase";
pub(crate) const ORGANISATION: &str = "organisation";

/// Members with their keys, and what follows.
macro_rules! member_sql {
    ($rest:literal) => {
        concat!(
            "SELECT m.*, p.sealed AS wrapped_key, k.sealed AS organisation_key FROM members m \
             JOIN member_keys p ON p.member = m.id AND p.what = 'passphrase' \
             LEFT JOIN member_keys k ON k.member = m.id AND k.what = 'organisation' ",
            $rest
        )
    };
}

impl Store {
    /// Keeps an invitation.
    pub async fn invite(&self, invitation: Invitation) -> Result<(), StoreError> {
        self.write(move |c| Box::pin(insert_invitation(c, invitation, None))).await
    }

    /// The invitation of this hash, while it holds.
    pub async fn invitation(&self, hash: [u8; 32], now: i64) -> Result<Invitation, StoreError> {
        let row = sqlx::query(
            "SELECT i.* FROM invitations i JOIN organisations o ON o.id = i.organisation \
             WHERE i.hash = $1 AND i.expires_at > $2 AND o.closed_at IS NULL",
        )
        .bind(&hash[..])
        .bind(now)
        .fetch_optional(&self.reader)
        .await?;
        row.as_ref().map(invitation).transpose()?.ok_or(StoreError::Absent("invitation"))
    }

    /// Takes an invitation up, once: the member is there, the invitation gone.
    ///
    /// # Errors
    /// [`StoreError::Absent`] for one that is used or out of date, [`StoreError::Taken`] for a name in use or an
    /// organisation that somebody founded meanwhile.
    pub async fn join(&self, hash: [u8; 32], member: NewMember, now: i64) -> Result<Member, StoreError> {
        let id = member.id;
        self.write(move |c| Box::pin(join(c, hash, member, now))).await?;
        self.member(id).await
    }

    /// A member by her id.
    pub async fn member(&self, id: MemberId) -> Result<Member, StoreError> {
        let row = sqlx::query(member_sql!("WHERE m.id = $1")).bind(&id.0[..]).fetch_optional(&self.reader).await?;
        row.as_ref().map(member).transpose()?.ok_or(StoreError::Absent("member"))
    }

    /// A member by the name she signs in with, while her organisation is there.
    pub async fn member_named(&self, organisation: &str, name: &str) -> Result<Member, StoreError> {
        let row = sqlx::query(member_sql!(
            "JOIN organisations o ON o.id = m.organisation \
             WHERE m.organisation = $1 AND m.name = $2 AND o.closed_at IS NULL"
        ))
        .bind(organisation.to_owned())
        .bind(name.to_owned())
        .fetch_optional(&self.reader)
        .await?;
        row.as_ref().map(member).transpose()?.ok_or(StoreError::Absent("member"))
    }

    /// Everybody of an organisation.
    pub async fn members(&self, organisation: &str) -> Result<Vec<Member>, StoreError> {
        let rows = sqlx::query(member_sql!("WHERE m.organisation = $1 ORDER BY m.added_at, m.name"))
            .bind(organisation.to_owned())
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(member).collect()
    }

    /// A colleague opens the door: the organisation's identity, sealed to this member.
    pub async fn give_organisation_key(&self, id: MemberId, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                exists(c, id).await?;
                keep_key(c, id, ORGANISATION, &sealed).await
            })
        })
        .await
    }

    /// A new wrapping of her identity under a new passphrase: `(wrapped key, salt, sign-in hash)`. Her sessions end,
    /// but for the one under `keep`.
    pub async fn change_passphrase(
        &self,
        id: MemberId,
        wrapped_key: Vec<u8>,
        salt: Vec<u8>,
        sign_in: [u8; 32],
        keep: Option<[u8; 32]>,
    ) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                exists(c, id).await?;
                keep_key(c, id, PASSPHRASE, &wrapped_key).await?;
                sqlx::query("UPDATE members SET salt = $2, sign_in = $3 WHERE id = $1")
                    .bind(&id.0[..])
                    .bind(salt)
                    .bind(&sign_in[..])
                    .execute(&mut *c)
                    .await?;
                sqlx::query("DELETE FROM sessions WHERE member = $1 AND hash <> $2")
                    .bind(&id.0[..])
                    // No hash is empty.
                    .bind(keep.map_or(Vec::new(), |hash| hash.to_vec()))
                    .execute(&mut *c)
                    .await?;
                note(c, What::Member, &id.0, None).await
            })
        })
        .await
    }

    /// A code of this 30-second step was used: each serves once.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where this step, or a later one, was used before.
    pub async fn use_totp_step(&self, id: MemberId, step: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let used = sqlx::query("UPDATE members SET totp_step = $2 WHERE id = $1 AND totp_step < $2")
                    .bind(&id.0[..])
                    .bind(step)
                    .execute(c)
                    .await?;
                if used.rows_affected() == 0 { Err(StoreError::Stale("the code")) } else { Ok(()) }
            })
        })
        .await
    }

    /// She leaves: her sessions end at once, her keys are destroyed, her name is free again. Cases that she answered for
    /// wait for somebody to take them on. `nonce` is random.
    pub async fn leave(&self, id: MemberId, nonce: [u8; 32], at: i64) -> Result<(), StoreError> {
        let organisation = self.member(id).await?.organisation;
        self.write(move |c| Box::pin(async move { away(c, id, &organisation, nonce, at).await })).await
    }

    /// Another role from now on; what she is signed in with goes on. An auditor reads no case: she has the organisation's
    /// key no longer, and it is due to be made anew.
    pub async fn change_role(&self, id: MemberId, role: Role, at: i64) -> Result<(), StoreError> {
        let organisation = self.member(id).await?.organisation;
        self.write(move |c| {
            Box::pin(async move {
                if role == Role::Auditor {
                    key_is_due(c, id, &organisation, at).await?;
                    sqlx::query("DELETE FROM member_keys WHERE member = $1 AND what = 'organisation'")
                        .bind(&id.0[..])
                        .execute(&mut *c)
                        .await?;
                }
                let changed = sqlx::query("UPDATE members SET role = $2 WHERE id = $1")
                    .bind(&id.0[..])
                    .bind(role.code())
                    .execute(c)
                    .await?;
                at_least_one(changed.rows_affected(), "member")
            })
        })
        .await
    }
}

/// Somebody knew the organisation's key who shall not know the next one.
async fn key_is_due(c: &mut AnyConnection, id: MemberId, organisation: &str, at: i64) -> Result<(), StoreError> {
    let due = sqlx::query(
        "UPDATE organisations SET keys_due = COALESCE(keys_due, $2) WHERE id = $1 AND EXISTS \
         (SELECT 1 FROM member_keys WHERE member = $3 AND what = 'organisation')",
    )
    .bind(organisation.to_owned())
    .bind(at)
    .bind(&id.0[..])
    .execute(&mut *c)
    .await?;
    if due.rows_affected() == 0 { Ok(()) } else { note(c, What::Key, organisation.as_bytes(), None).await }
}

/// She is gone; where she had the organisation's key, it is due to be made anew.
pub(crate) async fn away(
    c: &mut AnyConnection,
    id: MemberId,
    organisation: &str,
    nonce: [u8; 32],
    at: i64,
) -> Result<(), StoreError> {
    work::lay_down(c, id, nonce, at).await?;
    key_is_due(c, id, organisation, at).await?;
    let mut gone = 0;
    for sql in [
        "DELETE FROM sessions WHERE member = $1",
        "DELETE FROM passkeys WHERE member = $1",
        "DELETE FROM accounts WHERE member = $1",
        "DELETE FROM member_keys WHERE member = $1",
        "DELETE FROM team_members WHERE member = $1",
        "DELETE FROM members WHERE id = $1",
    ] {
        gone = sqlx::query(sql).bind(&id.0[..]).execute(&mut *c).await?.rows_affected();
    }
    at_least_one(gone, "member")?;
    note(c, What::Member, &id.0, None).await
}

/// A change of what isn't there is an error, not a success.
pub(crate) fn at_least_one(rows: u64, what: &'static str) -> Result<(), StoreError> {
    if rows == 0 { Err(StoreError::Absent(what)) } else { Ok(()) }
}

/// Keeps an invitation, if need be for one account alone.
pub(crate) async fn insert_invitation(
    c: &mut AnyConnection,
    invitation: Invitation,
    who: Option<Who>,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO invitations (hash, organisation, role, expires_at, who) VALUES ($1, $2, $3, $4, $5)")
        .bind(&invitation.hash[..])
        .bind(invitation.organisation)
        .bind(invitation.role.code())
        .bind(invitation.expires_at)
        .bind(who.map(|who| who.to_vec()))
        .execute(c)
        .await
        .map_err(|error| taken(error, "invitation"))?;
    Ok(())
}

async fn join(c: &mut AnyConnection, hash: [u8; 32], member: NewMember, now: i64) -> Result<(), StoreError> {
    let row = sqlx::query(
        "DELETE FROM invitations WHERE hash = $1 AND expires_at > $2 \
         AND organisation IN (SELECT id FROM organisations WHERE closed_at IS NULL) RETURNING *",
    )
    .bind(&hash[..])
    .bind(now)
    .fetch_optional(&mut *c)
    .await?;
    let row = row.ok_or(StoreError::Absent("invitation"))?;
    let (invited, who) = (invitation(&row)?, row.try_get::<Option<Vec<u8>>, _>("who")?);
    let organisation_key = match member.founds {
        None => None,
        Some((recipient, sealed)) => {
            let founded = sqlx::query("UPDATE organisations SET recipient = $2 WHERE id = $1 AND recipient IS NULL")
                .bind(invited.organisation.clone())
                .bind(recipient)
                .execute(&mut *c)
                .await?;
            if founded.rows_affected() == 0 {
                return Err(StoreError::Taken("organisation's key"));
            }
            Some(sealed)
        }
    };
    sqlx::query(
        "INSERT INTO members (id, organisation, name, role, recipient, salt, sign_in, totp, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&member.id.0[..])
    .bind(invited.organisation.clone())
    .bind(member.name)
    .bind(invited.role.code())
    .bind(member.recipient)
    .bind(member.salt)
    .bind(&member.sign_in[..])
    .bind(member.totp)
    .bind(now)
    .execute(&mut *c)
    .await
    .map_err(|error| taken(error, "name"))?;
    keep_key(c, member.id, PASSPHRASE, &member.wrapped_key).await?;
    if let Some(who) = who {
        accounts::add(c, &invited.organisation, &who, member.id).await?;
    }
    match organisation_key {
        Some(key) => keep_key(c, member.id, ORGANISATION, &key).await,
        None => Ok(()),
    }
}

/// That she has not left.
pub(crate) async fn exists(c: &mut AnyConnection, id: MemberId) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT 1 FROM members WHERE id = $1").bind(&id.0[..]).fetch_optional(c).await?;
    row.map(drop).ok_or(StoreError::Absent("member"))
}

/// Keeps one of a member's keys, in the place of the one that she had.
pub(crate) async fn keep_key(c: &mut AnyConnection, id: MemberId, what: &str, key: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO member_keys (member, what, sealed) VALUES ($1, $2, $3) \
         ON CONFLICT (member, what) DO UPDATE SET sealed = excluded.sealed",
    )
    .bind(&id.0[..])
    .bind(what.to_owned())
    .bind(lay(key)?)
    .execute(c)
    .await?;
    Ok(())
}

fn invitation(row: &AnyRow) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        hash: bytes(row, "hash")?,
        organisation: row.try_get("organisation")?,
        role: needed(row, "role")?,
        expires_at: row.try_get("expires_at")?,
    })
}

fn member(row: &AnyRow) -> Result<Member, StoreError> {
    Ok(Member {
        id: bytes(row, "id").map(MemberId)?,
        organisation: row.try_get("organisation")?,
        name: row.try_get("name")?,
        role: needed(row, "role")?,
        recipient: row.try_get("recipient")?,
        wrapped_key: lift(row.try_get("wrapped_key")?)?,
        salt: row.try_get("salt")?,
        sign_in: bytes(row, "sign_in")?,
        totp: row.try_get("totp")?,
        organisation_key: row.try_get::<Option<&[u8]>, _>("organisation_key")?.map(lift).transpose()?,
        added_at: row.try_get("added_at")?,
    })
}
