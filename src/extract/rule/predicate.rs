//! Named predicates: the logic that a pattern cannot say.

use crate::analyse::syntax;
use crate::extract::sentence::Graph;
use crate::text::{
    BlockKind, Deprel, Document, FunctionWord, Name, Pronoun, TokenId, TokenRange, Upos,
};

/// A predicate that a rule may call by name: of one node as `[is NAME]`, of
/// several as `where NAME(a, b)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// `before(a, b)`: the first stands before the second.
    Before,
    /// `quoted(a)`: stands between quotation marks.
    Quoted,
    /// `root(a)`: the root of its sentence.
    Root,
    /// `first(a)`: the first word of its sentence.
    First,
    /// `last(a)`: the last word of its sentence but for punctuation.
    Last,
    /// `title(a)`: stands in a headline.
    Title,
    /// `name(a)`: part of a name, whatever its kind.
    Name,
    /// `medium(a)`: a word of the name of a news medium.
    Medium,
    /// `definite(a)`: a noun that is known to the reader: a name, a pronoun, or
    /// with *the*, *this*, a possessive.
    Definite,
    /// `clause(a)`: a verb, or a nominal or adjective with a copula.
    Clause,
    /// `finite(a)`: a predicate with a tense of its own or by its auxiliary.
    Finite,
    /// `passive(a)`: a verb in the passive voice, its auxiliary perhaps shared
    /// or left out.
    Passive,
    /// `time(a)`: part of a time expression.
    Time,
    /// `question(a)`: has a question mark, or is the root of a sentence with one.
    Question,
    /// `inverted(a)`: its auxiliary or copula stands before its subject.
    Inverted,
    /// `upper(a)`: begins with a capital letter.
    Upper,
    /// `bracketed(a)`: stands between brackets.
    Bracketed,
    /// `digits(a)`: begins with a digit.
    Digits,
    /// `main(a)`: a verb that is not below another one in the tree as a clause that
    /// modifies or completes it without a subject of its own.
    Main,
    /// `heading(a)`: stands in a headline, a heading or the like.
    Heading,
    /// `capitals(a)`: has capitals and full stops only.
    Capitals,
    /// `short(a)`: has two letters or signs at most.
    Short,
    /// `quotation-mark(a)`: is one.
    QuotationMark,
    /// `behind-mark(a)`: stands right behind one.
    BehindMark,
    /// `scene(a, b)`: the words of the first only say when and where the second, a
    /// verb, happens.
    Scene,
    /// `within(a, b)`: the first hangs below the second in the tree.
    Within,
    /// `complement(a, b)`: the first, a clause, completes what the second says.
    Complement,
    /// `backshifted(a)`: the verb of what is reported in the past, on no condition: its
    /// *would* is the *will* of who spoke.
    Backshifted,
}

