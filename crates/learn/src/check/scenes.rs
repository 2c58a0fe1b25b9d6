//! Chats: every way leads on, and out.

use super::{What, finding::Findings};
use crate::{
    Ending,
    content::{Chat, Road, Scene},
    play,
    roads::taken,
};
use std::collections::{HashMap, HashSet};
use vocabulary::Lang;

pub(super) fn check(chat: &Chat, found: &mut Findings) {
    found.count(None, "scene", ["cảnh", "scenes"], chat.scenes.len(), [12, usize::MAX]);
    let mut places = HashMap::new();
    for (at, scene) in chat.scenes.iter().enumerate() {
        if places.insert(scene.id.as_str(), at).is_some() {
            found.at(
                Some(at),
                &name(scene),
                What::Name,
                "hai cảnh trùng tên: hãy đổi tên một cảnh",
                "two scenes have this name: rename one",
            );
        }
    }
    if !places.contains_key(chat.start.as_str()) {
        found.at(
            None,
            "start",
            What::Lost,
            format!("không có cảnh đầu `{}`", chat.start),
            format!("there is no first scene `{}`", chat.start),
        );
    }
    let mut owns = 0;
    for (at, scene) in chat.scenes.iter().enumerate() {
        one(at, scene, &places, found);
        owns += usize::from(scene.own.is_some());
    }
    found.count(
        None,
        "own",
        ["cảnh cho viết bằng lời của mình", "scenes that ask for own words"],
        owns,
        [2, usize::MAX],
    );
    for lang in Lang::ALL {
        roads_of(&chat.in_language(*lang), *lang, found);
    }
    endings(chat, found);
    ways(chat, found);
}

fn name<T>(scene: &Scene<T>) -> String {
    format!("scene {}", scene.id)
}

fn one(at: usize, scene: &Scene<crate::content::Text>, places: &HashMap<&str, usize>, found: &mut Findings) {
    let (section, name) = (Some(at), name(scene));
    for to in scene.leads().collect::<HashSet<_>>() {
        if !places.contains_key(to) {
            found.at(
                section,
                &name,
                What::Lost,
                format!("dẫn tới cảnh `{to}` không có trong tệp"),
                format!("leads to the scene `{to}`, which isn't in the file"),
            );
        }
    }
    if scene.ending.is_some() {
        if !scene.choices.is_empty() || scene.own.is_some() {
            found.at(
                section,
                &name,
                What::Ending,
                "đoạn kết mà vẫn còn lựa chọn: hãy bỏ lựa chọn hoặc bỏ `ending`",
                "an ending goes on: take out its choices, or `ending`",
            );
        }
        if scene.title.is_none() || scene.text.is_none() {
            found.at(
                section,
                &name,
                What::Ending,
                "đoạn kết thiếu `title` hoặc `text`",
                "an ending lacks `title` or `text`",
            );
        }
    } else if scene.choices.is_empty() {
        found.at(
            section,
            &name,
            What::DeadEnd,
            "ngõ cụt: cảnh không có lựa chọn nào và không phải đoạn kết",
            "dead end: the scene has no choice and is no ending",
        );
    } else {
        found.count(section, &name, ["lựa chọn", "choices"], scene.choices.len(), [2, 4]);
    }
}

/// Roads that can never be taken.
fn roads_of(chat: &Chat<String>, lang: Lang, found: &mut Findings) {
    for (at, scene) in chat.scenes.iter().enumerate() {
        if let Some(own) = &scene.own {
            roads(&own.roads, lang, Some(at), &name(scene), found);
        }
    }
}

