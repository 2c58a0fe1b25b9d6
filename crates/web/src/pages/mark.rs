//! The marks, drawn by hand: the lighthouse, and a neutral one for each cover. Colours come from the style sheet.

use crate::{Cover, assets};
use maud::{Markup, html};

/// The small mark beside the name.
pub(super) fn mark(cover: Cover) -> Markup {
    match cover {
        Cover::Open => html! {
            svg .mark viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
                path .mark-beam d="M15 9.4 2 5.2v7.4zM17 9.4l13-4.2v7.4z" {}
                path .mark-tower d="M12.4 13h7.2l1.9 15h-11z" {}
                path .mark-band d="M11.9 17h8.2l.6 4.4h-9.4z" {}
                path .mark-tower d="M16 3.2l4.3 3.6H11.700z" {}
                rect .mark-lamp x="13.2" y="7.4" width="5.6" height="4.4" rx=".8" {}
                path .mark-tower d="M11 11.800h10v1.500h-10zM8 28h16v1.600h-16z" {}
            }
        },
        Cover::Notes => html! {
            svg .mark viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
                path .mark-tower d="M7 4h13l5 5v19H7z" {}
                path .mark-lines d="M11 13h10M11 18h10M11 23h6" {}
            }
        },
        Cover::Weather => html! {
            svg .mark viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
                circle .mark-lamp cx="12" cy="12" r="6" {}
                path .mark-tower d="M9 25h14a5 5 0 0 0 .6-10A7.500 7.500 0 0 0 10 16.700 4.200 4.200 0 0 0 9 25z" {}
            }
        },
    }
}

/// The picture in the browser's tab and of the icon.
pub(super) const fn icon(cover: Cover) -> &'static str {
    match cover {
        Cover::Open => assets::ICON_SVG,
        Cover::Notes => assets::ICON_NOTES_SVG,
        Cover::Weather => assets::ICON_WEATHER_SVG,
    }
}

/// The same as PNG, for home screens that know no SVG.
pub(super) struct Drawn {
    /// 180 pixels: iPhones.
    pub small: &'static str,
    /// 192 pixels.
    pub medium: &'static str,
    /// 512 pixels.
    pub large: &'static str,
}

/// Drawn from [`icon`] by `cargo xtask icons`; all that matters lies within the inner four fifths, so that any mask fits.
pub(super) const fn drawn(cover: Cover) -> Drawn {
    let (small, medium, large) = match cover {
        Cover::Open => (assets::ICON_180_PNG, assets::ICON_192_PNG, assets::ICON_512_PNG),
        Cover::Notes => (assets::ICON_NOTES_180_PNG, assets::ICON_NOTES_192_PNG, assets::ICON_NOTES_512_PNG),
        Cover::Weather => (assets::ICON_WEATHER_180_PNG, assets::ICON_WEATHER_192_PNG, assets::ICON_WEATHER_512_PNG),
    };
    Drawn { small, medium, large }
}

/// A quiet coast at night with the light on: the one picture of the site. Its right end stays in sight on a phone.
pub(super) fn coast() -> Markup {
    html! {
        svg .coast viewBox="0 0 960 300" aria-hidden="true" focusable="false" preserveAspectRatio="xMaxYMax slice" {
            defs {
                linearGradient #beam-left x1="1" x2="0" y1="0" y2="0" { stop .beam-near offset="0" {} stop .beam-far offset="1" {} }
                linearGradient #beam-right x1="0" x2="1" y1="0" y2="0" { stop .beam-near offset="0" {} stop .beam-far offset="1" {} }
                radialGradient #lamp-glow { stop .beam-near offset="0" {} stop .beam-far offset="1" {} }
            }
            g .coast-stars {
                circle cx="640" cy="26" r="1.6" {} circle cx="700" cy="64" r="1.100" {} circle cx="742" cy="22" r="1.200" {}
                circle cx="872" cy="34" r="1.400" {} circle cx="918" cy="82" r="1.100" {} circle cx="566" cy="58" r="1.200" {}
                circle cx="590" cy="14" r="1" {} circle cx="842" cy="12" r="1" {} circle cx="662" cy="96" r="1" {}
            }
            path fill="url(#beam-left)" d="M796 98 380 52v104z" {}
            path fill="url(#beam-right)" d="M808 98 960 76v50z" {}
            circle fill="url(#lamp-glow)" cx="802" cy="98" r="62" {}
            path .coast-hill d="M668 262c44-36 82-52 134-54 64-2 112 20 158 30v62H668z" {}
            path .coast-tower d="M788 116h28l9 96h-46z" {}
            path .coast-band d="M786.300 134h31.400l2.200 24h-35.800zM782 182h40l2 22h-44z" {}
            rect .coast-lamp x="791" y="88" width="22" height="22" rx="3" {}
            path .coast-tower d="M802 66l17 20h-34zM783 110h38v7h-38z" {}
            path .coast-sea d="M0 236c54-10 92 6 150 0s96-12 158-2 110 8 168-2 110-6 164 2 104 10 166 0 100-6 154 2v64H0z" {}
            path .coast-boat d="M596 230h40l-7 11h-26zM614 200v26h-14zM617 207v19h11z" {}
            path .coast-sea .near d="M0 262c70-10 120 8 190 2s130-12 210-2 150 6 240-4 170 10 320 0v42H0z" {}
        }
    }
}
