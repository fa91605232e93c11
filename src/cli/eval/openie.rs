//! `reportedly eval openie`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::super::Outcome;
use super::RuleFlags;
use crate::eval::analyse_sentences;
use crate::eval::openie::{
    CarbPoint, Tuple, binary_tuples, read_benchie, read_carb, score_benchie, score_carb, tuples,
};
use crate::extract::{Extraction, Extractor};
use crate::pipeline::Pipeline;
use crate::text::{Document, SentenceId};

/// Tuples of claims against CaRB's (a `.tsv` file: best F1 over confidences) or
/// BenchIE's (a `.txt` file: exact match of facts)
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The gold file
    gold: PathBuf,
    /// How many of the worst sentences to show
    #[arg(long, default_value_t = 20)]
    worst: usize,
    #[command(flatten)]
    rules: RuleFlags,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let text =
        std::fs::read_to_string(&flags.gold).with_context(|| flags.gold.display().to_string())?;
    let pipeline = flags.rules.pipeline()?;
    if flags.gold.extension().is_some_and(|e| e == "tsv") {
        carb(flags, &text, &pipeline)
    } else {
        benchie(flags, &text, &pipeline)
    }
}

fn carb(flags: &Flags, text: &str, pipeline: &Pipeline) -> anyhow::Result<Outcome> {
    let gold = read_carb(text).with_context(|| flags.gold.display().to_string())?;
    let found = found(gold.keys(), pipeline, tuples);
    let score = score_carb(&gold, &found);
    let best = score.best().context("no tuples")?;
    anstream::println!(
        "best F1 {:.3} (precision {:.3}, recall {:.3} at confidence {:.2}), area {:.3}",
        best.f1(),
        best.precision,
        best.recall,
        best.confidence,
        score.area()
    );
    let single = |sentence: &String, gold: &Vec<Tuple>| {
        let gold = [(sentence.clone(), gold.clone())].into();
        let score = score_carb(&gold, &found);
        score.curve.iter().find(|p| p.confidence >= best.confidence).map_or(0.0, CarbPoint::f1)
    };
    let f1 = gold.iter().map(|(s, g)| (s.as_str(), single(s, g)));
    show_worst(f1.collect(), &found, flags.worst);
    Ok(Outcome::Done)
}

fn benchie(flags: &Flags, text: &str, pipeline: &Pipeline) -> anyhow::Result<Outcome> {
    let gold = read_benchie(text).with_context(|| flags.gold.display().to_string())?;
    let found = found(gold.keys(), pipeline, binary_tuples);
    let (tuples, facts) = score_benchie(&gold, &found);
    let (precision, recall) = (
        tuples.right as f64 / tuples.found.max(1) as f64,
        facts.right as f64 / facts.gold.max(1) as f64,
    );
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    anstream::println!("F1 {f1:.3} (precision {precision:.3}, recall {recall:.3})");
    let single = gold.iter().map(|(sentence, clusters)| {
        let one = [(sentence.clone(), clusters.clone())].into();
        let (_, facts) = score_benchie(&one, &found);
        (sentence.as_str(), facts.right as f64 / facts.gold.max(1) as f64)
    });
    show_worst(single.collect(), &found, flags.worst);
    Ok(Outcome::Done)
}

type Converter = fn(&Extractor, &Document, &Extraction) -> Vec<Tuple>;

/// The tuples of each sentence.
fn found<'a>(
    sentences: impl Iterator<Item = &'a String> + Clone,
    pipeline: &Pipeline,
    convert: Converter,
) -> BTreeMap<String, Vec<Tuple>> {
    let words = sentences.clone().map(String::as_str);
    let document = analyse_sentences(pipeline.analyser(), words);
    let extractor = pipeline.extractor();
    let extraction = extractor.extract(&document);
    let one = |i: usize| extraction.of_sentence(SentenceId::from_index(i));
    let tuples = sentences.enumerate();
    tuples.map(|(i, s)| (s.clone(), convert(extractor, &document, &one(i)))).collect()
}

fn show_worst(mut scores: Vec<(&str, f64)>, found: &BTreeMap<String, Vec<Tuple>>, most: usize) {
    scores.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    for (sentence, score) in scores.into_iter().take(most) {
        anstream::println!("\n{score:.3}  {sentence}");
        for tuple in found.get(sentence).into_iter().flatten() {
            anstream::println!("       {} | {}", tuple.relation, tuple.arguments.join(" | "));
        }
    }
}
