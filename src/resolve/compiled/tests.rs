use std::io::Cursor;

use super::*;
use crate::resolve::Authority;

fn town(iri: &str, label: &str, weight: u32) -> Entry {
    let mut entry = Entry::new(iri, label, Sort::City);
    entry.ids.extend(Authority::of_iri(iri));
    entry.weight = weight;
    entry
}

/// A base of two towns of one name.
fn orms() -> (Vec<Entry>, Vec<u8>) {
    let mut first = town("http://www.wikidata.org/entity/Q7", "Upper Orm", 40);
    first.aliases = vec!["Orm-on-Sea".into()];
    first.demonyms = vec!["Ormish".into()];
    first.country = Some("http://www.wikidata.org/entity/Q1".into());
    first.description = Some("harbour town".into());
    first.sources = vec!["our-list".into(), "towns".into()];
    let second = town("https://towns.example/id/8", "Upper Orm", 9);
    let mut writer = CompiledWriter::new(Cursor::new(Vec::new()), Cursor::new(Vec::new())).unwrap();
    let places = [&first, &second].map(|entry| writer.entity(entry).unwrap());
    let item = |place: usize, used| NameItem { offset: places[place], used };
    writer.name("orm on sea", &[item(0, NameUse::Alias)]).unwrap();
    writer.name("ormish", &[item(0, NameUse::Demonym)]).unwrap();
    writer.name("upper orm", &[item(0, NameUse::Label), item(1, NameUse::Label)]).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    (vec![first, second], bytes)
}

fn open(bytes: Vec<u8>) -> Result<CompiledBase, String> {
    CompiledBase::new("towns", "towns.kb", bytes).map_err(|e| e.to_string())
}

#[test]
fn what_was_written_is_read() {
    let (entries, bytes) = orms();
    let base = open(bytes.clone()).unwrap();
    let both: Vec<_> = entries.iter().map(|e| (e.clone(), NameUse::Label)).collect();
    assert_eq!(base.look_up("upper orm"), both);
    assert_eq!(base.look_up("orm on sea"), [(entries[0].clone(), NameUse::Alias)]);
    assert_eq!(base.look_up("lower orm"), []);
    let info = base.info();
    assert_eq!((info.entities, info.names), (2, 3));
    assert_eq!(info.bytes.iter().sum::<u64>() as usize + HEADER, bytes.len());
    assert_eq!(orms().1, bytes, "the same entities give the same bytes");
}

#[test]
fn names_are_answered_with_the_share_of_fame() {
    let base = open(orms().1).unwrap();
    let ask = |name: &str, adjectival| {
        let names = &[name.to_owned()];
        let query = Query { name, names, kind: None, adjectival };
        base.candidates(&query).into_iter().map(|c| c.prior.unwrap()).collect::<Vec<_>>()
    };
    let priors = ask("upper orm", false);
    assert!(priors[0] > 0.7 && priors[1] < 0.3, "{priors:?}");
    assert_eq!(ask("ormish", false).len(), 0, "an adjective is no name");
    assert_eq!(ask("ormish", true).len(), 1);
}

#[test]
fn what_is_no_base_or_a_broken_one_is_refused_by_its_name() {
    let (_, bytes) = orms();
    let check = |bytes: Vec<u8>, expected: &str| {
        let error = open(bytes).expect_err(expected);
        assert!(error.starts_with("towns.kb: ") && error.contains(expected), "{error}");
    };
    check(b"{}".to_vec(), "no compiled knowledge base");
    check(bytes[..50].to_vec(), "cut off within its header");
    check(bytes[..bytes.len() - 1].to_vec(), "bytes where it says that it has");
    let mut changed = bytes.clone();
    changed[8] = 9;
    check(changed, "compiled in version 9");
    let mut changed = bytes.clone();
    changed[13] ^= 1;
    check(changed, "the checksum of its header differs");
    for at in [HEADER, HEADER + 30, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        check(changed, "the checksum of its contents differs");
    }
}

#[test]
fn names_out_of_order_are_refused() {
    let mut writer = CompiledWriter::new(Cursor::new(Vec::new()), Cursor::new(Vec::new())).unwrap();
    let item = NameItem { offset: 0, used: NameUse::Label };
    writer.name("b", &[item]).unwrap();
    assert!(matches!(writer.name("a", &[item]), Err(CompiledError::Order(_))));
}

#[test]
fn entities_of_the_shipped_base_are_called_by_name_and_by_id_where_others_share_it() {
    let (mut entries, _) = orms();
    let mut brook = Entry::new("https://towns.example/id/9", "Ada Brook", Sort::Person);
    brook.ids.extend(Authority::of_iri("https://towns.example/id/9"));
    entries.push(brook);
    let mut writer = CompiledWriter::new(Cursor::new(Vec::new()), Cursor::new(Vec::new())).unwrap();
    let places: Vec<u64> = entries.iter().map(|entry| writer.entity(entry).unwrap()).collect();
    let item = |place: usize| NameItem { offset: places[place], used: NameUse::Label };
    writer.name("ada brook", &[item(2)]).unwrap();
    writer.name("upper orm", &[item(0), item(1)]).unwrap();
    let bytes: &'static [u8] = writer.finish().unwrap().into_inner().leak();
    let base = CompiledBase::shipped("towns", bytes).unwrap();
    assert!(base.is_last());
    assert_eq!(base.entities().collect::<Vec<_>>(), entries);
    assert_eq!(base.ids().count(), 3);
    let keys = |name: &str| {
        let names = &[name.to_owned()];
        let query = Query { name, names, kind: None, adjectival: false };
        let candidates = base.candidates(&query).into_iter();
        candidates.map(|c| c.entry.slug.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(keys("ada brook"), ["ada-brook_person"]);
    assert_eq!(keys("upper orm"), ["upper-orm-q7_place", "upper-orm-8_place"]);
}
