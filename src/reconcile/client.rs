//! Asks a service, patiently, and keeps what it answered.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};
use ureq::http::Response;
use ureq::{Agent, Body};

use super::answer::read;
use super::manifest::Version;
use super::{Candidate, Manifest, Question, ReconcileError};
use crate::text::hex;
use crate::web::{self, Failure};

/// The most bytes of an answer.
const LONGEST_ANSWER: u64 = 64 << 20;
/// A batch was too large.
const TOO_LARGE: u16 = 413;

/// How a service is asked.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// How long one answer may take.
    pub timeout: Duration,
    /// How often it is asked again where it fails or is busy.
    pub retries: u32,
    /// How long to wait between two batches.
    pub delay: Duration,
    /// The folder in which answers are kept.
    pub cache: Option<PathBuf>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        let (timeout, delay) = (Duration::from_mins(1), Duration::ZERO);
        Self { timeout, retries: 5, delay, cache: None }
    }
}

/// Asks one service.
pub struct Client {
    agent: Agent,
    address: String,
    manifest: Manifest,
    options: ClientOptions,
}

impl Client {
    /// A client of the service at an address, which is asked what it is.
    ///
    /// # Errors
    /// Where there is none.
    pub fn new(address: &str, options: ClientOptions) -> Result<Self, ReconcileError> {
        let agent = web::agent(options.timeout);
        let no_service = |reason| ReconcileError::NoService { address: address.to_owned(), reason };
        let bytes = patiently(address, options.retries, || {
            agent.get(address).header("Accept", "application/json").call()
        });
        let bytes = match bytes {
            Err(ReconcileError::Fails { status, reason, .. }) => {
                return Err(no_service(format!("answers {status}: {reason}")));
            }
            bytes => bytes?,
        };
        let manifest = Manifest::read(&bytes).map_err(no_service)?;
        Ok(Self { agent, address: address.to_owned(), manifest, options })
    }

    /// What the service tells of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The candidates for each question, in their order. `asked` is told how many are
    /// answered, now and again.
    ///
    /// # Errors
    /// Where the service fails for good, or answers cannot be kept; those that came before
    /// are kept.
    pub fn ask(
        &self,
        questions: &[Question],
        mut asked: impl FnMut(usize),
    ) -> Result<Vec<Vec<Candidate>>, ReconcileError> {
        let mut answers: Vec<Option<Vec<Candidate>>> =
            questions.iter().map(|question| self.kept(question)).collect();
        let open: Vec<usize> = (0..questions.len()).filter(|&i| answers[i].is_none()).collect();
        let (mut rest, mut size) = (open.as_slice(), self.manifest.batch);
        asked(questions.len() - rest.len());
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(size.min(rest.len()));
            let together: Vec<&Question> = batch.iter().map(|&i| &questions[i]).collect();
            let found = match self.ask_batch(&together) {
                Err(ReconcileError::Fails { status: TOO_LARGE, .. }) if size > 1 => {
                    size = batch.len().div_ceil(2).min(size - 1);
                    continue;
                }
                found => found?,
            };
            for (&i, candidates) in batch.iter().zip(found) {
                self.keep(&questions[i], &candidates)?;
                answers[i] = Some(candidates);
            }
            rest = later;
            asked(questions.len() - rest.len());
            if !rest.is_empty() {
                std::thread::sleep(self.options.delay);
            }
        }
        Ok(answers.into_iter().map(|answer| answer.expect("all were asked")).collect())
    }

    fn ask_batch(&self, questions: &[&Question]) -> Result<Vec<Vec<Candidate>>, ReconcileError> {
        let version = self.manifest.version;
        let batch = Question::batch(questions, version);
        let address = self.address_of_questions();
        let bytes = patiently(&address, self.options.retries, || self.post(&address, &batch))?;
        read(&bytes, questions.len(), version)
            .map_err(|reason| ReconcileError::NotAnAnswer { address, reason })
    }

    fn address_of_questions(&self) -> String {
        match self.manifest.version {
            Version::Form => self.address.clone(),
            Version::Json => format!("{}/match", self.address.trim_end_matches('/')),
        }
    }

    fn post(&self, address: &str, batch: &Value) -> Result<Response<Body>, ureq::Error> {
        let post = self.agent.post(address).header("Accept", "application/json");
        match self.manifest.version {
            Version::Form => post.send_form([("queries", batch.to_string())]),
            Version::Json => post.content_type("application/json").send(batch.to_string()),
        }
    }

    /// What was answered before.
    fn kept(&self, question: &Question) -> Option<Vec<Candidate>> {
        let bytes = fs::read(self.file(question)?).ok()?;
        // What was cut off by a kill is asked again.
        serde_json::from_slice(&bytes).ok()
    }

    fn keep(&self, question: &Question, candidates: &[Candidate]) -> Result<(), ReconcileError> {
        let Some(path) = self.file(question) else { return Ok(()) };
        let json = serde_json::to_vec(candidates).expect("plain data has JSON");
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            let half_done = path.with_extension("half");
            fs::write(&half_done, &json)?;
            fs::rename(half_done, &path)
        };
        write().map_err(|source| ReconcileError::Cache { path: path.clone(), source })
    }

    /// The file of an answer: by the service, and by what was asked.
    fn file(&self, question: &Question) -> Option<PathBuf> {
        let json = question.json(self.manifest.version);
        let digest = Sha256::digest(format!("{}\n{json}", self.address));
        let cache = self.options.cache.as_ref()?;
        Some(cache.join(format!("{}.json", hex(&digest[..16]))))
    }
}

/// Asks until there is an answer, or it is no use.
fn patiently(
    address: &str,
    retries: u32,
    ask: impl Fn() -> Result<Response<Body>, ureq::Error>,
) -> Result<Vec<u8>, ReconcileError> {
    let address = || address.to_owned();
    match web::patiently(retries, ask) {
        Ok(response) => {
            body(response).map_err(|source| ReconcileError::CutOff { address: address(), source })
        }
        Err(Failure::Answer(response, tries)) => {
            let (status, reason) = (response.status().as_u16(), web::reason(response));
            Err(ReconcileError::Fails { address: address(), status, tries, reason })
        }
        Err(Failure::Network(source)) => {
            Err(ReconcileError::Network { address: address(), source })
        }
    }
}

fn body(response: Response<Body>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    response.into_body().into_reader().take(LONGEST_ANSWER).read_to_end(&mut bytes)?;
    Ok(bytes)
}
