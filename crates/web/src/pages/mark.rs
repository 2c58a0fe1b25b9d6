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

/// A quiet coast at night with the light on: the one picture of the site.
pub(super) fn coast() -> Markup {
    html! {
        svg .coast viewBox="0 0 640 300" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMax slice" {
            rect .coast-sky width="640" height="300" {}
            g .coast-stars { circle cx="80" cy="52" r="1.600" {} circle cx="168" cy="28" r="1.200" {} circle cx="250" cy="74" r="1.400" {}
                circle cx="330" cy="36" r="1.200" {} circle cx="52" cy="120" r="1.100" {} circle cx="590" cy="40" r="1.500" {} circle cx="390" cy="88" r="1" {} circle cx="210" cy="118" r="1" {} }
            path .coast-beam d="M478 98 0 34v120z" {}
            path .coast-beam .far d="M486 98 640 62v64z" {}
            path .coast-hill d="M360 262c40-36 74-52 122-54 60-2 112 22 158 30v62H360z" {}
            path .coast-tower d="M468 116h28l9 100h-46z" {}
            path .coast-band d="M466 140h32l2.500 26h-37zM462.600 190h38.800l2 26h-43z" {}
            rect .coast-lamp x="471" y="88" width="22" height="22" rx="3" {}
            path .coast-roof d="M482 66l17 20h-34zM463 110h38v7h-38z" {}
            circle .coast-glow cx="482" cy="98" r="30" {}
            path .coast-sea d="M0 236c54-10 92 6 150 0s96-12 158-2 110 8 168-2 110-6 164 2v66H0z" {}
            path .coast-sea .near d="M0 262c70-10 120 8 190 2s130-12 210-2 150 6 240-4v42H0z" {}
            path .coast-boat d="M150 232h52l-9 13h-34zM174 196v32h-18zM178 204v24h14z" {}
        }
    }
}
