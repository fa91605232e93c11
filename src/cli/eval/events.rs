//! `reportedly eval events`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::archive;
use crate::analyse::Analyser;
use crate::cli::Outcome;
use crate::eval::analyse_sentences;
use crate::eval::events::{
    CheckedSentences, Event, EventArticle, EventsReport, ToldArticle, decide, tell,
};
use crate::pipeline::Pipeline;
use crate::stories::Words;

const LINES: &str = "\
What it says of each part of the set:
  same lemma  the baseline: actions of a topic whose heads have one lemma are one event
  stories     the comparison of claims that `build` runs, as it ships
  events      a decision for bare actions, by some signs of that comparison and by the
              participants; its weights and threshold were chosen on topics 1 to 24

Actions, participants, places and times are given, and what the latter mean across
articles; who takes part in what is read off our trees. The two events of a topic are
not told apart beforehand. Actions that are alone count. The later topics are the
ones to compare with others.

Example:
  reportedly eval events --sentences clean_sentences.csv ecbplus.tar.gz";

/// Which actions of several articles are one event, against ECB+: B³, MUC, CEAF-e
#[derive(Args, Debug)]
#[command(after_help = LINES)]
pub(crate) struct Flags {
    /// Articles of ECB+ (12_3ecbplus.xml), or .tar.gz archives of them
    #[arg(required = true, value_name = "FILE|ARCHIVE")]
    gold: Vec<PathBuf>,
    /// The sentences that count (the set's list of checked ones: topic, file, number), else all
    #[arg(long, value_name = "FILE")]
    sentences: Option<PathBuf>,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let checked = flags.sentences.as_deref().map(checked).transpose()?;
    // Nothing is linked here.
    let pipeline = Pipeline::builder().without_default_base().build()?;
    let mut topics: BTreeMap<u32, Vec<ToldArticle>> = BTreeMap::new();
    for path in &flags.gold {
        for (name, xml) in files(path).with_context(|| path.display().to_string())? {
            let article = EventArticle::read(&name, &xml, checked.as_ref())?;
            if !article.sentences.is_empty() {
                let told = told(&article, pipeline.analyser());
                topics.entry(article.topic).or_default().push(told);
            }
        }
    }
    let mut report = EventsReport::default();
    for (topic, articles) in &topics {
        let events: Vec<&Event> = articles.iter().flat_map(|article| &article.events).collect();
        report.add(*topic, &events, &decide(articles, Words::english()));
    }
    anstream::print!("{report}");
    Ok(Outcome::Done)
}

fn checked(path: &Path) -> anyhow::Result<CheckedSentences> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| name.clone())?;
    Ok(CheckedSentences::read(&name, &text)?)
}

fn told(article: &EventArticle, analyser: &Analyser) -> ToldArticle {
    let document = analyse_sentences(analyser, article.sentences.iter().map(String::as_str));
    tell(article, &document)
}

/// The files of a path by their names, in order.
fn files(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let name = path.display().to_string();
    if name.ends_with(".xml") {
        return Ok(BTreeMap::from([(name, fs::read_to_string(path)?)]));
    }
    archive::texts(path, |name| name.ends_with(".xml"))
}
