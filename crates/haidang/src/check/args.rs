//! What `haidang check` can be asked.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::{ffi::OsString, path::PathBuf, str::FromStr};
use vocabulary::{AgeBand, Audience, PROVINCES, Province, UnknownCode};

/// What the user asks. Each field is worded for her in [`CheckArgs::HELP`].
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[arg(value_name = "TEXT")]
    pub text: Vec<OsString>,

    #[arg(long, short, value_name = "FILE", conflicts_with = "text")]
    pub file: Option<PathBuf>,

    #[arg(long)]
    pub jsonl: bool,

    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,

    #[arg(long, short, conflicts_with_all = ["json", "jsonl"])]
    pub explain: bool,

    #[arg(long, value_name = "WHO", value_parser = codes::<Audience>(Audience::ALL.iter().map(|c| c.code())), conflicts_with = "jsonl")]
    pub audience: Option<Audience>,

    #[arg(long, value_name = "AGE", value_parser = codes::<AgeBand>(AgeBand::ALL.iter().map(|c| c.code())), conflicts_with = "jsonl")]
    pub age: Option<AgeBand>,

    #[arg(long, value_name = "PROVINCE", value_parser = province, conflicts_with = "jsonl")]
    pub province: Option<&'static Province>,

    #[arg(long, value_name = "RESULT", requires = "jsonl")]
    pub fail_on: Option<FailOn>,

    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

/// Which result of a line ends the whole run with a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// A harm.
    Harm,
    /// A harm, or being unsure.
    Unsure,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl CheckArgs {
    /// Each argument in Vietnamese and English.
    pub const HELP: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "text",
            "Đoạn chữ; không có hoặc \"-\" thì đọc đầu vào chuẩn. Chữ trên dòng lệnh còn lại trong lịch sử máy: lời riêng tư nên đưa qua đầu vào chuẩn hoặc --file",
            "The text; nothing or \"-\" reads standard input. What stands on a command line stays in the shell's history: give private words by standard input or --file",
        ),
        ("file", "Đọc đoạn chữ từ tệp này", "Read the text from this file"),
        (
            "jsonl",
            "Đọc từng dòng ({\"id\",\"text\"} hoặc chữ thường), trả lời mỗi dòng một JSON, đúng thứ tự",
            "Read lines ({\"id\",\"text\"} or plain text) and answer one JSON a line, in order",
        ),
        ("json", "Trả lời bằng một dòng JSON", "Answer with one line of JSON"),
        (
            "explain",
            "Tô màu các dấu hiệu ngay trong lời được gửi, kèm tên và lý do",
            "Show the signs in colour in the very words, each with its name and why",
        ),
        ("audience", "Ai hỏi", "Who asks"),
        ("age", "Người gặp chuyện bao nhiêu tuổi", "How old the person concerned is"),
        (
            "province",
            "Cần giúp ở đâu: mã (01) hoặc tên tỉnh, thành phố",
            "Where help is wanted: official code (01) or name of a province",
        ),
        (
            "fail_on",
            "Với --jsonl: kết thúc bằng mã 10 nếu có dòng gây hại (harm), hoặc thêm mã 11 nếu có dòng chưa chắc (unsure)",
            "With --jsonl: end with 10 if a line shows a harm (harm), or also with 11 if one is unsure (unsure)",
        ),
        ("color", "Khi nào dùng màu", "When to use colours"),
    ];

    /// Nothing is named, or `-`.
    pub fn reads_stdin(&self) -> bool {
        self.file.is_none() && (self.text.is_empty() || self.text == ["-"])
    }
}

/// Only codes of the vocabulary; a wrong one is answered with all of them.
fn codes<T>(codes: impl Iterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = UnknownCode> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(codes.collect::<Vec<_>>()).try_map(|code| code.parse())
}

fn province(text: &str) -> Result<&'static Province, String> {
    use vocabulary::Lang::{En, Vi};
    let wanted = text.trim().to_lowercase();
    let is_called = |p: &&Province| p.name(Vi).to_lowercase() == wanted || p.name(En).to_lowercase() == wanted;
    let found = Province::by_code(&wanted).or_else(|| PROVINCES.iter().find(is_called));
    found.ok_or_else(|| {
        let known: Vec<_> = PROVINCES.iter().map(|p| format!("{} {}", p.code, p.name(Vi))).collect();
        known.join(", ")
    })
}
