//! Where reports are kept: opened at the start, tidied every minute.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Place, Store, StoreError};
use vocabulary::Lang;

/// How often what is over is done away with.
const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Opens the store, or says in one line what is wrong and how to mend it.
pub async fn open(place: &Place, lang: Lang) -> Result<Store, String> {
    Store::open(place.clone(), &fresh()?).await.map_err(|error| say(place, &error, lang))
}

/// Opens it for a command, also beside a server that has it open.
pub async fn open_beside(place: &Place, lang: Lang) -> Result<Store, String> {
    Store::open_beside(place.clone(), &fresh()?).await.map_err(|error| say(place, &error, lang))
}

/// What a new house makes its secrets of.
pub fn fresh() -> Result<[u8; 64], String> {
    let mut fresh = [0; 64];
    getrandom::fill(&mut fresh).map_err(|error| error.to_string())?;
    Ok(fresh)
}

/// A place as it may be shown.
pub fn name(place: &Place) -> String {
    let folder = place.folder.display().to_string();
    let database = place.database.as_ref().map_or_else(|| folder.clone(), ToString::to_string);
    let files = place.files.as_ref().map_or(folder, |bucket| bucket.address.clone());
    if database == files { files } else { format!("{database}, {files}") }
}

/// A failed move, for whoever moves: which of both places it was isn't always known.
pub fn say_of_move(from: &Place, to: &Place, error: &StoreError, lang: Lang) -> String {
    let (from, to) = (name(from), name(to));
    let said = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match error {
        StoreError::InUse => said(
            format!("{from} hoặc {to} đang được một haidang khác mở; hãy dừng mọi máy chủ trước"),
            format!("another haidang has {from} or {to} open; stop every server first"),
        ),
        StoreError::Occupied => said(
            format!("{to}: ở đó đã có dữ liệu khác; hãy nêu một nơi trống"),
            format!("{to}: something else lies there already; name an empty place"),
        ),
        StoreError::Malformed(_) => said(
            format!("hai nơi là một ({from}); tệp nêu ở --to phải có data, database hay files khác"),
            format!("both places are the same ({from}); the file of --to must name another data, database or files"),
        ),
        error => said(
            format!("chưa chuyển xong từ {from} sang {to} ({error}); nơi cũ còn nguyên, sửa lỗi rồi chạy lại lệnh này"),
            format!("not moved from {from} to {to} ({error}); the old place is as it was: mend it and run this again"),
        ),
    }
}

