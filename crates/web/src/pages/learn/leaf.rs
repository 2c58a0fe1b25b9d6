//! The plain Markdown of leaves and worksheets as it lies on paper: headings, paragraphs, lists, tables, bold words.
//! Whatever else stands in it is shown as it was typed.

use maud::{Markup, html};

pub(super) fn leaf(text: &str) -> Markup {
    let mut lines = text.lines().map(str::trim).peekable();
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        let kind = Kind::of(line);
        let mut block = vec![line];
        if kind != Kind::Heading {
            while let Some(more) = lines.next_if(|more| Kind::of(more) == kind && kind != Kind::Blank) {
                block.push(more);
            }
        }
        blocks.push((kind, block));
    }
    html! { @for (kind, block) in &blocks { (draw(*kind, block)) } }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Heading,
    Bullet,
    Number,
    Table,
    Words,
}

impl Kind {
    fn of(line: &str) -> Self {
        match line {
            "" => Self::Blank,
            _ if line.starts_with("## ") => Self::Heading,
            _ if line.starts_with("- ") => Self::Bullet,
            _ if line.starts_with("| ") => Self::Table,
            _ if numbered(line).is_some() => Self::Number,
            _ => Self::Words,
        }
    }
}

/// `3. words`
fn numbered(line: &str) -> Option<&str> {
    let (number, words) = line.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(words)
}

fn draw(kind: Kind, block: &[&str]) -> Markup {
    match kind {
        Kind::Blank => html! {},
        Kind::Heading => html! { @for line in block { h3 { (bold(&line[3..])) } } },
        Kind::Bullet => html! { ul { @for line in block { (item(&line[2..])) } } },
        Kind::Number => html! { ol { @for line in block { li { (bold(numbered(line).unwrap_or_default())) } } } },
        Kind::Table => table(block),
        Kind::Words => html! { p { @for (at, line) in block.iter().enumerate() { @if at > 0 { br; } (bold(line)) } } },
    }
}

/// A point to tick needs no dot before its box.
fn item(words: &str) -> Markup {
    html! { li class=[words.starts_with('☐').then_some("tick")] { (bold(words)) } }
}

fn table(block: &[&str]) -> Markup {
    let cells = |line: &str| {
        let inner = line.trim_start_matches('|').trim_end_matches('|');
        inner.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let is_rule = |line: &&&str| line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '));
    // A row of empty cells, to be written into, is no rule.
    let rows: Vec<_> =
        block.iter().filter(|line| !(is_rule(line) && line.contains('-'))).map(|line| cells(line)).collect();
    let Some((head, rows)) = rows.split_first() else { return html! {} };
    html! {
        div .table { table {
            thead { tr { @for cell in head { th scope="col" { (bold(cell)) } } } }
            tbody { @for row in rows { tr { @for cell in row { td { (bold(cell)) } } } } }
        } }
    }
}

/// `**bold**`; asterisks that don't close stay.
fn bold(words: &str) -> Markup {
    let parts: Vec<_> = words.split("**").collect();
    if parts.len() % 2 == 0 {
        return html! { (words) };
    }
    html! { @for (at, part) in parts.iter().enumerate() { @if at % 2 == 1 { strong { (part) } } @else { (part) } } }
}

#[cfg(test)]
mod tests {
    use super::leaf;

    #[test]
    fn headings_lists_tables_and_bold_words_are_drawn() {
        let html = leaf("## Ai & gì\nMột **hai** ba\nbốn\n\n- ☐ năm\n- sáu\n\n1. bảy\n2. ____\n| a | b |\n| --- | --- |\n| c |  |\n").into_string();
        assert_eq!(
            html,
            "<h3>Ai &amp; gì</h3><p>Một <strong>hai</strong> ba<br>bốn</p><ul><li class=\"tick\">☐ năm</li><li>sáu</li></ul>\
             <ol><li>bảy</li><li>____</li></ol><div class=\"table\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\
             <tbody><tr><td>c</td><td></td></tr></tbody></table></div>"
        );
    }

    #[test]
    fn what_does_not_close_stays_as_it_was_typed() {
        assert_eq!(leaf("a ** b <script>").into_string(), "<p>a ** b &lt;script&gt;</p>");
        assert_eq!(leaf("").into_string(), "");
    }
}
