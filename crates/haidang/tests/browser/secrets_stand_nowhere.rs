//! What she wrote, her words, staff's passphrase and every private key are sought in everything that the server keeps,
//! says, holds in memory and exchanges with browsers, while people use it: they stand nowhere. The same search finds a
//! leak that was planted in each of these places.

use crate::{
    binary,
    papers_leave_the_desk::{choose, take},
    places::{Found, PLACES, look},
    she_is_referred::{NOT_TOLD, WHY, add_shelter, invite_to_shelter, pick, refers},
    staff::{Door, ORGANISATION, PASSPHRASE, Staff, add_organisation, bytes, call, fill, invite, text},
    telling::{come_back, give_back, next, press, reads, send, to_the_files, to_the_story, write},
};
use anyhow::{Context, Result, ensure};
use seal::{Identity, Key, Receipt, grant, passphrase::Derived, shares};
use serde_json::json;
use sqlx::{AnyConnection, Connection};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};
use store::Store;
use visitor::{House, Look, Sought, Tap, Visitor, browser_wanted, traces_of};

const STORY: &str = "Nó bắt em gửi ảnh ở bờ đê. Hoa sưa 8346";
const STORY_ASCII: &str = "he waits at the old mill 8346";
const REPLY: &str = "Chị đọc rồi, em không có lỗi. Hoa ban 2957";
const MESSAGE: &str = "Em cảm ơn chị nhiều. Hoa gạo 6173";
const NOTE: &str = "Cô giáo chủ nhiệm biết chuyện. Cây me 8824";
const TASK: &str = "Gặp em ở thư viện. Cây sấu 1196";
const CHILD: &str = "Nguyễn Thị Mơ. Cây gạo 7715";
const LINK: &str = "https://xau.example/clip/cay-vong-3391";
const REASON: &str = "Bịa chuyện về em. Cây lộc vừng 2280";
const PHRASE_OF_A_VIEW: &str = "Ca của bé Mơ. Cây xoan 6042";
const FILE_NAME: &str = "ảnh-bờ-đê-4408.txt";
const IN_THE_FILE: &str = "Tin nhắn chụp lại: hoa phượng 5582";

/// Chooses a file, as the picker would.
const PICK_TEXT: &str = "
    const bag = new DataTransfer();
    bag.items.add(new File([arguments[1].repeat(40)], arguments[0], {type: 'text/plain'}));
    const picker = document.getElementById('pick');
    picker.files = bag.files;
    picker.dispatchEvent(new Event('change', {bubbles: true}));";

#[tokio::test]
async fn after_a_report_was_answered() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = House::open_with(binary(), &["--log-level", "debug"])?;
    add_organisation(&house)?;
    let tap = Tap::before(&house)?;
    let link = invite(&house, "organisation_admin")?.replace(&house.url(""), &tap.url(""));
    let (lan, shares) = Staff::join(&link, "lan", Door::Founds, Look::DESKTOP).await?;

    let her = Visitor::arrive(Look::PHONE).await?;
    let receipt = tells(&her, &tap).await?;
    let mut sought = told();
    receipt_of(&house, &receipt, &mut sought)?;
    keys_of_staff(&house, &shares, &mut sought).await?;
    let mut found = Found::new();
    look(&house, &tap, &sought, &mut found)?;

    lan.open_first().await?;
    lan.reads(STORY).await?;
    lan.visitor.find(".file-view").await?.click().await?;
    lan.visitor.find(".stage").await?;
    lan.reply(REPLY).await?;
    come_back(&her, &tap.url("/vi/back"), &receipt.join(" ")).await?;
    reads(&her, REPLY).await?;
    write(&her, "#message", MESSAGE).await?;
    press(&her, "#write [type=submit]").await?;
    reads(&her, MESSAGE).await?;
    // After a reload the desk asks for the passphrase.
    lan.visitor.go(&tap.url("/vi/desk")).await?;
    lan.sign_in(PASSPHRASE).await?;
    lan.open_first().await?;
    lan.reads(MESSAGE).await?;

    look(&house, &tap, &sought, &mut found)?;
    ensure!(found.is_empty(), "secrets were found: {found:#?}");
    ensure!(tap.asked().iter().map(Vec::len).sum::<usize>() > 10_000, "all went by way of the listener");
    for visitor in [her, lan.visitor] {
        let left = visitor.leave().await?;
        ensure!(
            traces_of(left.path(), &sought).is_empty(),
            "in a browser's profile: {:?}",
            traces_of(left.path(), &sought)
        );
    }
    Ok(())
}

