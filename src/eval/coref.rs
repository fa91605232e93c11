//! Coreference against gold clusters in OntoNotes style.
//!
//! In: documents with clusters, and a gold file over the same words (number,
//! word, brackets a line: `(3`, `3)`, `(3)`, joined by `|`). Out: MUC (Vilain
//! et al. 1995), B³ (Bagga and Baldwin 1998), CEAF-e (Luo 2005) and their mean.
//!
//! Mentions are compared by their head words, because OntoNotes takes the
//! longest phrase where we take the least that identifies. Its conventions are
//! followed: clusters of one mention do not count, nor do relative pronouns, nor
//! adjectives of nations (*Indian*), nor an apposition beside what it explains, or the
//! name beside the noun that it hangs on.

mod assignment;
mod metrics;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::text::{
    Cluster, Deprel, Document, Mention, MentionKind, TokenId, TokenRange, Tree, Upos,
};

pub(super) use metrics::score;
pub use metrics::{Fraction, Scores};

/// Why a gold file does not fit.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CorefError {
    /// A bracket that is no number, or closes what was not opened.
    #[error("line {line}: `{brackets}` does not close what is open")]
    Bracket {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        brackets: String,
    },
    /// The gold file has another number of documents.
    #[error("{gold} gold documents, but {found} analysed ones")]
    Documents {
        /// In the gold file.
        gold: usize,
        /// Beside it.
        found: usize,
    },
    /// A document's words are not the gold file's.
    #[error("document {document}: {gold} gold words, but {found} analysed ones")]
    Words {
        /// Its number, from 1.
        document: usize,
        /// In the gold file.
        gold: usize,
        /// Beside it.
        found: usize,
    },
}

/// The gold clusters of a document: runs of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Gold {
    words: usize,
    clusters: BTreeMap<u32, Vec<TokenRange>>,
}

/// Scores the clusters of documents against a gold file's, document by document
/// in order, and sums up.
///
/// # Errors
/// Where the file's brackets or words do not fit.
pub fn evaluate(gold: &str, documents: &[Document]) -> Result<Scores, CorefError> {
    let gold = fitting(gold, documents)?;
    let mut scores = Scores::default();
    for (gold, document) in gold.iter().zip(documents) {
        scores += metrics::score(&gold_heads(gold, &document.tree), &found_heads(document));
    }
    Ok(scores)
}

/// The head words of the gold clusters of documents, those of one mention among
/// them.
///
/// # Errors
/// Where the file's brackets or words do not fit.
pub fn gold_clusters(
    gold: &str,
    documents: &[Document],
) -> Result<Vec<Vec<BTreeSet<TokenId>>>, CorefError> {
    let gold = fitting(gold, documents)?;
    Ok(gold.iter().zip(documents).map(|(gold, d)| heads(gold, &d.tree)).collect())
}

/// The gold of documents that have its words.
fn fitting(gold: &str, documents: &[Document]) -> Result<Vec<Gold>, CorefError> {
    let gold = parse(gold)?;
    if gold.len() != documents.len() {
        return Err(CorefError::Documents { gold: gold.len(), found: documents.len() });
    }
    for (i, (gold, document)) in gold.iter().zip(documents).enumerate() {
        let found = document.tokens.len();
        if gold.words != found {
            return Err(CorefError::Words { document: i + 1, gold: gold.words, found });
        }
    }
    Ok(gold)
}

fn parse(text: &str) -> Result<Vec<Gold>, CorefError> {
    let mut documents: Vec<Gold> = Vec::new();
    let mut open: BTreeMap<u32, Vec<TokenId>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("# begin document") {
            documents.push(Gold::default());
            open.clear();
        }
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if documents.is_empty() {
            documents.push(Gold::default());
        }
        let Some(document) = documents.last_mut() else { continue };
        let word = TokenId::from_index(document.words);
        document.words += 1;
        let brackets = line.rsplit('\t').next().unwrap_or("_");
        for bracket in brackets.split('|').filter(|b| !matches!(*b, "_" | "-" | "")) {
            read_bracket(document, &mut open, word, bracket).ok_or_else(|| {
                CorefError::Bracket { line: number + 1, brackets: brackets.to_owned() }
            })?;
        }
    }
    Ok(documents)
}

