//! `reportedly check`: are rules, word lists, relations, known entities and shapes
//! that a user wrote whole, and do they do what their examples say?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::pipeline::{files, name, text};
use crate::extract::ExtractorError;
use crate::extract::rule::Example;
use crate::graph::{TurtleKind, declared_relations, gazetteer_entries};
use crate::pipeline::{Pipeline, PipelineBuilder, PipelineError};
use crate::validate::Shapes;

const EXAMPLES: &str = "\
Examples:
  reportedly check my-rules/
      Rules (.rule) and word lists (.tsv), as build --rules takes them.
  reportedly check relations.ttl people.ttl shapes.ttl
      Relations (build --ontology), known entities (build --gazetteer), SHACL
      shapes (validate --shapes); what a file is follows from what it speaks of.

What is broken, what can never be found in a text, and each example (says,
silent, parsed; skos:example, rp:counterExample) that does not hold is named
with its file and line, and with what the program finds in its place.

Exit codes:
  0 all is well, 2 something is not, 1 nothing could be checked.";

/// Check rules, word lists, relations, known entities and shapes of your own
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Files, or folders with such files below them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rules,
    WordList,
    Relations,
    Entities,
    Shapes,
}

struct File {
    name: String,
    text: String,
    kind: Kind,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let (mut given, mut problems) = (Vec::new(), Vec::new());
    for path in &flags.files {
        for path in files(path)? {
            match read(&path) {
                Ok(file) => given.push(file),
                Err(problem) => problems.push(format!("{problem:#}")),
            }
        }
    }
    let all = given.len() + problems.len();
    if given.is_empty() {
        tell(&problems);
        anyhow::bail!("no file that could be checked");
    }
    problems.extend(alone(&mut given));
    let pipeline = together(&mut given, &mut problems)?;
    if problems.is_empty() {
        let is_given = |file: &str| given.iter().any(|f| f.name == file);
        let words = pipeline.unmatchable_words(is_given);
        problems.extend(words.iter().map(ToString::to_string));
        let examples = pipeline.broken_examples(is_given);
        problems.extend(examples.iter().map(ToString::to_string));
    }
    report(all, &given, &pipeline, &problems)
}

fn read(path: &std::path::Path) -> anyhow::Result<File> {
    let (name, text) = (name(path), text(path)?);
    let kind = match path.extension().and_then(|e| e.to_str()) {
        Some("rule") => Kind::Rules,
        Some("tsv") => Kind::WordList,
        Some("ttl") => match TurtleKind::of(&text) {
            TurtleKind::Relations => Kind::Relations,
            TurtleKind::Entities => Kind::Entities,
            TurtleKind::Shapes => Kind::Shapes,
        },
        _ => anyhow::bail!("{name}: neither a rule (.rule), a word list (.tsv) nor Turtle (.ttl)"),
    };
    Ok(File { name, text, kind })
}

/// Reads each Turtle file by itself; those that are broken are taken out.
fn alone(given: &mut Vec<File>) -> Vec<String> {
    let mut problems = Vec::new();
    given.retain(|File { name, text, kind }| {
        let read = match kind {
            Kind::Relations => declared_relations(text, name).err().map(|e| e.to_string()),
            Kind::Entities => gazetteer_entries(text, name).err().map(|e| e.to_string()),
            Kind::Shapes => Shapes::read(text, name).err().map(|e| e.to_string()),
            Kind::Rules | Kind::WordList => None,
        };
        let is_whole = read.is_none();
        problems.extend(read);
        is_whole
    });
    problems
}

/// Makes a pipeline of all files; rules and word lists that are broken are taken out,
/// one after the other.
fn together(given: &mut Vec<File>, problems: &mut Vec<String>) -> anyhow::Result<Pipeline> {
    loop {
        let error = match builder(given).build() {
            Ok(pipeline) => return Ok(pipeline),
            Err(error) => error,
        };
        let file = match &error {
            PipelineError::Rules(ExtractorError::Rule(error)) => error.file.clone(),
            PipelineError::Rules(ExtractorError::Lexicon(error)) => error.file.clone(),
            _ => {
                tell(problems);
                return Err(error.into());
            }
        };
        problems.push(error.to_string());
        let before = given.len();
        given.retain(|f| f.name != file);
        if given.len() == before {
            tell(problems);
            return Err(error.into());
        }
    }
}

fn builder(given: &[File]) -> PipelineBuilder {
    let mut builder = Pipeline::builder();
    for File { name, text, kind } in given {
        builder = match kind {
            Kind::Rules => builder.rules(name, text),
            Kind::WordList => builder.word_list(name, text),
            Kind::Relations => builder.ontology(name, text),
            Kind::Entities => builder.gazetteer(name, text),
            Kind::Shapes => builder,
        };
    }
    builder
}

fn tell(problems: &[String]) {
    for problem in problems {
        anstream::eprintln!("{problem}");
    }
}

/// Tells what was found in so many files.
fn report(
    all: usize,
    given: &[File],
    pipeline: &Pipeline,
    problems: &[String],
) -> anyhow::Result<Outcome> {
    tell(problems);
    let is_given = |file: &str| given.iter().any(|f| f.name == file);
    let rules: Vec<_> =
        pipeline.extractor().rules().all().iter().filter(|rule| is_given(&rule.file)).collect();
    let relations: Vec<_> =
        pipeline.relations().all().iter().filter(|relation| is_given(&relation.file)).collect();
    let of_rules: Vec<&Example> = rules.iter().flat_map(|rule| &rule.examples).collect();
    let of_relations: usize =
        relations.iter().map(|r| r.examples.len() + r.counter_examples.len()).sum();
    let verdict = match problems.len() {
        0 => "all is well".to_owned(),
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    writeln!(
        io::stdout(),
        "{verdict}: {} files, {} rules, {} relations, {} examples",
        all,
        rules.len(),
        relations.len(),
        of_rules.len() + of_relations
    )?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}
