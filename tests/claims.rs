//! Every claim points at characters of its article, whatever the text.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use reportedly::extract::{Argument, Claim, Extractor};
use reportedly::read::conllu;
use reportedly::text::{Document, Span};
use reportedly::{Article, Pipeline};

/// What is wrong with a claim's places, if anything.
fn fault(document: &Document, claim: &Claim) -> Option<&'static str> {
    let text = &document.article.text;
    let Some(sentence) = document.sentence(claim.sentence) else {
        return Some("the sentence");
    };
    let block = document.article.blocks.get(sentence.block_index as usize);
    if block.is_none_or(|block| !block.span.contains(sentence.span)) {
        return Some("the block");
    }
    let sentence = sentence.span;
    let sound = |span: Span| !span.is_empty() && text.get(span.range()).is_some();
    let inside = |span: Span| sound(span) && sentence.contains(span);
    let whole =
        |a: &Argument| inside(a.phrase) && a.phrase.contains(a.span) && a.span.contains(a.core);
    let arguments = claim.object.iter().chain(claim.qualifiers.iter().map(|q| &q.argument));
    if !whole(&claim.subject) || !arguments.into_iter().all(whole) {
        return Some("an argument");
    }
    if !inside(claim.relation.span) || claim.relation.lemmas.is_empty() {
        return Some("the relation");
    }
    let object = claim.object.iter().map(|o| o.span);
    let mut words = object.chain([claim.relation.span, claim.subject.span]);
    let covers = words.all(|span| claim.clause.contains(span));
    (!inside(claim.clause) || !covers).then_some("the clause")
}

fn check(name: &str, documents: &[Document]) {
    let extractor = Extractor::shipped().expect("the shipped rules compile");
    for document in documents {
        for claim in &extractor.extract(document).claims {
            let fault = fault(document, claim);
            let words = document.slice(claim.clause);
            assert!(fault.is_none(), "{name}: {fault:?} of rule {} in: {words}", claim.rule);
        }
    }
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn claims_point_at_their_words() {
    let folder = common::shared("data/ud");
    for file in ["gum-dev-news.conllu", "ewt-dev.conllu", "gum-dev-free.conllu"] {
        let text = fs::read_to_string(folder.join(file)).expect("a treebank");
        check(file, &conllu::parse(&text, file).documents);
    }
}

#[test]
fn claims_of_a_torn_tree_point_at_their_words() {
    let text = "1\tdid\tdo\tAUX\tVBD\t_\t3\taux\t_\t_\n2\té\té\tNOUN\tNN\t_\t4\tnsubj\t_\t_\n\
                3\trun\trun\tVERB\tVB\t_\t0\troot\t_\t_\n4\tand\tand\tVERB\tVB\t_\t3\tconj\t_\t_\n\
                5\t“\t“\tPUNCT\t``\t_\t2\tobj\t_\t_\n\n";
    check("torn", &conllu::parse(text, "torn").documents);
}

/// How many lines of a file are read as one article, how many such articles of
/// each file, at most, and how many files of each folder.
const LINES: usize = 40;
const ARTICLES: usize = 5;
const FILES: usize = 24;

/// So many of a list, spread over it.
fn spread<T>(all: Vec<T>, most: usize) -> impl Iterator<Item = T> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step)
}

/// The files of a folder and of those below it, by path.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|p| p.is_dir());
    files.sort();
    files.extend(spread(folders, FILES).flat_map(|f| spread(self::files(&f), FILES)));
    files
}

/// The texts of a file: of an archive, those in it.
fn texts(path: &Path) -> Vec<String> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    if !path.to_string_lossy().ends_with(".tar.gz") {
        return fs::read_to_string(path).into_iter().collect();
    }
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let entries = archive.entries().expect("an archive").flatten();
    let text = |mut entry: tar::Entry<'_, _>| {
        let mut text = String::new();
        entry.read_to_string(&mut text).ok().map(|_| text)
    };
    spread(entries.filter_map(text).collect(), FILES).collect()
}