/// What staff write, hand on and decide is sealed like her own words; so are the keys that are made anew.
#[tokio::test]
async fn after_it_was_worked_on_handed_on_and_the_key_was_replaced() -> Result<()> {
    if !browser_wanted() {
        return Ok(());
    }
    let house = House::open_with(binary(), &["--log-level", "debug"])?;
    add_organisation(&house)?;
    add_shelter(&house)?;
    let tap = Tap::before(&house)?;
    let by_tap = |link: String| link.replace(&house.url(""), &tap.url(""));
    let link = by_tap(invite(&house, "organisation_admin")?);
    let (lan, shares) = Staff::join(&link, "lan", Door::Founds, Look::DESKTOP).await?;
    let (mai, _) =
        Staff::join(&by_tap(invite_to_shelter(&house, "organisation_admin")?), "mai", Door::Founds, Look::DESKTOP)
            .await?;
    let her = Visitor::arrive(Look::PHONE).await?;
    let receipt = tells(&her, &tap).await?;
    let mut sought = told();
    receipt_of(&house, &receipt, &mut sought)?;
    keys_of_staff(&house, &shares, &mut sought).await?;
    for (name, words) in [
        ("a note", NOTE),
        ("a task", TASK),
        ("a name on a form", CHILD),
        ("a link of a notice", LINK),
        ("the reason of a notice", REASON),
        ("the name of a view", PHRASE_OF_A_VIEW),
        ("why she is referred", WHY),
        ("what must not be told", NOT_TOLD),
    ] {
        sought.words(name, words);
    }

    works_on(&lan).await?;
    refers(&lan, "recorded").await?;
    pick(&lan.visitor, "refer-said", "by_phone").await?;
    press(&lan.visitor, "#refer-go").await?;
    lan.visitor.find(".sharing-row[data-state=offered]").await?;
    mai.open_first().await?;
    mai.reads(WHY).await?;
    mai.reads(STORY).await?;
    press(&mai.visitor, ".sharing-row[data-state=offered] .actions .button:first-child").await?;
    mai.visitor.find(".sharing-row[data-state=accepted]").await?;
    mai.reply(REPLY).await?;
    come_back(&her, &tap.url("/vi/back"), &receipt.join(" ")).await?;
    reads(&her, REPLY).await?;
    let mut found = Found::new();
    look(&house, &tap, &sought, &mut found)?;

    lan.view("colleagues").await?;
    lan.visitor.find("#rotation-go").await?.click().await?;
    lan.visitor.find("#rotation-dialog[open] [value=yes]").await?.click().await?;
    let fresh = lan.keep_shares().await?;
    lan.visitor.find("#view-colleagues:not([hidden])").await?;
    keys_of_staff(&house, &fresh, &mut sought).await?;
    lan.view("inbox").await?;
    lan.open_first().await?;
    lan.work_says(NOTE).await?;
    look(&house, &tap, &sought, &mut found)?;
    ensure!(found.is_empty(), "secrets were found: {found:#?}");
    ensure!(tap.asked().iter().map(Vec::len).sum::<usize>() > 10_000, "all went by way of the listener");
    for visitor in [her, lan.visitor, mai.visitor] {
        let left = visitor.leave().await?;
        let traces = traces_of(left.path(), &sought);
        ensure!(traces.is_empty(), "in a browser's profile: {traces:?}");
    }
    Ok(())
}

