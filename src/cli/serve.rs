//! `reportedly serve` and `reportedly mcp`: the store in a browser, over SPARQL, and
//! for agents.

use std::ffi::OsString;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use super::build::Assert;
use super::{Outcome, pipeline};
use crate::serve::{self, Answering, Limits, Options, Token, WorkerCommand, Writing};

const EXAMPLES: &str = "\
Examples:
  reportedly serve --store examples.store
      Then open http://127.0.0.1:7878/ in a browser: search, articles with their
      claims marked, entities, sources, questions. Ctrl-C stops it.
  curl -H 'Accept: text/csv' http://127.0.0.1:7878/sparql --data-urlencode 'query=SELECT ?o { ?s rel:guards ?o }'
      SPARQL 1.1 Protocol; CSV, TSV, JSON, XML; Turtle, JSON-LD for graphs.
  curl 'http://127.0.0.1:7878/api/search?q=kirby'
      JSON; http://127.0.0.1:7878/api/openapi.json describes it.
  http://127.0.0.1:7878/reconcile
      A reconciliation service for OpenRefine.
  http://127.0.0.1:7878/mcp
      For assistants (Model Context Protocol); `reportedly mcp` is the same without
      a server.
  reportedly serve --store examples.store --writable
      Prints a token; who has it adds articles (/add), withdraws them, sends updates.
  curl -H \"Authorization: Bearer $(cat token)\" http://127.0.0.1:7878/api/articles?name=ferry.txt --data-binary @ferry.txt
      Adds an article, with --writable --token-file token.

Without --writable nothing is written; nothing is ever fetched or sent. Builds into
the same store go on meanwhile, and what they publish is seen at once. It listens
on this machine only; --bind 0.0.0.0:7878 lets the whole network read the store,
without asking who they are. Who writes over a network needs a proxy with TLS before
it, as the token is sent as it is.

Exit codes:
  0 stopped; 1 not started: no store, or the address is taken.";

/// Serve the store: pages, SPARQL, JSON, and tools for assistants
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Another name that browsers reach it by, when it listens on this machine only;
    /// may be repeated
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// A site whose pages may read SPARQL, JSON and RDF, such as https://desk.example;
    /// * for every site; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    #[command(flatten)]
    limits: LimitFlags,
    /// Work on queries for another server, on standard input
    #[arg(long, hide = true)]
    worker: bool,
    /// So many queries are worked on at a time; others wait
    #[arg(long, value_name = "N", default_value_t = Limits::default().queries)]
    queries: usize,
    /// No request may be longer
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body)]
    max_body: usize,
    /// No request that adds articles may be longer
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().upload)]
    max_upload: usize,
    /// Let whoever has a token write: add and withdraw articles, send SPARQL updates
    #[arg(long)]
    writable: bool,
    /// File whose words are the token [default: one is made, and printed]
    #[arg(long, value_name = "FILE", requires = "writable")]
    token_file: Option<PathBuf>,
    /// Whose positive, actual claims become asserted triples, in articles that are added
    #[arg(long, value_enum, default_value_t = Assert::Own)]
    assert: Assert,
    #[command(flatten)]
    pipeline: pipeline::Flags,
}

/// How much may be asked.
#[derive(Args, Debug)]
struct LimitFlags {
    /// Stop a query after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().timeout.as_secs_f64())]
    timeout: f64,
    /// No answer has more rows or triples
    #[arg(long, value_name = "N", default_value_t = Limits::default().rows)]
    max_rows: usize,
    /// No answer is longer
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().bytes)]
    max_bytes: usize,
    /// No query takes more bytes of memory (on Linux)
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().memory)]
    max_memory: u64,
}

impl LimitFlags {
    fn limits(&self) -> anyhow::Result<Limits> {
        let timeout = Duration::try_from_secs_f64(self.timeout)
            .with_context(|| format!("--timeout {}: not a number of seconds", self.timeout))?;
        Ok(Limits {
            timeout,
            rows: self.max_rows,
            bytes: self.max_bytes,
            memory: self.max_memory,
            ..Limits::default()
        })
    }

