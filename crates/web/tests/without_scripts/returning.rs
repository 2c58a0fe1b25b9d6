//! Coming back.

use super::{BACK, Browser, STORY, World, later, world};
use casework::{CaseId, limits};
use serde_json::json;
use vocabulary::EntryKind;

/// A report to these organisations, its words, and a browser somewhere else.
async fn told<'a>(world: &'a World, organisations: &[&str]) -> (CaseId, Vec<String>, Browser<'a>) {
    let mut her = Browser::new(world);
    her.tell(STORY, organisations).await;
    let words = her.sends().await;
    her.gives_back(&words).await;
    (world.inbox(organisations[0]).await[0], words, Browser::new(world))
}

async fn opens(her: &mut Browser<'_>, words: &[String]) -> String {
    her.post(BACK, &[("go", "open"), ("words", &words.join(" "))]).await.text()
}

#[tokio::test]
async fn a_wrong_word_is_pointed_out_and_the_right_ones_open() {
    let world = world().await;
    let (id, words, mut her) = told(&world, &["line"]).await;
    assert!(her.get(BACK).await.text().contains("Gõ mười từ của bạn"));
    let mut one_wrong = words.clone();
    one_wrong[3] = "zzzz".into();
    let wrong = opens(&mut her, &one_wrong).await;
    assert!(wrong.contains("Từ số 4, “zzzz”"), "{wrong}");
    assert!(opens(&mut her, &words[..7]).await.contains("Mới có 7 từ"));
    assert!(her.cookies.is_empty());
    // Another receipt that belongs together opens nothing.
    let stranger = seal::Receipt::generate(&mut getrandom::rand_core::UnwrapErr(getrandom::SysRng));
    let none = opens(&mut her, &stranger.words(vocabulary::Lang::Vi).map(str::to_owned)).await;
    assert!(none.contains("Không có tin báo nào"), "{none}");

    world.answers("line", id, "Cảm ơn em đã kể").await;
    let shouted: Vec<String> = words.iter().map(|word| word.to_uppercase()).collect();
    let case = opens(&mut her, &shouted).await;
    assert!(case.contains(STORY) && case.contains("Cảm ơn em đã kể") && case.contains("Nơi line"), "{case}");
    assert!(!case.contains("Hoa"), "never a name of staff");
    let written = her.post(BACK, &[("go", "message"), ("message", "Em còn sợ 7241")]).await.text();
    assert!(written.contains("Đã niêm và gửi") && written.contains("Em còn sợ 7241"));
    her.post(BACK, &[("go", "correct:0"), ("message", "")]).await;
    her.post(BACK, &[("go", "message"), ("message", "Là hôm qua")]).await;
    her.upload(BACK, "chat.png", b"chat 7241").await;
    let read = world.reads("line", id).await;
    assert!(read.contains(&(EntryKind::Message, json!({"text": "Em còn sợ 7241"}))));
    assert!(read.contains(&(EntryKind::Correction, json!({"corrects": 0, "text": "Là hôm qua"}))));
    assert_eq!(read.last().unwrap().1["name"], "chat.png");
    for canary in [STORY, "7241", "Là hôm qua", words.join(" ").as_str(), "AGE-SECRET-KEY"] {
        assert!(!world.keeps(canary.as_bytes()), "{canary}");
    }
    let ended = her.post(BACK, &[("go", "end")]).await.text();
    assert!(ended.contains("Gõ mười từ") && her.cookies.is_empty());
}

#[tokio::test]
async fn she_lets_in_shuts_out_closes_and_replaces_her_words() {
    let world = world().await;
    let (id, words, mut her) = told(&world, &["line"]).await;
    opens(&mut her, &words).await;
    her.post(BACK, &[("go", "allow"), ("organisation", "union")]).await;
    assert_eq!(world.reads("union", id).await[0].1["text"], STORY);
    her.post(BACK, &[("go", "withdraw:line")]).await;
    her.post(BACK, &[("go", "message"), ("message", "Chỉ cho hội")]).await;
    assert!(world.inbox("line").await.is_empty() && world.reads("line", id).await.is_empty());
    assert_eq!(world.reads("union", id).await.last().unwrap().1["text"], "Chỉ cho hội");
    her.post(BACK, &[("go", "contact"), ("how", "gọi chị"), ("when", ""), ("never", "nhắn tin")]).await;
    assert_eq!(world.reads("union", id).await.last().unwrap().0, EntryKind::Contact);
    assert!(her.post(BACK, &[("go", "close")]).await.text().contains("Bạn đã đóng lúc"));
    assert!(her.post(BACK, &[("go", "reopen")]).await.text().contains("Gửi lúc"));

    let shown = her.post(BACK, &[("go", "replace")]).await.text();
    assert!(shown.contains("Mười từ mới của bạn"));
    let list = shown.split("id=\"receipt-words\"").nth(1).unwrap().split("</ol>").next().unwrap();
    let fresh: Vec<String> =
        list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned()).collect();
    // Until she confirms, the old ones still open.
    assert!(opens(&mut Browser::new(&world), &words).await.contains(STORY));
    assert!(her.post(BACK, &[("go", "confirm")]).await.text().contains(STORY));
    assert!(opens(&mut Browser::new(&world), &words).await.contains("Không có tin báo nào"));
    assert!(opens(&mut Browser::new(&world), &fresh).await.contains(STORY));
}

#[tokio::test]
async fn an_erased_report_is_hidden_at_once_and_can_be_saved() {
    let world = world().await;
    let (_, words, mut her) = told(&world, &["line"]).await;
    opens(&mut her, &words).await;
    let hidden = her.post(BACK, &[("go", "erase")]).await.text();
    assert!(hidden.contains("đang chờ xoá") && !hidden.contains(STORY));
    let still = her.post(BACK, &[("go", "message"), ("message", "x")]).await.text();
    assert!(still.contains("đang chờ xoá"), "nothing else can be done");
    assert!(her.post(BACK, &[("go", "stop")]).await.text().contains(STORY));
}

#[tokio::test]
async fn after_a_quarter_of_an_hour_the_words_are_asked_again_and_what_she_wrote_is_not_lost() {
    let world = world().await;
    let (id, words, mut her) = told(&world, &["line"]).await;
    opens(&mut her, &words).await;
    later(limits::VISIT_SECONDS);
    let again = her.post(BACK, &[("go", "message"), ("message", "Em viết lâu quá")]).await.text();
    assert!(again.contains("Đã hơn 15 phút") && again.contains("Em viết lâu quá") && !again.contains(STORY));
    let text = words.join(" ");
    let back = her.post(BACK, &[("go", "open"), ("words", &text), ("message", "Em viết lâu quá")]).await.text();
    assert!(back.contains(STORY) && back.contains("Em viết lâu quá</textarea>"));
    her.post(BACK, &[("go", "message"), ("message", "Em viết lâu quá")]).await;
    assert_eq!(world.reads("line", id).await.last().unwrap().1["text"], "Em viết lâu quá");
    assert!(her.get(&format!("{BACK}/leave")).await.header("location").starts_with("https://"));
    assert!(her.get(BACK).await.text().contains("Gõ mười từ"));
}
