//! What the server stands on, and how it is struck.

use super::{
    device::{ORGANISATION, random},
    disk::Disk,
};
use anyhow::{Context, Result};
use casework::{CaseId, FileId, MemberId, Organisation, Texts};
use neighbours::{KEY, Postgres, S3};
use seal::{Identity, grant};
use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};
use store::{Bucket, Invitation, NewMember, NoticeWays, OrganisationRecord, Place, Secret, Store, View};
use tempfile::TempDir;
use visitor::House;
use vocabulary::{OrganisationKind, Role};

/// How often it is started again before that is given up.
const STARTS: u32 = 60;

/// A store and what can happen to it.
pub struct Stand {
    folder: TempDir,
    on: On,
}

/// On what everything lies; small disks are none where this machine lets us mount nothing.
enum On {
    Folder(Option<Disk>),
    /// Each server goes before its disk.
    Servers {
        postgres: Box<Postgres>,
        storage: Box<S3>,
        database: String,
        bucket: String,
        disks: Option<[Disk; 2]>,
    },
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
        let disk = Disk::mount()?;
        if disk.is_none() {
            println!("left out: no small disk can be mounted here, so none is filled up");
        }
        let mut all = vec![Self { folder: TempDir::new()?, on: On::Folder(disk) }];
        if env::var_os("HAIDANG_NO_POSTGRES").is_none() {
            let disks = Disk::mount()?.zip(Disk::mount()?).map(<[Disk; 2]>::from);
            let own = env::temp_dir();
            let [for_rows, for_files] = disks.as_ref().map_or([&*own; 2], |disks| disks.each_ref().map(Disk::path));
            let postgres = Box::new(Postgres::start_on(for_rows)?);
            let storage = Box::new(S3::start_on(for_files, "a_storage")?);
            let (database, bucket) = (postgres.database(None)?, storage.bucket()?);
            all.push(Self { folder: TempDir::new()?, on: On::Servers { postgres, storage, database, bucket, disks } });
        }
        Ok(all)
    }

    pub const fn name(&self) -> &'static str {
        match self.on {
            On::Folder(_) => "SQLite and a folder",
            On::Servers { .. } => "PostgreSQL and S3",
        }
    }

    /// Where the store lies.
    fn place(&self) -> Result<Place> {
        let mut place = Place::folder(self.data());
        if let On::Servers { postgres, storage, database, bucket, .. } = &self.on {
            place.database = Some(postgres.address(database).parse()?);
            place.files = Some(Bucket {
                address: format!("s3://{bucket}"),
                endpoint: Some(storage.endpoint()),
                region: "us-east-1".into(),
                key_id: KEY.0.into(),
                secret: Secret::Text(KEY.1.into()),
                authority: None,
            });
        }
        Ok(place)
    }

    /// The same for the server.
    fn settings(&self) -> Result<PathBuf> {
        let path = self.folder.path().join("haidang.toml");
        let mut lines = format!("data = \"{}\"\nrate_burst = 0\n", self.data().display());
        if let On::Servers { postgres, storage, database, bucket, .. } = &self.on {
            let secret = self.folder.path().join("secret");
            fs::write(&secret, KEY.1)?;
            fs::set_permissions(&secret, fs::Permissions::from_mode(0o600))?;
            lines += &format!(
                "database = {:?}\nfiles = \"s3://{bucket}\"\ns3_endpoint = {:?}\ns3_key_id = {:?}\ns3_secret_file = \"{}\"\n",
                postgres.address(database),
                storage.endpoint(),
                KEY.0,
                secret.display()
            );
        }
        fs::write(&path, lines)?;
        Ok(path)
    }

    fn data(&self) -> PathBuf {
        match &self.on {
            On::Folder(Some(disk)) => disk.path().join("data"),
            _ => self.folder.path().join("data"),
        }
    }

    /// An organisation with a key; gives its recipient.
    pub fn prepare(&mut self) -> Result<String> {
        let data = self.data();
        fs::create_dir_all(&data)?;
        let place = self.place()?;
        block_on(async {
            let store = Store::open(place, &random()).await?;
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

    /// As whoever watches over it does (`Restart=always`): a storage that refuses just then is asked again.
    pub fn serve(&self, binary: &Path) -> Result<House> {
        let settings = self.settings()?;
        let start = || House::open_with(binary, &["--config", settings.to_str().context("a folder of UTF-8")?]);
        (1..STARTS).find_map(|_| start().ok()).map_or_else(start, Ok)
    }

    /// Strikes in one of its ways; the server is up again afterwards. Says which way it was.
    pub fn strike(&mut self, house: &mut Option<House>, binary: &Path) -> Result<&'static str> {
        let [draw, long] = random();
        let long = Duration::from_millis(u64::from(long) * 4);
        match &self.on {
            On::Folder(Some(disk)) if draw < 80 => {
                let killed = draw < 25;
                disk.fill(long, || {
                    if killed {
                        drop(house.take());
                    }
                })?;
                if !killed {
                    return Ok("disk full");
                }
                *house = Some(self.serve(binary)?);
                return Ok("disk full, and killed");
            }
            On::Servers { postgres, .. } if draw < 40 => {
                postgres.crash()?;
                thread::sleep(long);
                postgres.rise()?;
                return Ok("database crashed");
            }
            On::Servers { postgres, disks: Some([disk, _]), .. } if draw < 80 => {
                disk.fill(long, || ())?;
                // One that can't write its log any more ends, and ends again for as long as it can't.
                postgres.rise()?;
                return Ok("database's disk full");
            }
            On::Servers { disks: Some([_, disk]), .. } if draw < 120 => {
                disk.fill(long, || ())?;
                return Ok("storage's disk full");
            }
            On::Servers { storage, .. } if draw < 160 => {
                storage.refuse(u64::from(draw))?;
                return Ok("storage refuses");
            }
            On::Servers { storage, .. } if draw < 190 => {
                storage.be_slow(long)?;
                thread::sleep(Duration::from_secs(2));
                storage.be_slow(Duration::ZERO)?;
                return Ok("storage slow");
            }
            _ => {}
        }
        // Dropped, it is killed with SIGKILL, wherever it stands.
        drop(house.take());
        *house = Some(self.serve(binary)?);
        Ok("killed")
    }

    /// Nothing is struck any more.
    pub fn heal(&mut self) -> Result<()> {
        if let On::Servers { storage, .. } = &self.on {
            storage.refuse(0)?;
        }
        Ok(())
    }

    /// Every report in the organisation's inbox; `file_of`: the file that it was sent with.
    pub fn found(&self, file_of: impl Fn(&[u8; 16]) -> Option<([u8; 16], usize)>) -> Result<Vec<Found>> {
        let place = self.place()?;
        block_on(async {
            let store = Store::open(place, &random()).await?;
            let (mut all, mut behind) = (Vec::new(), None);
            loop {
                let rows = store.inbox(ORGANISATION, View::All, behind, 500).await?;
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

async fn found(store: &Store, id: CaseId, file: Option<([u8; 16], usize)>) -> Result<Found> {
    let mut read = None;
    if let Some((name, _)) = file
        && let Ok((source, size)) = store.open_file(id, ORGANISATION, FileId(name)).await
    {
        read = Some((name, source.read(0, usize::try_from(size)? + 1).await?.len()));
    }
    Ok(Found { id: id.0, leaves: store.leaves(id).await?, file: read })
}

fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work)
}
