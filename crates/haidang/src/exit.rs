//! What the program says to the script that called it. These numbers never change.

use std::process::ExitCode;

/// No warning sign known, or an innocent look-alike; the server stopped as asked.
pub const NOTHING_KNOWN: u8 = 0;
/// The command line or a setting is wrong.
pub const USAGE: u8 = 2;
/// What was given can't be read or used: a file, a text, an address, a certificate.
pub const UNREADABLE: u8 = 3;
/// A fault of the program itself.
pub const INTERNAL: u8 = 4;
/// An evidence package doesn't hold.
pub const ALTERED: u8 = 12;
/// A harm is seen.
pub const HARM: u8 = 10;
/// Unsure: somebody should look.
pub const UNSURE: u8 = 11;
/// `haidang doctor` found something that somebody must mend.
pub const AILING: u8 = 13;
/// `haidang learn` found something in lessons that their author must mend.
pub const MISTAKES: u8 = 14;

/// An end that was told to the user in her language, with the number for the script.
#[derive(Debug)]
pub struct Failure {
    pub code: u8,
    pub line: String,
}

impl Failure {
    pub fn usage(line: impl Into<String>) -> Self {
        Self { code: USAGE, line: line.into() }
    }

    pub fn unreadable(line: impl Into<String>) -> Self {
        Self { code: UNREADABLE, line: line.into() }
    }

    pub fn internal(line: impl Into<String>) -> Self {
        Self { code: INTERNAL, line: line.into() }
    }
}

/// Ends quietly when whoever read our output has gone (`| head`), as other tools do.
pub fn if_reader_gone(error: &std::io::Error) {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(i32::from(NOTHING_KNOWN));
    }
}

/// Prints the failure, if there is one, and turns the number into the process's end.
pub fn finish(outcome: Result<u8, Failure>) -> ExitCode {
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            crate::say::error(&failure.line);
            ExitCode::from(failure.code)
        }
    }
}
