//! `reportedly push`: the graphs of a store to a SPARQL endpoint.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::endpoint::EndpointFlags;
use super::export::Amount;
use super::progress::Counter;
use crate::endpoint::{Client, PushOptions, Pushed, push};
use crate::graph::Store;

const EXAMPLES: &str = "\
Examples:
  reportedly push --store news.store --endpoint http://localhost:7878/query
      To Oxigraph; updates go to http://localhost:7878/update.
  reportedly push --store news.store --endpoint http://localhost:3030/news/query \\
      --graph-store http://localhost:3030/news/data
      To Jena Fuseki, each graph as a whole, which is faster.
  reportedly push --store news.store --endpoint https://db.example/sparql \\
      --user editor --password-file password.txt
      As somebody; or with a token in REPORTEDLY_TOKEN.
  reportedly push --store news.store --endpoint https://db.example/sparql --dry-run
      What has changed since the last time, and would be sent.
  reportedly query said-by --endpoint http://localhost:7878/query --set who=Kirby
      Questions to what is there.

Each article is a named graph there as in the store. What was sent is noted in a graph
of its own (graph/pushed), by digests: the next run sends what is new or changed, from
whatever machine, takes out what is no longer in the store, and goes on where one was
cut short. Nothing else at the endpoint is touched.

Exit codes:
  0 the endpoint holds what the store holds, 1 not.";

/// Send the graphs of a store to a SPARQL endpoint
///
/// Any that has the SPARQL 1.1 Protocol with Update, such as Oxigraph, Jena Fuseki,
/// GraphDB or Virtuoso.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Address that answers queries
    #[arg(long, value_name = "URL")]
    endpoint: String,
    /// Address that takes updates [default: the endpoint, but /update where it ends in /query]
    #[arg(long, value_name = "URL")]
    update: Option<String>,
    /// Address that takes whole graphs (Graph Store Protocol); they then go there
    #[arg(long, value_name = "URL")]
    graph_store: Option<String>,
    /// How much of each graph
    #[arg(long, value_enum, default_value_t = Amount::Full)]
    profile: Amount,
    /// About so many bytes go in one request
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    batch: usize,
    /// Only tell what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    asks: EndpointFlags,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let store = Store::open(&flags.store)?;
    let mut options = flags.asks.options(&flags.endpoint)?;
    if let Some(update) = &flags.update {
        options.update.clone_from(update);
    }
    options.graphs.clone_from(&flags.graph_store);
    let client = Client::new(options);
    let (profile, batch, dry_run) = (flags.profile.into(), flags.batch, flags.dry_run);
    let bar = Counter::new("graphs");
    let done = push(&store, &client, &PushOptions { profile, batch, dry_run }, &mut |step| {
        bar.show(step.done, step.all);
    });
    bar.finish();
    tell(&done?, dry_run);
    Ok(Outcome::Done)
}

fn tell(pushed: &Pushed, dry_run: bool) {
    let Pushed { sent, unchanged, withdrawn, parts, unchanged_parts, .. } = pushed;
    let what = if dry_run { "to send" } else { "sent" };
    anstream::println!("{what:12}  {sent} graphs of articles and stories");
    anstream::println!("unchanged     {unchanged}");
    anstream::println!("withdrawn     {withdrawn}");
    anstream::println!("shared        {parts} parts {what}, {unchanged_parts} unchanged");
    if !dry_run {
        let Pushed { triples, requests, bytes, .. } = pushed;
        anstream::println!("in all        {triples} triples, {requests} requests, {bytes} bytes");
    }
}
