//! `reportedly link`: asks a reconciliation service what the entities of a store are.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::Outcome;
use crate::curation::{self, Filter, Listed};
use crate::graph::{Store, decisions_to_turtle};
use crate::reconcile::{Accept, Candidate, Client, ClientOptions, Manifest, Question};
use crate::resolve::{Decision, Verdict};

/// The folder of kept answers, in that of the store.
const CACHE: &str = "reportedly.reconciled";

/// The columns of what the service is not sure of.
const COLUMNS: &str = "entity,label,articles,id,name,score,description";

const EXAMPLES: &str = "\
Examples:
  reportedly link --kb https://wikidata.reconci.link/en/api --store news.store -o links.ttl
      Asks the service for everybody and everything that several articles speak of and
      that has no id there; what it is sure of becomes decisions in links.ttl.
  reportedly entities import links.ttl --store news.store
      Takes them over, once somebody has looked at them.
  reportedly link --kb URL --store news.store --type person=Q5 --type place=Q2221906 \\
      --candidates others.csv -o links.ttl
      Asks for persons and places of the service's own types; what it is not sure of
      stands in a table.

Answers are kept in the folder of the store, and asked for no more: whoever is
interrupted starts again and goes on. Any service of the Reconciliation Service API 0.1,
0.2 or 1.0 (draft) will do, OpenRefine's among them. Names leave this machine: this
command and those that say so are the only ones that use the network.

Exit codes:
  0 done; 1 not: no such service, or it failed for good (what it answered is kept).";

/// Ask a reconciliation service what people, places and things are
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Address of the service
    #[arg(long = "kb", value_name = "URL")]
    service: String,
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// File for the decisions, as Turtle [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// File for what the service is not sure of, as CSV
    #[arg(long, value_name = "FILE")]
    candidates: Option<PathBuf>,
    /// Only entities that so many articles speak of
    #[arg(long, value_name = "N", default_value_t = 2)]
    articles: usize,
    /// Only this kind, by the service's type for it; may be repeated [default: all kinds]
    #[arg(long = "type", value_name = "KIND=TYPE")]
    types: Vec<String>,
    /// Take the best candidate from this score on, even if the service is not sure
    #[arg(long, value_name = "SCORE")]
    least_score: Option<f64>,
    /// By so much the best must lead
    #[arg(long, value_name = "SCORE", default_value_t = 10.0, requires = "least_score")]
    lead: f64,
    /// How often to ask again where the service fails or is busy, ever later, or when it says
    #[arg(long, value_name = "N", default_value_t = 5)]
    retries: u32,
    /// Seconds between two batches of questions
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0)]
    delay: f64,
    /// Ask again what was answered before
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let types = types(&flags.types)?;
    let store = Store::open(&flags.store)?;
    let cache = flags.store.join(CACHE);
    if flags.fresh && cache.exists() {
        fs::remove_dir_all(&cache).with_context(|| cache.display().to_string())?;
    }
    let delay = Duration::try_from_secs_f64(flags.delay)
        .with_context(|| format!("--delay {}: not a number of seconds", flags.delay))?;
    let cache = Some(cache);
    let options =
        ClientOptions { retries: flags.retries, delay, cache, ..ClientOptions::default() };
    let client = Client::new(&flags.service, options)?;
    let entities = wanted(&store, flags, &types, client.manifest())?;
    let question = |entity: &Listed| Question {
        name: entity.label.clone(),
        class: types.get(&entity.kind.to_lowercase()).cloned(),
    };
    let questions: Vec<Question> = entities.iter().map(question).collect();
    let bar = ProgressBar::new(questions.len() as u64).with_style(
        ProgressStyle::with_template("{pos} of {len} answered {bar:30}").expect("a valid template"),
    );
    let answers = client.ask(&questions, |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let answered = entities.iter().zip(&answers);
    let found = Found::of(&store, client.manifest(), accept(flags), answered);
    found.write(&store, flags)?;
    anstream::eprintln!(
        "{} asked of {}, {} found, {} with candidates only",
        entities.len(),
        client.manifest().name,
        found.decisions.len(),
        found.open.len(),
    );
    Ok(Outcome::Done)
}

