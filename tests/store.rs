//! The store: what is written stays whole, and nothing but the set of articles
//! shows in it.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod fixture;

use std::path::Path;

use fixture::{Story, consulate, flood};
use proptest::prelude::*;
use reportedly::export::{Format, Options, write_store};
use reportedly::extract::Polarity;
use reportedly::graph::vocabulary::skos;
use reportedly::graph::{Activity, ArticleSource, Built, Store, StoreError, Used};
use reportedly::text::{ArticleId, NameKind};

fn export(store: &Store, format: Format) -> String {
    let options = Options::of(format);
    let mut bytes = Vec::new();
    write_store(store, &options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn export_at(path: &Path) -> String {
    export(&Store::open(path).unwrap(), Format::NQuads)
}

/// What a fresh store with these articles exports.
fn expected(stories: &[Story]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    let built: Vec<Built> = stories.iter().map(Story::built).collect();
    store.write(&built).unwrap();
    export(&store, Format::NQuads)
}

fn changed_flood() -> Story {
    Story::new("flood", "Ada B. Brook left Lisbon.")
        .named("Ada B. Brook", NameKind::Person)
        .named("Lisbon", NameKind::Place)
        .claims("Ada B. Brook", "left", &["leave"], "Lisbon")
}

/// An article that contradicts that one.
fn denial() -> Story {
    Story::new("denial", "Ada B. Brook left Lisbon, nobody says.")
        .publisher("Daily Lantern")
        .named("Ada B. Brook", NameKind::Person)
        .named("Lisbon", NameKind::Place)
        .claims("Ada B. Brook", "left", &["leave"], "Lisbon")
        .polarity(Polarity::Negative)
}

#[test]
fn replacing_an_article_leaves_no_trace_of_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[consulate().built(), flood().built()]).unwrap();
    store.write(&[changed_flood().built()]).unwrap();
    assert_eq!(export(&store, Format::NQuads), expected(&[consulate(), changed_flood()]));
    store.remove(&[ArticleId::new("flood")]).unwrap();
    assert_eq!(export(&store, Format::NQuads), expected(&[consulate()]));
}

#[test]
fn writing_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[consulate().built(), flood().built()]).unwrap();
    let first = export(&store, Format::TriG);
    store.write(&[flood().built()]).unwrap();
    assert_eq!(export(&store, Format::TriG), first);
    drop(store);
    let store = Store::create(folder.path(), None).unwrap();
    assert_eq!(export(&store, Format::TriG), first);
}

/// A copy of a folder. Fails if a file goes while it is being copied, as the
/// files that the open database needs no more do.
fn files_of(folder: &std::path::Path) -> std::io::Result<tempfile::TempDir> {
    let copy = tempfile::tempdir()?;
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        // The views of readers are no part of the store.
        if file.file_type()?.is_file() {
            std::fs::copy(file.path(), copy.path().join(file.file_name()))?;
        }
    }
    Ok(copy)
}

#[test]
fn a_store_that_is_not_closed_properly_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[consulate().built()]).unwrap();
    // What a killed process leaves: the files as they are, nothing closed.
    let copy = (0..100).find_map(|_| files_of(folder.path()).ok()).unwrap();
    assert_eq!(export_at(copy.path()), expected(&[consulate()]));
    let store = Store::create(copy.path(), None).unwrap();
    store.write(&[flood().built()]).unwrap();
    assert_eq!(export(&store, Format::NQuads), expected(&[consulate(), flood()]));
}

#[test]
fn what_a_killed_writer_left_undone_is_done_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[flood().built(), consulate().built()]).unwrap();
    store.add(vec![denial().built()]).unwrap();
    let whole = expected(&[flood(), consulate(), denial()]);
    assert_ne!(export(&store, Format::NQuads), whole);
    let killed = || (0..100).find_map(|_| files_of(folder.path()).ok()).unwrap();
    assert_eq!(export_at(killed().path()), whole);
    let copy = killed();
    let abandoned = copy.path().join("bulk-1.sst");
    std::fs::write(&abandoned, "half").unwrap();
    let next = Store::create(copy.path(), None).unwrap();
    assert_eq!(export(&next, Format::NQuads), whole);
    assert!(!abandoned.exists());
    store.refresh().unwrap();
    assert_eq!(export(&store, Format::NQuads), whole);
}

