//! Examining a package as its bytes come by: in one pass, in little memory, without unpacking anything.

use crate::{
    about::{self, About, ITEMS_MOST},
    bag,
    hex::hex,
    names,
    proof::{self, ProofFile, SIGNED, Stamp, Statement, to_json},
    say::{Finding, State, What},
    time,
    zip::{Fault, Reader, Sink},
};
use seal::{Digest32, Leaf, head::Head, leaf, sign::Verifier, tree};
use sha2::{Digest, Sha256};

/// Lists and proofs are held in memory; those of the largest package take a quarter of this.
const KEPT_MOST: u64 = 8 << 20;

/// What was seen of a package, and how it stands.
#[derive(Clone, Debug)]
pub struct Report {
    /// In the order in which they were looked at. Where the zip itself is at fault, there is nothing else to say.
    pub findings: Vec<Finding>,
    /// What it says of itself; none where that can't be read.
    pub facts: Option<Facts>,
}

impl Report {
    /// Whether nothing that was looked at fails.
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.state != State::Fails)
    }
}

/// What a package says.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What is in it.
    pub about: About,
    /// The server's time; seconds since 1970.
    pub time: u64,
    /// The server's public key.
    pub server_key: [u8; 32],
    /// The bytes that the server signed, with its signature: what a time-stamp is over.
    pub signed: Vec<u8>,
    /// The time-stamp, still to be judged.
    pub stamp: Option<Stamp>,
}

/// Takes a package piece by piece.
pub struct Examiner {
    reader: Reader,
    seen: Seen,
    fault: Option<Fault>,
}

#[derive(Default)]
struct Seen {
    files: Vec<File>,
    hashing: Sha256,
    kept: u64,
}

struct File {
    name: String,
    size: u64,
    hash: Digest32,
    right: bool,
    kept: Option<Vec<u8>>,
}

impl Sink for Seen {
    fn begin(&mut self, name: &str, size: u64) {
        let own = name.split_once('/').map_or(name, |(_, own)| own);
        let needed = !own.starts_with("data/") && ![bag::INDEX, bag::READ_ME].contains(&own);
        let kept = (needed && size <= KEPT_MOST - self.kept).then(Vec::new);
        self.kept += if kept.is_some() { size } else { 0 };
        self.files.push(File { name: name.to_owned(), size, hash: [0; 32], right: false, kept });
        self.hashing = Sha256::new();
    }

    fn content(&mut self, bytes: &[u8]) {
        self.hashing.update(bytes);
        if let Some(kept) = self.files.last_mut().and_then(|file| file.kept.as_mut()) {
            kept.extend_from_slice(bytes);
        }
    }

    fn end(&mut self, right: bool) {
        if let Some(file) = self.files.last_mut() {
            file.hash = self.hashing.finalize_reset().into();
            file.right = right;
        }
    }
}

impl Default for Examiner {
    fn default() -> Self {
        Self::new()
    }
}

impl Examiner {
    /// Nothing has come yet.
    pub fn new() -> Self {
        Self { reader: Reader::new(), seen: Seen::default(), fault: None }
    }

    /// The next piece. After a fault of the zip the rest is passed over; gives whether more is worth reading.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        if self.fault.is_none() {
            self.fault = self.reader.push(bytes, &mut self.seen).err();
        }
        self.fault.is_none()
    }

    /// Everything came. `key`: the server's public key as its operator published it, if it is known.
    pub fn finish(self, key: Option<&[u8; 32]>) -> Report {
        let fault = self.fault.or_else(|| self.reader.finish().err());
        if let Some(fault) = fault {
            let finding = Finding::new(
                What::Shape,
                State::Fails,
                format!("Gói bị hỏng hoặc bị sửa: {}.", fault.vietnamese()),
                format!("The package is damaged or altered: {fault}."),
            );
            return Report { findings: vec![finding], facts: None };
        }
        Judge { seen: &self.seen, findings: Vec::new() }.judge(key)
    }
}

