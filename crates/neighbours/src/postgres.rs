//! PostgreSQL as Debian packs it. It refuses to run as root: under root it runs as the user that its package made.

use crate::keeper::Keeper;
use std::{
    env, fs, io,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread::sleep,
    time::Duration,
};
use tempfile::TempDir;

const OPTIONS: &str = "-c max_connections=500 -c shared_buffers=64MB -c max_wal_size=256MB";
/// The disk is a test's: what a crash of the machine would take, no test looks for.
const HASTY: &str = "-c listen_addresses= -c fsync=off -c full_page_writes=off";
/// By which also its socket is named.
const PORT: u16 = 5432;
/// How often, and how long apart, it is looked at whether it came up again.
const RISES: u32 = 300;
const BETWEEN_RISES: Duration = Duration::from_millis(100);

/// A server on a socket in a folder of its own.
#[derive(Debug)]
pub struct Postgres {
    programs: PathBuf,
    user: Option<(u32, u32)>,
    more: String,
    port: u16,
    databases: AtomicUsize,
    /// Before the folder, which it empties.
    _keeper: Keeper,
    folder: TempDir,
}

impl Postgres {
    /// Starts one and waits until it answers.
    ///
    /// # Errors
    /// It isn't installed, or doesn't start; the message holds what it said.
    pub fn start() -> io::Result<Self> {
        Self::with(&env::temp_dir(), PORT, |_| Ok(HASTY.into()))
    }

