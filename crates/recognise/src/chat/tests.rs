//! What people paste, and what only looks like it.

use super::*;
use proptest::prelude::*;

/// `name: words` for each turn.
fn turns(text: &str) -> Vec<String> {
    let Some(chat) = parse_chat(text) else { return Vec::new() };
    chat.turns
        .iter()
        .map(|t| {
            let name = t.who.map_or("-", |who| chat.people[who].name.as_str());
            format!("{name}: {}", text[t.bytes.clone()].replace('\n', " / "))
        })
        .collect()
}

#[test]
fn whatsapp_exports_are_read() {
    let android = "24/11/2026, 10:01 - Tin nhắn và cuộc gọi được mã hóa đầu cuối.\n24/11/2026, 10:02 - Lan: chào em\nem khoẻ không\n24/11/2026, 10:03 - +84 912 345 678: <Media omitted>\n24/11/2026, 10:04 - Lan: Lưu ý: đừng nói mẹ nhé";
    assert_eq!(
        turns(android),
        ["Lan: chào em / em khoẻ không", "+84 912 345 678: <Media omitted>", "Lan: Lưu ý: đừng nói mẹ nhé"]
    );
    assert!(parse_chat(android).unwrap().turns[1].media);
    let ios = "\u{200E}[24/11/2026, 10:02:33] Lan: chào em\n[24/11/2026, 10:03:01] Minh 🌸: dạ\n\u{200E}[24/11/2026, 10:03:05] Minh 🌸: \u{200E}image omitted";
    assert_eq!(turns(ios), ["Lan: chào em", "Minh 🌸: dạ", "Minh 🌸: image omitted"]);
    let english = "11/24/26, 10:02 PM - Tom: hi\n11/24/26, 10:03 PM - Ann: hello: you";
    assert_eq!(turns(english), ["Tom: hi", "Ann: hello: you"]);
    let web = "[10:02, 24/11/2026] Lan: chào\n[10:03 SA, 24/11/2026] Minh: ừ";
    assert_eq!(turns(web), ["Lan: chào", "Minh: ừ"]);
}

#[test]
fn telegram_copies_are_read() {
    let desktop = "Anh Tuấn, [24.11.2026 10:02]\nEm làm nhiệm vụ này nhé\nnạp 200k\n\nMinh Anh, [24.11.2026 10:05]\ndạ";
    assert_eq!(turns(desktop), ["Anh Tuấn: Em làm nhiệm vụ này nhé / nạp 200k", "Minh Anh: dạ"]);
    let mac = "Tuấn, [Nov 24, 2026 at 10:02:33 AM]:\nhi\nAnn, [Nov 24, 2026 at 10:03:00 AM]:\nyes?";
    assert_eq!(turns(mac), ["Tuấn: hi", "Ann: yes?"]);
    let phone = "Tuấn:\nem ơi\n\nMai:\ndạ\n\nTuấn:\ngửi ảnh cho anh";
    assert_eq!(turns(phone), ["Tuấn: em ơi", "Mai: dạ", "Tuấn: gửi ảnh cho anh"]);
}

#[test]
fn zalo_copies_are_read() {
    let desktop = "[24/11/2026 10:02:33] Nguyễn Văn A: chào em\n[24/11/2026 10:03:00] Bạn: dạ chào anh\n[24/11/2026 10:04:00] Nguyễn Văn A: [Hình ảnh]";
    assert_eq!(turns(desktop), ["Nguyễn Văn A: chào em", "Bạn: dạ chào anh", "Nguyễn Văn A: [Hình ảnh]"]);
    assert!(parse_chat(desktop).unwrap().people[1].own);
    let phone = "Nguyễn Văn A\nchào em\n10:02\nBạn\ndạ\n10:03\nNguyễn Văn A\nem bao nhiêu tuổi\nnhà ở đâu\n10:05 Hôm nay\nBạn\n13 ạ\n10:06";
    assert_eq!(
        turns(phone),
        ["Nguyễn Văn A: chào em", "Bạn: dạ", "Nguyễn Văn A: em bao nhiêu tuổi / nhà ở đâu", "Bạn: 13 ạ",]
    );
}

#[test]
fn messenger_copies_are_read() {
    let vietnamese = "Hôm nay 10:02\nTrần Hùng\nTrần Hùng\nem xinh quá\nNhập\nBạn đã gửi\nai vậy\nNhập\nTrần Hùng\nlàm quen nha\nNhập\nĐã xem";
    assert_eq!(turns(vietnamese), ["Trần Hùng: em xinh quá", "Bạn đã gửi: ai vậy", "Trần Hùng: làm quen nha"]);
    assert!(parse_chat(vietnamese).unwrap().people[1].own);
    let english = "You sent\nhello\nEnter\nTom Lee\nhow old are you\nEnter\nYou replied to Tom\nYou sent\n12\nEnter";
    assert_eq!(turns(english), ["You sent: hello", "Tom Lee: how old are you", "You sent: 12"]);
}

