//! Drawing `docs/evaluation.md`.

use super::{
    Ablation,
    tally::{Counts, Share, Tally},
};
use std::fmt::Write;
use vocabulary::{Harm, Lang};

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn of(share: Share) -> String {
    format!("{} ({} of {})", percent(share.share()), share.hit, share.of)
}

/// The figures that matter most, a line each.
pub fn summary(t: &Tally) -> String {
    let (kind, worst) = t.worst_group();
    let kind = kind.map_or("small talk", vocabulary::BenignKind::code);
    format!(
        "{} texts, {} chats\nacute harms told: {}\nany harm told: {} (noticed, `unsure` counted: {})\nworst innocent group: {kind} {}\ninnocent answered unsure: {}\ntellings unheard: {}\nspeaker right: {}\nurgency right: {}, too low: {}\nspans: recall {}, precision {}\nmacro-F1: vi {:.3}, en {:.3}\nchats told: {}, in time: {}, false alarms: {}\n",
        t.texts,
        t.chats,
        of(t.acute),
        of(t.any),
        of(t.noticed),
        percent(worst),
        of(t.doubts),
        of(t.unheard),
        of(t.speaker),
        of(t.urgency),
        of(t.urgency_low),
        percent(t.spans.recall()),
        percent(t.spans.precision()),
        t.macro_f1("vi"),
        t.macro_f1("en"),
        of(t.chats_told),
        of(t.chats_in_time),
        of(t.chat_alarms),
    )
}

pub fn page(t: &Tally, ablations: &[Ablation]) -> String {
    let mut out = String::from(
        "# Evaluation\n\nWritten by `cargo xtask evaluate` on `corpus/test`, a split by another author who saw neither rules nor training texts,\nfrozen by its hash (`corpus/test/SHA256SUMS`) before the first training. Do not edit.\n\n",
    );
    let rows = [
        ("Texts, chats", format!("{}, {}", t.texts, t.chats)),
        ("Acute harms told as a harm, an acute one named", of(t.acute)),
        ("Any harm told as a harm", of(t.any)),
        ("Any harm told as a harm or `unsure`", of(t.noticed)),
        ("Innocent texts answered `unsure`", of(t.doubts)),
        ("Tellings of people harmed and witnesses answered as if nothing were known", of(t.unheard)),
        ("Who speaks, right", of(t.speaker)),
        ("Urgency, exactly right", of(t.urgency)),
        ("Urgency, told too low", of(t.urgency_low)),
        ("Tactic spans: recall, precision", format!("{}, {}", percent(t.spans.recall()), percent(t.spans.precision()))),
        ("Chats told as a harm", of(t.chats_told)),
        ("Chats told by the turn after the one at which a careful adult would warn", of(t.chats_in_time)),
        ("False alarms on innocent chats", of(t.chat_alarms)),
        ("Macro-F1 over 35 harms: Vietnamese, English", format!("{:.3}, {:.3}", t.macro_f1("vi"), t.macro_f1("en"))),
    ];
    out += "| what | figure |\n| --- | --- |\n";
    for (what, figure) in rows {
        writeln!(out, "| {what} | {figure} |").unwrap();
    }
    out += "\n## False alarms by innocent group\n\nAn innocent text called a `harm`.\n\n| group | false alarms | |\n| --- | --- | --- |\n";
    for (kind, share) in &t.alarms {
        let name = kind.map_or("small talk", vocabulary::BenignKind::code);
        writeln!(out, "| {name} | {} | {} |", of(*share), bar(share.share())).unwrap();
    }
    out += "\n## Who speaks\n\n| speaker | precision | recall | F1 |\n| --- | --- | --- | --- |\n";
    for (speaker, c) in t.speakers.iter().filter(|(_, c)| c.right + c.missed > 0) {
        writeln!(out, "| {speaker} | {} | {} | {:.3} |", percent(c.precision()), percent(c.recall()), c.f1()).unwrap();
    }
    out += "\n## Harms\n\n| harm | vi precision | vi recall | vi F1 | en precision | en recall | en F1 |\n| --- | --- | --- | --- | --- | --- | --- |\n";
    for harm in Harm::ALL {
        let cell = |lang: &'static str| {
            let c = t.harms.get(&(lang, *harm)).copied().unwrap_or_default();
            format!("{} | {} | {:.2}", told(c), percent(c.recall()), c.f1())
        };
        writeln!(out, "| {} | {} | {} |", harm.name(Lang::En), cell("vi"), cell("en")).unwrap();
    }
    out += "\n## What each family of rules is worth\n\nThe same weights with the family silent.\n\n| without | acute told | worst group | spans recall | speaker right | macro-F1 vi | macro-F1 en |\n| --- | --- | --- | --- | --- | --- | --- |\n";
    let mut row = |name: &str, t: &Tally| {
        let cells = [t.acute.share(), t.worst_group().1, t.spans.recall(), t.speaker.share()].map(percent).join(" | ");
        writeln!(out, "| {name} | {cells} | {:.3} | {:.3} |", t.macro_f1("vi"), t.macro_f1("en")).unwrap();
    };
    row("(nothing)", t);
    for ablation in ablations {
        row(&ablation.name, &ablation.tally);
    }
    out
}

fn told(counts: Counts) -> String {
    if counts.right + counts.wrong == 0 { "never told".into() } else { percent(counts.precision()) }
}

fn bar(share: f64) -> String {
    "█".repeat((share * 100.0).round() as usize)
}
