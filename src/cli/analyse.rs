//! `reportedly analyse`.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvError, sync_channel};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::Outcome;
use super::{pipeline, reading};
use crate::export::document::{Paint, conllu, drawings, page};
use crate::pipeline::{Analysis, Pipeline};
use crate::read::{self, Input, Item, ReadError};

const EXAMPLES: &str = "\
Examples:
  reportedly analyse article.txt
      Tags under words, the tree of each sentence, what it says and who says it.
  reportedly analyse page.html
      The same, below what told title, author and day, and what was left out and why.
  reportedly analyse examples/ --format jsonl -o analysis.jsonl
      One JSON object an article; its schema is ontology/analysis.schema.json.
  reportedly analyse examples/ --format jsonl | jq -r '.claims[] | [.subject.text, .relation.lemma, .object.text] | @tsv'
      Every claim as a table.
  cat article.txt | reportedly analyse - --format conllu > article.conllu
      The parse, for other tools; corrected by hand or made by another parser,
      article.conllu is an input like any other.
  reportedly analyse article.txt --format svg -o article.svg
      A drawing of every sentence.

Inputs:
  Pages (.html, .mhtml), texts (.txt, .md), feeds (.rss, .atom), tables (.csv,
  .tsv, .parquet), JSON (.jsonl, .json), news formats (NITF, NewsML-G2, ninjs), documents
  (.pdf, .docx, .odt, .rtf, .epub), mail (.eml, .mbox), parses (.conllu),
  archives of all these (.warc, .wacz, .zip, .tar), each also .gz or .zst;
  folders with such files below them, and - for standard input. A text may
  start with a header of lines like \"title: …\", \"publisher: …\",
  \"date: 2022-05-22\" and a blank line.
  Articles that are not in English are skipped, each by name.

Exit codes:
  0 all well, 1 nothing done, 2 some inputs failed (each is named).";

/// Show what the pipeline sees in articles, layer by layer
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<Input>,
    /// What to show, and for whom
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many articles are worked on at a time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    reading: reading::Flags,
    #[command(flatten)]
    pipeline: pipeline::Flags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object an article: every layer, offsets in characters
    Jsonl,
    /// CoNLL-U: sentences, words, tags, trees, names
    Conllu,
    /// For people: tags under words, trees, claims
    Text,
    /// One drawing of all sentences
    Svg,
}

/// How many articles a thread are on their way at a time: so many that none
/// waits for the writer, which waits for the one whose turn it is.
const ON_THE_WAY: usize = 32;

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let pipeline = flags.pipeline.builder()?.build()?;
    let mut out = Out::new(flags)?;
    let threads = flags.threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let most = ON_THE_WAY * pool.current_num_threads();
    let (look, pipeline) = (out.format, &pipeline);
    // The pool's threads work on articles; this one reads them, and writes what
    // becomes of them in the order they were read.
    pool.in_place_scope(|scope| -> io::Result<()> {
        let mut on_the_way = VecDeque::new();
        let explain = look.format == Format::Text;
        let options = read::Options { explain, ..flags.reading.options(pipeline) };
        for item in read::articles(&flags.inputs, &options) {
            if on_the_way.len() >= most {
                on_the_way.pop_front().map_or(Ok(()), |part| out.receive(&part))?;
            }
            let (sender, receiver) = sync_channel(1);
            // Nobody receives after the output has failed.
            scope.spawn(move |_| drop(sender.send(look.part(pipeline, item))));
            on_the_way.push_back(receiver);
        }
        on_the_way.iter().try_for_each(|part| out.receive(part))
    })?;
    out.finish()
}

/// What one article adds to the output.
enum Part {
    Text(String),
    Drawing(Box<Analysis>),
}

/// A format with all that it needs to know.
#[derive(Clone, Copy)]
struct Look {
    format: Format,
    paint: Paint,
}

impl Look {
    fn part(self, pipeline: &Pipeline, item: Result<Item, ReadError>) -> anyhow::Result<Part> {
        if self.format == Format::Conllu {
            // It has no place for claims.
            let mut document = pipeline.document(item?);
            pipeline.enhance(&mut document);
            return Ok(Part::Text(conllu::to_conllu(&document)));
        }
        let analysis = pipeline.analyse(item?);
        Ok(Part::Text(match self.format {
            Format::Jsonl => analysis.json() + "\n",
            Format::Text => page(&analysis.findings(), self.paint) + "\n",
            Format::Svg | Format::Conllu => return Ok(Part::Drawing(Box::new(analysis))),
        }))
    }
}

/// Where the output goes, in the order of the inputs.
struct Out {
    format: Look,
    to: Box<dyn Write>,
    /// For the one drawing of all, which needs to know its size.
    drawn: Vec<Analysis>,
    done: usize,
    failed: usize,
}

impl Out {
    fn new(flags: &Flags) -> anyhow::Result<Self> {
        let to: Box<dyn Write> = match &flags.output {
            None => Box::new(BufWriter::new(io::stdout().lock())),
            Some(path) => {
                let file = File::create(path).with_context(|| path.display().to_string())?;
                Box::new(BufWriter::new(file))
            }
        };
        let colour = flags.output.is_none() && has_colour();
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| width.0.into());
        let paint = Paint { colour, width };
        Ok(Self {
            format: Look { format: flags.format, paint },
            to,
            drawn: Vec::new(),
            done: 0,
            failed: 0,
        })
    }

    /// Waits for the part of one article, and writes it or says why there is none.
    fn receive(&mut self, part: &Receiver<anyhow::Result<Part>>) -> io::Result<()> {
        match part.recv() {
            Ok(Ok(part)) => {
                self.done += 1;
                self.write(part)
            }
            Ok(Err(error)) => {
                let note = error.downcast_ref().is_some_and(ReadError::is_note);
                self.failed += usize::from(!note);
                anstream::eprintln!("reportedly: {error}");
                Ok(())
            }
            // The thread panicked, and the pool passes that on.
            Err(RecvError) => Ok(()),
        }
    }

    fn write(&mut self, part: Part) -> io::Result<()> {
        match part {
            Part::Text(text) => self.to.write_all(text.as_bytes()),
            Part::Drawing(analysis) => {
                self.drawn.push(*analysis);
                Ok(())
            }
        }
    }

    fn finish(mut self) -> anyhow::Result<Outcome> {
        if !self.drawn.is_empty() {
            let documents = self.drawn.iter().map(Analysis::document);
            self.to.write_all(drawings(documents).as_bytes())?;
        }
        self.to.flush()?;
        match (self.done, self.failed) {
            (0, 1..) => anyhow::bail!("nothing could be read"),
            (_, 0) => Ok(Outcome::Done),
            _ => Ok(Outcome::SomeFailed),
        }
    }
}

/// Whether standard output is a terminal that wants colour.
fn has_colour() -> bool {
    let choice = anstream::AutoStream::choice(&io::stdout());
    choice != anstream::ColorChoice::Never && io::stdout().is_terminal()
}
