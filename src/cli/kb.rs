//! `reportedly kb`: compile knowledge bases, show what they hold, look names up.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, Subcommand};

use super::Outcome;
use super::pipeline::{knowledge_base, name};
use super::progress::while_reading;
use crate::knowledge::{Format, Options, Summary, compile, parse_kind};
use crate::read::Input;
use crate::resolve::{Entry, NameUse, fold_name};
use crate::text::Sort;

const EXAMPLES: &str = "\
Examples:
  reportedly kb build latest-all.json.bz2 --min-sitelinks 3 -o wikidata.kb
      The items of Wikidata that three Wikipedias have an article on.
  reportedly kb build cities15000.txt people.csv -o mine.kb
      Several inputs; what they say of one id comes together.
  reportedly kb info mine.kb
  reportedly kb search mine.kb \"Upper Orm\"
  reportedly build news/ --store news.store --kb mine.kb
      Names of the articles are linked to what the base knows.

`reportedly kb build --help` tells what is read.";

const BUILD: &str = "\
Inputs, each also .gz, .bz2 or .zst, and - for standard input:
  Wikidata       a JSON dump (latest-all.json): label, aliases, description,
                 class (P31), country (P17, P27), demonym (P1549), GeoNames id
                 (P1566), sitelinks
  .nt, .ttl      labels (rdfs, skos, schema.org, foaf), skos:altLabel, classes,
                 wdt:P17, owl:sameAs, wikibase:sitelinks
  GeoNames       allCountries.txt, cities15000.txt, those of one country
  .csv, .tsv     with a header: an id (qid, iri, id), name, aliases (a|b),
                 kind, country, description, sitelinks, population
  FollowTheMoney lines of JSON, as OpenSanctions publishes them
  .jsonl         {\"qid\": \"Q1\", \"label\": \"\u{2026}\", \"aliases\": [], \"kind\": \"city\",
                 \"desc\": \"\u{2026}\", \"country\": \"PT\", \"sitelinks\": 5,
                 \"same\": [\"https://sws.geonames.org/1/\"],
                 \"src\": [\"our-list\"]}, where src names the sources of the id

Kinds: person, country, city, place, facility, government, media, company,
party, organization, event. Where no kind is given, the description tells it
(\"Portuguese newspaper\"). Of entities that share a name the better known is
likelier: by sitelinks, else by inhabitants.

The same entities give the same file, in whatever order they come. Memory does
not grow with the input; room on disk beside the output does.

Exit codes:
  0 done; 1 an input is broken: nothing is written.";

/// Compile knowledge bases of Wikidata, GeoNames and others, and look into them
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand, Debug)]
enum Task {
    /// Compile dumps, tables and lists to one file for --kb
    #[command(after_help = BUILD)]
    Build(Build),
    /// Show how much a compiled base holds, and check that it is whole
    Info {
        /// A compiled base
        #[arg(value_name = "FILE.kb")]
        file: PathBuf,
    },
    /// Show the entities of a name, the best known first
    Search {
        /// A compiled base
        #[arg(value_name = "FILE.kb")]
        file: PathBuf,
        /// The name; capitals, accents and dots do not matter
        #[arg(value_name = "NAME", required = true)]
        words: Vec<String>,
    },
}

/// What is compiled, and how
#[derive(Args, Debug)]
struct Build {
    /// Dumps, tables, lists; see below
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<Input>,
    /// The file to write
    #[arg(short, long, value_name = "FILE.kb")]
    output: PathBuf,
    /// The format of all inputs, where it does not show: wikidata, ntriples, turtle,
    /// geonames, csv, tsv, ftm, jsonl
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Wikidata: only items of this class (Q515); with =KIND (Q515=city) also what it
    /// means. May be repeated
    #[arg(long, value_name = "CLASS[=KIND]", value_parser = class)]
    class: Vec<(String, Option<Sort>)>,
    /// Wikidata: only items with articles in so many Wikipedias and sister projects
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_sitelinks: u32,
    /// Language of labels and names; may be repeated, the first that there is counts
    #[arg(long, value_name = "TAG", default_values = ["en", "mul"])]
    language: Vec<String>,
    /// What the IRIs of ids begin with that are neither IRIs nor items of Wikidata
    #[arg(long, value_name = "IRI")]
    id_prefix: Option<String>,
}

