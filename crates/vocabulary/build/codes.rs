//! Writes one enum a list of codes.

use crate::rows::{Both, Vocabulary};
use std::fmt::Write;

/// `(list in terms.toml, type, what it means)`; the list of sentences `<list>_line` is optional.
const LISTS: &[(&str, &str, &str)] = &[
    ("harm_group", "HarmGroup", "The family a harm belongs to."),
    ("stage", "Stage", "The part a tactic plays. Parts don't come in order (Aitken 2017)."),
    ("urgency", "Urgency", "How soon somebody should answer; the first is the most urgent."),
    ("age_band", "AgeBand", "How old the person concerned is. Under 18 counts as a child for protection."),
    ("sex", "Sex", "The sex of the person concerned, as she states it."),
    ("audience", "Audience", "Who asks: for herself, or for someone else."),
    ("relation", "Relation", "What the offender is to the person."),
    ("speaker", "Speaker", "Who speaks in a text that shows a harm."),
    ("result", "ResultKind", "The four results of a check. None of them says `safe`."),
    ("benign_kind", "BenignKind", "What an innocent look-alike looks like."),
    ("organisation", "OrganisationKind", "What kind of organisation helps."),
    ("language", "Language", "The language a text is written in."),
    ("report_state", "ReportState", "Where a report stands with one organisation."),
    ("hold_ground", "HoldGround", "Why an organisation must keep a report beyond its time."),
    ("role", "Role", "What a member of an organisation may do."),
    ("entry", "EntryKind", "What one sealed entry of a case is."),
    ("case_state", "CaseState", "Where a case stands with the organisation that works on it."),
    ("risk", "Risk", "How great the risk is, as official forms have it (Decree 56/2017/NĐ-CP, forms 02 and 06)."),
    ("task", "TaskKind", "What is to be done."),
    ("service", "ServiceKind", "What was given."),
    ("follow_up", "FollowUp", "When she is asked how she is."),
    ("ground", "Ground", "Why an organisation may read a case."),
    ("note", "NoteKind", "What a sealed note of staff is about."),
    ("consent_state", "ConsentState", "Where a consent stands, and who gave it."),
    ("consent_way", "ConsentWay", "How a consent that a worker records was given."),
    ("representative", "Representative", "Whether a child's representative consents, or why nobody asked."),
    ("legal_duty", "LegalDuty", "The article that demands telling."),
    ("referral_state", "ReferralState", "Where a referral stands."),
    ("decline_reason", "DeclineReason", "Why a case or a referral can't be taken on."),
    ("takedown_state", "TakedownState", "Where a request to remove content stands."),
    ("closing", "Closing", "Why a case is closed."),
    ("outcome", "Outcome", "What came of it."),
    ("wellbeing", "Wellbeing", "How she says she is, compared with before."),
    ("helped", "Helped", "Whether she says that it helped."),
];

pub fn source(v: &Vocabulary) -> String {
    let mut out = String::new();
    for &(list, name, doc) in LISTS {
        let rows: Vec<(String, Both)> = v.terms(list).clone();
        enum_source(&mut out, name, doc, &rows);
        if let Some(lines) = v.terms.get(&format!("{list}_line")) {
            for (code, _) in &rows {
                assert!(lines.iter().any(|(c, _)| c == code), "terms.toml: [{list}_line] lacks `{code}`");
            }
            let pick =
                |code: &str| lines.iter().find(|(c, _)| c == code).map(|(_, b)| b.clone()).expect("checked above");
            let rows: Vec<_> = rows.iter().map(|(code, _)| (code.clone(), pick(code))).collect();
            text_method(&mut out, name, "line", "One or two plain sentences to the reader.", &rows);
        }
    }
    harms(&mut out, v);
    tactics(&mut out, v);
    provinces(&mut out, v);
    out
}

fn harms(out: &mut String, v: &Vocabulary) {
    let names: Vec<_> = v.harms.iter().map(|h| (h.code.clone(), both(&h.vi, &h.en))).collect();
    enum_source(out, "Harm", "What is done to someone. A message may show several.", &names);
    let lines: Vec<_> = v.harms.iter().map(|h| (h.code.clone(), both(&h.line_vi, &h.line_en))).collect();
    text_method(out, "Harm", "line", "One plain sentence saying what this is.", &lines);
    let group = v.harms.iter().map(|h| format!("Self::{} => HarmGroup::{},", camel(&h.code), camel(&h.group)));
    method(out, "Harm", "/// The family this harm belongs to.\npub const fn group(self) -> HarmGroup", group);
    let acute = v.harms.iter().map(|h| format!("Self::{} => {},", camel(&h.code), h.acute));
    method(out, "Harm", "/// Whether advice comes before anything else.\npub const fn is_acute(self) -> bool", acute);
    writeln!(out, "/// Where our codes stand in outside lists.\npub static MAPPINGS: &[Mapping] = &[").unwrap();
    for m in &v.mappings {
        writeln!(
            out,
            "Mapping {{ harm: Harm::{}, scheme: {:?}, value: {:?}, source: {:?} }},",
            camel(&m.harm),
            m.scheme,
            m.value,
            m.source
        )
        .unwrap();
    }
    out.push_str("];\n");
}

