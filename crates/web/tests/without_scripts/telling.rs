//! The report.

use super::{ASK, Browser, STORY, later, world};
use serde_json::json;
use vocabulary::{AgeBand, EntryKind, Harm};

#[tokio::test]
async fn a_report_without_scripts_arrives_sealed_and_is_kept_nowhere_else() {
    let world = world().await;
    let mut her = Browser::new(&world);
    let first = her.get(ASK).await;
    assert!(first.text().contains("Bạn nhờ giúp cho ai?") && first.text().contains("niêm ngay trong bộ nhớ"));
    assert!(first.headers("set-cookie").is_empty(), "who only looks leaves nothing");
    let age = her.step("who", "next", &[("audience", "self")]).await.text();
    assert!(age.contains("Bạn bao nhiêu tuổi?"));
    her.step("age", "next", &[("age", "12_15"), ("language", "vi")]).await;
    her.step("danger", "next", &[("urgency", "today")]).await;
    her.step("relation", "next", &[("relation", "peer")]).await;
    let cards = her.step("place", "next", &[("province", "01"), ("sex", "female")]).await.text();
    assert!(cards.contains("Nơi line") && !cards.contains("checked"), "nobody is preselected: {cards}");
    let rules = her.step("organisations", "next", &[("organisation", "line"), ("knows-line", "no")]).await.text();
    assert!(rules.contains("Nơi line") && rules.contains("Báo 111"), "{rules}");
    her.step("rules", "next", &[]).await;
    her.step("story", "next", &[("story", STORY)]).await;
    let question = her.step("harm", "next", &[("harm", "sextortion")]).await.text();
    assert!(question.contains("bắt đầu từ khi nào"));
    let clear = her.step("q-since", "hurry", &[("q-since", "days")]).await.text();
    assert!(clear.contains("Điều gì để ngỏ") && clear.contains("Lời kể của bạn"));
    // Back to the story: it is still there.
    her.step("clear", "describe", &[("open", ""), ("open", "harm"), ("open", "age")]).await;
    assert!(her.get(ASK).await.text().contains(STORY));

    let picture: Vec<u8> = b"a picture of a chat 7241 ".repeat(40_000);
    assert!(!her.upload(ASK, "../../chat.png", &picture).await.text().contains("alert"));
    let files = her.get(ASK).await.text();
    assert!(files.contains("chat.png") && !files.contains("../"), "{files}");
    assert!(files.contains("Đừng gửi ảnh, clip nhạy cảm"), "a child is warned before the picker");
    assert!(!world.keeps(STORY.as_bytes()) && !world.keeps(b"chat 7241"), "before sending nothing open is kept");

    let words = her.sends().await;
    assert_eq!(words.len(), 10);
    let wrong = her.post(ASK, &[("go", "kept")]).await.text();
    assert!(wrong.contains("Từ số "));
    let wrong = her.post(ASK, &[("go", "check"), ("word-1", "nhầm"), ("word-2", "nhầm")]).await.text();
    assert!(wrong.contains("Chưa khớp"));
    let done = her.gives_back(&words).await;
    assert!(done.text().contains("Cảm ơn bạn đã kể") && her.cookies.is_empty());
    assert!(!her.get(ASK).await.text().contains("7241"), "all is forgotten");

    let id = world.inbox("line").await[0];
    assert!(world.inbox("school").await.is_empty() && world.inbox("union").await.is_empty());
    let case = world.store.case(id).await.unwrap();
    assert_eq!((case.facts.harm, case.facts.age), (Some(Harm::Sextortion), Some(AgeBand::From12To15)));
    assert_eq!((case.facts.province, case.facts.sex), (None, None), "what she closed is not in the clear");
    let read = world.reads("line", id).await;
    assert_eq!(read[0], (EntryKind::Story, json!({ "text": STORY })));
    let answers = read[1].1["answers"].as_array().unwrap();
    assert!(
        answers.contains(&json!({"question": "province", "choice": "01"})),
        "but those she chose are told: {answers:?}"
    );
    assert!(answers.contains(&json!({"question": "knows_offender:line", "choice": "no"})));
    assert!(answers.contains(&json!({"question": "since", "choice": "days"})));
    let about = &read[2].1;
    assert_eq!(
        (&about["name"], &about["role"], &about["size"]),
        (&json!("chat.png"), &json!("original"), &json!(picture.len()))
    );
    let (file, size) =
        world.store.open_file(id, "line", about["file"].as_str().unwrap().parse().unwrap()).await.unwrap();
    let sealed = file.read(0, size as usize).await.unwrap();
    let opened = seal::entry::open(&sealed, &world.identities("line", id).await[&0]).unwrap();
    assert_eq!(opened.content.as_slice(), picture);
    for canary in [STORY.as_bytes(), b"chat 7241", b"chat.png", words.join(" ").as_bytes(), b"AGE-SECRET-KEY"] {
        assert!(!world.keeps(canary), "{}", String::from_utf8_lossy(canary));
    }
}

#[tokio::test]
async fn another_cookie_shows_nothing_and_leaving_forgets() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &["line"]).await;
    let mut other = Browser::new(&world);
    other.cookies.insert(ASK.into(), "p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into());
    let shown = other.get(ASK).await.text();
    assert!(shown.contains("Bạn nhờ giúp cho ai?") && !shown.contains("7241"));
    let kept = her.cookies.clone();
    let left = her.get(&format!("{ASK}/leave")).await;
    assert!(left.header("location").starts_with("https://") && her.cookies.is_empty());
    her.cookies = kept;
    assert!(!her.get(ASK).await.text().contains("7241"), "the way back shows nothing");
}

