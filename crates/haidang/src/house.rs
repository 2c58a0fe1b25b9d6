//! The folder in which reports are kept: opened at the start, tidied every minute.

use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Store, StoreError};
use vocabulary::Lang;

/// How often what is due is erased and what nobody claimed is swept.
const TIDY_EVERY: Duration = Duration::from_secs(60);

/// Opens the store, or says in one line what is wrong and how to mend it.
pub async fn open(folder: &Path, lang: Lang) -> Result<Store, String> {
    let mut fresh = [0; 64];
    getrandom::fill(&mut fresh).map_err(|error| error.to_string())?;
    Store::open(folder, &fresh).await.map_err(|error| say(folder, &error, lang))
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
        (error, Lang::Vi) => {
            format!("không dùng được thư mục {folder} ({error}); xem quyền ghi và chỗ trống, hoặc đặt data")
        }
        (error, Lang::En) => format!(
            "the folder {folder} can't be used ({error}); check that it can be written and has room, or set data"
        ),
    }
}

/// Erases what is due and sweeps what nobody claimed, for as long as the server runs.
pub async fn keep_tidy(store: Store) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed();
        let tidied = async {
            let erased = store.carry_out_erasures(now).await?;
            let swept = store.sweep_files(now).await?;
            Ok::<_, StoreError>((erased, swept))
        };
        match tidied.await {
            Ok((0, 0)) => {}
            Ok((erased, swept)) => tracing::info!(erased, swept, "tidied"),
            Err(error) => tracing::error!(%error, "could not tidy; trying again in a minute"),
        }
    }
}
