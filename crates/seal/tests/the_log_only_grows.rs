//! The log: what was in it stays in it, and the server's signature says so.

use getrandom::{SysRng, rand_core::UnwrapErr};
use seal::{
    Key, Leaf,
    head::Head,
    shares::{self, Share, ShareError},
    sign::{Purpose, Signer},
    tree,
};

fn leaves(count: usize) -> Vec<Leaf> {
    (0..count).map(|n| [n as u8; 32]).collect()
}

#[test]
fn every_entry_is_found_and_no_other() {
    for size in 1..=40 {
        let leaves = leaves(size);
        let root = tree::root(&leaves);
        for (index, leaf) in leaves.iter().enumerate() {
            let proof = tree::inclusion_proof(&leaves, index).unwrap();
            let found = |leaf, index, size| tree::verify_inclusion(leaf, index, size, &proof, &root);
            let (index, size) = (index as u64, size as u64);
            assert!(found(leaf, index, size));
            assert!(!found(&[99; 32], index, size));
            assert!(!found(leaf, index + 1, size));
            assert!(!found(leaf, index, 2 * size));
        }
        assert_eq!(tree::inclusion_proof(&leaves, size), None);
    }
}

#[test]
fn every_longer_log_continues_every_shorter_one() {
    for new in 1..=33 {
        let leaves = leaves(new);
        let new_root = tree::root(&leaves);
        for old in 1..=new {
            let old_root = tree::root(&leaves[..old]);
            let proof = tree::consistency_proof(&leaves, old).unwrap();
            let continues =
                |old_root, new_root| tree::verify_consistency(old as u64, old_root, new as u64, new_root, &proof);
            assert!(continues(&old_root, &new_root), "{old} to {new}");
            assert!(!continues(&[0; 32], &new_root), "{old} to {new}");
            assert!(!continues(&old_root, &[0; 32]), "{old} to {new}");
        }
        assert_eq!(tree::consistency_proof(&leaves, new + 1), None);
        assert_eq!(tree::consistency_proof(&leaves, 0), None);
    }
}

#[test]
fn a_log_whose_past_was_changed_does_not_continue() {
    let before = leaves(11);
    let mut after = leaves(20);
    after[4] = [200; 32];
    let proof = tree::consistency_proof(&after, 11).unwrap();
    assert!(!tree::verify_consistency(11, &tree::root(&before), 20, &tree::root(&after), &proof));
}

#[test]
fn growing_gives_the_same_roots_and_goes_on_after_a_restart() {
    let all = leaves(70);
    let mut growing = tree::Growing::default();
    for size in 0..=all.len() {
        assert_eq!(growing.root(), tree::root(&all[..size]));
        growing = tree::Growing::resume(growing.size(), growing.peaks().to_vec()).unwrap();
        if let Some(leaf) = all.get(size) {
            growing.append(leaf);
        }
    }
    assert_eq!(tree::Growing::resume(3, vec![[0; 32]]), None, "three leaves have two peaks");
}

#[test]
fn a_head_is_the_servers_and_of_one_moment() {
    let server = Signer::from_seed(&Key::from_bytes([5; 32]));
    let head = Head { size: 7, root: tree::root(&leaves(7)), time: 1_795_600_000 };
    let signature = head.sign(&server);
    assert!(head.verify(&signature, &server.verifier()));
    assert_eq!(Head::from_bytes(&head.to_bytes()), head);
    let later = Head { time: head.time + 1, ..head };
    assert!(!later.verify(&signature, &server.verifier()));
    assert!(!server.verifier().verify(Purpose::Consent, &head.to_bytes(), &signature));
}

#[test]
fn any_two_of_three_shares_bring_the_key_back() {
    let mut rng = UnwrapErr(SysRng);
    let key = Key::generate(&mut rng);
    let printed = shares::split_2_of_3(&key, &mut rng).map(|share| share.print().to_string());
    let [one, two, three] = printed.clone().map(|text| text.parse::<Share>().unwrap());
    for (a, b) in [(&one, &two), (&two, &one), (&one, &three), (&three, &two)] {
        assert_eq!(shares::join(a, b).unwrap(), key);
    }
    assert_eq!(shares::join(&one, &one), Err(ShareError::Same));
    let [other, ..] = shares::split_2_of_3(&key, &mut rng);
    let joined = shares::join(&other, &two);
    assert!(joined == Err(ShareError::Sets) || joined.unwrap() != key, "shares of two sets don't mix");

    let typed = printed[0].to_lowercase().replace(' ', "").replace('0', "o").replace('1', "l");
    assert_eq!(shares::join(&typed.parse().unwrap(), &two).unwrap(), key, "O is taken for 0 and l for 1");
    let mistyped = printed[0].replacen(char::is_alphanumeric, if printed[0].starts_with('2') { "3" } else { "2" }, 1);
    assert_eq!(mistyped.parse::<Share>().unwrap_err(), ShareError::Checksum);
    assert_eq!(printed[0][..10].parse::<Share>().unwrap_err(), ShareError::Length(8));
    assert_eq!("U".parse::<Share>().unwrap_err(), ShareError::Letter('U'));
}
