//! An article, what it speaks of and what it says, as quads of its named graph.

use oxrdf::{Literal, NamedNode, Term};

use super::iri::Iris;
use super::quads::Quads;
use super::telling::telling;
use super::vocabulary::{rdf, rp, schema, xsd};
use super::writer::ArticleWriter;
use super::{attribution, claim, entity};
use crate::extract::Extraction;
use crate::resolve::{Relations, Resolution};
use crate::stories::{Signature, Words};
use crate::text::{ArticleId, Document, Published};

/// All that is said because of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleGraph {
    /// The article.
    pub id: ArticleId,
    /// The quads of the article's own named graph.
    pub quads: Quads,
    /// What its claims have in common with others': quads of the graph of
    /// propositions, the same whichever article they come from. They do not
    /// stand in the articles' graphs, since the database counts a triple of the
    /// union as often as there are graphs that it stands in.
    pub shared: Quads,
    /// What it is about, by which stories are found. Worked out here and not where it is
    /// stored, as one thread stores what many have read.
    pub signature: Signature,
}

/// Makes the graph of an article: a pure function of what was found in it.
/// `relations` are those that its statements were made with.
pub fn article_graph(
    iris: &Iris,
    relations: &Relations,
    document: &Document,
    extraction: &Extraction,
    resolution: &Resolution,
) -> ArticleGraph {
    let mut writer = ArticleWriter::new(iris, relations, document, extraction, resolution);
    describe(&mut writer);
    entity::write(&mut writer);
    claim::write(&mut writer);
    attribution::write(&mut writer);
    let article = writer.article.clone();
    let (quads, shared) = writer.finish();
    let signature = Signature::new(&telling(iris, &article, &quads), Words::english());
    ArticleGraph { id: document.article.id.clone(), quads, shared, signature }
}

/// What is known of the article as a whole.
fn describe(writer: &mut ArticleWriter<'_>) {
    let (article, node) = (&writer.document.article, writer.article.clone());
    writer.add(node.clone(), rdf::TYPE, schema::NEWS_ARTICLE);
    writer.add_text(node.clone(), schema::IN_LANGUAGE, article.language.as_str());
    if let Some(title) = &article.title {
        writer.add_text(node.clone(), schema::HEADLINE, title);
    }
    if let Some(byline) = &article.byline {
        writer.add_text(node.clone(), schema::AUTHOR, byline);
    }
    let wire = [
        (schema::DATELINE, &article.dateline),
        (schema::CREDIT_TEXT, &article.credit),
        (schema::COPYRIGHT_NOTICE, &article.rights),
    ];
    for (property, words) in wire {
        if let Some(words) = words {
            writer.add_text(node.clone(), property, words);
        }
    }
    if let Some(published) = article.published {
        writer.add(node.clone(), schema::DATE_PUBLISHED, date(published));
    }
    if let Some(url) = &article.url {
        writer.add(node.clone(), schema::URL, link_or_text(url));
    }
    writer.add_text(node, rp::TEXT, article.text.as_str());
}

fn date(published: Published) -> Literal {
    match published {
        Published::Moment(moment) => Literal::new_typed_literal(moment.to_string(), xsd::DATE_TIME),
        Published::Day(day) => Literal::new_typed_literal(day.to_string(), xsd::DATE),
    }
}

/// A URL as an IRI, or as the text it is where it is none.
fn link_or_text(url: &str) -> Term {
    NamedNode::new(url).map_or_else(|_| Literal::new_simple_literal(url).into(), Term::from)
}
