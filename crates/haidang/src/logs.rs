//! The log: structured, on standard error, without anyone's address and without a word of anyone's text.
//!
//! Libraries may only warn: what they say in detail quotes what was sent. A panic is logged by its place, never by
//! its message, which may quote the text that tripped it.

use std::panic;
use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts the log of the server.
pub fn start(json: bool, level: Level) {
    let filter = Targets::new()
        .with_target("haidang", level)
        .with_target("web", level)
        .with_default(LevelFilter::from_level(level).min(LevelFilter::WARN));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(lines.json().flatten_event(true)).init();
    } else {
        registry.with(lines.with_ansi(false)).init();
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// For commands without a log: a panic says where, and not what it was reading.
pub fn panics_without_words() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        crate::say::error(&format!("panic: {place}"));
    }));
}
