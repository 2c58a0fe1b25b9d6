//! What the server stands on, and how it is struck.

use super::device::{ORGANISATION, random};
use anyhow::{Context, Result};
use casework::{CaseId, FileId, MemberId, Organisation, Texts};
use seal::{Identity, grant};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};
use store::{Invitation, NewMember, NoticeWays, OrganisationRecord, Store};
use tempfile::TempDir;
use visitor::House;
use vocabulary::{OrganisationKind, Role};

/// The disk that is filled up.
const DISK: &str = "size=1500m";

/// A store and what can happen to it.
pub struct Stand {
    folder: TempDir,
    /// Whether the folder is a small disk of its own.
    is_disk: bool,
}

/// A report as it is found in the store.
pub struct Found {
    pub id: [u8; 16],
    pub leaves: Vec<[u8; 32]>,
    /// Id and sealed bytes of the file that an entry names.
    pub file: Option<([u8; 16], usize)>,
}

impl Stand {
    pub fn all() -> Result<Vec<Self>> {
        let folder = TempDir::new()?;
        let mut mount = Command::new("mount");
        let is_disk = mount.args(["-t", "tmpfs", "-o", DISK, "tmpfs"]).arg(folder.path()).status()?.success();
        if !is_disk {
            println!("left out: no small disk can be mounted here, so none is filled up");
        }
        Ok(vec![Self { folder, is_disk }])
    }

    pub const fn name(&self) -> &'static str {
        "SQLite and a folder"
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn filler(&self) -> PathBuf {
        self.folder.path().join("filler")
    }

    /// An organisation with a key; gives its recipient.
    pub fn prepare(&mut self) -> Result<String> {
        let data = self.data();
        fs::create_dir_all(&data)?;
        block_on(async {
            let store = Store::open(&data, &random()).await?;
            let texts = Texts { vi: "Tổng đài".into(), en: "Line".into() };
            let card = Organisation {
                id: ORGANISATION.into(),
                kind: OrganisationKind::Helpline,
                name: texts.clone(),
                about: texts,
                told_by_law: Texts::default(),
                hours: "always".into(),
                provinces: Vec::new(),
                recipient: None,
            };
            let record = OrganisationRecord {
                card,
                questions: String::new(),
                retention_days: None,
                notices: NoticeWays::default(),
                added_at: 0,
                closed_at: None,
            };
            store.add_organisation(record).await?;
            let hash = random();
            let organisation = ORGANISATION.to_owned();
            store.invite(Invitation { hash, organisation, role: Role::Intake, expires_at: i64::MAX }).await?;
            let (member, key) = (Identity::generate(), Identity::generate());
            let sealed = grant::seal(grant::Kind::Organisation, &key, &member.recipient());
            let recipient = key.recipient().to_string();
            let new = NewMember {
                id: MemberId(random()),
                name: "lan".into(),
                recipient: member.recipient().to_string(),
                wrapped_key: vec![0; 60],
                salt: vec![0; 16],
                sign_in: random(),
                totp: None,
                founds: Some((recipient.clone(), sealed)),
            };
            store.join(hash, new, 0).await?;
            store.close().await;
            Ok(recipient)
        })
    }

    pub fn serve(&self, binary: &Path) -> Result<House> {
        let data = self.data();
        House::open_with(binary, &["--data", data.to_str().context("a folder of UTF-8")?, "--rate-burst", "0"])
    }

    /// Strikes in one of its ways; the server is up again afterwards. Says which way it was.
    pub fn strike(&mut self, house: &mut Option<House>, binary: &Path) -> Result<&'static str> {
        let [draw, long] = random();
        if self.is_disk && draw < 80 {
            // Full to the last byte, for a while; what is written meanwhile must be refused.
            let mut filler = File::create(self.filler())?;
            let piece = vec![0; 1 << 20];
            while filler.write_all(&piece).is_ok() {}
            while filler.write_all(&[0; 512]).is_ok() {}
            thread::sleep(Duration::from_millis(u64::from(long) * 4));
            if draw < 25 {
                // And killed while it is full: it comes back once there is room.
                drop(house.take());
            }
            fs::remove_file(self.filler())?;
            if house.is_none() {
                *house = Some(self.serve(binary)?);
                return Ok("disk full, and killed");
            }
            return Ok("disk full");
        }
        // Dropped, it is killed with SIGKILL, wherever it stands.
        drop(house.take());
        *house = Some(self.serve(binary)?);
        Ok("killed")
    }

    /// Nothing is struck any more.
    pub fn heal(&mut self) -> Result<()> {
        if self.filler().exists() {
            fs::remove_file(self.filler())?;
        }
        Ok(())
    }

    /// Every report in the organisation's inbox; `file_of`: the file that it was sent with.
    pub fn found(&self, file_of: impl Fn(&[u8; 16]) -> Option<([u8; 16], usize)>) -> Result<Vec<Found>> {
        block_on(async {
            let store = Store::open(&self.data(), &random()).await?;
            let (mut all, mut behind) = (Vec::new(), None);
            loop {
                let rows = store.inbox(ORGANISATION, behind, 500).await?;
                let Some(last) = rows.last() else { break };
                behind = Some((last.place, last.id));
                for row in &rows {
                    all.push(found(&store, row.id, file_of(&row.id.0)).await?);
                }
            }
            store.close().await;
            Ok(all)
        })
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        if self.is_disk {
            // The folder can't be removed while it is a disk.
            let _ = Command::new("umount").arg(self.folder.path()).status();
        }
    }
}

async fn found(store: &Store, id: CaseId, file: Option<([u8; 16], usize)>) -> Result<Found> {
    let mut read = None;
    if let Some((name, _)) = file
        && let Ok((mut source, _)) = store.open_file(id, ORGANISATION, FileId(name)).await
    {
        read = Some((name, usize::try_from(std::io::copy(&mut source, &mut std::io::sink())?)?));
    }
    Ok(Found { id: id.0, leaves: store.leaves(id).await?, file: read })
}

fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work)
}
