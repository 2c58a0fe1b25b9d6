//! The rules: groups of phrases, one group a tactic or a cue, read from `data/rules/`.

use crate::phrase::{Lists, MOST_REACH, Need, Phrase, PhraseError, Place, Present, Sets};
use crate::text::{ENGLISH, Lexicon, Shorthand, Token, VIETNAMESE, hash_of};
use vocabulary::Tactic;

/// What a group of phrases stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A tactic of the vocabulary.
    Tactic(Tactic),
    /// A cue that only the model reads: who speaks, what an innocent text looks like, how near a danger is.
    Cue(String),
}

impl Meaning {
    /// The tactic's code or the cue's name.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Tactic(tactic) => tactic.code(),
            Self::Cue(name) => name,
        }
    }
}

/// A group of phrases.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub meaning: Meaning,
    phrases: Vec<Phrase>,
    /// Phrases that take a match back: "không chia sẻ mã OTP" asks for no OTP.
    vetoes: Vec<Phrase>,
}

/// A match: which group, which tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub group: u16,
    pub place: Place,
}

/// Room for finding, kept from text to text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Room {
    /// What was found, sorted by group, then place.
    pub hits: Vec<Hit>,
    vetoes: Vec<Hit>,
    present: Present,
}

/// All rules, ready to match.
#[derive(Debug)]
pub(crate) struct Rules {
    pub groups: Vec<Group>,
    pub lexicon: Lexicon,
    pub shorthand: Shorthand,
    /// Language flags by word number.
    pub flags: Vec<u8>,
    /// For each set of words the phrases of which it is the rarest part.
    by_rarest: Index<Entry>,
    /// For each word number the sets it belongs to, by full form, then by bare form.
    full_sets: Index<u16>,
    bare_sets: Index<u16>,
    set_count: usize,
}

/// Why a rule file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rules, line {line}: {what}")]
pub(crate) struct RuleError {
    line: usize,
    what: String,
}

/// A phrase, with what is looked at before it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    group: u16,
    phrase: u16,
    veto: bool,
    /// The set a match starts with.
    first: u16,
    /// What must follow near (the last repeats where there is less).
    needs: [Need; 2],
}

/// Rows of entries, one row a number.
#[derive(Debug)]
struct Index<T> {
    starts: Vec<u32>,
    entries: Vec<T>,
}

impl<T: Ord> Index<T> {
    fn build(mut pairs: Vec<(u16, T)>, words: usize) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; words + 2];
        for (word, _) in &pairs {
            starts[*word as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { starts, entries: pairs.into_iter().map(|(_, e)| e).collect() }
    }

    /// The same without some entries.
    fn without(&self, silent: impl Fn(&T) -> bool) -> Self
    where
        T: Copy,
    {
        let rows = (0..self.starts.len() - 1).flat_map(|n| self.row(n as u16).iter().map(move |e| (n as u16, *e)));
        Self::build(rows.filter(|(_, e)| !silent(e)).collect(), self.starts.len() - 2)
    }

    fn row(&self, word: u16) -> &[T] {
        &self.entries[self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize]
    }
}

/// Phrases are tried on so many tokens at a time, with so many more in sight.
const STRETCH: usize = 64;
const AHEAD: usize = MOST_REACH + 1;

const SOURCES: &[&str] = &[
    include_str!("../data/rules/lists.txt"),
    include_str!("../data/rules/approach.txt"),
    include_str!("../data/rules/trust.txt"),
    include_str!("../data/rules/hook.txt"),
    include_str!("../data/rules/demand.txt"),
    include_str!("../data/rules/squeeze.txt"),
    include_str!("../data/rules/attack.txt"),
    include_str!("../data/rules/person.txt"),
    include_str!("../data/rules/cues.txt"),
];

impl Rules {
    /// The rules this version ships.
    pub(crate) fn shipped() -> Self {
        let source = SOURCES.join("\n");
        Self::parse(&source, include_str!("../data/words.txt"), include_str!("../data/shorthand.txt"))
            .unwrap_or_else(|e| unreachable!("the shipped rules are read in a test: {e}"))
    }

