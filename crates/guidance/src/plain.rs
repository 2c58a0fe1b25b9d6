//! The result as plain text, for the command line.

use crate::{Guidance, Helper, phrases};
use std::fmt::Write;

/// Draws a result without colours or markup, one thought a line.
pub fn result(g: &Guidance<'_>) -> String {
    let lang = g.lang;
    let mut out = String::new();
    let mut say = |line: &str| writeln!(out, "{line}").expect("a String takes every line");
    match g.title {
        Some(title) => say(&format!("{}: {title}", g.lead)),
        None => say(g.lead),
    }
    say(g.line);
    g.if_it_happened().into_iter().for_each(&mut say);
    for harm in g.harms.iter().skip(1) {
        say(&format!("{}: {}", phrases::also_like(lang), harm.name));
    }
    if let Some(urgency) = &g.urgency {
        say(&format!("{}. {}", urgency.name, urgency.reason));
    }
    for sign in &g.signs {
        say(&format!("  [{}] {}: {}", sign.number, sign.name, sign.why));
    }
    for link in &g.links {
        say(&format!("  {}: {}. {}", link.host, link.name, link.reasons.join(" ")));
    }
    let todo: Vec<_> = g.todo.iter().map(|s| s.step).collect();
    for (title, steps) in [(phrases::to_do(lang), &todo), (phrases::not_to_do(lang), &g.leave)] {
        if !steps.is_empty() {
            say(&format!("\n{title}:"));
        }
        for step in steps {
            say(&format!("  - {}", step.text(lang)));
        }
    }
    if !g.emergency.is_empty() || !g.helpers.is_empty() {
        say(&format!("\n{}:", phrases::who_helps(lang)));
    }
    for helper in g.emergency.iter().chain(&g.helpers) {
        say(&format!("  - {}", contact(helper, g)));
    }
    say(&format!("\n{}", phrases::machine_can_err(lang)));
    out
}

fn contact(helper: &Helper<'_>, g: &Guidance<'_>) -> String {
    let service = helper.service;
    let how = service.phone.as_deref().or(service.url.as_deref()).or(service.text("how", g.lang)).unwrap_or_default();
    let mut line = format!("{}: {how}", service.name(g.lang));
    if !helper.open {
        write!(line, " ({}: {})", phrases::closed_now(g.lang), service.text("hours", g.lang).unwrap_or_default())
            .expect("a String takes every line");
    }
    if !service.verified {
        write!(line, " ({})", phrases::unverified(g.lang)).expect("a String takes every line");
    }
    line
}
