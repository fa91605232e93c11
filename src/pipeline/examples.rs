//! Whether rules and relations do what the examples say that they carry.
//!
//! A rule has parsed examples, which test it alone, and sentences, which go through
//! the whole pipeline; a declared relation has sentences that express it, and others
//! that come near and do not.

use std::fmt;

use compact_str::CompactString;

use super::Pipeline;
use crate::extract::rule::{Emit, Example, Parsed, Rule, article, first_word};
use crate::extract::{Attribution, Claim, ClaimId, Extraction, Graph, Modality, Polarity};
use crate::resolve::{Declared, Sentence};
use crate::text::{Article, Document};

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenExample {
    /// The file that it stands in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule or relation that carries it.
    pub name: String,
    /// The sentence.
    pub text: String,
    /// How it breaks.
    pub fault: Fault,
}

/// How an example breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A parse that cannot be read.
    BadParse(String),
    /// A parsed sentence that the rule must fit and does not, or the other way round.
    Parsed {
        /// Whether it must fit.
        must: bool,
    },
    /// A sentence that must give something and does not, or the other way round.
    Sentence {
        /// Whether it must.
        must: bool,
        /// A claim that it must give, where it gives others.
        lacks: Option<String>,
        /// The claims that it gives.
        has: Vec<String>,
    },
}

impl BrokenExample {
    /// Whether it is a sentence that must give something and does not: a wrong tree
    /// may be the reason.
    pub fn is_missed(&self) -> bool {
        matches!(self.fault, Fault::Sentence { must: true, .. })
    }
}

impl fmt::Display for BrokenExample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, name, text, fault } = self;
        write!(f, "{file}:{line}: {name}: ")?;
        let (must, lacks, has) = match fault {
            Fault::BadParse(problem) => return write!(f, "parsed example: {problem}"),
            Fault::Parsed { must } => (*must, None, &[][..]),
            Fault::Sentence { must, lacks, has } => (*must, lacks.as_ref(), has.as_slice()),
        };
        let verdict = if must { "is not found in" } else { "must not be found in" };
        match lacks {
            Some(claim) => write!(f, "“{text}” does not give\n    {claim}")?,
            None => write!(f, "{verdict} “{text}”")?,
        }
        if !has.is_empty() {
            write!(f, "\n  it gives\n    {}", has.join("\n    "))?;
        }
        Ok(())
    }
}

/// Words that no claim ever has, since they are no lemmas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatchable {
    /// The file of the relation.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The relation.
    pub relation: String,
    /// The words.
    pub words: String,
    /// What is to be written in their place.
    pub right: String,
}

impl fmt::Display for Unmatchable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, relation, words, right } = self;
        write!(
            f,
            "{file}, line {line}: rel:{relation} has the words `{words}`, which can never be found, \
             as lemmas are compared: write `{right}`"
        )
    }
}

impl Pipeline {
    /// The examples of the rules and relations of some files that do not hold, in
    /// the order of the rules, then of the relations.
    pub fn broken_examples(&self, is_of: impl Fn(&str) -> bool) -> Vec<BrokenExample> {
        let rules = self.extractor().rules().all().iter().filter(|rule| is_of(&rule.file));
        let mut broken = Vec::new();
        for rule in rules {
            broken.extend(rule.examples.iter().filter_map(|e| self.broken_of_rule(rule, e)));
        }
        for relation in self.relations().all().iter().filter(|r| is_of(&r.file)) {
            let examples = relation.examples.iter().map(|example| (example, true));
            let others = relation.counter_examples.iter().map(|example| (example, false));
            let all = examples.chain(others);
            broken.extend(all.filter_map(|(e, must)| self.broken_of_relation(relation, e, must)));
        }
        broken
    }

    /// The words of relations of some files that no claim ever has.
    pub fn unmatchable_words(&self, is_of: impl Fn(&str) -> bool) -> Vec<Unmatchable> {
        let mut all = Vec::new();
        for relation in self.relations().all().iter().filter(|r| is_of(&r.file)) {
            for word in &relation.words {
                let right = self.analyser().lemmatiser().as_lemmas(&word.lemmas);
                all.extend(right.map(|right| Unmatchable {
                    file: relation.file.clone(),
                    line: word.line,
                    relation: relation.name.clone(),
                    words: word.lemmas.clone(),
                    right,
                }));
            }
        }
        all
    }

