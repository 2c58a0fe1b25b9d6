//! Which language the user reads, and the few ways to speak to her outside of an answer.

use std::{ffi::OsString, io::Write};
use vocabulary::Lang;

/// `--lang`, else `HAIDANG_LANG`, else the system's language; Vietnamese where it names none.
pub fn language(args: &[OsString]) -> Lang {
    let words: Vec<&str> = args.iter().map_while(|a| (a != "--").then(|| a.to_str().unwrap_or(""))).collect();
    let after_flag =
        words.windows(2).rev().find_map(|pair| (pair[0] == "--lang").then(|| pair[1].parse().ok()).flatten());
    let in_flag = || words.iter().rev().find_map(|word| word.strip_prefix("--lang=")?.parse().ok());
    let named = ["HAIDANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    after_flag.or_else(in_flag).unwrap_or_else(|| of_system(&named))
}

/// The first name that is set decides: `vi_VN.UTF-8`, `en`, `C.UTF-8` (names no language), `de_DE` (English).
fn of_system(names: &[String]) -> Lang {
    let set = names.iter().find(|name| !name.is_empty()).map_or("", String::as_str);
    let code = set.split(['_', '.', '@', '-']).next().unwrap_or("");
    match code {
        "" | "C" | "POSIX" | "vi" => Lang::Vi,
        _ => Lang::En,
    }
}

/// One line to standard error, quietly lost if nobody reads it.
pub fn error(line: &str) {
    let _ = writeln!(anstream::stderr(), "haidang: {line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Lang {
        of_system(&[String::new(), name.to_owned()])
    }

    #[test]
    fn the_system_names_the_language() {
        assert_eq!(of("vi_VN.UTF-8"), Lang::Vi);
        assert_eq!(of("en_GB.UTF-8"), Lang::En);
        assert_eq!(of("de_DE"), Lang::En);
        assert_eq!(of("C.UTF-8"), Lang::Vi);
        assert_eq!(of(""), Lang::Vi);
    }

    #[test]
    fn the_flag_goes_before_the_system() {
        let args = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&args(&["haidang", "check", "--lang", "en", "x"])), Lang::En);
        assert_eq!(language(&args(&["haidang", "--lang=en"])), Lang::En);
    }
}
