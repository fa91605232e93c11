//! `reportedly fetch`: pages of the network, kept as a web archive. The only
//! command that asks for pages; `build` reads what it kept.

mod address;
mod archive;
mod client;
mod robots;

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use self::archive::Archive;
use self::client::{Client, Limits, resolved, unzipped};
use super::Outcome;
use crate::read::{self, Listing};

const EXAMPLES: &str = "\
Examples:
  reportedly fetch https://news.example/ferry-sinks -o pages.warc.gz
      One page; `reportedly build pages.warc.gz --store news.store` reads it.
  reportedly fetch https://news.example/feed.xml -o pages.warc.gz
      A feed (RSS, Atom): the pages of its entries. A list of feeds (OPML): of all
      of them.
  reportedly fetch --list addresses.txt -o pages.warc.gz
      An address a line, a table (CSV, TSV) with a column of them (url, link), or a
      list of feeds as a file.

The archive grows: what has not changed since is asked for, and not kept again.
robots.txt and its pauses are heeded, pages of one host are fetched one by one,
and hosts of your own network are not asked unless --allow-private says so.

Exit codes:
  0 all was fetched or had not changed, 2 some failed (each is named), 1 nothing
  was fetched.";

/// Fetch pages, feeds and lists of them into a web archive
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Addresses of pages, feeds, and lists of feeds
    #[arg(value_name = "URL", required_unless_present = "list")]
    addresses: Vec<String>,
    /// File with an address a line (# begins a comment), a table with a column of them, or a
    /// list of feeds (OPML)
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Web archive to keep them in; it is added to (.gz: compressed)
    #[arg(short, long, value_name = "FILE.warc.gz")]
    output: PathBuf,
    /// Seconds between two pages of one host, at least
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    delay: f64,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    timeout: f64,
    /// How often to ask again where the server or the network fails
    #[arg(long, value_name = "N", default_value_t = 2)]
    retries: u32,
    /// The most bytes of a page
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    max_size: u64,
    /// The most pages
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    limit: usize,
    /// Ask hosts of your own network, too
    #[arg(long)]
    allow_private: bool,
}

impl Flags {
    fn limits(&self) -> anyhow::Result<Limits> {
        let seconds = |flag: &str, seconds: f64| {
            Duration::try_from_secs_f64(seconds).with_context(|| format!("--{flag} {seconds}"))
        };
        Ok(Limits {
            time: seconds("timeout", self.timeout)?,
            delay: seconds("delay", self.delay)?,
            size: self.max_size,
            retries: self.retries,
            allow_private: self.allow_private,
        })
    }

    /// The addresses as given, and those of the list.
    fn addresses(&self) -> anyhow::Result<Vec<String>> {
        let mut addresses = self.addresses.clone();
        if let Some(path) = &self.list {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            addresses.extend(listed(&text));
        }
        Ok(addresses)
    }
}

/// The addresses of a list: of feeds, in a column of a table, or one a line.
fn listed(text: &str) -> Vec<String> {
    match read::listing(text.as_bytes()) {
        Some(Listing::Feeds(listed) | Listing::Entries(listed)) => return listed,
        None => {}
    }
    if let Some(listed) = read::addresses(text.as_bytes()) {
        return listed;
    }
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let addresses = flags.addresses()?;
    let mut round = Round {
        client: Client::new(flags.limits()?),
        archive: Archive::open(&flags.output)?,
        queue: Queue::new(addresses, flags.limit),
        tally: Tally::default(),
    };
    while let Some(address) = round.queue.next() {
        round.fetch(&address)?;
    }
    let Tally { fetched, unchanged, failed, bytes } = round.tally;
    anstream::println!("fetched       {fetched} ({bytes} bytes)");
    anstream::println!("unchanged     {unchanged}");
    if failed > 0 {
        anstream::println!("failed        {failed} (reasons above)");
    }
    match (fetched + unchanged, failed) {
        (0, _) => anyhow::bail!("nothing was fetched"),
        (_, 0) => Ok(Outcome::Done),
        _ => Ok(Outcome::SomeFailed),
    }
}

/// What is still to be fetched, each address once.
struct Queue {
    open: VecDeque<String>,
    seen: BTreeSet<String>,
    left: usize,
}

impl Queue {
    fn new(addresses: Vec<String>, most: usize) -> Self {
        let mut queue = Self { open: VecDeque::new(), seen: BTreeSet::new(), left: most };
        for address in addresses {
            queue.push(address);
        }
        queue
    }

    fn push(&mut self, address: String) {
        if self.seen.insert(address.clone()) {
            self.open.push_back(address);
        }
    }

    fn next(&mut self) -> Option<String> {
        let address = self.open.pop_front()?;
        if self.left == 0 {
            anstream::eprintln!("--limit: {} addresses are left out", self.open.len() + 1);
            self.open.clear();
            return None;
        }
        self.left -= 1;
        Some(address)
    }
}

#[derive(Default)]
struct Tally {
    fetched: usize,
    unchanged: usize,
    failed: usize,
    bytes: usize,
}

/// One run of the command.
struct Round {
    client: Client,
    archive: Archive,
    queue: Queue,
    tally: Tally,
}

impl Round {
    /// Fetches a page and keeps it; what a feed names is fetched later.
    fn fetch(&mut self, address: &str) -> anyhow::Result<()> {
        let archive = &self.archive;
        let answers = match self.client.fetch(address, |address| archive.conditions(address)) {
            Ok(answers) => answers,
            Err(error) => {
                self.tally.failed += 1;
                anstream::eprintln!("failed: {error}");
                return Ok(());
            }
        };
        for answer in &answers {
            self.archive.keep(answer)?;
        }
        let page = answers.last().expect("a page that was fetched has an answer");
        if page.status == 304 {
            self.tally.unchanged += 1;
            return Ok(());
        }
        self.tally.fetched += 1;
        self.tally.bytes += page.body.len();
        if let Some(Listing::Feeds(listed) | Listing::Entries(listed)) =
            read::listing(&unzipped(&page.body))
        {
            for target in listed {
                match resolved(&page.address, &target) {
                    Ok(target) => self.queue.push(target),
                    Err(error) => tracing::warn!("{error}"),
                }
            }
        }
        Ok(())
    }
}
