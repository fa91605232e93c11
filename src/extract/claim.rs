//! Claims and attributions: the public result of extraction.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::text::{Deprel, Document, SentenceId, Span, TimeValue, TokenId, index_type};

index_type! {
    /// Index of a claim in [`Extraction::claims`].
    ClaimId
}

index_type! {
    /// Index of an attribution in [`Extraction::attributions`].
    AttributionId
}

/// All that was extracted from one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// In order of sentence, then of relation.
    pub claims: Vec<Claim>,
    /// In order of their first content; an attribution stands before those
    /// that nest in it.
    pub attributions: Vec<Attribution>,
}

impl Extraction {
    /// What stands in one sentence. Claims keep the numbers of their attributions,
    /// which count in the whole extraction.
    #[must_use]
    pub fn of_sentence(&self, sentence: SentenceId) -> Self {
        let claims = self.claims.iter().filter(|c| c.sentence == sentence);
        let attributions = self.attributions.iter().filter(|a| a.sentence == sentence);
        Self { claims: claims.cloned().collect(), attributions: attributions.cloned().collect() }
    }

    /// The attribution of this id, if there is one.
    pub fn attribution(&self, id: AttributionId) -> Option<&Attribution> {
        self.attributions.get(id.index())
    }

    /// An attribution and those that it stands in, from the inside out.
    pub fn chain(&self, innermost: AttributionId) -> impl Iterator<Item = &Attribution> {
        self.chain_ids(innermost).filter_map(|id| self.attribution(id))
    }

    /// The ids of an attribution and of those that it stands in, from the inside out.
    pub fn chain_ids(&self, innermost: AttributionId) -> impl Iterator<Item = AttributionId> {
        let outer = |id: &AttributionId| self.attribution(*id)?.within;
        std::iter::successors(Some(innermost), outer).take(self.attributions.len())
    }
}

/// One proposition as one sentence of one article puts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claim {
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// The whole clause, the evidence.
    pub clause: Span,
    /// Who or what.
    pub subject: Argument,
    /// Does or is what.
    pub relation: Relation,
    /// To whom or what; none for "the troops left".
    pub object: Option<Argument>,
    /// Everything else that is said of it: time, place, manner, recipient.
    pub qualifiers: Vec<Qualifier>,
    /// Whether it is said to hold or not to hold.
    pub polarity: Polarity,
    /// In what way it is said to hold.
    pub modality: Modality,
    /// Whose word it is: the innermost attribution whose content it stands in;
    /// none for the article's own voice.
    pub attribution: Option<AttributionId>,
    /// When, as far as the words tell.
    pub when: Option<When>,
    /// Whether it passes the assertion filter: may stand as an asserted triple where it is
    /// positive, actual and the article's own word.
    pub passes_filter: bool,
    /// The rule that found it.
    pub rule: CompactString,
}

impl Claim {
    /// A positive, actual claim in the article's own voice that nothing more is
    /// said of. Its clause is what its words span.
    pub fn new(sentence: SentenceId, subject: Argument, relation: Relation) -> Self {
        Self {
            sentence,
            clause: subject.span.cover(relation.span),
            subject,
            relation,
            object: None,
            qualifiers: Vec::new(),
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            attribution: None,
            when: None,
            passes_filter: true,
            rule: CompactString::const_new("by-hand"),
        }
    }

    /// The same claim with an object.
    #[must_use]
    pub fn with_object(mut self, object: Argument) -> Self {
        self.clause = self.clause.cover(object.span);
        self.object = Some(object);
        self
    }

    /// The head of its object.
    pub fn object_head(&self) -> Option<TokenId> {
        Some(self.object.as_ref()?.head)
    }

    /// The words of its relation that join the object to its verb, noun or adjective:
    /// `to` of *return to*, `of` of *be mayor of*; none of *give up*.
    pub fn joint(&self, document: &Document) -> &[CompactString] {
        let lemmas = self.relation.lemmas.as_slice();
        let head = self.relation.head;
        let lemma = document.lemma(head);
        let at = lemmas.iter().rposition(|own| own.eq_ignore_ascii_case(lemma));
        let (Some(at), Some(_)) = (at, &self.object) else { return &[] };
        let fixed =
            |c: &&TokenId| matches!(document.tree.deprel(**c), Deprel::CompoundPrt | Deprel::Fixed);
        let own = 1 + document.tree.children(head).iter().filter(fixed).count();
        lemmas.get(at + own..).unwrap_or_default()
    }
}

