//! The names of a whole article, of what the model says of each sentence.
//!
//! In: the model's names, the sentences, tokens and tags. Out: names that agree
//! with one another (a surname alone is the person named in full elsewhere; the
//! same words have the same kind; acronyms have that of what they stand for), that
//! begin and end where they should, with the kinds that words tell, a town apart
//! from its country, and amounts of money. None crosses a sentence.
//!
//! Each rule reads the names that those before it left, once through the article.

mod acronyms;
mod edges;
mod firms;
mod groups;
mod kinds;
mod storms;

use std::collections::BTreeMap;

pub(super) use edges::trim;

use super::name_words::{NameLexicon, WordClass, WordClasses};
use super::network::phrases::Phrases;
use super::reference::ReferenceLexicon;
use crate::text::{Name, NameKind, Sentence, Tag, Token, TokenId, Upos};

/// A full name counts so much as the surname standing alone does.
const FULL_NAME: usize = 2;
/// An unmarked word becomes a name when so many votes say so.
const ENOUGH: usize = 2;

/// Resolves the spans and kinds of the names of an article; in order, without overlaps.
pub(super) fn resolve_names(
    lexicon: &NameLexicon,
    reference: &ReferenceLexicon,
    phrases: &Phrases,
    sentences: &[Sentence],
    tokens: &[Token],
    tags: &[Tag],
    names: Vec<Name>,
) -> Vec<Name> {
    let classes = tokens.iter().map(|token| lexicon.classes(&token.form)).collect();
    let acronyms = BTreeMap::new();
    let mut draft =
        Draft { lexicon, reference, phrases, sentences, tokens, tags, classes, acronyms, names };
    draft.merge_facilities();
    draft.part_regions();
    draft.trim_ends();
    draft.join_inverted();
    draft.add_possessives();
    draft.add_shops();
    draft.add_styles();
    draft.classify_events();
    draft.classify_storms();
    draft.classify_organizations();
    draft.classify_peoples();
    draft.classify_firms();
    draft.add_firms();
    draft.join_firms();
    draft.expand_acronyms();
    draft.classify_acronyms();
    let votes = draft.votes();
    draft.agree(&votes);
    draft.add_missed(&votes);
    draft.add_acronyms();
    draft.add_organizations();
    draft.add_bodies();
    draft.add_states();
    draft.add_groups();
    draft.classify_facilities();
    draft.classify_others();
    draft.keep_acronyms();
    draft.join_hyphenated();
    draft.drop_nobodies();
    draft.add_money();
    draft.names
}

/// For the words of a name, how often each kind was seen.
type Votes = BTreeMap<String, BTreeMap<NameKind, usize>>;

struct Draft<'a> {
    lexicon: &'a NameLexicon,
    reference: &'a ReferenceLexicon,
    phrases: &'a Phrases,
    sentences: &'a [Sentence],
    tokens: &'a [Token],
    tags: &'a [Tag],
    /// What the words tell, one by one.
    classes: Vec<WordClasses>,
    /// The acronyms that the article spells out, with their kinds.
    acronyms: BTreeMap<String, NameKind>,
    names: Vec<Name>,
}

