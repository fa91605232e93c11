//! The public format of `analyse --format jsonl`: one object an article.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Findings;
use crate::extract::{
    Argument, ArgumentKind, Attribution, Claim, Polarity, Qualifier, Relation, Source,
};
use crate::graph::{is_asserted, relation_iri};
use crate::resolve::{Entity, EntityIndex, EntityKey};
use crate::text::{
    CharOffsets, Document, MentionKind, Published, SentenceId, Span, TimeKind, TimeValue, TokenId,
};

/// The analysis of one article as one line of JSON, without the line's end.
/// Offsets count characters (Unicode scalar values) of `text`.
pub fn json(findings: &Findings<'_>) -> String {
    let article = View::new(findings).article();
    serde_json::to_string(&article).expect("plain data with text for keys always has JSON")
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    id: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<Published>,
    text: &'a str,
    sentences: Vec<Range>,
    tokens: Vec<TokenJson<'a>>,
    entities: Vec<EntityJson<'a>>,
    times: Vec<TimeJson<'a>>,
    attributions: Vec<AttributionJson<'a>>,
    claims: Vec<ClaimJson<'a>>,
}

/// A range of characters.
#[derive(Serialize)]
struct Range {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct TokenJson<'a> {
    #[serde(flatten)]
    range: Range,
    form: &'a str,
    lemma: &'a str,
    upos: &'a str,
    xpos: &'a str,
    feats: &'a str,
    head: Option<TokenId>,
    deprel: &'a str,
}

#[derive(Serialize)]
struct EntityJson<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    label: &'a str,
    links: Vec<LinkJson>,
    mentions: Vec<MentionJson>,
}

#[derive(Serialize)]
struct LinkJson {
    iri: String,
    score: f32,
}

#[derive(Serialize)]
struct MentionJson {
    #[serde(flatten)]
    range: Range,
    kind: MentionKind,
}

#[derive(Serialize)]
struct TimeJson<'a> {
    #[serde(flatten)]
    range: Range,
    #[serde(rename = "type")]
    kind: TimeKind,
    value: Option<&'a TimeValue>,
}

#[derive(Serialize)]
struct AttributionJson<'a> {
    id: String,
    source: Option<SourceJson>,
    cue: Option<Range>,
    content: Vec<Range>,
    kind: crate::extract::AttributionKind,
    attitude: crate::extract::Attitude,
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
struct ClaimJson<'a> {
    id: String,
    #[serde(flatten)]
    clause: Range,
    subject: ArgumentJson<'a>,
    relation: RelationJson<'a>,
    object: Option<ArgumentJson<'a>>,
    qualifiers: Vec<QualifierJson<'a>>,
    polarity: Polarity,
    modality: crate::extract::Modality,
    when: Option<&'a TimeValue>,
    attribution: Option<String>,
    sentence: SentenceId,
    rule: &'a str,
    asserted: bool,
}

#[derive(Serialize)]
struct ArgumentJson<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
    entity: Option<String>,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
    lemma: String,
    iri: String,
}

#[derive(Serialize)]
struct QualifierJson<'a> {
    preposition: &'a str,
    #[serde(flatten)]
    argument: ArgumentJson<'a>,
    value: Option<&'a TimeValue>,
}

/// The name of a claim within its article; behind the article's IRI and a
/// slash it is the claim's.
pub(super) fn claim_id(index: usize) -> String {
    format!("claim/{}", index + 1)
}

/// The name of an attribution within its article, as that of a claim.
pub(super) fn attribution_id(index: usize) -> String {
    format!("attribution/{}", index + 1)
}

/// What is needed to show parts of an analysis.
struct View<'a> {
    findings: &'a Findings<'a>,
    document: &'a Document,
    offsets: CharOffsets,
    /// Values of times by where they stand.
    times: BTreeMap<Span, &'a TimeValue>,
}

impl<'a> View<'a> {
    fn new(findings: &'a Findings<'a>) -> Self {
        let document = findings.document;
        let valued = document.times.iter().filter_map(|t| Some((t.span, t.value.as_ref()?)));
        let offsets = CharOffsets::new(&document.article.text);
        Self { findings, document, offsets, times: valued.collect() }
    }

