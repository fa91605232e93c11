//! Tables say what the graph says: each is compared, row by row, with what SPARQL finds
//! in the RDF of the same store (`tests/tables/*.rq`), and Parquet with CSV.
#![cfg(all(feature = "cli", feature = "parquet"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::fs::File;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::Term;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use reportedly::export::schemas;
use tempfile::TempDir;

/// Each table, and the same rows in SPARQL; of all but the sentences, which the graph does
/// not have.
fn questions() -> Vec<(&'static str, String)> {
    let folder = Path::new(common::ROOT).join("tests/tables");
    let names = schemas().iter().map(|schema| schema.name).filter(|name| *name != "sentences");
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.rq"))).unwrap();
    names.map(|name| (name, read(name))).collect()
}

/// The graph of a store, as its export says it.
fn graph(store: &str, more: &[&str]) -> Store {
    let what = ["export", "--store", store, "--format", "nquads"];
    let quads = common::succeed([&what[..], more].concat());
    let graph = Store::new().unwrap();
    graph.load_from_reader(RdfParser::from_format(RdfFormat::NQuads), quads.as_bytes()).unwrap();
    graph
}

fn words(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => panic!("{other}"),
    }
}

/// The rows of a query, sorted.
fn asked(graph: &Store, sparql: &str) -> Vec<Vec<String>> {
    let prefixes = reportedly::graph::vocabulary::PREFIXES;
    let prefixes = prefixes.iter().map(|(name, iri)| format!("PREFIX {name}: <{iri}> "));
    let sparql = prefixes.collect::<Vec<_>>().concat() + sparql;
    let mut query = SparqlEvaluator::new().parse_query(&sparql).expect(&sparql);
    query.dataset_mut().set_default_graph_as_union();
    let QueryResults::Solutions(rows) = query.on_store(graph).execute().unwrap() else { panic!() };
    let columns = rows.variables().to_vec();
    let cells = |row: oxigraph::sparql::QuerySolution| {
        columns.iter().map(|c| row.get(c).map(words).unwrap_or_default()).collect()
    };
    let mut rows: Vec<Vec<String>> = rows.map(|row| cells(row.unwrap())).collect();
    rows.sort();
    rows
}

fn tables(store: &str, format: &str, more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let what = ["export", "--store", store, "--format", format, "-o", path];
    common::succeed([&what[..], more].concat());
    folder
}

/// The rows of a table as CSV, below their columns' names, as they stand there.
fn csv_rows(folder: &Path, table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let schema = schemas().iter().find(|schema| schema.name == table).unwrap();
    assert_eq!(names, schema.columns.iter().map(|c| c.name).collect::<Vec<_>>(), "{table}");
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// The rows of a table as Parquet.
fn parquet_rows(folder: &Path, table: &str) -> Vec<Vec<String>> {
    let file = File::open(folder.join(format!("{table}.parquet"))).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let cell = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Bool(value) => value.to_string(),
        other => panic!("{other}"),
    };
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, f)| cell(f)).collect()).collect()
}

fn check(store: &str, more: &[&str]) {
    let (graph, folder) = (graph(store, more), tables(store, "csv", more));
    for (table, sparql) in questions() {
        let mut rows = csv_rows(folder.path(), table);
        rows.sort();
        let expected = asked(&graph, &sparql);
        let differs = rows.iter().zip(&expected).find(|(row, expected)| row != expected);
        assert_eq!(differs, None, "{table} {more:?}");
        assert_eq!(rows.len(), expected.len(), "{table} {more:?}");
    }
}

#[test]
fn tables_say_what_the_graph_says() {
    let store = common::build(&common::examples(), &[]);
    let store = common::store(&store);
    check(&store, &[]);
    check(&store, &["--profile", "claims"]);
    check(&store, &["--article", "earthquake-rescuers", "--article", "world-cup-brief"]);
    check(&store, &["--profile", "claims", "--about", "entity/ukraine"]);
    let folder = tables(&store, "csv", &[]);
    let none = ["differences"];
    for schema in schemas().iter().filter(|schema| !none.contains(&schema.name)) {
        assert!(!csv_rows(folder.path(), schema.name).is_empty(), "{} is tried", schema.name);
    }
}

