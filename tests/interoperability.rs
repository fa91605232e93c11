//! Tools that others made read every export, count the same triples, find that
//! it conforms to the shapes, and give the same rows to the named queries.
//!
//! Nanopublications, GraphML and JSON-LD are read by rdflib, networkx and pyld, tables by
//! DuckDB, pandas and pyarrow, entities of FollowTheMoney by its own program.
//!
//! They run where they are there: rdflib, pyoxigraph and pySHACL, perhaps networkx,
//! pyld, DuckDB, pandas, pyarrow and followthemoney, in the Python that `REPORTEDLY_PYTHON` names, in `target/interoperability`, or in the
//! system's; Comunica in the folder that `REPORTEDLY_NODE_MODULES` names, or in
//! `target/interoperability/node_modules`; Raptor as `rapper`. `.ci/run` installs the first two.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Formats by the endings of their files.
const FORMATS: [(&str, &str); 6] = [
    ("ttl", "turtle"),
    ("nt", "ntriples"),
    ("rdf", "rdfxml"),
    ("nq", "nquads"),
    ("trig", "trig"),
    ("jsonld", "jsonld"),
];
const PROFILES: [&str; 3] = ["facts", "claims", "full"];
/// Queries that rdflib is asked, too, one of each kind: by article, with subqueries, with
/// counts, ordered by time. It takes minutes for some others, and cannot sort rows in
/// which a value is missing.
const WITH_RDFLIB: [&str; 7] =
    ["articles", "said-by", "negative", "not-actual", "reports", "corroboration", "timeline"];
/// Queries that Comunica is asked, too. Four others it answers wrongly or not at all
/// (version 4.4: values of aggregates in optional subqueries), the rest it takes long for.
const WITH_COMUNICA: [&str; 5] = ["guards", "links", "negative", "said-by", "unnamed-sources"];
/// Queries that have no answer over the examples.
const EMPTY: [&str; 2] = ["contradictions", "disputed"];

/// A Python that has the tools.
fn python() -> Option<PathBuf> {
    python_with("rdflib, pyoxigraph, pyshacl")
}

/// A Python that has these.
fn python_with(modules: &str) -> Option<PathBuf> {
    let named = std::env::var_os("REPORTEDLY_PYTHON").map(PathBuf::from);
    let installed = Path::new(common::ROOT).join("target/interoperability/bin/python");
    let candidates = named.into_iter().chain([installed, PathBuf::from("python3")]);
    let found = candidates.into_iter().find(|python| {
        let import = format!("import {modules}");
        Command::new(python).args(["-c", &import]).output().is_ok_and(|o| o.status.success())
    });
    if found.is_none() {
        eprintln!("skipped: no Python here with {modules}");
    }
    found
}

fn run<I: AsRef<OsStr>>(program: &Path, arguments: impl IntoIterator<Item = I>) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn script() -> PathBuf {
    Path::new(common::ROOT).join("tests/interoperability.py")
}

/// The examples in every profile and format: a folder, and the files in it.
fn exports(store: &TempDir) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for profile in PROFILES {
        for (ending, format) in FORMATS {
            let file = folder.path().join(format!("{profile}.{ending}"));
            let (store, path) = (common::store(store), file.to_str().unwrap());
            let what = ["export", "--store", &store, "--profile", profile, "--format", format];
            common::succeed([&what[..], &["-o", path]].concat());
            files.push(file);
        }
    }
    (folder, files)
}

#[test]
fn every_tool_counts_the_same_triples() {
    let Some(python) = python() else { return };
    let store = common::build(&common::examples(), &[]);
    let (_folder, files) = exports(&store);
    let arguments = [script().into_os_string(), "counts".into()];
    let files = files.into_iter().map(PathBuf::into_os_string);
    let counted = run(&python, arguments.into_iter().chain(files));
    let mut by_kind: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for line in counted.lines() {
        let (file, rest) = line.split_once(' ').unwrap();
        let (profile, ending) = file.split_once('.').unwrap();
        let has_graphs = matches!(ending, "nq" | "trig" | "jsonld");
        let kind = format!("{profile}, {}", if has_graphs { "quads" } else { "triples" });
        by_kind.entry(kind).or_default().push((line, rest.split_once(' ').unwrap().1));
    }
    assert_eq!(by_kind.len(), 2 * PROFILES.len(), "{counted}");
    for (kind, counts) in by_kind {
        let (_, first) = counts[0];
        assert!(first.parse::<usize>().unwrap() > 100, "{kind}: {counts:?}");
        assert!(counts.iter().all(|(_, count)| *count == first), "{kind}: {counts:?}");
    }
}

