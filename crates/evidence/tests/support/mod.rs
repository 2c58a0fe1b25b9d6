//! A package like those that are made in her browser.

#![allow(dead_code, reason = "each story uses its own part")]

pub mod forge;

use evidence::{Draft, Examiner, Handing, LogProof, NewItem, Packing, Piece, Proven, Report, Stamp, Statement};
use getrandom::{SysRng, rand_core::UnwrapErr};
use seal::{Key, head::Head, leaf, sign::Signer, tree};
use sha2::{Digest, Sha256};

pub const MADE: u64 = 1_795_660_200;

pub fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

pub fn server() -> Signer {
    Signer::from_seed(&Key::from_bytes([7; 32]))
}

pub fn key() -> [u8; 32] {
    server().verifier().to_bytes()
}

pub fn named(name: &str) -> NewItem {
    let mut item = NewItem::default();
    item.name = name.into();
    item
}

/// What she picked.
pub fn things() -> Vec<(NewItem, Vec<u8>)> {
    let new = |name: &str, media: &str| {
        let mut item = named(name);
        item.media = media.into();
        item.at = Some(MADE - 60);
        item
    };
    let threat = "Gửi 2 triệu ngay, không thì tao tung ảnh.";
    vec![
        (new("Ảnh chụp màn hình.png", "image/png"), vec![0x89; 3000]),
        (new("ghi âm.m4a", "audio/mp4"), (0..=255).cycle().take(70_000).collect()),
        (
            {
                let mut item = new("tin nhắn.txt", "text/plain");
                item.shown = Some(threat.into());
                item
            },
            threat.into(),
        ),
        (new("trống.pdf", "application/pdf"), Vec::new()),
    ]
}

pub fn draft(things: &[(NewItem, Vec<u8>)]) -> Draft {
    let mut draft = Draft::new(MADE);
    for (item, bytes) in things {
        draft.begin(item.clone()).unwrap();
        for piece in bytes.chunks(1000) {
            draft.content(piece).unwrap();
        }
        draft.end().unwrap();
    }
    draft.hand(&Handing {
        at: MADE, from: "điện thoại của tôi".into(), to: "gói này".into(), what: "giữ lại".into()
    });
    draft
}

pub fn proven(root: &[u8; 32]) -> Proven {
    let statement = Statement { time: MADE + 2, root: *root };
    Proven { time: statement.time, signature: statement.sign(&server()), server_key: key(), stamp: None, log: None }
}

pub fn written(mut packing: Packing, things: &[(NewItem, Vec<u8>)]) -> Vec<u8> {
    let (mut zip, size) = (Vec::new(), packing.size());
    loop {
        match packing.next().unwrap() {
            Piece::Bytes(bytes) => zip.extend(bytes),
            Piece::Item(number) => {
                let bytes = &things[number].1;
                packing.content(bytes).unwrap();
                zip.extend(bytes);
            }
            Piece::End => break,
        }
    }
    assert_eq!(zip.len() as u64, size, "the size is known before");
    zip
}

pub fn package() -> Vec<u8> {
    package_with(None)
}

pub fn package_with(stamp: Option<Stamp>) -> Vec<u8> {
    let things = things();
    let unproved = draft(&things).seal(&mut rng()).unwrap();
    let proven = Proven { stamp, ..proven(unproved.root()) };
    written(unproved.prove(proven).unwrap(), &things)
}

/// Two chosen entries of a case of five.
pub fn of_case() -> Vec<u8> {
    let contents: Vec<Vec<u8>> = (0..5).map(|n| format!("{{\"text\":\"mục {n}\"}}").into_bytes()).collect();
    let leaves: Vec<_> =
        contents.iter().enumerate().map(|(n, bytes)| leaf(&[n as u8; 32], &Sha256::digest(bytes).into())).collect();
    let item = |n: usize| {
        let mut item = named(&format!("{n}.json"));
        item.by = Some("bạn".into());
        item.set_entry(n as u64, [n as u8; 32]);
        (item, contents[n].clone())
    };
    let things = vec![item(1), item(4)];
    let unproved = draft(&things).seal(&mut rng()).unwrap();
    let head = Head { size: 5, root: tree::root(&leaves), time: MADE + 1 };
    let log = LogProof { head, signature: head.sign(&server()), leaves };
    let proven = Proven { log: Some(log), ..proven(unproved.root()) };
    written(unproved.prove(proven).unwrap(), &things)
}

pub fn examined(zip: &[u8]) -> Report {
    let mut examiner = Examiner::new();
    for piece in zip.chunks(777) {
        examiner.push(piece);
    }
    examiner.finish(Some(&key()))
}

pub fn fails(zip: &[u8]) -> bool {
    !examined(zip).holds()
}

/// What failed, by code.
pub fn failed(zip: &[u8]) -> Vec<&'static str> {
    let report = examined(zip);
    report
        .findings
        .iter()
        .filter(|finding| finding.state == evidence::State::Fails)
        .map(|finding| finding.what.code())
        .collect()
}
