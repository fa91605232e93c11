//! The whole argument: its core with what completes it.
//!
//! In: the head of a phrase, its core, the words that make a claim of their own. Out: the
//! span that a reader needs to see. What completes: complements (*plans to sell its
//! mills*), restrictive clauses (*the man who fired*), comparison, degree, the words of a
//! title or a number. What only adds stays out: what a comma, a dash or a bracket sets
//! off, times behind the verb, the words of `lexicon/additions.tsv`. No argument begins
//! with a conjunction, ends in a stray stop, or holds one of two quotation marks.

mod signs;

use super::phrase::{holds, phrase_words};
use crate::analyse::syntax::{has_stray_stop, is, is_clause, is_infinitive, is_verbal};
use crate::extract::conjunct::is_misjoined;
use crate::extract::lexicon::Lexicon;
use crate::text::{Deprel, Document, FunctionWord, NameKind, Span, TimeKind, TokenId, Upos};

/// A phrase that reaches further behind its head, in words, than this is left at its core: no
/// reader takes it in, and its tree is wrong as a rule.
const FARTHEST: u32 = 40;

/// The word list of what adds.
const LIST: &str = "additions";

/// The whole of a phrase, without what hangs on it with the words `without`.
pub(super) fn whole(
    document: &Document,
    lexicon: &Lexicon,
    head: TokenId,
    core: Span,
    without: &[TokenId],
) -> Span {
    let phrase = Phrase { document, lexicon, head };
    let kernel = document.tokens_in(core);
    let (first, last) = phrase.reach(&phrase.words(without));
    let first = phrase.titled(phrase.first_of(first, kernel.start.min(head)));
    let end = kernel.last().unwrap_or(head).max(head);
    let last = match document.name_at(head) {
        _ if last.number() > head.number() + FARTHEST => end,
        Some(_) => last.max(end),
        None => last,
    };
    let (first, last) = phrase.balance(first, last);
    let (first, last) = phrase.glued(first, last);
    unstopped(document, phrase.span(first, last), last)
}

/// A clause without a quotation mark or bracket whose other one stands outside.
pub(super) fn balanced(document: &Document, lexicon: &Lexicon, head: TokenId, span: Span) -> Span {
    let words = document.tokens_in(span);
    let phrase = Phrase { document, lexicon, head };
    let last = words.last().unwrap_or(head);
    let (first, last) = phrase.balance(words.start.min(head), last.max(head));
    unstopped(document, phrase.span(first, last), last)
}

/// A phrase, by its head.
struct Phrase<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    head: TokenId,
}

