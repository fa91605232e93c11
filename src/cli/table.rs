//! Answers as a table that fits the terminal.

use std::io::{self, IsTerminal, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use oxigraph::sparql::QuerySolution;
use oxrdf::{Term, Variable, vocab::xsd};

use crate::graph::vocabulary::PREFIXES;

/// So many rows are laid out together: their columns are as wide as these need.
/// More rows come below, in columns at least as wide.
const ROWS: usize = 1_000;

/// Prints rows under their column names, and how many there are.
pub(super) fn print<E>(
    columns: &[Variable],
    rows: impl Iterator<Item = Result<QuerySolution, E>>,
    base: &str,
) -> anyhow::Result<()>
where
    E: Into<anyhow::Error>,
{
    let cells = |row: &QuerySolution| -> Vec<String> {
        columns.iter().map(|c| row.get(c).map_or_else(String::new, |t| short(t, base))).collect()
    };
    let mut table = Columns::new(columns.iter().map(Variable::as_str));
    let mut count = 0usize;
    let mut together = Vec::new();
    for row in rows {
        // What came before an error is shown.
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                table.draw(together)?;
                return Err(error.into());
            }
        };
        count += 1;
        together.push(cells(&row));
        if together.len() == ROWS {
            table.draw(std::mem::take(&mut together))?;
        }
    }
    table.draw(together)?;
    let count = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    Ok(writeln!(io::stderr(), "{count}")?)
}

/// Prints rows under the names of their columns, as wide as the terminal is.
pub(super) fn draw<'a>(
    header: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<()> {
    Columns::new(header).draw(rows)
}

/// Columns of a table that is drawn part by part.
struct Columns {
    header: Vec<String>,
    widths: Vec<u16>,
}

impl Columns {
    fn new<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        Self { header: header.into_iter().map(str::to_owned).collect(), widths: Vec::new() }
    }

    /// Draws some rows; the first ones under the names of the columns.
    fn draw(&mut self, rows: impl IntoIterator<Item = Vec<String>>) -> io::Result<()> {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        if io::stdout().is_terminal()
            && let Some((width, _)) = terminal_size::terminal_size()
        {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.0);
        }
        if self.widths.is_empty() {
            table.set_header(&self.header);
        }
        for row in rows {
            table.add_row(row);
        }
        if table.is_empty() && !self.widths.is_empty() {
            return Ok(());
        }
        for (column, &width) in table.column_iter_mut().zip(&self.widths) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        }
        self.widths = table.column_max_content_widths();
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        out.flush()
    }
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