/// Every format is text here, its brackets and columns too.
#[test]
#[ignore = "needs the development data in ../shared"]
fn claims_of_all_development_texts_point_at_their_words() {
    let folder = common::shared("data");
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let is_text = |p: &PathBuf| !p.to_string_lossy().ends_with(".jsonl.gz");
    let mut seen = 0;
    for path in files(&folder).into_iter().filter(is_text) {
        let name = path.display().to_string();
        for text in texts(&path) {
            let lines: Vec<&str> = text.lines().filter(|l| l.len() < 2_000).collect();
            for lines in spread(lines.chunks(LINES).collect(), ARTICLES) {
                let article = Article::new("text", &lines.join("\n"));
                check(&name, &[pipeline.document(article)]);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} texts in {}", folder.display());
}

/// A sentence as `form/lemma/UPOS/XPOS/head/relation`, and what is claimed in it.
fn check_claims(words: &str, expected: &[&str]) {
    let rows = words.split_whitespace().enumerate().map(|(i, word)| {
        let fields: Vec<&str> = word.split('/').collect();
        let [form, lemma, upos, xpos, head, deprel] = fields[..] else { panic!("{word}") };
        format!("{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_\n", i + 1)
    });
    let text = rows.collect::<String>() + "\n";
    let document = conllu::parse(&text, "claims").documents.remove(0);
    let extractor = Extractor::shipped().expect("the shipped rules compile");
    let claims = extractor.extract(&document).claims;
    let shown = claims.iter().map(|claim| {
        assert!(claim.qualifiers.is_empty() || claim.object.is_none(), "{words}: {claim:?}");
        let words = |a: &Argument| document.slice(a.core).to_owned();
        let object = claim.object.as_ref().map_or("-".to_owned(), words);
        let relation = claim.relation.lemmas.join(" ");
        format!("{} | {relation} | {object} ({:?})", words(&claim.subject), claim.polarity)
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected, "{words}");
}

#[test]
fn what_a_clause_leaves_out_is_understood() {
    check_claims(
        "Ada/Ada/PROPN/NNP/2/nsubj sold/sell/VERB/VBD/0/root the/the/DET/DT/4/det \
         barn/barn/NOUN/NN/2/obj and/and/CCONJ/CC/6/cc Ben/Ben/PROPN/NNP/4/conj \
         the/the/DET/DT/8/det mill/mill/NOUN/NN/2/obj",
        &["Ada | sell | barn (Positive)", "Ben | sell | mill (Positive)"],
    );
    check_claims(
        "Ada/Ada/PROPN/NNP/2/nsubj left/leave/VERB/VBD/0/root the/the/DET/DT/4/det \
         town/town/NOUN/NN/2/obj but/but/CCONJ/CC/7/cc Ben/Ben/PROPN/NNP/7/nsubj \
         did/do/AUX/VBD/2/conj n't/not/PART/RB/7/advmod",
        &["Ada | leave | town (Positive)", "Ben | leave | town (Negative)"],
    );
    check_claims(
        "Ada/Ada/PROPN/NNP/2/nsubj voted/vote/VERB/VBD/0/root for/for/ADP/IN/5/case \
         the/the/DET/DT/5/det plan/plan/NOUN/NN/2/obl and/and/CCONJ/CC/7/cc \
         Ben/Ben/PROPN/NNP/5/conj against/against/ADP/IN/9/case it/it/PRON/PRP/7/nmod",
        &["Ada | vote for | plan (Positive)", "Ben | vote against | it (Positive)"],
    );
}

#[test]
fn what_is_excluded_is_denied() {
    check_claims(
        "Ada/Ada/PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root not/not/PART/RB/5/advmod \
         the/the/DET/DT/5/det mayor/mayor/NOUN/NN/2/obj but/but/CCONJ/CC/8/cc \
         her/she/PRON/PRP$/8/nmod:poss deputy/deputy/NOUN/NN/5/conj",
        &["Ada | meet | mayor (Negative)", "Ada | meet | her deputy (Positive)"],
    );
    check_claims(
        "Ada/Ada/PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root not/not/PART/RB/6/advmod \
         only/only/ADV/RB/6/advmod the/the/DET/DT/6/det mayor/mayor/NOUN/NN/2/obj",
        &["Ada | meet | mayor (Positive)"],
    );
}

#[test]
fn joined_verbs_share_their_object() {
    check_claims(
        "Police/police/NOUN/NNS/2/nsubj arrested/arrest/VERB/VBD/0/root and/and/CCONJ/CC/4/cc \
         charged/charge/VERB/VBD/2/conj two/two/NUM/CD/6/nummod men/man/NOUN/NNS/4/obj",
        &["Police | arrest | two men (Positive)", "Police | charge | two men (Positive)"],
    );
    check_claims(
        "Voters/voter/NOUN/NNS/2/nsubj trust/trust/VERB/VBP/0/root her/she/PRON/PRP/2/iobj",
        &["Voters | trust | her (Positive)"],
    );
}
