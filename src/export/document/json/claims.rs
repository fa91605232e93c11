//! Claims and attributions as JSON: the statements of an article.

use std::borrow::Cow;

use serde::Serialize;

use super::{Range, View};
use crate::extract::{Attitude, Attribution, AttributionId, AttributionKind, Modality, Polarity};
use crate::graph::relation_iri;
use crate::resolve::statement::{Expressed, Node, Qualifier, Relation, Statement, Term, Value};
use crate::resolve::{EntityIndex, Withheld};
use crate::text::{SentenceId, Span, TimeValue};

#[derive(Serialize)]
pub(super) struct AttributionJson<'a> {
    id: String,
    source: Option<SourceJson>,
    cue: Option<Range>,
    cue_lemma: &'a str,
    content: Vec<Range>,
    kind: AttributionKind,
    attitude: Attitude,
    polarity: Polarity,
    within: Option<String>,
    rule: &'a str,
}

#[derive(Serialize)]
struct SourceJson {
    #[serde(flatten)]
    range: Range,
    entity: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ClaimJson<'a> {
    id: String,
    #[serde(flatten)]
    clause: Range,
    subject: ArgumentJson<'a>,
    relation: RelationJson<'a>,
    object: Option<ArgumentJson<'a>>,
    expresses: Option<ExpressedJson<'a>>,
    qualifiers: Vec<QualifierJson<'a>>,
    polarity: Polarity,
    modality: Modality,
    when: Option<&'a TimeValue>,
    when_evidence: Option<Range>,
    attribution: Option<String>,
    stated_by: Option<String>,
    reported_by: Vec<String>,
    origin: Option<String>,
    sentence: SentenceId,
    rule: &'a str,
    asserted: bool,
    withheld: Option<Withheld>,
}

#[derive(Serialize)]
struct ArgumentJson<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    /// None where the argument is the whole phrase itself, as most are.
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<PhraseJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, str>>,
}

/// The whole phrase; its text stands on one line.
#[derive(Serialize)]
struct PhraseJson {
    #[serde(flatten)]
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
    lemma: String,
    label: &'a str,
    iri: String,
}

#[derive(Serialize)]
struct ExpressedJson<'a> {
    subject: NodeJson,
    label: &'a str,
    iri: String,
    object: NodeJson,
}

/// An entity, or what a phrase stands for.
#[derive(Serialize)]
struct NodeJson {
    entity: Option<String>,
    phrase: Option<Range>,
}

#[derive(Serialize)]
struct QualifierJson<'a> {
    preposition: &'a str,
    role: &'a str,
    iri: String,
    #[serde(flatten)]
    argument: ArgumentJson<'a>,
}

/// The name of an attribution within its article: behind the article's IRI and a
/// slash it is the attribution's.
fn attribution_id(id: AttributionId) -> String {
    format!("attribution/{}", id.next())
}

/// What an argument is, apart from its words.
#[derive(Default)]
struct What<'a> {
    kind: &'static str,
    entity: Option<EntityIndex>,
    value: Option<Cow<'a, str>>,
}

impl<'a> What<'a> {
    fn node(node: Node) -> Self {
        match node {
            Node::Entity(index) => Self { kind: "entity", entity: Some(index), value: None },
            Node::Phrase(_) => Self { kind: "phrase", ..Self::default() },
        }
    }

    fn literal(kind: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        Self { kind, entity: None, value: Some(value.into()) }
    }
}

