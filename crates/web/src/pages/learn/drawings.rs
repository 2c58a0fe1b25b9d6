//! The drawings of lessons: one calm hand, drawn for this project. Every thing stands by the water at night, in the light
//! of a lamp. Colours come from `learn.css`: `d-a` paper, `d-b` clay, `d-c` lamp, `d-d` night, `d-l` a line of paper,
//! `d-k` a line of night.

use learn::Picture;
use maud::{Markup, PreEscaped, html};

/// A drawing, 96 by 72; it says nothing that isn't said beside it.
pub(super) fn drawing(picture: Picture) -> Markup {
    html! {
        svg .drawing viewBox="0 0 96 72" aria-hidden="true" focusable="false" {
            path .d-sky d="M0 0h96v72H0z" {}
            circle .d-glow cx="48" cy="34" r="27" {}
            (PreEscaped(shapes(picture)))
            path .d-wave d="M0 63c10-4 18 3 30 0s22-4 34 0 20 3 32-1v10H0z" {}
        }
    }
}

const fn shapes(picture: Picture) -> &'static str {
    match picture {
        Picture::Lantern => concat!(
            r#"<path class="d-l" d="M48 2v12M48 50v10M44 53v6M52 53v6"/>"#,
            r#"<path class="d-b" d="M33 32c0-9 6-15 15-15s15 6 15 15-6 15-15 15-15-6-15-15z"/>"#,
            r#"<path class="d-c" d="M42 32c0-9 2-15 6-15s6 6 6 15-2 15-6 15-6-6-6-15z"/>"#,
            r#"<path class="d-a" d="M40 13h16v5H40zM40 46h16v5H40z"/>"#,
        ),
        Picture::Boat => concat!(
            r#"<path class="d-a" d="M45 16v32H26c9-8 16-19 19-32zM51 20c9 8 15 17 17 28H51z"/>"#,
            r#"<path class="d-l" d="M48 8v44"/><path class="d-c" d="M48 6h11l-4 4 4 4H48z"/>"#,
            r#"<path class="d-b" d="M20 52h56c-2 8-7 13-14 14H34c-7-1-12-6-14-14z"/>"#,
        ),
        Picture::Phone => concat!(
            r#"<rect class="d-a" x="34" y="7" width="28" height="52" rx="5"/>"#,
            r#"<rect class="d-d" x="37.500" y="13" width="21" height="36" rx="2"/>"#,
            r#"<circle class="d-c" cx="48" cy="27" r="6"/><path class="d-l" d="M42 39h12M45 44h6"/>"#,
            r#"<path class="d-k" d="M45 54h6"/>"#,
        ),
        Picture::Chat => concat!(
            r#"<path class="d-a" d="M20 12h38a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H36l-10 8v-8h-6a6 6 0 0 1-6-6V18a6 6 0 0 1 6-6z"/>"#,
            r#"<path class="d-k" d="M24 21h28M24 29h17"/>"#,
            r#"<path class="d-c" d="M50 32h26a6 6 0 0 1 6 6v8a6 6 0 0 1-6 6h-3v8l-9-8H50a6 6 0 0 1-6-6v-8a6 6 0 0 1 6-6z"/>"#,
            r#"<path class="d-k" d="M54 42h.1M63 42h.1M72 42h.1"/>"#,
        ),
        Picture::Shield => concat!(
            r#"<path class="d-a" d="M48 8l21 7v16c0 14-9 23-21 28-12-5-21-14-21-28V15z"/>"#,
            r#"<path class="d-b" d="M48 8l21 7v16c0 14-9 23-21 28z"/>"#,
            r#"<path class="d-c" d="M48 20l3.500 8 8.500.8-6.500 5.700 2 8.500-7.500-4.500-7.500 4.500 2-8.500-6.500-5.700 8.500-.8z"/>"#,
        ),
        Picture::Key => concat!(
            r#"<path class="d-c" fill-rule="evenodd" d="M34 18a15 15 0 0 1 14.500 11H78v7h-4v9h-7v-9h-5v7h-6v-7h-7.500A15 15 0 1 1 34 18zm0 8a7 7 0 1 0 0 14 7 7 0 0 0 0-14z"/>"#,
            r#"<path class="d-l" d="M22 52c4 4 10 6 16 4"/>"#,
        ),
        Picture::Class => concat!(
            r#"<rect class="d-a" x="18" y="8" width="60" height="35" rx="3"/><rect class="d-d" x="21" y="11" width="54" height="29" rx="1.500"/>"#,
            r#"<path class="d-l" d="M28 20h22M28 28h14"/><path class="d-c" d="M64 17l2.500 5 5.500.6-4 4 1 5.400-5-2.600-5 2.600 1-5.400-4-4 5.500-.6z"/>"#,
            r#"<circle class="d-b" cx="30" cy="50" r="6"/><circle class="d-c" cx="48" cy="50" r="6"/><circle class="d-a" cx="66" cy="50" r="6"/>"#,
            r#"<path class="d-b" d="M20 68c0-7 4-11 10-11s10 4 10 11z"/><path class="d-c" d="M38 68c0-7 4-11 10-11s10 4 10 11z"/><path class="d-a" d="M56 68c0-7 4-11 10-11s10 4 10 11z"/>"#,
        ),
        Picture::Home => concat!(
            r#"<path class="d-a" d="M26 30h44v32H26z"/><path class="d-b" d="M48 9 78 33H18z"/>"#,
            r#"<path class="d-c" d="M32 38h10v9H32zM56 38h10v9H56z"/><path class="d-d" d="M44 46a5 5 0 0 1 10 0v16H44z"/>"#,
            r#"<path class="d-b" d="M61 12h6v12h-6z"/>"#,
        ),
        Picture::Bank => concat!(
            r#"<path class="d-b" d="M48 9 76 25H20z"/><circle class="d-c" cx="48" cy="19" r="4"/>"#,
            r#"<path class="d-a" d="M22 27h52v5H22zM27 34h8v19h-8zM44 34h8v19h-8zM61 34h8v19h-8zM20 55h56v7H20z"/>"#,
        ),
        Picture::Game => concat!(
            r#"<path class="d-a" d="M31 21h34c11 0 17 30 10 34-6 3-11-6-15-11H36c-4 5-9 14-15 11-7-4-1-34 10-34z"/>"#,
            r#"<path class="d-d" d="M33 27h5v4h4v5h-4v4h-5v-4h-4v-5h4z"/>"#,
            r#"<circle class="d-c" cx="60" cy="37" r="3.300"/><circle class="d-b" cx="67" cy="30" r="3.300"/>"#,
            r#"<path class="d-l" d="M48 21c0-7 5-6 5-12"/>"#,
        ),
        Picture::Camera => concat!(
            r#"<path class="d-a" d="M38 20l4-8h14l4 8h11a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6H25a6 6 0 0 1-6-6V26a6 6 0 0 1 6-6z"/>"#,
            r#"<path class="d-b" d="M19 27h58v5H19z"/><circle class="d-d" cx="48" cy="38" r="13"/><circle class="d-c" cx="48" cy="38" r="7.500"/>"#,
            r#"<path class="d-l" d="M44 34c1-1.500 2.500-2.300 4-2.300"/>"#,
        ),
        Picture::Heart => concat!(
            r#"<path class="d-b" d="M48 58C29 45 20 36 20 26a14 14 0 0 1 28-4 14 14 0 0 1 28 4c0 10-9 19-28 32z"/>"#,
            r#"<path class="d-l" d="M28 26c0-4 3-7 7-7"/><circle class="d-c" cx="48" cy="36" r="6"/>"#,
        ),
        Picture::Map => concat!(
            r#"<path class="d-a" d="M18 18l20-6 20 6 20-6v40l-20 6-20-6-20 6z"/><path class="d-k" d="M38 14v36M58 20v36"/>"#,
            r#"<path class="d-k thin" stroke-dasharray="1 5" d="M25 46c8-2 8-12 18-12s8 8 17 4"/>"#,
            r#"<path class="d-b" d="M62 12a9 9 0 0 1 9 9c0 7-9 17-9 17s-9-10-9-17a9 9 0 0 1 9-9z"/><circle class="d-c" cx="62" cy="21" r="3.500"/>"#,
        ),
        Picture::Friends => concat!(
            r#"<circle class="d-a" cx="36" cy="23" r="9"/><path class="d-b" d="M18 66c0-20 6-30 18-30s18 10 18 30z"/>"#,
            r#"<circle class="d-a" cx="61" cy="26" r="8.500"/><path class="d-c" d="M45 66c0-18 5-27 16-27s16 9 16 27z"/>"#,
            r#"<path class="d-l" d="M41 52c6 3 10 3 15 0"/>"#,
        ),
        Picture::Book => concat!(
            r#"<path class="d-a" d="M48 20c-9-6-20-7-29-5v39c9-2 20-1 29 5 9-6 20-7 29-5V15c-9-2-20-1-29 5z"/>"#,
            r#"<path class="d-k" d="M48 20v39M26 25c5-.6 10 0 15 2M26 34c5-.6 10 0 15 2M55 36c5-2 10-2.600 15-2M55 45c5-2 10-2.600 15-2"/>"#,
            r#"<path class="d-b" d="M60 14.500c3-.6 5-.7 8-.6V30l-4-4-4 4z"/><circle class="d-c" cx="48" cy="9" r="3"/>"#,
        ),
        Picture::Robot => concat!(
            r#"<path class="d-l" d="M48 19v-8"/><circle class="d-c" cx="48" cy="8" r="4"/>"#,
            r#"<path class="d-b" d="M23 27h7v13h-7zM66 27h7v13h-7z"/><rect class="d-a" x="28" y="17" width="40" height="31" rx="8"/>"#,
            r#"<circle class="d-d" cx="40" cy="30" r="5.500"/><circle class="d-d" cx="56" cy="30" r="5.500"/>"#,
            r#"<circle class="d-c" cx="40" cy="30" r="2.500"/><circle class="d-c" cx="56" cy="30" r="2.500"/><path class="d-k" d="M41 41h14"/>"#,
            r#"<path class="d-a" d="M36 51h24a6 6 0 0 1 6 6v9H30v-9a6 6 0 0 1 6-6z"/>"#,
        ),
        Picture::Parcel => concat!(
            r#"<path class="d-a" d="M20 24l28 11v31L20 55z"/><path class="d-b" d="M76 24 48 35v31l28-11z"/>"#,
            r#"<path class="d-c" d="M20 24l28-11 28 11-28 11z"/><path class="d-k" d="M34 18.500l28 11V42"/>"#,
            r#"<path class="d-k thin" d="M26 43l10 4M26 49l6 2.400"/>"#,
        ),
        Picture::Market => concat!(
            r#"<path class="d-l" d="M24 30v34M72 30v34"/>"#,
            r#"<path class="d-a" d="M22 11h52l7 19a6.500 6.500 0 0 1-13 0 6.500 6.500 0 0 1-13 0 6.500 6.500 0 0 1-14 0 6.500 6.500 0 0 1-13 0 6.500 6.500 0 0 1-13 0z"/>"#,
            r#"<path class="d-b" d="M32 11h11l-2 19a6.500 6.500 0 0 1-13 0zM53 11h11l4 19a6.500 6.500 0 0 1-13 0z"/>"#,
            r#"<circle class="d-c" cx="34" cy="46" r="4.500"/><circle class="d-b" cx="43" cy="46" r="4.500"/><circle class="d-c" cx="52" cy="46" r="4.500"/><circle class="d-a" cx="61" cy="46" r="4.500"/>"#,
            r#"<path class="d-a" d="M18 50h60v6H18z"/>"#,
        ),
    }
}