/// A failure of the store, for whoever runs the server.
pub fn say(place: &Place, error: &StoreError, lang: Lang) -> String {
    let folder = place.folder.display();
    let database = place.database.as_ref().map_or_else(|| folder.to_string(), ToString::to_string);
    let said = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match error {
        StoreError::Layout(why) => said(
            format!(
                "{database}: cơ sở dữ liệu không hợp với bản chương trình này ({why}); dùng bản mới hơn, hoặc phục hồi từ bản sao lưu"
            ),
            format!(
                "{database}: the database doesn't fit this program ({why}); use a newer program, or restore a backup"
            ),
        ),
        StoreError::OtherLayout => said(
            format!("{database}: cơ sở dữ liệu thuộc về bản khác của chương trình; hãy dùng cùng một bản với máy chủ"),
            format!("{database}: the database belongs to another version of this program; use that of the server"),
        ),
        StoreError::InUse if place.database.is_some() => said(
            format!("{database}: một lệnh haidang move đang dùng cơ sở dữ liệu này; hãy chờ nó xong"),
            format!("{database}: a haidang move uses this database; wait until it is done"),
        ),
        StoreError::Unfinished => said(
            format!("{database}: mới chuyển đến một nửa; hãy chạy lại cùng lệnh haidang move"),
            format!("{database}: a move into it was broken off; run the same haidang move again"),
        ),
        StoreError::Restoring => said(
            format!("{database}: mới phục hồi được một nửa; hãy chạy lại cùng lệnh haidang restore"),
            format!("{database}: a restore into it was broken off; run the same haidang restore again"),
        ),
        StoreError::Absent("store") => said(
            format!("{database}: ở đó chưa có dữ liệu; nêu đúng nơi bằng --data hoặc --database"),
            format!("{database}: there is no data there; name the place by --data or --database"),
        ),
        StoreError::Occupied => said(
            format!("{database}: ở đó đã có dữ liệu; hãy nêu một nơi trống"),
            format!("{database}: there is data there already; name an empty place"),
        ),
        StoreError::OtherFiles(at) => said(
            format!(
                "{database}: tệp của cơ sở dữ liệu này nằm ở {at}; đặt files như cũ, hoặc chuyển bằng haidang move"
            ),
            format!("{database}: the files of this database lie in {at}; set files to that, or use haidang move"),
        ),
        StoreError::Storage(why) => said(
            format!("không dùng được kho tệp ({why}); xem files và các cài đặt s3_"),
            format!("the storage of files can't be used ({why}); check files and the settings s3_"),
        ),
        StoreError::Address(why) => said(
            format!("files hoặc s3_endpoint không dùng được: {why}"),
            format!("files or s3_endpoint can't be used: {why}"),
        ),
        StoreError::InUse => said(
            format!(
                "{folder}: một haidang khác đang mở thư mục này; hãy dừng nó trước, hoặc đặt data sang thư mục khác"
            ),
            format!("{folder}: another haidang has this folder open; stop it first, or set data to another folder"),
        ),
        StoreError::Tls(why) => said(
            format!(
                "{database}: không có đường an toàn tới máy chủ PostgreSQL ({why}); máy chủ đó phải dùng TLS, sslrootcert phải nêu chứng chỉ của nơi bảo chứng cho nó, và tên máy phải đúng như trong chứng chỉ của nó"
            ),
            format!(
                "{database}: there is no safe way to the PostgreSQL server ({why}); it must speak TLS, sslrootcert must name the certificate of who vouches for it, and its host must be named as in its certificate"
            ),
        ),
        StoreError::Encoding(encoding) => said(
            format!(
                "{database}: cơ sở dữ liệu ghi chữ bằng {encoding}, cần UTF8; tạo lại: createdb --encoding=UTF8 --template=template0"
            ),
            format!(
                "{database}: the database keeps its texts as {encoding} and must do so as UTF8; make it with: createdb --encoding=UTF8 --template=template0"
            ),
        ),
        StoreError::NoRights(why) => said(
            format!("{database}: thiếu quyền ({why}); cho người dùng của haidang làm chủ cơ sở dữ liệu này"),
            format!("{database}: rights are missing ({why}); make haidang's user the owner of this database"),
        ),
        StoreError::Database(why) if place.database.is_some() => said(
            format!(
                "không dùng được cơ sở dữ liệu {database} ({why}); xem máy chủ PostgreSQL có chạy không, và đặt database"
            ),
            format!(
                "the database {database} can't be used ({why}); check that the PostgreSQL server runs, and set database"
            ),
        ),
        error => said(
            format!("không dùng được thư mục {folder} ({error}); xem quyền ghi và chỗ trống, hoặc đặt data"),
            format!(
                "the folder {folder} can't be used ({error}); check that it can be written and has room, or set data"
            ),
        ),
    }
}

/// More than clocks that are set by the network ever differ, and less than what moves an erasure.
const CLOCKS_APART: i64 = 10 * 60;

/// Several servers on one database must agree what time it is: one whose clock is wrong does away with nothing.
async fn clock_is_right(store: &Store, now: i64) -> bool {
    match store.ahead_of_database(now).await {
        Ok(Some(seconds)) if seconds.abs() > CLOCKS_APART => {
            tracing::error!(
                seconds,
                "this machine's clock and the database's disagree; nothing is tidied until they agree"
            );
            false
        }
        _ => true,
    }
}

/// Does away with what is over every minute, for as long as the server runs.
pub async fn keep_tidy(store: Store, backups: Option<PathBuf>) {
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        tidy(&store, backups.as_deref()).await;
    }
}

/// Does away with what is over now: what was to be erased while no server ran is gone before anybody is served.
/// What was forgotten goes on the list beside the `backups`, also what was withdrawn since the last time.
pub async fn tidy(store: &Store, backups: Option<&Path>) {
    if clock_is_right(store, now()).await {
        away_with_what_is_over(store, now()).await;
    }
    if let Some(folder) = backups
        && let Err(error) = backup::list::append(folder, store).await
    {
        let why = error.to_string();
        tracing::error!(why, "the list of what was forgotten can't be written; without it no backup comes back");
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().cast_signed()
}

async fn away_with_what_is_over(store: &Store, now: i64) {
    match store.tidy(now).await {
        Ok(tidied) => {
            if let Some(seconds) = tidied.leap {
                tracing::warn!(seconds, "the clock leapt; erasures that are to come were moved along with it");
            }
            if (tidied.erased, tidied.files) != (0, 0) {
                tracing::info!(erased = tidied.erased, files = tidied.files, "tidied");
            }
        }
        // A backup is being taken: its look at everything is short.
        Err(StoreError::Stale(_)) => {
            tracing::warn!("somebody reads the database; what was erased leaves its log a minute later");
        }
        Err(error) => tracing::error!(%error, "could not tidy; trying again in a minute"),
    }
}
