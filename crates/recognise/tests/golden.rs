//! Whole assessments, kept as files. After a change that is meant: `UPDATE_GOLDEN=1 cargo test -p recognise --test golden`,
//! then read the difference.

use recognise::Recogniser;
use std::{env, fs, path::Path};

#[test]
fn assessments_are_as_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let recogniser = Recogniser::shipped();
    let mut texts: Vec<_> =
        fs::read_dir(&folder).expect("the folder is there").map(|f| f.expect("readable").path()).collect();
    texts.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    assert!(texts.len() >= 16, "golden texts are missing");
    let mut changed = Vec::new();
    for path in texts {
        let said = recogniser.assess(&fs::read_to_string(&path).expect("UTF-8")).expect("golden texts can be read");
        let said = serde_json::to_string_pretty(&said).expect("assessments are JSON") + "\n";
        let kept = path.with_extension("json");
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&kept, &said).expect("golden files can be written");
        } else if fs::read_to_string(&kept).ok().as_deref() != Some(said.as_str()) {
            changed.push(kept);
        }
    }
    assert!(changed.is_empty(), "other than kept: {changed:?}");
}
