//! The ways of a reporter's page and a staff page, through the very functions that JavaScript calls.

use sealer::{Case, Organisation, Passphrase, ReceiptDraft, StaffKey, seal_entry, seal_file};

const SALT: [u8; 16] = [1; 16];

#[test]
fn she_reports_comes_back_with_her_words_and_reads_the_answer() {
    let organisation = Organisation::new();
    let (case, receipt) = (Case::new(), ReceiptDraft::new());
    let story = case.seal("Chuyện của em".as_bytes());
    let keys = receipt.derive(&SALT).unwrap();
    let hers = case.grant_to(&keys.recipient()).unwrap();
    let theirs = case.grant_to(&organisation.recipient()).unwrap();

    let desk = organisation.open_case(&theirs).unwrap();
    assert_eq!(desk.open(&story.bytes).unwrap().content, "Chuyện của em".as_bytes());
    assert_eq!(desk.open(&story.bytes).unwrap().leaf, story.leaf);
    let answer = desk.seal("Chúng tôi nghe bạn.".as_bytes());

    let typed = receipt.words("vi").join(" ").to_uppercase();
    assert!(receipt.is(&typed).unwrap());
    let back = ReceiptDraft::parse(&typed).unwrap().derive(&SALT).unwrap();
    assert_eq!((back.locator(), back.authenticator()), (keys.locator(), keys.authenticator()));
    let opened = back.open_case(&hers).unwrap().open(&answer.bytes).unwrap();
    assert_eq!(opened.content, "Chúng tôi nghe bạn.".as_bytes());
    assert_eq!(back.open_case(&theirs).err().unwrap().code, "other_key");
}

#[test]
fn a_member_signs_in_by_passphrase_or_passkey_and_reaches_the_case() {
    let (member, organisation, case) = (StaffKey::new(), Organisation::new(), Case::new());
    let passphrase = || Passphrase::derive("bốn từ không ai đoán".to_owned(), &SALT).unwrap();
    let (wrapped, by_passkey) = (member.wrap(&passphrase()), member.wrap_by_passkey(&[5; 32]).unwrap());
    let granted = organisation.grant_to(&member.recipient()).unwrap();
    for again in [
        StaffKey::unwrap(&passphrase(), &wrapped).unwrap(),
        StaffKey::unwrap_by_passkey(&[5; 32], &by_passkey).unwrap(),
    ] {
        let organisation = again.open_organisation(&granted).unwrap();
        let opened = organisation.open_case(&case.grant_to(&organisation.recipient()).unwrap()).unwrap();
        assert_eq!(opened.recipient(), case.recipient());
    }
    let wrong = Passphrase::derive("một từ".to_owned(), &SALT).unwrap();
    assert_eq!(StaffKey::unwrap(&wrong, &wrapped).err().unwrap().code, "other_key");
    assert_eq!(StaffKey::unwrap_by_passkey(&[5; 31], &by_passkey).err().unwrap().code, "length");
}

#[test]
fn two_printed_shares_bring_an_organisation_back() {
    let organisation = Organisation::new();
    let shares = organisation.shares();
    let back = Organisation::from_shares(&shares[2], &shares[0].to_lowercase()).unwrap();
    assert_eq!(back.recipient(), organisation.recipient());
    assert_eq!(Organisation::from_shares(&shares[1], &shares[1]).err().unwrap().code, "same_share");
}

#[test]
fn a_note_is_for_colleagues_and_a_drawer_for_herself() {
    let (member, organisation) = (StaffKey::new(), Organisation::new());
    let note = seal_entry(&organisation.recipient(), "Gọi trước 18:00".as_bytes()).unwrap().bytes;
    assert_eq!(organisation.open(&note).unwrap().content, "Gọi trước 18:00".as_bytes());
    assert_eq!(member.open(&note).err().unwrap().code, "other_key");
    let drawer = seal_entry(&member.recipient(), b"mine").unwrap().bytes;
    assert_eq!(member.open(&drawer).unwrap().content, b"mine");
    assert_eq!(organisation.open(&drawer).err().unwrap().code, "other_key");
}

#[test]
fn a_file_goes_through_in_pieces_and_ends_once() {
    let case = Case::new();
    let mut outgoing = seal_file(&case.recipient(), 5.0).unwrap();
    let mut sealed = outgoing.push(b"hello").unwrap();
    let end = outgoing.finish().unwrap();
    sealed.extend(&end.bytes);
    assert_eq!(outgoing.finish().err().unwrap().code, "cut_off");
    let mut incoming = case.open_file();
    let mut content = incoming.push(&sealed).unwrap();
    let last = incoming.finish().unwrap();
    content.extend(&last.bytes);
    assert_eq!(content, b"hello");
    assert_eq!((&last.leaf, &last.sealed_hash), (&end.leaf, &end.sealed_hash));
    assert_eq!(seal_file(&case.recipient(), f64::NAN).err().unwrap().code, "length");
    assert_eq!(seal_file(&case.recipient(), -1.0).err().unwrap().code, "length");
}

#[test]
fn a_mistyped_receipt_is_pointed_out_but_not_repeated() {
    let problem = ReceiptDraft::parse("kitchem broom spoon").err().unwrap();
    assert_eq!((problem.code.as_str(), problem.position, problem.nearest.as_str()), ("unknown_word", 1, "kitchen"));
    assert!(!problem.message.contains("kitchem"), "an error may end in a console or a log");
    assert_eq!(seal_entry("age1nobody", b"x").err().unwrap().code, "key");
}

#[test]
fn a_key_that_was_replaced_opens_nothing_new_and_the_new_one_all_that_was() {
    let (member, old) = (StaffKey::new(), Organisation::new());
    let before = Case::new();
    let granted_before = before.grant_to(&old.recipient()).unwrap();

    let fresh = Organisation::new();
    let stays = fresh.grant_to(&member.recipient()).unwrap();
    let earlier = old.grant_to(&fresh.recipient()).unwrap();
    let after = Case::new();
    let granted_after = after.grant_to(&fresh.recipient()).unwrap();
    assert_eq!(old.open_case(&granted_after).err().unwrap().code, "other_key");

    let fresh = member.open_organisation(&stays).unwrap();
    assert_eq!(fresh.open_case(&granted_after).unwrap().recipient(), after.recipient());
    assert_eq!(fresh.open_case(&granted_before).err().unwrap().code, "other_key");
    let opened = fresh.open_earlier(&earlier).unwrap().open_case(&granted_before).unwrap();
    // Sealed anew, it needs the old key no more.
    let anew = opened.grant_to(&fresh.recipient()).unwrap();
    assert_eq!(fresh.open_case(&anew).unwrap().recipient(), before.recipient());
    assert_eq!(old.open_case(&anew).err().unwrap().code, "other_key");
}
