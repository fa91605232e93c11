//! One article, analysed; and what is to be analysed.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use reportedly::export::document::conllu::to_conllu;
use reportedly::export::{Format, Options, write_quads};
use reportedly::graph::vocabulary;
use reportedly::graph::{ArticleSource, Iris, layout};
use reportedly::read::{self, Found, Item};
use reportedly::text::hex;
use sha2::{Digest, Sha256};

use crate::error::{Failure, Kind, OrFail};

/// What is to be analysed.
pub(crate) enum Source {
    /// An object of JSON, as in JSON Lines.
    Record(Vec<u8>),
    /// An article that was read.
    Found(Box<Found>),
}

impl Source {
    /// What it is read from is no file of its own, so that a name says nothing.
    const NAME: &'static str = "article";

    /// The article itself.
    pub(crate) fn found(self, pipeline: &reportedly::Pipeline) -> Result<Found, Failure> {
        let record = match self {
            Self::Found(found) => return Ok(*found),
            Self::Record(record) => record,
        };
        let mut options = pipeline.reading();
        options.format = Some(read::Format::JsonLines);
        let mut articles = read::from_reader(Self::NAME, Cursor::new(record), &options);
        let found = articles.next_found().expect("a line gives an article or an error");
        found.map_err(|error| {
            let message = error.to_string();
            let place = format!("{}, line 1: ", Self::NAME);
            Failure::new(Kind::Read, message.strip_prefix(&place).unwrap_or(&message))
        })
    }

    pub(crate) fn analysed(self, pipeline: &reportedly::Pipeline) -> Result<Analysis, Failure> {
        let Found { item, fetched, version, original, file, .. } = self.found(pipeline)?;
        let source = ArticleSource {
            file: file.map(|file| file.to_string()),
            fetched,
            version,
            digest: original.map(|original| original.digest.to_string()),
            build: None,
            layout: Some(layout(&item)),
        };
        Analysis::of(pipeline, item, source)
    }
}

/// What was found in one article.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Analysis {
    pub(crate) inner: reportedly::Analysis,
    pipeline: reportedly::Pipeline,
    head: String,
    pub(crate) digest: String,
    pub(crate) source: ArticleSource,
}

impl Analysis {
    /// Analyses an article. Its JSON is made here, as this runs on all cores.
    pub(crate) fn of(
        pipeline: &reportedly::Pipeline,
        item: Item,
        source: ArticleSource,
    ) -> Result<Self, Failure> {
        let id = item.article().id.clone();
        let analysed = catch_unwind(AssertUnwindSafe(|| {
            let digest = pipeline.fingerprint(&item);
            let inner = pipeline.analyse(item);
            let head = inner.json_without_tokens();
            Self { inner, pipeline: pipeline.clone(), head, digest, source }
        }));
        let broken = "an error of this program; please report it";
        analysed.map_err(|_| Failure::new(Kind::Internal, broken).of(id))
    }

    pub(crate) fn of_conllu(
        pipeline: &reportedly::Pipeline,
        text: &str,
        name: &str,
    ) -> Result<Vec<Self>, Failure> {
        let mut options = pipeline.reading();
        options.format = Some(read::Format::Conllu);
        let bytes = Cursor::new(text.to_owned().into_bytes());
        let mut articles = read::from_reader(&format!("{name}.conllu"), bytes, &options);
        let mut all = Vec::new();
        while let Some(found) = articles.next_found() {
            let found = found.map_err(|error| Failure::new(Kind::Read, error).of(name))?;
            all.push(Source::Found(Box::new(found)).analysed(pipeline)?);
        }
        Ok(all)
    }

    pub(crate) fn of_bytes(
        pipeline: &reportedly::Pipeline,
        bytes: Vec<u8>,
        name: &str,
    ) -> Vec<Result<Self, Failure>> {
        let mut articles = read::from_reader(name, Cursor::new(bytes), &pipeline.reading());
        let mut all = Vec::new();
        while let Some(found) = articles.next_found() {
            let found = found.or_fail(Kind::Read);
            all.push(found.and_then(|found| Source::Found(Box::new(found)).analysed(pipeline)));
        }
        all
    }
}

#[pymethods]
impl Analysis {
    /// Its name.
    #[getter]
    fn id(&self) -> &str {
        self.inner.article().id.as_str()
    }

    /// Its JSON without its words.
    #[getter]
    fn head(&self) -> &str {
        &self.head
    }

    /// All of its JSON.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| self.inner.json())
    }

    /// Its parse as CoNLL-U.
    fn conllu(&self, py: Python<'_>) -> String {
        py.detach(|| {
            let mut document = self.inner.document().clone();
            self.pipeline.enhance(&mut document);
            to_conllu(&document)
        })
    }
}

/// The graphs of articles, and what their claims have in common, in a format of RDF.
#[pyfunction]
pub(crate) fn rdf(
    py: Python<'_>,
    analyses: Vec<Py<Analysis>>,
    format: &str,
    base: &str,
) -> PyResult<String> {
    let format = format_of(format)?;
    Ok(py.detach(|| rdf_in(analyses.iter().map(Py::get), format, base))?)
}

fn rdf_in<'a>(
    analyses: impl Iterator<Item = &'a Analysis>,
    format: Format,
    base: &str,
) -> Result<String, Failure> {
    let iris = iris(base)?;
    let mut quads = Vec::new();
    for analysis in analyses {
        let graph = analysis.inner.graph(&iris);
        quads.extend(graph.quads.owned().chain(graph.shared.owned()));
    }
    // RDF 1.1, as `export` writes it.
    quads.retain(|quad| quad.predicate != vocabulary::rdf::REIFIES);
    let mut bytes = Vec::new();
    write_quads(quads, base, &Options::of(format), &mut bytes).or_fail(Kind::Internal)?;
    String::from_utf8(bytes).or_fail(Kind::Internal)
}

/// The IRIs below a base.
pub(crate) fn iris(base: &str) -> Result<Iris, Failure> {
    Iris::new(base).map_err(|error| Failure::new(Kind::Pipeline, format!("base={base:?}: {error}")))
}

/// A format of RDF by its name.
pub(crate) fn format_of(name: &str) -> Result<Format, Failure> {
    Ok(match name {
        "turtle" | "ttl" => Format::Turtle,
        "trig" => Format::TriG,
        "ntriples" | "nt" => Format::NTriples,
        "nquads" | "nq" => Format::NQuads,
        "jsonld" | "json-ld" => Format::JsonLd,
        "rdfxml" | "xml" => Format::RdfXml,
        other => {
            let known = "turtle, trig, ntriples, nquads, jsonld or rdfxml";
            return Err(Failure::new(Kind::Pipeline, format!("format={other:?}: {known}")));
        }
    })
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    hex(&digest)
}
