//! The layers of a document: what `analyse` found in an article.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{Article, BlockKind, Span};

/// Index of a token in [`Document::tokens`], counted over the whole article.
pub type TokenId = u32;
/// Index of a sentence in [`Document::sentences`].
pub type SentenceId = u32;
/// Index of a mention in [`Document::mentions`].
pub type MentionId = u32;
/// Index of a chain in [`Document::chains`].
pub type ChainId = u32;

/// An article with everything that was found in it. Layers are parallel
/// vectors: `tags[i]` and `tree.heads[i]` belong to `tokens[i]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The article itself.
    pub article: Article,
    /// Sentences in order; they never overlap and never cross a block.
    pub sentences: Vec<Sentence>,
    /// Syntactic words in order (Universal Dependencies: `don't` is `do`, `n't`).
    pub tokens: Vec<Token>,
    /// Part of speech, features and lemma of each token.
    pub tags: Vec<Tag>,
    /// The dependency tree of each sentence, all in one vector.
    pub tree: Tree,
    /// Names, in order, without overlaps.
    pub names: Vec<Name>,
    /// Times, in order, without overlaps.
    pub times: Vec<Time>,
    /// Quotations, in order of their opening marks.
    pub quotations: Vec<Quotation>,
    /// Every phrase that refers to something: names, nominals, pronouns; in
    /// order of start, then longest first.
    pub mentions: Vec<Mention>,
    /// Mentions of one thing, in order of their first mention.
    pub chains: Vec<Chain>,
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub last: TokenId,
    /// What kind of block it stands in.
    pub block: BlockKind,
    /// Index of that block in [`Article::blocks`].
    pub block_index: u32,
}

impl Sentence {
    /// Its tokens' indices.
    pub fn tokens(&self) -> std::ops::Range<TokenId> {
        self.first..self.last
    }
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands. The words of a contraction share it out between them;
    /// a word with no letters of its own (possible only in foreign CoNLL-U)
    /// gets the span of the whole contraction.
    pub span: Span,
    /// Its form: the text under the span, unless foreign CoNLL-U says otherwise.
    pub form: CompactString,
    /// Whether it continues the contraction (multi-word token) of the token before it.
    pub joined: bool,
}

/// What kind of word a token is, in this sentence.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: CompactString,
    /// Universal features.
    pub feats: Feats,
    /// Dictionary form.
    pub lemma: CompactString,
}

/// Universal parts of speech (<https://universaldependencies.org/u/pos/>).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // the names are the specification's
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The tag as CoNLL-U writes it.
    pub fn as_str(self) -> &'static str {
        const NAMES: [&str; 17] = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
            "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ];
        NAMES.get(self as usize).copied().unwrap_or("X")
    }

    /// Reads a tag; `None` for a word that is no tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == tag)
    }
}

/// Universal features as CoNLL-U writes them: `Mood=Ind|Tense=Past`, empty for none.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Feats(pub CompactString);

impl Feats {
    /// The value of a feature: `feats.get("Tense") == Some("Past")`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether a feature has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }
}

/// A universal dependency relation with its subtype: `nsubj:pass`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deprel(pub CompactString);

impl Deprel {
    /// The whole relation.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the subtype: `nsubj` of `nsubj:pass`.
    pub fn main(&self) -> &str {
        self.0.split(':').next().unwrap_or("")
    }

    /// Whether it is this relation, with any subtype.
    pub fn is(&self, main: &str) -> bool {
        self.main() == main
    }
}

impl From<&str> for Deprel {
    fn from(relation: &str) -> Self {
        Self(relation.into())
    }
}

/// One edge of the enhanced graph: `dependent` depends on `head`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edge {
    /// The dependent.
    pub dependent: TokenId,
    /// The head.
    pub head: TokenId,
    /// How it depends.
    pub deprel: Deprel,
}