struct Judge<'a> {
    seen: &'a Seen,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn say(&mut self, what: What, holds: bool, vi: impl Into<String>, en: impl Into<String>) {
        self.findings.push(Finding::new(what, if holds { State::Holds } else { State::Fails }, vi, en));
    }

    fn unreadable(mut self, name: &str) -> Report {
        self.say(
            What::Files,
            false,
            format!("Thiếu {name}, hoặc tệp này không phải do Hải Đăng tạo, hoặc do bản mới hơn tạo."),
            format!("{name} is missing, or was not made by Hải Đăng, or by a newer version of it."),
        );
        Report { findings: self.findings, facts: None }
    }

    fn kept(&self, folder: &str, name: &str) -> Option<&[u8]> {
        let file = self
            .seen
            .files
            .iter()
            .find(|file| file.name.strip_prefix(folder).and_then(|n| n.strip_prefix('/')) == Some(name))?;
        file.kept.as_deref()
    }

    fn judge(mut self, key: Option<&[u8; 32]>) -> Report {
        let first = self.seen.files.first().and_then(|file| file.name.split_once('/'));
        let folder = first.map_or_else(String::new, |(folder, _)| folder.to_owned());
        let about = self.kept(&folder, bag::ABOUT).and_then(about_of);
        let Some(about) = about else { return self.unreadable(bag::ABOUT) };
        let bytes = self.kept(&folder, bag::PROOF).map(<[u8]>::to_vec);
        let proof = bytes.as_deref().and_then(|bytes| serde_json::from_slice::<ProofFile>(bytes).ok());
        let Some(proof) = proof.filter(|proof| proof.format == proof::FORMAT) else {
            return self.unreadable(bag::PROOF);
        };
        let response = self.kept(&folder, bag::STAMP).map(<[u8]>::to_vec);
        let authority = self.kept(&folder, bag::AUTHORITY).and_then(|pem| String::from_utf8(pem.to_vec()).ok());
        let stamped = response.is_some() || authority.is_some();
        self.shape(&about, stamped);
        self.files(&about);
        let same = bytes.as_deref() == Some(&to_json(&proof));
        self.lists(&about, &proof, stamped, same);
        self.root(&about, &proof);
        let signed = self.signature(&about, &proof);
        self.key(&proof, key);
        self.log(&about, &proof);
        let stamp = response.zip(authority).map(|(response, authority)| Stamp { response, authority });
        let facts = Facts { about, time: proof.time, server_key: proof.server_key.0, signed, stamp };
        Report { findings: self.findings, facts: Some(facts) }
    }

    /// The files that must be there, in their order, and no other.
    fn shape(&mut self, about: &About, stamped: bool) {
        let tags = [
            bag::READ_ME,
            bag::INDEX,
            bag::ABOUT,
            bag::BAGIT,
            bag::BAG_INFO,
            bag::MANIFEST,
            bag::PROOF,
            bag::STATEMENT,
            bag::TIME,
        ];
        let stamp: &[&str] = if stamped { &[bag::STAMP, bag::AUTHORITY] } else { &[] };
        let names = tags
            .iter()
            .chain(stamp)
            .chain(&[bag::TAG_MANIFEST])
            .copied()
            .chain(about.items.iter().map(|item| item.file.as_str()));
        let names: Vec<_> = names.map(|name| format!("{}/{name}", about.folder)).collect();
        let there = |name: &String| self.seen.files.iter().any(|file| &file.name == name);
        let missing: Vec<_> = names.iter().filter(|name| !there(name)).map(String::as_str).collect();
        let extra: Vec<_> = self
            .seen
            .files
            .iter()
            .map(|file| file.name.as_str())
            .filter(|name| !names.iter().any(|known| known == name))
            .collect();
        if !missing.is_empty() || !extra.is_empty() {
            let (missing, extra) = (some(&missing), some(&extra));
            self.say(
                What::Shape,
                false,
                format!("Gói thiếu hoặc thừa tệp. Thiếu: {missing}. Thừa: {extra}."),
                format!("Files are missing or too many. Missing: {missing}. Too many: {extra}."),
            );
        } else if self.seen.files.iter().zip(&names).any(|(file, name)| &file.name != name) {
            self.say(
                What::Shape,
                false,
                "Các tệp không nằm theo thứ tự như khi gói được tạo.",
                "The files don't lie in the order in which they were put.",
            );
        } else {
            self.say(
                What::Shape,
                true,
                "Gói còn nguyên vẹn: không thiếu tệp, không thừa tệp, không có gì giấu bên trong.",
                "The package is whole: no file is missing, none was added, nothing is hidden in it.",
            );
        }
    }

    fn of(&self, folder: &str, name: &str) -> Option<&File> {
        self.seen
            .files
            .iter()
            .find(|file| file.name.strip_prefix(folder).and_then(|n| n.strip_prefix('/')) == Some(name))
    }

    fn files(&mut self, about: &About) {
        let same = |item: &&about::Item| {
            self.of(&about.folder, &item.file).is_some_and(|file| file.size == item.bytes && file.hash == item.sha256.0)
        };
        let mut altered: Vec<_> =
            about.items.iter().filter(|item| !same(item)).map(|item| item.file.as_str()).collect();
        altered.extend(self.seen.files.iter().filter(|file| !file.right).map(|file| file.name.as_str()));
        if altered.is_empty() {
            let n = about.items.len();
            self.say(
                What::Files,
                true,
                format!("Cả {n} tệp đúng như khi được đưa vào, từng byte."),
                format!("Every byte of the {n} files is as it was put in."),
            );
        } else {
            let altered = some(&altered);
            self.say(
                What::Files,
                false,
                format!("Có tệp đã bị sửa: {altered}."),
                format!("Files were altered: {altered}."),
            );
        }
    }

    fn lists(&mut self, about: &About, proof: &ProofFile, stamped: bool, canonical: bool) {
        let listed = |file: &File| {
            file.name
                .strip_prefix(&about.folder)
                .and_then(|name| name.strip_prefix('/'))
                .map(|name| (name.to_owned(), file.hash))
        };
        let listed: Vec<_> = self
            .seen
            .files
            .iter()
            .filter_map(listed)
            .filter(|(name, _)| name != bag::TAG_MANIFEST && !name.starts_with("data/"))
            .collect();
        let tags = bag::tag_manifest(listed.iter().map(|(name, hash)| (name.as_str(), *hash)));
        let expected = [
            (bag::BAGIT, bag::BAGIT_TEXT.to_owned()),
            (bag::BAG_INFO, bag::bag_info(about)),
            (bag::MANIFEST, bag::manifest(about)),
            (bag::TIME, bag::time_text(proof, stamped)),
            (bag::TAG_MANIFEST, tags),
        ];
        let differs = |(name, text): &&(&str, String)| self.kept(&about.folder, name) != Some(text.as_bytes());
        let mut wrong: Vec<_> = expected.iter().filter(differs).map(|(name, _)| *name).collect();
        if !canonical {
            wrong.push(bag::PROOF);
        }
        if wrong.is_empty() {
            self.say(
                What::Lists,
                true,
                "Các danh sách và giờ ghi trong gói khớp với các tệp.",
                "The lists and the time written in it agree with the files.",
            );
        } else {
            let wrong = some(&wrong);
            self.say(
                What::Lists,
                false,
                format!("Danh sách hoặc giờ ghi trong gói đã bị sửa: {wrong}."),
                format!("A list, or the time written in it, was altered: {wrong}."),
            );
        }
    }

    fn root(&mut self, about: &About, proof: &ProofFile) {
        let names: Vec<_> = about.items.iter().map(|item| item.file.as_str()).chain(bag::SEALED).collect();
        let leaves: Vec<Leaf> = proof.leaves.iter().map(|one| one.leaf.0).collect();
        let own = |(name, one): (&&str, &proof::LeafProof)| {
            let hash = self.of(&about.folder, name).map(|file| file.hash);
            &one.file == name && hash.is_some_and(|hash| leaf(&one.nonce.0, &hash) == one.leaf.0)
        };
        let all = names.len() == proof.leaves.len() && names.iter().zip(&proof.leaves).all(own);
        let size = leaves.len() as u64;
        let leads = |(index, one): (usize, &proof::LeafProof)| {
            let path: Vec<_> = one.path.iter().map(|node| node.0).collect();
            tree::verify_inclusion(&one.leaf.0, index as u64, size, &path, &proof.root.0)
        };
        let holds = all && tree::root(&leaves) == proof.root.0 && proof.leaves.iter().enumerate().all(leads);
        let (vi, en) = if holds {
            (
                "Mọi tệp, và cả trang đọc, đều dẫn tới đúng mã gốc đã được ký.",
                "Every file, and the page to read, leads to the very root that was signed.",
            )
        } else {
            (
                "Có tệp không dẫn tới mã gốc đã được ký: nội dung đã bị đổi sau khi ký.",
                "Not every file leads to the root that was signed: something was changed after it was signed.",
            )
        };
        self.say(What::Root, holds, vi, en);
    }

    /// Gives what was signed, with the signature.
    fn signature(&mut self, about: &About, proof: &ProofFile) -> Vec<u8> {
        let statement = Statement { time: proof.time, root: proof.root.0 };
        let signed = statement.signed(&proof.signature.0);
        let file = self.kept(&about.folder, bag::STATEMENT).and_then(|bytes| <&[u8; SIGNED]>::try_from(bytes).ok());
        let same = file.is_some_and(|file| Statement::read(file) == (statement, proof.signature.0));
        let by = Verifier::from_bytes(&proof.server_key.0);
        let holds = same && by.is_some_and(|by| statement.verify(&proof.signature.0, &by));
        if holds {
            let (vi, en) = (time::vietnam(proof.time), time::utc(proof.time));
            self.say(
                What::Signature,
                true,
                format!("Máy chủ đã ký: gói này đã có vào lúc {vi} (giờ Việt Nam)."),
                format!("The server signed that this package was there at {en}."),
            );
        } else {
            self.say(What::Signature, false, "Chữ ký của máy chủ không khớp.", "The server's signature doesn't fit.");
        }
        signed
    }

    fn key(&mut self, proof: &ProofFile, key: Option<&[u8; 32]>) {
        let own = hex(&proof.server_key.0);
        match key {
            Some(key) if *key == proof.server_key.0 => self.say(What::Key, true, "Khoá của máy chủ đúng là khoá bạn nêu.", "The server's key is the one that you named."),
            Some(_) => self.say(What::Key, false, format!("Gói do một khoá khác ký, không phải khoá bạn nêu: {own}."), format!("It was signed with another key than the one that you named: {own}.")),
            None => self.findings.push(Finding::new(What::Key, State::Open, format!("Chưa so khoá của máy chủ. So {own} với khoá mà nơi chạy máy chủ công bố, bằng --key."), format!("The server's key was not compared. Compare {own} with the one that its operator publishes, by --key."))),
        }
    }

    fn log(&mut self, about: &About, proof: &ProofFile) {
        let Some(log) = &proof.log else { return };
        let head = Head { size: log.size, root: log.root.0, time: log.time };
        let signed = Verifier::from_bytes(&proof.server_key.0).is_some_and(|by| head.verify(&log.signature.0, &by));
        let included = |entry: &proof::EntryFile| {
            let hash = about.items.iter().find(|item| item.file == entry.file).map(|item| item.sha256.0);
            let path: Vec<_> = entry.path.iter().map(|node| node.0).collect();
            hash.is_some_and(|hash| leaf(&entry.nonce.0, &hash) == entry.leaf.0)
                && tree::verify_inclusion(&entry.leaf.0, entry.number, log.size, &path, &log.root.0)
        };
        let holds = signed && log.entries.iter().all(included);
        let (n, of, vi, en) = (log.entries.len(), log.size, time::vietnam(log.time), time::utc(log.time));
        if holds {
            self.say(
                What::Log,
                true,
                format!("{n} mục nằm đúng chỗ trong nhật ký {of} mục của ca, máy chủ ký lúc {vi} (giờ Việt Nam)."),
                format!(
                    "{n} entries stand in their places in the case's log of {of}, which the server signed at {en}."
                ),
            );
        } else {
            self.say(
                What::Log,
                false,
                "Có mục không nằm trong nhật ký mà máy chủ đã ký.",
                "An entry doesn't stand in the log that the server signed.",
            );
        }
    }
}

fn about_of(bytes: &[u8]) -> Option<About> {
    let about: About = serde_json::from_slice(bytes).ok()?;
    let known = about.format == about::FORMAT && about.folder == about::folder(about.made);
    let few = !about.items.is_empty() && about.items.len() <= ITEMS_MOST;
    let named = about.items.iter().enumerate().all(|(at, item)| item.file == names::data(at + 1, &item.name));
    (known && few && named && to_json(&about) == bytes).then_some(about)
}

/// The first of them, for a line.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    match names {
        [] => "–".into(),
        _ if names.len() <= SHOWN => names.join(", "),
        _ => format!("{}, … ({})", names[..SHOWN].join(", "), names.len()),
    }
}
