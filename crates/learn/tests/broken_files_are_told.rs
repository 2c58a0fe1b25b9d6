//! An author makes every mistake once: each is told with file, place and remedy, in both languages.

mod common;
use common::{LESSON, broken_chat, broken_items, broken_lesson, chat, items, wrong};
use learn::check::What;

#[test]
fn nothing_is_wrong_with_good_files() {
    let (chat, items) = (chat(), items());
    let files = [("chats/good.toml", &*chat), ("lessons/good.toml", LESSON), ("items/9-11.toml", &*items)];
    assert_eq!(wrong(&files), []);
}

#[test]
fn grammar_and_unknown_codes_are_told_with_their_line() {
    let found = broken_lesson("minutes = 6", "minutes = ", What::Unread);
    assert_eq!(found.line, Some(4), "{found:?}");
    let found = broken_lesson("harms = [\"prize_scam\"]", "harms = [\"prise_scam\"]", What::Unread);
    assert!(
        found.line == Some(5) && found.vi.contains("prise_scam") && found.vi.contains("không phải là mã"),
        "{found:?}"
    );
    let found = broken_lesson("picture = \"lantern\"", "picture = \"lamp\"", What::Unread);
    assert!(found.vi.contains("chọn một trong: `lantern`"), "{found:?}");
    let found = broken_lesson("competences = [\"4.2\"]", "competences = [\"4.9\"]", What::Unread);
    assert!(found.en.contains("4.9"), "{found:?}");
    let found = broken_lesson("aim = ", "goal = ", What::Unread);
    assert!(found.vi.starts_with("không có mục tên `goal`"), "{found:?}");
    let found = broken_lesson("aim = { vi = \"Mình biết hỏi lại.\", en = \"I can ask back.\" }\n", "", What::Unread);
    assert!(found.vi.starts_with("thiếu mục `aim`"), "{found:?}");
    let found = broken_lesson("good = true", "good = \"yes\"", What::Unread);
    assert!(found.vi.starts_with("sai kiểu") && found.line.is_some_and(|line| (10..20).contains(&line)), "{found:?}");
    let found = broken_lesson("kind = \"order\"", "kind = \"ordre\"", What::Unread);
    assert!(found.en.contains("ordre"), "{found:?}");
    let found = broken_chat("move = \"refuse\"", "move = \"refuze\"", What::Unread);
    assert!(found.en.contains("refuze"), "{found:?}");
}

#[test]
fn a_file_in_the_wrong_place_or_of_another_name_is_told() {
    let found = wrong(&[("lesons/good.toml", LESSON)]);
    assert_eq!(found[0].what, What::Folder);
    broken_lesson("id = \"good\"", "id = \"other\"", What::Name);
}

#[test]
fn a_policy_in_one_language_is_told() {
    let found = wrong(&[("policies/plan.vi.md", "# Kế hoạch\n\nLàm gì."), ("policies/odd.md", "# Odd")]);
    let told: Vec<_> = found.iter().map(|one| (one.file.as_str(), one.what)).collect();
    assert_eq!(told, [("policies/odd.md", What::Name), ("policies/plan.en.md", What::Translation)]);
}

#[test]
fn a_missing_translation_is_told_with_its_place() {
    let found = broken_lesson("en = \"Tell\"", "en = \"\"", What::Translation);
    assert_eq!(found.place.en, "step 4 › baskets 1");
    assert!(found.line.is_some());
    let found = broken_chat("vi = \"Quà số 3 nè.\", ", "", What::Translation);
    assert!(found.place.en.starts_with("scene s3") && found.en.starts_with("Vietnamese"), "{found:?}");
}

#[test]
fn a_chat_that_leads_nowhere_is_told() {
    let found = broken_chat("to = \"s4\"", "to = \"s44\"", What::Lost);
    assert_eq!(found.place.en, "scene s3");
    broken_chat("start = \"s1\"", "start = \"s0\"", What::Lost);
    // Scene 5 is left out on the way.
    assert_eq!(broken_chat("to = \"s5\"", "to = \"s6\"", What::Unreachable).place.en, "scene s5");
    broken_chat("ending = \"mixed\"\n", "", What::DeadEnd);
}

