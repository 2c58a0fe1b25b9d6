//! What a person does at a browser, told as stories: the real binary serves, a real Chromium visits.
//!
//! One program holds all stories, one file each, so that it is linked once. They need Debian's chromium and
//! chromedriver (`cargo xtask test` installs them); `HAIDANG_NO_BROWSER=1` leaves them out.

mod a_case_by_keys_alone;
mod a_case_is_worked_on;
mod a_girl_keeps_evidence;
mod a_girl_learns;
mod a_girl_of_twelve_tells;
mod a_list_comes_in;
mod a_long_video_arrives;
mod a_mother_tells_for_her_son;
mod a_new_host_list_reaches_her;
mod a_package_goes_outside;
mod a_passkey_opens_the_desk;
mod a_referral_takes_few_clicks;
mod a_report_is_answered;
mod a_server_forgets;
mod a_team_takes_a_case;
mod an_organisation_asks_by_itself;
mod an_organisation_is_set_up;
mod another_app_shares_a_message;
mod desk;
mod every_page_can_be_used_by_everybody;
mod hands_on_the_keyboard_only;
mod it_can_be_installed;
mod it_leaves_no_trace;
mod it_works_where_scripts_are_off;
mod learning;
mod looked_at;
mod measured;
mod pages_fit_and_keep_their_policy;
mod papers_leave_the_desk;
mod places;
mod secrets_stand_nowhere;
mod several_cases_at_once;
mod she_changes_the_language_and_keeps_her_words;
mod she_checks_a_message_with_the_network_cut;
mod she_decides_who_reads;
mod she_is_referred;
mod she_leaves_at_once;
mod she_tells_without_scripts;
mod she_wants_it_remembered;
mod staff;
mod staff_make_a_package;
mod telling;
mod the_connection_drops;
mod the_desk_can_be_used_by_everybody;
mod the_disk_is_full;
mod the_office_works;
mod the_receipt_is_mistyped;
mod two_organisations_confer;
mod two_work_on_one_case;
mod working;

use anyhow::Result;
use std::{env, path::PathBuf};
use visitor::{House, Look, Visitor};

/// Words that stand nowhere in our pages and are found again wherever they are left.
const PLANTED: &str = "Bằng lăng 7241";
/// A message that is a harm beyond doubt, with the planted words in it.
const MESSAGE: &str =
    "Gửi 2 triệu ngay, không thì tao tung ảnh khoả thân của mày lên nhóm lớp. Đừng nói với ai. Bằng lăng 7241";

/// The pages that anybody can open, without their language.
const PAGES: &[&str] = &[
    "/",
    "/check",
    "/ask",
    "/back",
    "/back/plain",
    "/evidence",
    "/letters",
    "/learn",
    "/learn#ages-9-11",
    "/learn/codes-are-keys",
    "/learn/gift-with-a-hook#whole",
    "/learn/six-digits",
    "/learn/settings-together#whole",
    "/learn/codes-are-keys/plan",
    "/help",
    "/about",
    "/privacy",
    "/traces",
    "/keep",
    "/api",
    "/desk",
    "/desk/join",
    "/no-such-page",
];

/// The program under test: of this build, or another one that `HAIDANG_BINARY` names (the release build, for measuring and
/// for `cargo xtask prove`).
fn binary() -> PathBuf {
    env::var_os("HAIDANG_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_haidang").into(), PathBuf::from)
}

/// The server under test.
fn house() -> Result<House> {
    House::open(binary())
}

/// Opens a page with the box and waits until the device can read.
async fn arrive(url: &str, look: Look) -> Result<Visitor> {
    let visitor = Visitor::arrive(look).await?;
    visitor.go(url).await?;
    reader_ready(&visitor).await?;
    Ok(visitor)
}

async fn reader_ready(visitor: &Visitor) -> Result<()> {
    visitor.until("the reader is ready", "return document.body.dataset.reader === 'ready'").await
}

/// Types a text, presses the button and gives the code of the result.
async fn check(visitor: &Visitor, text: &str) -> Result<String> {
    let field = visitor.find("#text").await?;
    field.send_keys(text).await?;
    visitor.find("#check").await?.click().await?;
    result(visitor).await
}

async fn result(visitor: &Visitor) -> Result<String> {
    let result = visitor.find("#result").await?;
    Ok(result.attr("data-result").await?.unwrap_or_default())
}

/// Violations of the content security policy and errors of scripts in the browser's log. A page that is not there, or
/// a network that was cut, is no fault of the page.
async fn faults(visitor: &Visitor) -> Result<Vec<String>> {
    let lines = visitor.complaints().await?;
    Ok(lines.into_iter().filter(|l| l.starts_with("\"SEVERE\"") && !l.contains("Failed to load resource")).collect())
}
