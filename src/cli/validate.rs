//! `reportedly validate`.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use oxrdf::Term;
use serde_json::{Value, json};

use super::progress::while_waiting;
use super::{Outcome, table};
use crate::graph::Store;
use crate::validate::{Report, Shapes, Violation, embedded_shapes, validate};

const EXAMPLES: &str = "\
Examples:
  reportedly validate --store examples.store
      Does every passage still quote its article, does all evidence stand in it,
      does a claim warrant every asserted triple, and do the shapes that ship with
      the program (ontology/shapes.ttl) hold?
  reportedly validate --store examples.store --shapes mine.ttl
      The same with shapes of your own.
  reportedly validate --store examples.store --format json | jq .violations
      For programs.

Of SHACL Core, shapes may use: targetNode, targetClass, targetSubjectsOf,
targetObjectsOf; a property or an inversePath for path; property, node, not, and,
or; class, datatype, nodeKind; minCount, maxCount; minLength, maxLength, pattern,
flags; minInclusive, maxInclusive, minExclusive, maxExclusive; in, hasValue;
equals, disjoint, lessThan, lessThanOrEquals; message. A file with anything else
is refused.

Exit codes:
  0 the store conforms, 2 it does not, 1 nothing could be checked.";

/// Check that the store keeps to its shapes and that its evidence stands
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Flags {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// SHACL shapes in Turtle, in place of those that ship with the program
    #[arg(long, value_name = "FILE.ttl")]
    shapes: Option<PathBuf>,
    /// How to show the verdict
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many violations to show as text
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table of violations and a summary
    Text,
    /// One JSON object
    Json,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let shapes = match &flags.shapes {
        None => embedded_shapes()?,
        Some(path) => {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).with_context(|| name.clone())?;
            Shapes::read(&text, &name)?
        }
    };
    let store = Store::open(&flags.store)?;
    let report = while_waiting("checking the store", || validate(&store, &shapes))?;
    match flags.format {
        Format::Text => print_text(&report, flags.most, store.iris().base())?,
        Format::Json => writeln!(io::stdout(), "{:#}", as_json(&report))?,
    }
    Ok(if report.conforms() { Outcome::Done } else { Outcome::SomeFailed })
}

fn print_text(report: &Report, most: usize, base: &str) -> io::Result<()> {
    let short = |iri: &str| match iri.strip_prefix('^') {
        Some(iri) => format!("^{}", table::short_iri(iri, base)),
        None => table::short_iri(iri, base),
    };
    let shape = |name: &str| name.rsplit_once('#').map_or(name, |(_, name)| name).to_owned();
    let row = |wrong: &Violation| {
        vec![
            table::short(&wrong.node, base),
            shape(&wrong.shape),
            wrong.path.as_deref().map_or_else(String::new, short),
            wrong.value.as_ref().map_or_else(String::new, |v| cut(&table::short(v, base))),
            cut(&wrong.message),
        ]
    };
    if !report.conforms() {
        let rows = report.violations.iter().take(most).map(row);
        table::draw(["node", "shape", "path", "value", "message"], rows)?;
    }
    let mut out = io::stdout().lock();
    let (found, checked) = (report.violations.len(), report.checked);
    if found > most {
        writeln!(out, "… and {} more; --most {found} shows all", found - most)?;
    }
    let verdict = match found {
        0 => "conforms".to_owned(),
        1 => "1 violation".to_owned(),
        n => format!("{n} violations"),
    };
    writeln!(
        out,
        "{verdict}: {} articles, {} passages, {} claims, {} asserted triples; {} shapes, {} nodes",
        checked.articles,
        checked.passages,
        checked.claims,
        checked.asserted_triples,
        checked.shapes,
        checked.nodes
    )
}

/// What fits a column of a table.
fn cut(text: &str) -> String {
    const WIDTH: usize = 60;
    match text.char_indices().nth(WIDTH) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

fn as_json(report: &Report) -> Value {
    let checked = report.checked;
    let violation = |wrong: &Violation| {
        json!({
            "node": plain(&wrong.node),
            "shape": wrong.shape,
            "path": wrong.path,
            "value": wrong.value.as_ref().map(plain),
            "message": wrong.message,
        })
    };
    json!({
        "conforms": report.conforms(),
        "checked": {
            "articles": checked.articles,
            "passages": checked.passages,
            "claims": checked.claims,
            "plainTriples": checked.asserted_triples,
            "shapes": checked.shapes,
            "nodes": checked.nodes,
        },
        "violations": report.violations.iter().map(violation).collect::<Vec<_>>(),
    })
}

/// An IRI bare, everything else as N-Triples has it.
fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}