    fn article(&self) -> ArticleJson<'a> {
        let article = &self.document.article;
        let extraction = self.findings.extraction;
        ArticleJson {
            id: article.id.as_str(),
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            publisher: article.publisher.as_deref(),
            published: article.published,
            text: &article.text,
            sentences: self.document.sentences.iter().map(|s| self.range(s.span)).collect(),
            tokens: (0..self.document.tokens.len()).filter_map(|i| self.token(i)).collect(),
            entities: self.findings.resolution.entities.iter().map(|e| self.entity(e)).collect(),
            times: self.times(),
            attributions: extraction
                .attributions
                .iter()
                .enumerate()
                .map(|a| self.attribution(a))
                .collect(),
            claims: extraction.claims.iter().enumerate().map(|c| self.claim(c)).collect(),
        }
    }

    fn range(&self, span: Span) -> Range {
        let std::ops::Range { start, end } = self.offsets.span(span);
        Range { start, end }
    }

    fn token(&self, index: usize) -> Option<TokenJson<'a>> {
        let token = self.document.tokens.get(index)?;
        let id = TokenId::from_index(index);
        let tag = self.document.tag(id);
        Some(TokenJson {
            range: self.range(token.span),
            form: &token.form,
            lemma: &tag.lemma,
            upos: tag.upos.as_str(),
            xpos: &tag.xpos,
            feats: &tag.feats.0,
            head: self.document.tree.head(id),
            deprel: self.document.tree.label(id),
        })
    }

    fn times(&self) -> Vec<TimeJson<'a>> {
        let time = |time: &'a crate::text::Time| TimeJson {
            range: self.range(time.span),
            kind: time.kind,
            value: time.value.as_ref(),
        };
        self.document.times.iter().map(time).collect()
    }

    fn entity(&self, entity: &'a Entity) -> EntityJson<'a> {
        let mentions = entity.mentions.iter();
        let links = entity.links.iter();
        EntityJson {
            id: self.entity_id(entity),
            kind: super::view::kind_name(entity),
            label: &entity.label,
            links: links
                .map(|l| LinkJson {
                    iri: format!("{}{}", l.authority.prefix(), l.id),
                    score: l.score,
                })
                .collect(),
            mentions: mentions
                .map(|m| MentionJson { range: self.range(m.span), kind: m.kind })
                .collect(),
        }
    }

    /// The slug of an entity that is the same in every article; article and
    /// slug of one that is not.
    fn entity_id(&self, entity: &Entity) -> String {
        match &entity.key {
            EntityKey::Global(slug) => slug.to_string(),
            EntityKey::Local(slug) => format!("{}/{slug}", self.document.article.id),
        }
    }

    fn entity_of(&self, index: Option<EntityIndex>) -> Option<String> {
        index.and_then(|i| self.findings.resolution.entity(i)).map(|e| self.entity_id(e))
    }

    fn attribution(&self, (index, attribution): (usize, &'a Attribution)) -> AttributionJson<'a> {
        AttributionJson {
            id: attribution_id(index),
            source: attribution.source.as_ref().map(|s| self.source(s)),
            cue: attribution.cue.map(|cue| self.range(cue)),
            content: attribution.content.iter().map(|&span| self.range(span)).collect(),
            kind: attribution.kind,
            attitude: attribution.attitude,
            polarity: attribution.polarity,
            within: attribution.within.map(|a| attribution_id(a.index())),
            rule: &attribution.rule,
        }
    }

    fn source(&self, source: &Source) -> SourceJson {
        let entity = self.entity_of(self.findings.resolution.entity_at(source.head));
        SourceJson { range: self.range(source.span), entity }
    }

    fn claim(&self, (index, claim): (usize, &'a Claim)) -> ClaimJson<'a> {
        ClaimJson {
            id: claim_id(index),
            clause: self.range(claim.clause),
            subject: self.argument(&claim.subject),
            relation: self.relation(&claim.relation),
            object: claim.object.as_ref().map(|o| self.argument(o)),
            qualifiers: claim.qualifiers.iter().map(|q| self.qualifier(q)).collect(),
            polarity: claim.polarity,
            modality: claim.modality,
            when: claim.when.as_ref().and_then(|w| w.value.as_ref()),
            attribution: claim.attribution.map(|a| attribution_id(a.index())),
            sentence: claim.sentence,
            rule: &claim.rule,
            asserted: is_asserted(claim, self.findings.extraction, self.findings.assertion),
        }
    }

    fn argument(&self, argument: &Argument) -> ArgumentJson<'a> {
        let refers = argument.kind == ArgumentKind::Entity;
        let entity = refers.then(|| self.findings.resolution.entity_at(argument.head)).flatten();
        ArgumentJson {
            range: self.range(argument.span),
            text: self.document.slice(argument.span),
            entity: self.entity_of(entity),
        }
    }

    fn relation(&self, relation: &Relation) -> RelationJson<'a> {
        RelationJson {
            range: self.range(relation.span),
            text: self.document.slice(relation.span),
            lemma: relation.lemmas.join(" "),
            iri: relation_iri(self.document, relation).into_string(),
        }
    }

    fn qualifier(&self, qualifier: &'a Qualifier) -> QualifierJson<'a> {
        let inside = |(span, _): &(&Span, &&TimeValue)| qualifier.argument.phrase.contains(**span);
        let time = self.times.range(from(qualifier.argument.phrase)..).take(8).find(inside);
        QualifierJson {
            preposition: &qualifier.preposition,
            argument: self.argument(&qualifier.argument),
            value: time.map(|(_, value)| *value),
        }
    }
}

/// The least span that starts where this one does.
fn from(span: Span) -> Span {
    Span::new(span.start, span.start)
}
