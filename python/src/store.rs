//! The store: written by [`Writer`], read by [`Reader`].

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedOrBlankNode, Term, Triple};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use reportedly::Store;
use reportedly::export::{self, Format, Options, Profile, write_store, write_triples};
use reportedly::graph::Built;
use reportedly::query::{NamedQuery, QueryError, QueryResults, Question, ask};
use reportedly::read::{self, Articles, Found, Input};
use reportedly::text::ArticleId;

use crate::analysis::format_of;
use crate::error::{Failure, Kind, OrFail};
use crate::pipeline::Pipeline;
use crate::run::{Outcome, Run};

/// A batch is stored when it holds this many quads: as `reportedly build` does it.
const BATCH_QUADS: usize = 400_000;

/// An article that was read, to be analysed.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct FoundArticle(pub(crate) Found);

/// Reads the articles of files and folders.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Files(Mutex<Articles>);

#[pymethods]
impl Files {
    #[new]
    fn new(pipeline: &Pipeline, paths: Vec<PathBuf>) -> Self {
        let inputs: Vec<Input> = paths.into_iter().map(Input::Path).collect();
        Self(Mutex::new(read::articles(&inputs, &pipeline.inner.reading())))
    }

    /// The next article; `None` behind the last.
    fn take(&self, py: Python<'_>) -> PyResult<Option<FoundArticle>> {
        let found = py.detach(|| {
            let mut articles = self.0.lock().expect("nothing panics while it is held");
            articles.next_found().transpose().or_fail(Kind::Read)
        });
        Ok(found?.map(FoundArticle))
    }
}

/// A store that is written.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Writer {
    /// `None` when it is closed.
    store: Mutex<Option<Arc<Store>>>,
    batch: Mutex<Batch>,
}

#[derive(Default)]
struct Batch {
    articles: Vec<Built>,
    quads: usize,
    stored: usize,
    unchanged: usize,
}

impl Batch {
    fn write(&mut self, store: &Store) -> Result<(), Failure> {
        self.stored += self.articles.len();
        self.quads = 0;
        store.add(std::mem::take(&mut self.articles)).or_fail(Kind::Store)
    }
}

impl Writer {
    pub(crate) fn store(&self) -> Result<Arc<Store>, Failure> {
        let store = self.store.lock().expect("nothing panics while it is held").clone();
        store.ok_or_else(|| Failure::new(Kind::Store, "this store is closed"))
    }

    fn take_next(&self, run: &Run) -> Result<bool, Failure> {
        let store = self.store()?;
        let Some(part) = run.receive() else { return Ok(false) };
        let outcome = part?;
        let mut batch = self.batch.lock().expect("nothing panics while it is held");
        match outcome {
            Outcome::Built(built) => {
                batch.quads += built.graph.quads.len();
                batch.articles.push(*built);
            }
            Outcome::Unchanged | Outcome::Analysed(_) => batch.unchanged += 1,
        }
        if batch.quads >= BATCH_QUADS {
            batch.write(&store)?;
        }
        Ok(true)
    }
}

#[pymethods]
impl Writer {
    #[new]
    fn new(py: Python<'_>, path: PathBuf, base: Option<&str>) -> PyResult<Self> {
        let store = py.detach(|| Store::create(&path, base).or_fail(Kind::Store))?;
        Ok(Self { store: Mutex::new(Some(Arc::new(store))), batch: Mutex::default() })
    }

    /// Stores the article of a run whose turn it is; whether there was one.
    fn take(&self, py: Python<'_>, run: &Run) -> PyResult<bool> {
        Ok(py.detach(|| self.take_next(run))?)
    }

    /// Stores what is left, and works out what follows from all: how many articles are
    /// stored anew, and how many were as they are.
    fn finish(&self, py: Python<'_>, pipeline: &Pipeline) -> PyResult<(usize, usize)> {
        let store = self.store()?;
        let done = py.detach(|| -> Result<_, Failure> {
            let mut batch = self.batch.lock().expect("nothing panics while it is held");
            batch.write(&store)?;
            store.refresh().or_fail(Kind::Store)?;
            store.note_build(&pipeline.activity).or_fail(Kind::Store)?;
            store.flush().or_fail(Kind::Store)?;
            Ok((batch.stored, batch.unchanged))
        });
        Ok(done?)
    }

