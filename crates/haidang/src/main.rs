//! The one binary: checks texts on the command line, and serves the site.
//!
//! Everything that knows something lives in the crates below; this one reads settings, opens files and sockets, and
//! says in the user's language what went wrong. Its exit codes stand in [`exit`].

mod backups;
mod check;
mod cli;
mod demo;
mod desk;
mod doctor;
mod exit;
mod house;
mod learn;
mod log;
mod logs;
mod moving;
mod say;
mod serve;
mod settings;
mod sources;
mod verify;
mod watch;

use cli::Wish;
use exit::{Failure, if_reader_gone};
use settings::{Mistake, Settings, Sources};
use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};
use vocabulary::Lang;

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let lang = say::language(&args);
    let wish = match cli::read(args, lang) {
        Ok(wish) => wish,
        Err(asked) if !asked.use_stderr() => {
            let _ = asked.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return exit::finish(Err(Failure::usage(cli::say(&error, lang)))),
    };
    logs::panics_without_words();
    // A fault of ours ends with the number for it, whatever the runtime would have made of a panic.
    let outcome = std::panic::catch_unwind(|| fulfil(wish, lang));
    exit::finish(outcome.unwrap_or_else(|_| {
        Err(Failure::internal(
            lang.pick("lỗi của chương trình; xin báo cho chúng tôi", "a fault of the program; please report it"),
        ))
    }))
}

fn fulfil(wish: Wish, lang: Lang) -> Result<u8, Failure> {
    match wish {
        Wish::Check(args) => check::run(&args, lang),
        Wish::Serve(sources) => serve::run(&read_settings(&sources, lang)?, lang),
        Wish::Desk(wish, sources) => desk::run(wish, &sources, lang),
        Wish::Backup(wish, sources) => backups::run(&wish, &sources, lang),
        Wish::Restore(wish, sources) => backups::restore(&wish, &sources, lang),
        Wish::Doctor(wish, sources) => doctor::run(wish, &sources, lang),
        Wish::Log(wish, sources) => log::run(&wish, &sources, lang),
        Wish::Demo(wish, sources) => demo::run(&wish, &sources, lang),
        Wish::Move(to, sources) => moving::run(&to, &sources, lang),
        Wish::Verify(args) => verify::run(&args, lang),
        Wish::Learn(wish) => learn::run(&wish, lang),
        Wish::ConfigCheck(sources) => check_settings(&sources, lang),
        Wish::ConfigExample => print(settings::example(lang).as_bytes()),
        Wish::Assets { total: false } => print(web::asset_sums().as_bytes()),
        Wish::Assets { total: true } => print(format!("{}\n", web::assets_total()).as_bytes()),
        Wish::Completions(shell) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut cli::command(lang), "haidang", &mut script);
            print(&script)
        }
        Wish::Manual => {
            let mut page = Vec::new();
            let rendered = clap_mangen::Man::new(cli::command(lang)).render(&mut page);
            rendered.map_err(|error| Failure::internal(error.to_string()))?;
            print(&page)
        }
    }
}

fn read_settings(sources: &Sources, lang: Lang) -> Result<Settings, Failure> {
    Settings::read(sources, lang).map_err(|mistakes| Failure::usage(lines(&mistakes)))
}

fn check_settings(sources: &Sources, lang: Lang) -> Result<u8, Failure> {
    let (report, mistakes) = settings::check(sources, lang);
    print(report.as_bytes())?;
    if mistakes.is_empty() { Ok(exit::NOTHING_KNOWN) } else { Err(Failure::usage(lines(&mistakes))) }
}

fn lines(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|m| m.0.as_str()).collect::<Vec<_>>().join("\nhaidang: ")
}

fn print(bytes: &[u8]) -> Result<u8, Failure> {
    let mut out = io::stdout();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|error| {
        if_reader_gone(&error);
        Failure::unreadable(error.to_string())
    })?;
    Ok(exit::NOTHING_KNOWN)
}