#[test]
fn a_circle_without_a_way_out_is_told() {
    let round = chat()
        .replace("to = \"end-good\"", "to = \"s8\"")
        .replace("move = \"ask\", to = \"end-bad\"", "move = \"ask\", to = \"s9\"")
        .replace("move = \"ask\", to = \"end-mixed\"", "move = \"ask\", to = \"s9\"");
    let found = wrong(&[("chats/good.toml", &round)]);
    let told = found.iter().any(|one| one.what == What::NoWayOut && one.place.en == "scene s8");
    assert!(told, "{found:#?}");
    assert!(found.iter().any(|one| one.what == What::Unreachable && one.place.en == "scene end-good"));
}

#[test]
fn a_scene_from_which_all_goes_badly_is_told() {
    let found = wrong(&[(
        "chats/good.toml",
        &chat()
            .replace("to = \"end-good\"", "to = \"end-bad\"")
            .replace("move = \"ask\", to = \"end-mixed\"", "move = \"ask\", to = \"end-bad\""),
    )]);
    assert!(found.iter().any(|one| one.what == What::NoGoodEnding && one.place.en == "scene s9"), "{found:#?}");
}

#[test]
fn an_ending_that_goes_on_or_says_nothing_is_told() {
    broken_chat("title = { vi = \"Kết end-bad\", en = \"End end-bad\" }\n", "", What::Ending);
    let more =
        "ending = \"worse\"\nchoices = [ { text = { vi = \"Đi\", en = \"Go\" }, move = \"leave\", to = \"s1\" } ]";
    broken_chat("ending = \"worse\"", more, What::Ending);
}

#[test]
fn roads_that_are_never_taken_are_told() {
    let hidden = "{ words = { vi = [\"không\"], en = [\"no\"] }, to = \"s2\" },\n  { words = { vi = [\"không sao\"], en = [\"no problem\"] }, to = \"s3\" },";
    broken_chat("{ words = { vi = [\"không\"], en = [\"no\"] }, to = \"s2\" },", hidden, What::Road);
    broken_chat("vi = [\"không\"]", "vi = [\" \"]", What::Road);
    broken_chat("{ gives = [\"phone\"], to = \"end-bad\" }", "{ to = \"end-bad\" }", What::Road);
    let found =
        broken_lesson("words = { vi = [\"không\"], en = [\"no\"] }", "words = { vi = [\"không\"] }", What::Road);
    assert_eq!(found.place.en, "step 8 (write) › roads 2");
}

#[test]
fn what_is_too_little_or_too_much_is_told() {
    broken_lesson("minutes = 6", "minutes = 40", What::Count);
    broken_lesson(
        "[[step]]\nkind = \"choose\"",
        "[[step]]\nkind = \"tell\"\ntext = { vi = \"Nữa nè.\", en = \"More.\" }\n\n[[step]]\nkind = \"choose\"",
        What::Count,
    );
    broken_chat("\n[[scene]]\nid = \"s9\"", "\n[[scene]]\nid = \"s8\"", What::Name);
}

#[test]
fn a_question_without_a_good_answer_is_told() {
    broken_lesson("good = true", "good = false", What::Answer);
    broken_items("good = true", "good = false", What::Answer);
    broken_lesson("basket = 1, why = { vi = \"Vui mà.\"", "basket = 5, why = { vi = \"Vui mà.\"", What::Lost);
}

#[test]
fn a_spot_whose_marks_do_not_match_is_told() {
    broken_lesson("{deadline|trong 5 phút}", "trong 5 phút", What::Mark);
    broken_lesson("{deadline|trong 5 phút}", "{dedline|trong 5 phút}", What::Mark);
    broken_lesson(
        "why = { prize_claim = { vi = \"Bạn đâu có chơi.\", en = \"You didn't play.\" }, ",
        "why = { ",
        What::Mark,
    );
}

