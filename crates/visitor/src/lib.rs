//! A person at a browser: the real binary serves on a free port ([`House`]), a real Chromium with a new profile visits
//! it ([`Visitor`]), and what it leaves on the disk can be searched ([`traces`]).
//!
//! Cut as a crate of its own because three need it: the browser tests (`crates/haidang/tests`), the benchmarks and the
//! screenshots (`xtask`). It is a test tool and no part of the binary.
//!
//! Chromium is driven by Debian's chromedriver over `WebDriver`; what `WebDriver` can't do (no scripts, a cut network,
//! emulated screens) goes through its pass to the `DevTools` protocol. Without a browser on the machine a test stops
//! and says how to get one; `HAIDANG_NO_BROWSER=1` leaves browser tests out (see [`browser_wanted`]).
//!
//! Deliberately absent: knowledge of our pages. Which button does what stands in the tests.

mod browser;
mod devtools;
mod house;
mod traces;
mod wire;

pub use browser::{Look, Visitor};
pub use fantoccini::{Locator, elements::Element, key::Key};
pub use house::{House, free_port};
pub use traces::traces;
pub use wire::Wire;

/// Whether tests that drive a browser shall run. Says so once where they are left out.
pub fn browser_wanted() -> bool {
    let left_out = std::env::var_os("HAIDANG_NO_BROWSER").is_some();
    #[expect(clippy::print_stderr, reason = "a test that did nothing must say so")]
    if left_out {
        eprintln!("left out: HAIDANG_NO_BROWSER is set");
    }
    !left_out
}
