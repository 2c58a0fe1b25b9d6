//! The whole site over a real socket.

mod http;

use http::{Answer, Server};
use recognise::{
    Recogniser,
    links::{Category, HostList, HostListBuilder},
};
use serde_json::{Value, json};

const SEXTORTION: &str = "Gửi 2 triệu ngay, không thì tao tung ảnh nhạy cảm của mày lên nhóm lớp. Có 1 tiếng thôi.";

fn problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], code);
    assert_eq!(answer.json()["status"], status);
}

#[tokio::test]
async fn every_page_is_there_in_both_languages_with_the_strict_policy() {
    let server = Server::start().await;
    for lang in ["vi", "en"] {
        for cover in ["", "/n", "/w"] {
            for page in [
                "",
                "check",
                "learn",
                "learn/codes-are-keys",
                "learn/codes-are-keys/plan",
                "help",
                "about",
                "privacy",
                "traces",
                "keep",
                "api",
            ] {
                let path = format!("/{lang}{cover}/{page}");
                let answer = server.get(&path).await;
                assert_eq!(answer.status, 200, "{path}");
                let policy = answer.header("content-security-policy");
                assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
                assert_eq!(answer.header("referrer-policy"), "no-referrer");
                assert_eq!(answer.header("cache-control"), "no-store");
                assert_eq!(answer.header("set-cookie"), "");
                assert!(answer.text().contains(&format!("<html lang=\"{lang}\"")), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_lesson_comes_in_one_language_and_leaves_no_copy() {
    let server = Server::start().await;
    let answer = server.get("/en/learn/codes-are-keys.json").await;
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/json"));
    assert_eq!(answer.header("cache-control"), "no-store", "which lesson was opened stays off the disk");
    let lesson = answer.json();
    assert_eq!(
        (lesson["id"].as_str(), lesson["title"].as_str()),
        (Some("codes-are-keys"), Some("Six numbers that open doors"))
    );
    assert!(!answer.text().contains("worksheet"), "the teacher's plan is not in it");
    for unknown in
        ["/vi/learn/no-such-lesson", "/vi/learn/no-such-lesson.json", "/vi/learn/six-digits/plan", "/vi/learn/..%2fx"]
    {
        let answer = server.get(unknown).await;
        assert_eq!(answer.status, 404, "{unknown}");
        assert!(answer.text().contains("Không có trang này") && !answer.text().contains("no-such-lesson"));
    }
}

#[tokio::test]
async fn the_root_chooses_the_language() {
    let server = Server::start().await;
    assert_eq!(server.get("/").await.header("location"), "/vi/");
    let english = server.send("GET", "/", &[("accept-language", "en-GB,en;q=0.9")], b"").await;
    assert_eq!((english.status, english.header("location").as_str()), (303, "/en/"));
}

#[tokio::test]
async fn without_javascript_the_form_is_answered_and_forgotten() {
    let server = Server::start().await;
    let answer = server.post_form("/vi/check", &[("text", SEXTORTION), ("age", "12_15"), ("audience", "self")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = answer.text();
    assert!(page.contains("id=\"result\"") && page.contains("đã lên máy chủ") && page.contains("tel:111"));
    let english = server.post_form("/en/check", &[("text", SEXTORTION)]).await.text();
    assert!(english.contains("already forgotten"));
}

#[tokio::test]
async fn the_switch_of_language_keeps_what_is_typed_and_checks_nothing() {
    let server = Server::start().await;
    let page =
        server.post_form("/en/check", &[("text", "một <b>hai</b>"), ("age", "16_17"), ("switch", "1")]).await.text();
    assert!(page.contains("một &lt;b&gt;hai&lt;/b&gt;</textarea>") && !page.contains("id=\"result\""));
    assert!(page.contains("<option value=\"16_17\" selected"));
}

#[tokio::test]
async fn bad_forms_get_a_page_that_says_why() {
    let server = Server::start().await;
    let empty = server.post_form("/vi/check", &[("text", "   ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Bạn chưa nhập gì"));
    let long = server.post_form("/vi/check", &[("text", &"a".repeat(300 * 1024))]).await;
    assert_eq!(long.status, 413);
    assert!(long.text().contains("256 KiB"));
    let huge = server.post_form("/en/check", &[("text", &"a".repeat(2 * 1024 * 1024))]).await;
    assert_eq!(huge.status, 413);
    let odd = server.send("POST", "/vi/check", &[("content-type", "text/plain")], b"text=x").await;
    assert_eq!(odd.status, 400);
}

#[tokio::test]
async fn what_is_shared_to_the_server_is_thrown_away_unread() {
    let server = Server::start().await;
    // The body is announced but never sent: an answer shows that nobody waited for it.
    let head = [("content-type", "multipart/form-data; boundary=x"), ("content-length", "1000000")];
    let answer = server.send("POST", "/vi/share", &head, b"").await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("không đọc"));
    assert_eq!(server.get("/vi/share").await.status, 303);
}

#[tokio::test]
async fn the_api_answers_one_and_many() {
    let server = Server::start().await;
    let one = server.post_json("/api/v1/check", &json!({ "text": SEXTORTION })).await;
    assert_eq!(one.status, 200, "{}", one.text());
    assert_eq!(one.json()["result"], "harm");
    let items: Vec<Value> = (0..1000).map(|i| json!({ "id": i.to_string(), "text": SEXTORTION })).collect();
    let many = server.post_json("/api/v1/check", &json!({ "items": items })).await;
    assert_eq!(many.json()["items"].as_array().unwrap().len(), 1000);
    assert_eq!(many.json()["items"][999]["id"], "999");
    assert_eq!(many.json()["items"][7]["result"], one.json()["result"]);
    let mixed = server
        .post_json("/api/v1/check", &json!({ "items": [{ "id": "a", "text": "" }, { "id": "b", "text": "hi" }] }))
        .await;
    let refused = json!({ "id": "a", "error": { "code": "empty", "title": "Không có chữ nào để đọc." } });
    assert_eq!(mixed.json()["items"][0], refused);
    assert!(mixed.json()["items"][1]["result"].is_string());
}

#[tokio::test]
async fn the_api_names_what_is_wrong() {
    let server = Server::start().await;
    let post =
        async |body: &[u8]| server.send("POST", "/api/v1/check", &[("content-type", "application/json")], body).await;
    problem(&post(b"{").await, 400, "bad_json");
    problem(&post(b"{\"text\": 1}").await, 400, "bad_json");
    problem(&post(b"{\"txt\": \"a\"}").await, 400, "bad_json");
    problem(&post(b"\xff\xfe").await, 400, "not_utf8");
    problem(&post(b"{}").await, 422, "no_text");
    problem(&post(b"{\"text\": \"a\", \"items\": []}").await, 422, "text_and_items");
    problem(&post(b"{\"text\": \" \"}").await, 422, "empty");
    problem(&post(&vec![b' '; 1024 * 1024 + 1]).await, 413, "body_too_large");
    let items: Vec<Value> = (0..1001).map(|i| json!({ "id": i.to_string(), "text": "a" })).collect();
    problem(&server.post_json("/api/v1/check", &json!({ "items": items })).await, 422, "too_many_items");
    problem(
        &server.send("POST", "/api/v1/check", &[("content-type", "text/plain")], b"{}").await,
        415,
        "not_json_type",
    );
    let not_allowed = server.get("/api/v1/check").await;
    problem(&not_allowed, 405, "method_not_allowed");
    assert_eq!(not_allowed.header("allow"), "POST");
    let not_allowed = server.post_json("/api/v1/openapi.json", &json!({})).await;
    problem(&not_allowed, 405, "method_not_allowed");
    assert_eq!(not_allowed.header("allow"), "GET,HEAD");
    for unknown in ["/api", "/api/", "/api/v2/nothing"] {
        problem(&server.get(unknown).await, 404, "not_found");
    }
    let english = server.send("GET", "/api/x", &[("accept-language", "en")], b"").await;
    assert_eq!(english.json()["title"], "The API has no such address");
}

#[tokio::test]
async fn the_document_describes_what_is_answered() {
    let server = Server::start().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let schema = &document["components"]["schemas"]["Assessment"];
    let answer = server.post_json("/api/v1/check", &json!({ "text": SEXTORTION })).await.json();
    let properties = schema["properties"].as_object().unwrap();
    for (field, value) in answer.as_object().unwrap() {
        let described = properties.get(field).unwrap_or_else(|| panic!("`{field}` is not described"));
        if let Some(codes) = described["enum"].as_array() {
            assert!(codes.contains(value), "`{field}` has {value}, which is not described");
        }
    }
    for field in schema["required"].as_array().unwrap() {
        assert!(answer.get(field.as_str().unwrap()).is_some(), "{field} is missing");
    }
}

#[tokio::test]
async fn assets_are_squeezed_and_kept_for_ever() {
    let server = Server::start().await;
    let page = server.get("/vi/").await.text();
    let mut total = page.len();
    for address in page.split('"').filter(|part| part.starts_with("/a/")) {
        let answer = server.send("GET", address, &[("accept-encoding", "br")], b"").await;
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.header("cache-control").contains("immutable"), "{address}");
        assert_eq!(answer.header("content-encoding"), "br", "{address}");
        total += answer.body.len();
    }
    assert!(total < 60 * 1024, "the first page weighs {total} bytes");
    assert_eq!(server.get("/a/000000000000/app.js").await.status, 404);
    assert_eq!(server.get("/sw.js").await.header("cache-control"), "no-cache");
    let directory = server.get("/directory.json").await;
    let again = server.send("GET", "/directory.json", &[("if-none-match", &directory.header("etag"))], b"").await;
    assert_eq!((directory.status, again.status), (200, 304));
}

#[tokio::test]
async fn a_list_of_hosts_is_handed_out_only_where_it_is_another_than_the_one_in_the_wasm() {
    let (server, site) = Server::with_site().await;
    let own = server.get("/hosts.bin").await;
    assert_eq!((own.status, own.body.len()), (204, 0));
    let list = HostListBuilder::new(30_001_231).bad(Category::Scam, ["mot-trang-xau.example"]).build();
    site.replace_recogniser(Recogniser::shipped().with_hosts(HostList::from_bytes(list.clone()).unwrap()));
    let newer = server.get("/hosts.bin").await;
    assert_eq!((newer.status, &newer.body), (200, &list));
    let again = server.send("GET", "/hosts.bin", &[("if-none-match", &newer.header("etag"))], b"").await;
    assert_eq!(again.status, 304);
    site.replace_recogniser(Recogniser::shipped());
    assert_eq!(server.get("/hosts.bin").await.status, 204);
}

#[tokio::test]
async fn what_is_unknown_leads_on_without_repeating_it() {
    let server = Server::start().await;
    let answer = server.get("/en/toi-bi-de-doa").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("There is no such page") && !answer.text().contains("toi-bi-de-doa"));
    assert_eq!(server.send("PUT", "/vi/help", &[], b"").await.status, 405);
    assert_eq!(server.get("/healthz").await.text(), "alive\n");
    assert_eq!(server.get("/readyz").await.text(), "ready\n");
}

#[tokio::test]
async fn one_network_cannot_take_the_server_for_itself() {
    let server = Server::with_rate(3, 1).await;
    for _ in 0..3 {
        assert_eq!(server.post_json("/api/v1/check", &json!({ "text": "hi" })).await.status, 200);
    }
    let refused = server.post_json("/api/v1/check", &json!({ "text": "hi" })).await;
    problem(&refused, 429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "1");
    let page = server.post_form("/vi/check", &[("text", "hi")]).await;
    assert_eq!(page.status, 429);
    assert!(page.text().contains("Xin chờ"));
    assert_eq!(server.get("/vi/help").await.status, 200, "reading is never limited");
}

#[tokio::test]
async fn the_filter_of_the_directory_stays_out_of_the_address() {
    let server = Server::start().await;
    let page = server.get("/vi/help").await.text();
    assert!(page.contains("method=\"post\" action=\"/vi/help\""));
    let found =
        server.post_form("/vi/help", &[("harm", "trafficking"), ("age", "25_59"), ("province", "")]).await.text();
    assert!(found.contains("data-service=\"peace-house\"") && !found.contains("data-service=\"ngay-mai\""));
    assert_eq!(server.post_form("/vi/help", &[("harm", "nothing"), ("age", ""), ("province", "99")]).await.status, 200);
}
