//! Many real shapes of links, and of what only looks like one.

use super::*;
use crate::assessment::{LinkReason as Why, LinkVerdict as Verdict};
use proptest::prelude::*;

fn found(text: &str) -> Vec<&str> {
    find(text).into_iter().map(|place| &text[place.bytes]).collect()
}

#[test]
fn links_are_found_in_every_shape() {
    for (text, links) in [
        ("Xem https://vietcombank.com.vn/khuyen-mai?a=1#x nhé", vec!["https://vietcombank.com.vn/khuyen-mai?a=1#x"]),
        ("vào vcb-xacthuc.top ngay.", vec!["vcb-xacthuc.top"]),
        ("Vào www.zalo-sinhnhat.xyz, nhận quà!", vec!["www.zalo-sinhnhat.xyz"]),
        ("(xem http://a.com/b_(c)).", vec!["http://a.com/b_(c)"]),
        ("link:bit.ly/3abcD nha", vec!["bit.ly/3abcD"]),
        ("zalo.me/0912345678", vec!["zalo.me/0912345678"]),
        ("t.me/hoivieclam", vec!["t.me/hoivieclam"]),
        ("đâyhttps://momo.vn/quà nè", vec!["https://momo.vn/quà"]),
        ("shopee.vn/abc và tiki.vn", vec!["shopee.vn/abc", "tiki.vn"]),
        ("hxxps://abc[.]com/x", vec!["hxxps://abc[.]com/x"]),
        ("vietcombank[.]xyz", vec!["vietcombank[.]xyz"]),
        ("vietcombank(chấm)com nha", vec!["vietcombank(chấm)com"]),
        ("gõ vietcombank . com . vn rồi", vec!["vietcombank . com . vn"]),
        ("vào bet88 chấm com", vec!["bet88 chấm com"]),
        ("vào bet88 .com đi", vec!["bet88 .com"]),
        ("http://103.27.64.12:8080/a.apk", vec!["http://103.27.64.12:8080/a.apk"]),
        ("http://3232235777/login", vec!["http://3232235777/login"]),
        ("http://0x7f.0.0.1", vec!["http://0x7f.0.0.1"]),
        ("http://[2001:db8::1]/x", vec!["http://[2001:db8::1]/x"]),
        ("103.27.64.12/tai-app", vec!["103.27.64.12/tai-app"]),
        ("https://vietcombank.com.vn@evil.top/x", vec!["https://vietcombank.com.vn@evil.top/x"]),
        ("abc.com.Vui lòng đăng nhập", vec!["abc.com"]),
        ("đăng nhập vietcombank.comđể nhận", vec!["vietcombank.com"]),
        ("VIETCOMBANK.COM.VN", vec!["VIETCOMBANK.COM.VN"]),
        ("Tải app: momo.app/tai\nhoặc viettel.vn", vec!["momo.app/tai", "viettel.vn"]),
        ("\"facebook.com/abc\"", vec!["facebook.com/abc"]),
        ("*abc.vn*", vec!["abc.vn"]),
        ("vіetcombank.com", vec!["vіetcombank.com"]),
        ("xn--80ak6aa92e.com", vec!["xn--80ak6aa92e.com"]),
        ("188bet.me", vec![]),
        ("go88.one", vec!["go88.one"]),
        ("bet188.me", vec!["bet188.me"]),
        ("nhận tại https://xn--80ak6aa92e.com/👉 đây", vec!["https://xn--80ak6aa92e.com/"]),
        (
            "itms-services://?action=download-manifest&url=https://a.b/c.plist",
            vec!["itms-services://?action=download-manifest&url=https://a.b/c.plist"],
        ),
        ("http://https://abc.com", vec!["https://abc.com"]),
    ] {
        assert_eq!(found(text), links, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_link_is_left_alone() {
    for text in [
        "anh.em ơi",
        "2.000.000đ",
        "500.000.vnđ",
        "v.v",
        "v.v.",
        "3.5 điểm",
        "ok.anh",
        "Em đi học về rồi.Mai gặp nhé",
        "em ngủ đây.la la",
        "anh yêu em.Xin lỗi em",
        "thương mẹ.me cũng vậy",
        "nguyenvana@gmail.com",
        "a.b.c@mail.example.com.vn nhé",
        "10.30 sáng",
        "24.11.2026",
        "192.168.1.1",
        "TP.HCM",
        "Th.S Nguyễn Văn A",
        "P.S: nhớ nhé",
        "...",
        "hả..?",
        "file.docx",
        "bai-tap.md",
        "ten mien .vn",
        "đi ăn com với mẹ",
        "an . com",
        "10:30 https: lỗi",
        "a.m p.m",
        "gov.vn và com.vn",
        "https://",
        "http://localhost",
        "x@y.z@t.com",
        "mua.gì không.có",
        "1.2.3.4",
        "hu.hu.hu",
        "ib em.co gi dau",
    ] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

fn look(link: &str) -> (Verdict, Vec<Why>, Option<String>) {
    use std::sync::LazyLock;
    static HOSTS: LazyLock<HostList> = LazyLock::new(HostList::shipped);
    let finding = judge_link(link, &HOSTS);
    (finding.verdict, finding.reasons, finding.brand)
}

#[test]
fn genuine_hosts_are_never_suspicious() {
    for link in [
        "https://www.vietcombank.com.vn/login",
        "https://vcbdigibank.vietcombank.com.vn",
        "dichvucong.gov.vn",
        "https://thptchuyen.hanoi.edu.vn/tuyen-sinh",
        "https://shopee.vn/voucher?uu-dai=1",
        "zalo.me/0912345678",
        "https://www.facebook.com/groups/123",
        "https://tuoitre.vn/canh-bao-lua-dao-otp.htm",
        "https://vnexpress.net/",
        "https://vt.tiktok.com/ZS123/",
        "http://baochinhphu.vn/x",
        "https://account.garena.com/login",
        "https://tiki.vn",
        "https://stopncii.org",
    ] {
        let (verdict, reasons, _) = look(link);
        assert_eq!(verdict, Verdict::KnownGood, "{link}: {reasons:?}");
    }
}

#[test]
fn ordinary_unknown_hosts_stay_unknown() {
    for link in [
        "https://tiembanhngot.vn",
        "quanphobatdan.com",
        "https://www.mamnonhoahong.com/lich-hoc",
        "https://docs.google.com/forms/d/e/abc",
        "https://bit.ly/3abc",
        "http://lophoctienganh.net",
        "https://medium.com/@ai/bai-viet",
        "https://anydesk.com/vi/downloads",
        "https://mail.dhqghn.org.vn",
    ] {
        let (verdict, reasons, _) = look(link);
        assert_eq!(verdict, Verdict::Unknown, "{link}: {reasons:?}");
    }
}

#[test]
fn deceivers_are_seen_with_their_reasons() {
    for (link, why, brand) in [
        ("vcb-xacthuc.top", Why::LookalikeBrand, Some("vietcombank")),
        ("https://zalo-sinhnhat.xyz", Why::LookalikeBrand, Some("zalo")),
        ("https://vietcombank.com.vn.login-secure.top/x", Why::LookalikeBrand, Some("vietcombank")),
        ("https://vietcombank.com.vn@evil.top/x", Why::Userinfo, None),
        ("http://аррӏе.com", Why::MixedScript, Some("apple")),
        ("https://xn--80ak6aa92e.com", Why::MixedScript, Some("apple")),
        ("dichvucong-gov.com", Why::LookalikeBrand, Some("dichvucong")),
        ("https://vneid-capnhat.com/vneid.apk", Why::AppDownload, Some("vneid")),
        ("http://103.27.64.12/a", Why::IpAddress, None),
        ("http://3232235777", Why::IpAddress, None),
        ("https://facebook-login.weebly.com", Why::FreeHost, Some("facebook")),
        ("https://files.example.net/teamviewer-quicksupport.zip", Why::RemoteControl, None),
        ("http://nhan-qua-tri-an.xyz", Why::LureWords, None),
        ("https://tai-app.example.vn/app.apk", Why::AppDownload, None),
    ] {
        let (verdict, reasons, seen) = look(link);
        assert!(verdict >= Verdict::Suspicious, "{link}: {reasons:?}");
        assert!(reasons.contains(&why), "{link}: {reasons:?}");
        assert_eq!(seen.as_deref(), brand, "{link}");
    }
}

#[test]
fn reported_hosts_say_for_what() {
    assert_eq!(look("http://2021-lmht.gq/abc").0, Verdict::KnownBad);
    assert!(look("https://m.lucky88.com").1.contains(&Why::ReportedGambling));
    assert!(look("vl3x.cc").1.contains(&Why::ReportedAdult));
    // A fake school under the suffix of schools: the report counts more.
    assert_eq!(look("https://agribanks.edu.vn").0, Verdict::KnownBad);
}

#[test]
fn an_installer_clouds_even_a_good_host() {
    let (verdict, reasons, _) = look("https://shopee.vn/download/shopee.apk");
    assert_eq!(verdict, Verdict::Unknown);
    assert!(reasons.contains(&Why::AppDownload) && reasons.contains(&Why::Official));
}

#[test]
fn offsets_are_code_points() {
    let text = "Chào chị 👋, vào vcb-xacthuc.top nhé";
    let finding = &read(text, &HostList::shipped())[0];
    let seen: String = text.chars().skip(finding.start as usize).take((finding.end - finding.start) as usize).collect();
    assert_eq!(seen, "vcb-xacthuc.top");
}

/// Shapes that make a careless reader quadratic: each megabyte must take well under a second.
#[test]
fn hostile_texts_take_linear_time() {
    let long = |piece: &str| piece.repeat((1 << 20) / piece.len());
    let path = format!("https://a.vn/{}", long("x("));
    for text in [
        path,
        long("a."),
        long("a"),
        long(" ch"),
        long("http:"),
        long("http://"),
        long("http://a@"),
        long("a[.]"),
        long("a@b.c"),
        long("-.-"),
        long(" . com"),
        long("é.com"),
        long("a.com "),
        long("1.1.1.1/"),
        long("(("),
        long("\u{200B}."),
        format!("{}.com", long("a")),
        format!("http://{}", long("a.")),
    ] {
        let start = std::time::Instant::now();
        let list = find(&text);
        for place in list.iter().take(100) {
            let _ =
                judge_link(&text[place.bytes.clone()], &HostList::from_bytes(HostListBuilder::new(1).build()).unwrap());
        }
        let took = start.elapsed();
        assert!(took.as_millis() < 900, "{took:?} for {:?}…", &text.chars().take(12).collect::<String>());
    }
}

/// Pieces from which texts full of near-links are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "http",
        "s",
        "://",
        ":",
        "/",
        ".",
        "[.]",
        " . ",
        "com",
        "vn",
        "zalo",
        "vietcombank",
        "@",
        "anh",
        "em",
        " ",
        "\n",
        "-",
        "xn--",
        "1",
        "255",
        "0x",
        "ệ",
        "đ",
        "е",
        "\u{200B}",
        "👋",
        "(",
        ")",
        "?",
        "#",
        "chấm",
        " dot ",
        "[",
        "]",
        "\\",
        "apk",
        "www",
        "a\u{301}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|list| list.concat())
}

proptest! {
    #[test]
    fn offsets_are_always_valid(text in prop_oneof![pieces(), "\\PC{0,80}"]) {
        let places = find(&text);
        let (mut bytes, mut points) = (0, 0);
        for place in &places {
            prop_assert!(place.bytes.start >= bytes && place.bytes.start < place.bytes.end);
            prop_assert!(place.points.start >= points && place.points.start < place.points.end);
            let before = text[..place.bytes.start].chars().count() as u32;
            prop_assert_eq!(place.points.start, before);
            prop_assert_eq!(place.points.end - before, text[place.bytes.clone()].chars().count() as u32);
            (bytes, points) = (place.bytes.end, place.points.end);
        }
    }

    #[test]
    fn judging_never_panics(text in prop_oneof![pieces(), "\\PC{0,80}"]) {
        let hosts = HostList::from_bytes(HostListBuilder::new(1).build()).unwrap();
        let _ = judge_link(&text, &hosts);
        let _ = read(&text, &hosts);
    }

    #[test]
    fn a_host_written_plainly_is_read_back(host in "[a-z][a-z0-9]{3,12}\\.(com|vn|top|com\\.vn)") {
        let text = format!("vào https://{host}/x nhé");
        let hosts = HostList::from_bytes(HostListBuilder::new(1).build()).unwrap();
        let all = read(&text, &hosts);
        prop_assert_eq!(all.len(), 1);
        prop_assert_eq!(&all[0].host, &host);
    }
}