#[tokio::test]
async fn a_draft_that_ran_out_loses_at_most_the_pages_before() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.step("who", "next", &[("audience", "self")]).await;
    later(casework::limits::DRAFT_SECONDS);
    let page = her.step("story", "next", &[("story", STORY)]).await.text();
    assert!(page.contains("không còn") && page.contains(STORY), "{page}");
    // And it goes on from there, under a fresh key.
    her.step("story", "next", &[("story", STORY)]).await;
    assert!(her.get(ASK).await.text().contains("Giống chuyện nào nhất?"));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_in_words_and_nothing_else_is_lost() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &["line"]).await;
    let most = casework::limits::PLAIN_FILE_BYTES as usize;
    let answer = her.upload(ASK, "film.mp4", &vec![7; most + 1]).await.text();
    assert!(answer.contains("50 MB nên không nhận"), "{answer}");
    assert!(her.upload(ASK, "empty.txt", b"").await.text().contains("chưa chọn tệp nào, hoặc tệp trống"));
    her.step("files", "hurry", &[]).await;
    her.sends().await;
    assert_eq!(world.reads("line", world.inbox("line").await[0]).await.len(), 2, "story and answers");
}

#[tokio::test]
async fn nobody_chosen_and_a_closed_desk_are_said_before_sending() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &[]).await;
    let asked = her.step("clear", "send", &[("open", "")]).await.text();
    assert!(asked.contains("Hãy chọn ít nhất một nơi"));
    her.step("danger", "next", &[("urgency", "now")]).await;
    let closed = her.step("organisations", "next", &[("organisation", "union")]).await.text();
    assert!(closed.contains("đang đóng cửa. Đang nguy hiểm thì gọi ngay") && closed.contains("tel:113"));
    let anyway = her.step("organisations", "next", &[("organisation", "union")]).await.text();
    assert!(anyway.contains("Trước khi bạn kể"));
    her.step("relation", "next", &[("relation", "teacher_or_carer")]).await;
    let cards = her.step("place", "next", &[]).await.text();
    let apart = cards.split("Những nơi không được gợi ý").nth(1).unwrap();
    assert!(apart.contains("Nơi school") && apart.contains("Trường học không được gợi ý"));
}

#[tokio::test]
async fn asked_for_twice_at_once_it_arrives_once() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &["line", "union"]).await;
    her.step("clear", "send", &[("open", "")]).await;
    later(3);
    let mut twin = Browser::new(&world);
    twin.cookies = her.cookies.clone();
    let (one, other) = tokio::join!(her.get(ASK), twin.get(ASK));
    assert!(one.text().contains("receipt-words") && other.text().contains("receipt-words"));
    assert_eq!(world.inbox("line").await.len(), 1);
    let id = world.inbox("union").await[0];
    assert_eq!(world.store.entries(id, 0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_language_changes_and_her_words_stay() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &["line"]).await;
    let english = her.step("story", "language", &[("story", STORY)]).await.text();
    assert!(english.contains("What would you like to tell?") && english.contains(STORY));
    assert_eq!(her.cookies.keys().collect::<Vec<_>>(), ["/en/ask/plain"]);
}

#[tokio::test]
async fn a_form_on_another_site_changes_nothing() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.tell(STORY, &["line"]).await;
    let cookie = her.cookies[ASK].clone();
    let head = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(world.server.send("POST", ASK, &head, b"step=story&go=next&story=x").await.status, 400);
    assert!(her.step("clear", "describe", &[]).await.text().contains(STORY));
}

#[tokio::test]
async fn an_organisation_asks_by_itself_at_the_end_and_only_those_who_chose_it() {
    let world = world().await;
    let mut her = Browser::new(&world);
    her.step("who", "next", &[("audience", "self")]).await;
    her.step("age", "next", &[("age", "12_15"), ("language", "vi")]).await;
    her.step("organisations", "next", &[("organisation", "line"), ("organisation", "school")]).await;
    her.step("story", "next", &[("story", STORY)]).await;
    let asked = her.step("q-school:grade", "next", &[("q-school:grade", "7")]).await.text();
    assert!(
        asked.contains("Ở trường, chỗ nào bạn thấy yên tâm?") && asked.contains("Nơi school muốn hỏi thêm."),
        "{asked}"
    );
    let files = her.step("q-school:safe_place", "next", &[("q-school:safe_place", "Thư viện")]).await.text();
    assert!(files.contains("Có gì muốn đưa thêm không?"), "what fits no child is not asked: {files}");
    her.step("files", "hurry", &[]).await;
    her.sends().await;
    let read = world.reads("line", world.inbox("line").await[0]).await;
    let answers = read[1].1["answers"].as_array().unwrap();
    let grade = json!({"question": "school:grade", "asked": "Bạn học khối nào?", "choice": ["Khối 7"]});
    let place =
        json!({"question": "school:safe_place", "asked": "Ở trường, chỗ nào bạn thấy yên tâm?", "text": "Thư viện"});
    assert!(answers.contains(&grade) && answers.contains(&place), "{answers:?}");

    let mut other = Browser::new(&world);
    other.tell(STORY, &["line"]).await;
    let page = other.step("q-school:grade", "next", &[("q-school:grade", "7")]).await.text();
    assert!(!page.contains("Nơi school muốn hỏi thêm."), "who did not choose the school is not asked");
}