    fn broken_of_rule(&self, rule: &Rule, example: &Example) -> Option<BrokenExample> {
        let (line, text, fault) = match example {
            Example::Parsed { parse, found, at } => match parse.read() {
                Err(problem) => (at.line, String::new(), Fault::BadParse(problem)),
                Ok(Parsed { document, bound }) => {
                    let fits = self.fits(rule, &document, &bound);
                    let text = document.article.text.clone();
                    (fits != *found).then_some((at.line, text, Fault::Parsed { must: *found }))?
                }
            },
            Example::Sentence { text, found, gives, at } => {
                let (must, document) = (*found, self.document(article(text)));
                let extraction = self.extractor().extract(&document);
                let has: Vec<String> =
                    extraction.claims.iter().map(|c| show(&document, c)).collect();
                let lacks = gives.iter().find(|claim| !has.contains(claim)).cloned();
                let is_wrong = self.fits(rule, &document, &[]) != must
                    && (must || is_attributed(rule, &extraction));
                (is_wrong || lacks.is_some())
                    .then(|| (at.line, text.clone(), Fault::Sentence { must, lacks, has }))?
            }
        };
        let (file, name) = (rule.file.clone(), rule.id.to_string());
        Some(BrokenExample { file, line, name, text, fault })
    }

    /// Whether a rule fits a document, its nodes bound to these words.
    fn fits(
        &self,
        rule: &Rule,
        document: &Document,
        bound: &[(CompactString, CompactString)],
    ) -> bool {
        let extractor = self.extractor();
        match rule.orders {
            // What is read of a row of words depends on the list of cues.
            Some(_) => attributes(&extractor.extract(document), document, rule, bound),
            None => {
                let graph = Graph::new(document, extractor.lexicon());
                extractor.rules().fits(rule, &graph, bound)
            }
        }
    }

    fn broken_of_relation(
        &self,
        relation: &Declared,
        example: &Sentence,
        must: bool,
    ) -> Option<BrokenExample> {
        let analysis = self.analyse(Article::new("example", &example.text));
        let (document, statements) = (analysis.document(), analysis.statements());
        let mut expressed = statements.iter().filter_map(|statement| statement.expresses.as_ref());
        let is_given = expressed.any(|expressed| expressed.relation.name == relation.name);
        let is_told = |i| statements.iter().any(|it| it.claim == ClaimId::from_index(i));
        let shown = |(i, claim)| {
            let why = if is_told(i) { "" } else { " (not told: nothing says who the pronoun is)" };
            format!("{}{why}", show(document, claim))
        };
        let has = analysis.claims().iter().enumerate().map(shown).collect();
        (is_given != must).then(|| BrokenExample {
            file: relation.file.clone(),
            line: example.line,
            name: format!("rel:{}", relation.name),
            text: example.text.clone(),
            fault: Fault::Sentence { must, lacks: None, has },
        })
    }
}

/// Whether what a rule attributes is found, where it attributes something: a rule may fit
/// a sentence whose attribution another one makes.
fn is_attributed(rule: &Rule, extraction: &Extraction) -> bool {
    let attributes = rule.emits.iter().any(|emit| matches!(emit, Emit::Attribution(_)));
    !attributes || extraction.attributions.iter().any(|a| a.rule == rule.id)
}

/// Whether a rule attributes something, to the source and by the cue that begin with
/// these words.
fn attributes(
    extraction: &Extraction,
    document: &Document,
    rule: &Rule,
    bound: &[(CompactString, CompactString)],
) -> bool {
    let fits = |attribution: &Attribution| {
        let is_bound = |(node, form): &(CompactString, CompactString)| {
            first_word(attribution, document, node) == Some(form.as_str())
        };
        attribution.rule == rule.id && bound.iter().all(is_bound)
    };
    extraction.attributions.iter().any(fits)
}

/// A claim as examples write it: `subject | relation | object | marks`.
fn show(document: &Document, claim: &Claim) -> String {
    let object = claim.object.as_ref().map_or("-", |o| document.slice(o.phrase));
    let mut parts = vec![
        document.slice(claim.subject.phrase).to_owned(),
        claim.relation.lemmas.join(" "),
        object.to_owned(),
    ];
    let mut marks = Vec::new();
    if claim.polarity == Polarity::Negative {
        marks.push("negative".to_owned());
    }
    if claim.modality != Modality::Actual {
        marks.push(format!("{:?}", claim.modality).to_lowercase());
    }
    if !marks.is_empty() {
        parts.push(marks.join(" "));
    }
    parts.join(" | ")
}
