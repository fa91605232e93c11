//! The store on disk: one named graph an article, and what follows from them.
//!
//! New articles are loaded as sorted files, many at a time and all or none,
//! together with what follows from them. Entities and propositions that are
//! stored already get a mark instead: what is known of them is worked out later,
//! for many articles together; whoever opens a store whose writer was killed
//! before then does it first. Articles that replace stored ones go through a
//! transaction of the database, which takes several times as long.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, Term};

use super::derived::Touched;
use super::lock::{Reading, Stamp};
use super::stored::without_derivable;
use super::text_index::TextIndex;
use super::text_words::TextWords;
use super::vocabulary::{rp, schema, void};
use super::{
    Activity, ArticleGraph, ArticleSource, Iris, QuadView, Sources, StoreError, compaction, lock,
    revision, story, view,
};
use crate::stories::Signature;
use crate::text::ArticleId;

/// What is known of so many entities and propositions is worked out in one
/// transaction, which is held in memory.
const REFRESHED_TOGETHER: usize = 2_000;

/// So many thousand quads are put in order at a time, each of which takes about 1,000 bytes
/// meanwhile: as many as articles that come together have, for each part makes files that
/// the database has to merge. The database asks for megabytes, and takes a thousand quads
/// for each.
const LOADED_THOUSANDS: usize = 600;
/// Of an article that comes alone, a long one.
const LOADED_OF_ONE: usize = 50;

/// So many articles are taken out in one transaction.
const REMOVED_TOGETHER: usize = 100;

/// A store on disk, held for reading or for writing until it is dropped.
///
/// ```
/// use reportedly::graph::{ArticleSource, Built};
/// use reportedly::query::{self, QueryResults, Question};
/// use reportedly::read::Item;
/// use reportedly::{Article, Pipeline, Store};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("news.store");
/// let pipeline = Pipeline::builder().build()?;
/// let item = Item::from(Article::new("ferry", "Ada Brook sold Orm Castle in Lisbon."));
///
/// let store = Store::create(&path, Some("https://news.example/"))?;
/// let digest = pipeline.fingerprint(&item);
/// let graph = pipeline.analyse(item).graph(store.iris());
/// store.write(&[Built { graph, digest, source: ArticleSource::default() }])?;
/// drop(store); // one process at a time may write
///
/// let store = Store::open(&path)?;
/// let answer = query::ask(&store, &Question::new("example", "ASK { ?who rel:sells ?what }"))?;
/// assert!(matches!(answer, QueryResults::Boolean(true)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Store {
    // Closed before it is let go.
    inner: oxigraph::store::Store,
    iris: Iris,
    path: PathBuf,
    texts: TextIndex,
    hold: Hold,
}

/// What a store is held by.
enum Hold {
    /// The lock of its writer.
    Writing { lock: File },
    /// A view, or that nobody writes.
    Reading { reading: Reading },
}

/// An article to be stored, and what tells whether it has to be built again.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// What is said because of it.
    pub graph: ArticleGraph,
    /// Digest of all that it was built from: the article, the model, the rules,
    /// the options.
    pub digest: String,
    /// Where it stood.
    pub source: ArticleSource,
}

impl Store {
    /// Opens a store for writing, and makes it where there is none. One process
    /// at a time may write; others read what the store holds now, until
    /// [`Store::publish`]. A store keeps the base it was made with; `None`
    /// takes that, or the default for a new one.
    pub fn create(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let given = base.map(parse_base).transpose()?;
        let lock = lock::for_writing(path)?;
        compaction::finish(path).map_err(|e| StoreError::io(path, e))?;
        remove_loads(path).map_err(|e| StoreError::io(path, e))?;
        view::remove_unused(path, None).map_err(|e| StoreError::io(path, e))?;
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
        let texts = TextIndex::of(path);
        let hold = Hold::Writing { lock };
        let store = Self { inner, iris, path: path.to_path_buf(), texts, hold };
        if !store.texts.exists() {
            store.texts.rebuild(&store.inner).map_err(|e| store.error(e))?;
        }
        if stored.is_none() {
            store.keep_base().map_err(|e| store.error(e))?;
        }
        store.refresh()?;
        store.publish()?;
        Ok(store)
    }