#[test]
fn raptor_counts_the_same_triples() {
    let rapper = Path::new("rapper");
    if Command::new(rapper).arg("--version").output().is_err() {
        eprintln!("skipped: no Raptor here");
        return;
    }
    let store = common::build(&common::examples(), &[]);
    let (folder, _files) = exports(&store);
    for profile in PROFILES {
        let mut counts = Vec::new();
        for (ending, format) in [("nt", "ntriples"), ("ttl", "turtle"), ("rdf", "rdfxml")] {
            let file = folder.path().join(format!("{profile}.{ending}"));
            let file = file.to_str().unwrap();
            let output = Command::new(rapper).args(["-i", format, "-c", file]).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
            let words: Vec<&str> = said.split_whitespace().collect();
            let at = words.iter().position(|word| word.starts_with("triples")).unwrap();
            counts.push(words[at - 1].to_owned());
        }
        assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{profile}: {counts:?}");
    }
}

#[test]
fn every_profile_conforms_to_the_shapes() {
    let Some(python) = python() else { return };
    let store = common::build(&common::examples(), &[]);
    let (folder, _files) = exports(&store);
    let part = folder.path().join("part.ttl");
    let what =
        ["export", "--store", &common::store(&store), "--profile", "claims"].map(String::from);
    let of = ["--article", "earthquake-rescuers", "-o", part.to_str().unwrap()].map(String::from);
    common::succeed(what.into_iter().chain(of));
    let shapes = Path::new(common::ROOT).join("ontology/shapes.ttl");
    let files = PROFILES.map(|profile| folder.path().join(format!("{profile}.ttl")));
    let mut arguments = vec![script().into_os_string(), "conforms".into(), shapes.into()];
    arguments.extend(files.into_iter().chain([part]).map(PathBuf::into_os_string));
    let verdicts = run(&python, arguments);
    assert_eq!(verdicts.lines().count(), PROFILES.len() + 1);
    for line in verdicts.lines() {
        assert_eq!(line.split(' ').nth(1), Some("yes"), "{}", line.replace("\\n", "\n"));
    }
}

#[test]
fn every_engine_gives_the_same_rows() {
    let Some(python) = python() else { return };
    let store = common::build(&common::examples(), &[]);
    let (folder, _files) = exports(&store);
    for name in reportedly::query::named_queries().map(|query| query.name) {
        let query = Path::new(common::ROOT).join(format!("queries/{name}.rq"));
        let files = ["full.ttl", "full.nq"].map(|file| folder.path().join(file));
        let mut arguments = vec![script().into_os_string(), "rows".into()];
        arguments.extend(files.into_iter().chain([query]).map(PathBuf::into_os_string));
        if WITH_RDFLIB.contains(&name) {
            arguments.push("rdflib".into());
        }
        let answers: serde_json::Value = serde_json::from_str(&run(&python, arguments)).unwrap();
        let own =
            common::succeed(["query", "--store", &common::store(&store), name, "--format", "csv"]);
        let file = folder.path().join("own.csv");
        std::fs::write(&file, own).unwrap();
        let read = "import csv, json, sys; print(json.dumps(sorted(list(csv.reader(open(sys.argv[1], \
                    encoding='utf-8', newline='')))[1:])))";
        let own = run(&python, ["-c", read, file.to_str().unwrap()]);
        let own: serde_json::Value = serde_json::from_str(&own).unwrap();
        let is_empty = own.as_array().unwrap().is_empty();
        assert_eq!(is_empty, EMPTY.contains(&name), "{name}: {own}");
        for (engine, rows) in answers.as_object().unwrap() {
            assert_eq!(rows, &own, "{name} with {engine}");
        }
    }
}

