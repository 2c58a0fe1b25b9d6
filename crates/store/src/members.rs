//! Members of organisations: invited, signed in, gone. Their keys lie here wrapped; nothing here unwraps them.

use crate::{
    Store, StoreError,
    cases::{bytes, code, taken},
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

impl Store {
    /// Keeps an invitation.
    pub async fn invite(&self, invitation: Invitation) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("INSERT INTO invitations (hash, organisation, role, expires_at) VALUES ($1, $2, $3, $4)")
                    .bind(&invitation.hash[..])
                    .bind(invitation.organisation)
                    .bind(invitation.role.code())
                    .bind(invitation.expires_at)
                    .execute(c)
                    .await
                    .map_err(|error| taken(error, "invitation"))?;
                Ok(())
            })
        })
        .await
    }

    /// The invitation of this hash, while it holds.
    pub async fn invitation(&self, hash: [u8; 32], now: i64) -> Result<Invitation, StoreError> {
        let row = sqlx::query("SELECT * FROM invitations WHERE hash = $1 AND expires_at > $2")
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

    /// A member by her id, while she has not left.
    pub async fn member(&self, id: MemberId) -> Result<Member, StoreError> {
        let row = sqlx::query("SELECT * FROM members WHERE id = $1 AND left_at IS NULL")
            .bind(&id.0[..])
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(member).transpose()?.ok_or(StoreError::Absent("member"))
    }

    /// A member by the name she signs in with.
    pub async fn member_named(&self, organisation: &str, name: &str) -> Result<Member, StoreError> {
        let row = sqlx::query("SELECT * FROM members WHERE organisation = $1 AND name = $2 AND left_at IS NULL")
            .bind(organisation.to_owned())
            .bind(name.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(member).transpose()?.ok_or(StoreError::Absent("member"))
    }

    /// Everybody of an organisation.
    pub async fn members(&self, organisation: &str) -> Result<Vec<Member>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM members WHERE organisation = $1 AND left_at IS NULL ORDER BY added_at, name")
                .bind(organisation.to_owned())
                .fetch_all(&self.reader)
                .await?;
        rows.iter().map(member).collect()
    }

    /// A colleague opens the door: the organisation's identity, sealed to this member.
    pub async fn give_organisation_key(&self, id: MemberId, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.change_member("UPDATE members SET organisation_key = $2 WHERE id = $1 AND left_at IS NULL", id, sealed)
            .await
    }

    /// A new wrapping of her identity under a new passphrase: `(wrapped key, salt, sign-in hash)`.
    pub async fn change_passphrase(
        &self,
        id: MemberId,
        wrapped_key: Vec<u8>,
        salt: Vec<u8>,
        sign_in: [u8; 32],
    ) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                sqlx::query("UPDATE members SET wrapped_key = $2, salt = $3, sign_in = $4 WHERE id = $1")
                    .bind(&id.0[..])
                    .bind(wrapped_key)
                    .bind(salt)
                    .bind(&sign_in[..])
                    .execute(c)
                    .await?;
                Ok(())
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

    /// She leaves: her sessions end at once, her keys are destroyed.
    pub async fn leave(&self, id: MemberId, at: i64) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                for sql in ["DELETE FROM sessions WHERE member = $1", "DELETE FROM passkeys WHERE member = $1"] {
                    sqlx::query(sql).bind(&id.0[..]).execute(&mut *c).await?;
                }
                sqlx::query(
                    "UPDATE members SET left_at = $2, wrapped_key = '', organisation_key = NULL, totp = NULL WHERE id = $1",
                )
                .bind(&id.0[..])
                .bind(at)
                .execute(c)
                .await?;
                Ok(())
            })
        })
        .await
    }

    async fn change_member(&self, sql: &'static str, id: MemberId, value: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let changed = sqlx::query(sql).bind(&id.0[..]).bind(value).execute(c).await?;
                if changed.rows_affected() == 0 { Err(StoreError::Absent("member")) } else { Ok(()) }
            })
        })
        .await
    }
}

async fn join(c: &mut AnyConnection, hash: [u8; 32], member: NewMember, now: i64) -> Result<(), StoreError> {
    let row = sqlx::query("DELETE FROM invitations WHERE hash = $1 AND expires_at > $2 RETURNING *")
        .bind(&hash[..])
        .bind(now)
        .fetch_optional(&mut *c)
        .await?;
    let invited = row.as_ref().map(invitation).transpose()?.ok_or(StoreError::Absent("invitation"))?;
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
        "INSERT INTO members (id, organisation, name, role, recipient, wrapped_key, salt, sign_in, totp, \
         organisation_key, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&member.id.0[..])
    .bind(invited.organisation)
    .bind(member.name)
    .bind(invited.role.code())
    .bind(member.recipient)
    .bind(member.wrapped_key)
    .bind(member.salt)
    .bind(&member.sign_in[..])
    .bind(member.totp)
    .bind(organisation_key)
    .bind(now)
    .execute(c)
    .await
    .map_err(|error| taken(error, "name"))?;
    Ok(())
}

fn invitation(row: &AnyRow) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        hash: bytes(row, "hash")?,
        organisation: row.try_get("organisation")?,
        role: code(row, "role")?.ok_or(StoreError::Damaged("invitations.role"))?,
        expires_at: row.try_get("expires_at")?,
    })
}

pub(crate) fn member(row: &AnyRow) -> Result<Member, StoreError> {
    Ok(Member {
        id: bytes(row, "id").map(MemberId)?,
        organisation: row.try_get("organisation")?,
        name: row.try_get("name")?,
        role: code(row, "role")?.ok_or(StoreError::Damaged("members.role"))?,
        recipient: row.try_get("recipient")?,
        wrapped_key: row.try_get("wrapped_key")?,
        salt: row.try_get("salt")?,
        sign_in: bytes(row, "sign_in")?,
        totp: row.try_get("totp")?,
        organisation_key: row.try_get("organisation_key")?,
        added_at: row.try_get("added_at")?,
    })
}
