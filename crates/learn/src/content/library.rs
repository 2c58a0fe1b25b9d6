//! All content of a folder, or what is built in.

use super::{Chat, Items, Lesson, Module, Text, read::read};
use crate::check::{Finding, What};
use serde::de::DeserializeOwned;
use std::sync::OnceLock;
use vocabulary::Lang;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// `chats/`.
    pub chats: Vec<Kept<Chat>>,
    /// `lessons/`.
    pub lessons: Vec<Kept<Lesson>>,
    /// `items/`, one file for each age.
    pub items: Vec<Kept<Items>>,
    /// `modules/`.
    pub modules: Vec<Kept<Module>>,
    /// `policies/`, two files each.
    pub policies: Vec<Policy>,
}

/// A paper of the school's package of policies, to adopt and adapt: `policies/<id>.vi.md` and `policies/<id>.en.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Short English name, that of the files.
    pub id: String,
    /// Its files, as they were named, without `.vi.md`.
    pub stem: String,
    /// Plain Markdown; its first line is the title, as `# …`.
    pub text: Text,
}

impl Policy {
    /// The title.
    pub fn title(&self, lang: Lang) -> &str {
        self.text.pick(lang).lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }
}

/// Content and where it came from.
#[derive(Clone, Debug)]
pub struct Kept<X> {
    /// The file, as it was named: `chats/free-skins.toml`.
    pub file: String,
    /// The lines (from 1) on which its scenes, steps or items begin.
    pub lines: Vec<u32>,
    /// What stands in it.
    pub content: X,
}

impl<X> Kept<X> {
    /// The name of the file without folder and ending.
    pub fn name(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }
}

static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

impl Library {
    /// What is built in.
    pub fn shipped() -> &'static Self {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(|| Self::read(Self::shipped_files()).0)
    }

    /// The built-in files as they were written: name and text.
    pub fn shipped_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        SHIPPED.iter().copied()
    }

    /// Reads files, each with its name; the folder in the name says what it is. What can't be read is a finding, and the
    /// rest goes on.
    pub fn read<Name: AsRef<str>, Content: AsRef<str>>(
        files: impl IntoIterator<Item = (Name, Content)>,
    ) -> (Self, Vec<Finding>) {
        let (mut library, mut findings) = (Self::default(), Vec::new());
        for (file, text) in files {
            let (file, text) = (file.as_ref(), text.as_ref());
            let folder = file.rsplit(['/', '\\']).nth(1).unwrap_or_default();
            let failed = match folder {
                "chats" => keep(&mut library.chats, file, text, "[[scene]]"),
                "lessons" => keep(&mut library.lessons, file, text, "[[step]]"),
                "modules" => keep(&mut library.modules, file, text, "[[step]]"),
                "items" => keep(&mut library.items, file, text, "[[item]]"),
                "policies" => keep_policy(&mut library.policies, file, text),
                _ => Some(Finding::new(
                    file,
                    What::Folder,
                    "tệp nằm ngoài các thư mục chats, lessons, items, modules, policies: hãy chuyển vào đúng thư mục",
                    "the file lies outside the folders chats, lessons, items, modules, policies: move it into one of them",
                )),
            };
            findings.extend(failed);
        }
        (library, findings)
    }
}

fn keep_policy(list: &mut Vec<Policy>, file: &str, text: &str) -> Option<Finding> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let parts = name.strip_suffix(".md").and_then(|name| name.rsplit_once('.'));
    let Some((id, lang)) = parts.and_then(|(id, lang)| Some((id, lang.parse::<Lang>().ok()?))) else {
        return Some(Finding::new(
            file,
            What::Name,
            "tệp phải tên là tên-ngắn.vi.md hoặc tên-ngắn.en.md",
            "the file must be called short-name.vi.md or short-name.en.md",
        ));
    };
    let stem = file[..file.len() - ".vi.md".len()].to_owned();
    let at = list.iter().position(|policy| policy.stem == stem).unwrap_or_else(|| {
        list.push(Policy { id: id.into(), stem, text: Text::default() });
        list.len() - 1
    });
    match lang {
        Lang::Vi => list[at].text.vi = text.into(),
        Lang::En => list[at].text.en = text.into(),
    }
    None
}

fn keep<X: DeserializeOwned>(list: &mut Vec<Kept<X>>, file: &str, text: &str, head: &str) -> Option<Finding> {
    match read(text) {
        Ok(content) => {
            let heads = text.lines().zip(1..).filter(|(line, _)| line.trim_start().starts_with(head));
            list.push(Kept { file: file.into(), lines: heads.map(|(_, number)| number).collect(), content });
            None
        }
        Err(error) => Some(Finding { line: Some(error.line), ..Finding::new(file, What::Unread, error.vi, error.en) }),
    }
}
