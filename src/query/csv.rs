//! Rows for tables of comma-separated values.
//!
//! In: a row of an answer and the format that it is written in. Out: the same, whose IRIs
//! with signs that separate cells are literals in CSV: the serializer puts only literals
//! between quotation marks.

use oxigraph::sparql::QuerySolution;
use oxigraph::sparql::results::QueryResultsFormat;
use oxrdf::{LiteralRef, TermRef, VariableRef};

/// The cells of a row, as the serializer of a format takes them.
pub fn cells(
    row: &QuerySolution,
    format: QueryResultsFormat,
) -> impl Iterator<Item = (VariableRef<'_>, TermRef<'_>)> {
    let is_csv = format == QueryResultsFormat::Csv;
    row.iter().map(move |(column, term)| {
        let cell = match term.as_ref() {
            TermRef::NamedNode(iri) if is_csv && iri.as_str().contains([',', '"']) => {
                LiteralRef::new_simple_literal(iri.as_str()).into()
            }
            term => term,
        };
        (column.into(), cell)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use oxigraph::sparql::results::QueryResultsSerializer;
    use oxrdf::{NamedNode, Variable};

    use super::*;

    fn written(format: QueryResultsFormat) -> String {
        let columns: Arc<[Variable]> = [Variable::new_unchecked("passage")].into();
        let passage = NamedNode::new_unchecked("https://news.example/a#char=1,2");
        let row = QuerySolution::from((Arc::clone(&columns), vec![Some(passage.into())]));
        let serializer = QueryResultsSerializer::from_format(format);
        let mut rows =
            serializer.serialize_solutions_to_writer(Vec::new(), columns.to_vec()).unwrap();
        rows.serialize(cells(&row, format)).unwrap();
        String::from_utf8(rows.finish().unwrap()).unwrap()
    }

    #[test]
    fn commas_of_iris_separate_no_cells() {
        let csv = written(QueryResultsFormat::Csv);
        assert_eq!(csv, "passage\r\n\"https://news.example/a#char=1,2\"\r\n");
        let tsv = written(QueryResultsFormat::Tsv);
        assert_eq!(tsv, "?passage\n<https://news.example/a#char=1,2>\n");
    }
}
