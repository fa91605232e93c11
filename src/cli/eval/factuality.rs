//! `reportedly eval factuality`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::super::Outcome;
use super::RuleFlags;
use crate::eval::analyse_sentences;
use crate::eval::factuality::{
    CERTAIN, FactualityGold, FactualityScore, happened, read_factuality, target_token,
};
use crate::extract::Factuality;
use crate::text::{Document, TokenId};

/// Polarity and modality against UDS It-Happened: did it happen?
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The gold file, JSON lines
    gold: PathBuf,
    /// How many of the worst predicates to show
    #[arg(long, default_value_t = 20)]
    worst: usize,
    #[command(flatten)]
    rules: RuleFlags,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let name = || flags.gold.display().to_string();
    let text = std::fs::read_to_string(&flags.gold).with_context(name)?;
    let gold = read_factuality(&text)
        .map_err(|(line, error)| anyhow::anyhow!("{}:{line}: {error}", name()))?;
    let pipeline = flags.rules.pipeline()?;
    let document = analyse_sentences(pipeline.analyser(), gold.iter().map(|g| g.text.as_str()));
    let words: Vec<Vec<Option<TokenId>>> =
        gold.iter().enumerate().map(|(i, g)| words(g, &document, i)).collect();
    let flat: Vec<TokenId> = words.iter().flatten().map(|w| w.unwrap_or_default()).collect();
    let mut factualities = pipeline.extractor().factualities(&document, &flat).into_iter();
    let (mut score, mut wrong) = (FactualityScore::default(), Vec::new());
    for (gold, words) in gold.iter().zip(&words) {
        for (target, word) in gold.targets.iter().zip(words) {
            let factuality = factualities.next().filter(|_| word.is_some());
            score.add(target.label, factuality);
            if let (Some(factuality), Some(word)) = (factuality, word) {
                let right = happened(factuality) == (target.label > 0.0);
                if !right && target.label.abs() >= CERTAIN {
                    wrong.push((target.label, factuality, *word, gold));
                }
            }
        }
    }
    report(&score);
    show(&document, wrong, flags.worst);
    Ok(Outcome::Done)
}

/// The words of a sentence's targets.
fn words(gold: &FactualityGold, document: &Document, sentence: usize) -> Vec<Option<TokenId>> {
    let start = document.sentences.get(sentence).map_or(0, |s| s.span.start);
    gold.targets.iter().map(|t| target_token(gold, t, document, start)).collect()
}

fn report(score: &FactualityScore) {
    anstream::println!(
        "predicates {} of {}; sign where people were certain {:.3} ({} of {})",
        score.aligned.right,
        score.aligned.gold,
        score.certain.recall(),
        score.certain.right,
        score.certain.gold
    );
    anstream::println!(
        "mean absolute error {:.3}; Pearson's r {:.3}",
        score.degrees.mean_error(),
        score.degrees.pearson()
    );
    for (name, s) in
        [("did not or may not", score.negative), ("certainly not", score.certain_negative)]
    {
        anstream::println!(
            "{name}: recall {:.3}, precision {:.3}, F1 {:.3}",
            s.recall(),
            s.precision(),
            s.f1()
        );
    }
}

fn show(
    document: &Document,
    mut wrong: Vec<(f64, Factuality, TokenId, &FactualityGold)>,
    most: usize,
) {
    wrong.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (label, factuality, word, gold) in wrong.into_iter().take(most) {
        let form = document.form(word);
        anstream::println!(
            "\n{label:+.1} but {:?} {:?}: {form}\n      {}",
            factuality.polarity,
            factuality.modality,
            gold.text
        );
    }
}
