use std::io::Cursor;

use super::*;
use crate::graph::vocabulary::rdfs;

/// What a text in a format says, an entity a line.
fn entities(format: Format, text: &str, options: &Options) -> Result<String, String> {
    let stream = Stream::new("x".into(), Cursor::new(text.as_bytes().to_vec())).unwrap();
    let mut found = Vec::new();
    let mut push = |entry: &Entry| {
        let ids: Vec<_> = entry.ids.iter().map(|(authority, id)| authority.iri(id)).collect();
        let sort = entry.sort.map(|sort| format!("{sort:?}")).unwrap_or_default();
        found.push(format!(
            "{} {:?} {:?} {sort} {} {} {}",
            ids.join(" "),
            entry.label,
            entry.aliases,
            entry.country.as_deref().unwrap_or("-"),
            entry.weight,
            entry.description.as_deref().unwrap_or("-"),
        ));
        Ok(())
    };
    let mut sink = Sink::new(options, &mut push);
    read(stream, format, &mut sink).map_err(|error| error.to_string())?;
    Ok(found.join("\n"))
}

fn check(format: Format, text: &str, expected: &str) {
    assert_eq!(entities(format, text, &Options::default()).unwrap(), expected, "{format:?}");
}

fn check_error(format: Format, text: &str, expected: &str) {
    let error = entities(format, text, &Options::default()).expect_err(expected);
    assert!(error.contains(expected), "{error}");
}

