//! Sentences, words, tags and trees against a treebank, scored as the CoNLL
//! 2018 shared task defines it.
//!
//! In: gold documents and a system's documents over the same characters. Out:
//! precision, recall, F1 and aligned accuracy of each metric; confusions; the
//! worst sentences.
//!
//! The definitions are those of Zeman et al. 2018, *CoNLL 2018 Shared Task:
//! Multilingual Parsing from Raw Text to Universal Dependencies*
//! (<https://aclanthology.org/K18-2001/>), section 5: white space is ignored;
//! words are aligned by their characters, those of multi-word tokens by the
//! longest common subsequence of their forms; relations are compared without
//! subtypes and features restricted to the universal ones; a word counts as
//! attached correctly when its head is aligned with the gold head.

mod align;
mod report;
mod side;

use crate::text::Document;

use align::{Alignment, align};
use side::{Side, Word};

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Its name in the shared task.
    pub metric: &'static str,
    /// Items in the gold data.
    pub gold: usize,
    /// Items in the system's output.
    pub system: usize,
    /// Items that are the same in both.
    pub correct: usize,
    /// Items whose words could be aligned; none for spans.
    pub aligned: Option<usize>,
}

impl Score {
    /// Correct among the system's items, 0 to 1; 0 if there are none.
    pub fn precision(&self) -> f64 {
        ratio(self.correct, self.system)
    }

    /// Correct among the gold items, 0 to 1; 0 if there are none.
    pub fn recall(&self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.correct, self.gold + self.system)
    }

    /// Correct among the aligned items.
    pub fn aligned_accuracy(&self) -> Option<f64> {
        self.aligned.map(|aligned| ratio(self.correct, aligned))
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How often a gold label became a system label, on aligned words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// `UPOS`, `XPOS` or `DEPREL`.
    pub column: &'static str,
    /// What it should have been.
    pub gold: String,
    /// What it was.
    pub system: String,
    /// How often.
    pub count: usize,
}

/// A gold sentence and what went wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSentence {
    /// The article's id and the sentence's number in it, from 1.
    pub name: String,
    /// Its text.
    pub text: String,
    /// How many of its words have not the right head and relation.
    pub wrong: usize,
    /// How many words it has.
    pub words: usize,
    /// Each wrong word: form, gold and system relation and head.
    pub details: Vec<String>,
}

/// The comparison of a system's output with gold data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The metrics, in the order of the shared task.
    pub scores: Vec<Score>,
    /// Confused labels, most frequent first.
    pub confusions: Vec<Confusion>,
    /// Sentences with errors, the one with the most first.
    pub worst: Vec<BadSentence>,
}

/// Why two sides cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// They are not over the same characters.
    #[error("{article}: gold and system differ from character {at} on: `{gold}`, `{system}`")]
    Characters {
        /// The gold article in which they begin to differ.
        article: String,
        /// How many characters other than white space they have in common.
        at: usize,
        /// What follows there in the gold text.
        gold: String,
        /// What follows there in the system's text.
        system: String,
    },
}

/// Compares a system's documents with the gold ones. How the texts are divided
/// into documents does not matter, as long as the characters are the same.
pub fn evaluate(gold: &[Document], system: &[Document]) -> Result<Evaluation, EvaluationError> {
    let (gold, system) = (Side::of(gold), Side::of(system));
    gold.same_characters(&system)?;
    let alignment = align(&gold.words, &system.words);
    Ok(Evaluation {
        scores: scores(&gold, &system, &alignment),
        confusions: report::confusions(&gold, &system, &alignment),
        worst: report::worst(&gold, &system, &alignment),
    })
}