/// The rows of a result in the JSON format of SPARQL, sorted; nothing for what is not bound.
fn rows(json: &str) -> Vec<Vec<String>> {
    let result: serde_json::Value = serde_json::from_str(json).unwrap();
    let variables = result["head"]["vars"].as_array().unwrap();
    let value = |row: &serde_json::Value, variable: &serde_json::Value| {
        let value = &row[variable.as_str().unwrap()]["value"];
        value.as_str().unwrap_or_default().to_owned()
    };
    let row = |row| variables.iter().map(|variable| value(row, variable)).collect();
    let bindings = result["results"]["bindings"].as_array().unwrap();
    let mut rows: Vec<Vec<String>> = bindings.iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn comunica_gives_the_same_rows() {
    let named = std::env::var_os("REPORTEDLY_NODE_MODULES").map(PathBuf::from);
    let installed = Path::new(common::ROOT).join("target/interoperability/node_modules");
    let comunica = named.unwrap_or(installed).join(".bin/comunica-sparql-file");
    if !comunica.exists() {
        eprintln!("skipped: no Comunica here");
        return;
    }
    let store = common::build(&common::examples(), &[]);
    let (folder, _files) = exports(&store);
    for name in WITH_COMUNICA {
        let query = Path::new(common::ROOT).join(format!("queries/{name}.rq"));
        let file = folder.path().join("full.ttl");
        let asked = [file.as_os_str(), "-f".as_ref(), query.as_os_str()];
        let form = ["-t", "application/sparql-results+json"].map(OsStr::new);
        let theirs = rows(&run(&comunica, asked.into_iter().chain(form)));
        let ours = ["query", "--store", &common::store(&store), name, "--format", "json"];
        assert_eq!(theirs, rows(&common::succeed(ours)), "{name}");
        assert!(!theirs.is_empty(), "{name}");
    }
}

/// A file that the examples are written to in a format, with all claims.
fn published(store: &TempDir, format: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format).to_str().unwrap().to_owned();
    let store = common::store(store);
    let what = ["export", "--store", &store, "--profile", "claims"];
    common::succeed([&what[..], &["--format", format, "-o", &file]].concat());
    (folder, file)
}

/// The numbers that a task of the script prints.
fn numbers(python: &Path, task: &str, files: &[&str]) -> Vec<usize> {
    let arguments = [script().to_str().unwrap().to_owned(), task.to_owned()];
    let files = files.iter().map(|&file| file.to_owned());
    let said = run(python, arguments.into_iter().chain(files));
    said.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn nanopublications_are_read_by_others() {
    let Some(python) = python() else { return };
    let store = common::build(&common::examples(), &[]);
    let (_folder, file) = published(&store, "nanopub");
    let claims = common::query(&store, &["-e", "SELECT ?c { ?c a rp:Claim }"]).len();
    assert_eq!(numbers(&python, "nanopubs", &[&file]), [claims, 4 * claims]);
}

#[test]
fn networks_are_read_by_others() {
    let Some(python) = python_with("networkx, rdflib, pyoxigraph, pyshacl") else { return };
    let store = common::build(&common::examples(), &[]);
    let (_folder, file) = published(&store, "graphml");
    let asked = "SELECT ?c { ?c a rp:Claim ; rdf:object ?o FILTER isIRI(?o) }";
    let claims = common::query(&store, &["-e", asked]).len();
    let [nodes, edges, whole] = numbers(&python, "network", &[&file])[..] else { panic!() };
    assert_eq!((edges, whole), (claims, claims));
    assert!(nodes > 50, "{nodes}");
}

#[test]
fn json_ld_is_expanded_by_others() {
    let Some(python) = python_with("pyld, rdflib, pyoxigraph, pyshacl") else { return };
    let store = common::build(&common::examples(), &[]);
    let ((_a, json), (_b, nquads)) = (published(&store, "jsonld"), published(&store, "nquads"));
    let [pyld, rdflib, all] = numbers(&python, "expanded", &[&json, &nquads])[..] else { panic!() };
    assert!(all > 1000);
    assert_eq!((pyld, rdflib), (0, 0), "of {all} quads");
}

#[test]
fn claims_of_schema_org_are_read_by_others() {
    let Some(python) = python_with("pyld, rdflib, pyoxigraph, pyshacl") else { return };
    let store = common::build(&common::examples(), &[]);
    let (_folder, file) = published(&store, "claims-jsonld");
    let claims = common::query(&store, &["-e", "SELECT ?c { ?c a rp:Claim }"]).len();
    let [pyld, rdflib, appearances, foreign] = numbers(&python, "claims", &[&file])[..] else {
        panic!()
    };
    assert!(pyld > 50 && pyld <= claims, "{pyld} of {claims}");
    assert_eq!((rdflib, appearances, foreign), (pyld, claims, 0));
}

/// The named queries that docs/tables.md has in SQL.
const IN_SQL: [&str; 7] =
    ["articles", "claims", "said-by", "guards", "negative", "reports", "links"];

/// A folder with the examples as tables in `tables`.
fn tables(store: &TempDir) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tables").to_str().unwrap().to_owned();
    let store = common::store(store);
    common::succeed(["export", "--store", &store, "--format", "parquet", "-o", &path]);
    folder
}

