//! Formats whose features are off are refused by name; those whose features are on
//! are not. `cargo test --release --no-default-features --test features` shows the
//! one, the tests of the shipped program the other.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::fs;

use reportedly::export::{Format, Options, write_triples};
use reportedly::read::{self, Input, ReadError};

/// The feature that a file is refused for.
fn missing(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut items = read::articles(&[Input::from(path.as_path())], &read::Options::default());
    match items.next().expect("an article or an error") {
        Err(ReadError::NotBuilt { feature, .. }) => Some(feature),
        _ => None,
    }
}

#[test]
fn what_is_not_built_is_refused_by_the_name_of_its_feature() {
    let zstd = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0];
    for (name, bytes, feature, on) in [
        ("a.md", &b"# Ferry"[..], "markdown", cfg!(feature = "markdown")),
        ("a.html", b"<p>A ferry sank.</p>", "html", cfg!(feature = "html")),
        ("a.txt", b"<!DOCTYPE html><p>A ferry sank.</p>", "html", cfg!(feature = "html")),
        ("a.json", b"[{\"content_html\": \"<p>It sank.</p>\"}]", "html", cfg!(feature = "html")),
        ("a.rss", b"<rss></rss>", "feeds", cfg!(feature = "feeds")),
        ("a.xml", b"<nitf></nitf>", "feeds", cfg!(feature = "feeds")),
        ("a.zip", b"PK\x03\x04", "archives", cfg!(feature = "archives")),
        ("a.warc", b"WARC/1.0\r\n", "archives", cfg!(feature = "archives")),
        ("a.rtf", b"{\\rtf1 It sank.}", "office", cfg!(feature = "office")),
        ("a.pdf", b"%PDF-1.7", "pdf", cfg!(feature = "pdf")),
        ("a.eml", b"Subject: Ferry\r\n\r\nIt sank.", "mail", cfg!(feature = "mail")),
        ("a.csv", b"title,text\nFerry,It sank.\n", "tables", cfg!(feature = "tables")),
        ("a.txt", b"A caf\xE9 closed.", "encodings", cfg!(feature = "encodings")),
        ("a.txt.bz2", b"BZh9", "bzip2", cfg!(feature = "bzip2")),
        ("a.txt.zst", &zstd, "zstd", cfg!(feature = "zstd")),
    ] {
        let expected = (!on).then_some(feature);
        assert_eq!(missing(name, bytes), expected, "{name}");
    }
    assert_eq!(missing("a.txt", b"A ferry sank."), None);
}

#[test]
fn graphs_are_written_in_the_formats_that_are_built() {
    for format in Format::ALL {
        let tree = format == Format::RdfXml;
        let written = write_triples(Vec::new(), "https://x.example/", &Options::of(format), vec![]);
        assert_eq!(written.is_ok(), !tree || cfg!(feature = "rdf-formats"), "{format:?}");
    }
}
