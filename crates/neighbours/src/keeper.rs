//! Whoever starts a server ends it, even when killed.

use std::{
    io,
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Stdio},
};

/// Runs a line of the shell once whoever holds this is gone: the shell waits for the end of its input.
#[derive(Debug)]
pub(crate) struct Keeper {
    shell: Child,
    input: Option<ChildStdin>,
}

impl Keeper {
    /// `$1` and so on are `args`.
    pub fn with(mut shell: Command, line: &str, args: &[&str]) -> io::Result<Self> {
        shell.arg("-c").arg(format!("read -r _; {line}")).arg("keeper").args(args);
        // Of its own, so that a Ctrl-C at the test doesn't end it before it did its work.
        shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut shell = shell.spawn()?;
        let input = shell.stdin.take();
        Ok(Self { shell, input })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.shell.wait();
    }
}
