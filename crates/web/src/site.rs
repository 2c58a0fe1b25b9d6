//! What the pages work with. Recogniser and directory can be replaced while requests are under way.

use crate::{
    RateLimit,
    desk::{Counts, Together},
    joined::Paces,
    plain::Room,
    report::{Gate, Signer},
};
use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use recognise::{Recogniser, links::HostList};
use std::{
    sync::{Arc, OnceLock, Weak},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::{Store, StoreError};
use tokio::sync::Semaphore;
use vocabulary::directory::{Directory, Moment};

use crate::{assets::Squeezed, shelf::Shelf};

/// What an installer may set for the pages.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the site is reached, without a slash at the end: `https://haidang.example`. Stands in the API's document.
    pub base_url: String,
    /// Where "leave at once" leads: a harmless page that fits anybody's browsing.
    pub exit_url: String,
    /// Who runs this server, for the pages about privacy; empty where nobody said.
    pub operator: String,
    /// How to reach whoever runs it: an e-mail address or page; may be empty.
    pub operator_contact: String,
    /// How many days backups live at most; none where none are taken.
    pub backup_days: Option<u32>,
    /// The certificates (PEM) of the outside authority that gives time-stamps; none where there is no such authority.
    pub time_authority: Option<String>,
    /// Organisations whose members may sign in by their own provider.
    pub providers: Vec<Arc<oidc::Provider>>,
    /// How often one network may have a text checked on the server.
    pub rate: RateLimit,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: "http://localhost:8080".into(),
            exit_url: "https://www.google.com/search?q=thoi+tiet".into(),
            operator: String::new(),
            operator_contact: String::new(),
            backup_days: None,
            time_authority: None,
            providers: Vec::new(),
            rate: RateLimit::default(),
        }
    }
}

/// Recogniser, directory and settings, shared by every request. Cloning shares.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

struct Shared {
    settings: Settings,
    recogniser: ArcSwap<Recogniser>,
    hosts: ArcSwapOption<Squeezed>,
    directory: ArcSwap<Published>,
    /// Lessons of an author's own; none while it is what is built in.
    lessons: ArcSwapOption<Shelf>,
    heavy: Arc<Semaphore>,
    clock: fn() -> i64,
    house: OnceLock<Arc<House>>,
}

/// What receives reports: the store, and what this server signs and gates with.
pub(crate) struct House {
    pub store: Store,
    /// Of every receipt of this server; public.
    pub receipt_salt: [u8; 16],
    /// Makes the salts of names that are not there; of this process alone.
    pub disguise: [u8; 32],
    pub signer: Signer,
    pub gate: Gate,
    /// The most bytes of files of one report.
    pub files_bytes: u64,
    /// What lies in memory for pages without scripts.
    pub plain: Room,
    pub paces: Paces,
    /// Figures of organisations, as they were counted last.
    pub counts: Counts,
    /// Pages of queues that are being read.
    pub queues: Together<serde_json::Value>,
}

impl House {
    /// Fresh randomness of the system.
    #[expect(clippy::unused_self, reason = "whoever has the house may ask; a test may hand in another")]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        fresh()
    }
}

/// Forgets drafts and visits when their time is over, also where nobody comes by.
async fn keep_short(house: Weak<House>, clock: fn() -> i64) {
    loop {
        tokio::time::sleep(Duration::from_mins(1)).await;
        let Some(house) = house.upgrade() else { return };
        house.plain.sweep(clock());
    }
}

fn fresh<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives randomness");
    bytes
}

/// A directory, and the file that a phone fetches of it.
pub(crate) struct Published {
    pub directory: Directory,
    pub file: Squeezed,
}

impl Published {
    fn new(directory: Directory) -> Self {
        let file = Squeezed::new(directory.to_json().into_bytes());
        Self { directory, file }
    }
}