/// A view of her own, a note, a task, a form, a notice to a platform.
async fn works_on(lan: &Staff) -> Result<()> {
    lan.visitor.until("it is there", "return document.querySelectorAll('#inbox-list li').length === 1").await?;
    lan.does("#filter-more summary").await?;
    lan.puts("view-name", PHRASE_OF_A_VIEW).await?;
    lan.does("#view-save .button").await?;
    lan.visitor.find(".view-use[aria-pressed=true]").await?;
    lan.open_first().await?;
    lan.does("#work-ways [data-step=accept]").await?;
    lan.work_says("phụ trách: lan (bạn)").await?;
    lan.does("#note-text").await?;
    lan.visitor.find("#note-text").await?.send_keys(NOTE).await?;
    lan.does("#note-save").await?;
    lan.work_says(NOTE).await?;
    lan.does("#task-open").await?;
    lan.puts("task-words", TASK).await?;
    lan.goes("task").await?;
    lan.work_says(TASK).await?;
    take(lan, "form_01").await?;
    fill(&lan.visitor, "paper-child", CHILD).await?;
    print(lan).await?;
    take(lan, "takedown").await?;
    choose(lan, "platform", "tiktok").await?;
    fill(&lan.visitor, "paper-links", LINK).await?;
    fill(&lan.visitor, "paper-reason", REASON).await?;
    fill(&lan.visitor, "paper-email", "truc@binh-minh.vn").await?;
    press(&lan.visitor, "#paper-form [name=good_faith]").await?;
    print(lan).await
}

/// Prints the paper in hand, which keeps it, and lays it down.
async fn print(lan: &Staff) -> Result<()> {
    lan.visitor.eval("window.printed = false; window.print = () => { window.printed = true; }").await?;
    press(&lan.visitor, "#paper-print").await?;
    lan.visitor.until("it is printed", "return window.printed").await?;
    press(&lan.visitor, "#paper-close").await
}

