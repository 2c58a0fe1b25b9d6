//! Certificates from PEM files, exchanged while connections go on.

use super::ListenError;
use std::{
    fmt,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};
use tokio_rustls::rustls::{
    self, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// A certificate with its key, read from two PEM files; reading them again puts the new pair in force.
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    in_force: RwLock<Arc<CertifiedKey>>,
}

impl Certificates {
    /// Reads both files.
    pub fn open(certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Result<Arc<Self>, ListenError> {
        let (certificate, key) = (certificate.into(), key.into());
        let in_force = RwLock::new(Arc::new(read_pair(&certificate, &key)?));
        Ok(Arc::new(Self { certificate, key, in_force }))
    }

    /// Reads both files again. With an error the pair that was in force stays so.
    pub fn reload(&self) -> Result<(), ListenError> {
        let pair = Arc::new(read_pair(&self.certificate, &self.key)?);
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = pair;
        Ok(())
    }

    /// The two files, to be watched for changes.
    pub fn files(&self) -> [&Path; 2] {
        [&self.certificate, &self.key]
    }

    /// What a TLS acceptor needs. HTTP/2 or HTTP/1.1 is agreed on in the handshake, never guessed from the bytes.
    pub(super) fn server_config(self: &Arc<Self>) -> Arc<ServerConfig> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring offers the default versions of TLS")
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Arc::new(config)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

// Written by hand so that no key can be printed.
impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

fn read_pair(certificate: &Path, key: &Path) -> Result<CertifiedKey, ListenError> {
    let chain = read_chain(certificate)?;
    let private = read_key(key)?;
    // Refuses a key that doesn't belong to the first certificate.
    CertifiedKey::from_der(chain, private, &ring::default_provider()).map_err(|error| ListenError::NoPair {
        certificate: certificate.into(),
        key: key.into(),
        reason: plain_reason(&error),
    })
}

fn plain_reason(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InconsistentKeys(_) => "the key belongs to another certificate".into(),
        other => other.to_string(),
    }
}

fn open(path: &Path) -> Result<BufReader<File>, ListenError> {
    File::open(path).map(BufReader::new).map_err(|source| ListenError::Unreadable { path: path.into(), source })
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, ListenError> {
    let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_reader_iter(open(path)?).collect();
    match chain {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        Err(pem::Error::Io(source)) => Err(ListenError::Unreadable { path: path.into(), source }),
        _ => Err(ListenError::NoCertificate { path: path.into() }),
    }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, ListenError> {
    PrivateKeyDer::from_pem_reader(open(path)?).map_err(|error| match error {
        pem::Error::Io(source) => ListenError::Unreadable { path: path.into(), source },
        _ => ListenError::NoKey { path: path.into() },
    })
}
