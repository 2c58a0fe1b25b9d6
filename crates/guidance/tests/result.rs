//! What a person reads, for assessments made by hand: the recogniser may change, these promises don't.

use guidance::{Guidance, Piece, Reader, html, plain};
use recognise::{Assessment, HarmFinding, InputError, LinkFinding, LinkReason, LinkVerdict, TacticSpan};
use vocabulary::{
    AgeBand, Asker, Audience, BenignKind, Harm, Lang, Language, ResultKind, Speaker, StepKind, Tactic, Urgency,
    directory::{Date, Directory, Moment},
};

const TEXT: &str = "Gửi 2 triệu, không tao <tung> ảnh. Đừng nói với ai. vcb-xacthuc.top";

fn assessment() -> Assessment {
    Assessment {
        result: ResultKind::Harm,
        harms: vec![
            HarmFinding { code: Harm::Sextortion, probability: 0.91 },
            HarmFinding { code: Harm::Threat, probability: 0.4 },
        ],
        benign_kind: None,
        urgency: Some(Urgency::Today),
        speaker: Some(Speaker::Offender),
        tactics: vec![
            TacticSpan { code: Tactic::TransferRequest, start: 0, end: 11 },
            TacticSpan { code: Tactic::ThreatPublish, start: 13, end: 33 },
            TacticSpan { code: Tactic::Secrecy, start: 35, end: 50 },
        ],
        links: vec![LinkFinding {
            start: 52,
            end: 67,
            host: "vcb-xacthuc.top".into(),
            verdict: LinkVerdict::Suspicious,
            reasons: vec![LinkReason::LookalikeBrand, LinkReason::RiskyEnding],
            brand: Some("Vietcombank".into()),
        }],
        turn: None,
        language: Language::Vi,
        advice: Vec::new(),
        model: "0".into(),
    }
}

fn reader(lang: Lang, audience: Audience, age: AgeBand) -> Reader {
    let now = Moment::local(Date::parse("2026-11-25").unwrap(), 15, 0);
    Reader { lang, asker: Asker { audience, age }, province: None, now }
}

fn everybody() -> impl Iterator<Item = Reader> {
    Lang::ALL.iter().flat_map(|&lang| {
        Audience::ALL.iter().flat_map(move |&audience| AgeBand::ALL.iter().map(move |&age| reader(lang, audience, age)))
    })
}

fn herself(lang: Lang) -> Reader {
    reader(lang, Audience::Self_, AgeBand::Unknown)
}

#[test]
fn her_words_are_marked_and_explained() {
    let directory = Directory::shipped();
    let g = Guidance::new(TEXT, &assessment(), &herself(Lang::Vi), &directory);
    assert_eq!(g.pieces[0], Piece::Marked("Gửi 2 triệu".into(), vec![1]));
    assert_eq!(g.pieces[2], Piece::Marked("không tao <tung> ảnh".into(), vec![2]));
    assert_eq!(g.signs.len(), 3);
    let page = html::result(&g).into_string();
    assert!(page.contains("không tao &lt;tung&gt; ảnh"), "her words are escaped");
    for number in 1..=3 {
        assert!(
            page.contains(&format!("popovertarget=\"sign-{number}\""))
                && page.contains(&format!("id=\"sign-{number}\""))
        );
    }
    assert!(!page.contains("href=\"vcb") && !page.contains("href=\"http://vcb"), "a link is never made clickable");
    assert!(page.contains("nhưng không phải trang của họ"), "the reason of a link is said");
}

#[test]
fn every_harm_gives_steps_and_helpers_to_everybody() {
    let directory = Directory::shipped();
    for &harm in Harm::ALL {
        for &urgency in Urgency::ALL {
            let found = Assessment {
                harms: vec![HarmFinding { code: harm, probability: 0.9 }],
                urgency: Some(urgency),
                ..assessment()
            };
            for reader in everybody() {
                let g = Guidance::new(TEXT, &found, &reader, &directory);
                assert!(!g.todo.is_empty(), "{harm} {urgency} {reader:?}: nothing to do");
                assert!(!g.helpers.is_empty() || !g.emergency.is_empty(), "{harm} {urgency} {reader:?}: nobody helps");
                assert!(g.leave.iter().all(|s| s.kind == StepKind::Dont));
                assert_eq!(g.is_danger(), g.urgency.as_ref().unwrap().code == Urgency::Now);
                assert!(!g.is_danger() || g.emergency.iter().any(|h| h.service.id == "113"), "{harm} {reader:?}");
            }
        }
    }
}