    /// One that is reached by TCP too, at [`Postgres::port`] of this machine, with this certificate and key (PEM).
    ///
    /// # Errors
    /// As [`Postgres::start`].
    pub fn with_tls(certificate: &str, key: &str) -> io::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        Self::with(&env::temp_dir(), port, |folder| {
            let mut more = format!("{HASTY} -c listen_addresses=127.0.0.1 -c port={port} -c ssl=on");
            for (name, pem) in [("ssl_cert_file", certificate), ("ssl_key_file", key)] {
                let path = folder.join(name);
                fs::write(&path, pem)?;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
                let owner = fs::metadata(folder)?;
                chown(&path, Some(owner.uid()), Some(owner.gid()))?;
                more += &format!(" -c {name}={}", path.display());
            }
            Ok(more)
        })
    }

    /// One whose folder lies in this one.
    ///
    /// # Errors
    /// As [`Postgres::start`].
    pub fn start_on(disk: &Path) -> io::Result<Self> {
        Self::with(disk, PORT, |_| Ok(HASTY.into()))
    }

    /// One that waits for the disk, as a server that people rely on does: for measuring.
    ///
    /// # Errors
    /// As [`Postgres::start`].
    pub fn durable() -> io::Result<Self> {
        Self::with(&env::temp_dir(), PORT, |_| Ok("-c listen_addresses=".into()))
    }

    fn with(disk: &Path, port: u16, more: impl FnOnce(&Path) -> io::Result<String>) -> io::Result<Self> {
        let programs = programs().ok_or_else(|| {
            io::Error::other("PostgreSQL is missing: apt-get install postgresql, or set HAIDANG_NO_POSTGRES=1")
        })?;
        let user = if fs::metadata("/proc/self")?.uid() == 0 { Some(user_of_package()?) } else { None };
        let folder = tempfile::Builder::new().prefix("haidang-pg-").tempdir_in(disk)?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid))?;
        }
        let more = more(folder.path())?;
        let run = |program: &str| as_user(programs.join(program), user);
        let data = folder.path().join("data");
        said(
            run("initdb")
                .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
                .arg(&data),
        )?;
        start(run("pg_ctl"), folder.path(), &more)?;
        let line = "\"$1\" -D \"$2/data\" -m immediate stop; rm -rf \"$2\"/*";
        let pg_ctl = programs.join("pg_ctl");
        let args = [&pg_ctl, folder.path()].map(|path| path.to_str().unwrap_or_default());
        let keeper = Keeper::with(as_user("/bin/sh".into(), user), line, &args)?;
        Ok(Self { programs, user, more, port, databases: AtomicUsize::new(0), _keeper: keeper, folder })
    }

    /// The one of this whole test program; none where `HAIDANG_NO_POSTGRES=1` leaves out whatever needs it.
    ///
    /// # Panics
    /// Where it is wanted and doesn't start.
    #[expect(clippy::print_stderr, reason = "who leaves tests out is told so")]
    pub fn shared() -> Option<&'static Self> {
        // A static is never dropped; the end of the process is enough for the keeper.
        static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| {
            if env::var_os("HAIDANG_NO_POSTGRES").is_some() {
                eprintln!("HAIDANG_NO_POSTGRES is set: the tests on PostgreSQL are left out");
                return None;
            }
            Some(Self::start().unwrap_or_else(|error| panic!("{error}")))
        });
        shared.as_ref()
    }

    /// A fresh database, as a copy of this one where one is named. Gives its name.
    ///
    /// # Errors
    /// What the server said.
    pub fn database(&self, like: Option<&str>) -> io::Result<String> {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {}", like.unwrap_or("template0")))?;
        Ok(name)
    }

    /// Where it listens where it does.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where a database is found, by the superuser.
    pub fn address(&self, database: &str) -> String {
        self.address_of("postgres", database)
    }

    /// Where a database is found, by this user.
    pub fn address_of(&self, user: &str, database: &str) -> String {
        format!("postgres://{user}@localhost:{}/{database}?host={}", self.port, self.folder.path().display())
    }

    /// Carries statements out, by psql, and gives the rows, a line each.
    ///
    /// # Errors
    /// What the server said.
    pub fn sql(&self, database: &str, sql: &str) -> io::Result<String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database, "-c", sql, "-h"]);
        psql.env("PGPORT", self.port.to_string());
        said(psql.arg(self.folder.path()))
    }

    /// Stops it as a power cut does.
    ///
    /// # Errors
    /// It doesn't run.
    pub fn crash(&self) -> io::Result<()> {
        let mut stop = as_user(self.programs.join("pg_ctl"), self.user);
        said(stop.args(["-m", "immediate", "stop", "-D"]).arg(self.folder.path().join("data"))).map(drop)
    }

    /// Starts it again wherever it ended, as whoever watches over it does, and waits until it answers.
    ///
    /// # Errors
    /// What it said last.
    pub fn rise(&self) -> io::Result<()> {
        let pg_ctl = || as_user(self.programs.join("pg_ctl"), self.user);
        let mut answer = self.sql("postgres", "SELECT 1");
        for _ in 0..RISES {
            if answer.is_ok() {
                break;
            }
            let mut runs = pg_ctl();
            runs.arg("status").arg("-D").arg(self.folder.path().join("data"));
            // One that ends by itself may still look as if it ran.
            if said(&mut runs).is_ok() || start(pg_ctl(), self.folder.path(), &self.more).is_err() {
                sleep(BETWEEN_RISES);
            }
            answer = self.sql("postgres", "SELECT 1");
        }
        answer.map(drop)
    }
}

fn start(mut pg_ctl: Command, folder: &Path, more: &str) -> io::Result<()> {
    let log = folder.join("log");
    let options = format!("{OPTIONS} {more} -k {}", folder.display());
    pg_ctl
        .args(["-w", "-t", "60", "-s", "-o", &options, "-D"])
        .arg(folder.join("data"))
        .arg("-l")
        .arg(&log)
        .arg("start");
    // Not `output()`: the server would hold the pipe open for as long as it lives.
    pg_ctl.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    if pg_ctl.status()?.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("PostgreSQL did not start: {}", fs::read_to_string(log).unwrap_or_default())))
}

/// Debian keeps the programs of each version in a folder of their own; the newest serves.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &PathBuf| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let all = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    all.max_by_key(|bin| version(bin))
}

fn user_of_package() -> io::Result<(u32, u32)> {
    let id = |flag| {
        let said = said(Command::new("id").args([flag, "postgres"]))?;
        said.trim().parse().map_err(io::Error::other)
    };
    Ok((id("-u")?, id("-g")?))
}

fn as_user(program: PathBuf, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    // Root's folder can't be entered by others.
    command.current_dir("/").env("LC_ALL", "C");
    command
}

fn said(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}