impl Site {
    /// A site with what it shows and knows. The clock of the machine says what is open now.
    pub fn new(settings: Settings, recogniser: Recogniser, directory: Directory) -> Self {
        Self::with_clock(settings, recogniser, directory, || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            since.as_secs().cast_signed()
        })
    }

    /// As [`Self::new`], with a clock of its own: seconds since 1970.
    pub fn with_clock(settings: Settings, recogniser: Recogniser, directory: Directory, clock: fn() -> i64) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Shared {
            settings,
            hosts: ArcSwapOption::new(hosts_file(&recogniser)),
            recogniser: ArcSwap::from_pointee(recogniser),
            directory: ArcSwap::from_pointee(Published::new(directory)),
            lessons: ArcSwapOption::empty(),
            heavy: Arc::new(Semaphore::new(cores)),
            clock,
            house: OnceLock::new(),
        }))
    }

    /// Receives reports from now on, into this store; `files_bytes` is the most of one report's files.
    ///
    /// # Errors
    /// The store can't be read.
    pub async fn receive_into(&self, store: Store, files_bytes: u64) -> Result<(), StoreError> {
        let salt = store.receipt_salt().await?;
        let receipt_salt = *salt.first_chunk().expect("32 bytes begin with 16");
        let signer = Signer::new(store.signing_seed().await?);
        let (disguise, gate, plain) = (fresh(), Gate::new(fresh()), Room::new());
        let (paces, counts, queues) = (Paces::default(), Counts::default(), Together::default());
        let house =
            Arc::new(House { store, receipt_salt, disguise, signer, gate, files_bytes, plain, paces, counts, queues });
        tokio::spawn(keep_short(Arc::downgrade(&house), self.0.clock));
        // A second store would be a second truth: the first one stays.
        let _ = self.0.house.set(house);
        Ok(())
    }

    /// What receives reports; none where there is no store.
    pub(crate) fn house(&self) -> Option<Arc<House>> {
        self.0.house.get().cloned()
    }

    /// Puts another recogniser (new hosts, say) in force for every request from now on.
    pub fn replace_recogniser(&self, recogniser: Recogniser) {
        self.0.hosts.store(hosts_file(&recogniser));
        self.0.recogniser.store(Arc::new(recogniser));
    }

    /// Puts another directory in force for every request from now on.
    pub fn replace_directory(&self, directory: Directory) {
        self.0.directory.store(Arc::new(Published::new(directory)));
    }

    /// Puts other lessons in the place of those that are built in, for every request from now on.
    pub fn replace_lessons(&self, library: &learn::content::Library) {
        self.0.lessons.store(Some(Arc::new(Shelf::new(library))));
    }

    /// The lessons in force.
    pub(crate) fn shelf(&self) -> Arc<Shelf> {
        self.0.lessons.load_full().unwrap_or_else(Shelf::shipped)
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The provider of this organisation.
    pub(crate) fn provider(&self, organisation: &str) -> Option<Arc<oidc::Provider>> {
        self.settings().providers.iter().find(|provider| provider.organisation() == organisation).cloned()
    }

    /// The recogniser in force.
    pub fn recogniser(&self) -> Guard<Arc<Recogniser>> {
        self.0.recogniser.load()
    }

    pub(crate) fn published(&self) -> Guard<Arc<Published>> {
        self.0.directory.load()
    }

    /// The list of known hosts in force, for phones; none while it is the one that they already have in the WASM.
    pub(crate) fn hosts_file(&self) -> Guard<Option<Arc<Squeezed>>> {
        self.0.hosts.load()
    }

    /// Long texts take turns, one a core, so that short ones are never kept waiting.
    pub(crate) fn heavy(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.heavy)
    }

    /// Now, as people in Vietnam read it.
    pub(crate) fn now(&self) -> Moment {
        Moment::from_unix_seconds(self.seconds())
    }

    /// Now, in seconds since 1970.
    pub(crate) fn seconds(&self) -> i64 {
        (self.0.clock)()
    }
}

fn hosts_file(recogniser: &Recogniser) -> Option<Arc<Squeezed>> {
    let list = recogniser.hosts().as_bytes();
    (list != HostList::shipped().as_bytes()).then(|| Arc::new(Squeezed::new(list.to_vec())))
}
