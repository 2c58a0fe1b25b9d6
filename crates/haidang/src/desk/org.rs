//! `haidang org`: add, list, change, close.

use super::{card, mistakes, needed, now, open, random, say, text};
use crate::{exit::Failure, settings::Settings};
use card::FIELDS;
use casework::{Organisation, Texts};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::{collections::BTreeMap, fmt::Write};
use store::{NoticeWays, OrganisationRecord, Store, StoreError};
use vocabulary::{Lang, OrganisationKind, Province};

/// What is wanted.
#[derive(Debug)]
pub enum OrgWish {
    Add { id: String, kind: String, given: Given },
    List,
    Change { id: String, given: Given },
    Close(String),
}

/// What was said of the card.
#[derive(Debug, Default)]
pub struct Given {
    fields: BTreeMap<&'static str, String>,
    new_webhook_key: bool,
    /// Whether administrators must come by passkey; none: as before.
    admin_passkey: Option<bool>,
}

pub fn command(lang: Lang, settled: &dyn Fn(Command) -> Command) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let id = || {
        needed("id", say("Mã ngắn của tổ chức, ví dụ 111 hoặc truong-le-loi", "Short id, such as 111 or truong-le-loi"))
    };
    let kind = Arg::new("kind").long("kind").required(true).value_name("KIND").help({
        let all = OrganisationKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ");
        format!("{}: {all}", say("Loại tổ chức; không đổi được về sau", "What kind it is; can't be changed later"))
    });
    let add = Command::new("add")
        .about(say("Thêm một tổ chức", "Add an organisation"))
        .arg(id().long("id").value_name("ID"))
        .arg(kind)
        .args(FIELDS.iter().map(|field| flag(field, lang).required(field.needed)));
    let new_key = Arg::new("new-webhook-key").long("new-webhook-key").action(ArgAction::SetTrue).help(say(
        "Làm khoá ký mới cho webhook và in ra một lần",
        "Make a new signing key for the webhook and print it once",
    ));
    let passkey =
        Arg::new("admin-passkey").long("admin-passkey").value_name("yes|no").value_parser(["yes", "no"]).help(say(
            "Người quản trị phải vào bằng khoá đăng nhập (passkey); vào cách khác thì chỉ thêm được khoá",
            "Administrators must sign in by passkey; whoever comes otherwise can only add one",
        ));
    let change = Command::new("change")
        .about(say("Sửa thẻ của tổ chức; mục không nêu thì giữ nguyên", "Change its card; what isn't named stays"))
        .arg(id())
        .args(FIELDS.iter().map(|field| flag(field, lang)))
        .arg(new_key)
        .arg(passkey);
    let close = Command::new("close")
        .about(say(
            "Đóng một tổ chức: không ai chọn được nữa, người trong đó hết quyền vào",
            "Close an organisation: nobody can choose it any more, its members can't sign in",
        ))
        .arg(id());
    let list = Command::new("list").about(say("Liệt kê các tổ chức", "List the organisations"));
    Command::new("org")
        .about(say("Các tổ chức nhận báo cáo", "The organisations that receive reports"))
        .subcommand_required(true)
        .subcommands([add, list, change, close].map(settled))
}

fn flag(field: &'static card::Field, lang: Lang) -> Arg {
    Arg::new(field.flag).long(field.flag).value_name("TEXT").help(field.meaning(lang))
}

pub fn read(name: &str, given: &ArgMatches) -> Option<OrgWish> {
    let id = || text(given, "id").unwrap_or_default();
    let card = || {
        let fields = FIELDS.iter().filter_map(|field| Some((field.flag, text(given, field.flag)?))).collect();
        let new_webhook_key = name == "change" && given.get_flag("new-webhook-key");
        let admin_passkey =
            (name == "change").then(|| text(given, "admin-passkey")).flatten().map(|said| said == "yes");
        Given { fields, new_webhook_key, admin_passkey }
    };
    Some(match name {
        "add" => OrgWish::Add { id: id(), kind: text(given, "kind")?, given: card() },
        "change" => OrgWish::Change { id: id(), given: card() },
        "close" => OrgWish::Close(id()),
        _ => OrgWish::List,
    })
}

