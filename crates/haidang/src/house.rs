//! The folder in which reports are kept: opened at the start, tidied every minute.

use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Store, StoreError};
use vocabulary::Lang;

/// How often what is over is done away with.
const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Opens the store, or says in one line what is wrong and how to mend it.
pub async fn open(folder: &Path, lang: Lang) -> Result<Store, String> {
    Store::open(folder, &fresh()?).await.map_err(|error| say(folder, &error, lang))
}

/// Opens it for a command, also beside a server that has it open.
pub async fn open_beside(folder: &Path, lang: Lang) -> Result<Store, String> {
    Store::open_beside(folder, &fresh()?).await.map_err(|error| say(folder, &error, lang))
}

/// What a new house makes its secrets of.
fn fresh() -> Result<[u8; 64], String> {
    let mut fresh = [0; 64];
    getrandom::fill(&mut fresh).map_err(|error| error.to_string())?;
    Ok(fresh)
}

/// A failure of the store, for whoever runs the server.
pub fn say(folder: &Path, error: &StoreError, lang: Lang) -> String {
    let folder = folder.display();
    match (error, lang) {
        (StoreError::Layout(why), Lang::Vi) => format!(
            "{folder}: cơ sở dữ liệu không hợp với bản chương trình này ({why}); dùng bản mới hơn, hoặc phục hồi từ bản sao lưu"
        ),
        (StoreError::Layout(why), Lang::En) => {
            format!("{folder}: the database doesn't fit this program ({why}); use a newer program, or restore a backup")
        }
        (StoreError::InUse, Lang::Vi) => {
            format!(
                "{folder}: một haidang khác đang mở thư mục này; hãy dừng nó trước, hoặc đặt data sang thư mục khác"
            )
        }
        (StoreError::InUse, Lang::En) => {
            format!("{folder}: another haidang has this folder open; stop it first, or set data to another folder")
        }
        (error, Lang::Vi) => {
            format!("không dùng được thư mục {folder} ({error}); xem quyền ghi và chỗ trống, hoặc đặt data")
        }
        (error, Lang::En) => format!(
            "the folder {folder} can't be used ({error}); check that it can be written and has room, or set data"
        ),
    }
}

/// Does away with what is over every minute, for as long as the server runs.
pub async fn keep_tidy(store: Store) {
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        tidy(&store).await;
    }
}

/// Does away with what is over now: what was to be erased while no server ran is gone before anybody is served.
pub async fn tidy(store: &Store) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed();
    match store.tidy(now).await {
        Ok(tidied) => {
            if let Some(seconds) = tidied.leap {
                tracing::warn!(seconds, "the clock leapt; erasures that are to come were moved along with it");
            }
            if (tidied.erased, tidied.files) != (0, 0) {
                tracing::info!(erased = tidied.erased, files = tidied.files, "tidied");
            }
        }
        Err(error) => tracing::error!(%error, "could not tidy; trying again in a minute"),
    }
}