    /// What is answered from within these limits.
    fn answering(&self, store: &Path, pipeline: &pipeline::Flags) -> anyhow::Result<Answering> {
        Ok(Answering {
            store: store.to_owned(),
            limits: self.limits()?,
            worker: Some(self.worker(store, pipeline)?),
            pipeline: pipeline.builder()?,
        })
    }

    /// How this program is started to work on queries within these limits.
    fn worker(&self, store: &Path, pipeline: &pipeline::Flags) -> anyhow::Result<WorkerCommand> {
        let program = std::env::current_exe().context("where this program is")?;
        let mut arguments: Vec<OsString> = ["serve", "--worker", "--store"].map(Into::into).into();
        arguments.push(store.into());
        for (name, value) in [
            ("--timeout", self.timeout.to_string()),
            ("--max-rows", self.max_rows.to_string()),
            ("--max-bytes", self.max_bytes.to_string()),
        ] {
            arguments.extend([name.into(), value.into()]);
        }
        arguments.extend(pipeline.arguments());
        Ok(WorkerCommand { program: program.into(), arguments })
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let mut answering = flags.limits.answering(&flags.store, &flags.pipeline)?;
    answering.limits.queries = flags.queries;
    answering.limits.body = flags.max_body;
    answering.limits.upload = flags.max_upload;
    answering.pipeline = answering.pipeline.assertion(flags.assert.into());
    if flags.worker {
        let answering = Answering { worker: None, ..answering };
        serve::work(&answering, io::stdin().lock(), io::stdout())?;
        return Ok(Outcome::Done);
    }
    anyhow::ensure!(flags.queries > 0, "--queries 0: no query would ever be answered");
    let options = Options {
        answering,
        bind: flags.bind,
        hosts: flags.host.clone(),
        origins: flags.allow_origin.clone(),
        writing: flags.writable.then(|| flags.writing()).transpose()?,
    };
    serve::serve(&options, |address| {
        anstream::eprintln!("serving {} at http://{address}/", flags.store.display());
        if let (Some(writing), None) = (&options.writing, &flags.token_file) {
            anstream::eprintln!("who has this token may write: {}", writing.token.as_str());
        }
    })?;
    Ok(Outcome::Done)
}

impl Flags {
    /// Who may write, and what articles are built with.
    fn writing(&self) -> anyhow::Result<Writing> {
        let token = match &self.token_file {
            None => Token::generate()?,
            Some(file) => {
                let named = || format!("--token-file {}", file.display());
                let text = std::fs::read_to_string(file).with_context(named)?;
                Token::parse(&text).with_context(named)?
            }
        };
        Ok(Writing { token, activity: self.pipeline.activity(self.assert.into())? })
    }
}

const AGENT_EXAMPLES: &str = "\
Examples:
  reportedly mcp --store news.store
      Started by an assistant that speaks the Model Context Protocol, which sends
      one message a line. Its settings want the command and its arguments:
      {\"command\": \"reportedly\", \"args\": [\"mcp\", \"--store\", \"/path/to/news.store\"]}

Tools: search_entities, who_said_what, claims_about, corroboration,
contradictions, article, analyse_text, sparql. Each answer has the quoted words,
article, publisher, day and offsets. Nothing is written, fetched or sent.

Exit codes:
  0 no more messages; 1 no store.";

/// Answer an assistant's questions (Model Context Protocol, on standard input)
#[derive(Args, Debug)]
#[command(after_help = AGENT_EXAMPLES)]
pub(crate) struct AgentFlags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    #[command(flatten)]
    limits: LimitFlags,
    #[command(flatten)]
    pipeline: pipeline::Flags,
}

pub(crate) fn run_for_agents(flags: &AgentFlags) -> anyhow::Result<Outcome> {
    let answering = flags.limits.answering(&flags.store, &flags.pipeline)?;
    serve::mcp(&answering)?;
    Ok(Outcome::Done)
}
