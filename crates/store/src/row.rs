//! Reading columns: what this program would not have written is named as damage.

use crate::StoreError;
use casework::Facts;
use sqlx::{Row, any::AnyRow};
use std::str::FromStr;

/// The facts of a row that has their columns.
pub(crate) fn facts(row: &AnyRow) -> Result<Facts, StoreError> {
    Ok(Facts {
        harm: code(row, "harm")?,
        urgency: code(row, "urgency")?,
        age: code(row, "age")?,
        sex: code(row, "sex")?,
        province: code(row, "province")?,
        language: code(row, "language")?,
    })
}

/// A column that holds a code of the vocabulary, or nothing.
pub(crate) fn code<T: FromStr>(row: &AnyRow, column: &'static str) -> Result<Option<T>, StoreError> {
    let code: Option<String> = row.try_get(column)?;
    code.map(|code| code.parse().map_err(|_| StoreError::Damaged(column))).transpose()
}

/// A column that holds a code of the vocabulary.
pub(crate) fn needed<T: FromStr>(row: &AnyRow, column: &'static str) -> Result<T, StoreError> {
    code(row, column)?.ok_or(StoreError::Damaged(column))
}

/// A column of a known number of bytes.
pub(crate) fn bytes<const N: usize>(row: &AnyRow, column: &'static str) -> Result<[u8; N], StoreError> {
    row.try_get::<Vec<u8>, _>(column)?.try_into().map_err(|_| StoreError::Damaged(column))
}

/// The same, or nothing.
pub(crate) fn some<const N: usize>(row: &AnyRow, column: &'static str) -> Result<Option<[u8; N]>, StoreError> {
    let value: Option<Vec<u8>> = row.try_get(column)?;
    value.map(|value| value.try_into().map_err(|_| StoreError::Damaged(column))).transpose()
}

/// A whole number that is kept as SQLite keeps all of them.
pub(crate) fn number<N: TryFrom<i64>>(row: &AnyRow, column: &'static str) -> Result<N, StoreError> {
    row.try_get::<i64, _>(column)?.try_into().map_err(|_| StoreError::Damaged(column))
}

/// A row that is there already is something that the caller can answer.
pub(crate) fn taken(error: sqlx::Error, what: &'static str) -> StoreError {
    match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}

/// `($1, $2), ($3, $4)` for two rows of two columns: each statement is a way to the database's thread and back, so rows
/// that come together go together.
pub(crate) fn values(rows: usize, columns: usize) -> String {
    let row = |row| format!("({})", places(row * columns + 1, columns));
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// `$3, $4` for two from 3 on.
pub(crate) fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
