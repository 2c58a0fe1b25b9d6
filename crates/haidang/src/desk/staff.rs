//! `haidang staff`: invite by a one-time link, list, end.

use super::{mistakes, needed, now, open, org::known, random, say, text};
use crate::{exit::Failure, settings::Settings};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use clap::{Arg, ArgMatches, Command, value_parser};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::{Invitation, Store, StoreError};
use vocabulary::{Lang, Role};

/// What is wanted.
#[derive(Debug)]
pub enum StaffWish {
    Invite { organisation: String, role: String, days: i64 },
    List(String),
    Leave { organisation: String, name: String },
}

pub fn command(lang: Lang, settled: &dyn Fn(Command) -> Command) -> Command {
    let say = |vi, en| lang.pick(vi, en);
    let organisation = || needed("organisation", say("Mã của tổ chức", "The organisation's id"));
    let role = Arg::new("role").long("role").required(true).value_name("ROLE").help(format!(
        "{}: {}",
        say("Vai trò", "The role"),
        Role::ALL.iter().map(|role| format!("{role} ({})", role.name(lang))).collect::<Vec<_>>().join(", ")
    ));
    let days = Arg::new("days")
        .long("days")
        .value_name("DAYS")
        .value_parser(value_parser!(i64).range(1..=30))
        .default_value("3")
        .help(say("Đường dẫn dùng được trong mấy ngày", "For how many days the link holds"));
    let invite = Command::new("invite")
        .about(say(
            "In một đường dẫn dùng một lần để một người vào tổ chức",
            "Print a one-time link by which somebody joins an organisation",
        ))
        .arg(organisation())
        .arg(role)
        .arg(days);
    let list = Command::new("list").about(say("Ai đang làm ở tổ chức", "Who works there")).arg(organisation());
    let leave = Command::new("leave")
        .about(say("Một người thôi việc: hết quyền vào ngay", "Somebody leaves: access ends at once"))
        .arg(organisation())
        .arg(needed("name", say("Tên đăng nhập", "The name she signs in with")));
    Command::new("staff")
        .about(say("Người làm việc ở các tổ chức", "Who works at the organisations"))
        .subcommand_required(true)
        .subcommands([invite, list, leave].map(settled))
}

pub fn read(name: &str, given: &ArgMatches) -> Option<StaffWish> {
    let organisation = text(given, "organisation")?;
    Some(match name {
        "invite" => StaffWish::Invite { organisation, role: text(given, "role")?, days: *given.get_one("days")? },
        "leave" => StaffWish::Leave { organisation, name: text(given, "name")? },
        _ => StaffWish::List(organisation),
    })
}

pub async fn run(wish: StaffWish, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    let store = open(settings, false, lang).await?;
    match wish {
        StaffWish::Invite { organisation, role, days } => {
            invite(&store, &organisation, &role, days, settings, lang).await
        }
        StaffWish::List(organisation) => list(&store, &organisation, settings, lang).await,
        StaffWish::Leave { organisation, name } => leave(&store, &organisation, &name, settings, lang).await,
    }
}

async fn invite(
    store: &Store,
    organisation: &str,
    role: &str,
    days: i64,
    settings: &Settings,
    lang: Lang,
) -> Result<String, Failure> {
    let role: Role = role.parse().map_err(|_| {
        let all = Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
        mistakes(&[match lang {
            Lang::Vi => format!("--role: không có vai trò \"{role}\"; chọn một trong: {all}"),
            Lang::En => format!("--role: there is no role \"{role}\"; choose one of: {all}"),
        }])
    })?;
    known(store, organisation, settings, lang).await?;
    let secret: [u8; 32] = random()?;
    let invitation = Invitation {
        hash: Sha256::digest(secret).into(),
        organisation: organisation.to_owned(),
        role,
        expires_at: now() + days * 24 * 3600,
    };
    store.invite(invitation).await.map_err(|error| say(&error, settings, lang))?;
    let link =
        format!("{}/{}/desk/join#{}", settings.site.base_url, lang.code(), BASE64_URL_SAFE_NO_PAD.encode(secret));
    Ok(match lang {
        Lang::Vi => format!(
            "{link}\nDùng được một lần, trong {days} ngày. Chỉ đưa tận tay, hoặc gửi qua kênh mà chỉ người ấy đọc được: ai mở trước thì người đó vào.\n"
        ),
        Lang::En => format!(
            "{link}\nGood once, for {days} days. Hand it over in person, or by a way that only she reads: whoever opens it first is in.\n"
        ),
    })
}

async fn list(store: &Store, organisation: &str, settings: &Settings, lang: Lang) -> Result<String, Failure> {
    known(store, organisation, settings, lang).await?;
    let members = store.members(organisation).await.map_err(|error| say(&error, settings, lang))?;
    if members.is_empty() {
        return Ok(lang.pick("Chưa có ai.\n", "Nobody yet.\n").into());
    }
    let mut out = String::new();
    for member in members {
        let door = if member.organisation_key.is_some() {
            lang.pick("mở được báo cáo", "opens reports")
        } else {
            lang.pick("chờ đồng nghiệp mở cửa", "waits for a colleague to open the door")
        };
        writeln!(out, "{} [{}] {door}", member.name, member.role.name(lang)).expect("a String takes every line");
    }
    Ok(out)
}

async fn leave(
    store: &Store,
    organisation: &str,
    name: &str,
    settings: &Settings,
    lang: Lang,
) -> Result<String, Failure> {
    known(store, organisation, settings, lang).await?;
    let member = match store.member_named(organisation, name).await {
        Ok(member) => member,
        Err(StoreError::Absent(_)) => {
            let all = store.members(organisation).await.map_err(|error| say(&error, settings, lang))?;
            let names = all.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(mistakes(&[match lang {
                Lang::Vi => format!("ở \"{organisation}\" không có \"{name}\"; đang có: {names}"),
                Lang::En => format!("\"{organisation}\" has no \"{name}\"; there are: {names}"),
            }]));
        }
        Err(error) => return Err(say(&error, settings, lang)),
    };
    store.leave(member.id, random()?, now()).await.map_err(|error| say(&error, settings, lang))?;
    Ok(match lang {
        Lang::Vi => format!(
            "\"{name}\" đã hết quyền vào; khoá của người ấy đã huỷ. Những gì đã đọc thì không lấy lại được; nếu lo ngại, hãy nói với người phụ trách.\n"
        ),
        Lang::En => format!(
            "\"{name}\" can't sign in any more; her keys are destroyed. What was read can't be unread; if that worries you, tell whoever is in charge.\n"
        ),
    })
}
