//! The pipeline, as Python makes it.

use pyo3::prelude::*;
use reportedly::graph::{Activity, Used};
use reportedly::pipeline::shipped_digest;
use reportedly::resolve::{AssertionPolicy, CompiledBase};

use crate::analysis::{Analysis, Source};
use crate::error::{Failure, Kind, OrFail};

/// The name of a file, and its contents.
type Text = (String, String);
type Bytes = (String, Vec<u8>);

/// What turns articles into what they claim.
#[pyclass(frozen, module = "reportedly._reportedly")]
pub(crate) struct Pipeline {
    pub(crate) inner: reportedly::Pipeline,
    pub(crate) activity: Activity,
    warnings: Vec<String>,
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (gazetteer, relations, rules, word_lists, knowledge_bases, model, assertion))]
    #[allow(clippy::too_many_arguments)] // Python's own class has them by name
    fn new(
        py: Python<'_>,
        gazetteer: Vec<Text>,
        relations: Vec<Text>,
        rules: Vec<Text>,
        word_lists: Vec<Text>,
        knowledge_bases: Vec<Bytes>,
        model: Option<Bytes>,
        assertion: &str,
    ) -> PyResult<Self> {
        let assertion = policy(assertion)?;
        let parts = Parts { gazetteer, relations, rules, word_lists, knowledge_bases, model };
        Ok(py.detach(|| parts.pipeline(assertion))?)
    }

    /// What the examples of the user's own rules and relations say that does not hold.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// Analyses one article on this thread: an object of JSON as in JSON Lines.
    fn analyse(&self, py: Python<'_>, record: &[u8]) -> PyResult<Analysis> {
        Ok(py.detach(|| Source::Record(record.to_vec()).analysed(&self.inner))?)
    }

    /// Analyses the documents of a CoNLL-U file.
    fn analyse_conllu(&self, py: Python<'_>, text: &str, name: &str) -> PyResult<Vec<Analysis>> {
        let analysed = py.detach(|| Analysis::of_conllu(&self.inner, text, name));
        Ok(analysed?)
    }

    /// Analyses all articles of bytes that are called as a file is: a page, an archive.
    /// Each is an analysis, or why there is none.
    fn analyse_bytes(
        &self,
        py: Python<'_>,
        bytes: Vec<u8>,
        name: &str,
    ) -> Vec<(Option<Analysis>, Option<String>)> {
        let all = py.detach(|| Analysis::of_bytes(&self.inner, bytes, name));
        let pair = |result: Result<Analysis, Failure>| match result {
            Ok(analysis) => (Some(analysis), None),
            Err(failure) => (None, Some(failure.message().to_owned())),
        };
        all.into_iter().map(pair).collect()
    }
}

fn policy(name: &str) -> Result<AssertionPolicy, Failure> {
    match name {
        "none" => Ok(AssertionPolicy::None),
        "own" => Ok(AssertionPolicy::Own),
        "named" => Ok(AssertionPolicy::Named),
        other => {
            let message = format!("assertion={other:?}: none, own or named");
            Err(Failure::new(Kind::Pipeline, message))
        }
    }
}

/// What the user adds to what ships.
struct Parts {
    gazetteer: Vec<Text>,
    relations: Vec<Text>,
    rules: Vec<Text>,
    word_lists: Vec<Text>,
    knowledge_bases: Vec<Bytes>,
    model: Option<Bytes>,
}

impl Parts {
    fn pipeline(self, assertion: AssertionPolicy) -> Result<Pipeline, Failure> {
        let activity = self.activity(assertion);
        let names = self.relations.iter().chain(&self.rules).map(|(name, _)| name.clone());
        let names: Vec<String> = names.collect();
        let inner = self.built(assertion)?;
        let is_given = |file: &str| names.iter().any(|name| name == file);
        if let Some(wrong) = inner.unmatchable_words(is_given).first() {
            return Err(Failure::new(Kind::Pipeline, wrong));
        }
        let warnings = inner.broken_examples(is_given).iter().map(ToString::to_string).collect();
        Ok(Pipeline { inner, activity, warnings })
    }

    fn built(self, assertion: AssertionPolicy) -> Result<reportedly::Pipeline, Failure> {
        let mut builder = reportedly::Pipeline::builder().assertion(assertion);
        for (name, text) in self.gazetteer {
            builder = builder.gazetteer(name, text);
        }
        for (name, bytes) in self.knowledge_bases {
            let stem = name.trim_end_matches(".kb").to_owned();
            let base = CompiledBase::new(&stem, &name, bytes).or_fail(Kind::Pipeline)?;
            builder = builder.knowledge_base(base);
        }
        for (name, text) in self.relations {
            builder = builder.ontology(name, text);
        }
        for (name, text) in self.rules {
            builder = builder.rules(name, text);
        }
        for (name, text) in self.word_lists {
            builder = builder.word_list(name, text);
        }
        if let Some((name, bytes)) = self.model {
            builder = builder.model(name, bytes);
        }
        builder.build().or_fail(Kind::Pipeline)
    }

    /// What a store notes of a build with it.
    fn activity(&self, assertion: AssertionPolicy) -> Activity {
        let mut used = vec![used("data", "what ships", shipped_digest())];
        let kinds = [
            ("gazetteer", &self.gazetteer),
            ("ontology", &self.relations),
            ("rules", &self.rules),
            ("rules", &self.word_lists),
        ];
        for (role, files) in kinds {
            let files = files.iter();
            used.extend(files.map(|(name, text)| used_file(role, name, text.as_bytes())));
        }
        let bases = self.knowledge_bases.iter();
        used.extend(bases.map(|(name, bytes)| used_file("knowledge base", name, bytes)));
        used.extend(self.model.iter().map(|(name, bytes)| used_file("model", name, bytes)));
        let parts: Vec<&str> = used.iter().flat_map(|u| [&*u.role, &*u.digest]).collect();
        let all = format!("{assertion:?} {}", parts.join(" "));
        Activity { digest: crate::analysis::sha256(all.as_bytes()), used }
    }
}

fn used(role: &str, name: &str, digest: String) -> Used {
    Used { role: role.to_owned(), name: name.to_owned(), digest }
}

fn used_file(role: &str, name: &str, bytes: &[u8]) -> Used {
    used(role, name, crate::analysis::sha256(bytes))
}
