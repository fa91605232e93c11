//! Many articles, on all cores: each is given, and what becomes of it is taken in the same
//! order, while others are worked on.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard};

use pyo3::prelude::*;
use reportedly::Store;
use reportedly::graph::Built;
use reportedly::read::Found;

use crate::analysis::{Analysis, Source};
use crate::error::{Failure, Kind, OrFail};
use crate::pipeline::Pipeline;
use crate::store::{FoundArticle, Writer};

/// How many articles a thread are on their way at a time: so many that none waits for
/// Python, which takes the one whose turn it is.
const ON_THE_WAY: usize = 32;

/// What becomes of an article.
pub(crate) enum Outcome {
    Analysed(Box<Analysis>),
    /// To be stored.
    Built(Box<Built>),
    /// Stored already.
    Unchanged,
}

type Part = Result<Outcome, Failure>;

/// A run of the pipeline over many articles.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Run {
    pipeline: reportedly::Pipeline,
    pool: rayon::ThreadPool,
    /// The store that they are for, if any.
    store: Mutex<Option<Arc<Store>>>,
    way: Mutex<VecDeque<Receiver<Part>>>,
}

impl Run {
    fn way(&self) -> MutexGuard<'_, VecDeque<Receiver<Part>>> {
        self.way.lock().expect("nothing panics while it is held")
    }

    fn start(&self, source: Source) {
        let (sender, receiver) = sync_channel(1);
        let pipeline = self.pipeline.clone();
        let store = self.store.lock().expect("nothing panics while it is held").clone();
        // Nobody receives after an error has ended the run.
        self.pool.spawn(move || drop(sender.send(work(&pipeline, store.as_deref(), source))));
        self.way().push_back(receiver);
    }

    /// Waits for the article whose turn it is; `None` where there is none.
    pub(crate) fn receive(&self) -> Option<Part> {
        let next = self.way().pop_front()?;
        let lost = || Err(Failure::new(Kind::Internal, "a thread ended; please report it"));
        Some(next.recv().unwrap_or_else(|_| lost()))
    }
}

fn work(pipeline: &reportedly::Pipeline, store: Option<&Store>, source: Source) -> Part {
    let Some(store) = store else {
        return Ok(Outcome::Analysed(Box::new(source.analysed(pipeline)?)));
    };
    let found = source.found(pipeline)?;
    let id = found.item.article().id.clone();
    let digest = store.digest(&id).or_fail(Kind::Store)?;
    if digest.is_some_and(|digest| digest == pipeline.fingerprint(&found.item)) {
        return Ok(Outcome::Unchanged);
    }
    let Analysis { inner, digest, source, .. } =
        Source::Found(Box::new(found)).analysed(pipeline)?;
    Ok(Outcome::Built(Box::new(Built { graph: inner.graph(store.iris()), digest, source })))
}

#[pymethods]
impl Run {
    #[new]
    #[pyo3(signature = (pipeline, threads, writer=None))]
    fn new(pipeline: &Pipeline, threads: usize, writer: Option<&Writer>) -> PyResult<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let store = writer.map(Writer::store).transpose()?;
        let mut pipeline = pipeline.inner.clone();
        if let Some(store) = &store {
            // What people decided about entities holds here, too; what waits for the options
            // of another build is left to that.
            let (decided, _) =
                reportedly::build::with_decisions(store, &pipeline).or_fail(Kind::Store)?;
            pipeline = decided;
        }
        let pool = pool.or_fail(Kind::Internal)?;
        Ok(Self { pipeline, pool, store: Mutex::new(store), way: Mutex::default() })
    }

    /// So many articles may be on their way at a time.
    #[getter]
    fn most(&self) -> usize {
        ON_THE_WAY * self.pool.current_num_threads()
    }

    /// So many are on their way.
    fn __len__(&self) -> usize {
        self.way().len()
    }

    /// Gives an object of JSON, as in JSON Lines.
    fn give(&self, record: &[u8]) {
        self.start(Source::Record(record.to_vec()));
    }

    /// Gives an article that was read.
    fn give_found(&self, found: &FoundArticle) {
        let found: Found = found.0.clone();
        self.start(Source::Found(Box::new(found)));
    }

    /// Waits for what is on its way, and lets go of the store.
    fn close(&self, py: Python<'_>) {
        py.detach(|| {
            while self.receive().is_some() {}
            *self.store.lock().expect("nothing panics while it is held") = None;
        });
    }

    /// Takes the article whose turn it is.
    fn take(&self, py: Python<'_>) -> PyResult<Option<Analysis>> {
        match py.detach(|| self.receive()).transpose()? {
            Some(Outcome::Analysed(analysis)) => Ok(Some(*analysis)),
            Some(Outcome::Built(_) | Outcome::Unchanged) | None => Ok(None),
        }
    }
}
