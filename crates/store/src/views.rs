//! The saved views of a member's queue: names and filters, sealed to herself. They lie among what her keys open, and go
//! with her when she leaves.

use crate::{
    Store, StoreError,
    erasable::lift,
    members::{exists, keep_key},
};
use casework::MemberId;
use sqlx::Row;

const VIEWS: &str = "views";

impl Store {
    /// What she saved, sealed; none while she saved nothing.
    pub async fn views(&self, member: MemberId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT sealed FROM member_keys WHERE member = $1 AND what = $2")
            .bind(&member.0[..])
            .bind(VIEWS)
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| lift(row.try_get("sealed")?)).transpose()
    }

    /// Keeps them in the place of those that she had.
    ///
    /// # Errors
    /// [`StoreError::OverLimit`] beyond [`casework::limits::GRANT_BYTES`], [`StoreError::Absent`] where she has left.
    pub async fn keep_views(&self, member: MemberId, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                exists(c, member).await?;
                keep_key(c, member, VIEWS, &sealed).await
            })
        })
        .await
    }
}