fn format(name: &str) -> Result<Format, String> {
    let known = Format::ALL.iter().find(|(known, _)| *known == name);
    let names: Vec<&str> = Format::ALL.iter().map(|(name, _)| *name).collect();
    known.map(|(_, format)| *format).ok_or_else(|| format!("one of {}", names.join(", ")))
}

fn class(text: &str) -> Result<(String, Option<Sort>), String> {
    let Some((class, kind)) = text.split_once('=') else { return Ok((text.to_owned(), None)) };
    let sort = parse_kind(kind).ok_or_else(|| format!("{kind} is no kind; see below"))?;
    Ok((class.to_owned(), Some(sort)))
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    match &flags.task {
        Task::Build(flags) => build(flags),
        Task::Info { file } => info(file),
        Task::Search { file, words } => search(file, &words.join(" ")),
    }
}

fn build(flags: &Build) -> anyhow::Result<Outcome> {
    let mut options = Options {
        format: flags.format,
        languages: flags.language.clone(),
        min_sitelinks: flags.min_sitelinks,
        id_prefix: flags.id_prefix.clone(),
        ..Options::default()
    };
    for (class, sort) in &flags.class {
        options.classes.push(class.clone());
        if let Some(sort) = sort {
            options.kinds.add_class(class, *sort);
        }
    }
    let summary = while_reading("compiling", |progress| {
        compile(&flags.inputs, &flags.output, &options, progress)
    })?;
    tell(&summary, &flags.output)?;
    Ok(Outcome::Done)
}

fn tell(summary: &Summary, output: &Path) -> anyhow::Result<()> {
    let Summary { read, entities, names, nameless, .. } = summary;
    let mut out = anstream::stdout().lock();
    let output = output.display();
    writeln!(out, "{output}: {entities} entities, {names} names, of {read} lines")?;
    if *nameless > 0 {
        anstream::eprintln!("warning: {nameless} entities without a name in these languages");
    }
    for (kind, times) in &summary.unknown_kinds {
        anstream::eprintln!("warning: the kind {kind:?} is not known ({times} times)");
    }
    Ok(())
}

fn info(file: &Path) -> anyhow::Result<Outcome> {
    let info = knowledge_base(file)?.info();
    let [entities, postings, names] = info.bytes;
    let mut out = anstream::stdout().lock();
    writeln!(out, "entities  {} in {entities} bytes", info.entities)?;
    writeln!(out, "names     {} in {} bytes", info.names, names + postings)?;
    writeln!(out, "format    {}", info.version)?;
    writeln!(out, "sha256    {}", info.digest)?;
    Ok(Outcome::Done)
}

fn search(file: &Path, words: &str) -> anyhow::Result<Outcome> {
    let base = knowledge_base(file)?;
    let found = base.look_up(&fold_name(words));
    if found.is_empty() {
        bail!("{}: nobody and nothing of the name {words:?}", name(file));
    }
    let mut out = anstream::stdout().lock();
    for (entry, used) in &found {
        writeln!(out, "{}", line(entry, *used))?;
    }
    Ok(Outcome::Done)
}

/// An entity in one line: IRI, label, kind, weight, description, sources of its id.
fn line(entry: &Entry, used: NameUse) -> String {
    let kind = entry.sort.map_or("-", |sort| sort.kind().as_str());
    let description = entry.description.as_deref().unwrap_or("-");
    let used = if used == NameUse::Label { "name" } else { "other name" };
    let Entry { slug, label, weight, .. } = entry;
    let sources = if entry.sources.is_empty() { "-".to_owned() } else { entry.sources.join(", ") };
    format!("{slug}\t{label}\t{kind}\t{weight}\t{used}\t{description}\t{sources}")
}