impl Phrase<'_> {
    fn span(&self, first: TokenId, last: TokenId) -> Span {
        self.document.span_of(first.through(last))
    }

    fn listed(&self, class: &str, word: TokenId) -> bool {
        self.lexicon.has(LIST, Some(class), &self.document.lemma(word).to_lowercase())
    }

    /// The words that may be of the phrase, in order: those of the full phrase, and the
    /// clauses and phrases that complete a noun or adjective though they may also stand
    /// beside it.
    fn words(&self, without: &[TokenId]) -> Vec<TokenId> {
        let tree = &self.document.tree;
        let mut words = phrase_words(self.document, self.head, without);
        for &child in tree.children(self.head) {
            if child > self.head && self.completes(child) && !holds(self.document, child, without) {
                words.extend(tree.subtree(child));
            }
        }
        words.sort_unstable();
        words.dedup();
        let next = self.reach(&words).1 + 1;
        for found in [self.borrowed(next), self.shared(next)] {
            let found = found.filter(|&c| !holds(self.document, c, without));
            words.extend(found.into_iter().flat_map(|c| tree.subtree(c)));
        }
        words.sort_unstable();
        words
    }

    /// What begins at a word and hangs on the verb by the tree, though it completes the
    /// noun before it, which says nothing alone: *signalled its intention to leave*.
    fn borrowed(&self, next: TokenId) -> Option<TokenId> {
        let document = self.document;
        let tree = &document.tree;
        let verb = tree.head(self.head).filter(|&verb| verb < self.head)?;
        let lemma = document.lemma(self.head).to_lowercase();
        let joins =
            |c: TokenId| tree.child(c, Deprel::Case).is_some_and(|t| self.listed("noun", t));
        let completes = |&c: &TokenId| match tree.deprel(c) {
            Deprel::Advcl | Deprel::Xcomp => is_infinitive(document, c),
            Deprel::Obl => document.time_at(c).is_none() && joins(c),
            _ => false,
        };
        let mut beside = tree.children(verb).iter().copied().filter(|&c| c > next);
        self.lexicon
            .has("incomplete-nouns", None, &lemma)
            .then(|| beside.find(|c| completes(c) && self.first_below(*c) == next))
            .flatten()
    }

    /// What begins at a word and hangs on the first of two nouns, though it tells of both: "the
    /// morale and *spirit* of the crew".
    fn shared(&self, next: TokenId) -> Option<TokenId> {
        let tree = &self.document.tree;
        let first = tree.head_by(self.head, Deprel::Conj)?;
        let joins = |c: TokenId| tree.children_by(c, Deprel::Case).any(|t| self.listed("noun", t));
        let common = self.document.tag(self.head).upos == Upos::Noun;
        let timed = |c: TokenId| {
            let lemma = self.document.lemma(c).to_lowercase();
            self.document.time_at(c).is_some() || self.lexicon.has("time-words", None, &lemma)
        };
        let mut behind = tree.children_by(first, Deprel::Nmod).filter(|&c| c > next && !timed(c));
        behind.find(|&c| common && joins(c) && self.first_below(c) == next)
    }

    /// Whether a dependent behind the head completes it that the full phrase leaves out.
    fn completes(&self, child: TokenId) -> bool {
        let document = self.document;
        let adjective = document.tag(self.head).upos == Upos::Adj;
        let beside = self.first_below(child) == self.head + 1;
        match document.tree.deprel(child) {
            Deprel::Advcl | Deprel::Obl if self.compares(child) => true,
            Deprel::Obl => adjective && beside && document.time_at(child).is_none(),
            Deprel::Advcl => adjective && beside && is_infinitive(document, child),
            Deprel::Ccomp => beside && !is_clause(document, self.head),
            Deprel::Appos => {
                !self.is_name()
                    && !document.tree.has(child, Deprel::Det)
                    && !self.is_set_off(self.first_below(child))
            }
            _ => false,
        }
    }

    /// *Than its name*, *as the year before*.
    fn compares(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let marks = |t: &TokenId| matches!(tree.deprel(*t), Deprel::Case | Deprel::Mark);
        tree.children(word).iter().any(|t| marks(t) && self.listed("compares", *t))
    }

    fn first_below(&self, word: TokenId) -> TokenId {
        self.document.tree.subtree(word).first().copied().unwrap_or(word)
    }

    /// Whether its head is of the name of somebody or some body or place, which nothing
    /// behind it makes clearer.
    fn is_name(&self) -> bool {
        use NameKind::{Facility, Organization, Person, Place};
        let name = self.document.name_at(self.head);
        name.is_some_and(|n| matches!(n.kind, Person | Organization | Place | Facility))
    }

    /// The first and last of an unbroken run of words, up to what adds.
    fn reach(&self, words: &[TokenId]) -> (TokenId, TokenId) {
        let inside = |t: TokenId| words.binary_search(&t).is_ok();
        let mut first = self.head;
        while first.checked_sub(1).is_some_and(inside) {
            first -= 1;
        }
        let mut last = self.head;
        while inside(last + 1) {
            last += 1;
        }
        let end = self.addition(last).unwrap_or(last + 1);
        (first, self.last_of(end.checked_sub(1).unwrap_or(self.head)))
    }

    /// Where the first thing begins, of those up to a word, that adds.
    fn addition(&self, last: TokenId) -> Option<TokenId> {
        let behind = (self.head + 1).through(last);
        let starts = self.starts(last);
        let adding = behind.iter().zip(&starts).filter(|(word, start)| self.adds(*word, **start));
        adding.map(|(word, start)| self.cut_at(word, *start)).min()
    }

    /// Where to cut before what adds: not right behind a participle that would say
    /// nothing alone, *a notice issued* on Thursday.
    fn cut_at(&self, word: TokenId, start: TokenId) -> TokenId {
        let tree = &self.document.tree;
        let alone =
            |t: &TokenId| *t + 1 == start && tree.is(*t, Deprel::Acl) && self.first_below(*t) == *t;
        tree.head(word).filter(alone).unwrap_or(start)
    }

    /// For each word behind the head up to one the first word below it, behind the head.
    fn starts(&self, last: TokenId) -> Vec<TokenId> {
        let behind = (self.head + 1).through(last);
        let mut starts: Vec<TokenId> = behind.iter().collect();
        let index =
            |t: TokenId| behind.contains(t).then(|| (t.number() - self.head.number()) as usize - 1);
        for word in behind {
            let above = self.document.tree.ancestors(word).take_while(|&t| t != self.head);
            for above in above {
                match index(above).and_then(|i| starts.get_mut(i)) {
                    Some(start) if *start > word => *start = word,
                    Some(_) => break,
                    None => {}
                }
            }
        }
        starts
    }

    /// Whether a word and what hangs on it, from `start` on, adds.
    fn adds(&self, word: TokenId, start: TokenId) -> bool {
        let tree = &self.document.tree;
        let relation = tree.deprel(word).main();
        if relation == Deprel::Punct {
            return self.is_break(word) && self.document.form(word) != ",";
        }
        if tree.head(word).is_none_or(|head| head > word) {
            return false;
        }
        match relation {
            Deprel::Conj => self.is_other_clause(word) || self.is_other_phrase(word, start),
            Deprel::Parataxis
            | Deprel::Dislocated
            | Deprel::Vocative
            | Deprel::Discourse
            | Deprel::List
            | Deprel::Orphan
            | Deprel::Reparandum => true,
            Deprel::Flat | Deprel::Compound => self.is_set_off(start) && !self.is_in_name(word),
            Deprel::Cc
            | Deprel::Case
            | Deprel::Mark
            | Deprel::Fixed
            | Deprel::Goeswith
            | Deprel::Nummod => false,
            _ => self.is_set_off(start) || self.is_listed(word, start) || self.is_loose(word),
        }
    }

    /// A clause with a subject of its own, or beside a noun.
    fn is_other_clause(&self, word: TokenId) -> bool {
        let document = self.document;
        let noun = document.tree.head(word).is_some_and(|head| !is_clause(document, head));
        let first = document.tree.head(word);
        document.tree.has(word, Deprel::Nsubj)
            || noun && is_verbal(document, word)
            || first.is_some_and(|first| is_misjoined(document, word, first))
    }

    /// A phrase with a preposition of its own behind a comma: *from Dover, and from Lille*.
    fn is_other_phrase(&self, word: TokenId, start: TokenId) -> bool {
        self.document.tree.has(word, Deprel::Case) && self.is_set_off(start)
    }

    /// Whether a word is of one name with its head.
    fn is_in_name(&self, word: TokenId) -> bool {
        let head = self.document.tree.head(word);
        let name = self.document.name_at(word);
        name.zip(head).is_some_and(|(name, head)| name.tokens.contains(head))
    }

    /// Whether a sign stands before it, or is its first word.
    fn is_set_off(&self, start: TokenId) -> bool {
        let before = start.checked_sub(1).filter(|&t| t > self.head);
        self.is_break(start) || before.is_some_and(|t| self.is_break(t))
    }

    /// A comma, dash, colon or bracket that does not stand within a word.
    fn is_break(&self, word: TokenId) -> bool {
        let signs = [",", ";", ":", "(", "[", "-LRB-", "-", "–", "—", "―", "--", "…", "..."];
        let glued =
            |a: TokenId, b: TokenId| self.document.span(a).end == self.document.span(b).start;
        let within =
            word.checked_sub(1).is_some_and(|before| glued(before, word)) && glued(word, word + 1);
        signs.contains(&self.document.form(word)) && !within
    }

    /// Whether it begins with a word that only adds.
    fn is_listed(&self, word: TokenId, start: TokenId) -> bool {
        let clause = is_clause(self.document, word);
        self.listed("phrase", start) || (clause && self.listed("clause", start))
    }

    /// A time that is the verb's as often as the noun's; whatever stands behind a name but
    /// with a preposition that names.
    fn is_loose(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let cases = |class| tree.children_by(word, Deprel::Case).any(|c| self.listed(class, c));
        let behind_verb = tree.head(self.head).is_some_and(|verb| verb < self.head);
        if self.is_of_same_time(word) || self.is_right_behind_relative(word) {
            return false;
        }
        let time = self.document.time_at(word).is_some_and(|time| time.kind != TimeKind::Set);
        let unmarked = !tree.has(word, Deprel::Case);
        (time && (unmarked || cases("day") || (behind_verb && cases("time"))))
            || (self.is_name() && tree.head(word) == Some(self.head) && !cases("names"))
    }

    /// Whether a word is of one time with its head (*2016* of *October 2016*), or the number
    /// behind it (*the year 2035*).
    fn is_of_same_time(&self, word: TokenId) -> bool {
        let time = self.document.time_at(self.head);
        let number = word == self.head + 1 && self.document.tag(word).upos == Upos::Num;
        number || time.is_some_and(|time| time.tokens.contains(word))
    }

    /// Whether it stands right behind the verb of a relative clause, which says little
    /// without it: *a strike that began in May*.
    fn is_right_behind_relative(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let verb = tree.head(word).filter(|&verb| tree.is(verb, Deprel::AclRelcl));
        verb.is_some_and(|verb| verb + 1 == self.first_below(word))
    }

    /// The first word without conjunctions and signs before the core.
    fn first_of(&self, first: TokenId, core: TokenId) -> TokenId {
        let mut first = first.min(core);
        let joins = |t| self.document.tree.is(t, Deprel::Cc) || self.listed("begin", t);
        let begins = |t| self.is_sign(t) || joins(t) || self.is_loose_adverb(t, 0);
        while first < core && begins(first) {
            first += 1;
        }
        first
    }

    /// An adverb before a noun that tells of its clause: *possibly* a torch, *so far* 12
    /// arrests.
    fn is_loose_adverb(&self, word: TokenId, depth: u8) -> bool {
        let tree = &self.document.tree;
        let nominal = matches!(self.document.tag(self.head).upos, Upos::Noun | Upos::Propn);
        let head = tree.head(word).filter(|_| nominal && tree.is(word, Deprel::Advmod));
        let listed = self.listed("adverb", word);
        head.is_some_and(|head| {
            head == self.head && listed
                || depth < 2 && head > word && self.is_loose_adverb(head, depth + 1)
        })
    }

    /// From the office on whose title goes on in the phrase: *Secretary* of *of State Anna
    /// Berg*.
    fn titled(&self, first: TokenId) -> TokenId {
        let document = self.document;
        let tree = &document.tree;
        let office =
            |t: &TokenId| self.lexicon.has("roles", None, &document.lemma(*t).to_lowercase());
        let within = |t: &TokenId| {
            tree.is(*t, Deprel::Case) && self.listed("names", *t) && tree.dominates(self.head, *t)
        };
        let named = document.name_at(self.head).is_some_and(|n| n.tokens.contains(first));
        let title = document.tag(first).upos == Upos::Propn && !named && !office(&first);
        let before = first.checked_sub(1).filter(within).and_then(TokenId::previous);
        let Some(mut start) = before.filter(|t| title && office(t)) else { return first };
        let part = |t: &TokenId| {
            matches!(tree.deprel(*t), Deprel::Compound | Deprel::Amod)
                && document.tag(*t).upos == Upos::Propn
        };
        while let Some(before) = start.checked_sub(1).filter(part) {
            start = before;
        }
        start
    }

    /// A sign that says nothing at the beginning or end of a phrase.
    fn is_sign(&self, word: TokenId) -> bool {
        let kept = [")", "]", "(", "[", "-RRB-", "-LRB-", "%", "$", "#"];
        self.document.tag(word).upos == Upos::Punct && !kept.contains(&self.document.form(word))
    }

    /// The last word without signs and what has its own head behind it: *and*, *of*.
    pub(super) fn last_of(&self, last: TokenId) -> TokenId {
        let tree = &self.document.tree;
        let hangs = |t: TokenId| {
            let open = [Deprel::Cc, Deprel::Case, Deprel::Mark, Deprel::Det, Deprel::Aux];
            open.iter().any(|&r| tree.is(t, r)) && tree.head(t).is_some_and(|head| head > t)
        };
        let mut last = last;
        while last > self.head && (self.is_sign(last) || hangs(last) || self.is_emphatic(last)) {
            last -= 1;
        }
        last
    }

    /// A pronoun that only stresses who did it ("released the letters *himself*"), or an adverb
    /// that tells of the clause (*too*).
    fn is_emphatic(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let reflexive = is(self.document, word, FunctionWord::Reflexive)
            || self.document.words.is(self.document.form(word), FunctionWord::Reflexive);
        let joined = tree.has(word, Deprel::Case);
        reflexive
            && !joined
            && matches!(tree.deprel(word).main(), Deprel::Nmod | Deprel::Appos | Deprel::Obl)
            || tree.is(word, Deprel::Advmod) && self.listed("end", word)
    }

    /// With what is written as one word with its ends: *Zip2*.
    fn glued(&self, first: TokenId, last: TokenId) -> (TokenId, TokenId) {
        let document = self.document;
        let joined = |a: TokenId, b: TokenId| {
            let letters = document.form(a).ends_with(char::is_alphanumeric)
                && document.form(b).starts_with(char::is_alphanumeric);
            letters && document.span(a).end == document.span(b).start
        };
        let (mut first, mut last) = (first, last);
        while first.checked_sub(1).is_some_and(|before| joined(before, first)) {
            first -= 1;
        }
        while joined(last, last + 1) {
            last += 1;
        }
        (first, last)
    }
}

/// Without the full stop of its sentence: *Bob.* of the last word, but not that of *U.S.*
fn unstopped(document: &Document, span: Span, last: TokenId) -> Span {
    let ends = document.span(last).end == span.end && has_stray_stop(document, last);
    if ends { Span::new(span.start, span.end - 1) } else { span }
}
