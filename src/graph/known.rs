//! Which article of a store has a file, an address or a text: so that one that is
//! met again is known to be stored.

use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::vocabulary::{prov, rp, schema};
use super::{ArticleSource, Store, StoreError};
use crate::text::{ArticleId, Published};

impl Store {
    /// The digest an article was stored with; none where it is not stored.
    pub fn digest(&self, article: &ArticleId) -> Result<Option<String>, StoreError> {
        self.told_of_build(article, rp::DIGEST)
    }

    /// The file that a stored article is named by.
    pub fn file_of(&self, article: &ArticleId) -> Result<Option<String>, StoreError> {
        self.told_of_build(article, rp::FILE)
    }

    /// When the version of an article that is stored was fetched.
    pub fn fetched(&self, article: &ArticleId) -> Result<Option<Published>, StoreError> {
        let moment = self.told_of_build(article, rp::FETCHED)?;
        Ok(moment.and_then(|moment| moment.parse().ok()))
    }

    /// The number of the version of an article that is stored, where its provider counts
    /// them.
    pub fn version(&self, article: &ArticleId) -> Result<Option<u64>, StoreError> {
        let version = self.told_of_build(article, schema::VERSION)?;
        Ok(version.and_then(|version| version.parse().ok()))
    }

    /// The digest of what a stored article was read from.
    pub fn source_digest(&self, article: &ArticleId) -> Result<Option<String>, StoreError> {
        self.told_of_build(article, rp::SOURCE_DIGEST)
    }

    /// Notes the digest of what a stored article was read from, in place of what was
    /// noted before.
    ///
    /// # Errors
    /// Where the database refuses it.
    pub fn note_source(&self, article: &ArticleId, digest: &str) -> Result<(), StoreError> {
        let (name, graph) = (self.iris().article(article), self.iris().build_graph());
        let quad = |digest: &str| {
            let digest = Literal::new_simple_literal(digest);
            Quad::new(name.clone(), rp::SOURCE_DIGEST, digest, graph.clone())
        };
        if let Some(old) = self.source_digest(article)? {
            self.database().remove(&quad(&old)).map_err(|error| self.error(error))?;
        }
        self.database().insert(&quad(digest)).map_err(|error| self.error(error))
    }

    /// When a stored article was published.
    pub fn published(&self, article: &ArticleId) -> Result<Option<Published>, StoreError> {
        let name = self.iris().article(article);
        let day = self.value(&name, schema::DATE_PUBLISHED, &name)?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// The article that is named by a file.
    pub fn article_of_file(&self, file: &str) -> Result<Option<ArticleId>, StoreError> {
        self.article_with(rp::FILE, &Literal::new_simple_literal(file).into())
    }

    /// An article that was published at an address.
    pub fn article_of_address(&self, url: &str) -> Result<Option<ArticleId>, StoreError> {
        match NamedNode::new(url) {
            Ok(url) => self.article_with(schema::URL, &url.into()),
            Err(_) => Ok(None),
        }
    }

    /// An article with just this text.
    pub fn article_of_text(&self, text: &str) -> Result<Option<ArticleId>, StoreError> {
        self.article_with(rp::TEXT, &Literal::new_simple_literal(text).into())
    }

    /// The first stored article, by its IRI, of which something is said.
    fn article_with(
        &self,
        property: NamedNodeRef<'_>,
        value: &Term,
    ) -> Result<Option<ArticleId>, StoreError> {
        let below = self.iris().articles();
        let found =
            self.database().quads_for_pattern(None, Some(property), Some(value.as_ref()), None);
        let mut first: Option<String> = None;
        for quad in found {
            let NamedOrBlankNode::NamedNode(subject) = quad.map_err(|e| self.error(e))?.subject
            else {
                continue;
            };
            let Some(id) = subject.as_str().strip_prefix(&below) else { continue };
            if id.contains('/') {
                continue;
            }
            if first.as_deref().is_none_or(|first| id < first) {
                first = Some(id.to_owned());
            }
        }
        Ok(first.map(|id| ArticleId::new(&id)))
    }

    /// The text of a stored article.
    pub(super) fn text(&self, article: &ArticleId) -> Result<Option<String>, StoreError> {
        let name = self.iris().article(article);
        self.value(&name, rp::TEXT, &name)
    }

    /// Where a stored article stood.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn source_of(&self, article: &ArticleId) -> Result<ArticleSource, StoreError> {
        let (name, graph) = (self.iris().article(article), self.iris().build_graph());
        let build = self.term(&name, prov::WAS_GENERATED_BY, &graph)?;
        Ok(ArticleSource {
            file: self.file_of(article)?,
            fetched: self.fetched(article)?,
            version: self.version(article)?,
            digest: self.source_digest(article)?,
            build: build.and_then(|build| match build {
                Term::NamedNode(build) => Some(build),
                _ => None,
            }),
            layout: self.told_of_build(article, rp::LAYOUT)?,
        })
    }

    /// What the graph of builds says of an article with a property.
    pub(super) fn told_of_build(
        &self,
        article: &ArticleId,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        self.value(&self.iris().article(article), property, &self.iris().build_graph())
    }

    /// The first value of a property of a node in a graph.
    fn value(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
        graph: &NamedNode,
    ) -> Result<Option<String>, StoreError> {
        match self.term(node, property, graph)? {
            Some(Term::Literal(literal)) => Ok(Some(literal.destruct().0)),
            _ => Ok(None),
        }
    }

    fn term(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
        graph: &NamedNode,
    ) -> Result<Option<Term>, StoreError> {
        let graph = GraphName::from(graph.clone());
        let subject = Some(node.as_ref().into());
        let mut found =
            self.database().quads_for_pattern(subject, Some(property), None, Some(graph.as_ref()));
        let first = found.next().transpose().map_err(|e| self.error(e))?;
        Ok(first.map(|quad| quad.object))
    }
}
