//! What articles are read from: digested always, kept where it is asked for; and what
//! news agencies correct and withdraw.
#![cfg(all(feature = "cli", feature = "formats"))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use common::{reportedly, succeed};
use reportedly::text::{ArticleId, hex};
use reportedly::{Article, Store};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const PAGE: &str = "<html><head><title>Ferry sinks</title></head><body><p>A ferry sank in the \
    harbour of Orm on Sunday, and its crew was saved by the pilot boat.</p><p>Nobody was hurt, \
    Ada Brook, the harbour master, said in the evening.</p></body></html>";

/// A folder with inputs and a store.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn word(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Builds inputs, and gives what is said of it.
    fn build(&self, inputs: &[&str], more: &[&str]) -> String {
        let mut arguments: Vec<OsString> =
            vec!["build".into(), "--store".into(), self.path("store").into()];
        arguments.extend(inputs.iter().map(|name| self.path(name).into()));
        arguments.extend(more.iter().map(Into::into));
        let output = reportedly(arguments);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        said
    }

    fn store(&self) -> Store {
        Store::open(&self.path("store")).unwrap()
    }

    /// The ids of the articles that are stored.
    fn stored(&self) -> Vec<String> {
        let store = self.store();
        let below = store.iris().articles();
        let articles = store.articles().unwrap();
        articles.iter().map(|article| article.as_str().replace(&below, "")).collect()
    }

    /// What is kept of an article's source, and its digest.
    fn source(&self, id: &str) -> (Option<Vec<u8>>, Option<String>) {
        let (store, id) = (self.store(), ArticleId::new(id));
        (store.sources().get(&id).unwrap(), store.source_digest(&id).unwrap())
    }
}

fn digest(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes.as_ref()))
}

#[test]
fn sources_are_digested_kept_given_back_and_taken_out() {
    let place = Place::new();
    place.file("ferry.html", PAGE);
    place.build(&["ferry.html"], &[]);
    assert_eq!(place.source("ferry"), (None, Some(digest(PAGE))));
    let output = reportedly(["store", "source", &place.word("store"), "ferry"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&digest(PAGE)));
    // The same again, kept this time; nothing else changes.
    let said = place.build(&["ferry.html"], &["--keep-source"]);
    assert!(said.contains("1 unchanged"), "{said}");
    assert_eq!(place.source("ferry"), (Some(PAGE.into()), Some(digest(PAGE))));
    assert_eq!(succeed(["store", "source", &place.word("store"), "article/ferry"]), PAGE);
    succeed(["store", "backup", &place.word("store"), &place.word("backup")]);
    succeed(["store", "restore", &place.word("backup"), &place.word("other")]);
    assert_eq!(succeed(["store", "source", &place.word("other"), "ferry"]), PAGE);
    // Another page takes its place.
    let other = PAGE.replace("pilot boat", "coast guard");
    place.file("ferry.html", &other);
    place.build(&["ferry.html"], &["--keep-source"]);
    assert_eq!(place.source("ferry"), (Some(other.clone().into()), Some(digest(&other))));
    succeed(["remove", "ferry", "--store", &place.word("store")]);
    assert_eq!(place.source("ferry"), (None, None));
}

#[test]
fn every_kind_of_input_has_a_source() {
    let place = Place::new();
    let formats = PathBuf::from(common::ROOT).join("examples/formats");
    let arguments = ["build", formats.to_str().unwrap(), "--store", &place.word("store")];
    succeed(arguments.into_iter().chain(["--keep-source"]));
    let ids = place.stored();
    assert!(ids.len() > 20);
    for id in &ids {
        let (bytes, told) = place.source(id);
        assert_eq!(Some(digest(bytes.unwrap())), told, "{id}");
    }
    // A file is kept as it is.
    let page = fs::read(formats.join("page.html")).unwrap();
    assert!(ids.iter().any(|id| place.source(id).0.as_ref() == Some(&page)));
}

#[test]
fn what_was_read_is_told_with_its_digest() {
    let place = Place::new();
    place.file("ferry.html", PAGE);
    let said = succeed(["analyse", &place.word("ferry.html")]);
    assert!(said.contains(&format!("sha256:{}, {} bytes", digest(PAGE), PAGE.len())), "{said}");
}

/// An item of an agency: which version it is, whether it is killed, and what was done.
fn item(version: u32, status: &str, boat: &str) -> String {
    format!(
        "<newsItem guid='urn:newsml:bay:1' version='{version}'><itemMeta><pubStatus \
         qcode='stat:{status}'/></itemMeta><contentMeta><headline>Ferry sinks</headline>\
         <contentCreated>2022-05-22T10:00:00Z</contentCreated></contentMeta><contentSet><inlineXML>\
         <html><body><p>A ferry sank in the harbour of Orm on Sunday, and its crew was saved by \
         the {boat}.</p></body></html></inlineXML></contentSet></newsItem>"
    )
}

/// The texts that are stored.
fn texts(place: &Place) -> String {
    let query = "SELECT ?text { GRAPH ?g { ?article rp:text ?text } }";
    succeed(["query", "--store", &place.word("store"), "--format", "tsv", "-e", query])
}

#[test]
fn corrections_replace_and_kills_withdraw_whatever_the_order() {
    let (first, second) = (item(1, "usable", "pilot boat"), item(2, "usable", "coast guard"));
    let killed = item(2, "canceled", "coast guard");
    for names in [["a.xml", "b.xml"], ["b.xml", "a.xml"]] {
        let place = Place::new();
        place.file(names[0], &first);
        place.file(names[1], &second);
        // Read together, or one after the other.
        place.build(&names, &[]);
        assert!(texts(&place).contains("coast guard"), "{}", texts(&place));
        place.build(&[names[0]], &[]);
        assert!(texts(&place).contains("coast guard"), "an older version came back");
        place.file("kill.xml", item(1, "canceled", "pilot boat"));
        place.build(&["kill.xml"], &[]);
        assert_eq!(place.stored().len(), 1, "the kill is older than the correction");
        place.file("kill.xml", &killed);
        let said = place.build(&["kill.xml"], &[]);
        assert!(said.contains("killed by its provider") && said.contains("removed"), "{said}");
        assert_eq!(place.stored(), Vec::<String>::new());
    }
    let place = Place::new();
    place.file("a.xml", &killed);
    place.file("b.xml", &first);
    place.build(&["a.xml", "b.xml"], &[]);
    assert_eq!(place.stored(), Vec::<String>::new());
}

#[test]
fn the_text_of_an_article_is_not_that_of_its_source() {
    let page = std::io::Cursor::new(PAGE);
    let mut articles =
        reportedly::read::from_reader("ferry.html", page, &reportedly::read::Options::default());
    let found = articles.next_found().unwrap().unwrap();
    let article: &Article = found.item.article();
    assert!(!article.text.contains('<'));
    assert_eq!(&*found.original.unwrap().digest, digest(PAGE));
}