pub async fn run(wish: OrgWish, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    match wish {
        OrgWish::Add { id, kind, given } => add(&id, &kind, &given, settings, lang).await,
        OrgWish::List => list(&open(settings, false, lang).await?, settings, lang).await,
        OrgWish::Change { id, given } => change(&open(settings, false, lang).await?, &id, &given, settings, lang).await,
        OrgWish::Close(id) => close(&open(settings, false, lang).await?, &id, settings, lang).await,
    }
}

async fn add(id: &str, kind: &str, given: &Given, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    let mut record = OrganisationRecord {
        card: Organisation {
            id: String::new(),
            kind: OrganisationKind::Helpline,
            name: Texts::default(),
            about: Texts::default(),
            told_by_law: Texts::default(),
            hours: "always".into(),
            provinces: Vec::new(),
            recipient: None,
        },
        questions: String::new(),
        retention_days: None,
        notices: NoticeWays::default(),
        added_at: now(),
        closed_at: None,
    };
    let mut wrong = Vec::new();
    card::id(id, lang).map_or_else(|why| wrong.push(why), |id| record.card.id = id);
    card::kind(kind, lang).map_or_else(|why| wrong.push(why), |kind| record.card.kind = kind);
    wrong.extend(put(&mut record, given, lang));
    if !wrong.is_empty() {
        return Err(mistakes(&wrong));
    }
    let key = webhook_key(&mut record, given)?;
    let store = open(settings, true, lang).await?;
    store.add_organisation(record).await.map_err(|error| match error {
        StoreError::Taken(_) => mistakes(&[match lang {
            Lang::Vi => format!("đã có tổ chức \"{id}\"; sửa bằng: haidang org change {id} …"),
            Lang::En => format!("there is an organisation \"{id}\" already; change it by: haidang org change {id} …"),
        }]),
        other => say(&other, settings, lang),
    })?;
    let next = format!("haidang staff invite {id} --role organisation_admin");
    Ok(match lang {
        Lang::Vi => {
            format!("Đã thêm \"{id}\". Bước tiếp: mời người đầu tiên, người ấy sẽ tạo khoá của tổ chức:\n  {next}\n")
        }
        Lang::En => {
            format!("Added \"{id}\". Next: invite its first member, who makes the organisation's key:\n  {next}\n")
        }
    } + &say_key(key.as_deref(), lang))
}

async fn change(store: &Store, id: &str, given: &Given, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    let mut record = known(store, id, settings, lang).await?;
    if given.fields.is_empty() && !given.new_webhook_key && given.admin_passkey.is_none() {
        return Err(mistakes(&[lang
            .pick(
                "chưa nêu mục nào để sửa; xem: haidang org change --help",
                "nothing to change was named; see: haidang org change --help",
            )
            .into()]));
    }
    let wrong = put(&mut record, given, lang);
    if !wrong.is_empty() {
        return Err(mistakes(&wrong));
    }
    let key = webhook_key(&mut record, given)?;
    store.change_organisation(record).await.map_err(|error| say(&error, settings, lang))?;
    if let Some(must) = given.admin_passkey {
        store.set_admin_passkey(id.to_owned(), must).await.map_err(|error| say(&error, settings, lang))?;
    }
    let done = match lang {
        Lang::Vi => format!("Đã sửa \"{id}\".\n"),
        Lang::En => format!("Changed \"{id}\".\n"),
    };
    Ok(done + &say_key(key.as_deref(), lang))
}

async fn close(store: &Store, id: &str, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    let mut record = known(store, id, settings, lang).await?;
    record.closed_at = Some(now());
    store.change_organisation(record).await.map_err(|error| say(&error, settings, lang))?;
    for member in store.members(id).await.map_err(|error| say(&error, settings, lang))? {
        store.leave(member.id, random()?, now()).await.map_err(|error| say(&error, settings, lang))?;
    }
    Ok(match lang {
        Lang::Vi => format!("Đã đóng \"{id}\". Không ai chọn được nữa và mọi người trong đó hết quyền vào.\n"),
        Lang::En => format!("Closed \"{id}\". Nobody can choose it any more, and its members can't sign in.\n"),
    })
}

