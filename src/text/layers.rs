//! The layers of a document: what `analyse` found in an article.

use std::sync::Arc;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{
    Article, BlockKind, ClusterId, Feats, FunctionWords, MentionId, Name, NameKind, SentenceId,
    Span, Tag, TimeValue, TokenId, TokenRange, Tree, Upos, one_line,
};

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
    /// Coreference clusters, in order of their first mention.
    pub clusters: Vec<Cluster>,
    /// The words of closed classes that it is read with.
    #[serde(skip, default = "FunctionWords::shipped")]
    pub words: Arc<FunctionWords>,
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What kind of block it stands in.
    pub block: BlockKind,
    /// Index of that block in [`Article::blocks`].
    pub block_index: u32,
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

/// TIMEX3 types of time expressions (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar day or something coarser.
    Date,
    /// A time of day.
    Time,
    /// A duration: so many days, some years.
    Duration,
    /// A repeating time.
    Set,
}

/// A time expression and, where it can be worked out, its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What kind of time.
    pub kind: TimeKind,
    /// What it means; `None` if nothing is known.
    pub value: Option<TimeValue>,
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
    /// By telling that it happens: the verb of a clause that a pronoun takes up (*the
    /// mine closed. This …*).
    Clause,
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
    /// The coreference cluster it belongs to.
    pub cluster: ClusterId,
}

/// A coreference cluster: the mentions of one and the same thing within one article; most have one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Members in order.
    pub mentions: Vec<MentionId>,
    /// The kind most members agree on.
    pub kind: Option<NameKind>,
}

impl Document {
    /// A document of which no layer is known yet.
    pub fn new(article: Article) -> Self {
        Self {
            article,
            sentences: Vec::new(),
            tokens: Vec::new(),
            tags: Vec::new(),
            tree: Tree::default(),
            names: Vec::new(),
            times: Vec::new(),
            quotations: Vec::new(),
            mentions: Vec::new(),
            clusters: Vec::new(),
            words: FunctionWords::shipped(),
        }
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.article.text)
    }

    /// The text under a span on one line: runs of white space become one space.
    pub fn one_line(&self, span: Span) -> String {
        one_line(self.slice(span))
    }

    /// The span of some tokens, and what stands between them. Empty at the start
    /// of the text where there are none.
    pub fn span_of(&self, tokens: TokenRange) -> Span {
        match tokens.last() {
            Some(last) => self.span(tokens.start).cover(self.span(last)),
            None => Span::new(0, 0),
        }
    }

    /// The span of a token; empty at the start of the text where there is none
    /// of this number.
    pub fn span(&self, token: TokenId) -> Span {
        self.tokens.get(token.index()).map_or(Span::new(0, 0), |t| t.span)
    }

    /// All its tokens.
    pub fn token_ids(&self) -> TokenRange {
        TokenRange::first(self.tokens.len())
    }

    /// The tag of a token.
    pub fn tag(&self, token: TokenId) -> &Tag {
        const NONE: &Tag = &Tag {
            upos: Upos::X,
            xpos: CompactString::const_new(""),
            feats: Feats(CompactString::const_new("")),
            lemma: CompactString::const_new(""),
        };
        self.tags.get(token.index()).unwrap_or(NONE)
    }

    /// The lemma of a token.
    pub fn lemma(&self, token: TokenId) -> &str {
        &self.tag(token).lemma
    }

    /// The form of a token.
    pub fn form(&self, token: TokenId) -> &str {
        self.tokens.get(token.index()).map_or("", |t| &t.form)
    }

    /// The number of the sentence a token stands in.
    pub fn sentence_of(&self, token: TokenId) -> Option<SentenceId> {
        let i = self.sentences.partition_point(|s| s.tokens.end <= token);
        let holds = self.sentences.get(i).is_some_and(|s| s.tokens.contains(token));
        holds.then_some(SentenceId::from_index(i))
    }

    /// The sentence of this number.
    pub fn sentence(&self, id: SentenceId) -> Option<&Sentence> {
        self.sentences.get(id.index())
    }

    /// The sentence a token stands in.
    pub fn sentence_at(&self, token: TokenId) -> Option<&Sentence> {
        self.sentence_of(token).and_then(|id| self.sentence(id))
    }

    /// The name that a token is part of.
    pub fn name_at(&self, token: TokenId) -> Option<&Name> {
        let i = self.names.partition_point(|n| n.tokens.end <= token);
        self.names.get(i).filter(|n| n.tokens.contains(token))
    }

    /// The kind of the name that a token is part of.
    pub fn name_kind_at(&self, token: TokenId) -> Option<NameKind> {
        Some(self.name_at(token)?.kind)
    }

    /// The mentions of one thing, in order.
    pub fn mentions_of(&self, cluster: ClusterId) -> impl Iterator<Item = &Mention> {
        let mentions = match self.clusters.get(cluster.index()) {
            Some(cluster) => cluster.mentions.as_slice(),
            None => &[],
        };
        mentions.iter().filter_map(|m| self.mentions.get(m.index()))
    }

    /// The time expression that a token is part of.
    pub fn time_at(&self, token: TokenId) -> Option<&Time> {
        let i = self.times.partition_point(|t| t.tokens.end <= token);
        self.times.get(i).filter(|t| t.tokens.contains(token))
    }

    /// The tokens wholly inside a span.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.tokens.partition_point(|t| t.span.end <= span.end);
        TokenId::from_index(first).until(TokenId::from_index(last.max(first)))
    }
}