#[test]
fn a_harm_that_is_not_for_this_age_is_told() {
    let found = broken_lesson("harms = [\"prize_scam\"]", "harms = [\"trafficking\"]", What::Audience);
    assert!(found.vi.contains("12-14"), "{found:?}");
    broken_items("harms = [\"prize_scam\"]", "harms = [\"investment_scam\"]", What::Audience);
}

#[test]
fn a_chat_for_older_ones_inside_a_lesson_is_told() {
    let (chat, lesson) = (chat().replace("ages = \"9-11\"", "ages = \"15-17\""), LESSON);
    let found = wrong(&[("chats/good.toml", &chat), ("lessons/good.toml", lesson)]);
    assert!(found.iter().any(|one| one.what == What::Audience && one.file == "lessons/good.toml"), "{found:#?}");
    broken_lesson("chat = \"good\"", "chat = \"gone\"", What::Lost);
}

#[test]
fn words_that_are_too_hard_are_told() {
    let long = "Những phương thức thao túng tâm lý nghiêm trọng thường xuyên khiến chúng mình thương tổn nghiêm trọng trong khoảng thời gian trưởng thành";
    let hard = LESSON.replace("Ai cũng có thể bị lừa.", &format!("{long}. {long} nghiêng.").repeat(3));
    let found = wrong(&[("lessons/good.toml", &hard), ("chats/good.toml", &chat())]);
    assert!(found.iter().filter(|one| one.what == What::Reading).count() >= 1, "{found:#?}");
}

#[test]
fn a_lesson_that_was_copied_is_told() {
    let copy = LESSON.replace("id = \"good\"", "id = \"copy\"");
    let chat = chat();
    let found = wrong(&[("lessons/good.toml", LESSON), ("lessons/copy.toml", &copy), ("chats/good.toml", &chat)]);
    assert_eq!(found.iter().filter(|one| one.what == What::Same).count(), 1, "{found:#?}");
}

#[test]
fn a_good_answer_that_its_length_gives_away_is_told() {
    broken_items("vi = \"Hỏi mẹ\"", "vi = \"Hỏi mẹ hoặc một người lớn mà bạn tin\"", What::Length);
    let always = items().replace("Hỏi mẹ", "Hỏi mẹ nhé").replace("Gửi bạn bè", "Gửi đi").replace("Ask Mum", "Ask");
    let found = wrong(&[("items/9-11.toml", &always)]);
    assert!(found.iter().any(|one| one.what == What::Length && one.vi.contains("12 trong 12")), "{found:#?}");
}

#[test]
fn twins_that_do_not_match_are_told() {
    broken_items("twin = \"q1-b\"", "twin = \"q2-b\"", What::Twin);
    broken_items("twin = \"q1-b\"\n", "", What::Twin);
    broken_items("competences = [\"4.2\"]", "competences = [\"6.1\"]", What::Twin);
    broken_items("form = \"a\"\ntwin = \"q1-b\"", "form = \"practice\"", What::Twin);
}

#[test]
fn a_plan_that_does_not_add_up_is_told() {
    let plan = r#"
[plan]
minutes = 45
aims = [ { vi = "Biết hỏi.", en = "Can ask." } ]
before = { vi = "Giấy.", en = "Paper." }
phases = [ { minutes = 40, title = { vi = "Làm", en = "Do" }, text = { vi = "Cả lớp làm.", en = "All do it." } } ]
questions = [ { vi = "Vì sao?", en = "Why?" }, { vi = "Khi nào?", en = "When?" }, { vi = "Ai?", en = "Who?" } ]
worksheet = { vi = "____", en = "____ " }
disclosure = { vi = "Hãy nghe.", en = "Listen." }
"#;
    let (lesson, chat) = (format!("{LESSON}{plan}"), chat());
    let found = wrong(&[("lessons/good.toml", &lesson), ("chats/good.toml", &chat)]);
    assert_eq!(found.iter().map(|one| one.what).collect::<Vec<_>>(), [What::Plan], "{found:#?}");
}
