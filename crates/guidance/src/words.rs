//! Her words, cut where signs begin and end.

use recognise::TacticSpan;

/// A piece of her text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words without a sign.
    Plain(String),
    /// Words that show one or more signs, by their numbers (from 1).
    Marked(String, Vec<usize>),
    /// A long stretch without signs was left out.
    Skipped,
}

/// A text of at most so many code points is shown whole; of a longer one, what stands around the signs.
pub const MAX_SHOWN: usize = 4_000;
/// How much of a long text is shown before and after a sign, in code points.
const AROUND: usize = 160;
/// More marks than anybody reads.
const MAX_MARKS: usize = 120;

/// Cuts `text` at the spans; `number` gives each tactic its number.
pub(crate) fn cut(text: &str, spans: &[TacticSpan], number: impl Fn(&TacticSpan) -> Option<usize>) -> Vec<Piece> {
    let length = text.chars().count();
    let marks: Vec<(usize, usize, usize)> = spans
        .iter()
        .filter_map(|s| Some((s.start as usize, (s.end as usize).min(length), number(s)?)))
        .filter(|(start, end, _)| start < end)
        .take(MAX_MARKS)
        .collect();
    let shown = windows(length, &marks);
    let mut edges: Vec<usize> = marks.iter().flat_map(|m| [m.0, m.1]).collect();
    edges.extend(shown.iter().flat_map(|w| [w.0, w.1]));
    edges.extend([0, length]);
    edges.sort_unstable();
    edges.dedup();

    let mut pieces = Vec::new();
    let mut letters = text.chars();
    for edge in edges.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        if !shown.iter().any(|w| w.0 <= from && to <= w.1) {
            letters.by_ref().nth(to - from - 1);
            pieces.push(Piece::Skipped);
            continue;
        }
        let words: String = letters.by_ref().take(to - from).filter(|c| !turns_direction(*c)).collect();
        let mut signs: Vec<usize> = marks.iter().filter(|m| m.0 <= from && to <= m.1).map(|m| m.2).collect();
        signs.dedup();
        pieces.push(if signs.is_empty() { Piece::Plain(words) } else { Piece::Marked(words, signs) });
    }
    pieces
}

/// The stretches that are shown, in order and apart.
fn windows(length: usize, marks: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    if length <= MAX_SHOWN {
        return vec![(0, length)];
    }
    let mut around: Vec<(usize, usize)> =
        marks.iter().map(|m| (m.0.saturating_sub(AROUND), (m.1 + AROUND).min(length))).collect();
    if around.is_empty() {
        around.push((0, AROUND * 4));
    }
    around.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (from, to) in around {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// Marks that turn the direction of writing could make a text read differently on our page than it was.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::Tactic;

    fn span(code: Tactic, start: u32, end: u32) -> TacticSpan {
        TacticSpan { code, start, end }
    }

    fn cut_all(text: &str, spans: &[TacticSpan]) -> Vec<Piece> {
        cut(text, spans, |s| spans.iter().position(|o| o.code == s.code).map(|n| n + 1))
    }

    #[test]
    fn signs_that_overlap_are_cut_apart() {
        let spans = [span(Tactic::ThreatPublish, 0, 7), span(Tactic::Deadline, 4, 10)];
        let expected = vec![
            Piece::Marked("tung".into(), vec![1]),
            Piece::Marked(" ản".into(), vec![1, 2]),
            Piece::Marked("h 1".into(), vec![2]),
            Piece::Plain("h thôi".into()),
        ];
        assert_eq!(cut_all("tung ảnh 1h thôi", &spans), expected);
    }

    #[test]
    fn nothing_of_a_short_text_is_lost() {
        let text = "Đừng nói với ai nhé 😊 e\u{301}";
        for (start, end) in [(0, 4), (5, 90), (19, 21), (7, 7), (30, 2)] {
            let pieces = cut_all(text, &[span(Tactic::Secrecy, start, end)]);
            let joined: String = pieces
                .iter()
                .map(|p| match p {
                    Piece::Plain(words) | Piece::Marked(words, _) => words.as_str(),
                    Piece::Skipped => panic!("a short text is shown whole"),
                })
                .collect();
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn a_long_text_is_shown_around_its_signs() {
        let text = "x".repeat(100_000);
        let pieces = cut_all(&text, &[span(Tactic::Secrecy, 50_000, 50_010)]);
        assert_eq!(pieces.len(), 5);
        assert_eq!((&pieces[0], &pieces[4]), (&Piece::Skipped, &Piece::Skipped));
        assert_eq!(pieces[2], Piece::Marked("x".repeat(10), vec![1]));
    }

    #[test]
    fn a_text_cannot_turn_the_page_around() {
        assert_eq!(cut_all("a\u{202E}b", &[]), vec![Piece::Plain("ab".into())]);
    }
}