fn tables_script(task: &str, folder: &Path) -> Vec<std::ffi::OsString> {
    let script = Path::new(common::ROOT).join("tests/tables.py");
    vec![script.into_os_string(), task.into(), folder.as_os_str().to_owned()]
}

#[test]
fn tables_are_read_by_others() {
    let Some(python) = python_with("duckdb, pandas, pyarrow") else { return };
    let store = common::build(&common::examples(), &[]);
    let folder = tables(&store);
    let read = run(&python, tables_script("read", &folder.path().join("tables")));
    for schema in reportedly::export::schemas() {
        let of_table = |line: &&str| line.split(' ').next() == Some(schema.name);
        let sizes: Vec<Vec<&str>> =
            read.lines().filter(of_table).map(|line| line.split(' ').skip(2).collect()).collect();
        assert_eq!(sizes.len(), 3, "{read}");
        assert!(sizes.windows(2).all(|two| two[0] == two[1]), "{}: {sizes:?}", schema.name);
        assert_eq!(sizes[0][1], schema.columns.len().to_string(), "{}", schema.name);
    }
}

#[test]
fn duckdb_gives_the_rows_of_named_queries() {
    let Some(python) = python_with("duckdb") else { return };
    let store = common::build(&common::examples(), &[]);
    let folder = tables(&store);
    for name in IN_SQL {
        let mut arguments = tables_script("answer", folder.path());
        arguments.push(name.into());
        let theirs: Vec<Vec<String>> = serde_json::from_str(&run(&python, arguments)).unwrap();
        let ours = ["query", "--store", &common::store(&store), name, "--format", "json"];
        assert_eq!(theirs, rows(&common::succeed(ours)), "{name}");
        assert!(!theirs.is_empty(), "{name}");
    }
}

#[test]
fn entities_of_followthemoney_are_valid() {
    let Some(python) = python_with("followthemoney") else { return };
    let store = common::build(&common::examples(), &[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ftm").to_str().unwrap().to_owned();
    common::succeed(["export", "--store", &common::store(&store), "--format", "ftm", "-o", &file]);
    let ftm = python.parent().unwrap().join("ftm");
    let valid = folder.path().join("valid").to_str().unwrap().to_owned();
    run(&ftm, ["validate", "-i", &file, "-o", &valid].map(str::to_owned));
    let entities = |file: &str| -> BTreeMap<String, serde_json::Value> {
        let text = std::fs::read_to_string(file).unwrap();
        let parse = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        text.lines().map(parse).map(|e| (e["id"].as_str().unwrap().to_owned(), e)).collect()
    };
    let (ours, theirs) = (entities(&file), entities(&valid));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    let mut schemata: Vec<&str> = Vec::new();
    for (id, entity) in &ours {
        schemata.push(entity["schema"].as_str().unwrap());
        for (name, values) in entity["properties"].as_object().unwrap() {
            let kept = theirs[id]["properties"][name].as_array().map_or(0, Vec::len);
            assert_eq!(kept, values.as_array().unwrap().len(), "{id} {name}: {values}");
            if ["document", "entity", "resolved"].contains(&name.as_str()) {
                assert!(ours.contains_key(values[0].as_str().unwrap()), "{id} {name}");
            }
        }
    }
    schemata.sort_unstable();
    schemata.dedup();
    let expected = ["Address", "Article", "Documentation", "Mention", "Organization", "Person"];
    assert!(expected.iter().all(|schema| schemata.contains(schema)), "{schemata:?}");
}
