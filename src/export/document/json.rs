//! The public format of `analyse --format jsonl`: one object an article.

mod claims;

use serde::Serialize;

use self::claims::{AttributionJson, ClaimJson};
use super::Findings;
use crate::extract::AttributionId;
use crate::graph::link_target;
use crate::resolve::{DecisionId, Entity, EntityIndex, EntityKey, Link};
use crate::text::{
    BlockKind, CharOffsets, Document, MentionKind, Published, Span, Time, TimeKind, TimeValue,
    TokenId,
};

/// The analysis of one article as one line of JSON, without the line's end.
/// Offsets count characters (Unicode scalar values) of `text`.
pub fn json(findings: &Findings<'_>) -> String {
    let view = View::new(findings);
    let article = view.article(view.tokens());
    serde_json::to_string(&article).expect("plain data with text for keys always has JSON")
}

/// The same without its words (`tokens` is empty), which are most of it.
pub fn json_without_tokens(findings: &Findings<'_>) -> String {
    let article = View::new(findings).article(Vec::new());
    serde_json::to_string(&article).expect("plain data with text for keys always has JSON")
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    id: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    publisher_entity: Option<String>,
    credit: Option<String>,
    authors: Vec<&'a str>,
    published: Option<Published>,
    language: &'a str,
    text: &'a str,
    boilerplate: Vec<Range>,
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
    phrase: bool,
    label: &'a str,
    names: Vec<&'a str>,
    affiliation: Option<String>,
    /// Stays out where nobody decided anything, as is the rule without a store.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<&'a str>,
    links: Vec<LinkJson<'a>>,
    mentions: Vec<MentionJson>,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    iri: String,
    score: f32,
    method: &'a str,
    checked: Option<&'a str>,
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

/// What is needed to show parts of an analysis.
struct View<'a> {
    findings: &'a Findings<'a>,
    document: &'a Document,
    offsets: CharOffsets,
}

impl<'a> View<'a> {
    fn new(findings: &'a Findings<'a>) -> Self {
        let document = findings.document;
        Self { findings, document, offsets: CharOffsets::new(&document.article.text) }
    }

    fn tokens(&self) -> Vec<TokenJson<'a>> {
        (0..self.document.tokens.len()).filter_map(|i| self.token(i)).collect()
    }

    fn article(&self, tokens: Vec<TokenJson<'a>>) -> ArticleJson<'a> {
        let article = &self.document.article;
        let Findings { extraction, resolution, .. } = *self.findings;
        let attributions = extraction.attributions.iter().enumerate();
        ArticleJson {
            id: article.id.as_str(),
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            publisher: article.publisher.as_deref(),
            publisher_entity: resolution.publisher.map(|index| self.entity_id(index)),
            credit: resolution.credit.map(|index| self.entity_id(index)),
            authors: article.byline.as_deref().into_iter().collect(),
            published: article.published,
            language: &article.language,
            text: &article.text,
            boilerplate: self.boilerplate(),
            sentences: self.document.sentences.iter().map(|s| self.range(s.span)).collect(),
            tokens,
            entities: resolution.entities.iter().map(|e| self.entity(e)).collect(),
            times: self.document.times.iter().map(|time| self.time(time)).collect(),
            attributions: attributions
                .map(|(i, a)| self.attribution(AttributionId::from_index(i), a))
                .collect(),
            claims: resolution.statements.iter().map(|s| self.claim(s)).collect(),
        }
    }

    fn range(&self, span: Span) -> Range {
        let std::ops::Range { start, end } = self.offsets.span(span);
        Range { start, end }
    }

    fn boilerplate(&self) -> Vec<Range> {
        let blocks = self.document.article.blocks.iter();
        let passed_over = blocks.filter(|block| block.kind == BlockKind::Boilerplate);
        passed_over.map(|block| self.range(block.span)).collect()
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

    fn time(&self, time: &'a Time) -> TimeJson<'a> {
        TimeJson { range: self.range(time.span), kind: time.kind, value: time.value.as_ref() }
    }

    fn entity(&self, entity: &'a Entity) -> EntityJson<'a> {
        let mentions = entity.mentions.iter();
        EntityJson {
            id: self.id_of(entity),
            kind: super::view::kind_name(entity),
            phrase: entity.is_phrase,
            label: &entity.label,
            names: entity.names.iter().map(compact_str::CompactString::as_str).collect(),
            affiliation: entity.affiliation.map(|index| self.entity_id(index)),
            decisions: entity.decisions.iter().map(DecisionId::as_str).collect(),
            links: entity.links.iter().filter_map(link).collect(),
            mentions: mentions
                .map(|m| MentionJson { range: self.range(m.span), kind: m.kind })
                .collect(),
        }
    }

    /// The slug of an entity that is the same in every article; article and
    /// slug of one that is not.
    fn id_of(&self, entity: &Entity) -> String {
        match &entity.key {
            EntityKey::Global(slug) => slug.to_string(),
            EntityKey::Local(slug) => format!("{}/{slug}", self.document.article.id),
        }
    }

    fn entity_id(&self, index: EntityIndex) -> String {
        let entity = self.findings.resolution.entity(index);
        self.id_of(entity.expect("an index of this resolution"))
    }
}

/// A link; none where the knowledge base's id makes no IRI.
fn link(link: &Link) -> Option<LinkJson<'_>> {
    Some(LinkJson {
        iri: link_target(link)?.into_string(),
        score: link.score,
        method: &link.method,
        checked: link.checked.as_deref(),
    })
}
