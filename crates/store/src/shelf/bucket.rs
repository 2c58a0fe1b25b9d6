//! Sealed files in an S3-compatible storage: an object for each piece.
//!
//! An object is named by where it starts and by its hash. So two servers that are given different bytes for the same
//! place never write over each other, a piece that is sent again is the same object, and what the storage gives back is
//! held against the hash that stands in the database.

use super::Piece;
use crate::{StoreError, database::name};
use casework::FileId;
use futures_util::TryStreamExt;
use object_store::{
    BackoffConfig, Certificate, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt, path::PathBuf, sync::Arc, time::Duration};

/// A storage that is slow or says 503 is asked again for so long; then whoever waits is told to come back.
const PATIENCE: Duration = Duration::from_secs(20);
/// One request.
const ANSWER: Duration = Duration::from_secs(10);
const TRIES: usize = 8;

/// Where an S3-compatible storage is, and how to sign in to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// `s3://bucket` or `s3://bucket/prefix`.
    pub address: String,
    /// Its endpoint, `https://…`; none for Amazon's.
    pub endpoint: Option<String>,
    /// Its region; those that have none mostly take `us-east-1`.
    pub region: String,
    /// The id of the access key.
    pub key_id: String,
    /// The secret of the access key.
    pub secret: Secret,
    /// A file with the certificates (PEM) of whoever vouches for the storage, where the public authorities don't.
    pub authority: Option<PathBuf>,
}

/// The secret of an access key, or where it is read from.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// It itself.
    Text(String),
    /// A file that holds it and nothing else.
    File(PathBuf),
}

impl Secret {
    fn read(&self) -> Result<String, StoreError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::File(path) => {
                let read = std::fs::read_to_string(path).map_err(|error| name(path, &error))?;
                Ok(read.trim().to_owned())
            }
        }
    }
}

impl fmt::Debug for Bucket {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.address, self.endpoint.as_deref().unwrap_or("Amazon"))
    }
}

impl Bucket {
    /// The bucket and the prefix.
    ///
    /// # Errors
    /// [`StoreError::Address`], for an address of something else, or an endpoint on another machine without TLS.
    fn parts(&self) -> Result<(&str, Path), StoreError> {
        let wrong = StoreError::Address;
        let rest = self.address.strip_prefix("s3://").ok_or(wrong("files must be s3://bucket/prefix"))?;
        let (bucket, prefix) = rest.trim_end_matches('/').split_once('/').unwrap_or((rest, ""));
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        if bucket.trim_end_matches('/').is_empty() || !bucket.trim_end_matches('/').chars().all(fits) {
            return Err(wrong("the name of a bucket has small letters, digits, hyphens and dots"));
        }
        let prefix = Path::parse(prefix).map_err(|_| wrong("the prefix behind the bucket can't be used"))?;
        if let Some(endpoint) = &self.endpoint
            && !endpoint.starts_with("https://")
            && !is_near(endpoint)
        {
            return Err(wrong("an endpoint on another machine needs https://"));
        }
        if self.endpoint.as_ref().is_some_and(|endpoint| endpoint.contains('@')) {
            return Err(wrong("an endpoint holds no name and no password"));
        }
        Ok((bucket.trim_end_matches('/'), prefix))
    }

    /// Who vouches for it besides the public authorities.
    fn authorities(&self) -> Result<Vec<Certificate>, StoreError> {
        let Some(path) = &self.authority else { return Ok(Vec::new()) };
        let pem = std::fs::read(path).map_err(|error| name(path, &error))?;
        match Certificate::from_pem_bundle(&pem) {
            Ok(certificates) if !certificates.is_empty() => Ok(certificates),
            _ => Err(StoreError::Address("s3_authority holds no certificate in PEM")),
        }
    }
}

fn is_near(endpoint: &str) -> bool {
    let host = endpoint.strip_prefix("http://").unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    let name = if host.starts_with('[') { host.split(']').next() } else { host.split(':').next() };
    matches!(name, Some("localhost" | "127.0.0.1" | "[::1"))
}

/// An open bucket.
#[derive(Clone)]
pub(crate) struct Objects {
    s3: Arc<AmazonS3>,
    bucket: Arc<str>,
    prefix: Path,
}

