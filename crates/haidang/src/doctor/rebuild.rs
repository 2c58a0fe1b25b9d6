//! `haidang doctor --rebuild`: what is read of the work on cases is made anew out of the logs.

use crate::{desk, exit::Failure, say, settings::Sources};
use vocabulary::Lang;

/// Does it, and says on standard error how far it is and what was mended.
pub fn run(sources: &Sources, lang: Lang) -> Result<(), Failure> {
    let settings = crate::read_settings(sources, lang)?;
    let told = |events: u64, cases: u64| match lang {
        Lang::Vi => say::error(&format!("đã đi qua {events} dòng nhật ký, {cases} ca…")),
        Lang::En => say::error(&format!("went through {events} lines of the logs, {cases} cases…")),
    };
    let rebuilt = desk::with_store(&settings, lang, async |store| {
        let rebuilt = store.rebuild_telling(|so_far| told(so_far.events, so_far.cases)).await;
        rebuilt.map_err(|error| desk::say(&error, &settings, lang))
    })?;
    say::error(&match lang {
        Lang::Vi => format!(
            "xong: {} dòng nhật ký, {} ca; {} ca khác với nhật ký và đã được sửa lại",
            rebuilt.events, rebuilt.cases, rebuilt.mended
        ),
        Lang::En => format!(
            "done: {} lines of the logs, {} cases; {} cases differed from the logs and were put right",
            rebuilt.events, rebuilt.cases, rebuilt.mended
        ),
    });
    Ok(())
}