    /// Takes articles out: how many were there.
    fn remove(&self, py: Python<'_>, ids: Vec<String>) -> PyResult<usize> {
        let store = self.store()?;
        let removed = py.detach(|| -> Result<_, Failure> {
            let mut stored = Vec::new();
            for id in ids.iter().map(|id| ArticleId::new(id)) {
                if store.digest(&id).or_fail(Kind::Store)?.is_some() {
                    stored.push(id);
                }
            }
            store.remove(&stored).or_fail(Kind::Store)?;
            store.flush().or_fail(Kind::Store)?;
            Ok(stored.len())
        });
        Ok(removed?)
    }

    /// Lets go of the store.
    fn close(&self, py: Python<'_>) {
        py.detach(|| {
            let store = self.store.lock().expect("nothing panics while it is held").take();
            drop(store);
        });
    }
}

/// A store that is read.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Reader {
    /// `None` when it is closed.
    store: Mutex<Option<Arc<Store>>>,
}

/// What a question gives.
enum Answer {
    Rows(Vec<String>, Vec<Vec<Option<Term>>>),
    YesOrNo(bool),
    Turtle(String),
}

impl Reader {
    fn store(&self) -> Result<Arc<Store>, Failure> {
        let store = self.store.lock().expect("nothing panics while it is held").clone();
        store.ok_or_else(|| Failure::new(Kind::Store, "this store is closed"))
    }
}

#[pymethods]
impl Reader {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let store = py.detach(|| Store::open(&path).or_fail(Kind::Store))?;
        Ok(Self { store: Mutex::new(Some(Arc::new(store))) })
    }

    /// What its IRIs begin with.
    #[getter]
    fn base(&self) -> PyResult<String> {
        Ok(self.store()?.iris().base().to_owned())
    }

    /// The names of its articles.
    fn articles(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let store = self.store()?;
        let below = store.iris().articles();
        let articles = py.detach(|| store.articles().or_fail(Kind::Store))?;
        let id = |iri: &str| iri.strip_prefix(&below).unwrap_or(iri).to_owned();
        Ok(articles.iter().map(|article| id(article.as_str())).collect())
    }

    /// Asks it: columns and rows, yes or no, or Turtle.
    #[pyo3(signature = (question, parameters, limit))]
    fn query<'py>(
        &self,
        py: Python<'py>,
        question: &str,
        parameters: Vec<String>,
        limit: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let store = self.store()?;
        match py.detach(|| answer(&store, question, &parameters, limit))? {
            Answer::YesOrNo(yes) => yes.into_bound_py_any(py),
            Answer::Turtle(text) => text.into_bound_py_any(py),
            Answer::Rows(columns, rows) => {
                let mut all = Vec::with_capacity(rows.len());
                for row in rows {
                    let row: PyResult<Vec<_>> =
                        row.into_iter().map(|term| value(py, term)).collect();
                    all.push(row?);
                }
                (columns, all).into_bound_py_any(py)
            }
        }
    }

    /// Writes it to a file, as RDF.
    fn export(&self, py: Python<'_>, path: PathBuf, format: &str, profile: &str) -> PyResult<u64> {
        let store = self.store()?;
        let (format, profile) = (format_of(format)?, profile_of(profile)?);
        Ok(py.detach(|| write_to(&store, &path, format, profile))?)
    }

    /// Lets go of the store.
    fn close(&self, py: Python<'_>) {
        py.detach(|| {
            let store = self.store.lock().expect("nothing panics while it is held").take();
            drop(store);
        });
    }
}