const ORM: &str = r#"{"type":"item","id":"Q7","labels":{"de":{"value":"Oberorm"},"en":{"value":"Upper Orm"}},
"descriptions":{"en":{"value":"harbour town"}},"aliases":{"en":[{"value":"Orm-on-Sea"}]},
"sitelinks":{"enwiki":{},"dewiki":{}},"claims":{
"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"numeric-id":515}}}}],
"P17":[{"rank":"deprecated","mainsnak":{"datavalue":{"value":{"id":"Q1"}}}},
{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q45"}}}},{"rank":"normal","mainsnak":{}}],
"P1566":[{"rank":"normal","mainsnak":{"datavalue":{"value":"12"}}}]}}"#;

#[test]
fn items_of_wikidata() {
    let orm = ORM.replace('\n', "");
    let empty = r#"{"type":"item","aliases":[],"labels":[],"descriptions":[],"sitelinks":[],"id":"Q8","claims":[]}"#;
    let dump = format!("[\n{orm},\n{empty}\n]\n");
    let expected = "http://www.wikidata.org/entity/Q7 https://sws.geonames.org/12/ \"Upper Orm\" \
                    [\"Orm-on-Sea\"] City http://www.wikidata.org/entity/Q45 2 harbour town";
    check(Format::Wikidata, &dump, expected);
    let few = Options { min_sitelinks: 3, ..Options::default() };
    assert_eq!(entities(Format::Wikidata, &dump, &few).unwrap(), "");
    let other = Options { classes: vec!["Q5".into()], ..Options::default() };
    assert_eq!(entities(Format::Wikidata, &dump, &other).unwrap(), "");
    check_error(Format::Wikidata, "[\n{\"id\":}\n", "x, line 2: ");
}

#[test]
fn triples_with_labels() {
    let turtle = r#"@prefix s: <https://schema.org/> . @prefix k: <http://www.w3.org/2004/02/skos/core#> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        <https://towns.example/7> a s:City ; k:prefLabel "Upper Orm"@en, "Oberorm"@de ;
            k:altLabel "Orm-on-Sea"@en-GB ; wdt:P17 <http://www.wikidata.org/entity/Q45> ;
            s:description "harbour town" ; s:url "https://orm.example" .
        [] s:name "nobody" ."#;
    let expected = "https://towns.example/7 \"Upper Orm\" [\"Orm-on-Sea\"] City \
                    http://www.wikidata.org/entity/Q45 0 harbour town";
    check(Format::Turtle, turtle, expected);
    let label = "<http://www.w3.org/2000/01/rdf-schema#label>";
    let lines = format!("<https://t.example/7> {label} \"Orm\"@en .\n# note\n");
    check(Format::NTriples, &lines, "https://t.example/7 \"Orm\" []  - 0 -");
    check_error(Format::NTriples, "<https://t.example/7> nothing .\n", "x: ");
    let label = |text| format!("<https://t.example/7> <{}> {text} .\n", rdfs::LABEL.as_str());
    let lines = label("\"Orme\"@mul") + &label("\"Orm\"@en") + &label("\"Ohrm\"@de");
    check(Format::NTriples, &lines, "https://t.example/7 \"Orm\" [\"Orme\"]  - 0 -");
}

#[test]
fn tables_of_geonames() {
    let line = |class: &str, code: &str| {
        format!(
            "12\tOrm\tOrm\tORM,Orm-on-Sea,Орм\t1\t2\t{class}\t{code}\tPT\t\t\t\t\t\t1000000\t\t\t\t\n"
        )
    };
    let expected = |sort: &str| {
        format!(
            "https://sws.geonames.org/12/ \"Orm\" [\"Orm\", \"Orm-on-Sea\"] {sort} \
             http://www.wikidata.org/entity/Q45 32 -"
        )
    };
    check(Format::GeoNames, &line("P", "PPL"), &expected("City"));
    check(Format::GeoNames, &line("A", "PCLI"), &expected("Country"));
    check(Format::GeoNames, &line("S", "AIRP"), &expected("Facility"));
    check_error(Format::GeoNames, "12\tOrm\n", "line 1: 2 columns where GeoNames has 19");
}

#[test]
fn tables_with_a_header() {
    let table = "qid,name,aliases,kind,iso2,pop_max\nQ7,Upper Orm,Orm|Orm-on-Sea,city,pt,1000\n\
                 Q8,Minister of Ferries,,position,,\n,Nobody,,,,\n";
    let expected = "http://www.wikidata.org/entity/Q7 \"Upper Orm\" [\"Orm\", \"Orm-on-Sea\"] City \
                    http://www.wikidata.org/entity/Q45 1 -";
    check(Format::Csv, table, expected);
    check(Format::Tsv, &table.replace(',', "\t"), expected);
    check_error(Format::Csv, "id,town\nQ7,Orm\n", "line 1: no column of names");
    check_error(Format::Csv, "id,name\n7,Orm\n", "--id-prefix");
    check_error(Format::Csv, "id,name,weight\nQ7,Orm,many\n", "\"many\" is no number");
}

#[test]
fn entities_of_follow_the_money() {
    let lines = r#"{"id":"NK-1","schema":"Person","caption":"Ada Brook","properties":{"name":["Ada Brook"],"alias":["A. Brook"],"country":["pt"],"wikidataId":["Q9"],"position":["ferry minister"]}}
{"id":"NK-2","schema":"Sanction","properties":{}}"#;
    let expected = "http://www.wikidata.org/entity/Q9 \"Ada Brook\" [\"Ada Brook\", \"A. Brook\"] \
                    Person http://www.wikidata.org/entity/Q45 0 ferry minister";
    check(Format::FollowTheMoney, lines, expected);
    let prefix = Options { id_prefix: Some("https://ftm.example/".into()), ..Options::default() };
    let found = entities(Format::FollowTheMoney, lines, &prefix).unwrap();
    assert!(found.contains("Q9 https://ftm.example/NK-1 "), "{found}");
    check_error(Format::FollowTheMoney, "{\"id\":\"a\"}", "line 1: missing field `schema`");
}

#[test]
fn lines_of_json() {
    let lines = r#"{"qid": "Q7", "label": "Upper Orm", "aliases": ["Orm"], "kind": "city", "desc": null, "src": ["a", "b"]}

{"id": "https://towns.example/8", "name": "Lower Orm", "kind": "teapot", "country": "PT", "sitelinks": 4}"#;
    let expected = "http://www.wikidata.org/entity/Q7 \"Upper Orm\" [\"Orm\"] City - 2 -\n\
                    https://towns.example/8 \"Lower Orm\" []  http://www.wikidata.org/entity/Q45 4 -";
    check(Format::JsonLines, lines, expected);
    check_error(Format::JsonLines, "{\"label\": \"Orm\"}", "line 1: missing field `qid`");
}