impl<'a> View<'a> {
    pub(super) fn attribution(
        &self,
        id: AttributionId,
        attribution: &'a Attribution,
    ) -> AttributionJson<'a> {
        AttributionJson {
            id: attribution_id(id),
            source: self.source(attribution),
            cue: attribution.cue.map(|cue| self.range(cue)),
            cue_lemma: &attribution.cue_lemma,
            content: attribution.content.iter().map(|&span| self.range(span)).collect(),
            kind: attribution.kind,
            attitude: attribution.attitude,
            polarity: attribution.polarity,
            within: attribution.within.map(attribution_id),
            rule: &attribution.rule,
        }
    }

    fn source(&self, attribution: &Attribution) -> Option<SourceJson> {
        let range = self.range(attribution.source.as_ref()?.span);
        let entity = self.findings.resolution.source_of(attribution);
        Some(SourceJson { range, entity: entity.map(|index| self.entity_id(index)) })
    }

    pub(super) fn claim(&self, statement: &'a Statement) -> ClaimJson<'a> {
        let when = statement.when.as_ref();
        let reported_by = statement.reported_by.iter();
        ClaimJson {
            id: format!("claim/{}", statement.claim.next()),
            clause: self.range(statement.clause),
            subject: self.subject(&statement.subject),
            relation: self.relation(&statement.relation),
            object: statement.object.as_ref().map(|object| self.argument(object)),
            expresses: statement.expresses.as_ref().map(|e| self.expressed(e)),
            qualifiers: statement.qualifiers.iter().map(|q| self.qualifier(q)).collect(),
            polarity: statement.polarity,
            modality: statement.modality,
            when: when.and_then(|when| when.value.as_ref()),
            when_evidence: when.map(|when| self.range(when.span)),
            attribution: statement.attributions.first().copied().map(attribution_id),
            stated_by: statement.stated_by.map(|index| self.entity_id(index)),
            reported_by: reported_by.map(|&index| self.entity_id(index)).collect(),
            origin: statement.origin.map(|index| self.entity_id(index)),
            sentence: statement.sentence,
            rule: &statement.rule,
            asserted: statement.assertion.is_asserted(),
            withheld: statement.assertion.withheld(),
        }
    }

    fn subject(&self, subject: &Term<Node>) -> ArgumentJson<'a> {
        self.described(subject, What::node(subject.value))
    }

    fn argument(&self, term: &'a Term) -> ArgumentJson<'a> {
        let what = match &term.value {
            Value::Node(node) => What::node(*node),
            Value::Text(words) => self.words(term, words),
            Value::Integer(digits) => What::literal("integer", digits.as_str()),
            Value::Decimal(digits) => What::literal("decimal", digits.as_str()),
            Value::Time(time) => What::literal("time", time.to_string()),
        };
        self.described(term, what)
    }

    /// Words, which are a value of their own where they name an owner: *Orm Bank's chairman*
    /// for "its chairman".
    fn words(&self, term: &Term, words: &'a str) -> What<'a> {
        let other = words != self.document.one_line(term.span);
        What { kind: "text", entity: None, value: other.then(|| words.into()) }
    }

    /// An argument with its words.
    fn described<V>(&self, term: &Term<V>, what: What<'a>) -> ArgumentJson<'a> {
        ArgumentJson {
            range: self.range(term.span),
            text: self.document.slice(term.span),
            kind: what.kind,
            entity: what.entity.map(|index| self.entity_id(index)),
            phrase: (term.phrase != term.span).then(|| self.phrase(term.phrase)),
            value: what.value,
        }
    }

    fn phrase(&self, span: Span) -> PhraseJson {
        PhraseJson { range: self.range(span), text: self.document.one_line(span) }
    }

    fn node(&self, node: Node) -> NodeJson {
        match node {
            Node::Entity(index) => NodeJson { entity: Some(self.entity_id(index)), phrase: None },
            Node::Phrase(span) => NodeJson { entity: None, phrase: Some(self.range(span)) },
        }
    }

    fn relation(&self, relation: &'a Relation) -> RelationJson<'a> {
        RelationJson {
            range: self.range(relation.span),
            text: self.document.slice(relation.span),
            lemma: relation.lemmas.join(" "),
            label: &relation.name.label,
            iri: relation_iri(&relation.name.name),
        }
    }

    fn expressed(&self, expressed: &'a Expressed) -> ExpressedJson<'a> {
        ExpressedJson {
            subject: self.node(expressed.subject),
            label: &expressed.relation.label,
            iri: relation_iri(&expressed.relation.name),
            object: self.node(expressed.object),
        }
    }

    fn qualifier(&self, qualifier: &'a Qualifier) -> QualifierJson<'a> {
        QualifierJson {
            preposition: &qualifier.preposition,
            role: qualifier.role.as_str(),
            iri: relation_iri(&qualifier.name),
            argument: self.argument(&qualifier.term),
        }
    }
}
