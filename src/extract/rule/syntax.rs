//! A rule as it is written: names still names, not yet compiled.

use compact_str::CompactString;

use super::example::Example;
use super::order::Orders;
use super::position::Position;
use super::predicate::Predicate;
use crate::extract::{Attitude, AttributionKind, Modality, Polarity};
use crate::text::DeprelSet;

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, unique among all rules.
    pub id: CompactString,
    /// What it finds, in one line.
    pub means: String,
    /// How far what it finds can be trusted, 0 to 1.
    pub weight: f32,
    /// What must be there.
    pub pattern: Pattern,
    /// Which words must stand in a row, where the rule goes by their order.
    pub orders: Option<Orders<Test>>,
    /// What is found where the pattern fits.
    pub emits: Vec<Emit>,
    /// Sentences that it must and must not find.
    pub examples: Vec<Example>,
    /// The file and line of its first word.
    pub file: String,
    /// Where its first word stands.
    pub at: Position,
}

/// Index of a named node in [`Pattern::nodes`].
pub(super) type Node = usize;

/// Named words, what is asked of each, and how they hang together.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    /// The names, in order of first mention.
    pub nodes: Vec<CompactString>,
    /// What is asked of each node.
    pub tests: Vec<Vec<Test>>,
    /// Edges that bind their second node.
    pub edges: Vec<Edge>,
    /// Conditions over several nodes.
    pub conditions: Vec<Condition>,
}

/// A way from one node to another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The head, or the word before.
    pub from: Node,
    /// The dependent, or the word after.
    pub to: Node,
    /// How they hang together.
    pub link: Link,
    /// Whether the pattern also fits without it.
    pub optional: bool,
    /// The node of its marker: the preposition or conjunction of the dependent.
    pub marker: Option<Node>,
}

/// How two words hang together.
#[derive(Clone, Debug)]
pub enum Link {
    /// By dependency.
    Dependency(Step),
    /// The second follows right after the first.
    Next,
}

/// A dependency by one of some relations, with one of some markers.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Relations.
    pub relations: DeprelSet,
    /// Lemmas of the `case` or `mark` of the dependent; none for any.
    pub markers: Option<Words>,
}

/// A set of words.
#[derive(Clone, Debug)]
pub enum Words {
    /// Written out.
    These(Vec<CompactString>),
    /// A word list, and its class if only that is meant.
    List(CompactString, Option<CompactString>),
}

/// What may be asked of one word.
#[derive(Clone, Debug)]
pub enum Test {
    /// One of these parts of speech.
    Upos(Vec<crate::text::Upos>),
    /// One of these lemmas.
    Lemma(Words),
    /// One of these forms, in lower case.
    Form(Words),
    /// One of these Penn tags.
    Xpos(Words),
    /// One of these relations to its head in the basic tree.
    Deprel(DeprelSet),
    /// A universal feature with one of these values.
    Feature(CompactString, Vec<CompactString>),
    /// Part of a name of one of these kinds.
    Name(Vec<crate::text::NameKind>),
    /// A named predicate of one word.
    Is(Predicate),
    /// A dependent that itself passes tests.
    Has(Step, Vec<Test>),
    /// The opposite.
    Not(Box<Test>),
}

/// A named predicate over bound nodes.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Which.
    pub predicate: Predicate,
    /// Of which nodes.
    pub nodes: Vec<Node>,
    /// Whether it must not hold.
    pub negated: bool,
}

/// What a rule finds.
#[derive(Clone, Debug)]
pub enum Emit {
    /// A claim.
    Claim(ClaimForm),
    /// An attribution.
    Attribution(AttributionForm),
    /// A mark of polarity or modality on a predicate.
    Scope(ScopeForm),
}

/// The slots of a claim.
#[derive(Clone, Debug, Default)]
pub struct ClaimForm {
    /// Who or what.
    pub subject: Node,
    /// The words of the relation, in order.
    pub relation: Vec<RelationPart>,
    /// To whom or what.
    pub object: Option<Node>,
    /// What sort of phrase the object is, where its words do not tell.
    pub kind: Option<crate::extract::ArgumentKind>,
    /// Whether the object is its head word alone.
    pub alone: bool,
    /// The node whose other dependents become qualifiers.
    pub qualifiers: Option<Node>,
    /// Single qualifiers with the word that joins them.
    pub with: Vec<(CompactString, Node)>,
}

/// A word of a relation.
#[derive(Clone, Debug)]
pub enum RelationPart {
    /// The lemma of a node, absent where the node is.
    Node(Node),
    /// The lemma that a word list's column gives for a node: the verb of a noun.
    Mapped(Node, CompactString, CompactString),
    /// A word that need not stand in the text.
    Word(CompactString),
    /// A node that shows where the relation stands, without a lemma of its own.
    Place(Node),
}

/// The slots of an attribution.
#[derive(Clone, Debug)]
pub struct AttributionForm {
    /// Whose word.
    pub source: Option<Node>,
    /// Whether one need not be found.
    pub any_source: bool,
    /// The verb whose subject in the tree is the source, where it has one.
    pub subject: Option<Node>,
    /// The words that attribute.
    pub cue: Vec<Node>,
    /// What the words of the cue stand for; none where the list of cues says it.
    pub lemma: Option<CompactString>,
    /// The heads of what is attributed.
    pub content: Vec<Node>,
    /// The cue of another attribution, all of which is the content of this one.
    pub around: Option<Node>,
    /// How it is put.
    pub kind: AttributionKind,
    /// What the source does with it.
    pub attitude: AttitudeOf,
}

/// Where the attitude of an attribution comes from.
#[derive(Clone, Debug)]
pub enum AttitudeOf {
    /// Always the same.
    Always(Attitude),
    /// From the class column of a word list.
    Listed(Node, CompactString),
}

/// A mark of polarity or modality.
#[derive(Clone, Debug)]
pub struct ScopeForm {
    /// The predicate that is marked.
    pub over: Node,
    /// The predicate that it depends on; none for a mark of its own clause.
    pub under: Option<Node>,
    /// What holds where that predicate (or the clause) is positive.
    pub affirmed: Outcome,
    /// What holds where that predicate is negative; none for the same.
    pub negated: Option<Outcome>,
}

/// What a scope mark does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The polarity from now on; none leaves it.
    pub polarity: Option<Polarity>,
    /// The modality at the least; none leaves it.
    pub modality: Option<Modality>,
    /// Whether it depends on somebody's word: without an attribution it is
    /// no more than possible.
    pub reported: bool,
    /// Whether it holds whatever its governor's modality: "regrets that".
    pub factive: bool,
}
