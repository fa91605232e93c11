//! `reportedly eval coref`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::analyse::{Analyser, Parsed, clusters, mentions};
use crate::cli::Outcome;
use crate::eval::coref::evaluate;
use crate::pipeline::Pipeline;
use crate::read::conllu;
use crate::text::Document;

/// Score clusters against OntoNotes-style gold data: MUC, B³, CEAF-e and their mean, on head words
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The gold clusters: number, word and brackets a line
    gold: PathBuf,
    /// The same documents in CoNLL-U
    #[arg(long, value_name = "FILE")]
    trees: PathBuf,
    /// Take tags and trees from that file too, not its words alone
    #[arg(long)]
    gold_trees: bool,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let gold = load(&flags.gold)?;
    let pipeline = Pipeline::builder().build()?;
    let given = conllu::parse(&load(&flags.trees)?, "coref").documents;
    let documents: Vec<Document> =
        given.into_iter().map(|d| analysed(pipeline.analyser(), d, flags.gold_trees)).collect();
    let scores = evaluate(&gold, &documents).with_context(|| flags.gold.display().to_string())?;
    anstream::println!("mentions  {}", scores.mentions);
    anstream::println!("MUC       {}", scores.muc);
    anstream::println!("B3        {}", scores.b3);
    anstream::println!("CEAF-e    {}", scores.ceaf_e);
    anstream::println!("mean F1   {:.3}", scores.mean());
    Ok(Outcome::Done)
}

fn load(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// Analyses the words of a document; with gold trees only what is above them.
fn analysed(analyser: &Analyser, given: Document, gold_trees: bool) -> Document {
    let own =
        analyser.annotate(given.article.clone(), given.sentences.clone(), given.tokens.clone());
    if !gold_trees {
        return own;
    }
    let mut document = Document { tags: given.tags, tree: given.tree, ..own };
    let words = analyser.reference_words();
    let parsed = Parsed::from(&document);
    let (mentions, clusters) = clusters(&parsed, words, mentions(&parsed, words));
    document.mentions = mentions;
    document.clusters = clusters;
    document
}