#[tokio::test]
async fn and_the_same_search_finds_a_leak_in_every_place() -> Result<()> {
    // A setting that is wrong is said in the log, with the name of the file.
    let house = House::open_with(binary(), &["--log-level", "debug", "--directory-file", STORY_ASCII])?;
    let tap = Tap::before(&house)?;
    let sought = told();
    let data = house.folder().join("haidang-data");
    let reader = plant_in_database(&data).await?;
    let mut index = fs::OpenOptions::new().append(true).open(data.join("haidang.sqlite-shm"))?;
    index.write_all(STORY_ASCII.as_bytes())?;
    fs::create_dir_all(data.join("files/ab"))?;
    fs::write(data.join("files/ab/abcd"), [&[0xff; 100][..], IN_THE_FILE.as_bytes()].concat())?;
    fs::write(house.folder().join("notes"), text(PASSPHRASE))?;
    // Without scripts a checked text goes to the server, which quotes it.
    let form = format!("text=Send+the+pictures+or+I+post+your+nudes.+Tell+nobody.+{}", STORY_ASCII.replace(' ', "+"));
    let mut check = TcpStream::connect(tap.address())?;
    write!(
        check,
        "POST /vi/check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut answer = Vec::new();
    check.read_to_end(&mut answer)?;
    ensure!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    // A request that is half way: the server holds what came so far.
    let mut half = TcpStream::connect(house.address())?;
    let head =
        "POST /api/v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n";
    write!(half, "{head}{MESSAGE}")?;
    half.flush()?;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;

    let mut found = Found::new();
    look(&house, &tap, &sought, &mut found)?;
    drop(reader);
    let planted = [
        ("database", "her story"),
        ("write-ahead log", "the reply"),
        ("index of the log", "her story in ASCII"),
        ("sealed files", "her file"),
        ("what the server said", "her story in ASCII"),
        ("other files", "the passphrase"),
        ("backup", "the reply"),
        ("memory", "her message"),
        ("to the server", "her story in ASCII"),
        ("from the server", "her story in ASCII"),
    ];
    ensure!(planted.map(|(place, _)| place) == PLACES, "each place has its leak");
    for (place, leak) in planted {
        let caught =
            found.get(place).is_some_and(|names| names.iter().any(|name| name.starts_with(&format!("{leak} ("))));
        ensure!(caught, "{leak} was not found in: {place}; what was found: {found:#?}");
    }
    Ok(())
}

/// What people wrote and chose.
fn told() -> Sought {
    let mut sought = Sought::default();
    for (name, words) in [
        ("her story", STORY),
        ("her story in ASCII", STORY_ASCII),
        ("the reply", REPLY),
        ("her message", MESSAGE),
        ("the name of her file", FILE_NAME),
        ("her file", IN_THE_FILE),
        ("the passphrase", PASSPHRASE),
    ] {
        sought.words(name, words);
    }
    sought
}

/// She reports with a file; gives her ten words.
async fn tells(her: &Visitor, tap: &Tap) -> Result<Vec<String>> {
    her.go(&tap.url("/vi/ask")).await?;
    to_the_story(her, "18_24", &[ORGANISATION]).await?;
    write(her, "#story", &format!("{STORY}. {STORY_ASCII}.")).await?;
    to_the_files(her).await?;
    her.client().execute(PICK_TEXT, vec![json!(FILE_NAME), json!(IN_THE_FILE)]).await?;
    her.find("#file-list .file").await?;
    next(her, "clear").await?;
    let receipt = send(her).await?;
    give_back(her, &receipt).await?;
    Ok(receipt)
}

/// The ten words, any three of them side by side, and the keys that come out of them: hers, and those of the case.
fn receipt_of(house: &House, words: &[String], sought: &mut Sought) -> Result<()> {
    for between in [" ", "\n", "-", "\",\"", ", ", "</li><li>"] {
        for three in words.windows(3) {
            sought.words("words of the receipt", &three.join(between));
        }
    }
    let terms = call(house, "GET", "/api/v1/report/terms", &[], b"")?;
    let salt = bytes(&terms["salt"])?.try_into().map_err(|_| anyhow::anyhow!("16 bytes of salt"))?;
    let keys = Receipt::parse(&words.join(" "))?.derive(&salt);
    identity("the receipt's key", keys.opening(), sought);
    let right = format!("Receipt {}.{}", text(keys.locator), text(keys.authenticator()));
    let back = call(house, "GET", "/api/v1/back", &[("Authorization", &right)], b"")?;
    for sealed in back["grants"].as_array().context("grants")? {
        let case = grant::open(grant::Kind::Case, &bytes(&sealed["sealed"])?, keys.opening())?;
        identity("the case's key", &case, sought);
    }
    Ok(())
}

/// The organisation's key and the shares that bring it back, the member's key and what wraps it.
async fn keys_of_staff(house: &House, printed: &[String], sought: &mut Sought) -> Result<()> {
    for share in printed {
        sought.words("a share", share);
        sought.words("a share in small letters", &share.to_lowercase());
    }
    let organisation = Identity::from_key(&shares::join(&printed[0].parse()?, &printed[1].parse()?)?);
    identity("the organisation's key", &organisation, sought);
    let mut random = [0; 64];
    getrandom::fill(&mut random)?;
    let store = Store::open_beside(&house.folder().join("haidang-data"), &random).await?;
    let member = store.member_named(ORGANISATION, "lan").await?;
    let salt = member.salt.try_into().map_err(|_| anyhow::anyhow!("16 bytes of salt"))?;
    let derived = Derived::new(PASSPHRASE, &salt);
    sought.bytes("the key out of the passphrase", derived.wrapping_key().expose());
    let own: [u8; 32] = derived.unwrap(&member.wrapped_key)?[..].try_into()?;
    let own = Identity::from_key(&Key::from_bytes(own));
    ensure!(own.recipient().to_string() == member.recipient, "it is her key");
    identity("the member's key", &own, sought);
    store.close().await;
    Ok(())
}

fn identity(name: &str, identity: &Identity, sought: &mut Sought) {
    let written = identity.to_secret_string();
    sought.words(name, &written);
    sought.words(&format!("{name} in small letters"), &written.to_lowercase());
    sought.bytes(&format!("{name}, raw"), identity.to_key().expose());
}

/// Rows that were deleted again lie on free pages of the database; another one was only ever in its log, which isn't cut
/// while the connection that is given reads.
async fn plant_in_database(data: &Path) -> Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    let path = data.join("haidang.sqlite");
    let mut connection = AnyConnection::connect(&format!("sqlite://{}", path.display())).await?;
    for line in [
        "PRAGMA secure_delete = OFF; PRAGMA busy_timeout = 10000",
        "CREATE TABLE leak (words TEXT)",
        // Some pages of them: what is written next takes one.
        &format!("INSERT INTO leak VALUES {}", vec![format!("('{STORY}')"); 500].join(", ")),
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "DROP TABLE leak",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "CREATE TABLE other_leak (words TEXT)",
        &format!("INSERT INTO other_leak VALUES ('{REPLY}')"),
        "DELETE FROM other_leak",
        "BEGIN; SELECT COUNT(*) FROM other_leak",
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(line.to_owned())).execute(&mut connection).await?;
    }
    Ok(connection)
}
