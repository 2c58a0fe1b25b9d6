//! Members who sign in by the account of their organisation's own provider.

use crate::{
    Invitation, Store, StoreError,
    members::insert_invitation,
    row::{bytes, taken},
};
use casework::MemberId;
use sqlx::AnyConnection;

/// A hash over the provider's name and the word by which it calls somebody: the word itself isn't kept.
pub type Who = [u8; 32];

impl Store {
    /// The member of this account, if one took it up.
    pub async fn member_of_account(&self, organisation: &str, who: Who) -> Result<Option<MemberId>, StoreError> {
        let row = sqlx::query("SELECT member FROM accounts WHERE organisation = $1 AND who = $2")
            .bind(organisation.to_owned())
            .bind(&who[..])
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| bytes(&row, "member").map(MemberId)).transpose()
    }

    /// Whether a member has one.
    pub async fn has_account(&self, member: MemberId) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM accounts WHERE member = $1 LIMIT 1")
            .bind(&member.0[..])
            .fetch_optional(&self.reader)
            .await?;
        Ok(row.is_some())
    }

    /// From now on this account is hers.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where it is somebody's already.
    pub async fn add_account(&self, organisation: String, who: Who, member: MemberId) -> Result<(), StoreError> {
        self.write(move |c| Box::pin(async move { add(c, &organisation, &who, member).await })).await
    }

    /// Keeps an invitation for whoever has this account: with the member who takes it up comes the account.
    pub async fn invite_account(&self, invitation: Invitation, who: Who) -> Result<(), StoreError> {
        self.write(move |c| Box::pin(insert_invitation(c, invitation, Some(who)))).await
    }
}

pub(crate) async fn add(
    c: &mut AnyConnection,
    organisation: &str,
    who: &[u8],
    member: MemberId,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO accounts (organisation, who, member) VALUES ($1, $2, $3)")
        .bind(organisation.to_owned())
        .bind(who)
        .bind(&member.0[..])
        .execute(c)
        .await
        .map_err(|error| taken(error, "account"))?;
    Ok(())
}
