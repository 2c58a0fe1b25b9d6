//! `haidang check`: one text for a person, or millions of lines for a program. Nothing is kept.

mod args;
mod explain;
mod lines;
mod stream;

pub use args::CheckArgs;

use crate::exit::{self, Failure, if_reader_gone};
use args::{Colour, FailOn};
use guidance::{Guidance, Reader, Unread, plain};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use recognise::{Assessment, MAX_INPUT_BYTES, Recogniser};
use std::{
    ffi::OsString,
    fs::File,
    io::{self, IsTerminal, Read, Write},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use stream::{StreamError, Tally};
use vocabulary::{
    AgeBand, Asker, Audience, Lang, ResultKind,
    directory::{Directory, Moment},
};

/// Checks what the arguments name and answers on standard output.
pub fn run(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    if args.jsonl { run_lines(args, lang) } else { run_text(args, lang) }
}

fn run_text(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let bytes = read_text(args, lang)?;
    let unreadable =
        |error| Failure::unreadable(format!("{}: {}", source_name(args, lang), Unread::from(&error).title(lang)));
    let mut assessment = Recogniser::shipped().assess_bytes(&bytes).map_err(unreadable)?;
    // The recogniser has read it, so it is text.
    let text = String::from_utf8_lossy(&bytes);
    let directory = Directory::shipped();
    let reader = reader(args, lang);
    let guidance = Guidance::new(&text, &assessment, &reader, &directory);
    let answer = if args.json {
        if reader.asker != Asker::default() {
            assessment.advice = guidance
                .todo
                .iter()
                .map(|view| view.step)
                .chain(guidance.leave.iter().copied())
                .map(|step| step.key.into())
                .collect();
        }
        json_line(&assessment)
    } else if args.explain {
        explain::result(&guidance)
    } else {
        plain::result(&guidance)
    };
    write_answer(&answer, args.color).map_err(|error| cannot_write(&error, lang))?;
    Ok(code_of(assessment.result))
}

const fn code_of(result: ResultKind) -> u8 {
    match result {
        ResultKind::Harm => exit::HARM,
        ResultKind::Unsure => exit::UNSURE,
        ResultKind::NoneKnown | ResultKind::BenignLookalike => exit::NOTHING_KNOWN,
    }
}

fn json_line(assessment: &Assessment) -> String {
    serde_json::to_string(assessment).expect("codes, numbers and strings are always JSON") + "\n"
}

/// Colours where the reader wants them: `NO_COLOR`, `CLICOLOR` and pipes are minded by `anstream`.
fn write_answer(answer: &str, colour: Colour) -> io::Result<()> {
    let choice = match colour {
        Colour::Auto => anstream::stdout().current_choice(),
        Colour::Always => anstream::ColorChoice::AlwaysAnsi,
        Colour::Never => anstream::ColorChoice::Never,
    };
    let mut out = anstream::AutoStream::new(io::stdout(), choice);
    out.write_all(answer.as_bytes())?;
    out.flush()
}

fn reader(args: &CheckArgs, lang: Lang) -> Reader {
    let asker = Asker { audience: args.audience.unwrap_or(Audience::Self_), age: args.age.unwrap_or(AgeBand::Unknown) };
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    Reader { lang, asker, province: args.province, now: Moment::from_unix_seconds(seconds.cast_signed()) }
}

/// What the text is called when something is wrong with it.
fn source_name(args: &CheckArgs, lang: Lang) -> String {
    match (&args.file, args.reads_stdin()) {
        (Some(path), _) => path.display().to_string(),
        (None, true) => lang.pick("đầu vào chuẩn", "standard input").into(),
        (None, false) => lang.pick("đoạn chữ", "the text").into(),
    }
}

/// One byte more than the limit is enough to know that it is passed.
fn read_text(args: &CheckArgs, lang: Lang) -> Result<Vec<u8>, Failure> {
    if !args.reads_stdin() && args.file.is_none() {
        return Ok(args.text.join(&OsString::from(" ")).into_encoded_bytes());
    }
    if args.reads_stdin() && io::stdin().is_terminal() {
        crate::say::error(
            lang.pick(
                "dán tin nhắn vào đây, xong bấm Enter rồi Ctrl-D",
                "paste the message, then press Enter and Ctrl-D",
            ),
        );
    }
    let mut bytes = Vec::new();
    let read = open(args, lang)?.take(MAX_INPUT_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| cannot_read(&source_name(args, lang), &error, lang))?;
    Ok(bytes)
}

fn open(args: &CheckArgs, lang: Lang) -> Result<Box<dyn Read + Send>, Failure> {
    Ok(match &args.file {
        None => Box::new(io::stdin()),
        Some(path) => Box::new(open_file(path).map_err(|error| cannot_read(&source_name(args, lang), &error, lang))?),
    })
}

fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
}

