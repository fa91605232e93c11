//! Which article is which, over several builds: by file, address and text; and which
//! entity is which, over several articles: by name, or by what it is of whom.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use common::reportedly;
use reportedly::resolve::Entity;
use reportedly::{Article, Pipeline};
use tempfile::TempDir;

/// A folder with inputs and a store.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds inputs; what standard output and standard error say.
    fn build(&self, inputs: &[&str]) -> (String, String) {
        let mut arguments: Vec<OsString> = vec!["build".into(), "--store".into()];
        arguments.push(self.path("store").into());
        arguments.extend(inputs.iter().map(|name| self.path(name).into()));
        let output = reportedly(arguments);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(0), "{out}{err}");
        (out, err)
    }

    /// The texts that are stored, in order.
    fn texts(&self) -> Vec<String> {
        let query = "SELECT ?text WHERE { GRAPH ?g { ?article rp:text ?text } } ORDER BY ?text";
        let store = self.path("store").to_str().unwrap().to_owned();
        let answer = common::succeed(["query", "--store", &store, "--format", "json", "-e", query]);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let rows = answer["results"]["bindings"].as_array().unwrap();
        rows.iter().map(|row| row["text"]["value"].as_str().unwrap().trim().to_owned()).collect()
    }
}

const SOLD: &str = "Ada Brook sold the ferry in Lisbon on Friday, and the crew stayed on board.";
const SANK: &str = "A barge sank in the harbour of Porto on Monday, and nobody was hurt at all.";

#[test]
fn files_of_one_name_in_two_folders_are_two_articles() {
    let place = Place::new();
    place.file("bbc/story.txt", SOLD);
    place.file("cnn/story.txt", SANK);
    place.build(&["bbc"]);
    place.build(&["cnn"]);
    assert_eq!(place.texts(), [SANK, SOLD]);
    let (out, _) = place.build(&["cnn", "bbc"]);
    assert!(out.contains("2 (0 new, 0 changed, 2 unchanged)"), "{out}");
    place.file("cnn/story.txt", "A barge was raised in the harbour of Porto on Tuesday.");
    let (out, _) = place.build(&["cnn/story.txt"]);
    assert!(out.contains("1 (0 new, 1 changed, 0 unchanged)"), "{out}");
}

#[test]
fn a_folder_within_one_that_is_stored_adds_nothing() {
    let place = Place::new();
    place.file("dup/bbc/story.txt", SOLD);
    place.file("dup/cnn/story.txt", SANK);
    place.build(&["dup"]);
    let (out, _) = place.build(&["dup/bbc"]);
    assert!(out.contains("1 (0 new, 0 changed, 1 unchanged)"), "{out}");
    // The other way round, and one folder inside of another at once.
    let place = Place::new();
    place.file("dup/bbc/story.txt", SOLD);
    place.file("dup/cnn/story.txt", SANK);
    place.build(&["dup/bbc"]);
    let (out, _) = place.build(&["dup", "dup/cnn"]);
    assert!(out.contains("2 (1 new, 0 changed, 1 unchanged)"), "{out}");
    assert_eq!(place.texts(), [SANK, SOLD]);
}

#[test]
fn a_file_that_was_moved_is_the_same_article() {
    let place = Place::new();
    place.file("old/story.txt", SOLD);
    place.build(&["old"]);
    fs::rename(place.path("old"), place.path("new")).unwrap();
    let (out, _) = place.build(&["new"]);
    assert!(out.contains("1 (0 new, 0 changed, 1 unchanged)"), "{out}");
}

/// A line of JSON Lines of an article at one address.
fn version(day: u32, text: &str) -> String {
    let date = format!("2024-05-{day:02}");
    serde_json::json!({ "url": "https://bay.example/f", "date": date, "text": text }).to_string()
}