/// The basic dependency trees of a document's sentences, and the edges that
/// the enhanced representation adds
/// (<https://universaldependencies.org/u/overview/enhanced-syntax.html>).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tree {
    /// Head of each token, `None` for the root of its sentence. Every sentence
    /// has exactly one root and no cycle.
    heads: Vec<Option<TokenId>>,
    /// Relation of each token to its head.
    deprels: Vec<Deprel>,
    /// `children[first_child[i]..first_child[i + 1]]` depend on token `i`, in order.
    first_child: Vec<u32>,
    children: Vec<TokenId>,
    /// Edges beyond the basic tree that CoNLL-U brings or is to have: subjects
    /// of conjuncts and controlled verbs, antecedents of relative pronouns;
    /// sorted.
    pub extra: Vec<Edge>,
}

impl Tree {
    /// Makes the trees of a document from each token's head and relation. The
    /// caller vouches for one root a sentence and no cycles.
    pub fn new(heads: Vec<Option<TokenId>>, deprels: Vec<Deprel>) -> Self {
        let n = heads.len();
        let mut first_child = vec![0u32; n + 1];
        for head in heads.iter().flatten() {
            if let Some(count) = first_child.get_mut(*head as usize + 1) {
                *count += 1;
            }
        }
        for i in 1..=n {
            first_child[i] += first_child[i - 1];
        }
        let mut next = first_child.clone();
        let mut children = vec![0; first_child[n] as usize];
        for (i, head) in heads.iter().enumerate() {
            if let Some(at) = head.and_then(|h| next.get_mut(h as usize)) {
                children[*at as usize] = i as TokenId;
                *at += 1;
            }
        }
        Self { heads, deprels, first_child, children, extra: Vec::new() }
    }

    /// How many tokens it spans.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether it spans no token.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The head of a token; `None` for a root.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.heads.get(token as usize).copied().flatten()
    }

    /// The relation of a token to its head.
    pub fn deprel(&self, token: TokenId) -> &str {
        self.deprels.get(token as usize).map_or("", Deprel::as_str)
    }

    /// The tokens that depend on this one, in order.
    pub fn children(&self, token: TokenId) -> &[TokenId] {
        let at = |i: usize| self.first_child.get(i).map_or(0, |&x| x as usize);
        let token = token as usize;
        self.children.get(at(token)..at(token + 1)).unwrap_or(&[])
    }

    /// The first dependent by this relation: exactly, or with any subtype
    /// where `relation` has none.
    pub fn child(&self, token: TokenId, relation: &str) -> Option<TokenId> {
        self.children_by(token, relation).next()
    }

    /// The dependents by this relation, in order; see [`Tree::child`].
    pub fn children_by<'a>(
        &'a self,
        token: TokenId,
        relation: &'a str,
    ) -> impl Iterator<Item = TokenId> + 'a {
        self.children(token).iter().copied().filter(move |&c| self.is(c, relation))
    }

    /// Whether a token hangs on its head by this relation; see [`Tree::child`].
    pub fn is(&self, token: TokenId, relation: &str) -> bool {
        let deprel = self.deprel(token);
        deprel == relation
            || deprel.strip_prefix(relation).is_some_and(|rest| rest.starts_with(':'))
    }

    /// The heads of a token, one above the other, up to the root.
    pub fn ancestors(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t)).take(self.len())
    }

    /// The token and everything below it, in order.
    pub fn subtree(&self, token: TokenId) -> Vec<TokenId> {
        let mut all = vec![token];
        let mut next = 0;
        while let Some(&t) = all.get(next) {
            all.extend_from_slice(self.children(t));
            next += 1;
        }
        all.sort_unstable();
        all
    }
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A human being, real or not.
    Person,
    /// A body that acts: company, agency, party, team, newspaper.
    Organization,
    /// A country, town, region, river.
    Place,
    /// A building or other made place: embassy, airport, bridge.
    Facility,
    /// A war, election, festival, storm.
    Event,
    /// A nationality, religion or political group: *Ukrainian*, *Democrats*.
    Group,
    /// A work, vehicle, weapon, law: a thing with a name.
    Product,
    /// An amount of money.
    Money,
    /// Another name.
    Other,
}