fn cannot_read(name: &str, error: &io::Error, lang: Lang) -> Failure {
    Failure::unreadable(match error.kind() {
        io::ErrorKind::NotFound => {
            format!(
                "{name}: {}",
                lang.pick("không có tệp này; xem lại tên và thư mục", "there is no such file; check name and folder")
            )
        }
        io::ErrorKind::PermissionDenied => {
            format!("{name}: {}", lang.pick("không được phép đọc tệp này", "you may not read this file"))
        }
        io::ErrorKind::IsADirectory => {
            format!("{name}: {}", lang.pick("đây là thư mục; hãy chỉ một tệp", "this is a folder; name a file"))
        }
        _ => format!("{name}: {}: {error}", lang.pick("không đọc được", "can't be read")),
    })
}

fn cannot_write(error: &io::Error, lang: Lang) -> Failure {
    if_reader_gone(error);
    Failure::unreadable(format!("{}: {error}", lang.pick("không ghi được kết quả", "the answer can't be written")))
}

fn run_lines(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let input = open(args, lang)?;
    let bar = progress_bar(args);
    let recogniser = Arc::new(Recogniser::shipped());
    let mut lines = 0;
    let outcome = stream::run(&recogniser, lang, input, &mut io::stdout(), |bytes, more| {
        lines += more;
        bar.inc(bytes);
        bar.set_message(lines.to_string());
    });
    bar.finish_and_clear();
    let tally = outcome.map_err(|error| match error {
        StreamError::Read(error) => cannot_read(&source_name(args, lang), &error, lang),
        StreamError::Write(error) => cannot_write(&error, lang),
        StreamError::Broken => Failure::internal(
            lang.pick("một luồng dừng giữa chừng; kết quả thiếu dòng", "a thread stopped halfway; lines are missing"),
        ),
    })?;
    if tally.bad > 0 {
        crate::say::error(&match lang {
            Lang::Vi => format!("{} trong {} dòng không đọc được (xem \"error\")", tally.bad, tally.lines),
            Lang::En => format!("{} of {} lines could not be read (see \"error\")", tally.bad, tally.lines),
        });
    }
    Ok(code_of_lines(tally, args.fail_on))
}

const fn code_of_lines(tally: Tally, fail_on: Option<FailOn>) -> u8 {
    match fail_on {
        Some(_) if tally.harm > 0 => exit::HARM,
        Some(FailOn::Unsure) if tally.unsure > 0 => exit::UNSURE,
        _ => exit::NOTHING_KNOWN,
    }
}

/// On a terminal only, and not where it would run through the answers.
fn progress_bar(args: &CheckArgs) -> ProgressBar {
    if !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let size =
        args.file.as_ref().and_then(|path| path.metadata().ok()).filter(std::fs::Metadata::is_file).map(|m| m.len());
    let (bar, look) = match size {
        Some(size) => (ProgressBar::new(size), "{wide_bar} {percent}% · {msg} · {eta}"),
        None => (ProgressBar::no_length(), "{spinner} {msg} · {binary_bytes} · {elapsed}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
    bar.with_style(ProgressStyle::with_template(look).expect("the templates above are right"))
}
