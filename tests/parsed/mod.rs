//! Writes the `parsed` example of a rule that has none: the tree that the model
//! draws today of a sentence of the rule, for a person to check and correct.

use std::fs;
use std::path::Path;

use reportedly::Pipeline;
use reportedly::export::document::conllu::to_conllu;
use reportedly::extract::rule::{Example, Rule, article, first_word};
use reportedly::extract::{Extraction, Graph};
use reportedly::text::{BlockKind, Document};

/// Adds an example to each rule of the files that has none, as its last lines.
/// Gives the rules whose sentences do not fit, so that a person must write one.
pub(crate) fn add_missing(pipeline: &Pipeline) -> Vec<String> {
    let mut rest = Vec::new();
    // From the last rule of a file to its first, so that line numbers stay right.
    for rule in pipeline.extractor().rules().all().iter().rev().filter(|r| !has_parsed(r)) {
        match example(pipeline, rule) {
            Some(block) => insert(rule, &block),
            None => rest.push(format!("{}:{}: {}", rule.file, rule.at.line, rule.id)),
        }
    }
    rest
}

pub(crate) fn has_parsed(rule: &Rule) -> bool {
    rule.examples.iter().any(|e| matches!(e, Example::Parsed { found: true, .. }))
}

/// The block of the first sentence that fits.
fn example(pipeline: &Pipeline, rule: &Rule) -> Option<String> {
    rule.examples.iter().find_map(|example| {
        let Example::Sentence { text, found: true, .. } = example else { return None };
        block(pipeline, rule, &pipeline.document(article(text)))
    })
}

/// The nodes with their forms, and the rows of the sentence.
fn block(pipeline: &Pipeline, rule: &Rule, document: &Document) -> Option<String> {
    let extractor = pipeline.extractor();
    if rule.orders.is_some() {
        return order_block(&extractor.extract(document), document, rule);
    }
    let graph = Graph::new(document, extractor.lexicon());
    let places = extractor.rules().places(rule, &graph);
    let place = places.first()?;
    let mut lines = vec!["parsed".to_owned()];
    for node in &rule.pattern.nodes {
        if let Some(&word) = place.get(node) {
            lines[0] += &format!(" {node}={}", document.form(word));
        }
    }
    lines.extend(rows(&to_conllu(document)));
    Some(lines.join("\n"))
}

/// The same of a rule that goes by the order of words: source and cue, each with its
/// first word.
fn order_block(extraction: &Extraction, document: &Document, rule: &Rule) -> Option<String> {
    let attribution = extraction.attributions.iter().find(|a| a.rule == rule.id)?;
    let heading = document.sentences.iter().any(|s| s.block == BlockKind::Title);
    let mut head = if heading { "parsed heading".to_owned() } else { "parsed".to_owned() };
    for node in ["source", "cue"] {
        head += &first_word(attribution, document, node)
            .map_or(String::new(), |w| format!(" {node}={w}"));
    }
    let rows = rows(&to_conllu(document));
    Some([head].into_iter().chain(rows).collect::<Vec<_>>().join("\n"))
}

/// The columns of each word that a rule can ask for, in line.
fn rows(conllu: &str) -> Vec<String> {
    let words = conllu.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
    let cells: Vec<Vec<String>> = words.filter_map(cells).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).filter_map(width).collect();
    let padded = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}"));
        format!("  {}", cells.collect::<Vec<_>>().join(" ")).trim_end().to_owned()
    };
    cells.iter().map(padded).collect()
}

/// The cells of a row; none of one that joins words. Of the last column only
/// names matter.
fn cells(row: &str) -> Option<Vec<String>> {
    let all: Vec<&str> = row.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = all[..] else {
        panic!("ten columns: {row}")
    };
    if id.contains('-') {
        return None;
    }
    let mut cells: Vec<String> =
        [id, form, lemma, upos, xpos, feats, head, deprel].map(str::to_owned).to_vec();
    if let Some(name) = misc.split('|').find(|m| m.starts_with("NER=")) {
        cells.extend(["_".to_owned(), name.to_owned()]);
    }
    Some(cells)
}

/// Puts a block behind the last line of a rule.
fn insert(rule: &Rule, block: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&rule.file);
    let text = fs::read_to_string(&path).expect("the rule's file");
    let mut lines: Vec<&str> = text.lines().collect();
    let is_of_rule = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let next = lines[rule.at.line..].iter().position(|l| l.starts_with("rule "));
    let end = next.map_or(lines.len(), |n| rule.at.line + n);
    let last = lines[..end].iter().rposition(is_of_rule).expect("the rule's first line");
    lines.insert(last + 1, block);
    fs::write(&path, lines.join("\n") + "\n").expect("the rule's file can be written");
}
