//! What is built in: nothing is wrong with it, every ending of every chat is lived through, and each file reaches the
//! browser in either language.

use learn::{
    Gives,
    check::check,
    content::{Chat, Lesson, Library, Step},
    gives,
    lesson::{Answer, Outcome, Walk, judge},
    play::{By, Play, ways},
    taken,
};
use vocabulary::Lang;

#[test]
fn nothing_is_wrong_with_it() {
    let (library, mut findings) = Library::read(Library::shipped_files());
    findings.extend(check(&library));
    let said: Vec<_> = findings.iter().map(|finding| finding.say(Lang::En)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert!(!library.chats.is_empty() && !library.lessons.is_empty() && !library.items.is_empty());
}

#[test]
fn each_ending_of_each_chat_is_reached_through_its_own_choices() {
    let mut endings = 0;
    for kept in &Library::shipped().chats {
        let chat = &kept.content;
        let ways = ways(chat);
        let mut seen = std::collections::BTreeSet::new();
        for scene in chat.scenes.iter().filter(|scene| scene.ending.is_some()) {
            let way =
                ways.get(scene.id.as_str()).unwrap_or_else(|| panic!("{}: {} isn't reached", kept.file, scene.id));
            let mut play = Play::begin(chat);
            for choice in way {
                assert_eq!(play.ending(chat), None, "{}: ends before {}", kept.file, scene.id);
                play.choose(chat, *choice).unwrap();
            }
            assert_eq!(play.scene(chat).unwrap().id, scene.id, "{}", kept.file);
            assert_eq!(play.ending(chat), scene.ending);
            assert_eq!(play.moves(chat).len(), way.len());
            assert!(play.choose(chat, 0).is_err(), "an ending ends");
            assert!(seen.insert(way.clone()), "{}: {} by the same choices as another ending", kept.file, scene.id);
            while play.rewind() {}
            assert_eq!(play, Play::begin(chat));
            endings += 1;
        }
    }
    assert!(endings > 0);
}

/// What she writes in her own words changes the branch: each road is taken by something, in both languages.
#[test]
fn each_road_is_taken_by_some_words() {
    for kept in &Library::shipped().chats {
        for lang in Lang::ALL {
            let chat = kept.content.in_language(*lang);
            for scene in &chat.scenes {
                let Some(own) = &scene.own else { continue };
                for (number, road) in own.roads.iter().enumerate() {
                    let phrases = road.words.all().map(str::to_owned);
                    let given = road.gives.iter().map(|what| example(*what).to_owned());
                    let shown = road.shows.iter().any(|tactic| taken(&own.roads, "…", &[*tactic]) == Some(number));
                    let said: Vec<String> = phrases.chain(given).collect();
                    let written = said.iter().find(|said| taken(&own.roads, said, &[]) == Some(number));
                    assert!(
                        written.is_some() || shown,
                        "{}: {}: no words take road {} ({}): {said:?}",
                        kept.file,
                        scene.id,
                        number + 1,
                        lang.code()
                    );
                    let mut play = Play::begin(&chat);
                    assert!(play.go(&chat, By::Own(Some(usize::MAX))).is_err());
                    if let (Some(said), Some(way)) = (written, ways(&chat).get(scene.id.as_str())) {
                        for choice in way {
                            play.choose(&chat, *choice).unwrap();
                        }
                        play.write(&chat, said, &[]).unwrap();
                        assert_eq!(play.scene(&chat).unwrap().id, road.to);
                    }
                }
            }
        }
    }
}

fn example(what: Gives) -> &'static str {
    let said = match what {
        Gives::Phone => "0912 345 678",
        Gives::Address => "nhà ở số 12 đường Trần Phú",
        Gives::School => "học trường Lê Lợi",
        Gives::Otp => "482 019",
        Gives::Password => "conga123",
        Gives::Picture => "để em gửi ảnh",
        Gives::Money => "em chuyển 500k rồi",
        Gives::Name => "mình tên là Lan",
        Gives::IdDocument => "042312345678",
    };
    assert!(gives(said).contains(&what), "{said}");
    said
}

#[test]
fn everything_reaches_the_browser_in_either_language() {
    for lang in Lang::ALL {
        for kept in &Library::shipped().chats {
            let json = serde_json::to_string(&kept.content.in_language(*lang)).unwrap();
            let back: Chat<String> = serde_json::from_str(&json).unwrap();
            assert_eq!(back.title, kept.content.title.pick(*lang));
            assert_eq!(back.scenes.len(), kept.content.scenes.len());
            assert!(!json.contains(lang.pick("\"en\":", "\"vi\":")), "{}: one language only", kept.file);
        }
        for kept in &Library::shipped().lessons {
            let json = serde_json::to_string(&kept.content.in_language(*lang)).unwrap();
            let back: Lesson<String> = serde_json::from_str(&json).unwrap();
            assert_eq!(back.aim, kept.content.aim.pick(*lang));
            assert_eq!(back.steps.len(), kept.content.steps.len());
            assert!(back.plan.is_none(), "the plan is the teacher's");
        }
        for kept in &Library::shipped().items {
            assert_eq!(kept.content.in_language(*lang).items.len(), kept.content.items.len());
        }
        for kept in &Library::shipped().modules {
            assert_eq!(kept.content.in_language(*lang).leaf, kept.content.leaf.pick(*lang));
        }
    }
}

#[test]
fn each_lesson_can_be_done_without_a_mistake() {
    let steps = Library::shipped().lessons.iter().map(|kept| (&kept.file, &kept.content.steps));
    let modules = Library::shipped().modules.iter().map(|kept| (&kept.file, &kept.content.steps));
    for (file, steps) in steps.chain(modules) {
        let mut walk = Walk::begin(steps);
        for step in steps {
            let outcome = walk.answer(steps, &right(step)).unwrap();
            assert!(matches!(outcome, Outcome::Right | Outcome::Done), "{file}: {}", step.kind());
            walk.go_on();
        }
        assert!(walk.is_over() && walk.missed().next().is_none());
        let score = walk.score();
        assert!(score.of > 0 && score.points == score.of, "{file}: {score:?}");
    }
}

fn right(step: &Step<learn::content::Text>) -> Answer {
    match step {
        Step::Tell { .. } | Step::Settings { .. } | Step::Write { .. } | Step::Reflect { .. } => Answer::Done,
        Step::Choose { answers, .. } => Answer::Chosen(answers.iter().position(|answer| answer.good).unwrap()),
        Step::Spot { .. } => {
            let all = (1..9).map(|many| Answer::Tapped { marked: (0..many).collect(), others: 0 });
            all.into_iter().find(|answer| judge(step, answer) == Ok(Outcome::Right)).unwrap()
        }
        Step::Sort { things, .. } => Answer::Sorted(things.iter().map(|thing| thing.basket).collect()),
        Step::Order { things, .. } => Answer::Ordered((0..things.len()).collect()),
        Step::Chat { .. } => Answer::Ended(learn::Ending::Better),
    }
}
