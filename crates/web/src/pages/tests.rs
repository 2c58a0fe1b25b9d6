//! Each page in both languages, under every cover.

use super::*;
use crate::{Cover, Page, Place, Settings, Site};
use recognise::Recogniser;
use vocabulary::{Lang, directory::Directory};

fn site() -> Site {
    Site::new(Settings::default(), Recogniser::shipped(), Directory::shipped())
}

/// Draws a page everywhere and looks for what it must say in each language.
fn everywhere(draw: impl Fn(Place) -> Markup, vi: &str, en: &str) {
    for place in Place::all() {
        let html = draw(place).into_string();
        let said = place.lang.pick(vi, en);
        assert!(html.contains(said), "{}: `{said}` is missing", place.base());
        assert!(html.contains(&format!("<html lang=\"{}\"", place.lang.code())));
        assert!(html.contains("id=\"quick-exit\""), "every page has a way out");
        assert!(!html.contains(" style=") && !html.contains(" onclick"), "the policy forbids inline style and script");
        assert!(!html.contains("an toàn") && !html.to_lowercase().contains(" safe "), "no page calls anything safe");
        if place.cover != Cover::Open {
            assert!(
                !html.contains("<title>Hải Đăng") && !html.contains("· Hải Đăng</title>"),
                "a cover shows in the tab"
            );
        }
    }
}

#[test]
fn home_asks_for_a_message() {
    let site = site();
    everywhere(|place| home::render(place, site.settings()), "Dán tin nhắn", "Paste a message");
}

#[test]
fn check_has_a_box_for_both_ways() {
    let site = site();
    let draw = |place| check::render(place, &site, &form::Filled::default(), None);
    everywhere(draw, "Gửi lên máy chủ để kiểm tra", "Send to the server to check");
}

#[test]
fn the_report_asks_and_warns_in_both_languages() {
    let site = site();
    let draw = |place| ask::render(place, &site, true);
    everywhere(draw, "Bạn muốn kể gì?", "What would you like to tell?");
    everywhere(
        draw,
        "Đừng gửi ảnh, clip nhạy cảm của người dưới 18 tuổi",
        "Please send no sexual picture of anyone under 18",
    );
    everywhere(draw, "/ask/plain", "/ask/plain");
    for place in Place::all() {
        let html = draw(place).into_string();
        let organisations = &html[html.find("org-template").unwrap()..];
        assert!(
            !organisations[..organisations.find("</template>").unwrap()].contains("checked"),
            "nobody is preselected"
        );
        assert_eq!(html.matches(" checked role=").count(), html.matches("name=\"open\"").count());
    }
}

#[test]
fn a_report_that_nobody_could_read_is_not_taken() {
    let site = site();
    let draw = |place| ask::render(place, &site, false);
    everywhere(draw, "/letters", "/letters");
    everywhere(draw, "Tổng đài quốc gia bảo vệ trẻ em", "National Child Protection Hotline");
    assert!(!draw(Place::default()).into_string().contains("id=\"ask\""));
}

#[test]
fn coming_back_asks_for_ten_words() {
    let site = site();
    everywhere(|place| back::render(place, &site), "Gõ mười từ của bạn", "Type your ten words");
    everywhere(|place| back::render(place, &site), "Đừng xoá nữa", "Don't erase it");
}

#[test]
fn the_report_page_is_light_before_any_script() {
    let site = site();
    for place in Place::all() {
        let html = ask::render(place, &site, true).into_string();
        let mut squeezed = Vec::new();
        // As light as a server squeezes while it answers.
        let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
        brotli::BrotliCompress(&mut html.as_bytes(), &mut squeezed, &params).unwrap();
        let styles = [crate::assets::TOKENS_CSS, crate::assets::COMPONENTS_CSS, crate::assets::ASK_CSS];
        let all = squeezed.len() + styles.iter().map(|path| crate::assets::squeezed_bytes(path)).sum::<usize>();
        assert!(all <= 40_000, "{}: {all} bytes", place.base());
    }
}