fn tactics(out: &mut String, v: &Vocabulary) {
    let names: Vec<_> = v.tactics.iter().map(|t| (t.code.clone(), both(&t.vi, &t.en))).collect();
    enum_source(out, "Tactic", "How one sees a harm: something said or done that has a place in the text.", &names);
    let why: Vec<_> = v.tactics.iter().map(|t| (t.code.clone(), both(&t.why_vi, &t.why_en))).collect();
    text_method(out, "Tactic", "why", "One sentence on why it matters.", &why);
    let act: Vec<_> = v.tactics.iter().map(|t| (t.code.clone(), both(&t.do_vi, &t.do_en))).collect();
    text_method(out, "Tactic", "act", "One sentence on what to do.", &act);
    let stage = v.tactics.iter().map(|t| format!("Self::{} => Stage::{},", camel(&t.code), camel(&t.stage)));
    method(out, "Tactic", "/// The part it plays.\npub const fn stage(self) -> Stage", stage);
}

fn provinces(out: &mut String, v: &Vocabulary) {
    writeln!(out, "/// The 34 provinces and cities since 1 July 2025, each with the earlier ones merged into it.\npub static PROVINCES: &[Province] = &[").unwrap();
    for p in &v.provinces {
        let city = match p.kind.as_str() {
            "city" => true,
            "province" => false,
            other => panic!("provinces.toml: `{}` has kind `{other}`; it must be city or province", p.code),
        };
        let former: String =
            p.former.iter().map(|f| format!("Former {{ code: {:?}, name: {:?} }},", f.code, f.vi)).collect();
        writeln!(
            out,
            "Province {{ code: {:?}, names: [{:?}, {:?}], is_city: {city}, former: &[{former}] }},",
            p.code, p.vi, p.en
        )
        .unwrap();
    }
    out.push_str("];\n");
}

fn both(vi: &str, en: &str) -> Both {
    Both { vi: vi.into(), en: en.into() }
}

fn enum_source(out: &mut String, name: &str, doc: &str, rows: &[(String, Both)]) {
    let mut seen = std::collections::HashSet::new();
    for (code, _) in rows {
        assert!(seen.insert(code), "`{code}` stands twice in the list of {name}");
    }
    writeln!(out, "/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\npub enum {name} {{").unwrap();
    for (code, b) in rows {
        writeln!(out, "/// {}: {}.\n{},", b.vi, b.en, camel(code)).unwrap();
    }
    writeln!(
        out,
        "}}\nimpl {name} {{\n/// Every code, in the order of the vocabulary.\npub const ALL: &'static [Self] = &["
    )
    .unwrap();
    for (code, _) in rows {
        writeln!(out, "Self::{},", camel(code)).unwrap();
    }
    out.push_str("];\n}\n");
    let codes = rows.iter().map(|(code, _)| format!("Self::{} => {code:?},", camel(code)));
    method(out, name, "/// The stable code, `snake_case`.\npub const fn code(self) -> &'static str", codes);
    text_method(out, name, "name", "The name as a person reads it.", rows);
    writeln!(out, "code_traits!({name});").unwrap();
}

fn text_method(out: &mut String, name: &str, method_name: &str, doc: &str, rows: &[(String, Both)]) {
    let arms = rows.iter().map(|(code, b)| format!("Self::{} => lang.pick({:?}, {:?}),", camel(code), b.vi, b.en));
    method(out, name, &format!("/// {doc}\npub const fn {method_name}(self, lang: Lang) -> &'static str"), arms);
}

fn method(out: &mut String, name: &str, signature: &str, arms: impl Iterator<Item = String>) {
    writeln!(out, "impl {name} {{\n{signature} {{\nmatch self {{").unwrap();
    for arm in arms {
        writeln!(out, "{arm}").unwrap();
    }
    out.push_str("}\n}\n}\n");
}

/// `photo_request` becomes `PhotoRequest`, `self` `Self_` (it is a keyword), `7_11` becomes `From7To11`, `60_plus` `From60Plus`.
pub fn camel(code: &str) -> String {
    let word = |w: &str| {
        let mut letters = w.chars();
        letters.next().map(|c| c.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    let words: Vec<String> = code.split('_').map(word).collect();
    if code == "self" {
        return "Self_".into();
    }
    if code.starts_with(|c: char| c.is_ascii_digit()) {
        let glue = if words[1].starts_with(|c: char| c.is_ascii_digit()) { "To" } else { "" };
        format!("From{}", words.join(glue))
    } else {
        words.concat()
    }
}
