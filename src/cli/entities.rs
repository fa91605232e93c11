//! `reportedly entities`: who and what a store speaks of, and what people decide about
//! that.

mod decide;
mod given;
mod overview;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Outcome, build, pipeline};

const EXAMPLES: &str = "\
Examples:
  reportedly entities list --store news.store
      Who and what the articles speak of; what most of them speak of comes first.
  reportedly entities list brook --kind person --store news.store
      Those with \"brook\" in a name.
  reportedly entities show entity/ada-brook_person --store news.store
      Names, links and why, articles, decisions.
  reportedly entities merge entity/ada-brook_person entity/abby-brook_person --store news.store
      The second is the first, in every article and every later build.
  reportedly entities split entity/john-smith_person --article harbour-strike \\
      --as \"John Smith (dock worker)\" --reason \"another man\" --store news.store
      In that article the name means somebody else.
  reportedly entities link entity/orm-castle_place Q42 --store news.store
      It is what Wikidata calls Q42; `unlink` takes an id away.
  reportedly entities undo decision/1f0c2b9a44d5e678 --store news.store
      As if it had never been decided.
  reportedly entities decisions --store news.store -o decisions.ttl
  reportedly entities import decisions.ttl --store other.store
      Decisions as Turtle, to keep in version control and to take elsewhere.

A decision is noted in the store and holds in every later build. The articles that it
touches are understood again from their stored texts, with the same options as they were
built with: give --gazetteer, --kb, --ontology, --rules, --model and --assert again if
the build had them.

Exit codes:
  0 done; 1 not, and nothing is changed.";

/// List, show, merge, split, link and name people, places and things
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand, Debug)]
enum Task {
    /// List who and what the articles speak of, or those with some words in a name
    #[command(visible_alias = "search")]
    List {
        /// Words in one of its names
        #[arg(value_name = "WORDS")]
        words: Option<String>,
        /// Person, organization, place, event, group, product or thing
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// No more than these
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        #[command(flatten)]
        store: StoreFlag,
    },
    /// Show what is known of an entity, and why
    Show {
        /// Its IRI, as `list` shows it
        #[arg(value_name = "ENTITY")]
        entity: String,
        #[command(flatten)]
        store: StoreFlag,
    },
    /// Decide that entities are one
    Merge {
        /// The one that stays
        #[arg(value_name = "KEPT")]
        kept: String,
        /// What is the same; may belong to one article: article/flood/entity/mayor
        #[arg(value_name = "OTHER", required = true)]
        others: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Decide that in some articles a name means another
    Split {
        /// What the articles were thought to mean
        #[arg(value_name = "ENTITY")]
        entity: String,
        /// An article that means another; may be repeated
        #[arg(long, value_name = "ARTICLE")]
        article: Vec<String>,
        /// What they mean: a name that tells it from the first, or an entity of the store
        #[arg(long = "as", value_name = "NAME|ENTITY")]
        other: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Decide what an entity is in a knowledge base
    Link(Linking),
    /// Decide what an entity is not in a knowledge base
    Unlink(Linking),
    /// Decide what an entity is called
    Rename {
        /// The entity
        #[arg(value_name = "ENTITY")]
        entity: String,
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// List what was decided, or write it as Turtle
    Decisions {
        /// File to write as Turtle; - for standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        store: StoreFlag,
    },
    /// Take over the decisions of a Turtle file
    Import {
        /// What `decisions -o` wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Undo decisions
    Undo {
        /// Ids, as `decisions` shows them
        #[arg(value_name = "DECISION", required = true)]
        decisions: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
}

#[derive(Args, Debug)]
struct StoreFlag {
    /// Folder of the store
    #[arg(long = "store", value_name = "DIR")]
    path: PathBuf,
}

/// An entity, and an id of a knowledge base.
#[derive(Args, Debug)]
struct Linking {
    /// The entity
    #[arg(value_name = "ENTITY")]
    entity: String,
    /// Q597, wd:Q597 or a whole IRI
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    deciding: Deciding,
}

/// Who decides, why, and with which pipeline the articles were built.
#[derive(Args, Debug)]
struct Deciding {
    #[command(flatten)]
    store: StoreFlag,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day of the decision, 2024-05-31
    #[arg(long, value_name = "DAY")]
    on: Option<jiff::civil::Date>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// As the store was built: whose claims become asserted triples
    #[arg(long, value_enum, default_value_t = build::Assert::Own)]
    assert: build::Assert,
    #[command(flatten)]
    pipeline: pipeline::Flags,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    match &flags.task {
        Task::List { words, kind, limit, store } => {
            overview::list(&store.path, words.as_deref(), kind.as_deref(), *limit)
        }
        Task::Show { entity, store } => overview::show(&store.path, entity),
        Task::Merge { kept, others, deciding } => decide::merge(kept, others, deciding),
        Task::Split { entity, article, other, deciding } => {
            decide::split(entity, article, other, deciding)
        }
        Task::Link(linking) => decide::link(linking),
        Task::Unlink(linking) => decide::unlink(linking),
        Task::Rename { entity, name, deciding } => decide::rename(entity, name, deciding),
        Task::Decisions { output, store } => overview::decisions(&store.path, output.as_deref()),
        Task::Import { file, deciding } => decide::import(file, deciding),
        Task::Undo { decisions, deciding } => decide::undo(decisions, deciding),
    }
}
