use super::*;
use proptest::prelude::*;

fn small() -> Vec<u8> {
    HostListBuilder::new(20_261_124)
        .good(["www.Vietcombank.com.vn", "tuoitre.vn"])
        .bad(Category::Scam, ["vcb-xacthuc.top", "x.weebly.com"])
        .bad(Category::Gambling, ["bet.example.club"])
        .bad(Category::Adult, ["tuoitre.vn", "phim.example.xyz"])
        .build()
}

#[test]
fn what_was_put_in_is_found() {
    let list = HostList::from_bytes(small()).unwrap();
    for (host, listed) in [
        ("vietcombank.com.vn", Some(Listed::Good)),
        ("www.vietcombank.com.vn", Some(Listed::Good)),
        ("a.b.vcb-xacthuc.top", Some(Listed::Bad(Category::Scam))),
        ("x.weebly.com", Some(Listed::Bad(Category::Scam))),
        ("weebly.com", None),
        ("y.weebly.com", None),
        ("bet.example.club", Some(Listed::Bad(Category::Gambling))),
        ("phim.example.xyz", Some(Listed::Bad(Category::Adult))),
        // The good list wins over the bad one.
        ("tuoitre.vn", Some(Listed::Good)),
        ("", None),
        ("...", None),
    ] {
        assert_eq!(list.find(host), listed, "{host}");
    }
    assert_eq!((list.version(), list.len(), list.good_len(), list.bad_len()), (20_261_124, 6, 2, 4));
}

#[test]
fn the_order_of_hosts_does_not_matter() {
    let one = HostListBuilder::new(1).bad(Category::Scam, ["a.com", "b.com"]).bad(Category::Adult, ["b.com"]).build();
    let other = HostListBuilder::new(1).bad(Category::Adult, ["b.com"]).bad(Category::Scam, ["b.com", "a.com"]).build();
    assert_eq!(one, other);
}

#[test]
fn a_damaged_list_is_refused_and_says_why() {
    let whole = small();
    assert_eq!(HostList::from_bytes(&b"hello"[..]).unwrap_err(), HostListError::NotAList);
    for length in 8..whole.len() {
        assert!(
            matches!(HostList::from_bytes(&whole[..length]).unwrap_err(), HostListError::Length { .. }),
            "{length}"
        );
    }
    for at in 40..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        assert_eq!(HostList::from_bytes(damaged).unwrap_err(), HostListError::Damaged, "{at}");
    }
    let mut newer = whole;
    newer[8] = 2;
    assert_eq!(HostList::from_bytes(newer).unwrap_err(), HostListError::Newer(2));
}

#[test]
fn an_empty_list_knows_nothing() {
    let list = HostList::from_bytes(HostListBuilder::new(1).build()).unwrap();
    assert!(list.is_empty());
    assert_eq!(list.find("vietcombank.com.vn"), None);
}

/// 40,000 bad hosts: none is missed, few others are taken for one, and each costs less than three bytes.
#[test]
fn a_large_list_is_exact_enough_and_small() {
    let bad = |i: u32| format!("xau{i}.example{}.com", i % 97);
    let bytes = HostListBuilder::new(1).bad(Category::Scam, (0..40_000).map(bad)).build();
    assert!(bytes.len() < 40_000 * 3, "{} bytes", bytes.len());
    let list = HostList::from_bytes(bytes).unwrap();
    assert!((0..40_000).all(|i| list.find(&bad(i)).is_some()));
    let wrong = (0..400_000_u32).filter(|i| list.find(&format!("tot{i}.vn")).is_some()).count();
    // One in 524,288 expected: 0.8 here; more than 4 would be over one in 100,000.
    assert!(wrong <= 4, "{wrong} of 400,000");
}

#[test]
fn the_shipped_list_is_whole() {
    let list = HostList::shipped();
    assert!(list.len() > 30_000 && list.version() >= 20_240_000);
    assert_eq!(list.find("vietcombank.com.vn"), Some(Listed::Good));
    for shared in ["weebly.com", "blogspot.com", "github.io", "facebook.com", "google.com", "com.vn"] {
        assert!(!matches!(list.find(shared), Some(Listed::Bad(_))), "{shared}");
    }
}

proptest! {
    #[test]
    fn every_listed_host_is_found(hosts in prop::collection::btree_set("[a-z0-9]{1,12}\\.[a-z]{2,6}", 0..200)) {
        let list = HostList::from_bytes(HostListBuilder::new(1).bad(Category::Adult, &hosts).build()).unwrap();
        for host in &hosts {
            prop_assert!(matches!(list.find(host), Some(Listed::Bad(_))));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), host in "\\PC{0,40}") {
        let mut shaped = small();
        let at = bytes.len() % shaped.len();
        shaped.splice(at..at, bytes.iter().copied());
        // A right checksum over wrong content must not fail either.
        let body = shaped.len() - 4;
        let crc = crc32(&shaped[..body]).to_le_bytes();
        shaped[body..].copy_from_slice(&crc);
        for bytes in [bytes, shaped] {
            if let Ok(list) = HostList::from_bytes(bytes) {
                let _ = list.find(&host);
            }
        }
    }

    #[test]
    fn wrong_content_under_a_right_checksum_is_harmless(changes in prop::collection::vec((40_usize..120, any::<u8>()), 1..20)) {
        let mut bytes = small();
        let body = bytes.len() - 4;
        for (at, value) in changes {
            bytes[at.min(body - 1)] = value;
        }
        let crc = crc32(&bytes[..body]).to_le_bytes();
        bytes[body..].copy_from_slice(&crc);
        if let Ok(list) = HostList::from_bytes(bytes) {
            for host in ["a.com", "vcb-xacthuc.top", "tuoitre.vn", "x"] {
                let _ = list.find(host);
            }
        }
    }
}