#[test]
fn lines_typed_by_hand_are_read() {
    assert_eq!(turns("Mẹ: con đâu rồi\nCon: dạ con ở trường"), ["Mẹ: con đâu rồi", "Con: dạ con ở trường"]);
    assert_eq!(
        turns(
            "Cho em hỏi đoạn này có phải lừa không ạ\nNgười lạ: chị trúng thưởng 10 triệu\nEm: thật ạ\nNgười lạ: chuyển phí 500k nhé\nnhanh lên"
        ),
        [
            "-: Cho em hỏi đoạn này có phải lừa không ạ",
            "Người lạ: chị trúng thưởng 10 triệu",
            "Em: thật ạ",
            "Người lạ: chuyển phí 500k nhé / nhanh lên"
        ]
    );
    assert_eq!(turns("10:02 Lan: a\n10:03 Huy: b"), ["Lan: a", "Huy: b"]);
    assert_eq!(
        turns("0912345678: alo\nLan: ai đấy\n0912345678: anh đây"),
        ["0912345678: alo", "Lan: ai đấy", "0912345678: anh đây"]
    );
}

#[test]
fn other_texts_are_no_chats() {
    for text in [
        "",
        "\n\n",
        "chào em",
        "Lưu ý: không chia sẻ mã OTP cho bất kỳ ai",
        "Họ tên: Nguyễn Văn A\nSĐT: 0912345678\nĐịa chỉ: 12 Lê Lợi\nSố tiền: 500.000đ",
        "Tên: Lan\nTuổi: 15\nTên: Mai\nTuổi: 14",
        "Bước 1: mở app\nBước 2: bấm nút\nBước 3: xong",
        "Thứ hai: Toán\nThứ ba: Văn\nThứ tư: Anh",
        "Sáng: phở\nTrưa: cơm\nSáng: bún\nTrưa: cơm",
        "Trăm năm trong cõi người ta\nChữ tài chữ mệnh khéo là ghét nhau\nTrải qua một cuộc bể dâu\nNhững điều trông thấy mà đau đớn lòng",
        "Kính gửi: Quý khách\nNgân hàng thông báo: tài khoản bị khoá\nLiên hệ: 1900 1234",
        "Mua: 2 cái bánh\nBán: 3 cái kẹo",
        "Nguyên liệu: 2 quả trứng\nCách làm: đánh tan\nLưu ý: ít muối",
        "10:02\n10:03\nhọp lúc 10:05",
        "Hôm nay em đi học\nMai em nghỉ\nHôm nay vui",
        "https://a.vn\nhttps://b.vn\nhttps://a.vn",
        "TK 1234 GD: -500,000VND\nSD: 1,000,000VND\nND: chuyen tien",
        "Dear all,\nSubject: hop\nTime: 10:00\nSubject: again",
        "24/11: họp lớp\n25/11: thi\n26/11: nghỉ",
        "Thầy dặn: mai kiểm tra\nnhớ mang bút",
    ] {
        assert_eq!(turns(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_hundred_thousand_lines_are_read() {
    for line in [
        "[24/11/2026, 10:02:33] Lan: chào em\n",
        "Lan: chào\nHuy: ừ\n",
        "Lan\nchào em\n10:02\n",
        "Bạn đã gửi\na\n",
        "a:\n",
        "10:02\n",
        "Lan, [24.11.2026 10:02]\nhi\n",
    ] {
        let text = line.repeat(100_000);
        // Were it not linear, this would not come to an end: 10^10 steps.
        let turns = parse_chat(&text).map_or(0, |chat| chat.turns.len());
        assert!(turns <= 200_000, "{line}: {turns}");
    }
}

proptest! {
    #[test]
    fn turns_are_in_order_and_inside(lines in prop::collection::vec(prop_oneof![
        Just("Lan: chào".to_owned()), Just("[10:02, 24/11/2026] Huy: ừ".to_owned()), Just("Bạn đã gửi".to_owned()),
        Just("10:02".to_owned()), Just("Lan".to_owned()), Just("Lan, [24.11.2026 10:02]".to_owned()), Just(String::new()),
        "\\PC{0,30}", "[A-Z][a-z]{0,4}: \\PC{0,10}",
    ], 0..20)) {
        let text = lines.join("\n");
        if let Some(chat) = parse_chat(&text) {
            let mut at = 0;
            for turn in &chat.turns {
                prop_assert!(turn.bytes.start >= at && turn.bytes.start < turn.bytes.end && turn.bytes.end <= text.len());
                prop_assert_eq!(turn.first_point as usize, text[..turn.bytes.start].chars().count());
                prop_assert!(turn.who.is_none_or(|who| who < chat.people.len()));
                let words = &text[turn.bytes.clone()];
                prop_assert_eq!(words.trim(), words);
                at = turn.bytes.end;
            }
        }
    }
}
