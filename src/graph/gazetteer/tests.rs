//! Tests of the reader, and of the shipped data against its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::PathBuf;

use super::*;

const PREFIXES: &str = "@prefix : <https://example.org/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
";

fn check(turtle: &str, expected: &str) {
    let read = gazetteer_entries(&format!("{PREFIXES}{turtle}"), "test.ttl");
    let shown = match read {
        Ok(entries) => format!("{:?}", entries.iter().map(|e| &*e.label).collect::<Vec<_>>()),
        Err(error) => error.to_string(),
    };
    assert!(shown.contains(expected), "{shown} has no {expected}");
}

#[test]
fn entries_are_read_in_order_and_faults_named() {
    check(
        ":b a schema:City ; skos:prefLabel \"B\" . :a a schema:Person ; skos:prefLabel \"A\" .",
        r#"["B", "A"]"#,
    );
    check(
        ":a a schema:City .",
        "test.ttl, line 5: <https://example.org/a> has no \
         <http://www.w3.org/2004/02/skos/core#prefLabel> in English",
    );
    check(":a skos:prefLabel \"A\" .", "has no class of schema.org");
    check(":a a schema:Dog ; skos:prefLabel \"A\" .", "<https://schema.org/Dog>");
    check(":a a schema:City ; skos:prefLabel \"A\" ; skos:prefLable \"B\" .", "#prefLable>");
    check(":a a schema:City ; skos:prefLabel \"A\", \"B\" .", "the first stands on line 5");
    check(":a a schema:City ; skos:prefLabel 7 .", "where words is expected");
    check(":a a schema:City ; skos:prefLabel \"A\" ; owl:sameAs \"Q1\" .", "an IRI is expected");
    check("[] a schema:City ; skos:prefLabel \"A\" .", "an entity with an IRI is expected");
    check(":a a schema:City ; skos:prefLabel", "test.ttl: Parser error at line");
}

/// A user's entity is another than a shipped one of the same last segment, and
/// than another of theirs; its own IRI is a link.
#[test]
fn entities_of_other_namespaces_keep_their_iris() {
    let turtle = format!(
        "{PREFIXES}<https://a.example/france> a schema:Corporation ; skos:prefLabel \"France Ltd\" ;
            <http://www.wikidata.org/prop/direct/P17> <{SHIPPED}france> .
         <https://b.example/france> a schema:Person ; skos:prefLabel \"Ada France\" .
         <{SHIPPED}france> a schema:Country ; skos:prefLabel \"France\" ."
    );
    let entries = gazetteer_entries(&turtle, "test.ttl").unwrap();
    let keys: Vec<&str> = entries.iter().map(|entry| &*entry.slug).collect();
    assert_eq!(keys, ["https://a.example/france", "https://b.example/france", "france"]);
    assert_eq!(entries[0].country.as_deref(), Some("france"));
    let iri = |entry: &Entry| entry.ids.first().map(|(authority, id)| authority.iri(id));
    assert_eq!(iri(&entries[0]).as_deref(), Some("https://a.example/france"));
    assert_eq!(iri(&entries[2]), None);
    let mut gazetteer = embedded_gazetteer().unwrap();
    let shipped = gazetteer.entries().len();
    gazetteer.extend(entries);
    assert_eq!(gazetteer.entries().len(), shipped + 2);
}

#[test]
fn entries_know_when_they_were_checked() {
    let city = ":a a schema:City ; skos:prefLabel \"A\" .";
    let dated = format!("{PREFIXES}{city} <> <http://purl.org/dc/terms/modified> \"2024-05-31\" .");
    let checked = |turtle: &str| gazetteer_entries(turtle, "test.ttl").unwrap()[0].checked.clone();
    assert_eq!(checked(&dated.replace("<>", ":list")).as_deref(), Some("2024-05-31"));
    assert_eq!(checked(&format!("{PREFIXES}{city}")), None);
    assert!(entries().iter().all(|entry| entry.checked.is_some()));
}

fn entries() -> Vec<Entry> {
    gazetteer_entries(EMBEDDED, "gazetteer.ttl").unwrap()
}

#[test]
fn shipped_entries_are_sound() {
    let entries = entries();
    let slugs: BTreeSet<&str> = entries.iter().map(|e| &*e.slug).collect();
    assert_eq!(slugs.len(), entries.len());
    for entry in &entries {
        assert!(entry.country.as_ref().is_none_or(|c| slugs.contains(&**c)), "{entry:?}");
        assert!(!entry.slug.contains('_'), "{} looks made", entry.slug);
    }
    let mut owner = BTreeMap::new();
    for (entry, id) in entries.iter().flat_map(|e| e.ids.iter().map(move |id| (e, id))) {
        if let Some(other) = owner.insert(id, &entry.slug) {
            panic!("{id:?} is both {other} and {}", entry.slug);
        }
    }
}

