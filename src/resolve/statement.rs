//! Statements: what each claim comes to, made once for all that show it.
//!
//! A claim points at words. Its statement says what they mean: entities and values
//! in the place of phrases, the name of the relation, the calendar time, whose word
//! it is, who reports it, whether it is asserted. RDF, JSON, tables and pages render
//! statements and decide nothing, so that they cannot disagree.

use compact_str::CompactString;

use super::assertion::Assertion;
use super::entity::EntityIndex;
use super::relation::RelationName;
use super::role::Role;
use crate::extract::{AttributionId, ClaimId, Modality, Polarity};
use crate::text::{SentenceId, Span, TimeValue};

/// One claim, understood.
///
/// ```
/// use reportedly::{Article, Pipeline};
///
/// let text = "Ada Brook sold Orm Castle. Officials said she had not bought a bridge.";
/// let analysis = Pipeline::builder().build()?.analyse(Article::new("ferry", text));
/// let [sold, bought] = analysis.statements() else { panic!("two claims") };
///
/// assert_eq!(sold.relation.name.label, "sells");
/// assert!(sold.assertion.is_asserted());
/// // What somebody says, and what is denied, is no fact of the graph.
/// assert_eq!(bought.attributions.len(), 1);
/// assert!(!bought.assertion.is_asserted());
/// # Ok::<(), reportedly::PipelineError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The claim that it is made of.
    pub claim: ClaimId,
    /// The sentence that the claim stands in.
    pub sentence: SentenceId,
    /// The whole clause, the evidence.
    pub clause: Span,
    /// The rule that found it.
    pub rule: CompactString,
    /// Who or what.
    pub subject: Term<Node>,
    /// Does or is what, in the words of the text.
    pub relation: Relation,
    /// To whom or what; none for "the troops left".
    pub object: Option<Term>,
    /// The same in the terms of a declared relation, where the claim expresses one.
    pub expresses: Option<Expressed>,
    /// Everything else that is said of it, in the order of the text.
    pub qualifiers: Vec<Qualifier>,
    /// Whether it is said to hold or not to hold.
    pub polarity: Polarity,
    /// In what way it is said to hold.
    pub modality: Modality,
    /// When, as far as the words tell.
    pub when: Option<When>,
    /// Whose word it is: the attribution that it stands in and those around that,
    /// the innermost first; empty for the article's own voice.
    pub attributions: Vec<AttributionId>,
    /// Who stated it: the source of the innermost attribution, unless that source
    /// is said *not* to have said it.
    pub stated_by: Option<EntityIndex>,
    /// The news media that report it: the article's publisher, the agency that the
    /// article credits, and those among its sources.
    pub reported_by: Vec<EntityIndex>,
    /// The news medium that it comes from: among its sources the one nearest to the
    /// event, else the agency, else the publisher.
    pub origin: Option<EntityIndex>,
    /// Whether it is asserted, and why not.
    pub assertion: Assertion,
}

/// An argument of a statement: what it is, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term<V = Value> {
    /// What it is.
    pub value: V,
    /// The whole argument, see [`Argument::span`](crate::extract::Argument::span).
    pub span: Span,
    /// The full phrase with all that hangs on it.
    pub phrase: Span,
}

/// What an argument is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Something of which more may be said.
    Node(Node),
    /// Words, on one line.
    Text(String),
    /// A whole number, in digits: *1,200* is `1200`.
    Integer(String),
    /// A number with decimals: `5.5`.
    Decimal(String),
    /// A time as [`When::value`] has it, or a duration (`P3M`).
    Time(TimeValue),
}

/// Something of which something can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An entity of the article.
    Entity(EntityIndex),
    /// What a phrase stands for that is no entity: a clause or an amount as a subject.
    Phrase(Span),
}

/// The relation of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What it is called: `returnsTo`, "returns to".
    pub name: RelationName,
    /// Its dictionary words in order, with particle or preposition: `["return", "to"]`.
    pub lemmas: Vec<CompactString>,
    /// The words that express it, from first to last.
    pub span: Span,
}

/// What a claim says in the terms of a declared relation: *Y was bought by X* is
/// `X acquires Y`. What holds both ways is put in one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expressed {
    /// The declared relation.
    pub relation: RelationName,
    /// Who or what does or is it.
    pub subject: Node,
    /// To whom or what.
    pub object: Node,
}

/// Something more that is said of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// What it tells: a time, a place, a purpose.
    pub role: Role,
    /// What joins it to the relation: `from`, `because of`; or one of `manner`,
    /// `recipient`, `purpose`, `time`, `complement` where no preposition does.
    pub preposition: CompactString,
    /// The preposition in camel case: `becauseOf`; the graph makes its property of it.
    pub name: String,
    /// What it says.
    pub term: Term,
}

/// The time of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// A day, a month, a year, a moment, or an interval of days; the value of the
    /// words as they are (`XXXX-05-18`) where the calendar cannot be told, none where
    /// nothing is known.
    pub value: Option<TimeValue>,
    /// The words that tell it.
    pub span: Span,
}