#[test]
fn evidence_is_kept_on_the_device_and_says_what_it_shows() {
    let site = site();
    let draw = |place| evidence::render(place, &site);
    everywhere(draw, "Không gom ảnh, clip nhạy cảm của người dưới 18 tuổi", "No sexual pictures of anyone under 18");
    everywhere(draw, "Không: ai đã viết", "It doesn't show who wrote something");
    everywhere(draw, "giữ bằng tay", "keep things by hand");
    everywhere(draw, "Giữ máy và cuộc trò chuyện gốc", "Keep the phone and the original chat");
    for place in Place::all() {
        let html = draw(place).into_string();
        assert!(!html.contains("enctype") && !html.contains("action="), "nothing of it can be posted");
    }
}

#[test]
fn letters_can_be_filled_by_hand() {
    let site = site();
    let draw = |place| letters::render(place, site.settings());
    everywhere(draw, "Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness");
    everywhere(draw, "ĐƠN TRÌNH BÁO", "REPORT TO THE POLICE");
    let html = draw(Place::default()).into_string();
    assert!(html.contains("Kính gửi: Công an") && html.contains("class=\"rule\"") && !html.contains("method=\"post\""));
    assert!(html.contains("cam đoan") && html.contains("Người đại diện"));
}

#[test]
fn help_names_the_childrens_line() {
    let site = site();
    everywhere(
        |place| help::render(place, &site, &help::Wanted::default()),
        "Tổng đài quốc gia bảo vệ trẻ em",
        "National Child Protection Hotline",
    );
}

#[test]
fn about_says_what_it_does_not_do() {
    let site = site();
    everywhere(|place| about::render(place, site.settings(), "1"), "Nó không làm gì", "What it doesn't do");
}

#[test]
fn privacy_says_nothing_is_known() {
    let site = site();
    everywhere(|place| privacy::render(place, site.settings()), "Không gì cả", "Nothing. And you can see");
}

#[test]
fn privacy_names_each_case_in_which_words_leave_the_device() {
    let site = site();
    for (vi, en) in [
        ("JavaScript đang tắt", "JavaScript is off"),
        ("quá cũ để tự đọc", "too old to read by itself"),
        ("bộ đọc chưa tải được", "the reader could not be loaded"),
        ("tệp khôi phục thẻ", "restores its tabs"),
        ("/traces#sent", "/traces#sent"),
    ] {
        everywhere(|place| privacy::render(place, site.settings()), vi, en);
    }
    for (vi, en) in [
        ("JavaScript đang tắt", "JavaScript is off"),
        ("trình duyệt đã cũ", "the browser is old"),
        ("chưa tải được bộ đọc", "the reader could not be loaded"),
    ] {
        everywhere(|place| check::render(place, &site, &form::Filled::default(), None), vi, en);
    }
    everywhere(|place| traces::render(place, site.settings()), "id=\"sent\"", "id=\"sent\"");
}

#[test]
fn traces_names_the_browsers() {
    let site = site();
    everywhere(|place| traces::render(place, site.settings()), "Cốc Cốc", "Cốc Cốc");
}

#[test]
fn keep_offers_three_names() {
    let site = site();
    everywhere(|place| keep::render(place, site.settings()), "Ghi chú", "Weather");
}

#[test]
fn the_api_can_be_tried() {
    let site = site();
    everywhere(|place| try_api::render(place, site.settings()), "Thử ngay", "Try it");
}

#[test]
fn a_share_that_reached_the_server_is_owned_up_to() {
    let site = site();
    everywhere(|place| share::render(place, &site), "không đọc", "unread");
}

#[test]
fn errors_lead_on() {
    let site = site();
    everywhere(|place| errors::render(place, &site, "T", "L"), "tel:113", "tel:113");
}

#[test]
fn a_manifest_under_a_cover_gives_nothing_away() {
    for place in Place::all() {
        let manifest = manifest::describe(place).to_string();
        assert_eq!(manifest.contains("Hải Đăng"), place.cover == Cover::Open, "{manifest}");
        assert!(manifest.contains("\"method\":\"POST\""));
    }
}

#[test]
fn every_page_is_in_the_menu_or_the_foot() {
    let html = home::render(Place { lang: Lang::En, ..Place::default() }, site().settings()).into_string();
    for &page in Page::ALL {
        assert!(html.contains(&format!("href=\"/en/{}\"", page.slug())), "{page:?}");
    }
}
