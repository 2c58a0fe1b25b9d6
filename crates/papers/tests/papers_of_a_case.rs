//! A worker fills papers from a case: what fills itself, what never does, and what stands on the page.

use papers::{Block, Case, PAPERS, Paper, Sheet, Values, takedown};
use serde_json::{Value, json};
use vocabulary::Lang;

/// A girl of thirteen is pressed with a picture; she told part of it to those she chose only.
fn case(facts: &Value) -> Case {
    serde_json::from_value(json!({
        "facts": facts, "audience": "teacher", "received": 1_795_645_800, "now": 1_795_660_200,
        "organisation": {"vi": "Tổng đài Bình Minh", "en": "Bình Minh line"},
        "entries": [
            {"number": 0, "kind": "story", "at": 1_795_645_800, "author": "Người gửi",
             "content": {"text": "Nó đăng ở https://xau.example/nhom/1?id=5, và (http://xau.example/2)."}},
            {"number": 1, "kind": "answers", "at": 1_795_645_800, "author": "Người gửi", "content": {"answers": [
                {"question": "sex", "choice": "female"},
                {"question": "where", "choice": ["facebook", "zalo"]},
                {"question": "reach", "choice": ["home"]},
                {"question": "grade", "asked": "Bạn học khối nào?", "choice": "Khối 7"},
                {"question": "must_not_know", "text": "Đừng cho bố biết"}]}},
            {"number": 2, "kind": "contact", "at": 1_795_645_800, "author": "Người gửi", "content": {"how": "gọi mẹ", "never": ""}},
            {"number": 3, "kind": "contact", "at": 1_795_645_900, "author": "Người gửi",
             "content": {"how": "nhắn ở đây", "never": "gọi về nhà sau 18:00"}},
            {"number": 4, "kind": "message", "at": 1_795_646_000, "author": "Chúng ta", "content": {"text": "Em không có lỗi."}},
            {"number": 5, "kind": "message", "at": 1_795_646_100, "author": "Người gửi", "content": null},
        ],
    }))
    .expect("a case")
}

fn paper(code: &str) -> &'static Paper {
    Paper::by_code(code).expect("a paper")
}

/// A sentence that is only true with what stands before it.
#[test]
fn what_must_never_be_done_is_never_printed_as_if_it_were_advice() {
    let case = case(&json!({}));
    for paper in PAPERS {
        let text = Sheet::of(paper, &paper.filled(&case, Lang::Vi), Lang::Vi).text();
        for line in text.lines().filter(|line| line.contains("gọi về nhà sau 18:00") && !line.contains("Cách liên hệ"))
        {
            let before = line.split("gọi về nhà").next().unwrap_or_default().to_lowercase();
            assert!(before.contains("không bao giờ"), "{}: {line}", paper.code);
        }
    }
}

fn with(mut values: Values, more: &[(&str, &str)]) -> Values {
    values.extend(more.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())));
    values
}

#[test]
fn form_01_tells_the_commune_what_is_known_in_vietnamese_whatever_the_desk_speaks() {
    let form = paper("form_01");
    let case = case(&json!({"harm": "sextortion", "age": "12_15", "province": "01", "urgency": null}));
    let values = form.filled(&case, Lang::En);
    assert_eq!(values["sex"], "female", "what she left out of the clear is taken from what she told");
    assert!(values["where"].ends_with("Facebook, Messenger, Zalo"), "{values:?}");
    assert!(
        values["likely"].contains("Người đó còn tới gần") && values["likely"].ends_with(": Ở cùng nhà"),
        "{values:?}"
    );
    assert_eq!(values["informant_relation"], vocabulary::Audience::Teacher.name(Lang::Vi));
    let values = with(
        values,
        &[
            ("concerns", "abused"),
            ("through", "online"),
            ("recipient", "Uỷ ban nhân dân phường 5"),
            ("place", "Hà Nội"),
        ],
    );
    let text = Sheet::of(form, &values, Lang::En).text();
    for line in [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Tổng đài Bình Minh",
        "Mẫu số 01",
        "Hà Nội, ngày 26 tháng 11 năm 2026",
        "Tiếp nhận thông tin trẻ em bị xâm hại",
        "Kính gửi: Uỷ ban nhân dân phường 5",
        "Thông qua: báo cáo gửi qua mạng",
        "Giới tính: Nữ",
        "Họ và tên trẻ em: …………",
        "Ngày tháng năm sinh, hoặc ước lượng tuổi: 12 đến 15 tuổi",
        "Ghi chú thêm: KHÔNG BAO GIỜ: gọi về nhà sau 18:00",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n---\n{text}");
    }
    assert!(text.contains("Thời gian nhận: 05:30, 26/11/2026"), "{text}");
}

