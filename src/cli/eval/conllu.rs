//! `reportedly eval conllu`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

use crate::cli::Outcome;
use crate::eval::conllu::{Evaluation, Score, evaluate};
use crate::pipeline::Pipeline;
use crate::read::conllu;
use crate::text::Document;

/// Score sentences, words, tags and trees against a treebank, as the CoNLL 2018 shared task does
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The treebank, in CoNLL-U
    gold: PathBuf,
    /// Score this file (CoNLL-U over the same text) instead of the built-in analysis
    #[arg(long, value_name = "FILE")]
    system: Option<PathBuf>,
    /// Give the analysis the gold sentences and words, not the raw text
    #[arg(long, conflicts_with = "system")]
    gold_tokens: bool,
    /// Show the N sentences with the most wrong words
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// Show which labels are taken for which, those that happen at least twice
    #[arg(long)]
    confusions: bool,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let gold = load(&flags.gold)?;
    let system = match &flags.system {
        Some(path) => load(path)?,
        None => analyse(&gold, flags.gold_tokens)?,
    };
    let evaluation = evaluate(&gold, &system)?;
    print_scores(&evaluation.scores);
    if flags.confusions {
        print_confusions(&evaluation);
    }
    print_worst(&evaluation, flags.worst);
    Ok(Outcome::Done)
}

fn load(path: &Path) -> anyhow::Result<Vec<Document>> {
    let contents = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let id = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let conllu = conllu::parse(&contents, &id);
    for error in &conllu.errors {
        anstream::eprintln!("{}: {error}", path.display());
    }
    anyhow::ensure!(!conllu.documents.is_empty(), "{}: no sentence in it", path.display());
    Ok(conllu.documents)
}

fn analyse(gold: &[Document], gold_tokens: bool) -> anyhow::Result<Vec<Document>> {
    let pipeline = Pipeline::builder().build()?;
    let analyse = |gold: &Document| {
        if gold_tokens {
            let Document { article, sentences, tokens, .. } = gold.clone();
            pipeline.analyser().annotate(article, sentences, tokens)
        } else {
            pipeline.document(gold.article.clone())
        }
    };
    Ok(gold.par_iter().map(analyse).collect())
}

fn print_scores(scores: &[Score]) {
    anstream::println!("Metric     | Precision |    Recall |  F1 Score | AligndAcc");
    anstream::println!("-----------+-----------+-----------+-----------+-----------");
    for score in scores {
        let percent = |x: f64| format!("{:.2}", 100.0 * x);
        anstream::println!(
            "{:<11}|{:>10} |{:>10} |{:>10} |{:>10}",
            score.metric,
            percent(score.precision()),
            percent(score.recall()),
            percent(score.f1()),
            score.aligned_accuracy().map(percent).unwrap_or_default(),
        );
    }
}

fn print_confusions(evaluation: &Evaluation) {
    anstream::println!("\ncolumn  gold -> system  times");
    for confusion in evaluation.confusions.iter().filter(|c| c.count > 1) {
        anstream::println!(
            "{:<7} {} -> {}  {}",
            confusion.column,
            confusion.gold,
            confusion.system,
            confusion.count
        );
    }
}

fn print_worst(evaluation: &Evaluation, n: usize) {
    for sentence in evaluation.worst.iter().take(n) {
        let (wrong, words) = (sentence.wrong, sentence.words);
        anstream::println!("\n{}: {wrong} of {words} words wrong", sentence.name);
        anstream::println!("  {}", sentence.text.replace('\n', " "));
        for detail in &sentence.details {
            anstream::println!("    {detail}");
        }
    }
}
