//! Entities and what joins them as GraphML, for Gephi, Cytoscape, networkx and
//! igraph.
//!
//! A node is an entity or a phrase, an edge a claim with one at both ends, from its
//! subject to its object. Claims that say something of one thing alone, or end in
//! words or a number, have no edge, and are counted.
//!
//! <http://graphml.graphdrawing.org/>

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use oxrdf::{NamedNode, Term, Triple};

use super::claims::{ArticleView, describe, links, named_term, objects, text};
use super::{ExportError, Profile};
use crate::graph::Store;
use crate::graph::vocabulary::{oa, rdf, rdfs, rp, schema, skos};
use crate::text::escaped;

/// An attribute of nodes or edges: whose, its name, its type.
const ATTRIBUTES: [(&str, &str, &str); 20] = [
    ("node", "label", "string"),
    ("node", "kind", "string"),
    ("node", "iri", "string"),
    ("node", "links", "string"),
    ("node", "article", "string"),
    ("edge", "label", "string"),
    ("edge", "relation", "string"),
    ("edge", "expresses", "string"),
    ("edge", "asserted", "boolean"),
    ("edge", "polarity", "string"),
    ("edge", "modality", "string"),
    ("edge", "when", "string"),
    ("edge", "source", "string"),
    ("edge", "sourceIri", "string"),
    ("edge", "origins", "int"),
    ("edge", "articles", "int"),
    ("edge", "article", "string"),
    ("edge", "headline", "string"),
    ("edge", "text", "string"),
    ("edge", "iri", "string"),
];

/// What a GraphML file has, and has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Entities and phrases.
    pub nodes: u64,
    /// Claims from one to another.
    pub edges: u64,
    /// Claims without a node at both ends.
    pub left_out: u64,
}

/// Writes the claims of some articles as GraphML: with [`Profile::Facts`] those that
/// are asserted, else all. Held in memory are one article's graph at a time, and the
/// names of the nodes that several articles share.
pub fn write_graphml(
    store: &Store,
    articles: &[NamedNode],
    profile: Profile,
    writer: impl Write,
) -> Result<Network, ExportError> {
    let mut out = Writer { writer, store, network: Network::default() };
    out.begin()?;
    let mut shared = BTreeSet::new();
    for article in articles {
        let view = ArticleView::read(store, article)?;
        let (own, other): (Vec<_>, Vec<_>) =
            ends(&view, profile).into_iter().partition(|node| view.owns(node));
        own.iter().try_for_each(|node| out.node(node, &view.description(node)?, Some(&view)))?;
        shared.extend(other);
    }
    shared.iter().try_for_each(|node| out.node(node, &describe(store, node)?, None))?;
    for article in articles {
        let view = ArticleView::read(store, article)?;
        view.claims(profile == Profile::Facts).iter().try_for_each(|c| out.edge(&view, c))?;
    }
    out.end()
}

/// The nodes that claims of an article go from and to, in the order of their names.
fn ends(view: &ArticleView<'_>, profile: Profile) -> BTreeSet<NamedNode> {
    let claims = view.claims(profile == Profile::Facts);
    let triples = claims.iter().filter_map(|claim| edge(view, claim));
    triples.flat_map(|(subject, _, object)| [subject, object]).collect()
}

/// The ends of a claim that has two, and its relation.
fn edge(view: &ArticleView<'_>, claim: &NamedNode) -> Option<(NamedNode, NamedNode, NamedNode)> {
    let triple = view.triple(claim)?;
    match (triple.subject, triple.object) {
        (oxrdf::NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) => {
            Some((subject, triple.predicate, object))
        }
        _ => None,
    }
}

struct Writer<'a, W: Write> {
    writer: W,
    store: &'a Store,
    network: Network,
}

