//! The store on disk: one named graph an article, and what follows from them.

use std::fs::File;
use std::path::{Path, PathBuf};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term};

use super::derived::Touched;
use super::vocabulary::{rp, void};
use super::{ArticleGraph, Iris, StoreError, lock};
use crate::text::ArticleId;

/// A store on disk, held for reading or for writing until it is dropped.
pub struct Store {
    inner: oxigraph::store::Store,
    iris: Iris,
    path: PathBuf,
    _lock: Option<File>,
}

/// An article to be stored, and what tells whether it has to be built again.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// What is said because of it.
    pub graph: ArticleGraph,
    /// Digest of all that it was built from: the article, the model, the rules,
    /// the options.
    pub digest: String,
}

impl Store {
    /// Opens a store for writing, and makes it where there is none. One process
    /// at a time may write. A store keeps the base it was made with; `None`
    /// takes that, or the default for a new one.
    pub fn create(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let given = base.map(parse_base).transpose()?;
        let lock = lock::for_writing(path)?;
        let inner = oxigraph::store::Store::open(path).map_err(|e| StoreError::storage(path, e))?;
        let stored = stored_base(&inner).map_err(|e| StoreError::storage(path, e))?;
        let iris = match (stored.as_deref().map(parse_base).transpose()?, given) {
            (Some(stored), Some(given)) if stored != given => {
                let (path, stored) = (path.to_path_buf(), stored.base().to_owned());
                return Err(StoreError::OtherBase { path, stored });
            }
            (Some(iris), _) | (None, Some(iris)) => iris,
            (None, None) => parse_base(super::DEFAULT_BASE)?,
        };
        let store = Self { inner, iris, path: path.to_path_buf(), _lock: Some(lock) };
        store.keep_base().map_err(|e| store.error(e))?;
        Ok(store)
    }

    /// Opens a store for reading. Many processes may read one store at a time,
    /// while none writes it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock::for_reading(path)?;
        let storage = |error| StoreError::storage(path, error);
        let inner = oxigraph::store::Store::open_read_only(path).map_err(storage)?;
        let base = stored_base(&inner).map_err(storage)?;
        let iris = parse_base(base.as_deref().unwrap_or(super::DEFAULT_BASE))?;
        Ok(Self { inner, iris, path: path.to_path_buf(), _lock: lock })
    }

    /// The IRIs of this store.
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// The database itself, for queries.
    pub fn database(&self) -> &oxigraph::store::Store {
        &self.inner
    }

    /// What an error of the database means for this store.
    pub fn error(&self, error: StorageError) -> StoreError {
        StoreError::storage(&self.path, error)
    }

    /// The digest an article was stored with; none where it is not stored.
    pub fn digest(&self, article: &ArticleId) -> Result<Option<String>, StoreError> {
        let (article, graph) = (self.iris.article(article), self.iris.build_graph());
        let subject = Some(article.as_ref().into());
        let graph = Some(graph.as_ref().into());
        let mut found = self.inner.quads_for_pattern(subject, Some(rp::DIGEST), None, graph);
        found.next().transpose().map(|quad| quad.and_then(text_of)).map_err(|e| self.error(e))
    }

    /// Writes articles in one transaction: each replaces what was stored of it
    /// before, and everything that follows from articles is brought up to date.
    /// After a failure, or a kill at any moment, none of them is stored.
    ///
    /// If an article stands in the batch twice, the last counts.
    pub fn write(&self, articles: &[Built]) -> Result<(), StoreError> {
        self.try_write(articles).map_err(|e| self.error(e))
    }

    fn try_write(&self, articles: &[Built]) -> Result<(), StorageError> {
        let mut transaction = self.inner.start_transaction()?;
        let mut touched = Touched::default();
        for built in articles {
            let name = self.iris.article(&built.graph.id);
            touched.note_stored(&transaction, &self.iris, &name)?;
            transaction.clear_graph(&name)?;
            transaction.extend(&built.graph.quads);
            transaction.extend(&built.graph.shared);
            touched.note(&self.iris, &built.graph.quads);
            self.keep_digest(&mut transaction, name, &built.digest)?;
        }
        touched.refresh(&mut transaction, &self.iris)?;
        transaction.commit()
    }

    /// Puts in order on the disk what was written. Nothing is lost without it,
    /// but until then it is held in memory, and read again from the database's
    /// log each time the store is opened.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.inner.flush().map_err(|e| self.error(e))
    }

    /// Takes articles out of the store, with everything that only they said.
    pub fn remove(&self, articles: &[ArticleId]) -> Result<(), StoreError> {
        self.try_remove(articles).map_err(|e| self.error(e))
    }

    fn try_remove(&self, articles: &[ArticleId]) -> Result<(), StorageError> {
        let mut transaction = self.inner.start_transaction()?;
        let mut touched = Touched::default();
        for article in articles {
            let name = self.iris.article(article);
            touched.note_stored(&transaction, &self.iris, &name)?;
            transaction.remove_named_graph(&name)?;
            let subject = NamedOrBlankNode::from(name);
            remove_about(&mut transaction, &subject, &self.iris.build_graph())?;
        }
        touched.refresh(&mut transaction, &self.iris)?;
        transaction.commit()
    }

    fn keep_digest(
        &self,
        transaction: &mut Transaction<'_>,
        article: NamedNode,
        digest: &str,
    ) -> Result<(), StorageError> {
        let graph = self.iris.build_graph();
        let subject = NamedOrBlankNode::from(article);
        remove_about(transaction, &subject, &graph)?;
        let digest = Literal::new_simple_literal(digest);
        transaction.insert(&Quad::new(subject, rp::DIGEST, digest, graph));
        Ok(())
    }

    fn keep_base(&self) -> Result<(), StorageError> {
        let graph = self.iris.build_graph();
        let base = Literal::new_simple_literal(self.iris.base());
        self.inner.insert(QuadRef::new(&graph, void::URI_SPACE, &base, &graph))
    }
}

/// Removes all that a graph says of a node.
pub(super) fn remove_about(
    transaction: &mut Transaction<'_>,
    subject: &NamedOrBlankNode,
    graph: &NamedNode,
) -> Result<(), StorageError> {
    let graph = Some(GraphNameRef::from(graph.as_ref()));
    let said: Vec<Quad> = transaction
        .quads_for_pattern(Some(subject.as_ref()), None, None, graph)
        .collect::<Result<_, _>>()?;
    for quad in &said {
        transaction.remove(quad);
    }
    Ok(())
}

fn stored_base(store: &oxigraph::store::Store) -> Result<Option<String>, StorageError> {
    let mut found = store.quads_for_pattern(None, Some(void::URI_SPACE), None, None);
    Ok(found.next().transpose()?.and_then(text_of))
}

fn parse_base(base: &str) -> Result<Iris, StoreError> {
    Iris::new(base).map_err(|e| StoreError::Base { base: base.to_owned(), reason: e.to_string() })
}

fn text_of(quad: Quad) -> Option<String> {
    match quad.object {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    }
}
