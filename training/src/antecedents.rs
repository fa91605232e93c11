//! Trains the weights that choose antecedents,
//! `models/english/english.antecedents`.
//!
//! The program itself looks for the antecedents of the mentions of the training
//! texts, and asks here which to take: each answer is scored, compared with the
//! gold clusters, and teaches ([`learn`]). The texts are those of `OntoGUM`, of
//! LitBank but for its last ten, and the passages of GAP.

mod gold;
mod learn;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use reportedly::Pipeline;
use reportedly::analyse::antecedents::{Chooser, Ranker, Weights};
use reportedly::analyse::{Parsed, ReferenceLexicon, clusters_by};
use reportedly::eval::coref::{Scores, evaluate};
use reportedly::eval::gap::{GapGold, GapScore, read_gap};
use reportedly::text::Document;

use gold::Lesson;
use learn::Learner;

/// Train the choice of antecedents
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The folder of the data
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// The unpacked LitBank files
    #[arg(long, default_value = "target/training/litbank")]
    litbank: PathBuf,
    /// Where the weights go
    #[arg(long, default_value = "models/english/english.antecedents")]
    output: PathBuf,
    /// How often each text is learned from
    #[arg(long, default_value_t = 4)]
    epochs: usize,
    /// How far each step goes
    #[arg(long, default_value_t = 0.04)]
    rate: f32,
    /// How far each step goes for the vectors of words
    #[arg(long, default_value_t = 0.02)]
    vector_rate: f32,
    /// Where the random numbers begin
    #[arg(long, default_value_t = 17)]
    seed: u64,
    /// How much is taken off the score of there being no antecedent, of names,
    /// descriptions, he and she, it, and other pronouns
    #[arg(long, default_values_t = [0.0, 0.0, 1.5, -0.2, 0.0], num_args = 5, allow_negative_numbers = true)]
    boldness: Vec<f32>,
    /// How much is taken off the scores of names as what descriptions mean
    #[arg(long, default_value_t = 0.5)]
    caution: f32,
    /// The same of names and descriptions as what this and that mean
    #[arg(long, default_value_t = 1.0)]
    demonstrative_caution: f32,
    /// How much LitBank counts beside the others
    #[arg(long, default_value_t = 0.5)]
    fiction: f32,
    /// Start from weights that are there, and only measure
    #[arg(long)]
    measure: bool,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<()> {
    let pipeline = Pipeline::builder().build()?;
    let words = pipeline.analyser().reference_words();
    let development = Development::load(flags, &pipeline)?;
    if flags.measure {
        let weights = Weights::read(&fs::read(&flags.output)?)?;
        println!("{}", development.measure(words, &weights)?);
        return Ok(());
    }
    let mut lessons = gold::load(&flags.data, &flags.litbank, flags.fiction, &pipeline)?;
    println!("{} texts", lessons.len());
    let mut learner = Learner::new(flags.rate, flags.vector_rate, flags.seed);
    for epoch in 1..=flags.epochs {
        fastrand::Rng::with_seed(epoch as u64).shuffle(&mut lessons);
        for lesson in &lessons {
            learn_from(lesson, words, &mut learner);
        }
        learner.end_epoch(2 * epoch > flags.epochs);
        println!("epoch {epoch}: loss {:.4}", learner.take_loss());
        if epoch % 3 == 0 && epoch < flags.epochs {
            println!("{}", development.measure(words, learner.weights())?);
        }
    }
    let mut weights = learner.into_average();
    weights.embolden(&flags.boldness);
    weights.caution(flags.caution, flags.demonstrative_caution);
    let bytes = weights.write();
    println!("{} bytes", bytes.len());
    println!("{}", development.measure(words, &Weights::read(&bytes)?)?);
    fs::write(&flags.output, bytes)?;
    Ok(())
}

fn learn_from(lesson: &Lesson, words: &ReferenceLexicon, learner: &mut Learner) {
    let parsed = Parsed::from(&lesson.document);
    let mut pupil = learner.pupil(lesson);
    clusters_by(&parsed, words, lesson.document.mentions.clone(), &mut pupil);
}

/// A document with the clusters that some weights make.
fn clustered(
    document: &Document,
    words: &ReferenceLexicon,
    chooser: &mut impl Chooser,
) -> Document {
    let parsed = Parsed::from(document);
    let (mentions, clusters) = clusters_by(&parsed, words, document.mentions.clone(), chooser);
    Document { mentions, clusters, ..document.clone() }
}

/// What the weights are measured on.
struct Development {
    /// Gold clusters and texts, by the name of the set.
    clusters: Vec<(&'static str, String, Vec<Document>)>,
    passages: Vec<(GapGold, Document)>,
}

impl Development {
    fn load(flags: &Flags, pipeline: &Pipeline) -> anyhow::Result<Self> {
        let ontogum = gold::ontogum(&flags.data, "dev", pipeline)?;
        let (gold, documents) = gold::litbank_development(&flags.litbank, pipeline)?;
        let passages = gap(&flags.data.join("gap/gap-validation.tsv"), pipeline)?;
        let clusters = vec![("OntoGUM", ontogum.0, ontogum.1), ("LitBank", gold, documents)];
        Ok(Self { clusters, passages })
    }

    fn measure(&self, words: &ReferenceLexicon, weights: &Weights) -> anyhow::Result<String> {
        let again = |document: &Document| {
            clustered(document, words, &mut Ranker::new(weights, document.mentions.len()))
        };
        let mut report = Vec::new();
        for (name, gold, documents) in &self.clusters {
            let documents: Vec<Document> = documents.iter().map(again).collect();
            let scores: Scores = evaluate(gold, &documents)?;
            let [muc, b3, ceaf] = [scores.muc, scores.b3, scores.ceaf_e].map(|s| s.f1());
            report.push(format!("{name} {:.4} ({muc:.3} {b3:.3} {ceaf:.3})", scores.mean()));
        }
        let mut score = GapScore::default();
        for (gold, document) in &self.passages {
            score.add(gold, &again(document));
        }
        report.push(format!("GAP {:.3}, F/M {:.3}", score.overall().f1(), score.bias()));
        Ok(report.join("; "))
    }
}

/// The passages of a GAP file, analysed.
fn gap(path: &Path, pipeline: &Pipeline) -> anyhow::Result<Vec<(GapGold, Document)>> {
    let gold = read_gap(&fs::read_to_string(path)?)
        .map_err(|line| anyhow::anyhow!("{}:{line}", path.display()))?;
    let analysed = |gold: GapGold| {
        let article = reportedly::text::Article::paragraph("gap", gold.text.as_str());
        let document = gold::with_mentions(pipeline.document(article), pipeline);
        (gold, document)
    };
    Ok(gold.into_iter().map(analysed).collect())
}
