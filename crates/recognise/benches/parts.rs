//! Where the time of a check goes: `cargo bench -p recognise`.

use divan::{Bencher, black_box, counter::BytesCount};
use recognise::{Recogniser, Scratch, parse_chat};

const MESSAGES: &[(&str, &str)] = &[
    ("scam", "Công an quận gửi lệnh bắt, chị chuyển 50 triệu vào tài khoản an toàn ngay, không được nói với ai"),
    ("family", "Con ơi tối nay về ăn cơm nhé, mẹ nấu canh chua cá lóc con thích nè"),
    ("teencode", "e gửi a tấm hình k mặc đồ đi r a ck tiền cho, k gửi a đăng lên fb cho ca lop coi"),
    ("link", "Tai khoan cua ban bi khoa, dang nhap https://vietcombank-xacthuc.top/login de mo lai trong 24h"),
];

fn main() {
    divan::main();
}

#[divan::bench(args = MESSAGES.iter().map(|(name, _)| *name))]
fn whole_check(bencher: Bencher, name: &str) {
    let (recogniser, mut scratch, text) = (Recogniser::shipped(), Scratch::default(), text(name));
    bencher.counter(BytesCount::of_str(text)).bench_local(|| recogniser.assess_with(black_box(text), &mut scratch));
}

#[divan::bench(args = MESSAGES.iter().map(|(name, _)| *name))]
fn normalise(bencher: Bencher, name: &str) {
    let (recogniser, text) = (Recogniser::shipped(), text(name));
    bencher.counter(BytesCount::of_str(text)).bench(|| recogniser.normalise(black_box(text)));
}

#[divan::bench]
fn chat_of_a_hundred_lines(bencher: Bencher) {
    let chat: String = (0..100).map(|i| format!("{}: {}\n", ["Lan", "Kuro"][i % 2], MESSAGES[i % 4].1)).collect();
    bencher.counter(BytesCount::of_str(&chat)).bench(|| parse_chat(black_box(&chat)));
}

#[divan::bench]
fn rules_and_model_made_ready() -> Recogniser {
    Recogniser::shipped()
}

fn text(name: &str) -> &'static str {
    MESSAGES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text)
}
