//! The rules: groups of phrases, one group a tactic or a cue, read from `data/rules/`.

use crate::phrase::{Compounds, Finder, Fits, LONGEST, Lists, MOST_WORDS, Phrase, Place, Plans, Seen};
use crate::phrase::{Sieve, Stretch, Text, Window, stretches};
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
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug)]
struct Rule {
    group: u16,
    /// Takes a match back: "không chia sẻ mã OTP" asks for no OTP.
    veto: bool,
}

/// Rules as they are written.
#[derive(Debug, Default)]
struct Written {
    groups: Vec<Group>,
    lexicon: Lexicon,
    compounds: Compounds,
    /// All phrases, vetoes last.
    rules: Vec<(Rule, Phrase)>,
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
    seen: Vec<Seen>,
    passed: Vec<u16>,
    window: Window,
    fits: Fits,
}

/// All rules, ready to match.
#[derive(Debug)]
pub(crate) struct Rules {
    pub groups: Vec<Group>,
    pub lexicon: Lexicon,
    pub shorthand: Shorthand,
    /// Language flags by word number.
    pub flags: Vec<u8>,
    /// What each phrase is for, vetoes last.
    phrases: Vec<Rule>,
    /// Keys of words are lower than this.
    keys: usize,
    compounds: Finder,
    sieve: Sieve,
    plans: Plans,
}

/// Why a rule file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rules, line {line}: {what}")]
pub(crate) struct RuleError {
    line: usize,
    what: String,
}

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
        let Written { groups, mut lexicon, compounds, rules } = Written::read(source)?;
        let flags = flags(common, &mut lexicon);
        let too_many = || RuleError { line: source.lines().count(), what: "too many words or phrases".into() };
        if lexicon.len() > MOST_WORDS {
            return Err(too_many());
        }
        let keys = 2 * (lexicon.len() + 1);
        let phrases = || rules.iter().map(|(_, phrase)| phrase);
        Ok(Self {
            groups,
            lexicon,
            shorthand: Shorthand::parse(shorthand),
            flags,
            phrases: rules.iter().map(|(rule, _)| *rule).collect(),
            keys,
            compounds: compounds.finder(keys).ok_or_else(too_many)?,
            sieve: Sieve::build(phrases(), keys, compounds.len()).ok_or_else(too_many)?,
            plans: Plans::build(phrases()),
        })
    }

    /// Finds every match. Spans of one group that touch become one.
    pub(crate) fn find(&self, tokens: &[Token], loose: bool, room: &mut Room) {
        room.hits.clear();
        room.vetoes.clear();
        for stretch in stretches(tokens) {
            self.find_in(&tokens[stretch.place.clone()], loose, &stretch, room);
        }
        settle(&mut room.hits, &mut room.vetoes);
    }

    fn find_in(&self, tokens: &[Token], loose: bool, stretch: &Stretch, room: &mut Room) {
        let Room { hits, vetoes, seen, passed, window, fits } = room;
        self.compounds.find(tokens, loose, seen);
        self.sieve.pass(tokens, seen, loose, passed);
        let text = Text { tokens, compounds: seen, loose };
        let earlier = hits.len();
        let mut read = false;
        for &number in &*passed {
            let Rule { group, veto } = self.phrases[number as usize];
            // A veto is of no use where its group has nothing to take back; in a cut sentence it may come before.
            if veto && stretch.whole && hits[earlier..].iter().all(|hit| hit.group != group) {
                continue;
            }
            if !std::mem::replace(&mut read, true) {
                window.read(tokens, loose, self.keys);
            }
            let mut starts = self.plans.starts(number, text, window, fits) & (u64::MAX >> (64 - stretch.starts));
            while starts != 0 {
                let span = self.plans.span(number, text, fits, starts.trailing_zeros() as usize);
                starts &= starts - 1;
                let list = if veto { &mut *vetoes } else { &mut *hits };
                let offset = stretch.place.start;
                list.extend(span.map(|span| Hit { group, place: span.start + offset..span.end + offset }));
            }
        }
        if read {
            window.forget(tokens, loose);
        }
    }

    /// The same rules with these groups silent: what each is worth is seen by taking it out.
    pub(crate) fn without(mut self, silent: impl Fn(&str) -> bool) -> Self {
        let Self { groups, phrases, sieve, .. } = &mut self;
        sieve.leave_out(|number| silent(groups[phrases[number as usize].group as usize].meaning.name()));
        self
    }

    /// The number of the cue with this name.
    pub(crate) fn cue(&self, name: &str) -> Option<u16> {
        self.groups.iter().position(|g| matches!(&g.meaning, Meaning::Cue(cue) if cue == name)).map(|at| at as u16)
    }
}