/// Every id of the shipped gazetteer stands in a source, beside a name that
/// the entry also has.
#[test]
#[ignore = "needs the development data in ../shared"]
fn shipped_ids_are_confirmed() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/kb"));
    let known = sources(&folder);
    let entries = entries();
    let by_slug: BTreeMap<_, _> = entries.iter().map(|e| (&e.slug, e)).collect();
    assert!(by_slug.len() > 400);
    let unconfirmed: Vec<String> = entries
        .iter()
        .flat_map(|e| e.ids.iter().map(move |id| (e, id)))
        .filter(|(entry, (base, id))| {
            let names = known.get(&(base.clone(), id.to_string()));
            !names.is_some_and(|names| {
                std::iter::once(&entry.label)
                    .chain(&entry.aliases)
                    .chain(&entry.local_names)
                    .any(|name| names.contains(&key(name)))
            })
        })
        .map(|(entry, (base, id))| format!("{}: {base:?} {id}", entry.slug))
        .collect();
    assert!(unconfirmed.is_empty(), "{unconfirmed:#?}");
}

type Known = BTreeMap<(Authority, String), BTreeSet<String>>;

fn sources(folder: &std::path::Path) -> Known {
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut known = Known::new();
    let mut add = |base, id: &str, names: Vec<String>| {
        let id = id.rsplit('/').next().unwrap_or(id);
        let keys = names.iter().map(|n| key(n));
        known.entry((base, id.to_owned())).or_default().extend(keys);
    };
    for row in rows(&text("confirmed_qids.tsv"), '\t') {
        add(
            Authority::Wikidata,
            &row["qid"],
            vec![row["name"].clone(), row["label_in_source"].clone()],
        );
    }
    for row in rows(&text("country-codes.csv"), ',') {
        let names: Vec<String> = [
            "CLDR display name",
            "UNTERM English Short",
            "UNTERM English Formal",
            "official_name_en",
        ]
        .map(|c| row[c].clone())
        .into();
        add(Authority::Wikidata, &row["wikidata_id"], names.clone());
        add(Authority::GeoNames, &row["Geoname ID"], names);
    }
    for row in rows(&text("ne_places_qid_geoname.tsv"), '\t') {
        let mut names: Vec<String> =
            row["namealt"].split(['|', ',', ';']).map(str::to_owned).collect();
        names.push(row["name"].clone());
        add(Authority::Wikidata, &row["qid"], names.clone());
        add(Authority::GeoNames, &row["geonameid"], names);
    }
    let supra: BTreeMap<String, (String, Option<String>)> =
        serde_json::from_str(&text("supraverden_qids.json")).unwrap();
    for (qid, (name, short)) in supra {
        add(Authority::Wikidata, &qid, std::iter::once(name).chain(short).collect());
    }
    let mut seed = String::new();
    let file = std::fs::File::open(folder.join("seed_kb.jsonl.gz")).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut seed).unwrap();
    let lines = [text("agencies_wikidata_2022.jsonl"), text("wof_ua.jsonl"), seed];
    for line in lines.iter().flat_map(|t| t.lines()) {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut names: Vec<String> =
            ["label", "name"].iter().filter_map(|k| value[k].as_str()).map(str::to_owned).collect();
        let aliases = value["aliases"].as_array().into_iter().flatten();
        names.extend(aliases.filter_map(|a| a.as_str()).map(str::to_owned));
        if let Some(id) = value["geonameid"].as_u64() {
            add(Authority::GeoNames, &id.to_string(), names.clone());
        }
        add(Authority::Wikidata, value["qid"].as_str().unwrap(), names);
    }
    known
}

/// The rows of a table by column; fields of CSV may stand in quotation marks.
fn rows(text: &str, delimiter: char) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines().map(|line| fields(line, delimiter));
    let header = lines.next().unwrap_or_default();
    lines.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

fn fields(line: &str, delimiter: char) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' if delimiter == ',' => quoted = !quoted,
            c if c == delimiter && !quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

/// Names compared without accents, case, marks and `the`.
fn key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let folded: String =
        name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let folded = folded.replace('ł', "l").replace('đ', "d").replace('ø', "o").replace('ı', "i");
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !matches!(*w, "the" | "saint" | "st" | "and"))
        .collect();
    words.concat()
}
