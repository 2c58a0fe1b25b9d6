//! An organisation's own questions, from a TOML file that its people write.

use casework::{
    limits::{OWN_CHOICE_LETTERS, OWN_CHOICES, OWN_QUESTION_LETTERS, OWN_QUESTIONS},
    own_questions::{Mistake, OwnQuestion, check},
};
use serde::Deserialize;
use std::{fs::File, io::Read};
use vocabulary::Lang;

/// The most bytes of such a file: far above what all limits of its texts allow.
const FILE_BYTES: u64 = 256 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: Vec<OwnQuestion>,
}

/// The questions of this file as the store keeps them; a bare `-` means none.
pub fn read(path: &str, lang: Lang) -> Result<String, String> {
    if path == "-" {
        return Ok(String::new());
    }
    let mut text = String::new();
    let file = File::open(path).map(|file| file.take(FILE_BYTES));
    file.and_then(|mut file| file.read_to_string(&mut text)).map_err(|error| format!("{path}: {error}"))?;
    let read: Questions = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        let why = lang.pick("tệp TOML viết chưa đúng", "not such a file as docs/desk.md shows");
        format!("{path}:{line}: {why} ({})", error.message())
    })?;
    check(&read.question).map_err(|mistake| format!("{path}: {}", say(&mistake, lang)))?;
    serde_json::to_string(&read.question).map_err(|error| error.to_string())
}

fn say(mistake: &Mistake, lang: Lang) -> String {
    if lang == Lang::En {
        return mistake.to_string();
    }
    match mistake {
        Mistake::TooMany => format!("nhiều hơn {OWN_QUESTIONS} câu hỏi"),
        Mistake::BadCode(code) => format!("`{code}` không làm mã được: 1 đến 40 chữ a-z, số và _"),
        Mistake::Twice(code) => format!("`{code}` có hai lần"),
        Mistake::BadText(code) => format!(
            "`{code}`: mỗi câu là một dòng bằng cả hai tiếng, tối đa {OWN_QUESTION_LETTERS} chữ cái, câu trả lời tối đa {OWN_CHOICE_LETTERS}"
        ),
        Mistake::BadChoices(code) => {
            format!("`{code}`: loại text không có lựa chọn, các loại khác có từ 2 đến {OWN_CHOICES}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: Lang) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("q.toml");
        std::fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap();
        read(path, lang).map_err(|why| why.replace(path, "q.toml"))
    }

    #[test]
    fn a_file_of_questions_is_read_and_kept_as_devices_get_it() {
        let kept = said(
            "[[question]]\ncode = \"class\"\nkind = \"choice\"\n\
             text = { vi = \"Bạn học khối nào?\", en = \"Which grade are you in?\" }\n\
             choices = [{ code = \"six\", vi = \"6\", en = \"6\" }, { code = \"seven\", vi = \"7\", en = \"7\" }]\n",
            Lang::En,
        );
        let kept: Vec<OwnQuestion> = serde_json::from_str(&kept.unwrap()).unwrap();
        assert_eq!((kept[0].code.as_str(), kept[0].choices.len()), ("class", 2));
        assert_eq!(read("-", Lang::Vi), Ok(String::new()));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_place() {
        assert!(said("[[question]]\ncode = \n", Lang::En).unwrap_err().starts_with("q.toml:2:"));
        let bad = "[[question]]\ncode = \"lớp\"\nkind = \"text\"\ntext = { vi = \"a\", en = \"b\" }\n";
        assert!(said(bad, Lang::Vi).unwrap_err().contains("không làm mã được"));
        assert!(read("/nowhere/q.toml", Lang::Vi).is_err());
    }
}