impl<W: Write> Writer<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        self.writer.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
              <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        )?;
        for (of, name, datatype) in ATTRIBUTES {
            let id = key(of, name);
            writeln!(
                self.writer,
                "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{datatype}\"/>"
            )?;
        }
        writeln!(self.writer, "<graph id=\"reportedly\" edgedefault=\"directed\">")
    }

    fn end(mut self) -> Result<Network, ExportError> {
        self.writer.write_all(b"</graph>\n</graphml>\n")?;
        self.writer.flush()?;
        Ok(self.network)
    }

    /// Writes a node with its labels and classes; of an article, where only that
    /// speaks of it.
    fn node(
        &mut self,
        node: &NamedNode,
        said: &[Triple],
        of: Option<&ArticleView<'_>>,
    ) -> Result<(), ExportError> {
        let mut data = Data::of("node");
        let label = said.iter().find(|t| t.predicate == skos::PREF_LABEL);
        data.add("label", label.map_or_else(|| self.short(node), |t| text(&t.object)));
        let class = said.iter().find(|t| t.predicate == rdf::TYPE);
        data.add_all("kind", class.into_iter().map(|t| local(&t.object)));
        data.add("iri", node.as_str());
        data.add_all("links", links(self.store, node)?.iter().map(text));
        data.add_all("article", of.map(|view| self.short(&view.article)));
        let id = self.id(node);
        writeln!(self.writer, "<node id=\"{id}\">{}</node>", data.xml)?;
        self.network.nodes += 1;
        Ok(())
    }

    /// Writes a claim, if it has a node at both ends.
    fn edge(&mut self, view: &ArticleView<'_>, claim: &NamedNode) -> Result<(), ExportError> {
        let Some((subject, relation, object)) = edge(view, claim) else {
            self.network.left_out += 1;
            return Ok(());
        };
        let mut data = Data::of("edge");
        data.add("label", self.label(view, &relation)?);
        data.add("relation", relation.as_str());
        let declared = view.declared(claim)?.map(|triple| triple.predicate.as_str().to_owned());
        data.add_all("expresses", declared);
        let is_asserted = !view.objects(claim, rp::ASSERTED).is_empty();
        data.add("asserted", is_asserted.to_string());
        self.put(view, claim, &mut data)?;
        let [id, from, to] = [claim, &subject, &object].map(|node| self.id(node));
        writeln!(
            self.writer,
            "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">{}</edge>",
            data.xml
        )?;
        self.network.edges += 1;
        Ok(())
    }

    /// How a claim is put, whose word it is, and where it stands.
    fn put(
        &self,
        view: &ArticleView<'_>,
        claim: &NamedNode,
        data: &mut Data,
    ) -> Result<(), ExportError> {
        data.add_all("polarity", view.objects(claim, rp::POLARITY).into_iter().map(local));
        data.add_all("modality", view.objects(claim, rp::MODALITY).into_iter().map(local));
        data.add_all("when", view.objects(claim, rp::WHEN).into_iter().map(text));
        let sources = view.subjects(rp::STATED, claim);
        let labels: Result<Vec<_>, _> = sources.iter().map(|s| self.label(view, s)).collect();
        data.add_all("source", labels?);
        data.add_all("sourceIri", sources.iter().map(|source| source.as_str().to_owned()));
        let (origins, articles) = self.counts(view, claim)?;
        data.add("origins", origins.to_string());
        data.add("articles", articles);
        data.add("article", self.short(&view.article));
        let article = &view.article;
        data.add_all("headline", view.objects(article, schema::HEADLINE).into_iter().map(text));
        let passages = view.nodes(claim, rp::EVIDENCE);
        let words = passages.into_iter().flat_map(|p| view.objects(p, oa::EXACT));
        data.add_all("text", words.map(text));
        data.add("iri", claim.as_str());
        Ok(())
    }

    /// How many outlets and articles the proposition of a claim comes from. Where it
    /// is of one article, the store says nothing more.
    fn counts(
        &self,
        view: &ArticleView<'_>,
        claim: &NamedNode,
    ) -> Result<(usize, String), ExportError> {
        let graph = self.store.iris().proposition_graph();
        let (mut origins, mut articles) = (Vec::new(), Vec::new());
        for proposition in view.nodes(claim, rp::EXPRESSES) {
            origins = objects(self.store, proposition, rp::ORIGIN, &graph)?;
            articles = objects(self.store, proposition, rp::ARTICLES, &graph)?;
        }
        let own = view.objects(claim, rp::ORIGIN).len();
        let articles = articles.first().map_or_else(|| "1".to_owned(), text);
        Ok((origins.len().max(own), articles))
    }

    /// What a node is called, by its path where it has no label.
    fn label(&self, view: &ArticleView<'_>, node: &NamedNode) -> Result<String, ExportError> {
        let said = view.description(node)?;
        let is_label = |t: &&Triple| t.predicate == skos::PREF_LABEL || t.predicate == rdfs::LABEL;
        let label = said.iter().find(is_label).map(|t| text(&t.object));
        Ok(label.unwrap_or_else(|| self.short(node)))
    }

    /// The path of a node below the base, as tables show it.
    fn short(&self, node: &NamedNode) -> String {
        let path = node.as_str().strip_prefix(self.store.iris().base());
        path.unwrap_or(node.as_str()).to_owned()
    }

    fn id(&self, node: &NamedNode) -> String {
        name_token(&self.short(node))
    }
}

/// The values of one node or edge, as XML.
struct Data {
    of: &'static str,
    xml: String,
}

impl Data {
    fn of(of: &'static str) -> Self {
        Self { of, xml: String::new() }
    }

    fn add(&mut self, name: &str, value: impl AsRef<str>) {
        let (key, value) = (key(self.of, name), escaped(value.as_ref()));
        self.xml.push_str(&format!("<data key=\"{key}\">{value}</data>"));
    }

    /// Adds several values as one; nothing where there are none.
    fn add_all(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.add(name, values.join("; "));
        }
    }
}

/// The name of an attribute in the file.
fn key(of: &str, name: &str) -> String {
    format!("{of}-{name}")
}

/// The last part of an IRI: `positive`.
fn local(term: &Term) -> String {
    let iri = named_term(term).map_or("", NamedNode::as_str);
    iri.rsplit(['#', '/']).next().unwrap_or(iri).to_owned()
}

/// A path as a name token of XML, which ids must be: `/` becomes `:`, and what else
/// may not stand in one the number of each of its bytes behind a `·`, which no path
/// has. Two paths never have one token.
fn name_token(path: &str) -> String {
    let mut token = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '/' => token.push(':'),
            '-' | '_' | '.' => token.push(c),
            _ if is_letter_or_digit(c) => token.push(c),
            _ => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(token, "·{byte:02X}");
                }
            }
        }
    }
    token
}

/// Whether XML counts a character as one of names: of ASCII, Latin and what comes
/// after it, without signs and spaces.
fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{1FFF}' | '\u{3001}'..='\u{D7FF}' => {
            c.is_alphanumeric() && !matches!(c, '\u{37E}')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_name_tokens() {
        assert_eq!(name_token("entity/ada-brook_person"), "entity:ada-brook_person");
        assert_eq!(name_token("a:b/c%20~é"), "a·3Ab:c·2520·7Eé");
        assert_ne!(name_token("a·b"), name_token("a/b"));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a <b> & \"c\"\u{1}"), "a &lt;b&gt; &amp; &quot;c&quot;\u{FFFD}");
    }
}