#[test]
fn digests_tell_what_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    let built = flood().built();
    assert_eq!(store.digest(&built.graph.id).unwrap(), None);
    store.write(std::slice::from_ref(&built)).unwrap();
    assert_eq!(store.digest(&built.graph.id).unwrap(), Some(built.digest));
    store.write(&[changed_flood().built()]).unwrap();
    assert_eq!(store.digest(&built.graph.id).unwrap(), Some(changed_flood().built().digest));
}

#[test]
fn many_read_while_one_writes() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Store::create(folder.path(), None).unwrap();
    writer.write(&[flood().built()]).unwrap();
    // Nothing is published yet but the empty store.
    assert_eq!(export_at(folder.path()), expected(&[]));
    assert!(matches!(Store::create(folder.path(), None), Err(StoreError::Locked { .. })));
    writer.publish().unwrap();
    let early = Store::open(folder.path()).unwrap();
    writer.write(&[consulate().built()]).unwrap();
    writer.publish().unwrap();
    assert_eq!(export_at(folder.path()), expected(&[flood(), consulate()]));
    // What a reader has open stays as it is, whatever becomes of the store.
    writer.remove(&[ArticleId::new("flood")]).unwrap();
    writer.compact().unwrap();
    assert_eq!(export(&early, Format::NQuads), expected(&[flood()]));
    let late = Store::open(folder.path()).unwrap();
    let next = Store::create(folder.path(), None).unwrap();
    next.write(&[flood().built()]).unwrap();
    assert_eq!(export(&late, Format::NQuads), expected(&[consulate()]));
    drop((early, late, next));
    let views = std::fs::read_dir(folder.path().join("reportedly.views")).unwrap();
    let left: Vec<_> = views.map(|view| view.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_killed_readers_and_writers_leave_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), None).unwrap().write(&[flood().built()]).unwrap();
    for name in ["own-1-0", "published-7", "half-1-0"] {
        let view = folder.path().join("reportedly.views").join(name);
        std::fs::create_dir_all(&view).unwrap();
        std::fs::write(view.join("lock"), "").unwrap();
    }
    drop(Store::create(folder.path(), None).unwrap());
    assert_eq!(std::fs::read_dir(folder.path().join("reportedly.views")).unwrap().count(), 0);
    assert_eq!(export_at(folder.path()), expected(&[flood()]));
}

#[test]
fn backups_become_stores() {
    let folder = tempfile::tempdir().unwrap();
    let (store, backup) = (folder.path().join("store"), folder.path().join("backup"));
    let writer = Store::create(&store, Some("https://news.example/")).unwrap();
    writer.write(&[flood().built(), consulate().built()]).unwrap();
    writer.publish().unwrap();
    Store::open(&store).unwrap().backup(&backup).unwrap();
    let whole = export(&writer, Format::NQuads);
    writer.remove(&[ArticleId::new("flood")]).unwrap();
    drop(writer);
    let restored = folder.path().join("restored");
    Store::restore(&backup, &restored).unwrap();
    assert_eq!(export_at(&restored), whole);
    let found = |store: &Store| store.texts_containing(skos::PREF_LABEL, "brook", 9).unwrap();
    let restored = Store::create(&restored, None).unwrap();
    assert_eq!(found(&restored).unwrap().len(), 1);
    restored.check().unwrap();
    assert!(matches!(Store::restore(&backup, &store), Err(StoreError::NotEmpty { .. })));
    assert!(matches!(
        Store::restore(&folder.path().join("none"), &folder.path().join("new")),
        Err(StoreError::Foreign { .. })
    ));
}

/// The quads of the graph that tells how the store came to be.
fn builds(store: &Store) -> String {
    let mut options = Options::of(Format::NTriples);
    options.graph = Some(store.iris().build_graph());
    let mut bytes = Vec::new();
    write_store(store, &options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_an_article_was_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[flood().built(), consulate().built()]).unwrap();
    assert!(!builds(&store).contains("wasRevisionOf"));
    // Built by another program, the same text is no revision.
    store.write(&[Built { digest: "another".into(), ..flood().built() }]).unwrap();
    assert!(!builds(&store).contains("wasRevisionOf"));
    store.write(&[changed_flood().built()]).unwrap();
    let noted = builds(&store);
    assert_eq!(noted.matches("wasRevisionOf").count(), 1, "{noted}");
    assert!(
        noted.contains(
            "/flood/revision/another> <https://w3id.org/reportedly/ns#digest> \"another\""
        )
    );
    store.remove(&[ArticleId::new("flood")]).unwrap();
    assert!(!builds(&store).contains("flood"));
}

