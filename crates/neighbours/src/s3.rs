//! An S3 server that keeps objects in a folder, in a process of its own: the test program itself, started once more.
//!
//! So the test program has among its tests an ignored one that calls [`S3::serve_if_told`] and does nothing else.

use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::rt::TokioIo;
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

const FOLDER: &str = "HAIDANG_TEST_S3";
/// Set where it speaks TLS: certificate and key, both in PEM.
const PAIR: &str = "HAIDANG_TEST_S3_PAIR";
/// The id of the key that opens it, and the secret.
pub const KEY: (&str, &str) = ("haidang", "a secret of tests only");

/// A server on a port of its own.
#[derive(Debug)]
pub struct S3 {
    process: Child,
    /// Its end ends the process.
    orders: Mutex<ChildStdin>,
    endpoint: String,
    buckets: AtomicUsize,
    folder: TempDir,
}

impl S3 {
    /// Starts one; `story` is the full name of the test that calls [`S3::serve_if_told`].
    ///
    /// # Errors
    /// The program can't be started again, or said nothing.
    pub fn start(story: &str) -> io::Result<Self> {
        Self::start_on(&env::temp_dir(), story)
    }

    /// One that speaks TLS, with this certificate and key (PEM).
    ///
    /// # Errors
    /// As [`S3::start`].
    pub fn with_tls(story: &str, certificate: &str, key: &str) -> io::Result<Self> {
        Self::with(&env::temp_dir(), story, Some(format!("{certificate}\n{key}")))
    }

    /// One whose objects lie in this folder.
    ///
    /// # Errors
    /// As [`S3::start`].
    pub fn start_on(disk: &Path, story: &str) -> io::Result<Self> {
        Self::with(disk, story, None)
    }

    fn with(disk: &Path, story: &str, pair: Option<String>) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("haidang-s3-").tempdir_in(disk)?;
        let mut program = Command::new(env::current_exe()?);
        program.args(["--ignored", "--exact", story, "--nocapture", "--test-threads=1"]);
        program.env(FOLDER, folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let scheme = if pair.is_some() { "https" } else { "http" };
        program.envs(pair.map(|pair| (PAIR, pair)));
        let mut process = program.spawn()?;
        let (orders, said) = (process.stdin.take(), process.stdout.take());
        let missing = || io::Error::other("the S3 server did not start");
        let lines = BufReader::new(said.ok_or_else(missing)?).lines().map_while(Result::ok);
        let mut ports = lines.filter_map(|line| line.strip_prefix("s3 on ")?.parse::<u16>().ok());
        let endpoint = format!("{scheme}://127.0.0.1:{}", ports.next().ok_or_else(missing)?);
        let orders = Mutex::new(orders.ok_or_else(missing)?);
        Ok(Self { process, orders, endpoint, buckets: AtomicUsize::new(0), folder })
    }

    /// The one of this whole test program.
    ///
    /// # Panics
    /// Where it doesn't start.
    pub fn shared(story: &str) -> &'static Self {
        // A static is never dropped; the end of the process is the end of its orders.
        static SHARED: OnceLock<S3> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(story).unwrap_or_else(|error| panic!("{error}")))
    }

    /// Where it answers.
    pub fn endpoint(&self) -> String {
        self.endpoint.clone()
    }

    /// A fresh bucket; gives its name.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn bucket(&self) -> io::Result<String> {
        let name = format!("bucket-{}", self.buckets.fetch_add(1, Ordering::Relaxed));
        fs::create_dir(self.folder.path().join(&name))?;
        Ok(name)
    }

    /// Where the objects of a bucket lie as files.
    pub fn folder(&self, bucket: &str) -> PathBuf {
        self.folder.path().join(bucket)
    }

    /// Answers the next requests with 503, so many.
    ///
    /// # Errors
    /// It is gone.
    pub fn refuse(&self, requests: u64) -> io::Result<()> {
        self.order(&format!("refuse {requests}"))
    }

    /// Takes so long for each answer from now on.
    ///
    /// # Errors
    /// It is gone.
    pub fn be_slow(&self, each: Duration) -> io::Result<()> {
        self.order(&format!("slow {}", each.as_millis()))
    }

    fn order(&self, order: &str) -> io::Result<()> {
        let mut orders = self.orders.lock().map_err(|_| io::Error::other("a test broke off"))?;
        writeln!(orders, "{order}")?;
        orders.flush()
    }

    /// What the started program does.
    ///
    /// # Panics
    /// Where it can't serve.
    pub fn serve_if_told() {
        let Some(folder) = env::var_os(FOLDER) else { return };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(serve(folder.into())).expect("a port and a folder");
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How the server misbehaves.
#[derive(Debug, Default)]
struct Mood {
    refusals: AtomicU64,
    slow_ms: AtomicU64,
}

#[expect(clippy::print_stdout, reason = "this is how whoever started it hears of the port")]
async fn serve(folder: PathBuf) -> io::Result<()> {
    let mut service =
        S3ServiceBuilder::new(FileSystem::new(folder).map_err(|error| io::Error::other(format!("{error:?}")))?);
    service.set_auth(SimpleAuth::from_single(KEY.0, KEY.1));
    let service = service.build();
    let tls = env::var(PAIR).ok().map(|pair| acceptor(&pair)).transpose()?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("\ns3 on {}", listener.local_addr()?.port());
    let mood = Arc::new(Mood::default());
    let orders = Arc::clone(&mood);
    std::thread::spawn(move || obey(&orders));
    loop {
        let (socket, _) = listener.accept().await?;
        let (service, mood) = (service.clone(), Arc::clone(&mood));
        let answer = service_fn(move |request: Request<Incoming>| {
            let (service, mood) = (service.clone(), Arc::clone(&mood));
            async move {
                tokio::time::sleep(Duration::from_millis(mood.slow_ms.load(Ordering::SeqCst))).await;
                let left = mood.refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                if left.is_err() {
                    return Service::call(&service, request).await;
                }
                let mut refusal = Response::new(s3s::Body::empty());
                *refusal.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                Ok(refusal)
            }
        });
        let tls = tls.clone();
        tokio::spawn(async move {
            let http = http1::Builder::new();
            // Whoever hangs up has its reasons.
            match tls {
                None => drop(http.serve_connection(TokioIo::new(socket), answer).await),
                Some(tls) => {
                    if let Ok(socket) = tls.accept(socket).await {
                        drop(http.serve_connection(TokioIo::new(socket), answer).await);
                    }
                }
            }
        });
    }
}

/// Takes connections by TLS with this certificate and key.
fn acceptor(pair: &str) -> io::Result<TlsAcceptor> {
    let certificates = CertificateDer::pem_slice_iter(pair.as_bytes()).collect::<Result<Vec<_>, _>>();
    let key = PrivateKeyDer::from_pem_slice(pair.as_bytes()).map_err(io::Error::other)?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(certificates.map_err(io::Error::other)?, key)
        .map_err(io::Error::other)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Does what is written to it; its end is the end of whoever started it.
fn obey(mood: &Mood) {
    for line in io::stdin().lines().map_while(Result::ok) {
        match line.split_once(' ') {
            Some(("refuse", count)) => mood.refusals.store(count.parse().unwrap_or(0), Ordering::SeqCst),
            Some(("slow", each)) => mood.slow_ms.store(each.parse().unwrap_or(0), Ordering::SeqCst),
            _ => {}
        }
    }
    std::process::exit(0);
}
