//! A lesson as the page plays it.

use super::*;
use serde_json::json;

const LESSON: &str = r#"{"id":"x","step":[
    {"kind":"spot","from":"Bank","text":"Hurry, {deadline|15 minutes}!","why":{"deadline":"To rush you."}},
    {"kind":"write","text":"What do you write?","roads":[{"words":{"en":["no"]},"to":"Good."},{"shows":["fear"],"to":"We hear you."}],"otherwise":"Well."},
    {"kind":"chat","chat":"hi"},
    {"kind":"sort","text":"Where?","baskets":["Mine","Ours"],"things":[{"text":"Code","basket":0,"why":"."},{"text":"Ball","basket":1,"why":"."}]}],
  "chats":[{"id":"hi","title":"Hi","ages":"9-11","minutes":5,"harms":[],"competences":["2.1"],"place":"a game","with":"Bin","opening":"Somebody writes.","start":"a","scene":[
    {"id":"a","says":[{"text":"Where do you live?"}],"choices":[{"text":"Ask why","move":"ask","to":"b"},{"text":"Bye","move":"leave","to":"b"}],
     "own":{"ask":"What do you write?","roads":[{"words":{"en":["no"]},"to":"c"}],"otherwise":"b"}},
    {"id":"b","ending":"mixed","title":"So so","text":"Well."},
    {"id":"c","ending":"better","title":"Yours","text":"It stays yours."}]}]}"#;

fn tutor() -> Tutor {
    Tutor::new(LESSON).unwrap()
}

#[test]
fn a_lesson_is_walked_with_choices_words_and_a_chat() {
    let mut tutor = tutor();
    assert_eq!(tutor.pieces(), r#"[["Hurry, "],["15 minutes","deadline"],["!"]]"#);
    assert_eq!(tutor.answer(r#"{"tapped":{"marked":[0],"others":0}}"#).unwrap(), "right");
    assert!(tutor.go_on());
    assert_eq!(tutor.reads("No!", "[]").unwrap(), 0);
    assert_eq!(tutor.reads("hmm", r#"["fear","unheard_of"]"#).unwrap(), 1);
    assert_eq!(tutor.reads("hmm", "rubbish").unwrap(), -1);
    assert_eq!(tutor.answer(r#""done""#).unwrap(), "done");
    tutor.go_on();
    tutor.write("no no", "[]").unwrap();
    assert_eq!(tutor.scene().unwrap(), "c", "her own words change the branch");
    assert!(tutor.rewind() && !tutor.rewind());
    tutor.choose(0).unwrap();
    assert_eq!((tutor.scene().unwrap(), tutor.trail()), ("b".into(), r#"[{"from":"a","by":{"choice":0}}]"#.into()));
    assert_eq!(tutor.answer(r#"{"ended":"mixed"}"#).unwrap(), "partly");
    tutor.go_on();
    assert_eq!(tutor.answer(r#"{"sorted":[1,0]}"#).unwrap(), "not_yet");
    assert!(tutor.go_on() && !tutor.go_on());
    assert_eq!((tutor.score(), tutor.missed()), (r#"{"points":3,"of":6}"#.into(), vec![2, 3]));
    tutor.go_to(2);
    assert_eq!(tutor.scene().unwrap(), "a", "met again, the chat begins anew");
}

#[test]
fn what_does_not_fit_is_told_and_changes_nothing() {
    let mut tutor = tutor();
    assert!(tutor.scene().is_err() && tutor.choose(0).is_err() && tutor.reads("no", "[]").is_err());
    assert_eq!(tutor.answer(r#"{"chosen":0}"#).unwrap_err().code, "answer");
    assert!(!tutor.answer(r#""secret words""#).unwrap_err().message.contains("secret"), "no word of hers in an error");
    tutor.go_to(2);
    assert_eq!(tutor.write("  ", "[]").unwrap_err().code, "empty");
    assert_eq!(tutor.choose(9).unwrap_err().code, "answer");
    assert_eq!(tutor.outcomes(), "[null,null,null,null]");
    assert_eq!(Tutor::new("{}").map(|_| ()).unwrap_err().code, "content");
    let foreign = Tutor::new(r#"{"step":[]}"#).unwrap();
    assert_eq!(tutor.resume(&foreign).unwrap_err().code, "state");
}

#[test]
fn the_language_is_changed_on_the_way() {
    let mut before = tutor();
    before.go_to(2);
    before.choose(1).unwrap();
    let mut after = tutor();
    after.resume(&before).unwrap();
    assert_eq!((after.at(), after.scene().unwrap()), (2, "b".into()));
}

#[test]
fn boxes_come_back_as_they_were_kept() {
    let mut boxes = Boxes::new("");
    boxes.missed("codes-are-keys", 3, 100);
    let mut kept = Boxes::new(&boxes.kept());
    assert_eq!((kept.due(100).as_str(), kept.count()), ("[]", 1));
    assert_eq!(kept.due(101), r#"[{"of":"codes-are-keys","step":3}]"#);
    kept.met("codes-are-keys", 3, true, 101);
    assert_eq!(kept.due(101), "[]");
}

#[test]
fn every_lesson_that_is_built_in_can_be_played_to_each_ending() {
    let library = learn::content::Library::shipped();
    for kept in &library.chats {
        let pack = learn::content::Pack::of_chat(&kept.content, library, vocabulary::Lang::Vi);
        let mut tutor = Tutor::new(&json!(pack).to_string()).unwrap();
        for (scene, way) in learn::play::ways(&kept.content) {
            tutor.restart();
            for number in way {
                tutor.choose(number).unwrap();
            }
            assert_eq!(tutor.scene().unwrap(), scene, "{}", pack.id);
            for (number, road) in kept.content.scene(scene).unwrap().own.iter().flat_map(|own| &own.roads).enumerate() {
                let Some(words) = road.words.vi.first() else { continue };
                tutor.write(words, "[]").unwrap();
                let wanted = kept.content.scene(scene).unwrap().own.as_ref().unwrap();
                let taken = taken(&wanted.roads, words, &[]).unwrap();
                assert_eq!(tutor.scene().unwrap(), wanted.roads[taken].to, "{}: {number}", pack.id);
                tutor.rewind();
            }
        }
    }
    for kept in &library.lessons {
        let pack = learn::content::Pack::of_lesson(&kept.content, library, vocabulary::Lang::En);
        let mut tutor = Tutor::new(&json!(pack).to_string()).unwrap();
        assert_eq!(tutor.content.steps.len(), kept.content.steps.len());
        while tutor.go_on() {}
        assert_eq!(tutor.at(), pack.steps.len());
    }
}
