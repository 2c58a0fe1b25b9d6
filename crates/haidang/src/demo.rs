//! `haidang demo`: an invented house in a throwaway folder, served on loopback, so that anyone can walk every role.

use crate::{
    exit::Failure,
    house, serve,
    settings::{Settings, Sources},
};
use clap::{Arg, ArgMatches, Command, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{Place, Store};
use vocabulary::{Lang, Role};

/// Settings that the command takes: everything else is what is built in, so that no real house is ever filled.
pub const SETTINGS_HERE: &[&str] = &["listen"];

/// What is asked for.
pub struct DemoWish {
    seed: u64,
    cases: u32,
}

pub fn command(lang: Lang) -> Command {
    let cases = Arg::new("cases")
        .long("cases")
        .default_value("2000")
        .value_parser(value_parser!(u32).range(1..=100_000))
        .help(lang.pick("Bao nhiêu ca được tạo", "How many cases are invented"));
    let seed = Arg::new("seed")
        .long("seed")
        .default_value("1")
        .value_parser(value_parser!(u64))
        .help(lang.pick("Cùng số này thì cùng câu chuyện", "The same number tells the same stories"));
    Command::new("demo")
        .about(lang.pick(
            "Chạy thử với năm tổ chức, 40 người và 2.000 ca không có thật, trong một thư mục tạm",
            "Try it with five invented organisations, 40 people and 2,000 cases, in a throwaway folder",
        ))
        .arg(cases)
        .arg(seed)
}

pub fn read(given: &ArgMatches) -> DemoWish {
    DemoWish {
        seed: given.get_one("seed").copied().unwrap_or(1),
        cases: given.get_one("cases").copied().unwrap_or(2000),
    }
}

/// Fills it, says who works there, and serves until it is stopped; then nothing of it is left.
pub fn run(wish: &DemoWish, sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let folder = tempfile::Builder::new().prefix("haidang-demo-").tempdir();
    let folder = folder.map_err(|error| Failure::unreadable(error.to_string()))?;
    // No settings file of a real house is read, and no variable: only the address to listen at.
    let nothing = folder.path().join("haidang.toml");
    fs::write(&nothing, "").map_err(|error| Failure::unreadable(error.to_string()))?;
    let own = Sources { flags: sources.flags.clone(), variables: Vec::new(), file: Some(nothing) };
    let mut settings = crate::read_settings(&own, lang)?;
    settings.place = Place::folder(folder.path().join("data"));
    settings.metrics = None;
    let drawn = fill(wish, &settings, lang)?;
    crate::print(who_is_who(&drawn, &settings, lang).as_bytes())?;
    serve::run(&settings, lang)
}

fn fill(wish: &DemoWish, settings: &Settings, lang: Lang) -> Result<demo::House, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::internal(error.to_string()))?;
    let failed = |error| Failure::unreadable(house::say(&settings.place, &error, lang));
    let bar = ProgressBar::new(0).with_message(lang.pick("Đang dựng", "Inventing"));
    bar.set_style(
        ProgressStyle::with_template("{msg} {bar:32} {percent} %").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed());
    let drawn = runtime.block_on(async {
        let fresh = house::fresh().map_err(Failure::internal)?;
        let store = Store::open(settings.place.clone(), &fresh).await.map_err(failed)?;
        let wish = demo::Wish { seed: wish.seed, cases: wish.cases, now };
        let told = &mut |done: usize, all: usize| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        };
        let drawn = demo::fill(&store, &wish, told).await.map_err(failed)?;
        store.close().await;
        Ok::<_, Failure>(drawn)
    })?;
    bar.finish_and_clear();
    Ok(drawn)
}

/// Where to sign in as whom.
fn who_is_who(drawn: &demo::House, settings: &Settings, lang: Lang) -> String {
    let mut out = lang
        .pick(
            "Mọi người, mọi ca ở đây đều không có thật. Khi dừng lại, tất cả bị xoá.\n",
            "Nobody and nothing here is real. When you stop it, all of it is gone.\n",
        )
        .to_owned();
    let (at, code) = (settings.listen, lang.code());
    out += &format!("{}  http://{at}/{code}/desk\n", lang.pick("Bàn làm việc:", "The desk:   "));
    out += &format!("{} {}\n", lang.pick("Cụm mật khẩu của mọi người:", "Everybody's passphrase:"), demo::PASSPHRASE);
    for place in demo::PLACES {
        out += &format!("\n{}\n", lang.pick(place.vi, place.en));
        for &role in Role::ALL {
            let names: Vec<_> = drawn.staff.iter().filter(|s| s.0 == place.id && s.2 == role).map(|s| s.1).collect();
            if !names.is_empty() {
                out += &format!("  {:32} {}\n", role.name(lang), names.join(", "));
            }
        }
    }
    out += &format!(
        "\n{}  http://{at}/{code}/back\n",
        lang.pick(
            "Người gửi tin quay lại, bằng một trong các phiếu nhận:",
            "Who reported comes back, with one of these receipts:"
        )
    );
    for receipt in &drawn.receipts {
        out += &format!("  {receipt}\n");
    }
    out + "\n"
}