/// A subject or object: the least phrase that identifies the thing, what a reader needs
/// to see of it, and all that hangs on it. Each holds the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The least phrase, which names, entities and coreference go by: *U.S. embassy* of
    /// *the reopened U.S. embassy in Kyiv, which opened in May*.
    pub core: Span,
    /// The whole argument: the core with what completes it, *the reopened U.S. embassy
    /// in Kyiv*. What only adds is not of it.
    pub span: Span,
    /// The full phrase with all that hangs on it.
    pub phrase: Span,
    /// Its head word.
    pub head: TokenId,
    /// What sort of phrase.
    pub kind: ArgumentKind,
}

/// What sort of phrase an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArgumentKind {
    /// A noun phrase or pronoun: refers to an entity.
    Entity,
    /// A clause: *that no decisions have been made*.
    Clause,
    /// A number, an amount, a property: *54*, *ready*.
    Value,
}

/// The relation of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The words that express it, from first to last.
    pub span: Span,
    /// Its head word.
    pub head: TokenId,
    /// Its dictionary words in order, with particle or preposition:
    /// `["guard"]`, `["return", "to"]`, `["be", "mayor", "of"]`. The graph makes
    /// the name of the property from them.
    pub lemmas: Vec<CompactString>,
}

/// Something more that is said of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// The lemma that joins it to the relation: `from`, `to`, `in`, or one of
    /// `manner`, `recipient`, `purpose`, `time`, `complement` where no preposition does.
    pub preposition: CompactString,
    /// What it says.
    pub argument: Argument,
}

/// Whether a claim is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is said to hold.
    Positive,
    /// It is said not to hold: "no decisions have been made", "failed to".
    Negative,
}

impl Polarity {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Positive => Self::Negative,
            Self::Negative => Self::Positive,
        }
    }
}

/// In what way a claim is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It is or was so.
    Actual,
    /// It will be: *will*, *is to*.
    Future,
    /// Somebody considers or intends it: *weighing*, *plans to*, purpose clauses.
    Planned,
    /// It may be: *may*, *could*, *ready to*.
    Possible,
    /// Somebody wants it: *would like*, *urged*.
    Wanted,
    /// It must be: *must*, *should*.
    Obliged,
    /// It holds under a condition: *if*, *unless*.
    Conditional,
    /// It is asked: *whether*, questions.
    Asked,
    /// It would have been: *would have*.
    Hypothetical,
}

/// The time of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The words that tell it.
    pub span: Span,
    /// What they mean; none where they could not be resolved.
    pub value: Option<TimeValue>,
}

/// Somebody's word for something: source, cue, content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Whose word; none where the text does not say ("it was reported that").
    pub source: Option<Source>,
    /// The words that attribute: *said*, *according to*, *promise*; none for
    /// a running quotation that goes on without one.
    pub cue: Option<Span>,
    /// The lemma of the cue.
    pub cue_lemma: CompactString,
    /// What is attributed, in order, without overlaps.
    pub content: Vec<Span>,
    /// How it is put.
    pub kind: AttributionKind,
    /// What the source does with the content.
    pub attitude: Attitude,
    /// Negative where the cue is negated: "did not say that".
    pub polarity: Polarity,
    /// The attribution that this one stands in the content of.
    pub within: Option<AttributionId>,
    /// The sentence of the cue.
    pub sentence: SentenceId,
    /// The rule that found it.
    pub rule: CompactString,
}

/// Whose word it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The source phrase: *Pentagon press secretary John Kirby*.
    pub span: Span,
    /// Its head word.
    pub head: TokenId,
    /// Whether it has no name and stands for nobody in particular: *officials*,
    /// *sources familiar with the matter*.
    pub unnamed: bool,
}

/// How something is attributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionKind {
    /// In the source's own words, between quotation marks.
    Direct,
    /// In the article's words: "said that", "according to".
    Indirect,
    /// Partly quoted.
    Mixed,
    /// By a noun: "the promise that".
    Noun,
    /// By the form of a headline: "Report: …".
    Headline,
}

/// What a source does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attitude {
    /// Says, tells, reports.
    States,
    /// Denies, rejects.
    Denies,
    /// Doubts, questions.
    Doubts,
    /// Asks.
    Asks,
    /// Promises, pledges.
    Promises,
    /// Threatens, warns of what it will do.
    Threatens,
    /// Orders, demands, urges.
    Orders,
    /// Believes, hopes, fears.
    Believes,
    /// Shows: evidence, studies, documents.
    Shows,
}

impl Attitude {
    /// Whether it is held, not said.
    pub fn is_inner(self) -> bool {
        matches!(self, Self::Believes | Self::Doubts)
    }

    /// The attitude that word lists and rules call so.
    pub fn parse(name: &str) -> Option<Self> {
        let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        Self::deserialize(name).ok()
    }
}