impl Predicate {
    /// Each with its name and how many nodes it takes.
    pub const ALL: &'static [(Self, &'static str, usize)] = &[
        (Self::Before, "before", 2),
        (Self::Quoted, "quoted", 1),
        (Self::Root, "root", 1),
        (Self::First, "first", 1),
        (Self::Last, "last", 1),
        (Self::Title, "title", 1),
        (Self::Name, "name", 1),
        (Self::Medium, "medium", 1),
        (Self::Definite, "definite", 1),
        (Self::Clause, "clause", 1),
        (Self::Finite, "finite", 1),
        (Self::Passive, "passive", 1),
        (Self::Time, "time", 1),
        (Self::Question, "question", 1),
        (Self::Inverted, "inverted", 1),
        (Self::Upper, "upper", 1),
        (Self::Bracketed, "bracketed", 1),
        (Self::Digits, "digits", 1),
        (Self::Main, "main", 1),
        (Self::Heading, "heading", 1),
        (Self::Capitals, "capitals", 1),
        (Self::Short, "short", 1),
        (Self::QuotationMark, "quotation-mark", 1),
        (Self::BehindMark, "behind-mark", 1),
        (Self::Scene, "scene", 2),
        (Self::Within, "within", 2),
        (Self::Complement, "complement", 2),
        (Self::Backshifted, "backshifted", 1),
    ];

    /// The predicate of this name, and how many nodes it takes.
    pub fn named(name: &str) -> Option<(Self, usize)> {
        Self::ALL.iter().find(|(_, n, _)| *n == name).map(|&(p, _, arity)| (p, arity))
    }

    /// Whether it holds of these words; never with too few of them.
    pub(super) fn holds(self, graph: &Graph, words: &[TokenId]) -> bool {
        match *words {
            [word] => self.holds_of(graph, word),
            [first, second] => match self {
                Self::Before => first < second,
                Self::Within => graph.document.tree.ancestors(first).any(|a| a == second),
                Self::Complement => graph.is_complement(first, second),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether it holds of some groups of words: most predicates ask their first words.
    pub(super) fn holds_of_groups(self, graph: &Graph, groups: &[TokenRange]) -> bool {
        match *groups {
            [words, verb] if self == Self::Scene => sets_scene(graph.document, words, verb.start),
            _ => self.holds(graph, &groups.iter().map(|group| group.start).collect::<Vec<_>>()),
        }
    }

    fn holds_of(self, graph: &Graph, word: TokenId) -> bool {
        let document = graph.document;
        match self {
            Self::Quoted => syntax::is_quoted(document, word),
            Self::Root => document.tree.head(word).is_none(),
            Self::First => sentence(document, word).is_some_and(|s| s.tokens.start == word),
            Self::Last => last_word(document, word) == Some(word),
            Self::Title => sentence(document, word).is_some_and(|s| s.block == BlockKind::Title),
            Self::Name => document.name_at(word).is_some(),
            Self::Medium => document.name_at(word).is_some_and(Name::is_medium),
            Self::Definite => graph.is_definite(word),
            Self::Clause => graph.is_clause(word),
            Self::Finite => graph.is_finite(word),
            Self::Passive => graph.is_passive(word),
            Self::Time => document.time_at(word).is_some(),
            Self::Question => is_question(document, word),
            Self::Inverted => is_inverted(document, word),
            Self::Upper => document.form(word).starts_with(char::is_uppercase),
            Self::Bracketed => bracketed(document, word),
            Self::Digits => document.form(word).starts_with(|c: char| c.is_ascii_digit()),
            Self::Main => !is_embedded(document, word),
            Self::Heading => is_heading(document, word),
            Self::Capitals => document.form(word).chars().all(|c| c.is_uppercase() || c == '.'),
            Self::Short => document.form(word).chars().count() <= 2,
            Self::QuotationMark => syntax::is_quotation_mark(document.form(word)),
            Self::Backshifted => is_backshifted(document, word),
            Self::BehindMark => {
                word.previous().is_some_and(|t| syntax::is_quotation_mark(document.form(t)))
            }
            Self::Before | Self::Within | Self::Complement | Self::Scene => false,
        }
    }
}

fn sentence(document: &Document, word: TokenId) -> Option<&crate::text::Sentence> {
    document.sentence_at(word)
}

/// Whether the last bracket before a word in its sentence opens.
fn bracketed(document: &Document, word: TokenId) -> bool {
    let first = sentence(document, word).map_or(word, |s| s.tokens.start);
    let bracket = |t| document.form(t).chars().find(|c| "()[]".contains(*c));
    first.until(word).iter().rev().find_map(bracket).is_some_and(|c| "([".contains(c))
}

/// Whether a word stands in no paragraph and no item of a list.
fn is_heading(document: &Document, word: TokenId) -> bool {
    let block = sentence(document, word).map(|s| s.block);
    block.is_some_and(|block| !matches!(block, BlockKind::Paragraph | BlockKind::Item))
}

/// Whether a clause is what a verb in the past reports, or stands around one that does, and
/// nothing in it tells on what condition.
fn is_backshifted(document: &Document, clause: TokenId) -> bool {
    let tree = &document.tree;
    let past = |verb: TokenId| {
        let mut helpers = tree.children(verb).iter().filter(|&&c| tree.is(c, Deprel::Aux));
        let had = helpers.any(|&aux| document.tag(aux).xpos == "VBD");
        document.tag(verb).upos == Upos::Verb && (document.tag(verb).xpos == "VBD" || had)
    };
    // "She dodged the question, *saying* she would go on."
    let beside_past = |verb: TokenId| {
        let gerund = document.tag(verb).xpos == "VBG" && tree.is(verb, Deprel::Advcl);
        gerund && tree.head(verb).is_some_and(past)
    };
    let first = tree.head_by(clause, Deprel::Conj).unwrap_or(clause);
    let quoted = syntax::is_quoted(document, clause);
    let completes = tree.is(first, Deprel::Ccomp) || tree.is(first, Deprel::Csubj);
    let above = tree.head(first).filter(|_| completes);
    let beside = tree
        .children_by(first, Deprel::Parataxis)
        .find(|&verb| tree.has(verb, Deprel::Nsubj) && !tree.has(verb, Deprel::Obj));
    let by = above.or(beside).filter(|&verb| !quoted || syntax::is_quoted(document, verb));
    !has_condition(document, clause) && by.is_some_and(|verb| past(verb) || beside_past(verb))
}

/// Whether an adverbial clause may tell on what condition a clause holds: one with *if*, or
/// with no conjunction (*were it so*).
fn has_condition(document: &Document, clause: TokenId) -> bool {
    let tree = &document.tree;
    let harmless = |condition: TokenId| {
        let mut marks = tree.children_by(condition, Deprel::Mark).peekable();
        let gerund = document.tag(condition).xpos == "VBG" && marks.peek().is_none();
        gerund || marks.any(|mark| syntax::is(document, mark, FunctionWord::Unconditional))
    };
    !tree.children_by(clause, Deprel::Advcl).all(harmless)
}

/// Whether a verb is not the main one of its sentence.
fn is_embedded(document: &Document, verb: TokenId) -> bool {
    let relation = document.tree.deprel(verb);
    let below = matches!(relation, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Xcomp);
    below || document.tag(verb).xpos == "VBN" && !document.tree.has(verb, Deprel::Aux)
}

/// Whether words before a source only say when and where it speaks: "In Oslo, where
/// the ministers met, Miller warned …".
fn sets_scene(document: &Document, words: TokenRange, verb: TokenId) -> bool {
    let unmarked = |&t: &TokenId| !syntax::is_quotation_mark(document.form(t));
    let Some(first) = words.iter().find(unmarked) else { return false };
    let opens = matches!(document.tag(first).upos, Upos::Adp | Upos::Sconj | Upos::Adv);
    let mut below = words.iter().filter(|&t| document.tree.head(t) == Some(verb)).peekable();
    let circumstance = |t: TokenId| {
        matches!(
            document.tree.deprel(t).main(),
            Deprel::Obl | Deprel::Advcl | Deprel::Advmod | Deprel::Punct | Deprel::Nsubj
        )
    };
    opens && below.peek().is_some() && below.all(circumstance)
}

fn last_word(document: &Document, word: TokenId) -> Option<TokenId> {
    sentence(document, word)?.tokens.iter().rev().find(|&t| document.tag(t).upos != Upos::Punct)
}

/// A question mark of its own, or that of the sentence: it asks what the clauses
/// with the form of a question say, where there are any (*The bank closed, why
/// did nobody tell us?*), else what the whole says, unless only an aside at its end
/// asks (*It was cold, you know?*).
fn is_question(document: &Document, word: TokenId) -> bool {
    if is_wh_question(document, word) {
        return true;
    }
    is_marked(document, word) && asked_from(document, word).is_none_or(|first| word >= first)
}

/// "…, and *why should I sell it*?”, she said": a question by its form, wherever it stands.
fn is_wh_question(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let below = [Deprel::AclRelcl, Deprel::AdvclRelcl, Deprel::Advcl, Deprel::Acl];
    let asks = |&t: &TokenId| matches!(&*document.tag(t).xpos, "WP" | "WRB");
    !below.contains(&tree.deprel(word))
        && tree.children(word).iter().any(asks)
        && is_inverted(document, word)
}

/// The first word that the question mark at the end of a sentence asks, if that is not the
/// first of all: behind a bracket that is still open, or behind a colon where a question
/// begins ("There is one problem: who pays?").
fn asked_from(document: &Document, word: TokenId) -> Option<TokenId> {
    let tokens = sentence(document, word)?.tokens;
    let mut open = Vec::new();
    let mut from = None;
    for t in tokens {
        match document.form(t) {
            "(" | "[" => open.push(t),
            ")" | "]" => drop(open.pop()),
            ":" if is_question_opener(document, t + 1) => from = Some(t),
            _ => {}
        }
    }
    open.last().copied().or(from)
}

/// Whether a question may begin with a word: *who*, *how*, or a verb that helps another.
fn is_question_opener(document: &Document, word: TokenId) -> bool {
    let tag = document.tag(word);
    matches!(&*tag.xpos, "WP" | "WRB" | "WDT") || tag.upos == Upos::Aux
}

/// Whether the question mark of a clause, or that of its sentence, is about it.
fn is_marked(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let mark = |t: TokenId| document.form(t).contains('?');
    let formed = |t: TokenId| is_inverted(document, t) || has_question_word(document, t);
    let own = tree.children_by(word, Deprel::Punct).find(|&t| mark(t));
    let root = tree.head(word).is_none();
    if own.is_some() && !root {
        return formed(word) || !tree.subtree(word).into_iter().any(|t| t != word && formed(t));
    }
    let top = if root { Some(word) } else { joined_to_root(document, word) };
    let own = own.filter(|_| root);
    let Some(top) = top.filter(|&t| own.is_some() || ends_with(document, t, mark)) else {
        return false;
    };
    let beside = |t: &TokenId| joined_to_root(document, *t) == Some(top);
    let clauses = sentence(document, top).into_iter().flat_map(|s| s.tokens.iter()).filter(beside);
    if std::iter::once(top).chain(clauses).any(formed) {
        return formed(word);
    }
    root && !own.is_some_and(|mark| follows_aside(document, word, mark))
}

/// The most words of an aside that asks whether one is heard: *you know*, *you see*.
const ASIDE: usize = 3;

/// Whether a question mark ends a short clause with *you* or *I* for its subject that stands
/// behind a comma.
fn follows_aside(document: &Document, word: TokenId, mark: TokenId) -> bool {
    let tree = &document.tree;
    let mut asides = tree.children_by(word, Deprel::Parataxis);
    asides.any(|aside| {
        let words = tree.subtree(aside);
        let spoken = words.iter().filter(|&&t| document.tag(t).upos != Upos::Punct).count();
        let speaks = |t| {
            let pronoun = syntax::pronoun(document, t);
            matches!(pronoun, Some(Pronoun::I | Pronoun::You))
        };
        let set_off = words.first().is_some_and(|&t| document.tag(t).upos == Upos::Punct);
        set_off
            && spoken <= ASIDE
            && words.last().is_some_and(|&last| last + 1 == mark)
            && tree.child(aside, Deprel::Nsubj).is_some_and(speaks)
    })
}

/// Whether the punctuation that ends a word's sentence has what is sought.
fn ends_with(document: &Document, word: TokenId, sought: impl Fn(TokenId) -> bool) -> bool {
    let punctuation = |t: &TokenId| document.tag(*t).upos == Upos::Punct;
    let tokens = sentence(document, word).into_iter().flat_map(|s| s.tokens.iter().rev());
    tokens.take_while(punctuation).any(sought)
}

/// The root that a clause stands beside: coordinated with it, or just put there.
fn joined_to_root(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let is_beside = |t: TokenId| matches!(tree.deprel(t), Deprel::Conj | Deprel::Parataxis);
    let head = tree.head(word).filter(|_| is_beside(word))?;
    match tree.head(head) {
        None => Some(head),
        Some(_) => tree.head(head).filter(|&h| is_beside(head) && tree.head(h).is_none()),
    }
}

/// *who*, *what*, *how* before their verb, and not of a relative clause.
fn has_question_word(document: &Document, word: TokenId) -> bool {
    let asks = |t: TokenId| {
        let tag = document.tag(t);
        matches!(&*tag.xpos, "WP" | "WRB" | "WP$" | "WDT") && t < word
    };
    !document.tree.is(word, Deprel::Acl) && document.tree.children(word).iter().copied().any(asks)
}

fn is_inverted(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let Some(subject) = tree.child(word, Deprel::Nsubj) else { return false };
    let verb = tree.child(word, Deprel::Aux).or_else(|| tree.child(word, Deprel::Cop));
    verb.is_some_and(|v| v < subject)
}