/// Roads of one language: each has a sign, each phrase a word, and none is hidden behind an earlier one.
pub(super) fn roads<To>(list: &[Road<To>], lang: Lang, section: Option<usize>, name: &str, found: &mut Findings) {
    if list.is_empty() && lang == Lang::Vi {
        found.at(section, name, What::Road, "chưa có lối (roads) nào", "there is no road yet");
    }
    for (number, road) in list.iter().enumerate() {
        let name = format!("{name} › roads {}", number + 1);
        let phrases: Vec<&str> = road.words.all().collect();
        let bare = road.gives.is_empty() && road.shows.is_empty();
        if phrases.is_empty() && bare {
            found.at(
                section,
                &name,
                What::Road,
                format!("lối này chưa có dấu hiệu nào ({}): hãy thêm words, gives hoặc shows", lang.code()),
                format!("this road has no sign ({}): add words, gives or shows", lang.code()),
            );
            continue;
        }
        if let Some(empty) = phrases.iter().find(|phrase| phrase.trim().is_empty()) {
            found.at(
                section,
                &name,
                What::Road,
                format!("“{empty}” trống nên không bao giờ khớp"),
                format!("“{empty}” is empty, so that it never matches"),
            );
        }
        // Its own signs are tried alone, each as if it were all that was written.
        let reached = |phrase: &&str| taken(list, phrase, &[]) == Some(number);
        if bare && !phrases.is_empty() && !phrases.iter().any(reached) {
            found.at(
                section,
                &name,
                What::Road,
                format!("không bao giờ đi được lối này: lối trước đã đón hết các từ ({})", lang.code()),
                format!("this road is never taken: earlier ones catch all of its words ({})", lang.code()),
            );
        }
    }
}

fn endings(chat: &Chat, found: &mut Findings) {
    let all: Vec<Ending> = chat.scenes.iter().filter_map(|scene| scene.ending).collect();
    found.count(None, "ending", ["đoạn kết", "endings"], all.len(), [3, usize::MAX]);
    let kinds: HashSet<Ending> = all.into_iter().collect();
    found.count(None, "ending", ["loại đoạn kết", "kinds of endings"], kinds.len(), [2, usize::MAX]);
}

fn ways(chat: &Chat, found: &mut Findings) {
    let by_choice = play::ways(chat);
    let mut reached: HashSet<&str> = HashSet::new();
    let mut next = vec![chat.start.as_str()];
    while let Some(id) = next.pop() {
        if reached.insert(id)
            && let Some(scene) = chat.scene(id)
        {
            next.extend(scene.leads());
        }
    }
    let out = leads_to(chat, |scene| scene.ending.is_some());
    let good = leads_to(chat, |scene| matches!(scene.ending, Some(Ending::Better | Ending::Mixed)));
    for (at, scene) in chat.scenes.iter().enumerate() {
        let id = scene.id.as_str();
        let (what, vi, en) = if !reached.contains(id) {
            (What::Unreachable, "không lối nào dẫn tới cảnh này", "no way leads to this scene")
        } else if scene.ending.is_some() && !by_choice.contains_key(id) {
            (
                What::Unreachable,
                "chỉ tới được đoạn kết này bằng lời tự viết: ai không gõ được sẽ không bao giờ gặp; hãy thêm một lựa chọn",
                "only own words lead to this ending: who can't write never meets it; add a choice",
            )
        } else if scene.ending.is_some() || scene.choices.is_empty() {
            continue;
        } else if !out.contains(id) {
            (
                What::NoWayOut,
                "đi vòng mãi: từ đây không tới được đoạn kết nào",
                "goes round for ever: from here no ending is reached",
            )
        } else if !good.contains(id) {
            (
                What::NoGoodEnding,
                "từ đây không tới được đoạn kết better hay mixed: hãy mở một lối ra",
                "from here no better or mixed ending is reached: open a way out",
            )
        } else {
            continue;
        };
        found.at(Some(at), &name(scene), what, vi, en);
    }
}

/// The scenes from which one that is wanted can be reached.
fn leads_to<T>(chat: &Chat<T>, wanted: impl Fn(&Scene<T>) -> bool) -> HashSet<&str> {
    let mut good: HashSet<&str> = chat.scenes.iter().filter(|scene| wanted(scene)).map(|scene| &*scene.id).collect();
    loop {
        let before = good.len();
        for scene in &chat.scenes {
            if scene.leads().any(|to| good.contains(to)) {
                good.insert(&scene.id);
            }
        }
        if good.len() == before {
            return good;
        }
    }
}