impl Draft<'_> {
    fn form(&self, token: TokenId) -> &str {
        self.tokens.get(token.index()).map_or("", |t| &t.form)
    }

    fn words(&self, name: &Name) -> String {
        self.text(name.tokens.start, name.tokens.end)
    }

    fn text(&self, first: TokenId, last: TokenId) -> String {
        let forms: Vec<&str> = first.until(last).iter().map(|t| self.form(t)).collect();
        forms.join(" ")
    }

    fn votes(&self) -> Votes {
        let mut votes = Votes::new();
        for name in &self.names {
            *votes.entry(self.words(name)).or_default().entry(name.kind).or_default() += 1;
            if name.kind == NameKind::Person && name.tokens.len() > 1 {
                let surname = self.form(name.tokens.end - 1).to_owned();
                if is_name_like(&surname) {
                    *votes.entry(surname).or_default().entry(name.kind).or_default() += FULL_NAME;
                }
            }
        }
        votes
    }

    /// The model learned from sets that call facilities places: it cannot tell them apart.
    fn merge_facilities(&mut self) {
        for name in self.names.iter_mut().filter(|name| name.kind == NameKind::Facility) {
            name.kind = NameKind::Place;
        }
    }

    /// *Reno Nevada* is two places.
    fn part_regions(&mut self) {
        for i in (0..self.names.len()).rev() {
            let Some(&name) = self.names.get(i).filter(|n| n.kind == NameKind::Place) else {
                continue;
            };
            let at = (name.tokens.start + 1).until(name.tokens.end).iter().find(|&at| {
                let forms = |first: TokenId, last| {
                    first.until(last).iter().map(|t| self.form(t)).collect::<Vec<_>>()
                };
                let region = forms(at, name.tokens.end).join(" ");
                self.lexicon.is(&region, WordClass::Region)
                    && self.phrases.is_place(&forms(name.tokens.start, at))
                    && !self.phrases.is_place(&forms(name.tokens.start, name.tokens.end))
            });
            let parts = at.and_then(|at| {
                Some([
                    self.name(name.tokens.start, at, name.kind)?,
                    self.name(at, name.tokens.end, name.kind)?,
                ])
            });
            if let Some(parts) = parts {
                self.names.splice(i..=i, parts);
            }
        }
    }

    /// The same words get the kind that most of them have; of equals, their own.
    fn agree(&mut self, votes: &Votes) {
        for i in 0..self.names.len() {
            let Some(name) = self.names.get(i) else { return };
            let Some(kinds) = votes.get(&self.words(name)) else { continue };
            let own = kinds.get(&name.kind).copied().unwrap_or(0);
            let best = kinds.iter().max_by_key(|(_, count)| **count);
            if let Some((&kind, _)) = best.filter(|(_, count)| **count > own) {
                self.names[i].kind = kind;
            }
        }
    }

    /// Proper nouns outside of names that are names elsewhere in the article.
    fn add_missed(&mut self, votes: &Votes) {
        self.add_where(|draft, token| {
            let form = draft.form(token);
            if draft.upos(token) != Upos::Propn || !is_name_like(form) {
                return None;
            }
            let kinds = votes.get(form)?;
            let (&kind, _) = kinds.iter().max_by_key(|(_, count)| **count)?;
            (kinds.values().sum::<usize>() >= ENOUGH).then_some((kind, token + 1))
        });
    }

    fn upos(&self, token: TokenId) -> Upos {
        self.tags.get(token.index()).map_or(Upos::X, |tag| tag.upos)
    }

    /// Adds names that start at tokens outside of all names: `find` gives the
    /// kind and one past the last token.
    fn add_where(&mut self, find: impl Fn(&Self, TokenId) -> Option<(NameKind, TokenId)>) {
        let mut all = Vec::with_capacity(self.names.len());
        let mut known = self.names.iter().peekable();
        let mut token = TokenId::new(0);
        while token < TokenId::from_index(self.tokens.len()) {
            if let Some(name) = known.next_if(|name| name.tokens.start <= token) {
                token = name.tokens.end.max(token + 1);
                all.push(*name);
                continue;
            }
            let limit = known
                .peek()
                .map_or(TokenId::from_index(self.tokens.len()), |name| name.tokens.start);
            match find(self, token).filter(|(_, last)| *last <= limit) {
                Some((kind, last)) => {
                    all.extend(self.name(token, last, kind));
                    token = last;
                }
                None => token += 1,
            }
        }
        self.names = all;
    }

    /// Puts names in place of those that they overlap. They come in order; of
    /// two that overlap, the earlier one stays.
    fn put(&mut self, new: Vec<Name>) {
        let mut old = std::mem::take(&mut self.names).into_iter().peekable();
        for name in new {
            if self.names.last().is_some_and(|before| name.tokens.start < before.tokens.end) {
                continue;
            }
            while let Some(before) = old.next_if(|n| n.tokens.end <= name.tokens.start) {
                self.names.push(before);
            }
            while old.next_if(|n| n.tokens.start < name.tokens.end).is_some() {}
            self.names.push(name);
        }
        self.names.extend(old);
    }

    /// Makes one name of two neighbours: `joins` gives its kind.
    fn join_where(&mut self, joins: impl Fn(&Self, &Name, &Name) -> Option<NameKind>) {
        let names = std::mem::take(&mut self.names);
        let mut joined: Vec<Name> = Vec::with_capacity(names.len());
        for name in names {
            let whole = joined.last().and_then(|before| {
                let kind = joins(self, before, &name)?;
                self.name(before.tokens.start, name.tokens.end, kind)
            });
            if whole.is_some() {
                joined.pop();
            }
            joined.push(whole.unwrap_or(name));
        }
        self.names = joined;
    }

    /// Where the first name begins that starts at a token or after it.
    fn next_name(&self, token: TokenId) -> TokenId {
        let next = self.names.partition_point(|name| name.tokens.start < token);
        self.names
            .get(next)
            .map_or(TokenId::from_index(self.tokens.len()), |name| name.tokens.start)
    }

    /// A name, unless it goes on into the next sentence.
    fn name(&self, first: TokenId, last: TokenId, kind: NameKind) -> Option<Name> {
        let sentence = self.sentences.partition_point(|sentence| sentence.tokens.end <= first);
        self.sentences.get(sentence).filter(|sentence| last <= sentence.tokens.end)?;
        let start = self.tokens.get(first.index())?.span;
        let end = self.tokens.get(last.previous()?.index())?.span;
        Some(Name { span: start.cover(end), tokens: first.until(last), kind })
    }

    /// *Min - jae* is one given name, though its last word has no capital.
    fn join_hyphenated(&mut self) {
        for i in 0..self.names.len() {
            let Some(&Name { tokens, kind, .. }) = self.names.get(i) else { return };
            let (first, last) = (tokens.start, tokens.end);
            let free = self.names.get(i + 1).is_none_or(|next| next.tokens.start >= last + 2);
            let joined = kind == NameKind::Person && last - first > 1 && free;
            if joined && self.form(last) == "-" && self.is_syllable(last + 1) {
                self.names[i] = self.name(first, last + 2, kind).unwrap_or(self.names[i]);
            }
        }
    }

    /// Whether a word after a hyphen may belong to a given name: *in* of *Jae-in*,
    /// but not *led* of *Kim-led*.
    fn is_syllable(&self, token: TokenId) -> bool {
        let form = self.form(token);
        let small = !form.is_empty() && form.chars().all(char::is_lowercase);
        let tight = |a: TokenId, b: TokenId| {
            let span = |t: TokenId| self.tokens.get(t.index()).map(|t| t.span);
            span(a).zip(span(b)).is_some_and(|(a, b)| a.end == b.start)
        };
        let after = token.saturating_sub(1);
        let near = tight(after.saturating_sub(1), after) && tight(after, token);
        let modifies = form.ends_with("ed") || self.is(token, WordClass::Modifier);
        small && (self.upos(token) == Upos::Propn || near && form.len() <= 5 && !modifies)
    }

    /// A letter alone names nobody, except the network X; before a sign it tells
    /// whose currency that is. Nor do some words.
    fn drop_nobodies(&mut self) {
        let (names, draft) = (std::mem::take(&mut self.names), &*self);
        let is_name = |n: &Name| {
            let form = draft.form(n.tokens.start);
            let letter = form != "X" && form.chars().count() == 1;
            let issuer =
                draft.is(n.tokens.start, WordClass::Issuer) && draft.form(n.tokens.end) == "$";
            let common =
                draft.is(n.tokens.start, WordClass::Common) && !draft.acronyms.contains_key(form);
            n.tokens.len() > 1 || !letter && !issuer && !common
        };
        let kept = names.into_iter().filter(is_name).collect();
        self.names = kept;
    }

    fn add_money(&mut self) {
        self.add_where(|draft, token| {
            let last = draft.amount_after_sign(token).or_else(|| draft.amount_of(token))?;
            Some((NameKind::Money, last))
        });
    }

    fn is(&self, token: TokenId, class: WordClass) -> bool {
        self.classes.get(token.index()).is_some_and(|classes| classes.has(class))
    }

    fn is_number(&self, token: TokenId) -> bool {
        let digits = self.form(token).starts_with(|c: char| c.is_ascii_digit());
        digits || self.upos(token) == Upos::Num
    }

    /// The end of *$ 3.5 million*.
    fn amount_after_sign(&self, token: TokenId) -> Option<TokenId> {
        let number = token + 1;
        (self.is(token, WordClass::Sign) && self.is_number(number)).then_some(())?;
        Some(self.skip(number + 1, WordClass::Scale))
    }

    /// The end of *3.5 million euros*.
    fn amount_of(&self, token: TokenId) -> Option<TokenId> {
        self.is_number(token).then_some(())?;
        let currency = self.skip(token + 1, WordClass::Scale);
        self.is(currency, WordClass::Currency).then_some(currency + 1)
    }

    fn skip(&self, token: TokenId, class: WordClass) -> TokenId {
        if self.is(token, class) { token + 1 } else { token }
    }
}