    /// Reads rules. A line is `@list = a|b`, `= group`, a phrase, `! veto`, or a `# comment`.
    pub(crate) fn parse(source: &str, common: &str, shorthand: &str) -> Result<Self, RuleError> {
        let mut lists = Lists::new();
        let mut lexicon = Lexicon::default();
        let mut sets = Sets::default();
        let mut groups: Vec<Group> = Vec::new();
        for (at, line) in source.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let error = |what: String| RuleError { line: at + 1, what };
            let phrase = |source: &str, lexicon: &mut Lexicon, sets: &mut Sets| {
                Phrase::compile(source, &lists, lexicon, sets).map_err(|e: PhraseError| error(e.to_string()))
            };
            if line.is_empty() {
                continue;
            }
            if let Some(list) = line.strip_prefix('@').filter(|l| l.contains('=')) {
                let (name, words) = list.split_once('=').expect("just looked");
                lists.insert(name.trim().into(), words.trim().into());
            } else if let Some(name) = line.strip_prefix('=') {
                groups.push(Group { meaning: meaning(name.trim()), phrases: Vec::new(), vetoes: Vec::new() });
            } else {
                let group = groups.last_mut().ok_or_else(|| error("a phrase before any group".into()))?;
                match line.strip_prefix('!') {
                    Some(veto) => group.vetoes.push(phrase(veto.trim(), &mut lexicon, &mut sets)?),
                    None => group.phrases.push(phrase(line, &mut lexicon, &mut sets)?),
                }
            }
        }
        let flags = flags(common, &mut lexicon);
        let by_rarest = by_rarest(&groups, &sets);
        let [full_sets, bare_sets] = sets.members().map(|pairs| Index::build(pairs, lexicon.len()));
        let shorthand = Shorthand::parse(shorthand);
        let set_count = sets.len();
        Ok(Self { groups, lexicon, shorthand, flags, by_rarest, full_sets, bare_sets, set_count })
    }

    /// Finds every match. Spans of one group that touch become one.
    pub(crate) fn find(&self, tokens: &[Token], loose: bool, room: &mut Room) {
        room.hits.clear();
        room.vetoes.clear();
        for from in (0..tokens.len()).step_by(STRETCH) {
            self.note(&tokens[from..tokens.len().min(from + STRETCH + AHEAD)], loose, &mut room.present);
            self.try_phrases(tokens, loose, from, room);
        }
        let Room { hits, vetoes, .. } = room;
        take_back(hits, vetoes);
        hits.sort_unstable_by_key(|h| (h.group, h.place.start, h.place.end));
        hits.dedup_by(|next, kept| {
            let touches = next.group == kept.group && next.place.start < kept.place.end;
            if touches {
                kept.place.end = kept.place.end.max(next.place.end);
            }
            touches
        });
    }

    fn note(&self, tokens: &[Token], loose: bool, present: &mut Present) {
        present.clear(self.set_count);
        for (place, token) in tokens.iter().enumerate() {
            self.full_sets.row(token.word).iter().for_each(|set| present.note(*set, place));
            if loose && !token.marked {
                self.bare_sets.row(token.bare_word).iter().for_each(|set| present.note(*set, place));
            }
        }
    }

    /// Tries each phrase whose rarest part is there and that lacks nothing, wherever its first part stands.
    fn try_phrases(&self, tokens: &[Token], loose: bool, from: usize, room: &mut Room) {
        let Room { hits, vetoes, present } = room;
        for set in present.seen() {
            for entry in self.by_rarest.row(*set) {
                // A start counts only where the words it needs stand near after it.
                let near =
                    |need: &Need, at: u32| (present.places(need.set) >> at) as u64 & ((2 << need.reach) - 1) != 0;
                let group = &self.groups[entry.group as usize];
                let (phrases, list) =
                    if entry.veto { (&group.vetoes, &mut *vetoes) } else { (&group.phrases, &mut *hits) };
                let mut starts = present.places(entry.first) as u64;
                while starts != 0 {
                    let at = starts.trailing_zeros();
                    starts &= starts - 1;
                    if !entry.needs.iter().all(|need| near(need, at)) {
                        continue;
                    }
                    let place = phrases[entry.phrase as usize].matches(tokens, loose, from + at as usize);
                    list.extend(place.map(|place| Hit { group: entry.group, place }));
                }
            }
        }
    }

    /// The same rules with these groups silent: what each is worth is seen by taking it out.
    pub(crate) fn without(mut self, silent: impl Fn(&str) -> bool) -> Self {
        for group in &mut self.groups {
            if silent(group.meaning.name()) {
                group.phrases.clear();
                group.vetoes.clear();
            }
        }
        let silenced = |e: &Entry| self.groups[e.group as usize].phrases.is_empty();
        self.by_rarest = self.by_rarest.without(silenced);
        self
    }

    /// The number of the cue with this name.
    pub(crate) fn cue(&self, name: &str) -> Option<u16> {
        self.groups.iter().position(|g| matches!(&g.meaning, Meaning::Cue(cue) if cue == name)).map(|at| at as u16)
    }
}

fn meaning(name: &str) -> Meaning {
    name.parse().map_or_else(|_| Meaning::Cue(name.into()), Meaning::Tactic)
}