#[test]
fn of_one_address_the_newest_version_is_kept_in_whatever_order() {
    let (old, new) = (version(1, SOLD), version(2, SANK));
    for lines in [format!("{old}\n{new}\n"), format!("{new}\n{old}\n")] {
        let place = Place::new();
        place.file("news.jsonl", &lines);
        let (out, _) = place.build(&["news.jsonl"]);
        assert!(out.contains("articles      1 (1 new"), "{out}");
        assert_eq!(place.texts(), [SANK]);
    }
    let place = Place::new();
    place.file("new.jsonl", &new);
    place.file("old.jsonl", &old);
    place.build(&["new.jsonl"]);
    let (_, err) = place.build(&["old.jsonl", "new.jsonl"]);
    assert!(err.contains("https://bay.example/f is there already, as new or newer"), "{err}");
    assert_eq!(place.texts(), [SANK]);
    // A file with a header of that address is the same article, too.
    place.file("f.txt", &format!("url: https://bay.example/f\ndate: 2024-05-03\n\n{SOLD}"));
    place.build(&["f.txt"]);
    assert_eq!(place.texts(), [SOLD]);
}

#[test]
fn two_ids_for_one_text_are_told_and_kept() {
    let place = Place::new();
    place.file("a.txt", SOLD);
    place.file("b.txt", SOLD);
    let (out, err) = place.build(&["a.txt", "b.txt"]);
    assert!(err.contains("the text of \"b\" is that of \"a\", too"), "{err}");
    assert!(out.contains("2 (2 new"), "{out}");
    place.file("c.txt", SOLD);
    let (_, err) = place.build(&["c.txt"]);
    assert!(err.contains("the text of \"c\" is that of \"a\", too"), "{err}");
}

/// The entities of an article of some sentences.
fn entities(text: &str) -> Vec<Entity> {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    pipeline.analyse(Article::new("walk", text)).entities().to_vec()
}

/// The keys of what an article has for entities of every article, in order.
fn shared(text: &str) -> Vec<String> {
    let entities = entities(text);
    let global = entities.iter().filter(|entity| entity.key.is_global());
    let mut keys: Vec<String> = global.map(|entity| entity.key.slug().to_owned()).collect();
    keys.sort();
    keys
}

#[test]
fn one_embassy_is_one_however_an_article_describes_it() {
    for text in [
        "The Norwegian Embassy in Lisbon reopened. Guards stood in front of the embassy all day.",
        "Police officers protect the reopened Norwegian embassy in the Portuguese capital.",
        "The Lisbon embassy opened its doors on Tuesday. Norwegian diplomats had returned.",
    ] {
        let entities = entities(text);
        let embassies: Vec<_> =
            entities.iter().filter(|e| e.key.slug().contains("embassy_")).collect();
        let [embassy] = embassies.as_slice() else { panic!("{text}: {entities:#?}") };
        assert_eq!(embassy.key.slug(), "norway_embassy_portugal", "{text}");
        assert_eq!(embassy.label, "Norwegian embassy in Portugal", "{text}");
    }
}

#[test]
fn an_embassy_of_two_possible_owners_stays_of_its_article() {
    let check = |text: &str, expected: &[&str]| {
        let mut keys = shared(text);
        keys.retain(|key| key.contains("embassy"));
        assert_eq!(keys, expected, "{text}");
    };
    check("The embassy in Lisbon opened its doors on Tuesday.", &[]);
    check("The Norwegian embassy in Madrid hired a cook.", &["norway_embassy_spain"]);
    check("A Norwegian embassy in Madrid hired a cook.", &[]);
    check("The Norwegian Embassy hired a cook.", &[]);
    let staff = "The Lisbon embassy hired a cook. Norwegian diplomats and Swedish diplomats left.";
    check(staff, &[]);
}