impl Objects {
    /// Signs in and looks whether it may be read.
    pub async fn open(at: &Bucket) -> Result<Self, StoreError> {
        // One way of TLS in the whole house. Taken already is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = at.parts()?;
        let retry = RetryConfig {
            backoff: BackoffConfig { max_backoff: Duration::from_secs(3), ..BackoffConfig::default() },
            max_retries: TRIES,
            retry_timeout: PATIENCE,
        };
        let mut client = ClientOptions::new()
            .with_timeout(ANSWER)
            .with_connect_timeout(Duration::from_secs(5))
            .with_allow_http(at.endpoint.as_deref().is_some_and(is_near));
        for certificate in at.authorities()? {
            client = client.with_root_certificate(certificate);
        }
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&at.region)
            .with_access_key_id(&at.key_id)
            .with_secret_access_key(at.secret.read()?)
            // Not every storage knows how to delete many at once.
            .with_disable_bulk_delete(true)
            .with_retry(retry)
            .with_client_options(client);
        if let Some(endpoint) = &at.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let s3 = builder.build().map_err(failed)?;
        let open = Self { s3: Arc::new(s3), bucket: bucket.into(), prefix };
        open.s3.list(Some(&open.prefix)).try_next().await.map_err(failed)?;
        Ok(open)
    }

    pub fn name(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.prefix)
    }

    pub async fn put(&self, id: FileId, from: u64, piece: Vec<u8>) -> Result<Piece, StoreError> {
        let kept = Piece { start: from, length: piece.len() as u64, sha256: Sha256::digest(&piece).into() };
        self.s3.put(&self.path(id, &kept), piece.into()).await.map_err(failed)?;
        Ok(kept)
    }

    pub async fn read(&self, id: FileId, pieces: &[Piece], from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        let (to, mut bytes) = (from.saturating_add(most as u64), Vec::new());
        for piece in pieces.iter().filter(|piece| piece.start < to && piece.start + piece.length > from) {
            let object = self.whole(id, piece).await?;
            let [from, to] = [from, to].map(|at| at.saturating_sub(piece.start).min(piece.length) as usize);
            bytes.extend_from_slice(&object[from..to]);
        }
        Ok(bytes)
    }

    /// A piece as it was put.
    async fn whole(&self, id: FileId, piece: &Piece) -> Result<Vec<u8>, StoreError> {
        let object = match self.s3.get(&self.path(id, piece)).await {
            Err(object_store::Error::NotFound { .. }) => {
                return Err(StoreError::Damaged("a piece of a file is missing in the storage"));
            }
            got => got.map_err(failed)?.bytes().await.map_err(failed)?,
        };
        if Sha256::digest(&object)[..] == piece.sha256 && object.len() as u64 == piece.length {
            Ok(object.into())
        } else {
            Err(StoreError::Damaged("a piece of a file is not what was put into the storage"))
        }
    }

    pub async fn remove_piece(&self, id: FileId, piece: &Piece) -> Result<(), StoreError> {
        self.remove_object(&self.path(id, piece)).await
    }

    pub async fn remove(&self, id: FileId) -> Result<(), StoreError> {
        let folder = self.prefix.clone().join(id.to_string());
        let objects: Vec<_> = self.s3.list(Some(&folder)).try_collect().await.map_err(failed)?;
        for object in objects {
            self.remove_object(&object.location).await?;
        }
        Ok(())
    }

    async fn remove_object(&self, path: &Path) -> Result<(), StoreError> {
        match self.s3.delete(path).await {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    pub async fn all(&self) -> Result<Vec<FileId>, StoreError> {
        let mut all = BTreeSet::new();
        let mut objects = self.s3.list(Some(&self.prefix));
        while let Some(object) = objects.try_next().await.map_err(failed)? {
            let behind = object.location.prefix_match(&self.prefix);
            all.extend(behind.and_then(|mut parts| parts.next()?.as_ref().parse::<FileId>().ok()));
        }
        Ok(all.into_iter().collect())
    }

    fn path(&self, id: FileId, piece: &Piece) -> Path {
        let hash: String = piece.sha256[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        self.prefix.clone().join(id.to_string()).join(format!("{:016x}-{hash}", piece.start))
    }
}

/// What the storage said, without what was asked: an address in it might be signed.
fn failed(error: object_store::Error) -> StoreError {
    use object_store::Error;
    StoreError::Storage(match error {
        Error::NotFound { .. } => "there is no such bucket".into(),
        Error::PermissionDenied { .. } => "this key may not do that there".into(),
        Error::Unauthenticated { .. } => "it doesn't accept this key".into(),
        Error::Generic { source, .. } => {
            // The last reason says most and holds no address.
            let mut last: &dyn std::error::Error = &*source;
            while let Some(next) = last.source() {
                last = next;
            }
            let said = last.to_string();
            if said.contains("403 Forbidden") {
                return StoreError::Storage("this key may not do that there".into());
            }
            if said.contains("404 Not Found") {
                return StoreError::Storage("there is no such bucket".into());
            }
            // Its answer may repeat what was asked.
            said.split(['<', '\n']).next().unwrap_or_default().trim_end_matches([' ', ':']).to_owned()
        }
        _ => "it refused".into(),
    })
}
