//! What there is to learn from: texts with gold clusters.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use reportedly::Pipeline;
use reportedly::analyse::{Parsed, mentions};
use reportedly::eval::coref::gold_clusters;
use reportedly::eval::gap::GapGold;
use reportedly::read::conllu;
use reportedly::text::{Document, MentionKind, Span};

/// A text with what is known of its mentions.
pub(super) struct Lesson {
    pub(super) document: Document,
    /// One a mention.
    pub(super) labels: Vec<Label>,
    /// How much it counts.
    pub(super) weight: f32,
}

/// What is known of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Nothing.
    Unknown,
    /// It is the only mention of what it means.
    Single,
    /// It is one of these.
    Cluster(usize),
    /// It means one of some mentions, where there are any, and none of the others.
    Means { these: Vec<usize>, not_those: Vec<usize> },
}

/// How many of LitBank's files are kept for measuring.
const KEPT: usize = 10;

/// All that is learned from.
pub(super) fn load(
    data: &Path,
    litbank: &Path,
    fiction: f32,
    pipeline: &Pipeline,
) -> anyhow::Result<Vec<Lesson>> {
    let (gold, documents) = ontogum(data, "train", pipeline)?;
    let mut lessons = lessons(&gold, documents, &Label::Single, 1.0)?;
    let files = litbank_files(litbank)?;
    for file in &files[..files.len().saturating_sub(KEPT)] {
        let (gold, documents) = litbank_text(file, pipeline)?;
        lessons.extend(self::lessons(&gold, documents, &Label::Unknown, fiction)?);
    }
    let passages = super::gap(&data.join("gap/gap-development.tsv"), pipeline)?;
    lessons.extend(passages.into_iter().map(|(gold, document)| passage(&gold, document)));
    Ok(lessons)
}

/// The gold and the analysed texts of a part of `OntoGUM`.
pub(super) fn ontogum(
    data: &Path,
    part: &str,
    pipeline: &Pipeline,
) -> anyhow::Result<(String, Vec<Document>)> {
    let gold = fs::read_to_string(data.join(format!("ontogum/{part}-free.conll")))?;
    let words = fs::read_to_string(data.join(format!("ud/gum-{part}-free.conllu")))?;
    Ok((gold, analysed(&words, pipeline)))
}

/// The gold and the analysed texts of LitBank that are kept for measuring.
pub(super) fn litbank_development(
    litbank: &Path,
    pipeline: &Pipeline,
) -> anyhow::Result<(String, Vec<Document>)> {
    let files = litbank_files(litbank)?;
    let (mut gold, mut documents) = (String::new(), Vec::new());
    for file in &files[files.len().saturating_sub(KEPT)..] {
        let (text, found) = litbank_text(file, pipeline)?;
        gold += &text;
        documents.extend(found);
    }
    Ok((gold, documents))
}

fn litbank_files(litbank: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(litbank).with_context(|| litbank.display().to_string())?;
    let mut files: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "conll"));
    files.sort();
    Ok(files)
}

/// A file of LitBank: its words as CoNLL-U, analysed, and its brackets as the
/// scorer wants them.
fn litbank_text(path: &Path, pipeline: &Pipeline) -> anyhow::Result<(String, Vec<Document>)> {
    let text = fs::read_to_string(path)?;
    let (mut words, mut gold) = (String::new(), "# begin document\n".to_owned());
    let mut number = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let Some(form) = columns.get(3) else {
            number = 0;
            words.push('\n');
            continue;
        };
        number += 1;
        writeln!(words, "{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_")?;
        let brackets = columns.last().filter(|b| !b.is_empty()).unwrap_or(&"_");
        writeln!(gold, "{number}\t{form}\t{brackets}")?;
    }
    words.push('\n');
    Ok((gold, analysed(&words, pipeline)))
}

fn analysed(words: &str, pipeline: &Pipeline) -> Vec<Document> {
    let given = conllu::parse(words, "text").documents;
    let annotate = |d: Document| pipeline.analyser().annotate(d.article, d.sentences, d.tokens);
    given.into_iter().map(annotate).map(|document| with_mentions(document, pipeline)).collect()
}

/// A document with all its mentions, those of clauses that nothing takes up among them.
pub(super) fn with_mentions(mut document: Document, pipeline: &Pipeline) -> Document {
    document.mentions = mentions(&Parsed::from(&document), pipeline.analyser().reference_words());
    document
}

fn lessons(
    gold: &str,
    documents: Vec<Document>,
    other: &Label,
    weight: f32,
) -> anyhow::Result<Vec<Lesson>> {
    let clusters = gold_clusters(gold, &documents)?;
    let mut lessons = Vec::new();
    for (document, clusters) in documents.into_iter().zip(clusters) {
        let mut by_head = BTreeMap::new();
        for (number, cluster) in clusters.iter().enumerate() {
            let label = if cluster.len() > 1 { Label::Cluster(number) } else { Label::Single };
            by_head.extend(cluster.iter().map(|&head| (head, label.clone())));
        }
        let label = |m: &reportedly::text::Mention| by_head.get(&m.head).unwrap_or(other).clone();
        let labels = document.mentions.iter().map(label).collect();
        lessons.push(Lesson { document, labels, weight });
    }
    Ok(lessons)
}

/// A passage of GAP.
fn passage(gold: &GapGold, document: Document) -> Lesson {
    let mentions = || document.mentions.iter().enumerate();
    let within = |name: Span| {
        let inside = mentions().filter(|(_, m)| {
            m.kind != MentionKind::Pronoun && name.contains(document.span(m.head))
        });
        inside.map(|(i, _)| i).collect::<Vec<_>>()
    };
    let (mut these, mut not_those) = (Vec::new(), Vec::new());
    for (name, is_meant) in gold.names {
        if is_meant { &mut these } else { &mut not_those }.extend(within(name));
    }
    let label = Label::Means { these, not_those };
    let labels = document.mentions.iter().map(|m| {
        if document.span(m.head) == gold.pronoun { label.clone() } else { Label::Unknown }
    });
    let labels = labels.collect();
    Lesson { document, labels, weight: 1.0 }
}