impl NameKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Facility,
        Self::Event,
        Self::Group,
        Self::Product,
        Self::Money,
        Self::Other,
    ];

    /// The kind's name, as JSON and CoNLL-U write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::Event => "event",
            Self::Group => "group",
            Self::Product => "product",
            Self::Money => "money",
            Self::Other => "other",
        }
    }

    /// Reads a kind's name; `None` for a word that is none.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub last: TokenId,
    /// What it names.
    pub kind: NameKind,
}

/// TIMEX3 types of time expressions (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar day or something coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeating time.
    Set,
}

/// A time expression and, where it can be worked out, its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub last: TokenId,
    /// What kind of time.
    pub kind: TimeKind,
    /// TIMEX3 value: `2022-05-18`, `2022-05`, `P3M`, `2022-05-18T15:00`,
    /// `XXXX-05-18` where the year is unknown; `None` if nothing is known.
    pub value: Option<CompactString>,
}

/// Words between quotation marks, or between one mark and where it must have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// Whether a closing mark was found; multi-paragraph quotations repeat the
    /// opening mark and close only the last paragraph.
    pub closed: bool,
    /// Whether it goes on from the quotation before it (next paragraph of one speech).
    pub continues: bool,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// By name: *John Kirby*.
    Name,
    /// By description: *the embassy*, *some officials*.
    Nominal,
    /// By pronoun: *he*, *which*.
    Pronoun,
}

/// A phrase that refers to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where the phrase stands, without relative clauses and appositions.
    pub span: Span,
    /// Its head word.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
    /// What it refers to, if that is a name or can be told from the words.
    pub entity: Option<NameKind>,
    /// The chain it belongs to.
    pub chain: ChainId,
}

/// Mentions of one and the same thing within one article; most have one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Members in order.
    pub mentions: Vec<MentionId>,
    /// The kind most members agree on.
    pub kind: Option<NameKind>,
}

impl Document {
    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.article.text)
    }

    /// The span from the first to the last of some tokens (given in order).
    pub fn span_of(&self, first: TokenId, last: TokenId) -> Span {
        let at = |t: TokenId| self.tokens.get(t as usize).map_or(Span::new(0, 0), |t| t.span);
        at(first).cover(at(last))
    }

    /// The tag of a token.
    pub fn tag(&self, token: TokenId) -> &Tag {
        const NONE: &Tag = &Tag {
            upos: Upos::X,
            xpos: CompactString::const_new(""),
            feats: Feats(CompactString::const_new("")),
            lemma: CompactString::const_new(""),
        };
        self.tags.get(token as usize).unwrap_or(NONE)
    }

    /// The lemma of a token.
    pub fn lemma(&self, token: TokenId) -> &str {
        &self.tag(token).lemma
    }

    /// The form of a token.
    pub fn form(&self, token: TokenId) -> &str {
        self.tokens.get(token as usize).map_or("", |t| &t.form)
    }

    /// The sentence a token stands in.
    pub fn sentence_of(&self, token: TokenId) -> Option<SentenceId> {
        let i = self.sentences.partition_point(|s| s.last <= token);
        self.sentences.get(i).filter(|s| s.first <= token).map(|_| i as SentenceId)
    }

    /// The name that a token is part of.
    pub fn name_at(&self, token: TokenId) -> Option<&Name> {
        let i = self.names.partition_point(|n| n.last <= token);
        self.names.get(i).filter(|n| n.first <= token)
    }

    /// The time expression that a token is part of.
    pub fn time_at(&self, token: TokenId) -> Option<&Time> {
        let i = self.times.partition_point(|t| t.last <= token);
        self.times.get(i).filter(|t| t.first <= token)
    }

    /// The tokens wholly inside a span, as a range.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<TokenId> {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.tokens.partition_point(|t| t.span.end <= span.end);
        first as TokenId..last.max(first) as TokenId
    }
}