impl Written {
    fn read(source: &str) -> Result<Self, RuleError> {
        let mut lists = Lists::new();
        let mut written = Self::default();
        for (at, line) in source.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let error = |what: &str| RuleError { line: at + 1, what: what.into() };
            if line.is_empty() {
                continue;
            }
            if let Some(list) = line.strip_prefix('@').filter(|l| l.contains('=')) {
                let (name, words) = list.split_once('=').expect("just looked");
                lists.insert(name.trim().into(), words.trim().into());
            } else if let Some(name) = line.strip_prefix('=') {
                written.groups.push(Group { meaning: meaning(name.trim()) });
            } else {
                let group = written.groups.len().checked_sub(1).ok_or_else(|| error("a phrase before any group"))?;
                let (veto, phrase) = line.strip_prefix('!').map_or((false, line), |veto| (true, veto.trim()));
                let phrase = Phrase::compile(phrase, &lists, &mut written.lexicon, &mut written.compounds);
                let phrase = phrase.map_err(|e| error(&e.to_string()))?;
                written.rules.push((Rule { group: group as u16, veto }, phrase));
            }
        }
        written.rules.sort_by_key(|(rule, _)| rule.veto);
        Ok(written)
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

/// Takes back the hits that a veto of their group touches, and joins hits of one group that touch.
fn settle(hits: &mut Vec<Hit>, vetoes: &mut [Hit]) {
    vetoes.sort_unstable_by_key(|v| (v.group, v.place.start));
    hits.retain(|hit| {
        if vetoes.is_empty() {
            return true;
        }
        // No veto is longer than this, so few stand near enough to be looked at.
        let earliest = hit.place.start.saturating_sub(LONGEST);
        let from = vetoes.partition_point(|v| (v.group, v.place.start) < (hit.group, earliest));
        let near = vetoes[from..].iter().take_while(|v| v.group == hit.group && v.place.start < hit.place.end);
        !near.into_iter().any(|v| v.place.end > hit.place.start)
    });
    hits.sort_unstable_by_key(|h| (h.group, h.place.start, h.place.end));
    hits.dedup_by(|next, kept| {
        let touches = next.group == kept.group && next.place.start < kept.place.end;
        if touches {
            kept.place.end = kept.place.end.max(next.place.end);
        }
        touches
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::matches_plainly;
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
            let group = rules.groups.iter().position(|g| g.meaning == Meaning::Tactic(*tactic));
            let count = rules.phrases.iter().filter(|r| Some(r.group as usize) == group && !r.veto).count();
            assert!(count >= 3, "{tactic}");
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

    /// Every phrase at every token, one after the other.
    fn find_plainly(written: &Written, tokens: &[Token], loose: bool) -> Vec<Hit> {
        let (compounds, mut hits, mut vetoes) = (written.compounds.words(), Vec::new(), Vec::new());
        for (rule, phrase) in &written.rules {
            let list = if rule.veto { &mut vetoes } else { &mut hits };
            let places = (0..tokens.len()).filter_map(|at| matches_plainly(phrase, &compounds, tokens, loose, at));
            list.extend(places.map(|place| Hit { group: rule.group, place }));
        }
        settle(&mut hits, &mut vetoes);
        hits
    }

    #[test]
    fn the_fast_way_finds_what_the_plain_way_finds() {
        let rules = Rules::shipped();
        let written = Written::read(&SOURCES.join("\n")).unwrap();
        let (mut tokens, mut room, mut found) = (Tokens::default(), Room::default(), 0);
        for text in training_texts() {
            tokens.read(&text, &[], &rules.lexicon, &rules.shorthand);
            for loose in [false, true] {
                rules.find(&tokens.list, loose, &mut room);
                assert_eq!(room.hits, find_plainly(&written, &tokens.list, loose), "{text}");
                found += room.hits.len();
            }
        }
        assert!(found > 1_000, "only {found} matches: nothing was compared");
    }

    /// One in twelve texts of the training corpus, with the authors' marks.
    fn training_texts() -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/train");
        let mut texts = Vec::new();
        for file in std::fs::read_dir(folder).expect("the corpus is in the repository") {
            for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines().step_by(12) {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                let turns = record["turns"].as_array().into_iter().flatten().filter_map(|turn| turn[1].as_str());
                texts.push(record["text"].as_str().into_iter().chain(turns).collect::<Vec<_>>().join("\n"));
            }
        }
        // Words without any full stop, longer than a stretch.
        texts.push(texts.concat().replace(['.', '!', '?', '\n', '…'], " ").chars().take(6_000).collect());
        texts
    }
}