#[test]
fn parquet_has_the_rows_of_csv_and_the_same_bytes_each_time() {
    let store = common::build(&common::examples(), &[]);
    let store = common::store(&store);
    let [csv, one, other] = ["csv", "parquet", "parquet"].map(|f| tables(&store, f, &[]));
    for schema in schemas() {
        let name = schema.name;
        assert_eq!(parquet_rows(one.path(), name), csv_rows(csv.path(), name), "{name}");
        let bytes = |folder: &TempDir| {
            std::fs::read(folder.path().join(format!("{name}.parquet"))).unwrap()
        };
        assert!(bytes(&one) == bytes(&other), "{name}");
    }
    assert_eq!(std::fs::read_dir(one.path()).unwrap().count(), schemas().len(), "nothing else");
}

#[test]
fn sentences_are_those_of_the_analysis() {
    let store = common::build(&common::examples(), &[]);
    let folder = tables(&common::store(&store), "csv", &[]);
    let rows = csv_rows(folder.path(), "sentences");
    let (mut found, mut all) = (0, 0);
    for example in common::examples() {
        let path = example.to_str().unwrap().to_owned();
        let analysed = common::succeed(["analyse", &path, "--format", "jsonl"]);
        for line in analysed.lines() {
            let analysis: serde_json::Value = serde_json::from_str(line).unwrap();
            let article = format!("article/{}", analysis["id"].as_str().unwrap());
            for sentence in analysis["sentences"].as_array().unwrap() {
                let [start, end] = ["start", "end"].map(|end| sentence[end].to_string());
                let is_same = |row: &&Vec<String>| {
                    row[1].ends_with(&article) && row[4] == start && row[5] == end
                };
                all += 1;
                found += usize::from(rows.iter().any(|row| is_same(&row)));
            }
        }
    }
    assert!(all > 150, "{all}");
    assert_eq!((found, rows.len()), (all, all));
}

#[test]
fn what_tables_do_not_have_is_refused() {
    let store = common::build(&common::examples()[..1], &[]);
    let store = common::store(&store);
    for (more, expected) in [
        (&["--profile", "facts", "-o", "x"][..], "use --profile claims"),
        (&[][..], "-o DIR names the folder"),
        (&["--graph", "article/x", "-o", "x"][..], "--graph is for formats of RDF"),
        (&["--rdf", "1.2", "-o", "x"][..], "no triple terms"),
    ] {
        let what = ["export", "--store", &store, "--format", "parquet"];
        let output = common::reportedly([&what[..], more].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(expected), "{more:?}: {said}");
    }
}

/// The part of docs/tables.md that tells the columns.
fn documented() -> String {
    let mut text = String::new();
    for schema in schemas() {
        text.push_str(&format!(
            "\n### {}\n\n| column | type | always | meaning |\n|---|---|---|---|\n",
            schema.name
        ));
        for column in &schema.columns {
            let kind = format!("{:?}", column.kind).to_lowercase();
            let always = if column.required { "yes" } else { "" };
            text.push_str(&format!(
                "| `{}` | {kind} | {always} | {} |\n",
                column.name, column.meaning
            ));
        }
    }
    text
}

/// `REPORTEDLY_BLESS=1` writes it.
#[test]
fn every_column_is_documented() {
    let path = Path::new(common::ROOT).join("docs/tables.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once("<!-- columns -->\n").expect("where the columns stand");
    let (_, tail) = rest.split_once("<!-- end of columns -->").expect("where they end");
    let wanted = format!("{head}<!-- columns -->\n{}\n<!-- end of columns -->{tail}", documented());
    if std::env::var_os("REPORTEDLY_BLESS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    assert_eq!(text, wanted, "write it with REPORTEDLY_BLESS=1");
    let help = common::succeed(["export", "--help"]);
    assert!(schemas().iter().all(|schema| help.contains(schema.name)), "{help}");
}