#[test]
fn form_06_prints_what_a_person_judged_and_counts_it() {
    let form = paper("form_06");
    let filled = form.filled(&case(&json!({"harm": "sextortion", "age": "12_15", "urgency": "now"})), Lang::Vi);
    assert!(
        !["harm", "access", "obstacles", "self", "seek", "support", "recovery"]
            .iter()
            .any(|code| filled.contains_key(*code)),
        "nothing is judged beforehand: {filled:?}"
    );
    let values = with(
        filled,
        &[("harm", "high"), ("access", "low"), ("obstacles", "low"), ("self", "medium"), ("next", "go_on")],
    );
    let sheet = Sheet::of(form, &values, Lang::Vi);
    let text = sheet.text();
    for line in [
        "Mẫu số 06",
        "Mức độ tổn hại của trẻ em có còn nghiêm trọng không: Cao (vẫn rất nghiêm trọng, ảnh hưởng tới sự phát triển)",
        "Tổng số: Cao: 1 · Trung bình: 0 · Thấp: 2",
        "Khả năng tìm tới người bảo vệ: …………",
        "Tổng số: Cao: 0 · Trung bình: 1 · Thấp: 0",
        "Đề nghị: tiếp tục kế hoạch hỗ trợ, can thiệp",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n---\n{text}");
    }
    let levels = sheet.blocks.iter().filter(|block| matches!(block, Block::Levels { .. })).count();
    assert_eq!(levels, 7);
}

#[test]
fn a_plan_is_hers_and_a_cover_sheet_says_what_must_not_be_told() {
    let case = case(&json!({"age": "25_59"}));
    let plan = paper("safety_plan");
    assert!(plan.to_her && PAPERS.iter().filter(|paper| paper.to_her).count() == 1);
    let values =
        with(plan.filled(&case, Lang::En), &[("phone", "location password"), ("words", "Chị mua giúp em ít muối")]);
    let text = Sheet::of(plan, &values, Lang::En).text();
    assert!(
        text.contains("What happened is not my fault") && text.contains("turn off location sharing; change passwords"),
        "{text}"
    );
    let told = Sheet::of(plan, &values, Lang::En).told().text();
    assert!(!told.contains('…') && !told.contains("Children"), "nothing empty goes to her: {told}");
    assert!(told.contains("Phone and accounts") && told.contains("Never: gọi về nhà sau 18:00"), "{told}");
    let cover = paper("cover");
    let text = Sheet::of(cover, &with(cover.filled(&case, Lang::Vi), &[("basis", "assent")]), Lang::Vi).text();
    assert!(text.contains("Không được cho ai biết điều gì: Đừng cho bố biết"), "{text}");
    assert!(text.contains("không bao giờ: gọi về nhà sau 18:00") && text.contains("người đại diện đồng ý"), "{text}");
}

#[test]
fn a_summary_leaves_nothing_out_and_survives_what_could_not_be_opened() {
    let summary = paper("summary");
    let case = case(&json!({"harm": "sextortion"}));
    let text = Sheet::of(summary, &summary.filled(&case, Lang::Vi), Lang::Vi).text();
    for words in ["Nó đăng ở", "Bạn học khối nào?: Khối 7", "Ở cùng nhà", "Em không có lỗi.", "6. Tin nhắn"]
    {
        assert!(text.contains(words), "{words}\n---\n{text}");
    }
    for paper in PAPERS {
        for lang in Lang::ALL {
            let nothing = Case::default();
            let text = Sheet::of(paper, &paper.filled(&nothing, *lang), *lang).text();
            assert!(text.lines().count() > 5 && !text.contains('{'), "{}: {text}", paper.code);
        }
    }
}

#[test]
fn what_she_writes_cannot_take_the_place_of_a_field() {
    let paper = paper("takedown");
    let values = with(Values::new(), &[("harm", "{reason}"), ("reason", "bí mật"), ("platform", "nowhere")]);
    let sheet = Sheet::of(paper, &values, Lang::Vi);
    let about = sheet
        .blocks
        .iter()
        .find_map(|block| if let Block::Title { about, .. } = block { Some(about.as_str()) } else { None });
    assert_eq!(about, Some("{reason}"));
}

#[test]
fn pictures_of_whoever_may_be_a_child_go_to_the_hotline_only() {
    let only = |harm: &str, age: Option<&str>| takedown::only_hotline(&case(&json!({"harm": harm, "age": age})));
    assert!(only("child_sexual_material", Some("25_59")) && only("child_exploitation", None));
    assert!(only("image_abuse", Some("16_17")) && only("sextortion", None) && only("synthetic_image", Some("unknown")));
    assert!(!only("image_abuse", Some("18_24")) && !only("defamation", Some("12_15")));
}