#[test]
fn nothing_says_safe_and_no_figure_of_probability_is_shown() {
    let directory = Directory::shipped();
    for &lang in Lang::ALL {
        for &result in ResultKind::ALL {
            let quiet = Assessment {
                result,
                harms: Vec::new(),
                urgency: None,
                speaker: None,
                tactics: Vec::new(),
                benign_kind: (result == ResultKind::BenignLookalike).then_some(BenignKind::GenuineNotice),
                ..assessment()
            };
            let page = html::result(&Guidance::new(TEXT, &quiet, &herself(lang), &directory)).into_string();
            let headline = page.split("</header>").next().unwrap().to_lowercase();
            assert!(!headline.contains("an toàn") && !headline.contains("safe"), "{headline}");
        }
        let page = html::result(&Guidance::new(TEXT, &assessment(), &herself(lang), &directory)).into_string();
        assert!(!page.contains("0.91") && !page.contains("91%"), "no percentage");
    }
}

#[test]
fn an_acute_harm_of_a_child_is_for_today_at_least() {
    let directory = Directory::empty();
    let slow = Assessment { urgency: Some(Urgency::Soon), ..assessment() };
    let child = reader(Lang::Vi, Audience::Self_, AgeBand::From12To15);
    let urgency = |reader| Guidance::new(TEXT, &slow, &reader, &directory).urgency.unwrap().code;
    assert_eq!(urgency(child), Urgency::Today);
    assert_eq!(urgency(reader(Lang::Vi, Audience::Self_, AgeBand::From25To59)), Urgency::Soon);
    let now = Assessment { urgency: Some(Urgency::Now), ..assessment() };
    assert_eq!(Guidance::new(TEXT, &now, &child, &directory).urgency.unwrap().code, Urgency::Now);
}

#[test]
fn danger_puts_the_numbers_first() {
    let directory = Directory::shipped();
    let now = Assessment { urgency: Some(Urgency::Now), ..assessment() };
    let g = Guidance::new(TEXT, &now, &herself(Lang::En), &directory);
    assert!(g.emergency.iter().any(|h| h.service.id == "113"));
    let page = html::result(&g).into_string();
    assert!(page.find("tel:113").unwrap() < page.find("id=\"steps\"").unwrap());
}

#[test]
fn who_tells_is_believed() {
    let directory = Directory::empty();
    let told = Assessment { speaker: Some(Speaker::Harmed), ..assessment() };
    let g = Guidance::new(TEXT, &told, &herself(Lang::Vi), &directory);
    assert!(g.line.contains("Lỗi không ở bạn") && g.lead.starts_with("Chuyện"));
    let friend = Guidance::new(TEXT, &told, &reader(Lang::Vi, Audience::Friend, AgeBand::Unknown), &directory);
    assert!(friend.line.contains("kẻ làm hại"));
}

#[test]
fn what_cannot_be_read_is_said_in_her_language() {
    for error in [InputError::Empty, InputError::TooLong { limit: 1 }, InputError::NotText] {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| html::error(&error, lang).into_string());
        assert!(vi.contains("lang=\"vi\"") && en.contains("lang=\"en\"") && vi != en);
        assert!(vi.contains(&format!("data-error=\"{}\"", error.code())));
    }
}

#[test]
fn the_terminal_says_the_same() {
    let directory = Directory::shipped();
    let g = Guidance::new(TEXT, &assessment(), &herself(Lang::En), &directory);
    let text = plain::result(&g);
    assert!(text.contains(Harm::Sextortion.name(Lang::En)) && text.contains("vcb-xacthuc.top"));
    for step in &g.todo {
        assert!(text.contains(step.step.text(Lang::En)));
    }
}

#[test]
fn whoever_tells_and_is_not_understood_is_heard_all_the_same() {
    let directory = Directory::shipped();
    for reader in everybody() {
        for (result, heard) in [(ResultKind::NoneKnown, 1), (ResultKind::BenignLookalike, 1), (ResultKind::Unsure, 0)] {
            let benign_kind = (result == ResultKind::BenignLookalike).then_some(BenignKind::Family);
            let nothing = Assessment { result, benign_kind, harms: vec![], urgency: None, ..assessment() };
            let g = Guidance::new(TEXT, &nothing, &reader, &directory);
            assert_eq!(html::result(&g).into_string().matches("data-told").count(), heard);
            assert!(heard == 0 || (plain::result(&g).contains(g.if_it_happened().unwrap()) && !g.helpers.is_empty()));
        }
    }
}