    /// Opens a store for reading. Any number of processes may read a store at a
    /// time, also while one writes it: then they see what that has published
    /// last. What a killed writer left undone is done first.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if compaction::is_unfinished(path) {
            drop(Self::create(path, None)?);
        }
        let store = Self::open_read_only(path)?;
        if store.pending(1).map_err(|e| store.error(e))?.is_empty() {
            return Ok(store);
        }
        drop(store);
        Self::create(path, None)?.flush()?;
        Self::open_read_only(path)
    }

    /// What tells whether [`Store::open`] would now read another state than before:
    /// it changes whenever a writer publishes, and when it ends.
    pub fn stamp(path: &Path) -> Result<Stamp, StoreError> {
        lock::stamp(path)
    }

    fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let reading = lock::for_reading(path)?;
        let storage = |error| StoreError::storage(path, error);
        let folder = reading.folder(path);
        let inner = oxigraph::store::Store::open_read_only(folder).map_err(storage)?;
        let base = stored_base(&inner).map_err(storage)?;
        let iris = parse_base(base.as_deref().unwrap_or(super::DEFAULT_BASE))?;
        let (texts, hold) = (TextIndex::of(path), Hold::Reading { reading });
        Ok(Self { inner, iris, path: path.to_path_buf(), texts, hold })
    }

    /// Takes away what a reader keeps on the disk, for a program that ends without
    /// closing the store. What is open stays readable.
    pub fn abandon(&self) {
        if let Hold::Reading { reading } = &self.hold {
            reading.abandon();
        }
    }

    /// Takes away what a reader left on the disk that was killed: the process of this
    /// number, which has ended.
    pub fn abandon_for(path: &Path, process: u32) {
        view::remove_of(path, process);
    }

    /// Lets readers see all that is stored now. What follows from what was
    /// added is brought up to date before.
    pub fn publish(&self) -> Result<(), StoreError> {
        view::publish(&self.path, &self.inner).map_err(|e| self.error(e))
    }

    /// The IRIs of this store.
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// The folder that it stands in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database itself, for queries.
    pub fn database(&self) -> &oxigraph::store::Store {
        &self.inner
    }

    /// What an error of the database means for this store.
    pub fn error(&self, error: StorageError) -> StoreError {
        StoreError::storage(&self.path, error)
    }

    /// The texts with some words in them, whatever their case, that stand behind
    /// a predicate: perhaps more than are stored, never fewer. None where no
    /// index of them is kept, or where there are more than `most`.
    pub fn texts_containing(
        &self,
        predicate: NamedNodeRef<'_>,
        words: &str,
        most: usize,
    ) -> Result<Option<Vec<Literal>>, StoreError> {
        let found = self.texts.containing(predicate, words, most);
        found.map_err(|error| StoreError::io(&self.path, error))
    }

    /// The words of its texts, for whoever looks them up often; what is the same as in an
    /// older state is taken from there. None where no texts are kept.
    pub fn text_words(&self, older: Option<&TextWords>) -> Result<Option<TextWords>, StoreError> {
        self.texts.words(older).map_err(|error| StoreError::io(&self.path, error))
    }

    /// Whether the texts behind a predicate are looked up in an index of texts.
    pub fn indexes_texts_of(&self, predicate: NamedNodeRef<'_>) -> bool {
        TextIndex::has(predicate)
    }

    /// Writes the index of texts anew, after texts were added to the database past
    /// [`Store::add`].
    pub fn index_texts(&self) -> Result<(), StoreError> {
        self.texts.rebuild(&self.inner).map_err(|e| self.error(e))
    }

    /// How many quads the store holds.
    pub fn quads(&self) -> Result<usize, StoreError> {
        self.inner.len().map_err(|e| self.error(e))
    }

    /// Writes the store's files anew, in order and without what was replaced or
    /// taken out. Takes as long as loading all of it. Readers go on with what they have open.
    pub fn compact(self) -> Result<(), StoreError> {
        self.texts.rebuild(&self.inner).map_err(|e| self.error(e))?;
        let Hold::Writing { lock } = &self.hold else { return self.optimize() };
        if self.quads()? > compaction::MOST_QUADS {
            return self.optimize();
        }
        compaction::rewrite(&self.inner, &self.path)?;
        let path = self.path.clone();
        let io = |error| StoreError::io(&path, error);
        // The store stays locked while its database is closed.
        let _lock = lock.try_clone().map_err(io)?;
        drop(self);
        compaction::finish(&path).map_err(io)
    }

    fn optimize(&self) -> Result<(), StoreError> {
        self.inner.optimize().map_err(|e| self.error(e))?;
        self.flush()?;
        // Else the old files stay for those who read what was published before.
        self.publish()
    }

    /// Fails unless the indexes of the database say the same and nothing that
    /// they name is missing. Takes as long as reading all of it.
    pub fn check(&self) -> Result<(), StoreError> {
        self.inner.validate().map_err(|e| self.error(e))
    }

    /// Copies the store to a folder that is not there yet; on the same disk its
    /// files get second names, and take no room.
    pub fn backup(&self, folder: &Path) -> Result<(), StoreError> {
        self.inner.backup(folder).map_err(|e| StoreError::storage(folder, e))?;
        self.sources().copy(&Sources::of(folder))
    }

    /// Makes a store of a backup, in a folder that is not there yet or empty.
    pub fn restore(backup: &Path, store: &Path) -> Result<(), StoreError> {
        view::copy_database(backup, store)?;
        Sources::of(backup).copy(&Sources::of(store))
    }

    /// What articles were read from, where a build kept it.
    pub fn sources(&self) -> Sources {
        Sources::of(&self.path)
    }

    /// The articles of the store, in order of their IRIs.
    pub fn articles(&self) -> Result<Vec<NamedNode>, StoreError> {
        self.graphs_below(&self.iris.articles())
    }

    /// The stories that have a graph, sorted.
    pub fn stories(&self) -> Result<Vec<NamedNode>, StoreError> {
        self.graphs_below(&self.iris.stories())
    }

    fn graphs_below(&self, iri: &str) -> Result<Vec<NamedNode>, StoreError> {
        let mut graphs = Vec::new();
        for name in self.inner.named_graphs() {
            match name.map_err(|e| self.error(e))? {
                NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(iri) => {
                    graphs.push(node);
                }
                _ => {}
            }
        }
        graphs.sort_unstable();
        Ok(graphs)
    }

    /// The articles that speak of an entity.
    pub fn articles_about(&self, entity: &NamedNode) -> Result<BTreeSet<NamedNode>, StoreError> {
        let object = Some(entity.as_ref().into());
        let quads = self.inner.quads_for_pattern(None, None, object, None);
        self.articles_of(quads, |_| true)
    }

    /// The articles published on a day, given as `2023-01-31`, or later.
    pub fn articles_since(&self, day: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        let published = Some(schema::DATE_PUBLISHED);
        let quads = self.inner.quads_for_pattern(None, published, None, None);
        // Days and moments begin with the year, and sort as texts do.
        let is_later = |term: &Term| matches!(term, Term::Literal(date) if date.value() >= day);
        self.articles_of(quads, is_later)
    }

    /// The articles in whose graphs some quads stand.
    fn articles_of(
        &self,
        quads: impl Iterator<Item = Result<Quad, StorageError>>,
        has: impl Fn(&Term) -> bool,
    ) -> Result<BTreeSet<NamedNode>, StoreError> {
        let below = self.iris.articles();
        let mut articles = BTreeSet::new();
        for quad in quads {
            let quad = quad.map_err(|e| self.error(e))?;
            match quad.graph_name {
                GraphName::NamedNode(name)
                    if name.as_str().starts_with(&below) && has(&quad.object) =>
                {
                    articles.insert(name);
                }
                _ => {}
            }
        }
        Ok(articles)
    }

    /// Notes in the graph of builds what a build is made with, and which licences the
    /// program is under.
    pub fn note_build(&self, build: &Activity) -> Result<(), StoreError> {
        let quads = build.quads(&self.iris);
        self.inner.extend(quads).map_err(|e| self.error(e))
    }

    /// Stores articles, each in place of what was stored of it before, and
    /// brings up to date what follows from them: [`Store::add`], then
    /// [`Store::refresh`].
    pub fn write(&self, articles: &[Built]) -> Result<(), StoreError> {
        self.add(articles.to_vec())?;
        self.refresh()
    }

    /// Stores articles, each in place of what was stored of it before. After a
    /// failure, or a kill at any moment, each of them is stored whole or not at
    /// all. What follows from those that are new and others together waits for
    /// [`Store::refresh`].
    ///
    /// If an article stands in the batch twice, the last counts.
    pub fn add(&self, articles: Vec<Built>) -> Result<(), StoreError> {
        self.try_add(articles).map_err(|e| self.error(e))
    }

    fn try_add(&self, articles: Vec<Built>) -> Result<(), StorageError> {
        let (mut new, mut changed) = (BTreeMap::new(), BTreeMap::new());
        for built in articles {
            let name = self.iris.article(&built.graph.id);
            let is_stored = self.inner.contains_named_graph(&name)?;
            let of_its_kind = if is_stored { &mut changed } else { &mut new };
            of_its_kind.insert(name, built);
        }
        self.load(new)?;
        self.replace(changed)
    }

    /// Loads articles that are not stored.
    fn load(&self, articles: BTreeMap<NamedNode, Built>) -> Result<(), StorageError> {
        if articles.is_empty() {
            return Ok(());
        }
        let thousands = if articles.len() == 1 { LOADED_OF_ONE } else { LOADED_THOUSANDS };
        let mut rest = vec![story::pending(&self.iris)];
        let mut graphs = Vec::with_capacity(2 * articles.len());
        let mut touched = Touched::default();
        for (name, Built { graph, digest, source }) in articles {
            touched.note(&self.iris, &graph.quads);
            rest.extend(source.quads(&self.iris, &name));
            rest.push(story::signature(&self.iris, &name, &graph.signature));
            graphs.extend([without_derivable(graph.quads), graph.shared]);
            rest.push(self.digest_quad(name, &digest));
        }
        let follows = touched.of_loaded(&self.inner, &self.iris, graphs.iter().flatten())?;
        rest.extend(follows);
        let all = || graphs.iter().flatten().chain(rest.iter().map(QuadView::from));
        self.texts.add(all())?;
        let loader = self.inner.bulk_loader().with_num_threads(1);
        let mut loader = loader.with_max_memory_size_in_megabytes(thousands);
        loader.load_quads(all())?;
        loader.commit()
    }

    /// Writes articles in place of stored ones, in one transaction.
    fn replace(&self, articles: BTreeMap<NamedNode, Built>) -> Result<(), StorageError> {
        if articles.is_empty() {
            return Ok(());
        }
        let mut transaction = self.inner.start_transaction()?;
        let mut touched = Touched::default();
        for (name, Built { graph, digest, source }) in articles {
            let quads = without_derivable(graph.quads);
            self.texts.add(&quads)?;
            touched.note_stored(&transaction, &self.iris, &name)?;
            revision::note(&mut transaction, &self.iris, &name, &quads)?;
            source.replace(&mut transaction, &self.iris, &name)?;
            transaction.clear_graph(&name)?;
            transaction.extend(&quads);
            transaction.extend(&graph.shared);
            touched.note(&self.iris, &quads);
            self.replace_signature(&mut transaction, &name, &graph.signature)?;
            transaction.insert(&self.digest_quad(name, &digest));
        }
        transaction.insert(&story::pending(&self.iris));
        touched.refresh(&mut transaction, &self.iris)?;
        transaction.commit()
    }

    /// Brings up to date what follows from the articles that were added and from
    /// others: labels of entities, links, origins, contradictions. A kill on the way leaves the
    /// rest to whoever opens the store next.
    pub fn refresh(&self) -> Result<(), StoreError> {
        self.try_refresh().map_err(|e| self.error(e))
    }

    fn try_refresh(&self) -> Result<(), StorageError> {
        loop {
            let mut pending = self.pending(REFRESHED_TOGETHER)?;
            let stories = story::pending(&self.iris);
            let has_stories = pending.contains(&stories);
            pending.retain(|quad| *quad != stories);
            if pending.is_empty() {
                return if has_stories { story::refresh(&self.inner, &self.iris) } else { Ok(()) };
            }
            let mut transaction = self.inner.start_transaction()?;
            let mut touched = Touched::default();
            for quad in &pending {
                if let NamedOrBlankNode::NamedNode(node) = &quad.subject {
                    touched.note_node(&self.iris, node.clone());
                }
                transaction.remove(quad);
            }
            touched.refresh(&mut transaction, &self.iris)?;
            transaction.commit()?;
        }
    }

    /// The marks of entities and propositions about which something is still to
    /// be worked out; so many at most.
    fn pending(&self, most: usize) -> Result<Vec<Quad>, StorageError> {
        let graph = self.iris.build_graph();
        let graph = Some(graph.as_ref().into());
        self.inner.quads_for_pattern(None, Some(rp::PENDING), None, graph).take(most).collect()
    }

    fn replace_signature(
        &self,
        transaction: &mut Transaction<'_>,
        article: &NamedNode,
        signature: &Signature,
    ) -> Result<(), StorageError> {
        let (graph, subject) = (self.iris.build_graph(), Some(article.as_ref().into()));
        let graph = Some(graph.as_ref().into());
        let old = transaction.quads_for_pattern(subject, Some(rp::SIGNATURE), None, graph);
        for quad in old.collect::<Result<Vec<_>, _>>()? {
            transaction.remove(&quad);
        }
        transaction.insert(&story::signature(&self.iris, article, signature));
        Ok(())
    }

    /// Puts in order on the disk what was written. Nothing is lost without it,
    /// but until then it is held in memory, and read again from the database's
    /// log each time the store is opened.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.inner.flush().map_err(|e| self.error(e))
    }

    /// Takes articles out of the store, with everything that only they said: some
    /// at a time, each whole or not at all.
    pub fn remove(&self, articles: &[ArticleId]) -> Result<(), StoreError> {
        let mut parts = articles.chunks(REMOVED_TOGETHER);
        parts.try_for_each(|part| self.try_remove(part)).map_err(|e| self.error(e))?;
        self.refresh()?;
        self.sources().remove(articles)
    }

    fn try_remove(&self, articles: &[ArticleId]) -> Result<(), StorageError> {
        let mut transaction = self.inner.start_transaction()?;
        let mut touched = Touched::default();
        for article in articles {
            let name = self.iris.article(article);
            touched.note_stored(&transaction, &self.iris, &name)?;
            transaction.remove_named_graph(&name)?;
            revision::forget(&mut transaction, &self.iris, &name)?;
        }
        transaction.insert(&story::pending(&self.iris));
        touched.refresh(&mut transaction, &self.iris)?;
        transaction.commit()
    }

    fn digest_quad(&self, article: NamedNode, digest: &str) -> Quad {
        let digest = Literal::new_simple_literal(digest);
        Quad::new(article, rp::DIGEST, digest, self.iris.build_graph())
    }

    fn keep_base(&self) -> Result<(), StorageError> {
        let graph = self.iris.build_graph();
        let base = Literal::new_simple_literal(self.iris.base());
        self.inner.insert(QuadRef::new(&graph, void::URI_SPACE, &base, &graph))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if matches!(self.hold, Hold::Writing { .. }) {
            // From now on readers make views of their own. What stays is taken
            // away by the next writer.
            let _ = view::remove_unused(&self.path, None);
        }
    }
}

/// Removes the files of articles that were being loaded when their writer was
/// killed; they are no part of the store yet.
fn remove_loads(path: &Path) -> std::io::Result<()> {
    for file in std::fs::read_dir(path)? {
        let file = file?;
        let name = file.file_name();
        if name.to_str().is_some_and(|name| name.starts_with("bulk-") && name.ends_with(".sst")) {
            std::fs::remove_file(file.path())?;
        }
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
