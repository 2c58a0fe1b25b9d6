//! Files that are read again when they change, or when the operator says so (SIGHUP).

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tokio::signal::unix::{SignalKind, signal};

/// What is done with changed files. The error is one line that says what is wrong and how to mend it.
type Reload = Box<dyn FnMut() -> Result<(), String> + Send>;

/// Files that belong together and what to do when one of them changes.
pub struct Watched {
    name: &'static str,
    files: Vec<PathBuf>,
    seen: Vec<Option<Stamp>>,
    reload: Reload,
}

/// What tells a file from its next version without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: SystemTime,
    bytes: u64,
}

impl Watched {
    /// Watches from how the files are now.
    pub fn new(
        name: &'static str,
        files: impl IntoIterator<Item = PathBuf>,
        reload: impl FnMut() -> Result<(), String> + Send + 'static,
    ) -> Self {
        let files: Vec<PathBuf> = files.into_iter().collect();
        let seen = stamps(&files);
        Self { name, files, seen, reload: Box::new(reload) }
    }

    fn changed(&mut self) -> bool {
        let now = stamps(&self.files);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }

    fn reload(&mut self) {
        let file = self.name;
        let outcome = match (self.reload)() {
            Ok(()) => {
                tracing::info!(file, "read again; the new one is in force");
                "new"
            }
            Err(why) => {
                tracing::error!(file, why, "not taken; the earlier one stays in force");
                "kept"
            }
        };
        metrics::counter!("haidang_reloads_total", "file" => file, "outcome" => outcome).increment(1);
    }
}

fn stamps(files: &[PathBuf]) -> Vec<Option<Stamp>> {
    let stamp = |path: &PathBuf| {
        let of = |path: &Path| {
            fs::metadata(path).ok().and_then(|m| Some(Stamp { changed: m.modified().ok()?, bytes: m.len() }))
        };
        of(path)
    };
    files.iter().map(stamp).collect()
}

/// Looks every so often, and at each SIGHUP reads everything. Ends with the runtime.
pub async fn keep_watch(mut watched: Vec<Watched>, every: Duration) -> std::io::Result<()> {
    let mut hangup = signal(SignalKind::hangup())?;
    loop {
        let asked = tokio::select! {
            _ = hangup.recv() => true,
            () = tokio::time::sleep(every) => false,
        };
        // Reading and checking a file may take a while; requests go on meanwhile.
        tokio::task::block_in_place(|| {
            for files in &mut watched {
                if files.changed() || asked {
                    files.reload();
                }
            }
        });
    }
}
