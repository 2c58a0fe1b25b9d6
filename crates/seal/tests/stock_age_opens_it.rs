//! Whoever has the keys needs no program of ours: Debian's `age` opens a grant, then an entry.
//!
//! Needs the `age` command (`cargo xtask test` installs it); `HAIDANG_NO_AGE=1` leaves the test out.

use getrandom::{SysRng, rand_core::UnwrapErr};
use seal::{
    Identity, entry,
    grant::{self, Kind},
};
use std::{env, fs, path::Path, process::Command};

fn decrypt(key: &Path, sealed: &Path) -> Vec<u8> {
    let age = Command::new("age").arg("--decrypt").arg("--identity").arg(key).arg(sealed).output();
    let age = age.expect("What to do: apt-get install age, or HAIDANG_NO_AGE=1");
    assert!(age.status.success(), "{}", String::from_utf8_lossy(&age.stderr));
    age.stdout
}

#[test]
fn an_organisation_opens_a_case_without_our_program() {
    if env::var_os("HAIDANG_NO_AGE").is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let (organisation, case) = (Identity::generate(), Identity::generate());
    let story = "Chuyện xảy ra hôm thứ Ba. ".repeat(9000);
    let mut rng = UnwrapErr(SysRng);

    let org_key = file("org.key", organisation.to_secret_string().as_bytes());
    let grant = file("grant.age", &grant::seal(Kind::Case, &case, &organisation.recipient()));
    let entry = file("entry.age", &entry::seal(story.as_bytes(), &case.recipient(), &mut rng).bytes);
    let case_key = file("case.key", &decrypt(&org_key, &grant));
    let frame = decrypt(&case_key, &entry);

    // The frame, as docs/seal.md says.
    assert_eq!(&frame[..4], b"HDF1");
    let length = u64::from_be_bytes(frame[36..44].try_into().unwrap()) as usize;
    assert_eq!(&frame[44..44 + length], story.as_bytes());
    assert!(frame[44 + length..].iter().all(|byte| *byte == 0));
}

#[test]
fn what_stock_age_seals_in_a_frame_opens_here() {
    if env::var_os("HAIDANG_NO_AGE").is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let case = Identity::generate();
    let content = vec![b'x'; 130_000];
    let mut frame = b"HDF1".to_vec();
    frame.extend([3; 32]);
    frame.extend((content.len() as u64).to_be_bytes());
    frame.extend(&content);
    // Padmé of 130,044 by hand: 2^16 has 16 as exponent, 5 bits for it, 11 bits stay free.
    frame.resize(130_044_usize.next_multiple_of(1 << 11), 0);
    let (plain, sealed) = (folder.path().join("frame"), folder.path().join("frame.age"));
    fs::write(&plain, &frame).unwrap();
    let mut age = Command::new("age");
    age.arg("--recipient").arg(case.recipient().to_string()).arg("--output").arg(&sealed).arg(&plain);
    assert!(age.status().expect("What to do: apt-get install age, or HAIDANG_NO_AGE=1").success());
    assert_eq!(entry::open(&fs::read(sealed).unwrap(), &case).unwrap().content.as_slice(), content);
}
