//! The files that make a bag of it (RFC 8493, version 1.0). Each follows from the others: whoever examines a package
//! writes them anew and compares.

use crate::{about::About, hex::hex, proof::ProofFile, time};
use seal::Digest32;

pub const READ_ME: &str = "DOC-TRUOC-READ-ME.txt";
pub const INDEX: &str = "index.html";
pub const ABOUT: &str = "about.json";
pub const BAGIT: &str = "bagit.txt";
pub const BAG_INFO: &str = "bag-info.txt";
pub const MANIFEST: &str = "manifest-sha256.txt";
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub const PROOF: &str = "proof/proof.json";
pub const STATEMENT: &str = "proof/statement.bin";
pub const TIME: &str = "proof/time.txt";
pub const STAMP: &str = "proof/time-stamp.tsr";
pub const AUTHORITY: &str = "proof/authority.pem";

/// Those that lie under the root beside the items, in the order of their leaves.
pub const SEALED: [&str; 3] = [ABOUT, INDEX, READ_ME];

pub const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

pub fn bag_info(about: &About) -> String {
    let bytes: u64 = about.items.iter().fold(0, |sum, item| sum.saturating_add(item.bytes));
    format!(
        "Bag-Software-Agent: haidang evidence 1\nBagging-Date: {}\nPayload-Oxum: {bytes}.{}\n",
        time::date(about.made),
        about.items.len()
    )
}

/// The hashes of the items, as sha256sum reads them.
pub fn manifest(about: &About) -> String {
    about.items.iter().map(|item| format!("{}  {}\n", hex(&item.sha256.0), item.file)).collect()
}

/// The same of everything else but this list itself.
pub fn tag_manifest<'a>(files: impl Iterator<Item = (&'a str, Digest32)>) -> String {
    files.map(|(name, hash)| format!("{}  {name}\n", hex(&hash))).collect()
}

/// The moment in words, for who opens the folder without any program.
pub fn time_text(proof: &ProofFile, stamped: bool) -> String {
    let (vietnam, utc, key) = (time::vietnam(proof.time), time::utc(proof.time), hex(&proof.server_key.0));
    let log = proof.log.as_ref().map(|log| (time::vietnam(log.time), time::utc(log.time), log.size));
    let mut text = format!(
        "Máy chủ có khoá công khai dưới đây đã ký: gói này đã có vào lúc {vietnam} (giờ Việt Nam).\n\
         The server with the public key below signed that this package was there at {utc}.\n\n{key}\n\n"
    );
    if let Some((vietnam, utc, size)) = log {
        text += &format!(
            "Các mục của ca nằm trong nhật ký {size} mục, máy chủ ký lúc {vietnam} (giờ Việt Nam).\n\
             The entries of the case stand in a log of {size} entries, signed by the server at {utc}.\n\n"
        );
    }
    text += if stamped {
        "Có thêm dấu thời gian RFC 3161 của một nơi bên ngoài: time-stamp.tsr.\n\
         There is also an RFC 3161 time-stamp by an outside authority: time-stamp.tsr.\n"
    } else {
        "Không có dấu thời gian của một nơi bên ngoài: chỉ có chữ ký của máy chủ.\n\
         There is no time-stamp by an outside authority: the server's signature stands alone.\n"
    };
    text
}