#[test]
fn an_owner_has_one_of_some_kinds() {
    let check = |text: &str, wanted: &str| {
        let keys = shared(text);
        assert!(keys.iter().any(|key| key == wanted), "{text}: {wanted} not in {keys:?}");
    };
    check("The parliament of Norway met on Friday.", "norway_parliament");
    check("The Norwegian parliament voted on Friday.", "norway_parliament");
    check("The mayor of Lisbon hired a cook.", "lisbon_mayor");
    check("Ada Brook's wife sold the ferry.", "ada-brook_person_wife");
    check("The U.S. military sank a barge.", "united-states-armed-forces");
    check("A flood reached the Ukrainian capital.", "kyiv");
    let other = ["The former Ukrainian president sold the ferry.", "A Norwegian minister slept."];
    for text in other {
        let keys = shared(text);
        assert!(keys.iter().all(|key| !key.contains('_')), "{text}: {keys:?}");
    }
}

#[test]
fn fathers_are_not_their_sons_and_firms_have_one_name() {
    let keys = shared("Adam Brook Jr. sold the ferry. His father, Adam Brook, bought a barge.");
    assert_eq!(keys, ["adam-brook-jr_person", "adam-brook_person"]);
    let keys = shared("Joseph R. Biden Jr. met Donald Trump Jr. in Ohio.");
    assert_eq!(keys, ["donald-trump-jr_person", "joe-biden", "ohio"]);
    // Without a namesake he is who he is without it.
    assert_eq!(shared("Adam J. Brook Jr. sold the ferry."), ["adam-brook_person"]);
    let keys = shared("The campaign of Ada Brook's rival hired a cook.");
    assert_eq!(keys, ["ada-brook_person"]);
    let firm = shared("Orm Ferries Inc. hired a cook.");
    assert_eq!(firm, ["orm-ferries_organization"]);
    assert_eq!(firm, shared("Orm Ferries hired a cook."));
}

#[test]
fn what_nothing_identifies_is_a_phrase() {
    let entities = entities(
        "A Republican bought the ferry. Republicans sold a barge in the United States. The \
         Department hired Ada Brook on Tuesday.",
    );
    let phrases: Vec<&str> =
        entities.iter().filter(|e| e.is_phrase).map(|e| e.label.as_str()).collect();
    for phrase in ["the ferry", "a barge in the United States"] {
        assert!(phrases.contains(&phrase), "{phrase} not in {phrases:?}");
    }
    let global = entities.iter().filter(|e| e.key.is_global());
    let keys: Vec<&str> = global.map(|e| e.key.slug()).collect();
    assert_eq!(keys, ["republican-party", "united-states", "ada-brook_person"]);
}

/// What a text calls the entity of a key.
fn called(text: &str, key: &str) -> Vec<String> {
    let entities = entities(text);
    let found = entities.iter().filter(|entity| entity.key.slug() == key);
    let mentions = found.flat_map(|entity| &entity.mentions);
    mentions.map(|mention| text[mention.span.range()].to_owned()).collect()
}

#[test]
fn some_of_a_party_are_not_the_party() {
    let text = "Several leading Republicans left the hall. Republicans opposed the budget in \
        Ohio. Other Democrats joined the march.";
    assert_eq!(called(text, "republican-party"), ["Republicans"]);
    assert!(called(text, "democratic-party").is_empty());
}

#[test]
fn a_title_tells_one_of_a_family_from_another() {
    let text = "Joe Biden visited Ohio on Friday. Mrs. Biden thanked the nurses. \
        Mr. Biden toured the plant.";
    assert_eq!(called(text, "joe-biden"), ["Joe Biden", "Mr. Biden"]);
}

#[test]
fn what_belongs_to_somebody_is_called_by_the_owner() {
    let check = |text: &str, label: &str| {
        let labels: Vec<_> = entities(text).iter().map(|entity| entity.label.clone()).collect();
        assert!(labels.iter().any(|other| other == label), "{text}: {label} not in {labels:?}");
    };
    check("Ada Brook sold her ferry in Porto.", "Ada Brook's ferry");
    check("Miners said that a flood had damaged their homes.", "miners' homes");
    check("A town that sold its ferry hired a cook.", "a town's ferry");
    // The town is not called by itself, nor what a clause only joins.
    check("A town that sold its ferry hired a cook.", "A town that sold its ferry");
    check("A town hired a cook whose barge sank.", "a cook whose barge sank");
}