/// Whether a word can be a name by itself: a capital, and not just an initial.
fn is_name_like(form: &str) -> bool {
    form.starts_with(char::is_uppercase) && form.chars().count() > 2
}

#[cfg(test)]
mod tests {
    use super::super::network::phrases::kind::PLACE;
    use super::*;
    use crate::text::{BlockKind, Span};

    fn kind(letter: &str) -> NameKind {
        match letter {
            "P" => NameKind::Person,
            "O" => NameKind::Organization,
            "E" => NameKind::Event,
            _ => NameKind::Place,
        }
    }

    fn tag(token: &Token) -> Tag {
        let upos = match &*token.form {
            "'s" => Upos::Part,
            "of" | "in" => Upos::Adp,
            "." | "," => Upos::Punct,
            form if form.starts_with(char::is_uppercase) => Upos::Propn,
            _ => Upos::Noun,
        };
        Tag { upos, ..Tag::default() }
    }

    /// Words, those of names as `word/kind` and joined by `_`; hyphens touch
    /// their neighbours; `|` ends a sentence.
    fn check(text: &str, expected: &str) {
        let (mut tokens, mut names) = (Vec::<Token>::new(), Vec::new());
        let mut ends = Vec::new();
        for chunk in text.split(' ') {
            let (words, letter) =
                chunk.split_once('/').map_or((chunk, None), |(w, k)| (w, Some(k)));
            let first = TokenId::from_index(tokens.len());
            if words == "|" {
                ends.push(first);
                continue;
            }
            for word in words.split('_') {
                let hyphen = word == "-" || tokens.last().is_none_or(|t| t.form == "-");
                let end = tokens.last().map_or(0, |t| t.span.end);
                let at = end + u32::from(!hyphen);
                let span = Span::new(at, at + word.len() as u32);
                tokens.push(Token { span, form: word.into(), joined: false });
            }
            let last = TokenId::from_index(tokens.len());
            let span = tokens[first.index()].span.cover(tokens[last.index() - 1].span);
            names.extend(letter.map(|l| Name { span, tokens: first.until(last), kind: kind(l) }));
        }
        ends.push(TokenId::from_index(tokens.len()));
        let starts = std::iter::once(TokenId::default()).chain(ends.clone());
        let (block, block_index) = (BlockKind::Paragraph, 0);
        let sentences: Vec<Sentence> = starts
            .zip(&ends)
            .map(|(first, &last)| Sentence {
                span: Span::new(0, 0),
                tokens: first.until(last),
                block,
                block_index,
            })
            .collect();
        let tags: Vec<Tag> = tokens.iter().map(tag).collect();
        let lexicon = NameLexicon::default();
        let places = ["Lagos", "Reno", "New Guinea"].map(|name| (name.split(' ').collect(), PLACE));
        let phrases = Phrases::new(places);
        let reference = ReferenceLexicon::default();
        let names = trim(&reference, &lexicon, &tokens, names);
        let found: Vec<String> =
            resolve_names(&lexicon, &reference, &phrases, &sentences, &tokens, &tags, names)
                .iter()
                .map(|n| {
                    let words: Vec<&str> =
                        n.tokens.iter().map(|t| tokens[t.index()].form.as_str()).collect();
                    format!("{}/{:?}", words.join("_"), n.kind)
                })
                .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn surnames_follow_full_names() {
        check(
            "Ines_Okafor/P spoke ; Okafor/L left and Okafor slept",
            "Ines_Okafor/Person Okafor/Person Okafor/Person",
        );
        check(
            "Denzel_Lima/P saw Lima/L , Lima/L and Lima/L",
            "Denzel_Lima/Person Lima/Place Lima/Place Lima/Place",
        );
    }

    #[test]
    fn a_town_is_not_its_country() {
        check("to Lagos_Nigeria/L by night", "Lagos/Place Nigeria/Place");
        check("Reno_Nv/L and reno_nevada/L", "Reno/Place Nv/Place reno/Place nevada/Place");
        check("in Vichy_France/L and New_Guinea/L", "Vichy_France/Place New_Guinea/Place");
        check("Lagos_Nigeria/O", "Lagos_Nigeria/Organization");
    }

    #[test]
    fn given_names_go_on_after_a_hyphen() {
        check("Moon_Jae/P - in spoke", "Moon_Jae_-_in/Person");
        check("Moon_Jae/P - led talks", "Moon_Jae/Person");
        check("Moon/P - in", "Moon/Person");
    }

    #[test]
    fn words_classify_groups_facilities_and_money() {
        check("the Kenyan/L flag and Kenyans", "Kenyan/Group Kenyans/Group");
        check("South Korean ships", "South_Korean/Group");
        check("South/L Korean/L ships", "South_Korean/Group");
        check("North/L South/L Korean/L", "North/Place South_Korean/Group");
        check("with Covid/O in Lagos/L", "Covid/Other Lagos/Place");
        check("US/L $ 3 and Q/O", "$_3/Money");
        check("Lagos_Airport/L in Lagos/L", "Lagos_Airport/Facility Lagos/Place");
        check("paid $ 3.5 million or 20 euros", "$_3.5_million/Money 20_euros/Money");
        check("", "");
    }

    #[test]
    fn names_begin_and_end_where_they_should() {
        check("former_Gen_Okafor/P and the_Board/O", "Okafor/Person Board/Organization");
        check("Ms/P left", "");
        check("Orm_Board_of/O us", "Orm_Board/Organization");
        check("\" Doe/P , Jane/P \"", "Doe_,_Jane/Person");
        check("Doe/P , Jane/P and", "Doe/Person Jane/Person");
        check("by Sheikh/O Omar/P", "Sheikh_Omar/Person");
        check("at Ray/P 's .", "Ray_'s/Organization");
        check("than Ray/P 's .", "Ray/Person");
        check("in Lagos/L , TX and TX/O", "Lagos/Place TX/Place TX/Organization");
    }

    #[test]
    fn acronyms_are_what_they_stand_for() {
        let expected = "Rapid_Rail_Board/Organization RRB/Organization RRB/Organization";
        check("the Rapid/O Rail Board ( RRB/L ) and RRB/P and", expected);
        check("a large unit ( ALU )", "");
        check("at XYZ/L and AT XYZ/L AND", "XYZ/Organization XYZ/Place");
        check("the QRS saw QRS or QRS", "QRS/Organization QRS/Organization QRS/Organization");
        check("the QRS saw QRS", "");
        check("the SUV/O and an Orm_Seed_Office/O ( SEO/O ) SEO/P", "Orm_Seed_Office/Organization");
    }

    #[test]
    fn firms_go_on_to_their_last_word() {
        check("Miller/P Securities fell", "Miller_Securities/Organization");
        check("Orm Securities fell", "Orm_Securities/Organization");
        check("for Miller/P | Securities fell", "Miller/Person");
        check("Orm_Court/O of the Lima_Valley/L", "Orm_Court_of_the_Lima_Valley/Organization");
        check("Orm/O , Inc. fell", "Orm_,_Inc./Organization");
        check("ate Ray/P 's Pizza", "Ray_'s_Pizza/Organization");
        check("Ines_Ray/P ate Ray/P 's Pizza", "Ines_Ray/Person Ray/Person");
        check("with Toyota/P and Toyota", "Toyota/Organization Toyota/Organization");
    }

    #[test]
    fn words_classify_storms_events_peoples_and_bodies() {
        check("Hurricane Ida/P hit ; Ida/P left", "Hurricane_Ida/Event Ida/Event");
        check("Ida/P left", "Ida/Person");
        check("the Orm_Festival/E and Orm_Act/E", "Orm_Festival/Event Orm_Act/Other");
        check("Easter/P and the Easter_Parade/E", "Easter/Event Easter_Parade/Event");
        check("a Zorn/L elder met Zorn/L", "Zorn/Group Zorn/Group");
        check("a Lagos/L elder and a Zorn/L woman", "Lagos/Place Zorn/Place");
        check("First Nations and British/P Indians", "First_Nations/Group British_Indians/Group");
        check("the Cabinet met in the Oval Office", "Cabinet/Organization Oval_Office/Facility");
        check("on Venus/L and Kudos/P", "Venus/Other");
    }
}
