//! A forger who knows the format: he changes a text and mends every list and checksum, but has nobody's key.

use sha2::{Digest, Sha256};

/// The files of a package, in order.
pub fn files(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (mut at, mut files) = (0, Vec::new());
    while zip[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, width: usize| {
            zip[at + from..at + from + width].iter().rev().fold(0, |n, b| (n << 8) | usize::from(*b))
        };
        let (size, name, extra) = (number(22, 4), number(26, 2), number(28, 2));
        let start = at + 30 + name + extra;
        files.push((
            String::from_utf8(zip[at + 30..at + 30 + name].to_vec()).unwrap(),
            zip[start..start + size].to_vec(),
        ));
        at = start + size;
    }
    files
}

/// The one zip of these files.
pub fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = zip.len() as u32;
        let (crc, size, length) = (crc32fast::hash(bytes), bytes.len() as u32, name.len() as u16);
        let common = |out: &mut Vec<u8>| {
            out.extend([10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
            out.extend(crc.to_le_bytes());
            out.extend(size.to_le_bytes());
            out.extend(size.to_le_bytes());
            out.extend(length.to_le_bytes());
            out.extend([0, 0]);
        };
        zip.extend(b"PK\x03\x04");
        common(&mut zip);
        zip.extend(name.as_bytes());
        zip.extend(bytes);
        directory.extend(b"PK\x01\x02\x2d\x03");
        common(&mut directory);
        directory.extend([0; 6]);
        directory.extend((0o100_644_u32 << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (offset, size, count) = (zip.len() as u32, directory.len() as u32, files.len() as u16);
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(size.to_le_bytes());
    zip.extend(offset.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.replace(from, to).into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}

pub fn forged(zip: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut files = files(zip);
    let mut hashes = Vec::new();
    for (name, bytes) in &mut files {
        let before = hash(bytes);
        let new = replaced(bytes, from, to);
        if new != *bytes && name.contains("/data/") {
            hashes.push((before, hash(&new)));
        }
        *bytes = new;
    }
    for (before, after) in hashes {
        for (_, bytes) in &mut files {
            *bytes = replaced(bytes, &before, &after);
        }
    }
    mended(files)
}

/// The package of these files, with the list of hashes written anew.
pub fn mended(mut files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let own = |name: &String| name.split_once('/').map(|(_, own)| own.to_owned()).unwrap();
    let listed =
        files.iter().filter(|(name, _)| !name.contains("/data/") && !name.ends_with("/tagmanifest-sha256.txt"));
    let list: String = listed.map(|(name, bytes)| format!("{}  {}\n", hash(bytes), own(name))).collect();
    for (name, bytes) in &mut files {
        if name.ends_with("/tagmanifest-sha256.txt") {
            *bytes = list.clone().into_bytes();
        }
    }
    zipped(&files)
}