/// What the service calls each kind, where only some are asked for.
fn types(given: &[String]) -> anyhow::Result<BTreeMap<String, String>> {
    let pair = |given: &String| {
        let (kind, class) =
            given.split_once('=').filter(|(k, c)| !k.is_empty() && !c.is_empty())?;
        Some((kind.to_lowercase(), class.to_owned()))
    };
    let all = given.iter().map(|given| {
        pair(given).with_context(|| format!("--type {given}: expected KIND=TYPE, like person=Q5"))
    });
    all.collect()
}

fn accept(flags: &Flags) -> Accept {
    flags.least_score.map_or(Accept::Match, |least| Accept::Score { least, lead: flags.lead })
}

/// The entities that are asked for: those that have no id of the service yet.
fn wanted(
    store: &Store,
    flags: &Flags,
    types: &BTreeMap<String, String>,
    manifest: &Manifest,
) -> anyhow::Result<Vec<Listed>> {
    let mut all = curation::list(store, &Filter::default())?;
    if let Some(kind) =
        types.keys().find(|&kind| !all.iter().any(|listed| listed.kind.eq_ignore_ascii_case(kind)))
    {
        bail!(
            "--type {kind}=…: this store has nothing of that kind; `reportedly entities list` shows kinds"
        );
    }
    // Where ids are whole IRIs, nothing tells which are the service's.
    let prefix = manifest.prefix();
    let is_known = |iri: &String| !prefix.is_empty() && iri.starts_with(prefix);
    all.retain(|listed| {
        listed.articles >= flags.articles
            && (types.is_empty() || types.contains_key(&listed.kind.to_lowercase()))
            && !listed.same.iter().any(is_known)
    });
    Ok(all)
}

/// What came of the answers.
#[derive(Default)]
struct Found<'a> {
    decisions: Vec<Decision>,
    /// Entities with candidates of which none is certain.
    open: Vec<(&'a Listed, &'a [Candidate])>,
}

impl<'a> Found<'a> {
    fn of(
        store: &Store,
        manifest: &Manifest,
        accept: Accept,
        answered: impl Iterator<Item = (&'a Listed, &'a Vec<Candidate>)>,
    ) -> Self {
        let mut found = Self::default();
        for (entity, candidates) in answered {
            let node = store.iris().entity_of(entity.entity.as_str());
            let chosen = accept.choose(candidates);
            let id = chosen.and_then(|candidate| manifest.id(&candidate.id));
            match (node, chosen, id) {
                (Some(node), Some(candidate), Some(id)) => {
                    let decision = Decision::new(node, Verdict::Linked(id));
                    let reason = Some(reason(manifest, candidate));
                    found.decisions.push(Decision { reason, ..decision });
                }
                _ if !candidates.is_empty() => found.open.push((entity, candidates)),
                _ => {}
            }
        }
        found
    }

    fn write(&self, store: &Store, flags: &Flags) -> anyhow::Result<()> {
        let turtle = decisions_to_turtle(store.iris(), &self.decisions);
        match &flags.output {
            Some(path) => fs::write(path, turtle).with_context(|| path.display().to_string())?,
            None => anstream::stdout().lock().write_all(turtle.as_bytes())?,
        }
        if let Some(path) = &flags.candidates {
            self.write_candidates(store, path).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    fn write_candidates(&self, store: &Store, path: &Path) -> anyhow::Result<()> {
        let mut table = csv::Writer::from_path(path)?;
        table.write_record(COLUMNS.split(','))?;
        for (entity, candidates) in &self.open {
            let iri = entity.entity.as_str();
            let iri = iri.strip_prefix(store.iris().base()).unwrap_or(iri);
            for candidate in *candidates {
                table.write_record([
                    iri,
                    &entity.label,
                    &entity.articles.to_string(),
                    &candidate.id,
                    &candidate.name,
                    &candidate.score.to_string(),
                    candidate.description.as_deref().unwrap_or_default(),
                ])?;
            }
        }
        Ok(table.flush()?)
    }
}

fn reason(manifest: &Manifest, candidate: &Candidate) -> String {
    let Candidate { name, score, description, .. } = candidate;
    let what = description.as_ref().map(|what| format!(", {what}")).unwrap_or_default();
    format!("{}: {name}{what}, score {score}", manifest.name)
}