#[allow(clippy::redundant_closure_for_method_calls)] // the methods are of one lifetime only
fn scores(gold: &Side, system: &Side, alignment: &Alignment) -> Vec<Score> {
    let scorer = Scorer { gold: &gold.words, system: &system.words, alignment };
    let any = |_: &Word| true;
    let content = Word::is_content;
    vec![
        spans("Tokens", &gold.tokens, &system.tokens),
        spans("Sentences", &gold.sentences, &system.sentences),
        scorer.words(),
        scorer.score("UPOS", any, |p| p.gold.tag.upos == p.system.tag.upos),
        scorer.score("XPOS", any, |p| p.gold.tag.xpos == p.system.tag.xpos),
        scorer.score("UFeats", any, |p| p.gold.feats == p.system.feats),
        scorer.score("AllTags", any, |p| {
            p.gold.tag.upos == p.system.tag.upos
                && p.gold.tag.xpos == p.system.tag.xpos
                && p.gold.feats == p.system.feats
        }),
        scorer.score("Lemmas", any, |p| p.same_lemma()),
        scorer.score("UAS", any, |p| p.same_head()),
        scorer.score("LAS", any, |p| p.same_arc()),
        scorer.score("CLAS", content, |p| p.same_arc()),
        scorer.score("MLAS", content, |p| p.same_arc() && p.same_morphology()),
        scorer.score("BLEX", content, |p| p.same_arc() && p.same_lemma()),
    ]
}

/// Spans that are in both lists, both in order.
fn spans(metric: &'static str, gold: &[(usize, usize)], system: &[(usize, usize)]) -> Score {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), system.get(s)) {
        correct += usize::from(a == b);
        (g, s) = (g + usize::from(a.0 <= b.0), s + usize::from(b.0 <= a.0));
    }
    Score { metric, gold: gold.len(), system: system.len(), correct, aligned: None }
}

/// An aligned pair of words with what is around it.
struct Pair<'a> {
    gold: &'a Word,
    system: &'a Word,
    alignment: &'a Alignment,
    sides: (&'a [Word], &'a [Word]),
}

impl Pair<'_> {
    fn same_lemma(&self) -> bool {
        self.gold.lemma().is_none_or(|lemma| self.system.tag.lemma == lemma)
    }

    fn same_head(&self) -> bool {
        match (self.gold.parent, self.system.parent) {
            (None, None) => true,
            (Some(gold), Some(system)) => self.alignment.gold_of(system) == Some(gold),
            _ => false,
        }
    }

    fn same_arc(&self) -> bool {
        self.same_head() && self.gold.deprel == self.system.deprel
    }

    /// Tag and features of the word and of its function words.
    fn same_morphology(&self) -> bool {
        let same = |a: &Word, b: &Word| a.tag.upos == b.tag.upos && a.feats == b.feats;
        let same_child = |(&g, &s): (&usize, &usize)| {
            let (Some(gold), Some(system)) = (self.sides.0.get(g), self.sides.1.get(s)) else {
                return false;
            };
            self.alignment.gold_of(s) == Some(g)
                && gold.deprel == system.deprel
                && same(gold, system)
        };
        let (gold, system) = (&self.gold.function_words, &self.system.function_words);
        same(self.gold, self.system)
            && gold.len() == system.len()
            && gold.iter().zip(system).all(same_child)
    }
}

struct Scorer<'a> {
    gold: &'a [Word],
    system: &'a [Word],
    alignment: &'a Alignment,
}

impl Scorer<'_> {
    fn words(&self) -> Score {
        let correct = self.alignment.pairs.len();
        let (gold, system) = (self.gold.len(), self.system.len());
        Score { metric: "Words", gold, system, correct, aligned: None }
    }

    /// Counts the words that `counts`; an aligned pair counts by its gold word.
    fn score(
        &self,
        metric: &'static str,
        counts: impl Fn(&Word) -> bool,
        correct: impl Fn(&Pair<'_>) -> bool,
    ) -> Score {
        let mut score = Score {
            metric,
            gold: self.gold.iter().filter(|w| counts(w)).count(),
            system: self.system.iter().filter(|w| counts(w)).count(),
            correct: 0,
            aligned: Some(0),
        };
        for pair in self.pairs().filter(|p| counts(p.gold)) {
            score.aligned = score.aligned.map(|n| n + 1);
            score.correct += usize::from(correct(&pair));
        }
        score
    }

    fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        self.alignment.pairs.iter().filter_map(|&(gold, system)| {
            let (gold, system) = (self.gold.get(gold)?, self.system.get(system)?);
            let sides = (self.gold, self.system);
            Some(Pair { gold, system, alignment: self.alignment, sides })
        })
    }
}

#[cfg(test)]
mod tests;