#[test]
fn a_build_is_noted_with_what_it_used() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    let people =
        Used { role: "gazetteer".into(), name: "people.ttl".into(), digest: "5f2a".into() };
    let build = Activity { digest: "0123456789abcdef01".into(), used: vec![people] };
    store.note_build(&build).unwrap();
    store.note_build(&build).unwrap();
    let iri = build.iri(store.iris());
    assert_eq!(iri.as_str(), "https://reportedly.example/build/0123456789abcdef");
    let source = ArticleSource { build: Some(iri), ..ArticleSource::default() };
    store.write(&[Built { source, ..flood().built() }]).unwrap();
    let noted = builds(&store);
    assert_eq!(noted.matches("prov#Activity>").count(), 1, "{noted}");
    assert!(noted.contains("/article/flood> <http://www.w3.org/ns/prov#wasGeneratedBy>"));
    assert!(noted.contains("\"people.ttl\"") && noted.contains("void#Dataset>"), "{noted}");
    assert!(noted.contains("licenses/MIT>") && noted.contains("reportedly/program/"), "{noted}");
    assert_eq!(export(&store, Format::NQuads), expected(&[flood()]), "no part of an export");
    store.remove(&[ArticleId::new("flood")]).unwrap();
    assert!(!builds(&store).contains("wasGeneratedBy>\n") && !builds(&store).contains("flood"));
}

#[test]
fn removing_undoes_building() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    store.write(&[consulate().built(), flood().built(), denial().built()]).unwrap();
    store.remove(&[ArticleId::new("denial"), ArticleId::new("consulate")]).unwrap();
    assert_eq!(export(&store, Format::NQuads), expected(&[flood()]));
    store.remove(&[ArticleId::new("flood")]).unwrap();
    assert_eq!(export(&store, Format::NQuads), expected(&[]));
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    assert!(matches!(Store::open(&missing), Err(StoreError::Missing { .. })));
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "mine").unwrap();
    assert!(matches!(Store::open(&file), Err(StoreError::Foreign { .. })));
    assert!(matches!(Store::create(&file, None), Err(StoreError::Foreign { .. })));
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Foreign { .. })));
    assert!(matches!(Store::create(folder.path(), None), Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_store_keeps_its_base() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let base = |base: Option<&str>| Store::create(path, base).map(|s| s.iris().base().to_owned());
    assert!(matches!(base(Some("no iri")), Err(StoreError::Base { .. })));
    assert_eq!(base(Some("https://news.example/kg")).unwrap(), "https://news.example/kg/");
    assert_eq!(base(None).unwrap(), "https://news.example/kg/");
    assert!(matches!(base(Some("https://other.example/")), Err(StoreError::OtherBase { .. })));
    assert_eq!(Store::open(path).unwrap().iris().base(), "https://news.example/kg/");
}

#[test]
fn names_are_voted_on() {
    let story = |id: &str, name: &str| {
        Story::new(id, &format!("{name} left Lisbon.")).named(name, NameKind::Person).claims(
            name,
            "left",
            &["leave"],
            "Lisbon",
        )
    };
    let quads =
        expected(&[story("a", "Ada Brook"), story("b", "ADA BROOK"), story("c", "Ada Brook")]);
    let label = |line: &&str| line.contains("core#prefLabel") && line.contains("entity/ada-brook");
    let labels: Vec<&str> = quads.lines().filter(label).collect();
    assert_eq!(labels.len(), 1, "{labels:?}");
    assert!(labels[0].contains("\"Ada Brook\""), "{labels:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_way_to_a_set_of_articles_does_not_show(
        steps in proptest::collection::vec(0usize..8, 0..10),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path(), None).unwrap();
        for step in steps {
            match step {
                0 => store.write(&[flood().built()]).unwrap(),
                1 => store.write(&[consulate().built()]).unwrap(),
                2 => store.write(&[changed_flood().built(), consulate().built()]).unwrap(),
                3 => store.remove(&[ArticleId::new("flood")]).unwrap(),
                4 => store.write(&[denial().built()]).unwrap(),
                5 => store.remove(&[ArticleId::new("denial")]).unwrap(),
                6 => store.add(vec![flood().built(), denial().built()]).unwrap(),
                _ => store.remove(&[ArticleId::new("consulate")]).unwrap(),
            }
        }
        for story in [consulate(), changed_flood(), denial(), flood()] {
            store.write(&[story.built()]).unwrap();
        }
        prop_assert_eq!(
            export(&store, Format::NQuads),
            expected(&[denial(), flood(), consulate()])
        );
    }
}