fn flags(common: &str, lexicon: &mut Lexicon) -> Vec<u8> {
    let mut marks = Vec::new();
    for line in common.lines() {
        let (flag, words) = match line.split_once(':') {
            Some(("vi", words)) => (VIETNAMESE, words),
            Some(("en", words)) => (ENGLISH, words),
            _ => continue,
        };
        marks.extend(words.split_whitespace().map(|w| (lexicon.intern(hash_of(w)), flag)));
    }
    let mut flags = vec![0; lexicon.len() + 1];
    for (word, flag) in marks {
        flags[word as usize] |= flag;
    }
    flags
}

/// Takes back the hits that a veto of their group touches.
fn take_back(hits: &mut Vec<Hit>, vetoes: &mut [Hit]) {
    vetoes.sort_unstable_by_key(|v| (v.group, v.place.start));
    hits.retain(|hit| {
        // A veto is never longer than a stretch, so few stand near enough to be looked at.
        let earliest = hit.place.start.saturating_sub(STRETCH);
        let from = vetoes.partition_point(|v| (v.group, v.place.start) < (hit.group, earliest));
        let near = vetoes[from..].iter().take_while(|v| v.group == hit.group && v.place.start < hit.place.end);
        !near.into_iter().any(|v| v.place.end > hit.place.start)
    });
}

/// Every phrase under its rarest part. How rare a part is shows in how many parts its words are used.
fn by_rarest(groups: &[Group], sets: &Sets) -> Index<Entry> {
    let rarity = sets.rarity();
    let mut pairs = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        for (phrases, veto) in [(&group.phrases, false), (&group.vetoes, true)] {
            for (p, phrase) in phrases.iter().enumerate() {
                let first = phrase.needs()[0].set;
                let mut needs = phrase.needs().to_vec();
                needs.sort_by_key(|need| rarity[need.set as usize]);
                let needs = [needs[0], needs[1.min(needs.len() - 1)]];
                pairs.push((needs[0].set, Entry { group: g as u16, phrase: p as u16, veto, first, needs }));
            }
        }
    }
    Index::build(pairs, sets.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    fn found(rules: &Rules, text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        tokens.read(text, &[], &rules.lexicon, &rules.shorthand);
        let reading = crate::text::detect(&tokens, &rules.flags);
        let mut room = Room::default();
        rules.find(&tokens.list, reading.loose, &mut room);
        let letters: Vec<char> = text.chars().collect();
        let span = |h: &Hit| {
            letters[tokens.list[h.place.start].start as usize..tokens.list[h.place.end - 1].end as usize]
                .iter()
                .collect()
        };
        room.hits.iter().map(span).collect()
    }

    fn rules() -> Rules {
        let source = "@parent = bố mẹ|ba má|mẹ\n= secrecy\nđừng (nói|kể) ..3 (@parent|ai)\n= otp_request\n(gửi|đọc) .. [ mã otp ]\n! không gửi .. mã otp\n";
        Rules::parse(source, "vi: khong noi gui ma cho anh dung", "không: k ko").unwrap()
    }

    #[test]
    fn a_phrase_is_found_however_it_is_typed() {
        let rules = rules();
        assert_eq!(found(&rules, "Em đừng nói gì với mẹ nhé"), ["đừng nói gì với mẹ"]);
        assert_eq!(found(&rules, "em dung noi cho ai"), ["dung noi cho ai"]);
        assert_eq!(found(&rules, "ĐỪNG\u{200b} KỂ với BA MÁ"), ["ĐỪNG\u{200b} KỂ với BA MÁ"]);
        assert_eq!(found(&rules, "đừ.ng nói ai"), ["đừ.ng nói ai"]);
        assert_eq!(found(&rules, "đừng nói. Mẹ về rồi"), Vec::<String>::new());
    }

    #[test]
    fn brackets_choose_the_span_and_a_veto_takes_it_back() {
        let rules = rules();
        assert_eq!(found(&rules, "gửi anh mã OTP với"), ["mã OTP"]);
        assert_eq!(found(&rules, "không gửi ai mã OTP"), Vec::<String>::new());
    }

    #[test]
    fn the_shipped_rules_can_be_read_and_every_tactic_has_a_group() {
        let rules = Rules::shipped();
        for tactic in Tactic::ALL {
            let group = rules.groups.iter().find(|g| g.meaning == Meaning::Tactic(*tactic));
            assert!(group.is_some_and(|g| g.phrases.len() >= 3), "{tactic}");
        }
        let mut names: Vec<_> = rules.groups.iter().map(|g| format!("{:?}", g.meaning)).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a group stands twice");
        let sure = |g: &Group| match &g.meaning {
            Meaning::Cue(name) => name.strip_prefix("sure.").or(name.strip_prefix("harm.")).map(str::to_owned),
            Meaning::Tactic(_) => None,
        };
        for harm in rules.groups.iter().filter_map(sure) {
            assert!(harm.parse::<vocabulary::Harm>().is_ok(), "{harm}");
        }
    }
}
