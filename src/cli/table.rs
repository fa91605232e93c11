//! Answers as a table that fits the terminal.

use std::io::{self, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
use oxigraph::sparql::QuerySolution;
use oxrdf::{Term, Variable, vocab::xsd};

use crate::graph::vocabulary::PREFIXES;

/// Prints rows under their column names, and how many there are.
pub(super) fn print(columns: &[Variable], rows: &[QuerySolution], base: &str) -> io::Result<()> {
    let cells = |row: &QuerySolution| -> Vec<String> {
        columns.iter().map(|c| row.get(c).map_or_else(String::new, |t| short(t, base))).collect()
    };
    draw(columns.iter().map(Variable::as_str), rows.iter().map(cells))?;
    let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    writeln!(io::stderr(), "{count}")
}

/// Prints rows under the names of their columns, as wide as the terminal is.
pub(super) fn draw<'a>(
    header: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(header);
    if io::stdout().is_terminal()
        && let Some((width, _)) = terminal_size::terminal_size()
    {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.0);
    }
    for row in rows {
        table.add_row(row);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()
}

/// A term as people read it: text without quotation marks, IRIs with known
/// prefixes or relative to the store's base.
pub(super) fn short(term: &Term, base: &str) -> String {
    match term {
        Term::NamedNode(node) => short_iri(node.as_str(), base),
        Term::Literal(literal) if literal.datatype() == xsd::STRING => {
            literal.value().split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Triple(triple) => format!(
            "<<( {} {} {} )>>",
            short(&triple.subject.clone().into(), base),
            short_iri(triple.predicate.as_str(), base),
            short(&triple.object, base)
        ),
    }
}

/// An IRI with a known prefix, or relative to the store's base.
pub(super) fn short_iri(iri: &str, base: &str) -> String {
    if let Some(local) = iri.strip_prefix(base) {
        return local.to_owned();
    }
    let known = PREFIXES.iter().find_map(|&(name, namespace)| {
        iri.strip_prefix(namespace).map(|local| format!("{name}:{local}"))
    });
    known.unwrap_or_else(|| iri.to_owned())
}
