//! What belongs to this server alone: the public salt of receipts and the seed of its signature. Made once.

use crate::{Store, StoreError};
use sqlx::{AnyConnection, Row};

/// Kept as it was made first, whatever a later start hands in.
pub(crate) async fn make(connection: &mut AnyConnection, fresh: &[u8; 64]) -> Result<(), StoreError> {
    for (name, value) in [("receipt_salt", &fresh[..32]), ("signing_seed", &fresh[32..])] {
        sqlx::query("INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(value)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

impl Store {
    /// The public salt that every receipt of this server is stretched with: 32 bytes.
    pub async fn receipt_salt(&self) -> Result<[u8; 32], StoreError> {
        self.of_house("receipt_salt").await
    }

    /// The seed of the key that signs tree heads: 32 bytes, secret.
    pub async fn signing_seed(&self) -> Result<[u8; 32], StoreError> {
        self.of_house("signing_seed").await
    }

    async fn of_house(&self, name: &'static str) -> Result<[u8; 32], StoreError> {
        let row = sqlx::query("SELECT value FROM house WHERE name = $1").bind(name).fetch_one(&self.reader).await?;
        row.try_get::<Vec<u8>, _>(0)?.try_into().map_err(|_| StoreError::Damaged("house.value"))
    }
}