fn write_to(store: &Store, path: &Path, format: Format, profile: Profile) -> Result<u64, Failure> {
    let mut options = Options::of(format);
    options.profile = profile;
    let file = File::create(path)
        .map_err(|error| Failure::new(Kind::Store, format!("{}: {error}", path.display())))?;
    let summary = write_store(store, &options, BufWriter::new(file)).or_fail(Kind::Store)?;
    Ok(summary.written)
}

fn profile_of(name: &str) -> Result<Profile, Failure> {
    match name {
        "facts" => Ok(Profile::Facts),
        "claims" => Ok(Profile::Claims),
        "full" => Ok(Profile::Full),
        other => {
            let message = format!("profile={other:?}: facts, claims or full");
            Err(Failure::new(Kind::Store, message))
        }
    }
}

fn answer(
    store: &Store,
    question: &str,
    parameters: &[String],
    limit: Option<usize>,
) -> Result<Answer, Failure> {
    let (source, sparql) = match NamedQuery::find(question) {
        Some(named) => (question, named.sparql),
        None if is_sparql(question) => ("SPARQL", question),
        None => return Err(Failure::new(Kind::Query, QueryError::unknown_query(question))),
    };
    let parameters = parameters.iter().map(|given| given.parse()).collect::<Result<_, _>>();
    let parameters = parameters.or_fail(Kind::Query)?;
    let question = Question { parameters, limit, ..Question::new(source, sparql) };
    match ask(store, &question).or_fail(Kind::Query)? {
        QueryResults::Boolean(yes) => Ok(Answer::YesOrNo(yes)),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                let solution = solution.or_fail(Kind::Query)?;
                rows.push(variables.iter().map(|v| solution.get(v).cloned()).collect());
            }
            let columns = variables.iter().map(|v| v.as_str().to_owned()).collect();
            Ok(Answer::Rows(columns, rows))
        }
        QueryResults::Graph(triples) => {
            let triples = triples.take(limit.unwrap_or(usize::MAX));
            let triples: Vec<Triple> = triples.collect::<Result<_, _>>().or_fail(Kind::Query)?;
            let (mut bytes, options) = (Vec::new(), Options::of(export::Format::Turtle));
            write_triples(triples, store.iris().base(), &options, &mut bytes)
                .or_fail(Kind::Query)?;
            Ok(Answer::Turtle(String::from_utf8(bytes).or_fail(Kind::Query)?))
        }
    }
}

/// Whether a question is SPARQL and no name: names have neither spaces nor braces.
fn is_sparql(question: &str) -> bool {
    question.contains(['{', '\n', ' '])
}

/// A term as a value of Python: numbers and truth values as such, all else as text.
fn value(py: Python<'_>, term: Option<Term>) -> PyResult<Bound<'_, PyAny>> {
    match term {
        None => Ok(py.None().into_bound(py)),
        Some(Term::NamedNode(node)) => node.as_str().into_bound_py_any(py),
        Some(Term::BlankNode(node)) => node.to_string().into_bound_py_any(py),
        Some(Term::Literal(literal)) => literal_value(py, &literal),
        Some(Term::Triple(triple)) => {
            let Triple { subject, predicate, object } = *triple;
            let subject = match subject {
                NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            };
            (subject, predicate.as_str(), value(py, Some(object))?).into_bound_py_any(py)
        }
    }
}

fn literal_value<'py>(py: Python<'py>, literal: &Literal) -> PyResult<Bound<'py, PyAny>> {
    let text = literal.value();
    let is = |types: &[oxrdf::NamedNodeRef<'_>]| types.contains(&literal.datatype());
    if is(&[xsd::INTEGER, xsd::INT, xsd::LONG])
        && let Ok(number) = text.parse::<i64>()
    {
        return number.into_bound_py_any(py);
    }
    if is(&[xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT])
        && let Ok(number) = text.parse::<f64>()
    {
        return number.into_bound_py_any(py);
    }
    match text {
        "true" if is(&[xsd::BOOLEAN]) => true.into_bound_py_any(py),
        "false" if is(&[xsd::BOOLEAN]) => false.into_bound_py_any(py),
        _ => text.into_bound_py_any(py),
    }
}