/// Reads `(3`, `3)`, `(3)`, or several run together: `(3(4)`.
fn read_bracket(
    document: &mut Gold,
    open: &mut BTreeMap<u32, Vec<TokenId>>,
    word: TokenId,
    bracket: &str,
) -> Option<()> {
    let mut rest = bracket;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        rest = rest.strip_prefix('(').unwrap_or(rest);
        let end = rest.find(['(', ')']).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let cluster: u32 = number.parse().ok()?;
        if opens {
            open.entry(cluster).or_default().push(word);
        }
        rest = after;
        if let Some(after) = rest.strip_prefix(')') {
            let first = open.get_mut(&cluster)?.pop()?;
            document.clusters.entry(cluster).or_default().push(first.through(word));
            rest = after;
        } else if !opens {
            return None;
        }
    }
    Some(())
}

/// The head words of the gold clusters that count.
fn gold_heads(gold: &Gold, tree: &Tree) -> Vec<BTreeSet<TokenId>> {
    heads(gold, tree).into_iter().filter(|heads| heads.len() > 1).collect()
}

/// The head words of the gold clusters' mentions.
fn heads(gold: &Gold, tree: &Tree) -> Vec<BTreeSet<TokenId>> {
    let head = |words: &TokenRange| {
        let outside = |t: &TokenId| tree.head(*t).is_none_or(|h| !words.contains(h));
        words.iter().find(outside).unwrap_or(words.start)
    };
    gold.clusters.values().map(|spans| spans.iter().map(head).collect()).collect()
}

/// The head words of a document's clusters, as OntoNotes would have them.
fn found_heads(document: &Document) -> Vec<BTreeSet<TokenId>> {
    let counts = |cluster: &Cluster, mention: &Mention| {
        let tag = document.tag(mention.head);
        let relative = tag.feats.has("PronType", "Rel");
        let adjective = tag.upos == Upos::Adj && mention.kind == MentionKind::Name;
        let explains = [Deprel::Appos, Deprel::Flat].map(|r| document.tree.is(mention.head, r));
        let beside = explains.contains(&true)
            && document.tree.head(mention.head).is_some_and(|h| has_head(document, cluster, h));
        !relative && !adjective && !beside
    };
    let heads = |cluster: &Cluster| -> BTreeSet<TokenId> {
        members(document, cluster).filter(|m| counts(cluster, m)).map(|m| m.head).collect()
    };
    document.clusters.iter().map(heads).filter(|heads| heads.len() > 1).collect()
}

fn members<'a>(document: &'a Document, cluster: &'a Cluster) -> impl Iterator<Item = &'a Mention> {
    cluster.mentions.iter().filter_map(|&m| document.mentions.get(m.index()))
}

fn has_head(document: &Document, cluster: &Cluster, head: TokenId) -> bool {
    members(document, cluster).any(|m| m.head == head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let gold = parse(text).unwrap();
        let clusters = gold[0].clusters.iter();
        let shown =
            |words: &Vec<TokenRange>| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let clusters: Vec<_> = clusters.map(|(c, words)| (*c, shown(words))).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(c, words)| (*c, words.iter().map(ToString::to_string).collect()))
            .collect();
        assert_eq!(clusters, expected);
    }

    #[test]
    fn brackets_are_read() {
        check(
            "# begin document a\n0\tShe\t(1)\n1\tsaw\t_\n2\ther\t(2(1)\n3\tdog\t2)\n",
            &[(1, &["0..1", "2..3"]), (2, &["2..4"])],
        );
        check("0\ta\t(1|(2)\n1\tb\t1)\n", &[(1, &["0..2"]), (2, &["0..1"])]);
    }

    #[test]
    fn brackets_that_do_not_close_are_named() {
        let error = parse("0\ta\t_\n1\tb\t7)\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `7)` does not close what is open");
    }

    /// The clusters of the development documents, on gold words.
    #[test]
    #[ignore = "needs the development data in ../shared"]
    fn development_set_keeps_its_score() {
        let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
        let read = |file: &str| std::fs::read_to_string(format!("{shared}/{file}")).unwrap();
        let (gold, words) = (read("ontogum/dev-free.conll"), read("ud/gum-dev-free.conllu"));
        let pipeline = crate::pipeline::Pipeline::builder().build().unwrap();
        let documents: Vec<Document> = crate::read::conllu::parse(&words, "gum")
            .documents
            .into_iter()
            .map(|d| pipeline.analyser().annotate(d.article, d.sentences, d.tokens))
            .collect();
        let mean = evaluate(&gold, &documents).unwrap().mean();
        assert!(mean > 0.5, "mean F1 {mean:.3}");
    }
}