async fn list(store: &Store, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    let records = store.organisations().await.map_err(|error| say(&error, settings, lang))?;
    if records.is_empty() {
        return Ok(lang
            .pick("Chưa có tổ chức nào. Thêm: haidang org add\n", "No organisation yet. Add one: haidang org add\n")
            .into());
    }
    let mut out = String::new();
    for record in records {
        let card = &record.card;
        let members = store.members(&card.id).await.map_err(|error| say(&error, settings, lang))?.len();
        let provinces: Vec<_> =
            card.provinces.iter().filter_map(|code| Some(Province::by_code(code)?.name(lang))).collect();
        let provinces =
            if provinces.is_empty() { lang.pick("cả nước", "everywhere").into() } else { provinces.join(", ") };
        let state = if card.recipient.is_some() {
            lang.pick("nhận được báo cáo", "can receive reports")
        } else {
            lang.pick(
                "chưa có khoá: mời người đầu tiên (haidang staff invite)",
                "no key yet: invite its first member (haidang staff invite)",
            )
        };
        let (hours, people) = (lang.pick("giờ", "hours"), lang.pick("người", "members"));
        writeln!(
            out,
            "{} [{}] {}\n    {state}; {people}: {members}; {hours}: {}; {provinces}",
            card.id,
            card.kind.name(lang),
            card.name.get(lang),
            card.hours
        )
        .expect("a String takes every line");
    }
    Ok(out)
}

/// Writes every field that was given; gives all that is wrong.
fn put(record: &mut OrganisationRecord, given: &Given, lang: Lang) -> Vec<String> {
    let said = FIELDS.iter().filter_map(|field| Some((field, given.fields.get(field.flag)?)));
    said.filter_map(|(field, value)| field.put(record, value, lang).err()).collect()
}

/// A webhook has a key from its first day on; a new one when asked.
fn webhook_key(record: &mut OrganisationRecord, given: &Given) -> Result<Option<String>, Failure> {
    let notices = &mut record.notices;
    if notices.webhook_url.is_none() {
        notices.webhook_key = None;
    } else if notices.webhook_key.is_none() || given.new_webhook_key {
        let key: [u8; 32] = random()?;
        notices.webhook_key = Some(key.to_vec());
        return Ok(Some(key.iter().map(|byte| format!("{byte:02x}")).collect()));
    }
    Ok(None)
}

fn say_key(key: Option<&str>, lang: Lang) -> String {
    let Some(key) = key else { return String::new() };
    let line = lang.pick(
        "Khoá để kiểm chữ ký của webhook (HMAC-SHA256, in một lần này thôi; cất kỹ):",
        "The key that checks the webhook's signature (HMAC-SHA256, printed this once; keep it well):",
    );
    format!("{line}\n  {key}\n")
}

/// The organisation, or the ids that there are.
pub async fn known(store: &Store, id: &str, settings: &Settings, lang: Lang) -> Result<OrganisationRecord, Failure> {
    match store.organisation(id).await {
        Ok(record) if record.closed_at.is_none() => Ok(record),
        Ok(_) | Err(StoreError::Absent(_)) => {
            let all = store.organisations().await.map_err(|error| say(&error, settings, lang))?;
            let ids = all.iter().map(|record| record.card.id.as_str()).collect::<Vec<_>>().join(", ");
            Err(mistakes(&[match lang {
                Lang::Vi if ids.is_empty() => format!("không có tổ chức \"{id}\"; thêm bằng: haidang org add"),
                Lang::Vi => format!("không có tổ chức \"{id}\"; đang có: {ids}"),
                Lang::En if ids.is_empty() => format!("there is no organisation \"{id}\"; add one: haidang org add"),
                Lang::En => format!("there is no organisation \"{id}\"; there are: {ids}"),
            }]))
        }
        Err(error) => Err(say(&error, settings, lang)),
    }
}
